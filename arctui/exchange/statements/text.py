"""What a bank's words tell: whether money was taken back, and by which way it came."""

import re

from arctui.core.records import Method
from arctui.core.text import fold

_BACK = re.compile(
    r"\b(?:returned|return (?:item|check|cheque|of|debit|payment|ach)|deposit(?:ed)? (?:item )?return|nsf"
    r"|insufficient funds|charge ?-?back|reversal|reversed|dishonou?red|bounced|unpaid (?:item|check|cheque)"
    r"|r(?:u|ue)cklastschrift|r(?:u|ue)ckgabe|retoure|rejet|impaye|devolucion)\b"
)
_FEE = re.compile(r"\b(?:fees?|service charge|entgelt|gebuhr|gebuehr|frais)\b")
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
