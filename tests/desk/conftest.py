"""A ledger that has imported nothing, and the data sets beside the project."""

from pathlib import Path

import pytest

from tests.desk import promised
from tests.desk.ledgers import B1, B2, C1, Ledger

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture
def fed(ledger: Ledger) -> Ledger:
    """A ledger that has the open items of two customers since the day before."""
    ledger.open_items(B1, B2, C1)
    ledger.on(4)
    return ledger


@pytest.fixture
def broken(ledger: Ledger) -> Ledger:
    """Birch promised 120.00 of its 150.00 on Monday 2 by card for Friday 6, nothing came; it is Monday 9."""
    ledger.open_items(promised.B1, promised.B2, promised.C1)
    ledger.desk.log(ledger.account().id, "fri 120 card")
    ledger.on(9)
    return ledger


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the data sets beside the project are not here")
    return SHARED
