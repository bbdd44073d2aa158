"""Files that are made to exhaust a reader are refused in a sentence, or read within bounds."""

import os
import re
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from arctui.core.doubles import Doubles, near_names
from arctui.core.records import Account
from arctui.exchange.report import ReportError
from arctui.exchange.source import source_of
from tests.cli.command import Arctui

_HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency\n"
_BANK = "Date,Description,Amount,Balance\n2026-09-01,rent,-5,5\n"
_MEMORY, _REFUSED_SECONDS, _READ_SECONDS = 1 << 30, 5.0, 60.0
_NESTED = "".join(f"--y{n}\nContent-Type: multipart/mixed; boundary=y{n + 1}\n\n" for n in range(900))


def _items(name: Callable[[int], str], count: int) -> str:
    return _HEAD + "".join(f"{name(n)},{n},I{n},2026-09-01,2026-10-01,5,5,USD\n" for n in range(count))


def test_long_names_are_compared_as_they_stand() -> None:
    name = "ab" * 5000
    doubles = Doubles([Account(id="1", name=name), Account(id="2", name=name.upper())], lambda _: ())
    assert len(doubles._first) == 1
    assert [(d.account, d.other) for d in doubles.all()] == [("2", "1")]
    assert near_names("b" * 200, "b" * 201) == ""


def test_a_cell_that_no_spreadsheet_can_show_costs_its_row_only(tmp_path: Path) -> None:
    arctui = Arctui(tmp_path)
    said = arctui.feed(_items(lambda n: "x" * (32_768 if n == 1 else 32_767), 3))
    assert said["accounts_added"] == 2
    assert [(row["row"], "32,767" in row["why"]) for row in said["skipped"]] == [(3, True)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[" * 200_000, "no row can be read"),
        ("<html>" + "<table><tr><td>" * 50_001, "tables"),
        ("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=y0\n\n" + _NESTED, "nested|without a table"),
        (
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + "--x\nContent-Type: a/b\n\n" * 1001,
            "parts",
        ),
        ("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + "--x\n\n\n" * 50_001, "parts"),
    ],
)
def test_what_is_nested_or_many_beyond_a_report_is_refused(content: str, why: str) -> None:
    with pytest.raises(ReportError, match=why):
        source_of(content.encode())


def _workbook(sheet: Iterable[str], beside: dict[str, str] | None = None) -> Callable[[Path], None]:
    """Return what writes a workbook of one sheet, of which the parts are written one after the other."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        **(beside or {}),
    }

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for name, text in parts.items():
                book.writestr(name, text)
            with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
                for text in (f'<worksheet xmlns="{main}"><sheetData>', *sheet, "</sheetData></worksheet>"):
                    file.write(text.encode())

    return write


def _sparse(size: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(_HEAD, encoding="utf-8")
        os.truncate(path, size)

    return write


def _laughs() -> str:
    grown = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">{grown}]><l>&j;</l>'


#: Of each: what it holds, or what writes it.
_BOMBS: dict[str, str | bytes | Callable[[Path], None]] = {
    "empty.csv": "",
    "noise.csv": bytes(range(256)) * 4000,
    "gigabyte.csv": _sparse(1 << 30),
    "line.csv": _HEAD + "x" * (60 << 20),
    "columns.csv": "x," * 1_000_000 + "\n" + "1," * 1_000_000,
    "rows.csv": _HEAD + "a,1,I,2026-09-01,2026-10-01,5,5,USD\n" * 2_000_000,
    "quotes.csv": _HEAD + '"a,1,I,2026-09-01,2026-10-01,5,5,USD\n' * 20_000,
    "cell.csv": _items(lambda _: "x" * 100_000, 100),
    "names.csv": _items(lambda n: f"{'x' * 9_990}{n}", 2_000),
    "words.csv": _items(lambda n: f"{'long ' * 2_000}{n}", 2_000),
    "numbers.csv": _HEAD + f"a,{'9' * 9000},{'1' * 9000},2026-09-01,2026-10-01,{'9' * 9000},1e999,USD\n" * 300,
    "days.csv": _HEAD + f"a,1,I,{'1/' * 5000},9999-99-99,5,5,USD\n" * 300,
    "bank.csv": _BANK + "".join(f"2026-09-01,{'pay er ' * 1400}{n},5,5\n" for n in range(1000)),
    "marks.csv": _items(lambda _: "e" + "\u0301" * 30_000, 300),
    "escapes.csv": _items(lambda _: "\x1b]0;" * 8_000, 300),
    "brackets.json": "[" * 200_000,
    "braces.json": '{"a":' * 100_000,
    "tables.html": "<html><body>" + "<table><tr><td>" * 1_000_000,
    "spans.html": "<table>" + ("<tr>" + "<td colspan=16000 rowspan=60000>x" * 50) * 50,
    "nested.mht": "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=y0\n\n" + _NESTED,
    "parts.mht": "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + "--x\n\n\n" * 2_000_000,
    "deep.xml": '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
    + "<a>" * 500_000,
    "laughs.xml": _laughs(),
    "deep.ofx": "OFXHEADER:100\n\n<OFX>" + "<STMTTRN>" * 500_000,
    "entries.journal": "2026-01-01 x\n    assets:receivable:a  5\n    b\n" * 100_000,
    "no.xlsx": "PK\3\4 no",
    "blanks.xlsx": _workbook("<row/>" + " " * (1 << 20) for _ in range(2048)),
    "laughs.xlsx": _workbook([_laughs()]),
    "far.xlsx": _workbook(['<row r="99999999"><c r="ZZZZZZ99999999"><v>1</v></c></row>']),
    "cells.xlsx": _workbook(['<row><c t="inlineStr"><is><t>' + "x" * 200_000 + "</t></is></c></row>"] * 50),
    "up.xlsx": _workbook([], {"../../../../../../tmp/arctui-was-here": "x"}),
    "pipe.csv": os.mkfifo,
    "zeros.csv": lambda path: path.symlink_to("/dev/zero"),
    "folder.csv": Path.mkdir,
    "loop.csv": lambda path: path.symlink_to(path),
}


#: Of what a command says so much is looked at by letter.
_MOST_TOLD = 4_000


def _run(arctui: Arctui, *command: str) -> tuple[int, str, float, int]:
    """Run a command with 1 GiB of addresses; return its status, what it said, its seconds and its MiB."""
    begun = time.monotonic()
    with (arctui.folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "arctui", *command],
            env=arctui.environment,
            cwd=arctui.folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY)),
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    text = (arctui.folder / "said").read_text(encoding="utf-8", errors="replace")
    if len(text) > _MOST_TOLD:
        # What is compared must not be what takes the memory.
        found = [word for word in ("Traceback", "root:x:0") if word in text]
        text = f"{text[:_MOST_TOLD]} ... {' '.join(found)}"
    code, mebibytes = os.waitstatus_to_exitcode(status), usage.ru_maxrss >> 10
    clock = time.monotonic() - begun
    print(f"{command} {code} {seconds:5.1f} s, by the clock {clock:5.1f} s, {mebibytes:5} MiB  {text[:110]!r}")
    return code, text, seconds, mebibytes


#: What reads a file that somebody else wrote.
_READERS = {
    "import": ("import", "--yes"),
    "explain": ("import", "--explain"),
    "attach": ("attach", "base"),
    "restore": ("restore",),
    "playbook": ("playbook", "check"),
}


@pytest.mark.sweep
@pytest.mark.parametrize("reader", _READERS)
@pytest.mark.parametrize("name", _BOMBS)
def test_a_bomb_is_refused_or_read_within_bounds(tmp_path: Path, name: str, reader: str) -> None:
    arctui, bomb, path = Arctui(tmp_path), _BOMBS[name], tmp_path / "bomb" / name
    path.parent.mkdir()
    arctui.feed("Customer,Invoice,Due Date,Balance\nbase,B,2026-09-01,5\n", "base.csv")
    before = arctui.book.read_bytes()
    if callable(bomb):
        bomb(path)
    else:
        path.write_bytes(bomb.encode() if isinstance(bomb, str) else bomb)
    status, text, seconds, _ = _run(arctui, *_READERS[reader], str(path))
    assert "Traceback" not in text
    assert not Path("/tmp/arctui-was-here").exists()
    assert "root:x:0" not in text
    if status == 0:
        assert seconds <= _READ_SECONDS
        assert arctui.json("check")["ok"]
    else:
        assert status == 1
        assert seconds <= _REFUSED_SECONDS
        assert re.match(r"arctui: |.*: ", text)
        assert arctui.book.read_bytes() == before
        assert not arctui.book.with_name("book.json.journal").exists() or reader != "import"
