"""What was mended and what went wrong, kept in the autograded notebook for the class report.

The notebook's metadata are the grader's own: those of the file that was handed in are not kept.
"""

KEY = "backprop_grading"


def keep_notes(notebook, mends, trouble):
    """Keep sentences in a notebook's metadata: what was mended, what went wrong as it ran."""
    notebook.metadata[KEY] = {"mends": list(mends), "trouble": list(trouble)}


def notes_of(notebook):
    """Return the sentences that an autograded notebook keeps; () where none are."""
    kept = notebook.metadata.get(KEY, {})
    return tuple(kept.get("mends", ())) + tuple(kept.get("trouble", ()))
