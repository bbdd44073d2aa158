"""The confirmation of what was agreed in a call: a text for an email or a letter, ready to be sent.

Facts only: what was agreed, on what it is, what stays open. No threat, no fee, no reason offered for not paying.
"""

import textwrap
from collections.abc import Sequence
from datetime import date

import msgspec

from arctui.core import words as say
from arctui.core.agreed_words import AgreedWords, day_that_counts, long_day, signed
from arctui.core.facts import Dossier
from arctui.core.reasons import Rules
from arctui.core.records import ActivityKind, Dispute, FollowUp, Promise
from arctui.core.standing import Standing
from arctui.core.text import cell_width, clean

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
        self.agreed, self.dossier, self.rules = agreed, dossier, rules
        self.clerk = signed(clerk)
        promises = sorted(agreed.promises, key=lambda p: (p.day, p.taken_at, p.id))
        self.person = next(filter(None, map(clean, [agreed.person, *(p.person for p in promises)])), "")
        self.words = AgreedWords(promises, dossier, standing, rules, self.person)
        self.promises = self.words.promises

    def write(self) -> Confirmation:
        paragraphs = [
            f"Dear {self.person}," if self.person else "Good day,",
            self._account(),
            self._thanks(),
            *self._payments(),
            self.words.before(),
            self.words.rest(),
            *map(self.words.dispute, self.agreed.disputes),
            *map(self._callback, self.agreed.callbacks),
            "If anything here is not as you understood it, please tell us. Thank you.",
        ]
        signature = "\n".join(filter(None, ["Kind regards", self.clerk, clean(self.rules.policy.firm)]))
        text = "\n\n".join([*map(_wrapped, filter(None, paragraphs)), signature])
        return Confirmation(self._subject(), text, self._about())

    # Its parts

    def _subject(self) -> str:
        firm, amount = clean(self.rules.policy.firm), self.words.money(self.words.sum)
        if not self.promises:
            what = f"what we agreed on {say.short_day(self.agreed.day)}"
        elif len(self.promises) == 1:
            what = f"payment of {amount} agreed for {say.short_day(day_that_counts(self.promises[0]))}"
        else:
            first = say.short_day(day_that_counts(self.promises[0]))
            what = f"{len(self.promises)} payments agreed, {amount} in all, from {first}"
        return f"{firm}: {what}" if firm else what[0].upper() + what[1:]

    def _about(self) -> str:
        rules, agreed = self.rules, self.agreed
        parts = []
        if self.promises:
            count = f" in {len(self.promises)} payments from" if len(self.promises) > 1 else " for"
            amount = rules.money(self.words.sum, self.words.currency)
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
        day = long_day(self.agreed.day)
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
        what = self.words.payment() if len(self.promises) == 1 else self._plan()
        return [what, self.words.moved(), self._invoices()]

    def _plan(self) -> str:
        """The parts of a plan as a table, under their sum."""
        own = len({p.invoices for p in self.promises}) > 1
        rows = []
        for promise in self.promises:
            numbers = self.words.numbers(promise.invoices)
            on = f"for {', '.join(numbers)}" if own and 0 < len(numbers) <= 2 else ""
            day, amount = say.short_day(day_that_counts(promise)), self.words.money(promise.amount)
            rows.append((day, amount, self.words.way(promise), self.words.sent_by(promise), on))
        table = _table(rows, right=1)
        if max(map(cell_width, table)) > WIDTH:
            # The invoices stand under the table as well.
            table = _table([row[:-1] for row in rows], right=1)
        return "\n".join([_wrapped(self.words.payments()), *table])

    def _invoices(self) -> str:
        """The invoices that it is for, with what is open of each now."""
        items = self.words.items()
        if not items or len(items) > _NAMED_INVOICES:
            return self.words.settles(named=False)
        rows = [
            (self.words.number(i.invoice.id) or "no number", self.words.money(i.open), _due(i.invoice.due))
            for i in items
        ]
        return "\n".join([_wrapped(self.words.settles()), *_table(rows, right=1)])

    def _callback(self, callback: FollowUp) -> str:
        hour = f" at {callback.hour:%H:%M}" if callback.hour else ""
        there = ", your time" if callback.hour and callback.time_zone else ""
        return f"We will call you on {long_day(callback.day)}{hour}{there}."


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
