"""The end of a call: one act of all that it brought, its note written by itself.

The result with its promises, disputes and dates; what we have to do now; when the reasons that were given are looked
after; a stop of all calls; and the record of what was said and answered.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from arctui.core.calls import Call, Move
from arctui.core.capture.dates import read_date
from arctui.core.changes import Change, added, changed, composed, removed
from arctui.core.money import total
from arctui.core.records import Activity, ActivityKind, FollowUp, FollowUpKind, Outcome, Promise
from arctui.desk.call_lines import Result, came_of_it, check_days, weight
from arctui.desk.call_steps import CallStep
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.outcomes import Contact, Logged, activity_of, new_promises
from arctui.playbook import walk
from arctui.playbook.model import Playbook, Step
from arctui.playbook.phrases import fill

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class CallEnd:
    """A call at its last step."""

    def __init__(self, desk: "Desk", playbook: Playbook, call: Call, place: CallStep) -> None:
        self._desk = desk
        self._playbook = playbook
        self._call = call
        self._place = place

    def commit(self, results: Sequence[Result], line: str = "") -> Logged:
        """Write the call down and do what it asks for; `line` is the one it was ended with.

        Raises DeskError for a line that cannot be taken any more.
        """
        desk, call, stop = self._desk, self._call, self._place.step.stop
        for result in results:
            if result.contact.reading.problems:
                raise DeskError(f"{result.contact.reading.text}: {result.contact.reading.problems[0]}")
        main = min((result.contact for result in results), key=weight)
        effects = composed(change for result in results for change in result.effects)
        promises = tuple(p for p in new_promises(effects) if not p.superseded_by)
        check_days(results, {p.id for p in promises}, desk.rules)
        activity = self._activity(results, main, promises, line)
        # One that a dispute of the same call holds up is no money to come.
        live = {j.promise.id for j in results[-1].standing.live}
        coming = tuple(p for p in promises if p.id in live)
        after = [*self._tasks(), *self._unpaid(), *self._looked_after(activity, effects, live)]
        changes = composed([added(activity), *effects, *after, *self._stops(), removed(call)])
        done = [f"promise of {main.money(total(p.amount for p in coming))}"] if coming else []
        if stop or not done:
            done.append(str(activity.outcome) + (f" ({stop})" if stop else ""))
        account = desk.dossier(call.account).account
        act = desk.commit(", ".join([*done, account.name]), changes)
        return Logged(account, main.reading, coming, desk.standing(call.account).next, act)

    def _activity(self, results: Sequence[Result], main: Contact, promises: Sequence[Promise], line: str) -> Activity:
        """The record of the call: what came of it, then what was said and answered, in the order of the talk."""
        call, moment, place = self._call, self._desk.rules.moment, self._place
        reached = any(result.contact.reached for result in results)
        closing = place.say if place.step.end else ""
        path = walk.transcript(self._playbook, call, closing, moment.now, reached=reached, result=line)
        summary = came_of_it(results, main, {p.id for p in promises})
        record = activity_of(main, promises)
        return msgspec.structs.replace(
            record,
            kind=ActivityKind.CALL,
            outcome=Outcome.STOPPED if place.step.stop else record.outcome,
            at=moment.now,
            day=moment.today,
            reached=reached,
            # Who was on the line; a payment may come from somebody else.
            person=walk.person(call) if reached and walk.person(call) else record.person,
            # Whoever rings while their call is parked here does not undo that we had called.
            inbound=walk.came_in(self._playbook, call),
            note="\n".join(filter(None, [summary, *path])),
            excuses=walk.excuses(self._playbook, call),
            seconds=walk.seconds(call, moment.now),
        )

    def _stops(self) -> list[Change]:
        """Stop all calling where the step says so."""
        account, stop = self._desk.dossier(self._call.account).account, self._place.step.stop
        if stop is None or stop in account.flags:
            return []
        return [changed(account, flags=(*account.flags, stop))]

    def _visited(self) -> list[tuple[Step, list[Move]]]:
        """Return the steps of the call, each once, with the moves that were made at it."""
        names = dict.fromkeys(walk.steps_taken(self._call))
        steps = self._playbook.steps
        return [(steps[n], [m for m in self._call.moves if m.step == n]) for n in names if n in steps]

    def _tasks(self) -> list[Change]:
        """What we have to do now, each thing once; what was done while on the line is ticked off."""
        open_tasks = {f.why: f for f in self._open(FollowUpKind.TASK)}
        changes: dict[str, Change] = {}
        for step, moves in self._visited():
            if not step.task:
                continue
            why = fill(step.task, self._place.phrases)
            if any(move.done for move in moves):
                if why in open_tasks:
                    changes[why] = changed(open_tasks[why], done_on=self._desk.today)
            elif why not in open_tasks:
                changes[why] = added(self._follow_up(FollowUpKind.TASK, self._desk.today, why))
        return list(changes.values())

    def _unpaid(self) -> list[Change]:
        """What was said to be paid in earlier calls, and was not: nobody looks for it any more."""
        if not any(move.unpaid for move in self._call.moves):
            return []
        return [changed(claim, done_on=self._desk.today) for claim in self._open(FollowUpKind.CLAIM)]

    def _looked_after(self, activity: Activity, effects: Sequence[Change], live: Collection[str]) -> list[Change]:
        """When the reasons that were given are looked after; one that is looked after already gets its new day.

        Not if something agreed in the call comes up by then, or nobody who can pay was spoken to.
        """
        if not activity.reached or self._place.step.stop:
            return []
        agreed = min(_agreed_days(effects, live), default=date.max)
        due = {why: day for day, why in self._rules()}
        closed = {change.record.id for change in effects}
        before = [f for f in self._open(FollowUpKind.CONTACT) if f.why in due and f.id not in closed]
        return [
            *(changed(f, done_on=self._desk.today) for f in before),
            *(added(self._follow_up(FollowUpKind.CONTACT, day, why)) for why, day in due.items() if day < agreed),
        ]

    def _open(self, kind: FollowUpKind) -> list[FollowUp]:
        followups = self._desk.dossier(self._call.account).followups
        return [f for f in followups if f.kind is kind and f.done_on is None]

    def _rules(self) -> Iterator[tuple[date, str]]:
        """The follow-up rules of the steps taken, with their days."""
        situation, calendar = self._desk.situation(self._call.account), self._desk.rules.calendar
        for step, moves in self._visited():
            settled = any(move.done for move in moves)
            rule = step.follow_up if step.follow_up and (step.follow_up.stays or not settled) else None
            found = read_date(rule.after.split(), situation) if rule and rule.after else None
            if rule and found:
                yield calendar.roll(found.day), fill(rule.why, self._place.phrases)

    def _follow_up(self, kind: FollowUpKind, day: date, why: str) -> FollowUp:
        account = self._call.account
        return FollowUp(id=new_id(), account=account, kind=kind, day=day, why=why, set_on=self._desk.today)


def _agreed_days(effects: Sequence[Change], live: Collection[str]) -> list[date]:
    """Return the days of what was agreed and still holds: promised, to be called on, to be looked for."""
    made = [change.after for change in effects if change.before is None]
    promised = [r.day for r in made if isinstance(r, Promise) and r.id in live]
    return promised + [r.day for r in made if isinstance(r, FollowUp) and r.done_on is None]
