"""A ledger that has imported nothing, and the data sets beside the project."""

from pathlib import Path

import pytest

from tests.desk.ledgers import Ledger

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the data sets beside the project are not here")
    return SHARED
