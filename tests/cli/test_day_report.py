"""`arctui review --report`: the day's report on stdout and in files, and the closing of the day from cron."""

import io
import json
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from arctui.desk import DeskError
from arctui.desk.day_report_files import save
from arctui.letters.day_report_text import page
from tests.cli.command import Arctui
from tests.letters.day_reports import report


def day(arctui: Arctui, *arguments: str) -> str:
    result = arctui.call("review", *arguments)
    assert result.code == 0, result
    return result.out


def test_a_day_is_closed_without_a_screen_and_its_report_is_printed(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 ach tony")
    text = day(arctui, "--close")
    lines = text.splitlines()
    assert lines[0] == "The day, Monday 16 November 2026"
    assert "promises taken" in text
    assert "the review of this day was closed by" in text
    assert max(map(len, lines)) <= 80
    assert day(arctui, "--close") == text, "once more closes nothing, and says the same"


def test_the_report_comes_in_any_form(arctui: Arctui) -> None:
    arctui.json("log", "100", "wbp fri 1200 ach tony")
    assert day(arctui, "--report", "text").startswith("The day, Monday 16 November 2026\n")
    assert day(arctui, "--report", "md").startswith("# The day, Monday 16 November 2026\n")
    document = json.loads(day(arctui, "--report", "json"))
    assert document["figures"]["promises"]["day"] == {"count": 1, "amount": "1200.00"}
    assert document["clerk"] is None
    path = arctui.folder / "day.pdf"
    assert day(arctui, "--report", "pdf", "--out", str(path)) == f"{path}\n"
    assert "Elm & Sons" in PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()


def test_the_whole_document_has_the_report_beside_what_it_had(arctui: Arctui) -> None:
    document = arctui.json("review")
    assert {"date", "broken", "partial", "due", "kept", "totals", "day", "report"} <= document.keys()
    assert document["report"]["figures"]["cash"]["day"] is None, "no payments were imported"


@pytest.mark.parametrize("name", ["day.txt", "day.md", "day.pdf", "day.json"])
def test_a_file_takes_the_place_of_the_same_days_report_and_of_nothing_else(arctui: Arctui, name: str) -> None:
    path = arctui.folder / name
    day(arctui, "--out", str(path))
    arctui.json("log", "100", "wbp fri 1200 ach tony")
    before = path.read_bytes()
    day(arctui, "--out", str(path))
    assert path.read_bytes() != before
    arctui.day = "2026-11-17T10:30"
    kept = path.read_bytes()
    refused = arctui.call("review", "--out", str(path))
    assert (refused.code, path.read_bytes()) == (1, kept)
    assert "exists already, no report of this day: name another file, or say --force" in refused.err
    day(arctui, "--out", str(path), "--force")
    assert path.read_bytes() != kept
    assert sorted(p.name for p in arctui.folder.glob("day*")) == [name], "nothing is left beside it"


def test_a_file_that_cannot_be_written_leaves_the_day_open(arctui: Arctui) -> None:
    for path in (str(arctui.folder / "nowhere" / "day.pdf"), str(arctui.book), "day.doc"):
        refused = arctui.call("review", "--close", "--out", path)
        assert refused.code == 1
        assert len(refused.notes) == 1
    assert arctui.json("review")["report"]["review"]["closed_by"] == []


@pytest.mark.parametrize("arguments", [("--report", "pdf"), ("--json", "--report", "md"), ("--report", "doc")])
def test_what_makes_no_sense_is_wrong_usage(arctui: Arctui, arguments: tuple[str, ...]) -> None:
    assert arctui.call("review", *arguments).code == 2


def test_an_unknown_clerk_is_refused_with_those_there_are(arctui: Arctui) -> None:
    arctui.json("log", "100", "na")
    refused = arctui.call("review", "--clerk", "nobody-at-all")
    assert refused.code == 1
    assert "no clerk of this book is called 'nobody-at-all': there are" in refused.err


def test_the_report_of_one_clerk_names_them(arctui: Arctui) -> None:
    arctui.json("log", "100", "na")
    clerk = arctui.json("account", "100")["activities"][0]["by"]
    assert day(arctui, "--report", "text", "--clerk", clerk).startswith(f"The day of {clerk}, Monday")


def test_pdf_goes_to_a_pipe_where_that_is_said(arctui: Arctui) -> None:
    piped = arctui.call("review", "--report", "pdf", "--out", "-")
    assert (piped.code, piped.out[:5]) == (0, "%PDF-")


def test_a_report_is_private_to_its_owner(arctui: Arctui) -> None:
    path: Path = arctui.folder / "day.txt"
    day(arctui, "--out", str(path))
    assert path.stat().st_mode & 0o077 == 0


def test_an_ending_that_names_another_form_than_is_asked_for_is_refused(arctui: Arctui) -> None:
    refused = arctui.call("review", "--report", "md", "--out", str(arctui.folder / "day.pdf"))
    assert (refused.code, len(refused.notes)) == (1, 1)
    assert "'day.pdf' is to be pdf, and md is asked for" in refused.err


def test_a_report_that_cannot_be_made_leaves_the_day_open(arctui: Arctui, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise DeskError("no report today")

    with monkeypatch.context() as patched:
        patched.setattr("arctui.cli.reviewing.made", fails)
        assert arctui.call("review", "--close").code == 1
    assert arctui.json("review")["report"]["review"]["closed_by"] == []


def test_the_day_counts_in_a_text_report_whose_title_takes_two_lines(tmp_path: Path) -> None:
    firm = "Northside Industrial Supply and Wholesale Company of the Upper River"

    def text(moved: int) -> bytes:
        made = report()
        made = msgspec.structs.replace(made, firm=firm, day=made.day + timedelta(moved))
        return "\n".join(page(made)).encode()

    file = tmp_path / "day.txt"
    save(file, text(0))
    save(file, text(0))
    with pytest.raises(DeskError, match="no report of this day"):
        save(file, text(1))
    assert file.read_bytes() == text(0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "0001-04-15"),
        ("--month", "0001-01"),
        ("--trend", "--to", "0001-01-05"),
        ("--by", "month", "--to", "0001-02-05"),
    ],
)
def test_figures_of_a_day_too_early_to_be_reckoned_are_refused(arctui: Arctui, arguments: tuple[str, ...]) -> None:
    refused = arctui.call("stats", *arguments)
    assert (refused.code, len(refused.notes)) == (1, 1)
    assert "is too early" in refused.err
