"""What follows from the facts, kept until something changes it: standings, the worklist, the calendar, the search.

After an act only the accounts that it touched are derived again and put back into their place.
"""

import bisect
import math
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from arctui.core.agenda import Entry, entries
from arctui.core.calls import Call
from arctui.core.changes import Change
from arctui.core.decisions import Closing
from arctui.core.drafts import Draft
from arctui.core.expected import Outlook, outlook
from arctui.core.facts import Dossier, Facts
from arctui.core.figures import Figures, figures_by_currency
from arctui.core.moments import moment_of
from arctui.core.period import Period
from arctui.core.reasons import Rules
from arctui.core.records import Account, FollowUp
from arctui.core.standing import Standing, derive
from arctui.core.text import clean, fold, name_key
from arctui.core.trend import Asked
from arctui.core.worklist import Row, calling_order, row_of
from arctui.desk.broken_today import Broken, BrokenToday, broke
from arctui.desk.days import Days
from arctui.desk.errors import DeskError, SeveralError
from arctui.desk.expected import ExpectedCash
from arctui.desk.searching import Haystack
from arctui.desk.trends import Trends

#: Names of accounts that are told where several may be meant.
_LONGEST_LIST = 5
#: Of no more accounts than these all standings are kept; of more those that were asked for, not what only went by.
_FEW = 2000
#: So many accounts come into the calendar at a time.
_AT_A_TIME = 50


class Derived:
    """Everything derived from the book's facts on one day."""

    def __init__(self, facts: Facts, rules: Rules) -> None:
        self.facts = facts
        self.rules = rules
        self._standings: dict[str, Standing] = {}
        self._are_few = not any(islice(facts.all(Account), _FEW, None))
        self._rows: dict[str, Row | None] = {}
        self._order: list[Row] | None = None
        self._touched: set[str] = set()
        self.haystack = Haystack(self._dossier, lambda: (a.id for a in facts.all(Account)))
        self._days: Days | None = None
        self._dating: Iterator[None] | None = None
        self._undated: set[str] = set()
        self._at_bank: dict[str, str] = {}
        self._cash: ExpectedCash | None = None
        self._trends: dict[Asked, Trends] = {}
        self.broken = BrokenToday(self._broke)

    def still(self) -> "Derived":
        """Return what a thread may look at while the clerk goes on: all as it is now, without deriving it again."""
        facts = self.facts.snapshot()
        copy = Derived(facts, msgspec.structs.replace(self.rules, reports=facts.reports))
        copy._standings, copy._at_bank = self._standings.copy(), self._at_bank
        return copy

    def tell(self, at_bank: dict[str, str]) -> None:
        """Let the rows say what waits at the bank, a sentence an account; looked at anew where it has changed."""
        before = self._at_bank
        if at_bank is not before:
            self._touched |= {a for a in before.keys() | at_bank.keys() if before.get(a) != at_bank.get(a)}
            self._at_bank = at_bank

    def forget(self, accounts: set[str]) -> None:
        """Derive these accounts again when they are next asked for."""
        for account in accounts:
            self._standings.pop(account, None)
        self.haystack.forget(accounts)
        self._touched |= accounts
        self._undated |= accounts
        self.broken.forget(accounts)
        if self._cash:
            self._cash.forget(accounts)
        for trends in self._trends.values():
            trends.forget(accounts)

    def come_up(self, before: Rules) -> set[str]:
        """Return the accounts that only the time since earlier rules changes: callbacks, programs that are gone."""
        callbacks = self.called_back(before.moment.now, self.rules.moment.now)
        return callbacks | {c.account for c in self.facts.all(Call) if c.session in self.rules.gone - before.gone}

    def called_back(self, before: datetime, now: datetime) -> set[str]:
        """Return the accounts with a callback that came up between two moments."""
        lead = timedelta(minutes=self.rules.policy.callback_lead_minutes)
        return {
            f.account
            for f in self.facts.all(FollowUp)
            if f.done_on is None and (moment := moment_of(f, self.rules)) and before < moment - lead <= now
        }

    def dossier(self, account: str) -> Dossier:
        """Return all facts on an account. Raises KeyError for an unknown id."""
        return self.facts.dossier(account)

    def standing(self, account: str) -> Standing:
        """Return the standing of an account today, derived once until something on it changes."""
        if account not in self._standings:
            self._standings[account] = derive(self.dossier(account), self.rules)
        return self._standings[account]

    @contextmanager
    def _going_by(self, account: str) -> Iterator[None]:
        """Look at an account as one of all, one after the other: of many no standing is kept for that."""
        keep = self._are_few or account in self._standings
        yield
        if not keep:
            self._standings.pop(account, None)

    def days(self) -> Days:
        """Return the calendar's entries by day. Only accounts that something touched are looked at again."""
        while self._days is None:
            self.date(math.inf)
        for account in self._undated:
            self._days.put(account, self._entries(account))
        self._undated.clear()
        return self._days

    def date(self, seconds: float) -> bool:
        """Go on for about so long with putting the accounts into the calendar; return whether all are in it."""
        if self._days is None:
            end = time.perf_counter() + seconds
            # Put back only if nothing goes wrong: what was cut off by an error begins anew.
            dating, self._dating = self._dating or self._date(), None
            while self._days is None and time.perf_counter() < end:
                next(dating, None)
            self._dating = dating
        return self._days is not None

    def _date(self) -> Iterator[None]:
        days = Days()
        # What is touched from now on is looked at again when all are in it.
        self._undated.clear()
        accounts = [a.id for a in self.facts.all(Account)]
        for place in range(0, len(accounts), _AT_A_TIME):
            days.add({account: self._entries(account) for account in accounts[place : place + _AT_A_TIME]})
            yield
        yield from days.put_in_order()
        self._days = days

    def _entries(self, account: str) -> tuple[Entry, ...]:
        if self.facts.get(Account, account) is None:
            return ()
        with self._going_by(account):
            return entries(self.dossier(account), self.standing(account), self.rules)

    def cash(self) -> ExpectedCash:
        """Return the expected cash. Only accounts that something touched are looked at again."""
        if self._cash is None:
            accounts = (a.id for a in self.facts.all(Account))
            self._cash = ExpectedCash(accounts, self._outlook, self.rules.policy.home_currency)
        return self._cash

    def _outlook(self, account: str) -> Outlook | None:
        if self.facts.get(Account, account) is None:
            return None
        return outlook(self.dossier(account), self.standing(account), self.rules)

    def trends(self, asked: Asked) -> Trends:
        """Return the figures over time; of each question they are kept, until something touches all accounts."""
        if asked not in self._trends:
            self._trends[asked] = Trends(self, asked)
        return self._trends[asked]

    def accounts(self) -> list[Account]:
        """Return all accounts by name."""
        return sorted(self.facts.all(Account), key=lambda a: (fold(a.name), a.id))

    def everything(self) -> list[tuple[Dossier, Standing]]:
        """Return all accounts with all facts and their standing."""
        return [(self.dossier(a.id), self.standing(a.id)) for a in self.facts.all(Account)]

    def figures(self, period: Period | None = None) -> dict[str, Figures]:
        """Return the key figures of a period by currency, the home currency first even if nothing is open in it."""
        rules = self.rules
        home = rules.policy.home_currency
        return figures_by_currency(self.everything(), rules.reports, rules.moment.today, home, period)

    def worklist(self) -> list[Row]:
        """Return today's worklist in calling order. Only accounts that something touched are looked at again."""
        if self._order is None:
            rows = (self._make_row(a.id) for a in self.facts.all(Account)) if self._are_few else self._rows_of_many()
            self._order = sorted((r for r in rows if r), key=calling_order)
        elif self._touched:
            # Another list: by that it is known that it is another one.
            self._order = self._order.copy()
            for account in self._touched:
                if before := self._rows.get(account):
                    _take_out(self._order, before)
                row = self._make_row(account)
                if row:
                    bisect.insort(self._order, row, key=calling_order)
        self._touched.clear()
        return self._order

    def _rows_of_many(self) -> list[Row | None]:
        """Make the rows of all accounts, and count what broke while each is at hand: it is not looked at twice."""
        rows: list[Row | None] = []
        broken: Broken = {}
        for account in [a.id for a in self.facts.all(Account)]:
            with self._going_by(account):
                rows.append(self._make_row(account))
                if counts := self._broke(account):
                    broken[account] = counts
        self.broken.begin_with(broken)
        return rows

    def _make_row(self, account: str) -> Row | None:
        self._rows[account] = row = self._row(account)
        return row

    def _row(self, account: str) -> Row | None:
        if self.facts.get(Account, account) is None:
            return None
        return row_of(self.dossier(account), self.standing(account), self.rules, self._at_bank.get(account, ""))

    def _broke(self, account: str) -> dict[str, int]:
        return broke(self.dossier(account), self.standing(account).judged, self.rules.moment.today)

    @property
    def is_listed(self) -> bool:
        """Is the worklist there, so that only what was touched is to be looked at?"""
        return self._order is not None

    def begin_with(self, rows: list[Row], at_bank: dict[str, str], broken: Broken) -> None:
        """Take over a worklist in calling order that was derived before, instead of deriving it.

        `at_bank` is what its rows say of the bank lines, `broken` the promises that broke on its day.
        """
        self._order, self._at_bank = rows, at_bank
        self._rows = {row.account: row for row in rows}
        self._touched.clear()
        self.broken.begin_with(broken)

    def put_in_order(self) -> None:
        """Put the rows into calling order, where those that were taken over are not."""
        self._order = sorted(self._order or (), key=calling_order)

    def look_over(self, account: str) -> bool:
        """Is what is known of an account what follows from its facts? Else it is looked at again."""
        if account in self._touched:
            return True
        with self._going_by(account):
            if self._row(account) == self._rows.get(account):
                known = self.facts.get(Account, account) is not None
                if (self._broke(account) if known else {}) == self.broken.found(self.facts).get(account, {}):
                    return True
        self._touched.add(account)
        self.broken.forget({account})
        return False

    def row(self, account: str) -> Row | None:
        """Return an account's row in today's worklist, None if it is not on it."""
        self.worklist()
        return self._rows.get(account)

    def find(self, who: str) -> Account:
        """Return the account with this number, or whose name this is, or of which it is an unambiguous part.

        What a merged account was called before finds it too. Raises DeskError naming the candidates.
        """
        accounts = self.accounts()
        wanted = clean(who)
        for matches in (
            [a for a in accounts if a.number and a.number == wanted],
            [a for a in accounts if name_key(a.name) == name_key(wanted)],
            [a for a in accounts if name_key(wanted) in map(name_key, a.aliases)],
            [a for a in accounts if wanted and fold(wanted) in fold(a.name)],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                names = ", ".join(f"{a.name} ({a.number})" if a.number else a.name for a in matches[:_LONGEST_LIST])
                more = f" and {len(matches) - _LONGEST_LIST} more" if len(matches) > _LONGEST_LIST else ""
                raise SeveralError(f"'{wanted}' may be {names}{more}: write more of it, or the number")
        raise DeskError(f"no account is called '{wanted}'" if wanted else "which account?")

    def search(self, text: str) -> list[str]:
        """Return the ids of the accounts in which every word is found, the likeliest first.

        Of those alike the worklist comes first, in its order.
        """
        rows = self.worklist()
        return self.haystack.find(text, rows, lambda: (row.account for row in rows))

    def prepare_search(self, seconds: float = math.inf) -> bool:
        """Go on for about so long with what a search needs; return whether it is ready."""
        if not self.haystack.prepare(seconds):
            return False
        self.search("")
        return True

    def _dossier(self, account: str) -> Dossier | None:
        return self.dossier(account) if self.facts.get(Account, account) else None


def _take_out(order: list[Row], row: Row) -> None:
    """Take a row out of its place in the calling order, or from where it is in rows that are not in order."""
    place = bisect.bisect_left(order, calling_order(row), key=calling_order)
    if place == len(order) or order[place] is not row:
        place = next((n for n, other in enumerate(order) if other.account == row.account), len(order))
    del order[place : place + 1]


def touched(changes: Iterable[Change]) -> tuple[set[str], bool]:
    """Return which accounts changes touch, and whether they touch all (an import, a setting, a closed review).

    What is typed or said in a call that goes on touches none: nothing follows from it yet; nor from a closing mended.
    """
    accounts: set[str] = set()
    for change in changes:
        before, after = change.before, change.after
        if isinstance(before, Call) and isinstance(after, Call) and before.session == after.session:
            continue
        if isinstance(before, Closing) and isinstance(after, Closing):
            # What was owed on a day that is over is only known better.
            continue
        for record in (before, after):
            if isinstance(record, Account):
                accounts.add(record.id)
            elif record is not None and not isinstance(record, Draft):
                account = getattr(record, "account", None)
                if account is None:
                    return set(), True
                accounts.add(account)
    return accounts, False
