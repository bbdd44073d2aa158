"""Postings on accounts of receivables made into invoices, and money that is laid on the ones that it names. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from arctui.core.money import AmountError
from arctui.exchange.amounts import read_amount
from arctui.exchange.cells import shown
from arctui.exchange.currencies import currency_in
from arctui.exchange.gather import CREDITS
from arctui.exchange.layouts.reshaping import cell_of
from arctui.exchange.table import Row

_BETWEEN = re.compile(r"[\s,;()\[\]#|]+")
_SHORTEST = 2
_RECEIVABLE = re.compile(r".*receivables?.*|a/?r|(?:trade |sundry )?debtors|debitoren|forderungen.*", re.IGNORECASE)
_TAG = re.compile(r"(?:^|[\s,])(\w[\w-]*): *([^,]*)")
_KINDS = {"invoice", "credit memo", "credit note", "payment", "receipt", "journal entry", "refund", *CREDITS}


class Posting(NamedTuple):
    """What adds to or takes from what a customer owes. `words` may name the invoices that it pays."""

    row: Row
    customer: str
    code: str
    kind: str
    due: str
    amount: Decimal
    currency: str
    words: str


class Opened(NamedTuple):
    """An invoice, or money on account: on which row it stands, what it was, and what is left of it."""

    row: Row
    customer: str
    number: str
    kind: str
    due: str
    amount: Decimal
    left: Decimal
    currency: str


def settled(postings: Sequence[Posting]) -> list[Opened]:
    """Return the invoices with what is open of each (nothing of what is paid), and money that names none."""
    invoices: dict[tuple[str, str], dict[str, Opened]] = defaultdict(dict)
    alone: list[Opened] = []
    for posting in postings:
        if posting.amount > 0 and posting.code:
            mine = invoices[posting.customer, posting.currency]
            first = mine.get(posting.code)
            more = posting.amount
            mine[posting.code] = (
                first._replace(amount=first.amount + more, left=first.left + more)
                if first
                else _opened(posting, more)
            )
    for posting in postings:
        if posting.amount > 0 and posting.code:
            continue
        left = posting.amount
        if left < 0:
            mine = invoices.get((posting.customer, posting.currency), {})
            for number in _named(posting, mine):
                part = min(mine[number].left, -left)
                mine[number] = mine[number]._replace(left=mine[number].left - part)
                left += part
        if left:
            alone.append(_opened(posting, left))
    return [*(item for mine in invoices.values() for item in mine.values()), *alone]


def _opened(posting: Posting, amount: Decimal) -> Opened:
    return Opened(
        posting.row, posting.customer, posting.code, posting.kind, posting.due, amount, amount, posting.currency
    )


def _named(posting: Posting, invoices: dict[str, Opened]) -> Iterable[str]:
    """Return the invoices that money names, those that it may mean: by its own code first, then in its words."""
    words = dict.fromkeys([posting.code, *_BETWEEN.split(posting.words)])
    return [word for word in words if len(word) >= _SHORTEST and word in invoices]


def postings_of(rows: Iterable[Row], at: dict[str, int], faulty: dict[int, str]) -> Iterator[Posting]:
    """Read the postings of receivables; a row that cannot be read is added to the faulty ones."""
    payee = at.get("description", at.get("payee"))
    for row in rows:
        words = cell_of(row, payee)
        account = cell_of(row, at["account"])
        customer = _customer(account, words)
        if row.fault and (customer is not None or not account):
            faulty[row.number] = row.fault
        if row.fault or customer is None:
            continue
        text, commodity = cell_of(row, at["amount"]), cell_of(row, at.get("commodity"))
        try:
            amount = read_amount(text)
        except AmountError:
            faulty[row.number] = f"the amount '{shown(text)}' is no amount"
            continue
        tags = _tags(*(cell_of(row, at.get(name)) for name in ("comment", "note", "postingcomment")))
        said = words.rpartition("|")[2].strip() if "|" in words else ""
        kind = tags.get("type") or (said if said.casefold() in _KINDS else "")
        yield Posting(
            row=row,
            customer=customer,
            code=cell_of(row, at.get("code")),
            kind=kind or ("Payment" if amount < 0 else ""),
            due=tags.get("due", ""),
            amount=amount,
            currency=commodity or currency_in(text),
            words=f"{words} {' '.join(tags.get(tag, '') for tag in ('pays', 'invoice', 'inv', 'for', 'ref'))}",
        )


def _customer(account: str, payee: str) -> str | None:
    """Return whose account it is: what stands below the receivables, else the payee; None for another account."""
    parts = [part.strip() for part in account.split(":")]
    at = next((place for place, part in enumerate(parts) if _RECEIVABLE.fullmatch(part)), None)
    if at is None or parts[0].casefold().startswith(("income", "revenue", "expense", "liabilit", "equity")):
        return None
    return ":".join(parts[at + 1 :]) or payee.partition("|")[0].strip()


def _tags(*comments: str) -> dict[str, str]:
    return {tag.casefold(): text.strip() for comment in comments for tag, text in _TAG.findall(comment)}
