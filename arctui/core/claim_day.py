"""An account as it stood at the end of the day of its claim file, also where that day is over. Pure.

Nothing that was learnt later is in it: principal, interest, statement and chronology are of one day.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier, reports_of
from arctui.core.ledger import open_amounts, unapplied_payments
from arctui.core.money import ZERO
from arctui.core.past import as_known_on, cash_on, opens_on
from arctui.core.rules import Rules
from arctui.core.standing import Standing, derive


class ClaimDay(msgspec.Struct, frozen=True):
    """The facts known on the day, what follows from them, and what was on account of each payment, by its id.

    `rules` have the reports up to the day only.
    """

    dossier: Dossier
    standing: Standing
    rules: Rules
    cash: Mapping[str, Decimal]


def claim_day(dossier: Dossier, standing: Standing, rules: Rules, day: date) -> ClaimDay:
    """Return an account as it stood at the end of a day; `standing` is that of all facts by the rules of the day."""
    reports = rules.reports
    known = as_known_on(dossier, day, reports)
    newer = [report for report in reports.by_number.values() if report.as_of > day]
    # An invoice that is dated ahead is in the book as it is: what the last report has is owed.
    if not newer and msgspec.structs.replace(known, invoices=dossier.invoices) == dossier:
        cash = {payment.id: rest for payment, rest in unapplied_payments(dossier, reports, day)}
        return ClaimDay(known, standing, rules, cash)
    now = max([day, *(report.as_of for report in reports.by_number.values()), *(p.day for p in dossier.payments)])
    opens = open_amounts(dossier, reports, now)
    then = opens_on(dossier, opens, reports, now, day)
    cash = cash_on(dossier, opens, reports, now, day)
    by_then = reports_of(report for report in reports.by_number.values() if report.as_of <= day)
    rules = msgspec.structs.replace(rules, reports=by_then)
    sums: dict[str, Decimal] = {}
    for payment in dossier.payments:
        if payment.id in cash:
            sums[payment.currency] = sums.get(payment.currency, ZERO) + cash[payment.id]
    return ClaimDay(known, derive(known, rules, then, sums), rules, cash)
