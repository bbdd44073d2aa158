"""The worklist: whom to call, in order, and why. One row per account."""

from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier
from arctui.core.reasons import Bucket, Rules
from arctui.core.standing import Standing


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An account's place in the worklist; `amount` is what the row is about, in `currency`."""

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


def row_of(dossier: Dossier, standing: Standing, rules: Rules) -> Row | None:
    """Return the account's row, None if it is not on the list today."""
    if not standing.reasons:
        return None
    best = standing.reasons[0]
    sentences = list(dict.fromkeys(r.why for r in standing.reasons))
    if rules.stale:
        sentences.append(rules.stale)
    same = [r.amount for r in standing.reasons if r.bucket is best.bucket and r.currency == best.currency]
    amount = sum(same, Decimal(0)) if best.bucket in (Bucket.BROKEN, Bucket.VERIFY) else best.amount
    balance = standing.balance
    return Row(
        account=standing.account,
        name=dossier.account.name,
        number=dossier.account.number,
        bucket=best.bucket,
        why="; ".join(sentences),
        amount=amount,
        currency=best.currency,
        collectable=balance.collectable,
        past_due=balance.past_due,
        days_past_due=balance.days_past_due,
        next=rules.moment.today,
        urgent=standing.urgent,
    )


def calling_order(row: Row) -> tuple[object, ...]:
    """Return the key that sorts rows: a callback due now first, then bucket, larger amount, older, name."""
    return (not row.urgent, row.bucket, -row.amount, -row.days_past_due, row.name, row.account)
