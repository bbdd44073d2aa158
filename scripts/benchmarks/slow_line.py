"""The part `line`: every key on a small and on a large screen, as a clerk sees it over a bad line (`Line`).

What was promised was promised for the usual size, so these are figures without goals.
"""

from collections.abc import Iterator, Sequence

from scripts.benchmarks.answers import behind, bytes_of
from scripts.benchmarks.books import DAY, Lent, say
from scripts.benchmarks.line import Line
from scripts.benchmarks.options import Options
from scripts.benchmarks.screen_keys import KEYS
from scripts.benchmarks.table import Report, Row, limited
from scripts.benchmarks.terminal import DOWN, ENTER, READY, UP, Answer, Workstation

_LOOKS = ((80, 24), (160, 45))
_HELD = 20


def measure(options: Options) -> Report:
    """Open the workstation at each size and press everything."""
    size, report, line = options.pair[0], Report(), Line()
    book = options.books.lend(size, "line")
    # In a hurry on the small screen only.
    for columns, lines in _LOOKS[: 1 if options.quick else None]:
        look = f"at {columns}x{lines}"
        say(size, f"over the line {look}")
        program = Workstation(book.path, DAY, (columns, lines))
        try:
            report.rows += _pressed(program, book, size, look, 1 if options.quick else 12)
        finally:
            program.close()
    report.notes.append(
        f"The line: {line.kbits:.0f} kbit/s and a round trip of {line.round_trip:.0f} ms, which is in every figure."
    )
    return report


def _pressed(program: Workstation, book: Lent, size: int, look: str, rounds: int) -> Iterator[Row]:
    program.wait(book.at, READY)
    moves = [program.press(key, lines=True) for _ in range(rounds * 2) for key in (DOWN, UP)]
    yield from _seen(f"cursor key {look}", size, moves)
    yield from behind(f"held {look}", size, program.hold(DOWN, _HELD, 30))
    for keys in KEYS:
        found = keys.pressed(program, max(1, rounds // keys.share), lines=True)
        yield from _seen(f"{keys.name} {look}", size, found)
    program.lead(["p", *"fri"])
    yield from _seen(f"an act {look}", size, [program.press(ENTER, "promises 1", lines=True)])
    yield from _seen(f"an act undone {look}", size, [program.press("u", "promises 0", lines=True)])


def _seen(what: str, size: int, answers: Sequence[Answer]) -> Iterator[Row]:
    yield limited(f"{what}: bytes", size, bytes_of(answers), None, "B")
    yield limited(f"{what}: lines changed", size, [float(a.lines) for a in answers], None, "")
    yield limited(f"{what}: over the line", size, [a.over_line for a in answers], None)
