"""Akaunting: what is open of each invoice of a workbook, by its sheet of transactions."""

from decimal import Decimal

import msgspec

from arctui.core.money import ZERO, AmountError, parse_amount, total
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.table import Row, Table

#: Columns that only a list of Akaunting's invoices has.
INVOICE_COLUMNS = ("invoicenumber", "invoicedat", "dueat", "contactname")
_SHEET = "invoice_transactions"


def with_open(table: Table) -> Table | None:
    """Add what is open of each invoice; one whose payments cannot be told is a row that was not understood."""
    beside = dict(table.beside).get(_SHEET)
    place = header_at(table, *INVOICE_COLUMNS, "amount")
    if place < 0 or beside is None:
        return None
    at = places_of(table.rows[place])
    paid = _paid(beside)
    rows = table.rows[place + 1 :]
    emails: dict[str, list[str]] = {}
    for row in rows:
        emails.setdefault(cell_of(row, at["invoicenumber"]), []).append(_email(row, at))
    checked = [_checked(row, at, paid, emails) for row in rows]

    def left(row: Row) -> list[str]:
        number, email = cell_of(row, at["invoicenumber"]), _email(row, at)
        if row.fault or cell_of(row, at.get("status")).casefold() == "paid":
            return ["0"]
        several = len(emails[number]) > 1
        try:
            amount = parse_amount(cell_of(row, at["amount"]))
        except AmountError:
            return [cell_of(row, at["amount"])]
        return [
            f"{amount - total(money for whose, money in paid.get(number, ()) if not several or whose == email):f}"
        ]

    return with_columns(
        table._replace(rows=(*table.rows[: place + 1], *checked)), place, ["Open (amount less paid)"], left
    )


def _email(row: Row, at: dict[str, int]) -> str:
    return cell_of(row, at.get("contactemail")).casefold()


def _paid(sheet: Table) -> dict[str, list[tuple[str, Decimal]]]:
    """Return the money of each invoice number, with the email of who paid."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    place = header_at(sheet, "invoicenumber", "amount")
    at = places_of(sheet.rows[place]) if place >= 0 else {}
    for row in sheet.rows[place + 1 :] if at else ():
        try:
            amount = parse_amount(cell_of(row, at["amount"]))
        except AmountError:
            amount = ZERO
        found.setdefault(cell_of(row, at["invoicenumber"]), []).append((_email(row, at), amount))
    return found


def _checked(
    row: Row, at: dict[str, int], paid: dict[str, list[tuple[str, Decimal]]], emails: dict[str, list[str]]
) -> Row:
    """Refuse an invoice whose number several have, where money for it names none of them, or more than one."""
    number = cell_of(row, at["invoicenumber"])
    having = emails[number]
    if len(having) < 2 or all(having.count(whose) == 1 for whose, _ in paid.get(number, ())):
        return row
    why = "several invoices have this number, and for which one the money came is not told"
    return msgspec.structs.replace(row, fault=row.fault or why)
