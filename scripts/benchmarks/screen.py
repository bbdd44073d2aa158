"""The part `screen`: what each key costs on the open workstation, in ms, bytes and lines, beside other programs.

All programs are open at the same time and are typed to in turns.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from scripts.benchmarks import makers
from scripts.benchmarks.answers import behind, bytes_of, painted, times_of
from scripts.benchmarks.books import DAY, say
from scripts.benchmarks.options import Options
from scripts.benchmarks.peers import CURSES, EMPTY, FZF, NEOMUTT, missing, peers
from scripts.benchmarks.screen_keys import KEYS, Keys
from scripts.benchmarks.table import Report, Row, Samples, limited
from scripts.benchmarks.terminal import DOWN, ENTER, ESCAPE, READY, Answer, Held, Program, Workstation
from scripts.benchmarks.timing import in_turn

#: Goals: of the cursor key beside the empty Textual app; held, in bytes.
_CURSOR, _HELD_BYTES = 1.5, 450
#: Of a search beside fzf and in bytes; of an act in ms.
_SEARCH, _SEARCH_BYTES, _ACT = 0.8, 3_200, 40
#: In a minute without a key: parts of a processor, in percent, and bytes.
_IDLE_PERCENT, _IDLE_BYTES = 0.1, 0.0
#: Memory beside the empty Textual app, of the usual book and of the large one.
_MEMORY = (2.0, 4.0)
#: What is searched for: letters that stand in one name after the other.
_WORDS = "cedar mill"
_SMALL, _LARGE = "arctui", "arctui, large"


def measure(options: Options) -> Report:
    """Open everything, then press the keys."""
    with ExitStack() as stack:
        return _Desk(options, stack).measured()


class _Desk:
    """The open programs."""

    def __init__(self, options: Options, stack: ExitStack) -> None:
        self.options = options
        self.small, self.large = options.pair
        self.report = Report()
        self._stack = stack
        self._rounds = 6 if options.quick else 40
        self._programs: dict[str, Program] = {}

    def measured(self) -> Report:
        """Press everything there is to be pressed."""
        self._open()
        self.report.rows += [*self._idle(), *self._cursor(), *self._held(), *self._search()]
        for name, size in self._sizes().items():
            # In a hurry each key is pressed in one book only.
            for keys in KEYS if name == self._largest or not self.options.quick else ():
                self.report.rows += self._keys(name, size, keys)
            self.report.rows += self._act(name, size)
        self.report.rows += self._memory()
        self.report.notes += [*self._flat(), *missing()]
        return self.report

    def _sizes(self) -> dict[str, int]:
        return {_SMALL: self.small} | ({_LARGE: self.large} if self.large > self.small else {})

    @property
    def _largest(self) -> str:
        return list(self._sizes())[-1]

    def _open(self) -> None:
        say(self.small, "opening the programs")
        for name, size in self._sizes().items():
            book = self.options.books.lend(size, "screen")
            self._begin(name, Workstation(book.path, DAY), book.at, READY)
        for folder, count, wanted in (
            ("peers", self.small, (EMPTY, CURSES, NEOMUTT)),
            ("large peers", self.large, (FZF,)),
        ):
            place = self.options.folder / folder
            for peer in peers(place, [makers.name(number) for number in range(count)]).values():
                if peer.name in wanted:
                    self._begin(peer.name, peer.start(place), peer.shows)

    def _begin(self, name: str, program: Program, *shows: str) -> None:
        self._stack.callback(program.close)
        program.wait_for(*shows)
        program.settle(0.5)
        self._programs[name] = program

    def _idle(self) -> Iterator[Row]:
        """Do nothing at all with all of them at once."""
        seconds = 3 if self.options.quick else 20
        say(self.small, f"idle for {seconds} s")
        for name in self._sizes():
            self._programs[name].rest()
        before = {name: (p.sent, p.used()) for name, p in self._programs.items()}
        time.sleep(seconds)
        for name, size in self._sizes().items():
            program = self._programs[name]
            program.settle(0.01)
            sent, used = program.sent - before[name][0], program.used() - before[name][1]
            yield limited("idle: bytes a second", size, [sent / seconds], _IDLE_BYTES, "B")
            yield limited("idle: part of a processor", size, [used / seconds / 10], _IDLE_PERCENT, "%")

    def _memory(self) -> Iterator[Row]:
        """Look at what each holds after all that was pressed."""
        empty = Samples([self._programs[EMPTY].memory() / 1000])
        for (name, size), goal in zip(self._sizes().items(), _MEMORY, strict=False):
            held = Samples([self._programs[name].memory() / 1000])
            yield Row(
                what="memory after all keys",
                size=size,
                samples=held,
                beside=EMPTY,
                yardstick=empty,
                goal=goal,
                unit="MB",
            )

    def _turns(self, names: list[str], press: Callable[[Program, int], Answer]) -> dict[str, list[Answer]]:
        """Press a key in each program in turns."""
        found: dict[str, list[Answer]] = {}
        for number in range(self._rounds):
            for name in in_turn(number, names):
                found.setdefault(name, []).append(press(self._programs[name], number))
        return found

    def _cursor(self) -> Iterator[Row]:
        """Move down the list, the facts of each account following."""
        say(self.small, "the cursor key")
        found = self._turns(list(self._programs), lambda program, _: program.press(DOWN, lines=True))
        what = "cursor key, facts following"
        for name, size in self._sizes().items():
            ours = found[name]
            for other in (EMPTY, CURSES, NEOMUTT, FZF):
                if other in found:
                    goal = _CURSOR if other == EMPTY else None
                    mine, theirs = times_of(ours), times_of(found[other])
                    yield Row(
                        what=what, size=size, samples=mine, beside=other, yardstick=theirs, goal=goal, slow=True
                    )
            yield from painted(what, size, ours)

    def _held(self) -> Iterator[Row]:
        """Hold the cursor key over a bad line."""
        keys = 20 if self.options.quick else 120
        what = "cursor key held, 30 a second"
        held: dict[str, Held] = {}
        for name in (*self._sizes(), *(name for name in (EMPTY, CURSES, NEOMUTT) if name in self._programs)):
            say(self.small, f"the cursor key held: {name}")
            held[name] = self._programs[name].hold(DOWN, keys, 30)
        for name, size in self._sizes().items():
            yield from behind(what, size, held[name])
            yield limited(f"{what}: bytes a key", size, [held[name].bytes_a_key], _HELD_BYTES, "B")
            for other in held.keys() - self._sizes().keys():
                mine, theirs = Samples([held[name].bytes_a_key]), Samples([held[other].bytes_a_key])
                yield Row(
                    what=f"{what}: bytes a key", size=size, samples=mine, beside=other, yardstick=theirs, unit="B"
                )

    def _search(self) -> Iterator[Row]:
        """Type a search, letter by letter, in the largest book and in fzf."""
        say(self.large, "searching")
        what, own = "search, each key", self._programs[self._largest]
        found: dict[str, list[Answer]] = {}
        for number in range(1 if self.options.quick else 6):
            for name in in_turn(number, [n for n in (self._largest, FZF) if n in self._programs]):
                program = self._programs[name]
                if program is own:
                    program.lead("/")
                found.setdefault(name, []).extend(program.press_all(_WORDS))
                # Escape would end fzf.
                program.lead([ESCAPE if program is own else "\x15"])
        ours = found[self._largest]
        if FZF in found:
            yield Row(
                what=what,
                size=self.large,
                samples=times_of(ours),
                beside=FZF,
                yardstick=times_of(found[FZF]),
                goal=_SEARCH,
            )
        else:
            yield limited(what, self.large, times_of(ours).values, None)
        yield limited(f"{what}: bytes", self.large, bytes_of(ours), _SEARCH_BYTES, "B")

    def _keys(self, name: str, size: int, keys: Keys) -> Iterator[Row]:
        say(size, keys.name)
        found = keys.pressed(self._programs[name], max(1, self._rounds // keys.share))
        yield limited(keys.name, size, times_of(found).values, keys.most)
        yield limited(f"{keys.name}: bytes", size, bytes_of(found), keys.most_bytes, "B")

    def _act(self, name: str, size: int) -> Iterator[Row]:
        """Take a promise by the line, until list, figures and calendar show it; then take it back."""
        say(size, "an act")
        program, answers, back, next_ = self._programs[name], list[Answer](), list[Answer](), list[Answer]()
        for _ in range(3 if self.options.quick else 9):
            program.lead(["p", *"fri"])
            answers.append(program.press(ENTER, "promises 1"))
            next_.append(program.press(DOWN))
            back.append(program.press("u", "promises 0"))
            program.settle(0.5)
        # What the first one alone has to work out is not hidden in the others.
        first, *answers = answers
        yield limited("the first act after a start", size, [first.last], _ACT)
        yield limited("an act: a promise saved, all up to date", size, times_of(answers).values, _ACT)
        yield limited("an act: bytes", size, bytes_of(answers), None, "B")
        yield limited("the cursor key right after it", size, times_of(next_).values, None)
        yield limited("an act undone, all up to date", size, times_of(back).values, _ACT)

    def _flat(self) -> list[str]:
        """Say for each key how it grows with the book."""
        if self.large == self.small:
            return []
        by_size: dict[str, dict[int, float]] = {}
        for row in self.report.rows:
            if row.unit == "ms":
                by_size.setdefault(row.what, {})[row.size] = row.samples.median
        grown = [
            f"{what} {times[self.large] / times[self.small]:.1f}x"
            for what, times in by_size.items()
            if self.large in times and times.get(self.small)
        ]
        return [f"From {self.small:,} accounts to {self.large:,}, medians: {'; '.join(grown)}."]
