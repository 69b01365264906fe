"""What a page could do to whoever opens it, read as a browser would read its tags."""

from collections import Counter
from html.parser import HTMLParser

ACTIVE = {"base", "embed", "form", "frame", "iframe", "input", "link", "object", "script", "video"}
ADDRESSES = {"action", "background", "data", "formaction", "href", "poster", "src", "srcset"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = Counter()

    def handle_starttag(self, tag, attrs):
        if tag in ACTIVE or (tag == "meta" and "http-equiv" in dict(attrs)):
            self.found[f"<{tag}>"] += 1
        for name, value in attrs:
            value = "".join((value or "").split()).lower()
            if name.startswith("on"):
                self.found[f"{tag} {name}"] += 1
            if name in ADDRESSES and not value.startswith(("#", "data:image/", "mailto:")):
                self.found[f"{tag} {name} {value[:60]}"] += 1
            if name == "style" and any(w in value for w in ("position:", "url(", "z-index")):
                self.found[f"{tag} style {value[:80]}"] += 1


def dangers(page):
    """Return what is active in a page, reaches out of it or out of its place, with counts."""
    reader = _Reader()
    reader.feed(page)
    return reader.found
