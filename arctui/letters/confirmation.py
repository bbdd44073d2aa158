"""The confirmation of what was agreed in a call: a text for an email or a letter, ready to be sent.

Facts only: what was agreed, on what it is, what stays open. No threat, no fee, no reason offered for not paying.
"""

import textwrap
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.facts import Dossier
from arctui.core.money import ZERO, grouped, total
from arctui.core.reasons import Rules
from arctui.core.records import ActivityKind, Dispute, FollowUp, Method, Promise
from arctui.core.standing import Standing
from arctui.core.text import cell_width, clean, fold

WIDTH = 72
#: Of more invoices than these only the sum is named.
_NAMED_INVOICES = 12
_INDENT = "  "


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed in one conversation: on which day, with whom, and how it was held.

    `person` is who was on the line, so who is written to; if that is not known, whoever promised.
    """

    day: date
    person: str = ""
    kind: ActivityKind = ActivityKind.CALL
    inbound: bool = False
    promises: tuple[Promise, ...] = ()
    callbacks: tuple[FollowUp, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def empty(self) -> bool:
        """Was nothing agreed?"""
        return not (self.promises or self.callbacks or self.disputes)


class Confirmation(msgspec.Struct, frozen=True):
    """A text that confirms what was agreed: lines of about 72 columns, without a line break at its end.

    `about` says for our own notes what it confirms: "1,200.00 for Fri 27 Nov".
    """

    subject: str
    text: str
    about: str

    @property
    def whole(self) -> str:
        """The text under its subject, as it is written to a file."""
        return f"Subject: {self.subject}\n\n{self.text}\n"


def confirmation(agreed: Agreement, dossier: Dossier, standing: Standing, rules: Rules, clerk: str) -> Confirmation:
    """Write the confirmation of an agreement; `dossier` and `standing` are the account with it."""
    return _Writer(agreed, dossier, standing, rules, clerk).write()


class _Writer:
    """One confirmation."""

    def __init__(self, agreed: Agreement, dossier: Dossier, standing: Standing, rules: Rules, clerk: str) -> None:
        self.agreed, self.dossier, self.standing, self.rules = agreed, dossier, standing, rules
        name = clean(clerk)
        # A login is signed as it is said on the phone.
        self.clerk = name.capitalize() if name.islower() else name
        self.promises = tuple(sorted(agreed.promises, key=lambda p: (p.day, p.taken_at, p.id)))
        self.currency = self.promises[0].currency if self.promises else standing.balance.currency
        self.invoices = {i.id: i for i in dossier.invoices}
        self.person = next(filter(None, map(clean, [agreed.person, *(p.person for p in self.promises)])), "")

    def write(self) -> Confirmation:
        paragraphs = [
            f"Dear {self.person}," if self.person else "Good day,",
            self._account(),
            self._thanks(),
            *self._payments(),
            self._before(),
            self._rest(),
            *map(self._dispute, self.agreed.disputes),
            *map(self._callback, self.agreed.callbacks),
            "If anything here is not as you understood it, please tell us. Thank you.",
        ]
        signature = "\n".join(filter(None, ["Kind regards", self.clerk, clean(self.rules.policy.firm)]))
        text = "\n\n".join([*map(_wrapped, filter(None, paragraphs)), signature])
        return Confirmation(self._subject(), text, self._about())

    # Its parts

    def _subject(self) -> str:
        firm = clean(self.rules.policy.firm)
        if not self.promises:
            what = f"what we agreed on {say.short_day(self.agreed.day)}"
        elif len(self.promises) == 1:
            what = f"payment of {self._money(self._sum())} agreed for {say.short_day(_day(self.promises[0]))}"
        else:
            first = say.short_day(_day(self.promises[0]))
            what = f"{len(self.promises)} payments agreed, {self._money(self._sum())} in all, from {first}"
        return f"{firm}: {what}" if firm else what[0].upper() + what[1:]

    def _about(self) -> str:
        rules, agreed = self.rules, self.agreed
        parts = []
        if self.promises:
            count = f" in {len(self.promises)} payments from" if len(self.promises) > 1 else " for"
            amount = rules.money(self._sum(), self.currency)
            parts.append(f"{amount}{count} {rules.day(self.promises[0].day)}")
        parts += [f"a callback on {rules.day(c.day)}" for c in agreed.callbacks]
        parts += [f"a dispute of {rules.money(d.amount, d.currency)}" for d in agreed.disputes]
        return " and ".join(parts)

    def _account(self) -> str:
        account = self.dossier.account
        named = [clean(account.name), f"number {clean(account.number)}" if clean(account.number) else ""]
        listed = ", ".join(filter(None, named))
        return f"Account: {listed}" if listed else ""

    def _thanks(self) -> str:
        day = _long(self.agreed.day)
        if self.agreed.kind is ActivityKind.EMAIL:
            thanks = f"Thank you for your email of {day}."
        elif self.agreed.inbound:
            thanks = f"Thank you for your call of {day}."
        else:
            thanks = f"Thank you for speaking with us by phone on {day}."
        return f"{thanks} This is what we agreed."

    def _payments(self) -> list[str]:
        if not self.promises:
            return []
        what = self._payment(self.promises[0]) if len(self.promises) == 1 else self._plan()
        return [what, self._moved(), self._invoices()]

    def _payment(self, promise: Promise) -> str:
        amount, day = self._money(promise.amount), _long(_day(promise))
        who = self._sender(promise) or "You"
        if promise.method is Method.CHECK:
            what = f"{who} will send a check for {amount}"
        else:
            what = f"{who} will pay {amount}" + (f" by {promise.method}" if promise.method else "")
        return f"{what}, so that it is in our hands by {day}." if promise.in_hands else f"{what} on {day}."

    def _plan(self) -> str:
        """The parts of a plan as a table, under their sum."""
        in_hands = {p.in_hands for p in self.promises}
        head = f"You will make {len(self.promises)} payments, {self._money(self._sum())} in all"
        senders = {self._sender(p) for p in self.promises}
        head += f", sent by {next(iter(senders))}" if len(senders) == 1 and "" not in senders else ""
        head += ", each in our hands by its day:" if in_hands == {True} else ":"
        own = len({p.invoices for p in self.promises}) > 1
        rows = []
        for promise in self.promises:
            way = f"by {promise.method}" if promise.method else ""
            if promise.in_hands and len(in_hands) > 1:
                way = ", ".join(filter(None, [way, "in our hands by then"]))
            sender = self._sender(promise) if len(senders) > 1 else ""
            by = f"sent by {sender}" if sender else ""
            numbers = [number for i in promise.invoices if (number := self._number(i))]
            on = f"for {', '.join(numbers)}" if own and 0 < len(numbers) <= 2 else ""
            rows.append((say.short_day(_day(promise)), self._money(promise.amount), way, by, on))
        table = _table(rows, right=1)
        if max(map(cell_width, table)) > WIDTH:
            # The invoices stand under the table as well.
            table = _table([row[:-1] for row in rows], right=1)
        return "\n".join([_wrapped(head), *table])

    def _moved(self) -> str:
        """Say why money that was agreed for one day is to be in our hands by another."""
        days = list(dict.fromkeys(_long(p.day) for p in self.promises if _day(p) != p.day))
        if not days:
            return ""
        are = "is no business day" if len(days) == 1 else "are no business days"
        return f"As {' and '.join(days)} {are}, the next one counts."

    def _invoices(self) -> str:
        """The invoices that it is for, with what is open of each now."""
        wanted = {i for p in self.promises for i in p.invoices}
        items = [i for i in self.standing.items if i.invoice.id in wanted and i.open > 0]
        if not items:
            return ""
        opened = total(i.open for i in items)
        verb = "settles" if opened == self._sum() else "goes towards"
        if len(items) > _NAMED_INVOICES:
            return f"This {verb} {len(items)} invoices, of which {self._money(opened)} is open today."
        head = f"This {verb} " + (
            "this invoice, as it is open today:" if len(items) == 1 else "these invoices, as they are open today:"
        )
        rows = [(self._number(i.invoice.id) or "no number", self._money(i.open), _due(i.invoice.due)) for i in items]
        return "\n".join([_wrapped(head), *_table(rows, right=1)])

    def _before(self) -> str:
        """Name what was agreed before and still stands."""
        ours = {p.id for p in self.promises}
        others = [j for j in self.standing.live if j.promise.id not in ours and j.promise.currency == self.currency]
        if not others:
            return ""
        amount = self._money(total(j.missing for j in others))
        when = f"for {_long(others[0].promise.day)}" if len(others) == 1 else f"in {len(others)} payments"
        return f"What we agreed on before, {amount} {when}, stands."

    def _rest(self) -> str:
        """Say what stays open beside all that is agreed."""
        balance = next(
            (b for b in (self.standing.balance, *self.standing.others) if b.currency == self.currency), None
        )
        if balance is None or not self.promises:
            return ""
        agreed = total(j.missing for j in self.standing.live if j.promise.currency == self.currency)
        rest = balance.net - agreed
        if rest <= ZERO:
            return ""
        due = min(rest, balance.collectable)
        late = f", {self._money(due)} of it past due and not agreed yet" if due > 0 else ""
        if balance.credits:
            # The sum would not add up with the invoices above without it.
            credit = f"With the credit of {self._money(balance.credits)} taken off, "
            return f"{credit}{self._money(rest)} is open on your account beside this{late}."
        return f"Beside this, {self._money(rest)} is open on your account{late}."

    def _dispute(self, dispute: Dispute) -> str:
        numbers = [number for i in dispute.invoices if (number := self._number(i))]
        on = f" of {'invoice' if len(numbers) == 1 else 'invoices'} {', '.join(numbers)}" if numbers else ""
        reason, remedy = clean(dispute.reason).rstrip(". "), clean(dispute.remedy).rstrip(". ")
        why = f": {reason}" if reason else ""
        amount = grouped(dispute.amount, dispute.currency or self.rules.policy.home_currency)
        ours = f"What we do about it: {remedy}, by" if remedy else "You will hear from us about it by"
        return f"You question {amount}{on}{why}. {ours} {_long(dispute.due)}."

    def _callback(self, callback: FollowUp) -> str:
        hour = f" at {callback.hour:%H:%M}" if callback.hour else ""
        there = ", your time" if callback.hour and callback.time_zone else ""
        return f"We will call you on {_long(callback.day)}{hour}{there}."

    # Words

    def _sender(self, promise: Promise) -> str:
        """Name who sends a payment; "" if that is who is written to, or not known."""
        sender = clean(promise.person)
        return "" if fold(sender) == fold(self.person) else sender

    def _sum(self) -> Decimal:
        return total(p.amount for p in self.promises)

    def _money(self, amount: Decimal) -> str:
        return grouped(amount, self.currency or self.rules.policy.home_currency)

    def _number(self, invoice: str) -> str:
        found = self.invoices.get(invoice)
        return clean(found.number) if found else ""


def _day(promise: Promise) -> date:
    """Return the day that counts: what is to be in our hands on no business day is so by the next one."""
    return promise.last_day if promise.in_hands else promise.day


def _long(day: date) -> str:
    """Say a day with its year: what is written is read later."""
    return f"{say.long_day(day)} {day.year}"


def _due(day: date | None) -> str:
    return f"due {say.short_day(day)}" if day else ""


def _wrapped(paragraph: str) -> str:
    """Break a paragraph into lines; one that has lines already (a table) stays."""
    if "\n" in paragraph:
        return paragraph
    return textwrap.fill(paragraph, WIDTH, break_on_hyphens=False, break_long_words=False)


def _table(rows: Sequence[tuple[str, ...]], *, right: int) -> list[str]:
    """Set rows in columns, one of them to the right; nothing is cut."""
    widths = [max(cell_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            " " * pad + cell if n == right else cell + " " * pad
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            for pad in [width - cell_width(cell)]
        ]
        lines.append((_INDENT + "   ".join(c for c, width in zip(cells, widths, strict=True) if width)).rstrip())
    return lines
