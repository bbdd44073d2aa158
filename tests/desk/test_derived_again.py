"""After an act the desk derives from the facts that the book holds now."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from arctui.core.changes import added
from arctui.core.records import Account, Invoice
from arctui.core.worklist import calling_order
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book


def test_the_first_act_on_a_new_book_is_on_the_worklist(tmp_path: Path) -> None:
    desk = Desk(Book(tmp_path / "book.json", new=True), Clock("2026-11-23T10:00"), "ann")
    amount = Decimal("500.00")
    owed = Invoice(
        id="i", account="a", number="1", due=date(2026, 10, 1), amount=amount, balance=amount, currency="USD"
    )
    desk.commit("made", [added(Account(id="a", name="Birch Works")), added(owed)])
    assert [row.name for row in desk.worklist()] == ["Birch Works"]


def test_what_another_session_did_is_seen_when_a_call_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    clock = Clock("2026-11-23T10:00")
    desk = Desk(Book(path, new=True), clock, "ann")
    amount = Decimal("500.00")
    for name in ("a", "b"):
        owed = Invoice(
            id=f"i{name}",
            account=name,
            number=name,
            due=date(2026, 10, 1),
            amount=amount,
            balance=amount,
            currency="USD",
        )
        desk.commit("made", [added(Account(id=name, name=name)), added(owed)])
    call = desk.calls.begin("a")
    Desk(Book(path), clock, "bob").log("b", "na")
    desk.calls.reply(call, 1)
    assert [row.account for row in desk.worklist()] == ["a"]


def _many(path: Path, count: int) -> Desk:
    desk = Desk(Book(path, new=True), Clock("2026-11-23T10:00"), "ann")
    changes = []
    for number in range(count):
        amount = Decimal(100 + number)
        due = date(2026, 10, 1)
        owed = Invoice(
            id=f"i{number}",
            account=f"a{number}",
            number=str(number),
            due=due,
            amount=amount,
            balance=amount,
            currency="USD",
        )
        changes += [added(Account(id=f"a{number}", name=f"Firm {number:03}")), added(owed)]
    desk.commit("made", changes)
    return desk


def test_an_act_puts_its_own_row_into_its_place_and_looks_at_few_others(tmp_path: Path) -> None:
    desk = _many(tmp_path / "book.json", 100)
    before = desk.worklist()
    assert len(before) == 100
    gone = before[40].account
    with patch("arctui.desk.derived.calling_order", side_effect=calling_order) as asked:
        desk.log(gone, "na")
        without = desk.worklist()
        desk.undo()
        again = desk.worklist()
    # Twice a row goes to, or from, its place among a hundred.
    assert asked.call_count <= 4 * 9
    assert [r.account for r in without] == [r.account for r in before if r.account != gone]
    assert again == before
    assert before[40].account == gone


def test_a_row_goes_from_where_it_is_in_rows_that_are_not_in_order(tmp_path: Path) -> None:
    desk = _many(tmp_path / "book.json", 20)
    rows = desk.worklist()[::-1]
    desk.derived.begin_with(rows, {}, {})
    desk.log(rows[3].account, "na")
    assert [r.account for r in desk.worklist()] == [r.account for r in rows if r is not rows[3]]
