"""The claim file: what is claimed, the chronology, the exhibits, and who the parties are."""

from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.claim_facts import Group, Undone
from arctui.core.policy import Policy
from arctui.core.records import Outcome
from tests.core.builders import (
    call,
    callback,
    dispute,
    dossier,
    friday_check,
    invoice,
    moment,
    money,
    payment,
)
from tests.core.claim_files import HEAD, READY, attached, claim, final_demand, ready
from tests.core.oracle import dec, nov

# The amount


def test_what_is_claimed_is_past_due_less_disputed_less_credits_with_interest() -> None:
    facts = dossier(
        invoice("1", "1000.00", nov(2)),
        invoice("2", "500.00", nov(2)),
        invoice("3", "300.00", dec(30)),
        dispute("200.00", nov(10), on=["2"]),
        payment(nov(12), "100.00"),
    )
    (one,) = claim(facts).claimed
    assert [s.amount for s in one.sums][:3] == [*money("1500.00", "-200.00", "-100.00")]
    assert one.principal == Decimal("1200.00")
    assert one.interest > 0
    assert one.total == one.principal + one.interest == sum(s.amount for s in one.sums)
    assert {s.words.partition(",")[0]: s.amount for s in one.aside} == {
        "in dispute": Decimal("200.00"),
        "not due yet": Decimal("300.00"),
    }
    assert one.arithmetic
    assert one.agreed == ("interest was agreed in: terms of sale, 4.2",)


def test_without_an_agreement_there_is_no_interest() -> None:
    (one,) = claim(ready(), policy=Policy(interest_percent=Decimal(9))).claimed
    assert (one.interest, one.total) == money("0.00", "1000.00")
    assert one.agreed == ()


def test_credits_never_make_a_claim_negative() -> None:
    (one,) = claim(dossier(invoice("1", "100.00", nov(2)), payment(nov(3), "250.00")), policy=Policy()).claimed
    assert one.total == 0
    assert one.aside[-1].amount == Decimal("-150.00")


def test_amounts_of_two_currencies_are_never_added() -> None:
    facts = dossier(invoice("1", "100.00", nov(2)), invoice("2", "70.00", nov(2), currency="EUR"))
    made = claim(facts, policy=Policy())
    assert {c.currency: c.total for c in made.claimed} == {"USD": Decimal("100.00"), "EUR": Decimal("70.00")}
    assert {s.currency: s.balance for s in made.statements} == {"USD": Decimal("100.00"), "EUR": Decimal("70.00")}
    assert any("2 currencies" in point.what for point in made.missing)


# The chronology


def test_every_activity_stands_once_with_all_that_was_asked_and_answered() -> None:
    talk = msgspec.structs.replace(
        call(nov(16), Outcome.PROMISE),
        person="Tony Marsh",
        note='1,000.00 by check\n10:00 called\n10:01 "When did you send it?" - it was not sent',
        excuses=("cash flow",),
    )
    facts = ready(talk, friday_check(), callback(nov(20), "10:00", done_on=nov(20)))
    made = claim(facts)
    for activity in facts.activities:
        assert [e.record for e in made.chronology].count(activity.id) == 1
    (event,) = [e for e in made.chronology if e.record == talk.id]
    assert (event.when, event.by, event.person) == ("Mon 16 Nov 2026 10:00 UTC-05:00", "ann", "Tony Marsh")
    assert event.lines == (
        "promise, the person who can pay was reached",
        "1,000.00 by check",
        "10:00 called",
        '10:01 "When did you send it?" - it was not sent',
        "reasons given: cash flow",
        "past due then: 1",
    )
    kinds = [e.kind for e in made.chronology]
    assert {"promise taken", "promise broken", "letter written", "letter", "invoice", "follow-up done"} <= set(kinds)
    days = [e.day or date.min for e in made.chronology]
    assert days == sorted(days)


def test_the_sending_of_a_letter_says_how_it_went_and_names_its_exhibits() -> None:
    made = claim(ready())
    (sent,) = [e for e in made.chronology if e.kind == "letter"]
    (fact,) = made.letters
    assert "final demand 2026-0017 sent by certified mail 9407 1 on Tue 24 Nov 2026" in sent.lines
    assert sent.exhibits == (fact.exhibit, *fact.proofs)
    assert made.exhibits[fact.exhibit - 1].digest == "paper"


def test_what_was_taken_back_stands_where_it_was() -> None:
    act = Undone(act=5, what="promise", at=moment(nov(18)), by="ann", undone_at=moment(nov(19)), undone_by="bob")
    (event,) = [e for e in claim(ready(), undone=[act]).chronology if e.undone]
    assert event.day == nov(18)
    assert event.lines == ("promise", "act 5, taken back on Thu 19 Nov 2026 09:00 UTC-05:00 by bob")


def test_promises_end_in_the_sentence_of_their_verdict_with_the_year() -> None:
    (one,) = claim(ready(friday_check())).promises
    assert one.outcome == "broken"
    assert one.verdict.startswith("broken: 0.00 USD of 1,000.00 USD by Wed 25 Nov 2026")


# The exhibits


def test_exhibits_are_numbered_without_a_gap_in_the_order_of_their_groups() -> None:
    made = claim(ready(attached("hello.eml", media="message/rfc822"), attached("map.png", media="image/png")))
    assert [e.number for e in made.exhibits] == list(range(1, len(made.exhibits) + 1))
    assert [e.group for e in made.exhibits] == [
        Group.CONTRACT,
        Group.INVOICE,
        Group.DELIVERY,
        Group.LETTER,
        Group.PROOF,
        Group.EMAIL,
        Group.OTHER,
    ]
    assert made.invoices[0].exhibits == (2, 3)
    assert made.statements[0].lines[0].exhibits == (2, 3)


def test_one_content_is_one_exhibit_whatever_it_is_attached_to() -> None:
    both = msgspec.structs.replace(attached("both.pdf", "id-2"), digest="digest of 1.pdf")
    made = claim(ready(invoice("2", "10.00", nov(2), issued=nov(1)), both))
    assert [e.about for e in made.exhibits if e.group is Group.INVOICE] == [("invoice 1", "invoice 2")]
    assert all(i.copy for i in made.invoices)


def test_a_letter_that_was_not_sent_is_no_exhibit() -> None:
    made = claim(dossier(invoice("1", "1000.00", nov(2)), final_demand()))
    assert made.exhibits == ()
    assert (made.letters[0].sent, made.letters[0].exhibit) == ("not sent", 0)


# The whole


def test_the_claim_is_measured_by_the_limit_of_the_place_and_gives_no_legal_advice() -> None:
    made = claim(ready(invoice("2", "9000.00", nov(2), issued=nov(1))))
    assert any("above the limit for small claims" in warning for warning in made.warnings)
    assert "no legal advice" in made.notice[0]
    elsewhere = msgspec.structs.replace(READY, claim_jurisdiction="US-NY")
    made = claim(ready(), policy=elsewhere)
    assert made.debtor.jurisdiction == "US-NY"
    assert "US-NY" in made.warnings[0]


def test_the_parties_have_their_legal_names_and_addresses() -> None:
    made = claim(ready())
    assert (made.creditor.legal_name, made.creditor.address) == (READY.firm_legal_name, READY.letterhead)
    assert (made.debtor.legal_name, made.debtor.address) == (
        "Birch Works LLC",
        ("12 Mill Road", "Fresno, CA 93650"),
    )
    assert any(HEAD in line for line in made.proof)


def test_the_same_book_and_day_give_the_same_file_whatever_the_order_of_the_records() -> None:
    facts = ready(friday_check(), call(nov(16)), dispute("5.00", nov(20), on=["1"]), payment(nov(5), "10.00"))
    fields = ("invoices", "payments", "activities", "attachments", "letters", "promises", "disputes")
    turned = msgspec.structs.replace(facts, **{name: getattr(facts, name)[::-1] for name in fields})
    assert claim(facts) == claim(facts) == claim(turned)


def test_what_came_later_is_not_in_the_file_of_an_earlier_day() -> None:
    made = claim(ready(call(dec(10))), nov(20))
    assert all((e.day or date.min) <= nov(20) for e in made.chronology)
    assert made.letters == ()
    assert [e.group for e in made.exhibits] == [Group.CONTRACT, Group.INVOICE, Group.DELIVERY]
