"""The words of an email or a page that is written in HTML only, without whatever it would load or do.

HTML from anybody is looked at once from its beginning to its end, whatever is left open in it: the parser of Python
3.11 begins anew at each sign that is never closed.
"""

import html
import re
from collections.abc import Iterator

#: More of a page is not looked at.
MOST_HTML = 1_000_000
# A tag ends before the next one begins; what stands between quotes may hold the sign that ends it.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*|[^<>]*)>|<[!?/][^<>]*>")
_HIDDEN = frozenset(("script", "style", "head", "title"))
_BLOCKS = frozenset("p br div tr li table ul ol h1 h2 h3 h4 blockquote pre hr".split())
_CELLS = frozenset(("td", "th"))


def html_words(text: str) -> str:
    """Return the words of HTML, a line for each block."""
    return "".join(_pieces("".join(_without_remarks(text[:MOST_HTML]))))


def _without_remarks(text: str) -> Iterator[str]:
    at = 0
    while (begin := text.find("<!--", at)) >= 0:
        yield text[at:begin]
        end = text.find("-->", begin + 4)
        if end < 0:
            return
        at = end + 3
    yield text[at:]


def _pieces(text: str) -> Iterator[str]:
    at, hidden = 0, ""
    for tag in _TAG.finditer(text):
        if not hidden:
            yield _words(text[at : tag.start()])
        at = tag.end()
        closes, name = bool(tag[1]), (tag[2] or "").lower()
        if hidden:
            # A head that is never closed ends where the page begins.
            if name == (hidden if closes else "body" if hidden == "head" else None):
                hidden = ""
        elif name in _HIDDEN:
            hidden = "" if closes else name
        elif name in _BLOCKS and not closes:
            yield "\n"
        elif name in _CELLS and not closes:
            yield "  "
    if not hidden:
        yield _words(text[at:])


def _words(data: str) -> str:
    data = html.unescape(data)
    before, after = (" " if data[place : place + 1 or None].isspace() else "" for place in (0, -1))
    return before + " ".join(data.split()) + after
