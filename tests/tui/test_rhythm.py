"""How many keys the clerk's commonest acts take, counted over the real keys."""

from pathlib import Path

import pytest

from arctui.core.records import Activity, Outcome, Promise
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


def typed(text: str) -> list[str]:
    return ["space" if c == " " else c for c in text]


NO_ANSWER = ["enter", "2", "enter"]
VOICE_MAIL = ["enter", "3", "enter"]
EVERYTHING_BY_A_WEEKDAY = ["p", *typed("fri"), "enter"]
EVERYTHING_BY_A_WEEKDAY_IN_A_CALL = ["enter", "p", *typed("fri"), "enter", "enter", "enter"]
#: Put through; not sent; not now; a reason; approval is missing; answers are in; the only thing; Friday; yes; end.
WHOLE_SCRIPT = ["enter", "1", "1", "2", "2", "2", "1", "1", *typed("fri ach"), "enter", "1", "enter"]


@pytest.mark.parametrize(
    ("keys", "most", "outcome"),
    [
        pytest.param(NO_ANSWER, 3, Outcome.NO_ANSWER, id="no answer"),
        pytest.param(VOICE_MAIL, 3, Outcome.VOICEMAIL, id="voice mail"),
        pytest.param(EVERYTHING_BY_A_WEEKDAY, 8, Outcome.PROMISE, id="promise by the line"),
        pytest.param(EVERYTHING_BY_A_WEEKDAY_IN_A_CALL, 8, Outcome.PROMISE, id="promise in a call"),
        pytest.param(WHOLE_SCRIPT, 25, Outcome.PROMISE, id="a whole scripted call with an excuse"),
    ],
)
async def test_keys_from_the_worklist_to_the_next_account(
    demo: Path, keys: list[str], most: int, outcome: Outcome
) -> None:
    before = len(list(Book(demo).facts.all(Activity)))
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("slash")
        await clerk.enter("harborlight")
        await clerk.press("escape")
        first, following = clerk.account, clerk.accounts[clerk.desk.accounts.cursor + 1]
        assert first == "Harborlight Seafood"
        assert len(keys) <= most
        await clerk.press(*keys)
        assert clerk.account == following
        assert clerk.desk.front == "worklist"
        assert first in clerk.status
        assert not clerk.desk.prompt.display
    book = Book(demo)
    made = list(book.facts.all(Activity))[before:]
    assert [a.outcome for a in made] == [outcome]
    if keys is WHOLE_SCRIPT:
        assert made[0].excuses == ("approval",)
    if outcome is Outcome.PROMISE:
        last = list(book.facts.all(Promise))[-1]
        assert last.day.isoformat() == "2026-11-27"


async def test_an_interrupted_call_is_taken_up_by_one_key(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("enter", "1", "escape")
        assert clerk.account == name
        await clerk.press("enter")
        assert "What happened?" in clerk.script
