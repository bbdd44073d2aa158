"""What `import` says of a report's own totals, when it asks, and the rows that were not read as a file."""

import csv
from pathlib import Path

from tests.cli.command import Arctui

HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency,Notes\n"
BIRCH = "Birch Works,100,B-1041,2026-09-08,2026-10-08,1200.00,1200.00,USD,\n"
OTHER = "Birch Works,100,B-1042,2026-11-01,2026-12-01,650.00,{},USD,=1+1\n"
TOTAL = "Total,,,,,,1850.00,,\n"
GROUPED = (
    'Open Invoices\nNorthside\n"As of November 16, 2026"\n\n'
    ",Date,Transaction type,Num,Terms,Due date,Open balance\n"
    "Birch Works\n,09/13/2026,Invoice,A-1,Net 30,10/13/2026,100.00\n"
    "Total for Birch Works,,,,,,{}\n"
    "TOTAL,,,,,,$100.00\n"
)


def test_every_total_of_a_report_is_told_of(empty: Arctui) -> None:
    result = empty.call("import", empty.file("open.csv", GROUPED.format("$100.00")))
    assert "  2 of 2 totals of the report agree with what was read" in result.out.splitlines()
    (summary,) = empty.json("import", empty.file("open.csv", GROUPED.format("$130.00")), "--dry-run")["files"]
    assert (summary["totals_stated"], summary["totals_agree"]) == (2, False)
    assert summary["totals_differ"] == [
        {"row": 8, "of": "Birch Works", "currency": None, "stated": "130.00", "read": "100.00"}
    ]
    told = empty.call("import", empty.file("open.csv", GROUPED.format("$130.00")), "--dry-run").out.splitlines()
    assert "  1 of 2 totals of the report agree with what was read" in told
    assert "  DIFFERS: row 8: Birch Works 130.00, read 100.00" in told


def test_a_report_whose_total_differs_closes_only_with_yes_and_nothing_with_add(arctui: Arctui) -> None:
    path = arctui.file("short.csv", HEAD + BIRCH + TOTAL)
    refused = arctui.call("import", path, "--full")
    assert refused.code == 1
    assert "the report's own totals differ from what was read (row 3: total 1,850.00, read 1,200.00)" in refused.err
    assert "--yes" in refused.err
    assert "--add" in refused.err
    assert arctui.json("import", path, "--add", "--dry-run")["files"][0]["invoices_closed"] == 0
    assert arctui.json("import", path, "--full", "--yes")["files"][0]["invoices_closed"] == 5


def test_a_report_that_was_cut_off_asks_before_it_closes_anything(arctui: Arctui) -> None:
    cut = GROUPED.format("$100.00").removesuffix("TOTAL,,,,,,$100.00\n")
    refused = arctui.call("import", arctui.file("cut.csv", cut), "--full")
    assert (refused.code, "ends without its grand total" in refused.err) == (1, True)


def test_rows_that_were_not_read_are_saved_with_their_cells(empty: Arctui) -> None:
    path = empty.file("open.csv", HEAD + BIRCH + OTHER.format("n/a"))
    saved = empty.folder / "rest.csv"
    document = empty.json("import", path, "--dry-run", "--skipped", str(saved))
    assert document["skipped_file"] == str(saved)
    with saved.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    assert header[:4] == ["Row", "Why", "Customer", "Number"]
    assert row[:4] == ["3", "the open balance 'n/a' is no amount", "Birch Works", "B-1042"]
    assert row[4:] == ["Birch Works", "100", "B-1042", "2026-11-01", "2026-12-01", "650.00", "n/a", "USD", "'=1+1"]


def test_rows_of_several_files_are_saved_with_the_name_of_theirs(empty: Arctui) -> None:
    files = [empty.file(f"{n}.csv", HEAD + BIRCH + OTHER.format(n)) for n in ("x", "y")]
    saved = empty.folder / "rest.csv"
    assert empty.call("import", *files, "--dry-run", "--skipped", str(saved)).code == 0
    rows = list(csv.DictReader(saved.read_text("utf-8-sig").splitlines()))
    assert [(row["File"], row["Row"]) for row in rows] == [("x.csv", "3"), ("y.csv", "3")]


def test_no_file_is_written_over_and_none_without_rows(empty: Arctui) -> None:
    path, saved = empty.file("open.csv", HEAD + BIRCH), empty.folder / "rest.csv"
    assert empty.json("import", path, "--dry-run", "--skipped", str(saved))["skipped_file"] is None
    assert not saved.exists()
    taken = empty.file("taken.csv", "mine")
    refused = empty.call("import", path, "--skipped", taken)
    assert (refused.code, "exists already: name another file" in refused.err) == (1, True)
    assert Path(taken).read_text("utf-8") == "mine"
    assert empty.call("import", path).out.startswith("open.csv (flat")


def test_void_invoices_are_counted(arctui: Arctui) -> None:
    void = (
        "Customer,Invoice,Invoice Date,Due Date,Open Balance,Status\nElm & Sons,E-9,2026-06-01,2026-07-01,0.00,Void\n"
    )
    summary = arctui.feed(void, "void.csv", "--add")
    assert (summary["invoices_voided"], summary["payments_inferred"], summary["skipped"]) == (1, 0, [])


def test_the_mark_before_the_cents_is_asked_for_and_obeyed(empty: Arctui) -> None:
    rows = "Customer,Invoice,Due Date,Balance\nBirch Works,B-1,2026-09-01,1.000\nCedar Farm,C-1,2026-09-01,500\n"
    path = empty.file("points.csv", rows)
    refused = empty.call("import", path)
    assert (refused.code, "--decimal . or --decimal ," in refused.err) == (1, True)
    assert empty.json("import", path, "--decimal", ".", "--dry-run")["files"][0]["read_total"] == "501.00"
    assert empty.json("import", path, "--decimal", ",")["files"][0]["read_total"] == "1500.00"
