"""Customers to whom letters were written: one where nothing else is left than to bring the claim to court."""

from datetime import time, timedelta

from arctui.core.letter_records import LetterKind, Role, SentBy
from arctui.core.postal import address_lines
from arctui.core.records import Method, Outcome
from arctui.core.words import short_day
from arctui.desk.demo.customer import Customer, Part
from arctui.desk.demo.history import tried
from arctui.desk.demo.scans import eml_of, pdf_of
from arctui.desk.demo.stage import OPENING_DAYS_AGO

_TRACKING = "9400 1000 0000 0000 0000 00"


def ready_for_court(c: Customer) -> None:
    """Two invoices, a broken promise, three letters; the deadline of the last one is over and nothing came."""
    opened = c.stage.calendar.roll(c.stage.days_ago(OPENING_DAYS_AGO + 40))
    c.set(
        legal_name="Sierra Barbell Club LLC",
        jurisdiction="US-CA",
        contract=f"credit application of {short_day(opened)}, terms of sale on its back",
    )
    first = c.invoice("2480.00", 128)
    second = c.invoice("1365.50", 101)
    application = pdf_of(_application(c))
    c.attach(opened, "credit application.pdf", application, role=Role.CONTRACT, note="signed, with our terms of sale")
    for invoice, goods in ((first, "20 rubber floor mats, 4 storage racks"), (second, "1 pallet of wall panels")):
        issued = invoice.issued or opened
        copy = pdf_of(_paper(c, "INVOICE", invoice.number, goods))
        c.attach(issued, f"invoice {invoice.number}.pdf", copy, invoice, role=Role.COPY)
        c.attach(
            c.stage.calendar.next(issued),
            f"delivery note {invoice.number}.pdf",
            pdf_of(_paper(c, "DELIVERY NOTE", invoice.number, goods)),
            invoice,
            role=Role.DELIVERY,
            note="signed by Rafael Quintana at the door",
        )
    c.promise(
        c.b(-74), c.b(-68), "2480.00", Method.CHECK, first, words="the check for the first one goes out this week"
    )
    tried(c, (-58, Outcome.NO_ANSWER, ""), (-56, Outcome.VOICEMAIL, "asked for a call"), (-54, Outcome.NO_ANSWER, ""))
    c.send(c.b(-53), LetterKind.REMINDER, SentBy.MAIL)
    wrote = c.b(-49)
    answer = eml_of(
        c.people[0].emails[0],
        "ar@granite-vale.example.com",
        f"Your reminder, invoices {first.number} and {second.number}",
        c.stage.at(wrote, time(11, 20)),
        ["Hello,", "", "both are right, we have the goods. Money is short, please wait.", "", c.people[0].name],
    )
    c.attach(wrote, "email of Rafael Quintana.eml", answer, note="says that both invoices are right")
    c.send(c.b(-41), LetterKind.DEMAND, SentBy.MAIL, why="his email owns both invoices and names no day")
    tried(c, (-36, Outcome.NO_ANSWER, ""), (-33, Outcome.GATEKEEPER, "he is never in"))
    why = "the demand was not answered, and he is not in for us"
    last = c.send(c.b(-30), LetterKind.FINAL, SentBy.CERTIFIED, _TRACKING, why=why)
    came = c.stage.calendar.next(c.stage.calendar.next(c.b(-30)))
    receipt = ["RETURN RECEIPT", "", f"Article {_TRACKING}", c.account.legal_name, *address_lines(c.account.address)]
    signed = ["", f"Delivered {short_day(came)}, 10:42", "Signed: R. Quintana"]
    paper = pdf_of([*receipt, *signed])
    c.attach(came, "return receipt.pdf", paper, last, role=Role.SENDING, note="delivered and signed")
    tried(
        c, (-12, Outcome.NO_ANSWER, ""), (-7, Outcome.VOICEMAIL, "said that we go to court"), (-3, Outcome.BUSY, "")
    )


def _application(c: Customer) -> list[str]:
    return [
        "GRANITE & VALE SUPPLY LLC - CREDIT APPLICATION",
        "",
        f"Applicant: {c.account.legal_name}",
        f"Address:   {c.account.address}",
        f"Terms:     {c.firm.terms} days net",
        "",
        "4.2 What is paid late bears interest of 9 % a year from the day",
        "    after its due date.",
        "4.3 For each invoice that is paid late a fee of 25.00 USD is owed.",
        "",
        "The applicant agrees to the terms of sale.",
        "",
        "Signed: Rafael Quintana, owner",
    ]


def _paper(c: Customer, what: str, number: str, goods: str) -> list[str]:
    (invoice,) = (i for i in c.invoices if i.number == number)
    issued = invoice.issued or c.stage.today
    lines = [
        "GRANITE & VALE SUPPLY LLC",
        "",
        f"{what} {number}",
        "",
        c.account.legal_name,
        *address_lines(c.account.address),
    ]
    lines += ["", f"{goods}, ordered by Rafael Quintana", ""]
    if what == "INVOICE":
        due = invoice.due or issued + timedelta(days=c.firm.terms)
        return [*lines, f"Issued {short_day(issued)}", f"Due {short_day(due)}", f"Total {invoice.amount:,.2f} USD"]
    came = c.stage.calendar.next(issued)
    return [*lines, f"Delivered {short_day(came)}", "Received in good order: R. Quintana"]


LETTERS: tuple[Part, ...] = (("sierra-barbell", ready_for_court),)
