"""The reader of contact lists: a customer, whom to ask for, phones, emails, an address, terms and limits.

Owns what one cell of phones or emails holds. Must not know time zones or whom to call first.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from arctui.core.money import AmountError, parse_amount
from arctui.exchange.cells import CellError, currency_code, shown
from arctui.exchange.columns import EMAILS, PHONES, Header, address_columns, columns_of
from arctui.exchange.gather import Gathered, is_footer
from arctui.exchange.layouts.layout import Found
from arctui.exchange.progress import UNWATCHED, Progress, over
from arctui.exchange.report import Contact, ReadOptions, Report, ReportKind
from arctui.exchange.table import Row

_LABEL = re.compile(
    r"\b(phone|mobile|cell|work|home|office|main|direct|other|fax|pager|tel(?:ephone)?)\s*:\s*", re.IGNORECASE
)
_NO_CALLS = {"fax", "pager"}
_BETWEEN_PHONES = re.compile(r"\s*[;|]\s*|\s*,\s*(?=[+(\d])")
_BETWEEN_EMAILS = re.compile(r"[;,\s]+")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(?:\.[^@\s<>\"(),:;.]+)+")
_FEWEST_DIGITS = 3


def read_contacts(found: Found, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read one row a contact; a phone or email that is none is left out and its row listed as skipped.

    Raises ReportError where there are no rows.
    """
    layout, header = found.layout, found.header
    gathered = Gathered()
    gathered.skip_rows(header.stray(found.table), "it stands above the header")
    reader = ContactReader(header, options)
    for row in over(found.rows, progress):
        if is_footer(row):
            continue
        number = header.text(row, "customer_number")
        customer = header.text(row, "customer") or number
        if layout.edit:
            customer = layout.edit("customer", customer)
        if row.fault or not customer:
            gathered.skip(row.number, row.fault or "no customer")
            continue
        contact, bad = reader.read(row, customer, number)
        if gathered.add_contact(contact):
            for why in bad:
                gathered.skip(row.number, why, customer)
    return Report(
        layout=layout.name,
        kind=ReportKind.CONTACTS,
        contacts=tuple(gathered.contacts),
        skipped=tuple(gathered.skipped),
    )


class ContactReader:
    """Reads what a row says of the customer and a person, from a header's columns."""

    def __init__(self, header: Header, options: ReadOptions) -> None:
        self._header = header
        self._decimal_mark = options.decimal_mark
        self._phones = header.all_of("phone") or columns_of(header.cells, PHONES)
        self._emails = header.all_of("email") or columns_of(header.cells, EMAILS)
        self._address = header.all_of("address") or address_columns(header.cells)

    @property
    def is_useful(self) -> bool:
        """Do the columns say anything of the customer or of people?"""
        fields = ("person", "first_name", "credit_limit", "tax_number")
        return bool(self._phones or self._emails or any(f in self._header.columns for f in fields))

    def used(self) -> dict[int, str]:
        """Return the field of each column that is read here and is not among the header's own."""
        found = dict.fromkeys(self._phones, "phone")
        return found | dict.fromkeys(self._emails, "email") | dict.fromkeys(self._address, "address")

    def read(self, row: Row, customer: str, number: str) -> tuple[Contact, list[str]]:
        """Return the contact, and what of the row could not be read."""
        text = self._header.text
        phones, no_phones = split_phones("; ".join(_cells(row, self._phones)))
        emails, no_emails = split_emails("; ".join(_cells(row, self._emails)))
        bad = [f"'{shown(phone)}' is no phone number" for phone in no_phones]
        bad += [f"'{shown(email)}' is no email address" for email in no_emails]
        limit, currency = None, ""
        try:
            limit = self._limit(text(row, "credit_limit"))
            currency = currency_code(text(row, "currency"))
        except (AmountError, CellError) as error:
            bad.append(str(error))
        contact = Contact(
            row=row.number,
            customer=customer,
            customer_number=number,
            person=self._person(row),
            role=text(row, "role"),
            phones=phones,
            emails=emails,
            address=_without_name(_cells(row, self._address), customer),
            country=text(row, "country"),
            currency=currency,
            terms=text(row, "terms"),
            credit_limit=limit,
            tax_number=text(row, "tax_number"),
        )
        return contact, bad

    def _limit(self, text: str) -> Decimal | None:
        """Read a credit limit; none and nought are no limit in every system that prints them."""
        return (parse_amount(text, decimal_mark=self._decimal_mark) or None) if text else None

    def _person(self, row: Row) -> str:
        text = self._header.text
        return text(row, "person") or f"{text(row, 'first_name')} {text(row, 'last_name')}".strip()


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


def _without_name(lines: list[str], customer: str) -> str:
    """Return an address in one line, without the name of the customer or its job that it begins with."""
    names = customer.casefold(), customer.casefold().rpartition(":")[2]
    return ", ".join(lines[1:] if lines and lines[0].casefold() in names else lines)


def _cells(row: Row, places: Iterable[int]) -> list[str]:
    """Return what is filled of several cells; a cell of mere punctuation is an empty address."""
    texts = (row.cells[place].strip(" ,;") for place in places if place < len(row.cells))
    return [text for text in texts if text]
