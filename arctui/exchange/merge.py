"""Merging a report with the book: which records are added, changed or closed by it.

Pure: facts and a report in, changes out. What the clerk recorded is never touched; what vanished from a report of
open items was paid in the interval between two reports.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from operator import attrgetter

import msgspec

from arctui.core.ledger import open_amounts
from arctui.core.money import ZERO, grouped
from arctui.core.records import Account, Invoice, Payment
from arctui.core.text import plural
from arctui.exchange.closing import Shown, by_currency, close_missing
from arctui.exchange.damaged_numbers import damaged_form, looks_damaged, original
from arctui.exchange.draft import Draft, Outcome, SameNameError
from arctui.exchange.inference import Reduction, cash_shown_as_credit, infer_payments
from arctui.exchange.progress import over
from arctui.exchange.report import Item, NotOwed, Report, ReportKind
from arctui.exchange.same_money import without_unseen

#: So many notes of one kind; more are counted.
_MOST_NOTES = 10
#: What a report tells of an invoice that the book has.
_TOLD = ("issued", "due", "amount", "balance", "currency", "kind", "reference", "as_listed", "void")
_told = attrgetter(*_TOLD)


def merge_items(draft: Draft, report: Report, *, settles: bool, full: bool = False) -> Outcome:
    """Merge invoices and credits; with `settles` what the report leaves out is closed as paid in the interval.

    It closes only the currencies that it shows, unless the clerk says that it is `full`.
    """
    outcome = Outcome(changes=[], skipped=report.skipped)
    opens = _all_open(draft)
    outcome.open_before = by_currency(opens.values())
    outcome.open_count = Counter(invoice.currency for invoice, amount in opens.values() if amount > 0)
    items = _Items(draft, outcome, opens, settles=settles)
    reported: list[tuple[str, Item]] = []
    unknown: list[tuple[str, Item, str]] = []
    for item in over(report.items, draft.progress):
        currency = item.currency or draft.home_currency
        try:
            account, new = draft.account(item.customer, item.customer_number, currency, item.number)
        except SameNameError as error:
            outcome.skip(item.row, str(error), item.customer, item.number)
            continue
        outcome.accounts_added += new
        if not item.currency and account.currency != draft.at_home(account.currency):
            draft.put(msgspec.structs.replace(account, currency=draft.home_currency))
        reported.append((account.id, item))
        known = items.known(account.id, item)
        if known is None:
            unknown.append((account.id, item, currency))
        else:
            items.take(known, item, item.currency or draft.at_home(known.currency))
    # What is known by its number is left out where a damaged one is looked for.
    items.take_unknown(unknown)
    items.take_not_owed(report.not_owed)
    reductions, seen = items.reductions, items.seen
    outcome.accounts_shown = len({account for account, _ in reported})
    outcome.accounts_open = len({invoice.account for invoice, amount in opens.values() if amount > 0})
    if settles:
        shown = {i.currency or draft.home_currency for _, i, _ in unknown} | items.currencies
        whole = Shown(reported, seen, shown, items.unnumbered)
        closed = close_missing(draft, report, opens, whole, outcome, full=full)
        reductions += closed
        if _are_all_past_due((item for _, item in reported), draft.importing.as_of):
            outcome.closed_not_due = sum(_is_not_due(r.invoice, draft.importing.as_of) for r in closed)
        for payment in cash_shown_as_credit(draft.facts, reported, draft.importing.number):
            draft.put(payment)
    elif any(item.balance is not None for item in report.items):
        outcome.not_shown = any(amount > 0 and i.id not in seen for i, amount in opens.values())
    payments = infer_payments(draft.facts, partial(draft.now, Payment), reductions, draft.importing, draft.new_id)
    for payment in payments.inferred:
        draft.put(payment)
    for payment in payments.applied_now:
        draft.put(payment)
    outcome.payments_inferred = len(payments.inferred)
    if outcome.older:
        outcome.notes += (f"{outcome.older} items are known as of a later day: they stay as they are",)
    if outcome.left_out:
        left_out = plural(outcome.left_out, "older item")
        outcome.notes += (f"the last report of open items left out {left_out} of this file: kept as paid, not open",)
    outcome.changes = draft.changes()
    return outcome


class _Items:
    """The items of one report as they are taken into the book."""

    def __init__(
        self, draft: Draft, outcome: Outcome, opens: dict[str, tuple[Invoice, Decimal]], *, settles: bool
    ) -> None:
        self.draft = draft
        self.outcome = outcome
        self.opens = opens
        self.settles = settles
        self.reductions: list[Reduction] = []
        self.seen: set[str] = set()
        #: Accounts of which something without a number is said to be not owed.
        self.unnumbered: set[str] = set()
        #: Those of the invoices of the book that the report shows.
        self.currencies: set[str] = set()
        self._rows: dict[tuple[object, ...], Item] = {}
        self._exact = {_key(invoice.account, invoice, invoice.currency): invoice for invoice, _ in opens.values()}

    @cached_property
    def _alike(self) -> dict[tuple[object, ...], list[Invoice]]:
        """The invoices of the book by what identifies them, in whatever currency."""
        alike: dict[tuple[object, ...], list[Invoice]] = {}
        for invoice, _ in self.opens.values():
            alike.setdefault(_key(invoice.account, invoice, ""), []).append(invoice)
        return alike

    def known(self, account: str, item: Item) -> Invoice | None:
        """Return the invoice of the book that an item is; one that names no currency is in that of its invoice."""
        exact = self._exact.get(_key(account, item, item.currency or self.draft.home_currency))
        if exact or item.currency:
            return exact
        alike = self._alike.get(_key(account, item, ""), [])
        return next((i for i in alike if i.amount == item.amount), alike[0] if alike else None)

    def take(self, known: Invoice, item: Item, currency: str, number: str = "") -> None:
        """Take what a report says of an invoice of the book; `number`: the better one that it has."""
        if self._stands_twice((known.id,), item):
            return
        self.seen.add(known.id)
        foreign = not item.currency and currency != self.draft.home_currency
        if foreign and item.amount not in (known.amount, self.opens[known.id][1]):
            why = (
                f"{known.number or 'the invoice'} is {grouped(known.amount, currency)} in the book, and the report "
                f"names no currency for {grouped(item.amount)}: it may be converted and was left"
            )
            self.outcome.skip(item.row, why, item.customer, item.number)
            return
        self.currencies.add(currency)
        if not self.settles and self._is_older(known):
            self.outcome.older += 1
            return
        if known.as_listed and not known.balance and self._was_left_out(item, currency):
            self.outcome.left_out += 1
            return
        updated = _update(known, item, currency, self.draft.importing.number)
        if number:
            updated = msgspec.structs.replace(updated, number=number)
        was_open = self.opens[known.id][1]
        changed = item.balance is not None and item.balance != was_open
        if changed and not self.settles:
            # What it shows is known as of its day, though it says nothing of the rest.
            updated = msgspec.structs.replace(updated, reported=self.draft.importing.number)
        if item.balance is not None and changed:
            self.reductions.append(Reduction(updated, was_open, item.balance))
        if updated != known:
            self.draft.put(updated)
            visible = msgspec.structs.replace(updated, reported=known.reported, balance=known.balance)
            self.outcome.invoices_updated += visible != known or changed

    def _is_older(self, known: Invoice) -> bool:
        """Does the book know of a later day what a list says of an earlier one? Then nothing closed is open again."""
        reports = self.draft.facts.reports
        later = (reports.last_of(known.currency, known.account), reports.by_number.get(known.reported))
        return any(i is not None and i.as_of > self.draft.importing.as_of for i in later)

    def _unnamed(self, account: str, item: Item, currency: str) -> Invoice | None:
        """Return the invoice of this amount in home currency: an earlier report may not have named currencies."""
        if currency == self.draft.home_currency:
            return None
        known = self._exact.get(_key(account, item, self.draft.home_currency))
        return known if known and known.amount == item.amount and known.id not in self.seen else None

    def _was_left_out(self, item: Item, currency: str) -> bool:
        """Did a report of open items not have what this list or older report, which closes nothing, tells of?

        A later report that says what is open knows better, and so does a list whose words say that it is open.
        """
        if self.settles:
            return False
        reports = self.draft.facts.reports.settling
        last = next((i for i in reports if currency in i.currencies), None)
        if last is None or item.issued is None or item.issued >= last.as_of:
            return False
        tells = item.balance is not None or item.said_open
        return item.balance != 0 and not (tells and self.draft.importing.as_of >= last.as_of)

    def _stands_twice(self, key: tuple[object, ...], item: Item) -> bool:
        """Did a number stand in the report before, under another name of its customer? It is listed if it differs."""
        first = self._rows.setdefault(key, item)
        if first is item or not item.number:
            return False
        if (first.amount, first.balance) != (item.amount, item.balance):
            why = f"{item.number} of the same customer stands in row {first.row} with another amount"
            self.outcome.skip(item.row, why, item.customer, item.number)
        return True

    def take_unknown(self, unknown: Sequence[tuple[str, Item, str]]) -> None:
        """Take items whose number the book does not have: a spreadsheet may have damaged it there or here."""
        alike: dict[tuple[object, ...], list[Invoice]] = {}
        if unknown:
            for invoice, _ in self.opens.values():
                alike.setdefault((invoice.account, invoice.amount, invoice.currency), []).append(invoice)
        notes: list[str] = []
        for account, item, currency in unknown:
            same = alike.get((account, item.amount, currency)) if alike and item.number else None
            if unnamed := self._unnamed(account, item, currency):
                self.take(unnamed, item, currency)
            elif same and (note := self._take_damaged(account, item, currency, same)):
                notes.append(note)
            else:
                if why := looks_damaged(item.number):
                    notes.append(f"row {item.row}: {item.number} looks damaged by a spreadsheet, {why}: taken as new")
                self._add(account, item, currency)
        more = len(notes) - _MOST_NOTES
        self.outcome.notes += (*notes[:_MOST_NOTES], *([f"and {more} more such numbers"] if more > 0 else []))

    def _take_damaged(self, account: str, item: Item, currency: str, same: Iterable[Invoice]) -> str:
        """Take an item that is one of the invoices of its amount, by a number that was damaged; say so, "" if not."""
        numbers = {i.number: i for i in same if i.number and i.id not in self.seen}
        if good := original(item.number, numbers):
            self.take(numbers[good], item, currency)
            return f"row {item.row}: {item.number} is {good}, damaged by a spreadsheet"
        if damaged := damaged_form(item.number, numbers):
            self._rename(account, damaged, item.number)
            self.take(numbers[damaged], item, currency, item.number)
            return f"row {item.row}: {damaged} was damaged by a spreadsheet: it is {item.number} now"
        return ""

    def _add(self, account: str, item: Item, currency: str) -> None:
        """Add an item that is new: to what is open, unless a report of open items had left it out."""
        if self._stands_twice(_key(account, item, currency), item):
            return
        invoice = _invoice(self.draft, account, item, currency)
        if self._was_left_out(item, currency):
            last = self.draft.facts.reports.last_of(currency, account)
            invoice = msgspec.structs.replace(
                invoice, balance=ZERO, as_listed=True, reported=last.number if last else invoice.reported
            )
            self.outcome.left_out += 1
        else:
            self.outcome.invoices_added += 1
        self.draft.put(invoice)

    def take_not_owed(self, rows: Iterable[NotOwed]) -> None:
        """Take what is not owed: a void invoice was not paid, and a draft that the book knows stays as it is."""
        for row in rows:
            try:
                account = self.draft.find(row.customer, row.customer_number, row.number)
            except SameNameError as error:
                self.outcome.skip(row.row, str(error), row.customer, row.number)
                continue
            if account is None:
                continue
            if not row.number:
                self.unnumbered.add(account.id)
                continue
            named = (i for sign in (False, True) for i in self._alike.get((account.id, row.number, "", sign), ()))
            known = [invoice for invoice in named if invoice.id not in self.seen]
            self.seen.update(invoice.id for invoice in known)
            # An invoice and its credit may have one number: which of them is void is not told then.
            if row.void and len(known) == 1:
                self._void(known[0])

    def _void(self, known: Invoice) -> None:
        if not self.settles and self._is_older(known):
            self.outcome.older += 1
        elif self.opens[known.id][1] or known.balance:
            number = self.draft.importing.number
            self.draft.put(msgspec.structs.replace(known, balance=ZERO, reported=number, as_listed=False, void=True))
            self.outcome.invoices_voided += 1

    def _rename(self, account: str, damaged: str, good: str) -> None:
        """Let the payments of an invoice name it by its good number."""
        for payment in self.draft.now(Payment, account):
            if any(part.number == damaged for part in payment.applied):
                applied = tuple(
                    msgspec.structs.replace(part, number=good) if part.number == damaged else part
                    for part in payment.applied
                )
                self.draft.put(msgspec.structs.replace(payment, applied=applied))


def _all_open(draft: Draft) -> dict[str, tuple[Invoice, Decimal]]:
    """Return every invoice of the book with what the accounting system had open of it before this import."""
    reports, as_of = draft.facts.reports, date.max
    opens: dict[str, tuple[Invoice, Decimal]] = {}
    for account in over(tuple(draft.facts.all(Account)), draft.progress):
        dossier = without_unseen(draft.facts.dossier(account.id))
        amounts = open_amounts(dossier, reports, as_of)
        opens |= {i.id: (i, amounts[i.id]) for i in dossier.invoices}
    return opens


def _key(account: str, one: Invoice | Item, currency: str) -> tuple[object, ...]:
    """Return what identifies an item, as `core.merging.item_key` does; without its currency if that is ""."""
    if one.number:
        return (account, one.number, currency, one.amount < 0)
    return (account, "", one.kind, one.issued, one.amount, currency)


def _are_all_past_due(items: Iterable[Item], as_of: date) -> bool:
    """Is all that a report shows to be owed past due?"""
    owed = [i for i in items if (i.amount if i.balance is None else i.balance) > 0]
    return bool(owed) and all(i.due and i.due < as_of for i in owed)


def _is_not_due(invoice: Invoice, as_of: date) -> bool:
    return invoice.amount > 0 and invoice.due is not None and invoice.due >= as_of


def _invoice(draft: Draft, account: str, item: Item, currency: str) -> Invoice:
    return Invoice(
        id=draft.new_id(),
        account=account,
        number=item.number,
        issued=item.issued,
        due=item.due,
        amount=item.amount,
        balance=item.amount if item.balance is None else item.balance,
        currency=currency,
        kind=item.kind,
        reference=item.reference,
        reported=draft.importing.number,
        as_listed=item.balance is None,
    )


def _update(known: Invoice, item: Item, currency: str, number: int) -> Invoice:
    """Return the invoice as the report has it; a list of amounts never speaks against a report of balances."""
    if item.balance is None and not known.as_listed:
        return msgspec.structs.replace(
            known,
            issued=known.issued or item.issued,
            due=known.due or item.due,
            reference=known.reference or item.reference,
        )
    balance = item.amount if item.balance is None else item.balance
    told = (
        item.issued or known.issued,
        item.due or known.due,
        item.amount,
        balance,
        currency,
        item.kind,
        item.reference or known.reference,
        item.balance is None,
        False,
    )
    if _told(known) == told:
        return known
    return msgspec.structs.replace(known, **dict(zip(_TOLD, told, strict=True)), reported=number)


def settles(report: Report, full: bool | None) -> bool:
    """Does this report close what it leaves out? Only one of open items does; `full` overrides."""
    return report.kind is ReportKind.OPEN_ITEMS if full is None else full
