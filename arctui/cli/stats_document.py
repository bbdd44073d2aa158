"""The JSON document of `stats`; what cannot be known is null, and `missing` beside it says why, by field."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from arctui.cli.values import Document, iso, money, number
from arctui.core.excuses import Excuse
from arctui.core.figures import Figures
from arctui.core.known import Known
from arctui.core.period import Period
from arctui.core.promised import Promised
from arctui.core.talks import Talks
from arctui.desk import Desk
from arctui.desk.figures import Asked

#: Digits behind the point of a share from 0 to 1.
_SHARE = 4


def document(asked: Asked, desk: Desk, *, excuses: bool) -> Document:
    """Return the whole: the home currency's figures, the others below, then what the talking brought."""
    home, *others = asked.receivables.items()
    wanted, whole = asked.talks.wanted, asked.talks.whole
    made = {
        **_figures(home[1]),
        "other_currencies": {c: _figures(f) for c, f in others},
        "clerk": wanted.clerk or None,
        "account": asked.names.get(asked.account),
        "talks": {"period": _period(wanted.period), **_talks(whole, asked, desk)},
    }
    if wanted.by:
        named = asked.names if wanted.by == "account" else {}
        made["groups"] = [
            {wanted.by.value: named.get(group.key, group.key) or None, **_talks(group, asked, desk)}
            for group in asked.talks.groups
        ]
    if excuses:
        made["excuses"] = [_excuse(e, asked, desk) for e in whole.excuses.found]
        made["excuses_missing"] = whole.excuses.missing or None
    return made


def _figures(figures: Figures) -> Document:
    late, promises = figures.lateness, figures.promises
    return {
        "as_of": iso(figures.as_of),
        "currency": figures.currency,
        "period": _period(figures.period),
        "aging": {name: money(amount) for name, amount in figures.aging.items()},
        **known(
            [
                ("dso", figures.dso_known, 2),
                ("countback_dso", figures.countback_dso, 2),
                ("best_possible_dso", figures.best_known, 2),
                ("add", figures.add_known, 2),
                ("cei", figures.cei_known, 2),
                ("average_days_late", late.by_payment, 2),
            ]
        ),
        "sales": money(figures.sales.value),
        "cei_period": _period(figures.cei_period),
        "cei_by_month": [
            {"month": str(m.period.first)[:7], **_period(m.period), **known([("cei", m.cei, 2)])}
            for m in figures.months
        ],
        "days_late": {
            "invoices": late.invoices,
            "day_unknown": late.day_unknown,
            **known(
                [
                    ("signed", late.signed, 2),
                    ("signed_by_amount", late.signed_by_amount, 2),
                    ("floored", late.floored, 2),
                    ("floored_by_amount", late.floored_by_amount, 2),
                    ("late_only", late.late_only, 2),
                    ("median", late.median, 2),
                    ("percent_late", late.percent_late, 2),
                    ("days_to_pay", late.days_to_pay, 2),
                    ("days_to_pay_by_amount", late.days_to_pay_by_amount, 2),
                ]
            ),
        },
        "promises": {
            "kept": promises.kept,
            "partial": promises.partial,
            "broken": promises.broken,
            "kept_rate": number(promises.kept_rate, _SHARE),
            "kept_rate_amount": number(promises.kept_rate_amount, _SHARE),
        },
    }


def _period(period: Period) -> Document:
    return {"from": iso(period.first), "to": iso(period.last), "days": period.days}


def known(figures: Iterable[tuple[str, Known, int]]) -> Document:
    """Return figures by name, each with its digits behind the point, and under `missing` why some are null."""
    found = list(figures)
    missing = {name: figure.missing for name, figure, _ in found if figure.value is None}
    return {**{name: number(figure.value, places) for name, figure, places in found}, "missing": missing}


def _talks(talks: Talks, asked: Asked, desk: Desk) -> Document:
    """Return the talking of the period or of a group; promises of the home currency, the others below."""
    home = desk.policy.home_currency
    others = {c: _promised(p, asked) for c, p in talks.promised.items() if c != home}
    return {
        "calls": talks.calls,
        "right_party": talks.right_party,
        "inbound": talks.inbound,
        "inbound_right_party": talks.inbound_right_party,
        "contacts": talks.contacts,
        "agreements": talks.agreements,
        "refused": talks.refused,
        "callbacks": talks.callbacks,
        "callbacks_kept": talks.callbacks_kept,
        "disputes_opened": talks.disputes_opened,
        "disputes_solved": talks.disputes_solved,
        "past_due_customers": talks.past_due,
        "timed_calls": talks.timed_calls,
        "led_by_script": talks.excuses.led,
        **known(
            [
                ("right_party_rate", talks.right_party_rate, _SHARE),
                ("promise_rate", talks.promise_rate, _SHARE),
                ("contacts_per_promise", talks.contacts_per_promise, 2),
                ("contacts_per_kept_promise", talks.contacts_per_kept_promise, 2),
                ("coverage", talks.coverage, _SHARE),
                ("with_phone", talks.with_phone, _SHARE),
                ("callback_rate", talks.callback_rate, _SHARE),
                ("average_seconds", talks.average_seconds, 1),
                ("days_to_solve", talks.days_to_solve, 1),
            ]
        ),
        "promises": _promised(talks.promised_in(home), asked),
        "other_currencies": others,
    }


def _promised(promised: Promised, asked: Asked) -> Document:
    return {
        "taken": promised.taken,
        "taken_amount": money(promised.taken_amount),
        "decided": promised.decided,
        "kept": promised.kept,
        "partial": promised.partial,
        "broken": promised.broken,
        "promised": money(promised.promised),
        "received": money(promised.received),
        "slippage_days": promised.slippage_days,
        "slipped": promised.slipped,
        **known(
            [
                ("kept_rate", promised.kept_rate, _SHARE),
                ("kept_rate_amount", promised.kept_rate_amount, _SHARE),
                ("broken_rate", promised.broken_rate, _SHARE),
                ("slippage", promised.slippage, 2),
            ]
        ),
        "broke_again": [asked.names.get(account, account) for account in promised.broke_again],
    }


def _excuse(excuse: Excuse, asked: Asked, desk: Desk) -> Document:
    home = desk.policy.home_currency

    def sums(currency: str) -> Document:
        return {"amount": _sum(excuse.amounts, currency), "received": _sum(excuse.received, currency)}

    return {
        "excuse": excuse.name,
        "words": asked.excuses.get(excuse.name),
        "given": excuse.given,
        "customers": [{"account": asked.names[account], "given": times} for account, times in excuse.customers],
        "promises": excuse.promises,
        "decided": excuse.decided,
        "kept": excuse.kept,
        **known([("kept_rate", excuse.kept_rate, _SHARE)]),
        **sums(home),
        "other_currencies": {c: sums(c) for c in excuse.amounts if c != home},
    }


def _sum(amounts: Mapping[str, Decimal], currency: str) -> str | None:
    return money(amounts.get(currency, Decimal("0.00")))
