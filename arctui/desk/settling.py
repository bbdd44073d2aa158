"""The promises that an import settles: what became of each before and after it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.changes import Change
from arctui.core.facts import Dossier, Facts, Reports, with_changes
from arctui.core.ledger import open_amounts
from arctui.core.money import grouped
from arctui.core.promises import Judged, Verdict, judge
from arctui.core.records import Account, Import


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A promise of which an import brought money, or took some back; `verdict` and `received` are those after it."""

    account: str
    promised: date
    amount: Decimal
    currency: str
    before: Verdict
    verdict: Verdict
    received: Decimal

    @property
    def words(self) -> str:
        """Say what became of it."""
        of = f"{grouped(self.received)} of {grouped(self.amount, self.currency)}"
        was = "" if self.before == self.verdict else f", was {self.before}"
        return f"{self.account}: promise for {say.short_day(self.promised)} {self.verdict}{was}, {of}"


def settled(facts: Facts, changes: Sequence[Change], importing: Import, today: date) -> tuple[Settled, ...]:
    """Return the promises whose verdict or money these changes would alter, by account and promised day."""
    touched = {getattr(c.record, "account", "") for c in changes}
    reports = facts.reports.after(importing)
    found: list[Settled] = []
    for account in touched:
        if facts.get(Account, account) is None:
            continue
        dossier = facts.dossier(account)
        if not dossier.promises:
            continue
        before = {j.promise.id: j for j in _judged(dossier, facts.reports, today)}
        own = [c for c in changes if getattr(c.record, "account", "") == account]
        for after in _judged(with_changes(dossier, own), reports, today):
            was = before[after.promise.id]
            if (was.verdict, was.received, was.late) != (after.verdict, after.received, after.late):
                found.append(
                    Settled(
                        account=dossier.account.name,
                        promised=after.promise.day,
                        amount=after.promise.amount,
                        currency=after.promise.currency,
                        before=was.verdict,
                        verdict=after.verdict,
                        received=after.received + after.late,
                    )
                )
    return tuple(sorted(found, key=lambda s: (s.account, s.promised)))


def _judged(dossier: Dossier, reports: Reports, today: date) -> Sequence[Judged]:
    return judge(dossier, open_amounts(dossier, reports, today), today)
