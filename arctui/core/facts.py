"""All facts of the book in memory, and the facts of one account.

Knows which records belong together; knows neither the disk nor a rule of collecting.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar, cast

import msgspec

from arctui.core.calls import Call
from arctui.core.changes import Change
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
    Review,
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
    """The imports, as the ledger asks for them: by number, and the last one that listed all open items."""

    by_number: dict[int, Import]
    last_settling: Import | None

    @property
    def payments_as_of(self) -> date | None:
        """The last day up to which payments are known, None before the first import."""
        return max((i.as_of for i in self.by_number.values() if i.payments or i.settles), default=None)


class Facts:
    """The records of the book by table and id, with an index from accounts to their records."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._tables: dict[str, dict[str, Record]] = {name: {} for name in TABLES}
        self._of_account: dict[str, dict[str, dict[str, Record]]] = {name: {} for name in _OF_ACCOUNTS}
        self._reports: Reports | None = None
        for record in records:
            self._put(record)

    def all(self, kind: type[RecordT]) -> Iterator[RecordT]:
        """Return every record of a kind in the order of its coming."""
        return cast("Iterator[RecordT]", iter(self._tables[kind.TABLE].values()))

    def get(self, kind: type[RecordT], record_id: str) -> RecordT | None:
        """Return the record with this id, None if there is none."""
        return cast("RecordT | None", self._tables[kind.TABLE].get(record_id))

    def dossier(self, account_id: str) -> Dossier:
        """Return all facts on one account. Raises KeyError for an unknown id."""

        def of(kind: type[RecordT]) -> tuple[RecordT, ...]:
            return tuple(cast("Iterable[RecordT]", self._of_account[kind.TABLE].get(account_id, {}).values()))

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
        )

    def policy(self, day: date) -> Policy:
        """Return the policy in force on a day."""
        return policy_on(day, self.all(PolicyChange))

    @property
    def reports(self) -> Reports:
        """The imports so far."""
        if self._reports is None:
            imports = {i.number: i for i in self.all(Import)}
            settling = [i for i in imports.values() if i.settles]
            self._reports = Reports(imports, max(settling, key=lambda i: i.number, default=None))
        return self._reports

    @property
    def last_review(self) -> date | None:
        """The day of the last review that was closed."""
        return max((r.day for r in self.all(Review)), default=None)

    def apply(self, changes: Sequence[Change]) -> None:
        """Take committed changes over."""
        for change in changes:
            if change.after is None:
                self._drop(change.record)
            else:
                self._put(change.after)

    def _put(self, record: Record) -> None:
        self._tables[record.TABLE][record.id] = record
        if record.TABLE in self._of_account:
            of_account = self._of_account[record.TABLE].setdefault(cast("Person", record).account, {})
            of_account[record.id] = record
        elif record.TABLE == Import.TABLE:
            self._reports = None

    def _drop(self, record: Record) -> None:
        self._tables[record.TABLE].pop(record.id, None)
        if record.TABLE in self._of_account:
            self._of_account[record.TABLE].get(cast("Person", record).account, {}).pop(record.id, None)
        elif record.TABLE == Import.TABLE:
            self._reports = None
