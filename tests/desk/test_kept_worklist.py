"""The worklist that is kept beside the book: it is what follows from the book, or it is not taken."""

import hashlib
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.records import Account, FollowUp
from arctui.desk import Desk, DeskError, kept_day, kept_worklist
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.desk.derived import Derived
from arctui.desk.kept_day import KeptDay, read_day
from arctui.store import Book, BookError, beside, opened
from arctui.store.verify import problems

MONDAY = "2026-11-23"
NOON = f"{MONDAY}T12:00-05:00"
MORNING = "2026-11-24T08:00-05:00"


@pytest.fixture(scope="module", autouse=True)
def small_books_too() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_worklist, "WORTH_IT", 1)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, small_books_too: None) -> Path:
    """The demo's book, beside which Monday and Tuesday are kept."""
    path = tmp_path_factory.mktemp("kept") / "book.json"
    make_demo_book(path, Clock(NOON), "ann")
    keep(path)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return lent(made, tmp_path)


def lent(made: Path, folder: Path) -> Path:
    path = folder / "book.json"
    shutil.copy(beside.place_of(made), beside.place_of(path))
    return Path(shutil.copy(made, path))


def sit_down(path: Path, at: str = NOON, clerk: str = "ann") -> Desk:
    return Desk(Book(path), Clock(at), clerk)


def idle(desk: Desk) -> None:
    """Let the desk do all that it does while nobody presses a key."""
    for _ in range(1000):
        if desk.kept.go_on(1.0):
            return
    raise AssertionError("it never ends")


def keep(path: Path, at: str = NOON) -> None:
    """Work on a book for so long that today and the next day are kept."""
    desk = sit_down(path, at)
    desk.worklist()
    idle(desk)
    desk.leave()


def derived(desk: Desk) -> int:
    """How many standings a desk has derived."""
    return sum(account.id in desk.derived._standings for account in desk.book.facts.all(Account))


def same_as_from_nothing(desk: Desk) -> None:
    rows = desk.worklist()
    plain = Derived(desk.book.facts, desk.rules)
    plain.tell(desk.at_bank.words())
    assert rows == plain.worklist()
    assert desk.derived.broken.found(desk.book.facts) == plain.broken.found(desk.book.facts)
    assert [desk.row(a.id) for a in desk.accounts()] == [plain.row(a.id) for a in plain.accounts()]


@pytest.mark.parametrize("at", [NOON, f"{MONDAY}T16:30-05:00", MORNING, "2026-11-24T15:45-05:00"])
def test_the_next_start_has_the_worklist_without_deriving_all(path: Path, at: str) -> None:
    desk = sit_down(path, at)
    assert desk.worklist()
    called_back = len({f.account for f in desk.book.facts.all(FollowUp) if f.hour})
    assert derived(desk) <= called_back + len(kept_day.called(desk.derived))
    same_as_from_nothing(desk)


def accounts_of(desk: Desk) -> list[str]:
    return [a.id for a in desk.accounts()]


def log(desk: Desk, account: str) -> None:
    desk.log(account, "fri 100 card")


def follow_up(desk: Desk, account: str) -> None:
    desk.log(account, "cb 16:00")


ACTS: dict[str, Callable[[Desk, str], object]] = {
    "promise": log,
    "callback": follow_up,
    "next day": lambda desk, account: desk.follow_up(account, "tomorrow ask again"),
    "note": lambda desk, account: desk.note(account, "looked at"),
    "stop": lambda desk, account: desk.stop(account, "legal"),
    "undo": lambda desk, _: desk.undo(),
    "call": lambda desk, account: desk.calls.begin(account),
    "review": lambda desk, _: desk.reviews.close(),
    "policy": lambda desk, _: desk.set_policy("callback_lead_minutes", "30"),
    "another clerk": lambda desk, account: sit_down(desk.book.path, clerk="bob").log(account, "na"),
    "fold": lambda desk, _: desk.book.fold(None),
    "leave and come back": lambda desk, _: desk.leave(),
}


@settings(max_examples=12, deadline=None)
@given(
    acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 100)), max_size=5),
    worked_on=st.booleans(),
    at=st.sampled_from([NOON, f"{MONDAY}T15:50-05:00", MORNING, "2026-11-24T15:50-05:00", "2026-11-27T09:00-05:00"]),
    clerk=st.sampled_from(["ann", "bob"]),
)
def test_after_any_acts_and_on_any_day_it_is_what_is_derived_from_nothing(
    made: Path,
    tmp_path_factory: pytest.TempPathFactory,
    acts: list[tuple[str, int]],
    worked_on: bool,
    at: str,
    clerk: str,
) -> None:
    path = lent(made, tmp_path_factory.mktemp("any"))
    desk = sit_down(path)
    if worked_on:
        desk.worklist()
        idle(desk)
    for name, number in acts:
        accounts = accounts_of(desk)
        with suppress(DeskError, BookError):
            ACTS[name](desk, accounts[number % len(accounts)])
            desk.refresh()
    if worked_on:
        same_as_from_nothing(desk)
        desk.kept.write(desk.kept.shot())
    same_as_from_nothing(sit_down(path, at, clerk))


def test_what_came_before_a_fold_is_in_the_next_day_however_often_it_is_kept(
    made: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = lent(made, tmp_path_factory.mktemp("fold"))
    desk = sit_down(path)
    desk.worklist()
    idle(desk)
    ACTS["callback"](desk, accounts_of(desk)[0])
    desk.book.fold(None)
    for _ in range(2):
        desk.kept.write(desk.kept.shot())
    same_as_from_nothing(sit_down(path, "2026-11-24T08:00-05:00"))


def changed(path: Path, change: Callable[[KeptDay], KeptDay], day: str = MONDAY) -> None:
    """Falsify what is kept of a day, with the right checksums."""
    content = beside.read(path, day)
    kept = read_day(content) if content else None
    assert kept
    beside.write(path, {day: msgspec.json.encode(change(kept))})


FALSE: dict[str, Callable[[KeptDay], KeptDay]] = {
    "a row that says something else": lambda kept: msgspec.structs.replace(
        kept, rows=[msgspec.structs.replace(kept.rows[0], why="made up"), *kept.rows[1:]]
    ),
    "a row that is missing": lambda kept: msgspec.structs.replace(kept, rows=kept.rows[1:]),
    "a row of nobody": lambda kept: msgspec.structs.replace(
        kept, rows=[msgspec.structs.replace(kept.rows[0], account="nobody"), *kept.rows]
    ),
    "another order": lambda kept: msgspec.structs.replace(kept, rows=kept.rows[::-1]),
    "a promise that did not break": lambda kept: msgspec.structs.replace(
        kept, broken={kept.rows[0].account: {"ann": 7}}
    ),
    "money at the bank": lambda kept: msgspec.structs.replace(kept, at_bank={kept.rows[0].account: "paid"}),
}


@pytest.mark.parametrize("false", FALSE)
def test_what_was_falsified_is_put_right_while_nobody_presses_a_key(path: Path, false: str) -> None:
    changed(path, FALSE[false])
    desk = sit_down(path)
    desk.worklist()
    desk.unshown = False
    idle(desk)
    same_as_from_nothing(desk)
    desk.leave()
    again = sit_down(path)
    again.worklist()
    again.unshown = False
    idle(again)
    assert not again.unshown


def test_no_act_and_no_check_reads_what_is_kept(path: Path) -> None:
    before = problems(Book(path))
    changed(path, FALSE["a row that says something else"])
    desk = sit_down(path)
    account = desk.worklist()[0].account
    assert desk.log(account, "na").next
    assert desk.row(account) == Derived(desk.book.facts, desk.rules).row(account)
    assert problems(desk.book) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: msgspec.structs.replace(kept, head=hashlib.sha256().hexdigest()),
        lambda kept: msgspec.structs.replace(kept, number=kept.number + 1),
        lambda kept: msgspec.structs.replace(kept, rules="another version"),
        lambda kept: msgspec.structs.replace(kept, rows=[*kept.rows, kept.rows[0]]),
    ],
)
def test_it_is_not_taken_where_it_is_of_another_history_or_other_rules(
    path: Path, change: Callable[[KeptDay], KeptDay]
) -> None:
    changed(path, change)
    desk = sit_down(path)
    desk.worklist()
    assert derived(desk) == len(accounts_of(desk))


def test_another_release_of_the_rules_does_not_take_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_day, "_program", lambda: "newer")
    desk = sit_down(path)
    desk.worklist()
    assert derived(desk) == len(accounts_of(desk))


def test_it_is_private_and_a_damaged_or_foreign_one_is_as_if_it_were_not_there(path: Path, tmp_path: Path) -> None:
    place = beside.place_of(path)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    whole = place.read_bytes()
    assert beside.read(path, MONDAY)
    for content in (b"", b"nothing", whole[:200], whole.replace(b"Works", b"works"), b"\xff" * 100, whole[70:]):
        place.write_bytes(content)
        assert beside.read(path, MONDAY) is None
    same_as_from_nothing(sit_down(path))
    place.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(whole)
    place.symlink_to(elsewhere)
    assert beside.read(path, MONDAY) is None


def test_where_it_cannot_be_written_the_book_is_left_as_ever(path: Path) -> None:
    beside.place_of(path).unlink()
    beside.place_of(path).mkdir()
    keep(path)
    same_as_from_nothing(sit_down(path))


def test_over_night_a_workstation_that_stays_open_goes_on_with_the_next_day(path: Path) -> None:
    desk = sit_down(path)
    desk.worklist()
    idle(desk)
    desk._clock = Clock(MORNING)
    desk.refresh()
    desk.worklist()
    assert derived(desk) < len(accounts_of(desk))
    same_as_from_nothing(desk)


def test_a_small_book_keeps_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside.place_of(path).unlink()
    monkeypatch.setattr(kept_worklist, "WORTH_IT", 300)
    keep(path)
    assert not beside.place_of(path).exists()


def test_a_start_a_look_and_an_act_on_a_large_book_decode_no_table(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "WORTH_IT", 0)
    Book(path)
    # Taking all of a large table is an error from here on.
    monkeypatch.setattr(opened.TableSource, "all", None)
    desk = sit_down(path)
    rows = desk.worklist()
    account = rows[0].account
    desk.dossier(account)
    desk.standing(account)
    desk.done_today()
    desk.reviews.broke_today("ann")
    desk.note(account, "the parcel came")
    desk.find(desk.dossier(account).account.name)
    desk.worklist()
    idle(desk)
    desk.derived.haystack.prepare(float("inf"))
    desk.derived.days()
    desk.leave()
    assert sit_down(path).worklist() == desk.worklist()
