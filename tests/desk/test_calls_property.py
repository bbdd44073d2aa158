"""Whatever a clerk presses in a call: nothing but a DeskError is raised, and every end has a result and a date."""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctui.core.decisions import Closing
from arctui.core.letter_records import Attachment, Letter
from arctui.core.records import Account, Import, PolicyChange, Record
from arctui.desk import DeskError
from tests.core.oracle import nov
from tests.desk.demo_days import made
from tests.playbook.clerks import Clerk

LINES = (
    "fri", "fri 100 ach", "100", "half 27 check, rest 30", "today card", "tue 10:30", "tue 10:30 ask for mrs lee",
    "15:00", "25 damaged pallets", "all wrong", "19 50 check -- ref 4411", "na", "wd", "cb tue 9:00", "dsp 5 broken",
    "ref will not", "paid thu", "soon", "", "in fri 20", "Rosa Lee", "31 feb", "1e9", "-- only words", "wn",
)  # fmt: skip
MOVES = st.one_of(
    st.tuples(st.just("reply"), st.integers(0, 10)),
    st.tuples(st.just("reply"), st.integers(1, 4)),
    st.tuples(st.just("line"), st.sampled_from(range(len(LINES)))),
    st.tuples(st.just("excuse"), st.integers(0, 200)),
    st.tuples(st.sampled_from(["note", "back", "park", "commitment", "dispute", "typed", "end"]), st.integers(0, 3)),
    st.tuples(st.just("end line"), st.sampled_from(range(len(LINES)))),
)


@cache
def accounts() -> tuple[str, ...]:
    """The demo's accounts that may be called, each in another state of affairs."""
    return tuple(s.account for d, s in made(nov(23)).accounts if not d.account.flags)


def records_of(account: str) -> list[Record]:
    """All that the demo knows of one account, without the papers: their files are not beside this book."""
    return [
        r
        for r in made(nov(23)).records
        if not isinstance(r, Letter | Attachment)
        if isinstance(r, Import | PolicyChange | Closing)
        or (r.id if isinstance(r, Account) else getattr(r, "account", "")) == account
    ]


def act(clerk: Clerk, what: str, number: int) -> bool:
    """Make one move; return whether it ended the call."""
    names = list(clerk.calls.playbook.excuses)
    match what:
        case "reply":
            clerk.call = clerk.calls.reply(clerk.call, number)
        case "line":
            clerk.type(LINES[number])
        case "excuse":
            clerk.excuse(names[number % len(names)])
        case "commitment" | "dispute":
            clerk.jump(what)
        case "note":
            clerk.note("a note" * number)
        case "typed":
            clerk.call = clerk.calls.typed(clerk.call, "fri 12"[:number])
        case "back":
            clerk.back()
        case "park":
            account = clerk.call.account
            clerk.calls.leave(clerk.call)
            clerk.begin(account)
        case _:
            clerk.end(LINES[number] if what == "end line" else "")
            return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.booleans(), st.lists(MOVES, min_size=3, max_size=14))
def test_any_moves_raise_nothing_but_a_refusal_and_every_end_has_a_result_and_a_date(
    which: int, broken: bool, moves: list[tuple[str, int]]
) -> None:
    account = accounts()[which % len(accounts())]
    with tempfile.TemporaryDirectory() as folder:
        clerk = Clerk.with_book(Path(folder), records_of(account)).begin(account, broken=broken)
        before = len(clerk.activities(account))
        for what, number in moves:
            try:
                ended = act(clerk, what, number)
            except DeskError:
                assert clerk.kept == clerk.call
                continue
            if not ended:
                assert clerk.kept == clerk.call
                place = clerk.place
                assert "..." not in f"{place.say} {place.ask} {place.aim} {place.do}"
                continue
            check_end(clerk, account, before)
            break
        assert clerk.desk.check()[0] == []


def check_end(clerk: Clerk, account: str, before: int) -> None:
    """One activity more, with a result and the path; the account has a date, or a stop, or owes nothing late."""
    activities = clerk.activities(account)
    assert len(activities) == before + 1
    assert activities[-1].outcome
    assert "end of the call" in activities[-1].note
    assert clerk.calls.open_calls() == []
    standing = clerk.desk.standing(account)
    assert standing.next or standing.stopped or not standing.balance.past_due
    clerk.desk.undo()
    assert len(clerk.activities(account)) == before
    parked = clerk.calls.on(account)
    assert parked
    assert parked.session == ""
    assert clerk.desk.worklist()[0].unfinished
