"""Merging a payment list with the book: each line is applied, left on account, or takes a payment back.

Pure. A payment that explains one that was inferred or written down by hand takes its place, so that nothing is
counted twice.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.import_records import BankLine
from arctui.core.money import ZERO, grouped, total
from arctui.core.records import Account, Applied, Invoice, Payment
from arctui.exchange.damaged_numbers import original
from arctui.exchange.draft import Draft, Outcome, SameNameError
from arctui.exchange.explaining import explain, tell_again
from arctui.exchange.invoice_numbers import SHORTEST_NUMBER
from arctui.exchange.progress import over
from arctui.exchange.report import Receipt, Report, Skipped
from arctui.exchange.same_money import SAME_MONEY_DAYS, Books, never_booked
from arctui.exchange.waiting import match_receipt


def merge_payments(draft: Draft, report: Report, today: date) -> Outcome:
    """Merge the lines of a payment list. Lines that are in the book already change nothing.

    Those of a list that has no column of invoices are matched: what is certain is laid on its invoices, the rest is
    on account and waits for the clerk.
    """
    lines = _Lines(draft, report, today)
    again, rest = _reapplications(report.receipts)
    skipped = list(report.skipped)
    # The cash that is re-applied may have come in the same file.
    for receipt, why in [
        *(
            (receipt, why)
            for receipts in over(_returns_together(rest), draft.progress)
            for receipt, why in lines.take_all(receipts)
        ),
        *((negative, lines.reapply(negative, positive)) for negative, positive in again),
    ]:
        if why:
            skipped.append(Skipped(row=receipt.row, why=why, customer=receipt.customer, number=receipt.invoice))
    return Outcome(
        changes=draft.changes(),
        payments_added=lines.added,
        skipped=tuple(sorted(skipped, key=lambda s: s.row)),
        applied=tuple(lines.applied),
        waiting=tuple(lines.waiting),
    )


def _reapplications(receipts: Iterable[Receipt]) -> tuple[list[tuple[Receipt, Receipt]], list[Receipt]]:
    """Pair each negative line without an invoice with one of its day and amount that applies it."""
    rest = list(receipts)
    pairs = []
    applied: dict[tuple[object, ...], list[Receipt]] = {}
    for receipt in rest:
        if receipt.amount > 0 and receipt.invoice:
            key = (receipt.customer, receipt.customer_number, receipt.day, receipt.amount)
            applied.setdefault(key, []).append(receipt)
    for receipt in [r for r in rest if r.amount < 0 and not r.invoice]:
        partners = applied.get((receipt.customer, receipt.customer_number, receipt.day, -receipt.amount))
        if partners:
            pairs.append((receipt, partners.pop(0)))
    paired = {r.row for pair in pairs for r in pair}
    return pairs, [r for r in rest if r.row not in paired]


def _returns_together(receipts: Iterable[Receipt]) -> list[list[Receipt]]:
    """Put the lines together in which one payment comes back: same customer, day and mark."""
    groups: dict[tuple[object, ...], list[Receipt]] = {}
    for receipt in receipts:
        mark = receipt.identity or receipt.reference
        key: tuple[object, ...] = (receipt.customer, receipt.customer_number, receipt.day, mark)
        key = key if receipt.amount < 0 and mark else (receipt.row,)
        groups.setdefault(key, []).append(receipt)
    return list(groups.values())


class _Whole(msgspec.Struct):
    """What all lines of one payment say together: the amount, and the invoices they name."""

    amount: Decimal = ZERO
    invoices: set[str] = set()


def _wholes(receipts: Iterable[Receipt]) -> dict[tuple[object, ...], _Whole]:
    wholes: dict[tuple[object, ...], _Whole] = {}
    for receipt in receipts:
        if receipt.amount > 0:
            whole = wholes.setdefault(_payment_of(receipt), _Whole())
            whole.amount += receipt.amount
            whole.invoices.add(receipt.invoice)
    return wholes


def _payment_of(receipt: Receipt) -> tuple[object, ...]:
    """Return what the lines of one payment have in common; a line without a mark stands alone."""
    mark = receipt.identity or receipt.reference
    return (receipt.customer, receipt.customer_number, receipt.day, mark) if mark else (receipt.row,)


class _Lines:
    """The lines of one payment list as they are taken into the book."""

    def __init__(self, draft: Draft, report: Report, today: date) -> None:
        self.draft = draft
        self.today = today
        self.wholes = _wholes(report.receipts)
        self.amounts = {whole.amount for whole in self.wholes.values()} | {r.amount for r in report.receipts}
        self.names_invoices = any(r.invoice for r in report.receipts)
        self.has_column = self.names_invoices or any(c.field == "invoice" for c in report.columns)
        self.added = 0
        self.applied: list[str] = []
        self.waiting: list[str] = []
        self.known: Counter[tuple[object, ...]] = Counter()
        self.rows: dict[tuple[object, ...], int] = {}
        self.this_file: dict[str, Payment] = {}
        self.reversals: set[str] = set()
        self.number = draft.importing.number
        self.books = Books(draft.facts.reports, self.number, draft.importing.as_of)
        for payment in draft.facts.all(Payment):
            if not payment.entered_by:
                self._know(payment)

    def _know(self, payment: Payment) -> None:
        """Remember the lines in which a payment of the book would be told again."""
        mark = (payment.account, payment.day, payment.identity or payment.reference)
        self.known[(*mark, payment.amount, "")] += 1
        sums: dict[str, Decimal] = {}
        for part in payment.applied:
            self.known[(*mark, part.amount, part.number)] += 1
            sums[part.number] = sums.get(part.number, ZERO) + part.amount
        for number in {p.number for p in payment.applied if p.recorded}:
            # One line, of which a report had shown a part.
            if sums[number] not in (p.amount for p in payment.applied if p.number == number):
                self.known[(*mark, sums[number], number)] += 1

    def take_all(self, receipts: list[Receipt]) -> list[tuple[Receipt, str]]:
        """Take lines that belong together: as one return of their sum where there is such a payment, else each."""
        if len(receipts) > 1:
            amount = total(r.amount for r in receipts)
            if not self.take(msgspec.structs.replace(receipts[0], amount=amount, invoice="")):
                return []
        return [(receipt, self.take(receipt)) for receipt in receipts]

    def take(self, receipt: Receipt) -> str:
        """Take one line; return why it was skipped, "" if it was taken or is known."""
        try:
            account = self.draft.find(receipt.customer, receipt.customer_number, receipt.invoice)
        except SameNameError as error:
            return str(error)
        if account is None:
            return f"no customer called {receipt.customer or receipt.customer_number} is in the book"
        receipt = self._undamaged(account, receipt)
        currency = self._currency(account, receipt)
        if receipt.amount < 0:
            return self._reverse(account, receipt, currency)
        mark = receipt.identity or receipt.reference
        line = (account.id, receipt.day, mark, receipt.amount, receipt.invoice)
        if self.known[line] > 0:
            self.known[line] -= 1
            if receipt.invoice and mark:
                self._confirm(account, receipt, mark)
            return ""
        if line in self.rows and receipt.invoice:
            return f"same as row {self.rows[line]}"
        self.rows[line] = receipt.row
        if not self._apply_known_cash(account, receipt, mark):
            self._add(account, receipt, currency)
        return ""

    def _confirm(self, account: Account, receipt: Receipt, mark: str) -> None:
        """Let what was only matched be as the list says it; lines before this one may have had its place."""
        for payment in self.draft.now(Payment, account.id):
            if payment.day != receipt.day or payment.entered_by or mark not in (payment.identity, payment.reference):
                continue
            laid = [p for p in payment.applied if p.number == receipt.invoice]
            if total(p.amount for p in laid) == receipt.amount:
                if any(p.matched and p.recorded for p in laid):
                    sure = (msgspec.structs.replace(p, matched=p.matched and not p.recorded) for p in laid)
                    other = (p for p in payment.applied if p not in laid)
                    self.draft.put(msgspec.structs.replace(payment, applied=(*other, *sure)))
                return
        self._apply_known_cash(account, receipt, mark)

    def _apply_known_cash(self, account: Account, receipt: Receipt, mark: str) -> bool:
        """Apply a payment that an earlier list left on account and this one names an invoice for."""
        if not (receipt.invoice and mark):
            return False
        for payment in self.draft.now(Payment, account.id):
            # What was only matched gives way to what the list says; what a report has shown of it stays shown.
            known = tuple(p for p in payment.applied if not p.matched)
            shown = [p for p in payment.applied if p.matched and self.books.days_of(p.recorded, payment.currency)]
            rest = payment.amount - total(p.amount for p in known)
            same = payment.day == receipt.day and mark in (payment.identity, payment.reference)
            same = same and not payment.entered_by
            if same and rest >= receipt.amount and payment.recorded < self.number and not payment.reversed_on:
                self.draft.put(msgspec.structs.replace(payment, applied=known))
                tell_again(self.draft, self.books, payment, shown)
                part = Applied(receipt.invoice, receipt.amount, payment.day, self.number)
                part = self._instead_of_inferred(payment, part)
                own = [p.recorded for p in shown if self._is_of(payment, p)]
                if own:
                    part = msgspec.structs.replace(part, recorded=own[0])
                elif part.recorded == self.number:
                    part = msgspec.structs.replace(part, day=self.draft.importing.as_of)
                self.draft.put(msgspec.structs.replace(payment, applied=(*known, part)))
                return True
        return False

    def _is_of(self, payment: Payment, part: Applied) -> bool:
        """Did the report of a payment's own days show a part of it?"""
        first, last = self.books.days_of(part.recorded, payment.currency) or (date.max, date.min)
        return first <= payment.day <= last

    def reapply(self, negative: Receipt, positive: Receipt) -> str:
        """Apply cash on account to an invoice; it keeps the day on which it came. Return why not, "" if done."""
        try:
            account = self.draft.find(negative.customer, negative.customer_number, positive.invoice)
        except SameNameError as error:
            return str(error)
        if account is None:
            return f"no customer called {negative.customer or negative.customer_number} is in the book"
        positive = self._undamaged(account, positive)
        part = Applied(positive.invoice, positive.amount, positive.day, self.draft.importing.number)
        payments = [
            p
            for p in self.draft.now(Payment, account.id)
            if not (p.reversed_on or p.inferred) and p.day <= positive.day
        ]
        if any(a.number == part.number and a.amount == part.amount for p in payments for a in p.applied):
            return ""
        left = {p.id: p.amount - total(a.amount for a in p.applied) for p in payments}
        cash = [p for p in payments if left[p.id] >= part.amount]
        if not cash:
            return f"{grouped(part.amount)} re-applies cash that is not known"
        # That which it uses up, else the oldest.
        oldest = min(cash, key=lambda p: (left[p.id] != part.amount, p.day, p.id))
        part = self._instead_of_inferred(oldest, part)
        self.draft.put(msgspec.structs.replace(oldest, applied=(*oldest.applied, part)))
        return ""

    def _instead_of_inferred(self, cash: Payment, part: Applied) -> Applied:
        """Let cash that is applied take the place of what two reports told of that invoice in the days around it."""
        line = msgspec.structs.replace(
            cash,
            day=part.day or cash.day,
            amount=part.amount,
            applied=(Applied(part.number, part.amount),),
            recorded=self.number,
        )
        placed = explain(self.draft, self.books, line, part.amount, (), again=True)
        return msgspec.structs.replace(part, recorded=placed.recorded)

    def _undamaged(self, account: Account, receipt: Receipt) -> Receipt:
        """Return a line with the number of the invoice that is meant, where a spreadsheet has damaged it."""
        invoices = self.draft.now(Invoice, account.id) if receipt.invoice else []
        if any(i.number == receipt.invoice for i in invoices):
            return receipt
        good = original(receipt.invoice, (i.number for i in invoices))
        return msgspec.structs.replace(receipt, invoice=good) if good else receipt

    def _currency(self, account: Account, receipt: Receipt) -> str:
        if receipt.currency:
            return receipt.currency
        invoices = self.draft.now(Invoice, account.id)
        named = [i.currency for i in invoices if i.number == receipt.invoice]
        return next(iter([*named, *(i.currency for i in invoices)]), account.currency or self.draft.home_currency)

    def _add(self, account: Account, receipt: Receipt, currency: str) -> None:
        line = Payment(
            id=self.draft.new_id(),
            account=account.id,
            day=receipt.day,
            amount=receipt.amount,
            currency=currency,
            method=receipt.method,
            reference=receipt.reference,
            identity=receipt.identity,
            applied=(Applied(receipt.invoice, receipt.amount),) if receipt.invoice else (),
            recorded=self.draft.importing.number,
        )
        payment = self._explain(self._apply_by_reference(line), self.wholes[_payment_of(receipt)])
        waits = None
        if not self.has_column:
            payment, waits = self._match(account, payment)
        earlier = self.this_file.get(receipt.identity) if receipt.identity else None
        if earlier and (earlier.account, earlier.day, earlier.currency) == (account.id, receipt.day, currency):
            # A payment with one line for each invoice it was applied to.
            payment = msgspec.structs.replace(
                earlier,
                amount=earlier.amount + payment.amount,
                applied=(*earlier.applied, *payment.applied),
                recorded=min(earlier.recorded, payment.recorded),
            )
        else:
            self.added += 1
        self.draft.put(payment)
        said = f"{grouped(receipt.amount)} of {say.short_day(receipt.day, self.today)}, {account.name}"
        if waits:
            self.draft.put(msgspec.structs.replace(waits, payments=(payment.id,)))
            self.waiting.append(said)
        elif matched := [p for p in payment.applied if p.matched]:
            self.applied.append(f"{said}: {', '.join(p.number for p in matched)}")
        if receipt.identity:
            self.this_file[receipt.identity] = payment

    def _apply_by_reference(self, payment: Payment) -> Payment:
        """Apply a payment without an invoice to the one of its account that its reference names."""
        if payment.applied or not self.has_column:
            return payment
        words = set(re.split(r"[\s,;#]+", payment.reference))
        named = [
            i
            for i in self.draft.now(Invoice, payment.account)
            if i.number in words and len(i.number) >= SHORTEST_NUMBER and i.amount > 0
        ]
        if len(named) != 1:
            return payment
        return msgspec.structs.replace(payment, applied=(Applied(named[0].number, payment.amount),))

    def _match(self, account: Account, payment: Payment) -> tuple[Payment, BankLine | None]:
        """Match a receipt of a list without a column of invoices, unless the book has had the same money."""
        waits = None
        if not payment.applied:
            matched, waits = match_receipt(self.draft, account, payment, self.today)
            for part in matched.applied:
                line = msgspec.structs.replace(payment, amount=part.amount, applied=(part,))
                explain(self.draft, self.books, line, part.amount, {part.number})
            if matched.applied:
                return matched, None
            # What was written down of other amounts may be part of it, as on an invoice that the list names.
            by_hand = (p for p in self.draft.now(Payment, account.id) if p.entered_by)
            numbers = {a.number for p in by_hand for a in p.applied}
            payment = explain(self.draft, self.books, payment, payment.amount, numbers, listed=self.amounts)
        shown = payment.recorded if payment.recorded < self.number else 0
        laid = (msgspec.structs.replace(p, matched=True, recorded=p.recorded or shown) for p in payment.applied)
        return msgspec.structs.replace(payment, applied=tuple(laid)), waits

    def _explain(self, payment: Payment, whole: _Whole) -> Payment:
        """Let a payment take the place of what was written down by hand or inferred of it, as far as it reaches."""
        # Where other lines of the list name invoices, one that names none is on account: it paid no invoice yet.
        on_account = self.names_invoices and not payment.applied
        return explain(
            self.draft,
            self.books,
            payment,
            whole.amount,
            whole.invoices,
            takes_inferred=not on_account,
            listed=self.amounts,
        )

    def _reverse(self, account: Account, receipt: Receipt, currency: str) -> str:
        """Take a payment back: the one with the line's own mark, else the latest of its amount."""
        mark = receipt.identity or receipt.reference
        candidates = [
            p
            for p in self.draft.now(Payment, account.id)
            if p.amount == -receipt.amount
            and p.currency == currency
            and p.day <= receipt.day
            and (not receipt.invoice or any(a.number == receipt.invoice for a in p.applied))
        ]
        marked = [p for p in candidates if mark and mark in (p.identity, p.reference)]
        candidates = marked or candidates
        known = [p for p in candidates if p.reversed_on and p.reversal_recorded < self.number]
        same_day = [p for p in known if p.reversed_on == receipt.day]
        for payment in [*same_day, *self._returned_at_bank(known, receipt)]:
            # Each return that is known is one line of the list.
            if payment.id not in self.reversals:
                self.reversals.add(payment.id)
                return ""
        standing = [p for p in candidates if not p.reversed_on]
        if not standing:
            return f"{grouped(receipt.amount)} reverses no payment that is known"
        # What only two reports told of may be other money.
        latest = max(standing, key=lambda p: (not p.inferred, p.day, p.id))
        last = never_booked(latest, receipt.day, self.number)
        self.draft.put(msgspec.structs.replace(last, reversed_on=receipt.day, reversal_recorded=self.number))
        return ""

    def _returned_at_bank(self, known: Sequence[Payment], receipt: Receipt) -> list[Payment]:
        """Return the payments that a bank statement tells the return of, days before or after it was booked."""
        lines = self.draft.all(BankLine) if known else ()
        days = {(line.account, line.day) for line in lines if line.amount == receipt.amount}
        back = ((abs(p.reversed_on - receipt.day), p) for p in known if p.reversed_on)
        found = [
            (apart, p.id, p) for apart, p in back if apart <= SAME_MONEY_DAYS and (p.account, p.reversed_on) in days
        ]
        return [p for _, _, p in sorted(found, key=lambda f: f[:2])]
