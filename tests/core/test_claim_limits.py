"""Limits of small claims: how they are written as a setting, and what is warned about."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.claim_limits import KNOWN_LIMITS, Limit, limit_of, limit_warnings, read_limits
from arctui.core.policy import Policy, PolicyError, parse_setting, show_setting
from tests.core.oracle import nov

CALIFORNIA = Limit("US-CA", Decimal("6250.00"), "USD", nov(1))
BRITAIN = Limit("GB", Decimal("10000.00"), "GBP", date(2026, 10, 1))
DAY = nov(23)


def warned(amount: str, place: str = "US-CA", currency: str = "USD", day: date = DAY) -> tuple[str, ...]:
    return limit_warnings([(currency, Decimal(amount))], place, (CALIFORNIA, BRITAIN), day)


def test_a_limit_may_be_more_than_any_number_of_days_is() -> None:
    text = "us-ca 6250 usd checked 2026-11-01, GB 10000.00 GBP checked 2026-10-01"
    assert parse_setting("small_claims_limits", text) == (CALIFORNIA, BRITAIN)


def test_limits_are_shown_as_they_are_read() -> None:
    limits = (CALIFORNIA, BRITAIN)
    assert read_limits(show_setting(limits)) == limits
    assert parse_setting("small_claims_limits", "") == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("US-CA 6250.00 USD", id="not dated"),
        pytest.param("US-CA 6,250.00 USD checked 2026-11-01", id="a comma in the amount"),
        pytest.param("US-CA 0 USD checked 2026-11-01", id="nothing"),
        pytest.param("US-CA 6250.00 USD checked 2026-02-30", id="a day that does not exist"),
        pytest.param("California 6250.00 USD checked 2026-11-01", id="no code"),
        pytest.param("GB 1 GBP checked 2026-11-01, GB 2 GBP checked 2026-11-01", id="a place twice"),
        pytest.param("GB ٣ GBP checked 2026-11-01", id="other figures"),
        pytest.param("GB 9999999999999 GBP checked 2026-11-01", id="more than any debt"),
    ],
)
def test_what_is_no_limit_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PolicyError, match=r"write US-CA 6250\.00 USD checked"):
        parse_setting("small_claims_limits", text)


def test_where_claims_are_brought_is_a_code() -> None:
    assert parse_setting("claim_jurisdiction", "us-ca") == "US-CA"
    assert parse_setting("claim_jurisdiction", "") == ""
    with pytest.raises(PolicyError, match="US-CA"):
        parse_setting("claim_jurisdiction", "California")


def test_the_limit_of_the_country_holds_where_its_part_has_none() -> None:
    assert limit_of("GB-ENG", (CALIFORNIA, BRITAIN)) == BRITAIN
    assert limit_of("US-NY", (CALIFORNIA, BRITAIN)) is None
    assert Policy().small_claims_limits == KNOWN_LIMITS


def test_a_claim_up_to_the_limit_is_not_warned_about() -> None:
    assert warned("6250.00") == ()


def test_a_claim_above_the_limit_says_by_how_much_and_when_the_limit_was_looked_up() -> None:
    (said,) = warned("6250.01")
    assert said == (
        "the claim of 6,250.01 USD is 0.01 USD above the limit for small claims of 6,250.00 USD for US-CA, "
        "checked on Sun 1 Nov 2026"
    )


def test_a_limit_in_another_currency_is_not_compared() -> None:
    (said,) = warned("100.00", currency="EUR")
    assert "in another currency" in said


def test_a_limit_that_was_looked_up_a_year_and_a_day_ago_is_warned_about() -> None:
    assert warned("1.00", day=date(2027, 11, 1)) == ()
    (said,) = warned("1.00", day=date(2027, 11, 2))
    assert "more than a year ago" in said


@pytest.mark.parametrize(("place", "word"), [("", "not known"), ("US-NY", "US-NY is known here")])
def test_that_nothing_is_known_of_a_place_is_said(place: str, word: str) -> None:
    (said,) = warned("1.00", place)
    assert word in said
