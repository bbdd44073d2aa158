"""What of the book is written out, as tables of plain values: a row with the account's name and number on it.

Columns that a report of an accounting system has too bear the names by which our own reader knows them, so that what
was written as CSV can be imported again.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from arctui.core.facts import Dossier
from arctui.core.ledger import Balance, aging_bucket, unapplied_payments
from arctui.core.money import ZERO, cents, total
from arctui.core.promises import Judged
from arctui.core.reasons import Rules
from arctui.core.records import Account, Payment
from arctui.core.standing import Standing
from arctui.desk.derived import Derived
from arctui.exchange.write_tables import Cell, Sheet

Row = tuple[Cell, ...]


class Span(NamedTuple):
    """The days from and to, both included; None is without end."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Is a day in it? One that is not known is only where nothing is asked for."""
        if day is None:
            return self == Span()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


class _Subject(NamedTuple):
    """One account as a table is made of it."""

    rules: Rules
    dossier: Dossier
    standing: Standing
    span: Span

    @property
    def who(self) -> tuple[str, str]:
        return self.dossier.account.name, self.dossier.account.number

    def currency(self, code: str) -> str:
        """Return a currency's code; the home currency is not written on every record."""
        return code or self.rules.policy.home_currency

    def numbers(self, ids: Iterable[str]) -> str:
        """Name invoices by their numbers."""
        known = {i.id: i.number for i in self.dossier.invoices}
        return ", ".join(known[i] for i in ids if known.get(i))


class Table(NamedTuple):
    """How one table is made: its columns behind the account's, its rows, and whether they have a day."""

    titles: tuple[str, ...]
    rows: Callable[[_Subject], Iterator[Row]]
    dated: bool = True


def _accounts(of: _Subject) -> Iterator[Row]:
    account, standing = of.dossier.account, of.standing
    person = next(iter(of.dossier.people), None)
    for balance in (standing.balance, *standing.others):
        yield (
            person.name if person else "",
            "; ".join(person.phones) if person else "",
            "; ".join(person.emails) if person else "",
            account.address,
            account.country,
            account.time_zone,
            f"Net {account.terms_days}" if account.terms_days is not None else "",
            account.credit_limit,
            account.tax_number,
            account.legal_name,
            account.jurisdiction,
            account.contract,
            account.clerk,
            standing.stopped,
            of.currency(balance.currency),
            *_sums(balance),
            standing.next.day if standing.next else None,
            standing.next.why if standing.next else "",
        )


def _sums(balance: Balance) -> tuple[Cell, ...]:
    # Not bucket by bucket: a list of customers with such columns is an aging report, which has no people.
    return (
        balance.net,
        balance.past_due,
        balance.days_past_due,
        balance.disputed,
        balance.promised,
        -balance.credits,
        balance.collectable,
    )


def _people(of: _Subject) -> Iterator[Row]:
    for person in of.dossier.people:
        yield person.name, person.role, "; ".join(person.phones), "; ".join(person.emails), person.time_zone


def _invoices(of: _Subject) -> Iterator[Row]:
    items = {i.invoice.id: i for i in of.standing.items}
    for invoice in sorted(of.dossier.invoices, key=lambda i: (i.due or date.max, i.number, i.id)):
        if of.span.holds(invoice.issued):
            item = items.get(invoice.id)
            yield (
                invoice.number,
                invoice.kind,
                invoice.issued,
                invoice.due,
                invoice.amount,
                item.open if item else ZERO,
                of.currency(invoice.currency),
                item.days_past_due if item else 0,
                aging_bucket(item.days_past_due) if item and item.open > 0 else "",
                item.disputed if item else ZERO,
                item.promised if item else ZERO,
                item.collectable if item else ZERO,
                invoice.reference,
            )
    # Cash on account is a credit, as open-item reports show it: so the open balances add up to what is owed.
    for payment, rest in unapplied_payments(of.dossier, of.rules.reports, of.rules.moment.today):
        if of.span.holds(payment.day):
            currency, why = of.currency(payment.currency), payment.reference or "on account"
            yield "", "Payment", payment.day, None, -rest, -rest, currency, 0, "", ZERO, ZERO, ZERO, why


def _payments(of: _Subject) -> Iterator[Row]:
    """Return a row for each part of a payment, as payment lists have it; what came back has a row of its own."""
    for payment in sorted(of.dossier.payments, key=lambda p: (p.day, p.id)):
        if of.span.holds(payment.day):
            for number, amount in _parts(payment):
                yield _payment_row(of, payment, payment.day, number, amount)
                if payment.reversed_on:
                    yield _payment_row(of, payment, payment.reversed_on, number, -amount)


def _parts(payment: Payment) -> list[tuple[str, Decimal]]:
    parts = [(part.number, part.amount) for part in payment.applied]
    rest = payment.amount - total(amount for _, amount in parts)
    return [*parts, ("", rest)] if rest or not parts else parts


def _payment_row(of: _Subject, payment: Payment, day: date, number: str, amount: Decimal) -> Row:
    back = day == payment.reversed_on and amount * payment.amount < 0
    state = "returned" if back else "inferred" if payment.inferred else ""
    return (
        payment.identity,
        day,
        amount,
        of.currency(payment.currency),
        payment.method,
        payment.reference,
        number,
        state,
        payment.since,
        payment.entered_by,
    )


def _promises(of: _Subject) -> Iterator[Row]:
    for judged in of.standing.judged:
        promise = judged.promise
        if of.span.holds(promise.day):
            yield (
                promise.day,
                promise.amount,
                of.currency(promise.currency),
                promise.method.value if promise.method else "",
                promise.person,
                of.numbers(promise.invoices),
                judged.verdict.value,
                judged.received,
                judged.kept_on,
                judged.late,
                judged.late_on,
                _days_late(judged, of.rules.moment.today),
                promise.last_day,
                promise.breaks_on,
                promise.taken_on,
                promise.taken_by,
                promise.words,
            )


def _days_late(judged: Judged, today: date) -> int | None:
    return judged.days_late(today) if judged.missed else None


def _activities(of: _Subject) -> Iterator[Row]:
    for activity in of.dossier.activities:
        if of.span.holds(activity.day):
            yield (
                activity.day,
                activity.at.time().replace(second=0, microsecond=0),
                activity.kind.value,
                activity.outcome.value if activity.outcome else "",
                activity.reached,
                activity.inbound,
                activity.person,
                activity.note,
                of.numbers(activity.invoices),
                ", ".join(activity.excuses),
                activity.seconds,
                activity.by,
            )


def _disputes(of: _Subject) -> Iterator[Row]:
    for dispute in of.dossier.disputes:
        if of.span.holds(dispute.opened):
            yield (
                dispute.opened,
                dispute.amount,
                of.currency(dispute.currency),
                dispute.kind.value if dispute.kind else "",
                dispute.reason,
                of.numbers(dispute.invoices),
                dispute.remedy,
                dispute.owner,
                dispute.due,
                dispute.closed_on,
            )


def _followups(of: _Subject) -> Iterator[Row]:
    for followup in of.dossier.followups:
        if of.span.holds(followup.day):
            yield (
                followup.day,
                followup.hour,
                followup.time_zone,
                followup.kind.value,
                followup.why,
                followup.amount,
                followup.set_on,
                followup.done_on,
            )


#: The tables with the account's name and number on each row.
OF_ACCOUNTS: dict[str, Table] = {
    "accounts": Table(
        (
            "Contact", "Phone", "Email", "Address", "Country", "Time Zone", "Terms", "Credit Limit", "Tax Number",
            "Legal Name", "Jurisdiction", "Contract", "Clerk", "Not To Be Called", "Currency", "Owes", "Past Due",
            "Days Past Due", "Disputed", "Promised", "Credits", "Collectable", "Next Contact On", "Next Contact Why",
        ),
        _accounts,
        dated=False,
    ),
    "people": Table(("Contact", "Role", "Phone", "Email", "Time Zone"), _people, dated=False),
    "invoices": Table(
        (
            "Invoice Number", "Type", "Invoice Date", "Due Date", "Amount", "Open Balance", "Currency",
            "Days Past Due", "Bucket", "Disputed", "Promised", "Collectable", "Reference",
        ),
        _invoices,
    ),
    "payments": Table(
        (
            "Payment ID", "Payment Date", "Amount", "Currency", "Payment Method", "Reference", "Invoice Number",
            "Status", "Not Before", "Entered By",
        ),
        _payments,
    ),
    "promises": Table(
        (
            "Promised For", "Amount", "Currency", "Method", "Person", "Invoices", "Verdict", "Paid", "Paid On",
            "Paid Late", "Paid Late On", "Days Late", "Last Day", "Broken From", "Taken On", "Taken By", "Words",
        ),
        _promises,
    ),
    "activities": Table(
        (
            "Date", "Time", "Kind", "Outcome", "Reached", "They Called", "Person", "Note", "Invoices", "Excuses",
            "Seconds", "User",
        ),
        _activities,
    ),
    "disputes": Table(
        (
            "Opened", "Amount", "Currency", "Kind", "Reason", "Invoices", "Remedy", "Owner", "Remedy Due",
            "Closed On",
        ),
        _disputes,
    ),
    "followups": Table(
        ("Date", "Time", "Time Zone", "Kind", "Why", "Amount", "Set On", "Done On"), _followups
    ),
}  # fmt: skip

#: The columns of whose row it is.
WHO = ("Customer", "Customer ID")
_WORKLIST = (
    "Place", "Customer", "Customer ID", "Reason", "Why", "Amount", "Currency", "Collectable", "Past Due",
    "Days Past Due", "Person", "Phone",
)  # fmt: skip
_FIGURES = (
    "As Of", "Currency", "Current", "1-30", "31-60", "61-90", "90+", "Credits", "Total", "DSO", "Best Possible DSO",
    "Average Days Delinquent", "CEI", "Average Days Late", "Promises Kept", "Promises Partly Paid",
    "Promises Broken", "Promises Kept %", "Promised Money Kept %", "DSO Count-Back", "Invoices Paid Off",
    "Days Late of Invoices", "Days Late of Invoices by Amount", "Paid Late %", "Days to Pay",
)  # fmt: skip


def of_accounts(name: str, book: Derived, accounts: Iterable[Account], span: Span) -> Sheet:
    """Make one of the tables of `OF_ACCOUNTS`."""
    table = OF_ACCOUNTS[name]
    rows: list[Row] = []
    for account in accounts:
        of = _Subject(book.rules, book.dossier(account.id), book.standing(account.id), span)
        rows += [(*of.who, *row) for row in table.rows(of)]
    return Sheet(name, (*WHO, *table.titles), rows)


def worklist(book: Derived, account: str = "") -> Sheet:
    """Make a table of today's worklist, or of the one account's row in it."""
    rows: list[Row] = []
    for place, row in enumerate(book.worklist(), 1):
        if not account or row.account == account:
            person = next(iter(book.dossier(row.account).people), None)
            phone = next(iter(person.phones), "") if person else ""
            rows.append(
                (
                    place,
                    row.name,
                    row.number,
                    row.bucket.label,
                    row.why,
                    row.amount,
                    row.currency,
                    row.collectable,
                    row.past_due,
                    row.days_past_due,
                    person.name if person else "",
                    phone,
                )
            )
    return Sheet("worklist", _WORKLIST, rows)


def figures(book: Derived) -> Sheet:
    """Make a table of the key figures, a row a currency; what cannot be known is empty."""
    rows: list[Row] = []
    for currency, found in book.figures().items():
        rates, late = found.promises, found.lateness
        rows.append(
            (
                found.as_of,
                currency,
                *found.aging.values(),
                *map(_rounded, (found.dso, found.best_possible_dso, found.add, found.cei, found.average_days_late)),
                rates.kept,
                rates.partial,
                rates.broken,
                _rounded(rates.kept_rate, 100),
                _rounded(rates.kept_rate_amount, 100),
                _rounded(found.countback_dso.value),
                late.invoices,
                *(
                    _rounded(k.value)
                    for k in (late.signed, late.signed_by_amount, late.percent_late, late.days_to_pay)
                ),
            )
        )
    return Sheet("figures", _FIGURES, rows)


def _rounded(value: Decimal | None, times: int = 1) -> Decimal | None:
    return cents(value * times) if value is not None else None
