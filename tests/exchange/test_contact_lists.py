"""Contact lists: several phones and emails in a cell, names in parts, what is no address."""

from collections.abc import Callable

import pytest

from arctui.exchange.layouts.contacts import split_emails, split_phones
from arctui.exchange.report import Report, ReportKind

Reading = Callable[..., Report]


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("Phone: (555) 0142 Mobile: (555) 0188", ("(555) 0142", "(555) 0188")),
        ("Phone: +1 555 0110 x58", ("+1 555 0110 x58",)),
        ("+1 555 0142; 555-0188", ("+1 555 0142", "555-0188")),
        ("555 0142, 555 0188", ("555 0142", "555 0188")),
        ("555 0142, ext 5", ("555 0142, ext 5",)),
        ("Phone: 555 0142 Fax: 555 0199", ("555 0142",)),
        ("555 0142; 555 0142", ("555 0142",)),
        ("", ()),
    ],
)
def test_a_cell_may_hold_several_phones(cell: str, phones: tuple[str, ...]) -> None:
    assert split_phones(cell) == (phones, ())


def test_a_cell_may_hold_several_emails() -> None:
    good = ("a@alder.example", "b@alder.example")
    assert split_emails("a@alder.example; b@alder.example") == (good, ())
    assert split_emails("Ann <a@alder.example>, Bob <b@alder.example>") == (good, ())
    assert split_emails("a@alder.example not-an-email @ a@b") == (("a@alder.example",), ("not-an-email", "@", "a@b"))


def test_what_is_no_phone_or_email_is_listed_and_the_contact_kept(reading: Reading) -> None:
    report = reading("Customer,Contact,Phone,Email\nAlder,Ann,n/a,not-an-email\n,Bob,555 0142,\n")
    assert [(c.customer, c.person, c.phones, c.emails) for c in report.contacts] == [("Alder", "Ann", (), ())]
    assert [(s.row, s.why, s.customer) for s in report.skipped] == [
        (2, "'n/a' is no phone number", "Alder"),
        (2, "'not-an-email' is no email address", "Alder"),
        (3, "no customer", ""),
    ]


def test_plain_headers_are_read(reading: Reading) -> None:
    report = reading(
        "Customer ID,Company,First Name,Last Name,Job Title,Phone,Mobile,Email,Street,City,Zip,Country\n"
        'A1,Alder Mill,Ann,Lee,Payables,555 0142,555 0188,ann@alder.example,"1 Mill Rd\nUnit 2",Ashford,1234,Canada\n'
    )
    contact = report.contacts[0]
    assert (report.layout, report.kind) == ("contacts", ReportKind.CONTACTS)
    assert (contact.customer, contact.customer_number, contact.person) == ("Alder Mill", "A1", "Ann Lee")
    assert (contact.role, contact.phones) == ("Payables", ("555 0142", "555 0188"))
    assert (contact.address, contact.country) == ("1 Mill Rd Unit 2, Ashford, 1234", "Canada")


def test_quickbooks_contact_lists_end_with_a_time_stamp(reading: Reading) -> None:
    report = reading(
        "Customer Contact List\nNorthside Supply\n\n"
        "Customer full name,Phone numbers,Email,Full name,Bill address,Ship address\n"
        'Alder Mill,Phone: (555) 0142 Mobile: (555) 0188,a@alder.example; b@alder.example,Ann Lee,"1 Mill Rd",\n'
        '4711,,,,",",\n\n'
        '"Thursday, October 01, 2026 09:12 AM GMT-07:00"\n'
    )
    assert [c.customer for c in report.contacts] == ["Alder Mill", "4711"]
    assert report.contacts[0].emails == ("a@alder.example", "b@alder.example")
    assert report.contacts[1].address == ""
    assert report.skipped == ()


def test_a_contact_name_is_the_customer_only_where_nothing_else_is(reading: Reading) -> None:
    xero = reading("*ContactName,EmailAddress,FirstName,LastName\nAlder Mill,a@alder.example,Ann,Lee\n").contacts[0]
    assert (xero.customer, xero.person) == ("Alder Mill", "Ann Lee")
    sage = reading("Account Name,Contact Name,Telephone Number\nAlder Mill,Ann Lee,555 0142\n").contacts[0]
    assert (sage.customer, sage.person) == ("Alder Mill", "Ann Lee")


def test_several_people_of_a_customer_stay_and_the_same_line_does_not(reading: Reading) -> None:
    report = reading("Customer,Contact,Email\nAlder,Ann,a@alder.example\nAlder,Bob,\nAlder,Ann,a@alder.example\n")
    assert [c.person for c in report.contacts] == ["Ann", "Bob"]
    assert [(s.row, s.why) for s in report.skipped] == [(4, "same as row 2")]
