"""May a customer be called now: the hour there, calls and conversations of the last seven days, both profiles."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctui.core.business import ClosingDays
from arctui.core.facts import Dossier
from arctui.core.permission import Against, Permission, permission
from arctui.core.policy import Policy
from arctui.core.records import Activity, ActivityKind, FollowUp, FollowUpKind, Invoice, Outcome, Person, Record
from arctui.core.standing import derive
from tests.core.builders import (
    ACCOUNT,
    attempt,
    call,
    callback,
    dossier,
    follow_up,
    friday_check,
    invoice,
    letter,
    rules,
)
from tests.core.oracle import nov

#: Thursday 26 November 2026 is a holiday.
FRIDAY = nov(27)


def customer(
    *facts: Record,
    natural: bool = False,
    zone: str = "America/Denver",
    phones: tuple[str, ...] = (),
    country: str = "",
    owes: str = "1000.00",
) -> Dossier:
    """A customer in Denver, two hours behind, with an invoice past due since September."""
    found = dossier(invoice("1", owes, date(2026, 9, 1)), *facts)
    account = msgspec.structs.replace(found.account, natural_person=natural, time_zone=zone, country=country)
    tony = Person(id="tony", account=ACCOUNT, name="Tony Marsh", phones=phones)
    return msgspec.structs.replace(found, account=account, people=(tony,))


def asked(
    of: Dossier, day: date = FRIDAY, hour: str = "12:00", *, policy: Policy | None = None, person: str = "Tony Marsh"
) -> Permission:
    """Ask at an hour of New York."""
    shared = rules(day, hour=hour, policy=policy)
    return permission(of, derive(of, shared), shared, person)


def against(of: Dossier, day: date = FRIDAY, hour: str = "12:00", *, policy: Policy | None = None) -> list[Against]:
    return [h.what for h in asked(of, day, hour, policy=policy).hindrances]


def why(of: Dossier, day: date = FRIDAY, hour: str = "12:00", *, policy: Policy | None = None) -> list[str]:
    return [h.why for h in asked(of, day, hour, policy=policy).hindrances]


def inbound(activity: Activity) -> Activity:
    return msgspec.structs.replace(activity, inbound=True)


def with_tony(activity: Activity) -> Activity:
    return msgspec.structs.replace(activity, person="Tony Marsh")


def claim(day: date, kind: FollowUpKind = FollowUpKind.CLAIM) -> FollowUp:
    return msgspec.structs.replace(follow_up(day), id=f"{kind} {day}", kind=kind)


# The hour there


@pytest.mark.parametrize(
    ("hour", "inside"),
    [("10:29", False), ("10:29:59", False), ("10:30", True), ("19:30", True), ("19:30:59", True), ("19:31", False)],
)
def test_calling_hours_are_those_of_the_customer_to_the_minute(hour: str, inside: bool) -> None:
    for natural in (False, True):
        assert against(customer(natural=natural), hour=hour) == ([] if inside else [Against.HOUR])


def test_the_hour_and_the_rule_are_named() -> None:
    found = asked(customer(), hour="20:40")
    assert [h.why for h in found.hindrances] == ["18:40 there (Denver): calling hours are 08:30 to 17:30"]
    assert (found.there, found.doubt) == ("18:40 there", "")


def test_the_person_who_is_called_has_the_hour() -> None:
    honolulu = Person(id="lee", account=ACCOUNT, name="Ann Lee", phones=("808 555 0142",))
    of = msgspec.structs.replace(customer(zone=""), people=(*customer(phones=("212 555 0142",)).people, honolulu))
    assert asked(of).there == "12:00 there"
    assert asked(of, person="Ann Lee").there == "07:00 there"
    # Whoever is not known yet answers at the number that is.
    assert asked(of, person="Somebody New").there == "12:00 there"
    assert asked(of, person="").there == "12:00 there"


def test_an_hour_that_may_be_outside_is_a_doubt_for_a_business_and_too_much_for_a_natural_person() -> None:
    toll_free = ("800 555 0142",)
    words = "07:00-12:00 there, not certain which: calling hours are 08:30 to 17:30"
    found = asked(customer(zone="", phones=toll_free))
    assert (found.hindrances, found.doubt) == ((), words)
    strict = asked(customer(zone="", phones=toll_free, natural=True))
    assert ([h.why for h in strict.hindrances], strict.doubt) == ([words], "")
    assert asked(customer(zone="", phones=toll_free), hour="15:00").doubt == ""
    assert against(customer(zone="", phones=toll_free), hour="07:00") == [Against.HOUR]


def test_where_nothing_tells_the_hour_only_a_natural_person_is_kept_to_ours() -> None:
    assert against(customer(zone=""), hour="22:00") == []
    assert asked(customer(zone=""), hour="22:00").there == ""
    strict = customer(zone="", natural=True)
    assert why(strict, hour="22:00") == [
        "22:00 here, the hour there is not known: calling hours are 08:30 to 17:30",
    ]
    assert against(strict, hour="12:00") == []


def test_a_natural_person_is_called_between_eight_and_nine_in_the_evening_whatever_the_firm_says() -> None:
    early = Policy(
        calling_from=Policy().calling_from.replace(hour=6), calling_to=Policy().calling_to.replace(hour=22)
    )
    for hour, strict in (
        ("09:59", [Against.HOUR]),
        ("10:00", []),
        ("22:59:59", []),
        ("23:00", [Against.HOUR]),
        ("23:00:40", [Against.HOUR]),
    ):
        assert against(customer(natural=True), hour=hour, policy=early) == strict
        assert against(customer(), hour=hour, policy=early) == []


# The day there


def doubt(of: Dossier, day: date = FRIDAY, hour: str = "12:00") -> str:
    return asked(of, day, hour).doubt


def test_on_a_day_without_business_no_natural_person_is_called_and_of_a_business_it_is_said() -> None:
    for day, closed in ((nov(28), "Sat 28 Nov is a week-end"), (nov(26), "Thu 26 Nov is Thanksgiving Day")):
        assert why(customer(natural=True), day) == [closed]
        assert why(customer(), day) == []
        assert doubt(customer(), day).endswith(f": {closed}")


def test_the_day_is_the_customers() -> None:
    auckland, country = "Pacific/Auckland", "NZ"
    # Friday evening here is Saturday there, Sunday evening here is Monday there.
    assert doubt(customer(zone=auckland), hour="16:00").endswith("Sat 28 Nov is a week-end")
    assert doubt(customer(zone=auckland), nov(29), "16:00") == ""
    assert doubt(customer(zone=auckland, country=country), nov(26), "16:00") == ""
    assert doubt(customer(zone="Europe/Berlin", country="Germany"), date(2026, 12, 28), "09:00") == ""
    assert doubt(customer(zone="Europe/London", country="GB"), date(2026, 12, 28), "09:00")
    # Of a country that is not known those of ours are taken.
    assert doubt(customer(country="Nowhereland"), nov(26)).endswith("Thu 26 Nov is Thanksgiving Day")


def test_our_own_closing_day_is_none_of_the_customers() -> None:
    assert why(customer(), policy=Policy(closing_days=(ClosingDays(FRIDAY, FRIDAY),))) == []


def test_what_speaks_against_it_in_each_zone_is_said() -> None:
    # Half past nine in the evening on Friday in Perth, half past twelve on Saturday in Sydney.
    there = "21:30-Sat 00:30 there, not certain which: "
    number = ("+61 491 570 006",)
    assert why(customer(zone="", phones=number), hour="08:30") == [f"{there}calling hours are 08:30 to 17:30"]


# An agreed hour


@pytest.mark.parametrize(
    ("hour", "kept"), [("21:54", False), ("21:55", True), ("22:00", True), ("23:00", True), ("23:01", False)]
)
def test_an_agreed_hour_goes_before_the_calling_hours_of_a_business(hour: str, kept: bool) -> None:
    agreed = callback(FRIDAY, "20:00", zone="America/Denver")
    assert against(customer(agreed), hour=hour) == ([] if kept else [Against.HOUR])
    assert against(customer(agreed, natural=True), hour=hour) == [Against.HOUR]
    assert against(customer(callback(FRIDAY, "20:00", zone="America/Denver", done_on=FRIDAY)), hour=hour)


def test_an_hour_agreed_for_a_saturday_is_kept() -> None:
    assert against(customer(callback(nov(28), "12:00")), nov(28)) == []
    assert doubt(customer(callback(nov(28), "12:00")), nov(28)) == ""
    assert doubt(customer(callback(nov(28), "15:00")), nov(28)) != ""


# Calls of the last seven days


def week_of_calls(count: int) -> list[Activity]:
    """So many tries, two a day, back from the day before."""
    return [attempt(FRIDAY - timedelta(days=1 + n // 2), hour=f"{9 + n % 2}:05".zfill(5)) for n in range(count)]


def test_after_seven_calls_in_seven_days_an_eighth_needs_a_reason() -> None:
    for natural in (False, True):
        assert against(customer(*week_of_calls(6), natural=natural)) == []
        found = customer(*week_of_calls(7), natural=natural)
        assert why(found) == ["7 calls in the last 7 days, the last Thu 26 Nov 10:05"]
    assert against(customer(*week_of_calls(7)), policy=Policy(calls_in_seven_days=8)) == []
    assert against(customer(*week_of_calls(1)), policy=Policy(calls_in_seven_days=1)) == [Against.ATTEMPTS]
    assert why(customer(), policy=Policy(calls_in_seven_days=0)) == ["0 calls in the last 7 days"]


def test_only_our_own_calls_of_today_and_the_six_days_before_count() -> None:
    one = Policy(calls_in_seven_days=1)
    assert against(customer(attempt(FRIDAY, hour="08:00")), policy=one) == [Against.ATTEMPTS]
    assert against(customer(attempt(nov(21))), policy=one) == [Against.ATTEMPTS]
    assert against(customer(attempt(nov(20))), policy=one) == []
    assert against(customer(inbound(attempt(FRIDAY))), policy=one) == []
    mail = call(FRIDAY, Outcome.PROMISE, reached=False, kind=ActivityKind.EMAIL)
    assert against(customer(mail, letter(FRIDAY)), policy=one) == []


# A conversation of the last seven days


def test_after_a_conversation_seven_days_pass() -> None:
    for natural in (False, True):
        talk = with_tony(call(nov(25)))
        assert why(customer(talk, natural=natural)) == ["spoken with Tony Marsh on Wed 25 Nov, 2 days ago"]
        assert against(customer(call(nov(21)), natural=natural), FRIDAY) == [Against.SPOKEN]
        assert against(customer(call(nov(20)), natural=natural), FRIDAY) == []
    assert why(customer(call(FRIDAY, hour="10:05"))) == ["spoken with them today at 10:05"]


def test_a_try_that_reached_nobody_is_no_conversation() -> None:
    assert against(customer(attempt(nov(25), Outcome.GATEKEEPER))) == []


def test_a_call_of_theirs_counts_only_with_a_natural_person() -> None:
    theirs = inbound(call(nov(25)))
    assert against(customer(theirs)) == []
    assert against(customer(theirs, natural=True)) == [Against.SPOKEN]


@pytest.mark.parametrize(
    "called_for",
    [
        [callback(FRIDAY)],
        [callback(FRIDAY, "15:00")],
        [follow_up(FRIDAY)],
        [follow_up(nov(25))],
        [claim(FRIDAY)],
        # An invoice not yet spoken of: its third business day is the 27th.
        [invoice("2", "500.00", nov(23))],
    ],
    ids=["callback", "callback later", "follow-up", "late follow-up", "claimed payment", "new invoice"],
)
def test_what_was_agreed_or_is_due_calls_for_another_conversation(called_for: list[Record]) -> None:
    talk = call(nov(24), about=("1",))
    assert against(customer(talk)) == [Against.SPOKEN]
    assert against(customer(talk, *called_for)) == []


@pytest.mark.parametrize(
    "not_called_for",
    [
        [callback(nov(30))],
        [callback(nov(25), done_on=nov(25))],
        [follow_up(nov(30))],
        [claim(FRIDAY, FollowUpKind.TASK)],
        [letter(nov(24), hour="08:00")],
    ],
    ids=["later callback", "callback done", "later follow-up", "our task", "letter"],
)
def test_what_is_not_due_or_is_ours_to_do_calls_for_none(not_called_for: list[Record]) -> None:
    assert against(customer(call(nov(24)), *not_called_for)) == [Against.SPOKEN]


def test_a_broken_promise_calls_for_a_conversation_until_there_was_one() -> None:
    # A check promised on Monday 16 for Friday 20, broken on the 27th.
    talk = call(nov(24))
    assert against(customer(talk, friday_check())) == []
    assert against(customer(talk, friday_check(), attempt(FRIDAY, hour="09:00"))) == []
    assert against(customer(talk, friday_check(), call(FRIDAY, hour="09:00"))) == [Against.SPOKEN]
    # On the last day of its window the money is looked for.
    assert against(customer(talk, friday_check()), nov(25)) == []
    assert against(customer(talk, friday_check()), nov(24)) == [Against.SPOKEN]


def test_a_natural_person_is_called_again_only_if_they_asked_for_it() -> None:
    talk = call(nov(24))
    assert against(customer(talk, friday_check(), follow_up(FRIDAY), natural=True)) == [Against.SPOKEN]
    assert against(customer(talk, callback(FRIDAY), natural=True)) == []
    noon = customer(talk, callback(FRIDAY, "12:00"), natural=True)
    assert against(noon, hour="11:54") == [Against.SPOKEN]
    assert against(noon, hour="11:55") == []
    assert against(noon, hour="16:00") == []


# What always holds

_days = st.integers(14, 27).map(nov)
_hours = st.sampled_from(["06:00", "08:30", "10:30", "12:00", "17:31", "19:30", "23:30"])
_activities = st.builds(
    lambda day, hour, reached, theirs: (inbound if theirs else with_tony)(
        call(day, Outcome.REFUSED if reached else Outcome.NO_ANSWER, reached=reached, hour=hour)
    ),
    _days,
    _hours,
    st.booleans(),
    st.booleans(),
)
_followups = st.builds(
    lambda day, hour, kind: msgspec.structs.replace(callback(day, hour), id=f"{kind} {day} {hour}", kind=kind),
    _days,
    st.sampled_from(["", "09:00", "12:00", "20:00"]),
    st.sampled_from(list(FollowUpKind)),
)
_facts = st.lists(st.one_of(_activities, _followups), max_size=10, unique_by=lambda fact: fact.id)
_zones = st.sampled_from(["", "America/Denver", "Pacific/Auckland", "Europe/London"])
_phones = st.sampled_from([(), ("800 555 0142",), ("303 555 0142",)])


@given(_facts, _zones, _phones, _hours, _days)
def test_the_strict_profile_allows_nothing_that_the_other_does_not(
    facts: list[Record], zone: str, phones: tuple[str, ...], hour: str, day: date
) -> None:
    strict = against(customer(*facts, zone=zone, phones=phones, natural=True), day, hour)
    assert set(against(customer(*facts, zone=zone, phones=phones), day, hour)) <= set(strict)


@given(_facts, _hours, _days, st.decimals("0.01", 10**7, places=2), st.sampled_from(["USD", "EUR", "JPY"]))
def test_nothing_depends_on_how_much_is_owed_beside(
    facts: list[Record], hour: str, day: date, amount: Decimal, currency: str
) -> None:
    # In another currency, and not yet due: nothing to ring about.
    other = Invoice(
        id="other", account=ACCOUNT, number="9", due=nov(30), amount=amount, balance=amount, currency=currency
    )
    assert asked(customer(*facts, other), day, hour) == asked(customer(*facts), day, hour)


@given(_facts, _hours, _days, st.booleans())
def test_a_further_call_makes_nothing_easier(facts: list[Record], hour: str, day: date, natural: bool) -> None:
    before = against(customer(*facts, natural=natural), day, hour)
    further = msgspec.structs.replace(call(day, hour="00:01"), id="further")
    after = against(customer(*facts, further, natural=natural), day, hour)
    assert set(before) - {Against.SPOKEN} <= set(after)
    assert not natural or set(before) <= set(after)


@given(_facts, _hours, _days, st.booleans(), _zones)
def test_each_hindrance_is_said_once_and_in_words(
    facts: list[Record], hour: str, day: date, natural: bool, zone: str
) -> None:
    found = asked(customer(*facts, natural=natural, zone=zone), day, hour)
    kinds = [h.what for h in found.hindrances]
    assert len(set(kinds)) == len(kinds)
    assert all(h.why for h in found.hindrances)
    assert not (found.doubt and {Against.HOUR, Against.DAY} & set(kinds))
