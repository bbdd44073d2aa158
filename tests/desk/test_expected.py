"""Expected cash over the whole book, kept up act by act."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.cash_weeks import Forecast
from arctui.core.money import total
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.desk.expected import explained
from arctui.store import Book
from tests.desk.ledgers import B1, B2, C1, Ledger, nov


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path, 9)
    made.open_items(B1, B2, C1)
    return made


def forecast(desk: Desk, weeks: int = 2) -> Forecast:
    (found,) = desk.cash().forecasts(desk.today, weeks)
    return found


def anew(desk: Desk, path: Path) -> list[Forecast]:
    """The forecasts of a desk that has just opened the book."""
    other = Desk(Book(path), Clock(desk.rules.moment.now.isoformat()), "ann")
    return other.cash().forecasts(desk.today, 8)


def test_every_act_changes_the_forecast_at_once_and_undo_takes_it_back(ledger: Ledger) -> None:
    desk, birch = ledger.desk, ledger.account()
    before = forecast(desk)
    assert (before.undated, before.plain, before.open) == (Decimal(180), Decimal(0), Decimal(180))
    desk.log(birch.id, "fri 120 check")
    promised = forecast(desk)
    assert (promised.weeks[0].promises, promised.undated, promised.open) == (Decimal(120), Decimal(60), Decimal(180))
    assert promised.weeks[0].weighted == Decimal(60)
    desk.undo()
    assert forecast(desk) == before


def test_only_the_accounts_of_an_act_are_looked_at_again(ledger: Ledger) -> None:
    desk = ledger.desk
    forecast(desk)
    desk.log(ledger.account().id, "fri 120 check")
    assert desk.cash().waiting == 1
    forecast(desk)
    assert desk.cash().waiting == 0


def test_a_large_book_is_added_up_a_little_at_a_time(ledger: Ledger) -> None:
    cash = ledger.desk.cash()
    assert not cash.look(0)
    assert cash.waiting == 2
    assert cash.look(3600)
    assert cash.waiting == 0


def test_a_week_later_the_money_stands_beside_the_promise(ledger: Ledger) -> None:
    ledger.desk.log(ledger.account().id, "fri 120 check")
    ledger.on(16)
    ledger.paid("Birch Works,2026-11-13,100.00,B-1041,7")
    ledger.paid("Cedar Farm,2026-11-15,30.00,C-2001,8")
    last, this = forecast(ledger.desk).past[-2:]
    assert (last.first, last.last, last.promised, last.came) == (nov(9), nov(15), Decimal(120), Decimal(130))
    assert (this.first, this.last, this.promised, this.came) == (nov(16), nov(16), Decimal(0), Decimal(0))
    assert "Payments are known up to " in explained([forecast(ledger.desk)], ledger.desk.rules)[-1]


def test_what_two_reports_let_conclude_is_marked(ledger: Ledger) -> None:
    ledger.on(16)
    ledger.open_items(B2, C1)
    (last, this) = forecast(ledger.desk).past[-2:]
    assert (last.inferred + this.inferred, last.came + this.came) == (Decimal(100), Decimal(100))
    assert any(note.startswith("~") for note in explained([forecast(ledger.desk)], ledger.desk.rules))


def test_a_merged_account_is_counted_once(ledger: Ledger) -> None:
    desk = ledger.desk
    before = forecast(desk)
    desk.identity.merge(ledger.account("Cedar").id, ledger.account().id)
    assert forecast(desk) == before


def test_the_next_day_begins_anew(ledger: Ledger) -> None:
    forecast(ledger.desk)
    ledger.on(10)
    assert forecast(ledger.desk).weeks[0].first == nov(10)


def test_the_forecast_of_the_demo_is_that_of_all_its_accounts_however_it_came_about(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    clock = Clock("2026-11-23T10:12")
    make_demo_book(path, clock, "ann")
    desk = Desk(Book(path), clock, "ann")
    desk.cash().look()
    for row in desk.worklist()[:4]:
        desk.note(row.account, "asked")
        desk.log(row.account, "lvm")
    desk.undo()
    found = desk.cash().forecasts(date(2026, 11, 23), 8)
    assert found == anew(desk, path)
    for of_currency in found:
        balances = (b for _, s in desk.everything() for b in (s.balance, *s.others))
        assert of_currency.open == total(b.gross for b in balances if b.currency == of_currency.currency)
    assert {f.currency for f in found} == {c for c, figures in desk.figures().items() if figures.aging["total"]}
