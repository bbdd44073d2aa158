"""Random damage to the book's files: told by opening it, and restored as far as it can be, with all that is missing.

The one exception are acts at the very end of the journal of which nothing is left there: where it is cut, or ends in
NUL, nothing tells that from a write that a crash cut off, which was never acknowledged.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from arctui.store import Book, BookError, journal
from arctui.store.recovery import Recovered, recover
from arctui.store.transactions import Transaction
from arctui.store.verify import problems
from tests.store.damaged import BACKUPS, JOURNAL, copied, make
from tests.store.faults import quick_disk
from tests.store.makers import NOON, contents, held, put, records

TIMES = 300
FILES: list[tuple[str, ...]] = [("b.json",), (JOURNAL,), ("b.json", JOURNAL)]
#: What a disk loses at once, in bytes.
BLOCK = 512


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture(scope="module", params=[True, False], ids=["the last fold kept", "an older one kept"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "book", last_fold_is_kept=request.param).parent


def flip(draw: random.Random, content: bytes, _: bytes) -> bytes:
    changed = bytearray(content)
    for _bit in range(draw.choice([1, 1, 2, 8])):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def cut(draw: random.Random, content: bytes, _: bytes) -> bytes:
    begin, end = sorted(draw.sample(range(len(content) + 1), 2))
    return draw.choice([content[:begin], content[begin:], content[:begin] + content[end:]])


def zero(draw: random.Random, content: bytes, _: bytes) -> bytes:
    begin = draw.randrange(0, len(content), BLOCK)
    end = min(len(content), begin + BLOCK * draw.choice([1, 2, 8]))
    return content[:begin] + bytes(end - begin) + content[end:]


def splice(draw: random.Random, content: bytes, other: bytes) -> bytes:
    """Put a piece of this file or of another one in, or over what stands there."""
    source = draw.choice([content, other])
    begin, end = sorted(draw.sample(range(len(source) + 1), 2))
    place = draw.randrange(len(content) + 1)
    over = draw.choice([0, end - begin])
    return content[:place] + source[begin:end] + content[place + over :]


def lines(draw: random.Random, content: bytes, other: bytes) -> bytes:
    """Move whole lines about: those of a journal, with those of another one of the same book."""
    rows = content.splitlines(keepends=True)
    rows.insert(draw.randrange(len(rows) + 1), draw.choice(other.splitlines(keepends=True)))
    if draw.random() < 0.5:
        rows.pop(draw.randrange(len(rows)))
    return b"".join(rows)


KINDS: list[Callable[[random.Random, bytes, bytes], bytes]] = [flip, cut, zero, splice, lines]


def damage(draw: random.Random, path: Path) -> str:
    """Damage a file or two in a way that changes them; say how."""
    done = []
    other = draw.choice([path, path.with_name(JOURNAL), *sorted(path.with_name(BACKUPS).iterdir())]).read_bytes()
    for name in draw.choice(FILES):
        file = path.with_name(name)
        before = after = file.read_bytes()
        kind = draw.choice(KINDS)
        for _ in range(20):
            after = after if after != before else kind(draw, before, other)
        file.write_bytes(after)
        done.append(f"{kind.__name__} {name}")
    return ", ".join(done)


def cut_off(before: bytes, after: bytes) -> int:
    """How many lines of the journal are gone with its end, so that nothing tells it from a write that was cut off."""
    try:
        lines = journal.parse(after, Path()).lines
    except BookError:
        return 0
    kept = sum(len(m.raw) for m in lines)
    rest = zip(after[kept:], before[kept:] + bytes(len(after)), strict=False)
    is_less = before[:kept] == after[:kept] and all(new in (old, 0) for new, old in rest)
    return before[kept:].count(b"\n") if is_less else 0


def traceless(before: bytes, after: bytes) -> int:
    """How many lines at the end of the journal left nothing in it."""
    lines = before.splitlines()
    there = [n for n, line in enumerate(lines, 1) if line[:32] in after or line[-32:] in after]
    return len(lines) - max(there, default=0)


def named(missing: Sequence[str], number: int) -> bool:
    """Is an act named as missing, by its number or as one of several?"""
    for what in missing:
        for first, last in re.findall(r"acts? (\d+)(?: to (\d+))?", what):
            if int(first) <= number <= int(last or first) or (
                what.startswith("perhaps more") and number > int(first)
            ):
                return True
    return False


def unaccounted(book: Book, history: Sequence[Transaction], done: Recovered | None) -> list[int]:
    """The acts that are neither in the book nor named as missing."""
    there = {t.hash for t in book.history}
    return [t.number for t in history if t.hash not in there and not (done and named(done.missing, t.number))]


@pytest.mark.parametrize("part", range(4))
def test_random_damage_is_told_and_restored_or_what_is_missing_is_named(
    whole: Path, tmp_path: Path, part: int
) -> None:
    original = Book(whole / "b.json")
    history, everything = original.history, records(original)
    before = (whole / JOURNAL).read_bytes()
    told = 0
    for number in range(part * TIMES // 4, (part + 1) * TIMES // 4):
        draw = random.Random(number)  # noqa: S311
        path = copied(whole, tmp_path / str(number))
        where = f"{number}: {damage(draw, path)}"
        damaged = contents(path.parent)
        done = None
        try:
            book = Book(path)
        except BookError:
            told += 1
            done = recover(path, NOON, "ann")
            book = Book(path)
        # Nothing was written over, nothing else touched.
        after = contents(path.parent)
        for name, content in damaged.items():
            assert content in after.values() or (done and done.source == path and name == "b.json"), (where, name)
            assert after.get(name) == content or not name.startswith(BACKUPS), (where, name)
        if done is None and problems(book):
            # A whole file of an earlier day was put in its place: the check tells.
            told += 1
            continue
        assert problems(book) == [], where
        gone = unaccounted(book, history, done)
        cut_lines = (traceless if done else cut_off)(before, damaged[JOURNAL])
        assert gone == [] or gone[0] > history[-1].number - cut_lines, (where, gone, done)
        if not cut_lines and not (done and done.missing):
            assert records(book) == everything, where
        put(book, "next")
        assert "next" in held(Book(path)), where
    assert told > TIMES / 4 * 0.7
