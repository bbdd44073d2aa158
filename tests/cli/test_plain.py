"""Output for a screen reader: a line a fact with its name, in no columns and without any sign that must be seen."""

import re
from pathlib import Path

import pytest

from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from tests.cli.command import Arctui

_DAY = "2026-11-23T10:12"
#: A bar, a column, or a mark beside a number that stands for a word.
_SEEN = re.compile(r"  |[█▇░▒#=|~]{2}|^\s|[|~]|\s$")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Arctui:
    arctui = Arctui(tmp_path_factory.mktemp("plain"), _DAY)
    make_demo_book(Path(arctui.book), Clock(_DAY), "ann")
    return arctui


@pytest.mark.parametrize(
    ("command", "facts"),
    [
        ("today", ["number: C-1172", "amount: 381.00", "days past due: 31"]),
        ("account amberley", ["account: Amberley Logistics", "people 1 of 2: Joanne Fischer"]),
        ("review", ["broken 1 of 7: Kestrel Table Group", "missing: 8915.00"]),
        ("calendar", ["date: 2026-11-23", "kind: callback"]),
        ("stats", ["aging over 90: 42100.75", "aging 1 to 30: 242364.90", "dso: 77.98"]),
        ("expected", ["entries 1 of 3: USD", "past 1 of 5", "came: 1450.00"]),
        ("credit", ["entries 1 of 66: Kestrel Table Group", "owes: 29985.20"]),
        ("timeline amberley", ["kind: invoiced", "what: 59678"]),
        ("history amberley", ["history of Amberley Logistics: 1 act", "added account Amberley Logistics, C-1298"]),
        ("policy country", ["country: US"]),
    ],
)
def test_each_fact_is_a_line_that_says_what_it_is(demo: Arctui, command: str, facts: list[str]) -> None:
    lines = demo.call(*command.split(), "--plain").out.splitlines()
    assert [fact for fact in facts if fact not in lines] == []
    assert [line for line in lines if _SEEN.search(line)] == []


def test_the_settings_can_have_it_always_and_the_option_not_this_time(demo: Arctui) -> None:
    usual = demo.call("today").out
    assert demo.call("config", "set", "output.plain", "true").code == 0
    assert demo.call("today").out == demo.call("today", "--plain").out != usual
    assert demo.call("today", "--no-plain").out == usual
    assert demo.call("today", "--json").out.startswith("[")
    demo.call("config", "set", "output.plain")
