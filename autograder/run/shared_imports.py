"""All that worker processes import, imported once in the process that they are forked from.

It is left out of every garbage collection: one would write to each object, and so give each
worker a copy of its own.
"""

from autograder.run.quick_imports import quick_imports

with quick_imports():
    import numpy as np

    import autograder.run.worker  # noqa: F401
    from autograder.inside.reused_memory import reuse_memory
    from autograder.verdict.harmless_html import harmless_html
    from course.mistakes import all_mistakes
    from course.score import Score
    from course.tasks import all_tasks

    # what is imported, compiled or made only where it is asked for: each worker will ask
    all_tasks()
    all_mistakes()
    np.random.default_rng(0)
    harmless_html("<p>some</p>")
    Score("", [])._repr_html_()

# workers judge one vast case after another
reuse_memory()
