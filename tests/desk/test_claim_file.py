"""The claim file of an account in its folder: what lies there, what it takes the place of, and what stays."""

import csv
import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.desk import DeskError
from arctui.desk.claim_beside import ClaimBeside
from arctui.desk.claim_file import Claim, ClaimWork
from arctui.exchange.progress import Cancelled, Unwatched
from arctui.store import Book, BookError, files
from tests.desk.ledgers import B1, Ledger
from tests.letters import attached
from tests.letters.seen import texts


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are not set: the test is about what lies where."""
    monkeypatch.setattr("arctui.letters.claim_pdf.claim_pdf", lambda *_: (b"%PDF-", ""))


def attach(ledger: Ledger, name: str, content: bytes, who: str = "Birch", note: str = "") -> None:
    path = ledger.folder / name
    path.write_bytes(content)
    ledger.desk.attachments.attach(ledger.account(who).id, [path], note=note)


def written(ledger: Ledger, folder: Path | None = None, who: str = "Birch") -> Claim:
    return ledger.desk.claim_file.write(ledger.account(who).id, folder)


def lying(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by its path in it."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def home(ledger: Ledger) -> Path:
    return ledger.folder / "book.json.documents" / "claims"


def test_it_is_a_pdf_texts_and_exhibits_that_the_manifest_proves(fed: Ledger) -> None:
    attach(fed, "copy of B-1041.pdf", attached.pdf("B-1041"))
    attach(fed, "mail.eml", attached.email())
    claim = written(fed)
    folder = home(fed) / "Birch Works"
    there = lying(folder)
    assert sorted(there) == sorted(str(f.relative_to(folder)) for f in claim.files)
    assert set(there) == {
        "claim.pdf",
        "chronology.txt",
        "checklist.txt",
        "statement.csv",
        "manifest.txt",
        "exhibits/01-email.eml",
        "exhibits/02-other.pdf",
    }
    sums = dict(line.split("  ")[::-1] for line in there["manifest.txt"].decode().splitlines() if line[0] != "#")
    assert sums == {name: hashlib.sha256(c).hexdigest() for name, c in there.items() if name != "manifest.txt"}
    pages = texts(there["claim.pdf"])
    assert any("B-1041, sheet 1" in page for page in pages)
    assert "100.00" in pages[0] or "150.00" in pages[0]
    assert all(f.stat().st_mode & 0o077 == 0 for f in claim.files)


@pytest.mark.usefixtures("quick")
def test_its_amounts_are_those_of_the_book(fed: Ledger) -> None:
    fed.paid("Birch Works,2026-11-03,40.00,B-1041,check 7")
    balance = fed.desk.standing(fed.account().id).balance
    claim = written(fed)
    assert claim.claimed == ((balance.collectable, "USD"),) == ((Decimal("110.00"), "USD"),)
    rows = list(csv.DictReader((home(fed) / "Birch Works" / "statement.csv").read_text("utf-8-sig").splitlines()))
    assert Decimal(rows[-1]["Balance"]) == balance.net
    assert sum(Decimal(row["Amount"]) for row in rows) == balance.net


def test_it_changes_nothing_in_the_book_and_comes_out_the_same_again(fed: Ledger) -> None:
    attach(fed, "x.pdf", attached.pdf("x"))
    before = (fed.book.stand, {p.name: p.read_bytes() for p in fed.folder.glob("book.json*") if p.is_file()})
    written(fed)
    first = lying(home(fed))
    fed.on(4)
    fed.desk.clerk = "joe"
    written(fed)
    assert lying(home(fed)) == first
    assert (fed.book.stand, {p.name: p.read_bytes() for p in fed.folder.glob("book.json*") if p.is_file()}) == before


@pytest.mark.usefixtures("quick")
def test_what_is_no_exhibit_any_more_goes_and_what_is_not_ours_stays(fed: Ledger) -> None:
    attach(fed, "one.txt", b"delivered")
    attach(fed, "two.txt", b"received")
    written(fed)
    folder = home(fed) / "Birch Works"
    (folder / "my notes.txt").write_text("mine")
    (folder / "exhibits" / "09-other.txt").write_text("mine")
    fed.desk.undo()
    written(fed)
    there = lying(folder)
    assert there["exhibits/01-other.txt"] == b"delivered"
    assert "exhibits/02-other.txt" not in there
    assert (there["my notes.txt"], there["exhibits/09-other.txt"]) == (b"mine", b"mine")


@pytest.mark.usefixtures("quick")
def test_an_exhibit_that_somebody_changed_since_is_not_taken_away(fed: Ledger) -> None:
    attach(fed, "one.txt", b"delivered")
    written(fed)
    changed = home(fed) / "Birch Works" / "exhibits" / "01-other.txt"
    changed.write_text("with my remarks")
    fed.desk.undo()
    written(fed)
    assert changed.read_text() == "with my remarks"


@pytest.mark.usefixtures("quick")
def test_a_file_that_no_claim_file_wrote_is_never_overwritten(fed: Ledger) -> None:
    out = fed.folder / "court"
    out.mkdir()
    (out / "claim.pdf").write_text("mine")
    with pytest.raises(DeskError, match="was not written by a claim file"):
        written(fed, out)
    assert lying(out) == {"claim.pdf": b"mine"}


@pytest.mark.usefixtures("quick")
def test_a_folder_has_the_claim_file_of_one_account_only(fed: Ledger) -> None:
    out = fed.folder / "court"
    written(fed, out)
    with pytest.raises(DeskError, match="another account"):
        written(fed, out, "Cedar")
    # Two accounts whose names make the same folder have each their own.
    assert ClaimWork(fed.desk, fed.account("Cedar").id).folder == home(fed) / "Cedar Farm"
    (home(fed) / "Cedar Farm").mkdir(parents=True)
    manifest = (out / "manifest.txt").read_bytes()
    (home(fed) / "Cedar Farm" / "manifest.txt").write_bytes(manifest)
    assert ClaimWork(fed.desk, fed.account("Cedar").id).folder == home(fed) / "Cedar Farm (2)"


@pytest.mark.parametrize("name", ["book.json.documents/files", "book.json.backups", "missing/court"])
def test_the_folders_of_the_book_and_those_without_a_place_are_refused(fed: Ledger, name: str) -> None:
    with pytest.raises(DeskError):
        written(fed, fed.folder / name)


def test_links_and_files_in_the_place_of_its_folders_are_refused(fed: Ledger) -> None:
    elsewhere = fed.folder / "elsewhere"
    elsewhere.mkdir()
    (fed.folder / "file").write_text("x")
    out = fed.folder / "court"
    out.mkdir()
    (out / "exhibits").symlink_to(elsewhere)
    for folder in (out, fed.folder / "file"):
        with pytest.raises(DeskError, match="is no folder"):
            written(fed, folder)
    assert lying(elsewhere) == {}


@pytest.mark.usefixtures("quick")
def test_no_name_of_a_customer_or_a_file_becomes_a_path(ledger: Ledger) -> None:
    ledger.open_items(B1.replace("Birch Works", "../../Birch / Works"))
    attach(ledger, "..\\..\\invoice.txt", b"delivered", note="../../x")
    claim = written(ledger)
    for file in claim.files:
        assert file.resolve().is_relative_to(home(ledger))
    assert {str(f.relative_to(claim.files[0].parent)) for f in claim.files if "exhibits" in str(f)} == {
        "exhibits/01-other.txt"
    }


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_damaged_missing_or_locked_is_told_and_the_rest_is_written(fed: Ledger) -> None:
    attach(fed, "a.pdf", attached.pdf("a")[:300])
    attach(fed, "b.pdf", attached.pdf("b", locked=True))
    attach(fed, "c.txt", b"gone")
    attach(fed, "d.txt", b"altered")
    attach(fed, "e.txt", b"whole")
    files = fed.folder / "book.json.documents" / "files"
    (files / hashlib.sha256(b"gone").hexdigest()).unlink()
    (files / hashlib.sha256(b"altered").hexdigest()).write_bytes(b"other")
    claim = written(fed)
    assert [w for w in claim.warnings if w.startswith("exhibit")] == [
        "exhibit 1 is not shown on pages: the file is damaged",
        "exhibit 2 is not shown on pages: the file is encrypted",
        "exhibit 3 is not shown on pages: the file is missing",
        "exhibit 4 is not shown on pages: the file was altered",
    ]
    assert sum("cannot be read" in missing for missing in claim.missing) == 2
    assert [f.name for f in claim.files if f.parent.name == "exhibits"] == [
        "01-other.pdf",
        "02-other.pdf",
        "05-other.txt",
    ]


def test_a_pdf_that_cannot_be_merged_is_told_and_the_rest_is_written(
    fed: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RecursionError

    attach(fed, "a.pdf", attached.pdf("a"))
    attach(fed, "b.txt", b"whole")
    # What a page is made of is read well, and cannot be written.
    monkeypatch.setattr("arctui.letters.claim_merge._indirect", breaks)
    claim = written(fed)
    told = [w for w in claim.warnings if w.startswith("exhibit")]
    assert told == ["exhibit 1 is not shown on pages: the file is damaged"]
    assert "exhibits/01-other.pdf" in lying(home(fed) / "Birch Works")
    assert "whole" in "".join(texts((home(fed) / "Birch Works" / "claim.pdf").read_bytes()))


@pytest.mark.usefixtures("quick")
def test_all_exhibits_together_have_a_limit_of_pages(fed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.desk.claim_file._MOST_PAGES", 13)
    for name in "abc":
        attach(fed, f"{name}.txt", name.encode() + b"\ndelivered\n" * 150)
    attach(fed, "d.pdf", attached.pdf("d"))
    told = [w for w in written(fed).warnings if w.startswith("exhibit")]
    assert told == ["exhibit 3 is not shown on pages: all exhibits have more than 13 pages"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("written_until", range(7))
def test_after_a_run_that_was_broken_off_nothing_stale_is_left(
    fed: Ledger, monkeypatch: pytest.MonkeyPatch, written_until: int
) -> None:
    folder = home(fed) / "Birch Works"
    attach(fed, "one.txt", b"one")
    written(fed)
    fed.desk.undo()
    attach(fed, "other.txt", b"other")
    with monkeypatch.context() as patch:
        patch.setattr("arctui.store.files.replace_whole", _dying(written_until))
        with pytest.raises(KeyboardInterrupt):
            written(fed)
    fed.desk.undo()
    written(fed)
    there = lying(folder)
    assert [name for name in there if name.startswith("exhibits/")] == []
    sums = [line for line in there["manifest.txt"].decode().splitlines() if not line.startswith("#")]
    assert sums == [f"{hashlib.sha256(there[s[66:]]).hexdigest()}  {s[66:]}" for s in sums]


def _dying(after: int) -> Callable[[Path, bytes], None]:
    """Write so many files, then die as a killed program does."""
    real, left = files.replace_whole, iter(range(after))

    def replace_whole(path: Path, content: bytes) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        real(path, content)

    return replace_whole


@pytest.mark.usefixtures("quick")
def test_an_act_that_was_taken_back_stands_in_the_chronology(fed: Ledger) -> None:
    fed.desk.note(fed.account().id, "said that he never pays")
    fed.desk.undo()
    written(fed)
    text = (home(fed) / "Birch Works" / "chronology.txt").read_text()
    assert "note, Birch Works" in " ".join(text.split())


class Stopping(Unwatched):
    """Whoever calls it off at the first exhibit."""

    def at(self, done: int, total: int) -> None:
        raise Cancelled


@pytest.mark.usefixtures("quick")
def test_called_off_it_leaves_nothing(fed: Ledger) -> None:
    attach(fed, "x.txt", b"delivered")
    with pytest.raises(Cancelled):
        fed.desk.claim_file.write(fed.account().id, progress=Stopping())
    work = ClaimBeside(fed.desk, fed.account().id, lambda _: None)
    work.cancel()
    work.wait(30)
    with pytest.raises(Cancelled):
        work.finish()
    assert not home(fed).exists()


@pytest.mark.usefixtures("quick")
def test_beside_the_clerks_work_it_is_about_the_book_as_it_was(fed: Ledger) -> None:
    ended = list[ClaimBeside]()
    work = ClaimBeside(fed.desk, fed.account().id, ended.append)
    fed.desk.note(fed.account().id, "came later")
    assert work.wait(30)
    claim = work.finish()
    assert ended == [work]
    assert claim.files[0] == home(fed) / "Birch Works" / "claim.pdf"
    assert "came later" not in (home(fed) / "Birch Works" / "chronology.txt").read_text()


@pytest.mark.usefixtures("quick")
def test_a_history_that_moves_while_it_is_read_is_read_again(fed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tuple(fed.book.history)
    readings = [whole[:-1], (), whole]
    monkeypatch.setattr(Book, "history", property(lambda _: readings.pop(0) if readings else ()))
    assert written(fed).files
    assert readings == []
    with pytest.raises(BookError, match="changes too often"):
        written(fed)
