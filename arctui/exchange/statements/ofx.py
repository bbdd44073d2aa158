"""OFX and QFX files: version 1 (SGML, elements that nothing closes) and version 2 (XML), of a bank account.

One scanner reads both, so no XML parser is at work; a document type with entities of its own is refused all the same.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.money import AmountError, total
from arctui.core.text import clean
from arctui.exchange.amounts import read_amount
from arctui.exchange.report import Reason, Report, ReportError, ReportKind, Skipped, StatementLine
from arctui.exchange.statements.text import with_own_ids

NAME = "ofx"

_SAMPLE = 4096
_ELEMENT = re.compile(r"<(/?)([A-Za-z0-9_.]+)\s*/?>([^<]*)")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
#: The bank's codes that say more than "credit" or "debit".
_WENT_OUT = {
    "DEBIT", "DIRECTDEBIT", "PAYMENT", "REPEATPMT", "ATM", "POS", "CASH", "FEE", "SRVCHG", "CHECK",
}  # fmt: skip
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
    transactions = list(_transactions(text))
    unsigned = not any(fields.get("TRNAMT", "").startswith(("-", "+")) for _, _, fields in transactions)
    for row, currency, fields in transactions:
        try:
            line = _line(row, currency, fields)
            if unsigned and fields.get("TRNTYPE", "").upper() in _WENT_OUT:
                # Some banks leave the minus out, against the standard: then the type tells.
                line = msgspec.structs.replace(line, amount=-line.amount)
            lines.append(line)
        except (AmountError, ValueError) as error:
            skipped.append(Skipped(row=row, why=str(error), text=clean(" | ".join(fields.values()))))
    return Report(
        layout=NAME,
        system="OFX",
        kind=ReportKind.STATEMENT,
        lines=with_own_ids(lines),
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
    row, seen, converted = 1, 0, False
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
        elif name == "ORIGCURRENCY":
            # Only what the payer sent was in that currency: the amount is in the account's.
            converted = not closes
        elif converted:
            continue
        elif fields is not None and not closes and value:
            fields.setdefault(name, value)


def _line(row: int, currency: str, fields: dict[str, str]) -> StatementLine:
    found = _DAY.match(fields.get("DTPOSTED", ""))
    if found is None:
        raise AmountError("a transaction without the day on which it was posted")
    if "TRNAMT" not in fields:
        raise AmountError("a transaction without an amount")
    amount: Decimal = read_amount(fields["TRNAMT"])
    kind = fields.get("TRNTYPE", "").upper()
    payer = fields.get("EXTDNAME", "") or fields.get("NAME", "")
    said = [payer, fields.get("MEMO", ""), fields.get("MEMO2", ""), kind if kind in _KINDS else ""]
    return StatementLine(
        row=row,
        day=_day(*map(int, found.groups())),
        amount=amount,
        # An amount in another currency than the account's names it itself.
        currency=fields.get("CURSYM", currency).upper(),
        payer=payer,
        words="  ".join(dict.fromkeys(filter(None, said))),
        reference=fields.get("CHECKNUM", "") or fields.get("REFNUM", ""),
        identity=fields.get("FITID", ""),
    )


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise AmountError(f"'{year:04}{month:02}{day:02}' is no day") from None
