"""What people decided and closed: the end of a day with what was owed then, and the credit of a customer."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

import msgspec

from arctui.core.money import total
from arctui.core.records import Record


class Stock(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was owed at the end of a day in one currency: by aging bucket before credits, and `credits` (negative)."""

    currency: str
    aging: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """What was owed, net of credits."""
        return total(self.aging.values())


class Closing(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The end-of-day review of this day was closed.

    `stocks`: what was owed at the end of the day, a currency each, as it is known now: what came to be known later
    (a payment dated back, on `mended_on`) has changed it. `told`: the same as it was at closing, where that differs.
    `imports`: the number of the last import of that time, -1 where a closing of old does not say.
    """

    TABLE: ClassVar[str] = "reviews"

    day: date
    at: datetime
    by: str
    stocks: tuple[Stock, ...] = ()
    told: tuple[Stock, ...] = ()
    imports: int = -1
    mended_on: date | None = None


class CreditDecision(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a person decided of an account's credit, and why; the newest one holds.

    `hold`: nothing is delivered on credit, None where that stays as it was. `limit` in the account's currency, None
    where the one of before stays.
    `grade` and `proposed_limit`: what was proposed when it was decided ("" and None: nothing was).
    """

    TABLE: ClassVar[str] = "credit_decisions"

    account: str
    day: date
    at: datetime
    by: str
    reason: str
    hold: bool | None = None
    limit: Decimal | None = None
    grade: str = ""
    proposed_limit: Decimal | None = None
