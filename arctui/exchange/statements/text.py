"""What a bank's words tell: whether money was taken back, by which way it came, and whether an id is one."""

import re
from collections.abc import Hashable, Sequence

import msgspec

from arctui.core.records import Method
from arctui.core.text import fold
from arctui.exchange.report import StatementLine

_BACK = re.compile(
    r"\b(?:returned|return (?:item|check|cheque|of|debit|payment|ach)|deposit(?:ed)? (?:item )?return|nsf"
    r"|insufficient funds|charge ?-?back|reversal|reversed|dishonou?red|bounced|unpaid (?:item|check|cheque)"
    r"|r(?:u|ue)cklastschrift|r(?:u|ue)ckgabe|retoure|rejet|impaye|devolucion)\b"
)
_FEE = re.compile(r"\b(?:fees?|service charge|entgelt|gebuhr|gebuehr|frais)\b")
_FIGURE = re.compile(r"[0-9]")
_METHODS = (
    (Method.CHECK, re.compile(r"\b(?:checks?|cheques?|chq|chk|scheck|lockbox)\b")),
    (Method.CARD, re.compile(r"\b(?:card|cards|visa|mastercard|merchant|pos|karte)\b")),
    (
        Method.TRANSFER,
        re.compile(
            r"\b(?:ach|wire|transfer|sepa|eft|bacs|fps|zelle|rtp|fedwire|uberweisung|ueberweisung|gutschrift|giro"
            r"|xfer|virement|transferencia)\b"
        ),
    ),
)


def is_return(words: str) -> bool:
    """Does a line of money that went out take a customer's payment back? The bank's fee for that is none."""
    text = fold(words).replace("_", " ")
    return bool(_BACK.search(text)) and not _FEE.search(text)


def method_of(words: str) -> str:
    """Return by which way the money came, "" if the words do not tell."""
    text = fold(words).replace("_", " ")
    return next((str(method) for method, mark in _METHODS if mark.search(text)), "")


def with_own_ids(lines: Sequence[StatementLine], records: Sequence[Hashable] = ()) -> tuple[StatementLine, ...]:
    """Return the lines without what is no id of theirs: a mark without figures ("NTRF"), or one of several lines.

    A file may hold a line twice: an id stays where all that the file says of its lines is the same; `records` is what
    it says, for each line, where the lines themselves are not all of it.
    """
    said = records or [msgspec.structs.replace(line, row=0) for line in lines]
    whose: dict[str, set[Hashable]] = {}
    for line, record in zip(lines, said, strict=True):
        whose.setdefault(line.identity, set()).add(record)
    return tuple(
        line
        if not line.identity or (_FIGURE.search(line.identity) and len(whose[line.identity]) == 1)
        else msgspec.structs.replace(line, identity="")
        for line in lines
    )
