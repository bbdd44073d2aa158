"""The levels of each invoice by itself, and what takes the place of the claim file after the final demand."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.letter_facts import letter_values
from arctui.core.letter_levels import level_of
from arctui.core.letter_records import Asked, LetterKind
from arctui.core.letter_rules import needs_reason
from arctui.core.records import Record
from tests.core.builders import (
    attempt,
    callback,
    dossier,
    follow_up,
    invoice,
    letter,
    list_row,
    payment,
    promise,
    rules,
    standing,
)
from tests.core.lettered import DEMAND, FINAL, OLD, REMINDER, TRIES, due, final, sent, why, written
from tests.core.oracle import dec, nov

NEW = invoice("2", "9000.00", nov(12))
ON_BOTH = [attempt(day, about=["1", "2"]) for day in (nov(18), nov(19), nov(20))]


def test_the_invoice_furthest_along_leads_so_that_a_new_one_every_week_holds_nothing_up() -> None:
    reminded = sent("2026-0001", REMINDER, nov(5))
    demanded = [*reminded, *sent("2026-0002", DEMAND, nov(9))]
    assert due(nov(20), OLD, NEW, *reminded, *ON_BOTH) == "demand"
    assert due(nov(20), OLD, NEW, *demanded, *ON_BOTH) == "final demand"
    assert why(nov(20), OLD, NEW, *demanded, *ON_BOTH).startswith("letter due: final demand, ")
    assert due(nov(20), NEW, *demanded, *ON_BOTH) == "reminder", "the old one is paid"


def test_a_demand_asks_for_the_new_ones_too_and_a_final_demand_only_for_what_was_asked_for_before() -> None:
    before = [*sent("2026-0001", REMINDER, nov(5)), *sent("2026-0002", DEMAND, nov(9))]
    found = standing(dossier(OLD, NEW, *before, *ON_BOTH), nov(20))
    level = found.contacts.level
    assert [i.invoice.id for i in level.to_ask(FINAL, found.items)] == ["id-1"]
    assert {i.invoice.id for i in level.to_ask(DEMAND, found.items)} == {"id-1", "id-2"}
    on = dossier(OLD, NEW, *before, *ON_BOTH)
    _, speaks = letter_values(FINAL, on, found, rules(nov(20)), clerk="ann", day=nov(20))
    assert speaks.invoices == ("id-1",)


def test_what_another_currency_was_asked_for_counts_nothing_in_this_one() -> None:
    euros = invoice("2", "800.00", nov(2), currency="EUR")
    before = [*sent("2026-0001", REMINDER, nov(5)), *sent("2026-0002", DEMAND, nov(9))]
    assert due(nov(20), OLD, euros, *before, *ON_BOTH) == "final demand"
    found, shared = standing(dossier(OLD, euros, *before, *ON_BOTH), nov(20)), rules(nov(20))
    assert needs_reason(FINAL, found, shared) == ""
    assert needs_reason(FINAL, found, shared, "EUR") == "a reminder is due, no final demand"
    assert needs_reason(REMINDER, found, shared, "EUR") == ""
    paid = payment(nov(12), "1000.00", {"1": "1000.00"})
    assert due(nov(20), OLD, euros, *before, *ON_BOTH, paid) == "reminder"


def test_a_letter_counts_for_what_it_asked_for_not_for_all_that_was_past_due() -> None:
    out = letter(nov(5), about=["1", "2"])
    one = written("2026-0001", FINAL, day=nov(5), sent=out)
    one = msgspec.structs.replace(one, asked=(Asked("id-1", Decimal(5)),))
    assert level_of([out], [one], {"id-1"}).next is None
    assert level_of([out], [one], {"id-1", "id-2"}).next is REMINDER
    assert level_of([out], [one], {"id-1", "id-2"}).demanded == {"id-1"}


def test_a_reminder_leaves_out_what_was_finally_demanded_where_there_is_something_else() -> None:
    facts = [OLD, NEW, *sent("2026-0001", FINAL, nov(5)), *ON_BOTH]
    found = standing(dossier(*facts), nov(20))
    assert due(nov(20), *facts) == "reminder"

    def asked(kind: LetterKind, *, only: str = "") -> list[str]:
        items = [i for i in found.items if not only or i.invoice.id == only]
        return sorted(i.invoice.id for i in found.contacts.level.to_ask(kind, items))

    assert asked(REMINDER) == asked(DEMAND) == ["id-2"]
    assert asked(FINAL) == asked(LetterKind.HOLD) == ["id-1", "id-2"]
    assert asked(REMINDER, only="id-1") == ["id-1"]
    on = dossier(*facts)
    for kind, amount in ((REMINDER, 9000), (FINAL, 10_000)):
        _, speaks = letter_values(kind, on, found, rules(nov(20)), clerk="ann", day=nov(20))
        assert speaks.amount == sum(part.amount for part in speaks.asked) == amount


def test_the_claim_file_waits_until_the_letter_left_its_days_from_the_day_it_was_sent() -> None:
    late = sent("2026-0007", FINAL, nov(10), nov(11))
    assert why(nov(24), OLD, *late, *TRIES) == ""
    assert "the final demand ended Tue 24 Nov" in why(nov(25), OLD, *late, *TRIES)


@pytest.mark.parametrize(
    ("put_off", "row", "then"),
    [
        ([follow_up(dec(10), "see the lawyer")], "", dec(10)),
        ([callback(dec(8), "10:00")], "", dec(8)),
        ([promise("400.00", dec(4), dec(9), dec(10), taken=nov(20))], "", dec(9)),
        (
            [follow_up(nov(25), "see the lawyer")],
            "follow up: see the lawyer; the final demand ended Tue 24 Nov",
            None,
        ),
        ([follow_up(dec(10), done_on=nov(26))], "claim file due: ", None),
    ],
)
def test_what_is_agreed_or_set_by_hand_takes_the_place_of_the_claim_file(
    put_off: list[Record], row: str, then: date | None
) -> None:
    facts = [OLD, *final(), *TRIES, *put_off]
    assert why(nov(27), *facts).startswith(row)
    assert bool(why(nov(27), *facts)) == bool(row)
    following = standing(dossier(*facts), nov(27)).next
    assert following is not None
    assert following.day == (then or nov(27))


def test_an_invoice_that_the_final_demand_did_not_name_gets_its_first_call_and_then_its_reminder() -> None:
    new = invoice("2", "70.00", nov(28))
    facts = [OLD, new, *final(), *TRIES]
    assert why(nov(27), *facts).startswith("claim file due: ")
    row = list_row(dossier(*facts), dec(20))
    assert row is not None
    assert row.bucket.label == "first"
    assert row.why.startswith("first call, third business day; 3 tries")
    assert row.why.endswith("the final demand ended Tue 24 Nov: the claim file can be written")
    found, today = standing(dossier(*facts), dec(20)), rules(dec(20))
    assert needs_reason(REMINDER, found, today) == "there is an invoice that nobody was called about yet"
    tried = attempt(dec(21), about=["1", "2"])
    assert due(dec(22), *facts, tried) == "reminder"
    assert "the final demand ended Tue 24 Nov" in why(dec(22), *facts, tried)
