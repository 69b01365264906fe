"""An attacker whose weapon is what a cell shows: it costs the host no time, memory or verdict."""

import time

import pytest

from .small import FULL, HALF, WRONG

SHOW = (
    "from IPython.display import display\n"
    "def show(mime, data): display({mime: data, 'text/plain': 'x'}, raw=True)\n"
)

SHOWN = {
    "Markdown of nothing but line ends": "show('text/markdown', '\\n' * 900_000)",
    "Markdown of brackets": "show('text/markdown', '[\\n' * 300_000)",
    "Markdown of spaces": "show('text/markdown', ' ' * 900_000)",
    "LaTeX of backslashes": "show('text/latex', '\\\\' * 900_000)",
    "a picture that is held nowhere": (
        "show('text/html', '<img src=\"data:hedata:held,ld,999999\">')"
    ),
    "words that look like a held picture": "show('text/html', 'data:hedata:held,ld,7')",
    "a held picture with a number without an end": (
        "show('text/html', 'data:hedata:held,ld,' + '9' * 5000)"
    ),
    "a width without an end": (
        "show('text/html', '<p style=\"width: ' + '9' * 30_000 + 'px\">x</p>')"
    ),
    "styles in styles": "show('text/html', '<p style=\"color: ' + '(' * 40_000 + '\">x</p>')",
    "a drawing of depth": "show('image/svg+xml', '<svg>' + '<g>' * 24_000 + '<use/>' * 24_000)",
    "a drawing of copies of copies": (
        "show('image/svg+xml', '<svg xmlns=\"http://www.w3.org/2000/svg\" "
        'xmlns:l="http://www.w3.org/1999/xlink"><g id="a0"><path d="M0 0"/></g>\' + '
        '\'\'.join(f\'<g id="a{k + 1}"><use l:href="#a{k}"/><use l:href="#a{k}"/></g>\' '
        "for k in range(40)) + '<use l:href=\"#a40\"/></svg>')"
    ),
    "JSON of brackets": "show('application/json', [[]] * 100_000)",
}


@pytest.mark.slow
@pytest.mark.parametrize("shown", SHOWN.values(), ids=list(SHOWN))
def test_what_is_shown_is_kept_or_not_and_costs_nothing_else(attack, shown):
    begun = time.monotonic()
    came = attack(before=[SHOW + shown], after=["print('after')"])
    assert came.points == FULL
    assert came.cells[-1].outputs[0].text == "after\n"
    assert "a40" not in came.shown
    assert time.monotonic() - begun < 30


FORGED = {
    "a stream's name that is an array": (
        "{'output_type': 'stream', 'name': np.zeros(2), 'text': 'x'}"
    ),
    "a kind that is an array": "{'output_type': np.zeros(2)}",
    "a text that is an array": (
        "{'output_type': 'display_data', 'data': {'text/html': np.zeros(2)}, 'metadata': {}}"
    ),
    "a drawing that is an array": (
        "{'output_type': 'display_data', 'data': {'image/svg+xml': np.zeros(2)}, 'metadata': {}}"
    ),
    "no output": "None",
}


@pytest.mark.parametrize("output", FORGED.values(), ids=list(FORGED))
@pytest.mark.parametrize("event", ["output", "error"])
def test_what_is_no_output_ends_the_process_that_sent_it(attack, output, event):
    told = f"{{'event': {event!r}, 'output': {output}}}"
    forges = (
        "import numpy as np\nsession = get_ipython().session\nchannel = session._channel\n"
        + (f"channel.send({told})" if event == "output" else "")
        + (f"session._ops['calls'] = lambda op: channel.send({told})" if event == "error" else "")
    )
    came = attack(before=[forges], affine=WRONG)
    assert came.points["check_affine"] == 0
    assert came.points["check_sigmoid"] <= HALF["check_sigmoid"]
