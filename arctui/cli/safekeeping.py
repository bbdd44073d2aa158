"""The commands that keep the book safe: check, backup, restore. Two of them open it themselves: it may be damaged."""

import argparse
from pathlib import Path

from arctui.cli.commands import Opening, leave_book, show, warn
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.clock import Clock, login
from arctui.desk.safekeeping import back_up, damage, kept, names, restore, stamp
from arctui.store import BookDamagedError, BookLostError
from arctui.store.network import network_of


def check(options: argparse.Namespace, opening: Opening) -> int:
    """Verify the whole book: its files, its records, its history, its backups."""
    try:
        desk = opening.desk()
        problems, counts = desk.check()
    except (BookDamagedError, BookLostError) as error:
        details = damage(opening.path)
        show(options, {"ok": False, "problems": [str(error), *details], "counts": {}}, details)
        raise
    network = network_of(desk.book.path)
    if network:
        warn([f"the book lies on a network file system ({network}): locks and flushes are not to be trusted there"])
    whole = [
        "the book is whole: " + ", ".join(f"{n} {name}" for name, n in counts.items() if n),
        f"history: {plural(desk.book.number, 'act')}, ends in {desk.book.stand.head}",
    ]
    show(options, {"ok": not problems, "problems": problems, "counts": counts}, problems or whole)
    return int(bool(problems))


def backup(options: argparse.Namespace, desk: Desk) -> int:
    """Write a copy of the book to a file, or list the backups that were made by themselves."""
    if options.file is not None:
        target = back_up(desk, Path(options.file))
        show(
            options,
            {"file": str(target), "number": desk.book.number},
            [f"{target}: a copy of the book, up to act {desk.book.number}"],
        )
        return 0
    found = kept(desk)
    listed = [f"{stamp(k.at)}  up to act {k.number:<6} {k.path}" for k in found]
    document = [{"file": str(k.path), "at": k.at.isoformat(), "number": k.number} for k in found]
    show(options, document, listed or ["no backups yet: one is made whenever a session that changed the book ends"])
    return 0


def restore_book(options: argparse.Namespace, opening: Opening) -> int:
    """Bring back the newest whole state of a damaged book, or the state in a file."""
    source = Path(options.file) if options.file is not None else None
    done = restore(opening.path, Clock(opening.day), login(), source, consent=options.yes)
    found = done.recovered
    lines, missing, set_aside, problem = [], [], [], ""
    if found:
        missing, set_aside, problem = found.missing, found.set_aside, found.backup_problem
        lines = [
            f"restored from {found.source}, up to act {found.number}",
            *([f"missing: {what}" for what in missing] or ["nothing is missing, as far as can be told"]),
            *([f"set aside, for whoever looks into it: {names(set_aside)}"] if set_aside else []),
        ]
    if done.act:
        lines.append(f"{done.act}; 'arctui undo' takes it back")
    document = {
        "restored": str(source if done.act or not found else found.source),
        "number": done.desk.book.number,
        "missing": missing,
        "set_aside": [str(p) for p in set_aside],
    }
    show(options, document, lines)
    if problem:
        warn([problem])
    leave_book(done.desk)
    return 0
