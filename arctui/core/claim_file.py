"""The claim file of an account: all that a court is to see, put together from the facts of the book. Pure.

The values that it is made of stand in `core.claim_facts`; paper is not its business. What is claimed is what is past
due and not in dispute, less all credits, with interest and fees where they were agreed. Nothing here is legal advice.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from arctui.core.claim_checklist import checklist
from arctui.core.claim_chronology import DatedRules, chronology, moment_words, sent_words
from arctui.core.claim_day import claim_day
from arctui.core.claim_exhibits import Exhibits, exhibits_of
from arctui.core.claim_facts import (
    Claimed,
    ClaimFacts,
    CreditFact,
    DisputeFact,
    Entry,
    Group,
    InvoiceFact,
    LetterFact,
    Party,
    PromiseFact,
    Statement,
    Sum,
    Undone,
)
from arctui.core.claim_limits import NO_ADVICE, limit_warnings
from arctui.core.claim_statement import statements
from arctui.core.facts import Dossier
from arctui.core.interest import Interest, agreed_words, interest_on
from arctui.core.ledger import AGING_BUCKETS, Balance
from arctui.core.money import ZERO, grouped, total
from arctui.core.policy import Policy
from arctui.core.postal import address_lines
from arctui.core.records import Account, Person
from arctui.core.rules import Rules
from arctui.core.standing import Standing
from arctui.core.text import plural
from arctui.core.verdict_words import verdict_words
from arctui.core.words import short_day


def claim_facts(
    dossier: Dossier,
    standing: Standing,
    rules: Rules,
    policy_of: Callable[[date], Policy],
    day: date,
    head: str,
    act: int,
    *,
    undone: Sequence[Undone] = (),
    damaged: frozenset[str] = frozenset(),
) -> ClaimFacts:
    """Return what the claim file of an account says as of a day.

    `dossier` is whole, `standing` what was derived from it with `rules` of that day; what is dated later is left out,
    and what was open is rolled back to the day. `policy_of` tells the policy of
    any day. `head` is the head of the history's chain after `act` acts; `undone`: acts on the account that were taken
    back, `damaged`: the digests of files that cannot be read.
    """
    return _Claim(dossier, standing, rules, policy_of, day).facts(head, act, undone, damaged)


class _Claim:
    """One account, as its claim is put together."""

    def __init__(
        self,
        dossier: Dossier,
        standing: Standing,
        rules: Rules,
        policy_of: Callable[[date], Policy],
        day: date,
    ) -> None:
        then = claim_day(dossier, standing, rules, day)
        self.whole = dossier
        self.dossier, self.standing, self.cash = then.dossier, then.standing, then.cash
        self.reports = rules.reports
        self.rules = DatedRules.of(then.rules)
        self.policy_of = policy_of
        self.policy = policy_of(day)
        self.day = day
        self.exhibits: Exhibits = exhibits_of(self.dossier)
        self.numbers = {i.id: i.number or i.kind for i in dossier.invoices}

    def facts(self, head: str, act: int, undone: Sequence[Undone], damaged: frozenset[str]) -> ClaimFacts:
        claimed = tuple(map(self._claimed, (self.standing.balance, *self.standing.others)))
        invoices = tuple(self._invoices())
        made = statements(
            self.whole,
            self.standing,
            self.cash,
            self.rules.reports,
            self.day,
            self.policy.home_currency,
            self.exhibits,
        )
        missing = checklist(
            self.dossier,
            self.standing,
            self.rules,
            self.policy,
            self.day,
            claimed=claimed,
            invoices=invoices,
            exhibits=self.exhibits,
            reports=self.reports,
            damaged=damaged,
        )
        account = self.dossier.account
        return ClaimFacts(
            day=self.day,
            creditor=self._creditor(),
            debtor=_debtor(account, self.dossier.people),
            contract=account.contract,
            venue=self._venue,
            claimed=claimed,
            statements=made,
            invoices=invoices,
            chronology=chronology(self.dossier, self.standing.judged, self.rules, self.exhibits, undone),
            promises=tuple(self._promises()),
            letters=tuple(self._letters()),
            disputes=tuple(self._disputes()),
            credits=tuple(self._credits()),
            exhibits=self.exhibits.all,
            missing=missing,
            warnings=tuple(self._warnings(claimed, made)),
            notice=(NO_ADVICE,),
            proof=(
                f"This file was made from a record of {plural(act, 'act')}, chained one to the next by SHA-256.",
                f"The hash of act {act}, the last of them, is {head}.",
                "`arctui check` computes the chain anew, and says in which hash it ends.",
                "If anything in an act were changed, its hash and those of all later acts would be others.",
            ),
            head=head,
            act=act,
        )

    def _code(self, currency: str) -> str:
        return currency or self.policy.home_currency

    # The parties

    @property
    def _venue(self) -> str:
        """Where the claim would be brought: the account's own place, else that of the policy."""
        return self.dossier.account.jurisdiction or self.policy.claim_jurisdiction

    def _creditor(self) -> Party:
        return Party(
            name=self.policy.firm,
            legal_name=self.policy.firm_legal_name,
            address=self.policy.letterhead,
            country=self.policy.country,
        )

    # The amount

    def _claimed(self, balance: Balance) -> Claimed:
        """Work out what is claimed in one currency: past due, less what is disputed, less credits, with interest."""
        due = balance.past_due - balance.disputed
        used = min(due, balance.credits)
        interest = interest_on(self.whole, self.policy_of, self.day, balance.currency, reports=self.reports)
        sums = [Sum("open on invoices past due", balance.past_due)]
        if balance.disputed:
            sums.append(Sum("less what is in dispute, which is not claimed here", -balance.disputed))
        if used:
            sums.append(Sum("less credits and money on account", -used))
        if interest.interest:
            sums.append(Sum(f"interest up to {short_day(self.day)}", interest.interest))
        if interest.fees:
            sums.append(Sum("fees for late payment", interest.fees))
        return Claimed(
            currency=self._code(balance.currency),
            principal=due - used,
            interest=interest.interest,
            fees=interest.fees,
            total=total(s.amount for s in sums),
            sums=tuple(sums),
            aside=tuple(_aside(balance, used)),
            arithmetic=interest.lines,
            agreed=tuple(self._agreed(interest)),
        )

    def _agreed(self, interest: Interest) -> Iterator[str]:
        """Say in what interest and fees were agreed."""
        if interest.interest:
            yield f"interest was agreed in: {agreed_words(interest.interest_agreed)}"
        if interest.fees:
            yield f"fees for late payment were agreed in: {agreed_words(interest.fees_agreed)}"

    def _invoices(self) -> Iterator[InvoiceFact]:
        for item in self.standing.items:
            invoice = item.invoice
            if item.open > 0:
                yield InvoiceFact(
                    number=invoice.number or invoice.kind,
                    issued=invoice.issued,
                    due=invoice.due,
                    days_past_due=item.days_past_due,
                    amount=invoice.amount,
                    open=item.open,
                    disputed=item.disputed,
                    claimed=item.open - item.disputed if item.past_due else ZERO,
                    currency=self._code(invoice.currency),
                    reference=invoice.reference,
                    exhibits=self.exhibits.of(invoice.id),
                    copy=self.exhibits.has(Group.INVOICE, invoice.id),
                    delivered=self.exhibits.has(Group.DELIVERY, invoice.id),
                )

    def _credits(self) -> Iterator[CreditFact]:
        for item in self.standing.items:
            invoice = item.invoice
            if item.open < 0:
                words = f"{invoice.kind} {invoice.number}".strip()
                numbers = self.exhibits.of(invoice.id)
                yield self._credit(invoice.issued, words, -item.open, invoice.currency, numbers)
        for payment in self.whole.payments:
            if rest := self.cash.get(payment.id, ZERO):
                words = f"on account of the payment of {short_day(payment.day)}"
                yield self._credit(payment.day, words, rest, payment.currency)

    def _credit(
        self, day: date | None, words: str, amount: Decimal, currency: str, exhibits: tuple[int, ...] = ()
    ) -> CreditFact:
        code = self._code(currency)
        return CreditFact(day=day, words=words, amount=amount, currency=code, exhibits=exhibits)

    # What was agreed and written

    def _named(self, invoices: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.numbers[i] for i in invoices if i in self.numbers))

    def _promises(self) -> Iterator[PromiseFact]:
        for judged in sorted(self.standing.judged, key=lambda j: (j.promise.taken_on, j.promise.taken_at)):
            promise = judged.promise
            yield PromiseFact(
                taken=moment_words(promise.taken_at, promise.taken_on),
                taken_by=promise.taken_by,
                person=promise.person,
                amount=promise.amount,
                currency=self._code(promise.currency),
                day=promise.day,
                method=str(promise.method or ""),
                words=promise.words,
                invoices=self._named(promise.invoices),
                verdict=verdict_words(judged, self.rules),
                outcome=judged.verdict.value,
                exhibits=self.exhibits.of(promise.id),
            )

    def _letters(self) -> Iterator[LetterFact]:
        for letter in sorted(self.dossier.letters, key=lambda x: (x.day, x.number)):
            mine = self.exhibits.of(letter.id)
            papers = [n for n in mine if letter.id in self.exhibits.all[n - 1].records]
            yield LetterFact(
                number=letter.number,
                kind=letter.kind.value,
                written=letter.day,
                by=letter.by,
                person=letter.person,
                address=letter.address,
                amount=letter.amount,
                interest=letter.interest,
                fee=letter.fee,
                currency=self._code(letter.currency),
                deadline=letter.deadline,
                sent=sent_words(letter),
                tracking=letter.tracking,
                invoices=self._named(letter.invoices),
                exhibit=next(iter(papers), 0),
                proofs=tuple(n for n in mine if n not in papers),
            )

    def _disputes(self) -> Iterator[DisputeFact]:
        for dispute in sorted(self.dossier.disputes, key=lambda d: (d.opened, d.id)):
            yield DisputeFact(
                opened=dispute.opened,
                reason=dispute.reason,
                kind=str(dispute.kind or ""),
                amount=dispute.amount,
                currency=self._code(dispute.currency),
                invoices=self._named(dispute.invoices),
                remedy=dispute.remedy,
                remedy_due=dispute.due,
                owner=dispute.owner,
                closed_on=dispute.closed_on,
                exhibits=self.exhibits.of(dispute.id),
            )

    # What is in doubt

    def _warnings(self, claimed: Sequence[Claimed], made: Sequence[Statement]) -> Iterator[str]:
        amounts = [(one.currency, one.total) for one in claimed if one.total > 0]
        yield from limit_warnings(amounts, self._venue, self.policy.small_claims_limits, self.day)
        for balance in (self.standing.balance, *self.standing.others):
            if balance.promised:
                promised = grouped(balance.promised, self._code(balance.currency))
                yield f"{promised} of this is covered by a live promise: the customer was given time for it"
        if self.dossier.account.natural_person:
            yield "the customer is a natural person: stricter rules may hold than between firms"
        inferred = [p for p in self.dossier.payments if p.since and p.since < p.day]
        if inferred:
            yield f"of {plural(len(inferred), 'payment')} the day is not known: the statement says between which days"
        for payment in self.whole.payments:
            if payment.since and payment.since <= self.day < payment.day:
                amount = grouped(payment.amount, self._code(payment.currency))
                between = f"between {short_day(payment.since)} and {short_day(payment.day)}"
                yield f"{amount} of this may have been paid by then: two reports tell that it came {between}"
        other = sum(line.kind is Entry.ADJUSTMENT for one in made for line in one.lines)
        if other:
            yield (
                f"{plural(other, 'line')} of the statement come from reports of the accounting system, not from an "
                "invoice or a payment in this record: have the papers for them at hand"
            )


def _aside(balance: Balance, used: Decimal) -> Iterator[Sum]:
    """Yield what is owed or in hand beside the claim, with the reason."""
    if balance.disputed:
        yield Sum("in dispute, so not claimed here; close the dispute to claim it", balance.disputed)
    if not_due := balance.aging[AGING_BUCKETS[0]]:
        yield Sum("not due yet, or without a due date", not_due)
    if left := balance.credits - used:
        yield Sum("credits and money on account beyond what is claimed", -left)


def _debtor(account: Account, people: Sequence[Person]) -> Party:
    return Party(
        name=account.name,
        legal_name=account.legal_name,
        number=account.number,
        address=address_lines(account.address),
        country=account.country,
        jurisdiction=account.jurisdiction,
        tax_number=account.tax_number,
        natural_person=account.natural_person,
        people=tuple(_person(p) for p in people),
    )


def _person(person: Person) -> str:
    return ", ".join(filter(None, [person.name, person.role, *person.phones, *person.emails]))
