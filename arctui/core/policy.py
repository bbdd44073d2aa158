"""The firm's policy: every setting with its default, dated.

Rules take a Policy as it stood on one day; `policy_on` builds it from the dated changes in the book.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from arctui.core.business import BusinessCalendar, ClosingDays, UnknownCountryError, read_closing_days
from arctui.core.claim_limits import KNOWN_LIMITS, PLACE, Limit, read_limits
from arctui.core.records import Method, PolicyChange
from arctui.core.text import clean

#: Countries that write the month before the day.
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "AS", "GU", "MP", "PR", "VI"})
#: Countries that split off the cents by a comma.
_DECIMAL_COMMA = frozenset(
    "AL,AR,AT,BE,BG,BR,BY,CL,CO,CZ,DE,DK,EE,ES,FI,FR,GR,HR,HU,ID,IS,IT,LT,LU,LV,MA,NL,NO,PL,PT,RO,RS,RU,SE,SI,SK,TR,"
    "UA,UY,VN".split(",")
)


class PolicyError(ValueError):
    """No such setting, or a value that it cannot take; the message names both."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The settings in force on one day. Days are calendar days, business days where the name says so."""

    #: The firm's name, as a clerk says it on the phone.
    firm: str = ""
    country: str = "US"
    subdivision: str = ""
    time_zone: str = ""
    home_currency: str = "USD"
    #: Days on which the firm is closed, beside the holidays: 2026-12-24, 2026-12-24..2027-01-02, 12-24 (every year).
    closing_days: tuple[ClosingDays, ...] = ()
    #: Business days after the due date (or, by `first_contact_from`, the day of issue) of the first call.
    first_contact_business_days: int = 3
    first_contact_from: Literal["due", "issued"] = "due"
    #: Business days (counted in the same way) after which a first call is not put off, whatever the day's load.
    first_contact_latest_business_days: int = 5
    #: Calls that one clerk makes in a day; 0: as many as there are.
    calls_per_day: int = 40
    #: Days from one conversation (or letter) to the next call.
    call_interval_days: int = 10
    #: Tries in a row that reached nobody, until a letter is due.
    tries_before_letter: int = 3
    #: Days from one letter to the next level.
    letter_interval_days: int = 10
    #: Business days of grace after the promised date, by method.
    grace_check_business_days: int = 3
    grace_transfer_business_days: int = 1
    grace_card_business_days: int = 0
    #: The way of paying that is assumed, and said, where the customer named none.
    default_method: Method = Method.CHECK
    #: A promise is kept if at most the larger of the two is missing (currency units; per cent of the promise).
    tolerance_amount: Decimal = Decimal("1.00")
    tolerance_percent: Decimal = Decimal("0.5")
    #: A promise further away than this many days is warned about.
    promise_horizon_days: int = 30
    #: Business days in which we owe a disputing customer our remedy.
    remedy_business_days: int = 2
    #: Business days before a pay run's cut-off on which the calls begin.
    cutoff_lead_business_days: int = 3
    #: Hours in which a customer is called, in the customer's time zone.
    calling_from: time = time(8, 30)
    calling_to: time = time(17, 30)
    #: After so many calls to a customer in seven days a further one needs a reason.
    calls_in_seven_days: int = 7
    #: The firm's own call script: a file, beside the book if no folder is named; "": playbook.toml, if there is one.
    playbook: str = ""
    #: The folder whose files every open workstation imports, from the book's folder on; "": none.
    watch_folder: str = ""
    #: Minutes before an agreed hour at which a callback comes before everything else.
    callback_lead_minutes: int = 5
    #: What a calendar file tells of a customer: nothing, their name, or all: amount, people, what it is about.
    calendar_shows: Literal["nothing", "name", "all"] = "name"
    #: What stands above a letter, below the firm's name: its address, a line each, | between them.
    letterhead: tuple[str, ...] = ()
    #: The firm's name as it stands in the register, for a claim; "": `firm`.
    firm_legal_name: str = ""
    #: Pictures (PNG or JPEG) above the letter and above the signature: a file, beside the book if it names no folder.
    letter_logo: str = ""
    signature_picture: str = ""
    #: Who signs letters, a line each, | between them: name | role; "": the clerk.
    signature: tuple[str, ...] = ()
    #: Where money is to be sent, a line each, | between them: bank and account, or where a check goes.
    remittance: tuple[str, ...] = ()
    #: What stands small at the foot of each letter.
    letter_foot: str = ""
    #: The folder of the firm's own letter templates, beside the book if it is no whole path.
    letter_templates: str = "letters"
    #: Calendar days that a demand, and the final demand, leave for paying.
    demand_days: int = 10
    final_demand_days: int = 14
    #: Interest of so many per cent a year from the day after the due date on, if it was agreed: "terms of sale, 4.2".
    interest_percent: Decimal = Decimal(0)
    interest_agreed: str = ""
    #: A fee (home currency) once for each invoice past due, if it was agreed in this: "terms of sale, 4.3".
    late_fee: Decimal = Decimal(0)
    late_fee_agreed: str = ""
    #: An attached file is at most so many megabytes (of 1,000,000 bytes).
    attachment_megabytes: int = 25
    #: The most that a business may claim in a small-claims court, by place, with the day on which it was looked up:
    #: US-CA 6250.00 USD checked 2026-11-28, commas between.
    small_claims_limits: tuple[Limit, ...] = KNOWN_LIMITS
    #: Where claims are brought, if that is not where the customer is: US-CA.
    claim_jurisdiction: str = ""
    #: Credit grades A, B, C and D, what is worse is an E: paid at most so many days late on average,
    grade_days_late: tuple[int, int, int, int] = (3, 10, 20, 40)
    #: kept at least so many per cent of the promises,
    grade_promises_kept: tuple[int, int, int, int] = (85, 70, 55, 40)
    #: has at most so many per cent of what it owes past due.
    grade_past_due: tuple[int, int, int, int] = (5, 15, 35, 60)

    @property
    def latest_first_contact(self) -> int:
        """Business days after which a first call is late: never sooner than it may be made."""
        return max(self.first_contact_latest_business_days, self.first_contact_business_days)

    @property
    def month_first(self) -> bool:
        """Does this country write the month before the day (12/15)?"""
        return self.country in _MONTH_FIRST

    @property
    def decimal_mark(self) -> str:
        """The mark before the cents: "." or ","."""
        return "," if self.country in _DECIMAL_COMMA else "."

    def grace(self, method: Method | None) -> int:
        """Return the business days of grace of a way of paying (None: the default method's)."""
        return {
            Method.CHECK: self.grace_check_business_days,
            Method.TRANSFER: self.grace_transfer_business_days,
            Method.CARD: self.grace_card_business_days,
        }[method or self.default_method]

    def calendar(self) -> BusinessCalendar:
        """Return the business days of this policy's country and firm."""
        return BusinessCalendar(self.country, self.subdivision, self.closing_days)


_MOST = 3650
#: Settings of several lines, which are written in one with this between them.
_BETWEEN_LINES = "|"
_AT_LEAST_ONE = frozenset(
    {
        "first_contact_business_days",
        "call_interval_days",
        "tries_before_letter",
        "demand_days",
        "final_demand_days",
        "attachment_megabytes",
    }
)
_LINES = frozenset({"letterhead", "signature", "remittance"})
#: Settings that are printed as they are.
_WORDS = frozenset({"firm", "firm_legal_name", "letter_foot", "interest_agreed", "late_fee_agreed"})
#: Closing days that may come every year: a firm does business on most days.
_MOST_CLOSED = 183
_ANY_DAY = date(2026, 1, 5)
_FIELDS = {field.name: field for field in msgspec.structs.fields(Policy)}
SETTINGS = tuple(_FIELDS)


def parse_setting(name: str, text: str, policy: Policy | None = None) -> object:
    """Read the value of a setting from text; lists are separated by commas, lines by |.

    `policy`: the settings beside which it will stand (a subdivision belongs to a country).
    Raises PolicyError for an unknown setting or a value that it cannot take.
    """
    if name not in _FIELDS:
        raise PolicyError(f"there is no setting '{name}'; the settings are {', '.join(SETTINGS)}")
    try:
        value: object = msgspec.convert(_plain(name, text), _FIELDS[name].type, strict=False)
    except (msgspec.ValidationError, ValueError):
        raise PolicyError(f"'{text}' is no value for {name}: {_wanted(name)}") from None
    if isinstance(value, Decimal) and not value.is_finite():
        raise PolicyError(f"'{text}' is no value for {name}: a number is needed")
    if isinstance(value, int | Decimal) and not (0 <= value <= _MOST):
        raise PolicyError(f"{name} is a number from 0 to {_MOST}")
    if name in _AT_LEAST_ONE and value == 0:
        raise PolicyError(f"{name} must be at least 1")
    if name == "home_currency" and not re.fullmatch("[A-Z]{3}", str(value)):
        raise PolicyError("home_currency is a code of three letters: USD")
    if name == "claim_jurisdiction" and value and not PLACE.fullmatch(str(value)):
        raise PolicyError("claim_jurisdiction is a country or a part of one: US-CA")
    if name == "closing_days" and isinstance(value, tuple):
        closed = {(day.month, day.day) for span in value if span.yearly for day in span.days}
        if len(closed) > _MOST_CLOSED:
            raise PolicyError(f"closing_days of every year are {len(closed)}: at most {_MOST_CLOSED}")
    if name.startswith("grade_") and isinstance(value, tuple):
        numbers = [n for n in value if isinstance(n, int)]
        in_order = numbers == sorted(numbers, reverse=name == "grade_promises_kept")
        if not in_order or min(numbers) < 0 or max(numbers) > _MOST:
            raise PolicyError(f"'{text}' is no value for {name}: {_wanted(name)}")
    _check_place(name, str(value), policy or Policy())
    return value


def _wanted(name: str) -> str:
    """Say what a setting takes."""
    default = getattr(Policy(), name)
    if name == "closing_days":
        return (
            "write 2026-12-24, 2026-12-24..2027-01-02 (three months at most), or 12-24 (every year), commas between"
        )
    if name == "small_claims_limits":
        return f"write {KNOWN_LIMITS[0]}, a place once, commas between"
    if name.startswith("grade_"):
        return f"four whole numbers for A, B, C and D, one after the other: {show_setting(default)}"
    if isinstance(default, time):
        return "an hour is written HH:MM"
    if isinstance(default, Method):
        return f"one of {', '.join(Method)}"
    if name == "first_contact_from":
        return "due or issued"
    if name == "calendar_shows":
        return "nothing, name or all"
    return "a whole number is needed" if isinstance(default, int) else "a number is needed"


def _plain(name: str, text: str) -> object:
    """Return a setting's text in the form that its type is read from."""
    if name == "closing_days":
        return tuple(read_closing_days(part) for part in text.split(",") if part.strip())
    if name.startswith("grade_"):
        return tuple(text.split(","))
    if name == "small_claims_limits":
        return read_limits(text)
    if name in _LINES:
        return tuple(filter(None, map(clean, text.split(_BETWEEN_LINES))))
    if name in _WORDS:
        return clean(text)
    if name.startswith("calling_") and text.count(":") == 1:
        return f"{text.strip().zfill(5)}:00"
    if name in ("country", "subdivision", "home_currency", "claim_jurisdiction"):
        return text.strip().upper()
    return text.strip()


def _check_place(name: str, value: str, policy: Policy) -> None:
    """Raise PolicyError for a country, subdivision or time zone that nobody knows."""
    try:
        if name == "time_zone" and value:
            ZoneInfo(value)
        if name in ("country", "subdivision"):
            country = value if name == "country" else policy.country
            part = value if name == "subdivision" else policy.subdivision
            BusinessCalendar(country, part).holiday(_ANY_DAY)
    except (UnknownCountryError, ZoneInfoNotFoundError, ValueError, OSError):
        clear = "; clear the subdivision first" if name == "country" and policy.subdivision else ""
        wanted = {"country": "its two letters, as DE", "time_zone": "a name as America/Denver"}
        how = f": {wanted[name]}" if name in wanted else ""
        raise PolicyError(f"'{value}' is no value for {name}: it is not known{how}{clear}") from None


def show_setting(value: object) -> str:
    """Write the value of a setting as `parse_setting` reads it."""
    if isinstance(value, tuple):
        lines = any(isinstance(part, str) for part in value)
        return (f" {_BETWEEN_LINES} " if lines else ",").join(map(str, value))
    return str(msgspec.to_builtins(value))


def policy_on(day: date, changes: Iterable[PolicyChange]) -> Policy:
    """Return the policy in force on a day: of each setting the latest change not after it, else the default.

    Of two changes for the same day the one made later counts.
    """
    in_force = sorted((c for c in changes if c.since <= day), key=lambda c: (c.since, c.at))
    return msgspec.convert({c.setting: _plain(c.setting, c.value) for c in in_force}, Policy, strict=False)
