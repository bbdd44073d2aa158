"""What a claim file still needs before it is complete: a checklist, each point with what to do. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.claim_exhibits import Exhibits
from arctui.core.claim_facts import Claimed, Exhibit, Group, InvoiceFact, Missing
from arctui.core.facts import Dossier, Reports
from arctui.core.ledger import claims_to_come
from arctui.core.letter_levels import asked_of, last_day
from arctui.core.letter_records import Letter, LetterKind, SentBy
from arctui.core.money import ZERO, grouped, total
from arctui.core.policy import Policy
from arctui.core.records import Account, Flag
from arctui.core.rules import Rules
from arctui.core.standing import Standing, banked_words
from arctui.core.text import plural
from arctui.core.verdict_words import verdict_words
from arctui.core.words import short_day

_CURRENCY = re.compile(r"[A-Z]{3}")
_FLAGS = {
    Flag.BANKRUPTCY: "ask an attorney before anything else: while the stay holds only a proof of claim may be filed",
    Flag.ATTORNEY: "write to the attorney only, and ask your own before you file",
    Flag.LEGAL: "ask whoever has the matter before you file",
}


def checklist(
    dossier: Dossier,
    standing: Standing,
    rules: Rules,
    policy: Policy,
    day: date,
    *,
    claimed: Sequence[Claimed],
    invoices: Sequence[InvoiceFact],
    exhibits: Exhibits,
    reports: Reports,
    damaged: frozenset[str] = frozenset(),
) -> tuple[Missing, ...]:
    """Return what is missing, or stands against a claim, as of a day.

    `reports` are all that there are by now, those of later days too; `damaged`: digests that cannot be read.
    """
    of_claim = [i for i in invoices if i.claimed > 0]
    return (
        *_against(dossier, standing, rules, reports),
        *_amount(claimed, invoices),
        *_parties(dossier.account, policy),
        *_papers(dossier.account, of_claim, exhibits),
        *_demand(dossier, rules, policy, day, claimed, of_claim, exhibits),
        *_damaged(exhibits.all, damaged),
    )


def _against(dossier: Dossier, standing: Standing, rules: Rules, reports: Reports) -> Iterator[Missing]:
    """What may speak against a claim now."""
    for flag in dossier.account.flags:
        if flag in _FLAGS:
            yield Missing(f"the account carries the flag {flag}", _FLAGS[flag])
    for judged in standing.live:
        promise = judged.promise
        of = f"{rules.money(promise.amount, promise.currency)} for {rules.day(promise.day)}"
        words = f"the promise of {of} is live ({verdict_words(judged, rules)})"
        yield Missing(words, "wait for its verdict, as the customer was given time")
    for dispute in dossier.disputes:
        if dispute.closed_on is None:
            of = f"{rules.money(dispute.amount, dispute.currency)} since {rules.day(dispute.opened)}"
            yield Missing(f"a dispute of {of} is open: {dispute.reason}", "settle and close it, or leave it aside")
    for banked in standing.banked:
        yield Missing(banked_words(banked, rules), "have it booked, and import again")
    for claim in claims_to_come(dossier):
        of = f" of {rules.money(claim.amount, dossier.account.currency)}" if claim.amount else ""
        said = f"the customer said on {rules.day(claim.set_on)} that a payment{of} was made"
        yield Missing(said, "look for it, and write down what was found")
    # Of a day that is over, later imports have brought the payments.
    if msgspec.structs.replace(rules, reports=reports).stale:
        as_of = reports.payments_as_of
        until = rules.day(as_of) if as_of else "no day"
        yield Missing(f"payments are known up to {until} only", "import those since then first")


def _amount(claimed: Sequence[Claimed], invoices: Sequence[InvoiceFact]) -> Iterator[Missing]:
    due = [c for c in claimed if c.total > 0]
    if not due:
        why = "nothing is past due that is neither disputed nor covered by credits"
        yield Missing(f"nothing is claimed, as {why}", "settle the dispute, or wait until something is past due")
    for one in due:
        if one.principal <= 0:
            words = f"only interest and fees are claimed in {one.currency}, as credits cover all that is past due"
            yield Missing(words, "ask whether they alone are worth a claim")
    if len(due) > 1:
        words = f"the claim is in {plural(len(due), 'currency', 'currencies')}: {', '.join(c.currency for c in due)}"
        yield Missing(words, "ask the court in which currency to claim; they are not added here")
    for one in claimed:
        if not _CURRENCY.fullmatch(one.currency):
            yield Missing(f"the currency '{one.currency}' is not known", "have it set in the accounting system")
    for what, numbers in (
        ("due date", [i.number for i in invoices if i.due is None and i.open > 0]),
        ("day of issue", [i.number for i in invoices if i.issued is None and i.open > 0]),
    ):
        if numbers:
            todo = f"have the {what} set in the accounting system, and import again"
            yield Missing(f"no {what} is known of {_named(numbers)}", todo)


def _parties(account: Account, policy: Policy) -> Iterator[Missing]:
    if not policy.firm_legal_name and not policy.firm:
        yield Missing("our own name is not known", "set firm_legal_name")
    elif not policy.firm_legal_name:
        yield Missing("our own name as it stands in the register is not known", "set firm_legal_name")
    if not policy.letterhead:
        yield Missing("our own address is not known", "set letterhead, a line each, | between them")
    if not account.legal_name:
        todo = "look it up in the register, and write `legal name Birch Works LLC` on the account"
        yield Missing("the customer's legal name is not known", todo)
    if not account.address:
        todo = "write `address 12 Mill Road, Springfield, IL 62701` on the account"
        yield Missing("the customer's address is not known", todo)
    if not account.jurisdiction and not policy.claim_jurisdiction:
        todo = "write `jurisdiction US-CA` on the account, or set claim_jurisdiction"
        yield Missing("where the claim would be brought is not known", todo)


def _papers(account: Account, invoices: Sequence[InvoiceFact], exhibits: Exhibits) -> Iterator[Missing]:
    if not account.contract:
        todo = "write `contract credit application of 2 Mar 2024` on the account"
        yield Missing("in what the terms were agreed is not known", todo)
    if not exhibits.has(Group.CONTRACT):
        yield Missing("no contract, order or terms are attached", "attach them as `contract`")
    bare = [i.number for i in invoices if not i.copy]
    if bare:
        yield Missing(f"no copy is attached of {_named(bare)}", "attach it to the invoice as `copy`")
    open_handed = [i.number for i in invoices if not i.delivered]
    if open_handed:
        todo = "attach it to the invoice as `delivery`, or what shows that the work was done"
        yield Missing(f"no proof of delivery is attached of {_named(open_handed)}", todo)


def _demand(
    dossier: Dossier,
    rules: Rules,
    policy: Policy,
    day: date,
    claimed: Sequence[Claimed],
    invoices: Sequence[InvoiceFact],
    exhibits: Exhibits,
) -> Iterator[Missing]:
    """A final demand that asks for all of the claim, was sent with proof, and whose deadline is over."""
    unsent = [f"{x.kind} {x.number}" for x in dossier.letters if x.sent_on is None and x.kind is not LetterKind.FINAL]
    if unsent:
        them, were = ("it", "was") if len(unsent) == 1 else ("them", "were")
        todo = f"send {them}, or throw {them} away"
        yield Missing(f"the {', the '.join(unsent)} {were} written and not sent", todo)
    finals = [x for x in dossier.letters if x.kind is LetterKind.FINAL]
    sent = [x for x in finals if x.sent_on]
    if not sent:
        if finals:
            todo = "send it by certified mail, and write that down"
            yield Missing(f"the final demand {finals[-1].number} was written and not sent", todo)
        else:
            yield Missing("no final demand was sent", "write it, and send it by certified mail")
        return
    last = max(sent, key=lambda x: (x.sent_on or date.min, x.number))
    yield from _proof(last, exhibits)
    yield from _deadline(last, rules, policy, day)
    named = {i.number for i in dossier.invoices for x in sent if i.id in asked_of(x)}
    new = [i.number for i in invoices if i.number not in named]
    if new:
        yield Missing(f"no final demand names {_named(new)}", "write another one, or leave them out of the claim")
        return
    for one in claimed:
        of_currency = [x for x in sent if (x.currency or policy.home_currency) == one.currency]
        if one.principal > (asked := _asked(of_currency)):
            words = f"{grouped(one.principal, one.currency)} is claimed without interest and fees"
            words += f", and the final demand asked for {grouped(asked, one.currency)} of it"
            yield Missing(words, "write another one, or leave the rest out of the claim")


def _deadline(final: Letter, rules: Rules, policy: Policy, day: date) -> Iterator[Missing]:
    """The time that a final demand leaves is no less than the policy's, counted from its sending."""
    if final.deadline is None or final.sent_on is None:
        yield Missing(f"the final demand {final.number} names no deadline", "write it anew, with one")
        return
    if final.deadline < final.sent_on:
        words = f"the final demand {final.number} was sent on {short_day(final.sent_on)}, after its own deadline"
        yield Missing(f"{words} of {short_day(final.deadline)}", "write it anew, with a new one")
        return
    ends = last_day(final.kind, final.deadline, final.sent_on, policy, rules.calendar)
    if ends >= day:
        words = f"the deadline of the final demand {final.number} is {short_day(final.deadline)}"
        if ends != final.deadline:
            days = plural(policy.final_demand_days, "day")
            words += f", which is less than {days} from its sending; these end on {short_day(ends)}"
        yield Missing(words, "wait until it is over")


def _asked(sent: Iterable[Letter]) -> Decimal:
    """Return how much final demands asked for: the most that any asked for of each invoice.

    Of a letter that does not tell its parts only the whole is known.
    """
    of_each: dict[str, Decimal] = {}
    whole = ZERO
    for letter in sent:
        whole = max(whole, letter.amount)
        for part in letter.asked:
            of_each[part.invoice] = max(part.amount, of_each.get(part.invoice, ZERO))
    return max(whole, total(of_each.values()))


def _proof(letter: Letter, exhibits: Exhibits) -> Iterator[Missing]:
    if exhibits.has(Group.PROOF, letter.id):
        return
    how = f"no proof that the final demand {letter.number} arrived is attached"
    match letter.sent_by:
        case SentBy.CERTIFIED:
            number = "" if letter.tracking else ", and write down its number"
            yield Missing(how, f"attach the receipt of the certified mail to the letter as `sending`{number}")
        case SentBy.EMAIL:
            yield Missing(how, "attach the email that was sent, or its answer, to the letter as `sending`")
        case _:
            yield Missing(how, "attach a receipt to the letter as `sending`, or send it again by certified mail")


def _damaged(exhibits: Iterable[Exhibit], damaged: frozenset[str]) -> Iterator[Missing]:
    for exhibit in exhibits:
        if exhibit.digest in damaged:
            words = f"exhibit {exhibit.number}, {exhibit.name}, cannot be read"
            yield Missing(words, "attach a copy that is whole")


def _named(numbers: Sequence[str]) -> str:
    names = ", ".join(dict.fromkeys(n or "one without a number" for n in numbers))
    return f"{'invoice' if len(numbers) == 1 else plural(len(numbers), 'invoice') + ':'} {names}"
