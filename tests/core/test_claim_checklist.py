"""What a claim file still needs: the checklist."""

from decimal import Decimal

import msgspec
import pytest

from arctui.core.letter_records import Asked, SentBy
from arctui.core.policy import Policy
from arctui.core.records import Flag, FollowUp, FollowUpKind, Record
from tests.core.builders import (
    ACCOUNT,
    dispute,
    dossier,
    invoice,
    payment,
    promise,
    report,
    reports,
)
from tests.core.claim_files import claim, final_demand, missing, ready
from tests.core.oracle import dec, nov


def test_a_file_with_everything_lacks_nothing() -> None:
    assert missing(ready()) == []


def test_an_empty_account_lists_all_that_a_file_needs() -> None:
    assert missing(dossier(), policy=Policy()) == [
        "nothing is claimed, as nothing is past due that is neither disputed nor covered by credits",
        "our own name is not known",
        "our own address is not known",
        "the customer's legal name is not known",
        "the customer's address is not known",
        "where the claim would be brought is not known",
        "in what the terms were agreed is not known",
        "no contract, order or terms are attached",
        "no final demand was sent",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(dispute("5.00", nov(20), on=["1"]), "a dispute of 5.00 USD since", id="an open dispute"),
        pytest.param(
            promise("10.00", dec(18), dec(22), dec(23), taken=dec(10)),
            "the promise of 10.00 USD",
            id="a live promise",
        ),
        pytest.param(invoice("2", "7.00", nov(5), issued=nov(1)), "no copy is attached of invoice 2", id="a copy"),
        pytest.param(
            invoice("2", "7.00", nov(5), issued=nov(1)),
            "no proof of delivery is attached of invoice 2",
            id="delivery",
        ),
        pytest.param(
            invoice("2", "7.00", nov(5), issued=nov(1)), "no final demand names invoice 2", id="not demanded"
        ),
        pytest.param(invoice("2", "7.00", None), "no due date is known of invoice 2", id="no due date"),
        pytest.param(invoice("2", "7.00", nov(5), currency="X"), "the currency 'X' is not known", id="a currency"),
    ],
)
def test_what_stands_against_a_claim_is_on_the_checklist(more: Record, said: str) -> None:
    assert any(what.startswith(said) for what in missing(ready(more)))


def test_a_payment_that_is_said_to_be_made_is_looked_for_first() -> None:
    told = FollowUp(
        id="told",
        account=ACCOUNT,
        kind=FollowUpKind.CLAIM,
        day=dec(11),
        amount=Decimal("400.00"),
        set_on=dec(10),
    )
    assert missing(ready(told)) == ["the customer said on Thu 10 Dec 2026 that a payment of 400.00 USD was made"]


def test_payments_that_are_not_known_up_to_the_day_are_imported_first() -> None:
    made = claim(ready(), known=reports(report(1, dec(1), settles=False, payments=True)))
    assert [point.what for point in made.missing] == ["payments are known up to Tue 1 Dec 2026 only"]


def test_payments_of_a_day_that_is_over_are_known_by_later_imports() -> None:
    known = reports(report(1, nov(2)), report(2, dec(11)))
    assert "payments are known" not in " ".join(point.what for point in claim(ready(), dec(9), known=known).missing)


@pytest.mark.parametrize("flag", [Flag.BANKRUPTCY, Flag.ATTORNEY, Flag.LEGAL])
def test_a_stop_flag_comes_first(flag: Flag) -> None:
    assert missing(ready(account={"flags": (flag,)}))[0] == f"the account carries the flag {flag}"


def test_a_final_demand_sent_after_its_own_deadline_left_no_day_and_is_written_anew() -> None:
    facts = msgspec.structs.replace(ready(), letters=(final_demand(dec(10)),))
    said = "the final demand 2026-0017 was sent on Thu 10 Dec 2026, after its own deadline of Tue 8 Dec 2026"
    assert said in missing(facts)
    assert said in missing(facts, dec(31))


def test_a_deadline_leaves_the_days_of_the_policy_from_the_sending_on() -> None:
    facts = msgspec.structs.replace(ready(), letters=(final_demand(dec(4)),))
    said = "the deadline of the final demand 2026-0017 is Tue 8 Dec 2026, which is less than 14 days from its "
    said += "sending; these end on Fri 18 Dec 2026"
    assert said in missing(facts, dec(18))
    assert said not in missing(facts, dec(19))


def test_a_claim_of_more_than_the_final_demand_asked_for_is_named() -> None:
    asked = msgspec.structs.replace(
        final_demand(nov(24)), amount=Decimal("600.00"), asked=(Asked("id-1", Decimal("600.00")),)
    )
    facts = msgspec.structs.replace(ready(), letters=(asked,))
    assert missing(facts) == [
        "1,000.00 USD is claimed without interest and fees, and the final demand asked for 600.00 USD of it"
    ]


def test_what_a_final_demand_listed_but_did_not_ask_for_was_not_demanded() -> None:
    asked = msgspec.structs.replace(
        final_demand(nov(24)), invoices=("id-1", "id-2"), asked=(Asked("id-1", Decimal("1000.00")),)
    )
    facts = msgspec.structs.replace(ready(invoice("2", "7.00", nov(5), issued=nov(1))), letters=(asked,))
    assert "no final demand names invoice 2" in missing(facts)


def test_interest_alone_is_said_to_be_claimed_without_a_principal() -> None:
    facts = ready(payment(nov(30), "1000.00"))
    assert claim(facts).claimed[0].principal == 0
    assert claim(facts).claimed[0].total > 0
    assert "only interest and fees are claimed in USD, as credits cover all that is past due" in missing(facts)


def test_a_deadline_that_is_not_over_is_waited_for() -> None:
    assert missing(ready(), dec(8)) == ["the deadline of the final demand 2026-0017 is Tue 8 Dec 2026"]
    assert missing(ready(), dec(9)) == []


@pytest.mark.parametrize("by", list(SentBy))
def test_a_final_demand_without_proof_asks_for_it(by: SentBy) -> None:
    facts = msgspec.structs.replace(ready(), letters=(final_demand(nov(24), by=by),))
    kept = tuple(a for a in facts.attachments if a.about != "final")
    assert missing(msgspec.structs.replace(facts, attachments=kept)) == [
        "no proof that the final demand 2026-0017 arrived is attached"
    ]


def test_a_final_demand_that_was_only_written_is_not_sent() -> None:
    facts = msgspec.structs.replace(ready(), letters=(final_demand(),))
    assert "the final demand 2026-0017 was written and not sent" in missing(facts)


def test_a_damaged_file_is_named_by_its_exhibit() -> None:
    assert missing(ready(), damaged=["digest of 1.pdf"]) == ["exhibit 2, 1.pdf, cannot be read"]
