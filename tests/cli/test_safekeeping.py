"""`check`, `backup` and `restore` as they are called: what they print, their exit status, and who may read what."""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.store import Book, backups, journal, rights
from tests.cli.command import Arctui, Result, misfit
from tests.store.damaged import HEAVY
from tests.store.faults import refusing
from tests.store.makers import FORMAT_1, contents, only_file, put, resealed

CHECKED = {"ok": bool, "problems": [str], "counts": dict}
RESTORED = {"restored": str, "number": int, "missing": [str], "set_aside": [str]}
#: Names that stand in the book only: they must not be told to others.
CUSTOMERS = ("Birch", "Cedar", "Elm", "Fir ", "Tony")


@pytest.fixture
def busy(arctui: Arctui) -> Arctui:
    """Two imports with a backup each, and acts that stand in the journal only."""
    put(Book(arctui.book), "Quince")
    return arctui


def newest(arctui: Arctui) -> Path:
    return backups.found(arctui.book)[0].path


def refusal(result: Result) -> str:
    """The one line of a command that was refused."""
    assert result.code == 1, result
    (line,) = result.notes
    assert line.startswith("arctui: ")
    return line


def change_line(path: Path) -> None:
    beside = journal.place_of(path)
    beside.write_bytes(beside.read_bytes().replace(b"Quince", b"Quinze"))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda p: p.write_bytes(b""), "is empty"),
    "garbage": (lambda p: p.write_bytes(b"\0garbage"), "damaged or no book"),
    "cut": (lambda p: p.write_bytes(p.read_bytes()[:-100]), "damaged or no book"),
    "a record changed": (lambda p: p.write_bytes(p.read_bytes().replace(b"Cedar", b"Cedax", 1)), "seal is broken"),
    "another program's": (lambda p: p.write_text('{"_default":{}}'), "no book of arctui"),
    "a newer version's": (
        lambda p: p.write_bytes(resealed(p.read_bytes().replace(b'"format":2', b'"format":9'))),
        "newer arctui: install that version",
    ),
    "a folder": (HEAVY["a folder"], "no regular file"),
    "a pipe": (HEAVY["a pipe"], "no regular file"),
    "missing": (Path.unlink, "is missing, but its journal or its backups are there"),
    "a line of the journal": (change_line, r"book.json.journal: line 1 is damaged"),
}
#: Those that a restore brings back whole.
HEALED = {n: d for n, d in DAMAGES.items() if n not in ("a newer version's", "a line of the journal")}


@pytest.mark.parametrize(("damage", "words"), DAMAGES.values(), ids=DAMAGES)
def test_check_names_the_damage_and_exits_1(busy: Arctui, damage: Callable[[Path], object], words: str) -> None:
    damage(busy.book)
    before = contents(busy.folder)
    result = busy.call("check", "--json")
    assert words in refusal(result)
    assert misfit(result.json, CHECKED) == ""
    assert not result.json["ok"]
    assert f"arctui: {result.json['problems'][0]}" == result.notes[0]
    assert words in refusal(busy.call("check"))
    assert contents(busy.folder) == before


def test_check_names_the_records_that_were_changed_and_the_damaged_backups(busy: Arctui) -> None:
    newest(busy).write_bytes(b"")
    plain = busy.call("check")
    assert (plain.code, plain.err) == (1, "")
    assert plain.out == f"a backup cannot be used: {newest(busy)} is empty\n"
    DAMAGES["a record changed"][0](busy.book)
    result = busy.call("check", "--json")
    _, changed, backup = result.json["problems"]
    assert changed.startswith("accounts ")
    assert "the history says otherwise" in changed
    assert str(newest(busy)) in backup
    assert busy.call("check").out == f"{changed}\n{backup}\n"


def test_check_of_a_book_whose_history_cannot_be_read_is_one_line_too(busy: Arctui) -> None:
    Book(busy.book).fold(None)
    document = json.loads(busy.book.read_bytes())
    document["history"]["1"].pop("steps")
    busy.book.write_bytes(resealed(document))
    result = busy.call("check", "--json")
    assert "the history is damaged" in refusal(result)
    assert not result.json["ok"]


def test_check_of_a_whole_book_says_where_its_history_ends(busy: Arctui) -> None:
    stand = Book(busy.book).stand
    result = busy.call("check")
    assert (result.code, result.err) == (0, "")
    assert f"history: 3 acts, ends in {stand.head}" in result.out


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "1E+40", "Infinity", "1E-30"])
def test_check_survives_amounts_that_are_none(arctui: Arctui, amount: str) -> None:
    arctui.call("log", "100", "fri 100 ach tony")
    document = json.loads(arctui.book.read_bytes())
    for table in ("promises", "invoices"):
        for record in document[table].values():
            record["amount"] = amount
    arctui.book.write_bytes(resealed(document))
    result = arctui.call("check")
    assert result.code == 1
    assert "its amount is not above 0" in result.out
    assert "is no amount of money" in result.out


# Restore


def test_a_whole_book_is_not_restored(busy: Arctui) -> None:
    before = contents(busy.folder)
    assert "this book is whole: nothing is to be restored" in refusal(busy.call("restore"))
    assert contents(busy.folder) == before


@pytest.mark.parametrize("damage", [d for d, _ in HEALED.values()], ids=HEALED)
def test_restore_brings_everything_back(busy: Arctui, damage: Callable[[Path], object]) -> None:
    everything = busy.json("account", "Quince"), busy.json("today")
    damage(busy.book)
    result = busy.call("restore", "--json")
    assert (result.code, result.err) == (0, "")
    assert misfit(result.json, RESTORED) == ""
    assert result.json["missing"] == []
    assert all(Path(p).exists() for p in result.json["set_aside"])
    assert (busy.json("account", "Quince"), busy.json("today")) == everything
    assert busy.call("check").code == 0
    assert "restored by" in busy.call("history").out
    assert busy.call("log", "100", "fri 100 ach tony").code == 0
    assert "nothing is to be restored" in refusal(busy.call("restore"))


def test_restore_says_in_words_what_it_did_and_what_is_missing(busy: Arctui) -> None:
    change_line(busy.book)
    result = busy.call("restore")
    assert (result.code, result.err) == (0, "")
    first, second, third = result.out.splitlines()
    assert first == f"restored from {busy.book}, up to act 2"
    assert second == "missing: perhaps more after act 2, of which nothing tells any more"
    assert third.startswith("set aside, for whoever looks into it: book.json.journal.damaged-2026")
    assert "perhaps more after act 2" in busy.call("history").out


def test_restore_of_a_newer_versions_book_changes_nothing(busy: Arctui) -> None:
    DAMAGES["a newer version's"][0](busy.book)
    before = contents(busy.folder)
    for arguments in (("restore",), ("restore", str(newest(busy)))):
        assert "install that version" in refusal(busy.call(*arguments))
    assert contents(busy.folder) == before


def test_restore_where_nothing_whole_is_left_is_one_line(busy: Arctui) -> None:
    shutil.rmtree(backups.folder_of(busy.book))
    busy.book.write_bytes(b"")
    before = contents(busy.folder)
    assert "nothing whole is left" in refusal(busy.call("restore"))
    assert contents(busy.folder) == before


def test_restore_where_there_is_no_book_at_all_says_how_to_make_one(empty: Arctui) -> None:
    assert "there is no book" in refusal(empty.call("restore"))
    assert only_file(empty.folder) == []


def test_a_book_moves_to_another_machine_by_a_copy(busy: Arctui, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    assert busy.call("backup", str(copy)).code == 0
    new = tmp_path / "new" / "machine" / "book.json"
    made = busy.call("--book", str(new), "restore", str(copy), "--json")
    assert (made.code, made.json["missing"], made.json["set_aside"]) == (0, [], [])
    assert busy.call("--book", str(new), "account", "Quince").code == 0
    assert busy.call("--book", str(new), "check").code == 0


def test_restoring_a_file_into_a_whole_book_is_undone_by_undo(busy: Arctui, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(FORMAT_1)
    before = busy.json("today")
    result = busy.call("restore", str(tmp_path / "old.json"))
    assert result.out == "restored the state in old.json; 'arctui undo' takes it back\n"
    assert busy.json("today") != before
    assert busy.call("check").code == 0
    assert "restored the state in old.json" in busy.call("undo").out
    assert busy.json("today") == before
    oldest = str(backups.found(busy.book)[-1].path)
    assert busy.json("restore", oldest)["restored"] == oldest


def test_a_file_with_a_broken_seal_needs_a_yes(busy: Arctui, tmp_path: Path) -> None:
    edited = tmp_path / "edited.json"
    edited.write_bytes(newest(busy).read_bytes().replace(b"Cedar Farm", b"Cedar Barn"))
    assert refusal(busy.call("restore", str(edited))).endswith("To take it as it is: --yes")
    assert busy.call("restore", str(edited), "--yes").code == 0
    assert busy.call("account", "Cedar Barn").code == 0
    assert busy.call("check").code == 0


def test_what_is_restored_by_an_act_is_saved_although_the_disk_refuses_the_fold_after_it(busy: Arctui) -> None:
    place = str(newest(busy))
    with refusing("rename", 28), refusing("replace", 28):
        result = busy.call("restore", place)
    assert result.code == 0
    assert "disk is full" in result.err
    assert "no account is called" in refusal(busy.call("account", "Quince"))


# Backup


def test_backup_writes_a_copy_and_refuses_to_write_over_anything(busy: Arctui, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    made = busy.json("backup", str(copy))
    assert made == {"file": str(copy), "number": 3, "documents": 0}
    content = copy.read_bytes()
    assert "exists already" in refusal(busy.call("backup", str(copy)))
    assert copy.read_bytes() == content
    assert busy.call("--book", str(copy), "check").code == 0


@pytest.mark.parametrize(
    "name", ["no/folder/copy.json", "~nobody-at-all/copy.json", "n" * 300, "/proc/copy.json", "."]
)
def test_a_copy_that_cannot_be_written_is_one_line(busy: Arctui, name: str) -> None:
    before = contents(busy.folder)
    refusal(busy.call("backup", name))
    refusal(busy.call("restore", name))
    assert contents(busy.folder) == before


def test_backup_lists_the_automatic_ones_the_newest_first(busy: Arctui) -> None:
    found = busy.json("backup")
    assert [k["number"] for k in found] == [2, 1]
    assert [k["file"] for k in found] == [str(b.path) for b in backups.found(busy.book)]
    lines = busy.call("backup").out.splitlines()
    assert "up to act 2" in lines[0]
    assert lines[0].endswith(found[0]["file"])
    shutil.rmtree(backups.folder_of(busy.book))
    # This one ends a session in which the book was not changed.
    assert "no backups yet" in busy.call("backup").out


# Private


def modes(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): stat.S_IMODE(p.lstat().st_mode) for p in folder.rglob("*")}


@pytest.fixture
def open_hands() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_hands")
@pytest.mark.parametrize("shared", [False, True])
def test_all_that_the_commands_make_is_private_or_the_groups(empty: Arctui, tmp_path: Path, shared: bool) -> None:
    folder = tmp_path / "books"
    if shared:
        folder.mkdir()
        folder.chmod(0o2770)
    book = Arctui(tmp_path)
    book.book = folder / "book.json"
    book.feed("Customer,Invoice,Due Date,Open Balance\nBirch,1,2026-10-08,5.00\n")
    put(Book(book.book), "Quince")
    assert book.call("backup", str(folder / "copy.json")).code == 0
    book.book.write_bytes(b"")
    assert book.call("restore").code == 0
    assert book.call("restore", str(folder / "copy.json")).code in (0, 1)
    found = modes(folder)
    (damaged,) = [n for n in found if n.startswith("book.json.damaged-")]
    assert damaged
    assert {m for n, m in found.items() if n.endswith(".backups")} == {0o2770 if shared else 0o700}
    assert {m for n, m in found.items() if not n.endswith(".backups")} == {0o660 if shared else 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == (0o2770 if shared else 0o700)


FOREIGN = ("today", "check", "backup", "backup copy.json", "restore", "log 100 fri", "undo", "history")


@pytest.mark.parametrize("command", FOREIGN)
def test_a_book_of_another_user_is_refused_and_nothing_of_it_told(
    busy: Arctui, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(busy.folder)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    result = busy.call(*command.split())
    monkeypatch.undo()
    assert "belongs to another user" in refusal(result)
    assert not any(name in result.out + result.err for name in CUSTOMERS)
    assert contents(busy.folder) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("what", ["the journal", "a backup", "the file to restore", "a link to it"])
def test_files_of_another_user_are_not_read(busy: Arctui, tmp_path: Path, what: str) -> None:
    copy = Path(shutil.copy(newest(busy), tmp_path / "copy.json"))
    link = tmp_path / "link.json"
    link.symlink_to(copy)
    place = {"the journal": journal.place_of(busy.book), "a backup": newest(busy), "a link to it": link}.get(
        what, copy
    )
    os.chown(place, 65534, 65534, follow_symlinks=False)
    before = contents(busy.folder)
    if what == "the journal":
        said = refusal(busy.call("today"))
    elif what == "a backup":
        result = busy.call("check")
        assert result.code == 1
        said = result.out
        assert [k["number"] for k in busy.json("backup")] == [1]
    else:
        said = refusal(busy.call("restore", str(place), "--yes"))
    assert "another user" in said
    assert contents(busy.folder) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_in_a_shared_folder_the_files_of_others_are_the_groups_books(busy: Arctui) -> None:
    busy.folder.chmod(0o2770)
    for file in (busy.book, journal.place_of(busy.book), newest(busy)):
        os.chown(file, 65534, -1)
    folder = backups.folder_of(busy.book)
    os.chown(folder, 65534, -1)
    folder.chmod(0o2770)
    assert rights.is_shared(busy.folder)
    assert busy.call("check").code == 0
    busy.book.write_bytes(b"")
    assert busy.call("restore").code == 0
    assert busy.call("account", "Quince").code == 0
    assert busy.call("check").code == 0
