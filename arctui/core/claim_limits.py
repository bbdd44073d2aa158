"""Up to which amount a court takes a small claim: dated settings, and what is to be warned about. No legal advice."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.money import AmountError, cents, grouped
from arctui.core.words import short_day

#: Where a claim is brought: a country, or a part of one ("GB", "US-CA"; ISO 3166-2).
PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_LIMIT = re.compile(
    rf"({PLACE.pattern})\s+(\d{{1,12}}(?:\.\d{{1,2}})?)\s+([A-Z]{{3}})\s+CHECKED\s+(\d{{4}}-\d{{2}}-\d{{2}})",
    re.ASCII,
)
#: A limit that was checked so many days ago is to be checked again.
_A_YEAR = 365

NO_ADVICE = (
    "This file is no legal advice. Where a claim may be brought, up to which amount, and until when, is for the "
    "court or an attorney to say."
)


class Limit(msgspec.Struct, frozen=True):
    """The most that a business may claim in the small-claims court of a place, and the day on which that was looked
    up. `str` writes it as `read_limit` reads it."""

    place: str
    amount: Decimal
    currency: str
    checked: date

    def __str__(self) -> str:
        return f"{self.place} {self.amount} {self.currency} checked {self.checked}"


#: What is known from the start. California: for businesses, Code of Civil Procedure 116.220 (individuals may claim
#: more, 116.221).
KNOWN_LIMITS = (Limit("US-CA", Decimal("6250.00"), "USD", date(2026, 11, 28)),)


def read_limit(text: str) -> Limit:
    """Read "US-CA 6250.00 USD checked 2026-11-01". Raises ValueError for what is none."""
    found = _LIMIT.fullmatch(text.strip().upper())
    if found is None:
        raise ValueError(f"'{text.strip()}' is no limit")
    try:
        amount = cents(found[2])
    except AmountError:
        raise ValueError(f"'{text.strip()}' is no limit") from None
    if not amount:
        raise ValueError(f"'{text.strip()}' is no limit")
    return Limit(found[1], amount, found[3], date.fromisoformat(found[4]))


def read_limits(text: str) -> tuple[Limit, ...]:
    """Read limits with commas between them. Raises ValueError for what is none, or where a place comes twice."""
    limits = tuple(read_limit(part) for part in text.split(",") if part.strip())
    if len({limit.place for limit in limits}) < len(limits):
        raise ValueError("a place comes twice")
    return limits


def limit_of(place: str, limits: Iterable[Limit]) -> Limit | None:
    """Return the limit of a place, else of its country; None if neither is known."""
    known = {limit.place: limit for limit in limits}
    return known.get(place) or known.get(place.partition("-")[0])


def limit_warnings(
    claims: Iterable[tuple[str, Decimal]], place: str, limits: Iterable[Limit], day: date
) -> tuple[str, ...]:
    """Return what is to be said of the limit of a place ("": not known) for claims by currency and amount."""
    if not place:
        unknown = "where the claim would be brought is not known, so no limit was looked at"
        return (f"{unknown}: write `jurisdiction US-CA` on the account, or set claim_jurisdiction",)
    limit = limit_of(place, limits)
    if limit is None:
        return (f"no limit for small claims in {place} is known here: ask the court, and set small_claims_limits",)
    said = f"{grouped(limit.amount, limit.currency)} for {limit.place}, checked on {short_day(limit.checked)}"
    warnings = []
    for currency, amount in claims:
        if amount > 0 and currency != limit.currency:
            warnings.append(
                f"the claim of {grouped(amount, currency)} is in another currency than the limit for small claims of "
                f"{said}: compare them yourself"
            )
        elif amount > limit.amount:
            warnings.append(
                f"the claim of {grouped(amount, currency)} is {grouped(amount - limit.amount, currency)} above the "
                f"limit for small claims of {said}"
            )
    if (day - limit.checked).days > _A_YEAR:
        warnings.append(
            f"the limit for small claims of {said}, was looked up more than a year ago: "
            "look it up again, and set small_claims_limits"
        )
    return tuple(warnings)
