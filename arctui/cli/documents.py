"""The JSON documents of the commands: amounts as strings with two decimals, dates as ISO strings, unknown as null."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from arctui.cli.values import Document, iso, money
from arctui.core.agenda import Entry, is_call
from arctui.core.decisions import CreditDecision
from arctui.core.facts import Dossier
from arctui.core.ledger import Balance, aging_bucket
from arctui.core.money import ZERO
from arctui.core.promises import Judged
from arctui.core.reasons import Next
from arctui.core.records import Method, Promise
from arctui.core.review import Review, Reviewed, Sum, totals
from arctui.core.standing import Standing
from arctui.core.worklist import Row
from arctui.desk import Desk, Logged

if TYPE_CHECKING:
    from arctui.core.day_flows import Counted
    from arctui.core.day_report import DayReport


def _next(following: Next | None) -> Document | None:
    return {"date": iso(following.day), "why": following.why} if following else None


def _method(method: Method | None) -> str | None:
    return method.value if method else None


def worklist(rows: Iterable[Row]) -> list[Document]:
    """Return the document of `today`."""
    return [
        {
            "account": r.name,
            "number": r.number,
            "bucket": r.bucket.label,
            "why": r.why,
            "amount": money(r.amount),
            "currency": r.currency,
            "collectable": money(r.collectable),
            "past_due": money(r.past_due),
            "days_past_due": r.days_past_due,
            "next": iso(r.next),
        }
        for r in rows
    ]


def account(desk: Desk, dossier: Dossier, standing: Standing) -> Document:
    """Return the document of `account`."""
    record = dossier.account
    return {
        "account": record.name,
        "number": record.number,
        "currency": record.currency,
        "address": record.address,
        "legal_name": record.legal_name,
        "jurisdiction": record.jurisdiction,
        "contract": record.contract,
        "time_zone": record.time_zone,
        "flags": list(record.flags),
        "people": [
            {
                "name": p.name,
                "role": p.role,
                "phones": list(p.phones),
                "emails": list(p.emails),
                "time_zone": p.time_zone or None,
            }
            for p in dossier.people
        ],
        "invoices": _invoices(dossier, standing),
        "payments": [
            {
                "date": iso(p.day),
                "since": iso(p.since),
                "amount": money(p.amount),
                "currency": p.currency,
                "method": p.method or None,
                "reference": p.reference or None,
                "applied": [{"invoice": a.number, "amount": money(a.amount)} for a in p.applied],
                "inferred": p.inferred,
                "reversed_on": iso(p.reversed_on),
            }
            for p in dossier.payments
        ],
        "promises": [_judged(j, desk) for j in standing.judged],
        "activities": [
            {
                "at": a.at.isoformat(),
                "date": iso(a.day),
                "kind": a.kind.value,
                "outcome": a.outcome.value if a.outcome else None,
                "reached": a.reached,
                "inbound": a.inbound,
                "person": a.person or None,
                "by": a.by,
                "note": a.note,
            }
            for a in dossier.activities
        ],
        "disputes": [
            {
                "amount": money(d.amount),
                "reason": d.reason,
                "kind": d.kind,
                "remedy": d.remedy,
                "opened": iso(d.opened),
                "due": iso(d.due),
                "closed_on": iso(d.closed_on),
                "owner": d.owner,
            }
            for d in dossier.disputes
        ],
        "followups": [
            {
                "date": iso(f.day),
                "time": f"{f.hour:%H:%M}" if f.hour else None,
                "time_zone": f.time_zone or None,
                "kind": f.kind.value,
                "why": f.why,
                "done_on": iso(f.done_on),
            }
            for f in dossier.followups
        ],
        "bank_lines": [
            {
                "date": iso(line.day),
                "amount": money(line.amount),
                "currency": line.currency,
                "payer": line.payer or None,
                "words": line.words,
                "likely": likely,
            }
            for line, likely in desk.at_bank.lines(record.id)
        ],
        "credit": credit(desk, record.id),
        "standing": _standing(desk, standing),
    }


def _invoices(dossier: Dossier, standing: Standing) -> list[Document]:
    items = {i.invoice.id: i for i in standing.items}
    documents = []
    for invoice in sorted(dossier.invoices, key=lambda i: (i.due or date.max, i.number)):
        item = items.get(invoice.id)
        documents.append(
            {
                "number": invoice.number,
                "kind": invoice.kind,
                "issued": iso(invoice.issued),
                "due": iso(invoice.due),
                "amount": money(invoice.amount),
                "balance": money(item.open if item else ZERO),
                "currency": invoice.currency,
                "days_past_due": item.days_past_due if item else 0,
                "bucket": aging_bucket(item.days_past_due) if item and item.open > 0 else None,
                "disputed": money(item.disputed if item else ZERO),
                "promised": money(item.promised if item else ZERO),
                "collectable": money(item.collectable if item else ZERO),
            }
        )
    return documents


def _judged(judged: Judged, desk: Desk) -> Document:
    promise = judged.promise
    return {
        **_promise(promise),
        "currency": promise.currency,
        "taken": iso(promise.taken_on),
        "taken_by": promise.taken_by,
        "words": promise.words,
        "last_day": iso(promise.last_day),
        "verdict": judged.verdict.value,
        "broke_on": iso(judged.broke_on),
        "plan": promise.plan or None,
        "fell_with": judged.fell_with or None,
        "paid": money(judged.received),
        "kept_on": iso(judged.kept_on),
        "day_unknown": judged.day_unknown,
        "paid_late": money(judged.late),
        "paid_late_on": iso(judged.late_on),
        "days_late": judged.days_late(desk.today) if judged.missed else 0,
    }


def _promise(promise: Promise) -> Document:
    return {
        "date": iso(promise.day),
        "amount": money(promise.amount),
        "method": _method(promise.method),
        "person": promise.person or None,
        "breaks_on": iso(promise.breaks_on),
    }


def _balance(balance: Balance) -> Document:
    return {
        "currency": balance.currency,
        "total": money(balance.net),
        "past_due": money(balance.past_due),
        "disputed": money(balance.disputed),
        "promised": money(balance.promised),
        "credits": money(-balance.credits),
        "collectable": money(balance.collectable),
        "days_past_due": balance.days_past_due,
        "aging": {name: money(amount) for name, amount in balance.aging.items()},
    }


def _standing(desk: Desk, standing: Standing) -> Document:
    row = desk.row(standing.account)
    return {
        **_balance(standing.balance),
        "other_currencies": [_balance(b) for b in standing.others],
        "stopped": standing.stopped or None,
        "bucket": row.bucket.label if row else None,
        "why": row.why if row else None,
        "next": _next(standing.next),
        "conversations": standing.contacts.conversations,
        "tries": standing.contacts.tries,
        "next_run": iso(standing.run.day) if standing.run else None,
        "may_call": _may_call(desk, standing),
    }


def _may_call(desk: Desk, standing: Standing) -> Document:
    """Return whether the account may be called now without a reason, and what speaks against it."""
    permission = desk.permission.of(standing.account)
    stopped = [f"not to be called: {standing.stopped}"] if standing.stopped else []
    why = [*stopped, *(h.why for h in permission.hindrances)]
    return {
        "now": not why,
        "why": why,
        "doubt": permission.doubt or None,
        "local_time": permission.there.removesuffix(" there") or None,
    }


def logged(result: Logged) -> Document:
    """Return the document of `log`."""
    return {
        "account": result.account.name,
        "outcome": result.reading.outcome.value if result.reading.outcome else None,
        "promises": [_promise(p) for p in result.promises],
        "next": _next(result.next),
    }


def review(result: Review, mine: "DayReport", by_hand: "Counted", report: "DayReport") -> Document:
    """Return the document of `review`, each part in the order in which it is walked through.

    `mine` is the clerk's own day, of which the summary is told, with the payments written down `by_hand`; `report` is
    the one that was asked for.
    """
    from arctui.cli import day_report

    home = report.home

    def part(reviewed: Iterable[Reviewed]) -> list[Document]:
        return [
            {
                "account": r.account,
                "promised": iso(r.judged.promise.day),
                "amount": money(r.judged.promise.amount),
                "currency": r.judged.promise.currency,
                "paid": money(r.judged.received),
                "days_late": r.days_late,
                "handled": r.handled,
                "missing": money(r.judged.missing),
                "taken": iso(r.judged.promise.taken_on),
                "taken_by": r.judged.promise.taken_by,
                "person": r.judged.promise.person,
                "method": _method(r.judged.promise.method),
                "words": r.judged.promise.words,
                "clerk": r.clerk,
                "came": [
                    {"date": iso(c.day), "amount": money(c.amount), "invoice": c.number, "late": c.late}
                    for c in r.judged.parts
                ],
            }
            for r in reviewed
        ]

    return {
        "date": iso(result.day),
        "broken": part(result.broken),
        "partial": part(result.partial),
        "due": part(result.due),
        "kept": part(result.kept),
        "totals": {name: _sums(by_currency, home) for name, by_currency in totals(result).items()},
        "day": day_report.summary(mine, by_hand),
        "report": day_report.document(report),
    }


def _sums(by_currency: dict[str, Sum], home: str) -> Document:
    """Return the sums of the home currency, the others below."""

    def one(part: Sum) -> Document:
        return {"count": part.count, "amount": money(part.amount), "paid": money(part.paid)}

    others = {currency: one(part) for currency, part in by_currency.items() if currency != home}
    return {**one(by_currency.get(home, Sum())), **({"other_currencies": others} if others else {})}


def calendar(entries: Iterable[Entry]) -> list[Document]:
    """Return the document of `calendar`; `hour` is local to `time_zone`, null for the firm's.

    What is `projected` comes only if what stands before it does not settle the matter; `call`: it is a call to be
    made; `key` stays the same when it is moved; `holiday_there` is the customer's, where their country is another.
    """
    return [
        {
            "date": iso(e.day),
            "hour": f"{e.hour:%H:%M}" if e.hour else None,
            "time_zone": e.time_zone or None,
            "kind": e.kind.value,
            "account": e.name,
            "number": e.number,
            "amount": money(e.amount),
            "currency": e.currency,
            "why": e.why,
            "projected": e.projected,
            "call": is_call(e),
            "clerk": e.clerk or None,
            "holiday_there": e.holiday_there or None,
            "key": e.key,
        }
        for e in entries
    ]


def credit(desk: Desk, account: str) -> Document:
    """Return the document of an account's credit."""
    card = desk.credit.card(account)
    proposal = card.proposal
    return {
        "grade": card.grade.letter or None,
        "why": card.grade.why,
        "parts": [{"part": p.name, "grade": p.grade or None, "words": p.words} for p in card.grade.parts],
        "graded_down_from": card.before if card.down else None,
        "currency": card.currency,
        "owes": money(card.owes),
        "limit": money(card.limit),
        "limit_from": None if card.limit is None else "decision" if card.limited else "import",
        "beyond": money(card.beyond),
        "on_hold": card.held,
        "decisions": [_credit_decision(d) for d in desk.dossier(account).credit],
        "proposal": {
            "limit": money(proposal.limit),
            "limit_why": proposal.limit_words,
            "hold": proposal.hold,
            "hold_why": proposal.hold_words,
        },
    }


def _credit_decision(decision: CreditDecision) -> Document:
    return {
        "date": iso(decision.day),
        "by": decision.by,
        "hold": decision.hold,
        "limit": money(decision.limit),
        "reason": decision.reason,
        "grade": decision.grade or None,
        "proposed_limit": money(decision.proposed_limit),
    }
