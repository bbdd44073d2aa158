"""Shared hosts for the tests."""

from pathlib import Path

import pytest

from tests.hosts.host import Host


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """A shared host with a book of two accounts."""
    return Host(tmp_path)
