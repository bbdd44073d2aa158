"""`attach`, `attachments`, `attachment` as they are called, and what the other commands say of documents."""

import hashlib
import shutil
from pathlib import Path

import pytest

from arctui.desk.attachments import size_words
from tests.cli.command import DATE, Arctui, Result, maybe, misfit
from tests.store.makers import contents

PDF = b"%PDF-1.4 invoice"
ATTACHED = {
    "id": str,
    "account": str,
    "name": str,
    "media": str,
    "size": int,
    "sha256": str,
    "about": maybe(str),
    "as": str,
    "note": str,
    "day": DATE,
    "at": str,
    "by": str,
}


@pytest.fixture
def file(arctui: Arctui) -> str:
    path = arctui.folder / "invoice 1041.pdf"
    path.write_bytes(PDF)
    return str(path)


def refusal(result: Result) -> str:
    assert result.code == 1, result
    (line,) = result.notes
    return line.removeprefix("arctui: ")


def test_files_are_attached_and_listed(arctui: Arctui, file: str) -> None:
    other = arctui.file("mail.eml", "From: tony\nSubject: paid\n\nWe paid.\n")
    made = arctui.json("attach", "birch works", file, other, "--to", "1041", "--note", "as sent")
    assert misfit(made, {"done": str, "attached": [ATTACHED]}) == ""
    assert made["done"] == "2 files attached to invoice B-1041, Birch Works"
    listed = arctui.json("attachments", "100")
    assert sorted(a["name"] for a in listed) == ["invoice 1041.pdf", "mail.eml"]
    pdf = next(a for a in listed if a["name"] == "invoice 1041.pdf")
    assert (pdf["media"], pdf["size"], pdf["about"], pdf["note"]) == (
        "application/pdf",
        len(PDF),
        "invoice B-1041",
        "as sent",
    )
    assert pdf["sha256"] == hashlib.sha256(PDF).hexdigest()
    text = arctui.call("attachments", "100").out.splitlines()
    assert text[0] == "Birch Works: 2 files attached"
    assert text[1].split() == ["id", "since", "kind", "size", "about", "as", "name"]
    assert sorted(line.split()[4] for line in text[2:]) == ["PDF", "email"]


def test_one_file_is_named_and_several_are_listed(arctui: Arctui, file: str) -> None:
    other = arctui.file("note.txt", "a note")
    said = arctui.call("attach", "200", file, other).out.splitlines()
    assert said == ["2 files attached, Cedar Farm", "  invoice 1041.pdf", "  note.txt"]
    assert arctui.call("attach", "400", file).out == "'invoice 1041.pdf' attached, Elm & Sons\n"
    assert "added attachment invoice 1041.pdf" in arctui.call("history", "400").out
    assert arctui.call("undo").code == 0
    assert arctui.json("attachments", "400") == []
    assert arctui.call("attachments", "400").out == "Elm & Sons: 0 files attached\n"


def test_what_a_file_is_is_said_with_it_or_later(arctui: Arctui, file: str) -> None:
    made = arctui.json("attach", "100", file, "--to", "1041", "--as", "delivery")
    assert made["done"].endswith("to invoice B-1041 as proof of delivery, Birch Works")
    (attached,) = made["attached"]
    assert attached["as"] == "delivery"
    later = arctui.json("attachment", attached["id"], "--as", "copy")
    assert (later["done"], later["as"]) == ("'invoice 1041.pdf' is invoice copy, Birch Works", "copy")
    assert "invoice copy" in arctui.call("attachments", "100").out


def test_an_attachment_is_written_to_a_new_file_of_ones_own(arctui: Arctui, file: str) -> None:
    arctui.call("attach", "100", file)
    (listed,) = arctui.json("attachments", "100")
    out = arctui.folder / "out.pdf"
    document = arctui.json("attachment", listed["id"][:8], "--out", str(out))
    assert misfit(document, {"file": str, **ATTACHED}) == ""
    assert out.read_bytes() == PDF
    assert "exists already" in refusal(arctui.call("attachment", listed["id"], "--out", str(out)))
    assert arctui.call("attachment", listed["id"], "--out", str(out), "--force").code == 0
    assert refusal(arctui.call("attachment", "zz", "--out", "x.pdf")) == (
        "no attachment zz: 'arctui attachments WHO' lists them"
    )


def test_what_is_refused_is_one_sentence_and_leaves_nothing(arctui: Arctui, file: str, tmp_path: Path) -> None:
    before = contents(arctui.folder)
    assert "there is no file" in refusal(arctui.call("attach", "100", file, str(tmp_path / "none.pdf")))
    assert "is a folder and no file" in refusal(arctui.call("attach", "100", str(tmp_path)))
    assert "has no invoice or letter '9999' (it has B-1041, B-1042)" in refusal(
        arctui.call("attach", "100", file, "--to", "9999")
    )
    assert "no account" in refusal(arctui.call("attach", "nobody at all", file))
    told = refusal(arctui.call("attach", "100", file, "--note", "card 4111 1111 1111 1111"))
    assert "card numbers are never kept" in told
    assert told.endswith("--no-card")
    assert contents(arctui.folder) == before
    assert arctui.call("attach", "100", file, "--note", "card 4111 1111 1111 1111", "--no-card").code == 0


@pytest.mark.parametrize("words", [("attach",), ("attach", "100"), ("attachment", "a1"), ("attachments",)])
def test_what_is_left_out_is_wrong_usage(arctui: Arctui, words: tuple[str, ...]) -> None:
    assert arctui.call(*words).code == 2


def test_check_tells_of_a_missing_document_and_restore_brings_it_back(arctui: Arctui, file: str) -> None:
    arctui.call("attach", "100", file)
    folder = arctui.folder / "book.json.documents"
    shutil.rmtree(folder)
    checked = arctui.call("check")
    assert checked.code == 1
    assert checked.out.startswith("'invoice 1041.pdf', attached to Birch Works, is missing (")
    restored = arctui.json("restore")
    assert (restored["documents"], restored["missing"], restored["restored"]) == (1, [], str(folder))
    assert arctui.json("check")["ok"] is True
    assert "whole: nothing is to be restored" in refusal(arctui.call("restore"))


def test_a_backup_takes_the_documents_along_or_says_which_are_missing(
    arctui: Arctui, file: str, tmp_path: Path
) -> None:
    arctui.call("attach", "100", file)
    copy = tmp_path / "copy.json"
    said = arctui.call("backup", str(copy)).out.splitlines()
    assert said[1] == f"1 document copied to {copy}.documents: keep both together"
    shutil.rmtree(arctui.folder / "book.json.documents")
    again = arctui.call("backup", str(tmp_path / "again.json"))
    (note,) = again.notes
    assert note.startswith(
        "arctui: note: 1 document is missing here, so not in the copy: 'invoice 1041.pdf', attached"
    )
    lines = arctui.call("restore", str(copy)).out.splitlines()
    assert lines == [f"1 document brought back to {arctui.folder / 'book.json.documents'}"]


def test_an_archive_and_its_folder_make_the_book_elsewhere(arctui: Arctui, file: str, tmp_path: Path) -> None:
    arctui.call("attach", "100", file)
    path = tmp_path / "a.arctui"
    exported = arctui.call("export", "archive", "--to", str(path))
    assert exported.notes == [f"arctui: note: 1 document beside it in {path}.documents: keep both together"]
    other = Arctui(tmp_path / "other", arctui.day)
    other.folder.mkdir()
    assert "1 document, history of" in other.call("import", str(path)).out
    assert other.json("check")["ok"] is True
    assert other.json("attachments", "100") == arctui.json("attachments", "100")


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1000, "1 KB"), (14_400, "14 KB"), (2_345_678, "2.3 MB")]
)
def test_sizes_are_told_as_people_do(size: int, words: str) -> None:
    assert size_words(size) == words
