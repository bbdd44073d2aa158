"""Until when a letter that demands leaves time: it stands in the calendar and the time line, and says what comes."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.agenda import EntryKind, entries, is_call
from arctui.core.records import Flag, Record
from arctui.core.timeline import timeline
from tests.core.builders import dossier, payment, rules, standing
from tests.core.lettered import DEMAND, FINAL, OLD, REMINDER, sent, written
from tests.core.oracle import nov

SENT = sent("2026-0007", FINAL, nov(10), nov(24))


def ends(today: date, *facts: Record, flags: tuple[Flag, ...] = ()) -> list[tuple[date, str]]:
    account = dossier(*facts, flags=flags)
    found = entries(account, standing(account, today), rules(today))
    assert not any(is_call(e) for e in found if e.kind is EntryKind.DEADLINE)
    return [(e.day, e.why) for e in found if e.kind is EntryKind.DEADLINE]


def test_the_end_of_a_final_demand_stands_on_its_day_until_it_is_over() -> None:
    facts = [OLD, *SENT]
    says = [(nov(24), "final demand ends Tue 24 Nov, then the claim file")]
    assert ends(nov(10), *facts) == ends(nov(24), *facts) == says
    assert ends(nov(25), *facts) == []
    # It runs also where nobody is to be called.
    assert ends(nov(20), *facts, flags=(Flag.ATTORNEY,)) == says


def test_it_stands_in_the_time_line_with_what_it_still_asks_for() -> None:
    account = dossier(OLD, *sent("2026-0005", DEMAND, nov(10), nov(20)), payment(nov(12), "400.00", {"1": "400.00"}))
    (event,) = (e for e in timeline(account, standing(account, nov(13)), rules(nov(13))) if e.kind == "deadline")
    assert (event.day, event.words, event.amount, event.ahead) == (
        nov(20),
        "demand ends Fri 20 Nov",
        Decimal("600.00"),
        True,
    )


def test_the_letter_that_was_sent_last_counts() -> None:
    before = sent("2026-0005", DEMAND, nov(9), nov(19))
    assert ends(nov(10), OLD, *before, *SENT) == [(nov(24), "final demand ends Tue 24 Nov, then the claim file")]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([written("2026-0007", FINAL, day=nov(10), deadline=nov(24))], id="it was not sent"),
        pytest.param(sent("2026-0007", REMINDER, nov(10), nov(24)), id="a reminder"),
        pytest.param(
            [*sent("2026-0007", FINAL, nov(10), nov(24)), payment(nov(11), "1000.00", {"1": "1000.00"})], id="paid"
        ),
    ],
)
def test_there_is_none_where_nothing_is_demanded(facts: list[Record]) -> None:
    assert ends(nov(12), OLD, *facts) == []
