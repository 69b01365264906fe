"""All that worker processes import, imported once in the process that they are forked from.

It is left out of every garbage collection: one would write to each object, and so give each
worker a copy of its own.
"""

from autograder.run.quick_imports import quick_imports

with quick_imports():
    import autograder.run.worker  # noqa: F401
    from autograder.inside.reused_memory import reuse_memory
    from course.tasks import all_tasks

    # the first of them to be judged has all of them imported
    all_tasks()

# workers judge one vast case after another
reuse_memory()
