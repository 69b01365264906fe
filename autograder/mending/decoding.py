"""The text of a file, whatever encoding an editor or a file system left it in."""

import codecs

from autograder.mending.unreadable import UnreadableError

MOST_BYTES = 50 * 2**20
"""The largest notebook that is read; one of the course with all its pictures has a million."""

# the longer marks first: that of UTF-32 begins with that of UTF-16
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data):
    """Return the text in bytes, and sentences on what was odd about them.

    UTF-8 is expected; other Unicode encodings are known by their byte-order mark or their
    zero bytes, and what is left is taken for Windows' Latin-1. Raises UnreadableError for an
    empty file and for one over MOST_BYTES.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"it is larger than {MOST_BYTES // 2**20} MB")
    if not data.strip(b"\0\t\n\r "):
        raise UnreadableError("it is empty")
    encoding, mark = _declared(data)
    if encoding == "utf-8":
        text, remarks = _utf_8(data[len(mark) :])
        if mark:
            remarks.append("The file began with a byte-order mark, which was left out.")
    else:
        text = data[len(mark) :].decode(encoding, "replace")
        remarks = [f"The file was in the encoding {encoding.upper()}; it was read as UTF-8 is."]
    if "\0" in text:
        text = text.replace("\0", "")
        remarks.append("The file held zero bytes, which were left out.")
    return text, remarks


def mendable(text):
    """Return a text that can be written as UTF-8: without halves of characters, or zeros."""
    try:
        text.encode()
    except UnicodeEncodeError:
        # two halves that belong together become one character, a lone one the replacement
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "")


def _declared(data):
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, mark
    # a notebook begins with two ASCII characters; RFC 4627, section 3
    zeros = tuple(byte == 0 for byte in data[:4])
    guesses = {
        (True, True, True, False): "utf-32-be",
        (False, True, True, True): "utf-32-le",
        (True, False, True, False): "utf-16-be",
        (False, True, False, True): "utf-16-le",
    }
    return guesses.get(zeros, "utf-8"), b""


def _utf_8(data):
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = len(text) - damaged - len(text.encode("ascii", "ignore"))
    if whole >= damaged:
        return text, [f"The file is damaged: {damaged} bytes of it are no text in UTF-8."]
    text = data.decode("cp1252", "replace").replace("\ufffd", "?")
    return text, ["The file was not in UTF-8; it was read as Latin-1."]
