"""Walking the script: where a call is, and what each move makes of it. Pure: a call and a move in, a call out."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

import msgspec

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.capture.codes import CODES
from arctui.core.facts import Dossier
from arctui.core.ledger import claims_to_come
from arctui.core.records import DisputeKind, Outcome
from arctui.core.standing import Standing
from arctui.core.text import fold, plural
from arctui.playbook.model import LineKind, Playbook, Step, When

#: The name under which a note that was begun is kept.
NOTE = "note_in_call"
#: Moves whose text was typed at their step.
_TYPED = (MoveKind.LINE, MoveKind.PERSON, MoveKind.DATA)
_LINE_OF = {
    Outcome.PROMISE: LineKind.PROMISE,
    Outcome.CALLBACK: LineKind.CALLBACK,
    Outcome.DISPUTE: LineKind.DISPUTE,
    Outcome.PAID: LineKind.PAID,
    Outcome.REFUSED: LineKind.REFUSAL,
}


def conditions(dossier: Dossier, standing: Standing, today: date) -> frozenset[When]:
    """Return what is the case on an account, so that a call may go another way.

    What they say is paid is missed from the day on which it should be here; before, it is on its way. Disputed is an
    account of which nothing but what is in question is past due.
    """
    claims = [claim.day for claim in claims_to_come(dossier)]
    claimed = any(day <= today for day in claims)
    balance = standing.balance
    holds = {
        When.BROKEN: bool(standing.neglected),
        When.CLAIMED: claimed and balance.past_due > 0,
        When.ON_ITS_WAY: bool(claims) and not claimed and balance.gross > 0,
        When.PROMISED: bool(standing.live),
        When.DISPUTED: balance.disputed > 0 and balance.collectable <= 0,
        When.NOTHING_DUE: balance.collectable <= 0,
        When.CYCLE_KNOWN: dossier.account.pay_cycle is not None,
    }
    return frozenset(when for when, is_so in holds.items() if is_so)


def steps_taken(call: Call) -> list[str]:
    """Return the names of the steps that a call came to, in their order, the present one last."""
    return [call.entry, *(move.to for move in call.moves if move.to)]


def position(playbook: Playbook, call: Call) -> str:
    """Return the step that a call is at; its beginning if the script has lost the step meanwhile."""
    name = steps_taken(call)[-1]
    return name if name in playbook.steps else playbook.start


def arrive(playbook: Playbook, name: str, holds: Collection[When]) -> str:
    """Return the step at which one arrives who goes to this one: another, where something is the case."""
    seen = {name}
    while True:
        ways = [d.to for d in playbook.step(name).instead if d.when in holds]
        if not ways or ways[0] in seen:
            return name
        name = ways[0]
        seen.add(name)


def landing(playbook: Playbook, step: Step, outcome: Outcome | None) -> str:
    """Return where a line leads: from its own step onward, or where a line of its outcome would have led.

    Never to a step that stops all calling: that is only for who was asked for the reason of a stop.
    """
    kind = _LINE_OF.get(outcome) if outcome else None
    if step.line is kind or kind is None or (step.line is LineKind.STOP and kind is LineKind.REFUSAL):
        return step.to
    named = {LineKind.PROMISE: playbook.commitment, LineKind.DISPUTE: playbook.dispute}.get(kind)
    others = [s.to for s in playbook.steps.values() if s.line is kind and not playbook.step(s.to).stop]
    return playbook.step(named).to if named else next(iter(others), step.to)


def add(call: Call, move: Move) -> Call:
    """Return the call with one more move. A line that was taken is typed no more; one that was left is kept there."""
    if move.kind is MoveKind.NOTE:
        rest = {name: text for name, text in call.drafts.items() if name != NOTE}
        return msgspec.structs.replace(call, moves=(*call.moves, move), drafts=rest, typing="")
    taken = move.kind in _TYPED
    drafts, typed = _changing_step(call, move.step, "" if taken else call.typed, move.to)
    return msgspec.structs.replace(call, moves=(*call.moves, move), typed=typed, drafts=drafts, typing="")


def back(call: Call) -> Call:
    """Go one step back. Notes stay; a line that was typed is there to be typed on."""
    steps = [n for n, move in enumerate(call.moves) if move.to]
    if not steps:
        return call
    last = call.moves[steps[-1]]
    rest = tuple(move for n, move in enumerate(call.moves) if n != steps[-1])
    drafts, typed = _changing_step(call, last.to, call.typed, last.step)
    if last.kind in _TYPED:
        typed = last.text
    return msgspec.structs.replace(call, moves=rest, typed=typed, drafts=drafts, typing="")


def _changing_step(call: Call, left: str, typed: str, to: str) -> tuple[dict[str, str], str]:
    """Keep what is typed at the step that is left; return the drafts, and what was typed at the one that is next."""
    drafts = {name: text for name, text in {**call.drafts, left: typed}.items() if text.strip()}
    return drafts, drafts.pop(to, "")


def person(call: Call) -> str:
    """Return who is on the line, or who is asked for; "" if that is not known."""
    named = [move.text for move in call.moves if move.kind is MoveKind.PERSON]
    return named[-1] if named else call.person


def pending(call: Call) -> Move | None:
    """Return the line that was typed last and waits for agreement."""
    steps = [move for move in call.moves if move.kind is not MoveKind.NOTE]
    last = steps[-1] if steps else None
    return last if last and last.kind is MoveKind.LINE and not last.agreed else None


def dispute_kind(playbook: Playbook, call: Call, line: Move) -> DisputeKind | None:
    """Return the kind of dispute that the script was about when a line was typed; None if it was about none."""
    kind = None
    for move in call.moves:
        if move == line:
            break
        step = playbook.steps.get(move.to)
        kind = (step and step.dispute) or kind
    return kind


def taken_lines(call: Call) -> Sequence[Move]:
    """Return the lines that a call ends with, in their order.

    A line that needs agreement counts once the move after it agrees; any other move after it drops it. A payment that
    was said to be made, and was not after all, counts no more; one that is in our books is marked so.
    """
    taken: list[Move] = []
    waiting: Move | None = None
    for move in call.moves:
        if move.kind is MoveKind.NOTE:
            continue
        if waiting and move.kind is MoveKind.REPLY and move.agreed:
            taken.append(waiting)
        waiting = None
        if move.unpaid:
            taken = [line for line in taken if not _is_paid(line)]
        elif move.found:
            taken = [msgspec.structs.replace(line, found=True) if _is_paid(line) else line for line in taken]
        if move.kind is MoveKind.LINE and move.agreed:
            taken.append(move)
        elif move.kind is MoveKind.LINE:
            waiting = move
    return taken


def _is_paid(line: Move) -> bool:
    """Is it a line about a payment that was made?"""
    return CODES.get(fold(line.text.split(maxsplit=1)[0])) is Outcome.PAID if line.text.strip() else False


def excuses(playbook: Playbook, call: Call) -> tuple[str, ...]:
    """Return the excuses that were given, in their order, each once.

    An excuse whose step gave way to another (`instead`) was given all the same.
    """
    given = (excuse_at(playbook, move.to) for move in call.moves)
    return tuple(dict.fromkeys(name for name in given if name))


def excuse_at(playbook: Playbook, name: str) -> str:
    """Return the excuse that is given by coming to a step: itself, or one that gave way to it; "" for none."""
    if name in playbook.excuses:
        return name
    return next((n for n, step in playbook.excuses.items() if any(d.to == name for d in step.instead)), "")


def path(playbook: Playbook, call: Call) -> list[str]:
    """Return the titles of the steps taken, the present one last."""
    return [title(playbook, name) for name in steps_taken(call)]


def title(playbook: Playbook, name: str) -> str:
    """Return what a step is called for a reader."""
    step = playbook.steps.get(name)
    return (step and (step.title or step.excuse)) or name.replace("-", " ")


def came_in(playbook: Playbook, call: Call) -> bool:
    """Did they call us? Not if we had called, and they rang while that call was parked."""
    return call.inbound and call.entry == (playbook.incoming or playbook.start)


def seconds(call: Call, ended: datetime) -> int:
    """Return how long a call took in seconds, without the time it lay parked or cut off."""
    return max(0, round((ended - call.started_at).total_seconds()) - call.idle_seconds)


def transcript(
    playbook: Playbook, call: Call, closing: str, ended: datetime, *, reached: bool, result: str = ""
) -> list[str]:
    """Return the path taken as a record: what was said, what was answered and noted, in the order of the call.

    Facts and words only, each line with its time, and its day where that is not the last; `closing` is the last
    sentence said ("" for none), `ended` the moment after it, `reached` whether the right person was spoken to,
    `result` the line that the clerk ended it with.
    """
    asked_for = f" for {call.person}" if call.person else ""
    began = "they called us" if came_in(playbook, call) else f"called{asked_for}"

    def stamp(at: datetime) -> str:
        return f"{at:%H:%M}" if at.date() == ended.date() else f"{at:%Y-%m-%d %H:%M}"

    record = [f"{stamp(call.started_at)} {began}"]
    record += [f"called although {call.despite}"] if call.despite else []
    noted: list[Move] = []
    for move in call.moves:
        if move.kind is MoveKind.NOTE:
            noted.append(move)
            continue
        # Who goes back to the greeting has reached nobody: what stood on the screen was not said.
        said = f'"{move.said}"' if move.said and move.to != playbook.start else ""
        if noted:
            # What was noted at a step was answered to what was said there.
            asked = f"the script asks: {' '.join(move.asked)}" if move.asked else ""
            opened = " ".join(filter(None, [said, asked]))
            record += [f"{stamp(noted[0].at)} {opened}"] if opened else []
            record += _notes(noted, stamp)
            noted, said = [], ""
        answer = _answer(playbook, move)
        record.append(f"{stamp(move.at)} {said} - {answer}" if said else f"{stamp(move.at)} {answer}")
    record += _notes(noted, stamp)
    record += [f"{stamp(ended)} taken down: {result}"] if result else []
    who = person(call)
    spoken = (f"spoken with {who}" if who else "the right person was reached") if reached else "right person: no"
    end = f"end of the call after {_length(seconds(call, ended))}, {spoken}"
    return [*record, f"{stamp(ended)} " + (f'"{closing}" - ' if closing else "") + end]


def _notes(noted: Sequence[Move], stamp: Callable[[datetime], str]) -> list[str]:
    return [f"{stamp(note.at)} noted: {note.text}" for note in noted]


def _length(seconds: int) -> str:
    """Say how long something took: "40 seconds", "7 minutes"."""
    return plural(seconds, "second") if seconds < 60 else plural(round(seconds / 60), "minute")


def _answer(playbook: Playbook, move: Move) -> str:
    match move.kind:
        case MoveKind.EXCUSE:
            return f"the reason given: {title(playbook, move.to)}"
        case MoveKind.PERSON:
            return f"on the line: {move.text}"
        case MoveKind.LINE:
            step = playbook.steps.get(move.step)
            return f"taken down: {step.line.bare(move.text) if step and step.line else move.text}"
        case MoveKind.DATA:
            return f"written into the file: {move.text}"
        case MoveKind.JUMP:
            return f"went on to: {move.text}"
    return move.text
