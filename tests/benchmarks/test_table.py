import json
from pathlib import Path

import pytest

from scripts.benchmarks.line import Line
from scripts.benchmarks.report import Run, write_json, write_report
from scripts.benchmarks.table import Report, Row, Samples, limited, rendered

_RUN = Run("two cores", "2026-11-23", "start")


def row(*, slow: bool, goal: float = 1.5) -> Row:
    mine, theirs = Samples([2.0] * 18 + [9.0, 9.0]), Samples([2.0] * 20)
    return Row(what="a key", size=10, samples=mine, beside="an app", yardstick=theirs, goal=goal, slow=slow)


def test_a_goal_for_the_slow_ones_is_not_met_by_the_median() -> None:
    assert row(slow=False).met
    assert not row(slow=True).met


def test_a_limit_of_nothing_at_all_is_met_by_nothing_only() -> None:
    assert limited("idle", 10, [0.0], 0.0, "B").met
    assert not limited("idle", 10, [1.0], 0.0, "B").met


def test_what_has_no_yardstick_has_no_verdict() -> None:
    assert limited("a key", 10, [1.0], None).met is None


def test_the_table_says_goal_and_verdict() -> None:
    assert "p95 <= 1.5x MISSED" in rendered([Report([row(slow=True)])])


def test_every_sample_is_written_as_json(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    write_json(path, _RUN, [Report([row(slow=True)], ["a note"])])
    written = json.loads(path.read_text(encoding="utf-8"))
    (one,) = written["rows"]
    assert (one["p95"], one["ratio"], one["met"], len(one["values"])) == (9.0, 4.5, False, 20)
    assert written["notes"] == ["a note"]


def test_the_report_counts_the_goals_and_leaves_out_what_has_none(tmp_path: Path) -> None:
    rows = [row(slow=True), row(slow=False), limited("first screen", 10, [1.0], None)]
    text = write_report(tmp_path / "benchmarks", _RUN, [Report(rows)]).read_text(encoding="utf-8")
    assert "1 of 2 goals met" in text
    assert "first screen" not in text


def test_on_a_line_output_waits_for_what_was_written_before_it() -> None:
    line = Line(kbits=8, round_trip=100)
    # A byte a millisecond, and 92 around each packet.
    assert line.arrivals([(0, 8), (10, 8), (1000, 8)]) == pytest.approx([150, 250, 1150])


def test_on_a_line_a_large_picture_goes_in_several_packets() -> None:
    assert Line(kbits=8, round_trip=0).arrivals([(0, 2800)]) == pytest.approx([2800 + 2 * 92])
