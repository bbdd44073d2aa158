"""The keys of the part `screen`: where each is pressed, how its place is come to and left, and what it may cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.benchmarks.terminal import (
    DOWN,
    END,
    ENTER,
    ESCAPE,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    Answer,
    Program,
)


@dataclass(frozen=True)
class Keys:
    """Keys that are measured, one after the other; `before` and `after` them what only leads there and back.

    `most` ms and `most_bytes` are what a key may cost. With a `share` of 4 there are a quarter of the usual rounds.
    """

    name: str
    keys: Sequence[str]
    most: float
    most_bytes: float | None
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    share: int = 1

    def pressed(self, program: Program, rounds: int, *, lines: bool = False) -> list[Answer]:
        """Press them so many times."""
        found: list[Answer] = []
        for _ in range(rounds):
            program.lead(self.before)
            found += program.press_all(self.keys, lines=lines)
            program.lead(self.after)
        return found


_CLEAR = "\x15"
KEYS = (
    Keys("page down, end, page up, home", (PAGE_DOWN, END, PAGE_UP, HOME), 11, 3_200, share=4),
    Keys("a call opened", (ENTER,), 25, 4_000, (DOWN,), (ESCAPE,), share=2),
    Keys("a reply in the script", ("1",), 15, 2_000, (DOWN, ENTER), ("\x7f", ESCAPE), share=2),
    Keys("capture line, each key", tuple("fri 1200 ach tony"), 10, 400, ("p",), (_CLEAR, ESCAPE), share=8),
    Keys("the month turned", (PAGE_DOWN, PAGE_UP), 50, None, ("c",), ("w",), share=4),
    Keys("the day moved", (RIGHT, LEFT), 20, 1_000, ("c",), ("w",), share=4),
)
