"""The statement of account as of a day: all that was invoiced and paid, with the balance after each line. Pure.

Its last line ends in what the book has as owed, to the cent. Where a report of the accounting system says something
else than the invoices and payments of the book, a line of its own says so and by how much.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.claim_exhibits import Exhibits
from arctui.core.claim_facts import Entry, Statement, StatementLine
from arctui.core.facts import Dossier, Reports
from arctui.core.money import ZERO, grouped, total
from arctui.core.records import BY_STATEMENT, Invoice, Payment
from arctui.core.standing import Standing
from arctui.core.words import short_day

_ORDER = {kind: place for place, kind in enumerate(Entry)}


def statements(
    dossier: Dossier,
    standing: Standing,
    cash: Mapping[str, Decimal],
    reports: Reports,
    day: date,
    home: str,
    exhibits: Exhibits,
) -> tuple[Statement, ...]:
    """Return the statement in each currency that the account has anything in, the main one first.

    `standing` is that at the end of the day, with what is on account of each payment (`cash`, by its id); `home` the
    currency of what names none.
    """
    sums = {b.currency: b.net for b in (standing.balance, *standing.others)}
    opens = {i.invoice.id: i.open for i in standing.items}
    made = []
    for currency in dict.fromkeys([*sums, *(i.currency for i in dossier.invoices), *_of_money(dossier, day)]):
        account = _Account(dossier, currency, opens, cash, reports, day)
        lines = sorted(account.lines(exhibits), key=_place)
        if lines or sums.get(currency):
            made.append(_statement(currency or home, lines, sums.get(currency, ZERO)))
    return tuple(made)


def _of_money(dossier: Dossier, day: date) -> list[str]:
    return [p.currency for p in dossier.payments if p.day <= day]


def _place(line: StatementLine) -> tuple[object, ...]:
    return (line.day or date.min, _ORDER[line.kind], line.number, line.words, line.amount)


def _statement(currency: str, lines: Iterable[StatementLine], balance: Decimal) -> Statement:
    run, done = ZERO, []
    for line in lines:
        run += line.amount
        done.append(msgspec.structs.replace(line, balance=run))
    return Statement(currency=currency, lines=tuple(done), balance=balance)


class _Account:
    """The account in one currency, as its lines are looked for."""

    def __init__(
        self,
        dossier: Dossier,
        currency: str,
        opens: Mapping[str, Decimal],
        cash: Mapping[str, Decimal],
        reports: Reports,
        day: date,
    ) -> None:
        self.currency = currency
        self.opens = opens
        self.cash = cash
        self.reports = reports
        self.day = day
        self.invoices = [i for i in dossier.invoices if i.currency == currency and self._counts(i)]
        self.payments = [p for p in dossier.payments if p.currency == currency and p.day <= day]
        # A credit with an invoice's number leaves the invoice its payments.
        self.by_number: dict[str, Invoice] = {}
        for invoice in sorted(self.invoices, key=lambda i: i.amount < 0):
            self.by_number.setdefault(invoice.number, invoice)
        self.paid: dict[str, Decimal] = {}
        for payment in self.payments:
            if not self._returned(payment):
                for to, amount in self._applied(payment):
                    self.paid[to.id] = self.paid.get(to.id, ZERO) + amount

    def _counts(self, invoice: Invoice) -> bool:
        """Was it there on the day? What the book has as open is."""
        return invoice.issued is None or invoice.issued <= self.day or bool(self.opens.get(invoice.id))

    def lines(self, exhibits: Exhibits) -> Iterator[StatementLine]:
        for invoice in self.invoices:
            yield self._invoice(invoice, exhibits)
            yield from self._otherwise_open(invoice)
        for payment in self.payments:
            yield self._payment(payment)
            if self._returned(payment):
                yield self._line(
                    payment.reversed_on, Entry.RETURN, payment.amount, f"what came on {short_day(payment.day)}"
                )
            else:
                yield from self._otherwise_counted(payment)

    def _line(self, day: date | None, kind: Entry, amount: Decimal, words: str, number: str = "") -> StatementLine:
        return StatementLine(day=day, kind=kind, number=number, words=words, amount=amount, balance=ZERO)

    def _invoice(self, invoice: Invoice, exhibits: Exhibits) -> StatementLine:
        name = invoice.kind if invoice.kind != "Invoice" else ""
        words = ", ".join(filter(None, [name, invoice.reference and f"reference {invoice.reference}"]))
        return StatementLine(
            day=invoice.issued,
            kind=Entry.INVOICE if invoice.amount >= 0 else Entry.CREDIT,
            number=invoice.number,
            words=words,
            due=invoice.due if invoice.amount >= 0 else None,
            amount=invoice.amount,
            balance=ZERO,
            exhibits=exhibits.of(invoice.id),
        )

    # What was paid

    def _returned(self, payment: Payment) -> bool:
        return payment.reversed_on is not None and payment.reversed_on <= self.day

    def _applied(self, payment: Payment) -> Iterator[tuple[Invoice, Decimal]]:
        """The parts of a payment by the invoice that each was applied to."""
        for part in payment.applied:
            invoice = self.by_number.get(part.number) if part.number else None
            if invoice and (part.day or payment.day) <= self.day:
                yield invoice, part.amount

    def _payment(self, payment: Payment) -> StatementLine:
        said = [f"by {payment.method}"] if payment.method else []
        said += [f"reference {payment.reference}"] if payment.reference else []
        applied = [p for p in payment.applied if p.number and (p.day or payment.day) <= self.day]
        parts = [f"{p.number} {grouped(p.amount)}" for p in applied]
        rest = payment.amount - total(p.amount for p in applied)
        parts += [f"on account {grouped(rest)}"] if rest > 0 else []
        said += [f"for {', '.join(parts)}"] if parts else []
        if payment.since and payment.since < payment.day:
            said.append(
                f"came between {short_day(payment.since)} and {short_day(payment.day)}, the day is not known: "
                "two reports tell of it"
            )
        elif payment.inferred:
            said.append("two reports tell of it")
        said += ["seen at the bank"] if payment.entered_by == BY_STATEMENT else []
        return self._line(payment.day, Entry.PAYMENT, -payment.amount, "; ".join(said))

    # Where the accounting system says something else

    def _reported(self, invoice: Invoice) -> tuple[date | None, str]:
        """Return the day of the report that an invoice was last in, no later than the statement, and its name."""
        report = self.reports.by_number.get(invoice.reported)
        if report is None:
            return invoice.issued, "the accounting system"
        return min(report.as_of, self.day), f"the report of {short_day(report.as_of)}"

    def _otherwise_open(self, invoice: Invoice) -> Iterator[StatementLine]:
        change = self.opens.get(invoice.id, ZERO) - (invoice.amount - self.paid.get(invoice.id, ZERO))
        if not change:
            return
        day, source = self._reported(invoice)
        if invoice.void:
            words = f"void by {source}"
        elif invoice.amount < 0 < change:
            words = f"credit used up by {source}, for what other invoices have less open"
        elif change < 0:
            words = f"less is open by {source} than the payments here explain: credited, or paid before they begin"
        else:
            words = f"more is open by {source} than the payments here leave"
        yield self._line(day, Entry.ADJUSTMENT, change, words, invoice.number)

    def _otherwise_counted(self, payment: Payment) -> Iterator[StatementLine]:
        rest = payment.amount - total(amount for _, amount in self._applied(payment))
        change = rest - self.cash.get(payment.id, ZERO)
        if change:
            numbers = dict.fromkeys(p.number for p in payment.applied if p.number not in ("", *self.by_number))
            of = f"of what came on {short_day(payment.day)}"
            words = f"{of} this paid {', '.join(numbers)}, not in this account" if numbers else f"{of} this is in "
            words += "" if numbers else "a report already, as a credit or as applied"
            yield self._line(payment.day, Entry.ADJUSTMENT, change, words)
