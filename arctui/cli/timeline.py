"""`timeline`: what was on an account and what is to come, as lines of text and as a JSON document."""

import argparse
from collections.abc import Sequence

from arctui.cli.commands import show
from arctui.cli.tables import table
from arctui.cli.values import Document, iso, money
from arctui.core import words as say
from arctui.core.timeline import Event, timeline
from arctui.desk import Desk


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show the time line of an account."""
    found = desk.find(options.who)
    events = timeline(desk.dossier(found.id), desk.standing(found.id), desk.rules)
    show(options, document(events), [f"time line of {found.name}", *lines(events, desk)])
    return 0


def lines(events: Sequence[Event], desk: Desk) -> list[str]:
    """Show the events, a line each, the oldest first; today stands between what was and what is to come."""
    days = [None, *(e.day for e in events)]
    rows = table(
        [
            (
                "" if e.day == before else say.short_day(e.day, desk.today),
                f"{e.hour:%H:%M}" if e.hour else "",
                e.kind,
                desk.rules.money(e.amount, e.currency) if e.amount else "",
                e.words + (f"  ({e.by})" if e.by else ""),
            )
            for e, before in zip(events, days, strict=False)
        ],
        right=(3,),
    )
    past = sum(not e.ahead for e in events)
    coming = rows[past:] or ["nothing is to come"]
    return [*rows[:past], f"-- today, {say.short_day(desk.today)}", *coming]


def document(events: Sequence[Event]) -> list[Document]:
    """Return the document of `timeline`; `by` is null where no clerk did it."""
    return [
        {
            "date": iso(e.day),
            "hour": f"{e.hour:%H:%M}" if e.hour else None,
            "kind": e.kind,
            "amount": money(e.amount) if e.amount else None,
            "currency": e.currency or None,
            "what": e.words,
            "by": e.by or None,
            "ahead": e.ahead,
            "projected": e.projected,
        }
        for e in events
    ]
