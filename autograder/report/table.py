"""The table of a graded class, for a terminal and for whatever else reads standard output."""

import sys

HEAD = ("Student", "Points", "Late", "First finding")


def print_table(results, file=None):
    """Print a class's results: in colour and fitted on a terminal, else as plain lines.

    results : list of Result; file : where to, standard output where none is given.
    """
    file = file or sys.stdout
    rows = [_row(result) for result in results]
    if file.isatty() and _print_rich(results, rows, file):
        return
    widths = [max(len(row[i]) for row in [HEAD, *rows]) for i in range(3)]
    for row in [HEAD, *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[3]]).rstrip(), file=file)


def _row(result):
    late = f"{in_words(result.late)} late" if result.late else ""
    finding = " ".join(filter(None, [result.first_finding, result.note]))
    return printable(result.student), points(result), late, printable(finding)


def printable(text):
    """Return text without what a terminal obeys: names of files and folders may hold anything."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def points(result):
    """Return what a result earned, as "12.5 of 30"; a dash where it could not be graded."""
    return "–" if result.points is None else f"{result.points:g} of {result.possible:g}"


def in_words(duration):
    """Return a timedelta as "3 h 20 min" or "2 days 1 h": two units at most."""
    minutes = max(1, round(duration.total_seconds() / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    units = [f"{days} day{'s' if days > 1 else ''}", f"{hours} h", f"{minutes} min"]
    said = [unit for count, unit in zip((days, hours, minutes), units, strict=True) if count]
    return " ".join(said[:2])


def _print_rich(results, rows, file):
    """Print with rich; return whether it is there to print with."""
    try:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        return False
    table = Table(box=box.SIMPLE_HEAD)
    for name in HEAD:
        # as Text: square brackets in a student's error are no markup
        table.add_column(Text(name), no_wrap=name != HEAD[3], overflow="fold")
    for result, row in zip(results, rows, strict=True):
        style = "green" if result.all_right else ""
        table.add_row(Text(row[0]), Text(row[1], style), *(Text(cell) for cell in row[2:]))
    Console(file=file).print(table)
    return True
