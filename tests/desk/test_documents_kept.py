"""Documents go along with copies, backups and archives, and come back; what is missing is told."""

from pathlib import Path

import pytest

from arctui.core.letter_records import Attachment
from arctui.desk import Desk, DeskError
from arctui.desk.archiving import explain_archive, export_archive, import_archive
from arctui.desk.clock import Clock
from arctui.desk.safekeeping import Restored, back_up, restore
from arctui.store import Book, BookError, backups
from arctui.store.documents import Documents
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import TEN, Clerk, customer
from tests.store.crashes import dying, failing
from tests.store.faults import ERRORS
from tests.store.makers import NOON, contents, only_file

INVOICE, PROOF = b"%PDF-1.4 the invoice", b"%PDF-1.4 the proof"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Ann, with a customer to whom two files are attached."""
    folder = tmp_path / "firm"
    folder.mkdir()
    clerk = Clerk.with_book(folder, customer("Birch Works", make.invoice("B-1041", "1200.00", nov(2))))
    for name, content in (("invoice.pdf", INVOICE), ("proof.pdf", PROOF)):
        path = tmp_path / name
        path.write_bytes(content)
        clerk.desk.attachments.attach("birch", [path])
        path.unlink()
    return clerk


def bring(clerk: Clerk, source: Path | None = None) -> Restored:
    return restore(clerk.path, Clock(TEN), clerk.desk.clerk, source, consent=False)


def paths(clerk: Clerk) -> list[Path]:
    """Where the contents of what is attached lie: the invoice's and the proof's."""
    digests = [a.digest for a in clerk.desk.book.facts.all(Attachment)]
    return [Documents(clerk.path).path(digest) for digest in digests]


# A copy of the book


def test_a_copy_has_its_documents_beside_it_and_is_a_whole_book(clerk: Clerk, tmp_path: Path) -> None:
    copy, copied = back_up(clerk.desk, tmp_path / "copy.json")
    assert (copied.count, copied.missing) == (2, ())
    assert contents(Documents(copy).files) == contents(Documents(clerk.path).files)
    assert Desk(Book(copy), Clock(TEN), "ann").check()[0] == []


def test_what_is_missing_beside_the_book_is_told_of_the_copy(clerk: Clerk, tmp_path: Path) -> None:
    paths(clerk)[1].write_bytes(b"altered")
    copy, copied = back_up(clerk.desk, tmp_path / "copy.json")
    assert copied.count == 1
    (sentence,) = copied.lacking("here")
    assert sentence == "1 document is missing here: 'proof.pdf', attached to Birch Works, is missing"
    assert contents(Documents(copy).folder) == {f"files/{paths(clerk)[0].name}": INVOICE}


def test_what_lies_in_the_way_of_a_copy_is_set_aside(clerk: Clerk, tmp_path: Path) -> None:
    there = Documents(tmp_path / "copy.json")
    there.put(b"of another time")
    there.path(paths(clerk)[0].name).write_bytes(b"mine")
    back_up(clerk.desk, tmp_path / "copy.json")
    assert there.get(paths(clerk)[0].name) == INVOICE
    assert b"mine" in contents(there.files).values()
    assert b"of another time" in contents(there.files).values()


def test_a_copy_cut_off_at_any_point_is_none_or_has_all_its_documents(clerk: Clerk, tmp_path: Path) -> None:
    made = set()
    for at in range(0, 1000, 5):
        target = tmp_path / f"{at}.json"
        with dying(at) as watch:
            back_up(clerk.desk, target)
        made.add(target.exists())
        if target.exists():
            assert Desk(Book(target), Clock(TEN), "ann").check()[0] == [], watch.passed[at]
        if not watch.struck:
            assert made == {False, True}
            return
    raise AssertionError("it never ends")


# What is missing comes back


@pytest.mark.parametrize("how", ["missing", "altered"])
def test_a_missing_or_altered_document_comes_back_from_the_automatic_backups(clerk: Clerk, how: str) -> None:
    clerk.desk.book.fold(NOON)
    number = clerk.desk.book.number
    path = paths(clerk)[0]
    path.unlink()
    if how == "altered":
        path.write_bytes(b"altered")
    assert len(clerk.desk.check()[0]) == 1
    done = bring(clerk)
    assert (done.act, done.recovered, done.documents.count, done.documents.missing) == ("", None, 1, ())
    assert path.read_bytes() == INVOICE
    assert done.desk.check()[0] == []
    assert done.desk.book.number == number
    with pytest.raises(DeskError, match="whole: nothing is to be restored"):
        bring(clerk)


def test_documents_come_back_from_a_copy_that_is_named(clerk: Clerk, tmp_path: Path) -> None:
    copy, _ = back_up(clerk.desk, tmp_path / "copy.json")
    for path in paths(clerk):
        path.unlink()
    with pytest.raises(
        DeskError, match=r"2 documents are missing and no backup here has them.*'arctui restore FILE'"
    ):
        bring(clerk)
    done = bring(clerk, copy)
    assert (done.act, done.documents.count) == ("", 2)
    assert done.desk.check()[0] == []


def test_the_state_in_a_copy_comes_back_with_its_documents(clerk: Clerk, tmp_path: Path) -> None:
    copy, _ = back_up(clerk.desk, tmp_path / "copy.json")
    clerk.desk.undo()
    paths(clerk)[0].unlink()
    done = bring(clerk, copy)
    assert done.act == "restored the state in copy.json"
    assert len(done.desk.attachments.of("birch")) == 2
    assert done.desk.check()[0] == []


def test_an_automatic_backup_that_was_carried_elsewhere_has_its_documents(clerk: Clerk, tmp_path: Path) -> None:
    clerk.desk.book.fold(NOON)
    away = backups.folder_of(clerk.path).rename(tmp_path / "away")
    for path in paths(clerk):
        path.unlink()
    (backup,) = away.glob("*.json")
    assert bring(clerk, backup).documents.count == 2
    assert clerk.desk.check()[0] == []


def test_a_copy_without_its_documents_says_so_and_brings_the_rest(clerk: Clerk, tmp_path: Path) -> None:
    copy, copied = back_up(clerk.desk, tmp_path / "copy.json")
    copied.folder.rename(tmp_path / "elsewhere")
    clerk.desk.undo()
    paths(clerk)[0].unlink()
    done = bring(clerk, copy)
    assert done.act
    assert done.documents.missing == ("'invoice.pdf', attached to Birch Works, is missing",)


def test_a_damaged_book_comes_back_with_its_documents(clerk: Clerk) -> None:
    clerk.desk.book.fold(NOON)
    Documents(clerk.path).folder.rename(clerk.path.with_name("gone"))
    clerk.path.write_bytes(b"garbage")
    done = bring(clerk)
    assert done.recovered
    assert done.documents.count == 2
    assert done.desk.check()[0] == []


def test_a_damaged_book_comes_back_although_its_documents_cannot(clerk: Clerk) -> None:
    clerk.desk.book.fold(NOON)
    folder = Documents(clerk.path).folder
    folder.rename(clerk.path.with_name("gone"))
    folder.write_text("in the way")
    clerk.path.write_bytes(b"garbage")
    done = bring(clerk)
    assert done.recovered
    assert "cannot be made" in done.document_problem
    assert len(done.documents.missing) == 2
    assert folder.read_text() == "in the way"


def test_a_full_disk_restores_no_record_without_its_document(clerk: Clerk, tmp_path: Path) -> None:
    copy, _ = back_up(clerk.desk, tmp_path / "copy.json")
    clerk.desk.undo()
    before = clerk.desk.book.number
    paths(clerk)[0].unlink()
    with failing(0, ERRORS["ENOSPC"], for_good=True), pytest.raises(BookError):
        bring(clerk, copy)
    assert Book(clerk.path).number == before
    bring(clerk, copy)
    assert clerk.desk.check()[0] == []


@pytest.mark.parametrize("first", range(3))
def test_a_restore_cut_off_at_any_point_can_be_done_again(clerk: Clerk, tmp_path: Path, first: int) -> None:
    copy, _ = back_up(clerk.desk, tmp_path / "copy.json")
    for at in range(first * 4, 1000, 12):
        firm = tmp_path / f"{at}"
        firm.mkdir()
        (firm / "book.json").write_bytes(copy.read_bytes())
        with dying(at) as watch:
            restore(firm / "book.json", Clock(TEN), "ann", copy, consent=False)
        if watch.struck and len(Documents(firm / "book.json").names()) < 2:
            restore(firm / "book.json", Clock(TEN), "ann", copy, consent=False)
        assert Desk(Book(firm / "book.json"), Clock(TEN), "ann").check()[0] == [], watch.passed[at]
        if not watch.struck:
            return
    raise AssertionError("it never ends")


# The archive


def taken_in(tmp_path: Path, archive: Path) -> tuple[Desk, tuple[str, ...]]:
    """Import an archive into an empty book in a folder that is not there yet; return the notes, too."""
    desk = Desk(Book(tmp_path / "other" / "place" / "b.json", new=True), Clock(TEN), "ann")
    return desk, import_archive(desk, archive).notes


def test_an_archive_takes_its_documents_along_and_comes_back_the_same(clerk: Clerk, tmp_path: Path) -> None:
    archive, _, notes = export_archive(clerk.desk, tmp_path / "a.arctui")
    assert notes == [f"2 documents beside it in {archive}.documents: keep both together"]
    desk, (counted,) = taken_in(tmp_path, archive)
    assert "2 documents, history of 3 acts" in counted
    assert desk.check()[0] == []
    assert contents(Documents(desk.book.path).files) == contents(Documents(clerk.path).files)
    again, _, _ = export_archive(desk, tmp_path / "again.arctui")
    body = [path.read_bytes().splitlines()[1:-1] for path in (archive, again)]
    assert body[0] == body[1]
    assert contents(tmp_path / "a.arctui.documents") == contents(tmp_path / "again.arctui.documents")


def test_an_archive_without_its_documents_is_taken_in_and_says_what_is_missing(clerk: Clerk, tmp_path: Path) -> None:
    archive, _, _ = export_archive(clerk.desk, tmp_path / "a.arctui")
    (tmp_path / "a.arctui.documents").rename(tmp_path / "away")
    (_, told) = explain_archive(archive).notes
    assert told.startswith("2 documents are missing in ")
    desk, (_, lacking) = taken_in(tmp_path, archive)
    assert "copy them there, then 'arctui check': 'invoice.pdf', attached to Birch Works, is missing" in lacking
    (tmp_path / "away").rename(Documents(desk.book.path).folder)
    assert desk.check()[0] == []


def test_an_archive_with_an_altered_document_brings_none_of_it(clerk: Clerk, tmp_path: Path) -> None:
    archive, _, _ = export_archive(clerk.desk, tmp_path / "a.arctui")
    Documents(archive).path(paths(clerk)[0].name).write_bytes(b"altered")
    desk, notes = taken_in(tmp_path, archive)
    assert len(notes) == 2
    assert contents(Documents(desk.book.path).files) == {paths(clerk)[1].name: PROOF}


def test_a_dry_run_of_an_archive_copies_no_document(clerk: Clerk, tmp_path: Path) -> None:
    archive, _, _ = export_archive(clerk.desk, tmp_path / "a.arctui")
    desk = Desk(Book(tmp_path / "b.json", new=True), Clock(TEN), "ann")
    assert len(import_archive(desk, archive, dry_run=True).notes) == 1
    assert only_file(tmp_path) == ["a.arctui", "a.arctui.documents", "firm"]


def test_an_archive_that_the_disk_refuses_leaves_the_book_empty(clerk: Clerk, tmp_path: Path) -> None:
    archive, _, _ = export_archive(clerk.desk, tmp_path / "a.arctui")
    (tmp_path / "b.json.documents").write_text("in the way")
    desk = Desk(Book(tmp_path / "b.json", new=True), Clock(TEN), "ann")
    with pytest.raises(BookError, match="cannot be made"):
        import_archive(desk, archive)
    assert not desk.book.path.exists()


def test_a_confirmation_beside_the_book_is_said_not_to_go_along(clerk: Clerk, tmp_path: Path) -> None:
    Documents(clerk.path).folder.joinpath("100 confirmation.txt").write_text("agreed")
    _, _, notes = export_archive(clerk.desk, tmp_path / "a.arctui")
    assert "are not in it: copy that folder too" in notes[-1]
