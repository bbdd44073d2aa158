"""The part `keys`: how many keys the clerk's commonest acts take, pressed on the workstation with its real keys.

The tests hold each task to its limit; here the counts are printed.
"""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual.pilot import Pilot

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.store import Book
from arctui.tui.app import ArctuiApp
from arctui.tui.screens.desk import DeskScreen
from arctui.tui.views.call import reply_lines, spoken_lines
from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report

DAY = "2026-11-23T10:12"
#: An account of the demo book that has nothing special: it is late, and a person with a number is known.
ACCOUNT = "Harborlight Seafood"
#: The smallest screen the product is made for.
SIZE = (80, 24)


def typed(text: str) -> tuple[str, ...]:
    """Return the keys that type a text."""
    return tuple("space" if c == " " else c for c in text)


@dataclass(frozen=True)
class Task:
    """What a clerk does; `keys` from the cursor on the account to the cursor on the next one, at most `most`."""

    name: str
    keys: tuple[str, ...]
    most: int
    most_screens: float = 2


TASKS = (
    Task("no answer, to the next account", ("enter", "2", "enter"), 3),
    Task("voice mail, to the next account", ("enter", "3", "enter"), 3),
    Task("promise of everything by a weekday, by the line", ("p", *typed("fri"), "enter"), 8),
    Task(
        "promise of everything by a weekday, in a call",
        ("enter", "p", *typed("fri"), "enter", "enter", "enter"),
        8,
    ),
    # Put through; a reason; it waits for approval; approved today; the only thing; Friday, transfer; yes; end.
    Task(
        "scripted call with an excuse and a promise",
        ("enter", "1", "4", "2", "1", "1", *typed("fri ach"), "enter", "1", "enter"),
        25,
    ),
    # The same where each question is asked: not sent; not now; a reason.
    Task(
        "the same, asked when, now and why",
        ("enter", "1", "1", "2", "2", "2", "1", "1", *typed("fri ach"), "enter", "1", "enter"),
        25,
        3,
    ),
    # The first row, while its call is parked: one key, and it is there.
    Task("an interrupted call, resumed", ("enter",), 1),
)
RESUME = TASKS[-1]


class Reading:
    """What is read in a call: the lines of each step that was come to, with its replies."""

    def __init__(self) -> None:
        self.lines = 0
        self._at = ""

    def look(self, screen: DeskScreen) -> None:
        """Count the step on the screen if it is another one than at the last look."""
        at = screen.calling.place.name if screen.calling.call else ""
        if at and at != self._at:
            place, width = screen.calling.place, SIZE[0] - 1
            self.lines += len(spoken_lines(place, width)) + len(reply_lines(place, width))
        self._at = at

    @property
    def screens(self) -> float:
        """How many screens they fill."""
        return self.lines / SIZE[1]


async def carry_out(task: Task, screen: DeskScreen, pilot: Pilot[None]) -> Reading:
    """Press the keys of a task on the account under the cursor; return what is read for it."""
    reading = Reading()
    for key in task.keys:
        await pilot.press(key)
        reading.look(screen)
    await pilot.pause()
    return reading


async def _measure(task: Task, book: Path) -> float:
    app = ArctuiApp(Desk(Book(book), Clock(DAY), "ann"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = cast(DeskScreen, app.screen)
        await _go_to_the_account(pilot)
        if task is RESUME:
            await pilot.press("enter", "1", "escape")
        return (await carry_out(task, screen, pilot)).screens


async def _go_to_the_account(pilot: Pilot[None]) -> None:
    keys: Sequence[str] = ("slash", *typed(ACCOUNT.lower()), "enter", "escape")
    await pilot.press(*keys)


def measure(options: Options) -> Report:
    """Carry out each task on a demo book of its own."""
    report = Report(notes=[f"Keys per task, with the lines read of {SIZE[0]}x{SIZE[1]} screens:"])
    demo = options.folder / "keys.json"
    make_demo_book(demo, Clock(DAY), "ann")
    for number, task in enumerate(TASKS):
        book = demo.with_name(f"keys-{number}.json")
        shutil.copy(demo, book)
        screens = asyncio.run(_measure(task, book))
        kept = "met" if len(task.keys) <= task.most and screens <= task.most_screens else "MISSED"
        read = f"   {screens:.1f} screens of reading (<= {task.most_screens:g})" if screens else ""
        report.notes.append(f"  {len(task.keys):3} keys (<= {task.most:2}) {kept}   {task.name}{read}")
    return report
