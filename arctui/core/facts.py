"""All facts of the book in memory, and the facts of one account.

Knows which records belong together; knows neither the disk nor a rule of collecting.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar, cast

import msgspec

from arctui.core.calls import Call
from arctui.core.changes import Change
from arctui.core.decisions import Closing, CreditDecision
from arctui.core.deferred import DAY_OF, DeferredTable, Source
from arctui.core.letter_records import Attachment, Letter
from arctui.core.policy import Policy, policy_on
from arctui.core.records import (
    Account,
    Activity,
    Dispute,
    FollowUp,
    Import,
    Invoice,
    Payment,
    Person,
    PolicyChange,
    Promise,
    Record,
)
from arctui.core.tables import TABLES

RecordT = TypeVar("RecordT", bound=Record)


class Moment(msgspec.Struct, frozen=True):
    """When a rule is asked: the working day, and the moment with its UTC offset."""

    today: date
    now: datetime


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """One account with all facts on it, each kind in the order in which it came into the book."""

    account: Account
    people: tuple[Person, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Payment, ...] = ()
    activities: tuple[Activity, ...] = ()
    promises: tuple[Promise, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    calls: tuple[Call, ...] = ()
    credit: tuple[CreditDecision, ...] = ()
    letters: tuple[Letter, ...] = ()
    attachments: tuple[Attachment, ...] = ()


#: Where a dossier has the records of each kind.
_FIELD_OF: dict[type[Record], str] = {
    Person: "people",
    Invoice: "invoices",
    Payment: "payments",
    Activity: "activities",
    Promise: "promises",
    Dispute: "disputes",
    FollowUp: "followups",
    Call: "calls",
    CreditDecision: "credit",
    Letter: "letters",
    Attachment: "attachments",
}
#: The tables whose records belong to one account each.
_OF_ACCOUNTS = tuple(kind.TABLE for kind in _FIELD_OF)


def with_changes(dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """Return an account's facts as they would be after some changes to them."""
    fields: dict[str, dict[str, Record]] = {}
    for change in changes:
        field = _FIELD_OF.get(type(change.record), "")
        if not field:
            continue
        records = fields.setdefault(field, {r.id: r for r in getattr(dossier, field)})
        if change.after is None:
            records.pop(change.record.id, None)
        else:
            records[change.after.id] = change.after
    return msgspec.structs.replace(dossier, **{name: tuple(records.values()) for name, records in fields.items()})


class Reports(msgspec.Struct, frozen=True):
    """The imports, as the ledger asks for them: by number, and those that listed all open items, the newest first."""

    by_number: dict[int, Import]
    settling: tuple[Import, ...] = ()

    @property
    def last_settling(self) -> Import | None:
        """The last report of open items, whatever it covered."""
        return self.settling[0] if self.settling else None

    def last_of(self, currency: str, account: str = "") -> Import | None:
        """Return the last report of open items that speaks of a currency, and of the account of this id if one is
        named: of one that it left out and did not close it says nothing."""
        for report in self.settling:
            if report.covers(currency) and all(left_out != account for left_out, _ in report.doubted):
                return report
        return None

    @property
    def payments_as_of(self) -> date | None:
        """The last day up to which payments are known, None before the first import."""
        return max((i.as_of for i in self.by_number.values() if i.payments or i.settles), default=None)

    def after(self, importing: Import) -> "Reports":
        """Return the imports as they are with one more."""
        return reports_of((*self.by_number.values(), importing))


def reports_of(imports: Iterable[Import]) -> Reports:
    """Return imports as the ledger asks for them."""
    by_number = {i.number: i for i in imports}
    settling = (by_number[n] for n in sorted(by_number, reverse=True) if by_number[n].settles)
    return Reports(by_number, tuple(settling))


class Facts:
    """The records of the book by table and id, with an index from accounts to their records."""

    def __init__(self, records: Iterable[Record] = (), deferred: Mapping[str, Source] | None = None) -> None:
        """`deferred` are the tables, by name, whose records are decoded when they are looked at."""
        sources = deferred or {}
        self._tables: dict[str, dict[str, Record] | DeferredTable] = {
            name: DeferredTable(sources[name]) if name in sources else {} for name in TABLES
        }
        # By table the records of each account, from the first time that they are asked for.
        self._of_accounts: dict[str, dict[str, tuple[Record, ...]]] = {}
        self._reports: Reports | None = None
        for record in records:
            self._tables[record.TABLE][record.id] = record

    def snapshot(self) -> "Facts":
        """Return the facts as they are now, for work beside this one: neither sees what the other does from then on.

        It is quick whatever the book holds: neither a record nor an account's tuple of them ever changes.
        """
        copy = Facts()
        copy._tables = {name: table.copy() for name, table in self._tables.items()}
        copy._of_accounts = {name: index.copy() for name, index in self._of_accounts.items()}
        return copy

    def deferred(self, name: str) -> DeferredTable | None:
        """Return a table whose records are decoded when they are looked at; None if this one's are in memory."""
        table = self._tables[name]
        return table if isinstance(table, DeferredTable) else None

    def source(self, name: str) -> Source | None:
        """Return where the records of a table are decoded from when looked at, None if they are in memory."""
        table = self.deferred(name)
        return table.source if table else None

    def on(self, kind: type[RecordT], day: date) -> Iterator[RecordT]:
        """Return the records of a kind that are of a day (`deferred.DAY_OF`), in the order of their coming."""
        table = self._tables[kind.TABLE]
        if isinstance(table, DeferredTable):
            return cast("Iterator[RecordT]", table.on(kind, day))
        return (record for record in self.all(kind) if getattr(record, DAY_OF[kind]) == day)

    def become(self, other: "Facts") -> None:
        """Be from now on what others are, which are given up for it."""
        self._tables, self._of_accounts, self._reports = other._tables, other._of_accounts, None

    @property
    def are_deferred(self) -> bool:
        """Are the records of any table decoded when they are looked at?"""
        return any(isinstance(table, DeferredTable) for table in self._tables.values())

    def all(self, kind: type[RecordT]) -> Iterator[RecordT]:
        """Return every record of a kind in the order of its coming."""
        return cast("Iterator[RecordT]", iter(self._tables[kind.TABLE].values()))

    def get(self, kind: type[RecordT], record_id: str) -> RecordT | None:
        """Return the record with this id, None if there is none."""
        return cast("RecordT | None", self._tables[kind.TABLE].get(record_id))

    def dossier(self, account_id: str) -> Dossier:
        """Return all facts on one account. Raises KeyError for an unknown id."""

        def of(kind: type[RecordT]) -> tuple[RecordT, ...]:
            return cast("tuple[RecordT, ...]", self._of(kind.TABLE, account_id))

        return Dossier(
            account=cast("Account", self._tables[Account.TABLE][account_id]),
            people=of(Person),
            invoices=of(Invoice),
            payments=of(Payment),
            activities=of(Activity),
            promises=of(Promise),
            disputes=of(Dispute),
            followups=of(FollowUp),
            calls=of(Call),
            credit=of(CreditDecision),
            letters=of(Letter),
            attachments=of(Attachment),
        )

    def policy(self, day: date) -> Policy:
        """Return the policy in force on a day."""
        return policy_on(day, self.all(PolicyChange))

    @property
    def reports(self) -> Reports:
        """The imports so far."""
        if self._reports is None:
            self._reports = reports_of(self.all(Import))
        return self._reports

    @property
    def last_review(self) -> date | None:
        """The day of the last review that was closed."""
        return max((r.day for r in self.all(Closing)), default=None)

    @property
    def review_days(self) -> tuple[date, ...]:
        """The days whose review was closed, in order."""
        return tuple(sorted({r.day for r in self.all(Closing)}))

    def since(self, snapshot: "Facts") -> list[Change]:
        """Return what changed since a snapshot of these facts was taken."""
        changes: list[Change] = []
        elsewhere = any(self.source(name) is not snapshot.source(name) for name in self._tables)
        for name in self._tables:
            now, was = self._tables[name], snapshot._tables[name]
            if elsewhere:
                # Decoded from two places, equal records are not the same ones.
                was = {r.id: r for r in was.values()}
                now = {r.id: was[r.id] if was.get(r.id) == r else r for r in now.values()}
            elif isinstance(now, DeferredTable) and isinstance(was, DeferredTable):
                was, now = now.since(was)
            changes += [Change(before=r, after=None) for i, r in was.items() if i not in now]
            changes += [Change(before=was.get(i), after=r) for i, r in now.items() if was.get(i) is not r]
        return changes

    def apply(self, changes: Sequence[Change]) -> None:
        """Take committed changes over; where what they touch cannot be decoded, none of them."""
        # By table and account the records that are being changed, by id.
        own = self.touched(changes)
        moved: set[tuple[str, str]] = set()
        for change in changes:
            record, table = change.record, self._tables[change.record.TABLE]
            known = table.get(record.id)
            if record.TABLE in _OF_ACCOUNTS:
                if known and change.after is None:
                    self._own(known, own).pop(record.id, None)
                elif known and _account(known) != _account(record):
                    self._own(known, own).pop(record.id, None)
                    moved.add((record.TABLE, _account(record)))
                if change.after is not None:
                    self._own(record, own)[record.id] = record
            elif record.TABLE == Import.TABLE:
                self._reports = None
            if change.after is None:
                table.pop(record.id, None)
            else:
                table[record.id] = record
        for (name, account), records in own.items():
            found: Iterable[Record] = records.values()
            if (name, account) in moved:
                # Among those of its new account a record keeps the place in which it came into the book.
                found = sorted(found, key=self._order_in(name))
            self._put(name, account, tuple(found))

    def touched(self, changes: Iterable[Change]) -> dict[tuple[str, str], dict[str, Record]]:
        """Decode what taking changes over will need: by table and account the records among which they come, by id.

        Of tables in memory there is nothing to decode.
        """
        own: dict[tuple[str, str], dict[str, Record]] = {}
        for change in changes:
            table = self._tables[change.record.TABLE]
            if isinstance(table, DeferredTable):
                for record in (table.get(change.record.id), change.record):
                    if record is not None:
                        self._own(record, own)
        return own

    def _order_in(self, name: str) -> Callable[[Record], int]:
        """Return by what the records of a table stand in the order of their coming."""
        table = self._tables[name]
        if isinstance(table, DeferredTable):
            return lambda record: table.order(record.id)
        places = {record_id: n for n, record_id in enumerate(table)}
        return lambda record: places[record.id]

    def _of(self, name: str, account: str) -> tuple[Record, ...]:
        """Return the records of an account in a table."""
        table = self._tables[name]
        return table.of(account) if isinstance(table, DeferredTable) else self._of_account(name).get(account, ())

    def _put(self, name: str, account: str, records: tuple[Record, ...]) -> None:
        """Let these be the records of an account in a table."""
        table = self._tables[name]
        if isinstance(table, DeferredTable):
            table.put(account, records)
        else:
            self._of_account(name)[account] = records

    def _of_account(self, name: str) -> dict[str, tuple[Record, ...]]:
        """Return the records of a table by account."""
        if name not in self._of_accounts:
            found: defaultdict[str, list[Record]] = defaultdict(list)
            for record in self._tables[name].values():
                found[_account(record)].append(record)
            self._of_accounts[name] = {account: tuple(records) for account, records in found.items()}
        return self._of_accounts[name]

    def _own(self, record: Record, own: dict[tuple[str, str], dict[str, Record]]) -> dict[str, Record]:
        """Return those of its account among which a record is to be put or dropped."""
        key = (record.TABLE, _account(record))
        if key not in own:
            own[key] = {r.id: r for r in self._of(record.TABLE, key[1])}
        return own[key]


def _account(record: Record) -> str:
    """Return the account of a record of a table that has them by account."""
    return cast("Person", record).account
