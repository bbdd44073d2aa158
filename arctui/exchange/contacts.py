"""Contact lists: a customer, whom to ask for, phones, emails, an address.

Owns what one cell of phones or emails holds. Must not know time zones or whom to call first.
"""

import re
from collections.abc import Callable, Iterable

from arctui.exchange.cells import shown
from arctui.exchange.columns import (
    CONTACT_FIELDS,
    EMAILS,
    PHONES,
    Header,
    address_columns,
    columns_of,
    find_header,
    has_invoice_number,
    is_bucket,
    names_customer,
)
from arctui.exchange.gather import Gathered, is_footer
from arctui.exchange.report import Contact, ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.table import Row, Table

NAME = "contacts"

_LABEL = re.compile(
    r"\b(phone|mobile|cell|work|home|office|main|direct|other|fax|pager|tel(?:ephone)?)\s*:\s*", re.IGNORECASE
)
_NO_CALLS = {"fax", "pager"}
_BETWEEN_PHONES = re.compile(r"\s*[;|]\s*|\s*,\s*(?=[+(\d])")
_BETWEEN_EMAILS = re.compile(r"[;,\s]+")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(?:\.[^@\s<>\"(),:;.]+)+")
_FEWEST_DIGITS = 3
_FEW_BUCKETS = 2


def recognise(table: Table) -> bool:
    """Say whether a header row names a customer and a way to reach one, and no invoices or aging buckets."""
    return _header(table) is not None


def read(table: Table, options: ReadOptions) -> Report:
    """Read one row a contact; a phone or email that is none is left out and its row listed as skipped.

    Raises ReportError where the columns are missing or there are no rows.
    """
    header = _header(table)
    if header is None:
        raise ReportError("no header row names a customer and a person, phone or email: add one")
    gathered = Gathered()
    gathered.skip_rows(header.stray(table), "it stands above the header")
    reading = _Reading(header, gathered)
    for row in header.data(table):
        reading.take(row)
    return Report(
        layout=NAME,
        kind=ReportKind.CONTACTS,
        contacts=tuple(gathered.contacts),
        skipped=tuple(gathered.skipped),
    )


def split_phones(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a cell such as `Phone: (555) 0142 Mobile: (555) 0188`; what has no digits is returned second.

    Fax and pager numbers are left out.
    """
    first, *labelled = _LABEL.split(text)
    spoken = [first]
    for label, number in zip(labelled[::2], labelled[1::2], strict=True):
        if label.lower() not in _NO_CALLS:
            spoken.append(number)
    parts = [part.strip(" ,;/") for piece in spoken for part in _BETWEEN_PHONES.split(piece)]
    return _sorted_out(parts, lambda part: sum(map(str.isdigit, part)) >= _FEWEST_DIGITS)


def split_emails(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a cell of addresses (`a@b.example; Pat <c@d.example>`); what is no address is returned second."""
    parts = _IN_BRACKETS.findall(text) or _BETWEEN_EMAILS.split(text)
    return _sorted_out(parts, lambda part: bool(_EMAIL.fullmatch(part)))


def _sorted_out(parts: Iterable[str], is_good: Callable[[str], bool]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the good from the bad, each once and in their order."""
    filled = list(dict.fromkeys(filter(None, parts)))
    return tuple(filter(is_good, filled)), tuple(part for part in filled if not is_good(part))


def _header(table: Table) -> Header | None:
    return find_header(table, CONTACT_FIELDS, _complete)


def _complete(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    reachable = "person" in columns or "first_name" in columns or columns_of(cells, PHONES | EMAILS)
    ledger = has_invoice_number(cells) or sum(map(is_bucket, cells)) >= _FEW_BUCKETS
    return names_customer(columns) and bool(reachable) and not ledger


class _Reading:
    """Reads the rows of one list."""

    def __init__(self, header: Header, gathered: Gathered) -> None:
        self._header = header
        self._gathered = gathered
        self._phones = columns_of(header.cells, PHONES)
        self._emails = columns_of(header.cells, EMAILS)
        self._address = address_columns(header.cells)

    def take(self, row: Row) -> None:
        """Read one row: a contact, a footer, or something to list as skipped."""
        number = self._header.text(row, "customer_number")
        customer = self._header.text(row, "customer") or number
        if is_footer(row):
            return
        if row.fault or not customer:
            self._gathered.skip(row.number, row.fault or "no customer")
            return
        phones, no_phones = split_phones("; ".join(_cells(row, self._phones)))
        emails, no_emails = split_emails("; ".join(_cells(row, self._emails)))
        contact = Contact(
            row=row.number,
            customer=customer,
            customer_number=number,
            person=self._person(row),
            role=self._header.text(row, "role"),
            phones=phones,
            emails=emails,
            address=", ".join(_cells(row, self._address)),
            country=self._header.text(row, "country"),
        )
        if self._gathered.add_contact(contact):
            for text in no_phones:
                self._gathered.skip(row.number, f"'{shown(text)}' is no phone number", customer)
            for text in no_emails:
                self._gathered.skip(row.number, f"'{shown(text)}' is no email address", customer)

    def _person(self, row: Row) -> str:
        text = self._header.text
        return text(row, "person") or f"{text(row, 'first_name')} {text(row, 'last_name')}".strip()


def _cells(row: Row, places: Iterable[int]) -> list[str]:
    """Return what is filled of several cells; a cell of mere punctuation is an empty address."""
    texts = (row.cells[place].strip(" ,;") for place in places if place < len(row.cells))
    return [text for text in texts if text]
