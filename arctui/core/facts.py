"""All facts of the book in memory, and the facts of one account.

Knows which records belong together; knows neither the disk nor a rule of collecting.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar, cast

import msgspec

from arctui.core.calls import Call
from arctui.core.changes import Change
from arctui.core.decisions import Closing, CreditDecision
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

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._tables: dict[str, dict[str, Record]] = {name: {} for name in TABLES}
        self._of_account: dict[str, dict[str, dict[str, Record]]] = {name: {} for name in _OF_ACCOUNTS}
        self._reports: Reports | None = None
        self._moved: set[tuple[str, str]] = set()
        # By table the accounts whose records no snapshot shares any more, None where there is no snapshot.
        self._unshared: dict[str, set[str]] | None = None
        for record in records:
            self._put(record)

    def snapshot(self) -> "Facts":
        """Return the facts as they are now, for work beside this one: neither sees what the other does from then on.

        It is quick whatever the book holds: records never change, and an account's are copied when one of them does.
        """
        copy = Facts()
        copy._tables = {name: table.copy() for name, table in self._tables.items()}
        copy._of_account = {name: index.copy() for name, index in self._of_account.items()}
        self._unshared = {name: set() for name in _OF_ACCOUNTS}
        copy._unshared = {name: set() for name in _OF_ACCOUNTS}
        return copy

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
        for name, now in self._tables.items():
            was = snapshot._tables[name]
            changes += [Change(before=r, after=None) for i, r in was.items() if i not in now]
            changes += [Change(before=was.get(i), after=r) for i, r in now.items() if was.get(i) is not r]
        return changes

    def apply(self, changes: Sequence[Change]) -> None:
        """Take committed changes over."""
        for change in changes:
            if change.after is None:
                self._drop(change.record)
            else:
                self._put(change.after)
        for table, account in self._moved:
            # Among those of its new account a record keeps the place in which it came into the book.
            records = self._of_account[table][account]
            places = {record_id: n for n, record_id in enumerate(self._tables[table])}
            self._of_account[table][account] = dict(sorted(records.items(), key=lambda r: places[r[0]]))
        self._moved.clear()

    def _put(self, record: Record) -> None:
        known = self._tables[record.TABLE].get(record.id)
        self._tables[record.TABLE][record.id] = record
        if record.TABLE in self._of_account:
            if known and cast("Person", known).account != cast("Person", record).account:
                self._own(known).pop(record.id, None)
                self._moved.add((record.TABLE, cast("Person", record).account))
            self._own(record)[record.id] = record
        elif record.TABLE == Import.TABLE:
            self._reports = None

    def _drop(self, record: Record) -> None:
        self._tables[record.TABLE].pop(record.id, None)
        if record.TABLE in self._of_account:
            self._own(record).pop(record.id, None)
        elif record.TABLE == Import.TABLE:
            self._reports = None

    def _own(self, record: Record) -> dict[str, Record]:
        """Return the records of an account among which one is to be put or dropped, shared with no snapshot."""
        table, account = record.TABLE, cast("Person", record).account
        records = self._of_account[table].setdefault(account, {})
        if self._unshared is not None and account not in self._unshared[table]:
            self._unshared[table].add(account)
            records = self._of_account[table][account] = records.copy()
        return records
