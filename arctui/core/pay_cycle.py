"""How a customer pays who pays by fixed runs: a part of the account's record."""

from datetime import date
from enum import StrEnum

import msgspec


class Frequency(StrEnum):
    """How often a large customer pays."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    MONTH_END = "month end"
    NTH_WEEKDAY = "nth weekday"
    TWICE = "twice a month"


class PayCycle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A customer's fixed payment run.

    `weekday` (0 = Monday) serves WEEKLY and NTH_WEEKDAY, `nth` (1 to 4, -1 = the last of the month) NTH_WEEKDAY,
    `anchor` (a day of one run) BIWEEKLY, `day` (1 to 31) MONTHLY and TWICE, `second_day` (after `day`) TWICE;
    MONTH_END is the last business day. A run on a day that is no business day is made on the next one, with `before`
    on the one before. `cutoff_days`: business days before the run by which an invoice and all `documents` must be in;
    `documents_in` names those that are, for the run on the day `documents_for` (None: not known for which run).
    """

    frequency: Frequency
    weekday: int = 0
    anchor: date | None = None
    day: int = 1
    cutoff_days: int = 0
    documents: tuple[str, ...] = ()
    documents_in: tuple[str, ...] = ()
    nth: int = 1
    second_day: int = 15
    before: bool = False
    documents_for: date | None = None
