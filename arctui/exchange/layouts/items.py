"""The reader of invoice lists and open-item reports, whatever their layout.

Owns what a row of such a report is: an item, a customer's name, a bucket's name, a total, or something to list as
skipped. What is peculiar to one system stands in its layout.
"""

import re
from datetime import date, timedelta
from operator import itemgetter

import msgspec

from arctui.core.money import total
from arctui.core.text import plural
from arctui.exchange.cells import CellError, as_of_text, cells_for, currency_code, currency_in, day_or_none
from arctui.exchange.columns import PASSING_FIELDS, Header, is_bucket, match
from arctui.exchange.gather import CREDITS, NOT_OWED, PAYABLES, Gathered, is_footer, is_grand_total
from arctui.exchange.layouts.ages import Ages
from arctui.exchange.layouts.contacts import ContactReader
from arctui.exchange.layouts.customers import Customers, one_name_a_number
from arctui.exchange.layouts.figures import Figures
from arctui.exchange.layouts.layout import Customer, Found, Repeats
from arctui.exchange.layouts.lines import decided, joined
from arctui.exchange.layouts.totals import (
    Totals,
    begins_total,
    currency_of,
    is_plain_subtotal,
    is_share,
    name_in,
    value,
)
from arctui.exchange.progress import UNWATCHED, Progress, over
from arctui.exchange.report import Item, NotOwed, ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.status_words import OPEN
from arctui.exchange.table import Row

_TEXTS = ("customer", "customer_number", "number", "kind", "issued", "due")
#: Fields of a customer and its people that may be named among an invoice's; the currency is the invoice's alone.
_OF_PEOPLE = (
    "person", "first_name", "last_name", "role", "phone", "email", "address", "country", "credit_limit",
    "tax_number", "terms",
)  # fmt: skip
#: What `_item` reads of a row besides its customer, its number and its amounts.
_TOLD = ("kind", "status", "issued", "due", "currency", "reference", "terms", "age")
_FEW_ROWS = 3
_FEW_NUMBERS = 8


class _NoItemError(CellError):
    """The row is understood, and is nothing that a customer owes."""


def read_items(found: Found, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read the rows below the header.

    Raises ReportError where the dates can be read in two ways, where there are no rows, or where most rows name
    no customer; Cancelled where `progress` says so.
    """
    rows = found.rows
    reading = _Reading(found, rows, options)
    for row in over(rows, progress):
        reading.take(row)
    return reading.report()


class _Reading:
    """Reads the rows of one report."""

    def __init__(self, found: Found, rows: tuple[Row, ...], options: ReadOptions) -> None:
        self.layout, self.header = found.layout, found.header
        self.cells = cells_for(self.header, found.table, options)
        self.as_of = day_or_none(self.cells, as_of_text(self.header.above(found.table)))
        self.gathered = Gathered()
        self.gathered.skip_rows(self.header.stray(found.table), "it stands above the header")
        self.figures = Figures(self.layout, self.header, rows, self.cells)
        self.totals = Totals(self.gathered.items)
        self.customers = Customers(self.layout, self.header, rows)
        self.contacts = ContactReader(with_passing(self.header), options)
        self.repeats = decided(self.layout, self.header, rows)
        self._has_contacts = self.contacts.is_useful
        self._known_contacts: set[tuple[str, ...]] = set()
        self._partly: list[tuple[str, str]] = []
        self._dead = self.layout.dead if "status" in self.header.columns else frozenset()
        self._ages = Ages()
        self._unnamed = 0
        self._width = len(self.header.cells)
        at = self.header.columns.get
        # A missing field is read from the empty cell that every row is padded with.
        self._at = {f: at(f, -1) for f in (*_TEXTS, "status", "currency")}
        self._told = itemgetter(*(at(field, -1) for field in _TOLD))
        self._on_row = self.layout.customer is Customer.ON_ROW

    def take(self, row: Row) -> None:
        """Read one row: an item, a name, a total, or something to list as skipped."""
        if row.fault and not row.sound:
            self.gathered.skip(row.number, row.fault)
            return
        cells, at = self._padded(row), self._at
        if row.fault:
            self.gathered.skip(row.number, row.fault, cells[at["customer"]], cells[at["number"]])
            return
        number = cells[at["number"]]
        dated = cells[at["due"]] or cells[at["issued"]]
        if not (number and dated and cells[at["customer"]]) and self._is_frame(row, cells):
            return
        customer, customer_number = self.customers.of(
            cells[at["customer"]], cells[at["customer_number"]], len(self.gathered.items)
        )
        if self.layout.edit:
            number = self.layout.edit("number", number)
        if customer and self._dead and (status := cells[at["status"]].casefold()) in self._dead:
            self.gathered.not_owed.append(
                NotOwed(
                    row=row.number,
                    customer=customer,
                    customer_number=customer_number,
                    number=number,
                    void=status in self.layout.void,
                )
            )
            return
        try:
            item = self._item(row, cells, customer, customer_number, number)
        except CellError as error:
            if self._is_shifted(row):
                self.gathered.skip(row.number, str(error))
                return
            # A row whose customer should stand above it: the row that named it is missing, whatever else was in it.
            lost = not customer and not self._on_row
            ours = not isinstance(error, _NoItemError)
            self.gathered.skip(row.number, str(error), customer, "" if lost else number, ours=ours)
            return
        if self.repeats is Repeats.CLASH or not joined(self.gathered, item, self.repeats):
            self.gathered.add_item(item)
        if self._has_contacts:
            self._take_contact(row, item)

    def report(self) -> Report:
        """Return all that was read; a report of which nothing was understood does not claim to know what is open."""
        self.totals.close()
        items, notes = one_name_a_number(self.gathered.items)
        if self._unnamed >= _FEW_ROWS and self._unnamed > len(items):
            raise ReportError(
                "most rows name no customer: export a report that has the customer on every row, not once a group"
            )
        opens = bool(items) and self.figures.tells_open and self.layout.kind is ReportKind.OPEN_ITEMS
        if self.layout.may_list and (self.gathered.not_owed or any(i.balance == 0 for i in items)):
            opens = False
        if self.gathered.not_owed:
            several = plural(len(self.gathered.not_owed), "row is void or a draft", "rows are void or drafts")
            notes += (f"{several}: left out",)
        is_cut = self.layout.ends_with_total and not self.totals.ended
        if self.totals.unread:
            notes += (f"the total in row {self.totals.unread} stands in a column that was not read",)
        if is_cut:
            notes += ("the report ends without its grand total: the file may be cut off",)
        if self._partly:
            partly = list(dict.fromkeys(self._partly))
            numbers = ", ".join(number for _, number in partly[:_FEW_NUMBERS])
            numbers += " ..." if len(partly) > _FEW_NUMBERS else ""
            several = plural(len(partly), "invoice is", "invoices are")
            notes += (f"{several} paid in part, and this report does not say how much is open: {numbers}",)
        return Report(
            layout=self.layout.name,
            kind=ReportKind.OPEN_ITEMS if opens else ReportKind.LISTED,
            as_of=self.as_of or self._ages.day,
            items=tuple(items),
            not_owed=tuple(self.gathered.not_owed),
            is_cut=is_cut,
            contacts=tuple(self.gathered.contacts),
            skipped=tuple(self.gathered.skipped),
            stated_total=self.totals.grand,
            counted_total=total(map(value, items)),
            subtotals=tuple(self.totals.found),
            notes=notes,
            reasons=(*self.cells.reasons, *self._ages.reasons),
        )

    def _is_shifted(self, row: Row) -> bool:
        """Has a row more cells than the header? Then none of them may stand under its column."""
        return any(row.cells[self._width :])

    def _padded(self, row: Row) -> tuple[str, ...]:
        missing = self._width + 1 - len(row.cells)
        return row.cells + ("",) * missing if missing > 0 else (*row.cells[: self._width], "")

    # Rows that frame the items

    def _is_frame(self, row: Row, cells: tuple[str, ...]) -> bool:
        """Read a row that is no item; say whether it was one. What may as well be an item is listed as skipped."""
        filled = row.filled()
        if len(filled) == 1 and self._is_title(row, filled[0]):
            return True
        try:
            return self._is_total(row, cells, filled[0])
        except CellError as error:
            told = ("", "") if self._is_shifted(row) else (cells[self._at["customer"]], cells[self._at["number"]])
            self.gathered.skip(row.number, str(error), *told)
            return True

    def _is_title(self, row: Row, place: int) -> bool:
        """Take a row of one filled cell that is a footer, a bucket's name, a group's or a customer's."""
        label = row.cells[place]
        # Above its items a name stands alone, and a customer may be called Suma.
        if is_grand_total(label) and (not self.customers.is_above or "total" in label.casefold()):
            self.totals.ended = True
            return True
        if is_footer(row) or is_share(label):
            return True
        if is_bucket(label) and not self.customers.is_above:
            self.totals.bucket()
            return True
        if self.figures.is_amount_column(place):
            return False
        if self.customers.is_above:
            name = name_in(label)
            if begins_total(label) and self.customers.is_open(name):
                # A total without its amount: a formula that was never worked out.
                self.customers.end(name)
            else:
                self.customers.begin(label, len(self.gathered.items))
            return True
        if place not in self.header.columns.values():
            self.totals.bucket()
            return True
        return False

    def _is_total(self, row: Row, cells: tuple[str, ...], place: int) -> bool:
        """Take a row, by its first filled cell, that is a total. Raises CellError if it may as well be an invoice."""
        label = cells[place]
        if self._is_unlabelled(row, cells):
            own = cells[self._at["customer"]] or cells[self._at["customer_number"]]
            self._of_customer(row, own if self.customers.is_open(own) else "")
            return True
        if not self._on_row and self.figures.is_amount_column(place):
            self._of_customer(row, "")
            return True
        if is_share(label):
            return True
        if not begins_total(label):
            return self._is_told_by_figure(row, cells, place)
        others = (field for field in _TEXTS if self._at[field] != place)
        if any(cells[self._at[field]] for field in others):
            return False
        return self._take_total(row, label, place)

    def _is_unlabelled(self, row: Row, cells: tuple[str, ...]) -> bool:
        """Is this a customer's total without a label? It is of the customer above."""
        if not (self.layout.is_subtotal and self.layout.is_subtotal(lambda field: self.header.text(row, field))):
            return False
        name = cells[self._at["customer"]] or cells[self._at["customer_number"]]
        return self.layout.customer is not Customer.FIRST_ROW or not name or self.customers.is_open(name)

    def _take_total(self, row: Row, label: str, place: int) -> bool:
        stated, name = self.figures.stated(row), name_in(label)
        if is_grand_total(label):
            self.totals.ended = True
            if stated is not None:
                self.totals.of_all(row.number, stated)
            elif len(row.filled()) > 1:
                self.totals.unread = row.number
        elif self.customers.is_open(name):
            self._of_customer(row, name)
        elif self._on_row and name.casefold() == self.customers.last.casefold():
            if stated is not None:
                self.totals.of_customer(row.number, name, stated)
        elif is_bucket(name):
            if stated is not None:
                self.totals.of_bucket(row.number, name, stated)
        elif currency_of(label):
            if stated is not None:
                self.totals.of_currency(row.number, currency_of(label), stated)
        elif self._is_told_by_figure(row, self._padded(row), place):
            return True
        elif place in self.header.columns.values() and not is_plain_subtotal(label):
            raise CellError("a total, or an invoice without number and dates")
        return True

    def _is_told_by_figure(self, row: Row, cells: tuple[str, ...], place: int) -> bool:
        """Is a row without number, dates and kind the sum of those above? Then it is a total, whatever its label.

        Raises CellError if it may as well be an invoice.
        """
        if not self._on_row or any(cells[self._at[field]] for field in ("number", "kind", "issued", "due")):
            return False
        try:
            stated, currency = self.figures.stated(row), currency_code(cells[self._at["currency"]])
        except CellError:
            return False
        label = "" if self.figures.is_amount_column(place) else row.cells[place]
        told = self.totals.by_figure(row.number, label, stated, currency) if stated is not None else False
        if told is None:
            raise CellError("a total, or an invoice without number and dates")
        return told

    def _of_customer(self, row: Row, name: str) -> None:
        """Take a customer's total; one without a name is of the customer above, or, after the last one, of all."""
        stated = self.figures.stated(row)
        currency = "" if self.customers.is_above else currency_code(self.header.text(row, "currency"))
        # One that names its currency is one of several: the customer's rows do not end with it.
        group = self.customers.group(name) if currency else self.customers.end(name)
        if stated is None:
            return
        if group:
            self.totals.of_group(row.number, group.name, stated, group.begin, currency)
        elif currency:
            self.totals.of_currency(row.number, currency, stated)
        else:
            self.totals.of_all(row.number, stated)

    # Items

    def _item(self, row: Row, cells: tuple[str, ...], customer: str, customer_number: str, number: str) -> Item:
        if not customer:
            self._unnamed += 1
            raise CellError("no customer")
        layout, day = self.layout, self.cells.day
        kind, status, issued_on, due_on, currency, reference, terms, age = self._told(cells)
        status = status.casefold()
        amount, balance = self.figures.of(row, cells, status)
        kind = layout.kinds.get(kind.casefold(), kind) or ("Credit Note" if amount < 0 else "Invoice")
        plain_kind = kind.casefold()
        if plain_kind in PAYABLES:
            raise _NoItemError(f"a row of type '{kind}' is no customer's")
        if plain_kind in NOT_OWED:
            raise _NoItemError(f"a row of type '{kind}' is not owed yet")
        if layout.credits_positive and plain_kind in CREDITS:
            amount, balance = -abs(amount), None if balance is None else -abs(balance)
        if status in layout.partly and number and balance is None:
            self._partly.append((customer, number))
        issued, due = day(issued_on, "issued"), day(due_on, "due")
        if age and self.as_of is None:
            self._ages.take(age, issued, due)
        return Item(
            row=row.number,
            customer=customer,
            customer_number=customer_number,
            number=number,
            kind=kind,
            issued=issued,
            due=due or (self._due_by_age(age) if age else None),
            amount=amount,
            balance=balance,
            currency=currency_code(currency) if currency else self._currency(row),
            reference=self._reference(reference, number),
            terms=terms,
            said_open=balance is None and (status in OPEN or status in layout.partly),
        )

    def _reference(self, text: str, number: str) -> str:
        """Return the reference, "" where it only says the number again."""
        text = self.layout.edit("reference", text) if self.layout.edit else text
        return "" if text == number else text

    def _currency(self, row: Row) -> str:
        """Return the currency that the amount names, where no column does."""
        return "" if self._at["currency"] >= 0 else currency_in(self.figures.text(row))

    def _due_by_age(self, age: str) -> date | None:
        """Return the due date that days past due tell, None where they tell none: nothing is invented."""
        digits = age.removesuffix("days").removesuffix("Days").strip()
        if self.layout.due_from_age and self.as_of and re.fullmatch(r"0*[1-9]\d{0,4}", digits, re.ASCII):
            return self.as_of - timedelta(days=int(digits))
        return None

    def _take_contact(self, row: Row, item: Item) -> None:
        """Keep what the row says of the customer and of people, once; what is no phone or email is listed."""
        contact, bad = self.contacts.read(row, item.customer, item.customer_number)
        whole = tuple(map(str, msgspec.structs.astuple(contact)[1:]))
        if whole in self._known_contacts:
            return
        self._known_contacts.add(whole)
        told = (
            contact.person,
            contact.phones,
            contact.emails,
            contact.address,
            contact.credit_limit,
            contact.tax_number,
        )
        if any(told):
            self.gathered.contacts.append(contact)
        for why in bad:
            self.gathered.skip(row.number, why, item.customer, item.number)


def with_passing(header: Header) -> Header:
    """Return a header with the columns that say something of the customer, of those that no item's field uses."""
    used = header.columns.values()
    free = [("" if place in used else cell) for place, cell in enumerate(header.cells)]
    kept = {field: header.columns[field] for field in _OF_PEOPLE if field in header.columns}
    return Header(header.place, tuple(free), match(free, PASSING_FIELDS) | kept, header.more)
