"""The calendar of one account: what stands on which day, each thing once."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal

import msgspec
import pytest

from arctui.core.agenda import Day, Entry, EntryKind, by_day, entries
from arctui.core.facts import Dossier
from arctui.core.records import Flag, FollowUp, FollowUpKind, Frequency, Outcome, PayCycle, Record
from arctui.core.standing import derive
from tests.core.builders import (
    ACCOUNT,
    attempt,
    call,
    callback,
    dispute,
    dossier,
    follow_up,
    friday_check,
    invoice,
    letter,
    payment,
    promise,
    rules,
)
from tests.core.oracle import dec, nov

WEDNESDAY = nov(18)
OLD = invoice("1", "1000.00", nov(2))
TALKED = call(nov(16))
#: Paid on Thursdays, cut-off two business days before.
THURSDAYS = PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=2)


def agenda(facts: Dossier, today: date, *, hour: str = "09:00") -> tuple[Entry, ...]:
    shared = rules(today, hour=hour)
    return entries(facts, derive(facts, shared), shared)


def short(found: Iterable[Entry]) -> list[tuple[date, str, str]]:
    """Day, kind and amount."""
    return [(e.day, e.kind.value, str(e.amount)) for e in found]


def sure(found: Iterable[Entry]) -> list[Entry]:
    """Without what comes only if nothing settles the matter before (test_agenda_projections)."""
    return [e for e in found if not e.projected]


def claim(day: date) -> FollowUp:
    return FollowUp(
        id="claim",
        account=ACCOUNT,
        kind=FollowUpKind.CLAIM,
        day=day,
        why="says it is paid: look for 1,000.00",
        set_on=nov(16),
    )


#: What is known, on which day it is asked, and what then stands in the calendar.
CASES: dict[str, tuple[Dossier, date, list[tuple[date, str, str]]]] = {
    "nothing": (dossier(), nov(23), []),
    "a first call on the third business day past due": (
        dossier(invoice("1", "100.00", nov(14))),
        nov(16),
        [(nov(18), "first", "100.00")],
    ),
    "a first call that is overdue stands on today": (dossier(OLD), nov(23), [(nov(23), "first", "1000.00")]),
    "a second call ten days after the conversation, rolled past Thanksgiving": (
        dossier(OLD, TALKED),
        nov(18),
        [(nov(27), "scheduled", "1000.00")],
    ),
    "a try of today brings it back tomorrow": (
        dossier(OLD, attempt(nov(23), hour="08:00")),
        nov(23),
        [(nov(24), "first", "1000.00")],
    ),
    "three tries make a letter due, and no call": (
        dossier(OLD, attempt(nov(18)), attempt(nov(19)), attempt(nov(20))),
        nov(23),
        [(nov(23), "letter", "1000.00")],
    ),
    "a letter sets the next call": (
        dossier(OLD, letter(nov(16))),
        nov(23),
        [(nov(27), "first", "1000.00")],
    ),
    "a promise on its day and on the last day of its window": (
        dossier(OLD, TALKED, friday_check()),
        nov(18),
        [(nov(20), "promise", "1000.00"), (nov(25), "verify", "1000.00")],
    ),
    "a promise whose window has one day stands once": (
        dossier(OLD, TALKED, promise("1000.00", nov(20), nov(20), nov(23))),
        nov(18),
        [(nov(20), "promise", "1000.00")],
    ),
    "between the last day and the day it breaks, the money is looked for today": (
        dossier(OLD, TALKED, friday_check()),
        nov(26),
        [(nov(20), "promise", "1000.00"), (nov(26), "verify", "1000.00")],
    ),
    "part of a promise came: the rest is looked for": (
        dossier(OLD, TALKED, friday_check(), payment(nov(20), "400.00", {"1": "400.00"})),
        nov(23),
        [(nov(20), "promise", "1000.00"), (nov(25), "verify", "600.00")],
    ),
    "a broken promise is today's call, in place of the one by the schedule": (
        dossier(OLD, TALKED, friday_check()),
        nov(27),
        [(nov(20), "promise", "1000.00"), (nov(27), "broken", "1000.00")],
    ),
    "a broken promise that was followed up waits for the schedule": (
        dossier(OLD, TALKED, friday_check(), call(nov(27), hour="08:00")),
        nov(27),
        [(nov(20), "promise", "1000.00"), (dec(7), "scheduled", "1000.00")],
    ),
    "a promise that the review left comes back on that day": (
        dossier(OLD, TALKED, msgspec.structs.replace(friday_check(reviewed_on=nov(27)), left_until=dec(1))),
        nov(27),
        [(nov(20), "promise", "1000.00"), (nov(27), "scheduled", "1000.00"), (dec(1), "broken", "1000.00")],
    ),
    "withdrawn and superseded promises are gone": (
        dossier(
            OLD,
            TALKED,
            promise("500.00", nov(20), nov(25), nov(27), name="a", withdrawn_on=nov(17)),
            promise("500.00", nov(20), nov(25), nov(27), name="b", superseded_by="x"),
        ),
        nov(18),
        [(nov(27), "scheduled", "1000.00")],
    ),
    "a callback in place of the call by the schedule on that day": (
        dossier(OLD, TALKED, callback(nov(27), "10:30")),
        nov(18),
        [(nov(27), "callback", "1000.00")],
    ),
    "a callback before the call by the schedule": (
        dossier(OLD, TALKED, callback(nov(24), "10:30")),
        nov(18),
        [(nov(24), "callback", "1000.00"), (nov(27), "scheduled", "1000.00")],
    ),
    "a callback that was missed stands on today": (
        dossier(OLD, TALKED, callback(nov(19), "10:30")),
        nov(20),
        [(nov(20), "callback", "1000.00"), (nov(27), "scheduled", "1000.00")],
    ),
    "a callback that is done is gone": (
        dossier(OLD, TALKED, callback(nov(24), "10:30", done_on=nov(18))),
        nov(18),
        [(nov(27), "scheduled", "1000.00")],
    ),
    "a date set by hand takes the place of the schedule": (
        dossier(OLD, TALKED, follow_up(dec(4))),
        nov(18),
        [(dec(4), "follow-up", "1000.00")],
    ),
    "a date set by hand that is overdue stands on today": (
        dossier(OLD, TALKED, follow_up(nov(18))),
        nov(20),
        [(nov(20), "follow-up", "1000.00")],
    ),
    "a date set by hand stands beside a letter that is due": (
        dossier(OLD, attempt(nov(18)), attempt(nov(19)), attempt(nov(20)), follow_up(nov(24))),
        nov(23),
        [(nov(23), "letter", "1000.00"), (nov(24), "follow-up", "1000.00")],
    ),
    "a payment said to be made is looked for": (
        dossier(OLD, call(nov(16), Outcome.PAID), claim(nov(20))),
        nov(18),
        [(nov(20), "follow-up", "1000.00")],
    ),
    "a payment said to be made is not looked for once nothing is past due": (
        dossier(OLD, call(nov(16), Outcome.PAID), claim(nov(20)), payment(nov(17), "1000.00", {"1": "1000.00"})),
        nov(18),
        [],
    ),
    "a remedy that we owe": (
        dossier(OLD, TALKED, dispute("1000.00", nov(16), due=nov(25))),
        nov(18),
        [(nov(25), "dispute", "1000.00")],
    ),
    "two remedies of one day": (
        dossier(OLD, TALKED, dispute("400.00", nov(16), due=nov(25)), dispute("600.00", nov(16), due=nov(25))),
        nov(18),
        [(nov(25), "dispute", "600.00"), (nov(25), "dispute", "400.00")],
    ),
    "a run and its cut-off, the call before it on its day": (
        dossier(OLD, TALKED, cycle=THURSDAYS),
        nov(18),
        # Thanksgiving: the run of the 26th is made on the 27th, its cut-off is the 24th, the call three days before.
        [
            # What was in time for the run of the 19th is not for the next one as well.
            (nov(19), "run", "1000.00"),
            (nov(19), "call-by", "1000.00"),
            (nov(24), "cutoff", "0.00"),
            (nov(27), "scheduled", "1000.00"),
            (nov(27), "run", "0.00"),
        ],
    ),
    "a later run for which something falls due": (
        dossier(invoice("1", "100.00", dec(8)), cycle=THURSDAYS),
        nov(23),
        [
            (nov(24), "cutoff", "0.00"),
            (nov(27), "run", "0.00"),
            (dec(8), "cutoff", "100.00"),
            (dec(10), "run", "100.00"),
        ],
    ),
    "no run for an account that owes nothing": (dossier(cycle=THURSDAYS), nov(23), []),
    "an account that is stopped keeps its promises and callbacks": (
        dossier(
            OLD,
            TALKED,
            friday_check(),
            callback(nov(24), "10:30"),
            follow_up(dec(4)),
            dispute("1.00", nov(10)),
            flags=(Flag.ATTORNEY,),
            cycle=THURSDAYS,
        ),
        nov(18),
        [(nov(20), "promise", "1000.00"), (nov(24), "callback", "1000.00")],
    ),
}


@pytest.mark.parametrize(("facts", "today", "expected"), CASES.values(), ids=CASES)
def test_everything_stands_on_its_day(facts: Dossier, today: date, expected: list[tuple[date, str, str]]) -> None:
    assert sorted(short(sure(agenda(facts, today)))) == sorted(expected)


def only(kind: EntryKind, *facts: Record, today: date = WEDNESDAY, hour: str = "09:00") -> Entry:
    (entry,) = [e for e in agenda(dossier(*facts), today, hour=hour) if e.kind is kind]
    return entry


@pytest.mark.parametrize(
    ("today", "payments", "words"),
    [
        (nov(18), [], "promised 1,000.00 by check, last day Wed 25 Nov"),
        (nov(23), ["400.00"], "promised 1,000.00 by check, last day Wed 25 Nov, 400.00 of it came"),
        (
            nov(23),
            ["1000.00"],
            "promised 1,000.00 by check, last day Wed 25 Nov; kept: 1,000.00 of 1,000.00, on Fri 20 Nov",
        ),
        (
            nov(27),
            [],
            "promised 1,000.00 by check; broken: 0.00 of 1,000.00 by Wed 25 Nov (Fri 20 + 3 business days)",
        ),
        (
            nov(27),
            ["400.00"],
            (
                "promised 1,000.00 by check; partial: 400.00 of 1,000.00, on Fri 20 Nov; "
                "600.00 missing by Wed 25 Nov (Fri 20 + 3 business days)"
            ),
        ),
    ],
)
def test_a_promise_says_what_became_of_it(today: date, payments: list[str], words: str) -> None:
    came = [payment(nov(20), amount, {"1": amount}) for amount in payments]
    entry = only(EntryKind.PROMISE, OLD, friday_check(), *came, today=today)
    assert (entry.day, entry.amount, entry.why) == (nov(20), Decimal("1000.00"), words)
    assert entry.record == friday_check().id


def test_a_promise_names_the_person() -> None:
    taken = msgspec.structs.replace(friday_check(), person="Tony Marsh")
    assert only(EntryKind.PROMISE, OLD, taken).why == "promised 1,000.00 by check, Tony Marsh, last day Wed 25 Nov"


def test_a_callback_stands_on_the_day_here_on_which_it_is_that_hour_there() -> None:
    # Half past ten on Wednesday in Auckland is half past four on Tuesday afternoon in New York.
    entry = only(EntryKind.CALLBACK, OLD, callback(nov(25), "10:30", zone="Pacific/Auckland"))
    assert (entry.day, entry.hour, entry.time_zone) == (nov(24), time(10, 30), "Pacific/Auckland")
    assert entry.at is not None
    assert f"{entry.at:%d %H:%M}" == "24 16:30"
    assert entry.why == "call back 10:30 their time (16:30 here)"


def test_a_callback_without_an_hour_stands_on_its_day() -> None:
    entry = only(EntryKind.CALLBACK, OLD, callback(nov(25)))
    assert (entry.day, entry.hour, entry.at, entry.why) == (nov(25), None, None, "call back")


def test_a_callback_that_was_missed_has_no_hour_any_more_and_says_which_it_had() -> None:
    entry = only(EntryKind.CALLBACK, OLD, callback(nov(17), "10:30", zone="America/Chicago"))
    assert (entry.day, entry.hour, entry.at) == (nov(18), None, None)
    assert entry.why == "call back, agreed for Tue 17 Nov 10:30 their time"


def test_a_callback_of_this_morning_keeps_its_hour_through_the_day() -> None:
    entry = only(EntryKind.CALLBACK, OLD, callback(nov(18), "10:30"), hour="15:00")
    assert (entry.day, entry.hour) == (nov(18), time(10, 30))


def test_a_callback_of_a_stopped_account_says_that_it_must_not_be_called() -> None:
    (entry,) = agenda(dossier(OLD, callback(nov(25)), flags=(Flag.LEGAL,)), nov(18))
    assert "not to be called: legal" in entry.why


def test_a_follow_up_says_why_and_which_record_it_is() -> None:
    entry = only(EntryKind.FOLLOW_UP, OLD, TALKED, follow_up(dec(4)))
    assert (entry.why, entry.record) == ("new manager starts", follow_up(dec(4)).id)
    silent = only(EntryKind.FOLLOW_UP, OLD, TALKED, follow_up(dec(4), ""))
    assert silent.why == "follow up"


def test_a_run_says_its_cut_off_and_what_is_due_by_then() -> None:
    found = agenda(dossier(OLD, TALKED, cycle=THURSDAYS), nov(23))
    whys = {e.kind: e.why for e in found}
    assert whys[EntryKind.RUN] == "pay run, cut-off Tue 24 Nov: 1,000.00 due by then"
    closed = agenda(dossier(OLD, TALKED, cycle=THURSDAYS), nov(18))
    assert [e.why for e in closed if e.kind is EntryKind.RUN] == [
        "pay run, its cut-off Tue 17 Nov has passed: 1,000.00 was in time for it, not confirmed",
        "pay run, cut-off Tue 24 Nov: nothing more due by then",
    ]


def test_a_run_is_not_about_what_is_promised() -> None:
    found = agenda(dossier(OLD, TALKED, friday_check("700.00"), cycle=THURSDAYS), nov(18))
    assert [str(e.amount) for e in found if e.kind is EntryKind.RUN] == ["300.00", "0.00"]


def test_an_account_without_a_pay_cycle_has_no_runs() -> None:
    assert not [e for e in agenda(dossier(OLD), nov(23)) if e.kind in (EntryKind.RUN, EntryKind.CUTOFF)]


def test_appointments_come_first_in_the_order_of_their_moments_then_what_is_worst() -> None:
    found = agenda(
        dossier(
            OLD,
            invoice("2", "5.00", nov(2)),
            callback(nov(23), "09:30", zone="America/Los_Angeles"),
            callback(nov(23), "10:30"),
            callback(nov(23)),
            promise("5.00", nov(23), nov(23), nov(24), on=("2",)),
            dispute("100.00", nov(16), on=("1",), due=nov(23)),
            dispute("200.00", nov(16), on=("1",), due=nov(23)),
            follow_up(nov(23)),
        ),
        nov(23),
    )
    assert [(e.kind.value, str(e.amount), f"{e.at:%H:%M}" if e.at else "") for e in sure(found)] == [
        ("callback", "700.00", "10:30"),
        ("callback", "700.00", "12:30"),
        ("callback", "700.00", ""),
        ("follow-up", "700.00", ""),
        ("dispute", "200.00", ""),
        ("dispute", "100.00", ""),
        ("promise", "5.00", ""),
    ]


def test_a_key_stays_when_a_follow_up_is_moved() -> None:
    one = only(EntryKind.FOLLOW_UP, OLD, TALKED, follow_up(dec(4)))
    moved = only(EntryKind.FOLLOW_UP, OLD, TALKED, msgspec.structs.replace(follow_up(dec(4)), day=dec(9)))
    assert (one.day, moved.day) == (dec(4), dec(9))
    assert one.key == moved.key


def test_the_call_before_a_cut_off_keeps_its_key_from_day_to_day() -> None:
    keys = set()
    for today in (nov(19), nov(20), nov(23)):
        found = agenda(dossier(OLD, TALKED, cycle=THURSDAYS), today)
        keys |= {e.key for e in found if e.kind is EntryKind.CALL_BY and e.day == today}
    assert len(keys) == 1


def test_a_stopped_account_has_nothing_ahead() -> None:
    assert derive(dossier(OLD, flags=(Flag.LEGAL,)), rules(nov(23))).ahead == ()


def test_two_currencies_of_a_day_are_never_added() -> None:
    found = agenda(
        dossier(
            OLD,
            invoice("2", "70.00", nov(2), currency="EUR"),
            promise("1000.00", nov(27), nov(27), nov(30), name="a"),
            promise("70.00", nov(27), nov(27), nov(30), on=("2",), currency="EUR", name="b"),
        ),
        nov(23),
    )
    assert by_day(found)[nov(27)] == Day(2, {"USD": Decimal("1000.00"), "EUR": Decimal("70.00")})


def test_days_without_entries_are_left_out() -> None:
    found = agenda(dossier(OLD, TALKED, callback(nov(24)), callback(nov(30))), nov(18))
    assert list(by_day(sure(found))) == [nov(24), nov(27), nov(30)]
    assert nov(24) + timedelta(days=1) not in by_day(found)
