"""Beginning a call, or taking one up that was left: whom to ask for, and how long nobody talked."""

import re
from datetime import datetime, timedelta

import msgspec

from arctui.core.calls import Call
from arctui.core.facts import Dossier
from arctui.core.records import FollowUpKind
from arctui.core.standing import Standing
from arctui.core.text import fold
from arctui.desk.sessions import is_running

#: A parked call that is taken up within this time goes on; later it is dialled again.
_HOLDS_THE_LINE = timedelta(hours=1)


def is_dialled_again(call: Call, now: datetime) -> bool:
    """Has a parked call lain so long that going on with it means to dial again?"""
    return call.parked_at is not None and now - call.parked_at > _HOLDS_THE_LINE


def taken_up(call: Call, now: datetime, session: str, despite: str = "") -> Call:
    """Return a call as it goes on in a session; `despite`: why it is made although something speaks against it."""
    return msgspec.structs.replace(
        call,
        session=session,
        parked_at=None,
        idle_seconds=call.idle_seconds + _waited(call, now, session),
        despite="; ".join(filter(None, [call.despite, despite])),
    )


def _waited(call: Call, now: datetime, session: str) -> int:
    """Return for how many seconds nobody talked: since it was parked, or cut off with its program."""
    goes_on = call.session == session or (call.session and is_running(call.session))
    if goes_on and not call.parked_at:
        return 0
    since = call.parked_at or last_moment(call)
    return max(0, round((now - since).total_seconds()))


def last_moment(call: Call) -> datetime:
    """Return the moment of the last move of a call, or of its beginning."""
    return call.moves[-1].at if call.moves else call.started_at


def whom_to_ask_for(dossier: Dossier, standing: Standing) -> str:
    """Return whom a call asks for: who was named for the callback, who broke the promise, who was spoken to last.

    Else the first with a phone number; "" if nobody is known.
    """
    due = [f.why for f in dossier.followups if f.kind is FollowUpKind.CALLBACK and f.done_on is None]
    named = [p.name for p in dossier.people if p.name and any(_names(why, p.name) for why in due)]
    broken = [j.promise.person for j in standing.judged if j.promise.id in standing.neglected]
    spoken = [a.person for a in sorted(dossier.activities, key=lambda a: a.at, reverse=True) if a.reached]
    reachable = [p.name for p in dossier.people if p.phones] + [p.name for p in dossier.people]
    known = {p.name for p in dossier.people}
    return next((name for name in (*named, *broken, *spoken, *reachable) if name and name in known), "")


def _names(why: str, person: str) -> bool:
    """Do the words of a callback name a person, by the last name or by all of it?"""
    return fold(person.split()[-1]) in re.findall(r"\w+", fold(why))
