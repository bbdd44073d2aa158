"""The clerk's calls: opened, walked by the script, kept at every move, and ended with a date or a reason.

A call in progress is no act. Each move is on disk before it is shown, so that a dropped connection loses nothing;
the end of the call is the act: activity, promises, follow-ups and the call's going, all or nothing.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.capture import Reading, Situation
from arctui.core.capture.parts import is_named, name_and_role
from arctui.core.changes import Change, added, removed
from arctui.core.records import NOT_REACHED, Outcome
from arctui.core.text import clean, fold
from arctui.desk.call_ends import CallEnd
from arctui.desk.call_steps import CallStep, CallSteps
from arctui.desk.call_takings import is_dialled_again, last_moment, taken_up, whom_to_ask_for
from arctui.desk.errors import DeskError, HinderedError
from arctui.desk.ids import new_id
from arctui.desk.outcomes import Logged
from arctui.desk.playbooks import load_playbook
from arctui.desk.sessions import is_running, new_session
from arctui.playbook import walk
from arctui.playbook.model import DATA, LineKind, Playbook, Reply

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: The group of the excuses that come from whoever answers the phone.
_OUTSIDERS = "A"


class Calls:
    """The calls of one clerk."""

    def __init__(self, desk: "Desk", playbook: Playbook | None = None) -> None:
        self._desk = desk
        self._playbook = playbook
        #: What is wrong with the firm's own script, once it was needed: the standard one is in force then.
        self.playbook_problems: tuple[str, ...] = ()
        self.session = new_session()

    @property
    def playbook(self) -> Playbook:
        """The script; read when it is first needed."""
        if self._playbook is None:
            desk = self._desk
            self._playbook, problems = load_playbook(desk.book.path, desk.policy)
            self.playbook_problems = tuple(map(str, problems))
        return self._playbook

    def find_problems(self) -> tuple[str, ...]:
        """Read the script; return what is wrong with the firm's own."""
        _ = self.playbook
        return self.playbook_problems

    @cached_property
    def _steps(self) -> CallSteps:
        return CallSteps(self._desk, self.playbook)

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

    def elsewhere(self, account: str) -> Call | None:
        """Return this clerk's call on an account that goes on in another window."""
        call = self.on(account)
        return call if call and call.session not in ("", self.session) and is_running(call.session) else None

    # Beginning and leaving

    def begin(
        self,
        account: str,
        *,
        broken: bool = False,
        leaving: Call | None = None,
        inbound: bool = False,
        despite: str = "",
    ) -> Call:
        """Begin a call, or go on with the one that is open on this account.

        `broken`: begin at the question for broken promises. `leaving`: the call that is left for it, in the same
        instant. `inbound`: they called us, and an open call that is left for that is gone back to. `despite`: why it
        is made although something speaks against calling now. Raises DeskError for an account that must not be
        called (a call that is open there can be ended), HinderedError where calling now needs a reason.
        """
        desk = self._desk
        desk.refresh()
        left = [self._left(leaving)] if leaving else []
        back_to = leaving.id if leaving and leaving.touched and inbound else ""
        going_on = self.on(account)
        if going_on:
            if not inbound and is_dialled_again(going_on, desk.rules.moment.now):
                self._check(account, going_on.person, despite)
            call = self._gone_on_with(going_on, inbound=inbound, back_to=back_to, despite=despite)
            desk.keep([*left, *([Change(before=going_on, after=call)] if call != going_on else [])])
            return call
        person = whom_to_ask_for(desk.dossier(account), desk.standing(account))
        if not inbound:
            stopped = desk.standing(account).stopped
            if stopped:
                raise DeskError(f"this account is not to be called: {stopped}")
            self._check(account, person, despite)
        call = Call(
            id=new_id(),
            account=account,
            by=desk.clerk,
            session=self.session,
            started_at=desk.rules.moment.now,
            day=desk.today,
            entry=self._entry(broken=broken, inbound=inbound),
            person=person,
            inbound=inbound,
            back_to=back_to,
            despite=despite,
        )
        desk.keep([*left, added(call)])
        return call

    def _check(self, account: str, person: str, despite: str) -> None:
        """Raise HinderedError where a call now needs a reason."""
        hindrances = self._desk.permission.hindrances(account, person)
        if hindrances and not despite:
            raise HinderedError("; ".join(h.why for h in hindrances))

    def _entry(self, *, broken: bool, inbound: bool) -> str:
        book = self.playbook
        if inbound:
            return book.incoming or book.start
        return book.broken if broken else book.start

    def _gone_on_with(self, call: Call, *, inbound: bool, back_to: str, despite: str) -> Call:
        """Take up a call; where they call us meanwhile, at the question for callers."""
        desk, book = self._desk, self.playbook
        taken = taken_up(call, desk.rules.moment.now, self.session, despite)
        if not inbound:
            return taken
        taken = msgspec.structs.replace(taken, inbound=True, back_to=back_to)
        move = Move(
            kind=MoveKind.JUMP,
            step=walk.position(book, taken),
            text="they called",
            at=desk.rules.moment.now,
            to=book.incoming or book.start,
        )
        return walk.add(taken, move)

    def interrupted_by(self, call: Call) -> Call | None:
        """Return the call that was parked when this one came in, None if there is none (any more)."""
        return next((c for c in self.open_calls() if c.id == call.back_to and not c.session), None)

    def parked(self, changes: Sequence[Change]) -> list[Change]:
        """Return the parking of the calls that changes bring back: nobody has them on the line.

        They were over with their last move: what lies between is no talk.
        """
        back = [change.after for change in changes if isinstance(change.after, Call)]
        return [
            Change(before=call, after=msgspec.structs.replace(call, session="", parked_at=last_moment(call)))
            for call in back
        ]

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
        return self._steps.place(call)

    def left(self, call: Call) -> Decimal:
        """Return what may still be asked for after what the call has brought so far."""
        return self._steps.left(call)

    def situation(self, call: Call) -> Situation:
        """Return what a line at the present step is read against."""
        return self._steps.situation(call)

    def read(self, call: Call, line: str) -> Reading:
        """Read a capture line at the present step as it would be saved, without taking it."""
        return self._steps.read(call, line)

    def steps_taken(self, call: Call) -> list[tuple[str, str]]:
        """Return the steps taken so far, each once, the latest first, with their titles; not the present one."""
        here = walk.position(self.playbook, call)
        names = dict.fromkeys(reversed(walk.steps_taken(call)))
        known = [n for n in names if n in self.playbook.steps and n != here]
        return [(name, walk.title(self.playbook, name)) for name in known]

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
            call,
            place,
            MoveKind.REPLY,
            chosen.text,
            chosen.to,
            reached=chosen.reached,
            agreed=chosen.agreed,
            heard=chosen,
        )

    def excuse(self, call: Call, name: str) -> Call:
        """Go to an excuse from anywhere. Whoever gives a reason for not paying is the person who can pay."""
        step = self.playbook.step(name)
        reached = step.group != _OUTSIDERS
        return self._move(call, self.place(call), MoveKind.EXCUSE, step.excuse, name, reached=reached)

    def jump(self, call: Call, name: str) -> Call:
        """Go to a step of the script by a key: what is promised or disputed there, the right person says."""
        return self._move(call, self.place(call), MoveKind.JUMP, walk.title(self.playbook, name), name, reached=True)

    def return_to(self, call: Call, name: str) -> Call:
        """Go to a step that was taken before; what was said and typed since then stays in the note."""
        return self._move(call, self.place(call), MoveKind.JUMP, walk.title(self.playbook, name), name)

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
        if kind in DATA:
            return self._enter_data(call, place, kind, clean(text))
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

    def _enter_person(self, call: Call, place: CallStep, text: str) -> Call:
        """Take who is on the line; a role behind a comma goes into the account's file at once."""
        everybody = [p.name for p in self._desk.dossier(call.account).people]
        if [n for n in everybody if fold(n).split() == fold(text.replace(",", " ")).split()[::-1]]:
            # "Marsh, Tony"
            text = " ".join(text.replace(",", " ").split()[::-1])
        name, role = name_and_role(text)
        if not name:
            raise DeskError("who is on the line? write the name")
        people = [n for n in everybody if is_named(n, fold(name).split())]
        whole = people[0] if len(people) == 1 else name.title() if name.islower() else name
        if role:
            self._save(call, f"{whole}, {role}", LineKind.CONTACT)
        return self._move(call, place, MoveKind.PERSON, whole, place.step.to, reached=True)

    def _enter_data(self, call: Call, place: CallStep, kind: LineKind, text: str) -> Call:
        """Store what was learnt at once, as an act of its own; what is known, and nothing typed, lead on as well."""
        if text:
            self._save(call, text, kind)
        return self._move(call, place, MoveKind.DATA, text or "nothing new", place.step.to)

    def _save(self, call: Call, text: str, kind: LineKind) -> None:
        """Correct the account's file, as an act of its own, unless all of it is known."""
        corrections, speaker = self._desk.corrections, walk.person(call)
        if not corrections.read(call.account, text, kind, speaker=speaker).known:
            corrections.save(call.account, text, kind, speaker=speaker)

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
        heard: Reply | None = None,
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
            done=bool(heard and heard.done),
            found=bool(heard and heard.found),
            unpaid=bool(heard and heard.unpaid),
        )
        return self._keep(call, walk.add(call, move))

    def _keep(self, before: Call, after: Call) -> Call:
        if before != after:
            self._desk.keep([Change(before=before, after=after)])
        # As it was kept: what looks like a card number is hidden (`desk.cards`).
        return self._desk.book.facts.get(Call, after.id) or after

    # The end

    def end(self, call: Call, line: str = "") -> Logged:
        """End a call with what its step says, or with a line typed for it; all of it is one act.

        Raises DeskError while there is neither a date nor a reason, or if a line cannot be taken any more.
        """
        self._desk.refresh()
        place = self.place(call)
        moves = list(walk.taken_lines(call))
        if line or place.step.end not in ("", "line"):
            moves.append(self._steps.line(call, line or place.step.end))
        elif not place.step.end:
            raise DeskError(
                "no date and no reason yet: a reply by its digit, p a promise, l any result, Escape parks"
            )
        if not moves:
            raise DeskError("nothing was agreed: p takes a promise, l any other result, Escape parks the call")
        results = self._steps.lines(call).come_to(moves)
        return CallEnd(self._desk, self.playbook, call, place).commit(results, line)
