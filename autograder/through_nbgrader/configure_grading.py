"""Setting nbgrader's own collect and autograde up for work that may be hostile."""

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute


def configure_grading(c):
    """Say in an nbgrader configuration that autograde mends, and grades in the sandbox.

    And that collect follows no links and believes no names. By name, so that the commands that
    grade nothing do not load the grader.
    """
    c.ExchangeFactory.collect = "autograder.through_nbgrader.collecting.OwnedCollect"
    c.Autograde.exporter_class = "autograder.through_nbgrader.executor.MendingExporter"
    c.Autograde.autograde_preprocessors = [
        "autograder.through_nbgrader.executor.SealedExecute" if step is Execute else step
        for step in Autograde.autograde_preprocessors.default()
    ]
