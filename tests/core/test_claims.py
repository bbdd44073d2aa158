"""A payment that the customer says was made, looked for in the books."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core import claims
from arctui.core.claims import MOST, Claim, Found, Kind, Receipts, Search, reference_keys
from arctui.core.facts import Dossier, Reports
from arctui.core.records import Account, Method, Payment, Record
from arctui.core.standing import derive
from tests.core import builders as make
from tests.core.oracle import nov

FRIDAY = nov(27)
ALDER = Account(id="alder", name="Alder Mill", number="A-17", currency="USD")
KNOWN = make.reports(make.report(1, nov(26), settles=False, payments=True))


def came(
    day: date,
    amount: str,
    to: dict[str, str] | None = None,
    ref: str = "",
    how: str = "Check",
    on: str = make.ACCOUNT,
) -> Payment:
    payment = make.payment(day, amount, to)
    return msgspec.structs.replace(payment, id=f"{on} {payment.id} {ref}", account=on, reference=ref, method=how)


def elsewhere(day: date, amount: str, ref: str = "", to: dict[str, str] | None = None) -> Payment:
    return came(day, amount, to, ref, on=ALDER.id)


def look(
    *facts: Record,
    day: date | None = None,
    amount: str = "",
    ref: str = "",
    numbers: tuple[str, ...] = (),
    known: Reports = KNOWN,
) -> list[Found]:
    """Look on Friday 27 November; what is not on the account stands on Alder Mill."""
    payments = [f for f in facts if isinstance(f, Payment)]
    mine: Dossier = make.dossier(*(f for f in facts if not (isinstance(f, Payment) and f.account == ALDER.id)))
    rules = make.rules(FRIDAY, known=known)
    claim = Claim(day, Decimal(amount) if amount else None, ref, numbers)
    return Search(claim, mine, derive(mine, rules), rules, Receipts(payments), {ALDER.id: ALDER}.get).found()


def words(found: list[Found]) -> list[str]:
    return [f.words for f in found]


BIRCH = make.invoice("B-1041", "1200.00", nov(2))
PAID = came(nov(17), "500.00", {"B-1041": "500.00"}, "4411")


def test_the_payment_is_named_with_day_way_reference_and_invoice() -> None:
    (found,) = look(BIRCH, PAID, day=nov(17), amount="500.00", ref="4411")
    assert found.kind is Kind.HERE
    assert found.words == "found: 500.00 on Tue 17 Nov by check, ref 4411, applied to B-1041"


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "500.00"},
        {"ref": "4411"},
        {"ref": "check no. 004411"},
        {"numbers": ("B-1041",)},
        {"ref": "B-1041"},
        {"day": nov(17)},
        {"day": nov(19), "amount": "500.00"},
        {},
    ],
)
def test_whatever_of_it_is_known_finds_it(said: dict[str, object]) -> None:
    assert words(look(BIRCH, PAID, **said)) == [  # type: ignore[arg-type]
        "found: 500.00 on Tue 17 Nov by check, ref 4411, applied to B-1041"
    ]


def test_nothing_is_said_with_the_day_of_the_payments() -> None:
    (found,) = look(BIRCH, day=nov(17), amount="500.00")
    assert (found.kind, found.words) == (Kind.NOTHING, "nothing like it in the books; payments as of Thu 26 Nov")
    (never,) = look(BIRCH, amount="500.00", known=make.NO_REPORTS)
    assert never.words == "nothing like it in the books; no payments were imported yet"


def test_the_reference_names_one_payment_of_several_of_its_amount() -> None:
    other = came(nov(18), "500.00", {"B-1041": "500.00"}, "4412")
    assert words(look(BIRCH, PAID, other, amount="500.00", ref="4411")) == [
        "found: 500.00 on Tue 17 Nov by check, ref 4411, applied to B-1041"
    ]
    assert len(look(BIRCH, PAID, other, amount="500.00")) == 2


def test_the_day_named_puts_the_payment_near_it_first() -> None:
    early = came(nov(3), "500.00", {"B-1041": "500.00"})
    first, second = look(BIRCH, early, PAID, day=nov(16), amount="500.00")
    assert "17 Nov" in first.words
    assert "3 Nov" in second.words


def test_money_that_came_before_it_can_have_been_sent_is_not_meant_without_an_amount() -> None:
    early = came(nov(3), "500.00", {"B-1041": "500.00"})
    assert look(BIRCH, early, day=nov(24))[0].kind is Kind.NOTHING


def test_a_part_of_a_larger_payment_is_found_with_its_invoice() -> None:
    both = came(nov(17), "1700.00", {"B-1041": "1200.00", "B-9": "500.00"})
    assert words(look(BIRCH, both, amount="500.00")) == [
        "found: 500.00 of 1,700.00 on Tue 17 Nov by check, applied to B-9"
    ]


def test_payments_that_make_up_the_amount_are_added() -> None:
    parts = came(nov(16), "300.00", {"B-1041": "300.00"}), came(nov(17), "200.00", {"B-1041": "200.00"})
    assert words(look(BIRCH, *parts, amount="500.00", day=nov(16)))[0] == (
        "found: 500.00 in 2 payments: 300.00 on Mon 16 Nov, 200.00 on Tue 17 Nov"
    )


def test_money_without_an_invoice_says_so_and_is_not_named_twice_as_a_credit() -> None:
    assert words(look(BIRCH, came(nov(17), "500.00"), amount="500.00")) == [
        "found: 500.00 on Tue 17 Nov by check, no invoice is named"
    ]
    partly = came(nov(17), "500.00", {"B-1041": "400.00"})
    assert words(look(BIRCH, partly, amount="500.00")) == [
        "found: 500.00 on Tue 17 Nov by check, applied to B-1041, no invoice is named for 100.00 of it"
    ]


def test_a_credit_of_the_account_may_be_what_is_meant() -> None:
    credit = msgspec.structs.replace(make.invoice("CM-1", "-80.00", None), balance=Decimal("-80.00"))
    found = look(BIRCH, credit, amount="500.00")
    assert [(f.kind, f.words) for f in found] == [
        (Kind.CREDIT, "80.00 of credit stands on this account, not applied")
    ]


def test_a_returned_check_is_told_with_its_day() -> None:
    back = msgspec.structs.replace(PAID, reversed_on=nov(20))
    (found,) = look(BIRCH, back, amount="500.00", day=nov(17))
    assert found.kind is Kind.RETURNED
    assert found.words == "found: 500.00 on Tue 17 Nov by check, ref 4411, came back on Fri 20 Nov"


def test_money_that_the_reports_show_has_an_interval_for_its_day() -> None:
    payment = make.payment(nov(16), "1200.00", {"B-1041": "1200.00"}, since=nov(9))
    (found,) = look(BIRCH, payment, amount="1200.00")
    assert found.words == "found: 1,200.00 between Mon 9 Nov and Mon 16 Nov, applied to B-1041"


def test_an_invoice_that_was_closed_without_a_payment_is_named() -> None:
    closed = msgspec.structs.replace(make.invoice("B-7", "500.00", nov(2)), balance=Decimal("0.00"))
    assert words(look(BIRCH, closed, amount="500.00"))[0] == "found: B-7 of 500.00 is closed in the books"


def test_the_promise_that_it_was_counted_for_is_named() -> None:
    kept = make.promise("500.00", nov(20), nov(25), nov(27), on=("B-1041",), taken=nov(16), method=Method.CHECK)
    (found,) = look(BIRCH, PAID, kept, amount="500.00")
    assert found.words.endswith("applied to B-1041; counted for the promise of 500.00 for Fri 20 Nov")


def test_the_second_of_two_payments_was_not_counted_for_the_promise_that_the_first_kept() -> None:
    kept = make.promise("500.00", nov(20), nov(25), nov(27), on=("B-1041",), taken=nov(16))
    second = came(nov(19), "500.00", {"B-1041": "500.00"}, "4499")
    (found,) = look(BIRCH, PAID, second, kept, ref="4499")
    assert "counted" not in found.words


def test_money_on_another_account_is_named_where_this_one_has_none() -> None:
    found = look(BIRCH, elsewhere(nov(18), "500.00", "4411"), day=nov(17), amount="500.00", ref="4411")
    assert found[0].kind is Kind.ELSEWHERE
    assert found[0].words == "500.00 on Wed 18 Nov by check, ref 4411, stands on Alder Mill (A-17)"
    assert found[1].words == "nothing like it on this account; payments as of Thu 26 Nov"


def test_the_same_reference_elsewhere_counts_whatever_the_amount() -> None:
    found = look(BIRCH, elsewhere(nov(18), "480.00", "CHK 4411 thanks"), amount="500.00", ref="4411")
    assert found[0].words == "480.00 on Wed 18 Nov by check, ref CHK 4411 thanks, stands on Alder Mill (A-17)"


def test_the_same_amount_elsewhere_without_a_day_counts_only_if_no_invoice_is_named() -> None:
    applied = elsewhere(nov(18), "500.00", to={"A-1": "500.00"})
    assert look(BIRCH, applied, amount="500.00")[0].kind is Kind.NOTHING
    assert look(BIRCH, applied, amount="500.00", day=nov(17))[0].kind is Kind.ELSEWHERE
    assert look(BIRCH, elsewhere(nov(18), "500.00"), amount="500.00")[0].kind is Kind.ELSEWHERE


def test_other_accounts_are_left_out_where_this_one_has_it() -> None:
    both = look(BIRCH, PAID, elsewhere(nov(18), "500.00", "4411"), day=nov(17), amount="500.00", ref="4411")
    assert [f.kind for f in both] == [Kind.HERE]


def test_another_amount_near_the_day_is_shown_as_such() -> None:
    found = look(BIRCH, came(nov(17), "485.00", {"B-1041": "485.00"}), amount="500.00", day=nov(16))
    assert found[0].words == "another amount: 485.00 on Tue 17 Nov by check"
    assert found[1].kind is Kind.NOTHING


def test_what_is_still_to_come_and_other_currencies_are_not_meant() -> None:
    later = came(nov(30), "500.00", {"B-1041": "500.00"})
    euros = msgspec.structs.replace(PAID, currency="EUR")
    assert [f.kind for f in look(BIRCH, later, euros, amount="500.00")] == [Kind.NOTHING]


def test_at_most_four_lines_are_shown() -> None:
    payments = [came(nov(n), "500.00", {"B-1041": "500.00"}, f"70{n:02}") for n in range(3, 13)]
    assert len(look(BIRCH, *payments, amount="500.00")) == MOST


def test_control_characters_of_the_books_are_not_shown() -> None:
    nasty = msgspec.structs.replace(PAID, reference="4411\x1b[31m", method="Check\x07")
    (found,) = look(BIRCH, nasty, amount="500.00")
    assert found.words == "found: 500.00 on Tue 17 Nov by check, ref 4411, applied to B-1041"


def test_references_are_the_same_without_marks_words_and_zeros() -> None:
    assert reference_keys("check no. 004411") & reference_keys("4411")
    assert reference_keys("B-1041") & reference_keys("b1041")
    assert not reference_keys("by wire")
    assert not reference_keys("12")


def test_neighbours_in_the_index_are_told_apart() -> None:
    payments = [
        elsewhere(nov(3), "1.00", ref) for ref in ("41", "4411", "441 1", "no 4411\n4411", "", "11-4411", "44")
    ]
    found = [p.reference for p in Receipts(payments).bearing(reference_keys("4411"))]
    assert found == ["4411", "441 1", "no 4411\n4411", "11-4411"]
    assert Receipts(()).bearing(reference_keys("4411")) == []


def test_a_reference_is_found_by_looking_at_few_payments_however_many_begin_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receipts = Receipts([elsewhere(nov(3), "1.00", f"ACH 2026 {n}") for n in range(1000, 2000)])
    (first,) = receipts.bearing(reference_keys("1000"))
    assert first.reference == "ACH 2026 1000"

    def never(text: str) -> frozenset[str]:
        raise AssertionError(text)

    monkeypatch.setattr(claims, "reference_keys", never)
    assert receipts.bearing({"202"}) == []
    many = receipts.bearing({"2026"})
    assert [p.reference for p in many] == [f"ACH 2026 {n}" for n in range(1800, 2000)]
    assert len(list(receipts.of_amount(Decimal("1.00"), nov(1)))) == 200


def test_a_payment_of_the_account_itself_is_found_by_a_reference_that_very_many_have() -> None:
    many = [elsewhere(nov(20), "1.00", f"ACH 2026 {n:04d}") for n in range(1000)]
    (found,) = look(BIRCH, came(nov(17), "500.00", ref="2026"), *many, ref="2026")
    assert found.words.startswith("found: 500.00 on Tue 17 Nov")
