"""The terms on which an account gets credit: what a person decided, and what is proposed. Pure.

Nothing of it is stored but the decisions (`core.decisions.CreditDecision`); a proposal changes nothing by itself.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from arctui.core.credit import LETTERS, YEAR, Basis, Grade, Paid, basis_on, grade, past_due_share
from arctui.core.decisions import CreditDecision
from arctui.core.facts import Dossier
from arctui.core.money import ZERO, total
from arctui.core.reasons import Rules
from arctui.core.records import Flag
from arctui.core.text import plural

#: What a grade makes of a limit: a good payer is given room to grow, nobody sells to an E on credit.
SCALE = {"A": Decimal("1.25"), "B": Decimal(1), "C": Decimal("0.75"), "D": Decimal("0.5"), "E": Decimal(0)}
#: Debt that is past due and not disputed for so many days stops deliveries on credit.
HOLD_DAYS = 60
_DAY = timedelta(days=1)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed: a limit (None: none can be) and a hold, a release, or to leave it as it stands (None)."""

    limit: Decimal | None
    limit_words: str
    hold: bool | None
    hold_words: str


def decided(dossier: Dossier) -> CreditDecision | None:
    """Return the decision that holds, the newest one; None where nobody has decided anything."""
    return max(enumerate(dossier.credit), key=lambda d: (d[1].at, d[0]))[1] if dossier.credit else None


def decided_limit(dossier: Dossier) -> CreditDecision | None:
    """Return the decision that set the limit in force, None where no decision has."""
    return decided(msgspec.structs.replace(dossier, credit=tuple(d for d in dossier.credit if d.limit is not None)))


def held_by(dossier: Dossier) -> CreditDecision | None:
    """Return the decision that put the account on hold, None where it is not on hold."""
    found = None
    for decision in sorted(dossier.credit, key=lambda d: d.at):
        if decision.hold is not None:
            found = (found or decision) if decision.hold else None
    return found


def limit_of(dossier: Dossier) -> Decimal | None:
    """Return the limit in force: the decided one, else the one of the accounting system, None for none."""
    decision = decided_limit(dossier)
    return decision.limit if decision else dossier.account.credit_limit


def on_hold(dossier: Dossier) -> bool:
    """Has a person decided that nothing is delivered on credit?"""
    return held_by(dossier) is not None


def propose(of: Basis, now: Grade, rules: Rules) -> Proposal:
    """Propose a limit, and a hold or a release, to a person who decides."""
    limit, limit_words = _limit(of, now, rules)
    hold, hold_words = _hold(of, now, rules)
    return Proposal(limit=limit, limit_words=limit_words, hold=hold, hold_words=hold_words)


def _hold(of: Basis, now: Grade, rules: Rules) -> tuple[bool | None, str]:
    """Hold a bankrupt, an E, and who has more than 60 days past due, undisputed, a larger share than a B may have.

    Who is none of these, an A to C, and better than when a person decided the hold is released.
    """
    held = held_by(of.dossier)
    old = [i for i in of.past_due if i.days_past_due > HOLD_DAYS]
    share = past_due_share(of, old)
    why = ["bankruptcy"] if Flag.BANKRUPTCY in of.dossier.account.flags else []
    why += ["grade E"] if now.letter == "E" else []
    if share > rules.policy.grade_past_due[1]:
        money = rules.money(total(i.open - i.disputed for i in old), of.currency)
        why.append(f"{money} is more than {HOLD_DAYS} days past due and not disputed")
    if why:
        return (None if held else True), f"{'stay on hold' if held else 'hold'}: {', '.join(why)}"
    if held is None:
        return None, "no hold"
    if not now.letter or now.letter > "C":
        return None, f"stay on hold: {'grade ' + now.letter if now.letter else 'no grade yet'}"
    if held.grade and now.letter >= held.grade:
        return None, f"stay on hold: the grade is no better than when it was decided, {held.grade}"
    return False, f"release: grade {now.letter}, nothing to speak of more than {HOLD_DAYS} days past due"


def _limit(of: Basis, now: Grade, rules: Rules) -> tuple[Decimal | None, str]:
    """Return the larger of what it carried on time and what its purchases come to over its terms, x SCALE, rounded.

    Carried on time: the most that stood open at once, in 12 months, of invoices that were paid in full and no later
    than an A pays: so much it has shown that it can carry. Purchases: what is invoiced in an average month of these
    12 x the terms in months: so much stands open at a customer who buys as before and pays to the day, and a smaller
    limit would stop a good one.
    """
    if not now.letter:
        return None, "no limit is proposed without a grade"
    carried, (monthly, terms) = _carried(of, rules.policy.grade_days_late[0]), of.purchases
    bought = monthly * terms / 30
    base = max(carried, bought)
    if not base:
        return None, "no limit is proposed: nothing was bought in 12 months"
    limit = written(base * SCALE[now.letter])
    money = rules.money
    if carried >= bought:
        from_what = f"{money(carried, of.currency)} was carried and paid on time"
    else:
        from_what = f"{money(monthly, of.currency)} is bought in a month, on terms of {plural(terms, 'day')}"
    return limit, f"{money(limit, of.currency)}: {from_what}, x {SCALE[now.letter]} for grade {now.letter}"


def _carried(of: Basis, days: int) -> Decimal:
    """Return the most that stood open at once of what was paid on time in 12 months."""
    parts: dict[str, list[Paid]] = defaultdict(list)
    for part in of.paid:
        parts[part.invoice].append(part)
    moves: list[tuple[date, Decimal]] = []
    for invoice in of.invoices:
        mine = parts[invoice.id]
        if total(p.amount for p in mine) < invoice.amount or max(p.late for p in mine) > days:
            continue
        if invoice.issued and max(p.day for p in mine) >= of.day - YEAR:
            moves += [(invoice.issued, invoice.amount), *((p.day, -p.amount) for p in mine)]
    most = now = ZERO
    # What is paid on a day makes room for what is delivered on it.
    for _, amount in sorted(moves):
        now += amount
        most = max(most, now)
    return most


def written(amount: Decimal) -> Decimal:
    """Round to an amount that a person would write: 3,456 is 3,500, 12,345 is 12,500.

    To half of the first figure's place; to a quarter of it where the first figure is a 1, which a half would miss by
    far.
    """
    if amount <= 0:
        return ZERO
    step = Decimal("2.5" if amount.as_tuple().digits[0] == 1 else 5).scaleb(amount.adjusted() - 1)
    return ((amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step).quantize(ZERO)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The credit of one account: its grade and that of the end of last month ("" where none is known), and its terms.

    `owes` is net of credits. `limit`: in force, None for none, decided by `limited` or else imported. `decision`: the
    one that holds; `holding`: the one that put it on hold.
    """

    account: str
    name: str
    currency: str
    grade: Grade
    before: str
    owes: Decimal
    limit: Decimal | None
    limited: CreditDecision | None
    decision: CreditDecision | None
    holding: CreditDecision | None
    proposal: Proposal

    @property
    def held(self) -> bool:
        """Is it on hold?"""
        return self.holding is not None

    @property
    def beyond(self) -> Decimal:
        """By how much it owes more than its limit, 0 within it or without one."""
        return max(ZERO, self.owes - self.limit) if self.limit is not None else ZERO

    @property
    def down(self) -> bool:
        """Is it graded worse than at the end of last month?"""
        return bool(self.before and self.grade.letter > self.before)


def card(of: Basis, owes: Decimal, rules: Rules) -> Card:
    """Return the credit of one account today. The grade before is looked for where there may be a better one."""
    now = grade(of, rules)
    then = basis_on(of, rules, rules.moment.today.replace(day=1) - _DAY) if now.letter > LETTERS[0] else None
    return Card(
        account=of.dossier.account.id,
        name=of.dossier.account.name,
        currency=of.currency,
        grade=now,
        before=grade(then, rules).letter if then else "",
        owes=owes,
        limit=limit_of(of.dossier),
        limited=decided_limit(of.dossier),
        decision=decided(of.dossier),
        holding=held_by(of.dossier),
        proposal=propose(of, now, rules),
    )
