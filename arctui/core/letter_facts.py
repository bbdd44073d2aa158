"""What a letter about an account says, from the account's facts and standing. Pure.

Amounts are those of the standing, interest is `core.interest`'s: nothing is computed a second time here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.agreed_words import AgreedWords, day_that_counts, long_day, signed
from arctui.core.facts import Dossier
from arctui.core.interest import Interest, agreed_words, interest_on
from arctui.core.ledger import Balance, OpenItem, unapplied_payments
from arctui.core.letter_levels import Level
from arctui.core.letter_lines import cash_line, invoice_line, listed, named, payment_line, unthanked, written
from arctui.core.letter_records import LEVELS, Asked, LetterKind
from arctui.core.letter_values import InvoiceLine, LetterValues, PaymentLine, Speaks, SumLine
from arctui.core.money import ZERO, grouped, total
from arctui.core.policy import Policy
from arctui.core.records import Payment, Promise
from arctui.core.rules import Rules
from arctui.core.standing import Standing
from arctui.core.text import clean

#: A statement lists the payments of so many days.
_STATEMENT_DAYS = timedelta(60)
_DISPUTED, _AGREED, _CREDITS = "Less disputed", "Less agreed", "Less credits"


def letter_values(
    kind: LetterKind,
    dossier: Dossier,
    standing: Standing,
    rules: Rules,
    *,
    clerk: str,
    day: date,
    number: str = "",
    person: str = "",
    about: Iterable[str] = (),
    currency: str | None = None,
    policy_of: Callable[[date], Policy] | None = None,
) -> tuple[LetterValues, Speaks]:
    """Return what a letter of a day says, and what its record keeps of that.

    `about`: ids of the promises or of the dispute that it is about, else `spoken_about` chooses. `currency`: the one
    it is in, None for the account's main one. `policy_of` tells the policy of each day, for interest; without it
    today's holds for all days. A letter that there is no cause for says nothing of it; to refuse it is not done here.
    """
    of = _Facts(kind, dossier, standing, rules, day, clean(person), currency, policy_of)
    values, speaks = of.of_kind(tuple(about) or spoken_about(kind, dossier, standing))
    account, policy = dossier.account, rules.policy
    shown = {
        "number": number,
        "day": long_day(day),
        "firm": clean(policy.firm),
        "clerk": signed(clerk),
        "account": clean(account.name),
        "account_number": clean(account.number),
        "legal_name": clean(account.legal_name),
        "person": clean(person),
        "contract": clean(account.contract),
        "remittance": tuple(filter(None, map(clean, policy.remittance))),
        "earlier": of.earlier(speaks),
        "tries": standing.contacts.tries,
    }
    return msgspec.structs.replace(values, **shown), speaks


def spoken_about(kind: LetterKind, dossier: Dossier, standing: Standing) -> tuple[str, ...]:
    """Return the ids of the promises, or of the dispute, that a letter is about if none is named.

    A confirmation is about what was promised last of all that stands, a plan agreement about the last plan of which
    a part is still to come, an acknowledgement about the last dispute that is open; () where there is none.
    """
    live = sorted((j.promise for j in standing.live), key=lambda p: p.taken_at)
    plans = [p.plan for p in live if p.plan]
    match kind:
        case LetterKind.CONFIRMATION if live:
            last = live[-1]
            return tuple(
                p.id
                for p in live
                if p.currency == last.currency and (p.taken_at == last.taken_at or (p.plan and p.plan == last.plan))
            )
        case LetterKind.PLAN if plans:
            return tuple(p.id for p in dossier.promises if p.plan == plans[-1] and _stands(p))
        case LetterKind.DISPUTE:
            disputes = [d for d in dossier.disputes if d.closed_on is None]
            return tuple(d.id for d in sorted(disputes, key=lambda d: d.opened)[-1:])
    return ()


def _stands(promise: Promise) -> bool:
    return not promise.superseded_by and promise.withdrawn_on is None


class _Facts:
    """The facts of one letter."""

    def __init__(
        self,
        kind: LetterKind,
        dossier: Dossier,
        standing: Standing,
        rules: Rules,
        day: date,
        person: str,
        currency: str | None,
        policy_of: Callable[[date], Policy] | None,
    ) -> None:
        self.kind, self.dossier, self.standing, self.rules, self.day = kind, dossier, standing, rules, day
        self.person, self.policy_of = person, policy_of
        self.sums = (standing.balance, *standing.others)
        self.balance = next((b for b in self.sums if b.currency == currency), standing.balance)

    def of_kind(self, about: tuple[str, ...]) -> tuple[LetterValues, Speaks]:
        """Return what a letter of its kind says."""
        match self.kind:
            case LetterKind.STATEMENT:
                return self._statement()
            case LetterKind.CONFIRMATION | LetterKind.PLAN:
                return self._agreement(about)
            case LetterKind.DISPUTE:
                return self._dispute(about)
            case LetterKind.HOLD:
                return self._hold()
            case LetterKind.THANKS:
                return self._thanks()
        return self._demand()

    def _demand(self) -> tuple[LetterValues, Speaks]:
        """Ask for all that is past due, less what is disputed, agreed and in hand already."""
        balance = self.balance
        items = self._asked()
        earned = self._interest(items)
        amount = total(i.collectable for i in items)
        whole = amount + earned.interest + earned.fees
        less = self._less(items)
        sums = [*less, ("Interest", earned.interest), ("Late fees", earned.fees)]
        lines = [self._sum(words, amount) for words, amount in sums if amount]
        listed_ids = _ids(items)
        apart = total(i.promised for i in self._late() if i.invoice.id not in listed_ids)
        policy = self.rules.policy
        days = policy.final_demand_days if self.kind is LetterKind.FINAL else policy.demand_days
        deadline = self.rules.calendar.roll(self.day + timedelta(days))
        values = self._values(
            amount,
            balance.currency,
            interest=self._some(earned.interest),
            fees=self._some(earned.fees),
            total=self._money(whole),
            credits=self._some(-dict(less)[_CREDITS]),
            disputed=self._some(-dict(less)[_DISPUTED]),
            apart=self._some(apart),
            deadline=long_day(deadline),
            oldest_days_late=max((i.days_past_due for i in items), default=0),
            invoices=self._lines(items),
            # One line alone would say the same twice.
            sums=(*(lines if len(lines) > 1 else []), self._sum("To be paid", whole)),
            arithmetic=tuple(map(clean, earned.lines)),
            interest_agreed=agreed_words(earned.interest_agreed),
            fees_agreed=agreed_words(earned.fees_agreed),
        )
        return values, Speaks(
            amount=amount,
            currency=balance.currency,
            interest=earned.interest,
            fee=earned.fees,
            invoices=listed_ids,
            asked=_asked_of(items),
            deadline=deadline,
        )

    def _asked(self) -> list[OpenItem]:
        """Return the invoices past due of which something is asked; credits may be laid on all of it."""
        level = self.standing.contacts.levels.get(self.balance.currency, Level())
        return level.to_ask(self.kind, (i for i in self._late() if i.open > i.disputed + i.promised))

    def _less(self, items: Sequence[OpenItem]) -> list[tuple[str, Decimal]]:
        """Return what is past due of invoices that are asked for, and what is taken off it to what may be asked."""
        opened = total(i.open for i in items)
        disputed, promised = total(i.disputed for i in items), total(i.promised for i in items)
        credit = opened - disputed - promised - total(i.collectable for i in items)
        return [("Past due", opened), (_DISPUTED, -disputed), (_AGREED, -promised), (_CREDITS, -credit)]

    def _interest(self, items: Sequence[OpenItem]) -> Interest:
        """Return the interest and fees of what is asked for."""
        policy = self.rules.policy
        if self.policy_of is None and not (policy.interest_agreed.strip() or policy.late_fee_agreed.strip()):
            return Interest()
        return interest_on(
            self.dossier,
            self.policy_of or (lambda _: policy),
            self.day,
            self.balance.currency,
            reports=self.rules.reports,
            only=_ids(items),
            apart={i.invoice.id: i.promised for i in items if i.promised},
        )

    def _statement(self) -> tuple[LetterValues, Speaks]:
        """Say what is open in each currency, and what was paid of late."""
        lines: list[InvoiceLine] = []
        sums: list[SumLine] = []
        today = self.rules.moment.today
        on_account = unapplied_payments(self.dossier, self.rules.reports, today)
        for balance in self.sums:
            lines += self._lines(i for i in self.standing.items if i.invoice.currency == balance.currency)
            lines += [
                cash_line(p, rest, self._code(p.currency)) for p, rest in on_account if p.currency == balance.currency
            ]
            sums += self._balance_sums(balance)
        paid = [p for p in self._received() if p.day > self.day - _STATEMENT_DAYS]
        values = self._values(
            abs(self.balance.net),
            self.balance.currency,
            credits=self._some(self.balance.credits),
            in_favour=self.balance.net < 0,
            others=tuple(
                self._money(abs(b.net), b.currency) + (" in your favour" if b.net < 0 else "")
                for b in self.sums
                if b.currency != self.balance.currency
            ),
            oldest_days_late=self.balance.days_past_due,
            invoices=tuple(lines),
            sums=tuple(sums),
            payments=self._payments(paid),
        )
        return values, self._speaks(self.balance.net, self.balance.currency, _ids(self.standing.items))

    def _balance_sums(self, balance: Balance) -> Iterator[SumLine]:
        if balance.credits:
            yield self._sum("Open invoices", balance.gross, balance.currency)
            yield self._sum("Less credits", -balance.credits, balance.currency)
        yield self._sum("Balance", balance.net, balance.currency)
        if balance.past_due:
            yield self._sum("Past due", balance.past_due, balance.currency)

    def _agreement(self, about: tuple[str, ...]) -> tuple[LetterValues, Speaks]:
        """Say what was agreed, and on what it is."""
        chosen = [p for p in self.dossier.promises if p.id in about]
        currency = chosen[0].currency if chosen else self.balance.currency
        chosen = [p for p in chosen if p.currency == currency]
        words = AgreedWords(chosen, self.dossier, self.standing, self.rules, self.person)
        payments, items = words.promises, words.items()
        promised = words.payments().replace(":", ".") if len(payments) > 1 else (words.payment() if payments else "")
        opened = self._sum("Open in all", total(i.open for i in items), currency)
        values = self._values(
            words.sum,
            currency,
            agreed=tuple(
                PaymentLine(
                    day=written(day_that_counts(p)),
                    amount=self._money(p.amount, currency),
                    method=", ".join(filter(None, [words.way(p), words.sent_by(p)])).removeprefix("by "),
                    about=listed(words.numbers(p.invoices)),
                )
                for p in payments
            ),
            agreed_on=long_day(max(p.taken_on for p in payments)) if payments else "",
            promised=promised,
            settles=words.settles(),
            remarks=tuple(filter(None, [words.came(), words.moved(), words.before(), words.rest()])),
            invoices=self._lines(items),
            sums=(opened,) if len(items) > 1 else (),
        )
        ids = dict.fromkeys(i for p in payments for i in p.invoices)
        return values, self._speaks(words.sum, currency, tuple(ids), tuple(p.id for p in payments))

    def _dispute(self, about: tuple[str, ...]) -> tuple[LetterValues, Speaks]:
        """Say what the customer questions, what we do about it and by when."""
        dispute = next((d for d in self.dossier.disputes if d.id in about), None)
        if dispute is None:
            return self._values(ZERO, self.balance.currency), self._speaks(ZERO, self.balance.currency, ())
        words = AgreedWords((), self.dossier, self.standing, self.rules, self.person)
        items = [i for i in self.standing.items if i.invoice.id in dispute.invoices]
        amount = self._money(dispute.amount, dispute.currency)
        values = self._values(
            dispute.amount,
            dispute.currency,
            dispute=clean(dispute.reason),
            disputed=amount,
            remedy=clean(dispute.remedy),
            remedy_day=long_day(dispute.due),
            objection=words.dispute(dispute),
            objected_on=long_day(dispute.opened),
            invoices=self._lines(items),
        )
        return values, self._speaks(dispute.amount, dispute.currency, dispute.invoices, (dispute.id,))

    def _hold(self) -> tuple[LetterValues, Speaks]:
        """Say that nothing is delivered on credit, and what is asked for: what a demand would ask for."""
        balance = self.balance
        items = self._asked() if balance.collectable else []
        held = [c for c in sorted(self.dossier.credit, key=lambda c: c.at) if c.hold is not None][-1:]
        decision = held[0] if held and held[0].hold else None
        lines = [self._sum(words, amount) for words, amount in self._less(items) if amount]
        values = self._values(
            balance.collectable,
            balance.currency,
            credits=self._some(balance.credits),
            oldest_days_late=max((i.days_past_due for i in items), default=0),
            invoices=self._lines(items),
            sums=(*lines, self._sum("To be paid", balance.collectable)) if len(lines) > 1 else tuple(lines),
            reason=clean(decision.reason) if decision else "",
            since=long_day(decision.day) if decision else "",
        )
        speaks = self._speaks(balance.collectable, balance.currency, _ids(items))
        return values, msgspec.structs.replace(speaks, asked=_asked_of(items))

    def _thanks(self) -> tuple[LetterValues, Speaks]:
        """Say what was received of late and not thanked for yet, and what is open still."""
        received = unthanked(self.dossier.payments, self.dossier.letters, self.day)
        last = received[-1] if received else None
        paid = [p for p in received if last and p.currency == last.currency]
        currency = last.currency if last else self.balance.currency
        rest = [self._money(b.net, b.currency) for b in self.sums if b.net > 0]
        amount = total(p.amount for p in paid)
        numbers = {part.number for p in paid for part in p.applied if part.number}
        ids = tuple(i.id for i in self.dossier.invoices if i.number in numbers and i.currency == currency)
        values = self._values(
            amount,
            currency,
            payments=self._payments(paid),
            rest=" and ".join(rest),
            settled=not any(b.gross for b in self.sums),
        )
        return values, self._speaks(amount, currency, ids, tuple(p.id for p in paid))

    # Parts

    def earlier(self, speaks: Speaks) -> tuple[str, ...]:
        """Name the letters that were sent and asked for these invoices, or for which of them."""
        ours = [i for i in self.dossier.invoices if i.id in speaks.invoices]
        sent = [(t.sent_on, t) for t in self.dossier.letters if t.sent_on and t.sent_on <= self.day]
        found = []
        for on, letter in sorted(sent, key=lambda s: (s[0], s[1].at)):
            same = [i for i in ours if i.id in letter.invoices] if letter.kind in LEVELS else []
            if same and self._code(letter.currency) == self._code(speaks.currency):
                numbers = [clean(i.number) for i in same if i.number]
                part = f", for {named(numbers)}" if numbers and len(same) < len(ours) else ""
                found.append(f"{letter.kind} {letter.number} of {long_day(on)}{part}")
        return tuple(found)

    def _late(self) -> list[OpenItem]:
        return [i for i in self.standing.items if i.past_due and i.invoice.currency == self.balance.currency]

    def _received(self) -> list[Payment]:
        """Return the payments that came and stayed, by day."""
        stayed = (p for p in self.dossier.payments if p.day <= self.day and p.reversed_on is None and p.amount > 0)
        return sorted(stayed, key=lambda p: p.day)

    def _lines(self, items: Iterable[OpenItem]) -> tuple[InvoiceLine, ...]:
        return tuple(invoice_line(item, self._code(item.invoice.currency)) for item in items)

    def _payments(self, payments: Iterable[Payment]) -> tuple[PaymentLine, ...]:
        return tuple(payment_line(payment, self._code(payment.currency)) for payment in payments)

    def _values(self, amount: Decimal, currency: str, **fields: object) -> LetterValues:
        blank = LetterValues(
            kind=self.kind, day="", account="", currency=self._code(currency), amount=self._money(amount, currency)
        )
        return msgspec.structs.replace(blank, **fields)

    def _speaks(
        self, amount: Decimal, currency: str, invoices: tuple[str, ...], about: tuple[str, ...] = ()
    ) -> Speaks:
        return Speaks(amount=amount, currency=currency, invoices=invoices, about=about)

    def _code(self, currency: str) -> str:
        return currency or self.rules.policy.home_currency

    def _money(self, amount: Decimal, currency: str | None = None) -> str:
        return grouped(amount, self._code(self.balance.currency if currency is None else currency))

    def _some(self, amount: Decimal) -> str:
        """Write an amount of the letter's currency, "" for none."""
        return self._money(amount) if amount else ""

    def _sum(self, words: str, amount: Decimal, currency: str | None = None) -> SumLine:
        code = self._code(self.balance.currency if currency is None else currency)
        return SumLine(words=words, amount=grouped(amount), currency=code)


def _ids(items: Iterable[OpenItem]) -> tuple[str, ...]:
    return tuple(i.invoice.id for i in items)


def _asked_of(items: Iterable[OpenItem]) -> tuple[Asked, ...]:
    return tuple(Asked(i.invoice.id, i.collectable) for i in items if i.collectable > 0)
