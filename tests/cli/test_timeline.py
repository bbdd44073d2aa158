"""`arctui timeline`: one account's past and what is to come, as lines and as a document."""

import re

import pytest

from tests.cli.command import AMOUNT, Arctui, maybe, misfit

DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIMELINE = [
    {
        "date": DAY,
        "hour": maybe(re.compile(r"\d\d:\d\d")),
        "kind": str,
        "amount": maybe(AMOUNT),
        "currency": maybe(str),
        "what": str,
        "by": maybe(str),
        "ahead": bool,
        "projected": bool,
    }
]


@pytest.fixture
def worked(arctui: Arctui) -> Arctui:
    assert arctui.call("log", "100", "wbp", "fri", "1200", "ach", "tony").code == 0
    return arctui


def test_the_document_has_what_was_and_what_is_to_come(worked: Arctui) -> None:
    document = worked.json("timeline", "birch works")
    assert misfit(document, TIMELINE) == ""
    assert [(e["date"], e["kind"]) for e in document] == [
        ("2026-09-08", "invoiced"),
        ("2026-10-08", "due"),
        ("2026-11-01", "invoiced"),
        ("2026-11-16", "call"),
        ("2026-11-16", "promised"),
        ("2026-11-20", "promise"),
        ("2026-11-23", "verify"),
        ("2026-11-24", "breaks"),
        ("2026-12-01", "due"),
        ("2026-12-04", "scheduled"),
    ]
    assert [e["kind"] for e in document if e["projected"]] == ["breaks", "scheduled"]
    assert [e["ahead"] for e in document] == [False] * 5 + [True] * 5


def test_the_lines_mark_today_between_both(worked: Arctui) -> None:
    lines = worked.call("timeline", "100").out.splitlines()
    assert lines[0] == "time line of Birch Works"
    assert lines[6] == "-- today, Mon 16 Nov 2026"
    assert lines[1].split() == ["Tue", "8", "Sep", "invoiced", "1,200.00", "B-1041"]
    assert lines[5].startswith("            10:30  promised   1,200.00  for Fri 20 Nov by bank transfer")
    assert len(lines) == 12


def test_an_account_that_is_not_known_is_refused_in_one_line(arctui: Arctui) -> None:
    result = arctui.call("timeline", "nobody")
    assert (result.code, result.out, len(result.notes)) == (1, "", 1)
