"""Files of an account: `attach`, `attachments`, `attachment`."""

import argparse
from typing import Any

from arctui import fence
from arctui.cli.commands import show
from arctui.cli.tables import table
from arctui.cli.values import Document
from arctui.core.claim_roles import ROLES
from arctui.core.facts import Dossier
from arctui.core.letter_records import Attachment, Role
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.attachments import SHORT_ID, about_words, size_words
from arctui.exchange.media import NAMES

Answer = tuple[Any, list[str]]


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Run one of these commands."""
    document, lines = {"attach": _attach, "attachments": _list, "attachment": _write}[options.command](options, desk)
    show(options, document, lines)
    return 0


def _attach(options: argparse.Namespace, desk: Desk) -> Answer:
    account = desk.find(options.who)
    about = desk.attachments.about(account.id, options.about) if options.about is not None else ""
    done = desk.attachments.take(
        account.id, [fence.named(name) for name in options.files], about=about, note=options.note, role=_role(options)
    )
    dossier = desk.dossier(account.id)
    added = [desk.attachments.get(each) for each in done.ids]
    # Only where there are several the act does not name them.
    names = [f"  {a.name}" for a in added] if len(added) > 1 else []
    return {"done": done.act, "attached": [_document(desk, dossier, a) for a in added]}, [done.act, *names]


def _list(options: argparse.Namespace, desk: Desk) -> Answer:
    account = desk.find(options.who)
    found, dossier = desk.attachments.of(account.id), desk.dossier(account.id)
    rows = [
        (
            f"  {a.id[:SHORT_ID]}",
            desk.rules.day(a.day),
            NAMES.get(a.media, a.media),
            size_words(a.size),
            about_words(desk, dossier, a.about) or "account",
            a.role.value or "-",
            f"{a.name}  {a.note}".rstrip(),
        )
        for a in found
    ]
    head = ("  id", "since", "kind", "size", "about", "as", "name")
    lines = [f"{account.name}: {plural(len(found), 'file')} attached", *(table([head, *rows], (3,)) if rows else [])]
    return [_document(desk, dossier, a) for a in found], lines


def _write(options: argparse.Namespace, desk: Desk) -> Answer:
    role = _role(options)
    if role is None and options.out is None:
        options.misused("--out FILE or --as WHAT is needed")
    found = desk.attachments.get(options.id)
    act = desk.attachments.set_role(found.id, role) if role is not None else ""
    if options.out is None:
        found = desk.attachments.get(found.id)
        return {"done": act, **_document(desk, desk.dossier(found.account), found)}, [act]
    target = desk.attachments.write(found.id, fence.named(options.out), force=options.force)
    document = {"file": str(target), **_document(desk, desk.dossier(found.account), found)}
    return document, [f"{target}: '{found.name}', {size_words(found.size)}"]


def _role(options: argparse.Namespace) -> Role | None:
    """Return what a file is said to be, None where nothing is said."""
    return None if options.role is None else ROLES[options.role]


def _document(desk: Desk, dossier: Dossier, attached: Attachment) -> Document:
    return {
        "id": attached.id,
        "account": dossier.account.name,
        "name": attached.name,
        "media": attached.media,
        "size": attached.size,
        "sha256": attached.digest,
        "about": about_words(desk, dossier, attached.about) or None,
        "as": next(name for name, role in ROLES.items() if role is attached.role),
        "note": attached.note,
        "day": attached.day.isoformat(),
        "at": attached.at.isoformat(),
        "by": attached.by,
    }
