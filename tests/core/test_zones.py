"""Where a customer is: which source tells the time zone, and what hour it is there."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctui.core.records import Account, Person
from arctui.core.states import STATES
from arctui.core.zones import Zones, callback_zone, country_code, local_times, phone_zones, place, there, zones_of

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # 12:00 in New York
SUMMER = datetime(2026, 7, 15, 16, 0, tzinfo=UTC)  # 12:00 in New York
WORLD = Zones(("America/New_York", "America/Denver", "Pacific/Honolulu"), "phone")


def account(*, zone: str = "", address: str = "", country: str = "") -> Account:
    return Account(id="birch", name="Birch Works", time_zone=zone, address=address, country=country)


def person(*phones: str, zone: str = "") -> Person:
    return Person(id="tony", account="birch", name="Tony Marsh", phones=phones, time_zone=zone)


# Numbers that belong to nobody: kept free for films and examples, or of an exchange that is not given out.
@pytest.mark.parametrize(
    ("phone", "country", "zones"),
    [
        ("(212) 555-0142", "US", ["America/New_York"]),
        ("720 555 0142 ext. 12", "US", ["America/Denver"]),
        ("+1 915 555 0142", "US", ["America/Denver"]),
        ("+1 602 555 0142", "US", ["America/Phoenix"]),
        ("+1 416 555 0142", "US", ["America/Toronto"]),
        ("+1 671 555 0142", "US", ["Pacific/Guam"]),
        ("+44 20 7946 0958", "US", ["Europe/London"]),
        ("020 7946 0958", "GB", ["Europe/London"]),
        ("+49 30 23125 012", "US", ["Europe/Berlin"]),
        ("+33 1 99 00 12 34", "US", ["Europe/Paris"]),
        # Nothing is told by what is no number, no full number, or a number of no country.
        ("", "US", []),
        ("ask at the desk", "US", []),
        ("555 0142", "US", []),
        ("+1 555 0142", "US", []),
        ("+800 1234 5678", "US", []),
        ("020 7946 0958", "US", []),
        ("020 7946 0958", "no country", []),
    ],
)
def test_a_phone_number_tells_its_zone(phone: str, country: str, zones: list[str]) -> None:
    assert list(phone_zones(phone, country)) == zones


def test_a_toll_free_number_may_ring_anywhere_in_the_customers_country() -> None:
    american, canadian = phone_zones("800 555 0142", "US"), phone_zones("+1 800 555 0142", "CA")
    assert {"America/New_York", "America/Denver", "Pacific/Honolulu"} <= set(american)
    assert not {"America/Toronto", "America/Jamaica"} & set(american)
    assert {"America/Toronto", "America/Vancouver"} <= set(canadian)
    assert there(Zones(american), NOON) == "07:00-12:00 there"


def test_a_mobile_number_of_a_wide_country_may_be_anywhere_in_it() -> None:
    zones = phone_zones("+61 491 570 006", "US")
    assert {"Australia/Sydney", "Australia/Perth"} <= set(zones)
    assert all(zone.startswith("Australia/") for zone in zones)


@pytest.mark.parametrize(
    ("address", "country", "zones"),
    [
        ("12 Mill Rd, Denver, CO 80216", "", "America/Denver"),
        ("12 Mill Rd Denver CO 80216-1234", "US", "America/Denver"),
        ("12 mill rd, denver, co 80216", "", "America/Denver"),
        ("12 Mill Rd\nAlbany, New York\nUSA", "", "America/New_York"),
        ("Washington D.C. 20001", "", "America/New_York"),
        ("7 Washington Ave, Seattle, Washington", "", "America/Los_Angeles"),
        ("Charleston, West Virginia 25301", "", "America/New_York"),
        ("Kansas City, MO", "", "America/Chicago"),
        ("El Paso, TX 79901", "", "America/Chicago America/Denver"),
        ("Perth, WA 6000", "Australia", "Australia/Perth"),
        ("Halifax NS B3H 4R2", "CA", "America/Halifax"),
        ("Halifax NS B3H 4R2", "Canada", "America/Halifax"),
        # A state's letters are none in another word, another country, or without anything that says so.
        ("12 Mill Co", "", ""),
        ("12 Mill Rd, Anytown", "", ""),
        ("Dover, DE 19901", "Nowhereland", "America/New_York"),
        ("Dover, DE 19901", "DE", "Europe/Berlin"),
        ("", "", ""),
        ("Hauptstr. 5, 80331 München, DE", "", ""),
        ("Hauptstr. 5\nD-80331 München, DE", "", ""),
        ("Hauptstr. 5, 80331 München DE", "", ""),
        ("12345 Mill Rd, Dover, DE", "", "America/New_York"),
        ("Dover, DE", "", "America/New_York"),
        ("DE", "", "America/New_York"),
        ("12345 Mill Rd, Dover, DE 19801", "", "America/New_York"),
        ("4500 Wilson Blvd Arlington VA", "", "America/New_York"),
        ("1200 Market Street, CA", "", "America/Los_Angeles"),
        # A country in which all clocks agree needs no more than its name; it is never guessed.
        ("1 High Street, Leeds", "GB", "Europe/London"),
        ("1 High Street, Leeds", "United Kingdom", "Europe/London"),
        ("1 High Street, Leeds", "uk", "Europe/London"),
        ("1 High Street, Leeds", "", ""),
        ("Moscow", "RU", ""),
    ],
)
def test_an_address_tells_its_zones(address: str, country: str, zones: str) -> None:
    found = zones_of(account(address=address, country=country), None, "US")
    assert found.names == tuple(zones.split())


def test_the_best_source_that_knows_comes_first() -> None:
    denver = "12 Mill Rd, Denver, CO 80216"
    chicago, honolulu = person("312 555 0142", zone="America/New_York"), person("808 555 0142")
    known = account(zone="America/Phoenix", address=denver, country="US")
    assert zones_of(known, chicago, "US") == Zones(("America/New_York",), "person")
    assert zones_of(known, honolulu, "US") == Zones(("America/Phoenix",), "account")
    assert zones_of(account(address=denver), honolulu, "US") == Zones(("Pacific/Honolulu",), "phone")
    assert zones_of(account(address=denver), person("nothing"), "US") == Zones(("America/Denver",), "address")
    assert zones_of(account(country="GB"), person(), "US") == Zones(("Europe/London",), "country")
    assert zones_of(account(), person(), "US") == Zones()


def test_a_source_that_is_not_certain_gives_way_to_one_that_is() -> None:
    toll_free = person("800 555 0142")
    assert zones_of(account(address="Denver, CO 80216"), toll_free, "US").names == ("America/Denver",)
    assert zones_of(account(), person("800 555 0142", "303 555 0142"), "US").names == ("America/Denver",)
    uncertain = zones_of(account(address="El Paso, TX 79901"), toll_free, "US")
    assert uncertain.source == "phone"
    assert len(uncertain.names) > 2


def test_a_zone_that_nobody_knows_is_passed_over() -> None:
    told = zones_of(account(zone="Mars/Olympus"), person("303 555 0142", zone="../etc"), "US")
    assert told == Zones(("America/Denver",), "phone")
    assert local_times(Zones(("Mars/Olympus",)), NOON) == ()


def test_zones_with_the_same_hour_now_are_one() -> None:
    two = Zones(("America/Denver", "America/Phoenix"))
    assert there(two, NOON) == "10:00 there"
    assert place(local_times(two, NOON)[0]) == "Denver"
    assert there(two, SUMMER) == "09:00-10:00 there"


def test_the_hour_there_follows_its_own_change_of_the_clock() -> None:
    # Between the two changes of autumn Europe is an hour nearer to New York.
    london = Zones(("Europe/London",))
    assert there(london, datetime(2026, 10, 26, 16, 0, tzinfo=UTC)) == "16:00 there"
    assert there(london, datetime(2026, 10, 24, 16, 0, tzinfo=UTC)) == "17:00 there"


def test_an_hour_of_another_day_says_which() -> None:
    assert there(WORLD, NOON) == "07:00-12:00 there"
    assert there(Zones(("Pacific/Auckland",)), NOON) == "Tue 06:00 there"
    assert there(Zones(("America/New_York", "Pacific/Auckland")), NOON) == "12:00-Tue 06:00 there"
    assert there(Zones(), NOON) == ""


def test_an_hour_is_agreed_in_a_zone_that_is_certain_or_in_the_firms() -> None:
    def zone(of: Account, *people: Person) -> str:
        return callback_zone(of, people, "US", NOON)

    chicago, honolulu = person("312 555 0142"), person(zone="Pacific/Honolulu")
    assert zone(account(zone="America/Phoenix"), honolulu) == "America/Phoenix"
    assert zone(account(), person("ask"), chicago, honolulu) == "America/Chicago"
    assert zone(account(address="Denver, CO 80216")) == "America/Denver"
    assert zone(account(), person("800 555 0142")) == ""
    assert zone(account()) == ""


def test_a_country_is_known_by_its_code_or_its_name() -> None:
    assert [country_code(c) for c in ("us", "DE", "Germany", "U.S.A", "usa", "", "Deutschland")] == [
        "US",
        "DE",
        "DE",
        "",
        "US",
        "",
        "",
    ]


def test_the_zones_of_the_states_exist_and_no_state_stands_twice() -> None:
    for table in STATES.values():
        codes = [state.partition(" ")[0] for states in table.values() for state in states.split(", ")]
        assert len(codes) == len(set(codes))
        assert {zone for zones in table for zone in zones.split()} <= available_timezones()


@given(st.text(max_size=30), st.text(max_size=60), st.text(max_size=12), st.text(max_size=12))
def test_whatever_stands_in_a_book_brings_no_fault(phone: str, where: str, country: str, zone: str) -> None:
    found = zones_of(account(address=where, country=country, zone=zone), person(phone), "US")
    assert bool(found.names) == bool(found.source)
    assert len(there(found, NOON)) <= len("Mon 00:00-Tue 00:00 there")
