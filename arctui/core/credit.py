"""Who deserves credit: a grade from A to E for each account, from its own record. Pure.

Three parts are graded by the policy's tables: how late it paid, how it kept its promises, what of its debt is past
due. The grade is their mean, a half counts for the worse; it is at most one letter better than the worst part, and
no better than payments that came back allow. What is disputed is neither late nor past due. A record that is too
short has no grade. All of it is of one currency, and over the last 365 days.
"""

import statistics
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import msgspec

from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem, bare_items, disputed_parts, open_items
from arctui.core.money import ZERO, cents, total
from arctui.core.past import as_known_on, known_since, opens_on, stocks_on
from arctui.core.promised import decided_on
from arctui.core.promises import Judged, Verdict, judge
from arctui.core.reasons import Rules
from arctui.core.records import Invoice
from arctui.core.standing import Standing
from arctui.core.text import plural

LETTERS = "ABCDE"
YEAR = timedelta(days=365)
QUARTER = timedelta(days=90)
#: Payments (or promises that were decided) that a record needs in a year, and that make a trend in a quarter.
ENOUGH, A_FEW = 3, 2
#: So many promises, kept at this rate, stand beside those of the account: one kept promise makes nobody sure.
LENT, LENT_RATE = 2, Decimal("0.8")
#: Debt that is past due for so many days is a record by itself.
LONG_PAST_DUE = 30
#: No share past due weighs more than its oldest item: up to so many days no worse than a C, or a D.
_AGES = ((30, "C"), (60, "D"))
#: Average days late that differ by no more are the same.
_SAME_DAYS = 2
#: Terms where no invoice tells them.
_TERMS_DAYS = 30
_MONTH_DAYS = Decimal(365) / 12


class Part(msgspec.Struct, frozen=True):
    """One part of a grade in a sentence. `grade` is "" where it is not known or only told."""

    name: str
    words: str
    grade: str = ""


class Grade(msgspec.Struct, frozen=True):
    """A grade from A to E, "" for a record that is too short; `why` in a sentence, and the parts it came from."""

    letter: str
    why: str
    parts: tuple[Part, ...]


class Paid(msgspec.Struct, frozen=True):
    """A part of a payment (by its id) that paid an invoice: when, how many days after it was due, how much."""

    day: date
    late: int
    amount: Decimal
    payment: str
    invoice: str


class Basis(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What an account is graded by on a day, as it was known then. `credits`: what it has in hand."""

    dossier: Dossier
    items: Sequence[OpenItem]
    judged: Sequence[Judged]
    credits: Decimal
    currency: str
    day: date

    @cached_property
    def past_due(self) -> list[OpenItem]:
        """The items past due of which something is not disputed."""
        return [i for i in self.items if _mine(self, i) and i.past_due and i.open > i.disputed]

    @cached_property
    def owed(self) -> Decimal:
        """What is owed and not disputed, less what it has in hand."""
        return total(i.open - i.disputed for i in self.items if _mine(self, i) and i.open > 0) - self.credits

    @cached_property
    def invoices(self) -> list[Invoice]:
        """The invoices with a day of issue; credits and what is void are none."""
        mine = (i for i in self.dossier.invoices if i.currency == self.currency and i.amount > 0)
        return [i for i in mine if i.issued and not i.void]

    @cached_property
    def purchases(self) -> tuple[Decimal, int]:
        """What is invoiced in an average month of the last 12, and the terms in days.

        A customer of less than a year is averaged over the time since the first invoice, of at least one month.
        """
        dated = [i for i in self.invoices if i.issued and self.day - YEAR < i.issued <= self.day]
        if not dated:
            return ZERO, _TERMS_DAYS
        first = min(i.issued for i in self.invoices if i.issued)
        months = max(Decimal(1), (self.day - max(first, self.day - YEAR)).days / _MONTH_DAYS)
        given = [(i.due - i.issued).days for i in dated if i.due and i.issued]
        own = self.dossier.account.terms_days
        terms = own if own is not None else int(statistics.median(given)) if given else _TERMS_DAYS
        return total(i.amount for i in dated) / months, terms

    @cached_property
    def paid(self) -> list[Paid]:
        """What was paid on invoices; what came back did not come.

        Payments that it took two reports to conclude have no day, so they stay out.
        """
        invoices: dict[str, list[Invoice]] = {}
        for invoice in self.dossier.invoices:
            if invoice.currency == self.currency and invoice.amount > 0 and invoice.due and not invoice.void:
                invoices.setdefault(invoice.number, []).append(invoice)
        return [
            Paid(came, (came - invoice.due).days, part.amount, payment.id, invoice.id)
            for payment in self.dossier.payments
            if payment.currency == self.currency and not payment.inferred and not payment.reversed_on
            for part in payment.applied
            if part.number and part.amount > 0 and (came := part.day or payment.day) <= self.day
            for invoice in invoices.get(part.number, ())
            if invoice.due
        ]


def basis(dossier: Dossier, standing: Standing, rules: Rules) -> Basis:
    """Return what an account is graded by today.

    In its own currency, else in the one in which most is open, else in that of the last invoice.
    """
    used = [i.currency for i in dossier.invoices]
    currency = standing.balance.currency
    if dossier.account.currency in used:
        currency = dossier.account.currency
    elif used and not standing.items:
        currency = used[-1]
    balances = (standing.balance, *standing.others)
    return Basis(
        dossier=dossier,
        items=standing.items,
        judged=standing.judged,
        credits=next((b.credits for b in balances if b.currency == currency), ZERO),
        currency=currency,
        day=rules.moment.today,
    )


def basis_on(now: Basis, rules: Rules, day: date) -> Basis | None:
    """Return what an account was graded by at the end of an earlier day, None where that is not known."""
    since = known_since([now.dossier], rules.reports, now.currency)
    if since is None or since > day:
        return None
    then = as_known_on(now.dossier, day, rules.reports)
    opens_now = dict.fromkeys((i.id for i in now.dossier.invoices), ZERO)
    opens_now |= {i.invoice.id: i.open for i in now.items}
    opens = opens_on(now.dossier, opens_now, rules.reports, now.day, day)
    bare = bare_items(then, opens, day)
    (stocks,) = stocks_on(now.dossier, opens_now, rules.reports, now.day, [day])
    return Basis(
        dossier=then,
        items=open_items(bare, disputed_parts(bare, then.disputes), {}, {}),
        judged=judge(then, opens, day),
        credits=-stocks.get(now.currency, {}).get("credits", ZERO),
        currency=now.currency,
        day=day,
    )


def worse(*letters: str) -> str:
    """Return the worst of some grades, "" if there is none."""
    return max(letters, default="")


def grade(of: Basis, rules: Rules) -> Grade:
    """Grade one account by the tables of the rules' policy."""
    days, promises, past_due = _days(of, rules), _promises(of, rules), _past_due(of, rules)
    returned = _returned(of, rules)
    parts = (*days, promises, past_due, *returned, *_disputes(of, rules))
    long_ago = past_due.grade > "A" and any(i.days_past_due > LONG_PAST_DUE for i in of.past_due)
    if not (days[0].grade or len(_decided(of)) >= ENOUGH or long_ago):
        takes = f"{ENOUGH} payments with a known day or {ENOUGH} decided promises in 12 months"
        return Grade("", f"no grade: the record is too short, it takes {takes}", parts)
    counted = [("pays", worse(*(p.grade for p in days))), *((p.name, p.grade) for p in (promises, past_due))]
    counted = [(name, letter) for name, letter in counted if letter]
    named = ", ".join(f"{letter} ({name})" for name, letter in counted)
    mean = sum(LETTERS.index(letter) for _, letter in counted) / Decimal(len(counted))
    place = int(mean.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    why = f"the mean of {named}" if len(counted) > 1 else f"from {named} alone"
    worst = LETTERS.index(worse(*(letter for _, letter in counted)))
    if place < worst - 1:
        place, why = worst - 1, f"{why}, at most one better than the worst"
    if returned and LETTERS[place] < returned[0].grade:
        place, why = LETTERS.index(returned[0].grade), f"{why}, but no better as money came back"
    return Grade(LETTERS[place], f"{LETTERS[place]}: {why}", parts)


def average_late(parts: Iterable[Paid]) -> Decimal | None:
    """Return sum(days late x amount) / sum(amount), early days negative; None of nothing."""
    known = list(parts)
    weight = total(p.amount for p in known)
    return total(p.late * p.amount for p in known) / weight if weight else None


def _days(of: Basis, rules: Rules) -> tuple[Part, ...]:
    """How late it paid in a year, and in the last quarter beside the one before; the worse of the two counts."""
    day = of.day
    disputed = frozenset(i for d in of.dossier.disputes for i in d.invoices)
    parts = [p for p in of.paid if p.day >= day - YEAR and p.invoice not in disputed]
    count, average = len({p.payment for p in parts}), average_late(parts)
    if average is None or count < ENOUGH:
        few = plural(count, "payment") if count else "no payment"
        return (Part("pays", f"how late it pays is not known: {few} with a known day in 12 months"),)
    letter = _at_most(average, rules.policy.grade_days_late)
    year = Part("pays", f"pays {_late(average)} on average over {count} payments in 12 months: {letter}", letter)
    recent = [p for p in parts if p.day > day - QUARTER]
    before = [p for p in parts if day - 2 * QUARTER < p.day <= day - QUARTER]
    now, then = average_late(recent), average_late(before)
    if now is None or len({p.payment for p in recent}) < A_FEW:
        return (year,)
    words = f"{_late(now)} in the last 90 days"
    letter = _at_most(now, rules.policy.grade_days_late)
    if then is not None and len({p.payment for p in before}) >= A_FEW:
        turn = (
            "getting worse" if now > then + _SAME_DAYS else "getting better" if now < then - _SAME_DAYS else "steady"
        )
        words += f", {_late(then)} in the 90 before: {turn}"
    return (year, Part("trend", f"{words}, {letter}" if ":" in words else f"{words}: {letter}", letter))


def _late(days: Decimal) -> str:
    whole = int(days.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not whole:
        return "on the day"
    return f"{plural(abs(whole), 'day')} {'late' if whole > 0 else 'early'}"


def _promises(of: Basis, rules: Rules) -> Part:
    """How it kept its promises: the smaller of the rates by number and by amount, (kept + 2 x 80 %) / (decided + 2).

    Additive smoothing (Laplace's rule with a prior of its own), so that one promise makes nobody an A or an E. What
    came of a partial promise counts in the rate by amount.
    """
    decided = _decided(of)
    count = len(decided)
    if not count:
        return Part("promises", "how it keeps promises is not known: none was decided in 12 months")
    kept = sum(j.verdict is Verdict.KEPT for j in decided)
    promised = total(j.promise.amount for j in decided)
    # A promise is kept though a little is missing.
    came = total(
        j.promise.amount if j.verdict is Verdict.KEPT else min(j.received, j.promise.amount) for j in decided
    )
    rate = min(Decimal(kept), came / promised * count)
    rate = (rate + LENT * LENT_RATE) / (count + LENT) * 100
    letter = next(
        (name for name, least in zip(LETTERS, rules.policy.grade_promises_kept, strict=False) if rate >= least), "E"
    )
    money = f"{rules.money(came, of.currency)} of {rules.money(promised, of.currency)}"
    words = f"kept {kept} of {plural(count, 'promise')} in 12 months, {money}, counted as {rate:.0f} %: {letter}"
    return Part("promises", words, letter)


def _decided(of: Basis) -> list[Judged]:
    """The promises that were decided in a year."""
    days = ((j, decided_on(j)) for j in of.judged if j.promise.currency == of.currency)
    return [judged for judged, day in days if day and day >= of.day - YEAR]


def _mine(of: Basis, item: OpenItem) -> bool:
    return item.invoice.currency == of.currency


def past_due_share(of: Basis, late: Sequence[OpenItem]) -> Decimal:
    """Return the share, in per cent, that some items past due have of what is owed, or of what is bought in a month
    where that is more: a small rest that was forgotten does not make a good payer a bad one.

    What is in hand and what is disputed count on neither side.
    """
    overdue = total(i.open - i.disputed for i in late) - of.credits
    return overdue / max(of.owed, of.purchases[0]) * 100 if overdue > 0 else ZERO


def _past_due(of: Basis, rules: Rules) -> Part:
    """Which share of its debt is past due; no worse than the age of the oldest item allows."""
    if of.owed <= 0:
        return Part("past due", "owes nothing that is not disputed")
    overdue = total(i.open - i.disputed for i in of.past_due) - of.credits
    if overdue <= 0:
        return Part("past due", f"nothing of {rules.money(of.owed, of.currency)} owed is past due: A", "A")
    share, oldest = past_due_share(of, of.past_due), max(i.days_past_due for i in of.past_due)
    letter = _at_most(share, rules.policy.grade_past_due)
    letter = min(letter, next((worst for days, worst in _AGES if oldest <= days), "E"))
    month = of.purchases[0]
    whole, what = (of.owed, "owed") if of.owed >= month else (cents(month), "bought in a month")
    words = (
        f"{rules.money(overdue, of.currency)} is past due, {share:.0f} % of {rules.money(whole, of.currency)} {what}"
    )
    return Part("past due", f"{words}, the oldest by {plural(oldest, 'day')}: {letter}", letter)


def _at_most(value: Decimal, table: Sequence[int]) -> str:
    return next((letter for letter, most in zip(LETTERS, table, strict=False) if value <= most), "E")


def _returned(of: Basis, rules: Rules) -> tuple[Part, ...]:
    """Payments that came back later than on their own day: after one no better than C, two D, more E."""
    day = of.day
    back = [
        p
        for p in of.dossier.payments
        if p.reversed_on and max(p.day, day - YEAR) < p.reversed_on <= day and p.currency == of.currency
    ]
    if not back:
        return ()
    letter = LETTERS[min(len(back) + 1, len(LETTERS) - 1)]
    money = rules.money(total(p.amount for p in back), of.currency)
    what = f"{plural(len(back), 'payment')} of {money} came back in 12 months"
    return (Part("returned", f"{what}: no better than {letter}", letter),)


def _disputes(of: Basis, rules: Rules) -> tuple[Part, ...]:
    """What is disputed, and how often it disputed in a year: told, never graded."""
    opened = sum(of.day - YEAR <= d.opened <= of.day for d in of.dossier.disputes)
    amount = total(i.disputed for i in of.items if _mine(of, i))
    if not opened and not amount:
        return ()
    now = f", {rules.money(amount, of.currency)} is disputed now" if amount else ""
    words = f"{plural(opened, 'dispute')} in 12 months{now}: neither late nor past due for the grade"
    return (Part("disputes", words),)
