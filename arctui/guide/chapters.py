"""All chapters in their order, the list of them, and what is found in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from arctui.core.text import fold
from arctui.guide.layout import block_text, plain
from arctui.guide.reading import Block, GuideError, read

#: The chapters in the order in which they are read.
NAMES = (
    *("morning", "list", "call", "line", "promises", "calendar", "review", "letters", "claim", "import", "bank"),
    *("accounts", "figures", "credit", "keys", "settings", "safe", "shell", "words"),
)
#: The list of all chapters is made of them.
INDEX = "index"


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name, by which links lead to it, its title, what it is about in a sentence, and its blocks."""

    name: str
    title: str
    about: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Hit:
    """Where something was found: a block of a chapter, in a table the row of it."""

    chapter: str
    block: int
    row: int
    text: str


@cache
def chapter(name: str) -> Chapter:
    """Return a chapter by its name. Raises GuideError where there is none."""
    if name == INDEX:
        return _chapter(INDEX, _index())
    if name not in NAMES:
        raise GuideError(f"the guide has no chapter '{name}': there are {', '.join(NAMES)}")
    return _chapter(name, _text(name))


def _text(name: str) -> str:
    return files(__package__).joinpath("chapters", f"{name}.md").read_text(encoding="utf-8")


@cache
def headings() -> dict[str, tuple[str, str]]:
    """Return the title of every chapter and what it is about, by its name; no chapter is read for it."""
    parts = {name: _text(name).split("\n\n", 2) for name in NAMES}
    return {name: (head.removeprefix("# "), about.replace("\n", " ")) for name, (head, about, _) in parts.items()}


def _chapter(name: str, text: str) -> Chapter:
    blocks = read(text, name)
    heads = [plain(block.text) for block in blocks[:2]]
    if len(blocks) < 2 or [block.kind for block in blocks[:2]] != ["heading", "paragraph"]:
        raise GuideError(f"{name}: a chapter begins with its title and a sentence on what it is about")
    return Chapter(name, heads[0], heads[1], blocks)


def _index() -> str:
    rows = [f"| [{title}]({name}.md) | {about} |" for name, (title, about) in headings().items()]
    head = ("# The guide", "", "All chapters. Tab chooses one, Enter opens it, / searches in all.", "")
    return "\n".join([*head, "| chapter | about |", "|---|---|", *rows])


def named(words: str) -> str:
    """Return the name of the chapter that is called so, by its name or title, "" if none is."""
    wanted = fold(words)
    if wanted in (INDEX, *NAMES):
        return wanted
    return next((name for name, (title, _) in headings().items() if fold(title) == wanted), "")


def find(words: str) -> list[Hit]:
    """Return all places that have these words, in the order of the chapters. A row of a table is a place."""
    wanted = fold(words).split()
    if not wanted:
        return []
    return [hit for name in NAMES for hit in _places(name) if all(word in fold(hit.text) for word in wanted)]


def _places(name: str) -> Iterator[Hit]:
    for number, block in enumerate(chapter(name).blocks):
        if block.kind == "table":
            for row, cells in enumerate(block.cells):
                yield Hit(name, number, row, "  ".join(map(plain, cells)))
        elif block.kind == "code":
            for row, line in enumerate(block.text):
                yield Hit(name, number, row, line.text)
        else:
            yield Hit(name, number, 0, block_text(block))
