"""Files that are attached to accounts: one act for all of them, refused in one sentence, and nothing half-done."""

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from arctui.core.changes import Change
from arctui.core.letter_records import Attachment, Role
from arctui.desk import DeskError
from arctui.desk.errors import CardNumberError
from arctui.store import BookConflictError, BookError
from arctui.store.documents import Documents
from tests.desk.attaching import PDF, MakeFile, ann_at, attached, files_in
from tests.playbook.clerks import Clerk, customer
from tests.store.crashes import dying, failing
from tests.store.faults import ERRORS
from tests.store.makers import contents


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return ann_at(tmp_path / "firm")


@pytest.fixture
def file(tmp_path: Path) -> MakeFile:
    return files_in(tmp_path)


# What is attached


def test_a_file_is_attached_with_all_that_is_known_of_it(clerk: Clerk, file: MakeFile) -> None:
    act = clerk.desk.attachments.attach("birch", [file()], about="birch-B-1041", note=" as\tsent ")
    assert act == "'invoice.pdf' attached to invoice B-1041 as invoice copy, Birch Works"
    (found,) = attached(clerk)
    assert found == Attachment(
        id=found.id,
        account="birch",
        digest=hashlib.sha256(PDF).hexdigest(),
        size=len(PDF),
        media="application/pdf",
        name="invoice.pdf",
        at=clerk.desk.rules.moment.now,
        day=clerk.desk.today,
        by="ann",
        about="birch-B-1041",
        note="as sent",
        role=Role.COPY,
    )
    assert clerk.desk.attachments.content(found.id) == PDF
    assert clerk.desk.check()[0] == []


def test_what_a_file_is_can_be_said_at_once_or_later_and_is_taken_back_by_undo(clerk: Clerk, file: MakeFile) -> None:
    attachments = clerk.desk.attachments
    act = attachments.attach("birch", [file("a.pdf")], about="birch-B-1041", role=Role.DELIVERY)
    assert act == "'a.pdf' attached to invoice B-1041 as proof of delivery, Birch Works"
    (found,) = attached(clerk)
    assert attachments.set_role(found.id, Role.OTHER) == "'a.pdf' is something else, Birch Works"
    assert attached(clerk)[0].role is Role.OTHER
    with pytest.raises(DeskError, match="is something else already"):
        attachments.set_role(found.id, Role.OTHER)
    clerk.desk.undo()
    assert attached(clerk) == [found]


def test_several_files_are_one_act_that_one_undo_takes_back_and_the_contents_stay(
    clerk: Clerk, file: MakeFile
) -> None:
    before = clerk.desk.book.number
    act = clerk.desk.attachments.attach("birch", [file("a.pdf"), file("b.txt", b"a note"), file("c.eml", b"x: y\n")])
    assert act == "3 files attached, Birch Works"
    assert clerk.desk.book.number == before + 1
    assert [a.name for a in attached(clerk)] == ["a.pdf", "b.txt", "c.eml"]
    assert clerk.desk.undo().act == act
    assert attached(clerk) == []
    assert len(clerk.desk.attachments.documents.names()) == 3
    assert clerk.desk.check()[0] == []


def test_what_a_content_is_that_was_attached_twice_is_said_by_the_whole_id(clerk: Clerk, file: MakeFile) -> None:
    for about in ("", "le"):
        clerk.desk.attachments.attach("birch", [file()], about=about)
    with pytest.raises(DeskError, match="2 attachments begin with"):
        clerk.desk.attachments.set_role(attached(clerk)[0].digest, Role.COPY)


def test_the_same_content_proves_an_invoice_and_a_letter_and_lies_there_once(clerk: Clerk, file: MakeFile) -> None:
    for about in ("", "birch-B-1041", "le"):
        clerk.desk.attachments.attach("birch", [file()], about=about)
    clerk.desk.attachments.attach("elm", [file()])
    assert len(attached(clerk)) == 3
    assert len(clerk.desk.attachments.documents.names()) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("in\x1b[31mvoice\u202efdp.pdf", "invoicefdp.pdf"),
        ("a\nb.pdf", "a b.pdf"),
        ("back\\slash.pdf", "back slash.pdf"),
        ("[b]{{ x }}.pdf", "[b]{{ x }}.pdf"),
        ("\u200b\u202e", "file"),
        ("Rechnung für Łódź.pdf", "Rechnung für Łódź.pdf"),
        ("n" * 200 + ".pdf", "n" * 115 + "…" + ".pdf"),
    ],
)
def test_a_name_is_cleaned_and_only_shown(clerk: Clerk, file: MakeFile, name: str, shown: str) -> None:
    clerk.desk.attachments.attach("birch", [file(name)])
    (found,) = attached(clerk)
    assert found.name == shown
    assert [p.name for p in Documents(clerk.path).files.iterdir()] == [found.digest]


def test_a_name_of_bytes_that_are_no_text_is_shown_without_them(clerk: Clerk, file: MakeFile) -> None:
    clerk.desk.attachments.attach("birch", [file(os.fsdecode(b"invoice \xff\xfe.pdf"))])
    assert attached(clerk)[0].name == "invoice .pdf"
    assert clerk.desk.check()[0] == []


def test_a_link_to_a_file_of_ones_own_is_followed(clerk: Clerk, file: MakeFile, tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(file())
    clerk.desk.attachments.attach("birch", [tmp_path / "link.pdf"])
    assert attached(clerk)[0].name == "link.pdf"


# What is refused


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(path.parent)
        try:
            made.bind(path.name)
        finally:
            os.chdir(before)


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "there is no file '.*bad'"),
    "empty": (lambda p: p.write_bytes(b""), "'bad' is empty"),
    "a folder": (Path.mkdir, "'bad' is a folder and no file"),
    "a pipe": (os.mkfifo, "'bad' is a pipe and no file"),
    "a device": (lambda p: p.symlink_to("/dev/zero"), "'bad' is a device or socket and no file"),
    "a terminal": (lambda p: p.symlink_to("/dev/tty"), "'bad' is a device or socket and no file"),
    "a socket": (socket_at, "'bad' is a device or socket and no file"),
    "a link to itself": (lambda p: p.symlink_to(p), "'bad' cannot be read .it is a link to itself"),
    "a link to nothing": (lambda p: p.symlink_to("nothing"), "there is no file"),
    "a program": (lambda p: p.write_bytes(b"MZ\0\0"), "'bad' is not a PDF, picture"),
    "too large": (lambda p: p.write_bytes(b"%PDF-" + b"0" * 2_000_000), "larger than 2 MB: make it smaller"),
    "a hole of 100 GB": (lambda p: p.open("wb").truncate(10**11), "larger than 2 MB"),
    "the same as another": (lambda p: p.write_bytes(PDF), "'invoice.pdf' and 'bad' are the same"),
    "attached already": (lambda p: p.write_bytes(b"known"), "'bad' is attached already as 'known.txt', since Mon 23"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_file_that_is_refused_refuses_all_and_nothing_is_half_done(
    clerk: Clerk, file: MakeFile, tmp_path: Path, name: str
) -> None:
    clerk.desk.set_policy("attachment_megabytes", "2")
    clerk.desk.attachments.attach("birch", [file("known.txt", b"known")])
    make_it, sentence = REFUSED[name]
    make_it(tmp_path / "bad")
    before = contents(clerk.path.parent)
    with pytest.raises(DeskError, match=sentence) as refused:
        clerk.desk.attachments.attach("birch", [file(), tmp_path / "bad"])
    assert "\n" not in str(refused.value)
    assert contents(clerk.path.parent) == before


def test_a_file_that_may_not_be_read_is_refused(
    clerk: Clerk, file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file()

    opened = os.open

    def forbid(name: object, *rest: object) -> int:
        if name == path:
            raise PermissionError(13, "Permission denied")
        return opened(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(DeskError, match=r"'invoice\.pdf' must not be read by you"):
        clerk.desk.attachments.attach("birch", [path])


@pytest.mark.parametrize("name", ["nul\0.pdf", "n" * 300, ".."])
def test_a_name_that_no_file_can_have_is_refused(clerk: Clerk, name: str) -> None:
    with pytest.raises(DeskError, match=r"cannot be read|is a folder"):
        clerk.desk.attachments.attach("birch", [Path(name)])


def test_a_file_that_changes_while_it_is_read_is_refused(
    clerk: Clerk, file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = file(), clerk.desk.cards.check

    def change(changes: list[Change]) -> None:
        path.write_bytes(b"another text")
        real(changes)

    monkeypatch.setattr(clerk.desk.cards, "check", change)
    with pytest.raises(DeskError, match=r"'invoice.pdf' changed while it was read"):
        clerk.desk.attachments.attach("birch", [path])
    assert attached(clerk) == []


@pytest.mark.parametrize(("name", "note"), [("4111 1111 1111 1111.pdf", ""), ("a.pdf", "card 4111111111111111")])
def test_a_card_number_in_name_or_note_is_refused_before_anything_is_kept(
    clerk: Clerk, file: MakeFile, name: str, note: str
) -> None:
    before = contents(clerk.path.parent)
    with pytest.raises(CardNumberError):
        clerk.desk.attachments.attach("birch", [file(name)], note=note)
    assert contents(clerk.path.parent) == before
    clerk.desk.cards.asks = False
    clerk.desk.attachments.attach("birch", [file(name)], note=note)


def test_a_digest_is_no_card_number(clerk: Clerk, file: MakeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = "4111111111111111" * 4
    monkeypatch.setattr(hashlib, "sha256", lambda _: type("Hash", (), {"hexdigest": lambda _: digest})())
    clerk.desk.attachments.attach("birch", [file()])
    assert attached(clerk)[0].digest == digest


@pytest.mark.parametrize("about", ["nothing", "elm-E-9"])
def test_what_it_is_about_must_be_on_the_account(clerk: Clerk, file: MakeFile, about: str) -> None:
    with pytest.raises(DeskError, match="no longer on the account"):
        clerk.desk.attachments.attach("birch", [file()], about=about)


def test_no_file_is_no_act(clerk: Clerk) -> None:
    with pytest.raises(DeskError, match="which file"):
        clerk.desk.attachments.attach("birch", [])


def test_another_session_that_attached_the_same_just_now_is_a_conflict(
    clerk: Clerk, file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, real = clerk.later("2026-11-23T10:13:00-05:00"), clerk.desk.cards.check

    def meanwhile(changes: list[Change]) -> None:
        real(changes)
        monkeypatch.undo()
        other.desk.attachments.attach("birch", [file()])

    monkeypatch.setattr(clerk.desk.cards, "check", meanwhile)
    with pytest.raises(BookConflictError):
        clerk.desk.attachments.attach("birch", [file()])
    clerk.desk.refresh()
    assert len(attached(clerk)) == 1


def test_what_was_attached_is_told_without_what_another_session_attached(clerk: Clerk, file: MakeFile) -> None:
    other = clerk.later("2026-11-23T10:13:00-05:00")
    other.desk.attachments.attach("birch", [file("theirs.txt", b"theirs")])
    done = clerk.desk.attachments.take("birch", [file("a.pdf"), file("b.txt", b"b")])
    assert [clerk.desk.attachments.get(each).name for each in done.ids] == ["a.pdf", "b.txt"]
    assert len(attached(clerk)) == 3


def test_a_folder_of_documents_that_is_a_link_is_told_as_one(clerk: Clerk, file: MakeFile, tmp_path: Path) -> None:
    folder = clerk.desk.attachments.documents.folder
    (tmp_path / "disk").mkdir()
    folder.symlink_to(tmp_path / "disk")
    with pytest.raises(BookError, match="is a link and no folder of its own: put the folder itself there"):
        clerk.desk.attachments.attach("birch", [file()])
    assert list((tmp_path / "disk").iterdir()) == []


# A kill, and a full disk


def test_a_kill_at_any_point_leaves_no_record_without_its_content(tmp_path: Path, file: MakeFile) -> None:
    found = set()
    for at in range(0, 1000, 3):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        clerk = Clerk.with_book(folder, customer("Birch Works"))
        with dying(at) as watch:
            clerk.desk.attachments.attach("birch", [file(), file("b.txt", b"b")])
        again = clerk.later("2026-11-23T10:13:00-05:00")
        found.add(len(attached(again)))
        assert again.desk.check()[0] == [], watch.passed[at]
        if not watch.struck:
            assert found == {0, 2}
            return
    raise AssertionError("it never ends")


def test_a_full_disk_is_told_and_no_record_is_kept(tmp_path: Path, file: MakeFile) -> None:
    told = 0
    for at in range(0, 1000, 3):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        clerk = Clerk.with_book(folder, customer("Birch Works"))
        with failing(at, ERRORS["ENOSPC"], for_good=True) as watch:
            try:
                clerk.desk.attachments.attach("birch", [file(), file("b.txt", b"b")])
            except (BookError, DeskError):
                told += 1
        again = clerk.later("2026-11-23T10:13:00-05:00")
        assert again.desk.check()[0] == [], watch.passed[at]
        if not watch.struck:
            assert len(attached(again)) == 2
            assert told > 5
            return
    raise AssertionError("it never ends")
