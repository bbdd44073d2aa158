"""The program killed at every point of a save: the book is the old one or the new one, never a mixture."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from arctui.store import Book
from arctui.store.verify import problems
from tests.store.makers import book_of, names, only_file, put

PROJECT = Path(__file__).parents[2]
#: The accounts after each act, beside those of the beginning.
STATES: dict[str, set[str]] = {
    "": set(),
    "one": {"one", "one again"},
    "two": {"one", "one again", "two", "two again"},
    "undo": {"one", "one again"},
    "three": {"one", "one again", "three"},
}
ACTS = list(STATES)


def killed_runs(folder: Path, first: Path | None = None) -> list[Path]:
    """Run the acts in children of a process of its own, killed at each point in turn."""
    folder.mkdir()
    arguments = [sys.executable, "-m", "tests.store.faults", str(folder), *([str(first)] if first else [])]
    done = subprocess.run(arguments, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [folder / name for name in json.loads(done.stdout)]


def acknowledged(place: Path) -> list[str]:
    return place.with_name(f"{place.name}.log").read_text().split()


def whole(place: Path, beginning: set[str]) -> str:
    """Say what is wrong with a book after a kill; "" if it is the last acknowledged state or the next one."""
    said = acknowledged(place)
    if said != ACTS[1 : 1 + len(said)]:
        return f"{place.name}: acknowledged {said}"
    expected = [beginning | STATES[act] for act in ACTS[len(said) : len(said) + 2]]
    book = Book(place / "b.json", new=True)
    if set(names(book)) not in expected:
        return f"{place.name}: acknowledged {said}, found {names(book)}"
    if found := problems(book):
        return f"{place.name}: {found}"
    before = set(names(book))
    put(book, "next")
    if set(names(Book(book.path))) != before | {"next"}:
        return f"{place.name}: the next commit is not there"
    if only_file(place) != ["b.json"]:
        return f"{place.name}: left behind {only_file(place)}"
    return ""


@pytest.fixture(scope="module")
def saves(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("saves")
    first = book_of(folder / "first.json", "Birch", "Cedar").path
    return killed_runs(folder / "runs", first)


def test_a_run_that_is_not_killed_is_acknowledged_whole(saves: list[Path]) -> None:
    assert acknowledged(saves[-1]) == ACTS[1:]
    assert len(saves) > 60, "the points before, in and after every call of four saves"


def test_a_save_killed_at_any_point_leaves_the_old_book_or_the_new(saves: list[Path]) -> None:
    wrong = [what for place in saves if (what := whole(place, {"Birch", "Cedar"}))]
    assert wrong == []


def test_kills_fell_before_and_after_the_new_book_stood(tmp_path: Path, saves: list[Path]) -> None:
    counts = {len(acknowledged(place)) for place in saves}
    assert counts == {0, 1, 2, 3, 4}
    assert only_file(tmp_path) == []
