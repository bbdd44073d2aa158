"""The program killed at every point of its acts: what was acknowledged is there, and nothing of a mixture."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arctui.store import Book, BookError, base
from arctui.store.transactions import chain_breaks
from arctui.store.verify import problems
from tests.store.faults import STATES
from tests.store.makers import FORMAT_1, NOON, book_of, held, only_file, put

PROJECT = Path(__file__).parents[2]
ACTS = list(STATES)
OLD = "b.json.format-1"


def killed_runs(folder: Path, first: Path | None = None) -> list[Path]:
    """Run the acts in children of a process of its own, killed at each point in turn."""
    folder.mkdir()
    arguments = [sys.executable, "-m", "tests.store.faults", str(folder), *([str(first)] if first else [])]
    done = subprocess.run(arguments, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return [folder / name for name in json.loads(done.stdout)]


def acknowledged(place: Path) -> list[str]:
    return place.with_name(f"{place.name}.log").read_text().splitlines()


def whole(place: Path, beginning: set[str]) -> str:
    """Say what is wrong with a book after a kill; "" if it is the last acknowledged state or the next one."""
    said = acknowledged(place)
    if said != ACTS[1 : 1 + len(said)]:
        return f"acknowledged {said}"
    expected = [beginning | STATES[act] for act in ACTS[len(said) : len(said) + 2]]
    book = Book(place / "b.json", new=True)
    found = set(held(book))
    if found not in expected:
        return f"acknowledged {said}, found {held(book)}"
    if wrong := problems(book):
        return f"{wrong}"
    put(book, "next")
    if set(held(Book(book.path))) != found | {"next"}:
        return "the next commit is not there"
    book.undo("ann", NOON)
    if problem := book.fold(NOON):
        return problem
    again = Book(book.path)
    if set(held(again)) != found or problems(again):
        return f"after a fold: {held(again)}, {problems(again)}"
    if list(chain_breaks(again.history, base.read(again.path).meta.origin)):
        return "the chain of the history is broken"
    return left_behind(place)


def left_behind(place: Path) -> str:
    """Say what lies beside a folded book and its backups; of a book of format 1 the old file must lie there."""
    begun_in_1 = (place / OLD).exists()
    if begun_in_1 and (place / OLD).read_bytes() != FORMAT_1:
        return "the old file is not as it was"
    expected = ["b.json", "b.json.backups", *([OLD] if begun_in_1 else [])]
    strange = [name for name in only_file(place / "b.json.backups") if not name.endswith(".json") or name[0] == "."]
    return f"left behind {only_file(place)}, {strange}" if only_file(place) != expected or strange else ""


def no_book(_: Path) -> None:
    pass


def book_with_journal(folder: Path) -> None:
    book_of(folder / "b.json", "Birch", "Cedar")


def book_of_format_1(folder: Path) -> None:
    (folder / "b.json").write_bytes(FORMAT_1)


BEGINNINGS = [no_book, book_with_journal, book_of_format_1]


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda b: b.__name__.replace("_", " "))
def test_a_kill_at_any_point_loses_nothing_acknowledged_and_leaves_no_litter(
    tmp_path: Path, begin: Callable[[Path], None]
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    begin(first)
    beginning = {"Birch", "Cedar"} if only_file(first) else set()
    places = killed_runs(tmp_path / "runs", first)
    assert acknowledged(places[-1]) == ACTS[1:], "the last run is not killed"
    assert {len(acknowledged(place)) for place in places} == set(range(len(ACTS))), "kills fell into every act"
    wrong = []
    for place in places:
        try:
            what = whole(place, beginning)
        except BookError as error:
            what = str(error).replace(str(place), "")
        wrong += [f"{place.name}, {len(acknowledged(place))} acts: {what}"] if what else []
        if begin is book_of_format_1 and not (place / OLD).exists():
            wrong.append(f"{place.name}: the old file was not kept")
    assert wrong == []
