"""The journal: cut, flipped, mixed up, put beside another book, and given up after a failed write or flush."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.core.records import Account
from arctui.store import Book, BookDamagedError, BookError, BookMissingError, journal
from tests.store.crashes import wrong
from tests.store.makers import NOON, account, book_in_two_parts, book_of, commit, names, put

ACCOUNTS = ["Birch", "Cedar", "Dale"]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book whose last three acts stand in its journal only."""
    return book_in_two_parts(tmp_path / "b.json", *ACCOUNTS)


@pytest.fixture
def beside(book: Book) -> Path:
    return journal.place_of(book.path)


def lines_of(beside: Path) -> list[bytes]:
    return beside.read_bytes().splitlines(keepends=True)


def refused(path: Path) -> str:
    """Open a book that must be refused as damaged, without touching it, and return what was said."""
    before = {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}
    with pytest.raises(BookDamagedError) as caught:
        Book(path)
    assert {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()} == before
    return str(caught.value)


# Cut off


def test_a_journal_cut_at_any_byte_of_its_last_line_loses_only_that_line(book: Book, beside: Path) -> None:
    content, last = beside.read_bytes(), lines_of(beside)[-1]
    kept = ["Alder", "Birch", "Cedar"]
    for length in range(len(content) - len(last), len(content)):
        beside.write_bytes(content[:length])
        found = Book(book.path)
        assert names(found) == kept, length
        put(found, "next")
        assert names(Book(book.path)) == [*kept, "next"], length
        if length % 10 == 0:
            put(found, "one more")
            assert wrong(book.path, [*kept, "next", "one more"]) == "", length


def test_a_journal_cut_inside_an_earlier_line_is_refused(book: Book, beside: Path) -> None:
    first, *rest = lines_of(beside)
    for length in range(1, len(first) - 1):
        for end in (b"", b"\n"):
            beside.write_bytes(b"".join([first[:length], end, *rest]))
            assert "damaged" in refused(book.path)


def test_a_session_that_is_open_goes_on_after_a_line_that_another_never_finished(book: Book, beside: Path) -> None:
    other = Book(book.path)
    with beside.open("ab") as file:
        file.write(lines_of(beside)[-1][:40])
    assert not other.refresh()
    put(other, "next")
    assert book.refresh()
    assert wrong(book.path, ["Alder", *ACCOUNTS, "next"]) == ""


# Bytes that changed


def flips(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every bit turned, and every byte made a NUL, a newline, a space, a digit."""
    for place, byte in enumerate(content):
        for other in {*(byte ^ 1 << bit for bit in range(8)), 0, 10, 32, 48} - {byte}:
            yield place, content[:place] + bytes([other]) + content[place + 1 :]


def test_every_flipped_byte_is_refused_but_where_it_looks_like_a_write_that_was_cut_off(
    book: Book, beside: Path
) -> None:
    content = beside.read_bytes()
    taken = []
    for place, flipped in flips(content):
        try:
            journal.parse(flipped, beside)
        except BookDamagedError:
            continue
        taken.append((place, flipped[place]))
    # The newline at the very end made a NUL: so ends a file of which the last byte never reached the disk.
    assert taken == [(len(content) - 1, 0)]


def test_a_book_with_a_flipped_byte_in_its_journal_is_refused(book: Book, beside: Path) -> None:
    for number, (_, flipped) in enumerate(flips(beside.read_bytes())):
        if number % 41 == 0 and flipped[-1] != 0:
            beside.write_bytes(flipped)
            refused(book.path)


def test_a_session_that_is_open_refuses_a_flipped_byte_in_what_it_has_not_read_yet(book: Book, beside: Path) -> None:
    content = beside.read_bytes()
    other = Book(book.path)
    put(book, "Elm")
    late = beside.read_bytes()
    for number, (_, flipped) in enumerate(flips(late)):
        if number % 97 == 0 and flipped[: len(content)] == content and flipped[-1] == 10:
            beside.write_bytes(flipped)
            with pytest.raises(BookDamagedError):
                other.refresh()
            with pytest.raises(BookDamagedError):
                put(other, "next")
            assert beside.read_bytes() == flipped
            assert names(other) == ["Alder", *ACCOUNTS]
    beside.write_bytes(late)
    assert other.refresh()
    assert names(other) == ["Alder", *ACCOUNTS, "Elm"]


def with_long_lines(book: Book, length: int) -> None:
    """Add two lines that are longer than so many bytes."""
    for name in ("long", "longer"):
        commit(book, added(account(name, called=name * (length // len(name)))))


@pytest.mark.parametrize("block", [512, 4096])
def test_blocks_of_the_last_line_that_never_reached_the_disk_are_no_damage(
    book: Book, beside: Path, block: int
) -> None:
    with_long_lines(book, 4 * block)
    content, last = beside.read_bytes(), lines_of(beside)[-1]
    start = len(content) - len(last)
    edges = [start, *range(start - start % block + block, len(content), block), len(content)]
    for number, begin in enumerate(edges):
        for end in edges[number + 1 :]:
            beside.write_bytes(content[:begin] + b"\0" * (end - begin) + content[end:])
            assert Book(book.path).number == book.number - 1, (begin, end)
            assert Book(book.path).facts.get(Account, "longer") is None


@pytest.mark.parametrize("begin", [0, 1, 40, 200])
@pytest.mark.parametrize("length", [1, 511, 512, 5000])
def test_nul_bytes_at_the_end_are_no_damage_and_the_next_act_is_kept(
    book: Book, beside: Path, begin: int, length: int
) -> None:
    last = lines_of(beside)[-1]
    for cut in (b"", last[:begin]):
        before = b"".join(lines_of(beside)[:3])
        beside.write_bytes(before + cut + b"\0" * length)
        found = Book(book.path)
        assert names(found) == ["Alder", *ACCOUNTS]
        put(found, f"next {len(cut)}")
        found.undo("ann", NOON)
    assert wrong(book.path, ["Alder", *ACCOUNTS]) == ""


def test_blocks_lost_from_an_earlier_line_are_damage(book: Book, beside: Path) -> None:
    with_long_lines(book, 3000)
    content, last = beside.read_bytes(), lines_of(beside)[-1]
    begin = (len(content) - len(last)) // 512 * 512 - 1024
    beside.write_bytes(content[:begin] + b"\0" * 512 + content[begin + 512 :])
    refused(book.path)


# Lines that are whole, but not where they belong


def swapped(lines: list[bytes]) -> list[bytes]:
    return [lines[1], lines[0], *lines[2:]]


def swapped_at_the_end(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-2], lines[-1], lines[-2]]


def without_the_first(lines: list[bytes]) -> list[bytes]:
    return lines[1:]


def without_one_between(lines: list[bytes]) -> list[bytes]:
    return [lines[0], *lines[2:]]


def only_the_last(lines: list[bytes]) -> list[bytes]:
    return lines[-1:]


def first_doubled(lines: list[bytes]) -> list[bytes]:
    return [lines[0], *lines]


def last_doubled(lines: list[bytes]) -> list[bytes]:
    return [*lines, lines[-1]]


def all_doubled(lines: list[bytes]) -> list[bytes]:
    return lines * 2


def empty_line_between(lines: list[bytes]) -> list[bytes]:
    return [lines[0], b"\n", *lines[1:]]


def empty_line_first(lines: list[bytes]) -> list[bytes]:
    return [b"\n", *lines]


MIXED_UP: list[Callable[[list[bytes]], list[bytes]]] = [
    swapped,
    swapped_at_the_end,
    without_the_first,
    without_one_between,
    only_the_last,
    first_doubled,
    last_doubled,
    all_doubled,
    empty_line_between,
    empty_line_first,
]


@pytest.mark.parametrize("mixed", MIXED_UP, ids=lambda m: str(m.__name__))
def test_lines_that_are_mixed_up_are_refused(
    book: Book, beside: Path, mixed: Callable[[list[bytes]], list[bytes]]
) -> None:
    beside.write_bytes(b"".join(mixed(lines_of(beside))))
    refused(book.path)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("instead", [False, True], ids=["put in", "in its place"])
def test_a_line_of_another_book_is_refused(book: Book, beside: Path, place: int, instead: bool) -> None:
    other = book_of(book.path.with_name("other.json"), "Alder", *ACCOUNTS)
    foreign = lines_of(journal.place_of(other.path))
    lines = lines_of(beside)
    lines[place : place + instead] = [foreign[place]]
    beside.write_bytes(b"".join(lines))
    refused(book.path)


# A journal beside a book that is not its own


def stand_in(path: Path, content: bytes) -> None:
    """Put a journal beside a book."""
    beside = journal.place_of(path)
    beside.write_bytes(content)
    beside.chmod(0o600)


@pytest.mark.parametrize("acts", range(1, 7))
def test_the_journal_of_another_book_is_refused_however_long_it_is(book: Book, beside: Path, acts: int) -> None:
    book.fold(None)
    other = book_of(book.path.with_name("other.json"), *(f"o{n}" for n in range(acts)))
    stand_in(book.path, journal.place_of(other.path).read_bytes())
    assert "does not belong" in refused(book.path)
    with pytest.raises(BookDamagedError):
        put(book, "next")
    assert names(book) == ["Alder", *ACCOUNTS]


def test_an_older_journal_of_the_same_book_is_refused_and_what_was_folded_stays(book: Book, beside: Path) -> None:
    old = beside.read_bytes()
    put(book, "Elm")
    book.fold(None)
    stand_in(book.path, old)
    refused(book.path)
    beside.unlink()
    assert wrong(book.path, ["Alder", *ACCOUNTS, "Elm"]) == ""


def test_a_journal_that_was_folded_already_is_passed_over(book: Book, beside: Path) -> None:
    old = beside.read_bytes()
    book.fold(None)
    stand_in(book.path, old)
    assert wrong(book.path, ["Alder", *ACCOUNTS]) == ""
    put(Book(book.path), "next")
    put(book, "one more")
    assert wrong(book.path, ["Alder", *ACCOUNTS, "next", "one more"]) == ""


def test_a_journal_that_follows_an_older_copy_of_the_book_is_replayed(book: Book, beside: Path) -> None:
    older, lines = book.path.read_bytes(), beside.read_bytes()
    book.fold(None)
    book.path.write_bytes(older)
    stand_in(book.path, lines)
    assert wrong(book.path, ["Alder", *ACCOUNTS]) == ""
    assert not book.refresh()
    put(book, "next")
    assert wrong(book.path, ["Alder", *ACCOUNTS, "next"]) == ""


def test_a_journal_beside_an_older_copy_of_the_book_that_it_does_not_follow_is_refused(
    book: Book, beside: Path
) -> None:
    older = book.path.read_bytes()
    book.fold(None)
    put(book, "Elm")
    book.path.write_bytes(older)
    refused(book.path)
    with pytest.raises(BookDamagedError):
        book.refresh()
    with pytest.raises(BookDamagedError):
        put(book, "next")


def test_a_journal_without_its_book_is_told_and_no_new_book_is_begun(book: Book, beside: Path) -> None:
    content = beside.read_bytes()
    book.path.unlink()
    for new in (False, True):
        with pytest.raises(BookMissingError):
            Book(book.path, new=new)
    with pytest.raises(BookMissingError):
        put(book, "next")
    assert beside.read_bytes() == content
    assert not book.path.exists()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_journal_that_is_no_regular_file_is_refused(book: Book, beside: Path, kind: str) -> None:
    elsewhere = beside.rename(beside.with_name("elsewhere"))
    if kind == "link":
        beside.symlink_to(elsewhere)
    elif kind == "pipe":
        os.mkfifo(beside)
    else:
        beside.mkdir()
    with pytest.raises(BookError):
        Book(book.path)
    with pytest.raises(BookError):
        put(book, "next")
