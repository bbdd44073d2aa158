"""What is typed while the disk refuses to keep it: it is told, and nothing is lost."""

from pathlib import Path

import pytest

from arctui.core.records import Activity
from arctui.store import Book, BookError
from tests.tui.conftest import DEMO_DAY
from tests.tui.drafting import drafts
from tests.tui.workstation import Workstation, workstation


def refuse(patch: pytest.MonkeyPatch, clerk: Workstation) -> None:
    """Let the disk refuse whatever is to be kept."""

    def full(*_: object) -> None:
        raise BookError("no space left on the disk")

    patch.setattr(clerk.app.desk.book, "keep", full)


async def test_a_disk_that_refuses_a_draft_is_told_once_and_nothing_is_lost(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        with monkeypatch.context() as patch:
            refuse(patch, clerk)
            await clerk.press("n")
            await clerk.type("the boss")
            await clerk.until(lambda: clerk.status.startswith("not kept on disk, only here: no space left"))
            clerk.desk.tell("")
            await clerk.type(" is away")
            clerk.desk.typing.flush()
            assert clerk.status == ""
            assert clerk.desk.prompt.input.value == "the boss is away"
            await clerk.press("escape", "j", "k", "n")
            assert clerk.desk.prompt.input.value == "the boss is away"
            await clerk.press("escape", "q")
            assert "a line you left is not on disk (no space left on the disk): Ctrl+Q leaves" in clerk.status
            assert drafts(demo) == []
        await clerk.until(lambda: drafts(demo) == ["the boss is away"])
        assert clerk.status == "what you typed is kept on disk again"
        await clerk.press("n", "enter")
        assert clerk.status.startswith("saved 10:12: note")
    assert drafts(demo) == []
    assert [a.note for a in Book(demo).facts.all(Activity)][-1] == "the boss is away"


async def test_a_line_that_the_disk_refused_is_saved_by_enter(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        refuse(monkeypatch, clerk)
        await clerk.press("n")
        await clerk.type("the boss")
        clerk.desk.typing.flush()
        assert "not kept on disk" in clerk.status
        await clerk.press("enter")
        assert clerk.status.startswith("saved 10:12: note")
        await clerk.press("n")
        assert clerk.desk.prompt.input.value == ""
    assert drafts(demo) == []


async def test_what_is_typed_in_a_call_stays_until_the_disk_takes_it(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        with monkeypatch.context() as patch:
            refuse(patch, clerk)
            await clerk.type("fri 12")
            await clerk.press("escape")
            await clerk.until(lambda: "not kept on disk" in clerk.status)
            await clerk.press("n")
            await clerk.type("she was away")
            await clerk.press("escape", "enter")
            assert clerk.desk.prompt.input.value == "fri 12"
            await clerk.press("escape", "n")
            assert clerk.desk.prompt.input.value == "she was away"
            await clerk.press("escape", "d")
            assert "no space left" in clerk.status
            assert "The commitment" in clerk.script
        await clerk.press("escape")
        assert clerk.status.startswith("parked")
        await clerk.press("enter")
        assert clerk.desk.prompt.input.value == "she was away"
        await clerk.press("escape", "enter")
        assert clerk.desk.prompt.input.value == "fri 12"
