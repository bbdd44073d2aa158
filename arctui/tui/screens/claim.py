"""The claim file of an account: written when it is opened, then what is missing for it and where it lies."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer

from arctui.desk import DeskError
from arctui.desk.claim_beside import ClaimBeside
from arctui.desk.claim_file import Claim
from arctui.exchange.progress import Cancelled
from arctui.store import BookError
from arctui.tui.screens.asking import AskingScreen
from arctui.tui.screens.letters import OTHERWISE, LettersScreen
from arctui.tui.screens.papers import PapersScreen
from arctui.tui.views.claim import claim_lines
from arctui.tui.views.progress import progress_line
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: What is written so soon is written while its key is answered; so often the line of the rest is painted.
_AT_ONCE_SECONDS, _PAINT_SECONDS = 0.3, 0.2
_KEYS: tuple[Hint, ...] = (
    ("P", "papers"),
    ("C", "names"),
    ("L", "letters"),
    ("w", "write again"),
    ("Esc", "back"),
    ("j k", "scroll"),
)


class ClaimScreen(AskingScreen):
    """What is missing as a checklist, made again once a part is got. Dismissed with the line that is to get one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "papers", "attach what is missing", show=False),
        Binding("C", "correct", "say legal name, jurisdiction and contract", show=False),
        Binding("L", "letters", "the letters of the account", show=False),
        Binding("w", "write", "write the claim file again", show=False),
        Binding("X", "cancel", "cancel the writing", show=False),
        Binding("q,J,enter", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen", account: str) -> None:
        super().__init__(screen, "")
        self._account = account
        self._who = self._desk.dossier(self._account).account.name
        self._beside: ClaimBeside | None = None
        self._timer: Timer | None = None
        self._claim: Claim | None = None

    def on_mount(self) -> None:
        """Write it."""
        super().on_mount()
        self.action_write()

    def on_unmount(self) -> None:
        """The program is left, or this screen."""
        if self._beside:
            self._beside.cancel()

    def show_now(self) -> None:
        """Show what is missing, and where it lies."""
        text: list[Line] = []
        if self._claim:
            claim, width = self._claim, max(20, self.size.width - 4)
            text = claim_lines(claim.files, claim.missing, claim.warnings, width)
        self.show_parts("CLAIM FILE", self._who, [], text, (("X", "cancel"),) if self._beside else _KEYS)
        line = self.query_one("#progress", Lines)
        shown = [progress_line("claim file", self._beside.stand, self.size.width)] if self._beside else []
        line.styles.height = len(shown)
        line.show(shown)

    def action_write(self) -> None:
        """Write it; what takes longer goes on beside the keys."""

        def act() -> str:
            beside = ClaimBeside(self._desk, self._account, self._ended)
            self._beside = beside
            if beside.wait(_AT_ONCE_SECONDS):
                self._over(beside)
                return self._told[0]
            self._timer = self.set_interval(_PAINT_SECONDS, self.show)
            self.show()
            return ""

        if self._beside is None:
            self.attempt(act)

    def _ended(self, beside: ClaimBeside) -> None:
        """The thread, in which this is called, has done its work."""
        self.call_later(self._over, beside)

    def _over(self, beside: ClaimBeside) -> None:
        if beside is not self._beside:
            return
        self._beside = None
        if self._timer:
            self._timer.stop()
        self._timer = None
        try:
            self._claim = beside.finish()
        except Cancelled:
            self.tell("cancelled: nothing was written", "warn")
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
        else:
            said = f"written: {self._claim.files[0]}"
            self.tell(said, "good")
            self._below.tell(said, "good")
        self.show()

    def action_cancel(self) -> None:
        """Call the writing off."""
        beside = self._beside
        if beside:
            beside.cancel()
            self._over(beside)

    def action_papers(self) -> None:
        """Attach what is missing."""
        self._get(lambda: PapersScreen(self._below, self._account))

    def action_letters(self) -> None:
        """Write or send what is missing."""
        self._get(lambda: LettersScreen(self._below, self._account))

    def _get(self, make: Callable[[], AskingScreen]) -> None:
        """Go to a screen that gets a part; then it is written again."""

        def left(then: str | None) -> None:
            if then == OTHERWISE:
                self.dismiss("letter")
            else:
                self.action_write()

        if self._beside is None:
            self.app.push_screen(make(), left)

    def action_correct(self) -> None:
        """Say the names that are missing."""
        if self._beside is None:
            self.dismiss("correct")

    def leave(self) -> None:
        """Back to the desk; what is being written is called off."""
        self.action_cancel()
        self.dismiss("")
