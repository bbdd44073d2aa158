"""What a file is, by its content: a name may say anything."""

import io
import zipfile

import pytest

from arctui.exchange.media import CSV, DOCX, EMAIL, JPEG, ODT, PDF, PNG, TEXT, XLSX, media_of


def packed(**entries: bytes) -> bytes:
    """A zip file with these entries; a double underscore stands for a slash, a single one for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def office(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


EMAIL_TEXT = (
    b"Return-Path: <tony@birch.example>\r\nFrom: Tony\r\nSubject: =?utf-8?q?paid?=\r\n more\r\n\r\nWe paid.\r\n"
)

KNOWN = {
    "a PDF": (b"%PDF-1.7\n...", PDF),
    "a PDF behind a line of a printer": (b"\x1b%-12345X@PJL\n%PDF-1.4\n", PDF),
    "a PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PNG),
    "a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", JPEG),
    "an email": (EMAIL_TEXT, EMAIL),
    "an email of a mailbox": (b"From tony Mon Nov 23\n" + EMAIL_TEXT, EMAIL),
    "an email with bytes of Latin-1": (EMAIL_TEXT + b"gr\xfc\xdfe", EMAIL),
    "a text": ("Grüße, 1.200,00 €".encode(), TEXT),
    "a text of Latin-1": (b"Gr\xfc\xdfe", TEXT),
    "a text of Windows": (b"\x80 1200, \x93paid\x94", TEXT),
    "a text with one line like a head": (b"Subject: paid\n\nwe paid on friday\n", TEXT),
    "a table": (b"Customer,Invoice\nBirch,B-1041\n", CSV),
    "a table with semicolons": (b"\xef\xbb\xbfKunde;Nummer\r\nBirke;7\r\n", CSV),
    "a DOCX": (office(word__document_xml=b"<w/>"), DOCX),
    "an XLSX": (office(xl__workbook_xml=b"<x/>"), XLSX),
    "an ODT": (packed(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>"), ODT),
}
UNKNOWN = {
    "nothing": b"\0",
    "a program": b"MZ\x90\0\x03",
    "another program": b"\x7fELF\x02\x01\x01\0",
    "a GIF": b"GIF89a\x01\0\x01\0\x80\0\0",
    "a zip": packed(a_txt=b"a"),
    "a DOCX with macros": office(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"),
    "a zip that is cut": office(word__document_xml=b"<w/>")[:60],
    "the beginning of a zip": b"PK\x03\x04",
    "a spreadsheet of OpenDocument": packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "an Outlook message": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    "UTF-16": "Grüße".encode("utf-16"),
    "bytes that no text has": b"a text \x81 and more",
    "an escape to a terminal's title and a bell": b"\x1b]0;x\x07",
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_file_is_told_by_its_content(name: str) -> None:
    content, media = KNOWN[name]
    assert media_of(content) == media


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_none_of_the_kinds_is_not_taken_for_one(name: str) -> None:
    assert media_of(UNKNOWN[name]) == ""


def test_a_packed_file_that_claims_to_be_huge_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"\0" * 50_000_000)
    assert media_of(made.getvalue()) == ""


def test_only_the_beginning_of_a_long_text_tells_its_kind() -> None:
    assert media_of(EMAIL_TEXT + b"line\n" * 100_000) == EMAIL
    assert media_of(b"From: a\nDate: b\n" * 100_000) == EMAIL
    assert media_of(b"a,b\n" * 100_000) == CSV
