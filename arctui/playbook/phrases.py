"""What stands for the placeholders in the script's sentences: the account's real numbers, dates, amounts and words.

Pure. A placeholder whose fact is not known has no phrase, so that an alternative without it is said.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from arctui.core import words as say
from arctui.core.capture import Commitment, Reading
from arctui.core.capture.reading import by_plan
from arctui.core.capture.sentences import parts_words
from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem
from arctui.core.pay_cycles import missing_documents
from arctui.core.promises import Judged
from arctui.core.reasons import Rules
from arctui.core.records import FollowUpKind, Method
from arctui.core.schedule import arrival_day
from arctui.core.standing import Standing
from arctui.core.text import plural

#: Placeholders that always have a phrase.
ALWAYS = frozenset({"clerk", "account", "today", "next_day", "remedy_day"})
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
    "claimed_on",
    "agreed",
    "run_day",
    "run_cutoff",
    "run_documents",
    "promise",
    "look_day",
    "callback",
    "dispute",
    "paid",
    "expected",
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAMED_INVOICES = 3


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
    asked = [i for i in standing.items if i.collectable > 0 and i.invoice.currency == balance.currency]
    phrases = {
        "clerk": clerk.capitalize() if clerk.islower() else clerk,
        "account": dossier.account.name,
        "today": say.long_day(today),
        "next_day": say.long_day(calendar.next(today), today),
        "remedy_day": say.long_day(calendar.add(today, rules.policy.remedy_business_days), today),
        "firm": rules.policy.firm,
        "person": person,
        "past_due": rules.money(balance.collectable, balance.currency) if balance.collectable else "",
        "owed": rules.money(balance.net, balance.currency) if balance.net > 0 else "",
        "invoices": _invoices(asked, rules),
        **_oldest(asked, rules),
        **_last_contact(dossier, rules, person),
        **_broken(standing, rules, person),
        **_live(standing, rules),
        **_claimed(dossier, rules),
        **_run(dossier, standing, rules),
    }
    return {name: text for name, text in phrases.items() if text}


def _invoices(asked: Sequence[OpenItem], rules: Rules) -> str:
    """Name up to three invoices with what is asked for of each and its due date; of more only the oldest."""
    named = [
        f"{item.invoice.number} of {rules.money(item.collectable, item.invoice.currency)}, due "
        f"{say.long_day(item.invoice.due, rules.moment.today)}"
        for item in asked
        if item.invoice.number and item.invoice.due
    ]
    if not named or len(named) != len(asked):
        return ""
    if len(named) > _NAMED_INVOICES:
        return f"{plural(len(named), 'invoice')}, the oldest {named[0]}"
    return ("invoice " if len(named) == 1 else "invoices ") + "; ".join(named)


def _oldest(asked: Sequence[OpenItem], rules: Rules) -> dict[str, str]:
    if not asked or asked[0].invoice.due is None:
        return {}
    return {
        "oldest": asked[0].invoice.number,
        "oldest_due": say.long_day(asked[0].invoice.due, rules.moment.today),
        "oldest_days": plural(asked[0].days_past_due, "day"),
    }


def _last_contact(dossier: Dossier, rules: Rules, person: str) -> dict[str, str]:
    """What was said last time, by whom: the customer's own words, to whom said them."""
    talks = [a for a in dossier.activities if a.reached]
    if not talks:
        return {}
    talks.sort(key=lambda a: a.at)
    last = talks[-1]
    since = talks[-2].at if len(talks) > 1 else None
    taken = [
        p
        for p in dossier.promises
        if p.taken_on == last.day and p.taken_at <= last.at and (since is None or p.taken_at > since)
    ]
    same = not (last.person and person) or last.person == person
    words = next((p.words for p in reversed(taken) if p.words), "") if same else ""
    return {"last_day": say.long_day(last.day, rules.moment.today), "last_person": last.person, "last_words": words}


def _broken(standing: Standing, rules: Rules, person: str) -> dict[str, str]:
    """The promise that was missed, the gravest of those that nobody followed up, else the last one.

    `broken_person` is who gave it and is on the line, `broken_by` who gave it if somebody else is.
    """
    missed = [j for j in standing.judged if j.missed]
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
        "live_day": "" if passed else day,
        "live_passed": day if passed else "",
    }


def _claimed(dossier: Dossier, rules: Rules) -> dict[str, str]:
    """When they told us what should be here by now that it is paid, and what was agreed for today."""
    waiting = [f for f in dossier.followups if f.done_on is None]
    claims = sorted((f for f in waiting if f.kind is FollowUpKind.CLAIM), key=lambda f: f.day)
    agreed = [f.why for f in waiting if f.kind is FollowUpKind.CALLBACK and f.why]
    return {
        "claimed_on": say.long_day(claims[0].set_on, rules.moment.today) if claims else "",
        "agreed": agreed[0] if agreed else "",
    }


def _run(dossier: Dossier, standing: Standing, rules: Rules) -> dict[str, str]:
    cycle, run, today = dossier.account.pay_cycle, standing.run, rules.moment.today
    if not cycle or not run:
        return {}
    return {
        "run_day": say.long_day(run.day, today),
        "run_cutoff": say.long_day(run.cutoff, today),
        "run_documents": ", ".join(missing_documents(cycle)),
    }


def method_words(method: Method | None) -> str:
    """Say a way of paying in a sentence: "by check"."""
    return f"by {method}" if method else ""


def lines_phrases(readings: Sequence[Reading], rules: Rules, currency: str) -> dict[str, str]:
    """Return the phrases of the lines of a call: the last of each kind is read back; the first day is looked on."""
    phrases: dict[str, str] = {}
    for reading in readings:
        phrases |= line_phrases(reading, rules, currency)
    days = [c.window.last_day for reading in readings for c in reading.commitments]
    return phrases | ({"look_day": _day(min(days), rules.moment.today)} if days else {})


def line_phrases(reading: Reading, rules: Rules, currency: str) -> dict[str, str]:
    """Return the phrases of a line, as it is read back."""
    today = rules.moment.today
    phrases: dict[str, str] = {}
    if reading.commitments:
        payers = list(dict.fromkeys(c.person for c in reading.commitments))
        parts = [_promised(group, rules, currency, named=len(payers) > 1) for group in by_plan(reading.commitments)]
        phrases["promise"] = _list(parts) + (f", from {payers[0]}" if payers[0] and len(payers) == 1 else "")
    if reading.callback:
        hour = f" at {reading.callback.hour:%H:%M}" if reading.callback.hour else ""
        phrases["callback"] = f"on {_day(reading.callback.day, today)}{hour}"
    if reading.objection:
        phrases["dispute"] = f"{rules.money(reading.objection.amount, currency)} for {reading.objection.reason}"
    if reading.paid:
        paid = reading.paid
        phrases["paid"] = " ".join(
            filter(
                None,
                [
                    rules.money(paid.amount, currency) if paid.amount else "",
                    method_words(paid.method),
                    f"on {_day(paid.day, today)}" if paid.day else "",
                    f"with the reference {paid.reference}" if paid.reference else "",
                ],
            )
        )
        phrases["expected"] = _day(arrival_day(paid.day, paid.method, today, rules.calendar), today)
    return {name: text for name, text in phrases.items() if text}


def _promised(group: Sequence[Commitment], rules: Rules, currency: str, *, named: bool) -> str:
    """Say a promise, or an instalment plan in one breath; `named`: with the person who pays."""
    first, today = group[0], rules.moment.today
    invoices = "invoice" if len(first.numbers) == 1 else "invoices"
    numbers = f"for {invoices} {_list(first.numbers)}" if first.numbers else ""
    person = f"from {first.person}" if named and first.person else ""
    if first.plan:
        parts = parts_words([c.amount for c in group], lambda amount: rules.money(amount, currency))
        days = f"{first.plan.every} from {_day(first.day, today)}, the last on {_day(group[-1].day, today)}"
        return " ".join(filter(None, [parts, numbers, method_words(first.method), person])) + f", {days}"
    words = [rules.money(first.amount, currency), numbers, method_words(first.method)]
    return " ".join(filter(None, [*words, f"on {_day(first.day, today)}", person]))


def _day(day: date, today: date) -> str:
    return say.long_day(day, today)


def _list(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
