"""The day's report of a book: gathered from all accounts, for the firm or one clerk, today or on any past day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core import day_report as reports
from arctui.core import review as reviewing
from arctui.core.calls import Call
from arctui.core.day_flows import Counted, Tally, What, counted, events
from arctui.core.day_report import DayReport, Horizon, Span, Tomorrow, Worst
from arctui.core.decisions import Closing, CreditDecision
from arctui.core.facts import Dossier, Facts, Moment, reports_of
from arctui.core.import_records import Rate
from arctui.core.ledger import open_amounts
from arctui.core.past import as_known_on, opens_on
from arctui.core.rates import rate_on
from arctui.core.reasons import Bucket, Reason, Rules
from arctui.core.records import Account, Activity, Dispute, FollowUp, FollowUpKind, Payment, Promise
from arctui.core.standing import Standing, derive
from arctui.core.text import fold
from arctui.core.worklist import Row, calling_order, row_of
from arctui.desk.errors import DeskError

if TYPE_CHECKING:
    from arctui.desk.derived import Derived
    from arctui.desk.desk import Desk

#: So many rows of tomorrow's list are derived to find the first ones among them.
_DERIVED = 4 * reports.ROWS

_Account = tuple[Dossier, Standing]


def day_report(desk: "Desk", clerk: str = "") -> DayReport:
    """Make the report of the working day: of a clerk, or ("") of the firm. Raises DeskError for an unknown clerk."""
    return Day(desk.derived).report(clerk)


def written_by_hand(desk: "Desk", clerk: str) -> Counted:
    """Count the payments that a clerk wrote down on the working day, as they were entered, without those undone."""
    acts, undone = [], set[int | None]()
    for act in desk.book.latest():
        undone.add(act.undoes)
        if act.at.date() < desk.today:
            break
        if act.at.date() == desk.today and act.by == clerk and not act.undoes and act.number not in undone:
            acts.append(act)
    entered = (
        msgspec.convert(step.now, Payment)
        for act in acts
        for step in act.steps
        if step.table == Payment.TABLE and step.was is None and step.now
        if step.now.get("entered_by") == clerk
    )
    return counted((p.currency, p.amount) for p in entered)


def clerks_of(desk: "Desk") -> list[str]:
    """Return the names of all who did something in the book, or to whom an account belongs."""
    return _names(desk.book.facts)


def _names(facts: Facts) -> list[str]:
    names = {a.by for a in facts.all(Activity)} | {p.taken_by for p in facts.all(Promise)}
    return sorted((names | {a.clerk for a in facts.all(Account)}) - {""})


def clerk_named(desk: "Desk", text: str) -> str:
    """Return the clerk whose name this is, whatever its case. Raises DeskError that names those there are."""
    known = clerks_of(desk)
    found = [name for name in known if fold(name) == fold(text.strip())]
    if len(found) == 1:
        return found[0]
    if text.strip() in (*found, desk.clerk):
        return text.strip()
    there = f"there are {', '.join(known)}" if known else "nobody has done anything in it yet"
    raise DeskError(f"no clerk of this book is called '{text}': {there}")


class Day:
    """The working day, with all accounts as they were known at its end; a thread looks at it on `Derived.still`."""

    def __init__(self, derived: "Derived") -> None:
        self._derived = derived
        self._facts = derived.facts
        self._rules = derived.rules
        self._day = self._rules.moment.today
        self._clerks = _names(self._facts)
        self._accounts = self._known()

    def report(self, clerk: str) -> DayReport:
        """Return the report of a clerk, or ("") of the firm."""
        rules, day = self._rules, self._day
        span, horizon = reports.span_of(day, rules.calendar), self._horizon()
        sole = self._clerks[0] if len(self._clerks) == 1 else ""
        tally = Tally(e for d, s in self._accounts for e in events(d, s.judged, span.days, sole))
        whose = clerk or None
        mine = [a for a in self._accounts if not clerk or a[0].account.clerk in ("", clerk)]
        worth = self._worth({s.balance.currency for _, s in mine if s.balance.collectable > 0})
        worst = reports.worst_of(((d.account.name, d.account.number, s) for d, s in mine), worth)
        closings = sorted((c for c in self._facts.all(Closing) if c.day == day), key=lambda c: c.at)
        return DayReport(
            day=day,
            clerk=clerk,
            firm=rules.policy.firm,
            home=rules.policy.home_currency,
            at=rules.moment.now,
            span=span,
            compared={what: reports.compare(tally, what, span, horizon, whose) for what in What},
            clerks=() if clerk else reports.by_clerk(tally, day),
            between=sum((tally.of(on, What.CASH, whose) for on in span.between), Counted()),
            worst=self._explained(worst),
            asked=reports.asked_of(s for _, s in mine),
            owing=sum(s.balance.collectable > 0 for _, s in mine),
            unranked=tuple(sorted({w.currency for w in worst} - worth.keys())) if len(worst) > 1 else (),
            tomorrow=self._tomorrow(mine),
            left=reports.left_of(self._review(mine)),
            freshness=reviewing.freshness(rules.reports, day),
            callbacks=self._callbacks(clerk),
            on_list=sum(bool(s.reasons) for _, s in mine),
            closed_by=tuple(dict.fromkeys(c.by for c in closings)),
            notes=tuple(self._notes(span, horizon)),
        )

    # The accounts, as they were known

    def _known(self) -> list[_Account]:
        """Return all accounts; on a past day without what came later, and with what was open then."""
        derived, day, all_reports = self._derived, self._day, self._rules.reports
        past = any(i.as_of > day for i in all_reports.by_number.values())
        accounts = [a.id for a in self._facts.all(Account)]
        later = set(accounts) if past else _changed_after(self._facts, day)
        if not later:
            return derived.everything()
        then = reports_of(i for i in all_reports.by_number.values() if i.as_of <= day)
        self._rules = msgspec.structs.replace(self._rules, reports=then)
        last = max((i.as_of for i in all_reports.by_number.values()), default=day)
        found = []
        for account in accounts:
            dossier = derived.dossier(account)
            if account not in later:
                found.append((dossier, derived.standing(account)))
                continue
            now = max(last, day, *(p.day for p in dossier.payments))
            opens = open_amounts(dossier, all_reports, now)
            known = as_known_on(dossier, day, all_reports)
            opens = opens_on(dossier, opens, all_reports, now, day)
            found.append((known, derive(known, self._rules, opens)))
        return found

    def _horizon(self) -> Horizon:
        """Say from when on work is known, and of which days the money.

        What the first imports bring of the time before them is its history; a payment that a later list dates before
        them is one of many, and makes no day known.
        """
        facts = self._facts
        work = [
            min((a.day for a in facts.all(Activity)), default=None),
            min((p.taken_on for p in facts.all(Promise)), default=None),
            min((d.opened for d in facts.all(Dispute)), default=None),
        ]
        begins = {n: i.as_of for n, i in self._rules.reports.by_number.items()}
        first = min(begins.values(), default=date.min)
        dated = [
            p.day if begins.get(p.recorded, first) == first else max(p.day, first)
            for p in facts.all(Payment)
            if not p.inferred and not p.entered_by
        ]
        return Horizon(
            work_from=min((day for day in work if day), default=None),
            cash_from=min(dated, default=None),
            cash_to=self._rules.reports.payments_as_of,
        )

    # Tomorrow, and why

    def _tomorrow(self, accounts: Iterable[_Account]) -> Tomorrow:
        """Sum up the next business day's list.

        Accounts with live promises, callbacks, pay runs or open calls are derived for that day. All others are on it
        for what lies ahead of them already; only the first rows of these are derived, for their words.
        """
        day = self._rules.calendar.next(self._day)
        begins = datetime.combine(day, time(), self._rules.moment.now.tzinfo)
        rules = msgspec.structs.replace(self._rules, moment=Moment(day, begins), clerk="", session="")
        calls = {c.account for c in self._facts.all(Call)}
        rows: list[Row] = []
        guessed: list[tuple[tuple[object, ...], Bucket, _Account]] = []
        for dossier, standing in accounts:
            coming = [r for r in standing.ahead if r.day <= day]
            if dossier.account.id in calls or _turns(dossier, standing, coming):
                rows += _rows(dossier, rules)
            elif coming:
                guessed.append(_guess(dossier, standing, coming))
        guessed.sort(key=lambda g: g[0])
        rows += [row for *_, (dossier, _) in guessed[:_DERIVED] for row in _rows(dossier, rules)]
        rows.sort(key=calling_order)
        counts = Counter(row.bucket for row in rows)
        counts.update(bucket for _, bucket, _ in guessed[_DERIVED:])
        told = (msgspec.structs.replace(r, why=_without(r.why, rules.stale)) for r in rows[: reports.ROWS])
        return Tomorrow(day, {bucket: counts[bucket] for bucket in Bucket if counts[bucket]}, tuple(told))

    def _explained(self, worst: Iterable[Worst]) -> tuple[Worst, ...]:
        """Say of the worst accounts why they are on the list, else what is next."""
        known = {s.account: (d, s) for d, s in self._accounts}

        def why(account: str) -> str:
            dossier, standing = known[account]
            if standing.stopped:
                return f"not to be called: {standing.stopped}"
            if row := row_of(dossier, standing, self._rules):
                return _without(row.why, self._rules.stale)
            if standing.next:
                return f"{self._rules.day(standing.next.day)}: {standing.next.why}"
            return "nothing is planned"

        return tuple(msgspec.structs.replace(w, why=why(w.account)) for w in worst)

    def _worth(self, currencies: Iterable[str]) -> dict[str, Decimal]:
        """Return what one of each currency is worth in the home currency, of those that have a rate."""
        home, rates = self._rules.policy.home_currency, list(self._facts.all(Rate))
        found = {c: rate_on(rates, c, home, self._day) for c in currencies}
        return {home: Decimal(1), "": Decimal(1)} | {c: rate.value for c, rate in found.items() if rate}

    # What was left, and the rest of the day

    def _review(self, accounts: Iterable[_Account]) -> reviewing.Review:
        """Return the review of the day, as it was before it was closed."""
        last = max((c.day for c in self._facts.all(Closing) if c.day < self._day), default=None)
        return reviewing.review((a for a in accounts if a[0].promises), self._day, last)

    def _callbacks(self, clerk: str) -> int:
        """Count the hours agreed on the day; of a clerk on the accounts that they had to do with on it."""
        found = [f.account for f in self._facts.all(FollowUp) if _is_callback(f) and f.set_on == self._day]
        if clerk:
            touched = {a.account for a in self._facts.all(Activity) if a.day == self._day and a.by == clerk}
            found = [account for account in found if account in touched]
        return len(found)

    def _notes(self, span: Span, horizon: Horizon) -> Iterator[str]:
        day = self._rules.day
        if horizon.work_from is None:
            yield "no call, promise or dispute is in the book yet: there is nothing to compare with"
        elif horizon.work_from > span.last:
            yield "this is the first day in the book: there is nothing to compare with"
        elif horizon.work_from > span.before[-1]:
            yield f"work is in the book from {day(horizon.work_from)} on"
        if horizon.cash_from is None:
            yield "cash by day is not known: no list of payments was imported, only reports with money between them"
        elif horizon.cash_from > span.before[-1]:
            yield f"payments are known from {day(horizon.cash_from)} on"


def _turns(dossier: Dossier, standing: Standing, coming: Iterable[Reason]) -> bool:
    """May a new day make something else of an account than what lies ahead of it?"""
    agreed = any(r.bucket is Bucket.CALLBACK for r in coming)
    return agreed or bool(standing.live) or dossier.account.pay_cycle is not None


def _rows(dossier: Dossier, rules: Rules) -> list[Row]:
    row = row_of(dossier, derive(dossier, rules), rules)
    return [row] if row else []


def _guess(
    dossier: Dossier, standing: Standing, coming: Sequence[Reason]
) -> tuple[tuple[object, ...], Bucket, _Account]:
    """Return about where an account will stand in the list, its bucket, and itself."""
    bucket = min(r.bucket for r in coming)
    amount = max(r.amount for r in coming if r.bucket is bucket)
    place = (not standing.neglected, bucket, -amount, -standing.balance.days_past_due, dossier.account.name)
    return (*place, dossier.account.id), bucket, (dossier, standing)


def _is_callback(followup: FollowUp) -> bool:
    return followup.kind is FollowUpKind.CALLBACK


def _without(why: str, stale: str) -> str:
    """Leave out what the report says once for all rows."""
    return why.removesuffix(f"; {stale}") if stale else why


def _changed_after(facts: Facts, day: date) -> set[str]:
    """Return the accounts on which anything is dated after a day."""

    def late(*days: date | None) -> bool:
        return any(on and on > day for on in days)

    return {
        *(a.account for a in facts.all(Activity) if a.day > day),
        *(p.account for p in facts.all(Payment) if late(p.day, p.reversed_on, *(part.day for part in p.applied))),
        *(p.account for p in facts.all(Promise) if late(p.taken_on, p.withdrawn_on, p.reviewed_on)),
        *(d.account for d in facts.all(Dispute) if late(d.opened, d.closed_on)),
        *(f.account for f in facts.all(FollowUp) if late(f.set_on, f.done_on)),
        *(c.account for c in facts.all(CreditDecision) if c.day > day),
    }
