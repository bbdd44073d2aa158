"""An account with invoices, a letter, a dispute and a promise, and files to attach to it."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from arctui.core.letter_records import Attachment, Letter, LetterKind
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, customer
from tests.store.makers import NOON

PDF = b"%PDF-1.4 invoice B-1041"
LETTER = Letter(
    id="le", account="birch", number="2026-0017", kind=LetterKind.DEMAND, at=NOON, day=nov(20), by="ann", invoices=()
)

MakeFile = Callable[..., Path]


def attached(clerk: Clerk, account: str = "birch") -> list[Attachment]:
    return clerk.desk.attachments.of(account)


def ann_at(folder: Path) -> Clerk:
    """Ann at a customer with invoices, a letter, a dispute and a promise; the book lies in this folder."""
    invoices = [make.invoice(number, "1200.00", nov(2)) for number in ("B-1041", "B-1042", "2026-0018", "INV-00077")]
    memo = make.invoice("B-1041", "-50.00", nov(2))
    records = customer("Birch Works", *invoices, msgspec.structs.replace(memo, kind="Credit Memo"))
    records[-1] = msgspec.structs.replace(records[-1], id="memo")
    folder.mkdir()
    clerk = Clerk.with_book(folder, [*records, *customer("Elm & Sons", make.invoice("E-9", "10.00", nov(2))), LETTER])
    clerk.desk.log("birch", "dsp 100 wet")
    clerk.desk.log("birch", "fri 1200 ach tony")
    return clerk


def files_in(folder: Path) -> MakeFile:
    """Return what writes a file into a folder and returns its path."""

    def made(name: str = "invoice.pdf", content: bytes = PDF) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return made
