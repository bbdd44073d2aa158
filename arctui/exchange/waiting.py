"""Lines that wait: those that what came since settles, and the receipts of lists that name no invoices. Pure."""

from datetime import date

import msgspec

from arctui.core.import_records import BankLine
from arctui.core.money import ZERO
from arctui.core.records import Account, Applied, Payment
from arctui.core.text import plural
from arctui.exchange.draft import Draft, Outcome
from arctui.exchange.matching import Certainty, Matcher
from arctui.exchange.merge_statement import Merging, debtor_of
from arctui.exchange.same_money import unapplied


def match_receipt(draft: Draft, account: Account, payment: Payment, today: date) -> tuple[Payment, BankLine | None]:
    """Lay a payment of a list that names no invoices on those that it pays for certain, else let a line wait.

    Only one that the last report cannot know yet: any other has been laid by the report. Where nothing is open
    nothing waits.
    """
    last = draft.facts.reports.last_of(payment.currency, account.id)
    if last and payment.day < last.as_of:
        return payment, None
    one = debtor_of(account, draft, today)
    line = BankLine(
        id=draft.new_id(),
        day=payment.day,
        amount=payment.amount,
        currency=payment.currency,
        payer=account.name,
        words=payment.reference,
        account=account.id,
        imported=draft.importing.number,
        payments=(payment.id,),
    )
    if not any(i.open > 0 and i.invoice.currency == payment.currency for i in one.items):
        return payment, None
    proposal = Matcher([one], (), draft.home_currency).propose(line)
    if proposal.certainty is not Certainty.CERTAIN:
        return payment, line
    laid = (Applied(part.number, part.amount, matched=True) for part in proposal.parts)
    return msgspec.structs.replace(payment, applied=tuple(laid)), None


def settle_waiting(draft: Draft, outcome: Outcome, today: date) -> None:
    """Decide the lines that waited and are told of by what this import brings, and say so in its summary."""
    if not draft.changes():
        return
    waiting = [line for line in draft.all(BankLine) if line.decided_on is None]
    gone = sum(not _still_on_account(draft, line) for line in waiting if line.listed)
    if gone:
        outcome.notes += (f"{plural(gone, 'payment')} on account waited for its invoice: now it is told",)
    lines = sorted((line for line in waiting if not line.listed), key=lambda line: line.day)
    if lines:
        merging = Merging(draft, today)
        for line in lines:
            merging.take_again(line)
        outcome.payments_added += merging.added
        outcome.applied += tuple(f"waited, {words}" for words in merging.applied)
    outcome.changes = draft.changes()


def _still_on_account(draft: Draft, line: BankLine) -> bool:
    """Take a line of a payment list away when its payment is no longer on account, or let it have what still is."""
    payment = next((p for p in draft.now(Payment, line.account) if p.id == line.listed), None)
    rest = unapplied(payment) if payment and not payment.reversed_on else ZERO
    if rest <= 0:
        draft.remove(line)
    elif rest != line.amount:
        draft.put(msgspec.structs.replace(line, amount=rest))
    return rest > 0
