"""The commands that keep the book safe: check, backup, restore. Two of them open it themselves: it may be damaged."""

import argparse

from arctui import fence
from arctui.cli.commands import show
from arctui.cli.opening import Opening, leave_book, warn
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.clock import Clock, login
from arctui.desk.roles import role_here
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
        target, copied = back_up(desk, fence.named(options.file))
        beside = [f"{plural(copied.count, 'document')} copied to {copied.folder}: keep both together"]
        show(
            options,
            {"file": str(target), "number": desk.book.number, "documents": copied.count},
            [
                f"{target}: a copy of the book, up to act {desk.book.number}",
                *(beside if copied.count else []),
            ],
        )
        warn(copied.lacking("here, so not in the copy"))
        return 0
    found = kept(desk)
    listed = [f"{stamp(k.at)}  up to act {k.number:<6} {k.path}" for k in found]
    document = [{"file": str(k.path), "at": k.at.isoformat(), "number": k.number} for k in found]
    show(options, document, listed or ["no backups yet: one is made whenever a session that changed the book ends"])
    return 0


def restore_book(options: argparse.Namespace, opening: Opening) -> int:
    """Bring back the newest whole state of a damaged book, or the state in a file."""
    source = fence.named(options.file) if options.file is not None else None
    done = restore(opening.path, Clock(opening.day), login(), source, consent=options.yes, role=role_here())
    found = done.recovered
    lines, missing, set_aside, problems = [], [], [], [done.document_problem]
    if found:
        missing, set_aside = found.missing, found.set_aside
        problems.append(found.backup_problem)
        lines = [
            f"restored from {found.source}, up to act {found.number}",
            *([f"missing: {what}" for what in missing] or ["nothing is missing, as far as can be told"]),
            *([f"set aside, for whoever looks into it: {names(set_aside)}"] if set_aside else []),
        ]
    if done.act:
        lines.append(f"{done.act}; 'arctui undo' takes it back")
    if done.documents.count:
        lines.append(f"{plural(done.documents.count, 'document')} brought back to {done.documents.folder}")
    document = {
        "restored": str(found.source if found and not done.act else source or done.documents.folder),
        "number": done.desk.book.number,
        "missing": missing,
        "set_aside": [str(p) for p in set_aside],
        "documents": done.documents.count,
    }
    show(options, document, lines)
    warn([*filter(None, problems), *done.documents.lacking("still")])
    leave_book(done.desk)
    return 0
