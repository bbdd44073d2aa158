"""What the facts of an account say of its pay runs, and how C changes it."""

from datetime import date
from pathlib import Path

from arctui.tui.views.facts import facts
from tests.core import builders as make
from tests.playbook.clerks import Clerk, customer


def clerk(folder: Path) -> Clerk:
    """A clerk on Monday 23 November 2026, the week of Thanksgiving."""
    records = customer("Birch Works", make.invoice("1", "1200.00", date(2026, 10, 8)))
    return Clerk.with_book(folder, records, at="2026-11-23T10:00:00-05:00")


def pay_runs(at: Clerk, *, width: int = 100) -> list[str]:
    """The lines of the block, "" if there is none."""
    lines = ["".join(text for text, _ in line) for line in facts(at.desk, "birch", width)]
    start = next((n for n, line in enumerate(lines) if line.startswith("PAY RUNS")), len(lines))
    return lines[start : lines.index("", start)] if start < len(lines) else []


def test_the_next_run_stands_in_the_facts_with_its_cut_off_its_call_and_its_papers(tmp_path: Path) -> None:
    at = clerk(tmp_path)
    assert pay_runs(at) == []
    at.desk.corrections.save("birch", "runs weekly thu, cut-off 2, docs order + statement")
    assert pay_runs(at) == [
        "PAY RUNS, weekly on Thursday, cut-off 2 business days before",
        "next run Fri 27 Nov (Thu 26 Nov is Thanksgiving Day), cut-off Tue 24 Nov, call by Thu 19 Nov",
        "for it: order missing, statement missing",
    ]
    at.desk.corrections.save("birch", "docs in order")
    assert pay_runs(at)[-1] == "for it: order in, statement missing"
    at.desk.corrections.save("birch", "last fri, before a holiday, cut-off 4")
    assert pay_runs(at) == [
        "PAY RUNS, monthly on the last Friday, before a holiday, cut-off 4 business days before",
        "next run Thu 24 Dec (Fri 25 Dec is Christmas Day), cut-off Fri 18 Dec, call by Tue 15 Dec",
        "the run of Fri 27 Nov is closed: its cut-off was Fri 20 Nov",
        "for it: order in, statement missing",
    ]


def test_a_run_that_closes_on_its_own_day_is_said_once(tmp_path: Path) -> None:
    at = clerk(tmp_path)
    at.desk.corrections.save("birch", "twice a month 5 and 20")
    assert pay_runs(at) == [
        "PAY RUNS, twice a month on the 5th and the 20th",
        "next run Mon 7 Dec, call by Wed 2 Dec",
    ]
    assert all(len(line) <= 40 for line in pay_runs(at, width=40))
