"""The day's report as a JSON document."""

from collections.abc import Mapping
from decimal import Decimal

from arctui.cli.values import Document, iso, money, number
from arctui.core.day_flows import MONEY, Counted, What
from arctui.core.day_report import Compared, DayReport, Usual
from arctui.core.day_report_words import notes
from arctui.core.money import ZERO
from arctui.core.review import Reviewed

_KEYS = {
    What.CALLS: "calls",
    What.RIGHT_PARTY: "right_party",
    What.INCOMING: "incoming",
    What.LETTERS: "letters",
    What.TAKEN: "promises",
    What.KEPT: "kept",
    What.PARTIAL: "partial",
    What.BROKEN: "broken",
    What.CASH: "cash",
    What.UNDATED: "cash_day_unknown",
    What.RETURNED: "returned",
    What.OPENED: "disputes_opened",
    What.SOLVED: "disputes_solved",
}
#: These are counts only.
_PLAIN = frozenset({What.CALLS, What.RIGHT_PARTY, What.INCOMING, What.LETTERS})


def document(report: DayReport) -> Document:
    """Return the document of a report; null is what is not known, `clerk` null the firm."""
    home, fresh, coming = report.home, report.freshness, report.tomorrow
    return {
        "date": iso(report.day),
        "clerk": report.clerk or None,
        "firm": report.firm or None,
        "currency": home,
        "made_at": report.at.isoformat(),
        "payments_as_of": iso(fresh.as_of),
        "payments_file": fresh.last.file if fresh.last else None,
        "payments_older": fresh.older,
        "compared_with": iso(report.span.last),
        "average_days": report.usual_days,
        "figures": {_KEYS[what]: _compared(what, c, home) for what, c in report.compared.items()},
        "right_party_rate": number(report.right_party_rate.value, 4),
        "cash_on_days_without_business": counted(report.between, home),
        "clerks": [
            {
                "clerk": day.clerk or None,
                **{_KEYS[w]: c.count if w in _PLAIN else counted(c, home) for w, c in day.counts.items()},
            }
            for day in report.clerks
        ],
        "to_ask_for": {"accounts": report.owing, **_amounts(report.asked, home)},
        "worst": [
            {
                "account": w.name,
                "number": w.number,
                "collectable": money(w.collectable),
                "currency": w.currency,
                "days_past_due": w.days_past_due,
                "why": w.why,
            }
            for w in report.worst
        ],
        "tomorrow": {
            "date": iso(coming.day),
            "accounts": coming.count,
            "buckets": {bucket.label: count for bucket, count in coming.buckets.items()},
            "first": [
                {
                    "account": row.name,
                    "number": row.number,
                    "bucket": row.bucket.label,
                    "amount": money(row.amount),
                    "currency": row.currency,
                    "why": row.why,
                }
                for row in coming.first
            ],
        },
        "review": {
            "promises": report.left.walked,
            "left_missed": list(map(_left, report.left.missed)),
            "left_due": list(map(_left, report.left.due)),
            "closed_by": list(report.closed_by),
        },
        "notes": notes(report),
    }


def _left(reviewed: Reviewed) -> Document:
    promise = reviewed.judged.promise
    return {
        "account": reviewed.account,
        "promised": iso(promise.day),
        "amount": money(promise.amount),
        "currency": promise.currency,
        "verdict": reviewed.judged.verdict.value,
    }


def _compared(what: What, compared: Compared, home: str) -> Document:
    sides: dict[str, Counted | Usual | None] = {
        "day": compared.now,
        "day_before": compared.before,
        "average": compared.usual,
    }
    return {name: _side(what, side, home) for name, side in sides.items()}


def _side(what: What, side: Counted | Usual | None, home: str) -> Document | float | int | None:
    if side is None:
        return None
    count = side.count if isinstance(side, Counted) else number(side.count)
    days = {"days": side.days} if isinstance(side, Usual) and what in MONEY else {}
    return count if what in _PLAIN else {"count": count, **_amounts(side.amounts, home), **days}


def counted(found: Counted, home: str) -> Document:
    """Return the count of all currencies and the amount of the home currency, the others below."""
    return {"count": found.count, **_amounts(found.amounts, home)}


def _amounts(amounts: Mapping[str, Decimal], home: str) -> Document:
    mine = sum((amount for c, amount in amounts.items() if c in ("", home)), ZERO)
    others = {c: money(amount) for c, amount in sorted(amounts.items()) if c not in ("", home) and amount}
    return {"amount": money(mine), **({"other_currencies": others} if others else {})}


def summary(day: DayReport, by_hand: Counted) -> Document:
    """Return a clerk's day in short, as the document of `review` has it; `by_hand`: payments written down."""
    home = day.home

    def sums(what: What) -> Document:
        return counted(day.now(what), home)

    return {
        "clerk": day.clerk,
        "calls": day.now(What.CALLS).count,
        "right_party": day.now(What.RIGHT_PARTY).count,
        "incoming": day.now(What.INCOMING).count,
        "promises": sums(What.TAKEN),
        "callbacks": day.callbacks,
        "disputes": day.now(What.OPENED).count,
        "letters": day.now(What.LETTERS).count,
        "payments": counted(by_hand, home),
        "kept": sums(What.KEPT),
        "partial": sums(What.PARTIAL),
        "broken": sums(What.BROKEN),
        "handled": day.left.walked - day.left.count,
        "left_over": day.left.count,
        "on_list": day.on_list,
        "next_day": iso(day.tomorrow.day),
        "tomorrow": day.tomorrow.count,
    }
