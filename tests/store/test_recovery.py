"""`recover` brings back the newest whole state of a damaged book, names what is missing, and writes over nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.core.records import Account
from arctui.store import Book, BookConflictError, BookDamagedError, BookError, backups, base
from arctui.store.recovery import Recovered, facts_of, recover
from arctui.store.verify import problems
from tests.store.crashes import wrong
from tests.store.damaged import (
    ACCOUNTS,
    BACKUPS,
    DAMAGES,
    DRAFTS,
    HEAVY,
    IN_THE_JOURNAL,
    JOURNAL,
    LIGHT,
    copied,
    make,
)
from tests.store.faults import quick_disk
from tests.store.makers import FORMAT_1, NOON, book_of, contents, held, names, only_file, put, resealed

HELD = sorted([*ACCOUNTS, *DRAFTS])
TYPED = "what was typed last in open calls or drafts"


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book of which the last fold was kept as a backup."""
    return make(tmp_path_factory.mktemp("kept") / "book", last_fold_is_kept=True).parent


@pytest.fixture(scope="module")
def unkept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book that was folded once more than it was backed up."""
    return make(tmp_path_factory.mktemp("unkept") / "book", last_fold_is_kept=False).parent


@pytest.fixture
def path(unkept: Path, tmp_path: Path) -> Path:
    return copied(unkept, tmp_path / "book")


def restore(path: Path, source: Path | None = None, *, sealed: bool = True) -> Recovered:
    """Restore a book that does not open; see that it is whole then, tells of it, and can be worked with."""
    with pytest.raises(BookError):
        Book(path)
    folder = path.parent
    before = contents(folder)
    done = recover(path, NOON, "ann", source, sealed=sealed)
    after = contents(folder)
    lost = {name: content for name, content in before.items() if after.get(name) != content}
    assert lost.keys() <= {"b.json", JOURNAL}
    asides = [p.read_bytes() for p in done.set_aside if p.is_file()]
    assert [n for n, content in lost.items() if content not in asides and done.source != path / n] in ([], ["b.json"])
    book = Book(path)
    assert problems(book) == []
    last = book.history[-1]
    assert (last.by, last.steps, last.number) == ("arctui", (), done.number + 1)
    assert last.act.startswith(f"restored by ann from {done.source.name}")
    assert done.missing == [] or last.act.endswith("; ".join(["", f"missing: {'; '.join(done.missing)}"]))
    assert done.backup_problem == ""
    put(book, "next")
    assert wrong(path, [*names(book)]) == ""
    book.undo("ann", NOON)
    with pytest.raises(BookConflictError):
        recover(path, NOON, "ann")
    return done


# A damaged base


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_with_a_backup_of_the_last_fold_everything_comes_back(
    kept: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = copied(kept, tmp_path / "book")
    damage(path)
    done = restore(path)
    assert done.missing == []
    assert done.source == backups.found(path)[1].path
    assert done.number == 9
    assert held(Book(path)) == HELD


@pytest.mark.parametrize("damage", LIGHT.values(), ids=LIGHT)
def test_acts_that_no_backup_has_come_back_where_the_damaged_file_still_tells_of_them(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    done = restore(path)
    assert done.missing == []
    assert held(Book(path)) == HELD


@pytest.mark.parametrize("damage", HEAVY.values(), ids=HEAVY)
def test_acts_of_which_nothing_is_left_are_named_by_their_numbers_and_those_after_them_by_their_words(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    done = restore(path)
    assert done.number == 4
    assert done.missing == ["act 5, of which nothing more is known", *IN_THE_JOURNAL]
    assert names(Book(path)) == ACCOUNTS[:4]


@pytest.mark.parametrize("damage", HEAVY.values(), ids=HEAVY)
def test_where_nothing_tells_how_far_the_book_went_that_is_said(path: Path, damage: Callable[[Path], None]) -> None:
    path.with_name(JOURNAL).unlink()
    damage(path)
    told = path.is_file() and path.stat().st_size and path.read_bytes().startswith(b'{"_meta"')
    expected = "act 5, of which" if told else "perhaps more after act 4, of which nothing tells any more"
    (missing,) = restore(path).missing
    assert missing.startswith(expected)


def test_an_act_that_was_altered_does_not_come_back_and_is_named_with_those_after_it(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"act":"add Elm"', b'"act":"add Elk"'))
    done = restore(path)
    assert done.missing == ["act 5, 'add Elk' by ann", *IN_THE_JOURNAL]
    assert names(Book(path)) == ACCOUNTS[:4]


def test_without_a_backup_the_history_in_the_damaged_file_brings_everything_back_but_what_was_typed(
    path: Path,
) -> None:
    shutil.rmtree(path.with_name(BACKUPS))
    LIGHT["a bit in a record"](path)
    done = restore(path)
    assert done.missing == [TYPED]
    assert names(Book(path)) == ACCOUNTS
    assert [t.number for t in Book(path).history][:9] == list(range(1, 10))


def test_before_the_first_fold_the_journal_alone_brings_everything_back(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Alder", "Birch")
    book.path.unlink()
    done = restore(book.path)
    assert done.missing == []
    assert done.source.name == JOURNAL
    assert names(Book(book.path)) == ["Alder", "Birch"]


def test_the_copy_of_an_older_format_and_the_journal_bring_everything_back(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(FORMAT_1)
    put(Book(path), "Elm")
    path.write_bytes(b"")
    assert restore(path).missing == []
    assert names(Book(path)) == ["Birch", "Cedar", "Elm"]


def test_of_the_backups_the_newest_whole_one_is_taken_and_damaged_ones_still_tell_of_acts(
    kept: Path, tmp_path: Path
) -> None:
    path = copied(kept, tmp_path / "book")
    path.unlink()
    newest, second, _ = backups.found(path)
    newest.path.write_bytes(newest.path.read_bytes().replace(b'"name":"Alder"', b'"name":"Aldez"'))
    done = recover(path, NOON, "ann")
    assert done.source == second.path
    assert done.missing == []
    assert held(Book(path)) == HELD
    assert [newest.path.name in p for p in problems(Book(path))] == [True]


@pytest.mark.parametrize("damage", ["a bit in a record", "cut in the middle"])
def test_backups_of_another_book_are_passed_over(path: Path, tmp_path: Path, damage: str) -> None:
    other = make(tmp_path / "other", last_fold_is_kept=True)
    put(Book(other), "theirs")
    Book(other).fold(NOON)
    for backup in backups.found(other):
        backup.path.rename(path.with_name(BACKUPS) / backup.path.name)
    DAMAGES[damage](path)
    restore(path)
    assert "theirs" not in names(Book(path))
    assert names(Book(path))[:4] == ACCOUNTS[:4]


def test_a_backup_is_made_of_what_was_brought_back_and_it_is_the_newest(path: Path) -> None:
    path.write_bytes(b"")
    recover(path, NOON, "ann")
    newest = backups.found(path)[0]
    assert newest.session == "restored"
    assert base.read(newest.path).meta == base.read(path).meta
    # The backups that are newer than the state count on as they were; what comes now is newer than all of them.
    put(Book(path), "next")
    Book(path).fold(None)
    path.write_bytes(b"garbage")
    assert recover(path, NOON, "ann").source == newest.path


@pytest.mark.parametrize("journaled", [True, False])
@pytest.mark.parametrize("damage", HEAVY.values(), ids=HEAVY)
def test_if_nothing_whole_is_left_one_sentence_says_so_and_nothing_is_changed(
    path: Path, damage: Callable[[Path], None], journaled: bool
) -> None:
    shutil.rmtree(path.with_name(BACKUPS))
    if not journaled:
        path.with_name(JOURNAL).unlink()
    damage(path)
    before = contents(path.parent), only_file(path.parent)
    with pytest.raises(BookError, match=r"nothing whole is left of .*arctui restore FILE") as caught:
        recover(path, NOON, "ann")
    assert "\n" not in str(caught.value)
    assert (contents(path.parent), only_file(path.parent)) == before


def test_a_book_of_a_newer_version_is_no_damage_and_left_alone(path: Path) -> None:
    path.write_bytes(resealed(path.read_bytes().replace(b'"format":2', b'"format":3')))
    before = contents(path.parent)
    with pytest.raises(BookError, match="newer arctui: install"):
        recover(path, NOON, "ann")
    assert contents(path.parent) == before


# A damaged journal beside a whole base


def change_line(path: Path, number: int, change: Callable[[bytes], bytes]) -> None:
    """Change a line of the journal, counted from 1."""
    beside = path.with_name(JOURNAL)
    lines = beside.read_bytes().split(b"\n")
    lines[number - 1] = change(lines[number - 1])
    beside.write_bytes(b"\n".join(lines))


#: A line of the journal; what is missing if it is damaged; if it is not there.
_UNKNOWN = ", of which nothing more is known"
LOST_LINES = {
    1: [f"act 6{_UNKNOWN}", *IN_THE_JOURNAL[1:]],
    2: [TYPED],
    3: [f"act 7{_UNKNOWN}", *IN_THE_JOURNAL[2:]],
    4: [f"act 8{_UNKNOWN}", *IN_THE_JOURNAL[3:]],
    5: ["perhaps more after act 8, of which nothing tells any more"],
}


@pytest.mark.parametrize("number", LOST_LINES)
def test_a_damaged_line_of_the_journal_is_passed_over_if_it_was_no_act_and_else_named(
    path: Path, number: int
) -> None:
    change_line(path, number, lambda raw: raw[:-1] + b"?")
    done = restore(path)
    assert done.missing == LOST_LINES[number]
    assert done.source == path
    assert [p.name.partition(".damaged")[0] for p in done.set_aside] == [JOURNAL]
    expected = {1: ACCOUNTS[:5], 2: ACCOUNTS, 3: ACCOUNTS[:6], 4: sorted([*ACCOUNTS[:6], "Gorse"]), 5: ACCOUNTS[:6]}
    assert names(Book(path)) == expected[number]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_gap_in_the_journal_is_named(path: Path, number: int) -> None:
    beside = path.with_name(JOURNAL)
    lines = beside.read_bytes().split(b"\n")
    beside.write_bytes(b"\n".join(lines[: number - 1] + lines[number:]))
    assert restore(path).missing == LOST_LINES[number]


def test_the_journal_of_another_book_is_told_from_ones_own(path: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other", last_fold_is_kept=True)
    shutil.copy(other.with_name(JOURNAL), path.with_name(JOURNAL))
    done = restore(path)
    assert done.missing == [
        "the lines of a journal that is of another book, or of another state of this one",
        *IN_THE_JOURNAL,
    ]
    assert names(Book(path)) == ACCOUNTS[:5]


@pytest.mark.parametrize("kind", ["a folder", "a pipe"])
def test_what_is_no_file_in_the_place_of_the_journal_is_set_aside(path: Path, kind: str) -> None:
    HEAVY[kind](path.with_name(JOURNAL))
    done = restore(path)
    assert done.missing == ["perhaps more after act 5, of which nothing tells any more"]
    (aside,) = done.set_aside
    assert aside.is_dir() if kind == "a folder" else aside.is_fifo()


@pytest.mark.parametrize("damage", LIGHT.values(), ids=LIGHT)
@pytest.mark.parametrize("number", LOST_LINES)
def test_base_and_journal_damaged_at_once_lose_no_more_than_the_journal_does(
    path: Path, damage: Callable[[Path], None], number: int
) -> None:
    damage(path)
    change_line(path, number, lambda raw: raw[:-1] + b"?")
    assert restore(path).missing == LOST_LINES[number]


# From a file that is named


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_copy_that_lay_elsewhere_brings_everything_back_that_follows_it(
    path: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy.json"))
    shutil.rmtree(path.with_name(BACKUPS))
    damage(path)
    done = restore(path, copy)
    assert (done.source, done.missing) == (copy, [])
    assert held(Book(path)) == HELD


def test_what_is_newer_than_the_named_file_is_brought_back_from_there(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(backups.found(path)[1].path, tmp_path / "copy.json"))
    path.write_bytes(b"")
    assert restore(path, copy).source == backups.found(path)[1].path


def test_a_copy_comes_with_its_own_journal_and_into_a_folder_that_is_not_there_yet(
    path: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new" / "folder" / "b.json"
    done = recover(new, NOON, "ann", path)
    assert (done.source, done.missing, done.set_aside) == (path, [], [])
    assert held(Book(new)) == HELD
    assert problems(Book(new)) == []
    assert new.parent.stat().st_mode & 0o777 == 0o700


def test_a_copy_of_the_first_format_makes_the_book_if_nothing_else_is_left(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "old.json"
    copy.write_bytes(FORMAT_1)
    shutil.rmtree(path.with_name(BACKUPS))
    path.write_bytes(b"")
    assert restore(path, copy).source == copy
    assert names(Book(path)) == ["Birch", "Cedar"]


def test_a_file_whose_seal_is_broken_is_no_state_but_its_genuine_acts_are_told(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy.json"))
    LIGHT["a bit in a record"](copy)
    with pytest.raises(BookDamagedError, match="seal"):
        facts_of(copy, sealed=True)
    assert "Aldez" in {a.name for a in facts_of(copy, sealed=False).all(Account)}
    shutil.rmtree(path.with_name(BACKUPS))
    path.write_bytes(b"")
    done = restore(path, copy, sealed=False)
    assert done.source != copy
    assert names(Book(path)) == ACCOUNTS
