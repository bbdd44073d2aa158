"""Backups: dated, one a session and day, thinned, whole copies of their own, private; a failing one does no harm."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.store import Book, BookError, backups, base, journal, rights
from arctui.store.backups import DAYS, MONTHS, SESSIONS, Backup, to_keep
from tests.store.crashes import failing, wrong
from tests.store.faults import ERRORS, REAL
from tests.store.makers import EASTERN, NOON, book_of, names, only_file, put

OLD = ["Alder", "Birch"]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book that was never folded."""
    return book_of(tmp_path / "b.json", *OLD)


def folder_of(book: Book) -> Path:
    return book.path.with_name("b.json.backups")


def test_a_fold_keeps_a_copy_dated_in_utc_that_is_a_whole_book_of_its_own(book: Book) -> None:
    assert book.fold(datetime(2026, 11, 23, 21, 30, tzinfo=EASTERN)) == ""
    (backup,) = backups.found(book.path)
    assert backup.path.name == f"000000000002-20261124T023000Z-{book.session}.json"
    assert (backup.seq, backup.session) == (2, book.session)
    assert backup.at == datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    assert backup.path.read_bytes() == book.path.read_bytes()
    assert names(Book(backup.path)) == OLD
    assert len(Book(backup.path).history) == 2
    assert (backup.path.stat().st_ino, backup.path.stat().st_nlink) != (book.path.stat().st_ino, 1)
    assert backup.path.stat().st_nlink == book.path.stat().st_nlink == 1


def test_damage_to_the_book_does_not_reach_its_backup(book: Book) -> None:
    book.fold(NOON)
    with book.path.open("r+b") as file:
        file.write(b"garbage")
    assert names(Book(backups.found(book.path)[0].path)) == OLD


def test_a_session_leaves_one_backup_a_day_its_last(book: Book) -> None:
    for number in range(4):
        put(book, f"n{number}")
        book.fold(NOON + timedelta(hours=number))
    put(book, "late")
    book.fold(NOON + timedelta(days=1))
    other = Book(book.path)
    put(other, "theirs")
    other.fold(NOON + timedelta(days=1))
    assert [(b.session, b.at.day) for b in backups.found(book.path)] == [
        (other.session, 24),
        (book.session, 24),
        (book.session, 23),
    ]
    assert names(Book(backups.found(book.path)[2].path)) == [*OLD, "n0", "n1", "n2", "n3"]


def fold_on(path: Path, at: datetime) -> None:
    """Let a new session commit once and leave."""
    book = Book(path)
    put(book, f"a{book.number}")
    assert book.close(at) == ""


@pytest.mark.parametrize("step", [timedelta(days=1), -timedelta(days=1), -timedelta(days=400), timedelta()])
def test_the_last_ten_sessions_stay_whatever_the_clock_says(book: Book, step: timedelta) -> None:
    for number in range(25):
        fold_on(book.path, NOON + number * step)
    kept = [b.seq for b in backups.found(book.path)]
    assert kept[:SESSIONS] == list(range(27, 27 - SESSIONS, -1))
    assert kept == sorted(kept, reverse=True)
    assert len(kept) <= SESSIONS + DAYS + MONTHS
    assert sorted(b.path.name for b in backups.found(book.path)) == list(only_file(folder_of(book)))
    book.refresh()
    assert wrong(book.path, names(book)) == ""


def test_days_and_months_stay_beyond_the_last_ten_sessions(book: Book) -> None:
    moments = [NOON + timedelta(days=n) for n in range(0, 400, 12)]
    moments += [NOON + timedelta(days=400 + n // 3, hours=n % 3) for n in range(45)]
    for at in moments:
        fold_on(book.path, at)
    kept = backups.found(book.path)
    assert [b.at for b in kept[:SESSIONS]] == moments[: -SESSIONS - 1 : -1]
    assert len({b.at.date() for b in kept}) >= DAYS
    months = {(b.at.year, b.at.month) for b in kept}
    assert len(months) == MONTHS
    assert kept[-1].at >= moments[-1] - timedelta(days=366)
    assert len(kept) <= SESSIONS + DAYS + MONTHS


# Which ones are kept


MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001
    max_value=datetime(2024, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
) | st.integers(0, 40).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=7 * n))
MADE = st.lists(st.tuples(MOMENTS, st.sampled_from("abcdef")), max_size=120)
OFTEN = settings(max_examples=150, deadline=None, derandomize=True)


def newest_first(made: list[tuple[datetime, str]]) -> list[Backup]:
    found = [Backup(n, at, session, Path(f"{n}")) for n, (at, session) in enumerate(made)]
    return found[::-1]


def firsts(found: list[Backup], key: Any) -> list[Backup]:
    seen: dict[object, Backup] = {}
    for backup in found:
        seen.setdefault(key(backup), backup)
    return list(seen.values())


@OFTEN
@given(MADE)
def test_what_is_kept_is_the_last_of_ten_sessions_fourteen_days_and_twelve_months(
    made: list[tuple[datetime, str]],
) -> None:
    found = newest_first(made)
    last = firsts(found, lambda b: (b.session, b.at.date()))
    wanted = {
        *(b.path for b in last[:SESSIONS]),
        *(b.path for b in firsts(found, lambda b: b.at.date())[:DAYS]),
        *(b.path for b in firsts(found, lambda b: (b.at.year, b.at.month))[:MONTHS]),
    }
    kept = to_keep(found)
    assert kept == wanted
    assert len(kept) <= SESSIONS + DAYS + MONTHS
    assert not found or found[0].path in kept


@OFTEN
@given(MADE)
def test_thinning_after_each_backup_takes_away_none_that_thinning_in_the_end_would_keep(
    made: list[tuple[datetime, str]],
) -> None:
    found = newest_first(made)
    there: list[Backup] = []
    for backup in reversed(found):
        there = [backup, *there]
        kept = to_keep(there)
        there = [b for b in there if b.path in kept]
    assert to_keep(found) <= {b.path for b in there}


def test_files_of_other_names_are_no_backups_and_stay(book: Book) -> None:
    book.fold(NOON)
    others = [
        "000000000001-20261340T120000Z-abc.json",
        "note.txt",
        "mine.json",
        "000000000009-20260101T000000Z-A.json",
    ]
    for name in others:
        (folder_of(book) / name).write_text("mine")
    for number in range(20):
        fold_on(book.path, NOON + timedelta(days=number))
    assert {*others} <= {*only_file(folder_of(book))}
    assert not {*others} & {b.path.name for b in backups.found(book.path)}


# One that fails


def test_a_copy_that_reads_back_otherwise_is_thrown_away_and_the_journal_stays(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = backups._pieces

    def otherwise(source: Path) -> Iterator[bytes]:
        for piece in pieces(source):
            yield piece.replace(b"Birch", b"Bitch", 1)

    monkeypatch.setattr(backups, "_pieces", otherwise)
    assert "thrown away" in book.fold(NOON)
    assert only_file(folder_of(book)) == []
    assert journal.place_of(book.path).exists()
    assert wrong(book.path, OLD) == ""
    monkeypatch.undo()
    put(book, "next")
    assert book.fold(NOON) == ""
    assert len(backups.found(book.path)) == 1
    assert not journal.place_of(book.path).exists()


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_a_backup_that_fails_at_any_call_is_told_and_hurts_neither_the_fold_nor_the_other_backups(
    tmp_path: Path, for_good: bool
) -> None:
    for at in range(1000):
        book = book_of(tmp_path / str(at) / "b.json", "Alder")
        assert book.fold(NOON - timedelta(days=1)) == ""
        before = {b.path: b.path.read_bytes() for b in backups.found(book.path)}
        put(book, "Birch")
        folding = book.begin_fold()
        folding.write()
        with failing(at, ERRORS["ENOSPC"], for_good=for_good) as watch:
            folding.back_up(book.session, NOON)
        where = f"{at} {watch.passed[at] if watch.struck else ''}"
        book.finish_fold(folding)
        folding.close()
        problem = folding.backup_problem
        assert wrong(book.path, OLD) == "", where
        assert journal.place_of(book.path).exists() == bool(problem), where
        assert {p: p.read_bytes() for p in before} == before, where
        if problem:
            assert "no backup was made: " in problem, where
            assert "the disk is full" in problem, where
            # A disk that stays broken does not let go of what it took either; it is a whole backup.
            assert len(backups.found(book.path)) == 1 or for_good, where
        put(book, "Cedar")
        assert book.fold(NOON) == "", where
        assert list(only_file(folder_of(book))) == sorted(b.path.name for b in backups.found(book.path)), where
        assert len(backups.found(book.path)) == 2, where
        if not watch.struck:
            assert at > 15
            return


@pytest.mark.parametrize("kind", ["a file", "a link"])
def test_what_is_in_the_place_of_the_folder_is_left_alone(book: Book, kind: str) -> None:
    elsewhere = book.path.with_name("elsewhere")
    elsewhere.mkdir()
    if kind == "a file":
        folder_of(book).write_text("mine")
    else:
        folder_of(book).symlink_to(elsewhere)
    assert "no backup was made" in book.close(NOON)
    assert only_file(elsewhere) == []
    assert wrong(book.path, OLD) == ""


def test_a_copy_made_by_hand_holds_the_journal_too_and_is_never_written_over(book: Book, tmp_path: Path) -> None:
    book.fold(None)
    put(book, "Cedar")
    book.copy_to(tmp_path / "copy.json")
    assert wrong(tmp_path / "copy.json", [*OLD, "Cedar"]) == ""
    assert book.unfolded == 1
    content = (tmp_path / "copy.json").read_bytes()
    with pytest.raises(BookError, match="exists already"):
        book.copy_to(tmp_path / "copy.json")
    assert (tmp_path / "copy.json").read_bytes() == content
    assert only_file(tmp_path) == ["b.json", "b.json.journal", "copy.json"]


# Who may read them


def modes(folder: Path) -> dict[str, int]:
    """The rights of all that lies in a folder and below."""
    return {str(p.relative_to(folder)): stat.S_IMODE(p.stat().st_mode) for p in folder.rglob("*")}


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_everything_is_private_under_any_umask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private: list[int] = []

    def write(handle: int, data: bytes) -> int:
        private.append(stat.S_IMODE(os.fstat(handle).st_mode) & 0o077)
        return int(REAL["write"](handle, data))

    monkeypatch.setattr(os, "write", write)
    book = book_of(tmp_path / "of the firm" / "books" / "b.json", "Alder")
    book.stay()
    book.fold(NOON)
    put(book, "Birch")
    book.copy_to(tmp_path / "of the firm" / "copy.json")
    found = modes(tmp_path)
    assert {found.pop(f) for f in ("of the firm", "of the firm/books", "of the firm/books/b.json.backups")} == {0o700}
    assert len(found) == 4
    assert {*found.values()} == {0o600}
    assert {*private} == {0}


@pytest.mark.usefixtures("umask")
def test_in_a_shared_folder_everything_is_the_groups_too(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    book = book_of(shared / "b.json", "Alder")
    book.stay()
    book.fold(NOON)
    put(book, "Birch")
    assert modes(shared) == {
        "b.json": 0o660,
        "b.json.journal": 0o660,
        "b.json.backups": 0o2770,
        f"b.json.backups/{backups.found(book.path)[0].path.name}": 0o660,
    }


@pytest.mark.parametrize("mode", [0o755, 0o2775, 0o770, 0o2750, 0o3777])
def test_a_folder_that_is_not_shared_as_it_should_be_gives_nobody_rights(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    book = book_of(folder / "b.json", "Alder")
    book.fold(NOON)
    put(book, "Birch")
    assert not rights.is_shared(folder)
    assert {m & 0o077 for m in modes(folder).values()} == {0}


@pytest.mark.parametrize("wide", ["b.json", "b.json.journal", "b.json.backups"])
def test_rights_that_are_too_wide_are_taken_back_at_the_next_commit_or_fold(book: Book, wide: str) -> None:
    book.fold(NOON)
    put(book, "Cedar")
    book.path.with_name(wide).chmod(0o777)
    put(book, "Dale")
    put(book, "Elm")
    if wide == "b.json.backups":
        book.fold(NOON)
    assert modes(book.path.parent)[wide] == (0o700 if wide == "b.json.backups" else 0o600)
    assert base.read(book.path).meta.origin == book.stand.origin
    assert wrong(book.path, [*OLD, "Cedar", "Dale", "Elm"]) == ""
