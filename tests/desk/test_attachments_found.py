"""Attached files that are looked for: what each is about, in words, and getting its content back."""

from pathlib import Path

import pytest

from arctui.desk import DeskError
from arctui.desk.attachments import about_words
from arctui.store import BookError
from arctui.store.documents import Documents
from tests.desk.attaching import PDF, MakeFile, ann_at, attached, files_in
from tests.playbook.clerks import Clerk


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return ann_at(tmp_path / "firm")


@pytest.fixture
def file(tmp_path: Path) -> MakeFile:
    return files_in(tmp_path)


# What it is about, in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("B-1041", "invoice B-1041"),
        ("b-1042", "invoice B-1042"),
        ("1042", "invoice B-1042"),
        ("#1042", "invoice B-1042"),
        ("77", None),
        ("077", "invoice INV-00077"),
        ("invoice B-1041", "invoice B-1041"),
        ("letter 2026-0017", "demand 2026-0017"),
        ("2026-0017", "demand 2026-0017"),
        ("2026-0018", "invoice 2026-0018"),
        ("letter 2026-0018", None),
        ("dispute", "dispute of 100.00"),
        ("promise", "promise for Fri 27 Nov"),
        ("104", None),
        ("E-9", None),
        ("", None),
        (".*", None),
    ],
)
def test_what_is_typed_names_an_invoice_a_letter_a_dispute_or_a_promise(
    clerk: Clerk, text: str, words: str | None
) -> None:
    if words is None:
        with pytest.raises(DeskError, match="has no invoice or letter"):
            clerk.desk.attachments.about("birch", text)
        return
    found = clerk.desk.attachments.about("birch", text)
    assert about_words(clerk.desk, clerk.desk.dossier("birch"), found) == words


def test_what_there_is_none_of_or_several_is_told(clerk: Clerk) -> None:
    with pytest.raises(DeskError, match="Elm & Sons has no dispute"):
        clerk.desk.attachments.about("elm", "dispute")
    clerk.desk.log("birch", "dsp 200 broken")
    with pytest.raises(
        DeskError, match=r"'dispute' is dispute of 100\.00, dispute of 200\.00 of Birch Works: write more"
    ):
        clerk.desk.attachments.about("birch", "dispute")
    found = clerk.desk.attachments.about("birch", "dispute 200")
    assert about_words(clerk.desk, clerk.desk.dossier("birch"), found) == "dispute of 200.00"
    with pytest.raises(DeskError, match="has no dispute 300"):
        clerk.desk.attachments.about("birch", "dispute 300")


# Getting them back


def test_an_attachment_is_found_by_the_beginning_of_its_id_or_its_digest(clerk: Clerk, file: MakeFile) -> None:
    clerk.desk.attachments.attach("birch", [file(), file("b.txt", b"b")])
    for each in attached(clerk):
        for name in (each.id, each.id[:8], each.digest[:10].upper()):
            assert clerk.desk.attachments.get(name) == each
    for wrong in ("", "zz", "../"):
        with pytest.raises(DeskError, match="no attachment"):
            clerk.desk.attachments.get(wrong)


def test_a_content_is_written_to_a_new_file_and_over_none(clerk: Clerk, file: MakeFile, tmp_path: Path) -> None:
    clerk.desk.attachments.attach("birch", [file()])
    (found,) = attached(clerk)
    target = tmp_path / "out.pdf"
    assert clerk.desk.attachments.write(found.id, target).read_bytes() == PDF
    target.write_bytes(b"mine")
    with pytest.raises(DeskError, match="exists already"):
        clerk.desk.attachments.write(found.id, target)
    assert target.read_bytes() == b"mine"
    with pytest.raises(DeskError, match="belongs to the book"):
        clerk.desk.attachments.write(found.id, clerk.path, force=True)


def test_a_content_that_was_altered_is_not_given_out(clerk: Clerk, file: MakeFile, tmp_path: Path) -> None:
    clerk.desk.attachments.attach("birch", [file()])
    (found,) = attached(clerk)
    Documents(clerk.path).path(found.digest).write_bytes(b"altered")
    with pytest.raises(BookError, match="was altered"):
        clerk.desk.attachments.write(found.id, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()
