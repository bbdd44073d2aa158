"""The claim file: what is claimed, the chronology, the exhibits, and who the parties are."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.claim_facts import Entry, Group, Undone
from arctui.core.claim_roles import guess_role
from arctui.core.letter_records import Role
from arctui.core.policy import Policy
from arctui.core.records import FollowUp, FollowUpKind, Outcome
from tests.core.builders import (
    ACCOUNT,
    call,
    callback,
    dispute,
    dossier,
    friday_check,
    invoice,
    moment,
    money,
    payment,
    promise,
    report,
    reports,
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
    both = msgspec.structs.replace(attached("both.pdf", "id-2", Role.COPY), digest="digest of 1.pdf")
    made = claim(ready(invoice("2", "10.00", nov(2), issued=nov(1)), both))
    assert [e.about for e in made.exhibits if e.group is Group.INVOICE] == [("invoice 1", "invoice 2")]
    assert all(i.copy for i in made.invoices)


def test_a_letter_that_was_not_sent_is_no_exhibit() -> None:
    made = claim(dossier(invoice("1", "1000.00", nov(2)), final_demand()))
    assert made.exhibits == ()
    assert (made.letters[0].sent, made.letters[0].exhibit) == ("not sent", 0)


@pytest.mark.parametrize(
    ("name", "note", "media", "about", "role"),
    [
        ("complaint.eml", "customer says goods were not delivered", "message/rfc822", "id-1", Role.OTHER),
        ("complaint.pdf", "goods were not delivered", "application/pdf", "id-1", Role.OTHER),
        ("photo of damage.jpg", "", "image/jpeg", "id-1", Role.OTHER),
        ("photo.jpg", "proof of delivery", "image/jpeg", "id-1", Role.OTHER),
        ("a.pdf", "delivery terms agreed", "application/pdf", "id-1", Role.OTHER),
        ("a.pdf", "broken on delivery, wants credit", "application/pdf", "id-1", Role.OTHER),
        ("a.pdf", "customer denies any contract", "application/pdf", "", Role.OTHER),
        ("scan.pdf", "", "application/pdf", "id-1", Role.OTHER),
        ("answer.pdf", "", "application/pdf", "final", Role.OTHER),
        ("invoice no 1.pdf", "", "application/pdf", "id-1", Role.COPY),
        ("delivery note.pdf", "signed", "application/pdf", "id-1", Role.DELIVERY),
        ("credit application.pdf", "", "application/pdf", "", Role.CONTRACT),
        ("return receipt.pdf", "", "application/pdf", "final", Role.SENDING),
    ],
)
def test_a_role_is_guessed_only_where_nothing_speaks_against_it(
    name: str, note: str, media: str, about: str, role: Role
) -> None:
    assert guess_role(name, note, media, about, ready()) is role


def test_only_what_the_clerk_says_makes_a_file_a_copy_or_a_proof_of_delivery() -> None:
    bare = dossier(
        invoice("1", "1000.00", nov(2)),
        attached("complaint.eml", "id-1", note="goods were not delivered", media="message/rfc822"),
        attached("photo of damage.jpg", "id-1", media="image/jpeg"),
    )
    made = claim(bare)
    assert [e.group for e in made.exhibits] == [Group.EMAIL, Group.OTHER]
    assert [(i.copy, i.delivered, i.exhibits) for i in made.invoices] == [(False, False, (1, 2))]
    said = [msgspec.structs.replace(a, role=Role.DELIVERY) for a in bare.attachments]
    made = claim(msgspec.structs.replace(bare, attachments=tuple(said)))
    assert [(i.copy, i.delivered) for i in made.invoices] == [(False, True)]


def test_one_content_as_two_things_proves_each_only_where_it_was_said() -> None:
    twice = [attached("a.pdf", "id-1", Role.COPY), attached("b.pdf", "id-2", Role.DELIVERY)]
    same = [msgspec.structs.replace(a, digest="one") for a in twice]
    made = claim(dossier(invoice("1", "10.00", nov(2)), invoice("2", "10.00", nov(2)), *same))
    assert [(i.number, i.copy, i.delivered) for i in made.invoices] == [("1", True, False), ("2", False, True)]


# The day of the file


def test_all_sums_of_an_earlier_day_are_of_that_day() -> None:
    paid = invoice("1", "1000.00", nov(2), issued=date(2026, 10, 3), reported=1)
    facts = ready(
        payment(nov(20), "400.00", {"2": "400.00"}),
        msgspec.structs.replace(invoice("2", "900.00", nov(2), issued=nov(1), reported=1), balance=Decimal("500.00")),
        dispute("600.00", nov(25), on=["1"]),
        promise("100.00", dec(18), dec(22), dec(23), taken=nov(24)),
    )
    facts = msgspec.structs.replace(facts, invoices=(paid, *facts.invoices[1:]))
    made = claim(facts, nov(12), known=reports(report(1, nov(30))))
    (one,) = made.claimed
    assert one.principal == made.statements[0].balance == Decimal("1900.00")
    assert one.arithmetic == (
        "1: 1,000.00 x 9 % x 10 days / 365 = 2.47, 3 Nov to 12 Nov",
        "2: 900.00 x 9 % x 10 days / 365 = 2.22, 3 Nov to 12 Nov",
    )
    assert (made.promises, made.disputes) == ((), ())
    assert made.statements[0].lines[-1].balance == made.statements[0].balance
    assert max(e.day for e in made.chronology if e.day) <= nov(12)


def test_money_that_is_returned_later_was_on_account_until_then() -> None:
    facts = dossier(
        invoice("1", "700.00", nov(2), issued=nov(1)),
        payment(nov(5), "100.00", reversed_on=nov(20)),
    )
    for day, owed in ((nov(10), "600.00"), (nov(20), "700.00")):
        made = claim(facts, day)
        assert made.statements[0].balance == made.claimed[0].principal == Decimal(owed)
        assert Entry.ADJUSTMENT not in [line.kind for line in made.statements[0].lines]


def test_what_may_have_been_paid_by_the_day_is_warned_of() -> None:
    facts = dossier(
        msgspec.structs.replace(invoice("1", "70.00", nov(2), issued=nov(1), reported=2), balance=Decimal(0)),
        payment(nov(16), "70.00", {"1": "70.00"}, since=nov(9)),
    )
    made = claim(facts, nov(12), known=reports(report(1, nov(8)), report(2, nov(16))))
    assert made.claimed[0].principal == Decimal("70.00")
    assert any(
        "may have been paid by then: two reports tell that it came between Mon 9 Nov" in w for w in made.warnings
    )


# The order


def test_on_one_day_each_cause_stands_before_what_it_led_to() -> None:
    later = promise("400.00", dec(18), dec(22), dec(23), taken=nov(24), hour="11:00")
    first = msgspec.structs.replace(
        promise("500.00", dec(1), dec(2), dec(3), taken=nov(24)), id="first", superseded_by=later.id
    )
    told = FollowUp(id="f", account=ACCOUNT, kind=FollowUpKind.CALLBACK, day=nov(24), set_on=nov(24), done_on=nov(24))
    over = dispute("5.00", nov(24), on=["1"], closed_on=nov(24))
    returned = payment(nov(24), "10.00", reversed_on=nov(24))
    facts = dossier(invoice("1", "1000.00", nov(2), issued=nov(24)), first, later, told, over, returned)
    kinds = [e.kind for e in claim(facts).chronology if e.day == nov(24)]
    assert kinds == [
        "invoice",
        "payment",
        "dispute opened",
        "follow-up set",
        "promise taken",
        "promise taken",
        "promise superseded",
        "payment returned",
        "dispute closed",
        "follow-up done",
        "promise open",
    ]


def test_the_chronology_has_what_the_review_decided_of_a_promise() -> None:
    missed = friday_check()
    left = msgspec.structs.replace(missed, reviewed_on=missed.breaks_on, left_until=dec(1))
    events = claim(ready(left)).chronology
    (decided,) = [e for e in events if e.kind == "review decision"]
    assert (decided.day, decided.record) == (missed.breaks_on, missed.id)
    assert decided.lines[0].endswith("left in the review until Tue 1 Dec 2026")
    assert events.index(decided) > next(n for n, e in enumerate(events) if e.kind == "promise broken")


# The whole


def test_the_claim_is_measured_by_the_limit_of_the_place_and_gives_no_legal_advice() -> None:
    made = claim(ready(invoice("2", "9000.00", nov(2), issued=nov(1))))
    assert any("above the limit for small claims" in warning for warning in made.warnings)
    assert "no legal advice" in made.notice[0]


def test_the_accounts_own_jurisdiction_goes_before_that_of_the_policy_and_is_the_debtors_alone() -> None:
    elsewhere = msgspec.structs.replace(READY, claim_jurisdiction="US-NY")
    made = claim(ready(), policy=elsewhere)
    assert (made.debtor.jurisdiction, made.venue, made.warnings) == ("US-CA", "US-CA", ())
    made = claim(ready(account={"jurisdiction": ""}), policy=elsewhere)
    assert (made.debtor.jurisdiction, made.venue) == ("", "US-NY")
    assert "US-NY" in made.warnings[0]


def test_a_claim_of_what_is_promised_says_so_on_its_cover() -> None:
    made = claim(ready(promise("300.00", dec(18), dec(22), dec(23), taken=dec(10))))
    assert "300.00 USD of this is covered by a live promise: the customer was given time for it" in made.warnings


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
