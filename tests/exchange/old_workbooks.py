"""Old workbooks (XLS) written for tests: BIFF8 records in an OLE2 container, no more than a reader needs."""

import struct

FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512

Value = str | float | bool


class Fault(int):
    """A cell that holds an error, by the code of the format: 23 is #REF!."""


def xls(sheets: dict[str, list[list[Value]]], hidden: str = "", password: bool = False) -> bytes:
    """Return a workbook of these sheets; with `password` its records say that they are encrypted."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 0))
    if password:
        head += _record(0x2F, b"\0" * 54)
    bounds = [(name, 8 + len(name) + 4) for name in sheets]
    at = len(head) + sum(size for _, size in bounds) + 4
    for (name, _), body in zip(bounds, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBBBB", at, name == hidden, 0, len(name), 0) + name.encode("latin-1"))
        at += len(body)
    return compound("Workbook", head + _record(0x0A, b"") + b"".join(bodies))


def compound(name: str, stream: bytes) -> bytes:
    """Return an OLE2 file with one stream."""
    count = max(8, -(-len(stream) // SECTOR))
    stream = stream.ljust(count * SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, LAST, 0, LAST, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    table = [TABLE, LAST, *range(3, count + 2), LAST]
    folder = _entry("Root Entry", 5, LAST, 0, child=1) + _entry(name, 2, 2, len(stream)) + _entry("", 0, 0, 0) * 2
    return head + struct.pack("<128I", *table, *[FREE] * (128 - len(table))) + folder + stream


def _entry(name: str, kind: int, first: int, size: int, child: int = FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, FREE, FREE, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", first, size)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _sheet(rows: list[list[Value]]) -> bytes:
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 0))]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, Fault):
                parts.append(_record(0x205, place + bytes([value, 1])))
            elif isinstance(value, bool):
                parts.append(_record(0x205, place + bytes([value, 0])))
            elif isinstance(value, str):
                text = value.encode("utf-16-le")
                parts.append(_record(0x204, place + struct.pack("<HB", len(value), 1) + text))
            else:
                parts.append(_record(0x203, place + struct.pack("<d", value)))
    return b"".join(parts) + _record(0x0A, b"")
