"""A command at an empty place, and one whose book has a few customers."""

import shutil
from pathlib import Path

import pytest

from tests.cli.command import CONTACTS, OPEN_ITEMS, Arctui


@pytest.fixture
def empty(tmp_path: Path) -> Arctui:
    return Arctui(tmp_path)


@pytest.fixture(scope="session")
def with_customers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a command that has imported a few customers, made once."""
    made = Arctui(tmp_path_factory.mktemp("customers"))
    made.feed(OPEN_ITEMS)
    made.feed(CONTACTS, "contacts.csv")
    return made.folder


@pytest.fixture
def arctui(empty: Arctui, with_customers: Path) -> Arctui:
    shutil.copytree(with_customers, empty.folder, dirs_exist_ok=True)
    return empty
