"""A command at an empty place, and one whose book has a few customers."""

from pathlib import Path

import pytest

from tests.cli.command import CONTACTS, OPEN_ITEMS, Arctui


@pytest.fixture
def empty(tmp_path: Path) -> Arctui:
    return Arctui(tmp_path)


@pytest.fixture
def arctui(empty: Arctui) -> Arctui:
    empty.feed(OPEN_ITEMS)
    empty.feed(CONTACTS, "contacts.csv")
    return empty
