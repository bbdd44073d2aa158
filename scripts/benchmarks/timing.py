"""Taking turns: everything that is compared runs in the same rounds, in another order each time."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from scripts.benchmarks.table import Samples

P = ParamSpec("P")
T = TypeVar("T")

_FEWEST = 3
_SECONDS = 60.0


def timed(act: Callable[[], object]) -> float:
    """Return how long an act takes, in ms."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def in_turn(number: int, names: Iterable[str]) -> list[str]:
    """Return the names, another one first in each turn."""
    ordered = list(names)
    first = number % len(ordered)
    return ordered[first:] + ordered[:first]


class Trial:
    """The times of some subjects, in ms, taken in turns."""

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = {}

    def turn(self, number: int, subjects: Mapping[str, Callable[[], object]]) -> None:
        """Let each subject act once. The turn's number says who begins."""
        for name in in_turn(number, subjects):
            self.note(name, timed(subjects[name]))

    def note(self, name: str, milliseconds: float) -> None:
        """Take down a time that was measured elsewhere."""
        self._times.setdefault(name, []).append(milliseconds)

    @property
    def samples(self) -> dict[str, Samples]:
        """What was measured, by the subject's name."""
        return {name: Samples(times) for name, times in self._times.items()}


def turns(most: int) -> Iterator[int]:
    """Count turns from 0; after a minute it is enough, if there were a few."""
    end = time.monotonic() + _SECONDS
    for number in range(most):
        if number >= _FEWEST and time.monotonic() > end:
            return
        yield number


def in_new_process(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function in a Python of its own: nothing is cached in it yet, and its memory is its own."""
    # What was written before must not be flushed at the cost of what is measured now.
    os.sync()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()
