"""Days of a customer in another country, and hours that the clocks skip or repeat."""

from datetime import UTC, date, datetime, time

import msgspec
import pytest

from arctui.core.abroad import calendar_of, calendar_there, holiday_there
from arctui.core.agenda import entries
from arctui.core.moments import moment_of
from arctui.core.policy import Policy
from arctui.core.records import Account
from arctui.core.standing import derive
from tests.core.builders import callback, dossier, invoice, read, rules
from tests.core.oracle import dec, nov


def account(country: str) -> Account:
    return Account(id="a", name="Abel", country=country)


@pytest.mark.parametrize(
    ("country", "home", "day", "expected"),
    [
        pytest.param("Germany", "US", date(2026, 10, 3), "German Unity Day", id="their holiday"),
        pytest.param("de", "US", date(2026, 12, 24), "", id="no holiday there"),
        pytest.param("US", "US", nov(26), "", id="our own country"),
        pytest.param("United States", "US", nov(26), "", id="our own country by its name"),
        pytest.param("", "US", nov(26), "", id="no country"),
        pytest.param("Atlantis", "US", nov(26), "", id="a country that there is not"),
        pytest.param("Bouvet Island", "US", nov(26), "", id="a country whose holidays are not known"),
        pytest.param("US", "DE", nov(26), "Thanksgiving Day", id="ours is the other one"),
        pytest.param("Germany", "US", date.max, "", id="the last day there is"),
        pytest.param("Germany", "US", date.min, "", id="the first day there is"),
    ],
)
def test_a_holiday_there_is_one_of_another_country_that_is_known(
    country: str, home: str, day: date, expected: str
) -> None:
    assert holiday_there(account(country), Policy(country=home), day) == expected


def test_their_business_days_are_not_ours() -> None:
    abroad = calendar_of(account("Germany"), Policy())
    assert abroad.is_business(nov(26))
    assert not abroad.is_business(dec(25))
    assert calendar_of(account("Atlantis"), Policy()).holiday(nov(26)) == "Thanksgiving Day"
    assert calendar_there(account("Atlantis"), Policy()) is None


def test_an_entry_names_the_holiday_of_its_day_at_the_customers() -> None:
    facts = dossier(invoice("1", "100.00", nov(2)), callback(dec(28), "10:30"))
    facts = msgspec.structs.replace(facts, account=msgspec.structs.replace(facts.account, country="United Kingdom"))
    given = rules(nov(23))
    found = {e.kind.value: e.holiday_there for e in entries(facts, derive(facts, given), given)}
    assert found["callback"].startswith("Boxing Day")
    assert found["first"] == ""


GERMANY = calendar_there(account("Germany"), Policy())


@pytest.mark.parametrize("line", ["cb 2027-05-03 10:00", "2027-05-03 500 check tony"])
def test_nothing_is_said_of_a_day_that_is_no_holiday_there(line: str) -> None:
    assert not [w for w in read(line, there=GERMANY).warnings if "where they are" in w]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("cb 2026-12-24 10:00", ""),
        ("cb 2027-03-26 10:00", "Fri 26 Mar 2027 is Good Friday where they are"),
        ("2027-03-26 500 check tony", "Fri 26 Mar 2027 is Good Friday where they are"),
        ("2027-03-27 500 check tony", "Mon 29 Mar 2027 is Easter Monday where they are"),
    ],
)
def test_a_promise_or_callback_on_a_holiday_there_is_told(line: str, said: str) -> None:
    told = [w for w in read(line, there=GERMANY).warnings if "where they are" in w]
    assert told == ([said] if said else [])


# Hours that the clocks skip or repeat


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        pytest.param(date(2027, 3, 14), "02:30", "America/New_York", "2027-03-14 07:30", id="an hour skipped"),
        pytest.param(date(2027, 3, 14), "03:30", "America/New_York", "2027-03-14 07:30", id="the hour after it"),
        pytest.param(date(2027, 11, 7), "01:30", "America/New_York", "2027-11-07 05:30", id="the first of two hours"),
        pytest.param(date(2027, 11, 7), "02:30", "America/New_York", "2027-11-07 07:30", id="the hour after both"),
        pytest.param(date(2027, 4, 4), "01:45", "Australia/Lord_Howe", "2027-04-03 14:45", id="half an hour twice"),
        pytest.param(date(2011, 12, 30), "10:00", "Pacific/Apia", "2011-12-30 20:00", id="a day that is skipped"),
        pytest.param(date(2027, 3, 14), "02:30", "Nowhere/Town", "2027-03-14 07:30", id="a zone that there is not"),
    ],
)
def test_an_agreed_hour_is_one_moment_also_where_the_clocks_change(
    day: date, hour: str, zone: str, expected: str
) -> None:
    moment = moment_of(callback(day, hour, zone=zone), rules(nov(23)))
    assert moment == datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize("day", [date.max, date.min])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", ""])
def test_an_hour_at_the_end_of_the_calendar_breaks_nothing(day: date, zone: str) -> None:
    facts = dossier(invoice("1", "100.00", nov(2)), callback(day, "23:30", zone=zone))
    given = rules(nov(23))
    moment = moment_of(facts.followups[0], given)
    assert moment
    assert moment.tzinfo is UTC
    found = entries(facts, derive(facts, given), given)
    assert [e.kind.value for e in found if e.record] == ["callback"]


def test_an_entry_stands_at_the_moment_of_an_hour_that_is_skipped_there() -> None:
    day = date(2027, 3, 14)
    facts = dossier(invoice("1", "100.00", nov(2)), callback(day, "02:30", zone="America/New_York"))
    given = rules(nov(23))
    (found,) = [e for e in entries(facts, derive(facts, given), given) if e.record]
    assert (found.day, found.hour) == (day, time(2, 30))
    assert found.at
    assert found.at.astimezone(UTC) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
