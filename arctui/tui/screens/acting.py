"""Acts that need no line: on the account that is looked at, on the book, on the program."""

from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, cast

from arctui.actions.model import REVIEWING
from arctui.core.drafts import Topic
from arctui.core.letter_records import Letter
from arctui.core.text import fold
from arctui.desk import DeskError
from arctui.store import BookError
from arctui.tui import screens
from arctui.tui.purposes import PURPOSES, Purpose
from arctui.tui.screens.find import FindScreen, Found
from arctui.tui.screens.help import help_screen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.facts import facts
from arctui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen


class Acting:
    """What single keys do."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen

    @property
    def _app(self) -> "ArctuiApp":
        return cast("ArctuiApp", self.screen.app)

    @cached_property
    def _looked(self) -> "screens.Looked":
        return screens.Looked()

    def do_undo(self) -> None:
        """Undo the last act."""
        undone = self.screen.desk.undo()
        # Only what takes a letter back needs all that is known of letters.
        has_letters = any(step.table == Letter.TABLE for step in undone.steps)
        aside = self.screen.desk.letters.files.set_aside() if has_letters else ""
        told = "; ".join(filter(None, [f"undone: {undone.act}", aside]))
        if self.screen.place in REVIEWING:
            self.screen.reviewing.undone(undone)
            self.screen.tell(told, "good")
            return
        ids = {s.now["account"] for s in undone.steps if s.now and "account" in s.now}
        ids |= {s.was["account"] for s in undone.steps if s.was and "account" in s.was}
        self.screen.show_all(key=ids.pop() if len(ids) == 1 and self.screen.front == "worklist" else "")
        self.screen.tell(told, "good")

    def do_account(self) -> None:
        """Show the whole account."""
        account = self.screen.account
        self.screen.app.push_screen(
            ListingScreen("ACCOUNT", lambda width: facts(self.screen.desk, account, width, whole=True))
        )

    def do_history(self) -> None:
        """Show what was done on the account, the newest act first."""
        from arctui.desk.history import Histories
        from arctui.tui.views.history import history_lines

        desk, account = self.screen.desk, self.screen.account

        @lru_cache(maxsize=1)
        def read(_: str) -> Histories:
            return Histories(desk.book.history, desk.book.facts, desk.policy.home_currency)

        def make(width: int) -> list[Line]:
            # Read from disk again only if an act came since.
            histories = read(desk.book.stand.head)
            return history_lines(histories, histories.of_account(account), width)

        self.screen.app.push_screen(ListingScreen(f"HISTORY  {desk.dossier(account).account.name}", make))

    def do_timeline(self) -> None:
        """Show what was on the account and what is to come."""
        self.screen.app.push_screen(screens.TimelineScreen(self.screen))

    def do_expected(self) -> None:
        """Show the expected cash, week by week."""
        # What cannot be reckoned with at all (an unknown country) is said here.
        self.screen.desk.rules.calendar.holiday(self.screen.desk.today)
        self.screen.app.push_screen(screens.ExpectedScreen(self.screen.desk))

    def do_figures(self) -> None:
        """Show the figures, at the one that was looked at last."""
        self.screen.app.push_screen(screens.DashboardScreen(self.screen, self._looked))

    def do_credit(self) -> None:
        """Show who should get credit."""
        self.screen.app.push_screen(screens.CreditScreen(self.screen))

    def do_confirmation(self) -> None:
        """Show the confirmation of what was agreed."""
        self.screen.app.push_screen(screens.ConfirmationScreen(self.screen))

    def do_letter(self) -> None:
        """Show the letters of the account, and which is due."""
        self.write_letter()

    def write_letter(
        self, *, account: str = "", why: str = "", back_when_sent: bool = False, again: bool = False
    ) -> None:
        """Show the letters of an account, or of this one; `why`: what stands where a reason is asked for.

        `again`: after a line, with what was said of that.
        """
        screen = self.screen
        account = account or screen.account

        def left(then: str | None) -> None:
            if then == screens.OTHERWISE:
                # The review goes on once it is recorded.
                back = None if back_when_sent else partial(self.write_letter, account=account, why=why, again=True)
                screen.guarded(lambda: self._ask(PURPOSES["letter"], account, back))
            elif then == screens.SENT:
                screen.guarded(screen.after_act)

        screen.following.keeps_account = True
        letters = screens.LettersScreen(screen, account, why=why, back_when_sent=back_when_sent)
        if again:
            letters.tell(" ".join(screen.query_one("#status", Lines).plain.split()))
        screen.app.push_screen(letters, left)

    def _ask(self, purpose: Purpose, account: str, back: Callable[[], None] | None) -> None:
        """Open a line about an account; `back` shows again what it was asked from."""
        self.screen.typing.open(purpose, topic=Topic(purpose.id, account))
        self.screen.typing.back = back

    def do_letters_due(self) -> None:
        """List the letters that are due, to be written together."""
        self.screen.app.push_screen(screens.LettersDueScreen(self.screen))

    def do_papers(self) -> None:
        """Show the files that are attached to the account."""
        self.screen.following.keeps_account = True
        self.screen.app.push_screen(screens.PapersScreen(self.screen, self.screen.account))

    def do_claim_file(self) -> None:
        """Write the account's claim file."""
        self.write_claim(self.screen.account)

    def write_claim(self, account: str) -> None:
        """Write the claim file of an account; what gets a part of it leads back to it."""
        screen = self.screen

        def left(action: str | None) -> None:
            if action:
                again = partial(self.write_claim, account)
                screen.guarded(lambda: self._ask(PURPOSES[action], account, again))

        screen.following.keeps_account = True
        screen.app.push_screen(screens.ClaimScreen(screen, account), left)

    def do_copy_phone(self) -> None:
        """Copy the first phone number."""
        phones = [phone for p in self.screen.desk.dossier(self.screen.account).people for phone in p.phones]
        cast("ArctuiApp", self.screen.app).copy(phones[0])
        self.screen.tell(f"copied: {phones[0]}")

    def do_done(self) -> None:
        """Tick off what is ours to do; of several the one that is chosen."""
        screen, account = self.screen, self.screen.account
        matters = screen.desk.matters.on(account)

        def settle(matter: str | None) -> None:
            if matter:
                screen.guarded(lambda: screen.carry_out(account, lambda: screen.desk.matters.settle(account, matter)))

        if len(matters) == 1:
            settle(matters[0].id)
            return
        rows = {m.id: Found("-", m.text, "", fold(m.text)) for m in matters}
        screen.app.push_screen(FindScreen("DONE", "which of these?", rows), settle)

    def do_doubles(self) -> None:
        """List the accounts that may be one customer."""
        self.screen.app.push_screen(screens.DoublesScreen(self.screen, self.screen.desk.identity.doubles()))

    def do_match(self) -> None:
        """Show the bank lines that wait, one after the other."""
        self.screen.app.push_screen(screens.MatchingScreen(self.screen))

    def do_settings(self) -> None:
        """Show the settings."""
        self.screen.app.push_screen(screens.SettingsScreen(self.screen))

    def do_redraw(self) -> None:
        """Paint the whole screen again."""
        self._app.repaint()

    def do_palette(self) -> None:
        """Open the palette."""
        from arctui.tui.screens.palette import show_palette

        show_palette(self.screen)

    def do_help(self) -> None:
        """List every key; run the one that is chosen."""

        def run(name: str | None) -> None:
            if name:
                self.screen.action_act(name)

        self.screen.app.push_screen(help_screen(self.screen.state(), self.screen.actions.actions), run)

    def do_guide(self) -> None:
        """Open the guide at the chapter of this place."""
        from arctui.tui.screens.guide_places import chapter_of_desk

        self._app.open_guide(chapter_of_desk(self.screen))

    def do_tour(self) -> None:
        """Begin the tour, leave it, or go on with it."""
        self._app.action_tour()

    def do_quit(self) -> None:
        """Leave; an open call is parked."""
        self.screen.typing.before_leaving()
        try:
            if self.screen.calling.call:
                self.screen.calling.leave()
        except BookError as error:
            raise DeskError(f"the call cannot be parked ({error}): Ctrl+Q leaves without that") from None
        self.screen.app.exit()
