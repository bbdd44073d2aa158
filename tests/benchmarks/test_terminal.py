from collections.abc import Iterator

import pytest

from scripts.benchmarks.terminal import DOWN, Program

#: It says that it is ready, asks what a terminal is asked, and sends back what is typed.
_ECHO = "stty raw -echo; printf '\\033[?1h\\033[?2026$p\\033[3;1Hready '; exec cat -v"


@pytest.fixture
def echo() -> Iterator[Program]:
    program = Program(["sh", "-c", _ECHO], (40, 4))
    program.wait_for("ready")
    program.wait_for("2026;2$y")
    yield program
    program.close()


def test_a_key_is_charged_with_its_own_bytes_and_lines(echo: Program) -> None:
    before = echo.sent
    answer = echo.press("x", "yx", lines=True)
    assert (answer.bytes, answer.lines, echo.sent - before) == (1, 1, 1)
    assert 0 < answer.first <= answer.last


def test_cursor_keys_are_sent_as_the_program_wants_them(echo: Program) -> None:
    assert echo.press(DOWN, "^[OB").bytes == len("^[OB")


def test_what_a_held_key_brings_is_counted_a_key(echo: Program) -> None:
    held = echo.hold("x", 5, 500)
    assert (held.bytes_a_key, echo.shows("xxxxx")) == (1, True)
    assert echo.sent == sum(size for _, size in echo.written)


def test_a_program_that_has_ended_is_said_to_have(echo: Program) -> None:
    with pytest.raises(TimeoutError, match="has ended"):
        Program(["true"]).wait_for("never")


def test_memory_and_time_of_a_processor_are_told(echo: Program) -> None:
    assert echo.memory() > 100
    assert echo.used() > 0
