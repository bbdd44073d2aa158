"""Files that are refused: the sentence names the file's folder, what it is, and what to do."""

from pathlib import Path

import pytest

from arctui.exchange.read import read_data
from arctui.exchange.report import ReadOptions, ReportError
from arctui.exchange.source import contents, source_of


def test_a_file_that_is_not_there_is_told_with_the_folder_that_was_looked_in(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=f"'none.csv' cannot be read in {tmp_path} "):
        contents(tmp_path / "none.csv")


def test_json_lines_are_named_as_what_they_are() -> None:
    with pytest.raises(ReportError, match="this is JSON, which is not read: export CSV or XLSX"):
        source_of(b'{"number": "1", "amount": "2.00"}\n{"number": "2"}\n')
    assert source_of(b"{Customer},Invoice\nA,1\n").sheets


def test_a_layout_that_is_none_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(
        ReportError, match="there is no layout 'xero-invoice': the nearest names are xero-"
    ) as refused:
        read_data(b"Customer,Invoice,Due Date,Balance\nA,1,2026-10-01,2.00\n", ReadOptions(layout="xero-invoice"))
    assert len(str(refused.value)) < 250
