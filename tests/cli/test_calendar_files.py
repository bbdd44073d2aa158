"""The calendar as a file: what it tells, when it reminds, what other programs make of it; and as a table."""

import csv
import io
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from arctui.core.agenda import EntryKind
from arctui.core.policy import Policy
from tests.cli.command import OPEN_ITEMS, Arctui
from tests.cli.test_refusals import refusal

#: What is to be done, but not by a call, or only expected.
QUIET = {"verify", "breaks", "cutoff", "deadline", "dispute", "documents", "letter", "promise", "run"}


def written(arctui: Arctui, *options: str) -> bytes:
    path = arctui.folder / "plan.ics"
    result = arctui.call("calendar", "--ics", str(path), *options)
    assert result.code == 0, result
    return path.read_bytes()


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def by_kind(content: bytes) -> dict[str, Any]:
    return {str(e["CATEGORIES"].to_ical().decode()): e for e in events(content)}


# What it tells


@pytest.mark.parametrize("shows", ["nothing", "name", "all"])
def test_it_tells_of_a_customer_what_the_policy_allows(busy: Arctui, shows: str) -> None:
    if shows != Policy().calendar_shows:
        assert busy.call("policy", "calendar_shows", shows).code == 0
    text = written(busy).decode().replace("\r\n ", "").replace("\\,", ",")
    assert ("Birch Works" in text) is (shows != "nothing")
    for detail in ("1,200.00", "Tony Marsh", "mrs lee", "by check", "wet"):
        assert (detail in text) is (shows == "all"), detail
    assert not any(secret in text for secret in ("555 0142", "tony@birch.example", "B-1041", "C-1"))
    assert len(events(text.encode())) == len(busy.json("calendar"))


def test_a_name_and_the_kind_are_told_unless_the_policy_says_otherwise(busy: Arctui) -> None:
    found = by_kind(written(busy))
    assert str(found["promise"]["SUMMARY"]) == "promise: Birch Works"
    assert "DESCRIPTION" not in found["promise"]


def test_what_only_may_come_is_tentative(busy: Arctui) -> None:
    entries = busy.json("calendar")
    states = {str(e["UID"]): str(e["STATUS"]) for e in events(written(busy))}
    assert states == {f"{e['key']}@arctui": "TENTATIVE" if e["projected"] else "CONFIRMED" for e in entries}
    assert set(states.values()) == {"TENTATIVE", "CONFIRMED"}


def test_a_subscription_has_a_name_and_knows_when_to_look_again(busy: Arctui) -> None:
    busy.call("policy", "firm", "Vale Supply")
    calendar: Any = Calendar.from_ical(written(busy))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Follow-ups, Vale Supply"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)


# When it reminds


def test_a_callback_is_reminded_of_before_its_hour_and_a_call_without_one_in_the_morning(busy: Arctui) -> None:
    busy.call("policy", "calling_from", "09:15")
    busy.call("policy", "callback_lead_minutes", "10")
    found = by_kind(written(busy))
    for kind, trigger in (
        ("callback", timedelta(minutes=-10)),
        ("first", timedelta(hours=9, minutes=15)),
    ):
        (alarm,) = found[kind].walk("VALARM")
        assert (str(alarm["ACTION"]), alarm["TRIGGER"].dt) == ("DISPLAY", trigger)
        assert str(alarm["DESCRIPTION"]) == str(found[kind]["SUMMARY"])


def test_a_firm_that_calls_at_all_hours_is_not_woken_at_midnight(busy: Arctui) -> None:
    busy.call("policy", "calling_from", "00:00")
    (alarm,) = by_kind(written(busy))["first"].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=8)


def test_what_is_only_expected_reminds_nobody(busy: Arctui) -> None:
    busy.call("correct", "100", "runs monthly 30, cut-off 2, docs order")
    found = events(written(busy))
    loud = {(e["CATEGORIES"].to_ical().decode(), str(e["STATUS"])) for e in found if e.walk("VALARM")}
    quiet = {e["CATEGORIES"].to_ical().decode() for e in found if not e.walk("VALARM")}
    assert {"promise", "run", "breaks", "dispute"} <= quiet
    assert {"callback", "first", "scheduled"} <= {kind for kind, _ in loud} <= set(EntryKind) - QUIET
    assert {state for _, state in loud} == {"CONFIRMED"}


# Revisions


def test_the_hour_at_which_it_is_written_changes_no_byte(busy: Arctui) -> None:
    before = written(busy)
    busy.day = "2026-11-16T16:45"
    assert written(busy) == before


def test_what_is_written_after_an_act_or_on_a_later_day_is_a_later_revision(busy: Arctui) -> None:
    revisions = []
    for day, act in (("2026-11-16T10:30", ""), ("2026-11-16T10:40", "cb wed 11:00"), ("2026-11-17T10:30", "")):
        busy.day = day
        if act:
            assert busy.call("log", "fir", act).code == 0
        (promise,) = [e for e in events(written(busy)) if str(e["UID"]).endswith("-due@arctui")]
        assert promise["LAST-MODIFIED"].dt == promise["DTSTAMP"].dt
        revisions.append((promise["SEQUENCE"], promise["DTSTAMP"].dt))
    assert revisions == sorted(set(revisions))
    assert revisions[1][0] > revisions[0][0]
    assert revisions[2][1] > revisions[1][1]


# To stdout, and only a part


@pytest.mark.parametrize("form", ["--ics", "--csv"])
def test_a_dash_writes_to_stdout_and_makes_no_file(busy: Arctui, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(busy.folder)
    before = {p.name for p in busy.folder.iterdir()}
    result = busy.call("calendar", form, "-")
    assert (result.code, result.err) == (0, "")
    assert {p.name for p in busy.folder.iterdir()} == before
    if form == "--ics":
        # The test's stream reads line ends as its own.
        assert result.out.encode() == written(busy).replace(b"\r\n", b"\n")
    else:
        assert result.out.startswith("Customer,Customer ID,Date,")
    assert busy.call("calendar", form, "-", "--json").code == 2


def test_two_forms_at_once_are_wrong_usage(busy: Arctui) -> None:
    assert busy.call("calendar", "--ics", "a.ics", "--csv", "a.csv").code == 2


def test_a_filter_keeps_the_same_entries_in_every_form(busy: Arctui) -> None:
    kept = [e for e in busy.json("calendar") if e["kind"] == "callback" or e["call"]]
    assert kept == busy.json("calendar", "--filter", "calls")
    assert len(events(written(busy, "--filter", "calls"))) == len(kept)
    rows = table(busy.call("calendar", "--csv", "-", "--filter", "calls").out)
    assert [row["Kind"] for row in rows] == [e["kind"] for e in kept]
    assert "promise" not in busy.call("calendar", "--filter", "calls").out
    said = busy.call("calendar", "--filter", "calls", "--from", "2031-01-01").out
    assert said.endswith(", calls\n")
    assert "no kind of entry" in refusal(busy.call("calendar", "--filter", "coffee"))


# As a table


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_holds_what_the_document_lists(busy: Arctui) -> None:
    path = busy.folder / "plan.csv"
    entries = busy.json("calendar", "--csv", str(path))
    rows = table(path.read_bytes().decode())
    assert [(r["Customer"], r["Date"], r["Kind"], r["Amount"], r["Hour"] or None, r["Why"]) for r in rows] == [
        (e["account"], e["date"], e["kind"], e["amount"], e["hour"], e["why"]) for e in entries
    ]
    assert [r["Only Expected"] for r in rows] == ["yes" if e["projected"] else "" for e in entries]
    exported = table(busy.call("export", "calendar", "--from", "2026-11-16", "--to-day", "2026-12-16").out)
    assert exported == rows


def test_an_export_of_one_account_holds_its_days_only(busy: Arctui) -> None:
    rows = table(busy.call("export", "calendar", "--account", "200").out)
    assert {r["Customer"] for r in rows} == {"Cedar Farm"}
    assert [r["Kind"] for r in rows][:1] == ["callback"]


def test_no_cell_of_the_table_is_a_formula(empty: Arctui) -> None:
    empty.feed(OPEN_ITEMS.replace("Elm & Sons", "=1+1 Ltd"))
    empty.call("log", "400", "cb tue 10:30 @now()")
    for row in table(empty.call("calendar", "--csv", "-").out):
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


# Another calendar takes it in

KHAL = """
[calendars]
[[book]]
path = {folder}/calendar
[locale]
local_timezone = UTC
default_timezone = UTC
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class Khal:
    """khal with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "calendar").mkdir(parents=True)
        (folder / "config").write_text(KHAL.format(folder=folder))

    def run(self, *arguments: str) -> list[str]:
        done = subprocess.run(
            [Path(sys.executable).with_name("khal"), "-c", self.folder / "config", *arguments],
            env={"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "rror" not in done.stderr
        return done.stdout.splitlines()

    def take(self, content: bytes) -> None:
        (self.folder / "plan.ics").write_bytes(content)
        self.run("import", "--batch", "-a", "book", "plan.ics")

    @property
    def listed(self) -> list[str]:
        """What it shows of the two months from Monday 16 November on, without the headlines."""
        lines = self.run("list", "--format", "{start-date} {start-time} {title}", "--once", "2026-11-16", "61d")
        return [" ".join(line.split()) for line in lines if ": " in line]


def shown(entry: dict[str, Any]) -> str:
    return " ".join(filter(None, [entry["date"], entry["hour"], f"{entry['kind']}: {entry['account']}"]))


def test_khal_shows_every_entry_once_and_where_it_was_moved_when_it_takes_the_file_again(busy: Arctui) -> None:
    khal = Khal(busy.folder / "khal")
    before = {e["key"]: e for e in busy.json("calendar")}
    khal.take(written(busy))

    busy.day = "2026-11-17T09:00"
    busy.call("log", "fir", "cb thu 11:00")
    after = {e["key"]: e for e in busy.json("calendar")}
    moved = [key for key in before.keys() & after.keys() if before[key]["date"] != after[key]["date"]]
    assert moved
    khal.take(written(busy))
    assert sorted(khal.listed) == sorted(map(shown, {**before, **after}.values()))
