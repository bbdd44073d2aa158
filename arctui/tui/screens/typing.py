"""The line that is being typed: about which account it is, its drafts, and whether its reading still holds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from arctui.core.drafts import Topic
from arctui.core.facts import Dossier
from arctui.desk import DeskError
from arctui.desk.errors import CardNumberError
from arctui.store import BookError
from arctui.tui.purposes import PURPOSES, Purpose
from arctui.tui.screens.keeping import Keeping
from arctui.tui.widgets.lines import Line, clip

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class Typing:
    """What the prompt is open for."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        # What the open prompt is for, and what would stand in it if nothing were typed.
        self.topic = Topic("")
        self._untouched = ""
        # The facts of its account as they were shown with the reading.
        self._shown: tuple[Dossier, str, list[Line]] | None = None
        # The reading that was shown last.
        self._reading: list[Line] | None = None
        # The screen's width, in cells, that it was broken for.
        self._width = 0
        # The last act that was shown with them.
        self._number = 0
        # The digits about which the clerk is being asked, as long as the question is on the screen.
        self._asked: tuple[str, ...] = ()
        self._keeping: Keeping[Topic] = Keeping(screen, self._keep)
        # What is shown again once the line is entered or left.
        self.back: Callable[[], None] | None = None

    @property
    def target(self) -> str:
        """The account that the open prompt is about, "" if there is none."""
        return self.topic.account

    def open(self, purpose: Purpose, *, title: str = "", text: str | None = None, topic: Topic | None = None) -> None:
        """Open the prompt for a purpose, with a text, or the draft that was left there.

        It is about the account that is looked at, or about a topic that is given.
        """
        screen = self.screen
        screen.tell("")
        self.close()
        self.back = None
        account = screen.account if purpose.about_account else ""
        self.topic = topic or Topic(purpose.id, account, purpose.about(screen))
        self._untouched = purpose.begins_with(screen)
        if text is None:
            text = self._take_up(self.topic) or self._untouched
        name = screen.desk.dossier(self.target).account.name if self.target else ""
        head = title or purpose.title
        shown = f"{head} {clip(name, 24)}:" if name else f"{head}:"
        screen.prompt.open(purpose.id, shown, text, lines=purpose.lines)
        screen.show_keys()

    def close(self) -> None:
        """Hide the prompt. A draft that is still there was left."""
        topic, prompt = self.topic, self.screen.prompt
        self.topic, self._reading = Topic(""), None
        if prompt.display:
            prompt.close()
        draft = self.screen.desk.drafts.find(topic)
        if self._keeping.text(topic) is None and draft and draft.open:
            self._keeping.soon(topic, draft.text)
        if self._keeping.text(topic) is not None:
            self._keeping.now()

    def go_back(self) -> None:
        """Show again what the line was opened from, if it was another screen."""
        back, self.back = self.back, None
        if back:
            back()

    # Drafts

    def _take_up(self, topic: Topic) -> str:
        """Return what was typed for a topic and is not saved yet."""
        kept, unkept = self.screen.desk.drafts.take_up(topic), self._keeping.text(topic)
        return kept if unkept is None else unkept

    def keep_soon(self, text: str) -> None:
        """Keep what stands in the prompt as a draft, at the latest in a moment; not what stands there untouched."""
        self._keeping.soon(self.topic, "" if text == self._untouched else text)

    def _keep(self, topic: Topic, text: str) -> None:
        is_open = topic == self.topic and self.screen.prompt.display
        self.screen.desk.drafts.keep(topic, text, is_open=is_open)

    def flush(self) -> bool:
        """Bring what was typed to disk, before the program ends at the latest; return whether it is there."""
        return self._keeping.now()

    def before_leaving(self) -> None:
        """Bring what was typed to disk. Raises DeskError where that is not possible now."""
        try:
            self._keeping.write()
        except BookError as error:
            raise DeskError(f"a line you left is not on disk ({error}): Ctrl+Q leaves without it") from None

    # What is typed

    def typed(self, text: str) -> None:
        """Keep what is being typed, and show how it is read."""
        PURPOSES[self.screen.prompt.purpose].keep(self.screen, text)
        self.read_again()

    def read_again(self) -> None:
        """Show how the line in the prompt is read now."""
        self._asked = ()
        self._width = self.screen.size.width
        lines = self._reading = self._read()
        self._shown = (self._facts(), self.screen.prompt.input.value, lines) if self.target else None
        self._number = self.screen.desk.book.number
        self.screen.prompt.understood(lines)

    def fit(self) -> None:
        """Break the reading for another width; a question or a refusal in its place stays."""
        prompt = self.screen.prompt
        if not prompt.display or self._reading is None:
            return
        if self._shown and (self._facts(), prompt.input.value) != self._shown[:2]:
            # That is looked at, and told, in its own time.
            return
        self._width = self.screen.size.width
        before, self._reading = self._reading, self._read()
        if self._shown:
            self._shown = (*self._shown[:2], self._reading)
        if prompt.shows(before):
            prompt.understood(self._reading)

    def _read(self) -> list[Line]:
        prompt = self.screen.prompt
        return PURPOSES[prompt.purpose].typed(self.screen, prompt.input.value)

    def _facts(self) -> Dossier:
        """Return the facts that the line is about, without the clerk's own calls."""
        return msgspec.structs.replace(self.screen.desk.dossier(self.target), calls=())

    def changed_meanwhile(self) -> bool:
        """Did somebody else change the account since its reading was shown? Then show the reading as it is now.

        Whatever others did is shown around the line, which stays as it is.
        """
        screen, target = self.screen, self.target
        screen.desk.refresh()
        if screen.call_is_lost():
            return True
        if target and not screen.desk.knows(target):
            text = screen.prompt.input.value
            screen.close_prompt()
            screen.tell(f"another session took this account out of the book; you were typing: {text}", "bad")
            return True
        if screen.desk.unshown:
            screen.show_all(stay=True)
        if screen.size.width != self._width:
            # The terminal has another size of which the screen is not told yet: that is no change.
            self.fit()
        if not target or self._shown is None or not self._is_other_than(*self._shown):
            return False
        news = screen.following.done_on(target, self._number) or "something changed this account just now"
        self.read_again()
        screen.tell(f"{news}: look at the reading again, Enter saves it", "warn")
        return True

    def _is_other_than(self, facts: Dossier, text: str, lines: list[Line]) -> bool:
        """Is the account, or the reading of the same text, another than it was shown?"""
        return self._facts() != facts or (text == self.screen.prompt.input.value and self._read() != lines)

    def entered(self, purpose: Purpose, text: str, *, sure: bool = False) -> bool:
        """Let the purpose act on the line; return whether it is done with. Raises what the desk raises.

        `sure`: the clerk says yes to the question that the line raised; where none was asked, nothing is done.
        """
        topic, drafts = self.topic, self.screen.desk.drafts
        if self.changed_meanwhile():
            return False
        act = purpose.agreed if sure and not self._asked else purpose.entered
        if sure:
            self.screen.desk.cards.allow(self._asked)
        if purpose.is_stored:
            self._ask_about_cards(text)
        before = drafts.find(topic)
        with drafts.used(topic):
            if not act(self.screen, text):
                return False
        self._keeping.forget(topic)
        if before and drafts.find(topic) == before:
            # Nothing had to be changed, so there was no act to take it along.
            self._keeping.soon(topic, "")
        return True

    def _ask_about_cards(self, text: str) -> None:
        """Raise the question about what looks like a card number. It is asked again until the clerk says yes."""
        try:
            self.screen.desk.cards.check_text(text, self.target)
        except CardNumberError as error:
            self._asked = error.numbers
            raise DeskError(f"{error}   Ctrl+Y: it is none, keep it   any other key: type on") from None
