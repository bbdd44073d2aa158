"""The standing of an account: all that the rules derive for it on one day, its place in the worklist included.

Standings are never stored; they are kept only until the account, the policy or the day changes.
"""

from decimal import Decimal

import msgspec

from arctui.core.abroad import calendar_of
from arctui.core.business import BusinessCalendar
from arctui.core.facts import Dossier
from arctui.core.ledger import (
    AGING_BUCKETS,
    Balance,
    Banked,
    OpenItem,
    balances,
    banked,
    bare_items,
    disputed_parts,
    open_amounts,
    open_items,
    unapplied_cash,
)
from arctui.core.letter_levels import money_in
from arctui.core.moments import day_here
from arctui.core.money import ZERO
from arctui.core.pay_cycle import PayCycle
from arctui.core.pay_cycles import Run, next_run
from arctui.core.promises import Judged, cover, judge, no_grace
from arctui.core.reasons import Next, Reason, Reasons, Rules, upcoming
from arctui.core.records import FollowUpKind
from arctui.core.schedule import Contacts, contacts


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules derive. `balance` is the account's main currency, `others` its further currencies.

    `stopped` says why it must not be called, "" if it may. `reasons` are those that hold today, the best first;
    empty if the account is not on the list. `ahead` is all that will put it there from today on, each with the day on
    which it does so. `next` is the next contact: what we have to do ourselves is none. `neglected`: ids of the missed
    promises that nobody followed up.
    `passed_over`: ids of the promises that the review of the business day before should have decided about.
    `urgent`: a callback is due within minutes, so it comes before all; `overdue`: but it was to be on an earlier day.
    `banked`: money at the bank that the books do
    not have.
    """

    account: str
    balance: Balance
    others: tuple[Balance, ...]
    items: tuple[OpenItem, ...]
    judged: tuple[Judged, ...]
    contacts: Contacts
    stopped: str
    reasons: tuple[Reason, ...]
    neglected: frozenset[str]
    next: Next | None
    ahead: tuple[Reason, ...]
    run: Run | None
    in_hands: bool
    passed_over: frozenset[str] = frozenset()
    urgent: bool = False
    overdue: bool = False
    banked: tuple[Banked, ...] = ()

    @property
    def live(self) -> tuple[Judged, ...]:
        """The promises for which the customer is still given time."""
        return tuple(j for j in self.judged if j.live)


def _coming_run(cycle: PayCycle, theirs: BusinessCalendar, rules: Rules) -> Run:
    """Return the next pay run that can still be made: it is made on their business days, called for on ours."""
    lead = rules.policy.cutoff_lead_business_days
    run = next_run(cycle, rules.moment.today, theirs, lead, cutoff_open=True)
    return msgspec.structs.replace(run, call_from=rules.calendar.roll_back(run.call_from))


def derive(
    dossier: Dossier, rules: Rules, opens: dict[str, Decimal] | None = None, cash: dict[str, Decimal] | None = None
) -> Standing:
    """Derive the standing of one account.

    Where reports are newer `opens` is what is open of each invoice, by id, and `cash` what is on account by currency.
    """
    today = rules.moment.today
    opens = open_amounts(dossier, rules.reports, today) if opens is None else opens
    judged = judge(dossier, opens, today)
    bare = bare_items(dossier, opens, today)
    disputed = disputed_parts(bare, dossier.disputes)
    covered = cover(judged, {i.invoice.id: i.open - disputed.get(i.invoice.id, ZERO) for i in bare})
    cash = unapplied_cash(dossier, rules.reports, today) if cash is None else cash
    items = open_items(bare, disputed, covered, cash)
    sums = balances(items, cash)
    main = _main(sums, dossier)
    still_open = frozenset(i.invoice.id for i in items if i.open > 0)
    reached = contacts(
        dossier.activities,
        still_open,
        dossier.letters,
        money_in(dossier.payments, main.currency, rules.reports, today),
        {b.currency: _asked(items, b.currency) for b in sums.values()},
        main.currency,
    )
    cycle = dossier.account.pay_cycle
    run = _coming_run(cycle, calendar_of(dossier.account, rules.policy), rules) if cycle else None
    view = Reasons(dossier, rules, opens, judged, items, main, reached, run)
    reasons, ahead = view.reasons_today(), view.ahead()
    near = view.callbacks_near() if reasons else []
    ours = {f.id for f in dossier.followups if f.kind is FollowUpKind.TASK} | {
        letter.id for letter in dossier.letters
    }
    due = [r.why for r in reasons if r.record not in ours]
    following = Next(today, "; ".join(due)) if due else upcoming([r for r in ahead if r.record not in ours])
    return Standing(
        account=dossier.account.id,
        balance=main,
        others=tuple(b for b in sums.values() if b.currency != main.currency),
        items=items,
        judged=judged,
        contacts=reached,
        stopped=", ".join(dossier.account.flags),
        reasons=tuple(reasons),
        neglected=frozenset(j.promise.id for j in view.neglected()),
        next=following,
        ahead=tuple(ahead),
        run=run,
        in_hands=no_grace(judged),
        passed_over=view.passed_over & {r.record for r in reasons},
        urgent=bool(near),
        overdue=bool(near) and all(day_here(f, rules) < today for f in near),
        banked=tuple(banked(dossier, rules.reports, today)),
    )


def _asked(items: tuple[OpenItem, ...], currency: str) -> frozenset[str]:
    """Return the ids of the invoices of which something may be asked for now, if there are none of all open ones."""
    mine = [i for i in items if i.invoice.currency == currency and i.open > 0]
    return frozenset(i.invoice.id for i in mine if i.collectable > 0) or frozenset(i.invoice.id for i in mine)


def _main(sums: dict[str, Balance], dossier: Dossier) -> Balance:
    """Choose the currency that an account's row is about: where most may be asked for, then most is open."""
    if not sums:
        return Balance(currency=dossier.account.currency, aging=dict.fromkeys(AGING_BUCKETS, ZERO))
    return max(sums.values(), key=lambda b: (b.collectable, b.past_due, b.gross))


def banked_words(banked: Banked, rules: Rules) -> str:
    """Say of money at the bank that the accounting system does not have it yet, or should have it by now."""
    payment, last = banked.payment, rules.reports.last_of(banked.payment.currency, banked.payment.account)
    said = f"{rules.money(banked.amount, payment.currency)} of {rules.day(payment.day)} is in the bank"
    if banked.lasts or last is None:
        return f"{said}, not yet in the books"
    return f"{said}, but the report of {rules.day(last.as_of)} has it open still: look for it before you ask"
