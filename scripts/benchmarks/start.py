"""The part `start`: from the command to a worklist that can be read, and to a key that has an effect."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from scripts.benchmarks import makers
from scripts.benchmarks.books import DAY, Lent, say
from scripts.benchmarks.line import Line
from scripts.benchmarks.options import Options
from scripts.benchmarks.peers import EMPTY, Peer, missing, peers
from scripts.benchmarks.table import Report, Row, Samples, limited
from scripts.benchmarks.terminal import DOWN, READY, Program, Workstation
from scripts.benchmarks.timing import in_turn

#: The promised size, and those of a laptop's window and of a large one.
USUAL, SIZES = (120, 40), ((80, 24), (160, 45))
#: Goals, as ratios to the empty Textual app, to the smaller book, and as limits.
_READABLE, _EFFECT, _GROWTH, _BYTES, _MEMORY = 1.0, 1.4, 1.3, 8_000, (2.0, 4.0)
_OWN = "arctui"


@dataclass(frozen=True)
class Start:
    """A start: ms until the first screen can be read, also at the far end of a bad line, until a key had effect, and
    until all is there; bytes until the screen can be read, and of it all with the key; ms of a processor and MB used.
    """

    readable: float
    over_line: float
    effect: float
    whole: float
    bytes: float
    all_bytes: float
    processor: float
    memory: float


def begun(program: Program, shows: tuple[str, ...], moved: tuple[str, ...], whole: tuple[str, ...] = ()) -> Start:
    """Follow a program's start to its end. The probe key is pressed as soon as the first screen can be read.

    It must be taken although it may have been pressed before the program listens.
    """
    try:
        readable = program.wait_for(*shows)
        size = program.sent
        arrived = Line().arrivals(program.written)[-1]
        effect = there = readable
        if moved:
            program.type(DOWN)
            effect = there = program.wait_for(*moved)
        if whole:
            there = program.wait_for(*whole)
        program.settle(0.3)
        memory = program.memory() / 1000
        return Start(readable, arrived, effect, there, size, program.sent, program.used(), memory)
    finally:
        program.close()


def own(book: Lent, size: tuple[int, int]) -> Start:
    """Start the workstation on a book: the list can be read once its first rows are all there.

    All is there with the facts of the account that the key led to: its number stands nowhere else.
    """
    program = Workstation(book.path, DAY, size)
    rows = tuple(f" {name[:14]}" for name in book.names)
    return begun(program, (book.at, *rows), (f"WORKLIST  2 of {book.listed}",), (f" {book.names[1]}  C-", READY))


def left(book: Lent, size: tuple[int, int]) -> None:
    """Open the workstation on a book and leave it, so that what the next start begins with is kept."""
    program = Workstation(book.path, DAY, size)
    try:
        program.wait(book.at, READY)
        program.leave()
    finally:
        program.close()


def measure(options: Options) -> Report:
    """Start everything in turns."""
    small, large = options.pair
    books = {size: options.books.lend(size, "start") for size in (small, large)}
    names = [makers.name(number) for number in range(small)]
    beside = peers(options.folder / "peers", names)
    subjects: dict[str, Callable[[], Start]] = {
        **{_own(size): partial(own, book, USUAL) for size, book in books.items()},
        **{_own(small, size): partial(own, books[small], size) for size in SIZES},
        **{name: partial(_peer, peer, options) for name, peer in beside.items()},
    }
    for size in SIZES:
        left(books[small], size)
    for book in dict.fromkeys(books.values()):
        left(book, USUAL)
    found: dict[str, list[Start]] = {}
    for round_ in range(2 if options.quick else 9):
        for name in in_turn(round_, subjects):
            say(small, f"start {round_ + 1}: {name}")
            found.setdefault(name, []).append(subjects[name]())
    report = Report(list(_rows(small, large, found)))
    slope = _of(found[_own(large)], "readable").median - _of(found[_own(small)], "readable").median
    held = _of(found[_own(large)], "memory").median - _of(found[_own(small)], "memory").median
    if large > small:
        thousands = (large - small) / 1000
        report.notes.append(
            f"Slope: 1,000 accounts more cost {slope / thousands:.1f} ms of a start and {held / thousands:.2f} MB."
        )
    report.notes.append(
        "What can be read first is the early picture: it is kept where the program was left before, on the same "
        "book, day and terminal. Without one the list can be read when the account's facts are there."
    )
    report.notes += missing()
    return report


def _peer(peer: Peer, options: Options) -> Start:
    return begun(peer.start(options.folder / "peers"), (peer.shows,), (peer.moved,) if peer.moved else ())


def _own(accounts: int, size: tuple[int, int] = USUAL) -> str:
    return f"{_OWN} {accounts:,} at {size[0]}x{size[1]}"


def _of(starts: list[Start], name: str) -> Samples:
    return Samples([getattr(one, name) for one in starts])


def _rows(small: int, large: int, found: Mapping[str, list[Start]]) -> Iterator[Row]:
    ours, theirs = found[_own(small)], {name: starts for name, starts in found.items() if not name.startswith(_OWN)}
    grown = found[_own(large)]

    def row(
        what: str, size: int, mine: Samples, name: str, other: Samples, goal: float | None, unit: str = "ms"
    ) -> Row:
        return Row(what=what, size=size, samples=mine, beside=name, yardstick=other, goal=goal, unit=unit)

    readable, effect = "start: the worklist can be read", "start: a key has effect"
    whole = "start: the account's facts are there"
    for name, starts in theirs.items():
        goal = _READABLE if name == EMPTY else None
        yield row(readable, small, _of(ours, "readable"), name, _of(starts, "readable"), goal)
    empty = theirs[EMPTY]
    yield row(effect, small, _of(ours, "effect"), EMPTY, _of(empty, "effect"), _EFFECT)
    if large > small:
        for what, of in ((readable, "readable"), (effect, "effect")):
            yield row(what, large, _of(grown, of), f"the same at {small:,}", _of(ours, of), _GROWTH)
    for size, starts in {small: ours, large: grown}.items():
        yield row(whole, size, _of(starts, "whole"), EMPTY, _of(empty, "effect"), None)
    for size, starts in {small: ours, large: grown}.items():
        yield row("start: time of a processor", size, _of(starts, "processor"), EMPTY, _of(empty, "processor"), None)
    sent = "start: bytes in all, with the key"
    yield limited(sent, small, _of(ours, "all_bytes").values, _BYTES, "B")
    for name, starts in theirs.items():
        yield row(sent, small, _of(ours, "all_bytes"), name, _of(starts, "all_bytes"), None, "B")
    sizes = {small: (ours, _MEMORY[0]), large: (grown, _MEMORY[1])}
    for size, (starts, goal) in sizes.items():
        memory = _of(starts, "memory")
        yield row("start: memory then", size, memory, EMPTY, _of(empty, "memory"), goal, "MB")
    for look in (USUAL, *SIZES):
        name, starts = f"{look[0]}x{look[1]}", found[_own(small, look)]
        yield limited(f"first screen at {name}", small, _of(starts, "readable").values, None)
        yield limited(f"first screen at {name}, over the line", small, _of(starts, "over_line").values, None)
        yield limited(f"first screen at {name}: bytes until then", small, _of(starts, "bytes").values, None, "B")
        yield limited(f"first screen at {name}: bytes in all", small, _of(starts, "all_bytes").values, _BYTES, "B")
