"""The customer's own business days, where their country is another than the firm's."""

from datetime import date
from functools import lru_cache

from arctui.core.business import BusinessCalendar, UnknownCountryError
from arctui.core.policy import Policy
from arctui.core.records import Account
from arctui.core.zones import country_code

_ANY_DAY = date(2026, 1, 5)


def calendar_of(account: Account, policy: Policy) -> BusinessCalendar:
    """Return the business days of a customer's country, the firm's where it or its holidays are not known.

    Without the firm's closing days: on those the customer does business. Raises UnknownCountryError at the first
    question where the firm's country is not known.
    """
    return _calendar(country_code(account.country) or policy.country, policy.country, policy.subdivision)


def calendar_there(account: Account, policy: Policy) -> BusinessCalendar | None:
    """Return the business days of a customer's country, None where it is the firm's or its holidays are not known."""
    if not account.country or country_code(account.country) in ("", policy.country):
        return None
    calendar = calendar_of(account, policy)
    return None if calendar.country == policy.country else calendar


def holiday_there(account: Account, policy: Policy, day: date) -> str:
    """Name the holiday on a day at a customer's in another country, "" where there is none, or no other country."""
    calendar = calendar_there(account, policy)
    return calendar.holiday(day) if calendar else ""


@lru_cache(maxsize=512)
def _calendar(country: str, home: str, subdivision: str) -> BusinessCalendar:
    abroad = BusinessCalendar(country, subdivision if country == home else "")
    try:
        abroad.holiday(_ANY_DAY)
    except UnknownCountryError:
        return BusinessCalendar(home, subdivision)
    return abroad
