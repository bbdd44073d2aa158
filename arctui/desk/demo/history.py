"""What went before: invoices of past months, paid on time or after a call, and invoices that are not due yet."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from arctui.core.records import Invoice, Method, Outcome
from arctui.desk.demo.customer import Customer

_METHODS = (Method.CHECK, Method.TRANSFER, Method.CHECK, Method.CARD)
#: Days between two invoices of a regular customer, and how long ago the last one was due that is paid by now.
_EVERY_DAYS = 19
_MOST_NOTES = 3
#: The newest invoice is at least so many days old.
_NEWEST_INVOICE_DAYS = 6
_PAID_BY_NOW, _CALLED_AND_PAID_BY_NOW = 14, 48
_SAID = (
    "goes out with the next payments",
    "was waiting for the packing slip, has it now",
    "had it on the desk for a signature, puts it through today",
    "was away, pays it now",
    "asked for a copy, got it by email, will pay",
    "mixed it up with the one before, pays now",
    "has the money after payroll, pays then",
)
_WROTE = (
    "remittance came by email, matched",
    "statement sent, as every month",
    "wants invoices as one PDF, changed",
    "asked for the tax form, sent it",
    "new delivery address confirmed",
    "pays by statement, not by invoice",
    "left a good word about the driver",
    "order desk asked for the balance, told them",
    "closed for inventory two days, no calls then",
)


def amount_of(customer: Customer) -> Decimal:
    """Return a believable amount of an invoice to this customer."""
    cents = customer.firm.typical * customer.random.randint(55, 145)
    return max(Decimal(40), Decimal(cents).scaleb(-2) + Decimal(customer.random.randrange(0, 20) * 5).scaleb(-2))


def paid_on_time(customer: Customer, count: int, last_due: int = _PAID_BY_NOW) -> None:
    """Let the last `count` invoices have been paid around their due day; nobody had to call, the file has notes."""
    method = customer.random.choice(_METHODS)
    for due in _past_dues(customer, count, last_due):
        invoice = customer.invoice_due(_text(customer), due)
        day = customer.stage.calendar.roll(due + timedelta(days=customer.random.randint(-4, 3)))
        customer.pay(day, invoice.amount, method, invoice)
    dues = _past_dues(customer, min(count, _MOST_NOTES), last_due + customer.random.randint(2, 9))
    for due, words in zip(dues, customer.random.sample(_WROTE, len(dues)), strict=True):
        customer.note(customer.stage.calendar.roll_back(due), words)


def paid_after_a_call(customer: Customer, count: int, last_due: int = _CALLED_AND_PAID_BY_NOW) -> None:
    """Let the last `count` invoices have been promised in the first call, and paid early or on the day."""
    calendar = customer.stage.calendar
    said = customer.random.sample(_SAID, min(count, len(_SAID)))
    for index, due in enumerate(_past_dues(customer, count, last_due)):
        invoice = customer.invoice_due(_text(customer), due)
        called = calendar.add(due, 3)
        promised = calendar.add(called, customer.random.randint(3, 6))
        method = customer.random.choice(_METHODS)
        customer.promise(called, promised, invoice.amount, method, invoice, words=said[index % len(said)])
        early = customer.random.randint(0, 2)
        customer.pay(calendar.add(promised, -early) if early else promised, invoice.amount, method, invoice)


def _past_dues(customer: Customer, count: int, last_due: int) -> Sequence[date]:
    stage = customer.stage
    days = []
    for index in reversed(range(count)):
        due = stage.days_ago(last_due + index * _EVERY_DAYS)
        issued = stage.calendar.roll_back(due - timedelta(days=customer.firm.terms))
        days.append(issued + timedelta(days=customer.firm.terms))
    return days


def _text(customer: Customer) -> str:
    return str(amount_of(customer))


def not_yet_due(customer: Customer, *late: int) -> list[Invoice]:
    """Invoice once for each number of days until it falls due; all were issued before the latest report."""
    longest = customer.firm.terms - _NEWEST_INVOICE_DAYS
    return [customer.invoice(_text(customer), -min(days, longest)) for days in late]


def tried(customer: Customer, *misses: tuple[int, Outcome, str]) -> None:
    """Try on business days, without reaching anybody."""
    for offset, outcome, words in misses:
        customer.miss(customer.b(offset), outcome, words)
