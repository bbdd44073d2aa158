"""`arctui export`: tables for spreadsheets, notes for other systems; what is written can be read again."""

import csv
import io
import json
import os
import re
import signal
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from arctui.cli.arguments import parser
from arctui.cli.bar import Bar
from arctui.core.changes import added
from arctui.core.records import Account
from arctui.desk.exporting import TABLES, WHAT
from arctui.store import Book
from tests.cli.command import AMOUNT, DATE, Arctui, maybe, misfit
from tests.cli.test_refusals import refusal

HOSTILE = """\
Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency
=SUM(A1) Holdings,=9,+1,2026-09-08,2026-10-08,1200.00,1200.00,USD
@x [/],-5,"=cmd|' /C calc'!A0",2026-09-08,2026-10-08,50.00,50.00,USD
Smith & Sons,200,C-1,2026-10-09,2026-11-09,-300.00,-300.00,USD
"""


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def exported(arctui: Arctui, *arguments: str) -> list[dict[str, str]]:
    result = arctui.call("export", *arguments)
    assert result.code == 0, result
    return table(result.out)


def to_file(arctui: Arctui, what: str, name: str, *more: str) -> Path:
    path = arctui.folder / name
    result = arctui.call("export", what, "--to", str(path), *more)
    assert result.code == 0, result
    assert str(path) in result.out
    return path


@pytest.fixture
def busy(arctui: Arctui) -> Arctui:
    """A book with a promise, a dispute, a follow-up, a payment, and what was said."""
    arctui.call("log", "100", "wbp", "fri", "1200", "ach", "tony", "--", "certain")
    arctui.call("log", "200", "dsp", "100", "=1+1 pallets")
    arctui.call("log", "300", "cb", "tue", "10:30")
    arctui.feed(
        "Customer,Customer Number,Payment Date,Amount,Invoice\nElm & Sons,400,2026-11-13,310.50,E-9\n", "p.csv"
    )
    return arctui


def test_every_table_has_rows_with_the_account_on_them(busy: Arctui) -> None:
    busy.call("review", "--close")
    for what in TABLES:
        rows = exported(busy, what)
        assert rows, what
        if what not in ("figures", "closings"):
            assert all(row["Customer"] for row in rows), what


def test_the_words_of_the_command_are_those_that_the_desk_knows() -> None:
    for what in WHAT:
        assert parser().parse_args(["export", what]).what == what


def test_an_invoice_has_what_is_derived_of_it(busy: Arctui) -> None:
    (row,) = [r for r in exported(busy, "invoices", "--account", "birch works") if r["Invoice Number"] == "B-1041"]
    assert (row["Customer"], row["Customer ID"]) == ("Birch Works", "100")
    assert (row["Invoice Date"], row["Due Date"]) == ("2026-09-08", "2026-10-08")
    assert (row["Amount"], row["Open Balance"], row["Currency"]) == ("1200.00", "1200.00", "USD")
    assert (row["Days Past Due"], row["Bucket"]) == ("39", "31-60")
    assert (row["Promised"], row["Disputed"], row["Collectable"]) == ("1200.00", "0.00", "0.00")


def test_a_promise_has_its_verdict_and_how_late_it_is(busy: Arctui) -> None:
    busy.day = "2026-12-01"
    (row,) = exported(busy, "promises")
    assert (row["Promised For"], row["Amount"], row["Method"]) == ("2026-11-20", "1200.00", "bank transfer")
    assert (row["Verdict"], row["Paid"], row["Days Late"]) == ("broken", "0.00", "11")
    assert (row["Invoices"], row["Words"]) == ("B-1041", "certain")


def test_figures_are_those_of_stats(busy: Arctui) -> None:
    rows = {row["Currency"]: row for row in exported(busy, "figures")}
    stats = busy.json("stats")
    for currency, document in (("USD", stats), ("EUR", stats["other_currencies"]["EUR"])):
        assert rows[currency]["Total"] == document["aging"]["total"]
        assert rows[currency]["90+"] == document["aging"]["90+"]
        assert rows[currency]["Invoices Paid Off"] == str(document["days_late"]["invoices"])
        assert float(rows[currency]["DSO Count-Back"] or -1) == (document["countback_dso"] or -1)


def test_the_worklist_is_that_of_today(busy: Arctui) -> None:
    rows = exported(busy, "worklist")
    today = busy.json("today")
    assert [(r["Customer"], r["Reason"], r["Why"], r["Amount"]) for r in rows] == [
        (t["account"], t["bucket"], t["why"], t["amount"]) for t in today
    ]


def test_days_and_accounts_choose(busy: Arctui) -> None:
    numbers = {
        r["Invoice Number"] for r in exported(busy, "invoices", "--from", "2026-09-01", "--to-day", "2026-09-30")
    }
    assert numbers == {"B-1041", "F-1"}
    assert {r["Customer"] for r in exported(busy, "activities", "--account", "200")} == {"Cedar Farm"}
    assert exported(busy, "activities", "--from", "2026-11-17") == []


def test_json_lines_and_json_are_the_same_rows(busy: Arctui) -> None:
    lines = [json.loads(line) for line in busy.call("export", "invoices", "--format", "jsonl").out.splitlines()]
    assert lines == busy.json("export", "invoices")
    assert not misfit(
        lines,
        [{"customer": str, "open_balance": AMOUNT, "due_date": maybe(DATE), "days_past_due": int, "currency": str}],
    )
    path = to_file(busy, "invoices", "i.jsonl")
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == lines


def test_a_workbook_has_a_sheet_for_each_table(busy: Arctui) -> None:
    busy.call("review", "--close")
    book = CalamineWorkbook.from_path(str(to_file(busy, "all", "all.xlsx")))
    assert book.sheet_names == list(TABLES)
    for what in TABLES:
        read = book.get_sheet_by_name(what).to_python()
        assert len(read) == len(exported(busy, what)) + 1
        assert read[0] == list(exported(busy, what)[0])


def test_a_zip_has_a_file_for_each_table(busy: Arctui) -> None:
    with zipfile.ZipFile(to_file(busy, "all", "all.zip")) as files:
        assert files.namelist() == [f"{what}.csv" for what in TABLES]
        assert table(files.read("invoices.csv").decode()) == exported(busy, "invoices")


def test_files_are_private_and_none_is_written_over_unless_forced(busy: Arctui) -> None:
    path = to_file(busy, "people", "people.csv")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert "exists already: name another file, or say --force" in refusal(
        busy.call("export", "people", "--to", str(path))
    )
    assert path.read_bytes() == before
    to_file(busy, "invoices", "people.csv", "--force")
    assert path.read_bytes() != before


def test_an_export_that_is_interrupted_leaves_no_file_and_says_so(
    busy: Arctui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.xlsx"
    monkeypatch.setattr(Bar, "at", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    result = busy.call("export", "invoices", "--to", str(path))
    assert (result.code, result.out) == (130, "")
    assert result.notes == [f"arctui: {path}: the export was cancelled: nothing was written"]
    assert not list(tmp_path.glob("*list*"))


def test_an_export_changes_nothing_in_the_book(busy: Arctui) -> None:
    before = {p.name: p.read_bytes() for p in busy.folder.iterdir() if p.is_file()}
    for what in (*TABLES, "activity"):
        exported(busy, what)
    assert {p.name: p.read_bytes() for p in busy.folder.iterdir() if p.is_file()} == before


# Formulas


def test_hostile_names_are_harmless_in_csv_and_in_a_workbook(empty: Arctui) -> None:
    empty.feed(HOSTILE)
    rows = exported(empty, "invoices")
    assert {r["Customer"] for r in rows} == {"'=SUM(A1) Holdings", "'@x [/]", "Smith & Sons"}
    assert {r["Customer ID"] for r in rows} == {"'=9", "'-5", "200"}
    assert {r["Open Balance"] for r in rows} == {"1200.00", "50.00", "-300.00"}
    cells = CalamineWorkbook.from_path(str(to_file(empty, "invoices", "i.xlsx"))).get_sheet_by_name("invoices")
    assert {row[0] for row in cells.to_python()[1:]} == {"=SUM(A1) Holdings", "@x [/]", "Smith & Sons"}
    assert {row[7] for row in cells.to_python()[1:]} == {1200.0, 50.0, -300.0}


def test_what_somebody_wrote_into_the_book_itself_does_not_act_on_a_terminal(arctui: Arctui) -> None:
    book = Book(arctui.book)
    evil = Account(id="evil", name="\x1b]0;pwned\x07Evil\x9b31m\u202e", number="\x1b[2J9")
    book.commit("evil \x1b[2J", [added(evil)], "ann", datetime(2026, 11, 16, 10, 30, tzinfo=UTC))
    for arguments in (
        ["account", "Evil"],
        ["account", "Evil", "--json"],
        ["history"],
        ["history", "--json"],
        ["export", "accounts"],
        ["export", "accounts", "--json"],
        ["export", "accounts", "--format", "jsonl"],
        ["account", "\x1b[2J"],
    ):
        result = arctui.call(*arguments)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(result.out + result.err), arguments


# There and back


def test_what_was_exported_as_csv_can_be_imported_again(busy: Arctui, tmp_path: Path) -> None:
    files = [str(to_file(busy, what, f"{what}.csv")) for what in ("invoices", "accounts", "people", "payments")]
    other = Arctui(tmp_path / "other", busy.day)
    other.folder.mkdir()
    result = other.call("import", *files)
    assert result.code == 0, result
    assert other.json("stats")["aging"] == busy.json("stats")["aging"]
    for what in ("invoices", "people", "payments"):
        of = (
            "Customer",
            "Customer ID",
            "Invoice Number",
            "Open Balance",
            "Contact",
            "Phone",
            "Amount",
            "Payment Date",
        )
        there, here = exported(other, what), exported(busy, what)
        assert [[r.get(name) for name in of] for r in there] == [[r.get(name) for name in of] for r in here]


def test_what_was_exported_brings_nothing_new_into_its_own_book(busy: Arctui) -> None:
    before = busy.json("stats"), busy.json("today")
    files = [str(to_file(busy, what, f"{what}.csv")) for what in ("invoices", "accounts", "people", "payments")]
    assert busy.call("import", *files).code == 0
    assert (busy.json("stats"), busy.json("today")) == before


# Notes for other systems


def test_the_activity_of_the_day_has_calls_and_promises(busy: Arctui) -> None:
    rows = exported(busy, "activity")
    assert {r["Kind"] for r in rows} >= {"call", "promise"}
    (promise,) = [r for r in rows if r["Kind"] == "promise"]
    assert (promise["Customer ID"], promise["Invoices"]) == ("100", "B-1041")
    assert "1,200.00" in promise["Subject"]
    assert exported(busy, "activity", "--from", "2026-11-17") == []


def test_a_system_has_its_own_columns_and_each_cell_its_quotes(busy: Arctui) -> None:
    assert busy.call("export", "activity", "--for", "24sevenoffice").out.startswith(
        '"NoteCategoryId","NoteCompanyId"'
    )
    rows = exported(busy, "activity", "--for", "sage100", "--company", "ABX")
    assert {r["CompanyID"] for r in rows} == {"ABX"}


def test_accounts_that_a_system_cannot_know_are_named(busy: Arctui) -> None:
    busy.call("log", "fir", "na")
    result = busy.call("export", "activity", "--for", "sage100", "--company", "ABX")
    assert result.notes == ["arctui: note: 1 account without a number left out: Fir Logistics"]


# Refusals


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["all"], "all of it is several tables"),
        (["all", "--to", "{}/a.csv"], "name a workbook"),
        (["invoices", "--to", "{}/a.pdf"], "--format csv, xlsx or jsonl"),
        (["invoices", "--format", "xlsx"], "--to FILE.xlsx"),
        (["figures", "--account", "100"], "leave --account out"),
        (["people", "--from", "2026-01-01"], "no day of their own"),
        (["invoices", "--from", "2026-02-01", "--to-day", "2026-01-01"], "before 2026-02-01"),
        (["invoices", "--from", "soon"], "write YYYY-MM-DD"),
        (["invoices", "--account", "nobody"], "no account is called 'nobody'"),
        (["activity", "--for", "xero"], "it is not known that 'xero' takes notes in"),
        (["activity", "--for", "sage100"], "--company CODE"),
        (["activity", "--to", "{}/a.xlsx"], "is CSV"),
        (["archive"], "--to FILE.arctui"),
        (["archive", "--to", "{}/a.zip"], "FILE.arctui"),
        (["archive", "--to", "{}/a.arctui", "--account", "100"], "holds the whole book"),
        (["invoices", "--to", "{}/none/a.csv"], "there is no folder"),
        (["invoices", "--to", "{}"], "is no regular file"),
        (["invoices", "--to", "{}/book.json", "--format", "csv", "--force"], "belongs to the book"),
        (["invoices", "--to", "{}/book.json.journal", "--format", "csv"], "belongs to the book"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(arctui: Arctui, arguments: list[str], words: str) -> None:
    before = sorted(arctui.folder.iterdir())
    assert words in refusal(arctui.call("export", *(a.replace("{}", str(arctui.folder)) for a in arguments)))
    assert sorted(arctui.folder.iterdir()) == before


def test_an_unknown_table_is_wrong_usage(arctui: Arctui) -> None:
    assert arctui.call("export", "everything").code == 2


# The archive


def documents(arctui: Arctui) -> list[Any]:
    """What the book says of everything."""
    names = [row["Customer"] for row in exported(arctui, "accounts")]
    return [
        arctui.json("stats"),
        arctui.json("today"),
        *(arctui.json("account", name) for name in dict.fromkeys(names)),
    ]


def test_an_archive_brings_the_whole_book_to_another_place(busy: Arctui, tmp_path: Path) -> None:
    path = to_file(busy, "archive", "a.arctui")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    other = Arctui(tmp_path / "other", busy.day)
    other.folder.mkdir()
    (summary,) = other.json("import", str(path), "--dry-run")["files"]
    assert not other.book.exists()
    assert (summary["kind"], summary["accounts_added"], summary["payments_added"]) == ("archive", 5, 1)
    assert other.call("import", str(path)).code == 0
    assert documents(other) == documents(busy)
    assert other.json("history") == busy.json("history")
    assert other.json("check")["counts"] == busy.json("check")["counts"]
    assert other.json("undo")["undone"] == busy.json("undo")["undone"]


def test_an_archive_is_explained_and_what_is_none_is_told(busy: Arctui) -> None:
    path = to_file(busy, "archive", "a.arctui")
    before = busy.json("check")
    told = busy.call("import", "--explain", str(path)).out
    assert told.startswith("a.arctui: the archive of a whole book, which goes into an empty one\n")
    assert "5 accounts" in told
    assert "1 payment" in told
    (document,) = busy.json("import", "--explain", str(path))["files"]
    assert (document["kind"], document["accounts"], document["payments"]) == ("archive", 5, 1)
    path.write_bytes(b"Customer,Invoice\n")
    assert "its first line is not that of an archive" in refusal(busy.call("import", "--explain", str(path)))
    assert busy.json("check") == before


def test_an_archive_is_refused_by_a_book_that_has_something_in_it(busy: Arctui) -> None:
    path = to_file(busy, "archive", "a.arctui")
    before = busy.json("check")
    told = refusal(busy.call("import", str(path)))
    assert re.search(r"this one has 5 accounts already: arctui --book NEW\.json import a\.arctui", told)
    assert busy.json("check") == before


def test_a_damaged_archive_leaves_no_book_behind(busy: Arctui, tmp_path: Path) -> None:
    path = to_file(busy, "archive", "a.arctui")
    content = path.read_bytes()
    other = Arctui(tmp_path / "other", busy.day)
    other.folder.mkdir()
    for damaged in (content[:-10], content[: len(content) // 2], b"Customer,Invoice\n", b""):
        path.write_bytes(damaged)
        assert "it was damaged or cut off" in refusal(other.call("import", str(path)))
        assert list(other.folder.iterdir()) == []


def test_documents_beside_the_book_are_told_of(busy: Arctui) -> None:
    assert busy.call("confirm", "100", "--write").code == 0
    result = busy.call("export", "archive", "--to", str(busy.folder / "a.arctui"))
    assert "are not in it: copy that folder too" in result.err
