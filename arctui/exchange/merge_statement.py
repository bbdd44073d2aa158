"""Merging a bank statement with the book: what is certain becomes payments, the rest waits for the clerk.

Pure. Every line of money that came in, or came back, is kept as a bank line, by which it is known when the same
statement, or one that overlaps it, is imported again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.import_records import BankLine
from arctui.core.ledger import open_amounts
from arctui.core.money import grouped, total
from arctui.core.promises import judge
from arctui.core.records import BY_STATEMENT, Account, Applied, Invoice, Payment
from arctui.core.text import clean, name_key, plural
from arctui.exchange.draft import Draft, Outcome
from arctui.exchange.explaining import explain
from arctui.exchange.match_ways import Debtor, Part, debtor
from arctui.exchange.matching import Certainty, Matcher, Proposal
from arctui.exchange.payer_names import payer_of
from arctui.exchange.progress import over
from arctui.exchange.report import Report, Skipped, StatementLine
from arctui.exchange.same_money import Books, near, never_booked, unapplied
from arctui.exchange.statements.text import is_return, method_of


def merge_statement(draft: Draft, report: Report, today: date) -> Outcome:
    """Merge the lines of a bank statement. Lines that are in the book already change nothing."""
    known = _Known(draft.facts.all(BankLine))
    skipped = list(report.skipped)
    wanted = [line for line in report.lines if line.amount > 0 or (line.amount < 0 and is_return(line.words))]
    lines: list[BankLine] = []
    rows: dict[tuple[object, ...], int] = {}
    for line in sorted(wanted, key=lambda line: (line.day, line.row)):
        if line.identity and (first := rows.setdefault(_by_id(line), line.row)) != line.row:
            skipped.append(Skipped(row=line.row, why=f"same as row {first}", text=line.words))
        elif not known.take(line):
            lines.append(_bank_line(draft, line))
    merging = Merging(draft, today) if lines else None
    # What was written down by hand is first of all the line of its amount.
    by_hand = {p.amount for p in draft.facts.all(Payment) if p.entered_by} if lines else set()
    lines.sort(key=lambda line: line.amount not in by_hand)
    for new in over(lines, draft.progress):
        if merging:
            merging.take(new)
    out = len(report.lines) - len(wanted)
    again = len(wanted) - len(lines) - (len(skipped) - len(report.skipped))
    notes = [
        f"{plural(out, 'line')} of money that went out: left out" if out else "",
        f"{plural(again, 'line')} known from an earlier import" if again and lines else "",
    ]
    return Outcome(
        changes=draft.changes(),
        payments_added=merging.added if merging else 0,
        skipped=tuple(sorted(skipped, key=lambda s: s.row)),
        notes=tuple(filter(None, notes)),
        applied=tuple(merging.applied) if merging else (),
        waiting=tuple(merging.waiting) if merging else (),
    )


def _bank_line(draft: Draft, line: StatementLine) -> BankLine:
    return BankLine(
        id=draft.new_id(),
        day=line.day,
        amount=line.amount,
        currency=line.currency or draft.home_currency,
        payer=line.payer,
        words=line.words,
        reference=line.reference,
        identity=line.identity,
        imported=draft.importing.number,
    )


def _by_id(line: StatementLine | BankLine) -> tuple[object, ...]:
    return (line.identity, line.day, line.amount)


class _Known:
    """The lines of earlier imports: by the bank's own id, else by all that they say, as often as they were there."""

    def __init__(self, lines: Iterable[BankLine]) -> None:
        self._ids: set[tuple[object, ...]] = set()
        self._said: Counter[tuple[object, ...]] = Counter()
        for line in lines:
            if line.identity:
                self._ids.add(_by_id(line))
            else:
                self._said[_said(line)] += 1

    def take(self, line: StatementLine) -> bool:
        """Is the line known? Each known one without an id serves one line."""
        if line.identity:
            return _by_id(line) in self._ids
        key = _said(line)
        self._said[key] -= 1
        return self._said[key] >= 0


def _said(line: StatementLine | BankLine) -> tuple[object, ...]:
    return (line.day, line.amount, name_key(line.words), name_key(line.payer), line.reference)


def debtor_of(account: Account, draft: Draft, today: date) -> Debtor:
    """Return an account as matching sees it, as it will be."""
    now = draft.dossier(account)
    opens = open_amounts(now, draft.facts.reports.after(draft.importing), today)
    live = [j for j in judge(now, opens, today) if j.live] if now.promises else []
    return debtor(now, opens, live, today)


class Merging:
    """The lines of the bank as they are taken into the book, one after the other."""

    def __init__(self, draft: Draft, today: date) -> None:
        self.draft = draft
        self.today = today
        self.added = 0
        self.applied: list[str] = []
        self.waiting: list[str] = []
        debtors = (debtor_of(account, draft, today) for account in draft.all(Account))
        last = draft.facts.reports.after(draft.importing).last_settling
        lines = draft.facts.all(BankLine)
        self.matcher = Matcher(debtors, lines, draft.home_currency, last.as_of if last else None)

    def take(self, line: BankLine) -> None:
        """Take a line: what is certain is done, the rest waits."""
        proposal = self.matcher.propose(line)
        told = self.matcher.told(line) if line.amount < 0 else None
        if told or proposal.certainty is Certainty.CERTAIN:
            self._decide(told or proposal)
            return
        self.draft.put(line)
        account = self.draft.facts.get(Account, proposal.account)
        likely = f": likely {account.name}, {proposal.why}" if account else ""
        self.waiting.append(f"{line_words(line, self.today)}{likely}")

    def take_again(self, line: BankLine) -> None:
        """Take a line that waited, where what came since tells whose money it is."""
        proposal = self.matcher.told(line) or self.matcher.propose(line)
        if proposal.certainty is Certainty.CERTAIN:
            self._decide(proposal)

    def _decide(self, proposal: Proposal) -> None:
        decided, brought = decide(self.draft, proposal, proposal.account, proposal.parts, self.today)
        self.added += brought
        account = next(a for a in self.draft.all(Account) if a.id == proposal.account)
        self.matcher.put(debtor_of(account, self.draft, self.today))
        self.matcher.decided(decided)
        self.applied.append(f"{line_words(proposal.line, self.today)}: {account.name}, {proposal.why}")


def line_words(line: BankLine, today: date) -> str:
    """Name a line by its amount, day and payer."""
    who = payer_of(line.payer, line.words) or clean(line.words)
    return f"{grouped(line.amount)} of {say.short_day(line.day, today)}, {who}".removesuffix(", ")


def decide(
    draft: Draft, proposal: Proposal, account: str, parts: Sequence[Part], today: date
) -> tuple[BankLine, bool]:
    """Do with a line what was proposed, or what the clerk chose. Return it as it is then, and if it is a new payment.

    One that takes money back reverses the proposal's payment; one that the accounting system has told of is that
    payment; any other becomes one, applied to `parts`, the rest on account. One of a payment list is laid on `parts`.
    """
    line = proposal.line
    if line.listed:
        _lay(draft, line, parts)
        return line, False
    if line.amount < 0:
        payments = take_back(draft, line, account, proposal.payment)
    elif proposal.payment and account == proposal.account and tuple(parts) == proposal.parts:
        payments = (proposal.payment,)
    else:
        payments = tuple(p for share in _shares(line, account, parts) for p in _pay(draft, *share))
    brought = line.amount > 0 and payments != (proposal.payment,)
    decided = msgspec.structs.replace(
        line, account=account, payments=payments, decided_on=today, decided_by=draft.importing.by
    )
    draft.put(decided)
    return decided, brought


def _shares(line: BankLine, account: str, parts: Sequence[Part]) -> list[tuple[BankLine, str, list[Part]]]:
    """Part a deposit of several customers: the line with the share of each, and what it pays of theirs."""
    of: dict[str, list[Part]] = {account: []}
    for part in parts:
        of.setdefault(part.account or account, []).append(part)
    left = line.amount - total(part.amount for part in parts)
    amounts = {who: total(part.amount for part in theirs) for who, theirs in of.items()}
    amounts[account] += left
    return [
        (msgspec.structs.replace(line, amount=amounts[who]), who, [part for part in theirs if part.number])
        for who, theirs in of.items()
        if amounts[who]
    ]


def _lay(draft: Draft, line: BankLine, parts: Sequence[Part]) -> None:
    """Lay a payment that is on account on invoices."""
    for payment in draft.now(Payment, line.account):
        if payment.id == line.listed and parts:
            laid = (Applied(part.number, part.amount, matched=True) for part in parts)
            draft.put(msgspec.structs.replace(payment, applied=(*payment.applied, *laid)))
    draft.remove(line)


def _pay(draft: Draft, line: BankLine, account: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """Make a line a payment of the account; what was known of the same money gives way to it."""
    reports = draft.facts.reports.after(draft.importing)
    books = Books(reports, draft.importing.number, draft.importing.as_of)
    left = line.amount - total(part.amount for part in parts)
    numbers = {part.number for part in parts}
    pieces: list[tuple[str, Decimal]] = [(part.number, part.amount) for part in parts]
    pieces += [("", left)] if left else []
    joined: Payment | None = None
    for number, amount in pieces:
        piece = Payment(
            id=joined.id if joined else draft.new_id(),
            account=account,
            day=line.day,
            amount=amount,
            currency=line.currency or draft.home_currency,
            method=method_of(f"{line.words} {line.payer}"),
            reference=" ".join(filter(None, (line.reference, line.words or line.payer))),
            applied=(Applied(number, amount),) if number else (),
            recorded=draft.importing.number,
            entered_by=BY_STATEMENT,
        )
        placed = explain(draft, books, piece, line.amount, numbers)
        placed = _on_top(placed, books) if placed == piece else placed
        placed = placed if number else _beside_its_credit(draft, placed)
        joined = _joined(joined, placed) if joined else placed
    if joined is None:
        return ()
    draft.put(joined)
    return (joined.id,)


def _on_top(payment: Payment, books: Books) -> Payment:
    """Let money reduce what a later report has open still: it was at the bank, but not booked yet."""
    reported = books.reported(payment)
    if reported is None or payment.day >= reported.as_of:
        return payment
    day = max(books.as_of, reported.as_of)
    applied = tuple(msgspec.structs.replace(a, day=day) for a in payment.applied)
    return msgspec.structs.replace(payment, applied=applied)


def _beside_its_credit(draft: Draft, payment: Payment) -> Payment:
    """Let money on account count once with a credit of its amount and days that a report shows already."""
    rest = unapplied(payment)
    shown = [
        i
        for i in draft.now(Invoice, payment.account)
        if i.balance == -rest and i.currency == payment.currency and i.issued and near(payment, i.issued, i.issued)
    ]
    taken = [
        p
        for p in draft.now(Payment, payment.account)
        if near(payment, p.day, p.day) and any(not a.number and a.amount == rest for a in p.applied)
    ]
    if rest <= 0 or len(shown) <= len(taken):
        return payment
    return msgspec.structs.replace(payment, applied=(*payment.applied, Applied("", rest)))


def _joined(one: Payment, other: Payment) -> Payment:
    return msgspec.structs.replace(
        one,
        amount=one.amount + other.amount,
        applied=(*one.applied, *other.applied),
        recorded=min(one.recorded, other.recorded),
        method=one.method or other.method,
    )


def take_back(draft: Draft, line: BankLine, account: str, payment_id: str) -> tuple[str, ...]:
    """Take a payment back on the line's day. One that no report has shown comes and goes at once."""
    found = next((p for p in draft.now(Payment, account) if p.id == payment_id), None)
    if found is None:
        return ()
    if found.reversed_on:
        return (found.id,)
    number = draft.importing.number
    gone = never_booked(found, line.day, number)
    draft.put(msgspec.structs.replace(gone, reversed_on=line.day, reversal_recorded=number))
    return (found.id,)
