"""A report that says of itself that it is only a part."""

import pytest

from arctui.exchange.restricted import restriction


@pytest.mark.parametrize(
    "line",
    [
        ["Customer: Birch Works"],
        ["Customer:", "Birch Works", ""],
        ["CUSTOMER ID: 1001"],
        ["Kunde: Birch"],
        ["Filter Criteria includes: 1) IDs from 1001 to 1001. Report order is by ID. Report is printed in Detail."],
        ["Filters: Sales rep: Ann"],
        ["Filtered by: Customer/Project Birch"],
        ["Overdue invoices as of 2026-11-21"],
        ["Past-Due Accounts"],
        ["Open invoices", "(overdue only)"],
        ["Collections Report"],
        ["Status: Overdue"],
        ["Selected status: overdue, partial"],
        ["Filters: Invoice status: overdue"],
        ["Due date: 2026-10-01 - 2026-10-31"],
        ["Due on or before 20 Nov 2026"],
        ["Invoices due between 1 Oct and 31 Oct 2026"],
        ["Überfällige Rechnungen"],
        ["Offene Posten (nur überfällige)"],
        ["Fälligkeit: 01.10.2026 - 31.10.2026"],
        ["Factures en retard"],
        ["Date d'échéance : du 01/10/2026 au 31/10/2026"],
        ["Partidas vencidas"],
        ["Fecha de vencimiento: 01/10/2026 a 31/10/2026"],
        ["Fatture scadute"],
        ["Vervallen facturen"],
        ["Faturas em atraso"],
        ["Faktury przeterminowane"],
    ],
)
def test_a_line_that_leaves_others_out_is_found(line: list[str]) -> None:
    assert restriction([["A/R Aging Detail"], line, ["As of September 30, 2026"]]).startswith(line[0])


@pytest.mark.parametrize(
    "line",
    [
        ["Customer: All"],
        ["Customers: all customers"],
        ["Filter Criteria includes: Report order is by ID. Report is printed in Detail Format."],
        ["Filters: As of 30/09/2026; Currency: all"],
        ["Customer aging detail"],
        ["Granite Supply: customers of the north"],
        ["Customer"],
        [""],
        ["Open invoices as of 2026-11-20"],
        ["A/R Aging Detail by due date as of November 20, 2026"],
        ["", "Days past due", "30 days"],
        ["Current", "1-30 days past due"],
        ["Current and overdue invoices"],
        ["Status: open"],
        ["Filters: Status: unpaid"],
        ["Offene Posten"],
        ["Factures impayées"],
        ["Late Harvest Supplies"],
        ["Amount due 500.00"],
        ["Due date"],
    ],
)
def test_a_line_that_leaves_nobody_out_restricts_nothing(line: list[str]) -> None:
    assert restriction([line]) == ""
