"""Akaunting: what is open of each invoice of a workbook, by its sheet of transactions."""

from decimal import Decimal
from typing import NamedTuple

import msgspec

from arctui.core.money import ZERO, AmountError, parse_amount, total
from arctui.exchange.cells import shown
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
        came = [money.amount or ZERO for money in paid.get(number, ()) if not several or money.whose == email]
        try:
            amount = parse_amount(cell_of(row, at["amount"]))
        except AmountError:
            return [cell_of(row, at["amount"])]
        return [f"{amount - total(came):f}"]

    return with_columns(
        table._replace(rows=(*table.rows[: place + 1], *checked)), place, ["Open (amount less paid)"], left
    )


def _email(row: Row, at: dict[str, int]) -> str:
    return cell_of(row, at.get("contactemail")).casefold()


class _Money(NamedTuple):
    """A transaction: the email of who paid, the amount (None where it cannot be read) as written, the currency."""

    whose: str
    amount: Decimal | None
    written: str
    currency: str


def _paid(sheet: Table) -> dict[str, list[_Money]]:
    """Return the money of each invoice number."""
    found: dict[str, list[_Money]] = {}
    place = header_at(sheet, "invoicenumber", "amount")
    at = places_of(sheet.rows[place]) if place >= 0 else {}
    for row in sheet.rows[place + 1 :] if at else ():
        text = cell_of(row, at["amount"])
        try:
            amount = None if row.fault else parse_amount(text)
        except AmountError:
            amount = None
        money = _Money(_email(row, at), amount, text, cell_of(row, at.get("currencycode")).upper())
        found.setdefault(cell_of(row, at["invoicenumber"]), []).append(money)
    return found


def _checked(row: Row, at: dict[str, int], paid: dict[str, list[_Money]], emails: dict[str, list[str]]) -> Row:
    """Refuse an invoice of which it cannot be told how much was paid.

    That is where the amount of a payment cannot be read or is in another currency, and where several invoices have
    the number and the money for it names none of them, or more than one.
    """
    number = cell_of(row, at["invoicenumber"])
    having, moneys = emails[number], paid.get(number, [])
    if row.fault:
        return row
    if len(having) < 2 or all(having.count(money.whose) == 1 for money in moneys):
        mine = [money for money in moneys if len(having) < 2 or money.whose == _email(row, at)]
        settled = cell_of(row, at.get("status")).casefold() == "paid"
        why = "" if settled else _unclear(mine, cell_of(row, at.get("currencycode")).upper())
        return msgspec.structs.replace(row, fault=why, sound=True) if why else row
    why = "several invoices have this number, and for which one the money came is not told"
    return msgspec.structs.replace(row, fault=why, sound=True)


def _unclear(moneys: list[_Money], currency: str) -> str:
    """Say what is wrong with the money that came for an invoice, "" if nothing is."""
    for money in moneys:
        if money.amount is None:
            return f"its payment '{shown(money.written)}' is no amount, so what is open is not told"
        if currency and money.currency and money.currency != currency:
            paid = f"{money.written} {money.currency}"
            return f"its payment of {shown(paid)} is in another currency, so what is open is not told"
    return ""
