"""Bank statements: CSV files, OFX and QFX, CAMT.053. Each reader gives a Report of statement lines.

CSV statements are tables like every other report. OFX and CAMT files are none: `read_statement_bytes` reads them.
"""

from arctui.exchange.report import Report
from arctui.exchange.statements import camt, ofx


def read_statement_bytes(data: bytes) -> Report | None:
    """Read an OFX, QFX or CAMT file; None if it is neither.

    Raises ReportError for one that is damaged, or has nothing that a customer may have paid.
    """
    if ofx.recognise(data):
        return ofx.read(data)
    return camt.read(data) if camt.recognise(data) else None
