"""A customer's pay runs as the clerk types them: `weekly thu, cut-off 2, docs order + statement`. Pure."""

import re
from datetime import date, timedelta

import msgspec

from arctui.core import words as say
from arctui.core.capture.dates import is_day_word, read_date
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.pay_cycles import Run, next_run
from arctui.core.records import Frequency, PayCycle
from arctui.core.text import fold, ordinal, plural

HINT = "weekly thu, every two weeks from 3 dec, monthly 15 or month end; then cut-off 2, docs order + statement"
_MOST_CUTOFF_DAYS = 20
_LONGEST_NAME = 60
_LATEST_DAY = 31


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_NONE = _pattern(r"(?:none|no|never|forget)")
_BETWEEN = _pattern(r"[\s,;]*")
_MONTH_END = _pattern(
    r"(?:month[ -]?end|(?:the )?end of (?:the |each |every )?month|eom"
    r"|(?:monthly )?(?:on )?(?:the )?last(?: business| working)?(?: day)?(?: of (?:the|each|every) month)?)(?!\w)"
)
_MONTHLY = _pattern(r"(?:monthly|every month|each month)(?!\w)(?: on)?(?: the)?(?: (\d{1,2})(?:st|nd|rd|th)?(?!\w))?")
_BIWEEKLY = _pattern(
    r"(?:bi-?weekly|fortnightly|every fortnight|every (?:two|2|other|second)(?: weeks?)?)(?!\w)"
    r"(?: (?:from|on|since))?"
)
_WEEKLY = _pattern(r"(?:weekly|every week|each week|every|each)(?!\w)(?: on)?")
_CUTOFF = _pattern(r"cut[ -]?off(?!\w):? *(?:(\d{1,3})(?!\w)(?: (?:business |working )?days?)?(?: before)?)?")
_DOCUMENTS = _pattern(r"(?:docs?|documents?)(?!\w):?( in(?!\w))?")
_NAMES_END = _pattern(r"(?:^|[\s,;]+)(?:cut[ -]?off|docs?|documents?)(?!\w)")
_RHYTHM_FOLLOWS = _pattern(
    r"[,;]\s*(?:weekly|every|each|bi-?weekly|fortnightly|monthly|month[ -]?end|eom|last)(?!\w)"
)
_BETWEEN_NAMES = _pattern(r"\s*(?:[,;+&]|(?<!\S)and(?!\S))\s*")
_WORD = re.compile(r"[^\s,;]+")


def read_pay_cycle(text: str, known: PayCycle | None, situation: Situation) -> tuple[PayCycle | None, list[str]]:
    """Read a pay cycle, and what to warn of; None: it is to be forgotten. What is not named stays as it is known.

    Raises ProblemError with what to write.
    """
    if _NONE.fullmatch(text.strip()):
        if known is None:
            raise ProblemError("no pay cycle is known here: there is none to forget")
        return None, []
    line = _CycleLine(text, situation)
    line.read()
    return line.result(known), line.warnings


def cycle_words(cycle: PayCycle) -> str:
    """Say how a customer pays: "weekly on Thursday, cut-off 2 business days before"."""
    match cycle.frequency:
        case Frequency.WEEKLY:
            # 1 January 2024 was a Monday.
            words = f"weekly on {say.long_day(date(2024, 1, 1 + cycle.weekday)).split()[0]}"
        case Frequency.BIWEEKLY:
            words = "every two weeks" + (f", one of them {say.short_day(cycle.anchor)}" if cycle.anchor else "")
        case Frequency.MONTHLY:
            words = f"monthly on the {ordinal(cycle.day)}"
        case Frequency.MONTH_END:
            words = "monthly on the last business day"
    days = plural(cycle.cutoff_days, "business day")
    return f"{words}, cut-off {days} before" if cycle.cutoff_days else words


def cycle_sentence(cycle: PayCycle, situation: Situation) -> str:
    """Say a pay cycle with the run that can still be made, as it is read back to the customer."""
    today = situation.today
    run = next_run(cycle, today, situation.calendar, 0, cutoff_open=True)
    cutoff = f", cut-off {say.short_day(run.cutoff, today)}" if run.cutoff != run.day else ""
    names = [f"{name} (in)" if name in cycle.documents_in else name for name in cycle.documents]
    documents = f"; to be in: {', '.join(names)}" if names else ""
    day = say.short_day(run.day, today) + _moved(cycle, run, situation)
    return f"{cycle_words(cycle)}: next run {day}{cutoff}{documents}"


def _moved(cycle: PayCycle, run: Run, situation: Situation) -> str:
    """Say which holiday moved a weekly run off its week day, "" if none did."""
    if cycle.frequency is not Frequency.WEEKLY or run.day.weekday() == cycle.weekday:
        return ""
    nominal = run.day - timedelta(days=(run.day.weekday() - cycle.weekday) % 7)
    holiday = situation.calendar.holiday(nominal)
    return f" ({say.short_day(nominal, situation.today)} is {holiday})" if holiday else ""


def closed_run(cycle: PayCycle, situation: Situation) -> str:
    """Say that a run that is to come takes nothing any more, "" if none does."""
    today = situation.today
    run = next_run(cycle, today, situation.calendar, 0)
    if run.cutoff >= today:
        return ""
    return f"the run of {say.short_day(run.day, today)} is closed: its cut-off was {say.short_day(run.cutoff, today)}"


class _CycleLine:
    """One line about a pay cycle, read part by part."""

    def __init__(self, text: str, situation: Situation) -> None:
        self._text = text
        self._situation = situation
        self._place = 0
        self._rhythm: dict[str, object] = {}
        self._cutoff: int | None = None
        self._documents: tuple[str, ...] | None = None
        self._arrived: tuple[str, ...] | None = None
        self.warnings: list[str] = []

    def read(self) -> None:
        """Read all of it. Raises ProblemError."""
        self._skip()
        while self._place < len(self._text):
            self._take()
            self._skip()

    def result(self, known: PayCycle | None) -> PayCycle:
        """Return the cycle: what was read, over what is known. Raises ProblemError."""
        if not self._rhythm and self._cutoff is None and self._documents is None and self._arrived is None:
            raise ProblemError(f"how often do they pay? write {HINT}")
        if not self._rhythm and known is None:
            raise ProblemError(f"how often do they pay? before the rest write {HINT.partition(';')[0]}")
        cycle = known or PayCycle(frequency=Frequency.WEEKLY)
        if self._rhythm:
            bare = PayCycle(frequency=Frequency.WEEKLY, cutoff_days=cycle.cutoff_days)
            kept = {"documents": cycle.documents, "documents_in": cycle.documents_in}
            cycle = msgspec.structs.replace(bare, **kept, **self._rhythm)
        if self._cutoff is not None:
            cycle = msgspec.structs.replace(cycle, cutoff_days=self._cutoff)
        if self._documents is not None:
            cycle = msgspec.structs.replace(cycle, documents=self._documents)
        there = _arrived(cycle, self._arrived)
        return msgspec.structs.replace(cycle, documents_in=there)

    def _skip(self) -> None:
        found = _BETWEEN.match(self._text, self._place)
        self._place = found.end() if found else self._place

    def _found(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._place)
        if found:
            self._place = found.end()
        return found

    def _words(self) -> list[str]:
        """Return the words up to the next comma."""
        part = re.split(r"[,;]", self._text[self._place :], maxsplit=1)[0]
        return part.split()

    def _take(self) -> None:
        if found := self._found(_DOCUMENTS):
            self._take_documents(arrived=bool(found[1]))
        elif found := self._found(_CUTOFF):
            self._take_cutoff(found[1])
        elif self._found(_MONTH_END):
            self._set(frequency=Frequency.MONTH_END)
        elif found := self._found(_MONTHLY):
            if not found[1] or not 1 <= int(found[1]) <= _LATEST_DAY:
                raise ProblemError("on which day of the month? write monthly 15, or month end")
            self._set(frequency=Frequency.MONTHLY, day=int(found[1]))
        elif self._found(_BIWEEKLY):
            self._take_biweekly()
        elif self._found(_WEEKLY):
            self._take_weekly()
        elif (weekday := self._weekday()) is not None:
            self._set(frequency=Frequency.WEEKLY, weekday=weekday)
        else:
            word = _WORD.match(self._text, self._place)
            raise ProblemError(f"'{word[0] if word else self._text[self._place]}' is not understood: write {HINT}")

    def _set(self, **rhythm: object) -> None:
        if self._rhythm:
            raise ProblemError("that is two rhythms: which one are the pay runs?")
        self._rhythm = rhythm

    def _take_cutoff(self, days: str | None) -> None:
        if days is None or int(days) > _MOST_CUTOFF_DAYS:
            raise ProblemError(f"cut-off how many business days before the run? 0 to {_MOST_CUTOFF_DAYS}: cut-off 2")
        self._cutoff = int(days)

    def _take_weekly(self) -> None:
        self._skip()
        weekday = self._weekday()
        if weekday is None:
            raise ProblemError("on which day of the week? write weekly thu")
        self._set(frequency=Frequency.WEEKLY, weekday=weekday)

    def _weekday(self) -> int | None:
        """Take a day of the week (thu, thursday, thursdays) off the line."""
        word = _WORD.match(self._text, self._place)
        for form in (word[0], word[0].lower().removesuffix("s")) if word else ():
            if is_day_word(form) and fold(form) not in ("today", "tomorrow", "next", "this"):
                found = read_date([form], self._situation)
                self._place += len(word[0]) if word else 0
                return found.day.weekday() if found else None
        return None

    def _take_biweekly(self) -> None:
        self._skip()
        words = self._words()
        found = read_date(words, self._situation) if words else None
        if found is None:
            raise ProblemError("from which run? write every two weeks from 3 dec")
        if is_day_word(words[0]):
            day = say.short_day(found.day, self._situation.today)
            self.warnings.append(f"of the two weeks it is the one with {day}: is a run then?")
        if found.warning:
            self.warnings.append(found.warning)
        for _ in range(found.used):
            self._skip()
            self._found(_WORD)
        self._set(frequency=Frequency.BIWEEKLY, anchor=found.day)

    def _take_documents(self, *, arrived: bool) -> None:
        rest = self._text[self._place :]
        ends = [found.start() for found in (_NAMES_END.search(rest), self._rhythm_in(rest)) if found]
        part = rest[: min(ends, default=len(rest))]
        self._place += len(part)
        names = tuple(dict.fromkeys(filter(None, map(str.strip, _BETWEEN_NAMES.split(part)))))
        if not names:
            raise ProblemError("which documents? write docs order + statement, or docs none")
        if any(len(name) > _LONGEST_NAME for name in names):
            raise ProblemError("the name of a document is a few words: docs order + statement")
        names = () if [fold(n) for n in names] == ["none"] else names
        if arrived:
            self._arrived = names
        else:
            self._documents = names

    def _rhythm_in(self, rest: str) -> re.Match[str] | None:
        return None if self._rhythm else _RHYTHM_FOLLOWS.search(rest)


def _arrived(cycle: PayCycle, named: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return which of the cycle's documents are in; `named` are those that came now, () says that none is in."""
    if named == ():
        return ()
    there = set(cycle.documents_in)
    for name in named or ():
        wanted = fold(name)
        exact = [d for d in cycle.documents if fold(d) == wanted]
        found = exact or [d for d in cycle.documents if wanted in fold(d)]
        if wanted == "all":
            found = list(cycle.documents)
        elif len(found) != 1:
            listed = ", ".join(cycle.documents) or "none: write docs order + statement first"
            raise ProblemError(f"'{name}' is not one of the documents, which are {listed}")
        there.update(found)
    return tuple(d for d in cycle.documents if d in there)
