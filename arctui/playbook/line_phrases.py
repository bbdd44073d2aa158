"""How lines typed in a call are read back: promises, hours, disputes and payments as they will be stored. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from arctui.core import words as say
from arctui.core.capture import Commitment, Reading
from arctui.core.capture.parts import is_named
from arctui.core.capture.reading import Callback, by_plan
from arctui.core.capture.sentences import hour_here, parts_words
from arctui.core.reasons import Rules
from arctui.core.schedule import arrival_day
from arctui.core.text import fold
from arctui.playbook.phrases import method_words

#: Whom a callback is for: "ask for dr. weber 555 0142, then the rest".
_ASK_FOR = re.compile(
    r"ask for (?!(?:the|an?|his|her|their|our|my)\b)([^\d,;+()]+?)"
    r"(?: (?:on )?([+(]?\d[\d ()/.-]{5,}\d)|[,;]|"
    r" (?:about|after|and|at|because|before|if|in|on|then|to|when|who)\b|$)",
    re.IGNORECASE,
)
_LONGEST_NAME = 4


def lines_phrases(readings: Sequence[Reading], rules: Rules, currency: str, clerk: str = "") -> dict[str, str]:
    """Return the phrases of the lines of a call: the last of each kind is read back; the first day is looked on.

    `clerk` says "I", so is not named as who sees to a remedy.
    """
    phrases: dict[str, str] = {}
    for reading in readings:
        if reading.objection:
            # Who saw to the dispute before it does not see to this one.
            phrases.pop("remedy_owner", None)
        phrases |= line_phrases(reading, rules, currency, clerk)
    days = [c.window.last_day for reading in readings for c in reading.commitments]
    return phrases | ({"look_day": _day(min(days), rules.moment.today)} if days else {})


def line_phrases(reading: Reading, rules: Rules, currency: str, clerk: str = "") -> dict[str, str]:
    """Return the phrases of a line, as it is read back."""
    today = rules.moment.today
    phrases: dict[str, str] = {}
    if reading.commitments:
        payers = list(dict.fromkeys(c.person for c in reading.commitments))
        parts = [_promised(group, rules, currency, named=len(payers) > 1) for group in by_plan(reading.commitments)]
        phrases["promise"] = _list(parts) + (f", from {payers[0]}" if payers[0] and len(payers) == 1 else "")
    if reading.callback:
        phrases["callback"] = _call_back(reading.callback, reading.person, rules)
    if reading.objection:
        objection, owner = reading.objection, reading.objection.owner
        phrases["dispute"] = f"{rules.money(objection.amount, currency)}: {objection.reason}"
        due = objection.due or rules.calendar.add(today, rules.policy.remedy_business_days)
        phrases["remedy_day"] = _day(due, today)
        phrases["remedy_owner"] = _name(owner) if fold(owner) != fold(clerk) else ""
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
        usual = arrival_day(paid.day, paid.method, paid.day, rules.calendar) if paid.day else today
        phrases["overdue_claim"] = _day(usual, today) if usual < today else ""
    return {name: text for name, text in phrases.items() if text}


def _call_back(callback: Callback, speaker: str, rules: Rules) -> str:
    """Say when a callback is, by whose clock if they differ, and whom it is for if that is not who is on the line."""
    hour = f" at {callback.hour:%H:%M}" if callback.hour else ""
    if hour and hour_here(callback, rules.moment.now, rules.policy):
        hour += " your time"
    asked = _ASK_FOR.match(callback.why)
    name = asked[1].strip() if asked and len(asked[1].split()) <= _LONGEST_NAME else ""
    on = f" on {asked[2]}" if asked and asked[2] else ""
    other = name and not (speaker and is_named(speaker, fold(name).split()))
    whom = f" and ask for {_name(name)}{on}" if other else ""
    return f"{_on(callback.day, rules.moment.today)}{hour}{whom}"


def _name(name: str) -> str:
    return " ".join(word.capitalize() if word.islower() else word for word in name.split())


def _promised(group: Sequence[Commitment], rules: Rules, currency: str, *, named: bool) -> str:
    """Say a promise, or an instalment plan in one breath; `named`: with the person who pays."""
    first, today = group[0], rules.moment.today
    # What nobody named is stored, and so read back, as the firm's usual way.
    way = method_words(first.method or rules.policy.default_method)
    invoices = "invoice" if len(first.numbers) == 1 else "invoices"
    numbers = f"for {invoices} {_list(first.numbers)}" if first.numbers else ""
    person = f"from {first.person}" if named and first.person else ""
    if first.plan:
        parts = parts_words([c.amount for c in group], lambda amount: rules.money(amount, currency))
        days = f"{first.plan.every} from {_day(first.day, today)}, the last on {_day(group[-1].day, today)}"
        return " ".join(filter(None, [parts, numbers, way, person])) + f", {days}"
    words = [rules.money(first.amount, currency), numbers, way]
    return " ".join(filter(None, [*words, _on(first.day, today), person]))


def _day(day: date, today: date) -> str:
    return say.long_day(day, today)


def _on(day: date, today: date) -> str:
    """Say on which day, so that today is heard as today: "today, Monday 23 November", "on Friday 27 November"."""
    near = {0: "today, ", 1: "tomorrow, "}.get((day - today).days, "on ")
    return near + _day(day, today)


def _list(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
