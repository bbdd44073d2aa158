"""Customers of whom nothing is to be asked, or not as usual: current, stopped, in credit, in other currencies."""

from decimal import Decimal

from arctui.core.records import Flag, Frequency, Method, Outcome, PayCycle
from arctui.desk.demo.customer import Customer, Part
from arctui.desk.demo.history import not_yet_due, paid_after_a_call, paid_on_time


def always_current(c: Customer) -> None:
    """A customer who pays on time; nothing is past due."""
    paid_on_time(c, 5)
    not_yet_due(c, 6, 13)


def current_after_calls(c: Customer) -> None:
    """A customer who pays when called, on the second Tuesday of the month; nothing is past due now."""
    c.set(pay_cycle=PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=1, nth=2, cutoff_days=1))
    paid_after_a_call(c, 3, 45)
    not_yet_due(c, 10, 24)


def current_in_bulk(c: Customer) -> None:
    """A large customer with several invoices that are not due yet; its runs are twice a month."""
    c.set(pay_cycle=PayCycle(frequency=Frequency.TWICE, day=5, second_day=20, before=True))
    paid_on_time(c, 6)
    not_yet_due(c, 6, 12, 19, 25)


def just_past_due(c: Customer) -> None:
    """Past due since the last business day: too early for a call."""
    paid_on_time(c, 3)
    c.invoice("893.10", (c.stage.today - c.b(-1)).days, exact=True)


def only_a_credit(c: Customer) -> None:
    """Goods came back after they were paid: we owe the customer."""
    paid_on_time(c, 2)
    c.credit("145.00", 12)
    c.note(c.b(-8), "pump returned unopened, credit given, wants it kept for the next order")


def cash_on_account(c: Customer) -> None:
    """A payment came without saying for what: it lies on account against what is past due."""
    paid_on_time(c, 3, 64)
    c.invoice("11480.00", 14)
    c.invoice("6215.00", 7)
    c.pay(c.stage.as_of, "5000.00", Method.TRANSFER, by_hand=True)
    c.note(c.b(-1), "5,000.00 came by wire without a remittance, ask Curtis what it is for")


def beyond_the_limit(c: Customer) -> None:
    """More is open than the credit limit allows, and the first of it is past due."""
    paid_on_time(c, 3, 52)
    c.invoice("17860.00", 13)
    not_yet_due(c, 6, 13, 21)
    c.set(credit_limit=Decimal("30000.00"))
    c.miss(c.b(-2), Outcome.VOICEMAIL, "said new orders are held until the oldest is paid")


def in_euro(c: Customer) -> None:
    """Everything is in euro."""
    paid_on_time(c, 2, 66)
    c.invoice("8240.00", 31)
    c.invoice("5975.50", 9)
    not_yet_due(c, 12)
    talked = c.stage.spoken_of_until(c.b(0))
    c.reach(talked, Outcome.REFUSED, "head office releases payments, he has chased them")


def in_canadian_dollars(c: Customer) -> None:
    """Everything is in Canadian dollars, and promised."""
    invoice = c.invoice("5390.00", 27)
    not_yet_due(c, 5)
    c.miss(c.b(-10), Outcome.NO_ANSWER)
    c.promise(c.b(-4), c.b(3), "5390.00", Method.TRANSFER, invoice, words="transfer from the Hamilton account", who=1)


def in_two_currencies(c: Customer) -> None:
    """Wine goods in euro, the rest in dollars, both past due."""
    paid_on_time(c, 2, 80)
    c.invoice("9120.00", 43)
    c.invoice("3850.00", 29, currency="EUR")
    c.miss(c.b(-23), Outcome.VOICEMAIL, "controller's line")
    talked = c.stage.spoken_of_until(c.b(-1))
    c.reach(talked, Outcome.REFUSED, "disagrees with nothing, waits for the importers' credit line")
    not_yet_due(c, 11)


def bankrupt(c: Customer) -> None:
    """A petition was filed: no more calls."""
    invoice = c.invoice("12640.00", 118)
    c.invoice("8870.00", 88)
    c.reach(c.b(-70), Outcome.REFUSED, "crews are laid off, two jobs unpaid")
    c.promise(
        c.b(-62), c.b(-57), "4000.00", Method.CHECK, invoice, words="four thousand from the equipment sale", who=1
    )
    c.miss(c.b(-52), Outcome.NO_ANSWER)
    c.miss(c.b(-51), Outcome.NO_ANSWER)
    c.reach(c.b(-48), Outcome.REFUSED, "says talk to his lawyer", inbound=True)
    c.note(c.b(-33), "notice from the court: petition filed, calls stop, claim form is in the drawer")
    c.set(flags=(Flag.BANKRUPTCY,))


def not_to_be_called(c: Customer) -> None:
    """Asked in writing not to be called."""
    paid_on_time(c, 2, 90)
    c.invoice("164.50", 38)
    c.miss(c.b(-20), Outcome.NO_ANSWER)
    c.reach(c.b(-18), Outcome.REFUSED, "upset, says write and do not ring the shop")
    c.note(c.b(-16), "her letter came: no calls, mail only")
    c.set(flags=(Flag.DO_NOT_CALL,))


def with_an_attorney(c: Customer) -> None:
    """An attorney answers for the customer."""
    invoice = c.invoice("12310.00", 102)
    c.reach(c.b(-64), Outcome.REFUSED, "says the cabinets never met the order", who=1)
    c.dispute(
        c.b(-60), invoice, "12310.00", "says the cabinets are out of specification", remedy="inspection report", who=1
    )
    c.letter(c.b(-42), "demand with the inspection report")
    c.note(c.b(-29), "letter from their attorney, all contact through him")
    c.set(flags=(Flag.ATTORNEY,))


QUIET: tuple[Part, ...] = (
    ("dvorak", current_after_calls),
    ("crescent-daycare", always_current),
    ("hearthside", current_in_bulk),
    ("lakeview-dental", just_past_due),
    ("sundial-pool", only_a_credit),
    ("magnolia-row", cash_on_account),
    ("peregrine", beyond_the_limit),
    ("muller-sohne", in_euro),
    ("maple-gate", in_canadian_dollars),
    ("chateau-verrier", in_two_currencies),
    ("redfern", bankrupt),
    ("odette", not_to_be_called),
    ("castellan", with_an_attorney),
)
