"""The papers of an account by keys, and its claim file."""

from pathlib import Path

import pytest

from arctui.core.letter_records import Attachment, Role
from arctui.store import Book
from arctui.tui.paths import completed
from tests.tui.conftest import DEMO_DAY
from tests.tui.test_letter_screens import paste, shown, to, told
from tests.tui.workstation import workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scans" / "signed order.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.4\n")
    path.with_name("other.txt").write_text("agreed by phone", encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_file_is_found_by_its_beginning_attached_to_an_invoice_and_shown(
    four_customers: Path, scan: Path, size: tuple[int, int]
) -> None:
    async with workstation(four_customers, DEMO_DAY, size=size) as clerk:
        await to(clerk, "birch")
        await clerk.press("P")
        assert "no file is attached to this account yet: a attaches one" in clerk.text
        await clerk.press("a", "enter")
        assert told(clerk) == "which file? write its path"
        await paste(clerk, f"{scan.parent}/")
        assert told(clerk) == "other.txt signed order.pdf"
        await clerk.type("si")
        await clerk.press("tab")
        await clerk.press("space")
        await paste(clerk, "-- contract")
        await clerk.press("enter")
        assert "WHAT IS signed order.pdf ABOUT?" in clerk.text
        assert " 2  invoice B-1041" in clerk.text
        await clerk.press("2")
        assert "WHAT IS signed order.pdf?" in clerk.text
        assert "> 3  contract" in clerk.text
        await clerk.press("enter")
        assert told(clerk) == "saved: 'signed order.pdf' attached to invoice B-1041 as contract, Birch Works"
        assert "9 B ann       invoice B-1041" in clerk.text
        await clerk.press("a")
        await paste(clerk, str(scan))
        await clerk.press("enter")
        await clerk.press("2", "1")
        assert "is attached already" in told(clerk)
        await clerk.press("escape", "enter")
        assert "as        contract" in clerk.text
        assert "note      contract" in clerk.text
        assert "application/pdf, 9 B" in clerk.text
        await clerk.press("escape", "escape", "i")
        assert "PAPERS 1 P Mon 23 Nov signed order.pdf, invoice B-1041 9 B (ann)" in shown(clerk)
        await clerk.press("escape", "P", "u", "escape")
    assert list(Book(four_customers).facts.all(Attachment)) == []


async def test_what_a_paper_is_can_be_said_later(four_customers: Path, scan: Path) -> None:
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("P", "a")
        await paste(clerk, str(scan.with_name("other.txt")))
        await clerk.press("enter", "2")
        assert "> 5  something else" in clerk.text
        await clerk.press("enter", "w", "2")
        assert told(clerk) == "saved: 'other.txt' is proof of delivery, Birch Works"
        await clerk.press("w", "escape", "enter")
        assert "as        proof of delivery" in clerk.text
    (paper,) = Book(four_customers).facts.all(Attachment)
    assert paper.role is Role.DELIVERY


async def test_a_call_notes_what_was_attached_in_it(four_customers: Path, scan: Path) -> None:
    async with workstation(four_customers, "2026-11-23T10:12:00-05:00") as clerk:
        await to(clerk, "cedar")
        await clerk.press("enter", "P", "a")
        await paste(clerk, str(scan))
        await clerk.press("enter")
        await clerk.press("1", "5", "escape")
        assert clerk.desk.calling.call
        assert "noted: 'signed order.pdf' attached, Cedar Farm" in clerk.script


async def test_what_is_no_file_that_can_be_kept_is_refused_and_the_line_stays(
    four_customers: Path, tmp_path: Path
) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ\x00\x01")
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("P", "a")
        await paste(clerk, str(tmp_path / "nowhere.pdf"))
        await clerk.press("enter")
        assert "there is no file" in told(clerk)
        await clerk.press("ctrl+u")
        await paste(clerk, str(program))
        await clerk.press("enter")
        assert "'setup.exe' is not a PDF" in told(clerk)
    assert list(Book(four_customers).facts.all(Attachment)) == []


@pytest.mark.parametrize("key", ["P", "L"])
async def test_undoing_the_import_of_the_account_that_is_looked_at_leads_back_to_the_desk(
    four_customers: Path, key: str
) -> None:
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press(key, "u", "u")
        assert clerk.app.screen is not clerk.desk
        await clerk.press("u")
        assert clerk.app.screen is clerk.desk
        assert clerk.status == "this account is no longer in the book"
        assert clerk.accounts == []


async def test_the_claim_file_is_written_and_says_what_is_missing_and_where_it_lies(four_customers: Path) -> None:
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("J")
        await clerk.until(lambda: "MISSING FOR A COMPLETE FILE" in clerk.text)
        assert "[ ] the customer's legal name is not known" in clerk.text
        assert told(clerk).endswith("claim.pdf")
        await clerk.press("end")
        assert "manifest.txt" in clerk.text
        number = Book(four_customers).number
        await clerk.press("C")
        assert clerk.desk.prompt.purpose == "correct"
        await clerk.enter("legal name Birch Works LLC")
        assert Book(four_customers).number == number + 1
        await clerk.until(lambda: "w write again" in clerk.keys)
        assert "legal name is not known" not in clerk.text
        assert "C [ ] " in clerk.text
        assert "P [ ] no contract" in clerk.text
        await clerk.press("P", "escape")
        await clerk.until(lambda: "w write again" in clerk.keys)
        await clerk.press("L", "o", "escape")
        await clerk.until(lambda: "w write again" in clerk.keys)
        await clerk.press("escape")
        assert clerk.app.screen is clerk.desk
        assert clerk.account == "Birch Works"
    assert list(four_customers.with_name("book.json.documents").glob("claims/*/claim.pdf"))


def test_a_typed_path_is_completed_as_far_as_it_is_certain(scan: Path) -> None:
    folder = scan.parent
    scan.with_name("signed offer.pdf").touch()
    assert completed(f"{folder}/s") == f"{folder}/signed o"
    assert completed(str(folder)[:-2]) == f"{folder}/"
    assert completed(f"{folder}/zz") == f"{folder}/zz"
