"""What is found by typing: the reason that was given in a call, who is calling, a step to go back to."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from arctui.core.text import fold
from arctui.desk import DeskError
from arctui.playbook.model import Step
from arctui.tui import screens
from arctui.tui.screens.find import MOST, FindScreen, Found

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class Choosing:
    """Opens the lists in which a reason, a caller or a step is found."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen

    # The reason

    def do_excuse(self) -> None:
        """Find the reason that was given; the commonest by a digit."""
        calls = self.screen.desk.calls
        book = calls.playbook
        common = {name: str(n) for n, name in enumerate(book.commonest, 1)}
        names = [*common, *(name for name in book.excuses if name not in common)]
        rows = {name: self._reason(book.excuses[name], common.get(name, ""), book.groups) for name in names}

        def chosen(name: str | None) -> None:
            calling = self.screen.calling
            if name and calling.call:
                self.screen.guarded(lambda: calling.go(lambda call: calls.excuse(call, name)))

        find = FindScreen(
            "WHICH REASON", "as the customer gives it", rows, digits=book.commonest, by_digit="the commonest"
        )
        self.screen.app.push_screen(find, chosen)

    def _reason(self, step: Step, digit: str, groups: Mapping[str, str]) -> Found:
        haystack = fold(f"{step.excuse} {step.find} {step.title}")
        return Found(digit or step.group, step.excuse, groups[step.group], haystack)

    # A step taken before

    def do_path(self) -> None:
        """Go back to any step of this call; what was said and typed since stays in the note."""
        calling, calls = self.screen.calling, self.screen.desk.calls
        taken = calls.steps_taken(calling.now)
        if not taken:
            raise DeskError("this is the first step of the call")
        rows = {name: Found(str(n), title, "", fold(title)) for n, (name, title) in enumerate(taken, 1)}

        def chosen(name: str | None) -> None:
            if name and calling.call:
                self.screen.guarded(lambda: calling.go(lambda call: calls.return_to(call, name)))

        digits = list(rows)[:9]
        self.screen.app.push_screen(FindScreen("BACK TO", "the latest step first", rows, digits=digits), chosen)

    # Who calls us

    def do_answer(self) -> None:
        """They call us: find who it is; the account that is looked at stands first."""
        self._ask_who(self.screen.account)

    def do_caller(self) -> None:
        """Somebody else calls while a call is open: find who it is; this call is parked for it."""
        self._ask_who("")

    def _ask_who(self, first: str) -> None:
        def chosen(account: str | None) -> None:
            if account:
                self.screen.guarded(lambda: self.screen.calling.take(account))

        self.ask_account("THEY CALL", first, "take the call", chosen)

    def ask_account(self, title: str, first: str, verb: str, chosen: Callable[[str | None], None]) -> None:
        """Find an account; those of the worklist are shown, before them a `first` one, if there is one."""
        desk = self.screen.desk
        shown = dict.fromkeys([*([first] if first else []), *(row.account for row in desk.worklist())])
        rows = {account: self._account(account) for account in islice(shown, MOST)}

        def find(text: str) -> Mapping[str, Found]:
            return {account: self._account(account) for account in islice(desk.search(text), MOST)}

        who = FindScreen(title, "a name, a person, a number, an invoice", rows, verb, finder=find)
        self.screen.app.push_screen(who, chosen)

    # Which customer it is

    def do_merge(self) -> None:
        """Find the account of which this one becomes a part; those of nearly the same name stand first."""
        desk, account = self.screen.desk, self.screen.account
        shown = dict.fromkeys([*desk.identity.near(account), *(row.account for row in desk.worklist())])

        def rows(accounts: Iterable[str]) -> Mapping[str, Found]:
            return {a: self._account(a) for a in islice((a for a in accounts if a != account), MOST)}

        def chosen(into: str | None) -> None:
            if into:
                screen = self.screen
                screen.guarded(lambda: screen.app.push_screen(screens.MergeScreen(screen, account, into)))

        title = f"{desk.dossier(account).account.name} IS THE SAME AS"
        find = FindScreen(
            title, "a name or a number", rows(shown), "show what moves", finder=lambda text: rows(desk.search(text))
        )
        self.screen.app.push_screen(find, chosen)

    def _account(self, account: str) -> Found:
        desk = self.screen.desk
        record, balance = desk.dossier(account).account, desk.standing(account).balance
        owes = desk.rules.money(balance.past_due, balance.currency)
        due = f"{owes} past due" if balance.past_due else "nothing past due"
        return Found(">", record.name, f"{record.number}  {due}", "")
