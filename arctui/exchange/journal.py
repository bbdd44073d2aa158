"""Journals of plain-text accounting (hledger, ledger) made into a table: one row a posting.

Owns the grammar of a journal as far as its postings need it. Must not know which account is a customer's.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from arctui.core.money import AmountError, total
from arctui.core.text import clean
from arctui.exchange.amounts import read_amount
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import ReportError
from arctui.exchange.table import Builder, Table

HEADER = ("txnidx", "date", "code", "description", "comment", "account", "amount", "commodity", "posting-comment")
_SAMPLE_LINES = 200
_LONGEST_LINE = 2_000
_TO_ONE_OTHER = 5
_ENTRY = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:=[\d/.-]+)?(?:[ \t]+[*!])?(?:[ \t]+\(([^)]*)\))?(?:[ \t]+(.*))?"
)
_POSTING = re.compile(r"[ \t]+(?:[*!][ \t]+)?([^;\s].*?)(?:(?:[ \t]{2,}|\t)([^;]*))?(?:[ \t]*;(.*))?")
_NOTE = re.compile(r"[ \t]+;(.*)")
_DIRECTIVE = re.compile(
    r"(?:account|alias|apply|assert|bucket|capture|check|comment|commodity|decimal-mark|def|define|end|eval|expr|import"
    r"|payee|python|tag|test|year|[ACDNPYV])\b.*|[~=].*"
)
_REMARK = re.compile(r"[;#%|*].*")
_PRICE = re.compile(r"[@={].*")
_COMMODITY = re.compile(r"\"[^\"]*\"|[^\d\s.,'()+-]+")


class _Posting(NamedTuple):
    number: int
    account: str
    amount: str
    commodity: str
    comment: list[str]


def is_journal(text: str) -> bool:
    """Say whether a text is a journal: its upper lines are such as one has, with postings under a date."""
    dated = False
    postings = others = 0
    for line in text.lstrip("\ufeff").split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES]:
        line = line.rstrip()
        if len(line) > _LONGEST_LINE:
            return False
        if not line:
            dated = False
        elif line[0] in " \t":
            postings += dated and bool(_POSTING.fullmatch(line))
        elif _ENTRY.fullmatch(line):
            dated = True
        elif not (_DIRECTIVE.fullmatch(line) or _REMARK.fullmatch(line) or line.startswith("include ")):
            others += 1
    return postings > others * _TO_ONE_OTHER


def read_journal(text: str, progress: Progress = UNWATCHED) -> Table:
    """Return the postings of a journal below a header. Raises ReportError where it includes other files."""
    builder = Builder(progress)
    builder.add(0, HEADER)
    for index, (head, postings, faults) in enumerate(_entries(text), start=1):
        for number, line in faults:
            builder.add(number, [clean(line)], "this line of the journal was not understood")
        if head is None:
            continue
        day, code, description, comment = head
        for posting in _whole(postings):
            fault = "" if posting.amount else "the amount is not told, and cannot be worked out"
            of_entry = (str(index), day, code, description, " ".join(comment))
            own = (posting.account, posting.amount, posting.commodity, " ".join(posting.comment))
            builder.add(posting.number, (*of_entry, *own), fault)
    return builder.table()


_Head = tuple[str, str, str, list[str]]
_Parts = tuple[_Head | None, list[_Posting], list[tuple[int, str]]]


def _entries(text: str) -> Iterator[_Parts]:
    """Part a journal into its transactions, each with the lines that were not understood."""
    head: _Head | None = None
    postings: list[_Posting] = []
    faults: list[tuple[int, str]] = []
    in_comment = False
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        line = line.rstrip()
        if in_comment or line == "comment":
            in_comment = line != "end comment"
        elif not line or _REMARK.fullmatch(line):
            continue
        elif line[0] in " \t":
            if head is not None:
                _take(number, line, head, postings, faults)
        elif line.startswith("include "):
            raise ReportError(f"line {number} includes another file: export it whole, 'hledger print -O csv' does so")
        else:
            yield head, postings, faults
            head, postings, faults = None, [], []
            if found := _ENTRY.fullmatch(line):
                description, _, comment = (found[3] or "").partition(";")
                head = (found[1], found[2] or "", description.strip(), [comment.strip()] if comment else [])
            elif not _DIRECTIVE.fullmatch(line):
                faults.append((number, line))
    yield head, postings, faults


def _take(number: int, line: str, head: _Head, postings: list[_Posting], faults: list[tuple[int, str]]) -> None:
    """Take an indented line: a posting, or a comment on the one above or on the whole transaction."""
    if note := _NOTE.fullmatch(line):
        (postings[-1].comment if postings else head[3]).append(note[1].strip())
    elif found := _POSTING.fullmatch(line):
        account = found[1]
        if account[0] + account[-1] in ("()", "[]"):
            account = account[1:-1]
        text = _PRICE.sub("", found[2] or "").strip()
        sign = _COMMODITY.search(text)
        amount = " ".join(_COMMODITY.sub("", text).split())
        comment = [found[3].strip()] if found[3] else []
        postings.append(_Posting(number, account, amount, sign[0].strip('"') if sign else "", comment))
    else:
        faults.append((number, line))


def _whole(postings: list[_Posting]) -> list[_Posting]:
    """Give the one posting without an amount what the others leave, where they are all of one commodity."""
    told = [posting for posting in postings if posting.amount]
    commodities = {posting.commodity for posting in told}
    if len(told) != len(postings) - 1 or len(commodities) != 1:
        return postings
    try:
        left: Decimal = -total(read_amount(posting.amount.replace(" ", "")) for posting in told)
    except AmountError:
        return postings
    commodity = commodities.pop()
    return [p if p.amount else p._replace(amount=f"{left:f}", commodity=commodity) for p in postings]
