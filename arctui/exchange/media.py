"""What a file is, by what stands in it and not by its name: the kinds of paper that are kept for an account."""

import io
import re
import zipfile
import zlib

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
EMAIL, TEXT, CSV = "message/rfc822", "text/plain", "text/csv"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"

#: What each kind is called, by the ending that people know.
NAMES = {
    PDF: "PDF",
    PNG: "PNG",
    JPEG: "JPEG",
    EMAIL: "email",
    TEXT: "text",
    CSV: "CSV",
    DOCX: "DOCX",
    XLSX: "XLSX",
    ODT: "ODT",
}

#: Readers of PDF look for its first line within so many bytes.
_PDF_BEGINS = 1024
_ENTRIES = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
#: Lines of an email's head, of which two or more must stand at its beginning.
_HEADERS = re.compile(
    rb"(?:from|to|date|subject|received|return-path|message-id|mime-version|delivered-to|content-type|cc|"
    rb"reply-to|x-[\w-]+|dkim-signature|arc-[\w-]+|authentication-results|sender):",
    re.IGNORECASE,
)
_FIELD = re.compile(rb"[!-9;-~]+:")
#: Bytes that no text in UTF-8, Latin-1 or the Windows code page that goes under its name has.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_NO_LATIN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
#: So many lines tell whether a text is a table, and so many bytes hold them, or the head of an email.
_LOOKED_AT, _BEGINNING = 20, 1 << 16
_SEPARATORS = (b",", b";", b"\t", b"|")


def media_of(content: bytes) -> str:
    """Return the media type of a file's content, "" for what is none of the kinds that are kept."""
    if b"%PDF-" in content[:_PDF_BEGINS]:
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _text(content)


def _packed(content: bytes) -> str:
    """Tell documents of office programs by what is packed in them; one with macros is none that is kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
                return ODT if archive.read("mimetype") == ODT.encode() else ""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return ""
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    return next((media for entry, media in _ENTRIES.items() if entry in names), "")


def _text(content: bytes) -> str:
    if not is_text(content):
        return ""
    beginning = content[:_BEGINNING]
    if _is_email(beginning):
        return EMAIL
    lines = [line for line in beginning.splitlines()[:_LOOKED_AT] if line.strip()]
    for separator in _SEPARATORS:
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts.pop():
            return CSV
    return TEXT


def is_text(content: bytes) -> bool:
    """Is a content text, in UTF-8 or Latin-1?"""
    if _NO_TEXT.search(content):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return not _NO_LATIN.search(content)
    return True


def _is_email(content: bytes) -> bool:
    """Does a text begin with the head of an email? Some programs put a line "From ..." before it."""
    head = re.split(rb"\r?\n\r?\n", content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), maxsplit=1)[0]
    lines = head.splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    fields = [line for line in lines if not line.startswith((b" ", b"\t"))]
    found = {field.partition(b":")[0].lower() for field in fields if _HEADERS.match(field)}
    return bool(fields) and all(map(_FIELD.match, fields)) and len(found) > 1
