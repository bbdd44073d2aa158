"""After an act the desk derives from the facts that the book holds now."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from arctui.core.changes import added
from arctui.core.records import Account, Invoice
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
