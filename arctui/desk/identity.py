"""Who is who: accounts that may be one customer, and what the clerk decides of them. One act each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core.calls import Call
from arctui.core.changes import Change, added, changed, composed
from arctui.core.doubles import Double, Doubles, apart_from, are_apart, near_names
from arctui.core.drafts import Draft
from arctui.core.facts import Dossier
from arctui.core.import_records import BankLine
from arctui.core.ledger import open_amounts
from arctui.core.merging import Merge, MergeError, counted, item_key, merged, records_of, split
from arctui.core.money import total
from arctui.core.records import Account, Import, Invoice, Person
from arctui.core.text import clean, name_key
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.exchange.inference import Reduction, infer_payments
from arctui.exchange.same_money import without_unseen
from arctui.store import Step
from arctui.store.transactions import record_of

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Identity:
    """The accounts of one desk as customers. Raises DeskError, BookError."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def doubles(self) -> list[Double]:
        """Return the accounts that may be one customer, pair by pair, by name."""
        desk = self._desk
        found = Doubles(desk.accounts(), lambda account: desk.dossier(account).people).all()
        return sorted(found, key=lambda d: (name_key(d.name), name_key(d.other_name)))

    def still_doubtful(self, doubles: Iterable[Double]) -> list[Double]:
        """Return the pairs of which nothing was decided yet."""
        return [d for d in doubles if self._is_doubtful(d)]

    def _is_doubtful(self, double: Double) -> bool:
        desk, pair = self._desk, (double.account, double.other)
        if not all(map(desk.knows, pair)):
            return False
        both = (desk.dossier(each).account for each in pair)
        return bool(Doubles(both, lambda account: desk.dossier(account).people).why(*pair))

    def near(self, account: str) -> list[str]:
        """Return the accounts whose names are nearly the same as that of one."""
        name = self._desk.dossier(account).account.name
        return [a.id for a in self._desk.accounts() if a.id != account and near_names(a.name, name)]

    def what_moves(self, account: str, into: str) -> str:
        """Say what a merge would do. Raises DeskError with what speaks against it."""
        lost, kept = self._desk.dossier(account), self._desk.dossier(into)
        joined = [
            c.record for c in self._merged(account, into) if isinstance(c.record, (Invoice, Person)) and not c.after
        ]
        words = f"from {lost.account.name} to {kept.account.name}: {counted(records_of(lost))}"
        return words + (f"; known there already: {counted(joined)}" if joined else "")

    def merge(self, account: str, into: str) -> str:
        """Let an account become part of another, which reports find under both names. Returns what was done."""
        desk = self._desk
        desk.refresh()
        changes = self._merged(account, into)
        name, other = (desk.dossier(each).account.name for each in (account, into))
        drafts = [d for d in desk.book.facts.all(Draft) if d.account == account and not d.open]
        done = desk.commit(f"merged {name} into {other}", changes, typed=False)
        desk.keep([changed(draft, account=into) for draft in drafts])
        return done

    def _merged(self, account: str, into: str) -> list[Change]:
        desk = self._desk
        lost, kept = desk.dossier(account), desk.dossier(into)
        if account == into:
            raise DeskError(f"{lost.account.name} is one account already: into which other?")
        self._no_call(account, into)
        lines = [line for line in desk.book.facts.all(BankLine) if line.account == account]
        brought = self._brought(account, into)
        try:
            changes = merged(lost, kept, lines, renamed=brought is not None)
        except MergeError as error:
            raise DeskError(str(error)) from None
        return composed([*changes, *self._paid_meanwhile(lost, kept, changes, brought)]) if brought else changes

    def _brought(self, account: str, other: str) -> Import | None:
        """Return the report that left one of two accounts out and brought the other, if one did; else None."""
        pairs = {(account, other), (other, account)}
        reports = self._desk.book.facts.reports.by_number.values()
        return next((report for report in reports if pairs & set(report.doubted)), None)

    def _paid_meanwhile(self, lost: Dossier, kept: Dossier, changes: list[Change], brought: Import) -> list[Change]:
        """Return what was paid when a customer came under a new name: by how much less was open of an invoice."""
        facts = self._desk.book.facts
        before: dict[tuple[object, ...], Decimal] = {}
        for dossier in map(without_unseen, (lost, kept)):
            opens = open_amounts(dossier, facts.reports, date.max)
            before |= {
                item_key(i): opens[i.id] for i in dossier.invoices if i.reported < brought.number and opens[i.id]
            }
        after = facts.snapshot()
        after.apply(changes)
        home = after.dossier(kept.account.id)
        now = {item_key(i): i for i in home.invoices if i.reported >= brought.number}
        # What came since is known already.
        new = next((d for d in (lost, kept) if d.account.id in {one for _, one in brought.doubted}), kept)
        paid = [part for p in new.payments if not p.reversed_on for part in p.applied]
        less = [
            Reduction(i, before[k], i.balance + total(part.amount for part in paid if part.number == i.number))
            for k, i in now.items()
            if k in before
        ]
        found = infer_payments(after, lambda _: home.payments, less, brought, new_id)
        earlier = [r.as_of for r in facts.reports.by_number.values() if r.settles and r.number < brought.number]
        since = max(earlier, default=brought.as_of)
        known = {p.id: p for p in home.payments}
        return [
            *(added(msgspec.structs.replace(p, since=since)) for p in found.inferred),
            *(Change(before=known[p.id], after=p) for p in found.applied_now),
        ]

    def split(self, account: str, name: str) -> str:
        """Let a name of an account become one of its own again, with what came under it. Returns what was done."""
        desk = self._desk
        desk.refresh()
        self._no_call(account)
        dossier = desk.dossier(account)
        record, wanted = dossier.account, name_key(name)
        alias = next((a for a in record.aliases if name_key(a) == wanted), "")
        if not alias:
            known = ", ".join(record.aliases)
            raise DeskError(
                f"{record.name} is not known as '{clean(name)}': its other names are {known}"
                if known
                else f"{record.name} has no other name: nothing was merged into it"
            )
        found, since = self._merge_of(account, alias)
        if found is None:
            other = Account(id=new_id(), name=alias, currency=record.currency)
            rest = tuple(a for a in record.aliases if a != alias)
            two = self._apart(msgspec.structs.replace(record, aliases=rest), other)
            desk.commit(f"split {alias} off {record.name}", [Change(before=record, after=two[0]), added(two[1])])
            return f"split {alias} off {record.name}: nothing goes with it, as no merge is recorded"
        lines = [line for line in desk.book.facts.all(BankLine) if line.account == account]
        done = split(dossier, found, since, lines)
        changes = [c for c in done.changes if not isinstance(c.record, Account)]
        two = self._apart(*(c.after for c in done.changes if isinstance(c.after, Account)))
        changes += [Change(before=record, after=two[0]), added(two[1])]
        desk.commit(f"split {found.lost.name} off {record.name}", changes, typed=False)
        stays = f"; what came since stays with {record.name}: {counted(done.stays)}" if done.stays else ""
        return f"split {found.lost.name} off {record.name}, with it: {counted(done.goes)}{stays}"

    def _merge_of(self, account: str, alias: str) -> tuple[Merge | None, set[str]]:
        """Return the merge that brought an alias, and the ids of what came to the account since; None if unknown."""
        since: set[str] = set()
        for act in self._desk.book.latest():
            ours = next((s for s in act.steps if s.table == Account.TABLE and s.id == account), None)
            if (
                ours
                and alias in (ours.now or {}).get("aliases", ())
                and alias not in (ours.was or {}).get("aliases", ())
            ):
                return _merge_in(act.steps, ours), since
            since |= {s.id for s in act.steps if s.was is None and s.now and s.now.get("account") == account}
        return None, set()

    def apart(self, account: str, other: str) -> str:
        """Remember that two accounts are two, so that they are not asked about again. Returns what was done."""
        desk = self._desk
        desk.refresh()
        one, two = desk.dossier(account).account, desk.dossier(other).account
        if account == other:
            raise DeskError(f"{one.name} is one account: apart from which other?")
        if are_apart(one, two):
            raise DeskError(f"that {one.name} and {two.name} are two is known already")
        after = self._apart(one, two)
        changes = [Change(before=before, after=now) for before, now in zip((one, two), after, strict=True)]
        return desk.commit(f"{one.name} and {two.name} are two customers", changes, typed=False)

    def _apart(self, one: Account, other: Account) -> tuple[Account, Account]:
        return (
            msgspec.structs.replace(one, apart=apart_from(one, other)),
            msgspec.structs.replace(other, apart=apart_from(other, one)),
        )

    def _no_call(self, *accounts: str) -> None:
        for call in self._desk.book.facts.all(Call):
            if call.account in accounts:
                name = self._desk.dossier(call.account).account.name
                raise DeskError(f"a call with {name} is open (by {call.by}): end it first")


def _merge_in(steps: tuple[Step, ...], ours: Step) -> Merge | None:
    """Read a merge from the steps of its act, None if the act was another one."""
    removed = [s for s in steps if s.table == Account.TABLE and s.was and not s.now]
    lost = record_of(Account.TABLE, removed[0].was) if len(removed) == 1 else None
    before, after = (record_of(Account.TABLE, values) for values in (ours.was, ours.now))
    if not (isinstance(lost, Account) and isinstance(before, Account) and isinstance(after, Account)):
        return None
    theirs = [s for s in steps if s.was and s.was.get("account") == lost.id]
    gone = (record_of(s.table, s.was) for s in theirs if s.now is None)
    return Merge(
        lost=lost,
        before=before,
        after=after,
        moved=frozenset(s.id for s in theirs if s.now),
        lost_records=tuple(r for r in gone if r is not None),
    )
