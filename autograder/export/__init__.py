"""Points of a course as files that learning platforms import, written by `nbgrader export`.

`nbgrader export --exporter=autograder.export.CanvasExporter`, or `…MoodleExporter`, in the
course's folder; what differs between sites is set in nbgrader_config.py, such as
`c.CanvasExporter.assignment_ids = {"05_two_layer": 81234}`.
"""

from autograder.export.canvas import CanvasExporter
from autograder.export.moodle import MoodleExporter

__all__ = ["CanvasExporter", "MoodleExporter"]
