"""The words of an email or a page that is written in HTML only, without whatever it would load or do."""

from html.parser import HTMLParser

_HIDDEN = frozenset(("script", "style", "head", "title"))
_BLOCKS = frozenset("p br div tr li table ul ol h1 h2 h3 h4 blockquote pre hr".split())


def html_words(text: str) -> str:
    """Return the words of HTML, a line for each block."""
    words = _Words()
    words.feed(text)
    words.close()
    return "".join(words.parts)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("  ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            before, after = (" " if data[place : place + 1 or None].isspace() else "" for place in (0, -1))
            self.parts.append(before + " ".join(data.split()) + after)
