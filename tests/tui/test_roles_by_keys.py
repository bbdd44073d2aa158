"""A login that is read only sees everything, and each key that would change something says why it does not."""

from pathlib import Path

from arctui.core.roles import Role
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


async def test_who_is_read_only_looks_and_changes_nothing(demo: Path) -> None:
    before = demo.read_bytes()
    async with workstation(demo, DEMO_DAY, size=(160, 45), clerk="bob", role=Role.READ_ONLY) as screen:
        assert "bob, read only" in screen.text
        for key in ("enter", "p", "n", "x", "o", "u"):
            await screen.press(key)
            assert "your login is read only" in screen.text, key
            assert not screen.desk.prompt.display
        await screen.press("question_mark")
        await screen.type("promise to pay")
        assert "(not now: Enter says why)" in screen.text
        await screen.press("escape", "i")
        await screen.press("escape", "slash")
        await screen.type("birch")
        await screen.press("escape", "K")
        await screen.until(lambda: "grading" not in screen.text)
        await screen.press("h")
        await screen.type("late\n")
        assert "your login is read only" in screen.text
    assert demo.read_bytes() == before
    assert not demo.with_name(f"{demo.name}.journal").exists()
    assert not demo.with_name(f"{demo.name}.backups").exists()


async def test_who_is_a_clerk_is_told_that_credit_is_decided_by_reviewers(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(160, 45), clerk="bob", role=Role.CLERK) as screen:
        assert "read only" not in screen.text
        await screen.press("K")
        await screen.until(lambda: "grading" not in screen.text)
        await screen.press("h")
        await screen.type("late\n")
        assert "deciding on credit is for reviewers" in screen.text
