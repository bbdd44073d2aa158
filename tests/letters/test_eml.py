"""The email of a letter, read back with the parser of the standard library."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import msgspec
import pytest

from arctui.letters import eml
from arctui.letters.eml import EmailError, email_text, letter_eml
from arctui.letters.rendered import Lines, Paragraph, Rendered, Table
from tests.letters.test_letter_text import VALUES

AT = datetime(2026, 11, 23, 16, 5, tzinfo=timezone(timedelta(hours=-5)))
PDF = b"%PDF-1.7 \x00\xff " * 500
LETTER = Rendered("Invoices past due", (Paragraph("Please pay."), Lines(("IBAN DE02", "BIC X"))))


def written(
    letter: Rendered = LETTER,
    *,
    person: str = "Tony Marsh",
    sender: str = "",
    to: Sequence[str] = ("tony@birch.example",),
    name: str = "2026-0017 reminder.pdf",
    pdf: bytes = PDF,
) -> bytes:
    values = msgspec.structs.replace(VALUES, person=person, clerk="Ann Lee", firm="Granite & Vale")
    words = email_text(letter, values)
    return letter_eml(words, sender=sender, to=to, pdf=pdf, name=name, at=AT, person=person, firm=values.firm)


def read(content: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert not message.defects
    return message


def body(message: EmailMessage) -> str:
    part = message.get_body()
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_email_has_the_words_and_the_letter_attached() -> None:
    message = read(written(sender="ar@granite.example"))
    assert message["Subject"] == "Invoices past due"
    assert message["To"] == "Tony Marsh <tony@birch.example>"
    assert message["From"] == "Granite & Vale <ar@granite.example>"
    assert message["Date"].datetime == AT
    assert body(message) == "Please pay.\n\nIBAN DE02\nBIC X\n\nAnn Lee\nGranite & Vale\n"
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "2026-0017 reminder.pdf"
    assert attached.get_content() == PDF


def test_it_is_one_that_is_still_to_be_sent_and_makes_nothing_up() -> None:
    message = read(written())
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message["Message-ID"] is None


def test_the_same_letter_gives_the_same_bytes_and_another_one_others() -> None:
    assert written() == written()
    assert written() != written(pdf=b"%PDF-1.7")
    assert b"\r\n" in written()
    assert b"\n" not in written().replace(b"\r\n", b"")


def test_names_and_words_of_any_script_come_back_whole() -> None:
    words = "見積書 فاتورة Größe " * 20
    letter = Rendered("Überfällige Rechnung 請求書", (Paragraph(words),))
    message = read(written(letter, person="Zoë Müller", name="2026-0017 Größe 請求.pdf"))
    assert message["Subject"] == "Überfällige Rechnung 請求書"
    assert message["To"].addresses[0].display_name == "Zoë Müller"
    assert "".join(words.split()) in "".join(body(message).split())
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "2026-0017 Größe 請求.pdf"


def test_addresses_of_any_script_come_back_whole() -> None:
    message = read(written(to=("info@müller.example", "zoë@müller.example")))
    # The parser keeps the bytes of a header in UTF-8 (RFC 6532) as they are.
    addresses = [a.addr_spec.encode("utf-8", "surrogateescape").decode() for a in message["To"].addresses]
    assert addresses == [
        "info@xn--mller-kva.example",
        "zoë@xn--mller-kva.example",
    ]


@pytest.mark.parametrize("evil", ["x\r\nBcc: all@evil.example", "x\nBcc: all@evil.example", "x\x00\u2028Bcc: y"])
def test_no_text_makes_a_header(evil: str) -> None:
    message = read(written(Rendered(evil, ()), person=evil, name=evil))
    assert sorted(message.keys()) == [
        "Content-Type", "Date", "MIME-Version", "Subject", "To", "X-Unsent",
    ]  # fmt: skip
    assert "Bcc" in message["Subject"]


@pytest.mark.parametrize(
    "evil",
    ["=?utf-8?q?Tony=0d=0aBcc:_thief=40evil.example?=", "Tony =?utf-8?b?DQpCY2M6IHRoaWVmQGV2aWwuZXhhbXBsZQ==?= M",
     "=\x00?utf-8?q?=0a=0aBcc:_x?=", "==??utf-8?q?=0aBcc:_x?="],
)  # fmt: skip
@pytest.mark.parametrize("with_pdf", [True, False])
def test_no_encoded_word_makes_a_header(evil: str, with_pdf: bool) -> None:
    content = written(Rendered(evil, ()), person=evil, name=evil, sender="a@b.example", pdf=PDF if with_pdf else b"")
    message = read(content)
    assert sorted(message.keys()) == sorted([
        "Content-Type", "Date", "From", "MIME-Version", "Subject", "To", "X-Unsent",
        *([] if with_pdf else ["Content-Transfer-Encoding"]),
    ])  # fmt: skip
    assert b"\nBcc" not in content
    assert message["Subject"] == message["To"].addresses[0].display_name
    assert "utf-8?" in message["Subject"]


def test_an_email_whose_head_reads_back_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eml, "_plain", lambda text: text)
    with pytest.raises(EmailError, match="would change the head"):
        written(Rendered("=?utf-8?q?A=0d=0aBcc:_x=40y.example?=", ()))


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "=?utf-8?q?a=0d=0aBcc:_x?=@b.example", "a@b@c", "a b@c.example", "a@c.example, b@d.example",
     "Tony <t@b.example>", "@x", "a@", "a@x..y", "a\r\nBcc:x@y.example@z"],
)  # fmt: skip
def test_what_is_no_address_is_refused_by_its_name(address: str) -> None:
    with pytest.raises(EmailError, match="is no email address"):
        written(to=(address,))


def test_a_file_name_is_never_a_path() -> None:
    (attached,) = read(written(name="../../etc/x\\y.pdf")).iter_attachments()
    assert attached.get_filename() == "..-..-etc-x-y.pdf"


def test_tables_stand_in_the_words() -> None:
    table = Table(head=("Invoice", "Open"), rows=(("B-1041", "1,200.00"),), right=(False, True))
    assert "B-1041   1,200.00" in body(read(written(Rendered("Due", (table,)))))
