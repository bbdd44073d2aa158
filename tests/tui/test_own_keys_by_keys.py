"""The user's own keys in the workstation: they work, they are shown, and what is wrong with them is said."""

from pathlib import Path

from arctui.settings.files import Found
from arctui.settings.model import Settings
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


def with_keys(**keys: str) -> Found:
    return Found(Settings(keys={name: (key,) for name, key in keys.items()}))


async def test_an_own_key_does_its_action_and_stands_in_key_bar_and_list_of_keys(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, found=with_keys(promise="f6", note=",")) as clerk:
        assert "F6 promise" in clerk.keys
        await clerk.press("f6")
        assert "promise" in clerk.text
        assert clerk.desk.prompt.display
        await clerk.press("escape", "comma")
        await clerk.enter("asked for the remittance")
        assert "saved" in clerk.status
        await clerk.press("p")
        assert clerk.desk.prompt.display
        await clerk.press("escape", "question_mark")
        assert "F6 p" in clerk.text
        assert ", n" in clerk.text


async def test_a_key_given_to_another_action_does_that_one(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, found=with_keys(note="p", promise="P", papers="f7")) as clerk:
        await clerk.press("p")
        assert clerk.desk.prompt.purpose == "note"
        await clerk.press("escape", "P")
        assert clerk.desk.prompt.purpose == "promise"


async def test_keys_that_cannot_be_are_told_at_the_start_and_the_usual_ones_work(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, found=with_keys(promise="escape", log="f8")) as clerk:
        assert "settings: keys.promise: Esc keeps its meaning" in clerk.status
        await clerk.press("p")
        assert clerk.desk.prompt.purpose == "promise"
        await clerk.press("escape", "f8")
        assert clerk.desk.prompt.purpose == "log"
