"""The confirmation of what was agreed: true, whole and polite, whatever of it is known."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from itertools import combinations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctui.core.policy import Policy
from arctui.core.records import Account, ActivityKind, Dispute, FollowUp, Invoice, Method, Promise, Record
from arctui.core.standing import derive
from arctui.letters.confirmation import WIDTH, Agreement, Confirmation, confirmation
from tests.core import builders as make
from tests.core.oracle import nov

MONDAY, FRIDAY = nov(23), nov(27)
BIRCH = make.invoice("B-1041", "1200.00", date(2026, 10, 8))
LATER = make.invoice("B-1042", "650.00", date(2026, 12, 1))
OLD = make.invoice("B-900", "300.00", date(2026, 9, 1))


def promise(
    amount: str = "1200.00",
    day: date = FRIDAY,
    *,
    on: tuple[str, ...] = ("B-1041",),
    method: Method | None = Method.TRANSFER,
    in_hands: bool = False,
    person: str = "Tony Marsh",
    taken: date = MONDAY,
    last_day: date | None = None,
) -> Promise:
    made = make.promise(amount, day, nov(30), date(2026, 12, 1), on=on, taken=taken, method=method)
    last_day = last_day or (day if in_hands else made.last_day)
    return msgspec.structs.replace(made, in_hands=in_hands, person=person, last_day=last_day)


def write(
    *facts: Record,
    firm: str = "Granite Supply",
    clerk: str = "Ann Miller",
    account: Account | None = None,
    given: tuple[Promise, ...] | None = None,
    **how: object,
) -> Confirmation:
    """Write the confirmation of all promises, callbacks and disputes among the facts, on Monday 23 November."""
    dossier = make.dossier(*facts)
    if account:
        dossier = msgspec.structs.replace(dossier, account=account)
    rules = make.rules(MONDAY, policy=Policy(firm=firm))
    agreed = Agreement(
        day=MONDAY,
        promises=dossier.promises if given is None else given,
        callbacks=tuple(f for f in facts if isinstance(f, FollowUp)),
        disputes=tuple(d for d in facts if isinstance(d, Dispute)),
        **how,  # type: ignore[arg-type]
    )
    return confirmation(agreed, dossier, derive(dossier, rules), rules, clerk)


def said(text: Confirmation) -> str:
    """The text with its lines joined."""
    return " ".join(text.text.split())


def test_one_payment_is_confirmed_whole() -> None:
    text = write(BIRCH, LATER, promise())
    assert text.subject == "Granite Supply: payment of 1,200.00 USD agreed for Fri 27 Nov 2026"
    assert (
        text.text
        == """\
Dear Tony Marsh,

Account: Birch Works, number C-1

Thank you for speaking with us by phone on Monday 23 November 2026. This
is what we agreed.

You will pay 1,200.00 USD by bank transfer on Friday 27 November 2026.

This settles this invoice, as it is open today:
  B-1041   1,200.00 USD   due Thu 8 Oct 2026

Beside this, 650.00 USD is open on your account.

If anything here is not as you understood it, please tell us. Thank you.

Kind regards
Ann Miller
Granite Supply"""
    )


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.CHECK, "You will send a check for 1,200.00 USD on Friday"),
        (Method.CARD, "You will pay 1,200.00 USD by card on Friday"),
        (None, "You will pay 1,200.00 USD on Friday"),
    ],
)
def test_the_way_of_paying_is_named(method: Method | None, words: str) -> None:
    assert words in said(write(BIRCH, promise(method=method)))


def test_after_a_broken_promise_the_money_is_in_our_hands_by_the_day() -> None:
    text = said(write(BIRCH, promise(method=Method.CHECK, in_hands=True)))
    assert "You will send a check for 1,200.00 USD, so that it is in our hands by Friday 27 November 2026." in text


def test_a_plan_is_a_small_table_with_its_sum() -> None:
    parts = [promise("500.00", date(2026, 12, n), method=Method.CHECK) for n in (1, 8)]
    text = write(BIRCH, *parts, promise("200.00", date(2026, 12, 15), method=None))
    assert text.subject == "Granite Supply: 3 payments agreed, 1,200.00 USD in all, from Tue 1 Dec 2026"
    assert (
        """
You will make 3 payments, 1,200.00 USD in all:
  Tue 1 Dec 2026    500.00 USD   by check
  Tue 8 Dec 2026    500.00 USD   by check
  Tue 15 Dec 2026   200.00 USD
"""
        in text.text
    )


def test_a_plan_after_a_broken_promise_says_so_once() -> None:
    parts = [promise("600.00", date(2026, 12, n), in_hands=True) for n in (1, 8)]
    assert "2 payments, 1,200.00 USD in all, each in our hands by its day:" in said(write(BIRCH, *parts))


def test_what_is_to_be_in_our_hands_on_no_business_day_is_so_by_the_next() -> None:
    new_year = promise("500.00", date(2027, 1, 1), in_hands=True, last_day=date(2027, 1, 4))
    text = said(write(BIRCH, new_year))
    assert "so that it is in our hands by Monday 4 January 2027. As Friday 1 January 2027 is no business day" in text
    later = promise("500.00", date(2027, 1, 8), in_hands=True)
    plan = write(BIRCH, new_year, later)
    assert "  Mon 4 Jan 2027   500.00 USD   by bank transfer" in plan.text.splitlines()
    assert "As Friday 1 January 2027 is no business day, the next one counts." in said(plan)
    assert "Fri 1 Jan" not in plan.whole
    assert "no business day" not in said(write(BIRCH, later))
    christmas = promise("500.00", date(2026, 12, 25), in_hands=True, last_day=date(2026, 12, 28))
    both = "As Friday 25 December 2026 and Friday 1 January 2027 are no business days, the next one counts."
    assert both in said(write(BIRCH, christmas, new_year))


def test_who_was_on_the_line_is_written_to_and_who_else_pays_is_named() -> None:
    text = said(write(BIRCH, promise(person="Lori"), person="Dana Whitfield"))
    assert text.startswith("Dear Dana Whitfield,")
    assert "Lori will pay 1,200.00 USD by bank transfer on Friday 27 November 2026." in text
    check = promise(person="Lori", method=Method.CHECK)
    assert "Lori will send a check for 1,200.00 USD" in said(write(BIRCH, check, person="Dana"))


def test_in_a_plan_the_sender_is_named_once_or_at_the_payment() -> None:
    days = date(2026, 12, 1), date(2026, 12, 8)
    lori = [promise("600.00", day, person="Lori") for day in days]
    assert "2 payments, 1,200.00 USD in all, sent by Lori:" in said(write(BIRCH, *lori, person="Dana"))
    mixed = write(BIRCH, lori[0], promise("600.00", days[1], person="Dana"), person="Dana").text.splitlines()
    assert "  Tue 1 Dec 2026   600.00 USD   by bank transfer   sent by Lori" in mixed
    assert "  Tue 8 Dec 2026   600.00 USD   by bank transfer" in mixed
    assert "sent by" not in said(write(BIRCH, *lori, person="lori"))


def test_where_a_plan_is_too_wide_its_invoices_stand_under_it_alone() -> None:
    lori = promise("10000.00", on=("B-1041", "B-1042"), person="Lori")
    lines = write(BIRCH, LATER, lori, promise("600.00"), person="Tony Marsh").text.splitlines()
    assert "  Fri 27 Nov 2026   10,000.00 USD   by bank transfer   sent by Lori" in lines
    assert "  Fri 27 Nov 2026      600.00 USD   by bank transfer" in lines
    assert "  B-1042     650.00 USD   due Tue 1 Dec 2026" in lines
    assert max(map(len, lines)) <= WIDTH


def test_what_it_confirms_is_said_for_our_notes() -> None:
    assert write(BIRCH, promise()).about == "1,200.00 for Fri 27 Nov"
    plan = [promise("600.00", day) for day in (FRIDAY, date(2026, 12, 4))]
    dispute = make.dispute("450.00", MONDAY, on=("B-1042",))
    others = "1,200.00 in 2 payments from Fri 27 Nov and a callback on Tue 24 Nov and a dispute of 450.00"
    assert write(BIRCH, LATER, *plan, dispute, make.callback(nov(24))).about == others


def test_payments_for_an_invoice_each_name_it() -> None:
    first, second = promise(on=("B-1041",)), promise("650.00", date(2026, 12, 1), on=("B-1042",))
    lines = write(BIRCH, LATER, first, second).text.splitlines()
    assert "  Fri 27 Nov 2026   1,200.00 USD   by bank transfer   for B-1041" in lines
    assert "  Tue 1 Dec 2026      650.00 USD   by bank transfer   for B-1042" in lines
    assert "This settles these invoices, as they are open today:" in lines
    assert max(map(len, lines)) <= WIDTH


def test_a_part_goes_towards_its_invoice_and_what_is_past_due_beside_it_is_told() -> None:
    text = said(write(BIRCH, OLD, promise("500.00")))
    assert "This goes towards this invoice, as it is open today: B-1041 1,200.00 USD" in text
    assert (
        "Beside this, 1,000.00 USD is open on your account, 1,000.00 USD of it past due and not agreed yet." in text
    )


def test_what_was_agreed_before_stands() -> None:
    before, now = promise("300.00", nov(25), on=("B-900",), taken=nov(20)), promise()
    text = said(write(BIRCH, OLD, before, now, given=(now,)))
    assert "What we agreed on before, 300.00 USD for Wednesday 25 November 2026, stands." in text
    assert "Beside this" not in text


def test_many_invoices_are_summed_up() -> None:
    invoices = [make.invoice(f"B-{n}", "10.00", nov(2)) for n in range(15)]
    text = said(write(*invoices, promise("150.00", on=tuple(i.number for i in invoices))))
    assert "This settles 15 invoices, of which 150.00 USD is open today." in text


def test_a_callback_and_a_dispute_of_the_same_call_have_a_sentence_each() -> None:
    dispute = msgspec.structs.replace(
        make.dispute("450.00", MONDAY, on=("B-1042",), due=nov(30)), remedy="a replacement delivery."
    )
    text = said(write(BIRCH, LATER, promise(), dispute, make.callback(nov(24), "10:30", zone="America/Phoenix")))
    assert "You question 450.00 USD of invoice B-1042: damaged pallets." in text
    assert "You will hear from us about it by Monday 30 November 2026." in text
    assert "replacement" not in text
    assert "We will call you on Tuesday 24 November 2026 at 10:30, your time." in text


def test_a_callback_alone_is_confirmed_too() -> None:
    text = write(BIRCH, make.callback(nov(24)), person="Rosa Lee")
    assert text.subject == "Granite Supply: what we agreed on Mon 23 Nov 2026"
    assert text.text.startswith("Dear Rosa Lee,")
    assert "We will call you on Tuesday 24 November 2026." in text.text


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"kind": ActivityKind.EMAIL}, "Thank you for your email of Monday 23 November 2026."),
        ({"inbound": True}, "Thank you for your call of Monday 23 November 2026."),
    ],
)
def test_how_we_heard_from_each_other_is_true(how: dict[str, object], words: str) -> None:
    assert words in said(write(BIRCH, promise(), **how))  # type: ignore[arg-type]


def test_an_amount_in_another_currency_is_named_with_it() -> None:
    euros = msgspec.structs.replace(promise(), currency="EUR")
    invoice = make.invoice("B-1041", "1200.00", nov(2), currency="EUR")
    text = write(invoice, euros)
    assert "1,200.00 EUR" in text.text
    assert "USD" not in text.text


#: What may be missing, alone and with one other.
_MISSING = ("firm", "clerk", "person", "name", "number", "invoice number", "due", "invoice", "method", "reason")


@pytest.mark.parametrize("missing", [*combinations(_MISSING, 1), *combinations(_MISSING, 2), _MISSING])
def test_no_text_has_a_gap_where_a_field_is_missing(missing: tuple[str, ...]) -> None:
    invoice = make.invoice("" if "invoice number" in missing else "B-1041", "1200.00", nov(2))
    invoice = msgspec.structs.replace(invoice, id="id-B-1041", due=None if "due" in missing else invoice.due)
    account = Account(
        id=make.ACCOUNT, name="" if "name" in missing else "Birch Works", number="" if "number" in missing else "C-1"
    )
    dispute = msgspec.structs.replace(
        make.dispute("450.00", MONDAY, on=("B-1041",)), reason="" if "reason" in missing else "damaged", remedy=""
    )
    given = promise(
        person="" if "person" in missing else "Tony Marsh", method=None if "method" in missing else Method.CHECK
    )
    facts: list[Record] = [given, promise("100.00", nov(30), method=None), dispute, make.callback(nov(24))]
    if "invoice" not in missing:
        facts.append(invoice)
    text = write(
        *facts,
        account=account,
        firm="" if "firm" in missing else "Granite Supply",
        clerk="" if "clerk" in missing else "Ann",
    )
    for part in (text.subject, *text.text.split("\n\n")):
        assert part.strip()
        assert not re.search(r"None|\{|\}|,,|  ,| \.|: *\.|,\n|\(\)|: *$", part), part
    assert not text.subject[0].islower()


@pytest.mark.parametrize(
    "word", ["sorry", "apolog", "fee", "legal", "court", "attorney", "must", "immediately", "fail"]
)
def test_the_words_neither_threaten_nor_apologise(word: str) -> None:
    dispute = make.dispute("450.00", MONDAY, on=("B-1041",))
    for in_hands in (False, True):
        facts = BIRCH, LATER, OLD, promise("500.00", in_hands=in_hands), dispute, make.callback(nov(24))
        assert word not in said(write(*facts)).lower()


_TEXT = st.text(max_size=30)


@given(name=_TEXT, number=_TEXT, invoice=_TEXT, reason=_TEXT, remedy=_TEXT, person=_TEXT, clerk=_TEXT, firm=_TEXT)
def test_no_control_character_reaches_the_text(
    name: str, number: str, invoice: str, reason: str, remedy: str, person: str, clerk: str, firm: str
) -> None:
    item = Invoice(
        id="id-B-1041", account=make.ACCOUNT, number=invoice, due=nov(2), amount=Decimal(9), balance=Decimal(9)
    )
    dispute = msgspec.structs.replace(make.dispute("4.00", MONDAY, on=("B-1041",)), reason=reason, remedy=remedy)
    text = write(
        item,
        msgspec.structs.replace(promise("9.00", person=person), currency=""),
        dispute,
        account=Account(id=make.ACCOUNT, name=name, number=number),
        clerk=clerk,
        firm=firm,
    )
    assert "\n" not in text.subject
    for character in text.whole.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}


def test_a_credit_on_the_account_is_named_so_that_the_sums_add_up() -> None:
    credit = make.invoice("CM-1", "-50.00", date(2026, 11, 2))
    text = said(write(BIRCH, LATER, credit, promise()))
    assert "With the credit of 50.00 USD taken off, 600.00 USD is open on your account beside this." in text
