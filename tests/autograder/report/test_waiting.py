from dataclasses import replace

from autograder.report.waiting import said_of_waiting
from course.score import Finding

from .made_up import by_hand, found, result


def test_how_many_wait_and_where():
    assert said_of_waiting([]) == ""
    assert said_of_waiting([result("a", 4.0, 1.0), by_hand("b", 4.0, 1.0)]) == ""
    assert said_of_waiting([by_hand("a", 4.0), by_hand("b", 4.0, 1.0)]) == (
        "1 submission waits to be graded by hand (plan): its points are those so far."
    )
    assert said_of_waiting([by_hand("a", 4.0), by_hand("b")]) == (
        "2 submissions wait to be graded by hand (essay, plan): their points are those so far."
    )


def test_waiting_is_the_first_finding_where_nothing_is_wrong():
    one = by_hand("a", essay=4.0)
    assert one.first == ("plan", "Waits to be graded by hand.")
    assert replace(one, blank=("essay",)).first == ("essay", "Not written yet.")
    wrong = found("check_a", Finding("dW1", 0.0, 4.0, None, "Off."))
    assert replace(one, findings=(wrong,)).first == ("a, dW1", "Off.")
    assert replace(one, cause="Nothing.").first == ("", "Nothing.")
