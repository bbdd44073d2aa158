"""The day's report of a book: past days stay what they were, tomorrow's list is the one that comes, clerks."""

from collections import Counter
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from arctui.core.changes import added, changed
from arctui.core.day_flows import Counted, What
from arctui.core.day_report import DayReport
from arctui.core.facts import Moment
from arctui.core.promises import Verdict
from arctui.core.records import Account, Activity, ActivityKind
from arctui.core.standing import derive
from arctui.core.worklist import Row, calling_order, row_of
from arctui.desk import Desk, DeskError
from arctui.desk.clock import Clock
from arctui.desk.day_report import clerk_named, day_report, written_by_hand
from arctui.desk.demo import make_demo_book
from arctui.desk.ids import new_id
from arctui.store import Book
from tests.desk.ledgers import B1, B2, C1, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger that has the open items of two customers since today, Monday 2."""
    made = Ledger(tmp_path)
    made.open_items(B1, B2, C1)
    return made


def figures(report: DayReport) -> dict[What, Counted | None]:
    return {what: compared.now for what, compared in report.compared.items()}


def told(report: DayReport) -> object:
    """All that a report tells but when it was made."""
    return (
        figures(report),
        {what: (c.before, c.usual) for what, c in report.compared.items()},
        [(w.name, w.collectable, w.days_past_due) for w in report.worst],
        report.asked,
        (report.left, report.freshness.as_of, report.callbacks),
    )


def log(ledger: Ledger, who: str, line: str) -> None:
    ledger.desk.log(ledger.desk.find(who).id, line)


def test_the_report_of_a_past_day_is_what_it_was_at_its_end(ledger: Ledger) -> None:
    ledger.on(5)
    log(ledger, "birch", "wbp fri 100 ach")
    log(ledger, "cedar", "na")
    then = told(day_report(ledger.desk))
    ledger.on(9)
    log(ledger, "birch", "wd")
    ledger.paid("Birch Works,2026-11-06,100.00,B-1041,R1", "Cedar Farm,2026-11-09,30.00,C-2001,R2")
    ledger.open_items(B2)
    ledger.on(10)
    assert told(day_report(ledger.desk)) != then
    ledger.on(5)
    assert told(day_report(ledger.desk)) == then


def test_money_that_is_dated_back_counts_on_its_own_day(ledger: Ledger) -> None:
    ledger.on(9)
    assert figures(day_report(ledger.desk))[What.CASH] is None, "nobody knows yet what came"
    ledger.on(10)
    ledger.paid("Cedar Farm,2026-11-09,30.00,C-2001,R2")
    today = day_report(ledger.desk).compared[What.CASH]
    assert today.now == Counted()
    assert today.before == Counted(1, {"USD": Decimal("30.00")})
    assert today.usual is not None
    assert (today.usual.days, today.usual.amounts) == (1, {"USD": Decimal("30.00")})
    ledger.on(9)
    assert figures(day_report(ledger.desk))[What.CASH] == Counted(1, {"USD": Decimal("30.00")})


def test_reports_of_open_items_tell_what_came_between_them_and_not_when(ledger: Ledger) -> None:
    ledger.on(9)
    ledger.open_items(B1, B2)
    found = figures(day_report(ledger.desk))
    assert found[What.UNDATED] == Counted(1, {"USD": Decimal("30.00")})
    assert found[What.CASH] is None


def test_the_first_day_of_a_book_has_nothing_to_compare_with(ledger: Ledger) -> None:
    log(ledger, "birch", "na")
    report = day_report(ledger.desk)
    calls = report.compared[What.CALLS]
    assert (calls.now, calls.before, calls.usual) == (Counted(1), None, None)
    assert any("nothing to compare with" in note for note in report.notes)


def test_an_empty_book_has_an_empty_report(tmp_path: Path) -> None:
    report = day_report(Ledger(tmp_path).desk)
    assert (report.worst, report.tomorrow.count, report.left.count, report.freshness.as_of) == ((), 0, 0, None)


def full_list(desk: Desk) -> list[Row]:
    """Tomorrow's list, each account derived for it."""
    day = desk.rules.calendar.next(desk.today)
    begins = datetime.combine(day, time(), desk.rules.moment.now.tzinfo)
    rules = msgspec.structs.replace(desk.rules, moment=Moment(day, begins), clerk="", session="")
    rows = (row_of(dossier, derive(dossier, rules), rules) for dossier, _ in desk.everything())
    return sorted((row for row in rows if row), key=calling_order)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo book of Monday 23 November; nothing here changes it."""
    return make_demo_book(tmp_path_factory.mktemp("demo") / "book.json", Clock("2026-11-23T10:12"), "ann").path


@pytest.mark.parametrize("day", [23, 24, 27, 30])
def test_tomorrows_list_is_the_one_that_is_derived_for_tomorrow(demo: Path, day: int) -> None:
    desk = Desk(Book(demo), Clock(f"2026-11-{day}T17:00:00-05:00"), "ann")
    report = day_report(desk)
    whole = full_list(desk)
    assert report.tomorrow.count == len(whole)
    assert dict(report.tomorrow.buckets) == Counter(row.bucket for row in whole)
    assert [row.account for row in report.tomorrow.first] == [row.account for row in whole[:10]]


def test_the_broken_of_the_day_and_what_was_left_are_two_figures(demo: Path) -> None:
    desk = Desk(Book(demo), Clock("2026-11-23T17:00:00-05:00"), "ann")
    report = day_report(desk)
    on_day = [
        j
        for _, standing in desk.everything()
        for j in standing.judged
        if j.verdict is Verdict.BROKEN and j.missed_on == desk.today
    ]
    assert report.now(What.BROKEN).count == len(on_day)
    assert len(report.left.missed) > len(on_day)


def test_each_clerk_has_a_day_of_their_own_and_the_firm_all_of_it(ledger: Ledger) -> None:
    log(ledger, "birch", "na")
    birch, cedar = (ledger.desk.dossier(ledger.desk.find(who).id).account for who in ("birch", "cedar"))
    ledger.desk.commit(
        "owners", [added(_call(cedar, "bob")), changed(cedar, clerk="bob"), changed(birch, clerk="ann")]
    )
    firm, ann, bob = (day_report(ledger.desk, clerk) for clerk in ("", "ann", "bob"))
    assert [report.now(What.CALLS).count for report in (firm, ann, bob)] == [2, 1, 1]
    assert [line.clerk for line in firm.clerks] == ["ann", "bob"]
    assert ann.clerks == ()
    assert ([w.name for w in ann.worst], [w.name for w in bob.worst]) == (["Birch Works"], ["Cedar Farm"])
    assert firm.asked == {"USD": Decimal("180.00")}


def _call(account: Account, by: str) -> Activity:
    at = datetime(2026, 11, 2, 10).astimezone()
    return Activity(id=new_id(), account=account.id, kind=ActivityKind.CALL, at=at, day=date(2026, 11, 2), by=by)


def test_a_clerk_is_found_in_any_case_and_an_unknown_one_is_refused(ledger: Ledger) -> None:
    log(ledger, "birch", "na")
    assert clerk_named(ledger.desk, "ANN") == "ann"
    with pytest.raises(DeskError, match="no clerk of this book is called 'eve': there are ann"):
        clerk_named(ledger.desk, "eve")


def test_payments_by_hand_are_those_of_the_clerk_and_the_day_without_what_was_undone(ledger: Ledger) -> None:
    ledger.on(3)
    log(ledger, "birch", "wbp fri 100 ach")
    ledger.on(9)
    (promise,) = ledger.desk.dossier(ledger.desk.find("birch").id).promises
    ledger.desk.reviews.came_in(promise.id, "40 today")
    ledger.desk.reviews.came_in(promise.id, "20.00 today")
    ledger.desk.undo()
    assert written_by_hand(ledger.desk, "ann") == Counted(1, {"USD": Decimal("40.00")})
    assert written_by_hand(ledger.desk, "bob") == Counted()
    ledger.on(10)
    assert written_by_hand(ledger.desk, "ann") == Counted()


def test_one_payment_dated_before_the_book_makes_no_day_before_it_known(ledger: Ledger) -> None:
    ledger.on(5)
    ledger.paid("Cedar Farm,2026-10-30,10.00,C-2001,R1", "Birch Works,2026-11-03,60.00,B-1041,R2")
    usual = day_report(ledger.desk).compared[What.CASH].usual
    assert usual is not None
    assert (usual.days, usual.amounts) == (3, {"USD": Decimal("20.00")})
