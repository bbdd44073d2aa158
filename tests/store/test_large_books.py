"""A large book is opened by an index of its records: never the truth, and nothing of the book depends on it."""

import hashlib
import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctui.core.changes import Change, added, changed, removed
from arctui.core.deferred import DEFERRABLE
from arctui.core.records import Account, Activity, ActivityKind, Invoice, Record
from arctui.core.tables import TABLES
from arctui.store import Book, BookDamagedError, BookError, base, bookfile, index, opened
from arctui.store.opened import TableSource
from arctui.store.verify import misfits, problems
from tests.store.full import full_records
from tests.store.makers import DAY, NOON, commit, put, records


@pytest.fixture(autouse=True)
def small_books_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "WORTH_IT", 0)


def note(number: int, account: str = "birch", words: str = "") -> Activity:
    of_day = {"at": NOON, "day": DAY, "by": "ann"}
    return Activity(id=f"note{number}", account=account, kind=ActivityKind.NOTE, note=words, **of_day)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "b.json"
    book = Book(path, new=True)
    put(book, "birch", "elm")
    commit(book, *map(added, full_records()))
    commit(book, *(added(note(n, "elm" if n % 3 else "birch")) for n in range(12)))
    book.fold(None)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A book that was opened once, so that its index lies beside it."""
    path = Path(shutil.copy(made, tmp_path / "b.json"))
    Book(path)
    assert index.place_of(path).exists()
    return path


def whole(path: Path) -> dict[str, Record]:
    """Every record of the book's file, decoded at once."""
    return {record.id: record for record in base.read(path).records()}


def are_deferred(book: Book) -> bool:
    return all(book.facts.deferred(kind.TABLE) for kind in DEFERRABLE)


def test_it_holds_what_the_file_does_and_nothing_of_it_is_wrong(path: Path) -> None:
    book = Book(path)
    assert are_deferred(book)
    assert records(book) == whole(path)
    assert [list(book.facts.all(k)) for k in TABLES.values()] == [
        list(base.read(path).decoded(name).values()) for name in TABLES
    ]
    assert misfits(book.facts, book.history, book.stand) == []


def test_a_record_is_found_by_its_id_and_what_is_of_a_day_by_the_day(path: Path) -> None:
    book = Book(path)
    assert all(book.facts.get(type(record), record.id) == record for record in whole(path).values())
    assert book.facts.get(Activity, "nobody") is None
    assert list(book.facts.on(Activity, DAY)) == [a for a in book.facts.all(Activity) if a.day == DAY]


STEPS = st.tuples(st.sampled_from(("put", "change", "move", "drop")), st.integers(0, 15))


def change(book: Book, what: str, number: int) -> list[Change]:
    known = book.facts.get(Activity, f"note{number}")
    if known is None:
        return [added(note(number))] if what == "put" else []
    if what == "drop":
        return [removed(known)]
    return [changed(known, account="birch") if what == "move" else changed(known, note=f"{known.note} Łódź")]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=8))
def test_a_fold_writes_byte_for_byte_what_all_records_would_and_where_they_lie(
    made: Path, tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    path = Path(shutil.copy(made, tmp_path / "f.json"))
    index.place_of(path).unlink(missing_ok=True)
    for part in (steps, steps[:2]):
        book = Book(path)
        for step in part:
            if changes := change(book, *step):
                commit(book, *changes)
        tables = {name: tuple(book.facts.all(kind)) for name, kind in TABLES.items()}
        history = [msgspec.json.encode(act) for act in book.history]
        assert book.fold(None) == ""
        content = path.read_bytes()
        assert content == b"".join(base.encoded(book.stand, tables, {}, history))
        beside = index.read(path, bookfile.BookFile(path).seal, len(content))
        anew = opened.made(content, base.read(path))
        assert beside is not None
        assert anew is not None
        assert beside.contents == anew.contents
        assert list(map(bytes, index._arrays(beside))) == list(map(bytes, index._arrays(anew)))


def another(path: Path) -> None:
    other = Book(path.with_name("other.json"), new=True)
    put(other, "oak")
    commit(other, *(added(note(n, "oak")) for n in range(3)))
    other.fold(None)
    Book(other.path)
    shutil.copy(index.place_of(other.path), index.place_of(path))


def of_before(path: Path) -> None:
    before = index.place_of(path).read_bytes()
    book = Book(path)
    commit(book, added(note(77)))
    book.fold(None)
    index.place_of(path).write_bytes(before)


def flipped(path: Path) -> None:
    content = bytearray(index.place_of(path).read_bytes())
    content[-9] ^= 1
    index.place_of(path).write_bytes(content)


def folder(path: Path) -> None:
    index.place_of(path).unlink()
    index.place_of(path).mkdir()


WRONG: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: index.place_of(path).unlink(),
    "empty": lambda path: index.place_of(path).write_bytes(b""),
    "cut off": lambda path: index.place_of(path).write_bytes(index.place_of(path).read_bytes()[:-8]),
    "flipped": flipped,
    "of the file before": of_before,
    "of another book": another,
    "a folder": folder,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_index_that_is_not_of_this_file_is_not_used(path: Path, wrong: str) -> None:
    WRONG[wrong](path)
    seal = bookfile.BookFile(path).seal
    assert index.read(path, seal, path.stat().st_size) is None
    assert records(Book(path)) == whole(path)
    if wrong != "a folder":
        assert index.read(path, seal, path.stat().st_size) is not None


def test_an_index_of_another_version_or_of_other_records_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "shapes", lambda: "0.0.0 00000000")
    assert index.read(path, bookfile.BookFile(path).seal, path.stat().st_size) is None


def overwritten(path: Path, old: bytes, new: bytes) -> None:
    """Change the file in its place, as no fold does."""
    content = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(content.index(old))
        file.write(new)


@pytest.mark.parametrize("ahead", [False, True])
def test_a_broken_seal_is_told_before_anything_is_shown(path: Path, ahead: bool) -> None:
    overwritten(path, b'"id":"note3"', b'"id":"noteX"')
    if ahead:
        bookfile.prove_ahead(path)
    with pytest.raises(BookDamagedError, match="its seal is broken"):
        Book(path)
    book = Book(path, later=True)
    with pytest.raises(BookDamagedError, match="its seal is broken"):
        book.check_seal()
    with pytest.raises(BookDamagedError, match="its seal is broken"):
        put(book, "oak")
    assert not path.with_name("b.json.journal").exists()


def test_a_seal_that_there_was_no_memory_to_check_does_not_count_as_checked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(_: bookfile.BookFile) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(bookfile.BookFile, "check_seal", too_much)
        with pytest.raises(BookError, match="cannot be checked: try again"):
            Book(path)
    assert records(Book(path)) == whole(path)


def test_a_record_that_is_changed_in_the_file_meanwhile_is_not_taken(path: Path) -> None:
    book = Book(path)
    overwritten(path, b'"id":"note3"', b'"id":"noteX"')
    with pytest.raises(BookDamagedError, match="changed by another program"):
        book.facts.dossier("birch")
    with pytest.raises(BookDamagedError, match="changed by another program"):
        list(book.facts.all(Activity))
    assert len(book.facts.dossier("elm").activities) == 8
    with pytest.raises(BookError):
        put(book, "oak")


def test_a_file_that_was_only_touched_is_read_on(path: Path) -> None:
    book, was = Book(path), whole(path)
    os.utime(path)
    assert records(book) == was
    put(book, "oak")
    assert book.fold(None) == ""
    assert records(Book(path)) == records(book)


def test_a_fold_copies_nothing_that_was_changed_in_the_file(path: Path) -> None:
    book = Book(path)
    commit(book, added(note(77)))
    fold = book.begin_fold()
    overwritten(path, b'"id":"note3"', b'"id":"noteX"')
    with pytest.raises(BookError):
        fold.write()
    fold.close()
    assert sorted(p.name for p in path.parent.iterdir()) == ["b.json", "b.json.index", "b.json.journal"]


def test_a_session_goes_on_with_its_file_while_another_one_folds(path: Path) -> None:
    one, other = Book(path), Book(path)
    commit(other, added(note(77)), changed(note(3), note="later"))
    assert other.fold(None) == ""
    assert one.refresh()
    commit(one, added(note(78)))
    assert one.fold(None) == ""
    assert records(Book(path)) == records(one) == whole(path)
    assert {"note77", "note78"} <= whole(path).keys()
    assert whole(path)["note3"] == note(3, words="later")


def test_a_session_goes_on_once_a_broken_file_is_whole_again(path: Path) -> None:
    book, content = Book(path), path.read_bytes()
    overwritten(path, b'"id":"note3"', b'"id":"noteX"')
    with pytest.raises(BookDamagedError, match="its seal is broken"):
        book.refresh()
    path.write_bytes(content)
    book.refresh()
    put(book, "oak")
    assert book.fold(None) == ""
    assert records(Book(path)) == records(book)


def test_a_session_folds_although_its_file_was_touched_before_another_one_folded(path: Path) -> None:
    one, other = Book(path), Book(path)
    put(one, "oak")
    os.utime(path)
    assert other.fold(None) == ""
    put(one, "ash")
    assert one.fold(None) == ""
    assert records(Book(path)) == records(one) == whole(path)


def test_a_record_that_stands_twice_is_told_at_the_first_opening(path: Path) -> None:
    index.place_of(path).unlink()
    content = path.read_bytes().replace(b'"id":"note3"', b'"id":"note4"')[: -base.SEAL_LENGTH]
    path.write_bytes(sealed(content))
    with pytest.raises(BookDamagedError, match="record note4 stands twice"):
        Book(path)
    assert not index.place_of(path).exists()


def sealed(body: bytes) -> bytes:
    return body + base._SEAL % hashlib.sha256(body).hexdigest().encode()


def test_a_damaged_record_is_named_when_it_is_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = path.read_bytes().replace(
        b'"id":"note3","account":"birch","kind":"note"', b'"id":"note3","account":"birch","kind":"nose"'
    )
    path.write_bytes(sealed(content[: -base.SEAL_LENGTH]))
    with pytest.raises(BookDamagedError, match="record note3 of activities is damaged"):
        Book(path)
    # As an index would be that another program had made.
    with monkeypatch.context() as patch:
        patch.setattr(base.Base, "decoded", lambda self, name: whole_or_nothing(self, name))
        found = opened.made(path.read_bytes(), base.read(path))
    assert found is not None
    index.NewIndex(path, found).install()
    book = Book(path)
    with pytest.raises(BookDamagedError, match="record note3 of activities is damaged"):
        book.facts.dossier("birch")
    assert len(book.facts.dossier("elm").activities) == 8
    with pytest.raises(BookDamagedError, match="record note3 of activities is damaged"):
        commit(book, added(note(77, "birch")))
    assert not path.with_name("b.json.journal").exists()
    with pytest.raises(BookDamagedError, match="record note3 of activities is damaged"):
        problems(book)


class Lenient(msgspec.Struct):
    id: str
    account: str = ""
    day: object = None
    taken_on: object = None


def whole_or_nothing(found: base.Base, name: str) -> dict[str, Lenient]:
    raw = found.tables.get(name)
    some = msgspec.json.decode(raw, type=dict[str, Lenient]) if raw is not None else {}
    for each in some.values():
        each.day = each.taken_on = DAY
    return some


def test_nothing_of_a_large_table_is_decoded_by_opening_and_by_an_act_only_what_it_touches(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    decoded = TableSource._decoded

    def watched(self: TableSource, place: int) -> Record:
        record = decoded(self, place)
        looked_at.append(record.id)
        return record

    monkeypatch.setattr(TableSource, "_decoded", watched)
    monkeypatch.setattr(TableSource, "all", None)
    book = Book(path)
    assert looked_at == []
    commit(
        book,
        added(Invoice(id="new", account="oak", number="7", amount=Decimal(1), balance=Decimal(1))),
        added(Account(id="oak", name="Oak")),
    )
    assert looked_at == []
    commit(book, added(note(77)))
    assert set(looked_at) == {"note0", "note3", "note6", "note9"}
    book.fold(None)
    assert set(looked_at) == {"note0", "note3", "note6", "note9"}


def test_the_last_acts_are_read_without_the_whole_history(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Book(path)
    heads = [(act.number, act.hash) for act in book.history]
    put(book, "oak")
    book.fold(None)
    put(book, "ash")
    again, whole_history = Book(path), Book(path).history
    monkeypatch.setattr(base, "read", None)
    for number, head in heads:
        assert again.acts_since(number, head) == [act for act in whole_history if act.number > number]
        assert again.acts_since(number, "another") is None
