"""Opening a file tells how far it is, and is called off in the midst of it."""

import io
import subprocess

import pytest
import xlsxwriter

from arctui.exchange import workbook
from arctui.exchange.progress import ROWS, Cancelled, Unwatched
from arctui.exchange.source import source_of


class CalledOff(Unwatched):
    """Calls it off when so many rows are there."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.told: list[tuple[int, int]] = []

    def at(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if done >= self.after:
            raise Cancelled


CSV = "Customer,Invoice\n" + "Birch,1\n" * (3 * ROWS)
HTML = "<table>" + "<tr><td>Birch</td><td>1</td></tr>" * (3 * ROWS) + "</table>"
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="a"><Table>'
    + "<Row><Cell><Data>Birch</Data></Cell></Row>" * (3 * ROWS)
    + "</Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize(("text", "total"), [(CSV, 3 * ROWS + 1), (HTML, 0), (XML, 0)])
def test_a_file_of_text_is_called_off_among_its_rows(text: str, total: int) -> None:
    progress = CalledOff(after=2 * ROWS if total else 0)
    with pytest.raises(Cancelled):
        source_of(text.encode(), progress)
    assert progress.told[-1] == ((2 * ROWS, total) if total else (0, 0))


def test_a_workbook_is_called_off_while_its_reader_is_at_it_which_then_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_string(0, 0, "Birch")
    readers: list[subprocess.Popen[bytes]] = []
    answer = workbook._answer

    def looked_at(reader: subprocess.Popen[bytes], data: bytes, progress: CalledOff) -> bytes:
        readers.append(reader)
        return answer(reader, data, progress)

    monkeypatch.setattr(workbook, "_answer", looked_at)
    with pytest.raises(Cancelled):
        source_of(file.getvalue(), CalledOff(after=0))
    assert readers[0].poll() not in (None, 0)
    assert source_of(file.getvalue(), CalledOff(after=1)).sheets[0].table.rows[0].cells == ("Birch",)
