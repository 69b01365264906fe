"""A bar that grows as a loop goes on."""

from html import escape


def progress_bar(items, label="Training"):
    """Yield the items in turn, and show meanwhile how many are done.

    items : anything with a length. label : what stands beside the bar.
    In a notebook this is one line of the cell's output, which stays; elsewhere nothing is shown.

    Raises TypeError where the items have no length.
    """
    total = len(items)
    show = _line()
    show(_html(label, 0, total))
    for done, item in enumerate(items, start=1):
        yield item
        show(_html(label, done, total))


def _line():
    """Return a function that shows HTML in one place of the output, over what was there."""
    try:
        from IPython import get_ipython
        from IPython.display import HTML, display
    except ImportError:
        return lambda text: None
    if get_ipython() is None:
        return lambda text: None
    handles = []

    def show(text):
        if handles:
            handles[0].update(HTML(text))
        else:
            handles.append(display(HTML(text), display_id=True))

    return show


def _html(label, done, total):
    said = f"{escape(label)}: {done} of {total}"
    return (
        f'<progress value="{done}" max="{max(total, 1)}" aria-label="{escape(label)}" '
        f'style="width: 16rem; max-width: 60%"></progress> {said}'
    )
