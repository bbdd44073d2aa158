"""Which of day and month comes first, decided over the whole columns of a file; and why, in words.

Owns the evidence and its weight: a wrong order is never taken silently. Must not know how a report is laid out.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from arctui.core.text import fold
from arctui.exchange.dates import (
    DateError,
    DateStyle,
    Digits,
    Period,
    both_readings,
    certain_day,
    read_date,
    read_digits,
)
from arctui.exchange.report import ReportError

#: The field of the report's own day: it stands in no column.
OWN_DAY = ""
# Nothing was issued or paid after the report's own day.
_BOUNDED = ("issued", "day")
_ASK = "say which with --dates mdy or --dates dmy"
_ORDERS = {True: "month first", False: "day first"}
# A typing error must not turn a file: in nearly all rows one order keeps to it, and the other clearly does not.
_NEARLY_ALL = 50
_FEWEST_BROKEN, _BROKEN_PART = 5, 4
# So many real dates beside so many texts: one column that a spreadsheet has half turned.
_HALF_TURNED = 5
_DATE_WORDS = (
    "date", "datum", "data", "dat", "fecha", "day", "tag", "fallig", "faellig", "faedt", "venc", "scad", "echeance",
    "verval", "termin", "emis", "valuta", "issued", "posted", "due on", "due by",
)  # fmt: skip


class DateColumn(NamedTuple):
    """The dates of one column: its field, its name in the file ("" = none), each text with its first row."""

    field: str
    name: str
    rows: Mapping[str, int]


class Ruling(NamedTuple):
    """How the dates of a column are meant, and why."""

    style: DateStyle
    words: str


def decide(
    columns: Sequence[DateColumn],
    *,
    told: bool | None = None,
    as_of: str = "",
    within: Period = (None, None),
    pairs: Callable[[], Collection[tuple[str, str]]] = tuple,
) -> dict[str, Ruling]:
    """Decide for each column of a file how its dates are meant; the report's own day is the column OWN_DAY.

    What the clerk told decides; then any date of the column that is possible in one order only; then whatever else
    the file shows, where all of it says the same: its other columns, the report's own day `as_of` and the time
    `within` which its dates lie, and that nothing is due before it is issued (`pairs`: issued, due). Raises
    ReportError where the dates of a column stand in both orders, those of two columns in opposite ones (no system
    writes so), or where nothing decides and it makes a difference.
    """
    own = [DateColumn(OWN_DAY, "", {as_of: 0})] if as_of else []
    case = _Case([*columns, *own], as_of, within, pairs)
    for column in case.columns:
        case.rule_alone(column, told)
    case.refuse_opposites()
    for _ in range(2):
        for column in case.columns:
            case.rule_by_evidence(column)
    return case.closed(told)


class _Case:
    """What is known of the columns of one file so far."""

    def __init__(
        self,
        columns: Sequence[DateColumn],
        as_of: str,
        within: Period,
        pairs: Callable[[], Collection[tuple[str, str]]],
    ) -> None:
        self.columns = columns
        self._as_of = as_of
        self._within = within
        self._pairs = pairs
        self._rulings: dict[str, Ruling] = {}
        self._digits = {column.field: _digits_of(column) for column in columns}
        self._doubtful: dict[str, str] = {}
        #: What columns that decide for themselves show: order, and the words for it.
        self._clear: dict[str, tuple[bool, str]] = {}

    def rule_alone(self, column: DateColumn, told: bool | None) -> None:
        """Rule by what the clerk said and by the dates of the column itself."""
        sure: dict[bool, str] = {}
        doubtful = ""
        for text in column.rows:
            by_month, by_day = self._both(column.field, text) or (None, None)
            if by_month and by_day:
                doubtful = doubtful or (text if by_month != by_day else "")
            elif by_month or by_day:
                sure.setdefault(bool(by_month), text)
        if told is not None and not (column.field == OWN_DAY and len(sure) == 1):
            against = sure.get(not told)
            but = f", though {_at(column, against)} can only be {_ORDERS[not told]}" if against else ""
            if doubtful or sure:
                self._rule(column, told, f"as you say{but}")
            return
        if len(sure) == 2:
            both = " and ".join(_at(column, sure[order]) for order in (True, False))
            raise ReportError(f"the dates{_of(column)} are written in both orders ({both}): {_ASK}")
        if sure:
            order, text = next(iter(sure.items()))
            self._refuse_half_turned(column, text, doubtful)
            where = _of(column) if column.field else ", the report's own day"
            self._clear[column.field] = (order, f"{_at(column, text)}{where}")
            self._rule(column, order, f"{_at(column, text)} can be nothing else")
        elif doubtful:
            self._doubtful[column.field] = doubtful

    def refuse_opposites(self) -> None:
        """Raise ReportError where two columns are clear, and one has the month first and the other the day.

        Dates of figures only are of a style of their own, and the report's own day is of its title.
        """
        figures = (Digits.DAY_FIRST, Digits.MONTH_FIRST)
        clear = [shown for f, shown in self._clear.items() if f != OWN_DAY and self._digits[f] not in figures]
        at = dict(reversed(clear))
        if len(at) > 1:
            raise ReportError(f"the dates are written in both orders ({at[True]} and {at[False]}): {_ASK}")

    def rule_by_evidence(self, column: DateColumn) -> None:
        """Rule a doubtful column, where all that the rest of the file shows says the same."""
        if column.field not in self._doubtful or column.field in self._rulings:
            return
        votes = [vote for vote in (self._by_columns(), self._by_day(column), self._by_terms(column)) if vote]
        if len({order for order, _ in votes}) == 1:
            self._rule(column, *votes[0])
            self._clear[column.field] = (votes[0][0], _of(column).strip() or "another date")

    def closed(self, told: bool | None) -> dict[str, Ruling]:
        """Return all rulings. Raises ReportError where a column is still doubtful."""
        for column in self.columns:
            text = self._doubtful.get(column.field)
            if text and column.field not in self._rulings:
                others = f" and all other dates{_of(column)}" if column.field else ""
                raise ReportError(f"{_at(column, text)}{others} can be month/day or day/month: {_ASK}")
            if column.field not in self._rulings:
                self._rulings[column.field] = self._plain(column, told)
        rulings = {column.field: self._rulings[column.field] for column in self.columns}
        orders = {ruling.style.month_first for ruling in rulings.values()} - {None}
        if OWN_DAY not in rulings:
            common = orders.pop() if len(orders) == 1 else told
            rulings[OWN_DAY] = Ruling(DateStyle(common), "")
        return rulings

    def _plain(self, column: DateColumn, told: bool | None) -> Ruling:
        digits = self._digits[column.field]
        if digits is Digits.SERIAL:
            text = next(text for text in column.rows if read_digits(text, digits))
            words = f"day numbers of a spreadsheet{_of(column)}, {_at(column, text)} is {read_digits(text, digits)}"
        elif column.field and any(map(certain_day, column.rows)):
            words = f"none{_of(column)} can be meant in two ways"
        else:
            words = ""
        return Ruling(DateStyle(told, digits), words)

    def _rule(self, column: DateColumn, order: bool, why: str) -> None:
        digits = self._digits[column.field]
        if digits in (Digits.DAY_FIRST, Digits.MONTH_FIRST):
            digits = Digits.MONTH_FIRST if order else Digits.DAY_FIRST
        of = _of(column) if column.field else " in the report's own day"
        self._rulings[column.field] = Ruling(DateStyle(order, digits), f"{_ORDERS[order]}{of}, {why}")

    def _by_columns(self) -> tuple[bool, str] | None:
        """What the other columns show, if they agree."""
        shown = {order for order, _ in self._clear.values()}
        return (shown.pop(), f"as {next(iter(self._clear.values()))[1]}") if len(shown) == 1 else None

    def _by_day(self, column: DateColumn) -> tuple[bool, str] | None:
        """What the report's own day and time show: in one order alone the dates lie within them."""
        if column.field == OWN_DAY:
            counted = [c for c in self.columns if c.field in _BOUNDED]
        else:
            counted = [column] if column.field in _BOUNDED else []
        outside = {order: self._outside(counted, order) for order in (True, False)}
        every = max((len(self._days(c, order)) for c in counted for order in (True, False)), default=0)
        for order in (True, False):
            kept, broken = len(outside[order]), len(outside[not order])
            if broken and kept * _NEARLY_ALL <= every < broken * _NEARLY_ALL and broken >= 5 * kept:
                return order, f"else {outside[not order][0]} would lie outside the report's own time"
        return None

    def _outside(self, columns: Sequence[DateColumn], order: bool) -> list[str]:
        first, last = self._within
        own = self._day(OWN_DAY, self._as_of, order) if self._as_of else None
        last = min(filter(None, (last, own)), default=None)
        late = []
        for column in columns:
            start = first if column.field == "day" else None
            days = self._days(column, order)
            late += [_at(column, t) for t, day in days.items() if (last and day > last) or (start and day < start)]
        return late

    def _by_terms(self, column: DateColumn) -> tuple[bool, str] | None:
        """What the rows show: in one order alone next to nothing is due before it is issued."""
        if column.field not in ("issued", "due"):
            return None
        broken = {True: 0, False: 0}
        counted = 0
        for issued, due in self._pairs():
            both = [(self._day("issued", issued, order), self._day("due", due, order)) for order in (True, False)]
            if all(start and end for start, end in both):
                counted += 1
                for order, (start, end) in zip((True, False), both, strict=True):
                    broken[order] += bool(start and end and end < start)
        for order in (True, False):
            bad = broken[not order]
            clearly = bad >= _FEWEST_BROKEN and bad * _BROKEN_PART >= counted
            if clearly and broken[order] * _NEARLY_ALL <= counted:
                return order, f"else {bad} of {counted} would be due before they were issued"
        return None

    def _days(self, column: DateColumn, order: bool) -> dict[str, date]:
        days = {text: self._day(column.field, text, order) for text in column.rows}
        return {text: day for text, day in days.items() if day}

    def _day(self, field: str, text: str, order: bool) -> date | None:
        """Read a date by what is ruled for its column, else as if it had this order."""
        ruling = self._rulings.get(field)
        if ruling and ruling.style.month_first is not None:
            order = ruling.style.month_first
        if both := self._both(field, text):
            return both[0] if order else both[1]
        try:
            return read_date(text, month_first=order, digits=self._digits.get(field, Digits.YEAR_FIRST))
        except DateError:
            return None

    def _both(self, field: str, text: str) -> tuple[date | None, date | None] | None:
        """Return both readings of a text of which day and month could be turned, None for any other."""
        if self._digits.get(field) in (Digits.DAY_FIRST, Digits.MONTH_FIRST) and text.isdigit():
            return read_digits(text, Digits.MONTH_FIRST), read_digits(text, Digits.DAY_FIRST)
        return both_readings(text)

    def _refuse_half_turned(self, column: DateColumn, text: str, doubtful: str) -> None:
        """Raise ReportError for what a spreadsheet does to dates of another country.

        Those it can read it turns into real dates, day and month changed over; the rest stay as they were.
        """
        real = [day for t in column.rows if not self._both(column.field, t) and (day := certain_day(t))]
        texts = sum(any(self._both(column.field, t) or ()) for t in column.rows)
        if not doubtful and min(len(real), texts) >= _HALF_TURNED and all(day.day <= 12 for day in real):
            raise ReportError(
                f"a spreadsheet seems to have turned day and month of some dates{_of(column)} and left others as "
                f"text ({_at(column, text)}): export the report again and import it unopened, or take all as they "
                "stand with --dates mdy or --dates dmy"
            )


def _digits_of(column: DateColumn) -> Digits:
    """Say what dates of figures only are in a column: all of them have one form, or they are what they always are."""
    figures = [text for text in column.rows if text.replace(".", "").isdigit() and text.isascii() and text != "0"]
    if not figures or any(map(read_digits, figures, [Digits.YEAR_FIRST] * len(figures))):
        return Digits.YEAR_FIRST
    # With dates of other styles beside them, figures are no dates.
    if any(both_readings(text) or certain_day(text) for text in column.rows):
        return Digits.YEAR_FIRST
    forms = [Digits.DAY_FIRST, Digits.MONTH_FIRST]
    if not column.name or any(word in fold(column.name) for word in _DATE_WORDS):
        forms.append(Digits.SERIAL)
    return next((form for form in forms if all(read_digits(text, form) for text in figures)), Digits.YEAR_FIRST)


def _at(column: DateColumn, text: str) -> str:
    row = column.rows[text]
    return f"{text} in row {row}" if row else text


def _of(column: DateColumn) -> str:
    return f" in '{column.name}'" if column.name else ""
