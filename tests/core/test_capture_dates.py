"""Every form of a date in the capture line, against a calendar walked day by day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctui.core.records import Frequency, PayCycle
from tests.core.builders import problem, promised, read
from tests.core.oracle import DAY, business_days_on, dec, first_day, is_business, last_of_month, nov

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = "january february march april may june july august september october november december".split()
TODAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
US_YEARS = st.dates(date(2026, 1, 2), date(2027, 10, 1))

many = settings(max_examples=120, deadline=None)


def day_of(line: str, today: date, country: str = "US") -> date:
    return promised(f"{line} 12.00" if country != "DE" else f"{line} 12,00", today, country=country)[0]


@many
@given(TODAYS, st.integers(0, 6), st.booleans())
@example(nov(23), 0, True)
def test_a_bare_weekday_is_the_next_one_to_come_and_never_today(today: date, weekday: int, short: bool) -> None:
    word = WEEKDAYS[weekday][:3] if short else WEEKDAYS[weekday]
    assert day_of(word, today) == first_day(today + DAY, lambda d: d.weekday() == weekday)


@many
@given(TODAYS, st.integers(0, 6))
@example(nov(29), 0)
def test_next_weekday_is_the_one_of_the_next_calendar_week(today: date, weekday: int) -> None:
    next_monday = first_day(today + DAY, lambda d: d.weekday() == 0)
    expected = first_day(next_monday, lambda d: d.weekday() == weekday)
    assert day_of(f"next {WEEKDAYS[weekday][:3]}", today) == expected


@many
@given(TODAYS, st.integers(1, 31))
@example(date(2027, 1, 31), 31)
@example(date(2027, 1, 30), 29)
@example(date(2028, 1, 31), 29)
@example(dec(31), 31)
@example(nov(30), 31)
def test_a_bare_day_of_the_month_is_the_next_one_to_come(today: date, number: int) -> None:
    expected = first_day(today + DAY, lambda d: d.day == number)
    assert day_of(str(number), today) == expected


@pytest.mark.parametrize(
    ("today", "line", "expected", "month"),
    [
        pytest.param(nov(10), "31", dec(31), "November", id="31 in November"),
        pytest.param(date(2027, 1, 31), "31", date(2027, 3, 31), "February", id="31 on 31 January"),
        pytest.param(date(2027, 2, 1), "30", date(2027, 3, 30), "February", id="30 in February"),
        pytest.param(date(2027, 2, 1), "29", date(2027, 3, 29), "February", id="29 in a short February"),
    ],
)
def test_a_day_that_a_month_does_not_have_is_said(today: date, line: str, expected: date, month: str) -> None:
    reading = read(f"{line} 12.00 check", today)
    assert reading.commitments[0].day == expected
    assert any(month in warning for warning in reading.warnings)


def test_29_in_a_leap_year_needs_no_warning() -> None:
    reading = read("29 12.00 check", date(2028, 2, 1))
    assert (reading.commitments[0].day, reading.warnings) == (date(2028, 2, 29), ())


@many
@given(TODAYS)
@example(date(2028, 2, 29))
@example(dec(31))
def test_words_for_days(today: date) -> None:
    assert day_of("today", today) == today
    assert day_of("tomorrow", today) == today + DAY
    assert day_of("eom", today) == last_of_month(today)
    next_month = first_day(today + DAY, lambda d: d.day == 1)
    assert day_of("end of next month", today) == last_of_month(next_month)
    assert day_of("end of month", today) == last_of_month(today)


@many
@given(TODAYS)
def test_the_end_of_the_week_is_friday_today_allowed(today: date) -> None:
    assert day_of("eow", today) == first_day(today, lambda d: d.weekday() == 4)


@many
@given(TODAYS, st.integers(1, 99))
def test_so_many_days_or_weeks_ahead(today: date, count: int) -> None:
    assert day_of(f"+{count}", today) == today + timedelta(days=count)
    assert day_of(f"{count}w", today) == today + timedelta(days=7 * count)


@many
@given(US_YEARS, st.integers(1, 30))
def test_so_many_business_days_ahead(today: date, count: int) -> None:
    assert day_of(f"+{count}b", today) == business_days_on(today, count)


@many
@given(TODAYS, st.integers(0, 150), st.integers(0, 3))
def test_a_named_month_with_its_day(today: date, ahead: int, form: int) -> None:
    day = today + timedelta(days=ahead)
    name = MONTHS[day.month - 1]
    line = [f"{name} {day.day}", f"{name[:3]} {day.day}", f"{day.day} {name[:3]}", f"{name[:3]} {day.day}th"][form]
    assert day_of(line, today) == day


@many
@given(TODAYS, st.integers(0, 400))
def test_an_iso_date(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert day_of(day.isoformat(), today) == day


@many
@given(TODAYS, st.integers(0, 150), st.sampled_from(["US", "GB", "DE"]), st.booleans())
def test_figures_follow_the_order_of_the_country(today: date, ahead: int, country: str, with_year: bool) -> None:
    day = today + timedelta(days=ahead)
    figures = (day.month, day.day) if country == "US" else (day.day, day.month)
    mark = "." if country == "DE" else "/"
    line = mark.join(map(str, figures)) + (f"{mark}{day.year}" if with_year else "." * (mark == "."))
    amount = "12,00" if country == "DE" else "12.00"
    reading = read(f"{line} {amount} check", today, country=country)
    assert [c.day for c in reading.commitments] == [day]
    order = "month first" if country == "US" else "day first"
    ambiguous = day.day <= 12 and day.day != day.month
    assert any(f"is read {order}" in warning for warning in reading.warnings) is ambiguous


@pytest.mark.parametrize(
    ("line", "country", "expected"),
    [
        pytest.param("12/15", "US", dec(15), id="month first in the US"),
        pytest.param("15/12", "GB", dec(15), id="day first in Britain"),
        pytest.param("15.12.", "DE", dec(15), id="day first with points in Germany"),
        pytest.param("12/15/26", "US", dec(15), id="a year of two figures"),
        pytest.param("15/12", "US", dec(15), id="a 15 that can be no month is the day, and that is said"),
        pytest.param("12/15", "DE", dec(15), id="the other way round as well"),
        pytest.param("jan 5", "US", date(2027, 1, 5), id="a month of the next year"),
        pytest.param("dec 15 2026", "US", dec(15), id="a named month with this year"),
        pytest.param("jan 5 2027", "US", date(2027, 1, 5), id="a named month with the next year"),
    ],
)
def test_examples_of_dates(line: str, country: str, expected: date) -> None:
    reading = read(f"{line} check", country=country)
    assert [c.day for c in reading.commitments] == [expected]


@pytest.mark.parametrize(
    ("line", "country", "say"),
    [
        pytest.param("15/12", "US", "day first", id="an order that can only be the other"),
        pytest.param("12/11/2026 5", "US", "month first", id="an order that could be both"),
        pytest.param("1/12", "GB", "day first", id="an order that could be both in Britain"),
        pytest.param("dec 15 2026", "US", "2026.00", id="a year that could be an amount"),
    ],
)
def test_an_ambiguous_date_says_how_it_is_read(line: str, country: str, say: str) -> None:
    assert any(say in warning for warning in read(line, country=country).warnings)


@pytest.mark.parametrize(
    "line",
    ["31 feb", "feb 31 500", "30 feb", "nov 31", "2026-02-30", "2026-13-01", "13/32", "13/13", "0/5", "29 feb"],
)
def test_a_day_that_does_not_exist_is_one_wrong_date(line: str) -> None:
    assert "there is no" in problem(line)


@pytest.mark.parametrize(
    "line", ["yesterday", "2026-11-22", "nov 20", "11/20", "20 nov 500", "this sun yesterday", "nov 1 500"]
)
def test_a_promise_in_the_past_is_refused(line: str) -> None:
    if line == "this sun yesterday":
        assert "past" in problem("this mon", nov(24))
    else:
        assert "is past" in problem(line)


@pytest.mark.parametrize(
    "line",
    [
        "soon", "asap", "500 soon", "fri 500 maybe", "next week", "next month", "this week", "500 next week",
        "end of the year", "mid december", "later", "fri 500 probably", "Soon", "ASAP tony", "weekend", "around 15",
    ],
)  # fmt: skip
def test_vague_words_are_refused_with_what_to_ask(line: str) -> None:
    assert any(ask in problem(line) for ask in ("?", "write eow"))


def test_a_vague_word_behind_the_dashes_is_free() -> None:
    assert promised("fri 500 -- maybe next week")[0] == nov(27)


# The account's next pay run

FRIDAYS = PayCycle(frequency=Frequency.WEEKLY, weekday=4, cutoff_days=1)


def test_run_is_the_next_pay_run() -> None:
    assert promised("run 500", cycle=FRIDAYS)[0] == nov(27)
    assert promised("run 500", nov(27), cycle=FRIDAYS)[0] == dec(4)


def test_run_passes_over_one_whose_cut_off_is_over_and_says_so() -> None:
    # The run of Friday 27 November closes on Wednesday, before Thanksgiving.
    reading = read("run 500", nov(26), cycle=FRIDAYS)
    assert [c.day for c in reading.commitments] == [dec(4)]
    assert "the run of Fri 27 Nov is closed: its cut-off was Wed 25 Nov" in reading.warnings


def test_run_is_refused_where_no_run_is_known() -> None:
    assert "no pay run" in problem("run 500")


@settings(max_examples=80, deadline=None)
@given(
    US_YEARS,
    st.sampled_from([Frequency.WEEKLY, Frequency.BIWEEKLY, Frequency.MONTHLY, Frequency.MONTH_END]),
    st.integers(0, 6),
    st.integers(1, 31),
)
def test_run_is_the_first_run_from_today_on_by_walking_the_days(
    today: date, frequency: Frequency, weekday: int, number: int
) -> None:
    anchor = first_day(date(2025, 12, 1), lambda d: d.weekday() == weekday)
    cycle = PayCycle(frequency=frequency, weekday=weekday, anchor=anchor, day=number)

    def is_nominal(day: date) -> bool:
        match frequency:
            case Frequency.WEEKLY:
                return day.weekday() == weekday
            case Frequency.BIWEEKLY:
                return (day - anchor).days % 14 == 0
            case Frequency.MONTHLY:
                return day.day == number or (day == last_of_month(day) and day.day < number)
        return is_business(day) and first_day(day + DAY, is_business).month != day.month

    # A run on a day without business is made on the next one, so an earlier nominal day may still be to come.
    nominal = first_day(today - timedelta(days=10), lambda d: is_nominal(d) and business_days_on(d, 0) >= today)
    assert promised("run 500", today, cycle=cycle)[0] == business_days_on(nominal, 0)


# Days gone by: of what was paid


def paid_on(line: str, today: date, country: str = "US") -> date:
    paid = read(f"paid {line}", today, country).paid
    assert paid
    assert paid.day
    return paid.day


def last_day(start: date, matches: Callable[[date], bool]) -> date:
    while not matches(start):
        start -= DAY
    return start


@many
@given(TODAYS, st.integers(0, 6), st.integers(1, 31))
def test_of_what_was_done_a_bare_day_is_the_last_one_gone_by(today: date, weekday: int, number: int) -> None:
    assert paid_on("today", today) == today
    assert paid_on("yesterday", today) == today - DAY
    assert paid_on(WEEKDAYS[weekday], today) == last_day(today - DAY, lambda d: d.weekday() == weekday)
    assert paid_on(str(number), today) == last_day(today, lambda d: d.day == number)


@many
@given(TODAYS, st.integers(0, 360), st.integers(0, 2))
@example(date(2028, 3, 1), 1, 0)
@example(date(2027, 1, 5), 21, 0)
def test_of_what_was_done_a_date_without_its_year_is_the_last_one_gone_by(today: date, ago: int, form: int) -> None:
    day = today - timedelta(days=ago)
    line = [
        f"{MONTHS[day.month - 1][:3]} {day.day}",
        f"{day.month}/{day.day}",
        f"{day.day} of {MONTHS[day.month - 1]}",
    ]
    assert paid_on(line[form], today) == day


# Further spellings of the same days


@many
@given(TODAYS, st.integers(0, 99))
def test_spellings_of_days_ahead(today: date, count: int) -> None:
    assert day_of(f"+{count}d", today) == today + timedelta(days=count)
    assert day_of(f"+{count}w", today) == today + timedelta(days=7 * count)
    assert day_of("tmrw", today) == today + DAY
    for words in ("end of week", "end of the week", "end of this week"):
        assert day_of(words, today) == first_day(today, lambda d: d.weekday() == 4)
    for words in ("end of the month", "end of this month"):
        assert day_of(words, today) == last_of_month(today)


@many
@given(US_YEARS, st.integers(0, 30))
def test_spellings_of_business_days_ahead(today: date, count: int) -> None:
    expected = business_days_on(today, count) if count else today
    assert day_of(f"+{count}bd", today) == expected


@pytest.mark.parametrize(
    ("word", "weekday"), [("tues", 1), ("weds", 2), ("thur", 3), ("thurs", 3), ("Friday", 4), ("SAT", 5)]
)
def test_spellings_of_weekdays(word: str, weekday: int) -> None:
    assert day_of(word, nov(23)) == first_day(nov(24), lambda d: d.weekday() == weekday)


@many
@given(TODAYS, st.integers(0, 6))
def test_this_weekday_is_the_one_of_the_calendar_week(today: date, weekday: int) -> None:
    monday = last_day(today, lambda d: d.weekday() == 0)
    expected = first_day(monday, lambda d: d.weekday() == weekday)
    if expected < today:
        assert "is past" in problem(f"this {WEEKDAYS[weekday]} 12.00", today)
    else:
        assert day_of(f"this {WEEKDAYS[weekday]}", today) == expected


@many
@given(TODAYS, st.integers(1, 31), st.sampled_from(["th", "st", "nd", "rd"]))
def test_a_day_of_the_month_with_its_ending(today: date, number: int, ending: str) -> None:
    assert day_of(f"the {number}{ending}", today) == first_day(today + DAY, lambda d: d.day == number)


# Lists: each bare day follows the one before


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("half 15, rest 30", [dec(15), dec(30)], id="two days of one month"),
        pytest.param("500 28, 500 5", [nov(28), dec(5)], id="a smaller day is in the next month"),
        pytest.param("500 fri, 500 fri", [nov(27), dec(4)], id="the same weekday twice is a week apart"),
        pytest.param("500 fri, 500 mon, 500 fri", [nov(27), nov(30), dec(4)], id="weekdays follow one another"),
        pytest.param("500 31, 500 31", [dec(31), date(2027, 1, 31)], id="31 twice"),
        pytest.param("500 dec 15, 500 30; 100 15", [dec(15), dec(30), date(2027, 1, 15)], id="after a named month"),
    ],
)
def test_days_in_a_list_follow_one_another(line: str, expected: list[date]) -> None:
    assert [c.day for c in read(line).commitments] == expected


# What is unusual is said before it is saved


@pytest.mark.parametrize(
    ("line", "say"),
    [
        pytest.param("thu", "Thanksgiving", id="a holiday is named"),
        pytest.param("thu", "counts as Fri 27 Nov", id="and what it counts as"),
        pytest.param("sat", "counts as Mon 30 Nov", id="a Saturday"),
        pytest.param("dec 24 2027", "counts as Mon 27 Dec 2027", id="an observed holiday of another year"),
        pytest.param("+31", "more than 30 days", id="a day past the horizon"),
    ],
)
def test_unusual_days_are_warned_of_and_not_changed(line: str, say: str) -> None:
    reading = read(f"{line} 500 check")
    assert reading.ok
    assert any(say in warning for warning in reading.warnings)


def test_a_usual_day_has_no_warning() -> None:
    assert read("+30 500 check").warnings == ()
    assert read("thu 500 check").commitments[0].day == nov(26)
