"""A check that came back: the account is called at once, until somebody has spoken of it."""

from datetime import date

import msgspec
import pytest

from arctui.core.agenda import EntryKind, entries
from arctui.core.promises import Verdict
from arctui.core.reasons import Bucket
from arctui.core.records import Flag, Payment, Record
from arctui.core.standing import derive
from arctui.core.verdict_words import verdict_words
from tests.core.builders import (
    attempt,
    call,
    dossier,
    friday_check,
    invoice,
    letter,
    list_row,
    money,
    payment,
    promise,
    report,
    reports,
    rules,
    standing,
)
from tests.core.oracle import dec, nov

OWED = invoice("1", "1000.00", dec(1))
PROMISE = friday_check()
TALK = call(nov(16))
BACK = "check of 1,000.00 returned on Tue 24 Nov"
NEWS = report(2, nov(24), settles=False, payments=True)


def returned(amount: str = "1000.00", on: str = "1", method: str = "Check") -> Payment:
    """A payment of Friday 20 that came back on Tuesday 24, as the import of that morning at nine says."""
    came = payment(nov(20), amount, {on: amount} if on else {}, reversed_on=nov(24))
    return msgspec.structs.replace(came, method=method, reversal_recorded=2)


def why(today: date, *facts: Record, hour: str = "09:00") -> str:
    row = list_row(dossier(*facts), today, hour=hour, known=reports(NEWS))
    return row.why.partition("; payments as of")[0] if row else ""


@pytest.mark.parametrize(
    ("today", "facts", "expected"),
    [
        pytest.param(nov(23), [], "", id="not before it came back"),
        pytest.param(nov(24), [], BACK, id="on the day it came back"),
        pytest.param(nov(30), [], BACK, id="for as long as nobody speaks of it"),
        pytest.param(nov(24), [call(nov(24), hour="08:30")], BACK, id="a talk before it was known was not about it"),
        pytest.param(nov(24), [call(nov(24), hour="09:30")], "", id="not after a talk"),
        pytest.param(nov(25), [attempt(nov(24))], BACK, id="a try that reached nobody was none"),
        pytest.param(nov(25), [letter(nov(24))], "", id="not after a letter"),
        pytest.param(nov(25), [payment(nov(25), "1000.00", {"1": "1000.00"})], "", id="not once it is paid"),
        pytest.param(
            nov(24), [promise("1000.00", nov(30), nov(30), dec(1), taken=nov(24))], "", id="not after a new promise"
        ),
    ],
)
def test_a_check_that_came_back_is_called_for_until_it_is_spoken_of(
    today: date, facts: list[Record], expected: str
) -> None:
    assert why(today, OWED, returned(), *facts, hour="10:00") == expected


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (returned(method="bank transfer"), "bank transfer of 1,000.00 returned on Tue 24 Nov"),
        (returned(method="CARD"), "card payment of 1,000.00 returned on Tue 24 Nov"),
        (returned(method="R-71"), "payment of 1,000.00 returned on Tue 24 Nov"),
        (returned("40.00", on=""), "check of 40.00 returned on Tue 24 Nov"),
    ],
)
def test_it_is_named_by_how_it_was_paid(back: Payment, expected: str) -> None:
    assert why(nov(24), OWED, back) == expected


def test_what_was_paid_anew_in_part_is_missing_less() -> None:
    again = payment(nov(25), "400.00", {"1": "400.00"})
    row = list_row(dossier(OWED, returned("700.00"), again), nov(25), known=reports(NEWS))
    assert row
    assert (row.bucket, row.amount) == (Bucket.BROKEN, *money("300.00"))
    assert not why(nov(25), OWED, returned("400.00"), again)


def test_the_promise_that_it_had_kept_does_not_silence_it_and_says_what_became_of_it() -> None:
    facts = [OWED, TALK, PROMISE, returned(method="")]
    assert why(nov(24), *facts) == BACK
    assert why(nov(25), *facts) == BACK
    spoken = [*facts, call(nov(24), hour="11:00")]
    look = "last day of the promise of 1,000.00 by check: look for the money, as what came was returned on Tue 24 Nov"
    assert why(nov(25), *spoken) == look
    (judged,) = standing(dossier(*facts), nov(24)).judged
    assert judged.verdict is Verdict.DUE
    said = "1,000.00 came on Fri 20 Nov, returned on Tue 24 Nov: as if it had not come"
    assert verdict_words(judged, rules(nov(24))).endswith(f"; {said}")


def test_once_the_promise_breaks_the_two_are_one_reason() -> None:
    facts = [OWED, TALK, PROMISE, returned()]
    broken = "promised 1,000.00 for Fri 20 Nov by check, what came was returned on Tue 24 Nov"
    assert why(nov(27), *facts) == broken
    part = [*facts[:3], returned("600.00"), payment(nov(20), "400.00", {"1": "400.00"})]
    assert why(nov(27), *part).endswith("by check, 400.00 came, the rest was returned on Tue 24 Nov")


def test_each_of_two_checks_that_came_back_stands_in_the_calendar() -> None:
    shared = rules(nov(24), known=reports(NEWS))
    facts = dossier(OWED, returned("600.00"), returned("300.00"))
    found = [e for e in entries(facts, derive(facts, shared), shared) if e.kind is EntryKind.BROKEN]
    assert [(e.day, e.amount) for e in found] == [(nov(24), *money("600.00")), (nov(24), *money("300.00"))]
    assert len({e.key for e in found}) == 2


def test_of_an_account_that_must_not_be_called_nothing_is_asked() -> None:
    stopped = dossier(OWED, returned())
    account = msgspec.structs.replace(stopped.account, flags=(Flag.BANKRUPTCY,))
    assert list_row(msgspec.structs.replace(stopped, account=account), nov(24), known=reports(NEWS)) is None
