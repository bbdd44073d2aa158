"""Two accounts become one, or one becomes two again: which records change. Pure.

What the clerk recorded moves whole. An invoice that stands on both accounts is one: it stays as the accounting system
spoke of it last.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from arctui.core.changes import Change, added, changed, composed, removed
from arctui.core.decisions import CreditDecision
from arctui.core.facts import Dossier
from arctui.core.import_records import BankLine
from arctui.core.letter_records import Attachment, Letter
from arctui.core.money import ZERO, grouped, total
from arctui.core.phone_numbers import same_phone
from arctui.core.records import (
    Account,
    Activity,
    Dispute,
    FollowUp,
    Invoice,
    Payment,
    Person,
    Promise,
    Record,
)
from arctui.core.text import name_key, plural

RecordT = TypeVar("RecordT", bound=Record)

#: Where a dossier has what moves with an account, and how each is called.
_KINDS: dict[str, tuple[type[Record], str, str]] = {
    "people": (Person, "person", "people"),
    "invoices": (Invoice, "invoice", "invoices"),
    "payments": (Payment, "payment", "payments"),
    "activities": (Activity, "activity", "activities"),
    "promises": (Promise, "promise", "promises"),
    "disputes": (Dispute, "dispute", "disputes"),
    "followups": (FollowUp, "follow-up", "follow-ups"),
    "credit": (CreditDecision, "credit decision", "credit decisions"),
    "letters": (Letter, "letter", "letters"),
    "attachments": (Attachment, "attachment", "attachments"),
}


class MergeError(ValueError):
    """The two accounts cannot be one; the message says why."""


def counted(records: Iterable[Record]) -> str:
    """Say how many records of each kind there are: "2 invoices, 1 promise"; "nothing" for none."""
    known = list(records)
    counts = [(sum(isinstance(r, kind) for r in known), one, many) for kind, one, many in _KINDS.values()]
    return ", ".join(plural(n, one, many) for n, one, many in counts if n) or "nothing"


def records_of(dossier: Dossier) -> Iterator[Record]:
    """Return all records of an account but its open calls."""
    for field in _KINDS:
        yield from getattr(dossier, field)


def merged(lost: Dossier, into: Dossier, lines: Iterable[BankLine] = (), *, renamed: bool = False) -> list[Change]:
    """Return what changes where an account becomes part of another. `lines`: the bank lines of the lost one.

    `renamed`: one of the two is the other's new name, so what was last reported of an invoice holds. Raises
    MergeError where else an invoice stands open on both with two amounts.
    """
    home = into.account.id
    joined, changes = _joined_invoices(lost, into, renamed=renamed)
    changes += _joined_people(lost, into)
    gone = {c.record.id for c in changes if c.after is None}
    for record in records_of(lost):
        if record.id not in gone:
            changes.append(Change(before=record, after=_moved(record, home, joined)))
    changes += [changed(line, account=home) for line in lines]
    changes += _not_paid(lost, into, joined)
    after = _one_account(lost.account, into.account)
    changes += [Change(before=into.account, after=after), removed(lost.account)]
    return composed(changes)


def _moved(record: RecordT, account: str, ids: Mapping[str, str]) -> RecordT:
    """Return a record as one of another account, its invoices by the ids that they have there."""
    fields: dict[str, Any] = {"account": account}
    if isinstance(record, (Promise, Dispute, Activity, Letter)):
        fields["invoices"] = tuple(dict.fromkeys(ids.get(i, i) for i in record.invoices))
    if isinstance(record, Letter):
        fields["asked"] = tuple(
            msgspec.structs.replace(a, invoice=ids.get(a.invoice, a.invoice)) for a in record.asked
        )
    if isinstance(record, Attachment):
        fields["about"] = ids.get(record.about, record.about)
    return msgspec.structs.replace(record, **fields)


def item_key(invoice: Invoice) -> tuple[object, ...]:
    """Return what tells the invoices of one account apart."""
    if invoice.number:
        return (invoice.number, invoice.currency, invoice.amount < 0)
    return (invoice.kind, invoice.issued, invoice.amount, invoice.currency)


def _newer(one: Invoice, other: Invoice) -> Invoice:
    """Return that of one invoice's two records which the accounting system spoke of last; of equals the open one."""
    return max(one, other, key=lambda i: (i.reported, i.balance != 0))


def _joined_invoices(lost: Dossier, into: Dossier, *, renamed: bool) -> tuple[dict[str, str], list[Change]]:
    known = {item_key(i): i for i in into.invoices}
    joined: dict[str, str] = {}
    changes: list[Change] = []
    for invoice in lost.invoices:
        twin = known.get(item_key(invoice))
        if twin is None:
            continue
        if twin.amount != invoice.amount and twin.balance and invoice.balance and not renamed:
            raise MergeError(
                f"invoice {invoice.number} stands open on both, {grouped(invoice.amount, invoice.currency)} and "
                f"{grouped(twin.amount, twin.currency)}: they are not one customer, or one of the two is a mistake "
                "to be mended in the accounting system"
            )
        newer = _newer(twin, invoice)
        after = msgspec.structs.replace(
            newer,
            id=twin.id,
            account=twin.account,
            issued=newer.issued or twin.issued or invoice.issued,
            due=newer.due or twin.due or invoice.due,
            reference=newer.reference or twin.reference or invoice.reference,
        )
        joined[invoice.id] = twin.id
        changes += [Change(before=twin, after=after), removed(invoice)]
    return joined, changes


def _joined_people(lost: Dossier, into: Dossier) -> list[Change]:
    known = {name_key(p.name): p for p in into.people if p.name}
    changes: list[Change] = []
    for person in lost.people:
        twin = known.get(name_key(person.name)) if person.name else None
        if twin is None:
            continue
        new = tuple(p for p in person.phones if not any(same_phone(p, k) for k in twin.phones))
        after = msgspec.structs.replace(
            twin,
            role=twin.role or person.role,
            phones=(*twin.phones, *new),
            emails=tuple(dict.fromkeys([*twin.emails, *person.emails])),
            time_zone=twin.time_zone or person.time_zone,
        )
        changes += [Change(before=twin, after=after), removed(person)]
    return changes


def _not_paid(lost: Dossier, into: Dossier, joined: Mapping[str, str]) -> list[Change]:
    """Take back what was concluded from a report in which an invoice only stood under the other name.

    It vanished from one account and was open on the other: no money came for that.
    """
    changes: list[Change] = []
    for old_id, kept_id in joined.items():
        pair = [(lost, next(i for i in lost.invoices if i.id == old_id))]
        pair.append((into, next(i for i in into.invoices if i.id == kept_id)))
        newer = _newer(pair[1][1], pair[0][1])
        (there, now), (here, before) = sorted(pair, key=lambda side: side[1] is not newer)
        if before.balance:
            continue
        paid = [a.amount for p in there.payments if not p.reversed_on for a in p.applied if a.number == now.number]
        owed = now.balance + total(paid)
        for payment in here.payments:
            if payment.inferred and payment.recorded == before.reported:
                earlier = next((c.after for c in reversed(changes) if c.record.id == payment.id), payment)
                if not isinstance(earlier, Payment):
                    continue
                left = tuple(
                    msgspec.structs.replace(a, amount=a.amount - min(a.amount, max(ZERO, owed)))
                    if a.number == before.number
                    else a
                    for a in earlier.applied
                )
                off = total(a.amount for a in earlier.applied) - total(a.amount for a in left)
                if off:
                    after = msgspec.structs.replace(
                        earlier,
                        account=into.account.id,
                        amount=earlier.amount - off,
                        applied=tuple(a for a in left if a.amount),
                    )
                    changes.append(Change(before=earlier, after=after if after.amount else None))
    return changes


def _one_account(lost: Account, into: Account) -> Account:
    """Return the account that two become. What stops calling, and what was found wrong, holds for both."""
    number = into.number or lost.number
    names = [*into.aliases, lost.name, lost.number, *lost.aliases]
    aliases = tuple(dict.fromkeys(n for n in names if n and n != number and name_key(n) != name_key(into.name)))
    each_other = {name_key(n) for n in (into.name, into.number, lost.name, lost.number)}
    apart = (n for n in (*into.apart, *lost.apart) if name_key(n) not in each_other)
    return msgspec.structs.replace(
        into,
        number=number,
        currency=into.currency or lost.currency,
        terms_days=lost.terms_days if into.terms_days is None else into.terms_days,
        credit_limit=lost.credit_limit if into.credit_limit is None else into.credit_limit,
        address=into.address or lost.address,
        country=into.country or lost.country,
        time_zone=into.time_zone or lost.time_zone,
        pay_cycle=into.pay_cycle or lost.pay_cycle,
        flags=tuple(dict.fromkeys([*into.flags, *lost.flags])),
        clerk=into.clerk or lost.clerk,
        natural_person=into.natural_person or lost.natural_person,
        struck=tuple(dict.fromkeys([*into.struck, *lost.struck])),
        tax_number=into.tax_number or lost.tax_number,
        legal_name=into.legal_name or lost.legal_name,
        jurisdiction=into.jurisdiction or lost.jurisdiction,
        contract=into.contract or lost.contract,
        aliases=aliases,
        apart=tuple(dict.fromkeys(apart)),
    )


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier merge, as the history has it: the lost account, the other before and after, and what moved.

    `moved` are the ids of the records that came from the lost account, `lost_records` those that became part of
    another one.
    """

    lost: Account
    before: Account
    after: Account
    moved: frozenset[str]
    lost_records: tuple[Record, ...]


class Split(msgspec.Struct, frozen=True):
    """What a split changes, the records that go, and those that came since the merge and stay."""

    changes: list[Change]
    goes: list[Record]
    stays: list[Record]


def split(dossier: Dossier, merge: Merge, since: Collection[str], lines: Iterable[BankLine] = ()) -> Split:
    """Return what changes where an account that was merged becomes one of its own again.

    What came from it goes back as it is now. `since`: the ids of what came after the merge; of that a payment, a
    promise, a dispute or a letter goes along if all its invoices go, a file with what it proves; the rest stays, as
    nothing says whose it is. `lines`: the bank lines of the account.
    """
    lost, home = merge.lost.id, dossier.account.id
    ids = _ids_again(dossier, merge)
    going = [r for r in records_of(dossier) if r.id in merge.moved]
    numbers = {i.number for i in going if isinstance(i, Invoice)} - {
        i.number for i in dossier.invoices if i.id not in merge.moved
    }
    invoices = {r.id for r in going if isinstance(r, Invoice)}
    going += [r for r in records_of(dossier) if r.id in since and _only_about(r, invoices, numbers)]
    # The sending of a letter goes with it, a file with what it proves.
    sent = {r.activity for r in going if isinstance(r, Letter)} - {r.id for r in going}
    going += [r for r in dossier.activities if r.id in sent]
    gone = {r.id for r in going}
    going += [r for r in dossier.attachments if r.id in since and r.about in gone]
    gone = {r.id for r in going}
    back = [_back(record, dossier, lost, ids) for record in merge.lost_records]
    added_again = [record for record in back if record is not None]
    changes = [added(record) for record in added_again]
    there = invoices | {r.id for r in added_again}
    for record in records_of(dossier):
        if record.id in gone:
            after = _only(_moved(record, lost, ids), there)
            changes.append(Change(before=record, after=after))
        elif (kept := _only(record, {i.id for i in dossier.invoices} - invoices)) != record:
            changes.append(Change(before=record, after=kept))
    for line in lines:
        # A line goes with its payment.
        goes = gone & set(line.payments) if line.payments else line.id in merge.moved
        changes += [changed(line, account=lost)] if goes else []
    account, other = _two_accounts(dossier.account, merge)
    changes += [Change(before=dossier.account, after=account), added(other)]
    stays = [
        r for r in records_of(dossier) if r.id in since and r.id not in gone and getattr(r, "account", "") == home
    ]
    return Split(changes, [*going, *added_again], stays)


def _ids_again(dossier: Dossier, merge: Merge) -> dict[str, str]:
    """Return the ids that joined invoices have on the account that comes back, by those that they have here."""
    mine = {item_key(i): i.id for i in dossier.invoices if i.id not in merge.moved}
    lost = (r for r in merge.lost_records if isinstance(r, Invoice))
    return {mine[item_key(i)]: i.id for i in lost if item_key(i) in mine}


def _only_about(record: Record, invoices: Collection[str], numbers: Collection[str]) -> bool:
    if isinstance(record, Payment):
        named = {part.number for part in record.applied}
        return bool(named) and all(number in numbers for number in named)
    return (
        isinstance(record, (Promise, Dispute, Letter))
        and bool(record.invoices)
        and all(i in invoices for i in record.invoices)
    )


def _only(record: RecordT, invoices: Collection[str]) -> RecordT:
    """Return a promise or dispute with those of its invoices that are on its account."""
    if isinstance(record, (Promise, Dispute)):
        return msgspec.structs.replace(record, invoices=tuple(i for i in record.invoices if i in invoices))
    return record


def _back(record: Record, dossier: Dossier, account: str, ids: Mapping[str, str]) -> Record | None:
    """Return a record that had become part of another: an invoice as it is now, a person as they were."""
    if isinstance(record, Invoice):
        known = next((i for i in dossier.invoices if ids.get(i.id) == record.id), None)
        return msgspec.structs.replace(known, id=record.id, account=account) if known else None
    return record if isinstance(record, Person) else None


def _two_accounts(now: Account, merge: Merge) -> tuple[Account, Account]:
    """Return both accounts: what only the merge had brought to the one goes, what was changed since stays."""
    lost, before, after = merge.lost, merge.before, merge.after
    fields = {
        name: getattr(before, name)
        for name in now.__struct_fields__
        if name not in ("id", "aliases", "apart") and getattr(now, name) == getattr(after, name)
    }
    theirs = {name_key(n) for n in (lost.name, lost.number, *lost.aliases) if n}
    return (
        msgspec.structs.replace(now, **fields, aliases=tuple(n for n in now.aliases if name_key(n) not in theirs)),
        lost,
    )
