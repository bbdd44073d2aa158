"""Going about: from account to account, from pane to pane."""

from typing import TYPE_CHECKING

from arctui.tui.views.entries import listed

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

PANES = ("worklist", "script", "calendar")


class Moving:
    """Brings panes to the front and puts the cursor on accounts."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen

    def do_next(self) -> None:
        """Go to the next account."""
        self.screen.accounts.action_move(1)

    def do_previous(self) -> None:
        """Go to the previous account."""
        self.screen.accounts.action_move(-1)

    def successor(self, account: str) -> str:
        """Return the account below another in the worklist, passing over those that somebody else has on the line."""
        rows = self.screen.desk.worklist()
        place = next((n for n, row in enumerate(rows) if row.account == account), -1)
        return next((r.account for r in rows[place + 1 :] if not r.busy and r.account != account), "")

    def do_worklist(self) -> None:
        """Go to the worklist."""
        self._go_to("worklist")

    def do_script(self) -> None:
        """Go to the call, the review, or the account."""
        self._go_to("script")

    def do_calendar(self) -> None:
        """Go to the calendar."""
        self._go_to("calendar")

    def do_month(self) -> None:
        """Show the month over the whole width, or in its pane again."""
        self.screen.whole_month = not (self.screen.whole_month and self.screen.front == "calendar")
        self.screen.enter_pane("calendar" if self.screen.whole_month or not self.screen.wide else "worklist")
        self.screen.planning.show()
        self.screen.show_script(top=False)

    def _go_to(self, name: str) -> None:
        if name != "calendar":
            self.screen.whole_month = False
        self.screen.enter_pane(name)
        if name == "calendar":
            self.screen.planning.show()
        self.screen.show_script(top=False)

    def do_pane(self) -> None:
        """Go to the next pane."""
        self._go_to(PANES[(PANES.index(self.screen.front) + 1) % len(PANES)])

    def do_pane_back(self) -> None:
        """Go to the pane before."""
        self._go_to(PANES[PANES.index(self.screen.front) - 1])

    def do_leave_search(self) -> None:
        """Show the worklist again, the cursor on the account that was found; with no search call an import off."""
        if not self.screen.search and self.screen.importing.cancel():
            return
        account = self.screen.accounts.chosen
        self.screen.enter_pane("worklist")
        if self.screen.search:
            self.screen.search = ""
            self.screen.show_all(key=account)

    def find_account(self, account: str) -> None:
        """Go to an account in the list; one that is not on it is shown as if it had been searched for."""
        if account not in listed(self.screen.desk, self.screen.search):
            self.screen.search = (
                "" if self.screen.desk.row(account) else self.screen.desk.dossier(account).account.name
            )
        self.screen.whole_month = False
        self.screen.enter_pane("worklist")
        self.screen.show_all(key=account)
