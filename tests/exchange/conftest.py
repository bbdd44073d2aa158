"""What the tests of readers share: reading a text as if it were a file, and the data sets beside the project."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arctui.exchange.read import read_table
from arctui.exchange.report import ReadOptions, Report
from arctui.exchange.table import parse

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

Reading = Callable[..., Report]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the data sets beside the project are not here")
    return SHARED


@pytest.fixture(scope="session")
def reading() -> Reading:
    def read(text: str | bytes, options: ReadOptions | None = None) -> Report:
        data = text if isinstance(text, bytes) else text.encode()
        return read_table(parse(data), options or ReadOptions())

    return read
