"""What a bank line pays: certain only where nothing else fits as well, never more than came or is open."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.facts import Dossier
from arctui.core.import_records import BankLine
from arctui.core.records import Account, Applied, Invoice, Payment
from arctui.exchange.invoice_numbers import named_in
from arctui.exchange.match_ways import Debtor, debtor
from arctui.exchange.matching import Certainty, Matcher, Proposal
from arctui.exchange.payer_names import Likeness, likeness, payer_of

TODAY = date(2026, 11, 16)
OLD, NEW = date(2026, 10, 1), date(2026, 12, 1)


def owing(
    name: str,
    *invoices: tuple[str, str],
    due: date = OLD,
    currency: str = "USD",
    payments: Sequence[Payment] = (),
    aliases: tuple[str, ...] = (),
) -> Debtor:
    account = Account(id=name, name=name, aliases=aliases)
    items = tuple(
        Invoice(
            id=f"{name}/{number}",
            account=name,
            number=number,
            due=due,
            amount=Decimal(amount),
            balance=Decimal(amount),
            currency=currency,
        )
        for number, amount in invoices
    )
    dossier = Dossier(account=account, invoices=items, payments=tuple(payments))
    return debtor(dossier, {i.id: i.balance for i in items}, (), TODAY)


def payment(account: str, amount: str, number: str = "", **more: object) -> Payment:
    made = {
        "id": f"{account} {amount}",
        "account": account,
        "day": TODAY,
        "amount": Decimal(amount),
        "currency": "USD",
        "applied": (Applied(number, Decimal(amount)),) if number else (),
    }
    return Payment(**{**made, **more})  # type: ignore[arg-type]


def bank(words: str, amount: str, *, payer: str = "", **more: object) -> BankLine:
    made = {"id": "line", "day": TODAY, "amount": Decimal(amount), "words": words, "payer": payer}
    return BankLine(**{**made, **more})  # type: ignore[arg-type]


def propose(line: BankLine, *debtors: Debtor, known: Sequence[BankLine] = ()) -> Proposal:
    return Matcher(debtors, known, "USD").propose(line)


def laid(proposal: Proposal) -> dict[str, str]:
    return {part.number: str(part.amount) for part in proposal.parts}


BIRCH = owing("Birch Works Inc.", ("B-1041", "1200.00"), ("B-1042", "650.00"))
CEDAR = owing("Cedar Farm", ("C-7", "300.00"))


def test_a_number_with_its_amount_is_certain() -> None:
    proposal = propose(bank("ACH CREDIT INV B-1041", "1200.00"), BIRCH, CEDAR)
    assert (proposal.certainty, proposal.account, laid(proposal)) == (
        Certainty.CERTAIN,
        "Birch Works Inc.",
        {"B-1041": "1200.00"},
    )


def test_several_numbers_with_their_sum_are_certain() -> None:
    proposal = propose(bank("B-1041, B-1042", "1850.00"), BIRCH, CEDAR)
    assert (proposal.certainty, len(proposal.parts)) == (Certainty.CERTAIN, 2)


def test_a_number_less_a_credit_is_certain() -> None:
    acme = owing("Acme", ("1041", "1284.50"), ("CM-204", "-150.00"))
    proposal = propose(bank("1041 less CM-204", "1134.50"), acme, CEDAR)
    assert (proposal.certainty, laid(proposal)) == (Certainty.CERTAIN, {"1041": "1134.50"})


def test_a_number_of_another_amount_is_only_likely_without_the_name() -> None:
    assert propose(bank("INV B-1041", "500.00"), BIRCH).certainty is Certainty.LIKELY
    with_name = propose(bank("INV B-1041", "500.00", payer="BIRCH WORKS"), BIRCH, CEDAR)
    assert (with_name.certainty, laid(with_name)) == (Certainty.CERTAIN, {"B-1041": "500.00"})


def test_what_is_more_than_the_named_invoice_is_on_account() -> None:
    proposal = propose(bank("INV C-7", "310.00", payer="CEDAR FARM"), CEDAR)
    assert (laid(proposal), str(proposal.on_account)) == ({"C-7": "300.00"}, "10.00")
    assert proposal.certainty is Certainty.LIKELY


def test_a_number_of_two_customers_is_certain_only_with_the_name() -> None:
    pair = owing("Elm", ("1001", "50.00")), owing("Fir Logistics", ("1001", "50.00"))
    assert propose(bank("INV 1001", "50.00"), *pair).certainty is Certainty.LIKELY
    named = propose(bank("INV 1001", "50.00", payer="FIR LOGISTICS"), *pair)
    assert (named.certainty, named.account) == (Certainty.CERTAIN, "Fir Logistics")


def test_a_name_with_an_exact_amount_is_certain_and_an_amount_alone_is_likely() -> None:
    assert propose(bank("", "650.00", payer="BIRCH WORKS"), BIRCH, CEDAR).certainty is Certainty.CERTAIN
    assert propose(bank("DEPOSIT", "650.00"), BIRCH, CEDAR).certainty is Certainty.LIKELY


def test_two_invoices_of_the_amount_are_not_certain() -> None:
    elm = owing("Elm Works", ("E-101", "50.00"), ("E-102", "50.00"))
    proposal = propose(bank("", "50.00", payer="ELM WORKS"), elm)
    assert (proposal.certainty, laid(proposal)) == (Certainty.LIKELY, {"E-101": "50.00"})


def test_sums_of_one_account() -> None:
    elm = owing("Elm Works", ("E-101", "10.00"), ("E-102", "20.00"), ("E-103", "45.00"))
    for amount, numbers in (("75.00", 3), ("55.00", 2), ("30.00", 2)):
        proposal = propose(bank("", amount, payer="ELM WORKS"), elm, CEDAR)
        assert (proposal.certainty, len(proposal.parts)) == (Certainty.CERTAIN, numbers)


def test_two_sums_that_fit_are_not_certain() -> None:
    elm = owing("Elm Works", ("E-101", "10.00"), ("E-102", "20.00"), ("E-103", "15.00"), ("E-104", "15.00"))
    assert propose(bank("", "30.00", payer="ELM WORKS"), elm).certainty is Certainty.LIKELY


def test_two_customers_of_one_name_are_not_certain() -> None:
    twins = owing("Acme Building Inc", ("A-1", "50.00")), owing("ACME Building, Ltd.", ("A-2", "70.00"))
    assert propose(bank("", "70.00", payer="ACME BUILDING"), *twins).certainty is Certainty.LIKELY


def test_a_payer_that_was_decided_before_is_known() -> None:
    line = bank("", "650.00", payer="TM HOLDINGS")
    assert propose(line, BIRCH, CEDAR).certainty is Certainty.LIKELY
    before = bank("", "1.00", payer="TM HOLDINGS", account="Birch Works Inc.", decided_on=TODAY)
    assert propose(line, BIRCH, CEDAR, known=[before]).certainty is Certainty.CERTAIN
    other = owing("Birch Works Inc.", ("B-1042", "650.00"), aliases=("TM Holdings",))
    assert propose(line, other, CEDAR).certainty is Certainty.CERTAIN


def test_money_that_the_accounting_system_has_told_of_is_that_payment() -> None:
    told = payment("Birch", "500.00")
    birch = owing("Birch", ("B-1041", "1200.00"), payments=[told])
    proposal = propose(bank("WIRE", "500.00", payer="BIRCH"), birch)
    assert (proposal.certainty, proposal.payment) == (Certainty.CERTAIN, told.id)
    first = bank("", "500.00", account="Birch", decided_on=TODAY, payments=(told.id,), day=date(2026, 11, 13))
    assert propose(bank("WIRE", "500.00", payer="BIRCH"), birch, known=[first]).payment == ""


def test_money_that_two_reports_told_of_is_laid_there() -> None:
    told = payment("Birch", "400.00", "B-1041", since=OLD)
    birch = owing("Birch", ("B-1041", "400.00"), payments=[told])
    closed = debtor(
        Dossier(account=birch.account, invoices=(birch.items[0].invoice,), payments=(told,)), {}, (), TODAY
    )
    proposal = propose(bank("", "400.00", payer="BIRCH"), closed)
    assert (proposal.certainty, laid(proposal)) == (Certainty.CERTAIN, {"B-1041": "400.00"})


def test_money_of_one_currency_never_pays_another() -> None:
    fir = owing("Fir Logistics", ("F-100", "20.00"), currency="EUR")
    proposal = propose(bank("F-100", "20.00", payer="FIR LOGISTICS", currency="USD"), fir)
    assert (proposal.certainty, proposal.parts) == (Certainty.LIKELY, ())


def test_a_return_takes_back_the_only_payment_it_can_mean() -> None:
    one = payment("Birch", "50.00", "B-1", reference="chk 1207")
    other = payment("Cedar", "50.00", "C-1")
    both = owing("Birch", payments=[one]), owing("Cedar", payments=[other])
    proposal = propose(bank("RETURNED CHECK 1207", "-50.00"), *both)
    assert (proposal.certainty, proposal.payment) == (Certainty.CERTAIN, one.id)
    assert propose(bank("RETURNED CHECK", "-50.00"), *both).certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    ("number", "text", "is_named"),
    [
        ("1041", "INV1041", True),
        ("00085001", "invoice 85001", True),
        ("RE-2026-0107", "RE 2026 0107 DANKE", True),
        ("RE-2026-0107", "re20260107", True),
        ("請-0042", "請0042", True),
        ("1041", "INV 21041", False),
        ("1041", "10415", False),
        ("500", "USD 500.00", False),
        ("2026-03", "2026-03-15", False),
        ("12", "INV 12", False),
    ],
)
def test_numbers_are_found_as_whole_words(number: str, text: str, is_named: bool) -> None:
    assert named_in(number, text) is is_named


@pytest.mark.parametrize(
    ("payer", "name", "least"),
    [
        ("PAT OBRIEN", "O'Brien, Pat", Likeness.SAME),
        ("CAFE MULLER", "Café Müller GmbH", Likeness.SAME),
        ("ACME BUILDI", "Acme Building Services", Likeness.STRONG),
        ("ACME BLDG SVCS", "Acme Building Services", Likeness.STRONG),
        ("ACME", "Acme Building Services", Likeness.FAIR),
        ("BIRCHWOOD HALL", "Birch Works", Likeness.NONE),
    ],
)
def test_names_as_banks_cut_them(payer: str, name: str, least: Likeness) -> None:
    assert likeness(payer, name) is least


def test_the_banks_own_words_are_no_part_of_a_name() -> None:
    assert payer_of("", "ORIG CO NAME:ACME BLDG SVCS ACH 7781 INV 1041") == "ACME BLDG SVCS"
    assert payer_of("", "WIRE IN PAT OBRIEN") == "PAT OBRIEN"
    assert payer_of("", "DEPOSIT 5530") == ""


_AMOUNTS = st.integers(1, 40).map(lambda n: Decimal(n * 25) / 100)
_NAMES = st.sampled_from(["Birch Works", "Cedar Farm", "Elm Sons", "Birch Works Ltd"])


@st.composite
def _debtors(draw: st.DrawFn) -> list[Debtor]:
    made = []
    for name in draw(st.lists(_NAMES, min_size=1, max_size=4, unique=True)):
        invoices = [
            (f"{name[0]}-{draw(st.integers(100, 103))}{n}", str(amount))
            for n, amount in enumerate(draw(st.lists(_AMOUNTS, max_size=5)))
        ]
        made.append(owing(name, *invoices, due=draw(st.sampled_from([OLD, NEW])), currency=draw(_CURRENCIES)))
    return made


_CURRENCIES = st.sampled_from(["USD", "EUR"])


@settings(max_examples=100, deadline=None)
@given(debtors=_debtors(), amount=_AMOUNTS, currency=_CURRENCIES, data=st.data())
def test_a_proposal_is_never_more_than_came_or_is_open_nor_of_another_currency(
    debtors: list[Debtor], amount: Decimal, currency: str, data: st.DataObject
) -> None:
    numbers = [i.invoice.number for d in debtors for i in d.items]
    named = data.draw(st.lists(st.sampled_from(numbers), max_size=2)) if numbers else []
    payer = data.draw(st.sampled_from(["", *(d.account.name for d in debtors)]))
    line = bank(" ".join(named), str(amount), payer=payer, currency=currency)
    proposal = propose(line, *debtors)
    owed = {i.invoice.id: i for d in debtors for i in d.items}
    assert sum((p.amount for p in proposal.parts), Decimal(0)) <= amount
    for part in proposal.parts:
        item = owed[part.invoice]
        assert 0 < part.amount <= item.open
        assert (item.invoice.currency, item.invoice.account) == (currency, proposal.account)


@settings(max_examples=80, deadline=None)
@given(amount=_AMOUNTS, words=st.sampled_from(["", "INV 1001"]), payer=st.sampled_from(["", "TWIN WORKS"]))
def test_two_equal_customers_are_never_certain(amount: Decimal, words: str, payer: str) -> None:
    twins = owing("Twin Works", ("1001", str(amount))), owing("Twin Works Ltd", ("1001", str(amount)))
    assert propose(bank(words, str(amount), payer=payer), *twins).certainty is not Certainty.CERTAIN


def _told_twice(second: BankLine) -> Proposal:
    """What is proposed for a line when another statement's line of 1200.00 paid B-1041."""
    paid = payment("Birch Works Inc.", "1200.00", "B-1041", id="first", entered_by="statement")
    made: dict[str, object] = {
        "id": "before",
        "account": "Birch Works Inc.",
        "payments": ("first",),
        "decided_on": TODAY,
        "imported": 1,
    }
    known = bank("BIRCH WORKS INV B-1041", "1200.00", **made)  # type: ignore[arg-type]
    left = owing("Birch Works Inc.", ("B-1042", "650.00"), ("B-1043", "1200.00"), payments=[paid])
    return propose(second, left, CEDAR, owing("Dale Foods", ("D-1", "1200.00")), known=[known])


@pytest.mark.parametrize(
    ("day", "words", "payer"),
    [
        (TODAY, "GUTSCHRIFT B-1041", "Birch Works"),
        (date(2026, 11, 17), "Eingang", "Birch Works Inc."),
        (date(2026, 11, 13), "Birch Works Nov", ""),
    ],
)
def test_money_that_another_statement_told_of_in_other_words_is_that_money_and_never_certain(
    day: date, words: str, payer: str
) -> None:
    found = _told_twice(bank(words, "1200.00", payer=payer, day=day, imported=2))
    assert (found.certainty, found.payment, laid(found)) == (Certainty.LIKELY, "first", {"B-1041": "1200.00"})
    assert "is in the book from another statement" in found.why


@pytest.mark.parametrize(
    "more",
    [
        {"imported": 1},
        {"imported": 2, "day": date(2026, 11, 18)},
        {"imported": 2, "words": "Birch Works Inv B-1041", "day": date(2026, 11, 17)},
        {"imported": 2, "amount": Decimal("650.00")},
    ],
    ids=["the same statement", "two business days on", "the same words on another day", "another amount"],
)
def test_other_money_of_the_payer_is_new_money(more: dict[str, object]) -> None:
    line = msgspec.structs.replace(bank("BIRCH WORKS", "1200.00"), **more)
    assert _told_twice(line).payment == ""


def test_money_that_came_again_after_it_was_taken_back_is_new_money() -> None:
    paid = payment("Birch Works Inc.", "650.00", "B-1042", id="first", entered_by="statement", reversed_on=TODAY)
    known = bank("X", "650.00", id="b", account="Birch Works Inc.", payments=("first",), decided_on=TODAY, imported=1)
    birch = owing("Birch Works Inc.", ("B-1042", "650.00"), payments=[paid])
    again = propose(bank("BIRCH WORKS B-1042", "650.00", imported=2), birch, known=[known])
    assert (again.certainty, again.payment) == (Certainty.CERTAIN, "")
