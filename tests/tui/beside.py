"""An import that is held up, and the files that it reads."""

import threading
from pathlib import Path

from tests.tui.workstation import Workstation

HEAD = "Customer,Invoice,Date,Due Date,Balance"
#: A list of invoices: nothing that is missing from it is closed. They came after the report of open items.
LIST = """\
Customer,Invoice,Date,Due Date,Amount
Alder Mill,A-1,2026-11-23,2026-10-08,500.00
Fir Logistics,F-1,2026-11-23,2026-11-14,4020.00
Hawthorn,H-1,2026-11-23,2026-11-12,70.00
"""


class Gate:
    """Holds an import up, with a quarter of its rows read, until it is let through."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()
        self.reads = 0


async def end(clerk: Workstation, gate: Gate) -> None:
    """Let it through, and wait until it is committed."""
    gate.open.set()
    await clerk.until(lambda: not clerk.desk.importing.goes_on)
    await clerk.press()


def file(folder: Path, name: str = "more.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(LIST.splitlines()[:2]), encoding="utf-8")
    return path
