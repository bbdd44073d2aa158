"""What was owed at the end of a closed day is kept, and whatever is known later of that day mends it."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.changes import added
from arctui.core.decisions import Closing
from arctui.core.ledger import open_amounts
from arctui.core.mending import PARTS, known_until, owed_on
from arctui.core.money import ZERO
from arctui.core.records import Account, Payment
from arctui.core.trend import By, Source
from arctui.desk import Desk, DeskError
from arctui.desk.clock import Clock
from arctui.desk.import_beside import ImportBeside
from arctui.desk.importing import ImportOptions
from arctui.desk.step_words import step_words
from arctui.store import Book
from arctui.store.verify import problems
from tests.desk.ledgers import B1, B2, C1, Ledger, nov


def closing(ledger: Ledger, day: int) -> Closing:
    return next(c for c in ledger.book.facts.all(Closing) if c.day == nov(day))


def owed(ledger: Ledger, day: int) -> dict[str, Decimal]:
    """What was owed on a closed day as it is known now, without the parts in which nothing was."""
    stocks = closing(ledger, day).stocks
    return {part: amount for s in stocks for part, amount in s.aging.items() if amount}


def total_on(ledger: Ledger, day: int) -> Decimal:
    return sum((s.total for s in closing(ledger, day).stocks), ZERO)


def close(ledger: Ledger, day: int) -> None:
    ledger.on(day)
    ledger.desk.reviews.close()


def with_all_knowledge(book: Book, today: date) -> dict[date, object]:
    """What each closed day would say if it were closed with all that is known now."""
    facts = book.facts
    until = max(known_until(facts, today), max((c.day for c in facts.all(Closing)), default=today))
    dossiers = [facts.dossier(a.id) for a in facts.all(Account)]
    accounts = [(d, open_amounts(d, facts.reports, until)) for d in dossiers]
    return {c.day: owed_on(accounts, facts.reports, until, c.day) for c in facts.all(Closing) if c.imports > 0}


def is_true(ledger: Ledger) -> bool:
    kept = {c.day: c.stocks for c in ledger.book.facts.all(Closing) if c.imports > 0}
    return kept == with_all_knowledge(ledger.book, nov(ledger.day))


@pytest.fixture
def closed(ledger: Ledger) -> Ledger:
    """Birch owes 150, Cedar 30; the 2nd and the 3rd of November are closed, and it is the 4th."""
    ledger.open_items(B1, B2, C1)
    close(ledger, 2)
    close(ledger, 3)
    ledger.on(4)
    return ledger


def test_a_closing_has_what_was_owed_by_age_and_the_last_import(closed: Ledger) -> None:
    assert owed(closed, 2) == {"1-30": Decimal("50.00"), "31-60": Decimal("130.00")}
    assert (closing(closed, 2).imports, closing(closed, 2).mended_on, closing(closed, 2).told) == (1, None, ())
    assert total_on(closed, 3) == closed.net("Birch") + closed.net("Cedar")


def test_a_day_that_two_clerks_close_is_mended_for_both(closed: Ledger) -> None:
    close(closed, 4)
    bob = Desk(closed.book, Clock("2026-11-04T17:00:00-05:00"), "bob")
    closed.paid("Birch Works,2026-11-04,40.00,B-1041,chk 1")
    bob.reviews.close()
    with pytest.raises(DeskError, match="closed already"):
        bob.reviews.close()
    one, two = [c for c in closed.book.facts.all(Closing) if c.day == nov(4)]
    assert one.stocks == two.stocks
    assert (sum(s.total for s in one.told), two.told) == (Decimal("180.00"), ())
    (point,) = bob.closings.trend("USD", nov(4), 1, By.DAY)
    assert (point.total.value, point.told) == (Decimal("140.00"), Decimal("180.00"))


def test_the_report_of_the_next_morning_leaves_the_days_before_as_they_were(closed: Ledger) -> None:
    before = [closing(closed, 2), closing(closed, 3)]
    closed.open_items(B2, "Birch Works,B-1043,2026-11-04,2026-12-04,70.00,70.00", C1)
    assert [p.inferred for p in closed.payments()] == [True]
    assert [closing(closed, 2), closing(closed, 3)] == before


def test_an_invoice_issued_on_a_closed_day_is_owed_from_that_day_on(closed: Ledger) -> None:
    closed.open_items(B1, B2, C1, "Birch Works,B-1043,2026-11-03,2026-12-03,70.00,70.00")
    assert total_on(closed, 2) == Decimal("180.00")
    assert owed(closed, 3) == {"current": Decimal("70.00"), "1-30": Decimal("50.00"), "31-60": Decimal("130.00")}
    mended = closing(closed, 3)
    assert (sum(s.total for s in mended.told), mended.mended_on) == (Decimal("180.00"), nov(4))


def test_an_invoice_without_a_day_of_issue_is_owed_from_the_report_on_that_brings_it(closed: Ledger) -> None:
    closed.open_items(B1, B2, C1, "Birch Works,B-1043,,2026-10-20,70.00,70.00")
    assert total_on(closed, 3) == Decimal("180.00")


def test_a_payment_dated_back_mends_the_days_from_its_own_on_in_one_act(closed: Ledger) -> None:
    acts = closed.book.number
    closed.paid("Birch Works,2026-11-03,40.00,B-1041,chk 1")
    assert (total_on(closed, 2), total_on(closed, 3)) == (Decimal("180.00"), Decimal("140.00"))
    assert closed.book.number == acts + 1
    closed.desk.undo()
    assert total_on(closed, 3) == Decimal("180.00")
    assert (closing(closed, 3).told, closing(closed, 3).mended_on) == ((), None)
    assert problems(closed.book) == []


def test_what_was_told_on_the_day_stays_however_often_it_is_mended(closed: Ledger) -> None:
    closed.paid("Birch Works,2026-11-03,40.00,B-1041,chk 1")
    closed.on(5)
    closed.paid("Cedar Farm,2026-11-02,30.00,C-2001,chk 2")
    mended = closing(closed, 3)
    assert sum(s.total for s in mended.told) == Decimal("180.00")
    assert (total_on(closed, 3), mended.mended_on) == (Decimal("110.00"), nov(5))
    assert is_true(closed)


def test_a_check_returned_today_was_money_until_today(closed: Ledger) -> None:
    closed.paid("Birch Works,2026-11-02,40.00,B-1041,chk 1")
    before = total_on(closed, 3)
    closed.paid("Birch Works,2026-11-04,-40.00,B-1041,chk 1")
    assert total_on(closed, 3) == before == Decimal("140.00")
    assert closed.net() == Decimal("150.00")
    assert is_true(closed)


def test_one_clerk_undoes_an_import_though_another_mended_the_same_day_since(closed: Ledger) -> None:
    closed.paid("Birch Works,2026-11-03,40.00,B-1041,chk 1")
    bob = Desk(closed.book, Clock("2026-11-04T10:00:00-05:00"), "bob")
    path = closed.folder / "bob.csv"
    path.write_text("Customer,Payment Date,Amount,Invoice,Reference\nCedar Farm,2026-11-03,30.00,C-2001,chk 2\n")
    bob.import_file(path, ImportOptions())
    ann = Desk(closed.book, Clock("2026-11-04T11:00:00-05:00"), "ann")
    ann.undo()
    assert total_on(closed, 3) == Decimal("150.00")
    assert is_true(closed)
    assert problems(closed.book) == []


def test_a_closing_that_another_clerk_mended_can_be_undone(closed: Ledger) -> None:
    bob = Desk(closed.book, Clock("2026-11-04T10:00:00-05:00"), "bob")
    path = closed.folder / "bob.csv"
    path.write_text("Customer,Payment Date,Amount,Invoice,Reference\nCedar Farm,2026-11-03,30.00,C-2001,chk 2\n")
    bob.import_file(path, ImportOptions())
    ann = Desk(closed.book, Clock("2026-11-04T11:00:00-05:00"), "ann")
    ann.undo()
    assert [c.day for c in closed.book.facts.all(Closing)] == [nov(2)]
    bob.refresh()
    bob.undo()
    assert total_on(closed, 2) == Decimal("180.00")
    assert problems(closed.book) == []


def test_merging_two_accounts_changes_no_total(closed: Ledger) -> None:
    closed.desk.identity.merge(closed.account("Cedar").id, closed.account("Birch").id)
    assert (total_on(closed, 2), closing(closed, 2).mended_on) == (Decimal("180.00"), None)
    assert is_true(closed)


def test_days_that_no_import_covered_are_mended_by_the_list_that_tells_of_them(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    for day in (3, 4, 5):
        close(ledger, day)
    ledger.on(6)
    ledger.paid("Birch Works,2026-11-04,100.00,B-1041,chk 1", "Cedar Farm,2026-11-05,30.00,C-2001,chk 2")
    assert [total_on(ledger, day) for day in (3, 4, 5)] == [Decimal("180.00"), Decimal("80.00"), Decimal("50.00")]


def test_an_import_beside_the_work_mends_the_same(closed: Ledger) -> None:
    path = closed.folder / "late.csv"
    path.write_text("Customer,Payment Date,Amount,Invoice,Reference\nBirch Works,2026-11-03,40.00,B-1041,chk 1\n")
    importing = ImportBeside(closed.desk, path, ImportOptions(), lambda _: None)
    importing.begin()
    assert importing.wait(10)
    assert importing.finish()
    assert total_on(closed, 3) == Decimal("140.00")
    assert problems(closed.book) == []


def test_a_closing_of_an_earlier_version_stays_as_it_is_and_its_day_is_rolled_back(ledger: Ledger) -> None:
    ledger.open_items(B1)
    old = Closing(id="old", day=nov(3), at=ledger.desk.rules.moment.now, by="ann")
    ledger.on(4)
    ledger.desk.commit("closed", [added(old)])
    ledger.paid("Birch Works,2026-11-03,40.00,B-1041,chk 1")
    assert closing(ledger, 3) == old
    (point,) = ledger.desk.closings.trend("USD", nov(3), 1, By.DAY)
    assert (point.source, point.total.value) == (Source.ROLLED_BACK, Decimal("60.00"))


def test_the_history_says_what_became_of_a_closing(closed: Ledger) -> None:
    closed.paid("Birch Works,2026-11-03,40.00,B-1041,chk 1")
    (step,) = [s for s in closed.book.history[-1].steps if s.table == Closing.TABLE]
    assert step_words(step, lambda _: "", "USD") == "review of 2026-11-03: owed then 180.00 -> 140.00"


_ROWS = {
    "B-1": "Birch,B-1,2026-10-20,2026-11-03,{0},{1}",
    "B-2": "Birch,B-2,2026-11-03,2026-11-20,{0},{1}",
    "C-1": "Cedar,C-1,2026-11-05,2026-11-07,{0},{1}",
    "C-2": "Cedar,C-2,,2026-10-07,{0},{1}",
}
_OPEN = st.dictionaries(st.sampled_from(sorted(_ROWS)), st.sampled_from(["100.00", "60.00", "25.00"]), min_size=1)
_PAID = st.tuples(
    st.sampled_from(["Birch,{0},{1},B-1,c", "Birch,{0},{1},B-2,d", "Cedar,{0},{1},C-1,e", "Cedar,{0},{1},,f"]),
    st.integers(1, 9),
    st.sampled_from(["40.00", "15.00", "100.00"]),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.one_of(_OPEN, st.lists(_PAID, min_size=1, max_size=3)), st.booleans()), max_size=6))
def test_after_any_imports_every_closing_says_what_is_known_now(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[object, bool]]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("book"), 2)
    ledger.open_items(*(row.format("100.00", "100.00") for row in (_ROWS["B-1"], _ROWS["C-2"])))
    close(ledger, 2)
    for day, (told, undone) in enumerate(acts, 3):
        ledger.on(day)
        number = ledger.book.number
        if isinstance(told, dict):
            rows = [_ROWS[name].format("100.00", amount) for name, amount in told.items()]
            ledger.open_items(*rows, options=ImportOptions(consent=True, full=True))
        elif isinstance(told, list):
            ledger.paid(*(row.format(f"2026-11-{min(on, day):02}", amount) for row, on, amount in told))
        assert is_true(ledger)
        if undone and ledger.book.number > number:
            ledger.desk.undo()
            assert is_true(ledger)
        close(ledger, day)
    assert problems(ledger.book) == []


def test_six_weeks_closed_each_evening_are_those_of_the_accounting_system_when_all_payments_are_in(
    tmp_path: Path, shared_data: Path
) -> None:
    """Each evening knows the open items of that morning only; the payment lists come eight days late."""
    mornings = sorted(p for p in (shared_data / "replay" / "ibm_messy").iterdir() if p.is_dir())
    book = Book(tmp_path / "book.json", new=True)
    late = 8
    for place, morning in enumerate(mornings):
        desk = Desk(book, Clock(f"{morning.name}T21:00:00-05:00"), "ann")
        for name in ("open_invoices.csv", "new_invoices.csv"):
            if (morning / name).stat().st_size:
                desk.import_file(morning / name, ImportOptions())
        if place >= late:
            desk.import_file(mornings[place - late] / "payments.csv", ImportOptions())
        desk.reviews.close()
    for morning in mornings[-late:]:
        desk.import_file(morning / "payments.csv", ImportOptions())
    wrong = {}
    for kept in book.facts.all(Closing):
        text = (shared_data / "replay" / "ibm_messy" / str(kept.day) / "expected.json").read_text()
        aging = json.loads(text)["by_currency"]["USD"]
        wanted = {part: Decimal(aging["91+" if part == "90+" else part]) for part in PARTS}
        found = kept.stocks[0].aging
        if found != wanted:
            wrong[kept.day] = (found, wanted)
    assert wrong == {}
    assert len(list(book.facts.all(Closing))) == len(mornings)
    assert all(not p.inferred for p in book.facts.all(Payment))


def test_a_closing_knows_what_another_session_wrote_and_a_clerk_closes_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, 4)
    ledger.open_items(B1, B2)
    other = Desk(Book(ledger.book.path), Clock("2026-11-04T10:00:00-05:00"), "ann")
    ledger.paid("Birch Works,2026-11-04,40.00,B-1041,p1")
    other.reviews.close()
    ledger.desk.refresh()
    assert total_on(ledger, 4) == Decimal("110.00")
    with pytest.raises(DeskError, match="closed already: by you at 10:00"):
        ledger.desk.reviews.close()


def test_a_closing_is_made_anew_where_another_session_writes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(tmp_path, 4)
    ledger.open_items(B1, B2)
    other = Desk(Book(ledger.book.path), Clock("2026-11-04T10:00:00-05:00"), "bob")
    make, late = other.closings.closing, ["Birch Works,2026-11-04,40.00,B-1041,p1"]

    def closing() -> Closing:
        made = make()
        if late:
            ledger.paid(late.pop())
        return made

    monkeypatch.setattr(other.closings, "closing", closing)
    other.reviews.close()
    ledger.desk.refresh()
    assert total_on(ledger, 4) == Decimal("110.00")


def test_a_day_before_the_book_begins_is_not_closed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, 4)
    ledger.open_items(B1)
    ledger.on(2)
    with pytest.raises(DeskError, match="the book begins on 2026-11-04: 2026-11-02 lies before it"):
        ledger.desk.reviews.close()
