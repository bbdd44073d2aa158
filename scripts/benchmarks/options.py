"""What was asked for on the command line."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`sizes` are accounts; `quick`: fewer rounds; `slow`: also what takes minutes. `folder` is taken away after."""

    folder: Path
    sizes: tuple[int, ...]
    quick: bool
    slow: bool
