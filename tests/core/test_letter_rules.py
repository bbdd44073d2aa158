"""When a letter is due and of which level, what stops it, and what each kind of letter needs."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.agenda import EntryKind, entries
from arctui.core.decisions import CreditDecision
from arctui.core.letter_levels import level_of
from arctui.core.letter_records import LEVELS, Letter, LetterKind
from arctui.core.letter_rules import due_letter, needs_reason, refusals
from arctui.core.policy import Policy
from arctui.core.records import Flag, Import, Person, Record
from arctui.core.standing import derive
from tests.core.builders import (
    ACCOUNT,
    attempt,
    call,
    dispute,
    dossier,
    friday_check,
    invoice,
    letter,
    list_row,
    moment,
    payment,
    promise,
    report,
    reports,
    rules,
    standing,
)
from tests.core.lettered import DEMAND, FINAL, OLD, REMINDER, TRIES, due, final, sent, why, written
from tests.core.oracle import dec, nov

# Levels


def test_the_row_names_the_level_that_is_due() -> None:
    assert why(nov(20), OLD, *TRIES) == "letter due: reminder, 3 tries in a row reached nobody"
    assert due(nov(20), OLD, *TRIES) == "reminder"
    assert due(nov(20), OLD, *TRIES[:2]) == ""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param([], "reminder", id="the first"),
        pytest.param([(REMINDER, nov(6))], "demand", id="after a reminder"),
        pytest.param([(REMINDER, nov(5)), (DEMAND, nov(9))], "final demand", id="after a demand"),
        pytest.param([(DEMAND, nov(6))], "final demand", id="a demand by hand counts for the reminder"),
        pytest.param([(REMINDER, nov(5)), (REMINDER, nov(9))], "demand", id="a second reminder is no demand"),
        pytest.param([(LetterKind.STATEMENT, nov(6))], "reminder", id="a statement is no level"),
    ],
)
def test_each_level_follows_the_one_that_was_sent(before: Sequence[tuple[LetterKind, date]], expected: str) -> None:
    records = [r for n, (kind, day) in enumerate(before) for r in sent(f"2026-000{n}", kind, day)]
    if before and before[0][0] is LetterKind.STATEMENT:
        # Of what asks for no money the sending is a note.
        records = [r for r in records if isinstance(r, Letter)]
    assert due(nov(20), OLD, *records, *TRIES) == expected


def test_a_letter_that_was_written_elsewhere_counts_as_one_level() -> None:
    assert due(nov(20), OLD, letter(nov(5)), letter(nov(9)), *TRIES) == "final demand"


def test_the_next_level_waits_ten_days_after_the_letter_before() -> None:
    facts = [OLD, *sent("2026-0001", REMINDER, nov(17)), *TRIES]
    assert due(nov(26), *facts) == ""
    assert due(nov(27), *facts) == "demand"
    assert due(nov(20), *facts, policy=Policy(letter_interval_days=3)) == "demand"


def test_letters_about_what_is_paid_are_of_another_matter() -> None:
    other = invoice("2", "500.00", nov(2))
    paid = payment(nov(10), "1000.00", {"1": "1000.00"})
    late = [attempt(day, about=["2"]) for day in (nov(18), nov(19), nov(20))]
    assert due(nov(20), OLD, other, *sent("2026-0001", DEMAND, nov(6)), paid, *late) == "reminder"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LEVELS, LetterKind.THANKS, None]), max_size=6))
def test_the_level_never_falls_and_never_passes_the_last(kinds: list[LetterKind | None]) -> None:
    activities = [letter(nov(2) + timedelta(n)) for n in range(len(kinds))]
    records = [
        written(f"2026-{n:04}", kind, sent=out)
        for n, (kind, out) in enumerate(zip(kinds, activities, strict=True))
        if kind
    ]
    counts = [level_of(activities[:n], records, {"id-1"}).sent for n in range(len(kinds) + 1)]
    assert counts == sorted(counts)
    assert all(0 <= count <= len(LEVELS) for count in counts)
    for n, kind in enumerate(kinds):
        if kind in LEVELS:
            assert counts[n + 1] >= LEVELS.index(kind) + 1
        elif kind is None:
            assert counts[n + 1] == min(counts[n] + 1, len(LEVELS))


# After the final demand


def test_after_the_final_demand_no_letter_is_due_but_the_claim_file() -> None:
    facts = [OLD, *final(), *TRIES]
    assert due(nov(25), *facts) == ""
    assert why(nov(25), *facts) == (
        "claim file due: the final demand ended Tue 24 Nov: the claim file can be written; "
        "3 tries in a row reached nobody"
    )


def test_the_claim_file_waits_for_the_deadline_and_no_call_is_planned_after_it() -> None:
    facts = [OLD, *final(), *TRIES]
    assert why(nov(24), *facts) == ""
    found = entries(dossier(*facts), standing(dossier(*facts), nov(24)), rules(nov(24)))
    assert [(e.day, e.kind) for e in found] == [(nov(24), EntryKind.DEADLINE), (nov(25), EntryKind.LETTER)]


def test_a_call_after_the_deadline_says_that_the_claim_file_can_be_written() -> None:
    facts = [OLD, *final()]
    assert why(nov(23), *facts).startswith("first call")  # ten days after the letter
    assert "claim file" not in why(nov(24), *facts)
    assert why(nov(25), *facts).endswith("; the final demand ended Tue 24 Nov: the claim file can be written")


def test_a_final_demand_of_which_only_the_sending_is_known_ends_by_the_policy() -> None:
    facts = [OLD, letter(nov(3)), letter(nov(4)), letter(nov(5)), *TRIES]
    assert why(nov(19), *facts) == ""
    assert "the final demand ended Thu 19 Nov" in why(nov(20), *facts)


# What stops a letter


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        pytest.param([payment(nov(21), "100.00", {"1": "100.00"})], "", id="money after the last try"),
        pytest.param([payment(nov(20), "100.00", {"1": "100.00"})], "", id="money of the day of the last try"),
        pytest.param([payment(nov(12), "100.00", {"1": "100.00"})], "reminder", id="money before it"),
        pytest.param([payment(nov(21), "0.01", currency="EUR")], "reminder", id="money of another currency"),
        pytest.param(
            [payment(nov(21), "100.00", {"1": "100.00"}, reversed_on=nov(23))],
            "reminder",
            id="money that was returned",
        ),
        pytest.param([payment(nov(24), "100.00", {"1": "100.00"})], "reminder", id="money that is still to come"),
        pytest.param([payment(nov(22), "5.00", since=nov(15))], "", id="money of an unknown day up to then"),
        pytest.param([call(nov(20), hour="16:00")], "", id="a conversation"),
        pytest.param([dispute("1000.00", nov(20))], "", id="a dispute of all"),
        pytest.param([promise("1000.00", nov(27), dec(2), dec(3), taken=nov(20))], "", id="a promise of all"),
        pytest.param([letter(nov(20), hour="17:00")], "", id="a letter"),
    ],
)
def test_a_letter_stops_when_money_a_promise_or_a_dispute_comes(stop: list[Record], expected: str) -> None:
    assert due(nov(23), OLD, *TRIES, *stop) == expected


def test_money_of_an_earlier_day_stops_a_letter_where_an_import_brought_it_after_the_last_try() -> None:
    paid = payment(nov(19), "900.00", {"1": "900.00"}, recorded=2)

    def due_by(*imports: Import) -> bool:
        shared = rules(nov(24), known=reports(*imports))
        return due_letter(derive(dossier(OLD, *TRIES, paid), shared), shared) is not None

    known = msgspec.structs.replace(report(2, nov(19), settles=False, payments=True), at=moment(nov(24)))
    assert not due_by(known)
    assert due_by(msgspec.structs.replace(known, at=moment(nov(20), "09:59")))
    assert due_by(), "nobody knows when it was learnt of"
    paid = payment(nov(17), "900.00", {"1": "900.00"}, recorded=2)
    assert due_by(known), "it came before the first of the tries"


def test_after_money_it_is_called_again_and_the_next_try_in_vain_makes_the_letter_due() -> None:
    paid = payment(nov(21), "100.00", {"1": "100.00"})
    row = list_row(dossier(OLD, *TRIES, paid), nov(23))
    assert row is not None
    assert row.bucket.label == "first"
    assert "3 tries" in row.why
    assert due(nov(24), OLD, *TRIES, paid, attempt(nov(23))) == "reminder"


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 28), st.integers(1, 28), st.booleans())
def test_money_stops_a_letter_exactly_when_it_came_since_the_last_try(paid: int, last: int, returned: bool) -> None:
    facts = [OLD, *(attempt(nov(last), hour=f"{hour}:00") for hour in (10, 11, 12))]
    money = payment(nov(paid), "10.00", {"1": "10.00"}, reversed_on=nov(28) if returned else None)
    stops = paid >= last and not returned
    assert due(nov(29), *facts, money) == ("" if stops else "reminder")


# Written, not sent


def test_a_letter_that_was_written_and_not_sent_stands_in_the_row() -> None:
    row = list_row(dossier(OLD, *TRIES, written("2026-0017")), nov(23))
    assert row is not None
    assert row.why == (
        "letter due: reminder, 3 tries in a row reached nobody; letter 2026-0017 written Fri 20 Nov, not sent yet"
    )
    assert row.amount == Decimal(1000)


def test_one_that_was_not_due_stands_there_by_itself_until_it_is_sent() -> None:
    talked = call(nov(20))
    facts = dossier(OLD, talked, written("2026-0017", day=nov(23)))
    found = standing(facts, nov(23))
    assert [r.why for r in found.reasons] == ["letter 2026-0017 written Mon 23 Nov, not sent yet"]
    assert found.next is not None
    assert found.next.day == nov(30), "what we have to do ourselves is no contact"
    out = letter(nov(23))
    assert list_row(dossier(OLD, talked, written("2026-0017", sent=out), out), nov(23)) is None


def test_the_row_tells_of_a_letter_that_asks_for_too_much_by_now() -> None:
    facts = [OLD, call(nov(19)), written("2026-0017"), payment(nov(21), "1.00", {"1": "1.00"})]
    assert why(nov(23), *facts) == (
        "letter 2026-0017 written Fri 20 Nov asks for too much by now: write it anew, throw it away"
    )


def test_the_row_tells_of_a_letter_whose_days_are_over() -> None:
    facts = [OLD, call(nov(19)), written("2026-0017", deadline=nov(24))]
    assert why(nov(23), *facts).endswith("not sent yet")
    assert why(nov(24), *facts).endswith("asks for it by a day gone by: write it anew, throw it away")


def test_a_stopped_account_shows_no_letter() -> None:
    facts = dossier(OLD, *TRIES, written("2026-0017"), flags=(Flag.LEGAL,))
    assert standing(facts, nov(23)).reasons == ()


# A reason where it is not due


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (REMINDER, TRIES, ""),
        (DEMAND, TRIES, "a reminder is due, no demand"),
        (REMINDER, TRIES[:1], "1 of 3 tries in a row reached nobody"),
        (REMINDER, [], "0 of 3 tries in a row reached nobody"),
        (
            REMINDER,
            [*TRIES, payment(nov(21), "1.00", {"1": "1.00"})],
            "money of Sat 21 Nov came, and nobody was tried since",
        ),
        (REMINDER, [*TRIES, written("2026-0017")], "reminder 2026-0017 is written and not sent yet"),
        (DEMAND, [*TRIES, written("2026-0017")], "reminder 2026-0017 is written and not sent yet"),
        (REMINDER, [*TRIES, written("2026-0017", amount="2000.00")], ""),
        (DEMAND, [letter(nov(17)), *TRIES], "the last letter went out on Tue 17 Nov, the next one waits 10 days"),
        (FINAL, [*final(), *TRIES], "after the final demand comes the claim file"),
        (LetterKind.STATEMENT, [], ""),
    ],
)
def test_what_asks_for_money_before_its_time_says_why_it_is_not_due(
    kind: LetterKind, facts: list[Record], words: str
) -> None:
    said = needs_reason(kind, standing(dossier(OLD, *facts), nov(23)), rules(nov(23)))
    assert words in said
    assert bool(said) == bool(words)


# Refusals


def refused(
    kind: LetterKind, *facts: Record, flags: tuple[Flag, ...] = (), address: str = "1 Mill Rd", **how: object
) -> str:
    found = dossier(*facts, flags=flags)
    found = msgspec.structs.replace(
        found,
        account=msgspec.structs.replace(found.account, address=address),
        people=tuple(f for f in facts if isinstance(f, Person)),
    )
    return "; ".join(refusals(kind, found, standing(found, nov(23)), rules(nov(23)), **how))  # type: ignore[arg-type]


def decision(*, hold: bool) -> CreditDecision:
    return CreditDecision(
        id=f"hold {hold}", account=ACCOUNT, day=nov(20), at=moment(nov(20)), by="ann", reason="late", hold=hold
    )


LATER = invoice("9", "50.00", dec(20))
IN_TWO = [
    promise("500.00", dec(4), dec(9), dec(10), taken=nov(20), plan="p", name="a"),
    promise("500.00", dec(18), dec(23), dec(24), taken=nov(20), plan="p", name="b"),
]


@pytest.mark.parametrize(
    ("kind", "facts", "why_not"),
    [
        (REMINDER, [OLD], ""),
        (REMINDER, [], "nothing is open"),
        (REMINDER, [invoice("1", "-5.00", None)], "nothing is open"),
        (REMINDER, [LATER], "nothing is past due"),
        (DEMAND, [OLD, promise("1000.00", nov(27), dec(2), dec(3))],
         "nothing may be asked for: 1,000.00 is promised for Fri 27 Nov"),
        (FINAL, [OLD, dispute("1000.00", nov(20))], "nothing may be asked for: 1,000.00 is disputed"),
        (FINAL, [OLD, payment(nov(20), "1000.00")], "nothing may be asked for: they have 1,000.00 in hand"),
        (LetterKind.STATEMENT, [LATER], ""),
        (LetterKind.STATEMENT, [], "nothing is open: there is nothing to state"),
        (LetterKind.CONFIRMATION, [OLD, *IN_TWO], ""),
        (LetterKind.CONFIRMATION, [OLD], "no promise stands that is still to come"),
        (LetterKind.PLAN, [OLD, *IN_TWO], ""),
        (LetterKind.PLAN, [OLD, friday_check()], "no payment plan stands that is still to come"),
        (LetterKind.DISPUTE, [OLD, dispute("5.00", nov(20))], ""),
        (LetterKind.DISPUTE, [OLD, dispute("5.00", nov(20), closed_on=nov(21))], "nothing is disputed"),
        (LetterKind.HOLD, [OLD, decision(hold=True)], ""),
        (LetterKind.HOLD, [OLD, decision(hold=False)], "the account is not on hold"),
        (LetterKind.THANKS, [payment(nov(20), "1000.00", {"1": "1000.00"}), OLD], ""),
        (LetterKind.THANKS, [OLD], "1,000.00 is past due still"),
        (LetterKind.THANKS, [LATER], "no payment came that they could be thanked for"),
    ],
)  # fmt: skip
def test_each_kind_needs_what_it_is_about(kind: LetterKind, facts: list[Record], why_not: str) -> None:
    assert refused(kind, *facts) == why_not


@pytest.mark.parametrize("flag", list(Flag))
@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_stop_flag_refuses_every_letter(flag: Flag, kind: LetterKind) -> None:
    assert refused(kind, OLD, flags=(flag,)).startswith(f"not to be written to: {flag}")


def test_a_letter_needs_a_postal_address_and_an_email_needs_one_of_its_own() -> None:
    tony = Person(id="t", account=ACCOUNT, name="Tony", emails=("tony@birch.example",))
    assert "no postal address is known" in refused(REMINDER, OLD, address=" ")
    assert refused(REMINDER, OLD, tony, address="", by_email=True) == ""
    assert "no email address is known" in refused(REMINDER, OLD, by_email=True)
    assert "no email address is known" in refused(REMINDER, OLD, tony, by_email=True, person="Ann")


def test_a_further_currency_is_looked_at_by_itself() -> None:
    euros = invoice("2", "5.00", dec(20), currency="EUR")
    assert refused(REMINDER, OLD, euros, currency="USD") == ""
    assert refused(REMINDER, OLD, euros, currency="EUR") == "nothing is past due"
