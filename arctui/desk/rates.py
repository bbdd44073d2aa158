"""The firm's exchange rates: written down by the clerk, used for one total that is marked as converted."""

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from arctui.core.changes import added
from arctui.core.import_records import Rate
from arctui.core.money import ZERO
from arctui.core.rates import Converted, converted, rate_on
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: No currency is worth more, or less, of another one.
_LARGEST = Decimal(10) ** 6
_SMALLEST = Decimal(10) ** -6
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")


class Rates:
    """The rates in the book of one desk. Raises DeskError, BookError."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def set(self, currency: str, text: str, since: date | None = None) -> str:
        """Write down what one unit of a currency is worth in the home currency, from a day on (today)."""
        desk = self._desk
        desk.refresh()
        code, home = currency.strip().upper(), desk.policy.home_currency
        if not re.fullmatch(r"[A-Z]{3}", code):
            raise DeskError(f"'{currency}' is no currency: write its three letters, EUR")
        if code == home:
            raise DeskError(f"{code} is the home currency: the rates are those of the others in {home}")
        mark = desk.policy.decimal_mark
        number = text.strip().replace(",", ".") if mark == "," else text.strip()
        value = Decimal(number) if _NUMBER.fullmatch(number) else ZERO
        if not _SMALLEST <= value <= _LARGEST:
            raise DeskError(f"'{text}' is no rate: write what one {code} is worth in {home}, 1.08")
        rate = Rate(
            id=new_id(),
            currency=code,
            into=home,
            value=value,
            since=since or desk.today,
            by=desk.clerk,
            at=desk.rules.moment.now,
        )
        return desk.commit(f"rate {code} = {value:f} {home} from {rate.since}", [added(rate)])

    def all(self) -> list[Rate]:
        """Return every rate that was written down, by currency, the newest first."""
        found = reversed(list(self._desk.book.facts.all(Rate)))
        return sorted(sorted(found, key=lambda r: r.since, reverse=True), key=lambda r: r.currency)

    def in_force(self, rate: Rate) -> bool:
        """Is this the rate of its currency today?"""
        desk = self._desk
        return rate == rate_on(desk.book.facts.all(Rate), rate.currency, desk.policy.home_currency, desk.today)

    def total(self) -> Converted | None:
        """Return what is owed in all currencies as one total, None where there is nothing to convert, or no rate."""
        desk = self._desk
        return converted(desk.figures(), desk.book.facts.all(Rate), desk.policy.home_currency, desk.today)
