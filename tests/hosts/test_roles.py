"""Who may do what comes from the login and the host's settings, and is asked for in the one write path."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from arctui import settings
from arctui.actions.model import LOOKING, Place, State
from arctui.actions.table import ACTIONS, BY_ID
from arctui.core.roles import Right, Role, may, role_of
from arctui.desk import Desk, DeskError
from arctui.desk.clock import Clock, login
from arctui.desk.importing import ImportOptions
from arctui.desk.roles import role_here
from arctui.desk.safekeeping import restore
from arctui.store import Book, BookError
from tests.hosts.host import DAY, Host


def at(host: Host, role: Role, clerk: str = "bob") -> Desk:
    return Desk(Book(host.book), Clock(DAY), clerk, role)


def content(host: Host) -> dict[str, str]:
    """What lies beside the book, by its content."""
    files = (p for p in host.books.rglob("*") if p.is_file())
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.mark.parametrize(
    ("lists", "of_ann", "of_bob"),
    [
        ({}, Role.REVIEWER, Role.REVIEWER),
        ({"reviewer": ["ann"]}, Role.REVIEWER, Role.CLERK),
        ({"read_only": ["bob"]}, Role.REVIEWER, Role.READ_ONLY),
        ({"reviewer": ["ann"], "read_only": ["*"]}, Role.REVIEWER, Role.READ_ONLY),
        ({"reviewer": ["ann"], "clerk": ["bob"], "read_only": ["*"]}, Role.REVIEWER, Role.CLERK),
        ({"reviewer": ["ann", "bob"], "read_only": ["bob"]}, Role.REVIEWER, Role.READ_ONLY),
        ({"clerk": ["ann"]}, Role.CLERK, Role.REVIEWER),
    ],
)
def test_the_least_role_under_which_a_login_is_named_holds(
    lists: dict[str, list[str]], of_ann: Role, of_bob: Role
) -> None:
    assert (role_of("ann", **lists), role_of("bob", **lists)) == (of_ann, of_bob)


def test_the_role_is_that_of_the_login_in_the_hosts_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOST_FILE", tmp_path / "config.toml")
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("LOGNAME", "ann")
    assert role_here() is Role.REVIEWER
    (tmp_path / "config.toml").write_text(f'[roles]\nreviewer = ["ann"]\nread_only = ["{login()}"]\n')
    assert role_here() is Role.READ_ONLY


ACTS: dict[str, Callable[[Desk, Host], object]] = {
    "log": lambda desk, _: desk.log(desk.find("birch").id, "na"),
    "note": lambda desk, _: desk.note(desk.find("birch").id, "x"),
    "call": lambda desk, _: desk.calls.begin(desk.find("birch").id, despite="asked for"),
    "follow-up": lambda desk, _: desk.follow_up(desk.find("birch").id, "fri look"),
    "stop": lambda desk, _: desk.stop(desk.find("birch").id, "legal"),
    "correct": lambda desk, _: desk.corrections.save(desk.find("birch").id, "lee wong, controller"),
    "undo": lambda desk, _: desk.undo(),
    "import": lambda desk, host: desk.import_file(host.open / "open.csv", ImportOptions()),
    "attach": lambda desk, host: desk.attachments.attach(desk.find("birch").id, [host.open / "open.csv"]),
    "claim file": lambda desk, _: desk.claim_file.write(desk.find("birch").id),
    "policy": lambda desk, _: desk.set_policy("firm", "Other"),
    "credit": lambda desk, _: desk.credit.decide(desk.find("birch").id, hold=True, reason="late"),
    "close": lambda desk, _: desk.reviews.close(),
    "rate": lambda desk, _: desk.rates.set("EUR", "1.08"),
    "any": lambda desk, _: desk.book.commit("x", [], "bob", desk.rules.moment.now),
}


def test_a_login_that_is_read_only_writes_nothing_at_all(host: Host) -> None:
    before = content(host)
    desk = at(host, Role.READ_ONLY)
    desk.stay()
    for name, act in ACTS.items():
        with pytest.raises((DeskError, BookError)) as refused:
            act(desk, host)
        assert "read only" in str(refused.value), name
    assert desk.worklist()
    desk.leave()
    assert content(host) == before


def test_what_a_reader_types_is_no_draft(host: Host) -> None:
    from arctui.core.drafts import Topic

    desk = at(host, Role.READ_ONLY)
    desk.drafts.keep(Topic("search", "", ""), "birch", is_open=True)
    assert desk.drafts.mine() == []


def test_a_clerk_does_the_days_work_and_decides_nothing(host: Host) -> None:
    desk = at(host, Role.CLERK)
    for name in ("policy", "credit"):
        with pytest.raises(DeskError, match="for reviewers on this host"):
            ACTS[name](desk, host)
    with pytest.raises(DeskError, match="bringing back a book is for reviewers"):
        restore(host.book, Clock(DAY), "bob", host.book, consent=False, role=Role.CLERK)
    for name in ("log", "note", "undo", "stop", "correct"):
        ACTS[name](desk, host)


def test_an_import_may_find_out_the_firms_currency_though_a_clerk_does_it(tmp_path: Path) -> None:
    desk = Desk(Book(tmp_path / "book.json", new=True), Clock(DAY), "bob", Role.CLERK)
    file = tmp_path / "open.csv"
    file.write_text(
        "Customer,Invoice,Invoice Date,Due Date,Balance,Currency\nBirch,B1,2026-09-08,2026-10-08,9.00,EUR\n"
    )
    desk.import_file(file, ImportOptions())
    assert desk.policy.home_currency == "EUR"


def test_a_decision_that_was_made_with_the_right_is_not_undone_without_it(host: Host) -> None:
    at(host, Role.REVIEWER).set_policy("firm", "Other")
    with pytest.raises(DeskError, match="changing the policy is for reviewers"):
        at(host, Role.CLERK).undo()


def test_a_clerk_closes_no_day_over_what_others_have_to_look_after(host: Host) -> None:
    first = at(host, Role.REVIEWER, "ann")
    account = first.find("birch").id
    first.log(account, "tue 100 card")
    desk = Desk(Book(host.book), Clock("2026-11-20T16:00"), "bob", Role.CLERK)
    first.reviews.hand_over(account, "ann knows them")
    desk.refresh()
    with pytest.raises(DeskError, match="other clerks"):
        desk.reviews.close()


def test_every_action_says_whether_it_only_looks() -> None:
    assert set(BY_ID) >= LOOKING
    state = State(place=Place.ACCOUNT, account="a", has_phone=True, matters=1, closed="you may only look")
    changing = {a.id for a in ACTIONS} - LOOKING
    assert all(BY_ID[name].reason(state) == "you may only look" for name in changing)
    assert {
        "call",
        "promise",
        "log",
        "note",
        "undo",
        "stop",
        "open_file",
        "settle",
        "close_review",
        "move",
    } <= changing
    assert not BY_ID["account"].reason(state)


def test_rights_grow_with_the_role() -> None:
    assert [[may(role, right) for right in Right] for role in Role] == [[True, True], [True, False], [False, False]]
