"""The figures that are asked for: of a period, of one clerk or one account, told apart by what is wanted."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from arctui.core.facts import Dossier
from arctui.core.figures import Figures, figures_by_currency
from arctui.core.ledger import AGING_BUCKETS
from arctui.core.past import known_since, stocks_on
from arctui.core.period import Period
from arctui.core.records import Account
from arctui.core.standing import Standing
from arctui.core.talks import TalkFigures, Wanted, talk_figures

if TYPE_CHECKING:
    from arctui.desk.derived import Derived
    from arctui.desk.desk import Desk


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: the receivables by currency, the home currency first, and the talking of a period.

    With an account they are of that one; with a clerk the receivables are of the accounts that belong to the clerk.
    `names`: of accounts by id; `excuses`: the words of the reasons by their names in the playbook.
    """

    receivables: dict[str, Figures]
    talks: TalkFigures
    account: str = ""
    names: dict[str, str] = {}
    excuses: dict[str, str] = {}


class PastDue:
    """Tells of accounts whether something was past due at the end of a day: from what is open now, rolled back."""

    def __init__(self, derived: "Derived") -> None:
        self._derived = derived
        self._since: dict[str, date | None] = {}

    def __call__(self, dossier: Dossier, standing: Standing, days: Sequence[date]) -> Sequence[bool | None]:
        """Answer for each day; None where it is not known what was open then."""
        reports, today = self._derived.rules.reports, self._derived.rules.moment.today
        now = any(item.past_due for item in standing.items)
        if not dossier.invoices or all(day >= today for day in days):
            return [now] * len(days)
        since = [self._known_since(currency) for currency in {i.currency for i in dossier.invoices}]
        first = None if None in since else max(day for day in since if day)
        known = [day for day in days if first and first <= day < today]
        opens = {item.invoice.id: item.open for item in standing.items}
        told: dict[date, bool] = {}
        for day, stocks in zip(known, stocks_on(dossier, opens, reports, today, known), strict=True):
            told[day] = any(aging[name] > 0 for aging in stocks.values() for name in AGING_BUCKETS[1:])
        return [now if day >= today else told.get(day) for day in days]

    def _known_since(self, currency: str) -> date | None:
        if currency not in self._since:
            facts = self._derived.facts
            dossiers = (self._derived.dossier(account.id) for account in facts.all(Account))
            self._since[currency] = known_since(dossiers, self._derived.rules.reports, currency)
        return self._since[currency]


def figures_of(desk: "Desk", wanted: Wanted, account: str = "", period: Period | None = None) -> Asked:
    """Work out what is asked for; `account` is an id, "" for all; `period` the days of the receivables' figures.

    Without `period` they are those of the usual days up to today.
    """
    derived, today = desk.derived, desk.today
    accounts = [(desk.dossier(account), desk.standing(account))] if account else desk.everything()
    theirs = [(d, s) for d, s in accounts if d.account.clerk == wanted.clerk] if wanted.clerk else accounts
    home = desk.policy.home_currency
    return Asked(
        receivables=figures_by_currency(theirs, desk.rules.reports, today, home, period),
        talks=talk_figures(accounts, wanted, today, PastDue(derived)),
        account=account,
        names={d.account.id: d.account.name for d, _ in accounts},
        excuses={name: step.excuse for name, step in desk.calls.playbook.excuses.items()},
    )
