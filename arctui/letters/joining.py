"""Many letters in one file, for printing: what they share byte for byte (fonts, logo) is read and kept once."""

import io
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import IndirectObject


def joined(pdfs: Iterable[bytes]) -> bytes:
    """Return one file of many letters: their pages in this order; the same letters give the same bytes."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject, NameObject

    writer = PdfWriter()
    writer.metadata = {"/Creator": "arctui"}
    shared = _Shared(writer)
    for pdf in pdfs:
        reader = PdfReader(io.BytesIO(pdf))
        here = _Objects(pdf, reader)
        for page in reader.pages:
            resources = cast(DictionaryObject, page["/Resources"].get_object())
            for kind in ("/Font", "/XObject"):
                named = cast(DictionaryObject, resources.get(kind, DictionaryObject()).get_object())
                for name in list(named):
                    found = named.raw_get(name)
                    if isinstance(found, IndirectObject) and found.pdf is reader:
                        named[NameObject(name)] = shared.taken(found, here)
            writer.add_page(page)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


class _Objects:
    """The objects of one file as they stand in it, byte for byte."""

    def __init__(self, content: bytes, reader: "PdfReader") -> None:
        places = sorted({place for of in reader.xref.values() for place in of.values()})
        ends = dict(pairwise([*places, len(content)]))
        self._content = content
        self._spans = {number: (place, ends[place]) for of in reader.xref.values() for number, place in of.items()}

    def of(self, number: int) -> bytes:
        begin, end = self._spans.get(number, (0, 0))
        return self._content[begin:end]


class _Shared:
    """What was taken into a file, each with the objects that it is made of."""

    def __init__(self, writer: "PdfWriter") -> None:
        self._writer = writer
        self._taken: dict[int, list[tuple[dict[int, bytes], IndirectObject]]] = {}

    def taken(self, found: "IndirectObject", here: _Objects) -> "IndirectObject":
        """Return what was taken for an object that is the same to the last byte, with all that it refers to."""
        known = self._taken.setdefault(found.idnum, [])
        for parts, taken in known:
            if all(here.of(number) == part for number, part in parts.items()):
                return taken
        parts = {number: here.of(number) for number in _reached(found)}
        taken = found.clone(self._writer)
        if all(parts.values()):
            known.append((parts, taken))
        return taken


def _reached(begin: "IndirectObject") -> set[int]:
    """Return the numbers of an object and of all that it refers to."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    reached, left = set[int](), list[Any]([begin])
    while left:
        at = left.pop()
        if isinstance(at, IndirectObject):
            if at.idnum in reached:
                continue
            reached.add(at.idnum)
            at = at.get_object()
        if isinstance(at, DictionaryObject):
            left += [at.raw_get(key) for key in at]
        elif isinstance(at, ArrayObject):
            left += list(at)
    return reached
