"""The time line of one account: what was, today, what is to come, all in one order."""

from datetime import date, time
from decimal import Decimal

import msgspec
from hypothesis import given, settings

from arctui.core.agenda import entries
from arctui.core.facts import Dossier
from arctui.core.records import Outcome, Record
from arctui.core.standing import derive
from arctui.core.timeline import Event, timeline
from tests.core.builders import (
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
from tests.core.test_agenda import OLD, TALKED
from tests.core.test_agenda_always import FACTS

MONDAY = nov(23)


def line(facts: Dossier, today: date) -> tuple[Event, ...]:
    shared = rules(today)
    return timeline(facts, derive(facts, shared), shared)


def short(facts: Dossier, today: date) -> list[tuple[date, str, bool]]:
    """Day, kind, and whether it is to come."""
    return [(e.day, e.kind, e.ahead) for e in line(facts, today)]


def words(kind: str, *facts: Record, today: date = MONDAY) -> list[str]:
    return [e.words for e in line(dossier(*facts), today) if e.kind == kind]


def test_what_was_stands_before_what_is_to_come() -> None:
    bill = invoice("1", "1000.00", nov(9), issued=nov(2))
    facts = dossier(
        bill,
        invoice("2", "70.00", dec(1)),
        call(nov(16), Outcome.PROMISE),
        friday_check(),
        payment(nov(20), "400.00", {"1": "400.00"}),
    )
    assert short(facts, nov(23)) == [
        (nov(2), "invoiced", False),
        (nov(9), "due", False),
        (nov(16), "call", False),
        (nov(16), "promised", False),
        (nov(20), "paid", False),
        (nov(20), "promise", False),
        (nov(25), "verify", True),
        (nov(27), "breaks", True),
        (dec(1), "due", True),
        (dec(7), "scheduled", True),
    ]


def test_of_today_what_is_done_stands_before_what_is_to_do() -> None:
    done = call(nov(23), Outcome.VOICEMAIL, reached=False, hour="08:10")
    assert short(dossier(OLD, done, callback(nov(23), "15:00")), nov(23))[:3] == [
        (nov(2), "due", False),
        (nov(2), "set", False),
        (nov(23), "call", False),
    ]
    today = [e for e in line(dossier(OLD, done, callback(nov(23), "15:00")), nov(23)) if e.day == nov(23)]
    assert [(e.kind, e.ahead, e.hour) for e in today] == [
        ("call", False, time(8, 10)),
        ("callback", True, time(15)),
    ]


def test_what_became_of_a_promise_stands_on_the_day_on_which_it_did() -> None:
    kept = payment(nov(19), "1000.00", {"1": "1000.00"})
    assert (nov(19), "kept", False) in short(dossier(OLD, TALKED, friday_check(), kept), nov(23))
    broken = dossier(OLD, TALKED, friday_check())
    assert (nov(27), "broken", False) in short(broken, nov(30))
    assert words("broken", OLD, TALKED, friday_check(), today=nov(30))[0] == (
        "the promise for Fri 20 Nov: 0.00 of 1,000.00 by Wed 25 Nov (Fri 20 + 3 business days)"
    )
    part = payment(nov(19), "400.00", {"1": "400.00"})
    assert (nov(27), "partial", False) in short(dossier(OLD, TALKED, friday_check(), part), nov(27))
    withdrawn = promise("500.00", nov(20), nov(25), nov(27), withdrawn_on=nov(18))
    assert (nov(18), "withdrawn", False) in short(dossier(OLD, withdrawn), nov(23))


def test_a_promise_that_gave_way_to_another_says_so_on_the_day_that_one_was_taken() -> None:
    old = promise("500.00", nov(20), nov(25), nov(27), name="old", superseded_by="new")
    new = promise("600.00", nov(24), nov(30), dec(1), name="new", taken=nov(19))
    events = line(dossier(OLD, old, new), nov(23))
    (replaced,) = [e for e in events if e.kind == "replaced"]
    assert (replaced.day, replaced.amount) == (nov(19), Decimal("500.00"))
    assert [e.day for e in events if e.kind == "promised"] == [nov(16), nov(19)]
    assert [e.day for e in events if e.kind == "promise"] == [nov(24)]


def test_money_says_for_what_it_came_and_that_it_was_taken_back() -> None:
    check = msgspec.structs.replace(
        payment(nov(12), "300.00", {"1": "200.00", "2": "100.00"}, reversed_on=nov(19)), method="check"
    )
    known = [OLD, invoice("2", "100.00", nov(2))]
    assert words("paid", *known, check) == ["by check, for 1, 2"]
    assert words("returned", *known, check) == ["what came on Thu 12 Nov was taken back"]
    assert words("paid", *known, payment(nov(12), "5.00")) == ["on account"]
    inferred = payment(nov(12), "200.00", {"1": "200.00"}, since=nov(5))
    assert words("paid", *known, inferred) == ["for 1, since Thu 5 Nov"]


def test_the_invoices_of_a_day_are_one_event() -> None:
    bills = [invoice(str(n), "10.00", nov(9), issued=nov(2)) for n in range(1, 6)]
    euros = invoice("6", "7.00", nov(9), currency="EUR")
    paid = payment(nov(12), "45.00", {"1": "10.00", "2": "10.00", "3": "10.00", "4": "10.00", "5": "5.00"})
    events = line(dossier(*bills, euros, paid), nov(23))
    assert [(e.amount, e.currency, e.words) for e in events if e.kind == "due"] == [
        (Decimal("50.00"), "USD", "5 items: 1, 2, 3 and 2 more, 5.00 of it open"),
        (Decimal("7.00"), "EUR", "6, open"),
    ]


def test_disputes_letters_and_follow_ups_stand_on_their_days() -> None:
    facts = dossier(
        OLD,
        letter(nov(10)),
        dispute("450.00", nov(11), due=nov(13), closed_on=nov(17)),
        follow_up(nov(18), done_on=nov(18)),
    )
    assert [(d, k) for d, k, ahead in short(facts, nov(23)) if not ahead] == [
        (nov(2), "due"),
        (nov(2), "set"),
        (nov(10), "letter"),
        (nov(11), "disputed"),
        (nov(17), "solved"),
        (nov(18), "done"),
    ]
    assert words("disputed", *facts.disputes) == ["damaged pallets; our remedy by Fri 13 Nov: send the delivery note"]
    assert words("done", *facts.followups) == ["contact for Wed 18 Nov: new manager starts"]


def test_of_an_account_of_which_nothing_is_known_there_is_none() -> None:
    assert line(dossier(), nov(23)) == ()


@settings(max_examples=60, deadline=None)
@given(facts=FACTS)
def test_it_is_in_order_and_every_entry_of_the_calendar_stands_in_it(facts: list[Record]) -> None:
    account, shared = dossier(*facts), rules(nov(23))
    standing = derive(account, shared)
    events = timeline(account, standing, shared)
    assert [(e.day, e.ahead) for e in events] == sorted((e.day, e.ahead) for e in events)
    assert all(e.day >= nov(23) if e.ahead else e.day <= nov(23) for e in events)
    coming = [(e.day, e.kind, e.words) for e in events]
    assert all((e.day, e.kind.value, e.why) in coming for e in entries(account, standing, shared))
