"""The dashboard's figures, and the accounts behind each: a list adds up to its figure."""

import tempfile
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from threading import Event

import pytest

from arctui.core.business import UnknownCountryError
from arctui.core.money import ZERO, total
from arctui.core.records import Account
from arctui.desk import Desk
from arctui.desk.board import AGES, Board
from arctui.desk.board_figures import POINTS, boards
from arctui.desk.board_parts import TOP, week_key
from arctui.desk.clock import Clock
from arctui.desk.dashboard import Dashboard
from arctui.desk.demo import make_demo_book
from arctui.exchange.progress import Cancelled
from tests.desk.ledgers import B1, B2, C1, Ledger

DAY = "2026-11-23T10:12"


@lru_cache(maxsize=1)
def demo() -> tuple[Desk, dict[str, Board]]:
    """The demo book's boards, made once: nothing here changes them."""
    with tempfile.TemporaryDirectory() as folder:
        book = make_demo_book(Path(folder) / "demo.json", Clock(DAY), "ann")
        desk = Desk(book, Clock(DAY), "ann")
        return desk, boards(desk.derived, lambda _, __: None)


CURRENCIES = ("USD", "EUR", "CAD")


def test_the_home_currency_comes_first() -> None:
    assert next(iter(demo()[1])) == "USD"
    assert set(demo()[1]) == set(CURRENCIES)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_accounts_behind_each_age_add_up_to_it(currency: str) -> None:
    desk, made = demo()
    board = made[currency]
    assert board.aging == desk.figures()[currency].aging
    for name in AGES:
        assert board.behind[f"aging {name}"].sum == board.aging[name]
        assert all(row.amount for row in board.behind[f"aging {name}"].rows)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_accounts_behind_each_week_add_up_to_it(currency: str) -> None:
    forecast = demo()[1][currency].cash
    behind = demo()[1][currency].behind
    assert forecast is not None
    for week in (*forecast.weeks, forecast.later):
        assert behind[week_key(week)].sum == week.plain
    for past in forecast.past:
        assert behind[week_key(past)].sum == past.came
    assert behind["cash not dated"].sum == forecast.undated


def test_the_accounts_behind_dso_are_all_that_is_open_and_their_days_are_its_days() -> None:
    desk, made = demo()
    figures, behind = desk.figures()["USD"], made["USD"].behind
    gross = total(amount for name, amount in figures.aging.items() if name not in ("credits", "total"))
    assert behind["dso"].sum == gross
    assert behind["best"].sum == figures.aging["current"]
    assert behind["add"].sum == gross - figures.aging["current"]
    days = [Decimal(row.words.split(" days;")[0]) for row in behind["dso"].rows]
    assert figures.dso is not None
    assert abs(sum(days, ZERO) - figures.dso) < Decimal("0.1") * len(days)
    assert behind["line dso"] == behind["dso"]


def test_the_key_figures_are_those_of_the_desk() -> None:
    desk, made = demo()
    figures = desk.figures()["USD"]
    shown = {f.key: f.value for f in made["USD"].figures}
    assert shown["dso"] == figures.dso
    assert shown["best"] == figures.best_possible_dso
    assert shown["add"] == figures.add
    assert figures.cei is not None
    assert round(shown["cei"] or ZERO, 9) == round(figures.cei, 9)
    assert shown["late"] == figures.average_days_late
    assert figures.promises.kept_rate is not None
    assert shown["kept"] == figures.promises.kept_rate * 100
    assert set(shown) <= set(made["USD"].behind)


def test_the_promises_behind_the_kept_rate_are_those_that_were_decided() -> None:
    desk, made = demo()
    promises, rows = desk.figures()["USD"].promises, made["USD"].behind["kept"].rows
    for verdict in ("kept", "partial", "broken"):
        assert sum(row.words.startswith(verdict) for row in rows) == getattr(promises, verdict)
    assert len(made["USD"].behind["line kept"].rows) > len(rows)


def test_what_the_accounts_paid_late_averages_to_the_days_late() -> None:
    desk, made = demo()
    behind, known = made["USD"].behind["late"], desk.figures()["USD"].average_days_late
    days = [Decimal(row.words.removesuffix(" days late")) * row.amount for row in behind.rows]
    assert known is not None
    assert abs(total(days) / behind.sum - known) < Decimal("0.05")


def test_the_calls_behind_the_right_party_rate_add_up_to_it() -> None:
    board = demo()[1]["USD"]
    shown = next(f for f in board.figures if f.key == "right")
    reached, calls = (int(word) for word in shown.words.split()[0:3:2])
    behind = board.behind["right"]
    assert behind.sum == reached
    assert sum(int(row.words.split()[1]) for row in behind.rows) == calls
    assert shown.value == Decimal(reached) / calls * 100


def test_the_largest_exposures_are_the_first_of_what_is_past_due() -> None:
    board = demo()[1]["USD"]
    past_due = board.behind["aging past due"]
    assert [e.account for e in board.exposures] == [row.account for row in past_due.rows[:TOP]]
    assert [e.past_due for e in board.exposures] == [row.amount for row in past_due.rows[:TOP]]
    assert [e.name for e in board.exposures if e.is_beyond] == ["Peregrine Freight"]
    assert all(e.grade in "ABCDE" for e in board.exposures)


def test_the_lines_have_a_point_for_each_month_and_end_today() -> None:
    desk, made = demo()
    points = made["USD"].trend
    assert [str(p.period.last) for p in points[:2]] == ["2025-11-30", "2025-12-31"]
    assert len(points) == POINTS
    assert points[-1].period.last == desk.today
    assert points[-1].dso.value == desk.figures()["USD"].dso
    for point in points:
        dso, best = point.dso.value, point.best_possible_dso.value
        assert dso
        assert best
        assert best <= dso
        assert point.kept_rate


def test_what_is_not_known_is_said_with_what_is_missing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.open_items(B1, B2, C1)
    board = boards(ledger.desk.derived, lambda _, __: None)["USD"]
    shown = {f.key: f for f in board.figures}
    assert {key: f.value for key, f in shown.items()} == dict.fromkeys(shown, None)
    assert all(f.missing for f in shown.values())
    assert "before" in shown["dso"].missing
    assert shown["kept"].missing == "no promise was decided in this time"
    assert all(p.dso.value is None and p.kept_rate.value is None for p in board.trend)
    assert board.trend[-1].dso.missing == shown["dso"].missing
    assert board.aging["total"] == board.behind["aging total"].sum == Decimal("180.00")
    assert board.behind["kept"].rows == ()


def test_an_empty_book_has_a_board_of_the_home_currency(tmp_path: Path) -> None:
    found = boards(Ledger(tmp_path).desk.derived, lambda _, __: None)
    assert list(found) == ["USD"]
    assert found["USD"].cash is None
    assert found["USD"].exposures == ()


def _finished(desk: Desk) -> Dashboard:
    over = Event()
    made = Dashboard(desk, over.set)
    assert over.wait(20)
    return made


def test_it_is_worked_out_beside_the_work_on_the_book_as_it_was(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.open_items(B1, B2, C1)
    made = _finished(ledger.desk)
    assert made.is_done
    assert made.is_of(ledger.desk)
    assert made.boards["USD"].aging["total"] == Decimal("180.00")
    ledger.desk.note(next(ledger.book.facts.all(Account)).id, "asked again")
    assert not made.is_of(ledger.desk)
    ledger.on(3)
    assert not made.is_of(ledger.desk)


def test_what_went_wrong_is_raised_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise UnknownCountryError("no holidays are known for 'XX'")

    monkeypatch.setattr("arctui.desk.dashboard.boards", unknown)
    made = _finished(Ledger(tmp_path).desk)
    assert made.is_done
    with pytest.raises(UnknownCountryError):
        _ = made.boards


def test_it_can_be_called_off_while_it_is_worked_out(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.open_items(B1, B2, C1)

    def at(_: int, __: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        boards(ledger.desk.derived, at)
