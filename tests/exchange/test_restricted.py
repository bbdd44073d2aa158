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
    ],
)
def test_a_line_that_leaves_nobody_out_restricts_nothing(line: list[str]) -> None:
    assert restriction([line]) == ""
