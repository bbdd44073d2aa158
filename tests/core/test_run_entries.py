"""What pay runs put into the calendar: which run an invoice can be in, and the papers that a run waits for."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.business import read_closing_days
from arctui.core.money import total
from arctui.core.policy import Policy
from arctui.core.records import Frequency, Invoice, PayCycle, Record
from arctui.core.run_entries import RunEntry, Share, expected, run_entries, shares
from arctui.core.standing import derive
from tests.core.builders import dispute, dossier, invoice, promise, rules
from tests.core.oracle import dec, nov

#: The runs of 27 November (Thanksgiving moves it), 3, 10, 17, 24 and 31 December close on the 24th, 1st, 8th, ...
THURSDAYS = PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=2)
MONTH_END = PayCycle(frequency=Frequency.MONTH_END, cutoff_days=5)
PASSED = "pay run, its cut-off Fri 20 Nov has passed"
PAPERS = msgspec.structs.replace(THURSDAYS, documents=("order", "statement"))


def found(cycle: PayCycle, today: date, *facts: Record) -> list[RunEntry]:
    whole, shared = dossier(*facts, cycle=cycle), rules(today)
    return list(run_entries(whole, derive(whole, shared), shared, set()))


def of(cycle: PayCycle, today: date, *facts: Record) -> tuple[Share, ...]:
    whole, shared = dossier(*facts, cycle=cycle), rules(today)
    return shares(whole, derive(whole, shared), shared)


def short(entries: list[RunEntry]) -> list[tuple[date, str, str]]:
    return [(e.day, e.kind, str(e.amount)) for e in entries]


def runs(entries: list[RunEntry]) -> list[str]:
    return [e.why for e in entries if e.kind == "run"]


def in_for(cycle: PayCycle, day: date | None, *names: str) -> PayCycle:
    return msgspec.structs.replace(cycle, documents_in=names, documents_for=day)


# Invoices and cut-offs


def test_an_invoice_issued_after_the_cut_off_goes_to_the_next_run() -> None:
    # The run of Monday 30 November closed on Friday the 20th.
    late = invoice("B-12", "500.00", nov(27), issued=nov(23))
    entries = found(MONTH_END, nov(23), invoice("B-11", "300.00", nov(16), issued=nov(2)), late)
    assert short(entries) == [
        (nov(30), "run", "300.00"),
        (dec(31), "run", "500.00"),
        (dec(23), "cutoff", "500.00"),
    ]
    assert runs(entries) == [
        f"{PASSED}: 300.00 was in time for it, not confirmed; B-12 missed the cut-off, goes to Thu 31 Dec",
        "pay run, cut-off Wed 23 Dec: 500.00 more due by then",
    ]


@pytest.mark.parametrize(
    ("issued", "due", "run"),
    [
        pytest.param(nov(24), nov(25), nov(27), id="issued on the cut-off"),
        pytest.param(nov(25), nov(25), dec(3), id="issued the day after"),
        pytest.param(nov(25), dec(10), dec(10), id="issued after it, due later anyway"),
        pytest.param(dec(2), nov(25), dec(10), id="two cut-offs are missed"),
        pytest.param(None, nov(25), nov(27), id="issued nobody knows when"),
        pytest.param(nov(2), nov(27), nov(27), id="due on the run's own day"),
        pytest.param(nov(2), nov(28), dec(3), id="due the day after the run"),
        pytest.param(nov(2), None, nov(27), id="no due date"),
    ],
)
def test_an_invoice_is_in_the_first_run_that_it_can_be_in(issued: date | None, due: date | None, run: date) -> None:
    held = of(THURSDAYS, nov(23), invoice("1", "100.00", due, issued=issued))
    assert [s.run.day for s in held if s.items] == [run]


def test_a_run_that_is_still_open_says_what_it_misses() -> None:
    entries = found(THURSDAYS, nov(23), invoice("7", "80.00", nov(26), issued=nov(25)))
    first, second = runs(entries)
    assert first.endswith("nothing due by then that is not promised; 7 missed the cut-off, goes to Thu 3 Dec")
    assert second == "pay run, cut-off Tue 1 Dec: 80.00 due by then"


def test_of_many_invoices_that_missed_the_cut_off_a_few_are_named() -> None:
    late = [invoice(f"B-{n}", "10.00", nov(27), issued=nov(23)) for n in range(1, 7)]
    (why, _) = runs(found(MONTH_END, nov(23), *late))
    assert why.endswith(f"{PASSED}: B-1, B-2, B-3 and 3 more missed the cut-off, go to Thu 31 Dec")


def test_what_is_promised_or_disputed_is_no_matter_of_a_run() -> None:
    entries = found(
        MONTH_END,
        nov(23),
        invoice("1", "500.00", nov(27), issued=nov(23)),
        promise("500.00", nov(27), nov(27), nov(30), on=("1",)),
        invoice("2", "70.00", nov(27), issued=nov(23)),
        dispute("70.00", nov(23), on=("2",)),
    )
    assert not any("missed" in e.why for e in entries)
    assert {e.amount for e in entries} == {0}


def test_an_invoice_of_next_year_opens_no_run_yet() -> None:
    held = of(THURSDAYS, nov(23), invoice("1", "5.00", date(2027, 6, 1), issued=nov(2)))
    assert [(s.run.day, s.items) for s in held] == [(nov(27), ())]


DAYS = st.one_of(st.none(), st.dates(date(2026, 10, 1), date(2027, 1, 15)))
CYCLES = st.sampled_from(
    [
        THURSDAYS,
        MONTH_END,
        in_for(PAPERS, nov(27), "order", "statement"),
        PayCycle(frequency=Frequency.TWICE, day=5, second_day=20, before=True, cutoff_days=12),
        PayCycle(frequency=Frequency.WEEKLY, weekday=0, cutoff_days=15),
    ]
)


@settings(max_examples=60, deadline=None)
@given(CYCLES, st.dates(nov(1), dec(31)), st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=6))
def test_every_item_is_in_one_run_and_in_time_for_it(
    cycle: PayCycle, today: date, days: list[tuple[date | None, date | None]]
) -> None:
    items = [invoice(str(n), "10.00", due, issued=issued) for n, (due, issued) in enumerate(days)]
    held = of(cycle, today, *items)
    assert [s.run.day for s in held] == sorted({s.run.day for s in held})
    assert sorted(i.invoice.number for s in held for i in s.items) == sorted(i.number for i in items)
    for share in held:
        assert share.run.day >= today
        assert share.closed == (share.run.cutoff < today)
        assert all(_in_time(i.invoice, share) for i in share.items)
        assert all(day > share.run.day for _, day in share.missed)
        assert share.amount == total(map(expected, share.items))


def _in_time(found: Invoice, share: Share) -> bool:
    return (found.due is None or found.due <= share.run.day) and (
        found.issued is None or found.issued <= share.run.cutoff
    )


# The papers that a run waits for


@pytest.mark.parametrize(
    ("cycle", "today", "day", "why"),
    [
        pytest.param(
            PAPERS,
            nov(18),
            nov(23),
            "for the pay run Fri 27 Nov, cut-off Tue 24 Nov, to be in: order, statement",
            id="on the last business day before the cut-off",
        ),
        pytest.param(
            in_for(PAPERS, nov(27), "order"),
            nov(24),
            nov(24),
            "for the pay run Fri 27 Nov, cut-off Tue 24 Nov, to be in: statement",
            id="overdue: today",
        ),
        pytest.param(
            in_for(PAPERS, nov(27), "order", "statement"),
            nov(25),
            nov(30),
            "for the pay run Thu 3 Dec, cut-off Tue 1 Dec, to be in: order, statement",
            id="in for one run is missing for the next",
        ),
        pytest.param(
            msgspec.structs.replace(PAPERS, cutoff_days=0),
            nov(23),
            nov(25),
            "for the pay run Fri 27 Nov, to be in: order, statement",
            id="a run that closes on its own day",
        ),
    ],
)
def test_the_papers_of_a_run_have_their_day(cycle: PayCycle, today: date, day: date, why: str) -> None:
    (entry,) = [e for e in found(cycle, today, invoice("1", "100.00", nov(2))) if e.kind == "documents"]
    assert (entry.day, entry.why) == (day, why)


def test_papers_that_are_in_are_no_entry() -> None:
    for cycle in (in_for(PAPERS, nov(27), "order", "statement"), in_for(PAPERS, None, "order", "statement")):
        assert not [e for e in found(cycle, nov(23), invoice("1", "100.00", nov(2))) if e.kind == "documents"]


def test_a_run_without_its_papers_pays_nothing() -> None:
    old = invoice("1", "100.00", nov(2))
    # The cut-off of the run of the 27th is over.
    for cycle in (PAPERS, in_for(PAPERS, nov(27), "order"), in_for(PAPERS, nov(19), "order", "statement")):
        closed, coming = of(cycle, nov(25), old)
        assert (closed.run.day, closed.items, coming.run.day) == (nov(27), (), dec(3))
        assert [str(s.amount) for s in (closed, coming)] == ["0.00", "100.00"]
    why = runs(found(in_for(PAPERS, nov(27), "order"), nov(25), old))[0]
    assert why.endswith("has passed: not known to be in for it: statement; 1 goes to Thu 3 Dec")


def test_papers_for_the_next_run_say_nothing_of_the_one_before() -> None:
    closed, coming = of(in_for(PAPERS, dec(3), "order"), nov(25), invoice("1", "100.00", nov(2)))
    assert (closed.lacking, str(closed.amount)) == (PAPERS.documents, "0.00")
    assert (coming.lacking, str(coming.amount)) == (("statement",), "100.00")


def test_runs_are_made_on_the_customer_s_business_days_and_called_for_on_ours() -> None:
    shut = rules(
        nov(23), policy=Policy(closing_days=(read_closing_days("2026-11-27"), read_closing_days("2026-11-30")))
    )
    bill, fridays = invoice("1", "90.00", nov(2)), msgspec.structs.replace(THURSDAYS, weekday=4)
    run = derive(dossier(bill, cycle=fridays), shut).run
    assert run
    assert run.day == nov(27)
    whole = dossier(bill, cycle=THURSDAYS)
    abroad = msgspec.structs.replace(whole, account=msgspec.structs.replace(whole.account, country="CA"))
    run = derive(abroad, shut).run
    assert run
    assert run.day == nov(26)
    assert shut.calendar.is_business(run.call_from)
