"""The home currency of a book: which one its first report is in, and what a file says again after it changed."""

from collections.abc import Callable
from datetime import date

from arctui.core.changes import Change, added
from arctui.core.facts import Facts, Moment
from arctui.core.policy import Policy
from arctui.core.records import Account, Import, PolicyChange
from arctui.exchange.report import Report, totals_read

#: The home currency of a book holds from its beginning.
_BEGINNING = date(1970, 1, 1)


def home_currency(
    facts: Facts, report: Report, policy: Policy, moment: Moment, by: str, new_id: Callable[[], str]
) -> tuple[str, list[Change]]:
    """Return the home currency; an empty book takes the one with the largest open amount in its first report.

    Where some of it names no currency, that is in the home currency, and what names one is foreign.
    """
    sums = totals_read(report) if report.items else {}
    largest = max(sums, key=lambda c: sums[c], default=policy.home_currency)
    if sums.get("") or largest in ("", policy.home_currency) or next(facts.all(Account), None):
        return policy.home_currency, []
    change = PolicyChange(id=new_id(), setting="home_currency", value=largest, since=_BEGINNING, by=by, at=moment.now)
    return largest, [added(change)]


def home_notes(facts: Facts, report: Report, policy: Policy, home: str) -> tuple[str, ...]:
    """Say in which currency the first report of a book is taken where that is not plain."""
    if next(facts.all(Account), None):
        return ()
    change = "arctui policy home_currency CODE"
    if home != policy.home_currency:
        return (f"the home currency is {home} now, as most of this file is in it: if it is another, {change}",)
    named = {item.currency for item in report.items}
    if len(named) > 1 and "" in named:
        return (
            f"what names no currency is in {home}, the home currency: if it is another, {change}, then import again",
        )
    return ()


def home_of(report: Report, home: str) -> str:
    """Return the home currency if something is taken in it, "" where each item names its own."""
    return "" if all(item.currency for item in report.items) else home


def former_home(known: Import, policy: Policy) -> str:
    """Return the home currency in which a file was taken that is another one now, "" where nothing changed."""
    return "" if known.home == policy.home_currency else known.home
