"""May this customer be called now? What speaks against it, in sentences that name the facts.

A business is called in its working hours, and not pestered: Reg F's presumption of harassment (more than seven calls
in seven days, or a call within seven days of a conversation) binds those who collect consumers' debts; here it is a
courtesy, and what was agreed or is due goes before it. A natural person is called by the strict profile: that rule as
it stands, its hours beside the firm's own, and no exception but a call that was asked for.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec

from arctui.core import words, zones
from arctui.core.abroad import calendar_of
from arctui.core.facts import Dossier
from arctui.core.moments import moment_of
from arctui.core.reasons import Bucket, Rules
from arctui.core.records import Account, Activity, ActivityKind, FollowUp, FollowUpKind
from arctui.core.standing import Standing
from arctui.core.text import plural

#: Today and the six days before it.
_WEEK = timedelta(days=6)
#: How long after an agreed hour a call still keeps the appointment.
_APPOINTMENT = timedelta(minutes=60)
#: The hours in which a natural person may be called, where the firm's own are wider: not before eight and not after
#: nine in the evening (Reg F, 1006.6(b)). A minute counts whole, and nearly all of the one from nine on is after it.
_STRICT_FROM, _STRICT_TO = time(8), time(20, 59)


class Against(StrEnum):
    """What speaks against a call now."""

    DAY = "no business day"
    HOUR = "not in calling hours"
    ATTEMPTS = "many calls in seven days"
    SPOKEN = "spoken with in seven days"


class Hindrance(msgspec.Struct, frozen=True):
    """Something that speaks against a call now: whoever calls all the same gives a reason. `why` names the facts."""

    what: Against
    why: str


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks against calling a person now.

    `doubt`: what may, as it is not certain where they are, or as a business may be open on that day ("" for nothing);
    `there`: the hour there, "" if not known.
    """

    hindrances: tuple[Hindrance, ...] = ()
    doubt: str = ""
    there: str = ""


def permission(dossier: Dossier, standing: Standing, rules: Rules, person: str = "") -> Permission:
    """Find what speaks against calling a person of an account now ("" or unknown: who has a phone)."""
    account, now = dossier.account, rules.moment.now
    reachable = next((p for p in dossier.people if p.phones), None)
    called = next((p for p in dossier.people if p.name == person), reachable)
    found = zones.zones_of(account, called, rules.policy.country)
    times, there = zones.local_times(found, now), zones.there(found, now)
    closed = [_closed(moment, account, rules, hour_known=bool(times)) for moment in times or (now,)]
    # What holds in several zones is said once.
    against = dict.fromkeys(filter(None, closed))
    if not account.natural_person and _appointment_now(dossier, rules):
        against = {}
    where = f"{there} ({zones.place(times[0])})" if len(times) == 1 else f"{there}, not certain which"
    if not times:
        where = f"{now:%H:%M} here, the hour there is not known"
    lately = filter(None, (_attempts(dossier, rules), _spoken(dossier, standing, rules)))
    if not account.natural_person and not all(h and h.what is Against.HOUR for h in closed):
        doubt = f"{where}: {'; '.join(h.why for h in against)}" if against else ""
        return Permission(hindrances=tuple(lately), doubt=doubt, there=there)
    timely = (Hindrance(h.what, f"{where}: {h.why}") if h.what is Against.HOUR else h for h in against)
    return Permission(hindrances=(*timely, *lately), there=there)


# The day and the hour there


def _closed(moment: datetime, account: Account, rules: Rules, *, hour_known: bool) -> Hindrance | None:
    """Find what speaks against calling a customer at whose place it is this moment.

    Where their hour is not known, the firm's stands for it with natural persons only.
    """
    policy = rules.policy
    calendar = calendar_of(account, policy)
    day = moment.date()
    first, last = policy.calling_from, policy.calling_to
    if account.natural_person:
        first, last = max(first, _STRICT_FROM), min(last, _STRICT_TO)
    # By the minute, as it is shown.
    inside = first <= moment.time().replace(second=0, microsecond=0) <= last
    if not inside and (hour_known or account.natural_person):
        return Hindrance(Against.HOUR, f"calling hours are {first:%H:%M} to {last:%H:%M}")
    if not calendar.is_business(day):
        return Hindrance(Against.DAY, f"{rules.day(day)} is {calendar.holiday(day) or 'a week-end'}")
    return None


def _callbacks(dossier: Dossier) -> list[FollowUp]:
    return [f for f in dossier.followups if f.kind is FollowUpKind.CALLBACK and f.done_on is None]


def _appointment_now(dossier: Dossier, rules: Rules) -> bool:
    """Is this the hour of a callback that was agreed?"""
    now, lead = rules.moment.now, timedelta(minutes=rules.policy.callback_lead_minutes)
    agreed = (moment_of(callback, rules) for callback in _callbacks(dossier))
    return any(moment and moment - lead <= now <= moment + _APPOINTMENT for moment in agreed)


# The calls of the last seven days


def _attempts(dossier: Dossier, rules: Rules) -> Hindrance | None:
    """Count the calls that we made."""
    made, allowed = _calls(dossier, rules, inbound=False), rules.policy.calls_in_seven_days
    if len(made) < allowed:
        return None
    last = f", the last {_when(made[-1], rules)}" if made else ""
    return Hindrance(Against.ATTEMPTS, f"{plural(len(made), 'call')} in the last 7 days{last}")


def _spoken(dossier: Dossier, standing: Standing, rules: Rules) -> Hindrance | None:
    """Look for a conversation of the last days, after which nothing calls for another one.

    With a natural person one counts, whoever rang (so does Reg F), and only an agreed callback calls for another.
    """
    strict = dossier.account.natural_person
    talks = [a for a in _calls(dossier, rules, inbound=None if strict else False) if a.reached]
    if not talks or (_asked_for(dossier, rules) if strict else _called_for(dossier, standing, rules)):
        return None
    last, today = talks[-1], rules.moment.today
    when = f"today at {last.at:%H:%M}"
    if last.day != today:
        when = f"on {rules.day(last.day)}, {words.distance(last.day, today)}"
    return Hindrance(Against.SPOKEN, f"spoken with {last.person or 'them'} {when}")


def _calls(dossier: Dossier, rules: Rules, *, inbound: bool | None) -> list[Activity]:
    """Return the calls of the last seven days in their order, ours or theirs (None: both)."""
    today = rules.moment.today
    calls = [a for a in dossier.activities if a.kind is ActivityKind.CALL and today - _WEEK <= a.day <= today]
    return sorted((a for a in calls if inbound in (None, a.inbound)), key=lambda a: a.at)


def _called_for(dossier: Dossier, standing: Standing, rules: Rules) -> bool:
    """Is there something to ring a business about: a reason of today's list, or what a try today took off it?"""
    ours = {f.id for f in dossier.followups if f.kind is FollowUpKind.TASK}
    listed = any(r.bucket is not Bucket.LETTER and r.record not in ours for r in standing.reasons)
    due = (f.done_on is None and f.day <= rules.moment.today for f in dossier.followups if f.id not in ours)
    return listed or bool(standing.neglected) or any(due)


def _asked_for(dossier: Dossier, rules: Rules) -> bool:
    """Did they ask to be called back by now?"""
    now, lead = rules.moment.now, timedelta(minutes=rules.policy.callback_lead_minutes)
    return any(
        moment - lead <= now if (moment := moment_of(callback, rules)) else callback.day <= rules.moment.today
        for callback in _callbacks(dossier)
    )


def _when(activity: Activity, rules: Rules) -> str:
    return f"{rules.day(activity.day)} {activity.at:%H:%M}"
