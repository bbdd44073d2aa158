"""What an account is expected to pay, and when: each part of what is open, by its rule."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.cash_weeks import Sums
from arctui.core.expected import EXPECTED, Gone, Outlook, Part, outlook
from arctui.core.records import Flag, PayCycle, Record
from arctui.core.standing import derive
from arctui.core.track_record import Kept
from tests.core.builders import MONDAY, dispute, dossier, friday_check, invoice, payment, promise, rules
from tests.core.oracle import dec, is_business, nov
from tests.core.test_agenda import THURSDAYS
from tests.core.test_agenda_always import CYCLES, DAYS, FACTS


def looked_at(
    *facts: Record, today: date = MONDAY, cycle: PayCycle | None = None, flags: tuple[Flag, ...] = ()
) -> Outlook:
    account, shared = dossier(*facts, cycle=cycle, flags=flags), rules(today)
    return outlook(account, derive(account, shared), shared)


def parts(found: Outlook) -> list[tuple[Part, date | None, str]]:
    return [(c.part, c.day, f"{c.amount:f}") for c in found.coming]


OLD = invoice("1", "1000.00", nov(1))
#: Ten days late, a day early: what the account is used to.
TEN_LATE = (invoice("0", "100.00", date(2026, 10, 1)), payment(date(2026, 10, 11), "100.00", {"0": "100.00"}))
A_MONTH_EARLY = (invoice("0", "100.00", date(2026, 10, 31)), payment(date(2026, 10, 1), "100.00", {"0": "100.00"}))
SATURDAY = promise("400.00", nov(28), dec(3), dec(4))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([OLD, SATURDAY], [("promises", nov(30), "400.00"), ("not dated", None, "600.00")], id="promise"),
        pytest.param([OLD, friday_check()], [("promises", nov(25), "1000.00")], id="its day has passed"),
        pytest.param([OLD, friday_check("1500.00")], [("promises", nov(25), "1000.00")], id="no more than is open"),
        pytest.param(
            [OLD, friday_check(), payment(nov(18), "300.00", {"1": "300.00"})],
            [("promises", nov(25), "700.00")],
            id="what came is not expected again",
        ),
        pytest.param(
            [OLD, friday_check("600.00"), promise("900.00", dec(1), dec(4), dec(7))],
            [("promises", nov(25), "600.00"), ("promises", dec(1), "400.00")],
            id="two promises on one invoice",
        ),
        pytest.param(
            [OLD, invoice("2", "50.00", nov(20)), promise("30.00", nov(27), dec(2), dec(3), on=("2",))],
            [("promises", nov(27), "30.00"), ("not dated", None, "1000.00"), ("not dated", None, "20.00")],
            id="a promise takes its own invoices",
        ),
        pytest.param(
            [OLD, promise("400.00", nov(27), dec(2), dec(3), on=())],
            [("promises", nov(27), "400.00"), ("not dated", None, "600.00")],
            id="a promise that names no invoice lies on the oldest",
        ),
        pytest.param(
            [OLD, dispute("200.00", nov(10), on=("1",)), friday_check()],
            [("disputed", None, "200.00"), ("promises", nov(25), "800.00")],
            id="the disputed part is not expected",
        ),
        pytest.param(
            [OLD, invoice("2", "500.00", dec(1)), invoice("CM", "-1200.00", None)],
            [("set off", None, "1200.00"), ("due dates", dec(1), "300.00")],
            id="credits set off the oldest, then the rest",
        ),
        pytest.param([OLD], [("not dated", None, "1000.00")], id="past due without a habit"),
        pytest.param([invoice("1", "10.00", nov(28))], [("due dates", nov(30), "10.00")], id="rolled due date"),
        pytest.param([invoice("1", "10.00", nov(23))], [("due dates", nov(23), "10.00")], id="due today"),
        pytest.param([invoice("1", "10.00", None)], [("not dated", None, "10.00")], id="no due date"),
        pytest.param(
            [*TEN_LATE, invoice("1", "10.00", dec(1))], [("due dates", dec(11), "10.00")], id="moved by the habit"
        ),
        pytest.param(
            [*TEN_LATE, invoice("1", "10.00", nov(20))], [("due dates", nov(30), "10.00")], id="late, as usual"
        ),
        pytest.param(
            [*TEN_LATE, invoice("1", "10.00", nov(2))], [("not dated", None, "10.00")], id="later than usual"
        ),
        pytest.param(
            [*A_MONTH_EARLY, invoice("1", "10.00", dec(1))],
            [("due dates", dec(1), "10.00")],
            id="not early, as usual",
        ),
        pytest.param(
            [invoice("1", "10.00", date(9999, 12, 31))], [("due dates", date(9999, 12, 31), "10.00")], id="far future"
        ),
        pytest.param(
            [OLD, invoice("2", "70.00", dec(1), currency="EUR"), invoice("CM", "-30.00", None, currency="EUR")],
            [("set off", None, "30.00"), ("not dated", None, "1000.00"), ("due dates", dec(1), "40.00")],
            id="a credit is set off in its own currency",
        ),
    ],
)
def test_each_part_of_what_is_open_has_the_day_of_its_rule(
    facts: list[Record], expected: list[tuple[str, date | None, str]]
) -> None:
    assert parts(looked_at(*facts)) == expected


def test_what_a_pay_run_can_pay_comes_with_it() -> None:
    # Thursday 26 is a holiday: the run is made on Friday, its cut-off is Tuesday.
    facts = [OLD, friday_check("400.00"), invoice("2", "50.00", dec(1)), invoice("3", "7.00", dec(2), currency="EUR")]
    assert parts(looked_at(*facts, cycle=THURSDAYS)) == [
        (Part.PROMISE, nov(25), "400.00"),
        (Part.RUN, nov(27), "600.00"),
        (Part.RUN, dec(3), "50.00"),
        (Part.RUN, dec(3), "7.00"),
    ]


def test_what_was_issued_after_the_cut_off_comes_with_the_next_run() -> None:
    facts = [invoice("1", "10.00", nov(26), issued=nov(24)), invoice("2", "20.00", nov(26), issued=nov(25))]
    found = looked_at(*facts, today=nov(25), cycle=THURSDAYS)
    assert parts(found) == [(Part.RUN, nov(27), "10.00"), (Part.RUN, dec(3), "20.00")]


@pytest.mark.parametrize("flag", [Flag.BANKRUPTCY, Flag.ATTORNEY, Flag.LEGAL])
def test_an_account_that_is_in_other_hands_is_expected_to_pay_on_no_day(flag: Flag) -> None:
    found = looked_at(OLD, friday_check(), invoice("2", "5.00", dec(1)), cycle=THURSDAYS, flags=(flag,))
    assert parts(found) == [(Part.UNDATED, None, "1000.00"), (Part.UNDATED, None, "5.00")]


def test_who_is_not_to_be_called_pays_as_before() -> None:
    found = looked_at(invoice("2", "5.00", dec(1)), flags=(Flag.DO_NOT_CALL,))
    assert parts(found) == [(Part.DUE, dec(1), "5.00")]


def test_what_came_is_counted_by_its_day_without_what_was_taken_back() -> None:
    found = looked_at(
        payment(nov(17), "10.00"),
        payment(nov(20), "20.00", since=nov(16)),
        payment(nov(18), "40.00", reversed_on=nov(20)),
        payment(nov(24), "80.00"),
        payment(date(2026, 10, 25), "160.00"),
        payment(date(2026, 10, 26), "320.00"),
    )
    assert [(g.day, str(g.amount), g.inferred) for g in found.came] == [
        (nov(17), "10.00", False),
        (nov(20), "20.00", True),
        (date(2026, 10, 26), "320.00", False),
    ]


@pytest.mark.parametrize(
    ("record", "stood"),
    [
        (promise("5.00", nov(20), nov(25), nov(27)), nov(20)),
        (promise("5.00", nov(14), nov(18), nov(19), taken=nov(2)), nov(16)),
        (promise("5.00", nov(24), nov(27), nov(30)), None),
        (promise("5.00", nov(20), nov(25), nov(27), withdrawn_on=nov(19)), None),
        (promise("5.00", nov(20), nov(25), nov(27), withdrawn_on=nov(23)), nov(20)),
        (promise("5.00", nov(20), nov(25), nov(27), superseded_by="before"), None),
        (promise("5.00", nov(20), nov(25), nov(27), superseded_by="after"), nov(20)),
        (promise("5.00", date(2026, 10, 24), date(2026, 10, 29), date(2026, 10, 30)), date(2026, 10, 26)),
        (promise("5.00", date(2026, 10, 23), date(2026, 10, 28), date(2026, 10, 29)), None),
    ],
)
def test_a_past_week_has_the_promises_that_stood_on_their_day(record: Record, stood: date | None) -> None:
    later = (
        promise("9.00", dec(20), dec(21), dec(22), name="before", taken=nov(19)),
        promise("9.00", dec(21), dec(22), dec(23), name="after", taken=nov(23)),
    )
    found = looked_at(OLD, record, *later)
    assert found.promised == ((Gone(stood, Decimal("5.00"), "USD"),) if stood else ())


def test_the_record_of_an_account_counts_what_was_decided() -> None:
    paid = payment(nov(18), "100.00", {"1": "100.00"})
    kept = promise("100.00", nov(18), nov(19), nov(20))
    broken = promise("200.00", nov(17), nov(18), nov(19), on=("2",))
    found = looked_at(OLD, invoice("2", "200.00", nov(1)), paid, kept, broken, friday_check("50.00"))
    assert found.kept == Kept(1, 2)


MONEY = st.lists(
    st.one_of(
        st.builds(lambda n, d: invoice(f"CM-{n}", f"-{n}50.00", d), st.integers(1, 3), DAYS),
        st.builds(lambda n, d: invoice(f"E-{n}", f"{n}00.00", d, currency="EUR"), st.integers(1, 3), DAYS),
        st.builds(
            lambda n, d: payment(d, f"{n}7.50", {str(n): f"{n}0.00"}), st.integers(1, 5), st.dates(nov(2), nov(23))
        ),
        st.just(promise("70.00", nov(27), dec(2), dec(3), on=(), name="names none")),
        st.just(promise("90.00", nov(30), dec(3), dec(4), on=("E-1", "E-2"), currency="EUR", name="in euros")),
    ),
    max_size=5,
    unique_by=lambda r: r.id,
)


@settings(max_examples=80, deadline=None)
@given(facts=FACTS, more=MONEY, cycle=CYCLES, flags=st.sampled_from([(), (), (), (Flag.LEGAL,)]))
def test_the_parts_add_up_to_what_is_open_whatever_is_known_and_no_cent_is_in_two(
    facts: list[Record], more: list[Record], cycle: PayCycle | None, flags: tuple[Flag, ...]
) -> None:
    account, shared = dossier(*facts, *more, cycle=cycle, flags=flags), rules(MONDAY)
    standing = derive(account, shared)
    found = outlook(account, standing, shared)
    gross = {b.currency: b.gross for b in (standing.balance, *standing.others)}
    for currency, is_open in gross.items():
        assert sum(c.amount for c in found.coming if c.currency == currency) == is_open
    assert {c.currency for c in found.coming} <= set(gross)
    for coming in found.coming:
        assert coming.amount > 0
        assert (coming.part in EXPECTED) == (coming.day is not None)
        assert coming.day is None or (coming.day >= MONDAY and is_business(coming.day))
    of = {part: sum(c.amount for c in found.coming if c.part is part) for part in Part}
    assert of[Part.DISPUTED] == sum(i.disputed for i in standing.items)
    assert of[Part.PROMISE] <= sum(j.missing for j in standing.live)
    assert of[Part.CREDIT] <= sum(b.credits for b in (standing.balance, *standing.others))

    sums = Sums("USD")
    sums.put(found)
    assert {f.currency: f.open for f in sums.forecasts(MONDAY, 3) if f.open} == {c: g for c, g in gross.items() if g}
    sums.put(found, -1)
    assert sums.forecasts(MONDAY, 3) == []
