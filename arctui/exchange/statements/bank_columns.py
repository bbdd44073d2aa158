"""What banks call the columns of their statements, and what tells a statement from every other table.

Owns the names, and the banks that have names of their own. Must not know how a cell is read. A new name for a known
field is one word here, a bank whose columns mean something else than elsewhere one entry in BANKS.
"""

from types import MappingProxyType
from typing import NamedTuple

from arctui.exchange.columns import Fields, Header, find_header, header_key, match
from arctui.exchange.table import Row, Table

#: The names that banks give to their columns, in the order in which they are believed.
FIELDS: Fields = {
    "day": (
        "postingdate", "bookingdate", "posteddate", "postdate", "transactiondate", "date", "bookeddate",
        "effectivedate", "asofdate", "valuedate", "buchungstag", "buchungsdatum", "buchung", "datum", "valutadatum",
        "valuta", "wertstellung", "datecomptabilisation", "dateoperation", "fecha",
    ),
    "words": (
        "description", "transactiondescription", "trandesc", "narrative", "particulars", "text", "memo",
        "verwendungszweck", "mededelingen", "buchungstext", "libelle", "concepto", "details", "transactiondetails",
        "paymentreference", "reference", "descriptivetext1",
    ),
    "payer": (
        "payer", "payername", "payee", "counterparty", "counterpartyname", "partnername", "othername", "name",
        "naamomschrijving", "begünstigterzahlungspflichtiger", "beguenstigterzahlungspflichtiger",
        "begünstigterauftraggeber", "auftraggeberempfänger", "auftraggeberbegünstigter", "nameauftraggeberempfänger",
        "namezahlungsbeteiligter", "zahlungspflichtiger", "zahlungspflichtige", "zahlungsbeteiligter",
        "empfängerzahlungspflichtiger", "auftraggeber",
    ),
    "amount": (
        "amount", "transactionamount", "amounteur", "amountgbp", "amountusd", "betrag", "betrageur", "umsatz",
        "betragineur", "montant", "importe", "bedrageur", "bedrag",
    ),
    "paid": (
        "credit", "creditamount", "creditamt", "moneyin", "paidin", "deposits", "deposit", "credits", "depositamount",
        "haben", "gutschrift", "gutschriften", "eingang", "crédit",
    ),
    "out": (
        "debit", "debitamount", "debitamt", "moneyout", "paidout", "withdrawals", "withdrawal", "debits",
        "withdrawalamount", "soll", "lastschrift", "ausgang", "débit",
    ),
    "balance": (
        "balance", "runningbalance", "runningbal", "balanceeur", "balancegbp", "availablebalance",
        "closingledgerbalance", "saldo", "saldonachbuchung", "saldonamutatie", "kontostand", "accountbalance",
        "solde",
    ),
    "currency": ("currency", "currencycode", "ccy", "währung", "waehrung", "devise"),
    "reference": (
        "checkorslipnumber", "checknumber", "checkno", "chequenumber", "chequeno", "slipnumber", "serialnumber",
        "kundenreferenz", "kundenreferenzendtoend", "customerreference", "customerrefno", "referencenumber",
        "referenceno",
    ),
    "kind": (
        "type", "transactiontype", "trntype", "umsatzart", "umsatztyp", "mutatiesoort", "details", "buchungstext",
        "transaction",
    ),
    "identity": ("transactionid", "fitid", "bankreference", "entryreference"),
    "state": ("status", "state", "info"),
}  # fmt: skip

#: Columns that are there to say whether money came in or went out, and those that may say it by a word.
SIDES = frozenset({
    "debitcredit", "creditdebit", "drcr", "crdr", "dc", "cd", "afbij", "sollhaben", "sh", "creditdebitindicator",
    "debitcreditindicator", "balanceimpact",
})  # fmt: skip
KINDS = frozenset({
    "details", "type", "transactiontype", "trntype", "transaction", "umsatzart", "umsatztyp", "direction",
})  # fmt: skip
#: Columns whose text belongs to the words of a line as well.
MORE_WORDS = frozenset({
    "memo", "narrative", "reference", "paymentreference", "additionalinformation", "remittanceinformation", "note",
    "subject", "itemtitle", "invoicenumber", "customnumber", "descriptivetext1", "descriptivetext2",
    "descriptivetext3",
})  # fmt: skip

#: A table with one of these is a report of the accounting system, or a journal.
_OTHERS = {
    "customer", "customername", "customerid", "customernumber", "customerno", "customercode", "client", "debtor",
    "contact", "contactname", "partner", "invoice", "invoicenumber", "invoiceno", "documentno", "documentnumber",
    "documenttype", "duedate", "dateduedate", "due", "openbalance", "balancedue", "amountdue", "remainingamount",
    "account", "accountfullname", "txnidx", "paymentid", "paymentmethod", "num", "vendor", "debit account",
    "glaccount", "fullaccountname", "category", "transactionnumber", "number",
}  # fmt: skip
#: What only a bank has; a table of a day, words and an amount alone has to have nothing else.
_OF_BANKS = {"balance", "paid", "reference", "identity", "payer", "kind"}


class Bank(NamedTuple):
    """A bank that is known by its columns: how it writes days, and what columns mean there and nowhere else.

    A field "booked" is what moved the balance, where the bank kept a fee of the amount. `says` is true of every line.
    Where `is_of_checks`, all that is listed came in, and a check that pays several invoices has a row for each.
    """

    name: str
    marks: frozenset[str]
    month_first: bool | None = None
    fields: Fields = MappingProxyType({})
    says: str = ""
    is_of_checks: bool = False


BANKS = (
    Bank("Chase", frozenset({"details", "postingdate", "checkorslipnumber"}), month_first=True),
    Bank("Bank of America", frozenset({"date", "description", "amount", "runningbal"}), month_first=True),
    Bank("Wells Fargo", frozenset({"date", "amount", "cleared", "checknumber", "description"}), month_first=True),
    Bank(
        "Capital One",
        frozenset({
            "accountnumber", "transactiondate", "transactiondescription", "transactiontype", "transactionamount",
        }),
        month_first=True,
    ),
    Bank(
        "Barclays",
        frozenset({"number", "date", "account", "amount", "subcategory", "memo"}),
        month_first=False,
        fields={"kind": ("subcategory",)},
    ),
    Bank(
        "NatWest",
        frozenset({"date", "type", "description", "value", "balance", "accountname", "accountnumber"}),
        month_first=False,
        fields={"amount": ("value",)},
    ),
    Bank(
        "Lloyds",
        frozenset({"transactiondate", "sortcode", "transactiondescription", "debitamount", "creditamount"}),
        month_first=False,
    ),
    Bank(
        "Revolut Business",
        frozenset({"datecompletedutc", "paymentcurrency", "amount"}),
        fields={
            "day": ("datecompletedutc",),
            "currency": ("paymentcurrency",),
            "booked": ("totalamount",),
            "identity": ("id",),
        },
    ),
    Bank(
        "Wise",
        frozenset({"transferwiseid", "date", "amount"}),
        month_first=False,
        fields={"identity": ("transferwiseid",), "reference": ("paymentreference",)},
    ),
    Bank(
        "PayPal",
        frozenset({"timezone", "name", "gross", "net", "transactionid"}),
        fields={"words": ("subject", "itemtitle", "note", "type"), "amount": ("gross",), "booked": ("net",)},
    ),
    Bank(
        "Stripe",
        frozenset({"balancetransactionid", "gross", "net", "reportingcategory"}),
        fields={
            "day": ("createdutc", "created", "availableonutc", "availableon"),
            "payer": ("customername", "customeremail"),
            "amount": ("gross",),
            "booked": ("net",),
            "kind": ("reportingcategory",),
            "identity": ("balancetransactionid",),
        },
    ),
    Bank(
        "a lock-box",
        frozenset({"depositdate", "checknumber", "checkamount"}),
        fields={
            "day": ("depositdate",),
            "payer": ("remittername", "remitter", "payername", "payer", "customername", "drawername"),
            "words": ("invoicenumber", "invoiceno", "invoice"),
            "amount": (),
            "paid": ("checkamount",),
            "out": (),
        },
        says="lockbox",
        is_of_checks=True,
    ),
)  # fmt: skip

#: Wells Fargo gives its five columns no names: the day, the amount, a star, the check's number, the words.
_WELLS_FARGO = Row(0, ("Date", "Amount", "Cleared", "Check Number", "Description"))


def find(table: Table) -> tuple[Table, Header, Bank | None] | None:
    """Return a bank's table with its header and the bank, None where it is no statement by its columns.

    Of no bank that is known, it needs a day, words and money, and no column of customers or invoices.
    """
    table, header, bank = _sought(table)
    if header is None or bank:
        return (table, header, bank) if header else None
    if {header_key(cell) for cell in header.cells} & _OTHERS:
        return None
    named = sum(map(bool, header.cells))
    if header.columns.keys() & _OF_BANKS or named == len(header.columns):
        return table, header, None
    return None


def meant(table: Table) -> tuple[Table, Header, Bank | None] | None:
    """Return the header of a table that is said to be a statement, whatever other columns it has."""
    table, header, bank = _sought(table)
    return (table, header, bank) if header else None


def _sought(table: Table) -> tuple[Table, Header | None, Bank | None]:
    if _is_wells_fargo(table):
        table = table._replace(rows=(_WELLS_FARGO, *table.rows))
    header = find_header(table, FIELDS, _complete)
    for place, row in enumerate(table.rows[: header.place + 1 if header else len(table.rows[:40])]):
        keys = frozenset(map(header_key, row.cells))
        for bank in BANKS:
            if bank.marks <= keys:
                columns = match(
                    row.cells, {**bank.fields, **{f: n for f, n in FIELDS.items() if f not in bank.fields}}
                )
                if _complete(columns, row.cells) or (
                    bank.is_of_checks and {"day", "payer", "paid"} <= columns.keys()
                ):
                    return table, Header(place, row.cells, columns), bank
    return table, header, None


def _complete(columns: dict[str, int], _: tuple[str, ...]) -> bool:
    money = "amount" in columns or {"paid", "out"} <= columns.keys()
    return "day" in columns and ("words" in columns or "payer" in columns) and money


def _is_wells_fargo(table: Table) -> bool:
    first = table.rows[:3]
    return bool(first) and all(len(row.cells) == 5 and row.cells[2] == "*" and row.cells[4] for row in first)
