"""The page, of made-up classes: what students call themselves changes nothing on it."""

from time import monotonic
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from .made_up import BY_HAND, Result, by_hand, class_of, html_of, mistaken, result

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "=cmd|' C calc'!A0",
    "{{ 7*7 }}{% include 'report.css' %}",
    "<!-- a comment",
    "</style></svg></details>",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "a#b?c%20d",
    "`code`",
    "naïve ☃",
]


def page_of(results, **options):
    return BeautifulSoup(html_of(results, **options), "html.parser")


def elements_of(page):
    """Every element with its attributes; `code` apart, since sentences may set some words in it."""
    return [
        (tag.name, {key: value for key, value in tag.attrs.items() if key != "href"})
        for tag in page.find_all(True)
        if tag.name != "code"
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name_and_no_more(name):
    page = page_of(class_of(name))
    assert elements_of(page) == elements_of(page_of(class_of("Ada")))
    link = page.find("table", class_="class").find("a")
    assert link.get_text() == name
    assert unquote(link["href"]) == f"../feedback/{name}/05_two_layer/two_layer.html"
    assert not set("#?\"'<> ") & set(link["href"])
    # wherever it stands, it stands as it is: a pair, a mistake, a time-out, an absence
    for place in ("mistakes", "pairs", "class", "look"):
        assert name.replace("`", "") in page.find(id=place).get_text().replace("`", "")


def of_notebook(name):
    """Return a page of a class in which a notebook of that name shares its ids with another."""
    cells = (f"{name}/essay", "two/essay")
    results = [by_hand("a", 1.0, 10.0, cells), by_hand("b", None, 10.0, cells)]
    return page_of(results, cells=dict(zip(cells, (4.0, 10.0), strict=True)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_of_a_notebook_is_a_name_and_no_more(name):
    page = of_notebook(name)
    assert elements_of(page) == elements_of(of_notebook("one"))
    for place in ("again", "tasks", "mistakes", "class"):
        assert name.replace("`", "") in page.find(id=place).get_text().replace("`", "")


def test_a_name_of_a_notebook_turns_no_line_around():
    said = of_notebook("a\u202eb").get_text()
    assert "a?b/essay" in said and "\u202e" not in said


def test_what_waits_to_be_graded_by_hand_is_said():
    page = page_of([by_hand("a"), by_hand("b", 4.0), by_hand("c", 4.0, 10.0)], cells=BY_HAND)
    assert page.find(class_="figures").find_next_sibling("p").get_text() == (
        "2 submissions wait to be graded by hand (essay, plan): their points are those so far."
    )
    assert page.find(id="again").li.get_text().startswith("No points have been lost so far. 2 sub")
    assert page.find(id="mistakes").p.get_text().startswith("No points were lost so far")
    rows = [
        [cell.get_text() for cell in row("td")]
        for row in page.find("table", class_="class").tbody("tr")
    ]
    assert [row[1:3] for row in rows] == [["waits", "waits"], ["4", "waits"], ["4", "10"]]
    assert [row[4] for row in rows] == [
        *("essay: Waits to be graded by hand.", "plan: Waits to be graded by hand.", "All right.")
    ]


def test_where_nothing_waits_nothing_is_said_of_it():
    said = html_of([result("a", 4.0, 10.0), mistaken("b", "wrong-sign")])
    assert "wait" not in said and "so far" not in said


def test_what_turns_a_line_around_is_shown_as_a_question_mark():
    page = page_of([result("a\u202eb\x1b\udcff", 4.0, 10.0)])
    assert page.find("table", class_="class").tbody.th.get_text() == "a?b??"


def test_the_courses_own_name_is_no_markup_either():
    assert page_of([result("a", 4.0, 10.0)]).find("b", string="course") is None


def test_mistakes_stand_by_task_with_the_students_behind_each():
    results = [mistaken("a", "wrong-sign"), mistaken("b", "wrong-sign"), mistaken("c", "bias-mean")]
    section = page_of(results).find(id="mistakes")
    told = [
        (one.summary.get_text(), [item.get_text() for item in one("li")])
        for one in section("details")
    ]
    assert told == [
        ("wrong-sign: 2 students, 4 points", ["a", "b"]),
        ("bias-mean: 1 student, 2 points", ["c"]),
    ]


def test_pairs_stand_with_their_counts():
    section = page_of(class_of("Ada")).find(id="pairs")
    cells = [cell.get_text() for cell in section.tbody.find_all(["th", "td"], recursive=True)]
    assert cells[:5] == ["bias-missing", "wrong-sign", "3", "0.2", "14.7"]
    assert [item.get_text() for item in section("li")] == ["Ada0", "Ada1", "Ada2"]


def test_who_ran_out_of_time_and_who_is_absent_is_listed():
    look = page_of(class_of("Ada")).find(id="look")
    told = {
        title.get_text(): [item.get_text() for item in title.find_next_sibling(["ul", "p"])("li")]
        for title in look("h3")
    }
    assert told["Handed in nothing"] == ["Ada absent"]
    assert told["Ran out of time"] == ["Ada: forward"]
    assert told["Nothing to grade, or could not be graded"] == ["Ada broken: Ada"]
    assert told["Mended, or not graded as it came"] == ["Ada: Ada", "Ada broken: Ada"]
    assert told["Handed in late"] == []


@pytest.mark.parametrize(
    "results",
    [
        [],
        [Result("a", None, 14.0, cause="Handed in nothing.", handed_in=False)],
        [result("a", 4.0, 10.0)],
        [result(str(k), 4.0, 10.0) for k in range(30)],
        [result(str(k), 0.0, 0.0) for k in range(30)],
    ],
    ids=["nobody", "all absent", "one, all right", "all right", "nothing right"],
)
def test_there_is_a_page_of_any_class(results):
    page = page_of(results)
    assert len(page.find(id="again")("li")) in (1, 2)
    assert len(page.find("table", class_="class").tbody("tr")) == len(results)


def test_a_page_of_two_thousand_students_takes_no_time_to_speak_of():
    results = [
        mistaken(f"s{k}", *(("wrong-sign", "bias-missing", "double-mean")[: k % 4]))
        for k in range(2000)
    ]
    started = monotonic()
    page_of_all = html_of(results)
    # measured: 0.2 s; the rest is for busy machines
    assert monotonic() - started < 2
    assert page_of_all.count("<tr>") > 2000
