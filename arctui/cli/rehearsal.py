"""Rehearsing the call script line by line, on a sample account of a demo book that is gone afterwards."""

import sys
from collections.abc import Callable, Sequence

import msgspec

from arctui.cli.opening import demo_desk
from arctui.core.calls import Call
from arctui.core.capture.sentences import sentences
from arctui.core.reasons import Bucket
from arctui.core.records import Account
from arctui.core.text import clean, fold, harmless
from arctui.desk import Desk, DeskError
from arctui.desk.calls import Calls
from arctui.desk.errors import HinderedError
from arctui.playbook.model import DATA, FollowUpRule, LineKind, Playbook
from arctui.playbook.show import step_lines

_HELP = (
    "1-9 the reply heard; e WORDS an excuse; p a promise; d a dispute; n WORDS a note; b back; Enter ends; "
    "q leaves; else the line that is asked for"
)
_NO_CAPTURE = (None, LineKind.PERSON, *DATA)


class LeftError(Exception):
    """The rehearsal was left, or its input is at an end."""


def rehearse(playbook: Playbook, day: str, who: str | None) -> None:
    """Hold a call with a sample account over standard input and output. Raises DeskError if nobody is called so."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    with demo_desk(day) as desk:
        desk.calls = Calls(desk, playbook)
        account = desk.find(who) if who else _ordinary(desk)
        print(f"A rehearsal with {account.name} ({account.number}): nothing of it is kept.\n{_HELP}")
        try:
            Rehearsal(desk, account).hold()
        except LeftError:
            print("left: nothing was written")


def _ordinary(desk: Desk) -> Account:
    """Return an account as most are: past due, somebody to ask for, nothing promised or broken yet."""
    rows = [row.account for row in desk.worklist() if row.bucket in (Bucket.FIRST, Bucket.SCHEDULED)]
    for key in (*rows, *(account.id for account in desk.accounts())):
        dossier, standing = desk.dossier(key), desk.standing(key)
        quiet = not (standing.stopped or standing.live or standing.neglected or dossier.promises)
        if quiet and standing.balance.collectable > 0 and any(person.phones for person in dossier.people):
            return dossier.account
    raise DeskError("no account of the demo book is past due on this day: choose one with --account WHO")


class Rehearsal:
    """One call, walked by what is typed."""

    def __init__(self, desk: Desk, account: Account) -> None:
        self._desk = desk
        self._account = account
        try:
            self._call = desk.calls.begin(account.id)
        except HinderedError as hindered:
            print(harmless(f"! {hindered}"))
            self._call = desk.calls.begin(account.id, despite="a rehearsal")

    def hold(self) -> None:
        """Go on until the call has ended. Raises LeftError."""
        self._show()
        while True:
            typed = self._ask()
            try:
                if not typed:
                    self._end()
                    return
                if self._move(typed):
                    self._show()
            except DeskError as error:
                print(harmless(f"! {error}"))

    def _ask(self) -> str:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            print(clean(line))
        typed = clean(line)
        if not line or typed == "q":
            raise LeftError
        return typed

    def _show(self) -> None:
        place = self._desk.calls.place(self._call)
        step = msgspec.structs.replace(
            place.step,
            ask=place.ask,
            do=place.do,
            aim=place.aim,
            task=place.task,
            follow_up=FollowUpRule(why=place.then) if place.then else None,
        )
        print(harmless(f"\n{' > '.join(place.path)}"))
        for line in step_lines(place.name, step, say=[place.say] if place.say else []):
            print(harmless(line))
        if place.repeated:
            print(harmless(f"! {place.repeated}"))
        if step.end:
            print("Enter ends the call")

    def _move(self, typed: str) -> bool:
        """Do what was typed; return whether the step is to be shown again. Raises DeskError."""
        calls, call = self._desk.calls, self._call
        first, _, rest = typed.partition(" ")
        keys: dict[str, Callable[[], Call]] = {
            "b": lambda: calls.back(call),
            "p": lambda: calls.jump(call, calls.playbook.commitment),
            "d": lambda: calls.jump(call, calls.playbook.dispute),
        }
        if typed in keys:
            self._call = keys[typed]()
        elif first == "e":
            return self._excuse(rest)
        elif first == "n":
            self._call = calls.note(call, rest)
            print("noted")
            return False
        elif calls.place(call).step.line:
            return self._line(typed)
        elif typed.isascii() and typed.isdigit() and len(typed) == 1:
            self._call = calls.reply(call, int(typed))
        else:
            raise DeskError(f"no line is asked for here. {_HELP}")
        return True

    def _excuse(self, words: str) -> bool:
        """Go to the excuse that is meant; list those that may be."""
        excuses = self._desk.calls.playbook.excuses
        wanted = fold(words).split()
        texts = {name: fold(f"{step.excuse} {step.find} {step.title}") for name, step in excuses.items()}
        found = [name for name, text in texts.items() if all(word in text for word in wanted)]
        common = self._desk.calls.playbook.commonest
        if words in excuses:
            found = [words]
        elif words.isdecimal() and 1 <= int(words) <= len(common):
            # The same digits as in the workstation.
            found = [common[int(words) - 1]]
        if len(found) == 1:
            self._call = self._desk.calls.excuse(self._call, found[0])
            return True
        print("\n".join(f"e {name}: {excuses[name].excuse}" for name in found) or f"no excuse is found by '{words}'")
        return False

    def _line(self, typed: str) -> bool:
        """Take the line that is asked for, after saying how it is read."""
        calls, kind = self._desk.calls, self._desk.calls.place(self._call).step.line
        if kind and kind not in _NO_CAPTURE:
            reading = calls.read(self._call, kind.full(typed))
            told: Sequence[str] = () if reading.problems else sentences(reading, calls.situation(self._call))
            for sentence in (*told, *(f"! {warning}" for warning in reading.warnings)):
                print(harmless(f"= {sentence}"))
        self._call = calls.enter(self._call, typed)
        return True

    def _end(self) -> None:
        """End the call and print what would be written. Raises DeskError where it is not at an end."""
        before = {activity.id for activity in self._desk.dossier(self._account.id).activities}
        logged = self._desk.calls.end(self._call)
        print(f"\n{logged.act}")
        for activity in self._desk.dossier(self._account.id).activities:
            if activity.id not in before:
                print(harmless(activity.note))
        if logged.next:
            print(f"next: {logged.next.day}: {logged.next.why}")
        print("This is what the call would have written; nothing was.")
