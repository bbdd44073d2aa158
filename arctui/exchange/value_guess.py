"""Which columns without a known name are which fields, by their values alone: always to be asked about.

Owns what sets two columns of dates, or of amounts, apart. Must not know any column's name.
"""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from datetime import date
from decimal import Decimal

from arctui.core.money import AmountError, parse_amount
from arctui.exchange.column_values import MOST, Values
from arctui.exchange.dates import DateError, read_date
from arctui.exchange.report import ReportKind

Cells = tuple[str, ...]
Left = Map[int, tuple[Values, Cells]]
Found = tuple[int, str, str]
_MOST_TEXT = 24
_FEW = 0.5
_FEW_ROWS = 3


def by_values(free: Left, kind: ReportKind, given: Map[str, Cells]) -> list[Found]:
    """Return (place, field, why) for columns whose values tell it; `given` are the columns that are known already."""
    left = dict(free)
    found: list[Found] = []

    def take(places: Iterator[Found] | list[Found]) -> None:
        for at, field, why in list(places):
            if at in left:
                del left[at]
                found.append((at, field, why))

    if kind in (ReportKind.OPEN_ITEMS, ReportKind.LISTED):
        take(_dates(left, given))
        take(_amounts(left, given))
    elif kind is not ReportKind.CONTACTS:
        take(_one(left, given, "day", lambda v: v.dates >= MOST, "dates"))
        take(_one(left, given, "amount", lambda v: v.money >= _FEW and v.amounts >= MOST, "amounts"))
    take(_one(left, given, "currency", lambda v: v.currencies >= MOST and v.distinct < _FEW, "codes of currencies"))
    if kind is ReportKind.STATEMENT:
        take(_longest(left, given, "words"))
        return found
    if kind is not ReportKind.PAYMENTS:
        take(_one(left, given, "email", lambda v: v.emails >= MOST, "email addresses"))
        take(_one(left, given, "phone", lambda v: min(v.phones, v.dialled) >= MOST and _plain(v), "phone numbers"))
    if kind is not ReportKind.CONTACTS and "number" not in given and "invoice" not in given:
        take(_numbers(left, "number" if kind is not ReportKind.PAYMENTS else "invoice"))
    take(_longest(left, given, "customer"))
    if "customer_number" not in given and (
        kind is ReportKind.CONTACTS or "customer" not in {*given, *(f for _, f, _ in found)}
    ):
        take(_one(left, given, "customer_number", lambda v: v.codes >= MOST and _plain(v), "codes"))
    return found


def _plain(values: Values) -> bool:
    return max(values.dates, values.money) < _FEW


def _one(left: Left, given: Map[str, Cells], field: str, fits: Callable[[Values], bool], noun: str) -> list[Found]:
    """Return the first column that fits, where the field is not given."""
    if field in given:
        return []
    return [(at, field, f"its values are {noun}") for at, (values, _) in left.items() if fits(values)][:1]


def _dates(left: Left, given: Map[str, Cells]) -> Iterator[Found]:
    """Two columns of dates: the later one is the due date."""
    columns = [at for at, (values, _) in left.items() if values.dates >= MOST]
    if "due" in given and "issued" in given:
        return
    if "due" in given or not columns:
        if "due" in given and columns and not _is_later(left[columns[0]][1], given["due"]):
            yield columns[0], "issued", "its dates are not after the due dates"
        return
    if "issued" in given:
        later = [at for at in columns if _is_later(left[at][1], given["issued"])]
        if later:
            yield later[0], "due", "its dates are after those of the invoices"
        return
    latest = columns[0]
    for at in columns[1:]:
        if _is_later(left[at][1], left[latest][1]):
            latest = at
    others = [at for at in columns if at != latest]
    if others and _is_later(left[latest][1], left[others[0]][1]):
        yield latest, "due", "its dates are the later ones"
        yield others[0], "issued", "its dates are the earlier ones"
    else:
        yield columns[0], "issued", "its values are dates"


def _is_later(cells: Cells, than: Cells) -> bool:
    """Is no date before its neighbour, and one after it, in whichever order of day and month?"""
    for month_first in (False, True):
        pairs = [(_day(a, month_first), _day(b, month_first)) for a, b in zip(cells, than, strict=True) if a and b]
        known = [(a, b) for a, b in pairs if a and b]
        if known and len(known) == len(pairs) and all(a >= b for a, b in known) and any(a > b for a, b in known):
            return True
    return False


def _day(text: str, month_first: bool) -> date | None:
    try:
        return read_date(text, month_first=month_first)
    except DateError:
        return None


def _amounts(left: Left, given: Map[str, Cells]) -> Iterator[Found]:
    """Two columns of amounts: never both filled, debit and credit; else the balance is never the larger."""
    columns = [at for at, (values, _) in left.items() if values.amounts >= MOST and values.money >= _FEW]
    known = given.keys() & {"amount", "balance", "debit", "credit"}
    if known or not columns:
        if known == {"amount"}:
            within = [at for at in columns if _is_within(left[at][1], given["amount"])]
            if len(within) == 1:
                yield within[0], "balance", "it is never more than the amount"
        return
    first, second = columns[0], columns[1] if len(columns) > 1 else -1
    if second < 0:
        yield first, "amount", "its values are amounts"
    elif not any(a and b for a, b in zip(left[first][1], left[second][1], strict=True)):
        yield first, "debit", "each row has this or the other amount"
        yield second, "credit", "each row has this or the other amount"
    elif _is_within(left[second][1], left[first][1]):
        yield first, "amount", "it is never less than the other amount"
        yield second, "balance", "it is never more than the other amount"
    elif _is_within(left[first][1], left[second][1]):
        yield second, "amount", "it is never less than the other amount"
        yield first, "balance", "it is never more than the other amount"
    else:
        yield first, "amount", "its values are amounts"


def _is_within(cells: Cells, bounds: Cells) -> bool:
    pairs = [(_size(a), _size(b)) for a, b in zip(cells, bounds, strict=True) if a and b]
    return bool(pairs) and all(a is not None and b is not None and a <= b for a, b in pairs)


def _size(text: str) -> Decimal | None:
    try:
        return abs(parse_amount(text))
    except AmountError:
        return None


def _numbers(left: Left, field: str) -> list[Found]:
    """The number of an invoice has figures, and is hardly ever the same twice."""
    fits = [
        (round(values.filled, 1), values.distinct, -at)
        for at, (values, _) in left.items()
        if values.digits >= MOST and values.codes >= _FEW and _plain(values) and values.distinct > MOST
    ]
    return [(-max(fits)[2], field, "codes, each of them once")] if fits else []


def _longest(left: Left, given: Map[str, Cells], field: str) -> list[Found]:
    """The customer's name, or a bank line's text, is the longest of the columns of words."""
    fits = [
        (round(values.filled, 1), values.distinct * min(values.length, _MOST_TEXT), -at)
        for at, (values, cells) in left.items()
        if values.letters >= MOST
        and (values.different > 1 or len(cells) < _FEW_ROWS)
        and _plain(values)
        and values.emails < _FEW
        and values.length > 3
    ]
    if field in given or (field == "customer" and "customer_number" in given) or not fits:
        return []
    return [(-max(fits)[2], field, "its values are names or words")]
