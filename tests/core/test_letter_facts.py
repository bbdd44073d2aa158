"""What a letter says of an account: the book's own amounts, what they are of, the day they are asked for by."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.decisions import CreditDecision
from arctui.core.interest import interest_on
from arctui.core.letter_facts import letter_values, spoken_about
from arctui.core.letter_lines import unthanked
from arctui.core.letter_records import LEVELS, Asked, Letter, LetterKind, SentBy
from arctui.core.letter_values import LetterValues, Speaks
from arctui.core.money import grouped, total
from arctui.core.policy import Policy
from arctui.core.records import Invoice, Record
from arctui.core.standing import Standing
from tests.core import builders as make
from tests.core.oracle import dec, nov

MONDAY = nov(23)
LATE = make.invoice("B-1041", "1200.00", date(2026, 10, 8), issued=date(2026, 9, 8))
LATER = make.invoice("B-1042", "300.00", nov(10))
DUE_SOON = make.invoice("B-1050", "650.00", dec(1))
AGREED = Policy(interest_percent=Decimal(9), interest_agreed="terms, 4.2", late_fee=Decimal(5), late_fee_agreed="4.3")


def say(
    kind: LetterKind, *facts: Record, policy: Policy | None = None, **how: object
) -> tuple[LetterValues, Speaks, Standing]:
    dossier = make.dossier(*facts)
    letters = tuple(f for f in facts if isinstance(f, Letter))
    dossier = msgspec.structs.replace(dossier, letters=letters)
    rules = make.rules(MONDAY, policy=policy)
    standing = make.standing(dossier, MONDAY, policy=policy)
    values, speaks = letter_values(kind, dossier, standing, rules, clerk="ann", day=MONDAY, **how)  # type: ignore[arg-type]
    return values, speaks, standing


def sums(values: LetterValues) -> list[tuple[str, str]]:
    return [(s.words, s.amount) for s in values.sums]


@pytest.mark.parametrize("kind", LEVELS)
def test_what_is_asked_for_is_what_may_be_collected_and_its_sums_add_up(kind: LetterKind) -> None:
    promised = make.promise("200.00", nov(27), dec(2), dec(3), on=["B-1042"])
    facts = (LATE, LATER, DUE_SOON, promised, make.dispute("150.00", nov(20), on=["B-1041"]))
    values, speaks, standing = say(kind, *facts, make.payment(nov(13), "100.00", {}))
    assert speaks.amount == standing.balance.collectable == Decimal("1050.00")
    assert values.amount == values.total == "1,050.00 USD"
    assert sums(values) == [
        ("Past due", "1,500.00"),
        ("Less disputed", "-150.00"),
        ("Less agreed", "-200.00"),
        ("Less credits", "-100.00"),
        ("To be paid", "1,050.00"),
    ]
    assert [(i.number, i.open, i.disputed, i.days_late) for i in values.invoices] == [
        ("B-1041", "1,200.00", "150.00", 46),
        ("B-1042", "300.00", "", 13),
    ]
    assert speaks.invoices == ("id-B-1041", "id-B-1042")
    assert (values.invoices[0].issued, values.invoices[0].due) == ("8 Sep 2026", "8 Oct 2026")


def test_what_is_in_dispute_wholly_is_neither_named_nor_asked_for() -> None:
    values, speaks, _ = say(LetterKind.REMINDER, LATE, LATER, make.dispute("1200.00", nov(20), on=["B-1041"]))
    assert [i.number for i in values.invoices] == ["B-1042"]
    assert (speaks.amount, sums(values)) == (Decimal("300.00"), [("To be paid", "300.00")])


@pytest.mark.parametrize("kind", [*LEVELS, LetterKind.HOLD])
def test_what_is_promised_wholly_is_neither_named_nor_asked_for_nor_earns_interest(kind: LetterKind) -> None:
    promised = make.promise("1200.00", nov(27), dec(2), dec(3), on=["B-1041"])
    values, speaks, _ = say(kind, LATE, LATER, promised, policy=AGREED)
    assert [i.number for i in values.invoices] == ["B-1042"]
    assert speaks.invoices == ("id-B-1042",)
    assert speaks.asked == (Asked("id-B-1042", Decimal("300.00")),)
    assert (speaks.amount, values.amount, values.oldest_days_late) == (Decimal("300.00"), "300.00 USD", 13)
    assert "Less agreed" not in dict(sums(values))
    if kind in LEVELS:
        assert values.apart == "1,200.00 USD"
        # 13 days of the other one: 300.00 x 9 % x 13 / 365 is 0.96.
        assert (speaks.interest, speaks.fee) == make.money("0.96", "5.00")
        assert not any("B-1041" in line for line in values.arithmetic)


def test_what_is_promised_in_part_earns_interest_on_the_rest_only() -> None:
    promised = make.promise("200.00", nov(27), dec(2), dec(3), on=["B-1041"])
    values, speaks, _ = say(LetterKind.DEMAND, LATE, promised, policy=AGREED)
    # 1,000.00 x 9 % x 46 / 365 is 11.34.
    assert (speaks.amount, speaks.interest) == make.money("1000.00", "11.34")
    assert ("Less agreed", "-200.00") in sums(values)
    assert values.apart == ""


def test_interest_is_agreed_in_what_stood_on_the_days_that_earned() -> None:
    values, speaks, _ = say(
        LetterKind.DEMAND, LATE, policy=Policy(), policy_of=lambda on: AGREED if on < nov(16) else Policy()
    )
    assert speaks.interest > 0
    assert (values.interest_agreed, values.fees_agreed) == ("terms, 4.2", "4.3")
    assert say(LetterKind.DEMAND, LATE)[0].interest_agreed == ""


@pytest.mark.parametrize(
    ("kind", "day"),
    # Ten days end on a Thursday; fourteen on Monday 7 December; a holiday and a weekend are passed over.
    [(LetterKind.REMINDER, dec(3)), (LetterKind.DEMAND, dec(3)), (LetterKind.FINAL, dec(7))],
)
def test_the_deadline_is_a_business_day(kind: LetterKind, day: date) -> None:
    values, speaks, _ = say(kind, LATE)
    assert speaks.deadline == day
    assert str(day.year) in values.deadline
    short = Policy(demand_days=3, final_demand_days=3)
    assert say(kind, LATE, policy=short)[1].deadline == nov(27), "the 26th is a holiday"


def test_interest_and_fees_are_asked_for_only_where_they_were_agreed() -> None:
    values, speaks, _ = say(LetterKind.DEMAND, LATE, LATER, policy=AGREED)
    earned = interest_on(
        make.dossier(LATE, LATER), lambda _: AGREED, MONDAY, "USD", reports=make.rules(MONDAY).reports
    )
    assert (speaks.interest, speaks.fee) == (earned.interest, earned.fees) == make.money("14.57", "10.00")
    assert values.arithmetic == earned.lines
    assert (values.interest, values.fees, values.total) == ("14.57 USD", "10.00 USD", "1,524.57 USD")
    assert sums(values)[-1] == ("To be paid", "1,524.57")
    assert (values.interest_agreed, values.fees_agreed) == ("terms, 4.2", "4.3")
    unsaid = msgspec.structs.replace(AGREED, interest_agreed="", late_fee_agreed="")
    values, speaks, _ = say(LetterKind.DEMAND, LATE, LATER, policy=unsaid)
    assert (speaks.interest, speaks.fee) == make.money(0, 0)
    assert (values.interest, values.fees) == ("", "")
    assert not values.arithmetic
    of_days = say(LetterKind.DEMAND, LATE, LATER, policy=unsaid, policy_of=lambda _: AGREED)[1]
    assert of_days.interest == earned.interest, "the policy of each day counts"


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind not in LEVELS])
def test_no_other_letter_asks_for_interest_or_has_a_deadline(kind: LetterKind) -> None:
    _, speaks, _ = say(kind, LATE, make.payment(nov(20), "100.00", {}), policy=AGREED)
    assert (speaks.interest, speaks.fee) == make.money(0, 0)
    assert speaks.deadline is None


def test_letters_are_in_one_currency_and_a_statement_is_in_all() -> None:
    euros = make.invoice("E-1", "400.00", nov(2), currency="EUR")
    values, speaks, _ = say(LetterKind.DEMAND, LATE, euros, currency="EUR")
    assert (speaks.amount, speaks.currency, values.currency) == (Decimal("400.00"), "EUR", "EUR")
    assert [i.number for i in values.invoices] == ["E-1"]
    values, _, _ = say(LetterKind.STATEMENT, LATE, euros)
    assert (values.amount, values.others) == ("1,200.00 USD", ("400.00 EUR",))
    assert [(i.number, i.currency) for i in values.invoices] == [("B-1041", "USD"), ("E-1", "EUR")]


def test_a_statement_lists_all_that_is_open_and_what_came_of_late() -> None:
    old, new = make.payment(nov(1) - timedelta(60), "70.00"), make.payment(nov(20), "100.00", {"B-0": "60.00"})
    returned = make.payment(nov(19), "11.00", {"B-0": "11.00"}, reversed_on=nov(20))
    values, speaks, standing = say(LetterKind.STATEMENT, LATE, DUE_SOON, old, new, returned)
    assert speaks.amount == standing.balance.net == Decimal("1740.00")
    assert [(i.number, i.open) for i in values.invoices] == [
        ("B-1041", "1,200.00"),
        ("B-1050", "650.00"),
        ("on account", "-70.00"),
        ("on account", "-40.00"),
    ]
    assert sums(values) == [
        ("Open invoices", "1,850.00"),
        ("Less credits", "-110.00"),
        ("Balance", "1,740.00"),
        ("Past due", "1,200.00"),
    ]
    assert [(p.day, p.amount, p.about) for p in values.payments] == [("20 Nov 2026", "100.00 USD", "B-0")]
    assert say(LetterKind.STATEMENT, new)[0].in_favour


def test_a_confirmation_is_about_the_last_promise_that_stands() -> None:
    first = make.promise("100.00", nov(27), dec(2), dec(3), on=["B-1042"], taken=nov(16))
    last = make.promise("1200.00", dec(1), dec(4), dec(7), on=["B-1041"], taken=nov(20))
    gone = make.promise("5.00", dec(2), dec(7), dec(8), on=["B-1041"], taken=nov(22), withdrawn_on=MONDAY)
    values, speaks, _ = say(LetterKind.CONFIRMATION, LATE, LATER, first, last, gone)
    assert values.promised == "You will send a check for 1,200.00 USD on Tuesday 1 December 2026."
    assert (values.settles, values.agreed_on) == (
        "This settles this invoice, as it is open today:",
        "Friday 20 November 2026",
    )
    assert values.remarks[0] == "What we agreed on before, 100.00 USD for Friday 27 November 2026, stands."
    assert (speaks.amount, speaks.invoices) == (Decimal("1200.00"), ("id-B-1041",))
    values, _, _ = say(LetterKind.CONFIRMATION, LATE, LATER, first, last, about=[first.id])
    assert values.amount == "100.00 USD"


def test_what_came_of_a_promise_already_is_said() -> None:
    promised = make.promise("1200.00", dec(1), dec(4), dec(7), on=["B-1041"], taken=nov(16))
    values, speaks, _ = say(
        LetterKind.CONFIRMATION, LATE, promised, make.payment(nov(20), "500.00", {"B-1041": "500.00"})
    )
    assert values.remarks == ("Of this we have received 500.00 USD.",)
    assert values.settles.startswith("This settles this invoice")
    assert values.invoices[0].open == "700.00"
    assert speaks.amount == Decimal("1200.00")


def test_a_plan_lists_all_its_payments() -> None:
    parts = [
        make.promise("600.00", dec(n), dec(n + 3), dec(n + 4), on=["B-1041"], plan="p", name=f"part {n}")
        for n in (1, 8)
    ]
    values, speaks, _ = say(LetterKind.PLAN, LATE, *parts)
    assert [(p.day, p.amount, p.method) for p in values.agreed] == [
        ("1 Dec 2026", "600.00 USD", "check"),
        ("8 Dec 2026", "600.00 USD", "check"),
    ]
    assert values.promised == "You will make 2 payments, 1,200.00 USD in all."
    assert speaks.amount == Decimal("1200.00")
    dossier = make.dossier(LATE, *parts)
    assert spoken_about(LetterKind.PLAN, dossier, make.standing(dossier, MONDAY)) == ("part 1", "part 8")
    assert spoken_about(LetterKind.PLAN, make.dossier(LATE), make.standing(make.dossier(LATE), MONDAY)) == ()


def test_an_acknowledgement_says_what_is_questioned_and_by_when_we_answer() -> None:
    closed = make.dispute("9.00", nov(21), on=["B-1041"], closed_on=nov(22))
    open_one = make.dispute("150.00", nov(20), on=["B-1041"], due=nov(25))
    values, speaks, _ = say(LetterKind.DISPUTE, LATE, closed, open_one)
    assert values.objection == (
        "You question 150.00 USD of invoice B-1041: damaged pallets. "
        "You will hear from us about it by Wednesday 25 November 2026."
    )
    assert (values.disputed, values.dispute, values.remedy_day) == (
        "150.00 USD",
        "damaged pallets",
        "Wednesday 25 November 2026",
    )
    assert (speaks.amount, speaks.invoices) == (Decimal("150.00"), ("id-B-1041",))
    assert say(LetterKind.DISPUTE, LATE, closed)[0].objection == ""


def test_a_hold_says_since_when_and_what_is_past_due() -> None:
    held = CreditDecision(
        id="h", account=make.ACCOUNT, day=nov(20), at=make.moment(nov(20)), by="ann", reason="late", hold=True
    )
    values, speaks, _ = say(LetterKind.HOLD, LATE, DUE_SOON, held)
    assert (values.since, values.amount, speaks.invoices) == (
        "Friday 20 November 2026",
        "1,200.00 USD",
        ("id-B-1041",),
    )
    words = ["Past due", "Less disputed", "Less agreed", "Less credits", "To be paid"]
    covered = (
        make.promise("200.00", nov(27), dec(2), dec(3), on=["B-1041"]),
        make.dispute("150.00", nov(20), on=["B-1041"]),
        make.payment(nov(13), "50.00", {}),
    )
    values, speaks, _ = say(LetterKind.HOLD, LATE, held, *covered)
    assert ([w for w, _ in sums(values)], values.amount) == (words, "800.00 USD")
    assert (speaks.amount, speaks.asked) == (Decimal("800.00"), (Asked("id-B-1041", Decimal("800.00")),))
    values, speaks, _ = say(LetterKind.HOLD, LATE, held, make.payment(nov(13), "1200.00", {}))
    assert not any((values.invoices, values.sums, speaks.amount, speaks.invoices, speaks.asked))
    lifted = msgspec.structs.replace(held, id="l", at=make.moment(nov(21)), hold=False)
    assert say(LetterKind.HOLD, LATE, held, lifted)[0].since == ""


def test_thanks_name_what_came_and_what_is_open_still() -> None:
    paid = make.payment(nov(19), "100.00", {"B-0": "100.00"}), make.payment(nov(20), "50.00", {"B-1": "50.00"})
    values, speaks, _ = say(LetterKind.THANKS, *paid, make.payment(date(2026, 9, 1), "7.00", {"B-2": "7.00"}))
    assert (values.amount, values.rest, speaks.amount) == ("150.00 USD", "", Decimal("150.00"))
    assert [p.about for p in values.payments] == ["B-0", "B-1"]
    assert values.settled
    values, _, _ = say(LetterKind.THANKS, LATE, *paid)
    assert (values.rest, values.settled) == ("1,200.00 USD", False)
    in_hand = say(LetterKind.THANKS, DUE_SOON, make.payment(nov(20), "700.00", {}))[0]
    assert (in_hand.rest, in_hand.settled) == ("", False), "an invoice is open still"


def test_thanks_are_for_known_payments_that_no_sent_letter_thanked_for() -> None:
    first, second = make.payment(nov(20), "100.00", {}, name="1"), make.payment(nov(20), "50.00", {}, name="2")
    concluded = make.payment(nov(21), "70.00", since=nov(14), name="3")
    thanks = Letter(
        id="t", account=make.ACCOUNT, number="2026-0012", kind=LetterKind.THANKS, at=make.moment(nov(20)),
        day=nov(20), by="ann", about=(first.id,),
    )  # fmt: skip
    assert say(LetterKind.THANKS, first, second, concluded, thanks)[1].about == (first.id, second.id)
    sent = msgspec.structs.replace(thanks, sent_by=SentBy.MAIL, sent_on=nov(20))
    values, speaks, _ = say(LetterKind.THANKS, first, second, concluded, sent)
    assert (values.amount, speaks.about) == ("50.00 USD", (second.id,))
    older = make.payment(date(2026, 10, 1), "9.00", {}, name="4")
    assert unthanked([older, first, concluded], [sent], MONDAY) == [], "what is older is not dug out"
    assert unthanked([msgspec.structs.replace(second, reversed_on=MONDAY)], [], MONDAY) == []


def test_a_statement_tells_what_was_concluded_from_two_reports_as_no_longer_open() -> None:
    concluded = make.payment(nov(20), "70.00", {"B-0": "70.00"}, since=nov(14))
    (line,) = say(LetterKind.STATEMENT, LATE, concluded)[0].payments
    assert (line.day, line.method) == ("by 20 Nov 2026", "no longer open")


def test_a_balance_in_favour_has_no_minus_before_it() -> None:
    euros = make.payment(nov(20), "30.00", {}, currency="EUR")
    values, speaks, _ = say(LetterKind.STATEMENT, make.payment(nov(20), "60.00", {}), euros)
    assert values.in_favour
    assert {values.amount, *values.others} in (
        {"60.00 USD", "30.00 EUR in your favour"},
        {"30.00 EUR", "60.00 USD in your favour"},
    )
    assert speaks.amount < 0


def test_letters_that_asked_for_the_same_before_are_named() -> None:
    sent = Letter(
        id="t",
        account=make.ACCOUNT,
        number="2026-0012",
        kind=LetterKind.REMINDER,
        at=make.moment(nov(9)),
        day=nov(9),
        by="ann",
        invoices=("id-B-1041",),
        sent_by=SentBy.MAIL,
        sent_on=nov(10),
    )
    unsent = msgspec.structs.replace(sent, id="u", sent_by=None, sent_on=None)
    other = msgspec.structs.replace(sent, id="o", invoices=("id-B-1",))
    statement = msgspec.structs.replace(sent, id="s", kind=LetterKind.STATEMENT)
    euros = msgspec.structs.replace(sent, id="e", currency="EUR")
    values, _, _ = say(LetterKind.DEMAND, LATE, sent, unsent, other, statement, euros)
    assert values.earlier == ("reminder 2026-0012 of Tuesday 10 November 2026",)
    values, _, _ = say(LetterKind.FINAL, LATE, LATER, sent)
    assert values.earlier == ("reminder 2026-0012 of Tuesday 10 November 2026, for invoice B-1041",)


def test_names_are_cleaned_and_the_clerk_is_named_as_one_signs() -> None:
    values, _, _ = say(LetterKind.REMINDER, LATE, person="Tony\n\x1b[31mMarsh", number="2026-0001")
    assert (values.person, values.clerk, values.number) == ("Tony Marsh", "Ann", "2026-0001")
    assert (values.account, values.account_number, values.day) == ("Birch Works", "C-1", "Monday 23 November 2026")


cents = st.integers(1, 500_000).map(lambda n: grouped(Decimal(n) / 100).replace(",", ""))
owed = st.builds(
    lambda n, amount, due, currency: make.invoice(f"{n}", amount, due, currency=currency),
    st.integers(1, 99),
    cents,
    st.dates(date(2026, 6, 1), date(2026, 12, 31)),
    st.sampled_from(["USD", "EUR"]),
)


@settings(max_examples=60)
@given(
    st.lists(owed, max_size=8, unique_by=lambda i: i.number),
    st.lists(cents, max_size=2),
    cents,
    st.sampled_from(LetterKind),
)
def test_the_sums_below_the_invoices_add_up_to_what_the_book_says(
    invoices: list[Invoice], cash: list[str], disputed: str, kind: LetterKind
) -> None:
    came = [make.payment(nov(20), amount, name=f"{n}") for n, amount in enumerate(cash)]
    values, speaks, standing = say(kind, *invoices, *came, make.dispute(disputed, nov(20)), policy=AGREED)
    read = {words: Decimal(amount.replace(",", "")) for words, amount in sums(values) if words != "To be paid"}
    if kind in LEVELS:
        assert speaks.amount == standing.balance.collectable == total(part.amount for part in speaks.asked)
        asked = Decimal(values.sums[-1].amount.replace(",", ""))
        assert asked == speaks.amount + speaks.interest + speaks.fee
        assert not read or total(read.values()) == asked
    if kind is LetterKind.STATEMENT:
        assert speaks.amount == standing.balance.net
        lines = [i for i in values.invoices if i.currency == values.currency]
        assert total(Decimal(i.open.replace(",", "")) for i in lines) == speaks.amount
