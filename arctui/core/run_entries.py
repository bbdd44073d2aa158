"""What a customer's pay runs put into the calendar: the runs, their cut-offs, the papers they wait for. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.abroad import calendar_of
from arctui.core.business import BusinessCalendar
from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem
from arctui.core.money import ZERO, total
from arctui.core.pay_cycle import PayCycle
from arctui.core.pay_cycles import Run, missing_documents, next_run
from arctui.core.reasons import Rules
from arctui.core.standing import Standing

#: Days ahead, from today, within which something must fall due for a run after the next one to be shown.
_RUNS_AHEAD = timedelta(days=92)
_DAY = timedelta(days=1)
#: Invoices that are named in one sentence.
_MOST_NAMED = 3


class Share(msgspec.Struct, frozen=True):
    """What of an account one pay run is about.

    `items` can be in it and in none before it: due by its day, issued by its cut-off. `missed` are those that are due
    by its day and cannot be in it, each with the day of the run that it goes to. `closed`: the cut-off has passed;
    `lacking` are then the papers not known to be in for it, so that all of it is missed, else those to come.
    """

    run: Run
    items: tuple[OpenItem, ...]
    missed: tuple[tuple[OpenItem, date], ...]
    closed: bool
    lacking: tuple[str, ...]

    @property
    def amount(self) -> Decimal:
        """What of it is neither disputed nor promised."""
        return total(map(expected, self.items))


class RunEntry(msgspec.Struct, frozen=True):
    """One entry of the calendar: `kind` "run", "cutoff" or "documents", `run` the day of the run it belongs to."""

    day: date
    kind: str
    amount: Decimal
    why: str
    run: date


def expected(item: OpenItem) -> Decimal:
    """Return what of an item is neither disputed nor promised."""
    return max(ZERO, item.open - item.disputed - item.promised)


def shares(dossier: Dossier, standing: Standing, rules: Rules, currency: str | None = None) -> tuple[Share, ...]:
    """Put each open item in a currency (None: the account's main one) to the first pay run that it can be in.

    In order of the runs: those that are closed and still to be made, the next one that can be made, and later ones
    for which something falls due soon.
    """
    cycle, coming = dossier.account.pay_cycle, standing.run
    currency = standing.balance.currency if currency is None else currency
    items = [i for i in standing.items if i.open > 0 and i.invoice.currency == currency]
    if not (cycle and coming and items):
        return ()
    theirs = calendar_of(dossier.account, rules.policy)
    return tuple(_Shares(cycle, coming, rules, theirs).of(items))


class _Shares:
    """The runs of one account, as its items are put to them."""

    def __init__(self, cycle: PayCycle, coming: Run, rules: Rules, theirs: BusinessCalendar) -> None:
        self.cycle = cycle
        self.coming = coming
        self.rules = rules
        self.theirs = theirs
        self.closed = list(self._closed())

    def of(self, items: Sequence[OpenItem]) -> Iterator[Share]:
        runs = {r.day: r for r in (*self.closed, self.coming)}
        first = min(runs)
        there: dict[date, list[OpenItem]] = {}
        missed: dict[date, list[tuple[OpenItem, date]]] = {}
        horizon = self.rules.moment.today + _RUNS_AHEAD
        for item in items:
            issued, due = item.invoice.issued, item.invoice.due
            if max(due or date.min, issued or date.min) > horizon:
                continue
            by_due = runs[first] if due is None or due <= first else self._next(due - _DAY)
            run = by_due
            if issued and issued > run.cutoff:
                run = self._next(issued, cutoff_open=True)
            if run.day < self.coming.day and self._lacking(run.day):
                # Papers that were not in by the cut-off keep everything out of the run.
                run = self.coming
            for found in (by_due, run):
                runs.setdefault(found.day, found)
            there.setdefault(run.day, []).append(item)
            if by_due.day < run.day:
                missed.setdefault(by_due.day, []).append((item, run.day))
        for day, run in sorted(runs.items()):
            yield Share(
                run,
                tuple(there.get(day, ())),
                tuple(missed.get(day, ())),
                day < self.coming.day,
                self._lacking(day),
            )

    def _lacking(self, run: date) -> tuple[str, ...]:
        """Return what is not known to be in; papers sent for a later run say nothing of one that is closed."""
        if run < self.coming.day and self.cycle.documents_for not in (None, run):
            return self.cycle.documents
        return missing_documents(self.cycle, run)

    def _next(self, day: date, *, cutoff_open: bool = False) -> Run:
        rules = self.rules
        lead = rules.policy.cutoff_lead_business_days
        return next_run(self.cycle, day, self.theirs, lead, cutoff_open=cutoff_open)

    def _closed(self) -> Iterator[Run]:
        """Return the runs still to be made whose cut-off has passed."""
        run = self._next(self.rules.moment.today - _DAY) if self.cycle.cutoff_days else self.coming
        while run.day < self.coming.day:
            yield run
            run = self._next(run.day)


def run_entries(dossier: Dossier, standing: Standing, rules: Rules, called: set[date]) -> Iterator[RunEntry]:
    """Return the entries of an account's runs. `called`: days on which the call before a cut-off stands."""
    earlier = False
    for share in shares(dossier, standing, rules):
        run, amount = share.run, share.amount
        if share.closed:
            yield RunEntry(run.day, "run", amount, _closed_words(share, standing, rules), run.day)
            earlier = earlier or bool(amount)
            continue
        more = "more " if earlier else ""
        what = f"{rules.money(amount, standing.balance.currency)} {more}due by then"
        if not amount:
            what = "nothing more due by then" if more else "nothing due by then that is not promised"
        what += "".join(f"; {words}" for words in _missed_words(share, rules))
        cutoff = "" if run.cutoff == run.day else f", cut-off {rules.day(run.cutoff)}"
        yield RunEntry(run.day, "run", amount, f"pay run{cutoff}: {what}", run.day)
        if cutoff and run.cutoff not in called:
            why = f"cut-off for the pay run {rules.day(run.day)}: {what}"
            yield RunEntry(run.cutoff, "cutoff", amount, why, run.day)
        if share.lacking:
            day = max(rules.calendar.previous(run.cutoff), rules.moment.today)
            why = f"for the pay run {rules.day(run.day)}{cutoff}, to be in: {', '.join(share.lacking)}"
            yield RunEntry(day, "documents", amount, why, run.day)


def _closed_words(share: Share, standing: Standing, rules: Rules) -> str:
    """Say of a run whose cut-off has passed what was in time for it and what was not."""
    words = f"pay run, its cut-off {rules.day(share.run.cutoff)} has passed"
    said = []
    if share.amount:
        said.append(f"{rules.money(share.amount, standing.balance.currency)} was in time for it, not confirmed")
    if share.lacking:
        said.append(f"not known to be in for it: {', '.join(share.lacking)}")
    said += _missed_words(share, rules)
    return words + (f": {'; '.join(said)}" if said else "")


def _missed_words(share: Share, rules: Rules) -> Iterator[str]:
    """Say which invoices are not in a run, and in which they are: "B-12 missed the cut-off, goes to Thu 31 Dec"."""
    moved: dict[date, list[str]] = {}
    for item, day in share.missed:
        if expected(item):
            moved.setdefault(day, []).append(item.invoice.number or item.invoice.kind)
    for day, numbers in moved.items():
        more = len(numbers) - _MOST_NAMED
        named = numbers[:_MOST_NAMED] if more > 1 else numbers
        text = ", ".join(named) + (f" and {more} more" if more > 1 else "")
        why = "" if share.closed and share.lacking else " missed the cut-off,"
        yield f"{text}{why} {'goes' if len(numbers) == 1 else 'go'} to {rules.day(day)}"
