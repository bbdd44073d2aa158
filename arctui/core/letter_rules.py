"""Which letters an account may be sent today: what is due, what a letter of each kind needs, what refuses it. Pure.

Asking for money is bound to the rule of letters; the other kinds each need what they are about, and no reason.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from arctui.core.credit_terms import on_hold
from arctui.core.facts import Dossier
from arctui.core.ledger import Balance, by_age
from arctui.core.letter_levels import still_asked
from arctui.core.letter_records import LEVELS, Letter, LetterKind
from arctui.core.money import ZERO, grouped
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


def needs_reason(kind: LetterKind, standing: Standing, rules: Rules) -> str:
    """Say why a letter that asks for money is not due, so that a clerk gives a reason; "" if it needs none."""
    due = due_letter(standing, rules)
    if kind not in LEVELS or (due and due.kind is kind):
        return ""
    if due:
        return f"a {due.kind} is due, no {kind}"
    contacts, policy = standing.contacts, rules.policy
    if contacts.level.next is None:
        return "after the final demand comes the claim file"
    if contacts.last_try and contacts.tries >= policy.tries_before_letter and contacts.money:
        return f"money came on {rules.day(contacts.money)}, after the last try"
    if contacts.in_vain(policy) and contacts.last_letter:
        went = f"the last letter went out on {rules.day(contacts.last_letter)}"
        return f"{went}, the next one waits {policy.letter_interval_days} days"
    so_far = "none" if not contacts.tries else "one" if contacts.tries == 1 else str(contacts.tries)
    return (
        f"a letter is due after {policy.tries_before_letter} tries in a row that reached nobody, so far {so_far} did"
    )


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


def stands_no_more(letter: Letter, standing: Standing, rules: Rules) -> str:
    """Say why a letter that was written must not be sent any more, "" if it still may.

    What asks for money asks for nothing that was paid, promised or disputed meanwhile.
    """
    if standing.stopped:
        return f"not to be written to: {standing.stopped}"
    if letter.kind not in LEVELS:
        return ""
    now = still_asked(letter, standing.items)
    if now >= letter.amount:
        return ""
    asks, may = (grouped(amount, letter.currency or rules.policy.home_currency) for amount in (letter.amount, now))
    return f"letter {letter.number} asks for {asks}, of which {may} may be asked for now"


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
    today = case.rules.moment.today
    came = (p for p in case.dossier.payments if p.amount > 0 and p.day <= today and not p.reversed_on)
    return "" if any(came) else "no payment came that they could be thanked for"


_NEEDS: dict[LetterKind, Callable[[_Case], str]] = {
    **dict.fromkeys(LEVELS, _asks),
    LetterKind.STATEMENT: _statement,
    LetterKind.CONFIRMATION: _confirmation,
    LetterKind.PLAN: _plan,
    LetterKind.DISPUTE: _dispute,
    LetterKind.HOLD: _hold,
    LetterKind.THANKS: _thanks,
}
