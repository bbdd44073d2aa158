"""`verify.problems` finds what does not fit together in a book whose file was edited."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from arctui.core.changes import added, changed
from arctui.core.records import (
    Account,
    Activity,
    ActivityKind,
    Applied,
    Dispute,
    FollowUp,
    FollowUpKind,
    Invoice,
    Payment,
    Person,
    Promise,
    Record,
)
from arctui.store import Book
from arctui.store.verify import problems
from tests.store.makers import DAY, NOON, commit, contents, put, resealed

Document = dict[str, Any]
Edit = Callable[[Document], object]


def day(after: int) -> date:
    return DAY + timedelta(days=after)


def invoice(record_id: str, account: str, number: str, balance: str = "100.00", currency: str = "USD") -> Invoice:
    amount = Decimal("100.00")
    return Invoice(
        id=record_id,
        account=account,
        number=number,
        due=DAY,
        amount=amount,
        balance=Decimal(balance),
        currency=currency,
    )


def sound_records() -> list[Record]:
    """Two accounts, one record of each kind on the first."""
    return [
        Account(id="birch", name="Birch"),
        Account(id="cedar", name="Cedar"),
        Person(id="tony", account="birch", name="Tony"),
        invoice("i1", "birch", "1001"),
        invoice("i2", "birch", "1002", "-5.00"),
        invoice("i3", "birch", "1001", currency="EUR"),
        # The credit memo of an invoice, under the number of that.
        msgspec.structs.replace(invoice("i6", "birch", "1001", "-30.00"), amount=Decimal("-30.00")),
        invoice("i4", "birch", ""),
        invoice("i5", "birch", ""),
        invoice("j1", "cedar", "1001"),
        Payment(
            id="pay",
            account="birch",
            day=DAY,
            amount=Decimal("10.00"),
            applied=(Applied("1001", Decimal("4.00")), Applied("1002", Decimal("6.00"))),
        ),
        Activity(id="call", account="birch", kind=ActivityKind.CALL, at=NOON, day=DAY, by="ann"),
        Promise(
            id="word",
            account="birch",
            invoices=("i1",),
            amount=Decimal("5.00"),
            day=DAY,
            taken_at=NOON,
            taken_on=DAY,
            taken_by="ann",
            grace_days=0,
            tolerance=Decimal("1.00"),
            last_day=DAY,
            breaks_on=day(1),
        ),
        Dispute(
            id="claim",
            account="birch",
            invoices=("i1", "i2"),
            amount=Decimal("5.00"),
            reason="late",
            opened=DAY,
            due=DAY,
        ),
        FollowUp(id="task", account="birch", kind=FollowUpKind.CONTACT, day=DAY, set_on=DAY),
    ]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    book = Book(tmp_path / "b.json", new=True)
    commit(book, *map(added, sound_records()))
    book.fold(None)
    return book.path


def found(path: Path, edit: Edit) -> list[str]:
    """Fold the book, edit the file's JSON, seal it again, and return the problems of the book."""
    Book(path).fold(None)
    document = json.loads(path.read_bytes())
    edit(document)
    path.write_bytes(resealed(document))
    return problems(Book(path))


def of(document: Document, record_id: str) -> Document:
    """The record of this id, wherever it stands."""
    (record,) = [
        r for name, table in document.items() if name != "history" for r in table.values() if r.get("id") == record_id
    ]
    assert isinstance(record, dict)
    return record


def sets(record_id: str, **fields: Any) -> Edit:
    return lambda document: of(document, record_id).update(fields)


def drop(table: str, record_id: str) -> Edit:
    def edit(document: Document) -> None:
        document[table] = {k: v for k, v in document[table].items() if v["id"] != record_id}

    return edit


def test_a_sound_book_has_no_problem(sound: Path) -> None:
    assert problems(Book(sound)) == []


def test_a_book_without_a_record_has_no_problem(tmp_path: Path) -> None:
    assert problems(Book(tmp_path / "b.json", new=True)) == []


@pytest.mark.parametrize("record", ["tony", "i1", "pay", "call", "word", "claim", "task"])
def test_a_record_of_a_missing_account_is_found(sound: Path, record: str) -> None:
    said = found(sound, sets(record, account="nobody"))
    assert any(record in s and "nobody" in s for s in said)


EDITS: dict[str, tuple[Edit, str]] = {
    "a number twice on an account": (sets("i2", number="1001"), "1001 stands 2 times"),
    "a promise of another account's invoice": (sets("word", invoices=["j1"]), "word: invoice j1"),
    "a dispute of another account's invoice": (sets("claim", invoices=["i1", "j1"]), "claim: invoice j1"),
    "a promise of no invoice of the book": (sets("word", invoices=["gone"]), "word: invoice gone"),
    "a window that ends before its day": (sets("word", last_day=day(-1).isoformat()), "word: its days"),
    "a promise that breaks inside its window": (sets("word", breaks_on=DAY.isoformat()), "word: its days"),
    "a promise of nothing": (sets("word", amount="0.00"), "word: its amount"),
    "a promise below nothing": (sets("word", amount="-1.00"), "word: its amount"),
    "a replacing promise that is missing": (sets("word", superseded_by="gone"), "word: the promise that replaced"),
    "an amount of three places": (sets("i1", amount="1.005"), "i1: 1.005"),
    "an amount that is no number": (sets("i1", amount="NaN"), "i1: NaN"),
    "a balance without end": (sets("i1", balance="Infinity"), "i1: Infinity"),
    "more applied than came": (sets("pay", amount="9.99"), "pay: 10.00 of 9.99"),
    "a payment that is no number": (sets("pay", amount="NaN"), "pay:"),
    "a record that no act brought": (
        lambda d: d["accounts"].update({"9": {"id": "new", "name": "New"}}),
        "accounts new: no act",
    ),
    "a record that is gone without an act": (drop("people", "tony"), "people tony: the history"),
}


@pytest.mark.parametrize(("edit", "words"), EDITS.values(), ids=EDITS)
def test_an_inconsistency_is_found_and_named(sound: Path, edit: Edit, words: str) -> None:
    said = found(sound, edit)
    assert any(words in s for s in said), said
    assert all("\n" not in s for s in said)


def test_a_gap_in_the_history_is_found(sound: Path) -> None:
    for name in ("Dale", "Elm"):
        put(Book(sound), name)
    said = found(sound, lambda d: d["history"].pop("2"))
    assert any("gap" in s for s in said)


def test_verifying_changes_nothing(sound: Path) -> None:
    put(Book(sound), "Dale")
    before = contents(sound.parent)
    book = Book(sound)
    problems(book)
    assert contents(sound.parent) == before


def test_books_stay_sound_through_changes_and_undos(sound: Path) -> None:
    book = Book(sound)
    birch = book.facts.get(Account, "birch")
    assert birch is not None
    commit(book, changed(birch, name="Birch Works"), added(Account(id="dale", name="Dale")))
    book.undo("ann", NOON)
    commit(book, changed(birch, number="7"))
    assert problems(Book(sound)) == []
