"""Where a customer is, as far as the clock goes: time zones by what is recorded, and the hour there now.

The sources, best first: the person's own zone, the account's, a phone number (by the tables of `phonenumbers`), the
state in the address, the country. Pure but for the tables, each of which is read when it is first asked for.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from arctui.core.records import Account, Person
from arctui.core.states import STATES
from arctui.core.text import fold

#: Names of countries beside those in the tables.
_OTHER_NAMES = {"usa": "US", "united states of america": "US", "uk": "GB", "united kingdom": "GB"}
#: Names on envelopes that the tables have otherwise.
_ON_ENVELOPES = {"GB": "United Kingdom", "KR": "South Korea", "KP": "North Korea", "AS": "American Samoa"}
_WINTER_AND_SUMMER = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))
#: How a postal code ends a part of an address.
_POST_CODES = {
    "US": re.compile(r"\s*\b\d{5}(-\d{4})?$"),
    "CA": re.compile(r"\s*\b[A-Z]\d[A-Z] ?\d[A-Z]\d$", re.IGNORECASE),
    "AU": re.compile(r"\s*\b\d{4}$"),
}
#: A town behind its postal code, as it stands in most of the world: "80331 München".
_CODE_THEN_TOWN = re.compile(r"([A-Za-z]{1,2}-)?\d{4,5} \D+")
#: In the states a number of four figures stands before a street, not before a town.
_STREET = re.compile(
    r"\b(street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|ln|way|court|ct|place|pl|parkway|pkwy|highway|hwy"
    r"|circle|cir|square|sq|trail|trl|terrace|ter|suite|unit|loop|pike|row)\b",
    re.IGNORECASE,
)


class Zones(msgspec.Struct, frozen=True):
    """The time zones (IANA names) a customer may be in, and what tells it: "" if nothing does."""

    names: tuple[str, ...] = ()
    source: str = ""


def zones_of(account: Account, person: Person | None, home: str) -> Zones:
    """Return the time zones of a person at an account, by the best source that knows only one.

    Where none does, those of the best that knows any. `home`: the firm's country (ISO code), in which a number
    without a country code and an address without a country are looked up.
    """
    found = Zones()
    for zones in _told(account, person, home):
        if len(zones.names) == 1:
            return zones
        if zones.names and not found.names:
            found = zones
    return found


def _told(account: Account, person: Person | None, home: str) -> Iterator[Zones]:
    if person and zone(person.time_zone):
        yield Zones((person.time_zone,), "person")
    if zone(account.time_zone):
        yield Zones((account.time_zone,), "account")
    known = country_code(account.country)
    for phone in person.phones if person else ():
        yield Zones(phone_zones(phone, known or home), "phone")
    yield Zones(_state_zones(account.address, known or home), "address")
    yield Zones(_only_zone(known), "country")


def callback_zone(account: Account, people: tuple[Person, ...], home: str, now: datetime) -> str:
    """Return the zone in which an hour agreed with a customer is meant, "" (the firm's) where it is not certain."""
    if zone(account.time_zone):
        return account.time_zone
    for person in (*people, None):
        zones = zones_of(account, person, home)
        if len(local_times(zones, now)) == 1:
            return zones.names[0]
    return ""


def local_times(zones: Zones, now: datetime) -> tuple[datetime, ...]:
    """Return the moment as it may be at the customer's, once for each offset, the earliest hour first."""
    by_offset = {there.utcoffset(): there for name in reversed(zones.names) if (there := _in_zone(name, now))}
    return tuple(sorted(by_offset.values(), key=lambda there: there.replace(tzinfo=None)))


def there(zones: Zones, now: datetime) -> str:
    """Say what time it is at the customer's: "09:14 there", "06:14-09:14 there" if not certain, "" if not known.

    An hour of another day than `now` has its weekday with it: "Tue 02:10 there".
    """
    times = local_times(zones, now)
    ends = [f"{t:%H:%M}" if t.date() == now.date() else f"{t:%a %H:%M}" for t in (*times[:1], *times[-1:])]
    return f"{'-'.join(dict.fromkeys(ends))} there" if ends else ""


def place(there: datetime) -> str:
    """Name the town that a moment's zone is called after: "Denver"."""
    return str(there.tzinfo).rpartition("/")[2].replace("_", " ")


def _in_zone(name: str, now: datetime) -> datetime | None:
    found = zone(name)
    return now.astimezone(found) if found else None


def clock_note(day: date, hour: time, zone: tzinfo | None) -> str:
    """Say that an hour of a day does not exist in a zone, or comes twice, as the clocks change; "" for others."""
    moment = datetime.combine(day, hour, zone)
    there_is = moment.astimezone(UTC).astimezone(zone)
    if there_is.time() != hour:
        return f"the clocks go forward that night: {hour:%H:%M} is {there_is:%H:%M}"
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        return f"the clocks go back that night: the first {hour:%H:%M} of two is meant"
    return ""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo | None:
    """Return the time zone of this name, None if there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=8192)
def phone_zones(phone: str, country: str) -> tuple[str, ...]:
    """Return the time zones that a phone number may ring in, none if it tells nothing.

    `country` (ISO code) is that of a number without its own country code. A number of several countries (toll-free in
    North America) is taken for one of this country.
    """
    import phonenumbers  # 0.04 s with its tables, and a few ms for a country's first number
    from phonenumbers.timezone import time_zones_for_number

    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return ()
    names = tuple(str(z) for z in time_zones_for_number(number) if not z.startswith("Etc/"))
    for region in (country, phonenumbers.region_code_for_number(number)):
        if here := tuple(z for z in _zones_by_country().get(region or "", ()) if z in names):
            return here
    return names


def _state_zones(address: str, country: str) -> tuple[str, ...]:
    """Return the time zones of the state that an address ends in, none if no state is found."""
    if country not in STATES:
        return ()
    codes, names = _states(country)
    parts = [part.strip().replace(".", "") for part in re.split(r"[,;\n]", address)]
    for place, text in reversed(list(enumerate(parts))):
        bare = _POST_CODES[country].sub("", text)
        last = bare.rpartition(" ")[2]
        # Without a postal code behind it only capitals are a code: "12 Mill Co" is none.
        if last.upper() in codes and (last.isupper() or bare != text):
            town = bare[: -len(last)].strip() or parts[max(place - 1, 0)]
            # "80331 München, DE" is in no state.
            abroad = bare == text and _CODE_THEN_TOWN.fullmatch(town) and not _STREET.search(town)
            return () if abroad else codes[last.upper()]
        # Longest first: West Virginia is not Virginia.
        for name in names:
            if f" {fold(bare)}".endswith(f" {name}"):
                return names[name]
    return ()


@lru_cache(maxsize=256)
def _only_zone(country: str) -> tuple[str, ...]:
    """Return the time zone of a country in which all clocks agree, none of any other."""
    names = _zones_by_country().get(country, ())
    clocks = {tuple(day.astimezone(ZoneInfo(name)).utcoffset() for day in _WINTER_AND_SUMMER) for name in names}
    return names[:1] if len(clocks) == 1 else ()


@lru_cache(maxsize=8)
def _states(country: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the zones of a country's states by code and by folded name, the longest name first."""
    codes, names = {}, {}
    for zones, states in STATES[country].items():
        for state in states.split(", "):
            code, _, name = state.partition(" ")
            codes[code] = names[fold(name)] = tuple(zones.split())
    return codes, dict(sorted(names.items(), key=lambda item: -len(item[0])))


@lru_cache(maxsize=1024)
def country_code(text: str) -> str:
    """Return the ISO code of a country as it stands in a book ("us", "Germany"), "" if it is not known."""
    word = fold(text).strip(" .")
    if not word:
        return ""
    if word.upper() in _zones_by_country():
        return word.upper()
    named = (line.split("\t") for line in _table("iso3166.tab"))
    return _OTHER_NAMES.get(word) or next((code for code, name in named if fold(name) == word), "")


def country_name(code: str) -> str:
    """Return the name of a country by its ISO code, as it stands on an envelope, "" if it is not known."""
    named = (line.split("\t") for line in _table("iso3166.tab"))
    return _ON_ENVELOPES.get(code) or next((name for known, name in named if known == code), "")


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return the time zones of each country, those of most people first."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _table("zone.tab"):
        country, _, name = line.split("\t")[:3]
        found[country] = (*found.get(country, ()), name)
    return found


def _table(name: str) -> list[str]:
    """Return the lines of one of the tables of the time zone database."""
    from importlib.resources import files

    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
