"""What was done today is kept up act by act."""

import pytest

from arctui.core.facts import Facts
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.day_tally import DayTally
from arctui.desk.history import last_since
from arctui.store import Book
from tests.desk.ledgers import Ledger


def _tally(desk: Desk) -> tuple[list[str], list[str], int]:
    tally = desk.day_tally
    ours = [a.id for a in tally.activities()], [p.id for p in tally.promises()]
    return (*ours, desk.reviews.broke_today(desk.clerk))


def test_after_each_act_it_is_what_the_book_says(broken: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, account = broken.desk, broken.account().id
    first = _tally(desk)
    for act in (
        lambda: desk.note(account, "asked for the remittance"),
        lambda: desk.log(account, "fri"),
        lambda: desk.stop(account, "bankruptcy"),
        desk.undo,
        desk.undo,
        desk.undo,
    ):
        with monkeypatch.context() as patched:
            act()
            # The book is not looked through for it.
            patched.setattr(Facts, "all", lambda *_: pytest.fail("the whole book was looked through"))
            found = desk.day_tally.activities(), desk.day_tally.promises()
            desk.reviews.broke_today(desk.clerk)
        assert found == (DayTally(desk).activities(), DayTally(desk).promises())
    assert _tally(desk) == first


def test_what_another_window_takes_back_before_it_has_seen_it_is_not_counted(broken: Ledger) -> None:
    desk, account = broken.desk, broken.account().id
    other = Desk(Book(broken.book.path), Clock(desk.rules.moment.now.isoformat()), desk.clerk)
    before = other.done_today()
    desk.log(account, "fri")
    other.undo()
    assert other.done_today() == before


def test_what_came_last_is_found_without_the_whole_history(broken: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    number, account = broken.book.number, broken.account().id
    broken.desk.note(account, "asked for the remittance")
    monkeypatch.setattr(Book, "history", property(lambda _: pytest.fail("the history was read from disk")))
    found = last_since(broken.book, number, account)
    assert found is not None
    assert last_since(broken.book, number, "another") is None
