"""The papers of the demo book: small PDF files of typed lines, and emails. The same lines give the same bytes.

They stand for what a firm has in its files, from programs of others; so they are made here without our own press.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime
from textwrap import wrap

#: Points: Letter paper, where the first line begins, from line to line; and how many lines have room.
_PAGE, _LEFT, _TOP, _LEADING, _MOST = "0 0 612 792", 72, 726, 12, 55
#: Letters of a line.
WIDTH = 72


def pdf_of(lines: Sequence[str]) -> bytes:
    """Return a PDF with typed lines on as many pages as they need; letters outside of western Europe become "?"."""
    whole = [part for line in lines for part in (wrap(line, WIDTH) if len(line) > WIDTH else [line])]
    pages = [whole[start : start + _MOST] for start in range(0, len(whole), _MOST)] or [[]]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        text = b"".join(_shown(line) for line in page)
        stream = b"BT /F1 10 Tf %d TL %d %d Td\n%bET" % (_LEADING, _LEFT, _TOP, text)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{_PAGE}] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return b"".join(_file(bodies))


def _shown(line: str) -> bytes:
    escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(%b) Tj T*\n" % escaped.encode("cp1252", "replace")


def _file(bodies: Sequence[bytes]) -> Iterator[bytes]:
    """Yield a PDF file of these objects: each numbered, with the table of where it begins."""
    start = b"%PDF-1.4\n"
    yield start
    at, places = len(start), []
    for number, body in enumerate(bodies, start=1):
        places.append(b"%010d 00000 n \n" % at)
        piece = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        at += len(piece)
        yield piece
    size = len(bodies) + 1
    yield b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, b"".join(places))
    yield b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at)


def eml_of(sender: str, to: str, subject: str, at: datetime, lines: Sequence[str]) -> bytes:
    """Return an email of plain lines."""
    head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: {format_datetime(at)}"]
    kind = ["MIME-Version: 1.0", 'Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: 8bit"]
    return "\r\n".join([*head, *kind, "", *lines, ""]).encode()
