"""What stands below the prompt: all of it where there is room; where not, every warning, and how much is left out."""

from pathlib import Path

import pytest

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.tui.widgets.lines import Line, shorten
from tests.tui.test_drafts_by_keys import to
from tests.tui.workstation import workstation

DAY = "2026-11-23T12:12-05:00"


def lines(roles: str) -> list[Line]:
    """Lines that are numbered: w warns, b is bad, s is strong, any other is dim."""
    known = {"w": "warn", "b": "bad", "s": "strong"}
    return [((str(n), known.get(role, "dim")),) for n, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("roles", "room", "shown"),
    [
        ("ssw", 3, "0 1 2"),
        ("ddddd", 3, "0 1 ... and 3 more lines"),
        ("ddd", 1, "... and 3 more lines"),
        ("sswddw", 4, "0 1 2 5 ... and 2 more lines"),
        ("sssssw", 4, "0 1 2 3 4 5"),
        ("sswwwwwwwwd", 3, "0 2 3 4 5 6 7 8 9 ... and 2 more lines"),
        ("swwwwwwwwwb", 3, "1 2 3 4 5 6 7 8 9 10 ... and 1 more line"),
    ],
)
def test_warnings_stay_then_what_is_strong_and_what_is_left_out_is_counted(roles: str, room: int, shown: str) -> None:
    assert " ".join(line[0][0].strip() for line in shorten(lines(roles), room, 10)) == shown


@pytest.fixture
def small(book: Path, report: Path, people: Path) -> Path:
    """A book with four customers; Tony Marsh is at Birch Works."""
    desk = Desk(Book(book, new=True), Clock(DAY), "ann")
    for path in (report, people):
        desk.import_file(path, ImportOptions())
    desk.leave()
    return book


async def test_all_warnings_and_all_promises_of_a_long_line_are_on_a_small_screen(small: Path) -> None:
    async with workstation(small, DAY) as clerk:
        await to(clerk, "Birch Works")
        await clerk.press("p")
        await clerk.type("4x 5000 monthly from 12/1 ach kim, rest 12/20 card lori")
        warned = ["nothing is left for the rest"]
        assert all(words in clerk.reading for words in warned)
        await clerk.press(*["backspace"] * len(", rest 12/20 card lori"))
        said = " ".join(clerk.reading.split())
        for words in (
            "4 parts of 5,000.00, monthly",
            "Mon 1 Feb 2027",
            "the last by",
            "month first",
            "Kim is new",
        ):
            assert words in said
        for words in ("no business day", "more than 30 days", "is more than is owed"):
            assert words in said
        assert clerk.desk.prompt.reading.size.height == clerk.desk.prompt.reading.line_count
        await clerk.press(*["backspace"] * len("4x 5000 monthly from 12/1 ach kim"))
        await clerk.type("4x 10 monthly from 12/1, 500 12/20 card lori")
        assert "Sun 20 Dec 2026, in 27 days 500.00" in " ".join(clerk.reading.split())
        assert clerk.desk.prompt.reading.size.height == clerk.desk.prompt.reading.line_count
        await clerk.type(", 50 12/21, 60 12/22, 70 12/23")
        # A larger screen shows the rest of it, a smaller one takes it back.
        small_reading = clerk.reading
        assert "more lines" in small_reading
        await clerk.resize(80, 60)
        await clerk.until(lambda: "more line" not in clerk.reading)
        await clerk.resize(80, 24)
        await clerk.until(lambda: clerk.reading == small_reading)
