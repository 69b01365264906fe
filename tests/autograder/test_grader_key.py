import hmac
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.course_error import CourseError
from autograder.grader_key import KEY_FILE, course_key, submission_secret

from .conftest import ROOT


def test_a_key_is_made_once_and_its_owners_alone(tmp_path):
    key = course_key(tmp_path)
    assert len(key) == 32
    assert course_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_two_courses_have_two_keys(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert course_key(tmp_path / "a") != course_key(tmp_path / "b")


def test_of_many_who_make_it_at_once_all_get_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        for turn in range(20):
            folder = tmp_path / str(turn)
            folder.mkdir()
            assert len(set(pool.map(course_key, [folder] * 8))) == 1


@pytest.mark.parametrize("held", [b"", b"x" * 31])
def test_a_key_too_short_is_refused(tmp_path, held):
    (tmp_path / KEY_FILE).write_bytes(held)
    with pytest.raises(CourseError, match=rf"holds {len(held)} bytes.*at least 32: remove it"):
        course_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == held


def test_a_key_that_cannot_be_read_or_made_is_said(tmp_path):
    (tmp_path / KEY_FILE).mkdir()
    with pytest.raises(CourseError, match="cannot be read"):
        course_key(tmp_path)
    with pytest.raises(CourseError, match="cannot be written"):
        course_key(tmp_path / "nowhere")


def test_a_secret_is_the_hmac_of_assignment_and_student():
    secret = submission_secret(b"k" * 32, "05_two_layer", "ana")
    assert secret == hmac.new(b"k" * 32, b"05_two_layer/ana", "sha256").hexdigest()
    others = {
        submission_secret(b"k" * 32, "05_two_layer", "ben"),
        submission_secret(b"k" * 32, "06_L_layers", "ana"),
        submission_secret(b"l" * 32, "05_two_layer", "ana"),
    }
    assert len(others | {secret}) == 4


def test_git_never_takes_it():
    done = subprocess.run(["git", "check-ignore", KEY_FILE], cwd=ROOT, capture_output=True)
    assert done.returncode == 0
