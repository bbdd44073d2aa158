"""Every file that is written keeps hostile text as text, each format in its own way."""

import csv
import io
import json
import re
import shutil
import stat
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar

from tests.cli.command import Arctui
from tests.hostile.book import DAY, HostileBook
from tests.hostile.texts import HOSTILE, harm

_TABLES = (
    "accounts",
    "people",
    "invoices",
    "payments",
    "promises",
    "activities",
    "disputes",
    "followups",
    "worklist",
)
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
#: No part of a path or a command, on any system.
_NAME = re.compile(r"[^\W_][^/\\:<>\"|?*\x00-\x1f$`;~]*")
#: What a PDF would do when it is opened or clicked on.
_ACTING = (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/AA", b"/SubmitForm", b"/EmbeddedFile")


@pytest.fixture
def arctui(filled: HostileBook, tmp_path: Path) -> Arctui:
    shutil.copytree(filled.folder, tmp_path / "copy")
    return Arctui(tmp_path / "copy", DAY)


def _written(arctui: Arctui, *command: str, name: str = "out") -> bytes:
    """Write a file by a command that ends in its name; nobody else may read it."""
    path = arctui.folder / name
    result = arctui.call(*command, str(path))
    assert result.code == 0, result
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_bytes()


@pytest.mark.parametrize("table", _TABLES)
def test_no_cell_of_a_csv_file_is_a_formula(arctui: Arctui, table: str) -> None:
    text = _written(arctui, "export", table, "--to", name="out.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert _NUMBER.fullmatch(cell) or not _FORMULA.match(cell), ascii(cell)[:80]
        assert not harm(cell, lines=True), ascii(cell)[:80]


def test_a_workbook_has_neither_formulas_nor_links(arctui: Arctui) -> None:
    with zipfile.ZipFile(io.BytesIO(_written(arctui, "export", "all", "--to", name="out.xlsx"))) as book:
        for name in book.namelist():
            content = book.read(name)
            assert not re.search(rb"<f[ >]|<hyperlink|externalLink|_x00[01][0-9A-F]_", content), name
            assert not harm(content.decode(), lines=True), name


def test_rows_of_json_are_objects_without_harm(arctui: Arctui) -> None:
    for line in _written(arctui, "export", "activities", "--to", name="out.jsonl").decode().split("\n"):
        assert not harm(line)
        assert not line or isinstance(json.loads(line), dict)


def test_a_calendar_file_has_its_own_events_only(arctui: Arctui) -> None:
    assert arctui.call("policy", "calendar_shows", "all").code == 0
    content = _written(arctui, "calendar", "--ics", name="out.ics")
    entries = arctui.json("calendar")
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len(entries) > 20
    assert {str(event["summary"]).partition(":")[0] for event in events} <= {str(e["kind"]) for e in entries}
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert not harm(content.replace(b"\r\n ", b"").replace(b"\r\n", b"\n").decode(), lines=True)


def test_the_days_report_keeps_text_as_text(arctui: Arctui) -> None:
    for name in ("day.md", "day.txt", "day.json"):
        text = _written(arctui, "review", "--out", name=name).decode()
        assert not harm(text, lines=True)
        assert name != "day.md" or not re.search(r"(?<!\\)<(script|b)>|(?<!\\)!\[x\]", text)


@pytest.mark.sweep
def test_the_days_report_as_pdf_does_nothing(arctui: Arctui) -> None:
    _is_calm(_written(arctui, "review", "--out", name="day.pdf"))


def _is_calm(content: bytes) -> None:
    """Check that a PDF opens, does nothing by itself, and that its text has no characters that act."""
    assert not [word for word in _ACTING if re.search(word + rb"\b", content)]
    document = pypdfium2.PdfDocument(content)
    for page in document:
        assert not harm(page.get_textpage().get_text_range().replace("\ufffe", "").replace("\r\n", "\n"), lines=True)
    document.close()


def _letters(arctui: Arctui, numbers: range) -> list[Path]:
    """Write letters and emails to these accounts; return all files there are."""
    (arctui.folder / "sent").mkdir()
    for number in numbers:
        arctui.call("letter", f"N{number}", "--kind", "statement", "--eml", "--out", str(arctui.folder / "sent"))
    return [
        path for path in (*arctui.folder.glob("book.json.*/**/*"), *arctui.folder.glob("sent/*")) if path.is_file()
    ]


def _are_sound(paths: list[Path]) -> None:
    for path in paths:
        assert _NAME.fullmatch(path.name), ascii(path.name)
        assert not harm(path.name), ascii(path.name)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        if path.suffix == ".pdf":
            _is_calm(path.read_bytes())
        elif path.suffix == ".eml":
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            known = {"from", "to", "subject", "date", "x-unsent", "mime-version", "content-type"}
            assert {name.lower() for name in message} <= known | {"content-transfer-encoding"}, path
            assert not harm(str(message["subject"])), path
            body = message.get_body(("plain",))
            assert body is None or not harm(body.get_content().replace("\r\n", "\n"), lines=True), path


@pytest.mark.sweep
def test_all_letters_and_claim_files_stay_what_they_are(arctui: Arctui) -> None:
    for number in range(len(HOSTILE)):
        result = arctui.call("claim-file", f"N{number}")
        assert result.code in (0, 1), result
        assert not harm(result.out + result.err, lines=True)
    paths = _letters(arctui, range(len(HOSTILE)))
    assert {".pdf", ".eml"} <= {path.suffix for path in paths}
    _are_sound(paths)
