"""The worklist: whom to call, in order, and why. One row per account."""

from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.calls import Call
from arctui.core.credit_terms import on_hold
from arctui.core.facts import Dossier
from arctui.core.reasons import Bucket, Rules
from arctui.core.standing import Standing


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An account's place in the worklist; `amount` is what the row is about, in `currency`.

    `passed_over`: a promise that the last review should have decided about. `overdue`: the callback that makes it
    `urgent` was to be on an earlier day.
    `unfinished`: a call of this clerk was begun and not ended. `busy`: the clerk who has the account on the line now.
    """

    account: str
    name: str
    number: str
    bucket: Bucket
    why: str
    amount: Decimal
    currency: str
    collectable: Decimal
    past_due: Decimal
    days_past_due: int
    next: date
    urgent: bool
    overdue: bool = False
    passed_over: bool = False
    unfinished: bool = False
    busy: str = ""


def row_of(dossier: Dossier, standing: Standing, rules: Rules, at_bank: str = "") -> Row | None:
    """Return the account's row, None if it is not on the list today. `at_bank`: which money waits in the bank lines.

    A call that was begun must be ended, so it puts its account on the list whatever the rules say; one that must not
    be called stands last, to be ended.
    """
    unfinished = [c for c in dossier.calls if c.by == rules.clerk and c.session != rules.session]
    if not standing.reasons and not unfinished:
        return None
    sentences = [f"call of {_begun(c, rules)} is not finished: Enter goes on" for c in unfinished]
    line = on_the_line(dossier, rules)
    sentences += [said_of(line, rules)] if line else []
    # Before the reason: who has paid is not asked for it.
    sentences += [at_bank] if at_bank else []
    sentences += ["on hold"] if on_hold(dossier) else []
    sentences += list(dict.fromkeys(r.why for r in standing.reasons))
    if standing.stopped:
        sentences.append(f"not to be called: {standing.stopped}")
    if rules.stale:
        sentences.append(rules.stale)
    balance = standing.balance
    amount, currency = balance.collectable or balance.past_due, balance.currency
    bucket = Bucket.LETTER if standing.stopped else Bucket.CALLBACK
    if standing.reasons:
        best = standing.reasons[0]
        same = [r.amount for r in standing.reasons if r.bucket is best.bucket and r.currency == best.currency]
        bucket, currency = best.bucket, best.currency
        amount = sum(same, Decimal(0)) if bucket in (Bucket.BROKEN, Bucket.VERIFY) else best.amount
    return Row(
        account=standing.account,
        name=dossier.account.name,
        number=dossier.account.number,
        bucket=bucket,
        why="; ".join(sentences),
        amount=amount,
        currency=currency,
        collectable=balance.collectable,
        past_due=balance.past_due,
        days_past_due=balance.days_past_due,
        next=rules.moment.today,
        urgent=standing.urgent,
        overdue=standing.overdue,
        passed_over=bool(standing.passed_over),
        unfinished=bool(unfinished) and not standing.stopped,
        busy=line.by if line else "",
    )


def on_the_line(dossier: Dossier, rules: Rules) -> Call | None:
    """Return the call that another clerk has with this account now.

    One from an earlier day was cut off, as nobody talks over night; so was one whose program has ended.
    """
    today = rules.moment.today
    living = [c for c in dossier.calls if c.by != rules.clerk and c.session and c.session not in rules.gone]
    return next((c for c in living if c.day == today), None)


def said_of(call: Call, rules: Rules) -> str:
    """Say who is calling an account, and since when."""
    return f"{call.by} has them on the line since {_begun(call, rules)}"


def _begun(call: Call, rules: Rules) -> str:
    hour = f"{call.started_at:%H:%M}"
    return hour if call.day == rules.moment.today else f"{rules.day(call.day)} {hour}"


def calling_order(row: Row) -> tuple[object, ...]:
    """Return the key that sorts rows.

    An unfinished call, a callback due now, a promise that the last review passed over, a callback of an earlier day;
    then by bucket, the larger amount, the older, and the name.
    """
    first = (not row.unfinished, not row.urgent or row.overdue, not row.passed_over, not row.urgent)
    return (*first, row.bucket, -row.amount, -row.days_past_due, row.name, row.account)
