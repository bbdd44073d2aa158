"""The books searched while a claim of payment is typed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec

from arctui.core.changes import added
from arctui.core.records import Payment
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer


def paid(clerk: Clerk, line: str, account: str = "birch") -> list[str]:
    """What the books have of a payment that a line claims."""
    return [f.words for f in clerk.desk.claims.search(account, clerk.desk.read(account, line).paid)]


def receipt(name: str, account: str, day: date, amount: str, reference: str = "") -> Payment:
    payment = make.payment(day, amount, name=name)
    return msgspec.structs.replace(payment, account=account, reference=reference, method="check")


def test_a_payment_on_another_account_is_found_by_its_reference(tmp_path: Path) -> None:
    alder = customer("Alder Mill", make.invoice("A-1", "900.00", nov(2)))
    clerk = Clerk.with_book(tmp_path, [*birch(), *alder, receipt("p", "alder", nov(18), "500.00", "4411")])
    found = paid(clerk, "paid nov 17 500 check -- no. 4411")
    assert found[0] == "500.00 on Wed 18 Nov by check, ref 4411, stands on Alder Mill (C-alder)"
    assert paid(clerk, "paid nov 17 499 check") == [
        "nothing like it in the books; no payments were imported yet",
    ]


def test_what_is_no_claim_is_not_looked_for(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, birch())
    assert paid(clerk, "fri 500") == []
    assert paid(clerk, "na") == []


def test_money_that_came_since_the_last_search_is_found_and_undone_money_is_not(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, birch())
    assert "nothing" in paid(clerk, "paid 500")[0]
    clerk.desk.commit("payment", [added(receipt("p", "birch", nov(18), "500.00"))])
    assert paid(clerk, "paid 500")[0].startswith("found: 500.00 on Wed 18 Nov")
    clerk.desk.undo()
    assert "nothing" in paid(clerk, "paid 500")[0]


def test_typing_on_does_not_index_the_payments_again(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, [*birch(), receipt("p", "birch", nov(18), "500.00")])
    clerk.begin()
    assert paid(clerk, "paid 500")
    before = clerk.desk.claims._receipts
    clerk.call = clerk.calls.typed(clerk.call, "500 che")
    assert paid(clerk, "paid 500")
    assert clerk.desk.claims._receipts is before


def test_an_act_that_brings_no_payment_does_not_index_the_payments_again(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, [*birch(), receipt("p", "birch", nov(18), "500.00")])
    assert paid(clerk, "paid 500")
    before = clerk.desk.claims._receipts
    clerk.desk.note("birch", "rang")
    assert paid(clerk, "paid 500")
    assert clerk.desk.claims._receipts is before


def test_many_payments_on_other_accounts_are_passed_over(tmp_path: Path) -> None:
    def noise() -> Iterator[Payment]:
        for n in range(2000):
            amount = str(Decimal(100 + n % 50))
            yield receipt(f"p{n}", "alder", nov(1) - timedelta(days=n % 300), amount, f"77{n}")

    alder = customer("Alder Mill", make.invoice("A-1", "900.00", nov(2)))
    clerk = Clerk.with_book(tmp_path, [*birch(), *alder, *noise()])
    assert "77431" in paid(clerk, "paid 500 -- ref 77431")[0]
    assert len(paid(clerk, "paid nov 1 120")) <= 4
