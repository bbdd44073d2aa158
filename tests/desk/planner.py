"""A desk on a fixed morning whose calendar is planned."""

from calendar import monthrange
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from arctui.core.agenda import Day, Entry, EntryKind
from arctui.core.agenda_filter import EVERYTHING, Filter
from arctui.core.changes import added
from arctui.core.records import Account, FollowUp, FollowUpKind, Invoice, Record
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from tests.core.oracle import dec, nov

FIRST, LAST = nov(1), dec(31)
#: Due so long that the first call falls on Wednesday 18 November.
LONG_DUE = nov(13)


class Planner:
    """A desk on Wednesday 18 November 2026, nine in New York, and its calendar."""

    def __init__(self, folder: Path) -> None:
        self.book = Book(folder / "book.json", new=True)
        self.folder = folder
        self.desk = Desk(self.book, Clock("2026-11-18T09:00:00-05:00"), "ann")
        self.desk.set_policy("country", "US")

    def commit(self, *records: Record) -> None:
        self.desk.commit("made", [added(r) for r in records])

    def customer(self, name: str = "Birch", amount: str = "100.00", due: date = LONG_DUE, **fields: object) -> None:
        """A customer who owes one invoice."""
        account = Account(id=name, name=name, currency="USD", **fields)  # type: ignore[arg-type]
        owed = Decimal(amount)
        invoice = Invoice(
            id=f"{name} 1", account=name, number="1", issued=due, due=due, amount=owed, balance=owed, currency="USD"
        )
        self.commit(account, invoice)

    def follow_up(self, day: date, kind: FollowUpKind = FollowUpKind.CONTACT, hour: str = "", zone: str = "") -> None:
        self.commit(
            FollowUp(
                id=f"follow-up {day}",
                account="Birch",
                kind=kind,
                day=day,
                hour=time.fromisoformat(hour) if hour else None,
                time_zone=zone,
                why="ask for Lee",
                set_on=nov(2),
            )
        )

    def callback(self, day: date, hour: str = "10:30", zone: str = "") -> None:
        self.follow_up(day, FollowUpKind.CALLBACK, hour, zone)

    def month(self, first: date, wanted: Filter = EVERYTHING) -> dict[date, Day]:
        """What the days of a month have."""
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return self.desk.agenda.sums(first.replace(day=1), last, wanted)

    def shift(self, entry: Entry, business_days: int) -> str:
        """Move an entry as + and - do."""
        self.desk.refresh()
        return self.desk.agenda.carry_out(entry, self.desk.agenda.read_shift(entry, business_days))

    @property
    def entries(self) -> list[Entry]:
        return self.desk.agenda.between(FIRST, LAST)

    def entry(self, kind: EntryKind) -> Entry:
        (found,) = [e for e in self.entries if e.kind is kind and not e.projected]
        return found

    def entry_of(self, account: str) -> Entry:
        (found,) = [e for e in self.entries if e.account == account and not e.projected]
        return found

    def record(self) -> FollowUp:
        (found,) = [f for f in self.book.facts.all(FollowUp) if f.done_on is None]
        return found
