"""All other outcomes of a capture line: tries, claims of payment, callbacks, refusals, withdrawals."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from arctui.core import words as say
from arctui.core.capture import codes
from arctui.core.capture.dates import is_day_word, read_date, vague
from arctui.core.capture.parts import Parts, read_parts, take_person
from arctui.core.capture.reading import Callback, Payment, ProblemError, Reading, Situation
from arctui.core.money import cents, grouped, total
from arctui.core.records import Outcome
from arctui.core.text import fold
from arctui.core.zones import clock_note

_REFERENCE_WORDS = frozenset({"ref", "ref.", "reference", "no.", "nr", "nr.", "number"})
#: The same where it stands in free words: there a number has a figure in it.
_REFERENCE = re.compile(
    r"(?:(?:\bref(?:erence)?\b\.?|\bno\.|\bnr\b\.?|\bnumber\b) *:? *#?|#)([\w/-]*\d[\w/-]*)", re.IGNORECASE
)


def read_try(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read a call that reached nobody: nothing but a person may follow."""
    if not tokens:
        return msgspec.structs.replace(reading, outcome=outcome)
    if read_date(tokens, situation) or codes.read_amount(tokens[0], situation.currency, "."):
        raise ProblemError(f"'{tokens[0]}' has no place after {outcome}: the next try is set by the rule")
    parts = Parts()
    used = take_person(tokens, parts, situation)
    if used < len(tokens):
        raise ProblemError(f"'{tokens[used]}' is not understood: put free words behind ' -- '")
    return msgspec.structs.replace(reading, outcome=outcome, person=parts.person)


def read_paid(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read a claim that it was paid: when, how much, how and under which reference, as far as it was said.

    Raises ProblemError.
    """
    rest, reference = _without_reference(tokens, situation)
    parts = read_parts(rest, situation, back=True, begun=Parts("payment"))
    if parts.day and parts.day > situation.today:
        raise ProblemError("it cannot have been paid on a day to come: is it a promise?")
    numbers = tuple(dict.fromkeys(parts.numbers))
    whole = total(situation.invoices[n].open for n in numbers) or situation.collectable or situation.open_total
    if parts.share or (numbers and parts.amount is None):
        parts.amount = cents(whole / 2) if parts.share == "half" else whole
    in_words = _REFERENCE.search(reading.words)
    if not reference and in_words:
        reference = in_words[1]
    paid = Payment(parts.day, parts.amount, parts.method, reference, numbers)
    if reference and reading.words.strip(" .,;") in (reference, in_words and in_words[0]):
        reading = msgspec.structs.replace(reading, words="")
    missing = [
        name for name, value in (("when", parts.day), ("how much", parts.amount), ("how", parts.method)) if not value
    ]
    also = "" if reference else ", and the reference"
    warnings = [*parts.warnings, *([f"ask {', '.join(missing)}{also}"] if missing else [])]
    return msgspec.structs.replace(reading, outcome=outcome, paid=paid, person=parts.person, warnings=tuple(warnings))


def _without_reference(tokens: Sequence[str], situation: Situation) -> tuple[list[str], str]:
    """Take the reference of a payment (`ref X`, `no. X`, `number X`, `#X`) out of the words. Raises ProblemError."""
    for index, token in enumerate(tokens):
        word = fold(token).rstrip(":")
        if word in _REFERENCE_WORDS:
            if index + 1 == len(tokens):
                raise ProblemError(f"'{token}' of what number? write it behind: ref 4411")
            return [*tokens[:index], *tokens[index + 2 :]], tokens[index + 1].lstrip("#").rstrip(",;")
        if token.startswith("#") and token[1:] and not situation.number(token[1:]):
            return [*tokens[:index], *tokens[index + 1 :]], token[1:].rstrip(",;")
    return list(tokens), ""


def read_callback(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read an agreed day and hour; all further words are free. Raises ProblemError."""
    if not tokens:
        raise ProblemError("call back when? write a day, an hour, or both: cb tue 10:30")
    warnings: list[str] = []
    day, hour, index = situation.today, None, 0
    found = None if _is_hour(tokens, situation) else read_date(tokens, situation)
    if found:
        day, index = found.day, found.used
        warnings += [found.warning] if found.warning else []
    if index < len(tokens) and fold(tokens[index]) == "at":
        index += 1
    if index < len(tokens) and (clock := codes.read_hour(tokens[index], *tokens[index + 1 : index + 2])):
        hour, used, warning = clock
        index += used
        warnings += [warning] if warning else []
    if not found and hour is None:
        raise ProblemError(vague(tokens[0]) or "call back when? write a day, an hour, or both: cb tue 10:30")
    if not found and index < len(tokens) and is_day_word(tokens[index]):
        late = read_date(tokens[index:], situation)
        day, index = (late.day, index + late.used) if late else (day, index)
    _check_callback(day, hour, situation, warnings)
    why = " ".join(tokens[index:])
    return msgspec.structs.replace(
        reading,
        outcome=outcome,
        callback=Callback(day, hour, situation.zone if hour else "", why),
        warnings=tuple(warnings),
    )


def _is_hour(tokens: Sequence[str], situation: Situation) -> bool:
    """Is the first word an hour, not a date? A number is a day where an hour or its month follows."""
    word = tokens[0]
    if ":" in word or word[-1:].isalpha():
        return codes.looks_like_hour(word)
    if not codes.looks_like_hour(word):
        return False
    if len(tokens) > 1 and codes.looks_like_hour(tokens[1]):
        return False
    found = read_date(tokens, situation)
    return not (found and found.used > 1)


def _check_callback(day: date, hour: time | None, situation: Situation, warnings: list[str]) -> None:
    shown = say.short_day(day, situation.today)
    if day < situation.today:
        raise ProblemError(f"{shown} is past: which day to come?")
    if hour is None:
        warnings.append("no hour agreed: at what time?")
    else:
        zone = ZoneInfo(situation.zone) if situation.zone else situation.now.tzinfo
        if clocks := clock_note(day, hour, zone):
            warnings.append(clocks)
        if datetime.combine(day, hour, zone).astimezone(UTC) < situation.now:
            there = " there" if situation.zone else ""
            raise ProblemError(f"{hour:%H:%M} today has passed{there}: which hour to come?")
        if not situation.policy.calling_from <= hour <= situation.policy.calling_to:
            warnings.append(f"{hour:%H:%M} is outside the calling hours")
    if not situation.calendar.is_business(day):
        warnings.append(f"{shown} is {situation.calendar.holiday(day) or 'a week-end'}")
    elif there := situation.holiday_there(day):
        warnings.append(f"{shown} is {there} where they are")
    if (day - situation.today).days > situation.policy.promise_horizon_days:
        warnings.append(f"{shown} is {say.distance(day, situation.today)}")


def read_refusal(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read a refusal; all words are free."""
    words = "; ".join(filter(None, [" ".join(tokens), reading.words]))
    warnings = () if words else ("ask why, and write it down: ref disputes the price",)
    return msgspec.structs.replace(reading, outcome=outcome, words=words, warnings=warnings)


def read_withdrawal(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read which open promises are taken back: all, or those of a date or an amount. Raises ProblemError."""
    live = situation.live
    if not live:
        raise ProblemError("there is no open promise to withdraw")
    parts = read_parts(tokens, situation, back=True) if tokens else Parts()
    ahead = read_parts(tokens, situation, past=True) if tokens else Parts()
    if parts.numbers:
        raise ProblemError("a promise is taken back by its date or its amount, not by an invoice")
    if parts.share in ("half", "rest"):
        raise ProblemError("a promise is taken back whole: write its date or its amount")
    chosen = [
        j
        for j in live
        if (parts.day is None or j.promise.day in (parts.day, ahead.day))
        and (parts.amount is None or j.promise.amount == parts.amount)
    ]
    if not chosen:
        had = ", ".join(
            f"{grouped(j.promise.amount)} for {say.short_day(j.promise.day, situation.today)}" for j in live
        )
        raise ProblemError(f"no such promise; open is {had}")
    return msgspec.structs.replace(
        reading,
        outcome=outcome,
        withdraws=tuple(j.promise.id for j in chosen),
        person=parts.person,
        warnings=tuple(parts.warnings),
    )
