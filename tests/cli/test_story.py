"""Whole stories by the command line: promised and kept, promised and broken, and everything taken back."""

import json
from typing import Any

from tests.cli.command import OPEN_ITEMS, Arctui

MONDAY_AFTER = "2026-11-23T09:00"


def without(*numbers: str) -> str:
    """The open items without those of these invoice numbers."""
    return "".join(line for line in OPEN_ITEMS.splitlines(True) if line.split(",")[2] not in numbers)


def row(arctui: Arctui, account: str) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = [r for r in arctui.json("today") if r["account"] == account]
    return found[0] if found else None


def test_a_promise_is_settled_by_the_next_weeks_report(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 ach tony")
    assert row(arctui, "Birch Works") is None
    arctui.day = MONDAY_AFTER
    summary = arctui.feed(without("B-1041"), "next.csv")
    assert (summary["invoices_closed"], summary["payments_inferred"], summary["invoices_added"]) == (1, 1, 0)
    birch = arctui.json("account", "100")
    (promise,) = birch["promises"]
    assert (promise["verdict"], promise["paid"], promise["day_unknown"]) == ("kept", "1200.00", True)
    assert [p["amount"] for p in birch["payments"]] == ["1200.00"]
    assert (birch["payments"][0]["since"], birch["payments"][0]["date"]) == ("2026-11-16", "2026-11-23")
    assert row(arctui, "Birch Works") is None
    review = arctui.json("review")
    assert [r["account"] for r in review["kept"]] == ["Birch Works"]
    assert review["broken"] == []
    stats = arctui.json("stats")
    assert stats["promises"]["kept"] == 1
    assert stats["promises"]["kept_rate"] == 1
    assert stats["average_days_late"] is None, "the day of an inferred payment is not known"


def test_a_promise_that_is_not_kept_comes_up_as_broken(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 ach tony")
    arctui.day = "2026-11-23T09:00"
    arctui.feed(OPEN_ITEMS + "\n", "monday.csv")
    verify = row(arctui, "Birch Works")
    assert verify is not None
    assert verify["bucket"] == "verify", "the last day of the window: look for the money"
    assert [r["account"] for r in arctui.json("review")["due"]] == ["Birch Works"]
    arctui.day = "2026-11-24T09:00"
    arctui.feed(OPEN_ITEMS + "\n\n", "tuesday.csv")
    broken = arctui.json("today")[0]
    assert (broken["account"], broken["bucket"], broken["collectable"]) == ("Birch Works", "broken", "1200.00")
    (entry,) = arctui.json("review")["broken"]
    assert {k: entry[k] for k in ("account", "promised", "amount", "paid")} == {
        "account": "Birch Works",
        "promised": "2026-11-20",
        "amount": "1200.00",
        "paid": "0.00",
    }
    assert entry["days_late"] == 4
    assert arctui.json("review")["totals"]["broken"] == {"count": 1, "amount": "1200.00", "paid": "0.00"}


def test_a_part_payment_makes_the_promise_partial(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 ach tony")
    arctui.day = "2026-11-24T09:00"
    arctui.feed(OPEN_ITEMS.replace("1200.00,1200.00", "1200.00,900.00"), "tuesday.csv")
    (entry,) = arctui.json("review")["partial"]
    assert (entry["amount"], entry["paid"]) == ("1200.00", "300.00")
    birch = row(arctui, "Birch Works")
    assert birch is not None
    assert (birch["bucket"], birch["collectable"]) == ("broken", "900.00")


def test_a_review_changes_the_book_only_when_it_is_closed(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 ach")
    arctui.day = "2026-11-24T09:00"
    before = arctui.book.read_bytes()
    shown = arctui.json("review")
    arctui.call("review")
    assert arctui.book.read_bytes() == before
    closed = arctui.json("review", "--close")
    assert {k: v for k, v in closed.items() if k != "report"} == {k: v for k, v in shown.items() if k != "report"}
    assert (shown["report"]["review"]["closed_by"], len(closed["report"]["review"]["closed_by"])) == ([], 1)
    assert arctui.book.read_bytes() != before
    assert [r["account"] for r in arctui.json("review")["broken"]] == ["Birch Works"], "still not followed up"
    arctui.json("log", "100", "wbp fri 1200 ach")
    assert arctui.json("review")["broken"] == []


def test_closing_the_review_again_changes_nothing(arctui: Arctui) -> None:
    arctui.json("review", "--close")
    before = arctui.book.read_bytes()
    assert arctui.json("review", "--close")["date"] == "2026-11-16"
    assert arctui.book.read_bytes() == before


def test_importing_the_same_file_twice_changes_nothing(arctui: Arctui) -> None:
    before = arctui.book.read_bytes()
    path = str(arctui.folder / "open.csv")
    for options in ((), ("--full",), ("--add",), ("--as-of", "2026-11-16")):
        (summary,) = arctui.json("import", path, *options)["files"]
        counts = {k: v for k, v in summary.items() if k.endswith(("_added", "_updated", "_closed", "_inferred"))}
        assert not any(counts.values())
        assert arctui.book.read_bytes() == before
    arctui.day = MONDAY_AFTER
    arctui.json("import", path)
    assert arctui.book.read_bytes() == before
    assert "was imported before" in arctui.call("import", path).out


def test_everything_can_be_undone_back_to_an_empty_list(arctui: Arctui) -> None:
    acts = (
        "log 100 fri",
        "log 200 na",
        "log 300 dsp 45.50 wet",
        "stop 400 legal",
        "policy country DE",
        "review --close",
    )
    for act in acts:
        assert arctui.call(*act.split()).code == 0
    arctui.day = MONDAY_AFTER
    arctui.feed(without("B-1041", "E-9"), "next.csv", "--yes")
    undone = []
    while True:
        result = arctui.call("undo", "--json")
        if result.code:
            break
        undone.append(result.json["undone"])
        assert arctui.call("check").code == 0
    assert "nothing of yours to undo" in result.err
    assert len(undone) == len(acts) + 3
    assert undone[0] == "import of next.csv"
    assert undone[-1] == "import of open.csv"
    assert arctui.json("today") == []
    counts = arctui.json("check")["counts"]
    assert not any(counts.values())
    tables = json.loads(arctui.book.read_text())
    assert not any(tables[name] for name in ("accounts", "people", "invoices", "payments", "promises", "imports"))


def test_an_undone_import_can_be_done_again(arctui: Arctui) -> None:
    arctui.call("undo")
    arctui.call("undo")
    assert arctui.json("today") == []
    (summary,) = arctui.json("import", str(arctui.folder / "open.csv"))["files"]
    assert summary["invoices_added"] == 6
    assert arctui.json("today")


def test_three_tries_without_an_answer_make_a_letter_due(arctui: Arctui) -> None:
    for day in ("16", "17", "18"):
        arctui.day = f"2026-11-{day}T09:00"
        arctui.json("log", "100", "na" if day != "17" else "lvm")
    arctui.day = "2026-11-19T09:00"
    birch = row(arctui, "Birch Works")
    assert birch is not None
    assert birch["bucket"] == "letter"


def test_a_large_closing_is_asked_about_and_the_options_answer(empty: Arctui) -> None:
    head = "Customer,Invoice,Invoice Date,Due Date,Open Balance\n"
    rows = [f"Customer {n},N-{n},2026-09-01,2026-10-01,10.00\n" for n in range(60)]
    empty.feed(head + "".join(rows))
    part = empty.file("part.csv", head + "".join(rows[:20]))
    before = empty.book.read_bytes()
    result = empty.call("import", part)
    assert result.code == 1
    assert len(result.notes) == 1
    assert "--yes" in result.err
    assert "--add" in result.err
    assert empty.book.read_bytes() == before
    (dry,) = empty.json("import", part, "--add", "--dry-run")["files"]
    assert dry["invoices_closed"] == 0
    (summary,) = empty.json("import", part, "--yes")["files"]
    assert summary["invoices_closed"] == 40


def test_the_review_shows_the_walk_and_the_days_summary(arctui: Arctui) -> None:
    for who, line in (("100", "wbp fri 1200 card"), ("300", "wbp fri 45.50 card"), ("fir", "wbp fri 20 card")):
        arctui.json("log", who, line)
    arctui.day = MONDAY_AFTER
    review = arctui.json("review")
    assert [r["account"] for r in review["broken"]] == ["Birch Works", "Birchwood Hall", "Fir Logistics"]
    assert {r["handled"] for r in review["broken"]} == {""}
    assert review["day"]["broken"] == {"count": 3, "amount": "1245.50", "other_currencies": {"EUR": "20.00"}}
    arctui.json("log", "100", "wbp 25 1200 card")
    arctui.json("log", "200", "na")
    arctui.json("log", "fir", "wbp 25 20 card")
    review = arctui.json("review", "--close")
    assert [r["handled"] for r in review["broken"]] == ["new promise", "", "new promise"]
    day = review["day"]
    assert (day["calls"], day["right_party"], day["handled"], day["left_over"]) == (3, 2, 2, 1)
    assert day["promises"] == {"count": 2, "amount": "1200.00", "other_currencies": {"EUR": "20.00"}}
    assert day["next_day"] == "2026-11-24"
    assert day["on_list"] == len(arctui.json("today"))
    assert day["tomorrow"] >= day["on_list"]


def test_the_review_says_how_many_promises_are_not_handled_yet(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 card")
    arctui.json("log", "300", "wbp fri 45.50 card")
    arctui.day = MONDAY_AFTER
    assert "2 of 2 promises not handled yet" in arctui.call("review").out.splitlines()
    arctui.json("log", "100", "wbp 25 1200 card")
    assert "[new promise]" in arctui.call("review").out
    out = arctui.call("review", "--close").out
    assert "not looked after: 1 broken or partly paid, of 2 promises" in out
    assert out.endswith("the review of 2026-11-23 is closed\n")
    arctui.json("log", "300", "ref")
    arctui.day = "2026-11-24T09:00"
    assert "not handled" not in arctui.call("review").out
