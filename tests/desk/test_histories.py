"""Histories of invoices and payments: aging and key figures of any day equal an independent calculation."""

import json
from pathlib import Path
from typing import Any

import pytest

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book

_BUCKETS = {"current": "current", "1-30": "1-30", "31-60": "31-60", "61-90": "61-90", "90+": "91+"}


@pytest.mark.parametrize("name", ["ibm", "ibm_messy", "poulomi8", "classicmodels"])
def test_aging_dso_and_days_delinquent_of_a_history(name: str, tmp_path: Path, shared_data: Path) -> None:
    book = tmp_path / "book.json"
    desk = Desk(Book(book, new=True), Clock("2026-01-01"), "ann")
    for file in ("invoices.csv", "payments.csv"):
        desk.import_file(shared_data / "canonical" / name / file, ImportOptions())
    expected: dict[str, Any] = json.loads((shared_data / "oracle_expected" / f"{name}.json").read_text("utf-8"))
    days = [a for a in expected["aging"] if (a["basis"], a["credits"]) == ("due", "separate")]
    assert days
    for day in days:
        figures = Desk(Book(book), Clock(day["as_of"]), "ann").figures()
        for currency, sums in day["by_currency"].items():
            found = {key: str(amount) for key, amount in figures[currency].aging.items()}
            wanted = {ours: sums[theirs] for ours, theirs in _BUCKETS.items()}
            assert found == {**wanted, "credits": sums["credits"], "total": sums["total"]}
    for period in expected["metrics"]:
        if period["days"] != 90:
            continue
        found_figures = Desk(Book(book), Clock(period["to"]), "ann").figures()[period["currency"]]
        assert found_figures.dso is not None
        assert float(found_figures.dso) == pytest.approx(period["dso_simple_gross"], abs=1e-4)
        assert float(found_figures.best_possible_dso or 0) == pytest.approx(period["dso_best_possible"], abs=1e-4)
        assert float(found_figures.add or 0) == pytest.approx(period["average_days_delinquent"], abs=1e-4)
