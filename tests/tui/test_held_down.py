"""A cursor key that is held down moves the cursor at once; the facts follow at rest."""

from pathlib import Path

from tests.tui.workstation import workstation


async def test_while_a_key_is_held_down_only_the_cursor_moves_and_the_facts_follow_at_rest(demo: Path) -> None:
    async with workstation(demo, "2026-11-23T10:00", size=(120, 40)) as clerk:
        before, first = clerk.facts, clerk.desk.accounts.chosen
        # Whatever time lies between two keys.
        clerk.app.held_gap = 1e6
        await clerk.press("down")
        assert clerk.desk.accounts.chosen != first
        assert clerk.facts == before
        assert clerk.desk.resting.is_waiting
        clerk.desk.resting.rest()
        name = clerk.desk.desk.dossier(clerk.desk.accounts.chosen).account.name
        assert name in clerk.facts
        assert not clerk.desk.resting.is_waiting


async def test_a_key_by_itself_brings_the_facts_with_it(demo: Path) -> None:
    async with workstation(demo, "2026-11-23T10:00", size=(120, 40)) as clerk:
        await clerk.press("down")
        name = clerk.desk.desk.dossier(clerk.desk.accounts.chosen).account.name
        assert name in clerk.facts
        assert not clerk.desk.resting.is_waiting
