from course.pictures.way_back_map import way_back_map


def test_the_stations_stand_in_the_order_of_the_way_back():
    (axes,) = way_back_map().figure.axes
    places = {text.get_text(): text.get_position() for text in axes.texts}
    line = ["$P - Y$", r"$\times\,\frac{1}{m}$", r"$\delta_2$", r"$w_2^\top$", "$g'(z_1)$",
            r"$\delta_1$"]  # fmt: skip
    across = [places[formula][0] for formula in line]
    assert across == sorted(across)
    assert len({places[formula][1] for formula in line}) == 1


def test_each_gradient_branches_off_below_its_delta():
    (axes,) = way_back_map().figure.axes
    places = {text.get_text(): text.get_position() for text in axes.texts}
    for layer in "12":
        x, y = places[rf"$\delta_{layer}$"]
        for gradient in (f"$dw_{layer}$", f"$db_{layer}$"):
            assert places[gradient][1] < y
            assert abs(places[gradient][0] - x) < 0.1


def test_its_words_name_every_gradient():
    words = way_back_map().alt
    assert all(gradient in words for gradient in ("dw1", "db1", "dw2", "db2", "delta1", "delta2"))
