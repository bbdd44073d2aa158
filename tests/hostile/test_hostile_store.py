"""What the book keeps is what came out of cleaning, whatever went in; others find nothing of it lying about."""

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.text import clean
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from tests.cli.command import Arctui
from tests.hostile.book import DAY
from tests.hostile.texts import HOSTILE, harm

_ANY = st.lists(st.one_of(st.text(st.characters(codec=None), max_size=40), st.sampled_from(HOSTILE)), min_size=1)
_HEAD = "Customer,Customer Number,Invoice,Due Date,Balance\n"
#: Of a person who is in no other file.
_CANARY = "Canaria Quillfeather"


def _desk(folder: Path) -> Desk:
    path = folder / "open.csv"
    path.write_text(f"{_HEAD}{_CANARY},100,B-1,2026-09-01,50.00\n", encoding="utf-8")
    desk = Desk(Book(folder / "book.json", new=True), Clock(DAY), "ann")
    from arctui.desk.importing import ImportOptions

    desk.import_file(path, ImportOptions())
    return desk


def _comes_back(texts: list[str], desk: Desk) -> None:
    who = desk.find("100").id
    kept = [clean(text) for text in texts]
    before = len(desk.dossier(who).activities)
    for text, expected in zip(texts, kept, strict=True):
        if expected:
            desk.note(who, text)
    again = Desk(Book(desk.book.path), Clock(DAY), "ann").dossier(who).activities[before:]
    assert [a.note for a in again] == [text for text in kept if text]
    assert not [text for text in kept if harm(text)]


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        return _desk(tmp_path_factory.mktemp("noted"))


@settings(max_examples=8, deadline=None)
@given(texts=_ANY)
def test_notes_of_any_text_come_back_cleaned(noted: Desk, texts: list[str]) -> None:
    _comes_back(texts, noted)


def _random_texts(count: int) -> list[str]:
    texts: list[str] = []

    @settings(max_examples=count, database=None)
    @given(st.text(st.characters(codec=None), max_size=60))
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    return texts


@pytest.mark.sweep
def test_ten_thousand_random_texts_come_back_cleaned(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / str(number)).mkdir()
        _comes_back(_random_texts(1000), _desk(tmp_path / str(number)))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_every_file_is_its_owners_alone_under_any_umask(tmp_path: Path, umask: int) -> None:
    arctui = Arctui(tmp_path / "own", DAY)
    arctui.folder.mkdir()
    (arctui.folder / "scan.txt").write_text("x", encoding="utf-8")
    before = set(tmp_path.rglob("*"))
    old = os.umask(umask)
    try:
        _use_all(arctui)
    finally:
        os.umask(old)
    made = [path for path in tmp_path.rglob("*") if path not in before and path.name not in ("open.csv", "sent")]
    assert len(made) > 12
    loose = [path for path in made if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert [str(path.relative_to(tmp_path)) for path in loose] == []


def _use_all(arctui: Arctui) -> None:
    arctui.feed(f"{_HEAD}{_CANARY},100,B-1,2026-09-01,50.00\n")
    (arctui.folder / "sent").mkdir()
    for command in (
        "log 100 fri 20 check", "confirm 100 --write", "attach 100 scan.txt", "export all --to all.xlsx",
        "export invoices --to i.csv", "export archive --to a.arctui", "calendar --ics c.ics", "calendar --csv c.csv",
        "review --out day.md", "backup b.json", "letter 100 --kind demand --why x --text --out sent",
        "config set screen.mouse true", "letter templates --write own",
        "import open.csv --skipped left.csv", "review --close", "today",
    ):  # fmt: skip
        words = [str(arctui.folder / w) if re.search(r"\.[a-z]+$|^sent$|^own$", w) and w != "screen.mouse" else w
                 for w in command.split()]  # fmt: skip
        result = arctui.call(*words)
        assert result.code in (0, 1), (command, result)
