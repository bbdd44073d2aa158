"""The figures over time of the whole book: worked out slice by slice, and after an act only for what it touched."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from arctui.core.decisions import Closing
from arctui.core.facts import Dossier
from arctui.core.ledger import open_amounts
from arctui.core.mending import known_until
from arctui.core.past import known_since
from arctui.core.records import Account
from arctui.core.trend import AccountTrend, Asked, Trend, TrendPoint, account_trend
from arctui.desk.by_account import ByAccount

if TYPE_CHECKING:
    from arctui.desk.derived import Derived


def opens_of(derived: "Derived", dossier: Dossier, day: date) -> dict[str, Decimal]:
    """Return what is open of each invoice of an account at the end of a day, today or a later one, by id.

    Nothing is of those that are not named.
    """
    if day != derived.rules.moment.today:
        return open_amounts(dossier, derived.facts.reports, day)
    return {item.invoice.id: item.open for item in derived.standing(dossier.account.id).items}


class Trends(ByAccount[AccountTrend]):
    """The points of one question in every currency; `look` goes on with it, the points look at what still waits."""

    def __init__(self, derived: "Derived", asked: Asked) -> None:
        self._derived = derived
        self._until = known_until(derived.facts, derived.rules.moment.today)
        self._trend = Trend(asked, derived.rules.policy.home_currency)
        accounts = (account.id for account in derived.facts.all(Account))
        super().__init__(accounts, self._of, self._trend.put)
        self._since: dict[str, date | None] = {}

    def forget(self, accounts: Iterable[str]) -> None:
        """Look at these accounts again."""
        super().forget(accounts)
        self._since.clear()

    def _of(self, account: str) -> AccountTrend | None:
        derived = self._derived
        if derived.facts.get(Account, account) is None:
            return None
        dossier, judged = derived.dossier(account), derived.standing(account).judged
        opens = opens_of(derived, dossier, self._until)
        return account_trend(dossier, opens, judged, derived.facts.reports, self._until, self._trend.asked.days)

    def points(self, currency: str) -> tuple[TrendPoint, ...]:
        """Return the points of a currency."""
        self.look()
        facts = self._derived.facts
        if currency not in self._since:
            dossiers = (self._derived.dossier(account.id) for account in facts.all(Account))
            self._since[currency] = known_since(dossiers, facts.reports, currency)
        today = self._derived.rules.moment.today
        return self._trend.points(currency, facts.all(Closing), facts.reports, self._since[currency], today)
