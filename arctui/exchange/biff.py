"""The cells of an old workbook (XLS) that hold an error such as #REF!.

The workbook library gives them as blank. Owns as much of the OLE2 container and of the BIFF8 records as that needs.
"""

import struct

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_SECTORS_END = 0xFFFFFFFA
_BOUND_SHEET, _BOF, _FORMULA, _BOOL_ERROR = 0x85, 0x809, 0x06, 0x205
_WORKBOOK = "Workbook".encode("utf-16-le")

_FILE_PASS = 0x2F

Errors = dict[int, dict[tuple[int, int], str]]


class ProtectedError(Exception):
    """The records are encrypted, or obscured, with a password."""


def error_cells(data: bytes) -> Errors:
    """Return the texts of error cells by the place of the sheet, then (row counted from 1, column from 0).

    Raises ProtectedError where a password is needed, ValueError, struct.error or IndexError for a damaged file.
    """
    stream = _workbook_stream(data)
    starts: dict[int, int] = {}
    found: Errors = {}
    sheet = -1
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _BOUND_SHEET:
            starts[struct.unpack_from("<I", stream, at + 4)[0]] = len(starts)
        elif kind == _BOF:
            sheet = starts.get(at, sheet)
        elif kind == _FILE_PASS:
            raise ProtectedError
        elif kind in (_BOOL_ERROR, _FORMULA) and size >= 8:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            body = stream[at + 10 : at + 4 + size]
            if kind == _BOOL_ERROR:
                error = body[0] if body[1] else None
            else:
                error = body[2] if body[:1] == b"\x02" and body[6:8] == b"\xff\xff" else None
            if error is not None:
                found.setdefault(sheet, {})[row + 1, column] = _ERRORS.get(error, "#ERROR!")
        at += 4 + size
    return found


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream "Workbook" of an OLE2 file that is too large for the small-stream area (4 KiB)."""
    sector_size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    directory, _, cutoff, _, _, more, _ = struct.unpack_from("<7I", data, 48)
    tables = [s for s in struct.unpack_from("<109I", data, 76) if s < _SECTORS_END]
    entries = sector_size // 4
    limit = len(data) // sector_size + 1

    def sector(number: int) -> bytes:
        return data[(number + 1) * sector_size : (number + 2) * sector_size]

    while more < _SECTORS_END and len(tables) <= limit:
        *listed, more = struct.unpack(f"<{entries}I", sector(more))
        tables += [s for s in listed if s < _SECTORS_END]
    chain: list[int] = []
    for table in tables[:limit]:
        chain += struct.unpack(f"<{entries}I", sector(table))

    def stream(first: int) -> bytes:
        parts: list[bytes] = []
        while first < _SECTORS_END and len(parts) <= limit:
            parts.append(sector(first))
            first = chain[first]
        return b"".join(parts)

    folder = stream(directory)
    for at in range(0, len(folder) - 127, 128):
        if folder[at : at + 18] == _WORKBOOK + b"\0\0":
            first, size = struct.unpack_from("<II", folder, at + 116)
            return stream(first)[:size] if size >= cutoff else b""
    return b""
