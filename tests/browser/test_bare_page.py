"""The demos in a page without JupyterLab: as a notebook saved them, and with a kernel."""

import pytest

from tests.browser.axe import needs_axe, violations
from tests.browser.bare_page import (
    KINDS,
    MOTIONLESS,
    needs_html_manager,
    open_bare,
    run,
    saved_demos,
    start_kernel,
    wear,
)
from tests.browser.demos import DRIVEN, SETUP
from tests.browser.pages import faint_texts, move_demo, name_demos

pytestmark = [pytest.mark.browser, needs_html_manager]

# what each editor calls its theme, and its colours of page and text
LOOKS = {
    "no theme": ("", None, None),
    "Light Modern": ("vscode-light", "#ffffff", "#3b3b3b"),
    "Solarized Light": ("vscode-light", "#fdf6e3", "#657b83"),
    "Light High Contrast": ("vscode-high-contrast-light vscode-high-contrast", "#fff", "#292929"),
    "Dark Modern": ("vscode-dark", "#1f1f1f", "#cccccc"),
    "Abyss": ("vscode-dark", "#000c18", "#6688cc"),
    "Dark High Contrast": ("vscode-high-contrast", "#000000", "#ffffff"),
}
DARK = ["Dark Modern", "Abyss", "Dark High Contrast"]


@pytest.fixture(scope="module")
def saved(chromium):
    """All demos as a notebook saves them; page.texts holds those of their pictures."""
    widgets, texts = saved_demos()
    with open_bare(chromium, widgets) as page:
        page.texts = texts
        name_demos(page, KINDS)
        yield page


@pytest.fixture(scope="module")
def live(chromium, serve):
    """All demos, of a kernel that the page speaks to; in it each has the name of its class."""
    lab = serve([])
    with open_bare(chromium) as page:
        page.evaluate("address => window.connect(address)", start_kernel(lab))
        run(page, SETUP)
        for one in DRIVEN:
            run(page, f"{one.root.replace('-', '_')} = demo = {one.right}\ndemo")
        name_demos(page, ["right"])
        yield page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
def test_a_saved_demo_shows_the_picture_of_its_numbers(saved, driven, kind):
    demo = f"#{kind}-{driven.root}"
    told = saved.locator(f"{demo} {driven.picture}").get_attribute("aria-label")
    assert told == saved.texts[kind, driven.name]
    assert saved.locator(f"{demo} .picture svg :is(path, rect, circle, text)").count() > 20
    assert "NaN" not in saved.locator(demo).inner_html()


@pytest.mark.parametrize("look", LOOKS)
def test_text_stands_out_whatever_the_theme_of_the_editor(saved, look):
    wear(saved, *LOOKS[look])
    for one in DRIVEN:
        for kind in KINDS:
            demo = f"#{kind}-{one.root}"
            assert faint_texts(saved, demo, at_least=10) == []
            paper = saved.eval_on_selector(
                f"{demo} .panel", "node => getComputedStyle(node).backgroundColor"
            )
            assert ("rgb(17, 17, 17)" if look in DARK else "rgb(255, 255, 255)") == paper


@needs_axe
@pytest.mark.parametrize("look", ["Light Modern", "Dark Modern"])
def test_axe_finds_no_violation_in_a_saved_demo(saved, look):
    wear(saved, *LOOKS[look])
    found = violations(saved, ".output")
    assert found["passed"] > 5
    assert found["violations"] == []


@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
def test_a_key_moves_a_demo_and_its_kernel(live, driven):
    demo = f"#right-{driven.root}"
    state = driven.state.replace("demo", driven.root.replace("-", "_"))
    before = run(live, "", state=state)
    move_demo(live, demo, driven, driven.keys[0])
    assert run(live, "", state=state) != before
    move_demo(live, demo, driven, driven.keys[1])


def test_plain_keys_do_not_reach_the_editor(live):
    live.evaluate(
        "() => { window.reached = [];"
        " window.addEventListener('keydown', ({ key }) => window.reached.push(key)); }"
    )
    for one in DRIVEN:
        live.locator(f"#right-{one.root} {one.control}").focus()
        for key in ("ArrowRight", "ArrowLeft", "x", "Escape"):
            live.keyboard.press(key)
    assert live.evaluate("window.reached") == ["Escape"] * len(DRIVEN)


def test_nothing_moves_by_itself_where_the_editor_is_told_so(live):
    live.emulate_media(reduced_motion="no-preference")
    network = next(one for one in DRIVEN if one.name == "NetworkView")
    moving = f"document.querySelector('#right-{network.root}').getAnimations({{ subtree: true }})"
    move_demo(live, f"#right-{network.root}", network, "ArrowRight")
    assert live.evaluate(f"{moving}.length") > 0
    wear(live, MOTIONLESS)
    move_demo(live, f"#right-{network.root}", network, "ArrowRight")
    assert live.evaluate(f"{moving}.length") == 0
    run(live, "decision_boundary.playing = True\ndecision_boundary")
    live.wait_for_function(
        "() => [...document.querySelectorAll('.decision-boundary .play')].length === 2"
    )
    live.wait_for_function(
        "() => [...document.querySelectorAll('.decision-boundary .play')]"
        ".every((play) => play.textContent === 'Play')"
    )
    assert run(live, "", playing="decision_boundary.playing") == {"playing": "False"}
    wear(live)


@pytest.mark.parametrize("name", ["saved", "live"])
def test_the_page_complains_of_nothing_and_asks_nobody(name, request):
    page = request.getfixturevalue(name)
    assert page.errors == []
    assert page.strayed == []
