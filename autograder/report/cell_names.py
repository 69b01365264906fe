"""What a report calls a graded cell: its grade id, behind its notebook's name where need be.

nbgrader allows the same grade id in several notebooks of an assignment. It has no slash in it,
and neither has the name of a file.
"""

from collections import Counter

from nbgrader.utils import is_grade, is_task

from autograder.source_notebook import read_source


def labels_of(course, assignment):
    """Return a function (notebook, grade id) -> label of a graded cell of an assignment.

    The label is the grade id where one notebook alone has it, such as "check_backward", and
    "notebook/grade_id" where several do.
    Raises CourseError where source has no such assignment.
    """
    names = course.notebooks(assignment)
    # one notebook shares with none, and need not be read
    return _labels(_points(course, assignment, names) if len(names) > 1 else {})


def graded_cells(course, assignment):
    """Return the points of an assignment's graded cells, in the order of its notebooks.

    Among them are those that a person grades: answers without a test, and nbgrader's tasks.
    The result is label -> points. Raises CourseError where source has no such assignment.
    """
    points = _points(course, assignment, course.notebooks(assignment))
    label = _labels(points)
    return {
        label(name, grade_id): possible
        for name, cells in points.items()
        for grade_id, possible in cells.items()
    }


def task_name(label):
    """Return what the cell of a label is about: "backward" for "check_backward".

    The notebook's name stays: "part2/backward" for "part2/check_backward".
    """
    notebook, slash, grade_id = label.rpartition("/")
    return f"{notebook}{slash}{grade_id.removeprefix('check_')}"


def earns_points(cell):
    """Whether a notebook's cell is one that nbgrader gives points for."""
    return is_grade(cell) or is_task(cell)


def _points(course, assignment, names):
    """Return notebook -> grade id -> points of the graded cells."""
    return {
        name: {
            cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
            for cell in read_source(course.folder("source", assignment) / f"{name}.ipynb").cells
            if earns_points(cell)
        }
        for name in names
    }


def _labels(points):
    notebooks = Counter(grade_id for cells in points.values() for grade_id in cells)

    def label(notebook, grade_id):
        return f"{notebook}/{grade_id}" if notebooks[grade_id] > 1 else grade_id

    return label
