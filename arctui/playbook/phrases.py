"""What stands for the placeholders in the script's sentences: the account's real numbers, dates, amounts and words.

Pure. A placeholder whose fact is not known has no phrase, so that an alternative without it is said.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from arctui.core import words as say
from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem, claims_to_come
from arctui.core.moments import moment_of
from arctui.core.money import ZERO, total
from arctui.core.pay_cycles import missing_documents
from arctui.core.promises import Judged
from arctui.core.reasons import Rules
from arctui.core.records import ActivityKind, FollowUpKind, Method
from arctui.core.standing import Standing
from arctui.core.text import plural

#: Placeholders that always have a phrase.
ALWAYS = frozenset({"clerk", "me", "account", "today", "next_day", "remedy_day"})
#: The placeholder in which a line that was typed is read back.
BY_LINE = {"promise": "promise", "callback": "callback", "dispute": "dispute", "paid": "paid"}
#: All placeholders there are.
KNOWN = ALWAYS | {
    "firm",
    "person",
    "past_due",
    "owed",
    "invoices",
    "oldest",
    "oldest_due",
    "oldest_days",
    "last_day",
    "last_words",
    "last_person",
    "other_day",
    "other_person",
    "broken_taken",
    "broken_amount",
    "broken_day",
    "broken_method",
    "broken_person",
    "broken_by",
    "broken_came",
    "broken_missing",
    "live_amount",
    "live_day",
    "live_passed",
    "live_promised",
    "live_came",
    "credit",
    "claimed_on",
    "claimed_amount",
    "claimed_by",
    "claimed_rest",
    "dispute_day",
    "dispute_amount",
    "dispute_reason",
    "dispute_due",
    "dispute_remedy",
    "agreed",
    "agreed_at",
    "run_day",
    "run_cutoff",
    "run_documents",
    "promise",
    "look_day",
    "callback",
    "dispute",
    "remedy_owner",
    "paid",
    "expected",
    "overdue_claim",
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAMED_INVOICES = 3
_WEEK_END = (5, 6)


def fill(text: str, phrases: Mapping[str, str]) -> str:
    """Put the phrases into a sentence; a placeholder without one stays as three dots."""
    return _PLACEHOLDER.sub(lambda match: phrases.get(match[1], "..."), text)


def choose(alternatives: Sequence[str], phrases: Mapping[str, str]) -> str:
    """Return the first alternative of which every placeholder has a phrase, filled; else the last one."""
    for text in alternatives:
        if all(name in phrases for name in _PLACEHOLDER.findall(text)):
            return fill(text, phrases)
    return fill(alternatives[-1], phrases) if alternatives else ""


def phrases_of(dossier: Dossier, standing: Standing, rules: Rules, clerk: str, person: str) -> dict[str, str]:
    """Return the phrases of an account on a day; `person` is who is on the line, or asked for ("" unknown)."""
    today, calendar = rules.moment.today, rules.calendar
    balance = standing.balance
    items = [i for i in standing.items if i.invoice.currency == balance.currency]
    # What a credit pays of them is taken off the sum, not off the oldest: each is named with its own amount.
    asked = [i for i in items if _own(i) > 0] if balance.collectable else []
    me = clerk.capitalize() if clerk.islower() else clerk
    owed = balance.net - total(i.disputed + i.promised for i in items)
    phrases = {
        "clerk": me,
        "me": f"{me} from {rules.policy.firm}" if rules.policy.firm else me,
        "account": dossier.account.name,
        "today": say.long_day(today),
        "next_day": say.long_day(calendar.next(today), today),
        "remedy_day": say.long_day(calendar.add(today, rules.policy.remedy_business_days), today),
        "firm": rules.policy.firm,
        "person": person,
        "past_due": rules.money(balance.collectable, balance.currency) if balance.collectable else "",
        "credit": rules.money(-balance.net, balance.currency) if balance.net < 0 else "",
        "owed": rules.money(owed, balance.currency) if owed > 0 else "",
        "invoices": _invoices(asked, rules),
        **_oldest(asked, rules),
        **_last_contact(dossier, rules, person),
        **_broken(standing, rules, person),
        **_live(standing, rules),
        **_claimed(dossier, standing, rules),
        **_agreed(dossier, rules),
        **_disputed(dossier, standing, rules),
        **_run(dossier, standing, rules),
    }
    return {name: text for name, text in phrases.items() if text}


def _own(item: OpenItem) -> Decimal:
    """Return what of an item that is past due is neither disputed nor promised, whatever a credit pays of it."""
    return item.open - item.disputed - item.promised if item.past_due else ZERO


def _invoices(asked: Sequence[OpenItem], rules: Rules) -> str:
    """Name up to three invoices with their amounts and due dates, less a credit; of more only the oldest."""
    named = [
        f"{item.invoice.number} of {rules.money(_own(item), item.invoice.currency)}, due "
        f"{say.long_day(item.invoice.due, rules.moment.today)}"
        for item in asked
        if item.invoice.number and item.invoice.due
    ]
    if not named or len(named) != len(asked):
        return ""
    credit = total(_own(item) - item.collectable for item in asked)
    less = f"less a credit of {rules.money(credit, asked[0].invoice.currency)}" if credit else ""
    if len(named) > _NAMED_INVOICES:
        return "; ".join(filter(None, [f"{plural(len(named), 'invoice')}, the oldest {named[0]}", less]))
    if len(named) == 1:
        return ", ".join(filter(None, [f"invoice {named[0]}", less]))
    return "invoices " + "; ".join(filter(None, [*named, less]))


def _oldest(asked: Sequence[OpenItem], rules: Rules) -> dict[str, str]:
    if not asked or asked[0].invoice.due is None:
        return {}
    return {
        "oldest": asked[0].invoice.number,
        "oldest_due": say.long_day(asked[0].invoice.due, rules.moment.today),
        "oldest_days": plural(asked[0].days_past_due, "day"),
    }


def _last_contact(dossier: Dossier, rules: Rules, person: str) -> dict[str, str]:
    """What was said last time, by whom: the customer's own words, to whom said them.

    Only what was spoken counts, not what was written. If it was with somebody else than is on the line, that is said.
    """
    talks = [a for a in dossier.activities if a.reached and a.kind is ActivityKind.CALL]
    if not talks:
        return {}
    talks.sort(key=lambda a: a.at)
    last = talks[-1]
    day = say.long_day(last.day, rules.moment.today)
    if last.person and person and last.person != person:
        return {"other_day": day, "other_person": last.person}
    since = talks[-2].at if len(talks) > 1 else None
    taken = [
        p
        for p in dossier.promises
        if p.taken_on == last.day and p.taken_at <= last.at and (since is None or p.taken_at > since)
    ]
    words = next((p.words for p in reversed(taken) if p.words), "")
    return {"last_day": day, "last_person": last.person, "last_words": words}


def _broken(standing: Standing, rules: Rules, person: str) -> dict[str, str]:
    """The promise that was missed, the gravest of those that nobody followed up, else the last one.

    `broken_person` is who gave it and is on the line, `broken_by` who gave it if somebody else is.
    """
    # The parts that fell with another are not named: their days are perhaps still to come.
    missed = [j for j in standing.judged if j.missed and not j.fell]
    open_ones = [j for j in missed if j.promise.id in standing.neglected]
    if not missed:
        return {}
    judged = max(open_ones, key=lambda j: j.missing) if open_ones else max(missed, key=lambda j: j.promise.taken_at)
    promise, today = judged.promise, rules.moment.today
    same = promise.person in ("", person) or not person
    return {
        "broken_taken": say.long_day(promise.taken_on, today),
        "broken_amount": _of(judged, promise.amount, rules),
        "broken_day": say.long_day(promise.day, today),
        "broken_method": method_words(promise.method),
        "broken_person": promise.person if same else "",
        "broken_by": "" if same else promise.person,
        "broken_came": _of(judged, promise.amount - judged.missing, rules) if judged.missing < promise.amount else "",
        "broken_missing": _of(judged, judged.missing, rules) if judged.missing else "",
    }


def _of(judged: Judged, amount: Decimal, rules: Rules) -> str:
    return rules.money(amount, judged.promise.currency)


def _live(standing: Standing, rules: Rules) -> dict[str, str]:
    if not standing.live:
        return {}
    today = rules.moment.today
    first = min(standing.live, key=lambda j: j.promise.day)
    day = say.long_day(first.promise.day, today)
    # In the days of grace the day has passed: it is not said that the money is to leave on it.
    passed = first.promise.day < today
    return {
        "live_amount": _of(first, first.missing, rules),
        "live_promised": _of(first, first.promise.amount, rules) if first.received else "",
        "live_came": _of(first, first.received, rules) if first.received else "",
        "live_day": "" if passed else day,
        "live_passed": day if passed else "",
    }


def _claimed(dossier: Dossier, standing: Standing, rules: Rules) -> dict[str, str]:
    """What they told us is paid, when they did, by when it should be here, and what is past due besides."""
    claims = claims_to_come(dossier)
    if not claims:
        return {}
    today, balance = rules.moment.today, standing.balance
    # Of several those are spoken of that should be here by now, or else all of them.
    meant = [f for f in claims if f.day <= today] or claims
    amounts = [f.amount for f in claims if f.amount]
    # Without an amount it is not known how much is still to come besides.
    known = len(amounts) == len(claims)
    rest = balance.collectable - total(amounts) if known else ZERO
    amount = total(f.amount for f in meant if f.amount) if known else ZERO
    return {
        "claimed_on": say.long_day(max(f.set_on for f in meant), today),
        "claimed_amount": rules.money(amount, balance.currency) if amount else "",
        "claimed_by": say.long_day(max(f.day for f in meant), today),
        "claimed_rest": rules.money(rest, balance.currency) if rest > 0 else "",
    }


def _agreed(dossier: Dossier, rules: Rules) -> dict[str, str]:
    """What was agreed for a call; for which day and hour, there, if that is now."""
    waiting = [f for f in dossier.followups if f.kind is FollowUpKind.CALLBACK and f.done_on is None]
    now, today = rules.moment.now, rules.moment.today
    soon = now + timedelta(minutes=rules.policy.callback_lead_minutes)
    due = [f for f in waiting if (at <= soon if (at := moment_of(f, rules)) else f.day <= today)]
    first = min(due or waiting, key=lambda f: f.day, default=None)
    if first is None or not due:
        return {"agreed": first.why if first else ""}
    day = "today" if first.day == today else say.long_day(first.day, today)
    return {"agreed": first.why, "agreed_at": f"{day} at {first.hour:%H:%M}" if first.hour else day}


def _disputed(dossier: Dossier, standing: Standing, rules: Rules) -> dict[str, str]:
    """The oldest question that is open: what they told us, and what we owe for it by when."""
    still_open = {i.invoice.id for i in standing.items if i.open > 0}
    waiting = [
        d for d in dossier.disputes if d.closed_on is None and (not d.invoices or still_open & set(d.invoices))
    ]
    if not waiting:
        return {}
    dispute, today = min(waiting, key=lambda d: d.opened), rules.moment.today
    return {
        "dispute_day": say.long_day(dispute.opened, today),
        "dispute_amount": rules.money(dispute.amount, dispute.currency),
        "dispute_reason": dispute.reason.rstrip(" .;:,"),
        "dispute_due": say.long_day(dispute.due, today),
        "dispute_remedy": dispute.remedy.rstrip(" .;:,"),
    }


def _run(dossier: Dossier, standing: Standing, rules: Rules) -> dict[str, str]:
    cycle, run, today = dossier.account.pay_cycle, standing.run, rules.moment.today
    if not cycle or not run:
        return {}
    day, one_day = say.long_day(run.day, today), run.cutoff == run.day
    # A run that a week-end moves needs no words.
    moved = run.day != run.nominal and run.nominal.weekday() not in _WEEK_END
    holiday = f", {'before' if cycle.before else 'after'} the holiday" if moved and one_day else ""
    return {
        "run_day": f"{day}{holiday}",
        # A run that closes on its own day is said once.
        "run_cutoff": "" if one_day else say.long_day(run.cutoff, today),
        "run_documents": ", ".join(missing_documents(cycle, run.day)),
    }


def method_words(method: Method | None) -> str:
    """Say a way of paying in a sentence: "by check"."""
    return f"by {method}" if method else ""
