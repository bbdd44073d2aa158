"""Lines of a call: what a step of the script asks for, a note, and any result that ends it."""

from typing import TYPE_CHECKING

from arctui.playbook import walk
from arctui.playbook.model import DATA, LineKind
from arctui.tui.purposes.base import Purpose
from arctui.tui.views.reading import data_lines, reading_lines
from arctui.tui.views.record import asking_lines
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_HINTS = {
    LineKind.PROMISE: "day amount method person: fri 1200 ach    half 15, rest 30    run    eom",
    LineKind.CALLBACK: "day and hour, then whom to ask for: tue 10:30 ask for Mrs Lee",
    LineKind.DISPUTE: "amount or invoice number, then what is wrong: 450 damaged pallets",
    LineKind.PAID: "when, how much, how -- reference: tue 500 check ref 4411",
    LineKind.REFUSAL: "the reason, in the customer's words",
    LineKind.STOP: "why no more calls, and whom to write to: name, firm, address, number of the case",
    LineKind.PERSON: "who is on the line",
    LineKind.CYCLE: "weekly thu, cut-off 2, docs order + statement     monthly 15     month end",
    LineKind.CONTACT: "name, role, number, email: lee wong, controller, 555 0142     address ...",
}


def _read_in_call(screen: "DeskScreen", line: str) -> list[Line]:
    """Return the reading of a capture line in the open call, with what the books have of money said to be paid."""
    desk, call = screen.desk, screen.calling.now
    reading = desk.calls.read(call, line)
    found = desk.claims.search(call.account, reading.paid)
    return reading_lines(reading, desk.calls.situation(call), screen.size.width - 1, found)


class CallLine(Purpose):
    """The line that the present step asks for; each key is kept."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading."""
        calling = screen.calling
        kind = calling.line_kind
        if kind is None:
            return []
        if not text.strip() or kind is LineKind.PERSON:
            hint = wrap(f" {_HINTS[kind]}", screen.size.width, "dim", indent=1)
            return [*hint, *self._record(screen, kind)]
        if kind in DATA:
            call = calling.now
            speaker = walk.person(call)
            return data_lines(
                screen.desk.corrections.read(call.account, text, kind, speaker=speaker), screen.size.width
            )
        return [*_read_in_call(screen, kind.full(text)), *self._record(screen, kind)]

    def _record(self, screen: "DeskScreen", kind: LineKind) -> list[Line]:
        """How they keep their promises, and the day worth asking for, while one is being taken."""
        if kind is not LineKind.PROMISE:
            return []
        call = screen.calling.now
        return asking_lines(screen.desk, call.account, walk.person(call), screen.size.width)

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """Keep each key."""
        screen.calling.keep_soon(text)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Take it and go on in the script."""
        screen.calling.enter(text)
        return True

    def finished(self, screen: "DeskScreen") -> None:
        """Show the step that the line led to."""
        screen.calling.arrived()

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Keep what was typed; the script's keys work again."""
        screen.tell("Enter types on; digits, e and Backspace work again" if text.strip() else "")
        screen.calling.keep_now(text)

    def emptied(self, screen: "DeskScreen") -> None:
        """Go one step back in the script."""
        screen.calling.do_back()


class CallDraft(Purpose):
    """A line of a call beside the script's own; what was begun is kept in the call."""

    def begins_with(self, screen: "DeskScreen") -> str:
        """Begin with what was left."""
        return screen.calling.draft(self.id)

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """Keep each key."""
        screen.calling.keep_soon(text, self.id)

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Keep what was typed."""
        screen.tell("left; what you typed is kept in this call" if text.strip() else "")
        screen.calling.keep_now(text, self.id)


class CallNote(CallDraft):
    """A note in the call."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Take it."""
        screen.calling.note(text)
        return True


class EndLine(CallDraft):
    """A result that ends the call."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading."""
        if not text.strip():
            return super().typed(screen, text)
        return _read_in_call(screen, text)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """End the call with it."""
        screen.calling.end(text)
        return True

    def finished(self, screen: "DeskScreen") -> None:
        """The end of the call has led on already."""


class Despite(Purpose):
    """Why an account is called although something speaks against it now."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what speaks against it."""
        held = screen.calling.hindered
        return wrap(f" ! {held.why}", screen.size.width, "warn", indent=3) if held else []

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """A reason is quickly typed again; it is kept with the call."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Call."""
        screen.calling.call_all_the_same(text)
        return True

    def finished(self, screen: "DeskScreen") -> None:
        """The call is on the screen already."""

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Nobody is called."""
        screen.tell("not called")
