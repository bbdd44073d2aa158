"""The key figures of the dashboard, and what each account brings to them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from arctui.core.figures import AccountSums, Figures
from arctui.core.known import Known
from arctui.core.money import total
from arctui.core.period import Period
from arctui.core.promised import Promised
from arctui.core.talks import Talks
from arctui.core.text import plural
from arctui.core.words import short_day
from arctui.desk.board import Behind, KeyFigure, Row
from arctui.desk.board_parts import Accounts, listed

_PERCENT = 100


def key_figures(found: Figures, promises: Promised, talks: Talks) -> tuple[KeyFigure, ...]:
    """Return the key figures in their order, each with how it comes about or what is missing."""
    days, late = found.period.days, found.lateness

    def figure(key: str, name: str, known: Known, unit: str, words: str) -> KeyFigure:
        value = known.value if known.value is None or unit != "%" else known.value * _PERCENT
        return KeyFigure(key=key, name=name, value=value, unit=unit, words=words, missing=known.missing)

    cei = Known(None if found.cei is None else found.cei / _PERCENT, found.cei_known.missing)
    return (
        figure("dso", "DSO", found.dso_known, "days", f"open / sales of {days} days x {days}"),
        figure("best", "best possible DSO", found.best_known, "days", "if nothing were past due"),
        figure("add", "average days delinquent", found.add_known, "days", "DSO less best possible"),
        figure("cei", "collection index", cei, "%", f"collected of what could be, {days} days"),
        figure("late", "days late", late.by_payment, "days", f"paid in {days} days, by amount"),
        figure(
            "kept",
            "promises kept",
            promises.kept_rate,
            "%",
            f"{promises.kept} of {promises.decided} decided in {days} days",
        ),
        figure(
            "right",
            "right party reached",
            talks.right_party_rate,
            "%",
            f"{talks.right_party} of {plural(talks.calls, 'call')} in {days} days",
        ),
        figure("contacts", "contacts per promise", talks.contacts_per_promise, "", "conversations to one promise"),
    )


def in_days(behind: Mapping[str, Behind], found: Figures) -> dict[str, Behind]:
    """Return the accounts behind DSO, best possible DSO and their difference: what is open, each with its days."""

    def of(key: str, known: Known, title: str, what: str = "open") -> Behind:
        whole = behind[key]
        per_unit = known.value / whole.sum if known.value is not None and whole.sum else None

        def row(each: Row) -> Row:
            words = each.words if per_unit is None else f"{each.amount * per_unit:.1f} days; {each.words}"
            return Row(each.account, each.name, each.amount, words)

        words = f"unknown: {known.missing}" if known.value is None else f"{known.value:.1f} days in all"
        return Behind(title=title, what=what, rows=tuple(map(row, whole.rows)), words=words)

    late, cei = behind["aging past due"], found.cei_known
    words = (
        f"unknown: {cei.missing}"
        if cei.value is None
        else f"{cei.value:.1f} % of what could be was collected in {found.period.days} days"
    )
    return {
        "dso": of("aging gross", found.dso_known, "DSO: all that is open, before credits"),
        "best": of("aging current", found.best_known, "best possible DSO: what is not due yet"),
        "add": of("aging past due", found.add_known, "average days delinquent: what is past due", "past due"),
        "cei": Behind(title="not collected: what is past due", what="past due", rows=late.rows, words=words),
    }


def late_payers(accounts: Accounts, sums: Sequence[AccountSums], found: Figures) -> dict[str, Behind]:
    """Return what each account paid in the period, and how late on average."""
    rows = []
    for (dossier, _), each in zip(accounts, sums, strict=True):
        turnover = each.turnovers.get(found.currency)
        paid = [p for p in turnover.paid if p.day in found.period] if turnover else []
        amount = total(p.amount for p in paid)
        if amount:
            days = total(p.days_late * p.amount for p in paid) / amount
            rows.append(Row(dossier.account.id, dossier.account.name, amount, f"{days:.1f} days late"))
    known = found.lateness.by_payment
    words = f"unknown: {known.missing}" if known.value is None else f"{known.value:.1f} days late, by amount"
    title = f"paid since {short_day(found.period.first)}"
    return {"late": Behind(title=title, what="paid", rows=listed(rows), words=words)}


def talkers(accounts: Accounts, period: Period, whole: Talks, groups: Sequence[Talks]) -> dict[str, Behind]:
    """Return the accounts that were called, and those that promised something in a conversation."""
    names = {dossier.account.id: dossier.account.name for dossier, _ in accounts}
    since = short_day(period.first)

    def right(each: Talks) -> str:
        return f"of {plural(each.calls, 'call')}"

    def contacts(each: Talks) -> str:
        known = each.contacts_per_promise
        return f"{known.value:.1f} conversations each" if known.value is not None else known.missing

    def of(title: str, what: str, rows: Iterator[Row], words: str) -> Behind:
        return Behind(title=title, what=what, rows=listed(rows), words=words, is_money=False)

    return {
        "right": of(
            f"right party reached since {since}",
            "reached",
            (Row(t.key, names[t.key], Decimal(t.right_party), right(t)) for t in groups if t.calls),
            right(whole),
        ),
        "contacts": of(
            f"conversations with a promise since {since}",
            "promises",
            (Row(t.key, names[t.key], Decimal(t.agreements), contacts(t)) for t in groups if t.agreements),
            contacts(whole),
        ),
    }
