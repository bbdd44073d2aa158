"""How many promises broke today, by clerk: kept by account, so that an act has only its own counted anew."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from arctui.core.day_flows import What, events
from arctui.core.facts import Dossier, Facts
from arctui.core.promised import decided_on
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Account, Promise

#: Of the accounts (by id) on which a promise broke on a day: how many of which clerk.
Broken = dict[str, dict[str, int]]


class BrokenToday:
    """The promises that broke on one day; `of` counts those of an account."""

    def __init__(self, of: Callable[[str], dict[str, int]]) -> None:
        self._of = of
        self._found: Broken | None = None
        self._touched: set[str] = set()

    def begin_with(self, found: Broken) -> None:
        """Take over what was counted before."""
        self._found = found

    def forget(self, accounts: Iterable[str]) -> None:
        """Count these accounts anew when it is next asked for."""
        self._touched.update(accounts)

    def found(self, facts: Facts) -> Broken:
        """Return what broke, by account and clerk."""
        if self._found is None or self._touched:
            promising = (p.account for p in facts.all(Promise)) if self._found is None else self._touched
            anew = {a: self._of(a) for a in dict.fromkeys(promising) if facts.get(Account, a)}
            rest = {a: counts for a, counts in (self._found or {}).items() if a not in self._touched}
            self._found = {**rest, **{a: counts for a, counts in anew.items() if counts}}
            self._touched.clear()
        return self._found

    def count(self, facts: Facts, clerk: str) -> int:
        """Count those of a clerk."""
        return sum(counts.get(clerk, 0) for counts in self.found(facts).values())


def broke(dossier: Dossier, judged: Sequence[Judged], day: date) -> dict[str, int]:
    """Count the promises of an account that broke on a day, by clerk, as the day's report does."""
    if not any(j.verdict is Verdict.BROKEN and decided_on(j) == day for j in judged):
        return {}
    return dict(Counter(e.clerk for e in events(dossier, judged, {day}, "") if e.what is What.BROKEN))
