"""Histories of invoices and payments: aging and key figures of any day equal an independent calculation.

The one is in `oracle_expected` beside the project, the other in `history_oracle`: they were written apart.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from arctui.core.figures import Figures, Lateness, Receivables, account_sums
from arctui.core.known import Known
from arctui.core.period import Period, last_days
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.desk.history_oracle import Oracle, rows
from tests.desk.test_mornings import FILES, mornings_of

_BUCKETS = {"current": "current", "1-30": "1-30", "31-60": "31-60", "61-90": "61-90", "90+": "91+"}
_NAMES = ("ibm", "ibm_messy", "poulomi8", "classicmodels")
_END = date(2026, 1, 1)
#: A history is known from lists up to this day, and from each morning's files after it.
_LISTED = "2013-06-22"


class History:
    """A data set whose two lists were imported when all was over, with its independent figures."""

    def __init__(self, name: str, book: Book, expected: Mapping[str, Any]) -> None:
        self.name = name
        self.book = book
        self.aging = [a for a in expected["aging"] if (a["basis"], a["credits"]) == ("due", "separate")]
        self.metrics: list[dict[str, Any]] = expected["metrics"]
        self.desk = Desk(book, Clock(str(_END)), "ann")
        self.accounts = self.desk.everything()


@pytest.fixture(scope="module", params=_NAMES)
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> History:
    name: str = request.param
    book = Book(tmp_path_factory.mktemp(name) / "book.json", new=True)
    desk = Desk(book, Clock(str(_END)), "ann")
    for file in ("invoices.csv", "payments.csv"):
        desk.import_file(shared_data / "canonical" / name / file, ImportOptions())
    return History(name, book, json.loads((shared_data / "oracle_expected" / f"{name}.json").read_text("utf-8")))


def close(known: Known) -> Any:
    """A figure to four digits behind the point, as the independent ones are rounded."""
    assert known.value is not None, known.missing
    return pytest.approx(float(known.value), abs=6e-5)


def test_the_aging_of_a_day_looked_at_on_that_day(history: History) -> None:
    assert history.aging
    for day in history.aging:
        found = Desk(history.book, Clock(day["as_of"]), "ann").figures()
        assert {c: written(found[c].aging) for c in day["by_currency"]} == wanted(day)


def test_the_aging_of_a_day_rolled_back_from_the_end(history: History) -> None:
    for day in history.aging:
        as_of = date.fromisoformat(day["as_of"])
        found = history.desk.derived.figures(last_days(as_of, 90))
        assert {c: written(found[c].aging) for c in day["by_currency"]} == wanted(day)


def written(aging: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(amount) for name, amount in aging.items()}


def wanted(day: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        currency: {
            **{ours: sums[theirs] for ours, theirs in _BUCKETS.items()},
            "credits": sums["credits"],
            "total": sums["total"],
        }
        for currency, sums in day["by_currency"].items()
    }


def test_dso_and_days_delinquent_of_every_period(history: History) -> None:
    assert history.metrics
    for row in history.metrics:
        period = Period(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        found = history.desk.derived.figures(period)[row["currency"]]
        assert (found.period.days, str(found.sales.value)) == (row["days"], row["sales"])
        assert row["dso_simple_gross"] == close(found.dso_known)
        assert row["dso_countback_gross"] == close(found.countback_dso)
        assert row["dso_best_possible"] == close(found.best_known)
        assert row["average_days_delinquent"] == close(found.add_known)


def test_the_collection_index_of_every_period_that_is_undivided(history: History) -> None:
    """The formula is checked over the quarters and years that are there; it is shown by month only."""
    for row in history.metrics:
        period = Period(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        whole = summed(history, [period.first - timedelta(days=1), period.last])
        assert row["cei_percent"] == close(whole.cei(period))


def summed(history: History, days: Sequence[date]) -> Receivables:
    reports, found = history.book.facts.reports, Receivables((), days, "USD", date.min, _END)
    for dossier, standing in history.accounts:
        found.put(account_sums(dossier, standing, reports, _END, days))
    return found


def test_how_late_the_invoices_of_every_period_were_paid(history: History) -> None:
    for row in history.metrics:
        period = Period(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        found: Lateness = history.desk.derived.figures(period)[row["currency"]].lateness
        assert (found.invoices, found.day_unknown) == (row["invoices_closed"], 0)
        assert row["dbt_payment_weighted"] == close(found.by_payment)
        assert row["avg_days_late_signed"] == close(found.signed)
        assert row["avg_days_late_signed_weighted"] == close(found.signed_by_amount)
        assert row["avg_days_late_floored"] == close(found.floored)
        assert row["avg_days_late_floored_weighted"] == close(found.floored_by_amount)
        assert row["median_days_late"] == close(found.median)
        assert row["percent_paid_late"] == close(found.percent_late)
        assert row["avg_days_to_pay"] == close(found.days_to_pay)
        assert row["avg_days_to_pay_weighted"] == close(found.days_to_pay_by_amount)


@pytest.mark.parametrize("history", ["ibm_messy"], indirect=True)
def test_every_fifth_day_of_a_history_to_the_cent_and_the_day(history: History, shared_data: Path) -> None:
    oracle = Oracle(shared_data / "canonical" / history.name)
    days = [date(2012, 7, 1) + timedelta(days=n) for n in range(0, 540, 5)]
    starts = [day.replace(day=1) - timedelta(days=1) for day in days]
    whole = summed(history, sorted({*days, *starts}))
    for day in days:
        quarter, month = last_days(day, 90), Period(day.replace(day=1), day)
        agrees_on_owed(whole.aging(day), oracle.aging(day))
        assert whole.dso(quarter).value == exactly(oracle.dso(quarter.first, day))
        assert whole.best_possible_dso(quarter).value == exactly(oracle.best(quarter.first, day))
        assert whole.countback_dso(day).value == exactly(oracle.countback(day))
        assert whole.cei(month).value == exactly(oracle.cei(month.first, day))
        agrees_on_lateness(whole.lateness(month), oracle, month)


def agrees_on_owed(aging: Mapping[str, Decimal], cents: Mapping[str, int]) -> None:
    assert {name: int(amount * 100) for name, amount in aging.items() if name != "total"} == cents


def agrees_on_lateness(found: Lateness, oracle: Oracle, period: Period) -> None:
    off = oracle.paid_off(period.first, period.last)
    late = [days for days, _, _ in off]
    assert (found.invoices, found.day_unknown) == (len(off), 0)
    if off:
        assert found.by_payment.value == exactly(oracle.days_late(period.first, period.last))
        assert found.signed.value == exactly(Fraction(sum(late), len(off)))
        assert found.days_to_pay.value == exactly(Fraction(sum(days for _, days, _ in off), len(off)))
    else:
        assert found.signed.missing


def exactly(value: Fraction) -> Any:
    return pytest.approx(Decimal(value.numerator) / value.denominator, abs=Decimal("1e-12"))


def test_mornings_after_a_history_agree_day_by_day(tmp_path: Path, shared_data: Path) -> None:
    """The lists up to a day in June, then what came each morning up to July; the key figures as on their own day."""
    oracle = Oracle(shared_data / "canonical" / "ibm_messy")
    book = Book(tmp_path / "book.json", new=True)
    mornings = [m for m in mornings_of(shared_data) if _LISTED < m.name <= "2013-07-04"]
    desk = Desk(book, Clock(_LISTED), "ann")
    for file, column in (("invoices.csv", "invoice_date"), ("payments.csv", "payment_date")):
        desk.import_file(up_to(shared_data / "canonical" / "ibm_messy" / file, column, tmp_path), ImportOptions())
    for count, morning in enumerate(mornings):
        day = date.fromisoformat(morning.name)
        desk = Desk(book, Clock(f"{morning.name}T09:00:00-05:00"), "ann")
        for name in FILES:
            if (morning / name).stat().st_size:
                desk.import_file(morning / name, ImportOptions())
        if count % 3 == 0:
            agrees(desk.figures()["USD"], oracle, day)


def agrees(found: Figures, oracle: Oracle, day: date) -> None:
    """All key figures of the quarter up to a day, and the collection index of every month."""
    quarter = found.period
    assert (quarter.last, quarter.days) == (day, 90)
    agrees_on_owed(found.aging, oracle.aging(day))
    assert found.dso == exactly(oracle.dso(quarter.first, day))
    assert found.best_possible_dso == exactly(oracle.best(quarter.first, day))
    assert found.add == exactly(oracle.dso(quarter.first, day) - oracle.best(quarter.first, day))
    assert found.countback_dso.value == exactly(oracle.countback(day))
    assert found.cei == exactly(oracle.cei(found.cei_period.first, day))
    assert [m.cei.value for m in found.months] == [
        exactly(oracle.cei(m.period.first, m.period.last)) for m in found.months
    ]
    assert (len(found.months), found.months[-1].period) == (13, Period(day.replace(day=1), day))
    agrees_on_lateness(found.lateness, oracle, quarter)


def up_to(path: Path, column: str, folder: Path) -> Path:
    """What a list had on the last day before the mornings."""
    known = [row for row in rows(path) if row[column] <= _LISTED]
    with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(known[0]))
        writer.writeheader()
        writer.writerows(known)
    return folder / path.name
