"""Every reason of the script, by its keys: found by typing, walked by digits, to a commitment or to its own end."""

from pathlib import Path

import pytest

from arctui.playbook.model import LineKind, Playbook, Step, standard
from arctui.tui.screens.desk import DeskScreen
from tests.playbook.ways import SAMPLES, Way, shortest
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

#: A reason after which no payment is asked for any more; what is typed there ends the calls.
ENDS = ("bankruptcy-filed", "lawyer", "stop-calling")


def commits(playbook: Playbook, name: str, step: Step) -> bool:
    """Is it where a promise or an hour is typed, or where all calls stop?"""
    return bool(step.stop) if name in ENDS else step.line in (LineKind.PROMISE, LineKind.CALLBACK)


@pytest.mark.sweep
@pytest.mark.parametrize("group", sorted(standard().groups))
async def test_every_reason_of_a_group_leads_to_a_commitment_by_its_keys(demo: Path, group: str) -> None:
    names = reasons_of(group)
    assert names
    await walk_all(demo, names)


async def test_a_reason_of_each_group_and_all_that_end_the_calls_are_led_through_by_their_keys(demo: Path) -> None:
    # That each reason has its way is proved without a screen (`tests/playbook`).
    await walk_all(demo, [*(reasons_of(group)[0] for group in sorted(standard().groups)), *ENDS])


def reasons_of(group: str) -> list[str]:
    return [name for name, step in standard().excuses.items() if step.group == group]


async def walk_all(demo: Path, names: list[str]) -> None:
    playbook = standard()
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.type("/harborlight\n")
        await clerk.press("escape", "enter", "1")
        for name in names:
            await clerk.type(f"e{playbook.step(name).excuse}\n")
            assert clerk.desk.calling.place.name in (name, f"{name}-known"), name
            await walk_by_keys(clerk, playbook, name)
            place = clerk.desk.calling.place
            assert commits(playbook, name, place.step), (name, place.name)
            await leave_the_line(clerk)


async def walk_by_keys(clerk: Workstation, playbook: Playbook, name: str) -> None:
    """Press the digits, and type the lines, of the shortest way to a commitment."""
    ways = shortest(playbook, clerk.desk.calling.place.name, lambda n: commits(playbook, name, playbook.step(n)))
    assert ways is not None, name
    for way in ways:
        await clerk.type(keys_of(clerk.desk, way))


def keys_of(screen: DeskScreen, way: Way) -> str:
    """Return what is pressed for one step of a way: a digit, or a line and Enter."""
    line = screen.calling.place.step.line
    return f"{SAMPLES[line]}\n" if line else str(way.number)


async def leave_the_line(clerk: Workstation) -> None:
    """Leave a line that is open, so that the keys of the call work again."""
    if clerk.desk.prompt.display:
        await clerk.press("escape")
