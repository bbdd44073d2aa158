"""Whatever is opened from the desk: Escape alone leads out, nothing is lost, and ASCII is enough for it."""

from pathlib import Path

import pytest

from arctui.actions.model import Place
from arctui.actions.table import ACTIONS
from arctui.tui.screens.desk import DeskScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

#: Escape closes the line, what lies over the list, the list, the search: so often at most.
_MOST_ESCAPES = 4
#: What leaves, stops, or does something at once that is not shown by opening anything.
_NO_SCREEN = {"quit", "undo", "redraw", "leave_search", "copy_phone", "cancel_import"}


def is_home(clerk: Workstation) -> bool:
    screen = clerk.app.screen
    return isinstance(screen, DeskScreen) and not screen.prompt.display and screen.place is Place.LIST


async def leave(clerk: Workstation) -> None:
    for _ in range(_MOST_ESCAPES):
        if is_home(clerk):
            return
        await clerk.press("escape")
    assert is_home(clerk), clerk.text


async def test_escape_alone_leads_out_of_whatever_a_key_opens(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "vt100")
    async with workstation(demo, DEMO_DAY, size=(100, 30)) as clerk:
        await clerk.press("j", "j")
        account, account_id, acts = clerk.account, clerk.desk.account, clerk.desk.desk.book.number
        for action in ACTIONS:
            if Place.LIST not in action.places or action.id in _NO_SCREEN:
                continue
            await clerk.press(action.keys[0])
            foreign = {c for c in clerk.text if not " " <= c <= "~" and c != "\n" and not c.isalpha()}
            assert not foreign, (action.id, foreign, clerk.text)
            await leave(clerk)
            if action.id not in ("call", "next", "previous", "review", "answer"):
                assert clerk.account == account, action.id
                assert clerk.desk.desk.book.number == acts, action.id
            acts = clerk.desk.desk.book.number
            clerk.desk.show_all(account_id)
            await clerk.press()
