"""Every board of a book: by currency all that the dashboard shows."""

from collections.abc import Callable, Sequence
from datetime import date

from arctui.core import talks
from arctui.core.credit import basis, grade
from arctui.core.credit_terms import limit_of, on_hold
from arctui.core.decisions import Closing
from arctui.core.facts import Dossier
from arctui.core.figures import (
    PERIOD_DAYS,
    AccountSums,
    Receivables,
    account_sums,
    currencies,
    days_of,
    promise_figures,
    receivables_figures,
)
from arctui.core.money import ZERO
from arctui.core.past import known_since
from arctui.core.period import last_days
from arctui.core.promised import promised
from arctui.core.records import Account
from arctui.core.standing import Standing
from arctui.core.trend import AccountTrend, Asked, By, Trend, account_trend, periods
from arctui.desk.board import Board
from arctui.desk.board_keys import in_days, key_figures, late_payers, talkers
from arctui.desk.board_parts import Credit, by_age, by_week, of_promises, top_exposures
from arctui.desk.derived import Derived

#: Weeks that are looked ahead, and points of a line: twelve months and the one that runs.
WEEKS, POINTS = 8, 13
#: So many accounts, or seconds, are worked on between two words of progress.
_AT_A_TIME, _SECONDS = 50, 0.05


def boards(derived: Derived, at: Callable[[int, int], None]) -> dict[str, Board]:
    """Work out the boards by currency, the home currency first; `at` is told how many accounts of how many are done.

    Raises UnknownCountryError, and what `at` raises.
    """
    making = _Making(derived, at)
    home = derived.rules.policy.home_currency
    names = [name for name in dict.fromkeys([home, *currencies(making.accounts)]) if name]
    return {name: making.board(name) for name in names}


class _Making:
    """All that the boards are made of, worked out account by account."""

    def __init__(self, derived: Derived, at: Callable[[int, int], None]) -> None:
        self.rules = derived.rules
        self.today = derived.rules.moment.today
        self.period = last_days(self.today, PERIOD_DAYS)
        self.days = days_of(self.period)
        months = periods(self.today, POINTS, By.MONTH, self.rules.calendar)
        self.trend = Trend(Asked(months, By.MONTH), self.rules.policy.home_currency)
        self.closings = tuple(derived.facts.all(Closing))
        self.accounts: list[tuple[Dossier, Standing]] = []
        self.sums: list[AccountSums] = []
        names = [a.id for a in derived.facts.all(Account)]
        for place, account in enumerate(names):
            if place % _AT_A_TIME == 0:
                at(place, len(names))
            dossier, standing = derived.dossier(account), derived.standing(account)
            self.accounts.append((dossier, standing))
            self.sums.append(account_sums(dossier, standing, self.rules.reports, self.today, self.days))
            self.trend.put(self._account_trend(dossier, standing))
        self.cash = derived.cash()
        while not self.cash.look(_SECONDS):
            at(len(names) - self.cash.waiting, len(names))
        self.talks = self._talks()

    def _account_trend(self, dossier: Dossier, standing: Standing) -> AccountTrend:
        opens = dict.fromkeys((i.id for i in dossier.invoices), ZERO)
        opens |= {item.invoice.id: item.open for item in standing.items}
        return account_trend(dossier, opens, standing.judged, self.rules.reports, self.today, self.trend.asked.days)

    def _talks(self) -> talks.TalkFigures:
        """Count the talking of the period, account by account."""
        wanted = talks.Wanted(self.period, by=talks.By.ACCOUNT)
        return talks.talk_figures(self.accounts, wanted, self.today, _past_due_today)

    def _credit(self, dossier: Dossier, standing: Standing) -> Credit:
        """Tell the limit and the grade of an account, and whether it is on hold."""
        return limit_of(dossier), grade(basis(dossier, standing, self.rules), self.rules).letter, on_hold(dossier)

    def board(self, currency: str) -> Board:
        """Make the board of a currency."""
        accounts, rules = self.accounts, self.rules
        since = known_since((d for d, _ in accounts), rules.reports, currency)
        whole = Receivables(self.sums, self.days, currency, since, self.today)
        judged = [j for _, s in accounts for j in s.judged if j.promise.currency == currency]
        found = receivables_figures(whole, currency, self.period, promise_figures(judged, self.period))
        behind = by_age(accounts, currency)
        behind |= in_days(behind, found)
        behind["kept"] = of_promises(accounts, currency, self.period.first, rules)
        behind["line dso"] = behind["dso"]
        behind["line kept"] = of_promises(accounts, currency, self.trend.asked.periods[0].first, rules)
        behind |= late_payers(accounts, self.sums, found)
        behind |= talkers(accounts, self.period, self.talks.whole, self.talks.groups)
        forecast = next((f for f in self.cash.forecasts(self.today, WEEKS) if f.currency == currency), None)
        if forecast:
            behind |= by_week(accounts, self.cash.outlooks, forecast, rules.policy.home_currency)
        points = self.trend.points(currency, self.closings, rules.reports, since, self.today)
        return Board(
            currency=currency,
            today=self.today,
            aging=found.aging,
            figures=key_figures(found, promised(judged, self.period.first, self.today), self.talks.whole),
            trend=points,
            cash=forecast,
            exposures=top_exposures(accounts, currency, self._credit),
            behind=behind,
        )


def _past_due_today(_: Dossier, standing: Standing, days: Sequence[date]) -> Sequence[bool | None]:
    """Say what is past due today; the period ends with it."""
    return [any(item.past_due for item in standing.items)] * len(days)
