"""What of a class waits to be graded by hand, in a sentence."""

from autograder.report.cell_names import task_name


def said_of_waiting(results):
    """Return how many of the Results wait to be graded by hand, and where; "" where none does."""
    own = [result for result in results if result.waiting]
    if not own:
        return ""
    waiting = {cell for result in own for cell in result.waiting}
    # in the order of the notebooks, which is that of the points of whoever waits
    cells = dict.fromkeys(cell for result in own for cell in result.cells if cell in waiting)
    tasks = ", ".join(map(task_name, cells))
    if len(own) == 1:
        return f"1 submission waits to be graded by hand ({tasks}): its points are those so far."
    return (
        f"{len(own)} submissions wait to be graded by hand ({tasks}): their points are those so "
        "far."
    )
