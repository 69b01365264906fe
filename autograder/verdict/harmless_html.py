"""HTML that others wrote, made harmless: it loads nothing, runs nothing and stays in its place.

An allow-list of tags, attributes and styles. Nothing that is left can reach past the box in which
it stands, nor be taken for anything of the page's own by a class or an id.
"""

import math
import re
import secrets
from functools import cache

import tinycss2
from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner

from autograder.verdict.harmless_image import is_harmless_image

LONGEST = 50_000
MOST_TAGS = 2_000
"""What is longer, or has more tags, without the pictures in it, is refused: reading HTML as
browsers do takes time that grows faster than the text, about a second for the worst of these."""

_NAMES_OF_TAGS = (
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre progress q s samp small span strong "
    "sub summary sup table tbody td tfoot th thead tr tt u ul var"
)
_TAGS = frozenset(_NAMES_OF_TAGS.split())
_ATTRIBUTES = {
    "*": ["style", "title", "aria-label"],
    "a": ["href"],
    "img": ["alt", "src"],
    "ol": ["start"],
    "progress": ["max", "value"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,([A-Za-z0-9+/]*={0,2})")
_HELD = re.compile(r"data:held-[0-9a-f]{16},[0-9]{1,5};")

_NAMES_OF_STYLES = (
    "background background-color border border-bottom border-bottom-color border-bottom-style "
    "border-bottom-width border-collapse border-color border-left border-left-color "
    "border-left-style border-left-width border-radius border-right border-right-color "
    "border-right-style border-right-width border-spacing border-style border-top border-top-color "
    "border-top-style border-top-width border-width caption-side color empty-cells font-family "
    "font-size font-style font-variant font-weight height list-style-type margin margin-bottom "
    "margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left "
    "padding-right padding-top text-align text-decoration vertical-align white-space "
    "width"
)
_STYLES = frozenset(_NAMES_OF_STYLES.split())
_ONLY_WORDS = {"height", "vertical-align"}
_COLOURS = {"rgb", "rgba", "hsl", "hsla"}
_LARGEST = 2_000


class RefusedHTML(ValueError):  # noqa: N818  (a reason, not a mistake of the caller's)
    """The HTML is too long or too intricate to be read; the message says why."""


def harmless_html(text, links=False):
    """Return HTML of which nothing can load, run, or reach out of the place where it stands.

    text : the HTML; what is not on the list is taken out of it, tags without what they hold.
    links : whether links to other sites stay.

    Pictures stay where they are given in place (data:) and are what they claim to be. Raises
    RefusedHTML for what is too long or too intricate to be read.
    """
    pictures = []
    # nobody who wrote the text can know it, and so name a picture that is not there
    mark = f"data:held-{secrets.token_hex(8)},"

    def hold(match):
        kind, data = match.groups()
        if not is_harmless_image(f"image/{kind}", data):
            return ""
        pictures.append(match.group())
        return f"{mark}{len(pictures) - 1};"

    # a picture is long, and its letters are of no interest to a reader of HTML
    held = _PICTURE.sub(hold, text)
    if len(held) > LONGEST or held.count("<") > MOST_TAGS:
        raise RefusedHTML(f"HTML of {len(held):,} characters and {held.count('<'):,} tags.")
    try:
        cleaned = _cleaner(links).clean(held)
    except (ValueError, RecursionError) as error:  # such as a number of thousands of digits
        raise RefusedHTML(f"HTML that cannot be read ({type(error).__name__}).") from error
    return re.sub(f"{mark}([0-9]+);", lambda match: pictures[int(match.group(1))], cleaned)


@cache
def _cleaner(links):
    return Cleaner(
        tags=_TAGS,
        attributes=_allowed_with_links if links else _allowed,
        protocols={"http", "https", "mailto", "data"},
        strip=True,
        css_sanitizer=_Styles(),
    )


def _allowed(tag, name, value):
    if name == "src":
        return tag == "img" and _HELD.fullmatch(value) is not None
    if name in ("colspan", "rowspan", "start"):
        value = value.isdecimal() and len(value) < 4
        return name in _ATTRIBUTES.get(tag, ()) and value
    return name != "href" and (name in _ATTRIBUTES["*"] or name in _ATTRIBUTES.get(tag, ()))


def _allowed_with_links(tag, name, value):
    if name == "href":
        return tag == "a" and re.match(r"https?://|mailto:|#", value.strip().lower()) is not None
    return _allowed(tag, name, value)


class _Styles(CSSSanitizer):
    """Styles that change how an element looks inside its box, and never where that box ends."""

    def sanitize_css(self, style):
        kept = []
        for token in tinycss2.parse_declaration_list(style, skip_comments=True):
            if token.type == "declaration" and _is_harmless(token.lower_name, token.value):
                kept.append(f"{token.lower_name}: {tinycss2.serialize(token.value).strip()}")
        return "; ".join(kept)


def _is_harmless(name, values):
    return name in _STYLES and all(_is_harmless_value(name, value) for value in values)


def _is_harmless_value(name, value):
    if value.type in ("whitespace", "ident"):
        return True
    if name in _ONLY_WORDS:
        return False
    if value.type in ("number", "dimension", "percentage"):
        # a negative margin would reach into what stands around
        return math.isfinite(value.value) and 0 <= value.value <= _LARGEST
    if value.type == "function":
        return value.lower_name in _COLOURS and all(
            inner.type in ("number", "percentage", "whitespace", "literal")
            for inner in value.arguments
        )
    return value.type in ("hash", "string") or value in (",", "/")
