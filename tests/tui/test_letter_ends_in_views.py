"""The end of a letter that demands, as the facts, the time line and the calendar of an account show it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.letter_records import Letter, LetterKind, SentBy
from arctui.desk.errors import DeskError
from arctui.tui.views.calendar import MARKS
from arctui.tui.views.facts import facts
from arctui.tui.views.timeline import timeline_lines
from tests.core import builders as make
from tests.playbook.clerks import Clerk, customer

SAYS = "final demand ends Mon 7 Dec, then the claim file"


def demanded(folder: Path) -> Clerk:
    """A clerk on Monday 23 November 2026, after a final demand to Birch of that day."""
    invoice, day = make.invoice("1", "1200.00", date(2026, 10, 8)), date(2026, 11, 23)
    records = customer("Birch Works", invoice)
    out = Letter(
        id="final",
        account="birch",
        number="2026-0003",
        kind=LetterKind.FINAL,
        at=make.moment(day, "08:00"),
        day=day,
        by="ann",
        invoices=("birch-1",),
        amount=Decimal(1200),
        currency="USD",
        deadline=date(2026, 12, 7),
        sent_by=SentBy.MAIL,
        sent_on=day,
    )
    return Clerk.with_book(folder, [*records, out], at="2026-11-23T10:00:00-05:00")


def test_the_end_of_a_final_demand_is_seen_before_it_is_over(tmp_path: Path) -> None:
    at = demanded(tmp_path)
    for lines in (facts(at.desk, "birch", 100), timeline_lines(at.desk, "birch", 100)[0]):
        assert any(SAYS in "".join(text for text, _ in line) for line in lines)


def test_it_stands_in_the_calendar_and_is_not_moved(tmp_path: Path) -> None:
    at = demanded(tmp_path)
    month = at.desk.agenda.between(date(2026, 12, 1), date(2026, 12, 31))
    (entry,) = (e for e in month if e.kind is EntryKind.DEADLINE)
    assert (entry.day, entry.why, MARKS[entry.kind][0]) == (date(2026, 12, 7), SAYS, "L")
    with pytest.raises(DeskError, match="the letter that went out says this day"):
        at.desk.agenda.read_move(entry, "fri")
