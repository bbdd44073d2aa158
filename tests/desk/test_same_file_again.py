"""The very same file again: read in the same way it changes nothing, read in another way it does."""

import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from arctui.desk.import_words import imported
from arctui.desk.importing import ImportOptions, ImportSummary, merge_file, read_file
from arctui.exchange.report import ReportError
from tests.core.builders import EASTERN
from tests.desk.ledgers import OPEN_HEAD, Ledger, amounts, dec

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"


@pytest.fixture
def workbook(ledger: Ledger) -> Path:
    path = ledger.folder / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, row in (("North", B1), ("South", C1)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, OPEN_HEAD.split(","))
            sheet.write_row(1, 0, row.split(","))
    return path


def fed(ledger: Ledger, path: Path, **fields: object) -> ImportSummary:
    return ledger.desk.import_file(path, ImportOptions(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("full", [False, None])
def test_a_second_sheet_of_a_workbook_is_imported(ledger: Ledger, workbook: Path, full: bool | None) -> None:
    fed(ledger, workbook, sheet="North", full=full)
    with pytest.raises(ReportError, match="sheet"):
        fed(ledger, workbook, full=full)
    assert fed(ledger, workbook, sheet="South", full=False).invoices_added == 1
    assert (ledger.net("Birch"), ledger.net("Cedar")) == dec("100.00", "30.00")
    content = ledger.book.path.read_bytes()
    ledger.on(9)
    assert fed(ledger, workbook, sheet="South", full=False).known_already
    assert fed(ledger, workbook, sheet="1", full=full).known_already
    assert ledger.book.path.read_bytes() == content


def test_dates_that_were_told_wrong_are_told_right(ledger: Ledger) -> None:
    path = ledger.folder / "dates.csv"
    path.write_text(f"{OPEN_HEAD}\nBirch,B-1,03/04/2026,05/06/2026,5.00,5.00\n", encoding="utf-8")
    fed(ledger, path, month_first=True)
    assert fed(ledger, path, month_first=False).invoices_updated == 1
    assert ledger.invoices()["B-1"].due == date(2026, 6, 5)
    assert fed(ledger, path, month_first=False).known_already


def test_a_list_that_was_told_to_be_of_payments_is_read_as_one(ledger: Ledger) -> None:
    ledger.open_items(B1)
    path = ledger.folder / "list.csv"
    path.write_text("Customer,Date,Amount,Invoice\nBirch,2026-11-02,40.00,B-1\n", encoding="utf-8")
    fed(ledger, path)
    assert fed(ledger, path, payments=True).payments_added == 1
    assert ledger.open() == amounts(B_1="60.00")
    assert fed(ledger, path, payments=True).known_already


def test_it_is_said_how_the_same_file_is_imported_all_the_same(ledger: Ledger) -> None:
    path = ledger.folder / "open.csv"
    path.write_text(f"{OPEN_HEAD}\n{B1}\n", encoding="utf-8")
    fed(ledger, path)
    (line,) = imported(fed(ledger, path))
    assert line == (
        "open.csv: was imported before; nothing changed (it was taken as of 2026-11-02: to import it all the same "
        "undo that import, or say --as-of with another day)"
    )
    ledger.on(3)
    assert not fed(ledger, path, as_of=date(2026, 11, 3)).known_already
    ledger.desk.undo()
    ledger.desk.undo()
    assert fed(ledger, path).invoices_added == 1


def test_a_file_that_was_known_when_it_was_read_and_is_undone_meanwhile_is_read_again(ledger: Ledger) -> None:
    path = ledger.folder / "open.csv"
    path.write_text(f"{OPEN_HEAD}\n{B1}\n", encoding="utf-8")
    fed(ledger, path)
    desk = ledger.desk
    read = read_file(desk.book.facts, path, ImportOptions(), desk.policy)
    assert read.report.items == ()
    desk.undo()
    prepared = merge_file(desk.book.facts, read, desk.policy, desk.rules.moment, "ann", iter("abcdef").__next__)
    assert prepared.summary.invoices_added == 1


def written(path: Path, day: int) -> Path:
    """Let a file be one that was written at eight on a day of November."""
    at = datetime(2026, 11, day, 8, tzinfo=EASTERN).timestamp()
    os.utime(path, (at, at))
    return path


def test_the_same_file_written_on_a_later_day_says_that_nothing_changed_until_then(ledger: Ledger) -> None:
    path = ledger.folder / "open.csv"
    path.write_text(f"{OPEN_HEAD}\n{B1}\n", encoding="utf-8")
    fed(ledger, written(path, 2))
    ledger.on(9)
    assert fed(ledger, path).known_already
    summary = fed(ledger, written(path, 9))
    note = "the same as what was imported as of 2026-11-02, but written since: nothing changed up to this day"
    assert (summary.known_already, summary.as_of, summary.notes) == (False, date(2026, 11, 9), (note,))
    assert (ledger.desk.rules.reports.payments_as_of, ledger.net()) == (date(2026, 11, 9), Decimal("100.00"))
    assert fed(ledger, path).known_already


def test_the_same_file_written_on_the_same_day_changes_nothing(ledger: Ledger) -> None:
    path = ledger.folder / "open.csv"
    path.write_text(f"{OPEN_HEAD}\n{B1}\n", encoding="utf-8")
    fed(ledger, written(path, 1))
    assert fed(ledger, written(path, 2)).known_already


def test_the_same_file_with_a_day_of_its_own_stays_of_that_day(ledger: Ledger) -> None:
    path = ledger.folder / "open.csv"
    path.write_text(f"Open Invoices\nAs of November 2 2026\n\n{OPEN_HEAD}\n{B1}\n", encoding="utf-8")
    fed(ledger, written(path, 2))
    ledger.on(9)
    summary = fed(ledger, written(path, 9))
    assert (summary.known_already, summary.as_of) == (True, date(2026, 11, 2))


def test_money_at_the_bank_that_the_same_report_still_denies_is_judged_by_its_new_day(ledger: Ledger) -> None:
    path = ledger.folder / "open.csv"
    path.write_text(f"{OPEN_HEAD}\n{B1}\n", encoding="utf-8")
    fed(ledger, written(path, 2))
    ledger.on(3)
    ledger.bank("2026-11-03,BIRCH B-1,100.00")
    assert ledger.open() == {}
    ledger.on(19)
    fed(ledger, path)
    assert ledger.open() == {}
    fed(ledger, written(path, 19))
    assert ledger.open() == amounts(B_1="100.00")


def test_the_same_payment_list_written_anew_tells_of_no_payment_since(ledger: Ledger) -> None:
    ledger.open_items(B1)
    path = ledger.folder / "paid.csv"
    path.write_text("Customer,Payment Date,Amount,Invoice\nBirch,2026-11-02,40.00,B-1\n", encoding="utf-8")
    fed(ledger, written(path, 2))
    ledger.on(4)
    assert fed(ledger, path).known_already
    assert fed(ledger, written(path, 4)).as_of == date(2026, 11, 4)
    assert (ledger.open(), len(ledger.payments())) == (amounts(B_1="60.00"), 1)
