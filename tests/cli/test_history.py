"""`arctui history`: every change, of an account or of all, as lines and as a document."""

import re

import pytest

from arctui.core.text import cell_width
from tests.cli.command import Arctui, maybe, misfit

AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
HISTORY = [
    {
        "number": int,
        "at": AT,
        "by": str,
        "act": str,
        "undoes": maybe(int),
        "undone_by": maybe(int),
        "hash": str,
        "changes": [{"table": str, "id": str, "was": maybe({"id": str}), "now": maybe({"id": str})}],
    }
]


@pytest.fixture
def worked(arctui: Arctui) -> Arctui:
    """Two imports, a promise, its undoing, a stop."""
    for line in ("log 100 wbp fri 1200 ach tony", "undo", "stop 200 legal"):
        assert arctui.call(*line.split()).code == 0
    return arctui


def test_the_document_lists_every_act_the_oldest_first(worked: Arctui) -> None:
    document = worked.json("history")
    assert misfit(document, HISTORY) == ""
    assert [(a["number"], a["undoes"], a["undone_by"]) for a in document] == [
        (1, None, None),
        (2, None, None),
        (3, None, 4),
        (4, 3, None),
        (5, None, None),
    ]
    assert document[2]["act"] == document[3]["act"] == "promise of 1,200.00, Birch Works"
    assert document[4]["at"].startswith("2026-11-16T10:30:00")


def test_a_change_holds_the_record_before_and_after(worked: Arctui) -> None:
    (change,) = worked.json("history")[-1]["changes"]
    assert change["table"] == "accounts"
    assert change["now"] == {**change["was"], "flags": ["legal"]}
    undone = worked.json("history")[3]["changes"]
    assert all(c["was"] and c["now"] is None for c in undone)


def test_of_an_account_only_its_own_acts_and_steps_are_listed(worked: Arctui) -> None:
    document = worked.json("history", "birch works")
    assert [a["number"] for a in document] == [1, 2, 3, 4]
    whole = worked.json("history")
    assert 0 < len(document[0]["changes"]) < len(whole[0]["changes"])
    (account,) = {c["now"]["account"] for c in document[1]["changes"]}
    assert {c["now"].get("account", c["id"]) for c in document[0]["changes"]} == {account}


def test_the_lines_tell_who_when_what_and_what_it_was_before(worked: Arctui) -> None:
    shown = worked.call("history", "100").out.splitlines()
    assert shown[0] == "history of Birch Works: 4 acts"
    assert re.fullmatch(
        r"3  2026-11-16 10:30[+-]\d\d:\d\d  \S+  promise of 1,200.00, Birch Works( \(undone by 4\))?",
        next(line for line in shown if line.startswith("3 ")),
    )
    assert "(undone by 4)" in " ".join(shown)
    assert "   added promise of 1,200.00 for 2026-11-20 by bank transfer, Tony Marsh" in shown
    assert "   removed promise of 1,200.00 for 2026-11-20 by bank transfer, Tony Marsh" in shown
    assert "   account Cedar Farm, 200: now stopped for legal" in worked.call("history", "200").out.splitlines()


def test_the_newest_act_stands_last(worked: Arctui) -> None:
    heads = [line for line in worked.call("history").out.splitlines() if re.match(r"\d", line)]
    assert [head.split()[0] for head in heads] == ["1", "2", "3", "4", "5"]


def test_every_line_fits_into_80_columns(worked: Arctui) -> None:
    worked.call("log", "100", "cb 18 10:30 " + "ask for Mrs Lee about the pallets " * 8)
    worked.call("log", "100", "cb 18 10:30 " + "株式会社 " * 30)
    for who in ((), ("100",)):
        assert max(map(cell_width, worked.call("history", *who).out.splitlines())) <= 80


def test_without_an_account_the_last_fifty_are_shown_and_the_earlier_ones_counted(arctui: Arctui) -> None:
    for number in range(50):
        assert arctui.call("policy", "firm", f"Firm {number}").code == 0
    shown = arctui.call("history")
    assert shown.out.splitlines()[0] == "history: the last 50 acts, 2 earlier (--last N shows more)"
    assert shown.err == ""
    document = arctui.call("history", "--json")
    assert [a["number"] for a in document.json] == list(range(3, 53))
    assert document.notes == ["arctui: note: 2 earlier acts not shown: --last 52 shows all"]
    assert len(arctui.json("history", "--last", "52")) == 52


def test_last_takes_as_many_as_it_says_of_an_account_too(worked: Arctui) -> None:
    assert [a["number"] for a in worked.json("history", "--last", "2")] == [4, 5]
    assert [a["number"] for a in worked.json("history", "100", "--last", "1")] == [4]
    assert [a["number"] for a in worked.json("history", "100", "--last", "99")] == [1, 2, 3, 4]
    assert worked.call("history", "100", "--last", "1").out.startswith(
        "history of Birch Works: the last 1 act, 3 earlier"
    )


@pytest.mark.parametrize("count", ["0", "-1", "many", "", "1.5", "²"])
def test_last_without_a_number_of_acts_is_wrong_usage(arctui: Arctui, count: str) -> None:
    assert arctui.call("history", f"--last={count}").code == 2


def test_an_account_that_is_not_there_is_told(arctui: Arctui) -> None:
    for who, why in (("nobody", "no account"), ("birch", "may be"), ("", "which account")):
        result = arctui.call("history", who)
        assert (result.code, result.out) == (1, "")
        assert why in result.err


def test_looking_at_the_history_changes_nothing(worked: Arctui) -> None:
    before = worked.book.read_bytes()
    for arguments in (["history"], ["history", "100"], ["history", "--json"]):
        assert worked.call(*arguments).code == 0
    assert worked.book.read_bytes() == before
