"""The firm's settings: their defaults, their dates, and values that are none."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from arctui.core.business import ClosingDays
from arctui.core.policy import SETTINGS, Policy, PolicyError, parse_setting, policy_on, show_setting
from arctui.core.records import Method, PolicyChange
from tests.core.oracle import dec, nov

CLOSED = (ClosingDays(dec(24), date(2027, 1, 2)), ClosingDays(date(2004, 7, 4), date(2004, 7, 4), yearly=True))


def change(setting: str, value: str, since: date, hour: int = 9) -> PolicyChange:
    at = datetime(2026, 11, 1, hour, tzinfo=UTC)
    return PolicyChange(id=f"{setting} {since} {hour}", setting=setting, value=value, since=since, by="ann", at=at)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("country", "US"),
        ("first_contact_business_days", 3),
        ("first_contact_from", "due"),
        ("call_interval_days", 10),
        ("tries_before_letter", 3),
        ("letter_interval_days", 10),
        ("grace_check_business_days", 3),
        ("grace_transfer_business_days", 1),
        ("grace_card_business_days", 0),
        ("tolerance_amount", Decimal("1.00")),
        ("tolerance_percent", Decimal("0.5")),
        ("cutoff_lead_business_days", 3),
        ("callback_lead_minutes", 5),
    ],
)
def test_the_defaults(setting: str, expected: object) -> None:
    assert getattr(policy_on(nov(23), []), setting) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(nov(30), 10, id="the default before the first change"),
        pytest.param(dec(1), 7, id="from the day of a change"),
        pytest.param(dec(9), 7, id="until the next"),
        pytest.param(dec(10), 14, id="then the next"),
    ],
)
def test_a_setting_holds_from_its_day_on(day: date, expected: int) -> None:
    changes = [change("call_interval_days", "14", dec(10)), change("call_interval_days", "7", dec(1))]
    assert policy_on(day, changes).call_interval_days == expected


def test_of_two_changes_for_one_day_the_one_made_later_counts() -> None:
    changes = [change("country", "DE", dec(1), hour=11), change("country", "GB", dec(1), hour=10)]
    assert policy_on(dec(1), changes).country == "DE"


def test_changes_of_different_settings_hold_together() -> None:
    changes = [change("country", "DE", dec(1)), change("tolerance_amount", "2.50", dec(2))]
    found = policy_on(dec(3), changes)
    assert (found.country, found.tolerance_amount, found.call_interval_days) == ("DE", Decimal("2.50"), 10)


@pytest.mark.parametrize(
    ("setting", "text", "expected"),
    [
        ("call_interval_days", " 14 ", 14),
        ("grace_card_business_days", "0", 0),
        ("tolerance_percent", "0.25", Decimal("0.25")),
        ("first_contact_from", "issued", "issued"),
        ("default_method", "card", Method.CARD),
        ("calling_from", "09:15", time(9, 15)),
        ("closing_days", "2026-12-24, 2026-12-31", (ClosingDays(dec(24), dec(24)), ClosingDays(dec(31), dec(31)))),
        ("closing_days", "2026-12-24..2027-01-02", (ClosingDays(dec(24), date(2027, 1, 2)),)),
        ("calendar_shows", "all", "all"),
        ("closing_days", "", ()),
        ("letterhead", "12 Mill Road, Unit 4 | Columbus OH 43004", ("12 Mill Road, Unit 4", "Columbus OH 43004")),
        ("remittance", " | ", ()),
    ],
)
def test_a_value_is_read_as_what_it_is(setting: str, text: str, expected: object) -> None:
    assert parse_setting(setting, text) == expected


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        pytest.param("colour", "red", id="a setting that does not exist"),
        pytest.param("call_interval_days", "ten", id="a word for a number"),
        pytest.param("call_interval_days", "1.5", id="half a day"),
        pytest.param("call_interval_days", "-1", id="a negative number of days"),
        pytest.param("call_interval_days", "0", id="no days between two calls"),
        pytest.param("tries_before_letter", "0", id="a letter before any try"),
        pytest.param("tolerance_amount", "-1", id="a negative tolerance"),
        pytest.param("default_method", "cash", id="a way of paying that does not exist"),
        pytest.param("first_contact_from", "shipped", id="a day that does not exist"),
        pytest.param("closing_days", "2026-02-30", id="a closing day that does not exist"),
        pytest.param("closing_days", "02-30", id="a yearly closing day that does not exist"),
        pytest.param("closing_days", "2027-01-02..2026-12-24", id="closing days that end before they begin"),
        pytest.param("closing_days", "2026-12-24..2027-12-24", id="closing days of a whole year"),
        pytest.param("closing_days", "12-24..2027-01-02", id="closing days half yearly"),
        pytest.param("closing_days", "2026-12-24..2026-12-26..2026-12-28", id="closing days with two ends"),
        pytest.param("closing_days", "01-01..03-31,04-01..06-30,07-01..09-01", id="a firm that is hardly ever open"),
        pytest.param("calendar_shows", "amounts", id="a word that says nothing of a calendar file"),
        pytest.param("demand_days", "0", id="a demand that leaves no day"),
        pytest.param("calling_from", "25:00", id="an hour that does not exist"),
    ],
)
def test_a_value_that_is_none_is_refused_by_name(setting: str, text: str) -> None:
    with pytest.raises(PolicyError, match=setting):
        parse_setting(setting, text)


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_can_be_written_and_read_back(setting: str) -> None:
    value = getattr(Policy(closing_days=CLOSED), setting)
    assert parse_setting(setting, show_setting(value)) == value


@pytest.mark.parametrize(
    ("country", "month_first", "mark"),
    [("US", True, "."), ("GB", False, "."), ("DE", False, ","), ("FR", False, ",")],
)
def test_marks_and_order_follow_the_country(country: str, month_first: bool, mark: str) -> None:
    policy = Policy(country=country)
    assert (policy.month_first, policy.decimal_mark) == (month_first, mark)


def test_closing_days_of_the_policy_are_no_business_days() -> None:
    policy = Policy(closing_days=(ClosingDays(nov(27), nov(27)),))
    assert not policy.calendar().is_business(nov(27))


def test_closing_days_of_an_older_book_are_read() -> None:
    policy = policy_on(dec(1), [change("closing_days", "2026-12-24,2026-12-31", dec(1))])
    assert [day for day in (dec(23), dec(24), dec(31)) if not policy.calendar().is_business(day)] == [
        dec(24),
        dec(31),
    ]


@pytest.mark.parametrize(
    ("name", "text", "wanted"), [("country", "Canada", "as DE"), ("time_zone", "Denver", "a name")]
)
def test_of_a_place_that_is_not_known_it_is_said_how_it_is_written(name: str, text: str, wanted: str) -> None:
    with pytest.raises(PolicyError, match=wanted):
        parse_setting(name, text)
