"""The clerk's calls: opened, walked by the script, kept at every move, and ended with a date or a reason.

A call in progress is no act. Each move is on disk before it is shown, so that a dropped connection loses nothing;
the end of the call is the act: activity, promises, follow-ups and the call's going, all or nothing.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.capture import Reading, Situation
from arctui.core.changes import Change, added, changed, composed, removed
from arctui.core.facts import Dossier
from arctui.core.money import ZERO, total
from arctui.core.records import (
    NOT_REACHED,
    FollowUpKind,
    Outcome,
)
from arctui.core.standing import Standing
from arctui.core.text import clean, fold
from arctui.desk.call_lines import CallLines, Result, came_of_it, check_days, weight
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.outcomes import Logged, activity_of, new_promises
from arctui.desk.sessions import is_running, new_session
from arctui.playbook import walk
from arctui.playbook.model import LineKind, Playbook, Step, standard
from arctui.playbook.phrases import choose, fill, lines_phrases, phrases_of

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: The group of the excuses that come from whoever answers the phone.
_OUTSIDERS = "A"


class CallStep(msgspec.Struct, frozen=True, kw_only=True):
    """Where a call is, ready to be shown: the step with its sentences filled in, and the path that led there."""

    name: str
    step: Step
    say: str
    ask: tuple[str, ...]
    do: str
    aim: str
    path: tuple[str, ...]


class Calls:
    """The calls of one clerk."""

    def __init__(self, desk: "Desk", playbook: Playbook | None = None) -> None:
        self._desk = desk
        self._playbook = playbook
        self.session = new_session()

    @property
    def playbook(self) -> Playbook:
        """The script; read when it is first needed."""
        if self._playbook is None:
            self._playbook = standard()
        return self._playbook

    # Which calls there are

    def open_calls(self) -> list[Call]:
        """Return this clerk's open calls on accounts that are still in the book, the one begun last first."""
        desk = self._desk
        mine = [c for c in desk.book.facts.all(Call) if c.by == desk.clerk and desk.knows(c.account)]
        return sorted(mine, key=lambda c: c.started_at, reverse=True)

    def interrupted(self) -> Call | None:
        """Return the call that was going on when an earlier session ended without parking it.

        A call that goes on in another window of this clerk is left there; its row leads to it.
        """
        elsewhere = [c for c in self.open_calls() if c.session and c.session != self.session]
        cut_off = [c for c in elsewhere if not is_running(c.session)]
        return cut_off[0] if cut_off else None

    def gone(self) -> frozenset[str]:
        """Return the sessions of open calls, of any clerk, whose program no longer runs."""
        sessions = {c.session for c in self._desk.book.facts.all(Call) if c.session not in ("", self.session)}
        return frozenset(s for s in sessions if not is_running(s))

    def on(self, account: str) -> Call | None:
        """Return this clerk's open call on an account."""
        mine = [c for c in self.open_calls() if c.account == account]
        return mine[0] if mine else None

    # Beginning and leaving

    def begin(self, account: str, *, broken: bool = False, leaving: Call | None = None) -> Call:
        """Begin a call, or go on with the one that is open on this account.

        `broken`: begin at the question for broken promises. `leaving`: the call that is left for it, in the same
        instant. Raises DeskError for an account that must not be called.
        """
        desk = self._desk
        desk.refresh()
        left = [self._left(leaving)] if leaving else []
        going_on = self.on(account)
        if going_on:
            call = msgspec.structs.replace(going_on, session=self.session, parked_at=None)
            desk.keep([*left, *([Change(before=going_on, after=call)] if call != going_on else [])])
            return call
        stopped = desk.standing(account).stopped
        if stopped:
            raise DeskError(f"this account is not to be called: {stopped}")
        call = Call(
            id=new_id(),
            account=account,
            by=desk.clerk,
            session=self.session,
            started_at=desk.rules.moment.now,
            day=desk.today,
            entry=self.playbook.broken if broken else self.playbook.start,
            person=whom_to_ask_for(desk.dossier(account), desk.standing(account)),
        )
        desk.keep([*left, added(call)])
        return call

    def parked(self, changes: Sequence[Change]) -> list[Change]:
        """Return the parking of the calls that changes bring back: nobody has them on the line."""
        return [Change(before=c.after, after=self._parked(c.after)) for c in changes if isinstance(c.after, Call)]

    def leave(self, call: Call) -> Call | None:
        """Park a call; one in which nothing happened goes without a trace: None."""
        self._desk.keep([self._left(call)])
        return self._parked(call) if call.touched else None

    def _left(self, call: Call) -> Change:
        return Change(before=call, after=self._parked(call)) if call.touched else removed(call)

    def _parked(self, call: Call) -> Call:
        return msgspec.structs.replace(call, session="", parked_at=self._desk.rules.moment.now)

    # Where it is

    def place(self, call: Call) -> CallStep:
        """Return the step that a call is at, with what is to be said there."""
        name = walk.position(self.playbook, call)
        step = self.playbook.step(name)
        phrases = self.phrases(call)
        return CallStep(
            name=name,
            step=step,
            say=choose(step.say, phrases),
            ask=tuple(fill(q, phrases) for q in step.ask),
            do=fill(step.do, phrases),
            aim=fill(step.aim, phrases),
            path=tuple(walk.path(self.playbook, call)),
        )

    def phrases(self, call: Call) -> dict[str, str]:
        """Return what stands for the placeholders now: the account's facts, and the lines typed in this call."""
        desk, lines = self._desk, self._lines(call)
        dossier, standing = lines.account
        readings = [result.contact.reading for result in lines.results]
        waiting = walk.pending(call)
        if waiting:
            readings.append(lines.read(waiting))
        currency = standing.balance.currency
        phrases = phrases_of(dossier, standing, desk.rules, desk.clerk, walk.person(call))
        if lines.claimed:
            # The rest is asked for, on no invoice in particular.
            phrases = {n: text for n, text in phrases.items() if n not in ("past_due", "invoices")}
            left = self.left(call)
            phrases |= {"past_due": desk.rules.money(left, currency)} if left else {}
        return phrases | lines_phrases(readings, desk.rules, currency)

    def left(self, call: Call) -> Decimal:
        """Return what may still be asked for after what the call has brought so far."""
        lines = self._lines(call)
        return max(ZERO, lines.account[1].balance.collectable - lines.claimed)

    def situation(self, call: Call) -> Situation:
        """Return what a line at the present step is read against: the account with what this call brought so far."""
        step = self.playbook.step(walk.position(self.playbook, call))
        return self._lines(call).situation(replaces=step.replaces)

    def read(self, call: Call, line: str) -> Reading:
        """Read a capture line at the present step as it would be saved, without taking it."""
        return self._lines(call).read(self._typed_line(call, line))

    def _typed_line(self, call: Call, line: str) -> Move:
        """Return a line typed at the present step, as a move of its own."""
        name = walk.position(self.playbook, call)
        replaces = self.playbook.step(name).replaces
        at = self._desk.rules.moment.now
        return Move(kind=MoveKind.LINE, step=name, text=line, at=at, agreed=True, replaces=replaces)

    def _lines(self, call: Call) -> CallLines:
        return CallLines(self._desk, call, right_party=call.reached or call.entry != self.playbook.start)

    # Moves

    def reply(self, call: Call, number: int) -> Call:
        """Choose a reply by its digit (from 1). Raises DeskError if there is none."""
        place = self.place(call)
        if not 1 <= number <= len(place.step.replies):
            raise DeskError(
                f"there is no reply {number} here" if place.step.replies else "no reply is asked for here"
            )
        chosen = place.step.replies[number - 1]
        return self._move(
            call, place, MoveKind.REPLY, chosen.text, chosen.to, reached=chosen.reached, agreed=chosen.agreed
        )

    def excuse(self, call: Call, name: str) -> Call:
        """Go to an excuse from anywhere. Whoever gives a reason for not paying is the person who can pay."""
        step = self.playbook.step(name)
        reached = step.group != _OUTSIDERS
        return self._move(call, self.place(call), MoveKind.EXCUSE, step.excuse, name, reached=reached)

    def jump(self, call: Call, name: str) -> Call:
        """Go to a step of the script by a key: what is promised or disputed there, the right person says."""
        return self._move(call, self.place(call), MoveKind.JUMP, walk.title(self.playbook, name), name, reached=True)

    def note(self, call: Call, text: str) -> Call:
        """Take a note; the step stays. Raises DeskError if it is empty."""
        words = clean(text)
        if not words:
            raise DeskError("the note is empty")
        place = self.place(call)
        move = Move(kind=MoveKind.NOTE, step=place.name, text=words, at=self._desk.rules.moment.now)
        return self._keep(call, walk.add(call, move))

    def typed(self, call: Call, text: str, purpose: str = "") -> Call:
        """Keep what is being typed: in the step's line, or for another purpose (a note, a result)."""
        if not purpose:
            after = msgspec.structs.replace(call, typed=text, typing="")
        else:
            drafts = {name: draft for name, draft in {**call.drafts, purpose: text}.items() if draft.strip()}
            after = msgspec.structs.replace(call, drafts=drafts, typing=purpose if text.strip() else "")
        return self._keep(call, after)

    def enter(self, call: Call, text: str) -> Call:
        """Take the line that a step asks for. Raises DeskError with what it lacks."""
        place = self.place(call)
        kind = place.step.line
        if kind is None:
            raise DeskError("no line is asked for here")
        if kind is LineKind.PERSON:
            return self._enter_person(call, place, clean(text))
        line = kind.full(clean(text))
        reading = self.read(call, line)
        if reading.problems:
            raise DeskError(reading.problems[0])
        outcome = Outcome.CALLBACK if reading.callback else reading.outcome
        if outcome in NOT_REACHED or outcome is Outcome.WITHDRAWN:
            raise DeskError(f"{outcome}: l ends the call with that")
        agreed = outcome not in (Outcome.PROMISE, Outcome.CALLBACK)
        to = walk.landing(self.playbook, place.step, outcome)
        return self._move(call, place, MoveKind.LINE, line, to, agreed=agreed)

    def _enter_person(self, call: Call, place: CallStep, name: str) -> Call:
        if not name:
            raise DeskError("who is on the line? write the name")
        return self._move(call, place, MoveKind.PERSON, name, place.step.to, reached=True)

    def back(self, call: Call) -> Call:
        """Go one step back; from a call that began in the middle, to the script's beginning. Raises DeskError."""
        before = walk.back(call)
        if before is call and call.entry != self.playbook.start:
            before = msgspec.structs.replace(call, entry=self.playbook.start)
        if before is call:
            raise DeskError("this is the beginning of the call: Escape leaves it")
        typed = before.typed
        step = self.playbook.step(walk.position(self.playbook, before))
        if step.line:
            typed = step.line.bare(typed)
        return self._keep(call, msgspec.structs.replace(before, typed=typed))

    def _move(
        self,
        call: Call,
        place: CallStep,
        kind: MoveKind,
        text: str,
        to: str,
        *,
        reached: bool = False,
        agreed: bool = False,
    ) -> Call:
        holds = walk.conditions(self._desk.dossier(call.account), self._desk.standing(call.account), self._desk.today)
        move = Move(
            kind=kind,
            step=place.name,
            text=text,
            at=self._desk.rules.moment.now,
            to=walk.arrive(self.playbook, to, holds),
            said=place.say,
            asked=place.ask,
            reached=reached,
            agreed=agreed,
            replaces=kind is MoveKind.LINE and place.step.replaces,
        )
        return self._keep(call, walk.add(call, move))

    def _keep(self, before: Call, after: Call) -> Call:
        if before != after:
            self._desk.keep([Change(before=before, after=after)])
        return after

    # The end

    def end(self, call: Call, line: str = "") -> Logged:
        """End a call with what its step says, or with a line typed for it; all of it is one act.

        Raises DeskError while there is neither a date nor a reason, or if a line cannot be taken any more.
        """
        self._desk.refresh()
        place = self.place(call)
        moves = list(walk.taken_lines(call))
        if line or place.step.end not in ("", "line"):
            moves.append(self._typed_line(call, line or place.step.end))
        elif not place.step.end:
            raise DeskError(
                "no date and no reason yet: a reply by its digit, p a promise, l any result, Escape parks"
            )
        if not moves:
            raise DeskError("nothing was agreed: p takes a promise, l any other result, Escape parks the call")
        return self._end(call, place, self._lines(call).come_to(moves))

    def _end(self, call: Call, place: CallStep, results: Sequence[Result]) -> Logged:
        desk = self._desk
        for result in results:
            if result.contact.reading.problems:
                raise DeskError(f"{result.contact.reading.text}: {result.contact.reading.problems[0]}")
        main = min((result.contact for result in results), key=weight)
        effects = composed(change for result in results for change in result.effects)
        promises = tuple(p for p in new_promises(effects) if not p.superseded_by)
        standing = {p.id for p in promises}
        check_days(results, standing, desk.rules)
        closing = place.say if place.step.end else ""
        path = walk.transcript(self.playbook, call, closing, desk.rules.moment.now)
        activity = msgspec.structs.replace(
            activity_of(main, promises),
            at=desk.rules.moment.now,
            day=desk.today,
            reached=any(result.contact.reached for result in results),
            note="\n".join(filter(None, [came_of_it(results, main, standing), *path])),
            excuses=walk.excuses(self.playbook, call),
        )
        stops = self._stop(call, place)
        changes = composed([added(activity), *effects, *stops, removed(call)])
        what = f"promise of {main.money(total(p.amount for p in promises))}" if promises else str(activity.outcome)
        if stops:
            what += f", no more calls ({place.step.stop})"
        account = desk.dossier(call.account).account
        act = desk.commit(f"{what}, {account.name}", changes)
        return Logged(account, main.reading, promises, desk.standing(call.account).next, act)

    def _stop(self, call: Call, place: CallStep) -> list[Change]:
        """Stop all calling where the step says so."""
        account = self._desk.dossier(call.account).account
        if place.step.stop is None or place.step.stop in account.flags:
            return []
        return [changed(account, flags=(*account.flags, place.step.stop))]


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
