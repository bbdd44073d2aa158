"""What is told of keys that were pressed: their time, their bytes, what they painted, how far a held one lags."""

from collections.abc import Iterator, Sequence

from scripts.benchmarks.line import Line
from scripts.benchmarks.table import Row, Samples, limited
from scripts.benchmarks.terminal import Answer, Held

#: Goals of the cursor key: bytes; ms behind it when it was held.
_CURSOR_BYTES, _LAG = 320, 1000 / 30


def painted(what: str, size: int, answers: Sequence[Answer]) -> Iterator[Row]:
    """Say what a move of the cursor sends, beside what the cells need that look different after it."""
    yield limited(f"{what}: bytes", size, bytes_of(answers), _CURSOR_BYTES, "B")
    yield Row(
        what=f"{what}: bytes",
        size=size,
        samples=Samples(bytes_of(answers)),
        beside="the changed cells alone",
        yardstick=Samples([float(a.least) for a in answers]),
        unit="B",
    )
    yield limited(f"{what}: lines changed", size, [float(a.lines) for a in answers], None, "")


def times_of(answers: Sequence[Answer]) -> Samples:
    """Return the ms to the last byte."""
    return Samples([answer.last for answer in answers])


def bytes_of(answers: Sequence[Answer]) -> list[float]:
    """Return the bytes of each."""
    return [float(answer.bytes) for answer in answers]


def behind(what: str, size: int, held: Held) -> Iterator[Row]:
    """Say how far the cursor is behind the key after release, and how long until the facts, which wait for that."""
    yield limited(f"{what}: cursor behind it after release", size, [lag(held, held.placed)], _LAG)
    yield limited(f"{what}: facts there after release", size, [lag(held, len(held.written))], None)


def lag(held: Held, pieces: int) -> float:
    """How long after the last key, and the round trip that nothing can save, so many pieces are there, in ms."""
    line = Line()
    delay = line.round_trip / 2
    arrived = line.arrivals([(at + delay, size) for at, size in held.written[:pieces]])[-1]
    return max(0.0, arrived - held.last_key - 2 * delay)
