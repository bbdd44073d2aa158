"""The calendar's week as lines: what stands at its hour, what above, and what is said of each day."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
import pytest
from rich.cells import cell_len

from arctui.core.agenda import Day, Entry, EntryKind, order
from arctui.tui.views.week import Week, WeekDay, ruler_lines, their_hour, week_lines
from arctui.tui.widgets.lines import Line

MONDAY = date(2026, 11, 23)
HERE = ZoneInfo("America/New_York")
HOLIDAYS = {3: "Thanksgiving Day", 5: "week-end", 6: "week-end"}


def entry(name: str, day: int = 0, kind: EntryKind = EntryKind.FIRST, amount: str = "1200") -> Entry:
    return Entry(
        day=MONDAY + timedelta(days=day),
        kind=kind,
        account=name,
        name=name,
        number="",
        amount=Decimal(amount),
        currency="USD",
        why="",
        key=name,
    )


def callback(name: str, hour: str, day: int = 0, zone: str = "") -> Entry:
    """A callback at the customer's hour, of a day at the customer's."""
    found, there = entry(name, day, EntryKind.CALLBACK), time.fromisoformat(hour)
    at = datetime.combine(found.day, there, ZoneInfo(zone) if zone else HERE).astimezone(HERE)
    return msgspec.structs.replace(found, day=at.date(), hour=there, time_zone=zone, at=at)


def week(*entries: Entry, capacity: int = 40, calls: int | None = None, busiest: int = 1, only: str = "") -> Week:
    days = []
    for number in range(7):
        day = MONDAY + timedelta(days=number)
        found = sorted((e for e in entries if e.day == day), key=order)
        timed, untimed = [e for e in found if e.at], [e for e in found if not e.at]
        count = len(timed) + len(untimed)
        made = min(count, 1) if calls is None else calls
        sums = Day(count, {"USD": Decimal(1200 * count)} if count else {}, made)
        days.append(WeekDay(day, HOLIDAYS.get(number, ""), (), sums, busiest, timed, untimed[:8]))
    return Week(tuple(days), MONDAY, MONDAY, (8, 17), capacity, "USD", only)


def text(lines: list[Line]) -> list[str]:
    return ["".join(part for part, _ in line).rstrip() for line in lines]


def line_with(lines: list[Line], words: str) -> str:
    return next((line for line in text(lines) if words in line), "")


def test_callbacks_stand_at_their_hour_here_with_the_hour_there_below() -> None:
    lines = week_lines(week(callback("Birch", "09:15", 1, "America/Los_Angeles")), 160, 42)
    shown = text(lines)
    row = next(n for n, line in enumerate(shown) if line.startswith(" 12:00"))
    assert shown[row][7 + 21 :].startswith("@12:15 Birch")
    assert shown[row + 1].strip() == "09:15 there"
    assert shown[row + 2].startswith(" 13:00")


def test_in_the_same_zone_no_second_hour_is_shown() -> None:
    for found in (callback("Birch", "09:15"), callback("Elm", "09:15", zone="America/Detroit")):
        assert their_hour(found) == ""


def test_where_it_is_another_day_there_it_is_named() -> None:
    found = callback("Kyoto", "08:00", 2, "Asia/Tokyo")
    assert found.day == MONDAY + timedelta(days=1)
    assert their_hour(found) == "08:00 Wed there"
    assert "Tue" not in their_hour(found)


@pytest.mark.parametrize("size", [(160, 42), (80, 18), (46, 42)])
def test_hours_outside_the_usual_ones_still_show(size: tuple[int, int]) -> None:
    lines = week_lines(week(callback("Night", "02:30"), callback("Late", "22:40", 4)), *size)
    assert "Night" in line_with(lines, "02:30")
    assert "Late" in line_with(lines, "22:40")


def test_usual_hours_have_a_row_each_and_others_only_where_something_stands() -> None:
    shown = text(week_lines(week(callback("Late", "22:40")), 160, 42))
    hours = [line[1:3] for line in shown if line[3:6] == ":00"]
    assert hours == [f"{n:02}" for n in range(8, 18)] + ["22"]


def test_several_at_one_hour_stand_below_one_another() -> None:
    found = [callback(f"C{n}", f"09:{n}0") for n in range(3)]
    shown = text(week_lines(week(*found), 160, 42))
    first = next(n for n, line in enumerate(shown) if line.startswith(" 09:00"))
    assert [line[7:16] for line in shown[first : first + 3]] == ["@09:00 C0", "@09:10 C1", "@09:20 C2"]


def test_what_has_no_hour_stands_above_the_hours_and_what_is_too_much_is_counted() -> None:
    shown = text(week_lines(week(*(entry(f"A{n}") for n in range(12)), entry("B", 1)), 160, 42))
    hours = next(n for n, line in enumerate(shown) if line.startswith(" 08:00"))
    above = "\n".join(shown[:hours])
    assert "1 A0" in above
    assert "1 B " in above
    assert "and 5 more" in above


def test_each_day_says_its_calls_against_what_can_be_made_and_marks_too_many() -> None:
    lines = week_lines(week(entry("A"), calls=41, busiest=41), 160, 42)
    assert "41/40 calls!" in line_with(lines, "calls")
    assert any(role == "warn" for line in lines for part, role in line if "41/40" in part)
    assert "40/40 calls " in line_with(week_lines(week(entry("A"), calls=40, busiest=40), 80, 18), "calls")
    assert "41 calls " in line_with(week_lines(week(entry("A"), calls=41, busiest=41, capacity=0), 80, 18), "calls")


def test_of_several_clerks_the_sum_is_not_held_against_what_one_can_make() -> None:
    assert " 60 calls " in line_with(week_lines(week(entry("A"), calls=60, busiest=30), 80, 18), "calls")
    assert " 60 calls! " in line_with(week_lines(week(entry("A"), calls=60, busiest=41), 80, 18), "calls")


@pytest.mark.parametrize("size", [(160, 42), (120, 30), (80, 18), (46, 42)])
def test_holidays_are_named(size: tuple[int, int]) -> None:
    assert "Thanksgiving" in "\n".join(text(week_lines(week(), *size)))


def test_in_a_list_what_has_its_hour_stands_below_its_day_with_the_hour_there() -> None:
    shown = text(week_lines(week(entry("Elm", 1), callback("Birch", "09:15", 1, "America/Los_Angeles")), 80, 18))
    day = next(n for n, line in enumerate(shown) if line.startswith(" Tue 24"))
    assert shown[day].endswith("1 Elm")
    assert shown[day + 1].split() == ["@", "12:15", "Birch", "1.2k", "09:15", "there"]


def test_in_a_list_without_room_the_chosen_day_keeps_its_hours_and_others_say_them_in_their_line() -> None:
    found = [callback(f"M{n}", f"{8 + n}:00".zfill(5)) for n in range(4)] + [callback("Tue", "11:00", 1)]
    shown = text(week_lines(week(*found), 80, 18))
    assert len(shown) <= 12
    assert [line.split()[2] for line in shown if line.startswith("   @")] == ["M0", "M1", "M2", "M3"]
    assert "@ 11:00 Tue" in shown[-6]


@pytest.mark.parametrize("width", [34, 46, 80, 111, 112, 120, 160, 200])
@pytest.mark.parametrize("height", [10, 18, 24, 42])
def test_no_line_is_wider_than_the_pane_and_the_agenda_keeps_its_room(width: int, height: int) -> None:
    long = "Väinö & Daughters Very Long Name of a Customer 漢字"
    found = [callback(long, f"{n:02}:30", n % 7, "Asia/Tokyo") for n in range(24)]
    found += [entry(f"{long} {n}", n % 7, amount="999999999") for n in range(60)]
    for shown in (week(*found, only="  only calls and promises of somebody, over 1,000.00"), week()):
        lines = week_lines(shown, width, height)
        assert max(cell_len(line) for line in text(lines)) <= width
        assert len(lines) <= max(8, height - 5)
        assert max(cell_len(line) for line in text(ruler_lines(shown, width))) <= width


def test_the_ruler_names_the_week_and_the_chosen_day() -> None:
    shown = text(ruler_lines(week(entry("A", 1), entry("B", 1)), 80))
    assert shown[0] == " WEEK 48  23 - 29 NOVEMBER 2026"
    assert shown[1].split() == [
        ">Mo",
        "23]",
        "Tu",
        "24",
        "2",
        "We",
        "25",
        "Th",
        "26",
        "Fr",
        "27",
        "Sa",
        "28",
        "Su",
        "29",
    ]


def test_a_title_says_what_alone_is_shown() -> None:
    assert text(week_lines(week(only="  only calls"), 80, 18))[0].endswith("2026  only calls")
