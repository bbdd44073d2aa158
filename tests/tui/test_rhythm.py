"""How many keys the clerk's commonest acts take, and how much is read for them, counted over the real keys."""

from pathlib import Path

import msgspec
import pytest

from arctui.core.calls import Move, MoveKind
from arctui.core.records import Activity, Outcome, Promise
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.playbook.model import standard
from arctui.store import Book
from arctui.tui.views.call import call_lines
from arctui.tui.widgets.lines import Line
from scripts.benchmarks.keys import ACCOUNT, RESUME, TASKS, Task, carry_out
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation

#: Of 24 lines of the smallest screen the header, the strip, the status line and the keys take four.
PANE = (79, 20)
LIMITS = {
    "no answer, to the next account": 3,
    "voice mail, to the next account": 3,
    "promise of everything by a weekday, by the line": 8,
    "promise of everything by a weekday, in a call": 8,
    "scripted call with an excuse and a promise": 25,
    "the same, asked when, now and why": 25,
    "an interrupted call, resumed": 1,
}
OUTCOMES = {"no answer": Outcome.NO_ANSWER, "voice mail": Outcome.VOICEMAIL}


def test_the_limits_are_those_that_were_set() -> None:
    assert {task.name: task.most for task in TASKS} == LIMITS


@pytest.mark.parametrize("task", [t for t in TASKS if t is not RESUME], ids=lambda task: task.name)
async def test_keys_from_the_worklist_to_the_next_account(demo: Path, task: Task) -> None:
    before = len(list(Book(demo).facts.all(Activity)))
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("slash")
        await clerk.enter(ACCOUNT.lower())
        await clerk.press("escape")
        first, following = clerk.account, clerk.accounts[clerk.desk.accounts.cursor + 1]
        assert first == ACCOUNT
        assert len(task.keys) <= task.most
        reading = await carry_out(task, clerk.desk, clerk.pilot)
        assert reading.screens <= task.most_screens
        assert clerk.account == following
        assert clerk.desk.front == "worklist"
        assert first in clerk.status
        assert not clerk.desk.prompt.display
    book = Book(demo)
    made = list(book.facts.all(Activity))[before:]
    outcome = OUTCOMES.get(task.name.partition(",")[0], Outcome.PROMISE)
    assert [a.outcome for a in made] == [outcome]
    if "excuse" in task.name or "why" in task.name:
        assert made[0].excuses == ("approval",)
    if outcome is Outcome.PROMISE:
        last = list(book.facts.all(Promise))[-1]
        assert last.day.isoformat() == "2026-11-27"


async def test_an_interrupted_call_is_taken_up_by_one_key(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("enter", "1", "escape")
        assert clerk.account == name
        await clerk.press(*RESUME.keys)
        assert "What happened?" in clerk.script


@pytest.mark.parametrize("who", ["Kestrel", "Harborlight", "Birch Works"])
def test_at_every_step_all_replies_and_the_path_fit_on_the_smallest_screen(demo: Path, who: str) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    begun = desk.calls.begin(desk.find(who).id)
    width, height = PANE
    for name in standard().steps:
        there = Move(kind=MoveKind.JUMP, step="reach", text="", at=begun.started_at, to=name, reached=True)
        call = msgspec.structs.replace(begun, moves=(there,))
        lines = [_text(line) for line in call_lines(desk, call, desk.calls.place(call), width)]
        path = next(n for n, text in enumerate(lines) if text.endswith(" > _"))
        assert path < height, name


def _text(line: Line) -> str:
    return "".join(text for text, *_ in line).rstrip()
