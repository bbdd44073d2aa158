"""Lines over time as characters: their shapes, gaps and scale, and what a poor terminal gets."""

import pytest

from arctui.tui.signs import in_ascii, only_ascii
from arctui.tui.views.chart import Series, chart, legend

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")


def text(*series: Series, width: int = 60, height: int = 8) -> list[str]:
    return [shown("".join(part for part, _ in line)) for line in chart(series, MONTHS, width, height)]


def shown(text: str) -> str:
    """A text as it comes to the screen."""
    return in_ascii(text) if only_ascii() else text


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_it_has_the_size_that_is_asked_for_and_no_escape_sequence() -> None:
    for width, height in ((60, 8), (30, 6), (120, 12)):
        drawn = text(Series("DSO", [1, 2, 3, 4, 5, 6]), width=width, height=height)
        assert len(drawn) == height
        assert {len(line) for line in drawn} == {width}
        assert "\x1b" not in "".join(drawn)


def test_the_scale_begins_at_nothing_and_ends_at_a_round_number_above_the_largest() -> None:
    drawn = text(Series("DSO", [47, 52, 61, 58, 49, 50]))
    marks = [line.split("┤")[0].strip() for line in drawn if "┤" in line]
    assert marks == ["80", "40", "0"]
    assert drawn[-1].split()[-1] == "Jun"


def test_a_rising_line_is_higher_at_its_end() -> None:
    drawn = text(Series("DSO", [10, 20, 30, 40, 50, 60]))
    rows = [n for n, line in enumerate(drawn[:-2]) if any("⠀" < c <= "⣿" for c in line)]
    first = next(n for n in rows if "⠀" < drawn[n][4] <= "⣿" or "⠀" < drawn[n][3] <= "⣿")
    last = next(n for n in rows if "⠀" < drawn[n][-1] <= "⣿")
    assert last < first


def test_where_a_value_is_not_known_the_line_has_a_gap() -> None:
    def columns(values: list[float | None]) -> set[int]:
        drawn = text(Series("DSO", values))
        return {n for line in drawn[:-2] for n, c in enumerate(line) if "⠀" < c <= "⣿"}

    whole, broken = columns([50] * 6), columns([50, 50, None, None, 50, 50])
    assert broken < whole
    assert len(whole - broken) > 20


def test_a_point_alone_and_nothing_known() -> None:
    assert any("⠀" < c <= "⣿" for line in text(Series("DSO", [None, None, 5, None, None, None])) for c in line)
    assert text(Series("DSO", [None] * 6)) == []
    assert text(Series("DSO", [0.0] * 6)) != []


def test_the_second_series_has_a_mark_on_each_point_so_that_no_colour_is_needed() -> None:
    both = (Series("DSO", [50] * 6), Series("best", [30, 31, None, 29, 30, 31]))
    assert "".join(text(*both)[:-2]).count("o") == 5
    assert legend(both) == "⠒⠒ DSO  o best"
    assert legend(both[:1]) == ""


@pytest.mark.parametrize("terminal", ["vt100", "dumb"])
def test_a_terminal_that_has_ascii_alone_gets_nothing_else(monkeypatch: pytest.MonkeyPatch, terminal: str) -> None:
    monkeypatch.setenv("TERM", terminal)
    both = (Series("DSO", [50, 52, 54, 60, 61, 62]), Series("best", [30] * 6))
    drawn = "\n".join(text(*both))
    assert drawn.isascii()
    assert "*" in drawn
    assert legend(both) == "** DSO  o best"


def test_so_does_an_output_that_is_not_written_in_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.__stderr__", type("Latin", (), {"encoding": "ISO-8859-1"})())
    assert "\n".join(text(Series("DSO", [50] * 6))).isascii()


def test_the_console_has_frames_but_no_fine_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    drawn = "\n".join(text(Series("DSO", [50] * 6)))
    assert "┤" in drawn
    assert "*" in drawn
    assert not any("⠀" < c <= "⣿" for c in drawn)


def test_one_chart_leaves_nothing_in_the_next() -> None:
    alone = text(Series("DSO", [50] * 6))
    text(Series("DSO", [1, 9, 1, 9, 1, 9]), Series("best", [5] * 6), width=90, height=14)
    assert text(Series("DSO", [50] * 6)) == alone


@pytest.mark.parametrize(
    ("name", "is_ascii"), [("C", True), ("POSIX", True), ("C.UTF-8", False), ("en_US.UTF-8", False)]
)
def test_the_locale_c_has_ascii_alone(monkeypatch: pytest.MonkeyPatch, name: str, is_ascii: bool) -> None:
    monkeypatch.setenv("LC_ALL", name)
    assert "\n".join(text(Series("DSO", [50] * 6))).isascii() is is_ascii
