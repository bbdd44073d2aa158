"""Workbooks made into tables: XLSX and XLSM, XLS, XLSB, ODS.

Owns what is refused before a workbook is read, and the process that reads it. Must not know what a column means.
"""

import io
import marshal
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from arctui.core.text import clean
from arctui.exchange import calamine_reader
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import ReportError
from arctui.exchange.table import TOO_LARGE, Builder, Table

MOST_UNPACKED = 512 * 1024 * 1024
_MOST_RATIO = 250
_RATIO_MATTERS = 32 * 1024 * 1024
_MOST_PARTS = 20_000
#: The reader has so many seconds, and so often in one of them it is looked whether it is still wanted.
_TIMEOUT, _LOOKS = 90, 10

_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError)

_KINDS = (("xl/workbook.xml", "XLSX"), ("xl/workbook.bin", "XLSB"), ("content.xml", "ODS"))
_PASSWORD = "the workbook is protected by a password: save it without one and import that"  # noqa: S105 - a sentence
_DAMAGED = "the workbook is damaged or not whole: export it again, or save it as a new XLSX file and import that"
_NO_ANSWER = "the workbook is damaged, or too large for this machine: export it again, or save the sheet as CSV"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK_STREAMS = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))


def check_zip(data: bytes) -> str:
    """Say which kind of workbook a zip file is: "XLSX", "XLSB" or "ODS".

    Raises ReportError for one that is cut off, needs a password, is no workbook, or would unpack to more than 512 MB
    or 250 times its size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            kind = next((kind for name, kind in _KINDS if name in names), "")
            if any(part.flag_bits & 1 for part in parts):
                raise ReportError(_PASSWORD)
            if not kind:
                raise ReportError(
                    "this is a zip archive but no workbook: unpack it and import the CSV or XLSX inside"
                )
            size = sum(part.file_size for part in parts)
            if size > MOST_UNPACKED or len(parts) > _MOST_PARTS:
                raise ReportError(f"the workbook unpacks to more than {MOST_UNPACKED >> 20} MB: {TOO_LARGE}")
            if size > _RATIO_MATTERS and size > _MOST_RATIO * len(data):
                raise ReportError("the workbook unpacks to far more than a report holds: export the report again")
            manifest = "META-INF/manifest.xml"
            if kind == "ODS" and manifest in names and b"encryption-data" in archive.read(manifest):
                raise ReportError(_PASSWORD)
            return kind
    except ReportError:
        raise
    except _DAMAGES:
        raise ReportError(_DAMAGED) from None


def check_compound(data: bytes) -> None:
    """Check that an OLE2 file is an old workbook. Raises ReportError for one with a password, and other documents."""
    if _ENCRYPTED in data:
        raise ReportError(_PASSWORD)
    if not any(name in data for name in _BOOK_STREAMS):
        raise ReportError("this is an Office document but no workbook: export the report as CSV or XLSX")


def read_workbook(data: bytes, progress: Progress = UNWATCHED) -> list[tuple[str, Table, bool]]:
    """Return the sheets of a workbook: name, table, whether it is hidden.

    Raises ReportError for one that is damaged, needs a password, or is larger than a table may be; Cancelled.
    """
    answer = _ask(data, progress)
    if answer == calamine_reader.PASSWORD:
        raise ReportError(_PASSWORD)
    if answer == calamine_reader.TOO_MANY:
        raise ReportError(f"the workbook has more rows and columns than a report may have: {TOO_LARGE}")
    if answer is None:
        raise ReportError(_NO_ANSWER)
    if not isinstance(answer, list):
        raise ReportError(_DAMAGED)
    sheets = []
    for name, hidden, rows in answer:
        builder = Builder(progress, rows[-1][0] if rows else 0)
        for number, cells in rows:
            builder.add(number, cells)
        sheets.append((clean(name), builder.table(), hidden))
    return sheets


def _ask(data: bytes, progress: Progress) -> object:
    """Have the workbook read by a process of its own, and return its answer: None if it ended without one.

    Where it is called off, that process is ended.
    """
    # It finds what this process finds, from wherever it was started.
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
        "PYTHONSAFEPATH": "1",
        "RUST_BACKTRACE": "0",
    }
    try:
        reader = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", calamine_reader.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        with reader:
            try:
                found = _answer(reader, data, progress)
            finally:
                reader.kill()
    except OSError as error:
        why = (error.strerror or "no process").lower()
        raise ReportError(
            f"the workbook reader cannot be started ({why}): save the sheet as CSV and import that"
        ) from None
    if reader.returncode != 0:
        return None
    try:
        answer: object = marshal.loads(found)  # noqa: S302 - written by our own program
    except (EOFError, ValueError, TypeError):
        return None
    return answer


def _answer(reader: "subprocess.Popen[bytes]", data: bytes, progress: Progress) -> bytes:
    """Give the reader the workbook and return what it says. Raises ReportError, Cancelled."""
    sent: bytes | None = data
    for _ in range(_TIMEOUT * _LOOKS):
        progress.at(0, 0)
        try:
            return reader.communicate(sent, timeout=1 / _LOOKS)[0]
        except subprocess.TimeoutExpired:
            # It goes on with what is left to send by itself.
            sent = None
    raise ReportError(f"the workbook takes too long to read: {TOO_LARGE}")
