"""What other sessions did and what the time brought, shown within half a second; the reader keeps the place."""

import itertools
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.records import Import
from arctui.core.text import clean
from arctui.desk import DeskError
from arctui.store import Transaction
from arctui.tui.screens.asking import AskingScreen
from arctui.tui.screens.dating import Dating
from arctui.tui.screens.folding import Folding
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.screens.watching import Watching

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_SECONDS = 0.5
#: Each so often it is also looked for what no file tells: programs that are gone.
_ALL_EVERY = 40


class Following:
    """Looks at the book again and again."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self.folding = Folding(screen)
        self.dating = Dating(screen)
        # The last act that is shown.
        self._number = 0
        # Could the book not be read when it was last looked at?
        self._failed = False
        # The last act that was looked at for being an import, and the last import of this session itself.
        self._looked_at = screen.desk.book.number
        self._ours = 0
        # Does a screen lie over the desk that is about the account under the cursor?
        self.keeps_account = False
        self.watching = Watching(screen)
        # How files, minute and screen were when it was looked at last, and how often it was not looked at since.
        book = screen.desk.book.path
        self._paths = (book, book.with_name(f"{book.name}.journal"))
        self._files: object = None
        self._seen: object = None
        self._passed = 0

    def begin(self) -> None:
        """Look from now on."""
        self.screen.set_interval(_SECONDS, self.look_if_new)

    def look_if_new(self) -> None:
        """Look if there may be anything new; else a glance is enough, so that a program at rest uses nothing."""
        desk, top = self.screen.desk, self.screen.app.screen
        files, seen = tuple(map(_state, self._paths)), (int(time.time() // 60), top)
        is_written, self._files = files != self._files, files
        self._passed += 1
        if is_written and top is self.screen and files == desk.book.seen and not desk.unshown:
            # This session itself wrote, and shows it already.
            is_written = False
            self.screen.guarded(self._tell_of_imports, quiet=True)
        is_due = is_written or seen != self._seen
        if not is_due and self._passed >= _ALL_EVERY:
            self._passed = 0
            is_due = not self.screen.guarded(desk.refresh, quiet=True) or desk.unshown
        if is_due:
            self._seen, self._passed = seen, 0
            self.look()
        else:
            self.folding.consider()
            self.watching.look()

    def look(self) -> None:
        """Take over what is new and show it, on whatever screen is open."""
        screen, top = self.screen, self.screen.app.screen
        if isinstance(top, ListingScreen):
            if screen.guarded(screen.desk.refresh):
                top.show_again()
        elif isinstance(top, AskingScreen):
            if screen.guarded(screen.desk.refresh):
                top.follow()
        elif top is screen:
            self._recovered(screen.guarded(self._look, quiet=self._failed))
        self.folding.consider()
        self.watching.look()

    def leave(self) -> None:
        """The program is left."""
        self.screen.importing.leave()
        self.watching.leave()
        self.folding.leave()

    def _recovered(self, is_well: bool) -> None:
        """What cannot be read is told once, then that it is over: other messages must have their time."""
        if is_well and self._failed:
            self.screen.tell("the book can be read again", "good")
        self._failed = not is_well

    def resume(self) -> None:
        """After another screen lay over the desk: show what was done meanwhile, the cursor where it was."""
        stay, self.keeps_account = self.keeps_account, False
        if not self.screen.call_is_lost() and not self.screen.prompt.display:
            again = partial(self.screen.show_all, stay=stay)
            self.screen.guarded(self.show_news if self.screen.desk.unshown else again)

    def _look(self) -> None:
        screen = self.screen
        screen.desk.refresh()
        if screen.call_is_lost():
            return
        told = ""
        if screen.prompt.display:
            screen.typing.changed_meanwhile()
        elif screen.desk.unshown:
            told = self.show_news()
        else:
            screen.show_script(top=False)
        self._tell_of_imports(told)

    def _tell_of_imports(self, told: str = "") -> None:
        """Say what others imported, unless it was told already."""
        imported = self._imported()
        if imported not in ("", told):
            self.screen.tell(imported, "good", too=True)

    def show_news(self) -> str:
        """Show what others did; what they did on the account that is looked at is said, and returned, too."""
        account, number = self.screen.account, self._number
        self.screen.show_all(stay=True)
        news = self.done_on(account, number)
        if news:
            # A key that was just pressed has its answer there.
            self.screen.tell(news, "warn", too=True)
        return news

    def _imported(self) -> str:
        """Say what others imported since this was last asked, "" if nothing."""
        book, number = self.screen.desk.book, self._looked_at
        self._looked_at = book.number
        if book.number <= number:
            return ""
        later = itertools.takewhile(
            lambda t: t.number > number, itertools.islice(book.latest(), book.number - number)
        )
        return next((said for t in later if t.number != self._ours and (said := self._said_of_import(t))), "")

    def _said_of_import(self, act: Transaction) -> str:
        """Say what an act imported, and who did it, "" if it is no import."""
        if all(step.table != Import.TABLE for step in act.steps):
            # What says more of an import reads files, and takes its time to come.
            return ""
        from arctui.desk.import_words import done_in_short

        said = done_in_short(act)
        return said if not said or act.number == self._ours else f"{self._who(act)}: {said}"

    def _who(self, act: Transaction) -> str:
        return "another window of yours" if act.by == self.screen.desk.clerk else clean(act.by)

    def did_import(self) -> None:
        """The last act is an import of this session itself, and told."""
        self._ours = self._looked_at = self.screen.desk.book.number

    def shown(self) -> None:
        """Everything is shown as the desk has it now."""
        self._number = self.screen.desk.book.number
        self.screen.desk.unshown = False
        self.dating.consider()

    def done_on(self, account: str, number: int) -> str:
        """Say what was done last on an account after the act of a number, and by whom; "" if nothing was."""
        from arctui.desk.history import last_since

        found = last_since(self.screen.desk.book, number, account)
        if found is None:
            return ""
        done = f"{self._who(found)}: {'undid ' if found.undoes else ''}{clean(found.act)}"
        return self._said_of_import(found) or done

    def catch_up(self, account: str) -> None:
        """Before an act that nothing is typed for: refuse it if others changed its account since it was shown.

        Raises DeskError; then it is shown, and the same key does the act.
        """
        self.screen.desk.refresh()
        news = self.done_on(account, self._number)
        if news:
            self.screen.show_all(stay=True)
            raise DeskError(f"{news}: look again, then press the key again")


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what is other once a file was written, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns)
