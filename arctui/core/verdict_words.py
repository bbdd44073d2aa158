"""What became of a promise in one sentence, with its arithmetic: used by every screen, the review and the CLI."""

from datetime import date, timedelta
from decimal import Decimal

from arctui.core.business import SATURDAY
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Dispute, Promise
from arctui.core.rules import Rules
from arctui.core.text import plural
from arctui.core.words import short_day

#: So many payments are named, each with its day; of more only their number is.
_NAMED = 3
#: A window is explained day by day up to so many days.
_LONGEST = 40


def verdict_words(judged: Judged, rules: Rules) -> str:
    """Say in one sentence what became of a promise, with the arithmetic."""
    words = _Words(judged, rules)
    match judged.verdict:
        case Verdict.KEPT:
            said = words.kept()
        case Verdict.OPEN | Verdict.DUE:
            said = words.live()
        case Verdict.PARTIAL | Verdict.BROKEN:
            said = words.missed()
        case Verdict.SUSPENDED:
            said = words.suspended()
        case Verdict.SUPERSEDED:
            said = words.superseded()
        case Verdict.WITHDRAWN:
            said = words.withdrawn()
    return said


class _Words:
    """One promise, as its sentence is put together."""

    def __init__(self, judged: Judged, rules: Rules) -> None:
        self.judged = judged
        self.promise = judged.promise
        self.rules = rules

    def money(self, amount: Decimal) -> str:
        return self.rules.money(amount, self.promise.currency)

    # The verdicts

    def kept(self) -> str:
        judged, promise = self.judged, self.promise
        said = f"kept: {self._came()}"
        if judged.kept_on and judged.kept_on < promise.day:
            said += f", {plural((promise.day - judged.kept_on).days, 'day')} early"
        short = promise.amount - judged.credited - judged.received
        if short > 0:
            said += f"; {self.money(short)} less is within the tolerance of {self.money(promise.tolerance)}"
        if judged.over:
            said += f"; {self.money(judged.over)} more came than was promised"
        return said + self._credited() + self._returned() + self._part()

    def live(self) -> str:
        promise, day = self.promise, self.rules.day
        said = f"{self.judged.verdict}: last day {day(promise.last_day)}, broken from {day(promise.breaks_on)}"
        said += self._window(promise.breaks_on)
        if self.judged.received:
            said += f"; so far {self._came()}"
        return said + self._credited() + self._returned() + self._part()

    def missed(self) -> str:
        judged, promise, day = self.judged, self.promise, self.rules.day
        said = f"{judged.verdict}: {self._came()}"
        if judged.received:
            said += f"; {self.money(judged.missing + judged.late)} missing"
        if judged.fell:
            broke = day(judged.broke_on or judged.missed_on)
            said += f", fell with the part of {self._named(judged.fell)}, missed on {broke}"
        else:
            said += f" by {day(promise.last_day)}{self._window(promise.last_day)}"
        said += self._credited() + self._returned()
        if judged.late and judged.late_on:
            said += f"; {self.money(judged.late)} came late, on {self.rules.day(judged.late_on)}"
        return said + self._part()

    def suspended(self) -> str:
        against = self.judged.against
        disputes = [d for d in against if isinstance(d, Dispute)]
        said = [
            f"{self.money(d.amount)} is in dispute since {self.rules.day(d.opened)}: {d.reason}" for d in disputes
        ]
        for item in against:
            if not isinstance(item, Dispute):
                name = item.number or item.kind
                credit = f"nothing is left to pay after the credit {name} of {self.money(-item.amount)}"
                said.append(f"invoice {name} is void" if item.void else credit)
        return f"suspended: {'; '.join(said) or 'its invoice is disputed or void'}" + self._returned() + self._part()

    def superseded(self) -> str:
        new = self.judged.replaced_by
        return f"superseded: the promise of {self._named(new)} took its place" if new else "superseded"

    def withdrawn(self) -> str:
        on = self.promise.withdrawn_on
        return f"withdrawn on {self.rules.day(on)}" if on else "withdrawn"

    # Their parts

    def _named(self, promise: Promise) -> str:
        return f"{self.money(promise.amount)} for {self.rules.day(promise.day)}"

    def _came(self) -> str:
        """Say which payments came in time, and what they add up to, of what was promised."""
        judged, day = self.judged, self.rules.day
        of = f"{self.money(judged.received)} of {self.money(self.promise.amount)}"
        brought: dict[tuple[date, date | None, bool], Decimal] = {}
        for part in judged.parts:
            if not part.late:
                key = (part.day, part.since, not part.number)
                brought[key] = brought.get(key, ZERO) + part.amount
        if not brought:
            return of
        whens = {
            key: ("on account " if key[2] else "")
            + (f"between {day(key[1])} and {day(key[0])}, day not known" if key[1] else f"on {day(key[0])}")
            for key in brought
        }
        if len(brought) == 1:
            return f"{of}, {next(iter(whens.values()))}"
        if len(brought) > _NAMED:
            return f"{of} in {len(brought)} payments, the last {list(whens.values())[-1]}"
        return " + ".join(f"{self.money(brought[key])} {whens[key]}" for key in brought) + f" = {of}"

    def _credited(self) -> str:
        judged = self.judged
        if not judged.credited:
            return ""
        names = " and ".join(i.number or i.kind for i in judged.against if not isinstance(i, Dispute))
        return f"; {self.money(judged.credited)} less is owed after the credit {names}"

    def _returned(self) -> str:
        """Say what came and was taken back; of several payments the last, and how many there were."""
        if not self.judged.returned:
            return ""
        last, day = self.judged.returned[-1], self.rules.day
        more = len(self.judged.returned) - 1
        too = f" (and {plural(more, 'payment')} before)" if more else ""
        came = f"{self.money(last.amount)} came on {day(last.day)}"
        return f"; {came}, returned on {day(last.reversed_on or last.day)}{too}: as if it had not come"

    def _part(self) -> str:
        """Say of a part of a plan which one it is, and of one that broke it what fell with it."""
        judged = self.judged
        if not judged.place:
            return ""
        said = f"; part {judged.place[0]} of {judged.place[1]}"
        if judged.felled:
            fell = self.money(total(p.amount for p in judged.felled))
            said += f", with it the plan is broken: {plural(len(judged.felled), 'later part')} of {fell} fell"
        return said

    def _window(self, until: date) -> str:
        """Say how the window comes about: "(Fri 20 + 3 business days, Thu 26 is a holiday)"."""
        promise, calendar = self.promise, self.rules.calendar
        start = calendar.roll(promise.day)
        if calendar.add(start, promise.grace_days) != promise.last_day:
            return ""  # The calendar is another than when it was taken.
        notes = [f"{_short(promise.day)} counts as {_short(start)}"] if start != promise.day else []
        if promise.grace_days:
            notes.append(f"{_short(start)} + {plural(promise.grace_days, 'business day')}")
        for n in range(min(_LONGEST, (until - promise.day).days)):
            day = promise.day + timedelta(days=n)
            holiday = calendar.holiday(day) if day.weekday() < SATURDAY else ""
            if holiday:
                notes.append(f"{_short(day)} is {'a closing day' if holiday == 'closing day' else 'a holiday'}")
        return f" ({', '.join(notes)})" if notes else ""


def _short(day: date) -> str:
    """Say "Fri 20"."""
    return short_day(day, day).rsplit(" ", 1)[0]


def promise_words(judged: Judged, rules: Rules) -> str:
    """Say what was promised and until when, and what became of it."""
    promise, money = judged.promise, rules.money
    way = f" by {promise.method}" if promise.method else ""
    parts = [f"promised {money(promise.amount, promise.currency)}{way}"]
    parts += [promise.person] if promise.person else []
    if not judged.missed:
        one_day = judged.live and promise.last_day == promise.day
        parts.append(f"last day {rules.day(promise.last_day)}{': look for the money' if one_day else ''}")
    if judged.live and judged.received:
        parts.append(f"{money(judged.received, promise.currency)} of it came")
    words = ", ".join(parts)
    return words if judged.live else f"{words}; {verdict_words(judged, rules)}"
