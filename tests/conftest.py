"""What all tests share."""

import gc
import os
import shutil

import pytest
from hypothesis import settings

_MEMORY = "/dev/shm"

# How long one example takes says more of the machine than of the rule.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_configure() -> None:
    """Put the tests' files into memory, where the system has a place for that and room in it.

    They are tens of thousands, and on a disk their making and removing took more time than all waiting in the tests.
    `TMPDIR` or `PYTEST_DEBUG_TEMPROOT` puts them elsewhere.
    """
    given = os.environ.keys() & {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"}
    if not given and os.access(_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(_MEMORY).free > 4 * 2**30:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = _MEMORY


def pytest_collection_finish() -> None:
    """Leave out of the collector what stays to the end, the libraries and thousands of tests, and let it look seldom.

    What a test leaves behind is little; to look for it among all that stays took a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _no_real_flushing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the disk in peace: without a power cut nothing depends on it, and it is what takes the time.

    That every flush is asked for, and before what, the tests of the store watch at the call itself.
    """
    monkeypatch.setattr(os, "fsync", lambda _: None)
