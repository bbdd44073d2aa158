"""The accounts behind the figures of the dashboard: for each figure what every account brings to it. Pure."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from arctui.core.cash_weeks import Forecast, PastWeek, Week
from arctui.core.expected import EXPECTED, Outlook, Part
from arctui.core.facts import Dossier
from arctui.core.ledger import AGING_BUCKETS, Balance
from arctui.core.money import ZERO, grouped, total
from arctui.core.promised import decided_on
from arctui.core.promises import Verdict
from arctui.core.reasons import Rules
from arctui.core.standing import Standing
from arctui.core.text import plural
from arctui.core.verdict_words import verdict_words
from arctui.core.words import short_day
from arctui.desk.board import Behind, Exposure, Row

#: All accounts with all facts and their standing.
Accounts = Sequence[tuple[Dossier, Standing]]

#: The limit of an account, None for none, its grade, "" for none, and whether it is on hold.
Credit = tuple[Decimal | None, str, bool]

#: So many accounts with the largest past due amounts are shown one by one.
TOP = 10


def listed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Put the largest part first; those alike by name."""
    return tuple(sorted(rows, key=lambda row: (-abs(row.amount), row.name, row.account)))


def balances_of(accounts: Accounts, currency: str) -> Iterator[tuple[Dossier, Balance]]:
    """Return each account's balance in a currency, if it has one."""
    for dossier, standing in accounts:
        for balance in (standing.balance, *standing.others):
            if balance.currency == currency:
                yield dossier, balance


def by_age(accounts: Accounts, currency: str) -> dict[str, Behind]:
    """Return the accounts behind each bucket, the credits, the total, and what is past due."""
    rows: dict[str, list[Row]] = {name: [] for name in (*AGING_BUCKETS, "credits", "total", "past due", "gross")}
    for dossier, balance in balances_of(accounts, currency):
        account, name = dossier.account.id, dossier.account.name
        late = f"{balance.days_past_due} days past due" if balance.past_due else "nothing past due"
        parts = {**balance.aging, "credits": -balance.credits, "total": balance.net, "gross": balance.gross}
        parts["past due"] = balance.gross - balance.aging["current"]
        for part, amount in parts.items():
            if amount:
                rows[part].append(Row(account, name, amount, late if part != "credits" else "in hand"))
    titles = {
        "current": "not due yet",
        "credits": "credits and money on account",
        "total": "all that is owed, net of credits",
        "past due": "all that is past due",
        "gross": "all open invoices",
    }
    return {
        f"aging {name}": Behind(title=titles.get(name, f"{name} days past due"), what="amount", rows=listed(found))
        for name, found in rows.items()
    }


def of_promises(accounts: Accounts, currency: str, first: date, rules: Rules) -> Behind:
    """Return the promises that were decided from a day up to today, one row each, the amount promised."""
    today, rows, kept = rules.moment.today, [], 0
    for dossier, standing in accounts:
        for judged in standing.judged:
            day = decided_on(judged)
            if judged.promise.currency == currency and day and first <= day <= today:
                kept += judged.verdict is Verdict.KEPT
                words = f"{verdict_words(judged, rules)}; due {rules.day(judged.promise.day)}"
                rows.append(Row(dossier.account.id, dossier.account.name, judged.promise.amount, words))
    words = f"kept {kept} of {plural(len(rows), 'promise')}"
    return Behind(title=f"promises decided since {rules.day(first)}", what="promised", rows=listed(rows), words=words)


def by_week(accounts: Accounts, outlooks: Mapping[str, Outlook], forecast: Forecast, home: str) -> dict[str, Behind]:
    """Return the accounts behind what came in each past week, what is expected in each, and what has no day."""
    names = {dossier.account.id: dossier.account.name for dossier, _ in accounts}
    spans = [*forecast.weeks, forecast.later]
    coming: list[dict[str, dict[Part, Decimal]]] = [{} for _ in spans]
    undated: dict[Part, dict[str, Decimal]] = {part: {} for part in Part if part not in EXPECTED}
    came: list[dict[str, list[Decimal]]] = [{} for _ in forecast.past]
    for account, outlook in outlooks.items():
        for part in outlook.coming:
            if (part.currency or home) != forecast.currency:
                continue
            if part.day is None:
                _add(undated[part.part], account, part.amount)
                continue
            place = next((n for n, w in enumerate(spans) if w.last is None or part.day <= w.last), None)
            if place is not None:
                _add(coming[place].setdefault(account, {}), part.part, part.amount)
        for which, found in ((0, outlook.came), (1, outlook.promised)):
            for gone in found:
                place = next((n for n, w in enumerate(forecast.past) if w.first <= gone.day <= w.last), None)
                if (gone.currency or home) == forecast.currency and place is not None:
                    came[place].setdefault(account, [ZERO, ZERO])[which] += gone.amount
    behind = {}
    for week, parts in zip(spans, coming, strict=True):
        rows = [Row(a, names[a], total(p.values()), _made_of(p)) for a, p in parts.items()]
        behind[week_key(week)] = Behind(title=f"expected {_span(week)}", what="expected", rows=listed(rows))
    for past, sums in zip(forecast.past, came, strict=True):
        rows = [Row(a, names[a], c, f"promised {grouped(p)}" if p else "") for a, (c, p) in sums.items()]
        behind[week_key(past)] = Behind(title=f"came {_span(past)}", what="came", rows=listed(rows))
    for kind, amounts in undated.items():
        rows = [Row(a, names[a], amount) for a, amount in amounts.items()]
        behind[f"cash {kind}"] = Behind(title=_UNDATED[kind], what="amount", rows=listed(rows))
    return behind


_UNDATED = {
    Part.UNDATED: "open, and nothing says when it comes",
    Part.DISPUTED: "disputed: not expected until it is settled",
    Part.CREDIT: "set off by credits and money on account",
}


def week_key(week: Week | PastWeek) -> str:
    """Return the key of what is expected, or what came, in a week."""
    if isinstance(week, PastWeek):
        return f"came {week.first}"
    return f"week {week.first}" if week.last else "week later"


def _span(week: Week | PastWeek) -> str:
    """Say from when to when: "from Mon 23 Nov to Sun 29 Nov"."""
    if week.last is None:
        return f"from {short_day(week.first)} on"
    return f"from {short_day(week.first, week.last)} to {short_day(week.last)}"


def _made_of(parts: Mapping[Part, Decimal]) -> str:
    """Say what an expected amount is made of."""
    return ", ".join(f"{part} {grouped(amount)}" for part, amount in parts.items() if amount)


def top_exposures(
    accounts: Accounts, currency: str, credit: Callable[[Dossier, Standing], Credit]
) -> tuple[Exposure, ...]:
    """Return the accounts with the largest past due amounts; `credit` tells limit, grade and hold of one."""
    found = []
    for dossier, standing in accounts:
        for balance in (standing.balance, *standing.others):
            past_due = balance.gross - balance.aging["current"]
            if balance.currency == currency and past_due > 0:
                found.append((past_due, dossier, standing, balance))
    found.sort(key=lambda each: (-each[0], each[1].account.name, each[1].account.id))
    exposures = []
    for past_due, dossier, standing, balance in found[:TOP]:
        limit, grade, hold = credit(dossier, standing)
        exposures.append(
            Exposure(
                account=dossier.account.id,
                name=dossier.account.name,
                past_due=past_due,
                days=balance.days_past_due,
                net=balance.net,
                limit=limit if currency == dossier.account.currency else None,
                grade=grade,
                hold=hold,
            )
        )
    return tuple(exposures)


_KeyT = TypeVar("_KeyT", bound=Hashable)


def _add(sums: dict[_KeyT, Decimal], key: _KeyT, amount: Decimal) -> None:
    sums[key] = sums.get(key, ZERO) + amount
