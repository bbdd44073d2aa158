"""Importing a file: read, merge, prove, commit as one act."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec

from arctui.core.changes import Change, added
from arctui.core.doubles import Double
from arctui.core.facts import Facts, Moment
from arctui.core.import_records import OwnLayout
from arctui.core.money import ZERO, grouped
from arctui.core.policy import Policy
from arctui.core.records import Import
from arctui.core.text import clean, plural
from arctui.desk.home_currency import former_home, home_currency, home_notes, home_of
from arctui.desk.import_doubts import cut_words, doubt_of, would_pay
from arctui.desk.layouts import kept_layout
from arctui.desk.same_file import earlier_import, is_new_export, same_again, written_anew, written_at
from arctui.desk.settling import Settled, settled
from arctui.exchange.draft import Draft, Outcome, new_doubles
from arctui.exchange.merge import merge_items, settles
from arctui.exchange.merge_contacts import merge_contacts
from arctui.exchange.merge_payments import merge_payments
from arctui.exchange.merge_statement import merge_statement
from arctui.exchange.phones import zone_of
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.read import read_data
from arctui.exchange.report import (
    Mapping,
    ReadOptions,
    Report,
    ReportError,
    ReportKind,
    Skipped,
    Subtotal,
    totals_read,
)
from arctui.exchange.source import contents
from arctui.exchange.waiting import settle_waiting

#: A report that closes more than this share of what is open, and more invoices than that, is asked about first.
_LARGE_SHARE = Decimal("0.2")
_LARGE_COUNT = 20
#: So is one that closes more than this share, however few they are; not in a book with a few open invoices, where any
#: day may do so.
_MOST_SHARE = Decimal("0.5")
_FEW_OPEN = 5
#: A report of one customer, while so many have something open, is a statement of theirs and not of all.
_MANY_ACCOUNTS = 5
#: A report that shows only what is past due, and leaves out as many that are not due yet, is one of what is overdue.
_SEVERAL_NOT_DUE = 2
#: A payment list without a day of its own, whose newest payment is older than this, is an old list.
_OLD_PAYMENTS_DAYS = 7


#: What is said of a list that leaves out something that is open.
_LIST = "this is a list of invoices, not of all that is open: what is missing from it stays open; --full closes it"


class NeedsConsentError(ReportError):
    """The import would do something large, which the message says; it must be confirmed by `consent`."""


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk says about a file. `full` True: what is missing from it is closed; False: nothing is.

    `decimal_mark`: what stands before the cents, "" lets the amounts decide. `as_of`: the day up to which it is
    complete, where the file does not say so itself. `sheet`, `columns` and `mapping` are those of `ReadOptions`.
    `save_layout`: the name under which the mapping is kept as the firm's own.
    `unattended`: nobody looks at what it brings, so a report that seems to be cut off needs `consent`.
    """

    month_first: bool | None = None
    decimal_mark: str = ""
    as_of: date | None = None
    layout: str = ""
    payments: bool = False
    full: bool | None = None
    consent: bool = False
    dry_run: bool = False
    sheet: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    mapping: Mapping | None = None
    save_layout: str = ""
    unattended: bool = False


class ImportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did. `closed`: what was taken as paid, by currency; `stated_total` is the report's own,
    `read_total` ours and `read_totals` ours by currency ("" = the file names none); `totals` are all that the report
    states, each beside what was read of it; `doubles`: new customers who may be known ones; `applied` and `waiting`:
    what was made of a bank statement's lines, or of those that waited, a sentence each; `settled`: promises that it
    settled."""

    file: str
    layout: str
    kind: str
    as_of: date
    accounts_added: int = 0
    people_added: int = 0
    invoices_added: int = 0
    invoices_updated: int = 0
    invoices_closed: int = 0
    invoices_voided: int = 0
    payments_added: int = 0
    payments_inferred: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    closed: dict[str, Decimal] = {}
    stated_total: Decimal | None = None
    read_total: Decimal = ZERO
    read_totals: dict[str, Decimal] = {}
    known_already: bool = False
    system: str = ""
    sheet: str = ""
    totals: tuple[Subtotal, ...] = ()
    doubles: tuple[Double, ...] = ()
    applied: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()

    @property
    def differing(self) -> list[Subtotal]:
        """The report's own totals that what was read does not add up to."""
        return [total for total in self.totals if not total.agrees]


class ReadFile(msgspec.Struct, frozen=True):
    """A file that was read: all that merging it needs, so that it can be merged again. `digest`: SHA-256 in hex of
    the file, `content`: of all that was read of it; `unread`: it was not read, as it was known already; `written`:
    when the file was."""

    path: Path
    digest: str
    report: Report
    options: ImportOptions
    content: str = ""
    unread: bool = False
    written: datetime | None = None


class Prepared(msgspec.Struct, frozen=True):
    """An import that is ready to be committed."""

    act: str
    changes: list[Change]
    summary: ImportSummary


def read_file(
    facts: Facts, path: Path, options: ImportOptions, policy: Policy, progress: Progress = UNWATCHED
) -> ReadFile:
    """Read a file, before it is known what it changes. Raises ReportError, Cancelled.

    A report of open items that was imported before and was not written anew since is not read again: nothing can
    come of it.
    """
    written = written_at(path)
    data = contents(path)
    digest = hashlib.sha256(data).hexdigest()
    earlier = earlier_import(facts, ReadFile(path, digest, _NOTHING, options), closes=True)
    if earlier and not former_home(earlier, policy) and not written_anew(earlier, written):
        known = Report(layout=earlier.layout, kind=ReportKind.OPEN_ITEMS, as_of=earlier.as_of)
        return ReadFile(path, digest, known, options, unread=True, written=written)
    report = read_data(data, read_options(facts, options, policy), progress)
    return ReadFile(path, digest, report, options, _content(report), written=written)


#: What stands for a report before it is read.
_NOTHING = Report(layout="", kind=ReportKind.OPEN_ITEMS)


def _content(report: Report) -> str:
    """Return the SHA-256, in hex, of all that was read: the same file may be read in another way."""
    read = (report.kind, report.items, report.not_owed, report.contacts, report.receipts, report.lines)
    return hashlib.sha256(msgspec.json.encode(read)).hexdigest()


def read_options(facts: Facts, options: ImportOptions, policy: Policy) -> ReadOptions:
    """Return what the clerk, the policy and the firm's own layouts say about a file."""
    return ReadOptions(
        month_first=options.month_first,
        decimal_mark=policy.decimal_mark,
        decimal_told=options.decimal_mark,
        layout=options.layout,
        payments=options.payments,
        sheet=options.sheet,
        columns=options.columns,
        mapping=options.mapping,
        own=tuple(facts.all(OwnLayout)),
    )


def merge_file(
    facts: Facts,
    read: ReadFile,
    policy: Policy,
    moment: Moment,
    by: str,
    new_id: Callable[[], str],
    progress: Progress = UNWATCHED,
) -> Prepared:
    """Work out what a file that was read changes in these facts. Raises ReportError, NeedsConsentError, Cancelled."""
    needless = earlier_import(facts, read, closes=True) if read.unread else None
    if read.unread and (needless is None or former_home(needless, policy)):
        # The import that made reading it needless was undone meanwhile, or the home currency changed.
        read = read_file(facts, read.path, read.options, policy, progress)
    path, report, options = read.path, read.report, read.options
    progress.stage("comparing it with the book")
    kept = kept_layout(facts, report, options.save_layout, moment, by, new_id)
    as_of = options.as_of or _known_until(report, moment.today)
    if as_of > moment.today:
        raise ReportError(
            f"{path.name} is as of {as_of}, a day to come: nothing was changed; export it as of today, or say "
            f"--as-of {moment.today} if it was made today"
        )
    closes = settles(report, options.full) and report.kind in (ReportKind.OPEN_ITEMS, ReportKind.LISTED)
    earlier = earlier_import(facts, read, closes=closes)
    former = former_home(earlier, policy) if earlier else ""
    if earlier and former:
        # The same file, and yet it says something else; of no other day than before.
        as_of, earlier = options.as_of or earlier.as_of, None
    before = earlier if earlier and is_new_export(earlier, read, as_of) else None
    earlier = None if before else earlier
    if earlier and report.kind in (ReportKind.OPEN_ITEMS, ReportKind.LISTED):
        return _known_already(path, report, earlier, kept)
    last = facts.reports.last_settling
    if closes and last and as_of < last.as_of:
        raise ReportError(
            f"{path.name} is as of {as_of}, older than the report of {last.as_of} that was imported before: "
            "nothing was changed; export it anew, or say --as-of with its day if it was made later"
        )
    importing = Import(
        id=new_id(),
        number=max(facts.reports.by_number, default=0) + 1,
        file=clean(path.name),
        digest=read.digest,
        layout=report.layout,
        as_of=as_of,
        at=moment.now,
        by=by,
        settles=closes,
        payments=_tells_payments(report),
        itemised=report.is_itemised,
        sheet=clean(report.sheet),
        content=read.content,
        written=read.written,
    )
    home, policy_change = home_currency(facts, report, policy, moment, by, new_id)
    draft = Draft(facts, new_id, importing, home, progress, former)
    outcome = _merge(draft, report, policy, moment, closes=closes, full=bool(options.full))
    outcome.notes += (*home_notes(facts, report, policy, home), *([same_again(before)] if before else []))
    if outcome.not_shown and report.kind is ReportKind.LISTED and options.full is None:
        outcome.notes += (_LIST,)
    if earlier and not outcome.changes:
        return _known_already(path, report, earlier, kept, outcome)
    _ask_first(outcome, report, options)
    importing = msgspec.structs.replace(
        importing, currencies=outcome.currencies, doubted=outcome.doubted, home=home_of(report, home)
    )
    changes = [added(importing), *policy_change, *kept, *outcome.changes]
    summary = msgspec.structs.replace(
        _summary(path, report, as_of, outcome), settled=settled(facts, outcome.changes, importing, moment.today)
    )
    return Prepared(f"import of {clean(path.name)}", changes, summary)


def _tells_payments(report: Report) -> bool:
    """Does a file that closes nothing tell what was paid? So does a list with what is open of each invoice."""
    if report.kind is ReportKind.LISTED:
        return all(item.balance is not None for item in report.items)
    return report.kind in (ReportKind.PAYMENTS, ReportKind.STATEMENT)


def _known_until(report: Report, today: date) -> date:
    """Return the day up to which a file that does not say so is complete: today, or old payments' last day.

    A bank statement is complete up to its last line: of the days since then it says nothing.
    """
    if report.as_of:
        # A list of this month's payments knows nothing of the days to come.
        return min(report.as_of, today) if report.kind is ReportKind.PAYMENTS else report.as_of
    days = [*(r.day for r in report.receipts), *(line.day for line in report.lines)]
    newest = max(days, default=today)
    if report.kind is ReportKind.STATEMENT:
        return min(newest, today)
    return newest if newest < today - timedelta(days=_OLD_PAYMENTS_DAYS) else today


def _known_already(
    path: Path, report: Report, earlier: Import, kept: list[Change], outcome: Outcome | None = None
) -> Prepared:
    summary = _summary(path, report, earlier.as_of, outcome or Outcome(changes=[], skipped=report.skipped))
    act = f"layout of {clean(path.name)}" if kept else ""
    return Prepared(act, kept, msgspec.structs.replace(summary, known_already=True))


def _merge(draft: Draft, report: Report, policy: Policy, moment: Moment, *, closes: bool, full: bool) -> Outcome:
    if report.kind is ReportKind.PAYMENTS:
        outcome = merge_payments(draft, report, moment.today)
    elif report.kind is ReportKind.STATEMENT:
        outcome = merge_statement(draft, report, moment.today)
    elif report.kind is ReportKind.CONTACTS:
        outcome = Outcome(changes=[], skipped=report.skipped)
    else:
        outcome = merge_items(draft, report, settles=closes, full=full)
    if report.contacts:
        merge_contacts(draft, report, lambda phone: zone_of(phone, policy.country), outcome)
    if report.kind is not ReportKind.STATEMENT:
        settle_waiting(draft, outcome, moment.today)
    outcome.doubles = new_doubles(draft)
    return outcome


def _ask_first(outcome: Outcome, report: Report, options: ImportOptions) -> None:
    """Raise what asks before a report closes what it may not even be about."""
    if outcome.closed_amount and options.full is None:
        part = f"it says of itself: {report.only}" if report.only else ""
        if outcome.accounts_shown == 1 and outcome.accounts_open >= _MANY_ACCOUNTS:
            part = part or f"it shows one customer, and {outcome.accounts_open} have something open"
        if outcome.closed_not_due >= _SEVERAL_NOT_DUE:
            several = plural(outcome.closed_not_due, "open invoice is", "open invoices are")
            part = part or f"all that it shows is past due, and {several} not due yet"
        if part:
            raise ReportError(
                f"this report may be only a part of what is open ({part}): say --add if it is, so that nothing is "
                "closed, or --full if all that it leaves out is paid"
            )
    if options.consent:
        return
    if options.unattended and (cut := cut_words(report)):
        raise NeedsConsentError(f"{cut}: export it again")
    doubt = doubt_of(report)
    if doubt and (outcome.invoices_closed or (outcome.payments_inferred and options.full is not False)):
        raise NeedsConsentError(f"{doubt}, and {would_pay(outcome)}: that would be taken as paid")
    open_before = outcome.open_before
    shares = {c: closed / open_before[c] for c, closed in outcome.closed_amount.items()}
    large = outcome.invoices_closed > _LARGE_COUNT and any(share > _LARGE_SHARE for share in shares.values())
    if large or any(share > _MOST_SHARE and outcome.open_count[c] >= _FEW_OPEN for c, share in shares.items()):
        sums = ", ".join(
            f"{grouped(closed)} of {grouped(open_before[c], c)}" for c, closed in outcome.closed_amount.items()
        )
        raise NeedsConsentError(
            f"this report leaves out {plural(outcome.invoices_closed, 'open invoice')}, {sums}: that would be taken "
            "as paid"
        )


def _summary(path: Path, report: Report, as_of: date, outcome: Outcome) -> ImportSummary:
    return ImportSummary(
        file=clean(path.name),
        layout=report.layout,
        kind=str(report.kind),
        as_of=as_of,
        accounts_added=outcome.accounts_added,
        people_added=outcome.people_added,
        invoices_added=outcome.invoices_added,
        invoices_updated=outcome.invoices_updated,
        invoices_closed=outcome.invoices_closed,
        invoices_voided=outcome.invoices_voided,
        payments_added=outcome.payments_added,
        payments_inferred=outcome.payments_inferred,
        applied=outcome.applied,
        waiting=outcome.waiting,
        skipped=outcome.skipped,
        notes=(*report.notes, *outcome.notes),
        closed=outcome.closed_amount,
        doubles=outcome.doubles,
        stated_total=report.stated_total,
        read_total=report.counted_total,
        read_totals=totals_read(report),
        system=report.system,
        sheet=report.sheet,
        totals=report.subtotals,
    )
