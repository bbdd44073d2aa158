"""What was asked for on the command line."""

from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.books import Books


@dataclass(frozen=True)
class Options:
    """`sizes` are accounts; `quick`: fewer rounds; `slow`: also what takes minutes. `folder` is taken away after.

    `pair`: the sizes for which something was promised on a usual book and on a large one.
    """

    folder: Path
    sizes: tuple[int, ...]
    pair: tuple[int, int]
    quick: bool
    slow: bool
    books: Books
