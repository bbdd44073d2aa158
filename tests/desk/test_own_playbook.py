"""The firm's own call script at the desk: where it is found, and that a broken one never blocks the day."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from arctui.core.policy import Policy, PolicyError
from arctui.core.records import PolicyChange
from arctui.desk.playbooks import load_playbook
from arctui.playbook.model import standard
from tests.playbook.clerks import Clerk, birch

#: A change to the standard script, and a broken one.
OWN = '[steps.now]\nsay = ["Can it leave today?"]\n'
BROKEN = '[steps.now]\nreplies = [{ text = "Yes", to = "limbo" }]\n'


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration folder of arctui, empty."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "arctui"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "books"
    folder.mkdir()
    return folder / "book.json"


def said(book: Path, policy: Policy = Policy()) -> tuple[str, ...]:  # noqa: B008
    """What the script in force says at one step; nothing is wrong with it."""
    playbook, problems = load_playbook(book, policy)
    assert problems == ()
    return playbook.steps["now"].say


def own(word: str) -> str:
    return f'[steps.now]\nsay = ["{word}"]\n'


def test_without_an_own_file_it_is_the_standard_script(book: Path) -> None:
    assert load_playbook(book, Policy()) == (standard(), ())


def test_the_policy_comes_before_the_books_folder_and_that_before_the_users_configuration(
    book: Path, config: Path
) -> None:
    (config / "playbook.toml").write_text(own("config"))
    assert said(book) == ("config",)
    (book.parent / "playbook.toml").write_text(own("beside"))
    assert said(book) == ("beside",)
    (book.parent / "firm.toml").write_text(own("policy"))
    assert said(book, Policy(playbook="firm.toml")) == ("policy",)


def test_the_policys_path_goes_from_the_books_folder_or_from_home_or_from_the_root(book: Path) -> None:
    home = book.parents[1] / "home"
    home.mkdir()
    (home / "firm.toml").write_text(own("home"))
    assert said(book, Policy(playbook="../home/firm.toml")) == ("home",)
    assert said(book, Policy(playbook="~/firm.toml")) == ("home",)
    assert said(book, Policy(playbook=str(home / "firm.toml"))) == ("home",)


def test_a_file_that_the_policy_names_and_that_is_not_there_is_told(book: Path) -> None:
    (book.parent / "playbook.toml").write_text(OWN)
    playbook, problems = load_playbook(book, Policy(playbook="gone.toml"))
    assert playbook == standard()
    assert [str(problem) for problem in problems] == [f"{book.parent / 'gone.toml'}: there is no such file"]


def test_a_home_that_is_not_there_is_refused_where_the_setting_is_stored(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, birch())
    with pytest.raises(PolicyError, match="there is no ~nobody-of-that-name here"):
        clerk.desk.set_policy("playbook", "~nobody-of-that-name/p.toml")
    for path in ("~/p.toml", "gone.toml", ""):
        clerk.desk.set_policy("playbook", path)


def test_a_home_that_is_not_there_is_told_at_the_desk_and_the_setting_can_be_put_right(tmp_path: Path) -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    change = PolicyChange(
        id="p", setting="playbook", value="~nobody-of-that-name/p.toml", since=at.date(), by="ann", at=at
    )
    clerk = Clerk.with_book(tmp_path, [*birch(), change])
    later = clerk.later("2026-11-23T10:20:00-05:00").begin()
    told = f"{tmp_path / '~nobody-of-that-name' / 'p.toml'}: there is no such file"
    assert later.calls.find_problems() == (told,)
    assert later.calls.playbook == standard()
    later.desk.set_policy("playbook", "")
    assert Clerk(tmp_path / later.path.name).calls.find_problems() == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00", "this is no text in UTF-8 (byte 1)"),
        (b"say = ", "this is no TOML: invalid value"),
        (b"#" * 4_000_001, "this is too large for a playbook"),
        (b"\x00", "this is no TOML: invalid statement"),
        (BROKEN.encode(), "step now: it leads to limbo, which is no step"),
    ],
    ids=["no text", "no TOML", "too large", "a null", "leads nowhere"],
)
def test_a_broken_own_file_is_told_and_the_standard_script_is_used(book: Path, content: bytes, why: str) -> None:
    (book.parent / "playbook.toml").write_bytes(content)
    playbook, problems = load_playbook(book, Policy())
    assert playbook == standard()
    assert any(why in str(problem) for problem in problems), problems


def test_a_folder_of_that_name_is_told(book: Path) -> None:
    (book.parent / "playbook.toml").mkdir()
    assert [p.why for p in load_playbook(book, Policy())[1]] == ["this is no file"]


def test_a_file_with_a_mark_and_line_ends_of_another_system_is_read(book: Path) -> None:
    (book.parent / "playbook.toml").write_bytes(b"\xef\xbb\xbf" + own("there").replace("\n", "\r\n").encode())
    assert said(book) == ("there",)


# In a call


def test_a_call_goes_by_the_own_script(tmp_path: Path) -> None:
    (tmp_path / "playbook.toml").write_text(OWN)
    clerk = Clerk.with_book(tmp_path, birch()).begin()
    clerk.jump("now")
    assert clerk.place.say == "Can it leave today?"
    assert clerk.calls.playbook_problems == ()


def test_a_broken_own_script_blocks_no_call_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "playbook.toml").write_text(BROKEN)
    clerk = Clerk.with_book(tmp_path, birch()).begin()
    clerk.promise("fri")
    clerk.end()
    assert clerk.calls.playbook_problems == (
        f"{tmp_path / 'playbook.toml'}:2: step now: it leads to limbo, which is no step",
    )


def test_the_books_policy_names_the_own_script(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text(OWN)
    clerk = Clerk.with_book(tmp_path, birch())
    clerk.desk.set_policy("playbook", "firm.toml")
    assert clerk.calls.playbook.steps["now"].say == ("Can it leave today?",)


def test_a_call_whose_step_the_script_has_lost_goes_on_at_the_beginning(tmp_path: Path) -> None:
    (tmp_path / "playbook.toml").write_text(
        '[steps.open]\nreplies = [{ text = "Hm", to = "mine" }]\n'
        '[steps.mine]\nsay = ["Hm?"]\nreplies = [{ text = "Names a day", to = "commitment" }]\n'
    )
    clerk = Clerk.with_book(tmp_path, birch()).begin().jump("mine")
    (tmp_path / "playbook.toml").unlink()
    later = clerk.later("2026-11-23T10:20:00-05:00")
    assert later.calls.place(clerk.call).name == standard().start
