"""What all tests share."""

import os

import pytest


@pytest.fixture(autouse=True)
def _no_real_flushing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the disk in peace: without a power cut nothing depends on it, and it is what takes the time.

    That every flush is asked for, and before what, the tests of the store watch at the call itself.
    """
    monkeypatch.setattr(os, "fsync", lambda _: None)
