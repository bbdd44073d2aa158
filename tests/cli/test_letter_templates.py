"""The commands about letter templates: prove, write ours as a start, show; the book is never touched."""

from pathlib import Path

import pytest

from arctui.core.letter_records import LetterKind
from arctui.letters.template import file_name, standard
from tests.cli.command import Arctui
from tests.cli.test_playbook import files

OWN = "Subject: Please pay {{ total }}\n\n{{ total }} by {{ deadline }}\n"


def test_ours_are_proved_without_a_book_and_none_is_made(empty: Arctui) -> None:
    result = empty.call("letter", "check")
    assert (result.code, result.err) == (0, "")
    assert result.out == "the standard templates: they hold together: 9 letters, 0 of them from own templates\n"
    assert files(empty.folder) == {}
    document = empty.json("letter", "check")
    assert document == {"ok": True, "folder": "", "own": [], "problems": []}


def test_ours_are_written_as_a_start_and_nothing_is_written_over(empty: Arctui) -> None:
    folder = empty.folder / "new" / "letters"
    folder.mkdir(parents=True)
    (folder / "demand.txt").write_text(OWN)
    written = empty.call("letter", "templates", "--write", str(folder))
    assert (written.code, written.err) == (0, "")
    assert f"{folder}/demand.txt: is there already, it stays\n" in written.out
    assert f"{folder}/final-demand.txt: written\n" in written.out
    assert (folder / "demand.txt").read_text() == OWN
    assert (folder / "reminder.txt").read_text() == standard(LetterKind.REMINDER).text
    assert sorted(p.name for p in folder.iterdir()) == sorted(map(file_name, LetterKind))
    before = files(empty.folder)
    again = empty.json("letter", "templates", "--write", str(folder))
    assert (again["files"], len(again["kept"])) == ([], 9)
    assert files(empty.folder) == before
    assert empty.call("letter", "check", str(folder)).out.startswith(f"{folder}: they hold together: 9 letters, 9 of")


def test_the_folder_that_the_policy_names_is_proved(arctui: Arctui) -> None:
    folder = arctui.folder / "our letters"
    folder.mkdir()
    (folder / "demand.txt").write_text(OWN)
    assert arctui.json("letter", "check")["own"] == []
    assert arctui.call("policy", "letter_templates", "our letters").code == 0
    assert arctui.json("letter", "check")["own"] == ["demand.txt"]
    (folder / "demand.txt").write_text(f"{OWN}\n{{{{ amout }}}}\n")
    before = files(arctui.folder)
    result = arctui.call("letter", "check")
    told = f"{folder}/demand.txt:5: there is nothing called 'amout'; did you mean 'amount'?"
    assert (result.code, result.out, result.err) == (1, "", f"arctui: {told}\n")
    broken = arctui.call("letter", "check", "--json")
    assert broken.code == 1
    assert broken.json["problems"] == [
        {
            "file": f"{folder}/demand.txt",
            "line": 5,
            "what": "there is nothing called 'amout'; did you mean 'amount'?",
        }
    ]
    assert files(arctui.folder) == before


def test_the_template_in_force_is_shown(arctui: Arctui) -> None:
    ours = standard(LetterKind.FINAL)
    for words in (["final demand"], ["final-demand"], ["final"], ["final", "demand"], ["Final-Demand.txt"]):
        assert arctui.call("letter", "show", *words).out == ours.text
    folder = arctui.folder / "letters"
    folder.mkdir()
    (folder / "demand.txt").write_text(OWN)
    document = arctui.json("letter", "show", "demand")
    assert (document["kind"], document["file"], document["text"]) == ("demand", f"{folder}/demand.txt", OWN)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "nowhere"], "nowhere: no such file or directory"),
        (["templates", "--write", "/dev/null"], "/dev/null: the templates cannot be written there: file exists"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(empty: Arctui, words: list[str], told: str) -> None:
    said(empty, words, told, 1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "threat"], "which letter? They are reminder, demand, final demand, "),
        (["show"], "which letter? They are reminder, "),
        (["templates"], "say where to write them: arctui letter templates --write FOLDER"),
        (["check", "a", "b"], "letter check takes one folder: arctui letter check FOLDER"),
    ],
)
def test_what_is_used_wrongly_exits_2(empty: Arctui, words: list[str], told: str) -> None:
    said(empty, words, told, 2)


def said(empty: Arctui, words: list[str], told: str, code: int) -> None:
    result = empty.call("letter", *words)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"arctui: {told}")
    assert len(result.err.splitlines()) == 1
    assert files(empty.folder) == {}


def test_a_folder_that_cannot_be_read_is_told(empty: Arctui) -> None:
    path = Path(empty.file("letters.txt", OWN))
    result = empty.call("letter", "check", str(path))
    assert (result.code, result.err) == (1, f"arctui: {path}: not a directory\n")
