"""A customer's pay runs as the clerk types them: `weekly thu, cut-off 2, docs order + statement`. Pure."""

import re
from datetime import date, timedelta

import msgspec

from arctui.core import words as say
from arctui.core.capture.dates import is_day_word, read_date
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.capture.runs import coming_run, moved_words
from arctui.core.pay_cycle import Frequency, PayCycle
from arctui.core.pay_cycles import documents_in
from arctui.core.text import fold, ordinal, plural

HINT = (
    "weekly thu, every two weeks from 3 dec, monthly 15, 2nd tue, month end or twice a month 5 and 20; "
    "then before a holiday, cut-off 2, docs order + statement"
)
_MOST_CUTOFF_DAYS = 20
_LONGEST_NAME = 60
_LATEST_DAY = 31
_LAST = -1
_FIFTH = 5
_NTH = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5} | {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": _LAST,
}
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
    r"(?:bi-?weekly|fortnightly|every fortnight|every (?:two|2|other|second|2nd)(?: weeks?)?)(?!\w)"
    r"(?:,? (?:one of them|from|on|since)(?!\w))?"
)
_NTH_AND_DAY = (
    rf"({'|'.join(_NTH)}) (mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)s?(?!\w)"
)
_OF_MONTH = r" (?:(?:of|in) )?(?:the|each|every|a) month(?!\w)| monthly(?!\w)"
_NTH_WEEKDAY = _pattern(
    rf"(?:(?:monthly|(?:every|each) month),? )?(?:on )?(?:the )?((?:every|each) )?{_NTH_AND_DAY}({_OF_MONTH})?"
)
_TWICE_WORDS = r"(?:(?:twice|two times) (?:a|each|every|per) month|twice monthly|semi-?monthly)"
_TWICE = _pattern(rf"{_TWICE_WORDS}(?!\w)")
_TWO_DAYS = _pattern(
    rf"(?:(?:{_TWICE_WORDS}|monthly|(?:every|each) month)[,:]? )?(?:on )?"
    rf"(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?:(?: ?[,+&]| and) ?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?: ?[+&]| and) ?(?:the )?last( (?:business|working))?(?: day)?)(?!\w)(?:{_OF_MONTH})?"
)
_NO_BUSINESS = r"(?:(?:bank |public )?holidays?|week-?ends?)"
_SHIFT = _pattern(
    rf"(?:(?:or|else|on) )?(?:the )?(?:(?:last |next )?(?:business |working )?days? )?(before|after)(?!\w)"
    rf"(?: (?:a |the |any )?{_NO_BUSINESS}(?: (?:or|and) (?:a |the )?{_NO_BUSINESS})?)?(?!\w)"
    rf"|(?:on )?(?:a |the )?{_NO_BUSINESS}:? (?:the )?(?:(?:business |working )?day )?(before|after)(?!\w)"
)
_WEEKLY = _pattern(r"(?:weekly|every week|each week|every|each)(?!\w)(?: on)?")
_CUTOFF = _pattern(r"cut[ -]?off(?!\w):? *(?:(\d{1,3})(?!\w)(?: (?:business |working )?days?)?(?: before)?)?")
_DOCUMENTS = _pattern(r"(?:docs?|documents?)(?!\w):?( in(?!\w))?")
_NAMES_END = _pattern(r"(?:^|[\s,;]+)(?:cut[ -]?off|docs?|documents?)(?!\w)")
_RHYTHM_FOLLOWS = _pattern(
    rf"[,;]\s*(?:(?:weekly|every|each|bi-?weekly|fortnightly|(?:semi-?)?monthly|month[ -]?end|eom|last|twice)(?!\w)"
    rf"|(?:the )?{_NTH_AND_DAY})"
)
_SHIFT_FOLLOWS = _pattern(rf"[,;]\s*(?:{_SHIFT.pattern})")
_BETWEEN_NAMES = _pattern(r"\s*(?:[,;+&]|(?<!\S)and(?!\S))\s*")
_WORD = re.compile(r"[^\s,;]+")
_WEEKDAY_AND_DATE = 3
_WHICH_TWO = "on which two days of the month? write twice a month 5 and 20, or 15 and last"
#: What stays of a cycle when only its rhythm changes.
_WHATEVER_THE_RHYTHM = ("cutoff_days", "documents", "documents_in", "documents_for", "before")


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


def starts_cycle(line: str) -> bool:
    """Does a line begin with an nth day of the week, or with two days of the month: "2nd tue", "5th and 20th"?"""
    return bool(_NTH_WEEKDAY.match(line) or _TWO_DAYS.match(line))


def cycle_words(cycle: PayCycle, today: date) -> str:
    """Say how a customer pays: "weekly on Thursday, cut-off 2 business days before". It can be typed again so."""
    words = _rhythm_words(cycle, today) + (", before a holiday" if cycle.before else "")
    days = plural(cycle.cutoff_days, "business day")
    return f"{words}, cut-off {days} before" if cycle.cutoff_days else words


def _rhythm_words(cycle: PayCycle, today: date) -> str:
    weekday = _DAY_NAMES[cycle.weekday].capitalize()
    match cycle.frequency:
        case Frequency.WEEKLY:
            return f"weekly on {weekday}"
        case Frequency.BIWEEKLY:
            if cycle.anchor is None:
                return "every two weeks"
            # The first from today on says as much as one of long ago, and needs no year.
            coming = today + timedelta(days=(cycle.anchor - today).days % 14)
            return f"every two weeks, one of them {say.short_day(coming, today)}"
        case Frequency.MONTHLY:
            return f"monthly on the {ordinal(cycle.day)}"
        case Frequency.MONTH_END:
            return "monthly on the last business day"
        case Frequency.NTH_WEEKDAY:
            which = "last" if cycle.nth == _LAST else ordinal(cycle.nth)
            return f"monthly on the {which} {weekday}"
        case Frequency.TWICE:
            second = "last day" if cycle.second_day == _LATEST_DAY else ordinal(cycle.second_day)
            return f"twice a month on the {ordinal(cycle.day)} and the {second}"


def cycle_sentence(cycle: PayCycle, situation: Situation) -> str:
    """Say a pay cycle with the run that can still be made, as it is read back to the customer."""
    today = situation.today
    run = coming_run(cycle, today, situation.run_calendar)
    cutoff = f", cut-off {say.short_day(run.cutoff, today)}" if run.cutoff != run.day else ""
    there = documents_in(cycle, run.day)
    names = [f"{name} (in)" if name in there else name for name in cycle.documents]
    documents = f"; to be in: {', '.join(names)}" if names else ""
    day = say.short_day(run.day, today) + moved_words(run, today, situation.run_calendar)
    return f"{cycle_words(cycle, today)}: next run {day}{cutoff}{documents}"


class _CycleLine:
    """One line about a pay cycle, read part by part."""

    def __init__(self, text: str, situation: Situation) -> None:
        self._text = text
        self._situation = situation
        self._place = 0
        self._rhythm: dict[str, object] = {}
        self._before: bool | None = None
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
        said = (self._cutoff, self._documents, self._arrived, self._before)
        if not self._rhythm and all(part is None for part in said):
            raise ProblemError(f"how often do they pay? write {HINT}")
        if not self._rhythm and known is None:
            raise ProblemError(f"how often do they pay? before the rest write {HINT.partition(';')[0]}")
        cycle = known or PayCycle(frequency=Frequency.WEEKLY)
        if self._rhythm:
            kept = {name: getattr(cycle, name) for name in _WHATEVER_THE_RHYTHM}
            cycle = msgspec.structs.replace(PayCycle(frequency=Frequency.WEEKLY), **kept, **self._rhythm)
        if self._before is not None:
            cycle = msgspec.structs.replace(cycle, before=self._before)
        if cycle.frequency is Frequency.MONTH_END:
            if self._before is False:
                raise ProblemError(
                    "month end is the last business day: for a run after the week-end write monthly 31"
                )
            cycle = msgspec.structs.replace(cycle, before=False)
        if self._cutoff is not None:
            cycle = msgspec.structs.replace(cycle, cutoff_days=self._cutoff)
        if self._documents is not None:
            cycle = msgspec.structs.replace(cycle, documents=self._documents)
        if cycle == known and self._arrived is None:
            return known
        return self._with_documents(cycle, known)

    def _with_documents(self, cycle: PayCycle, known: PayCycle | None) -> PayCycle:
        """Say which documents are in for the coming run: what is in for the known one, and what came now."""
        today, calendar = self._situation.today, self._situation.run_calendar
        there = documents_in(known, coming_run(known, today, calendar).day) if known else ()
        there = _arrived(msgspec.structs.replace(cycle, documents_in=there), self._arrived)
        sent_for = coming_run(cycle, today, calendar).day if there else None
        return msgspec.structs.replace(cycle, documents_in=there, documents_for=sent_for)

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
        elif found := self._found(_SHIFT):
            self._before = (found[1] or found[2]).lower() == "before"
        elif self._take_nth_weekday() or self._take_two_days():
            pass
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

    def _take_nth_weekday(self) -> bool:
        found = _NTH_WEEKDAY.match(self._text, self._place)
        # "Every second Tuesday" is every two weeks, unless it is said to be of the month.
        if not found or (found[1] and not found[4] and _NTH[found[2].lower()] == 2):
            return False
        nth, weekday = _NTH[found[2].lower()], _beginning(found[3])
        if nth == _FIFTH:
            raise ProblemError(
                f"not every month has a fifth {_DAY_NAMES[weekday].capitalize()}: write last {found[3]}"
            )
        self._place = found.end()
        self._set(frequency=Frequency.NTH_WEEKDAY, weekday=weekday, nth=nth)
        return True

    def _take_two_days(self) -> bool:
        found = self._found(_TWO_DAYS)
        if not found:
            if self._found(_TWICE):
                raise ProblemError(_WHICH_TWO)
            return False
        first, second = sorted((int(found[1]), int(found[2] or _LATEST_DAY)))
        if not 1 <= first < second <= _LATEST_DAY:
            raise ProblemError(_WHICH_TWO)
        self._set(frequency=Frequency.TWICE, day=first, second_day=second)
        if found[3] and self._before is None:
            self._before = True
        return True

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
        if is_day_word(words[0]) and found.used < _WEEKDAY_AND_DATE:
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
        found_ends = (_NAMES_END.search(rest), _SHIFT_FOLLOWS.search(rest), self._rhythm_in(rest))
        ends = [found.start() for found in found_ends if found]
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


def _beginning(name: str) -> int:
    """Return the day of the week (0 = Monday) by the beginning of its name."""
    return next(n for n, day in enumerate(_DAY_NAMES) if day.startswith(name[:3].lower()))


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
