"""The very same file again: read in the same way it changes nothing, read in another way it does."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from arctui.desk.import_words import imported
from arctui.desk.importing import ImportOptions, ImportSummary, merge_file, read_file
from arctui.exchange.report import ReportError
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
