"""OFX and QFX files: version 1 (SGML, elements that nothing closes) and version 2 (XML), of a bank account.

One scanner reads both, so no XML parser is at work; a document type with entities of its own is refused all the same.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from arctui.core.money import AmountError, parse_amount, total
from arctui.core.text import clean
from arctui.exchange.report import Reason, Report, ReportError, ReportKind, Skipped, StatementLine

NAME = "ofx"

_SAMPLE = 4096
_ELEMENT = re.compile(r"<(/?)([A-Za-z0-9_.]+)\s*/?>([^<]*)")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
#: The bank's codes that say more than "credit" or "debit".
_KINDS = {"CHECK", "DIRECTDEP", "DIRECTDEBIT", "XFER", "ATM", "POS", "DEP", "FEE", "SRVCHG", "INT", "DIV"}


def recognise(data: bytes) -> bool:
    """Say whether a file is OFX: by its header, or by its first element."""
    head = _text(data[:_SAMPLE]).upper()
    return "OFXHEADER" in head or "<OFX>" in head


def read(data: bytes) -> Report:
    """Read the lines of all bank accounts. Raises ReportError for a file that is cut off or has none."""
    text = _text(data)
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ReportError("this OFX file defines its own document type, which no bank does: download it again")
    if not re.search(r"</OFX\s*>\s*$", text, re.IGNORECASE):
        raise ReportError("this OFX file ends too early: download it again")
    if not re.search(r"<STMTRS>", text, re.IGNORECASE):
        raise ReportError("this OFX file has no bank account: download the statement of the account customers pay to")
    lines: list[StatementLine] = []
    skipped: list[Skipped] = []
    for row, currency, fields in _transactions(text):
        try:
            lines.append(_line(row, currency, fields))
        except (AmountError, ValueError) as error:
            skipped.append(Skipped(row=row, why=str(error), text=clean(" | ".join(fields.values()))))
    return Report(
        layout=NAME,
        system="OFX",
        kind=ReportKind.STATEMENT,
        lines=tuple(lines),
        skipped=tuple(skipped),
        counted_total=total(line.amount for line in lines),
        reasons=(Reason("bank statement", "the file is OFX"),),
    )


def _text(data: bytes) -> str:
    """Decode a file: UTF-16 by its mark, else UTF-8 if it is that, else Windows' Latin letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _transactions(text: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Return each transaction of a bank account: its line in the file, its account's currency, and its elements.

    Those of credit cards and securities are none of a customer's.
    """
    account, currency = "", ""
    fields: dict[str, str] | None = None
    row, seen = 1, 0
    for found in _ELEMENT.finditer(text):
        name, value = found[2].upper(), clean(html.unescape(found[3]))
        closes = bool(found[1])
        if name in ("STMTRS", "CCSTMTRS", "INVSTMTRS"):
            account, currency = ("" if closes else name), ""
        elif name == "STMTTRN" and not closes:
            row += text.count("\n", seen, found.start())
            seen = found.start()
            fields = {} if account == "STMTRS" else None
        elif name == "STMTTRN" and fields is not None:
            yield row, currency, fields
            fields = None
        elif name == "CURDEF" and value:
            currency = value
        elif fields is not None and not closes and value:
            fields.setdefault(name, value)


def _line(row: int, currency: str, fields: dict[str, str]) -> StatementLine:
    found = _DAY.match(fields.get("DTPOSTED", ""))
    if found is None:
        raise AmountError("a transaction without the day on which it was posted")
    if "TRNAMT" not in fields:
        raise AmountError("a transaction without an amount")
    amount: Decimal = parse_amount(fields["TRNAMT"])
    kind = fields.get("TRNTYPE", "").upper()
    said = [fields.get("NAME", ""), fields.get("MEMO", ""), kind if kind in _KINDS else ""]
    return StatementLine(
        row=row,
        day=date(int(found[1]), int(found[2]), int(found[3])),
        amount=amount,
        # An amount in another currency than the account's names it itself.
        currency=fields.get("CURSYM", currency).upper(),
        payer=fields.get("NAME", ""),
        words="  ".join(dict.fromkeys(filter(None, said))),
        reference=fields.get("CHECKNUM", "") or fields.get("REFNUM", ""),
        identity=fields.get("FITID", ""),
    )
