"""Expected cash over the whole book, kept by account: an act changes only the sums of those that it touched."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from arctui.core.cash_weeks import LENT, Forecast, Sums
from arctui.core.expected import Outlook
from arctui.core.reasons import Rules
from arctui.desk.by_account import ByAccount


class ExpectedCash(ByAccount[Outlook]):
    """The outlooks of all accounts and their sums. Those that changed wait until they are asked for."""

    def __init__(self, accounts: Iterable[str], look: Callable[[str], Outlook | None], home: str) -> None:
        """`look` returns the outlook of an account, None if it is no longer in the book."""
        self._sums = Sums(home)
        super().__init__(accounts, look, self._sums.put)

    @property
    def outlooks(self) -> Mapping[str, Outlook]:
        """The outlook of each account, as far as they were looked at."""
        return self.parts

    def forecasts(self, today: date, weeks: int) -> list[Forecast]:
        """Return the forecast of each currency, the home currency first; looks at what still waits before."""
        self.look()
        return self._sums.forecasts(today, weeks)


def explained(forecasts: Iterable[Forecast], rules: Rules) -> list[str]:
    """Say how the figures come about, and what of the past cannot be known, a sentence or two each."""
    shown = list(forecasts)
    if not shown:
        return []
    rate = f"{shown[0].rate * 100:.0f} %"
    weighted = (
        f"Weighted: a promise counts (kept + {LENT} x {rate}) / (decided + {LENT}) by what its account kept of the "
        f"promises that were decided; {rate} is how the whole book keeps them. Pay runs and due dates count whole."
    )
    past = (
        "Promised: what stood on its day. What was expected then of pay runs and due dates is not kept, as later "
        "reports take the place of earlier ones: only promises can be compared with what came."
    )
    notes = [
        weighted,
        "Due dates are moved by the days that the account paid late on average in the last year.",
        "Not dated: no promise, pay run or habit says when. Set off: credits and money on account pay it already.",
        past,
    ]
    if any(w.inferred for f in shown for w in f.past):
        notes.append(
            "~ in part concluded from two reports: it came between them, and stands in the week of the later one."
        )
    as_of = rules.reports.payments_as_of
    known = f"Payments are known up to {rules.day(as_of)}. " if as_of else ""
    notes.append(f"{known}What came back, as a returned check does, is left out.")
    return notes
