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


@pytest.fixture
def busy(arctui: Arctui) -> Arctui:
    """Monday 16 November: a promise for Friday, a callback on Tuesday there, a dispute, first calls."""
    for who, line in (
        ("100", "fri 1200 check tony"),
        ("200", "cb tue 10:30 ask for mrs lee"),
        ("400", "dsp 100 wet"),
    ):
        assert arctui.call("log", who, line).code == 0
    return arctui
