"""`arctui calendar`: as a document, as text, and as a file that other calendars read."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.command import AMOUNT, DATE, OPEN_ITEMS, PROJECT, Arctui, Shape, maybe, misfit
from tests.cli.test_command import LOADED
from tests.cli.test_refusals import refusal

KINDS = {
    "broken",
    "callback",
    "verify",
    "breaks",
    "call-by",
    "cutoff",
    "documents",
    "first",
    "scheduled",
    "dispute",
    "letter",
    "promise",
    "run",
    "follow-up",
}
ENTRIES: Shape = [
    {
        "date": DATE,
        "kind": KINDS,
        "account": str,
        "number": str,
        "amount": AMOUNT,
        "currency": str,
        "why": str,
        "hour": maybe(str),
        "time_zone": maybe(str),
        "projected": bool,
    }
]
HOSTILE = 'Birch; "Works", \\n Ltd\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:owned'


def brief(entries: Iterable[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [(e["date"], e["kind"], e["account"], e["amount"]) for e in entries]


def events(path: Path) -> list[Any]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_the_document_lists_thirty_days_from_today_in_order_of_date(busy: Arctui) -> None:
    entries = busy.json("calendar")
    assert misfit(entries, ENTRIES) == ""
    assert brief(e for e in entries if not e["projected"]) == [
        ("2026-11-16", "first", "Birchwood Hall", "45.50"),
        ("2026-11-16", "first", "Fir Logistics", "20.00"),
        ("2026-11-17", "callback", "Cedar Farm", "300.00"),
        ("2026-11-18", "dispute", "Elm & Sons", "100.00"),
        ("2026-11-20", "promise", "Birch Works", "1200.00"),
        ("2026-11-25", "verify", "Birch Works", "1200.00"),
        ("2026-11-27", "scheduled", "Elm & Sons", "9210.50"),
        ("2026-11-27", "scheduled", "Cedar Farm", "300.00"),
    ]
    assert {e["kind"] for e in entries if e["projected"]} == {"breaks", "scheduled"}


def test_each_entry_says_what_it_is_about(busy: Arctui) -> None:
    by_kind = {(e["kind"], e["account"]): e for e in busy.json("calendar")}
    promise = by_kind["promise", "Birch Works"]
    assert promise["why"] == "promised 1,200.00 by check, Tony Marsh, last day Wed 25 Nov"
    callback = by_kind["callback", "Cedar Farm"]
    assert (callback["hour"], callback["date"]) == ("10:30", "2026-11-17")
    assert callback["why"] == "call back 10:30, ask for mrs lee"
    assert by_kind["first", "Fir Logistics"]["currency"] == "EUR"
    assert promise["number"] == "100"


def test_the_first_and_the_last_day_are_both_shown_and_no_other(busy: Arctui) -> None:
    every = busy.json("calendar", "--from", "2026-11-01", "--to", "2026-12-31")
    some = busy.json("calendar", "--from", "2026-11-17", "--to", "2026-11-20")
    assert some == [e for e in every if "2026-11-17" <= e["date"] <= "2026-11-20"]
    assert {e["date"] for e in some} == {"2026-11-17", "2026-11-18", "2026-11-20"}
    assert busy.json("calendar", "--from", "2026-11-20", "--to", "2026-11-20")[0]["kind"] == "promise"
    assert busy.json("calendar", "--from", "2031-01-01") == []


def test_without_a_last_day_thirty_days_are_shown(busy: Arctui) -> None:
    assert busy.json("calendar", "--from", "2026-10-21") == busy.json(
        "calendar", "--from", "2026-10-21", "--to", "2026-11-20"
    )


def test_the_text_is_grouped_by_day_with_its_holiday_and_aligned(busy: Arctui) -> None:
    busy.call("log", "300", "thu 45.50 card")
    busy.call("log", "300", "nov 26 45.50 card")
    lines = busy.call("calendar").out.splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads[0] == "Mon 16 Nov"
    assert "Tue 17 Nov" in heads
    assert any(head.startswith("Thu 26 Nov, Thanksgiving") for head in heads)
    rows = [line for line in lines if line.startswith(" ")]
    assert any(row.startswith("  10:30  callback") for row in rows)
    assert len({row.index(name) for row in rows for name in ("Cedar Farm", "Birch Works", "Elm") if name in row}) == 1
    (promise,) = [row for row in rows if row.split()[:3] == ["promise", "Birch", "Works"]]
    assert "1,200.00" in promise


def test_the_hours_of_a_day_come_before_its_other_entries(busy: Arctui) -> None:
    busy.call("log", "300", "cb tue 9:15")
    busy.call("log", "fir", "cb tue")
    entries = [e for e in busy.json("calendar") if e["date"] == "2026-11-17"]
    assert [e["hour"] for e in entries] == ["09:15", "10:30", None]


def test_an_empty_calendar_says_so(busy: Arctui) -> None:
    result = busy.call("calendar", "--from", "2031-01-01")
    assert (result.code, result.out) == (0, "nothing stands in the calendar: Wed 1 Jan 2031 to Fri 31 Jan 2031\n")


def test_the_calendar_moves_with_the_day(busy: Arctui) -> None:
    busy.day = "2026-11-27T09:00"
    assert ("2026-11-27", "broken", "Birch Works", "1200.00") in brief(busy.json("calendar"))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("--from yesterday", "--from: 'yesterday' is no day"),
        ("--from=", "--from: '' is no day"),
        ("--csv none/plan.csv", "no folder"),
        ("--csv book.json", "is the book"),
        ("--ics book.json.journal", "is the book"),
        ("--to 2026-02-30", "--to: '2026-02-30' is no day"),
        ("--from 2026-12-01 --to 2026-11-30", "--to: 2026-11-30 is before 2026-12-01"),
        ("--to 2026-11-15", "--to: 2026-11-15 is before 2026-11-16"),
        ("--ics none/plan.ics", "no folder"),
        ("--ics .", "no regular file"),
        ("--ics /dev/null", "no regular file"),
        ("--ics book.json", "is the book"),
        ("--ics open.csv/plan.ics", "no folder"),
        ("--ics /proc/plan.ics", "cannot be written"),
    ],
)
def test_what_is_not_possible_is_told_and_leaves_every_file_as_it_is(
    busy: Arctui, monkeypatch: pytest.MonkeyPatch, options: str, why: str
) -> None:
    monkeypatch.chdir(busy.folder)
    before = {p.name: p.read_bytes() for p in busy.folder.iterdir() if p.is_file()}
    assert why in refusal(busy.call("calendar", *options.split()))
    assert {p.name: p.read_bytes() for p in busy.folder.iterdir() if p.is_file()} == before


def test_the_last_days_there_are_can_be_asked_for(busy: Arctui) -> None:
    assert busy.json("calendar", "--from", "9999-12-30") == []


def test_showing_the_calendar_changes_nothing_in_the_book(busy: Arctui) -> None:
    before = (busy.book.read_bytes(), busy.book.stat().st_mtime_ns)
    for options in ((), ("--json",), ("--ics", str(busy.folder / "plan.ics"))):
        assert busy.call("calendar", *options).code == 0
    assert (busy.book.read_bytes(), busy.book.stat().st_mtime_ns) == before


def test_neither_the_screen_nor_the_calendar_library_is_loaded_to_show_it(busy: Arctui) -> None:
    def loaded(*options: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", LOADED, json.dumps([["calendar", *options]])],
            env=busy.environment,
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {name.split(".")[0] for name in json.loads(done.stdout)}

    assert not loaded() & {"textual", "rich", "icalendar"}
    assert "icalendar" in loaded("--ics", str(busy.folder / "plan.ics"))


# The calendar file


def test_the_calendar_file_holds_what_the_document_lists(busy: Arctui) -> None:
    path = busy.folder / "plan.ics"
    result = busy.call("calendar", "--ics", str(path), "--json")
    assert result.code == 0, result
    found = events(path)
    assert len(found) == len(result.json)
    for event, entry in zip(found, result.json, strict=True):
        start = event["DTSTART"].dt
        assert (start.date() if isinstance(start, datetime) else start).isoformat() == entry["date"]
        assert str(event["SUMMARY"]).startswith(f"{entry['kind']}: {entry['account']}")
        assert isinstance(start, datetime) == bool(entry["hour"])
    assert len({str(e["UID"]) for e in found}) == len(found)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_entry_of_the_day_is_all_day_and_a_callback_has_its_instant(busy: Arctui) -> None:
    zone = "Zone,Contact,Phone,Email\nCedar Farm,Mrs Lee,+1 312 555 0142,lee@cedar.example\n".replace(
        "Zone", "Customer"
    )
    busy.feed(zone, "zones.csv")
    busy.call("log", "200", "cb wed 9:00")
    path = busy.folder / "plan.ics"
    text = busy.call("calendar", "--ics", str(path))
    assert "entries from 2026-11-16 to 2026-12-16" in text.out
    starts = {str(e["SUMMARY"]).split(",")[0]: e["DTSTART"].dt for e in events(path)}
    assert starts["promise: Birch Works"] == date(2026, 11, 20)
    callback = starts["callback: Cedar Farm"]
    assert callback.utcoffset() == timedelta(0)
    assert f"{callback:%Y-%m-%d %H:%M}" == "2026-11-18 15:00"


def test_the_same_book_on_the_same_day_gives_the_same_bytes(busy: Arctui) -> None:
    one, two = busy.folder / "one.ics", busy.folder / "two.ics"
    busy.call("calendar", "--ics", str(one))
    two.write_text("old " * 9999)
    busy.call("calendar", "--ics", str(two))
    assert one.read_bytes() == two.read_bytes()
    stamps = {e["DTSTAMP"].dt.date() for e in events(one)}
    assert stamps == {date(2026, 11, 16)}


def test_an_event_keeps_its_uid_when_its_day_changes(busy: Arctui) -> None:
    uids = []
    for day in ("2026-11-16T10:30", "2026-11-18T10:30"):
        busy.day = day
        busy.call("calendar", "--from", "2026-11-16", "--ics", str(busy.folder / "plan.ics"))
        found = {str(e["SUMMARY"]).split(",")[0]: e for e in events(busy.folder / "plan.ics")}
        uids.append({name: str(found[name]["UID"]) for name in ("callback: Cedar Farm", "promise: Birch Works")})
        starts = found["callback: Cedar Farm"]["DTSTART"].dt
        assert isinstance(starts, datetime) == (day == "2026-11-16T10:30")
    assert uids[0] == uids[1]


def test_names_from_outside_stay_inside_their_event(empty: Arctui) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    empty.feed(OPEN_ITEMS.replace("Elm & Sons", quoted))
    empty.call("policy", "calendar_shows", "all")
    empty.call("log", "400", "cb tue 10:30 \x1b[31mBEGIN:VALARM\r\nACTION:AUDIO; , \\ done")
    path = empty.folder / "plan.ics"
    count = len(empty.json("calendar", "--ics", str(path)))
    assert len(events(path)) == count
    text = path.read_bytes().decode()
    lines = text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == count
    assert lines.count("BEGIN:VALARM") == lines.count("ACTION:DISPLAY") < count
    assert not [line for line in lines if line.startswith(("SUMMARY:owned", "ACTION:AUDIO"))]
    assert not [c for c in text if ord(c) < 32 and c not in "\r\n"]
    assert all(len(line.encode()) <= 75 for line in lines)
    (event,) = [e for e in events(path) if "owned" in e["SUMMARY"] and "callback" in e["SUMMARY"]]
    name = empty.json("account", "400")["account"]
    assert str(event["SUMMARY"]).startswith(f"callback: {name}")


def test_the_text_shows_no_control_character_of_a_name(empty: Arctui) -> None:
    empty.feed(OPEN_ITEMS.replace("Elm & Sons", "\x1b[31mBirch\x1b]0;owned\x07 [/]\u202e\x9b2J Works"))
    for options in ((), ("--json",)):
        shown = empty.call("calendar", *options).out
        assert "Birch [/] Works" in shown
        assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"]
