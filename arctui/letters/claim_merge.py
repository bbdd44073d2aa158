"""Pages of attached PDF files, taken into the claim file: each as it is seen, drawn on a page of ours.

A page comes over with its fonts, its pictures and what is written into its form fields; links, scripts and files
inside it do not. Files come from anybody: their size, their pages and the work on them have limits.
"""

import io
import logging
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

#: A file of more bytes, or of more pages, is not taken in.
MOST_BYTES, MOST_PAGES = 64_000_000, 300
#: Calls of functions while a file is read, some ten seconds: counted instead of timed, so that every machine agrees.
_MOST_CALLS = 30_000_000
#: So deep may these calls stand inside of each other: well below what Python allows, so that what is read here is
#: also merged where more calls stand around it.
_DEEPEST = 400
#: Bytes that a file may unpack to: a few kilobytes can hold gigabytes.
_MOST_UNPACKED = 128_000_000
#: So many form fields, stamps and remarks of one page are drawn.
_MOST_MARKS = 1_000
#: Points: the longest side that a page may have.
_LONGEST_SIDE = 14_400.0
#: Flags of an annotation: hidden, not to be seen.
_UNSEEN = 2 | 32

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class UnreadableError(ValueError):
    """A file cannot be shown on pages; the message says why: "the file is encrypted"."""


class _TooMuchWork(BaseException):  # no handler of other people's code is to take it for an error
    """Reading a file takes too long."""


class Work:
    """What is left of the work that may be done on one file."""

    def __init__(self, calls: int, unpacked: int) -> None:
        self._calls, self._unpacked, self._deep = calls, unpacked, 0

    def unpack(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self._unpacked -= size
        if self._unpacked < 0:
            raise _TooMuchWork

    def count(self, frame: FrameType, event: str, argument: object) -> None:
        """Count a call of a function, and what it unpacks: as `sys.setprofile` tells it."""
        self._calls -= 1
        if self._calls < 0:
            raise _TooMuchWork
        if event == "call":
            self._deep += 1
            if self._deep > _DEEPEST:
                raise _TooMuchWork
        elif event == "return":
            self._deep -= 1
            if frame.f_code.co_name == _UNPACKS and isinstance(argument, bytes):
                self.unpack(len(argument))


#: The function of pypdf through which all that is packed goes.
_UNPACKS = "decode_stream_data"


@contextmanager
def limited(calls: int = 0) -> Iterator[Work]:
    """Let the block do so much work as a file is worth. Raises UnreadableError where it does more.

    `calls` of functions are the most, 0: as many as for a PDF.

    What is imported in the block counts, too: import before.
    """
    work = Work(calls or _MOST_CALLS, _MOST_UNPACKED)
    before = sys.getprofile()
    sys.setprofile(work.count)
    try:
        yield work
    except _TooMuchWork:
        raise UnreadableError("the file takes too much work to read") from None
    finally:
        sys.setprofile(before)


class Taken:
    """The pages of one PDF file, each drawn into a form of its own; nothing else of the file is kept."""

    def __init__(self, content: bytes) -> None:
        """Read a file. Raises UnreadableError."""
        if len(content) > MOST_BYTES:
            raise UnreadableError(f"the file has more than {MOST_BYTES // 1_000_000} megabytes")
        _quiet()
        from pypdf import PdfReader, PdfWriter

        try:
            with limited() as work:
                self._scratch: PdfWriter = PdfWriter()
                self.pages = [self._seen(page, work) for page in _pages(PdfReader(io.BytesIO(content)))]
        except UnreadableError:
            raise
        except Exception as error:  # a damaged file raises anything
            raise UnreadableError("the file is damaged") from error

    def _seen(self, page: "PageObject", work: Work) -> "Seen":
        return Seen(_form_of(page, self._scratch, work), *_shape(page))


class Seen(NamedTuple):
    """One page: its form, the box of it that is seen, and by how many degrees it is turned clockwise."""

    form: "StreamObject"
    box: Box
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is seen, in points."""
        x0, y0, x1, y1 = self.box
        return (y1 - y0, x1 - x0) if self.turned in (90, 270) else (x1 - x0, y1 - y0)

    def into(self, room: Box) -> Matrix:
        """Return how it is drawn into a room: as large as it is or as there is room for, in the middle above."""
        (width, height), (left, bottom, right, top) = self.size, room
        scale = min(1.0, (right - left) / width, (top - bottom) / height)
        dx, dy = left + (right - left - width * scale) / 2, top - height * scale
        x0, y0, x1, y1 = self.box
        a, b, c, d, e, f = {
            0: (1, 0, 0, 1, -x0, -y0),
            90: (0, -1, 1, 0, -y0, x1),
            180: (-1, 0, 0, -1, x1, y1),
            270: (0, 1, -1, 0, y1, -x0),
        }[self.turned]
        return (a * scale, b * scale, c * scale, d * scale, e * scale + dx, f * scale + dy)


class Placed(NamedTuple):
    """A page that is to be drawn on the page of ours with this index, into this room (points from below left)."""

    on: int
    seen: Seen
    room: Box


def merged(ours: bytes, placed: Sequence[Placed], identity: bytes) -> bytes:
    """Return a document of ours with pages of others drawn on its pages. `identity` (16 bytes) tells files apart.

    The same input gives the same bytes: the dates are those of our document. Raises UnreadableError where a page of
    others cannot be written; `merges` tells which.
    """
    _quiet()
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(ours)))
    try:
        for on, seen, room in placed:
            page = writer.pages[on]
            resources = _at(page, "/Resources")
            named = DictionaryObject(_at(resources, "/XObject") or {})
            named[NameObject("/Exhibit")] = _indirect(seen.form, writer)
            own = DictionaryObject(resources)
            own[NameObject("/XObject")] = named
            page[NameObject("/Resources")] = own
            drawn = _stream(f"q {_numbers(seen.into(room))} cm /Exhibit Do Q\n".encode())
            words = _at(page, "/Contents")
            parts = words if isinstance(words, ArrayObject) else [page.raw_get("/Contents")]
            page[NameObject("/Contents")] = ArrayObject([writer._add_object(drawn), *parts])
        writer._ID = ArrayObject([ByteStringObject(identity), ByteStringObject(identity)])
        out = io.BytesIO()
        writer.write(out)
    except Exception as error:  # a damaged file raises anything, some only now
        raise UnreadableError("the file is damaged") from error
    return out.getvalue()


def merges(pages: Iterable[Seen]) -> bool:
    """Can these pages be written into a document?"""
    from pypdf import PdfWriter

    writer = PdfWriter()
    try:
        for seen in pages:
            _indirect(seen.form, writer)
        writer.write(io.BytesIO())
    except Exception:  # noqa: BLE001  a damaged file raises anything
        return False
    return True


# A page becomes a form


def _pages(reader: "PdfReader") -> "Iterator[PageObject]":
    if reader.is_encrypted:
        try:
            # Many have no password for reading, only one for changing.
            is_open = bool(reader.decrypt(""))
        except Exception as error:  # ciphers of which the means are not installed
            raise UnreadableError("the file is encrypted") from error
        if not is_open:
            raise UnreadableError("the file is encrypted")
    count = len(reader.pages)
    if not count:
        raise UnreadableError("the file has no pages")
    if count > MOST_PAGES:
        raise UnreadableError(f"the file has {count:,} pages, more than {MOST_PAGES}")
    yield from reader.pages


def _shape(page: "PageObject") -> tuple[Box, int]:
    """Return the box of a page that is seen, and by how many degrees it is turned."""
    media = _box(page.mediabox)
    crop = _box(page.cropbox) or media
    if media and crop:
        box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        media = box if box[0] < box[2] and box[1] < box[3] else media
    if not media:
        raise UnreadableError("the file is damaged: a page has no size")
    return media, int(_at(page, "/Rotate") or 0) % 360 // 90 * 90


def _box(corners: Sequence[Any]) -> Box | None:
    """Return the box between two corners, None where it is none."""
    numbers = [float(n) for n in corners]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        return None
    x0, x1 = sorted((numbers[0], numbers[2]))
    y0, y1 = sorted((numbers[1], numbers[3]))
    fits = 1 <= x1 - x0 <= _LONGEST_SIDE and 1 <= y1 - y0 <= _LONGEST_SIDE
    return (x0, y0, x1, y1) if fits else None


def _form_of(page: "PageObject", into: "PdfWriter", work: Work) -> "StreamObject":
    """Draw a page, and what is written into it, into a form."""
    from pypdf.generic import DictionaryObject, NameObject

    (x0, y0, x1, y1), _ = _shape(page)
    drawn = _drawn(page, work)
    _as_form(drawn, (x0, y0, x1, y1))
    for key in ("/Resources", "/Group"):
        if found := _at(page, key):
            drawn[NameObject(key)] = found.clone(into, ignore_fields=_LEAD_AWAY)
    objects = DictionaryObject({NameObject("/Page"): into._add_object(drawn)})
    lines = ["q /Page Do Q"]
    for number, (look, matrix) in enumerate(_marks(page)):
        name = f"/Mark{number}"
        objects[NameObject(name)] = _indirect(look, into)
        lines.append(f"q {_numbers(matrix)} cm {name} Do Q")
    whole = _stream("\n".join(lines).encode())
    _as_form(whole, (x0, y0, x1, y1))
    whole[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    into._add_object(whole)
    return whole


#: Fields that lead from a page's resources back into the rest of its file, or to what acts.
_LEAD_AWAY = ("/Parent", "/StructParent", "/StructParents", "/OC", "/Metadata", "/PieceInfo", "/A", "/AA", "/AF")


def _drawn(page: "PageObject", work: Work) -> "StreamObject":
    """Return what a page draws as one stream. Raises whatever a damaged one raises."""
    from pypdf.generic import ArrayObject, EncodedStreamObject

    found = _at(page, "/Contents")
    pieces = list[bytes]()
    for stream in (s.get_object() for s in found) if isinstance(found, ArrayObject) else [found]:
        if stream is None or not hasattr(stream, "get_data"):
            continue
        data: bytes | str = stream.get_data()
        if isinstance(stream, EncodedStreamObject):
            # Else the file keeps all of its pages unpacked.
            stream.decoded_self = None
        # One that is not packed counts as well: a page may name it a thousand times.
        work.unpack(len(data))
        pieces.append(data if isinstance(data, bytes) else data.encode("latin-1"))
    return _stream(b"\n".join(pieces))


def _marks(page: "PageObject") -> "Iterator[tuple[StreamObject, Matrix]]":
    """Return the looks of form fields, stamps and remarks on a page, each with how it is drawn there."""
    from pypdf.generic import StreamObject

    for mark in (_at(page, "/Annots") or ())[:_MOST_MARKS]:
        mark = mark.get_object()
        look = _at(_at(mark, "/AP"), "/N")
        if not isinstance(look, StreamObject):
            # One look for each state, as a box that is ticked or not.
            look = _at(look, mark.get("/AS", "/Off"))
        unseen = int(_at(mark, "/F") or 0) & _UNSEEN or mark.get("/Subtype") == "/Popup"
        if isinstance(look, StreamObject) and not unseen:
            matrix = _onto(look, mark)
            if matrix:
                yield look, matrix


def _onto(look: "StreamObject", mark: "DictionaryObject") -> Matrix | None:
    """Return how a look is drawn so that it fills the rectangle of its mark (PDF 32000-1, 12.5.5)."""
    box, room = (_box(_at(of, key) or ()) for of, key in ((look, "/BBox"), (mark, "/Rect")))
    if not box or not room:
        return None
    a, b, c, d, e, f = (float(n) for n in _at(look, "/Matrix") or (1, 0, 0, 1, 0, 0))
    x0, y0, x1, y1 = box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, below = (min(corner[n] for corner in corners) for n in (0, 1))
    width, height = (max(corner[n] for corner in corners) - low for n, low in ((0, left), (1, below)))
    if width <= 0 or height <= 0:
        return None
    sx, sy = (room[2] - room[0]) / width, (room[3] - room[1]) / height
    return (sx, 0, 0, sy, room[0] - left * sx, room[1] - below * sy)


def _at(of: Any, key: str) -> Any:
    """Return what stands in a dictionary under a key, itself and no reference to it; None where there is none."""
    found: Any = of.get(key) if hasattr(of, "get") else None
    return found.get_object() if found is not None else None


def _stream(data: bytes) -> "StreamObject":
    from pypdf.generic import DecodedStreamObject

    plain = DecodedStreamObject()
    plain.set_data(data)
    return plain.flate_encode()


def _as_form(stream: "StreamObject", box: Box) -> None:
    from pypdf.generic import ArrayObject, FloatObject, NameObject

    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject(FloatObject(f"{n:.4f}") for n in box)


def _indirect(stream: "StreamObject", writer: "PdfWriter") -> Any:
    """Return a form as an object of a document, cloned into it once."""
    from pypdf.generic import NameObject

    cloned = stream.clone(writer, ignore_fields=_LEAD_AWAY)
    cloned[NameObject("/Subtype")] = NameObject("/Form")
    return cloned.indirect_reference or writer._add_object(cloned)


def _numbers(matrix: Matrix) -> str:
    return " ".join(f"{n:.5f}" for n in matrix)


def _quiet() -> None:
    """Let pypdf's remarks on damaged files go nowhere: what matters is told by ourselves."""
    log = logging.getLogger("pypdf")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
