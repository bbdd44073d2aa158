"""A chapter out of Markdown: headings, paragraphs, lists, tables and code; nothing else may stand in one.

A link leads to another chapter (`call.md`), to the tour (`tour:`), or names a key: `key:ACTION` is the key of an
action in the table, `on:SCREEN` one that a screen has of its own. Of an action the key that works now is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

#: What a link of a text may lead to.
CHAPTER, TOUR, ACTION_KEY, SCREEN_KEY = ".md", "tour:", "key:", "on:"

#: Tokens that end what was taken already, or begin what is taken when it ends.
_EDGES = frozenset(
    "heading_close paragraph_open paragraph_close list_item_close table_open thead_open thead_close tbody_open"
    " tbody_close tr_open th_close td_close".split()
)


class GuideError(ValueError):
    """A chapter is not as it has to be; the message says where."""


@dataclass(frozen=True)
class Span:
    """A piece of a text: how it is marked ("", strong, code, link), and where a link leads."""

    text: str
    mark: str = ""
    target: str = ""

    @property
    def is_way(self) -> bool:
        """Is it a link that can be followed? Else it is a text, or the name of a key."""
        return self.target.endswith(CHAPTER) or self.target == TOUR


Text = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A heading (of a level), a paragraph, an item of a list, the rows of a table, or code (of a kind).

    `before` is what stands before an item, `cells` the rows of a table, its head first.
    """

    kind: str
    text: Text = ()
    level: int = 0
    before: str = ""
    cells: tuple[tuple[Text, ...], ...] = ()

    @property
    def texts(self) -> Iterator[Text]:
        """All texts in it."""
        yield self.text
        for row in self.cells:
            yield from row


def read(text: str, name: str = "") -> tuple[Block, ...]:
    """Return the blocks of a chapter. Raises GuideError for Markdown that is not used here."""
    from markdown_it import MarkdownIt

    return tuple(_blocks(MarkdownIt("commonmark").enable("table").parse(text), name))


def _blocks(tokens: "Sequence[Token]", name: str) -> Iterator[Block]:
    items: list[int] = []
    before, rows = "", list[tuple[Text, ...]]()
    cells: list[Text] = []
    inside = ""
    for token in tokens:
        match token.type:
            case "heading_open":
                inside = token.tag
            case "th_open" | "td_open":
                inside = "cell"
            case "ordered_list_open" | "bullet_list_open":
                items.append(1 if token.tag == "ol" else 0)
            case "ordered_list_close" | "bullet_list_close":
                items.pop()
            case "list_item_open":
                before = f"{items[-1]}." if items[-1] else "-"
                items[-1] += bool(items[-1])
            case "inline":
                text = tuple(_spans(token.children or (), name))
                if inside == "cell":
                    cells.append(text)
                elif inside:
                    yield Block("heading", text, int(inside[1:]))
                else:
                    yield Block("item" if before else "paragraph", text, before=before)
                    before = ""
                inside = ""
            case "tr_close":
                rows.append(tuple(cells))
                cells = []
            case "table_close":
                yield Block("table", cells=tuple(rows))
                rows = []
            case "fence" | "code_block":
                lines = tuple(Span(line, "code") for line in token.content.rstrip("\n").split("\n"))
                yield Block("code", lines, before=token.info.strip())
            case _ if token.type in _EDGES:
                pass
            case other:
                raise GuideError(f"{name}: {other} is not used in the guide: {token.content[:40]}")


def _spans(tokens: "Sequence[Token]", name: str) -> Iterator[Span]:
    mark, target = "", ""
    for token in tokens:
        match token.type:
            case "text":
                if token.content:
                    yield Span(token.content, mark, target)
            case "softbreak":
                yield Span(" ", mark, target)
            case "code_inline":
                yield Span(token.content, "code", target)
            case "strong_open":
                mark = "strong"
            case "link_open":
                mark, target = "link", str(token.attrGet("href") or "")
                if not target.endswith(CHAPTER) and not target.startswith((TOUR, ACTION_KEY, SCREEN_KEY)):
                    raise GuideError(f"{name}: the link {target!r} leads out of the guide")
            case "strong_close" | "link_close":
                mark, target = "", ""
            case other:
                raise GuideError(f"{name}: {other} is not used in the guide")
