"""Who alters a book under a new seal is shown by the records, by the chain of the history, or by a backup."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from arctui.store import Book, Transaction, backups, journal
from arctui.store.transactions import chain
from arctui.store.verify import damage, problems
from tests.store.damaged import JOURNAL, make
from tests.store.faults import quick_disk
from tests.store.makers import NOON, resealed

Document = dict[str, Any]
Edit = Callable[[Document], object]


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with acts in its journal; its newest backup is of its last fold, up to act 5."""
    return make(tmp_path / "book", last_fold_is_kept=True)


def forged(path: Path, edit: Edit) -> list[str]:
    """Fold the book, let somebody change it and seal it again; return what is found."""
    Book(path).fold(None)
    document = json.loads(path.read_bytes())
    edit(document)
    path.write_bytes(resealed(document))
    return problems(Book(path))


def rechained(document: Document) -> None:
    """Number and link all acts anew, as somebody does who knows how."""
    acts = [
        msgspec.convert({**row, "number": n}, Transaction) for n, row in enumerate(document["history"].values(), 1)
    ]
    linked = [msgspec.to_builtins(t) for t in chain(acts, document["_meta"]["1"]["origin"])]
    document["history"] = {str(row["number"]): row for row in linked}
    document["_meta"]["1"].update(number=linked[-1]["number"], head=linked[-1]["hash"])


def renumbered(document: Document, rows: list[Document]) -> None:
    document["history"] = {str(n): {**row, "number": n} for n, row in enumerate(rows, 1)}


def without(*numbers: int) -> Edit:
    def edit(document: Document) -> None:
        renumbered(document, [row for row in document["history"].values() if row["number"] not in numbers])

    return edit


def reworded(document: Document) -> None:
    document["history"]["3"]["act"] = "add nothing"


def renamed(document: Document) -> None:
    """Change a record, and the act that brought it."""
    account = next(a for a in document["accounts"].values() if a["id"] == "Cedar")
    account["name"] = document["history"]["3"]["steps"][0]["now"]["name"] = "Cedar Ltd"


def by_another(document: Document) -> None:
    document["history"]["3"]["by"] = "bob"


def at_another_time(document: Document) -> None:
    document["history"]["3"]["at"] = "2026-11-24T12:00:00-05:00"


def swapped(document: Document) -> None:
    rows = [*document["history"].values()]
    rows[2:4] = rows[3], rows[2]
    renumbered(document, rows)


def inserted(document: Document) -> None:
    rows = [*document["history"].values()]
    renumbered(document, [*rows[:2], {**rows[1], "act": "nothing", "steps": []}, *rows[2:]])


ALTERED = "act 3 of the history was altered"
TAMPERINGS: dict[str, tuple[Edit, str]] = {
    "reworded": (reworded, ALTERED),
    "a record and its act": (renamed, ALTERED),
    "by another": (by_another, ALTERED),
    "at another time": (at_another_time, ALTERED),
    "an act dropped": (without(3), ALTERED),
    "the first act dropped": (without(1), "act 1 of the history was altered"),
    "the last act dropped": (without(9), "the end of the history was altered"),
    "a gap left": (lambda document: document["history"].pop("3"), "the history has a gap before transaction 4"),
    "two acts swapped": (swapped, ALTERED),
    "an act inserted": (inserted, ALTERED),
}


@pytest.mark.parametrize(("edit", "words"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_history_that_was_altered_under_a_new_seal_is_shown_by_its_chain(
    path: Path, edit: Edit, words: str
) -> None:
    found = forged(path, edit)
    assert any(p.startswith(words) for p in found), found


def test_a_record_that_was_altered_under_a_new_seal_is_shown_by_the_history(path: Path) -> None:
    def edit(document: Document) -> None:
        document["accounts"]["1"]["name"] = "Alder Ltd"

    assert forged(path, edit) == ["accounts Alder: the history says otherwise (name Alder Ltd, not Alder)"]


@pytest.mark.parametrize("edit", [reworded, renamed, swapped, inserted, without(3), without(5, 6, 7, 8, 9)])
def test_who_makes_the_whole_chain_anew_is_caught_by_a_backup(path: Path, edit: Edit) -> None:
    def all_of_it(document: Document) -> None:
        edit(document)
        rechained(document)

    newest = backups.found(path)[0].path
    found = forged(path, all_of_it)
    assert any(p.startswith(f"{newest}: ") and ("another history" in p or "goes on" in p) for p in found), found
    assert not [p for p in found if "the history was altered" in p]


def test_the_end_of_the_history_is_another_if_anything_in_it_is(path: Path) -> None:
    head = Book(path).stand.head

    def all_of_it(document: Document) -> None:
        renamed(document)
        rechained(document)

    for backup in backups.found(path):
        backup.path.unlink()
    assert forged(path, all_of_it) == []
    # That is why the check says where the history ends: who has written it down can tell.
    assert Book(path).stand.head != head


def test_a_line_of_the_journal_that_was_altered_under_new_marks_is_shown_by_the_chain(path: Path) -> None:
    beside = path.with_name(JOURNAL)
    lines = [m.line for m in journal.parse(beside.read_bytes(), beside).lines]
    assert lines[0].act
    lines[0] = msgspec.structs.replace(lines[0], act=msgspec.structs.replace(lines[0].act, act="add nothing"))
    after, raw = lines[0].after, b""
    for line in lines:
        marked = journal.encode(msgspec.structs.replace(line, after=after))
        after, raw = marked.mark, raw + marked.raw
    beside.write_bytes(raw)
    (found,) = problems(Book(path))
    assert found.startswith("act 6 of the history was altered")


def test_inside_a_file_with_a_broken_seal_the_records_are_named_that_the_history_tells_otherwise(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"name":"Alder"', b'"name":"Aldez"', 1))
    assert damage(path) == ["accounts Alder: the history says otherwise (name Aldez, not Alder)"]
    backup = backups.found(path)[1].path
    backup.write_bytes(backup.read_bytes()[:-10])
    assert [p for p in damage(path) if p.startswith(f"a backup cannot be used: {backup} ")]


def test_damaged_backups_of_a_whole_book_are_named_and_not_what_to_do_about_the_book(path: Path) -> None:
    first, second, _ = backups.found(path)
    first.path.write_bytes(first.path.read_bytes().replace(b"Elm", b"Elk"))
    second.path.write_bytes(b"")
    found = problems(Book(path))
    assert [p.partition("used: ")[2].split(" ")[0] for p in found] == [str(first.path), str(second.path)]
    assert not any("arctui restore" in p for p in found)


def test_backups_of_another_book_say_nothing(path: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other", last_fold_is_kept=True)
    for backup in backups.found(other):
        backup.path.rename(backups.folder_of(path) / backup.path.name)
    assert problems(Book(path)) == []
    assert Book(path).fold(NOON) == ""
