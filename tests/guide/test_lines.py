"""Every line in the guide that is to be typed is read by the program as the guide says."""

from collections.abc import Iterator

import pytest

from arctui.core.capture import read_line
from arctui.core.records import Account
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.guide.chapters import NAMES, chapter
from arctui.store import Book

REPORT = """\
Customer,Customer Number,Invoice,Date,Due Date,Balance
Birch Works,100,B-1041,2026-09-08,2026-10-08,"1,200.00"
"""
PEOPLE = """\
Customer,Contact,Phone,Email
Birch Works,Tony Marsh,+1 480 555 0142,tony@birch.example.com
"""


def lines(kind: str) -> Iterator[str]:
    for name in NAMES:
        for block in chapter(name).blocks:
            if block.kind == "code" and block.before == kind:
                yield from (span.text.partition("   ")[0].strip() for span in block.text)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    from arctui.desk.importing import ImportOptions

    folder = tmp_path_factory.mktemp("guide")
    desk = Desk(Book(folder / "book.json", new=True), Clock("2026-11-23T10:12"), "ann")
    for name, text in (("report.csv", REPORT), ("people.csv", PEOPLE)):
        (folder / name).write_text(text, encoding="utf-8")
        desk.import_file(folder / name, ImportOptions())
    (account,) = desk.book.facts.all(Account)
    desk.corrections.save(account.id, "runs weekly fri")
    return desk


@pytest.mark.parametrize("line", list(lines("line")))
def test_every_capture_line_is_read(line: str, desk: Desk) -> None:
    (account,) = desk.book.facts.all(Account)
    reading = read_line(line, desk.situation(account.id))
    assert not reading.problems, reading.problems


@pytest.mark.parametrize("line", list(lines("correct")))
def test_every_correction_is_read(line: str, desk: Desk) -> None:
    (account,) = desk.book.facts.all(Account)
    reading = desk.corrections.read(account.id, line)
    assert reading.sentences
    assert not reading.problems
