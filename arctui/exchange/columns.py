"""What the columns of a report are called, and where its header row stands.

Owns the names that accounting systems give to a field, in the order in which they are believed. Must not know
how a cell is read. A new name for a known field is one word here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from arctui.exchange.report import ReportError
from arctui.exchange.table import Row, Table

Fields = Mapping[str, tuple[str, ...]]

#: A header stands in one of so many upper rows.
HEADER_ROWS = 40
# A title line has one cell or two; what has more above the header may be an item.
_WIDE_ROW = 4

_CUSTOMER = (
    "customername", "customerfullname", "clientname", "debtorname", "accountname", "partnername",
    "invoicepartnerdisplayname", "customer", "client", "debtor", "partner", "displayname", "organization",
    "organisation", "companyname", "company", "billto",
)  # fmt: skip
_CUSTOMER_NUMBER = (
    "customerid", "customernumber", "customerno", "customercode", "customerref", "customeraccount", "custid",
    "custno", "clientid", "clientnumber", "clientno", "clientcode", "accountreference", "accountnumber",
    "accountno", "debtorid", "debtornumber", "debtorno", "customer",
)  # fmt: skip
_INVOICE_NUMBER = (
    "invoicenumber", "invoiceno", "invoicenum", "invoice", "invoiceid", "invoiceref", "invoicereference",
    "documentnumber", "documentno", "docnumber", "docno", "documentid", "document",
)  # fmt: skip
_CURRENCY = ("currency", "currencycode", "invoicecurrency", "ccy", "curr")
_STATUS = ("status", "invoicestatus", "paymentstatus", "documentstatus", "state")

ITEM_FIELDS: Fields = {
    "customer": (*_CUSTOMER, "contactname", "name", "account"),
    "customer_number": _CUSTOMER_NUMBER,
    "number": (
        *_INVOICE_NUMBER, "transactionnumber", "transactionno", "transno", "num", "number", "no", "refnumber",
        "refno", "reference", "ref",
    ),
    "kind": ("transactiontype", "documenttype", "doctype", "invoicetype", "type"),
    "due": (
        "duedate", "datedue", "paymentduedate", "invoiceduedate", "duedatereceiveby", "maturitydate", "dueon",
        "due",
    ),
    "issued": (
        "invoicedate", "issuedate", "dateissued", "issuedon", "issued", "invoicebilldate", "documentdate",
        "docdate", "transactiondate", "billdate", "postingdate", "date",
    ),
    "balance": (
        "openbalance", "balance", "balancedue", "amountdue", "outstandingbalance", "outstandingamount",
        "outstandingvalue", "outstanding", "amountoutstanding", "amountremaining", "remainingamount",
        "remainingbalance", "remaining", "openamount", "amountopen", "open", "unpaidamount", "unpaidbalance",
        "unpaid", "invoiceamountdue", "invoicebalance", "balancedueamount", "amountduesigned",
        "amountremainingforeigncurrency", "totaldue", "totalunpaid", "amountowing", "owing",
    ),
    "amount": (
        "amount", "invoiceamount", "originalamount", "totalamount", "invoicetotal", "total", "totalsigned",
        "amountforeigncurrency", "documentvalue", "documentamount", "grossamount", "grosstotal", "gross", "value",
    ),
    "paid": ("paid", "amountpaid", "paidamount", "invoiceamountpaid"),
    "currency": _CURRENCY,
    "debit": ("debit", "debitamount", "dr", "debits", "soll"),
    "credit": ("credit", "creditamount", "cr", "credits", "haben"),
    "sign": ("drcr", "debitcredit", "sh", "sollhaben", "sollhabenkennzeichen", "dc"),
    "status": _STATUS,
    "terms": ("terms", "paymentterms", "paymentterm", "paymenttermslabel"),
    "reference": (
        "reference", "ref", "ponumber", "po", "pono", "purchaseorder", "purchaseordernumber", "customerpo",
        "yourreference", "yourref", "secondreference", "origin", "memo",
    ),
}  # fmt: skip

PAYMENT_FIELDS: Fields = {
    "customer": (*_CUSTOMER, "payer", "payername", "contactname", "name"),
    "customer_number": _CUSTOMER_NUMBER,
    "identity": (
        "paymentid", "paymentnumber", "paymentno", "receiptid", "receiptnumber", "receiptno", "transactionid",
    ),
    "invoice": (*_INVOICE_NUMBER, "appliedto", "appliedtoinvoice"),
    "day": (
        "paymentdate", "datereceived", "receiveddate", "receivedon", "receiptdate", "datepaid", "paidon",
        "depositdate", "transactiondate", "postingdate", "date",
    ),
    "amount": ("paymentamount", "amountpaid", "amountreceived", "amount", "total", "totalamount", "value"),
    "currency": _CURRENCY,
    "method": ("paymentmethod", "method", "paymenttype", "paymentmode"),
    "status": _STATUS,
    "reference": (
        "reference", "ref", "referencenumber", "refno", "checknumber", "checkno", "chequenumber", "chequeno",
        "num",
    ),
    "memo": ("memo", "memodescription", "description", "note", "notes", "details"),
}  # fmt: skip

CONTACT_FIELDS: Fields = {
    "customer": (*_CUSTOMER, "contactname", "name", "fullname"),
    "customer_number": (*_CUSTOMER_NUMBER, "idnumber"),
    "person": (
        "person", "contactperson", "contact", "contactname", "primarycontact", "fullname", "attention", "attn",
        "name",
    ),
    "first_name": ("firstname", "contactfirstname", "billtocontactfirstname", "givenname"),
    "last_name": ("lastname", "contactlastname", "billtocontactlastname", "surname", "familyname"),
    "role": ("role", "jobtitle", "position", "designation", "function", "title"),
    "country": ("country", "billingcountry", "pocountry", "billtocountry", "contactcountry"),
    "currency": (*_CURRENCY, "defaultcurrency"),
    "terms": (
        "terms", "paymentterms", "paymentterm", "paymenttermslabel", "termsnumdays", "paymentdueindays",
        "duedatesalesday",
    ),
    "credit_limit": ("creditlimit", "limit", "creditlimitamount"),
    "tax_number": (
        "taxnumber", "taxid", "taxno", "taxregistrationnumber", "taxregno", "vatnumber", "vatno", "vatid",
        "vatregistrationnumber", "vatregno", "gstin", "abn", "resaleno", "resalenumber", "resalenum",
    ),
}  # fmt: skip

#: What an invoice list may say of the customer and the people beside: no name that an invoice's own field may have.
PASSING_FIELDS: Fields = {
    "person": ("contact", "contactperson", "primarycontact", "attention", "attn"),
    "country": ("country", "billingcountry", "billtocountry", "pocountry"),
    "credit_limit": CONTACT_FIELDS["credit_limit"],
    "tax_number": (*CONTACT_FIELDS["tax_number"], "contacttaxnumber"),
}

PHONES = frozenset({
    "phone", "phones", "phonenumber", "phonenumbers", "phone1", "phone2", "telephone", "telephone1", "telephone2",
    "telephonenumber", "tel", "mobile", "mobilephone", "mobilenumber", "cell", "cellphone", "mainphone", "altphone",
    "workphone", "homephone", "officephone", "directphone", "ddinumber", "tollfree", "contactphone",
})  # fmt: skip
EMAILS = frozenset({
    "email", "emails", "emailaddress", "emailaddresses", "emailid", "mail", "mainemail", "email1", "email2",
    "customeremail", "contactemail", "billingemail",
})  # fmt: skip
_ADDRESS = re.compile(
    r"(?:bill(?:ing|to)?|po|mailing|postal)?(?:address|street|addressline)(?:\d|one|two|three|address)?"
    r"|billto\d|baddr\d|(?:billing|po|billto)?(?:city|town|county|state|stateprovince|provincestate|province|region"
    r"|zip|zipcode|postcode|postalcode|postalcodezipcode|code|aptsuite)"
)
_BUCKET = re.compile(
    r"current(?: \(\d+\))?|not yet (?:over)?due|not due|older|[<>] ?\d.*|\d{1,3} ?\+(?: days?)?|\d{1,2} months?"
    r"|\d{1,3} ?(?:-|–|to) ?\d{1,3}(?: days?\b.*| past due| overdue)?"
    r"|(?:over|above|more than) \d{1,3}\b.*"
    r"|\d{1,3} (?:days )?(?:and|or) (?:over|more|older|above|less)\b.*",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """The header row of a table: its place among the rows, its cells, and the column of each field found.

    A table without a header row has the place -1. `more`: further columns of a field that may have several.
    """

    place: int
    cells: tuple[str, ...]
    columns: dict[str, int]
    more: tuple[tuple[str, int], ...] = ()

    def all_of(self, field: str) -> list[int]:
        """Return every column of a field."""
        first = [self.columns[field]] if field in self.columns else []
        return first + [place for name, place in self.more if name == field]

    def text(self, row: Row, field: str) -> str:
        """Return the cell of a field, "" where the file has no such column or the row is short."""
        at = self.columns.get(field, -1)
        return row.cells[at] if 0 <= at < len(row.cells) else ""

    def above(self, table: Table) -> tuple[Row, ...]:
        """Return the title lines."""
        return table.rows[: max(self.place, 0)]

    def data(self, table: Table) -> tuple[Row, ...]:
        """Return all rows that follow, without the header where it is printed again.

        A row that goes on for half as long again has lost its line end. Raises ReportError if there are none.
        """
        width = len(self.cells)
        rows = tuple(
            row if len(row.cells) <= width else self._run_together(row)
            for row in table.rows[self.place + 1 :]
            if row.cells != self.cells
        )
        if not rows:
            raise ReportError("the file has a header but no rows: there is nothing to import")
        return rows

    def _run_together(self, row: Row) -> Row:
        """Return a row that is longer than the header, with what is wrong with it if it is two rows in one."""
        more = sum(map(bool, row.cells[len(self.cells) :]))
        if row.fault or 2 * more < sum(map(bool, self.cells)):
            return row
        return Row(row.number, row.cells, "it has so many cells more than the header that it may be two rows in one")

    def stray(self, table: Table) -> tuple[Row, ...]:
        """Return the rows above from the first that is too full for a title: perhaps items of a repeated header."""
        above = self.above(table)
        first = next((n for n, row in enumerate(above) if row.fault or len(row.filled()) >= _WIDE_ROW), len(above))
        return above[first:]


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Return a column name without case, blanks and marks: "P. O. #" is "ponumber"."""
    return "".join(filter(str.isalnum, text.casefold().replace("#", "number")))


@lru_cache(maxsize=2 * HEADER_ROWS)
def key_places(cells: tuple[str, ...]) -> Mapping[str, int]:
    """Return the place of each column of a row by its key; the first of several of one name.

    Every layout looks at every upper row, and a row may have thousands of cells: each is looked at once.
    """
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        places.setdefault(header_key(cell), place)
    return places


def match(cells: Sequence[str], fields: Fields) -> dict[str, int]:
    """Find the column of each field: the most believed name wins, and no column serves two fields."""
    places = key_places(tuple(cells))
    found: dict[str, int] = {}
    for field, names in fields.items():
        free = [places[name] for name in names if name in places and places[name] not in found.values()]
        if free:
            found[field] = free[0]
    return found


def find_header(
    table: Table, fields: Fields, complete: Callable[[dict[str, int], tuple[str, ...]], bool]
) -> Header | None:
    """Return the first of the upper rows whose columns are complete, None if there is none."""
    for place, row in enumerate(table.rows[:HEADER_ROWS]):
        columns = match(row.cells, fields)
        if columns and complete(columns, row.cells):
            return Header(place, row.cells, columns)
    return None


def names_customer(columns: Mapping[str, int]) -> bool:
    """Say whether a name or a number of the customer is among the columns."""
    return "customer" in columns or "customer_number" in columns


def columns_of(cells: Sequence[str], names: frozenset[str]) -> list[int]:
    """Return all columns that bear one of the names."""
    return [place for place, cell in enumerate(cells) if header_key(cell) in names]


def address_columns(cells: Sequence[str]) -> list[int]:
    """Return the columns of the address that bills go to, or of its parts."""
    return [place for place, cell in enumerate(cells) if _ADDRESS.fullmatch(header_key(cell))]


def is_bucket(text: str) -> bool:
    """Say whether a text is the label of an aging bucket ("Current", "31 - 60 days", "91 and over")."""
    return bool(_BUCKET.fullmatch(text))


def has_invoice_number(cells: Sequence[str]) -> bool:
    """Say whether a header names a column that can only be an invoice's number."""
    return any(header_key(cell) in _INVOICE_NUMBER for cell in cells)
