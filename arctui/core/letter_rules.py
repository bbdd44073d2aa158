"""Which letters an account may be sent today: what is due, what a letter of each kind needs, what refuses it. Pure.

Asking for money is bound to the rule of letters; the other kinds each need what they are about, and no reason.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from arctui.core.credit_terms import on_hold
from arctui.core.facts import Dossier
from arctui.core.ledger import Balance, by_age
from arctui.core.letter_levels import Level, asked_of, asks_too_much, days_left_by, still_asked
from arctui.core.letter_lines import unthanked
from arctui.core.letter_records import LEVELS, Letter, LetterKind
from arctui.core.money import ZERO, grouped, total
from arctui.core.reasons import Bucket, Rules
from arctui.core.records import Person
from arctui.core.schedule import CallKind, planned_contact
from arctui.core.standing import Standing
from arctui.core.text import fold


class Due(NamedTuple):
    """The letter that the rule asks for today, and why."""

    kind: LetterKind
    why: str


def due_letter(standing: Standing, rules: Rules) -> Due | None:
    """Return the letter that is due today, None if none is: one of the levels, never after the final demand."""
    level = standing.contacts.level.next
    asked = by_age(i for i in standing.items if i.collectable > 0)
    planned = planned_contact(asked, standing.contacts, rules.policy, rules.calendar)
    if level is None or planned is None or planned.kind is not CallKind.LETTER:
        return None
    if not any(r.bucket is Bucket.LETTER and r.why.startswith(planned.why) for r in standing.reasons):
        return None
    return Due(level, planned.why.removeprefix(f"letter due: {level}, "))


def needs_reason(kind: LetterKind, standing: Standing, rules: Rules, currency: str | None = None) -> str:
    """Say why a letter that asks for money is not due, so that a clerk gives a reason; "" if it needs none.

    `currency`: the one that it is in, None for the account's main one.
    """
    if kind not in LEVELS:
        return ""
    code = standing.balance.currency if currency is None else currency
    for letter in standing.contacts.waiting:
        if letter.currency == code and not _asks_in_vain(letter, standing, rules):
            return f"{letter.kind} {letter.number} is written and not sent yet"
    level = standing.contacts.levels.get(code, Level())
    due = due_letter(standing, rules)
    if due and level.next:
        return "" if level.next is kind else f"a {level.next} is due, no {kind}"
    contacts, policy = standing.contacts, rules.policy
    if level.next is None:
        return "after the final demand comes the claim file"
    if contacts.tried_enough(policy) and contacts.money:
        return f"money of {rules.day(contacts.money)} came, and nobody was tried since"
    if contacts.tried_enough(policy) and contacts.fresh:
        return "there is an invoice that nobody was called about yet"
    if contacts.in_vain(policy) and contacts.last_letter:
        went = f"the last letter went out on {rules.day(contacts.last_letter)}"
        return f"{went}, the next one waits {policy.letter_interval_days} days"
    tries = f"{contacts.tries} of {policy.tries_before_letter} tries in a row"
    return f"{tries} reached nobody"


def refusals(
    kind: LetterKind,
    dossier: Dossier,
    standing: Standing,
    rules: Rules,
    *,
    currency: str = "",
    about: Sequence[str] = (),
    by_email: bool = False,
    person: str = "",
) -> tuple[str, ...]:
    """Say why a letter cannot be written, a sentence each; nothing if it can.

    `currency`: the one that it is in, "" for the account's main one; `about`: ids of the promises or disputes that it
    is about. `by_email`: it needs no postal address, but an email of the person, or of anybody there.
    """
    found = [f"not to be written to: {standing.stopped}"] if standing.stopped else []
    if by_email:
        found += (
            [] if emails_of(dossier, person) else ["no email address is known: correct the account, 'NAME EMAIL'"]
        )
    elif not dossier.account.address.strip():
        found.append("no postal address is known: correct the account, 'address STREET, TOWN'")
    why = _NEEDS[kind](_Case(dossier, standing, rules, currency or standing.balance.currency, about))
    return tuple(found + [why] * bool(why))


def stands_no_more(letter: Letter, dossier: Dossier, standing: Standing, rules: Rules) -> str:
    """Say why a letter that was written must not be sent any more as it is, "" if it still may.

    What asks for money asks for nothing that was paid, promised or disputed meanwhile, and leaves time to pay; what
    speaks of an agreement or a dispute speaks of one that stands as it was.
    """
    if standing.stopped:
        return f"not to be written to: {standing.stopped}"
    if letter.kind in LEVELS:
        return _asks_in_vain(letter, standing, rules)
    why = _NEEDS[letter.kind](_Case(dossier, standing, rules, letter.currency, letter.about))
    why = why or _is_otherwise(letter, dossier, rules.moment.today)
    if not why and letter.kind is LetterKind.HOLD and asks_too_much(letter, standing.items):
        return _too_much(letter, standing, rules)
    return f"letter {letter.number} says what is no more so: {why}" if why else ""


def went_before(letter: Letter, dossier: Dossier, rules: Rules) -> str:
    """Say which letter of the same level or one above went out so lately that this one is not sent, "" if none did.

    Only letters count that asked for some of the same invoices.
    """
    if letter.kind not in LEVELS:
        return ""
    since = min(letter.day, rules.moment.today - timedelta(days=rules.policy.letter_interval_days - 1))
    for other in dossier.letters:
        if other.kind not in LEVELS or other.sent_on is None or other.sent_on < since or other.id == letter.id:
            continue
        same = not set(asked_of(letter)).isdisjoint(asked_of(other))
        if same and LEVELS.index(letter.kind) <= LEVELS.index(other.kind):
            return f"{other.kind} {other.number} went out on {rules.day(other.sent_on)}"
    return ""


def _asks_in_vain(letter: Letter, standing: Standing, rules: Rules) -> str:
    """Say why a letter that asks for money may not ask for it any more as it does, "" if it may."""
    if asks_too_much(letter, standing.items):
        return _too_much(letter, standing, rules)
    days, today = days_left_by(letter.kind, rules.policy), rules.moment.today
    if letter.deadline and (letter.deadline - today).days * 2 < days:
        return f"letter {letter.number} asks for it by {rules.day(letter.deadline)}, but {days} days are to be left"
    return ""


def _too_much(letter: Letter, standing: Standing, rules: Rules) -> str:
    may, currency = still_asked(letter, standing.items), letter.currency or rules.policy.home_currency
    asks, left = grouped(letter.amount, currency), grouped(may, currency)
    return f"letter {letter.number} asks for {asks}, of which {left} may be asked for now"


def _is_otherwise(letter: Letter, dossier: Dossier, today: date) -> str:
    """Say what of that which a letter is about was taken back or changed since, "" for nothing."""
    promises = {p.id: p for p in dossier.promises if p.withdrawn_on is None and not p.superseded_by}
    disputes = {d.id: d for d in dossier.disputes if d.closed_on is None}
    payments = {p.id: p for p in unthanked(dossier.payments, dossier.letters, today)}
    for kinds, there, what in (
        ((LetterKind.CONFIRMATION, LetterKind.PLAN), promises, "a promise was withdrawn or changed"),
        ((LetterKind.DISPUTE,), disputes, "the dispute is closed"),
        ((LetterKind.THANKS,), payments, "a payment was taken back or thanked for already"),
    ):
        if letter.kind in kinds and letter.about:
            if any(each not in there for each in letter.about):
                return what
            if total(there[each].amount for each in letter.about) != letter.amount:
                return "the amount is another one"
    return ""


def emails_of(dossier: Dossier, person: str = "") -> tuple[str, ...]:
    """Return where an email to a person goes: to their own addresses; without a person, to whoever has one first."""
    named = [p for p in dossier.people if p.emails and (not person or fold(p.name) == fold(person))]
    return named[0].emails if named else ()


def addressee(dossier: Dossier, person: str = "") -> Person | None:
    """Return the one person of an account that is meant by a name or a part of it, None if it is nobody or several.

    Without a name whoever was spoken to last, else the first one there.
    """
    if person:
        same = [p for p in dossier.people if fold(p.name) == fold(person)]
        like = same or [p for p in dossier.people if p.name and fold(person) in fold(p.name)]
        return like[0] if len(like) == 1 or same else None
    talks = sorted((a for a in dossier.activities if a.reached and a.person), key=lambda a: a.at, reverse=True)
    known = {fold(p.name): p for p in dossier.people if p.name}
    spoken = (known[fold(a.person)] for a in talks if fold(a.person) in known)
    return next(spoken, next(iter(known.values()), None))


def balance_in(standing: Standing, currency: str) -> Balance | None:
    """Return an account's balance in a currency, None if it has none."""
    return next((b for b in (standing.balance, *standing.others) if b.currency == currency), None)


# What each kind needs


class _Case(NamedTuple):
    """An account, as one letter is about it."""

    dossier: Dossier
    standing: Standing
    rules: Rules
    currency: str
    about: Sequence[str]

    def means(self, record: str) -> bool:
        return not self.about or record in self.about


def _asks(case: _Case) -> str:
    balance = balance_in(case.standing, case.currency)
    if balance is None or balance.gross <= 0:
        return "nothing is open"
    if balance.past_due <= 0:
        return "nothing is past due"
    if balance.collectable > 0:
        return ""
    items = [i for i in case.standing.items if i.past_due and i.invoice.currency == case.currency]
    held = []
    if any(i.disputed for i in items):
        held.append(f"{_money(case, balance.disputed)} is disputed")
    if any(i.promised for i in items):
        held.append(f"{_money(case, balance.promised)} is promised{_until(case)}")
    if balance.credits:
        held.append(f"they have {_money(case, balance.credits)} in hand")
    return f"nothing may be asked for: {', '.join(held)}"


def _money(case: _Case, amount: Decimal) -> str:
    return case.rules.money(amount, case.currency)


def _until(case: _Case) -> str:
    first: date | None = min((j.promise.day for j in case.standing.live), default=None)
    return f" for {case.rules.day(first)}" if first else ""


def _statement(case: _Case) -> str:
    balances = (case.standing.balance, *case.standing.others)
    return "" if any(b.gross or b.credits for b in balances) else "nothing is open: there is nothing to state"


def _confirmation(case: _Case) -> str:
    live = any(case.means(j.promise.id) for j in case.standing.live)
    return "" if live else "no promise stands that is still to come"


def _plan(case: _Case) -> str:
    plans = [j.promise.plan for j in case.standing.live if j.promise.plan and case.means(j.promise.id)]
    return "" if plans else "no payment plan stands that is still to come"


def _dispute(case: _Case) -> str:
    waiting = any(d.closed_on is None and case.means(d.id) for d in case.dossier.disputes)
    return "" if waiting else "nothing is disputed"


def _hold(case: _Case) -> str:
    return "" if on_hold(case.dossier) else "the account is not on hold"


def _thanks(case: _Case) -> str:
    late = [b for b in (case.standing.balance, *case.standing.others) if b.past_due > ZERO]
    if late:
        return f"{case.rules.money(late[0].past_due, late[0].currency)} is past due still"
    came = unthanked(case.dossier.payments, case.dossier.letters, case.rules.moment.today)
    return "" if came else "no payment came that they could be thanked for"


_NEEDS: dict[LetterKind, Callable[[_Case], str]] = {
    **dict.fromkeys(LEVELS, _asks),
    LetterKind.STATEMENT: _statement,
    LetterKind.CONFIRMATION: _confirmation,
    LetterKind.PLAN: _plan,
    LetterKind.DISPUTE: _dispute,
    LetterKind.HOLD: _hold,
    LetterKind.THANKS: _thanks,
}
