"""Whole exports of the data sets beside the project, to the cent, against their expected figures."""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from arctui.core.money import ZERO, total
from arctui.exchange.read import read_report
from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind

DAY = date(2026, 9, 30)
# The day as the file itself states it, None where it states none.
LEDGERS = {
    "qbo_ar_aging_detail.csv": ("qbo-aging-detail", DAY),
    "qbo_ar_aging_detail_classic.csv": ("qbo-aging-detail", DAY),
    "qbo_ar_aging_detail_2026-10-07.csv": ("qbo-aging-detail", date(2026, 10, 7)),
    "xero_aged_receivables_detail.csv": ("xero-aged-receivables-detail", DAY),
    "qbo_ar_aging_detail.xlsx": ("qbo-aging-detail", DAY),
    "qbo_open_invoices.csv": ("qbo-open-invoices", DAY),
    "qbd_ar_aging_detail.csv": ("qbd-aging-detail", DAY),
    "qbd_ar_aging_detail.xlsx": ("qbd-aging-detail", DAY),
    "qbd_open_invoices.csv": ("qbd-open-invoices", DAY),
    "xero_sales_invoices.csv": ("xero-sales-invoices", None),
    "sage50us_aged_receivables.csv": ("sage50us-aged-receivables", DAY),
    "sage200_aged_debtors.csv": ("sage200-aged-debtors", None),
    "intacct_customer_aging.csv": ("intacct-customer-aging", DAY),
    "odoo_invoices.csv": ("odoo-invoices", None),
    "odoo_invoices_grouped.xlsx": ("odoo-invoices", None),
    "odoo_aged_receivable.xlsx": ("odoo-aged-receivable", None),
    "odoo_oca_aged_partner_balance.xlsx": ("odoo-oca-aged-partner-balance", DAY),
    "netsuite_open_invoices_savedsearch.csv": ("netsuite-open-invoices", None),
    "netsuite_ar_aging_detail.csv": ("netsuite-ar-aging-detail", DAY),
    "zoho_invoices.csv": ("zoho-invoices", None),
    "zoho_ar_aging_details.csv": ("zoho-ar-aging-details-due", DAY),
    "invoiceninja_aged_receivable_detail.csv": ("invoice-ninja-aged-receivable", DAY),
    "bc_customer_ledger_entries.xlsx": ("bc-customer-ledger-entries", None),
    "bc_debitorenposten_de.csv": ("bc-customer-ledger-entries", None),
    "datev_style_opos.csv": ("datev-open-items", None),
    "sap_fbl5n.xlsx": ("sap-fbl5n", DAY),
    "tally_group_outstandings.xlsx": ("tally-group-outstandings", DAY),
    "tally_bills_receivable.xls": ("tally-bills-receivable", DAY),
    "akaunting_invoices_export.xlsx": ("akaunting-invoices", None),
    "excel_unicode_text.txt": ("flat", None),
}
# Lists of invoices, of which the paid ones are a part; they tell the balances, but nothing is missing from them.
LISTS = {
    "xero_sales_invoices.csv", "odoo_invoices.csv", "odoo_invoices_grouped.xlsx", "zoho_invoices.csv",
    "bc_customer_ledger_entries.xlsx", "akaunting_invoices_export.xlsx",
}  # fmt: skip
# Letters that became question marks, or no names at all.
LOSSY = {
    "qbd_ar_aging_detail.csv", "qbd_open_invoices.csv", "sage50us_aged_receivables.csv", "bc_debitorenposten_de.csv",
    "datev_style_opos.csv", "sap_fbl5n.xlsx",
}  # fmt: skip
# So many totals does the file state: of buckets or customers, and of all.
STATED = {
    "qbo_ar_aging_detail.csv": 6,
    "qbo_ar_aging_detail_classic.csv": 6,
    "qbo_ar_aging_detail_2026-10-07.csv": 6,
    "qbo_open_invoices.csv": 17,
    "qbd_ar_aging_detail.csv": 6,
    "qbd_ar_aging_detail.xlsx": 6,
    "qbd_open_invoices.csv": 17,
    "xero_aged_receivables_detail.csv": 17,
    "sage50us_aged_receivables.csv": 17,
    "zoho_ar_aging_details.csv": 6,
    "netsuite_ar_aging_detail.csv": 17,
    "odoo_aged_receivable.xlsx": 17,
    "odoo_oca_aged_partner_balance.xlsx": 17,
    "sap_fbl5n.xlsx": 17,
}
# Totals of customers, and none of all.
STATED_OF_CUSTOMERS = {"odoo_invoices_grouped.xlsx": 15, "tally_group_outstandings.xlsx": 16}
CONTACTS = {
    "qbo_customer_contact_list.csv": "qbo-customers",
    "xero_contacts.csv": "xero-contacts",
    "qbd_customers.csv": "qbd-customers",
    "qbd_customers.iif": "qbd-iif-customers",
    "sage50us_customers.csv": "sage50us-customers",
    "sage50uk_customers.csv": "sage50uk-customers",
    "gnucash_customers.csv": "gnucash-customers",
}
#: The ledger as plain-text accounting has it, and the layout of each.
POSTINGS = {
    "hledger.journal": "hledger-journal",
    "hledger_print.csv": "hledger-journal",
    "hledger_register.csv": "hledger-register",
    "ledger.csv": "ledger-csv",
}


def read(path: Path, **options: Any) -> Report:
    return read_report(path, ReadOptions(**options))


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared_data / "formats" / "expected.json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("name", LEDGERS)
def test_a_ledger_is_read_to_the_cent(shared_data: Path, expected: dict[str, Any], name: str) -> None:
    report = read(shared_data / "formats" / name)
    layout, as_of = LEDGERS[name]
    wanted = expected[name]
    opened = [item for item in report.items if item.balance]
    kind = ReportKind.LISTED if name in LISTS else ReportKind.OPEN_ITEMS
    assert (report.layout, report.kind, report.as_of) == (layout, kind, as_of)
    assert len(opened) == wanted["open_items"]
    assert sum((item.balance or ZERO) < 0 for item in opened) == wanted["credit_items"]
    everything = total(Decimal(figures["open"]) for figures in wanted["totals"].values())
    assert report.counted_total == everything
    assert report.stated_total in (None, everything)
    assert report.stated_total is not None or name not in STATED
    per_customer: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for item in opened:
        # Two systems write the job of a customer in their own way.
        job = item.customer.replace("Goods - ", "Goods:").replace("Goods, ", "Goods:")
        per_customer[job] += item.balance or ZERO
    figures = {customer: Decimal(amount) for customer, amount in wanted["by_customer"].items()}
    if name in LOSSY:
        assert sorted(per_customer.values()) == sorted(figures.values())
    else:
        assert per_customer == figures
    if wanted.get("multicurrency"):
        euros = total(item.balance or ZERO for item in opened if item.currency == "EUR")
        assert euros == Decimal(wanted["totals"]["EUR"]["open"])


@pytest.mark.parametrize("name", LEDGERS)
def test_every_total_that_a_ledger_states_agrees(shared_data: Path, name: str) -> None:
    report = read(shared_data / "formats" / name)
    assert [row for row in report.subtotals if not row.agrees] == []
    assert len(report.subtotals) == (STATED | STATED_OF_CUSTOMERS).get(name, 0)


@pytest.mark.parametrize("name", LEDGERS)
def test_nothing_of_a_ledger_is_skipped_without_reason(shared_data: Path, name: str) -> None:
    report = read(shared_data / "formats" / name)
    read_but_for_the_email = "'not-an-email' is no email address"
    assert [row for row in report.skipped if row.why != read_but_for_the_email] == []
    assert not report.not_owed or name in {"xero_sales_invoices.csv", "odoo_invoices.csv", "zoho_invoices.csv"}


def test_a_list_of_amounts_has_no_balances(shared_data: Path) -> None:
    report = read(shared_data / "formats" / "canonical_open_items.csv")
    assert (report.kind, len(report.items)) == (ReportKind.LISTED, 24)
    assert report.counted_total == Decimal("1246585.73")
    assert {item.balance for item in report.items} == {None}


def test_ambiguous_dates_ask_and_obey_the_answer(shared_data: Path) -> None:
    path = shared_data / "formats" / "ambiguous_dates.csv"
    with pytest.raises(ReportError, match=r"--dates mdy.*--dates dmy"):
        read(path)
    assert read(path, month_first=True).items[0].due == date(2026, 9, 2)
    assert read(path, month_first=False).items[0].due == date(2026, 2, 9)
    assert read(path, month_first=True).counted_total == Decimal("7192.50")


def test_no_row_of_the_hostile_file_vanishes(shared_data: Path) -> None:
    report = read(shared_data / "formats" / "hostile.csv")
    assert [(row.row, row.why, row.customer, row.number) for row in report.skipped] == [
        (18, "the amount 'n/a' is no amount", "Bad Amount", "17"),
        (19, "2026-02-30 is no date", "Bad Date", "18"),
        (20, "the amount '1.2.3' is no amount", "Two Dots", "19"),
        (21, "the amount is missing", "Short Row", "20"),
        (23, "no customer", "", "22"),
        (26, "same as row 25", "Dup", "23"),
        (27, "number 23 stands in row 25 with another amount", "Dup", "23"),
    ]
    blank_and_total = 2
    assert len(report.items) + len(report.skipped) + blank_and_total == 31
    assert (report.stated_total, report.counted_total) == (Decimal("9999.99"), Decimal("3784.50"))
    names = {item.number: item.customer for item in report.items}
    assert names["3"] == "Line Break Ltd"
    assert names["9"] == names["10"]
    assert names["11"] == names["12"]
    assert names["16"] == "NullByte"
    assert len(names["14"]) > 290
    assert all(character.isprintable() or character == "\u200d" for name in names.values() for character in name)


@pytest.mark.parametrize("name", CONTACTS)
def test_contact_lists_keep_everybody(shared_data: Path, expected: dict[str, Any], name: str) -> None:
    report = read(shared_data / "formats" / name)
    customers = {contact.customer for contact in report.contacts}
    assert (report.layout, len(customers)) == (CONTACTS[name], expected[name]["customers"])
    assert [row.why for row in report.skipped] == ["'not-an-email' is no email address"]


def test_several_phones_of_one_cell_are_several(shared_data: Path) -> None:
    report = read(shared_data / "formats" / "qbo_customer_contact_list.csv")
    first = report.contacts[0]
    assert first.phones == ("(480) 555-0142", "(480) 555-0188")
    assert first.address == "1420 E Broadway Rd, Apt 2 Mesa, AZ 85204"


def test_further_people_of_a_contact_are_read(shared_data: Path) -> None:
    report = read(shared_data / "formats" / "xero_contacts.csv")
    freeman = [c for c in report.contacts if c.customer == "Freeman Sporting Goods"]
    assert [(c.person, c.emails) for c in freeman] == [
        ("Sasha Tillou", ("a@freeman.example",)),
        ("Second Contact", ("b@freeman.example",)),
    ]
    assert (freeman[0].terms, freeman[0].customer_number, freeman[0].country) == ("Net 15", "C2-001", "United States")


def test_lines_of_an_invoice_add_up_and_what_is_paid_in_part_is_said(
    shared_data: Path, expected: dict[str, Any]
) -> None:
    report = read(shared_data / "formats" / "freshbooks_invoice_details.csv")
    wanted = expected["freshbooks_invoice_details.csv"]
    assert (report.layout, report.kind) == ("freshbooks-invoice-details", ReportKind.LISTED)
    opened = [item for item in report.items if item.balance is None]
    assert len(opened) == wanted["open_items"]
    partly = wanted["partial_open_unknown"]
    assert [note for note in report.notes if all(number in note for number in partly)] == list(report.notes)
    # One number is of two customers, only one of which paid a part.
    open_unknown = {("Freeman Sporting Goods:0969 Ocean View Road", "1036"), ("Smith & Sons [/]", "1001")}
    per_customer: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for item in opened:
        if (item.customer, item.number) not in open_unknown:
            per_customer[item.customer] += item.amount
    left_out = {customer for customer, _ in open_unknown}
    assert per_customer == {c: Decimal(a) for c, a in wanted["by_customer"].items() if c not in left_out}


def test_transactions_of_the_receivables_are_invoices_and_their_payments(shared_data: Path) -> None:
    report = read(shared_data / "formats_real" / "ninja_wave_invoices.csv")
    assert (report.layout, report.kind) == ("wave-transactions", ReportKind.LISTED)
    assert [(i.customer, i.number, str(i.amount), str(i.balance)) for i in report.items] == [
        ("Mark Walberg", "2", "4974.00", "4974.00"),
        ("Lucas Cage", "3", "590.50", "0.00"),
        ("Jessica Jones", "4", "3500.41", "3500.41"),
    ]


@pytest.mark.parametrize("name", POSTINGS)
def test_postings_become_invoices_and_what_is_open_of_them(
    shared_data: Path, expected: dict[str, Any], name: str
) -> None:
    report = read(shared_data / "formats" / name)
    # The same ledger with a currency on each item.
    wanted = expected["netsuite_open_invoices_savedsearch.csv"]
    assert (report.layout, report.kind, report.skipped) == (POSTINGS[name], ReportKind.OPEN_ITEMS, ())
    assert len(report.items) == wanted["open_items"]
    per_customer: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for item in report.items:
        per_customer[item.customer] += item.balance or ZERO
    assert per_customer == {customer: Decimal(amount) for customer, amount in wanted["by_customer"].items()}
    euros = total(item.balance or ZERO for item in report.items if item.currency == "EUR")
    assert euros == Decimal(wanted["totals"]["EUR"]["open"])
    by_number = {(item.customer, item.number): item for item in report.items}
    part_paid = by_number["Smith & Sons [/]", "1001"]
    assert (str(part_paid.amount), str(part_paid.balance)) == ("4180.75", "2180.75")
    assert part_paid.due == (None if name == "hledger_register.csv" else date(2026, 4, 3))
    assert by_number["3000", ""].kind == "Payment"


def test_gnucash_has_amounts_of_customers_by_number(shared_data: Path, expected: dict[str, Any]) -> None:
    report = read(shared_data / "formats" / "gnucash_invoices.csv")
    wanted = expected["gnucash_invoices.csv"]
    assert (report.layout, report.kind, report.skipped) == ("gnucash-invoices", ReportKind.LISTED, ())
    assert (len(report.items), {item.balance for item in report.items}) == (wanted["open_items"], {None})
    numbers = {
        c.customer_number: c.customer for c in read(shared_data / "formats" / "gnucash_customers.csv").contacts
    }
    per_customer: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for item in report.items:
        per_customer[numbers[item.customer_number]] += item.amount
    # What was paid of two invoices is not told.
    paid = {"Freeman Sporting Goods:0969 Ocean View Road": Decimal(390), "Smith & Sons [/]": Decimal(2000)}
    assert per_customer == {c: Decimal(a) + paid.get(c, ZERO) for c, a in wanted["by_customer"].items()}


def test_a_number_of_two_customers_is_named_by_what_is_open_of_it(shared_data: Path) -> None:
    report = read(shared_data / "formats" / "bc_customer_ledger_entries.xlsx")
    assert {i.customer for i in report.items if i.customer_number == "150000"} == {"ACME Building Services, Inc."}
    assert report.items[-1].balance == ZERO
    assert [note for note in report.notes if "150000" in note and "Zero Balance LLC" in note] == list(report.notes)


def test_grouped_payments_are_read(shared_data: Path, expected: dict[str, Any]) -> None:
    report = read(shared_data / "formats" / "qbo_payments_transaction_list.csv")
    wanted = expected["qbo_payments_transaction_list.csv"]
    assert (report.layout, len(report.receipts)) == ("qbo-payments", wanted["payments"])
    assert report.counted_total == Decimal(wanted["total"])
    assert report.receipts[0].reference == "ACH 7781 1041 less CM-204"
    assert report.receipts[0].day == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("qbo_ar_aging_summary.csv", "balances but no invoices: export A/R Aging Detail"),
        ("wave_aged_receivables.csv", "balances but no invoices: export the accounting transactions"),
        ("freshbooks_accounts_aging.csv", "balances but no invoices: export Invoice Details"),
        ("sage50us_customers_noheadings.csv", "no header row"),
        ("hledger_balance.csv", "balances but no invoices: export 'hledger print"),
    ],
)
def test_what_cannot_be_read_yet_is_refused_with_what_to_do(shared_data: Path, name: str, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        read(shared_data / "formats" / name)


@pytest.mark.parametrize(
    ("name", "items", "receipts", "contacts", "skipped"),
    [
        ("canonical/ibm/invoices.csv", 2466, 0, 0, 0),
        ("canonical/ibm/payments.csv", 0, 2466, 0, 0),
        ("canonical/ibm_messy/payments.csv", 0, 3047, 0, 0),
        ("canonical/classicmodels/invoices.csv", 320, 0, 0, 0),
        ("canonical/classicmodels/payments.csv", 0, 273, 0, 0),
        ("canonical/classicmodels/customers.csv", 0, 0, 122, 0),
        ("canonical/poulomi8/invoices.csv", 7994, 0, 0, 0),
        ("replay/ibm_messy/2013-06-01/open_invoices.csv", 206, 0, 0, 0),
        ("replay/ibm_messy/2013-06-01/new_invoices.csv", 2, 0, 0, 0),
        ("replay/ibm_messy/2013-06-01/payments.csv", 0, 4, 0, 0),
        ("formats_real/ninja_invoice.csv", 400, 0, 20, 0),
        ("formats_real/ninja_payments.csv", 0, 401, 0, 2),
        ("formats_real/ninja_clients.csv", 0, 0, 20, 0),
        ("formats_real/ninja_i2g_invoices.csv", 4, 0, 4, 0),
        ("formats_real/ninja_i2g_clients.csv", 0, 0, 2, 0),
        ("formats_real/ninja_invoicely_invoices.csv", 1, 0, 0, 0),
        ("formats_real/ninja_invoicely_clients.csv", 0, 0, 2, 0),
        ("formats_real/akaunting_import_customers.xlsx", 0, 0, 1, 0),
        ("formats_real/akaunting_import_invoices.xlsx", 1, 0, 1, 0),
        ("formats_real/akaunting_import_transactions.xlsx", 0, 1, 0, 3),
        ("formats_real/ninja_zoho_contacts.csv", 0, 0, 5, 0),
        ("formats_real/ninja_freshbooks_invoices.csv", 1, 0, 0, 0),
        ("formats_real/ninja_freshbooks_clients.csv", 0, 0, 2, 0),
        ("formats_real/ninja_wave_invoices.csv", 3, 0, 0, 0),
        ("formats_real/ninja_wave_clients.csv", 0, 0, 4, 0),
    ],
)
def test_real_and_canonical_files_lose_no_row(
    shared_data: Path, name: str, items: int, receipts: int, contacts: int, skipped: int
) -> None:
    report = read(shared_data / name)
    found = (len(report.items), len(report.receipts), len(report.contacts), len(report.skipped))
    assert found == (items, receipts, contacts, skipped)
