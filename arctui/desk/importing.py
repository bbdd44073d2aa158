"""Importing a file: read, merge, prove, commit as one act."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec

from arctui.core.changes import Change, added
from arctui.core.facts import Facts, Moment
from arctui.core.import_records import OwnLayout
from arctui.core.money import ZERO, grouped
from arctui.core.policy import Policy
from arctui.core.records import Account, Import, PolicyChange
from arctui.core.text import clean
from arctui.exchange.merge import Draft, Outcome, merge_items, settles
from arctui.exchange.merge_contacts import merge_contacts
from arctui.exchange.merge_payments import merge_payments
from arctui.exchange.phones import zone_of
from arctui.exchange.read import read_report
from arctui.exchange.report import Mapping, ReadOptions, Report, ReportError, ReportKind, Skipped

#: A report that closes more than this share of what is open, and more invoices than that, is asked about first.
_LARGE_SHARE = Decimal("0.2")
_LARGE_COUNT = 20
#: A payment list without a day of its own, whose newest payment is older than this, is an old list.
_OLD_PAYMENTS_DAYS = 7
#: The home currency of a book holds from its beginning.
_BEGINNING = date(1970, 1, 1)


class NeedsConsentError(ReportError):
    """The import would do something large, which the message says; it must be confirmed by `consent`."""


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk says about a file. `full` True: what is missing from it is closed; False: nothing is.

    `as_of`: the day up to which it is complete, where the file does not say so itself. `sheet`, `columns` and
    `mapping` are those of `ReadOptions`.
    """

    month_first: bool | None = None
    as_of: date | None = None
    layout: str = ""
    payments: bool = False
    full: bool | None = None
    consent: bool = False
    dry_run: bool = False
    sheet: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    mapping: Mapping | None = None


class ImportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did. `closed`: what was taken as paid, by currency;
    `stated_total` is the report's own, `read_total` ours."""

    file: str
    layout: str
    kind: str
    as_of: date
    accounts_added: int = 0
    people_added: int = 0
    invoices_added: int = 0
    invoices_updated: int = 0
    invoices_closed: int = 0
    payments_added: int = 0
    payments_inferred: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    closed: dict[str, Decimal] = {}
    stated_total: Decimal | None = None
    read_total: Decimal = ZERO
    known_already: bool = False


class Prepared(msgspec.Struct, frozen=True):
    """An import that is ready to be committed."""

    act: str
    changes: list[Change]
    summary: ImportSummary


def prepare(
    facts: Facts,
    path: Path,
    options: ImportOptions,
    policy: Policy,
    moment: Moment,
    by: str,
    new_id: Callable[[], str],
) -> Prepared:
    """Read a file and work out what it changes; the book is not touched.

    Raises ReportError for a file that is no report, NeedsConsentError for one that would close a large part of
    the book without `options.consent`.
    """
    report = read_report(
        path,
        ReadOptions(
            month_first=options.month_first,
            decimal_mark=policy.decimal_mark,
            layout=options.layout,
            payments=options.payments,
            sheet=options.sheet,
            columns=options.columns,
            mapping=options.mapping,
            own=tuple(facts.all(OwnLayout)),
        ),
    )
    as_of = options.as_of or _known_until(report, moment.today)
    digest = _digest(path)
    closes = settles(report, options.full) and report.kind in (ReportKind.OPEN_ITEMS, ReportKind.LISTED)
    earlier = _earlier(facts, digest, closes=closes, as_of=options.as_of)
    if earlier and report.kind in (ReportKind.OPEN_ITEMS, ReportKind.LISTED):
        return _known_already(path, report, earlier)
    last = facts.reports.last_settling
    if closes and last and as_of < last.as_of:
        raise ReportError(
            f"{path.name} is as of {as_of}, older than the report of {last.as_of} that was imported before: "
            "nothing was changed"
        )
    importing = Import(
        id=new_id(),
        number=max(facts.reports.by_number, default=0) + 1,
        file=clean(path.name),
        digest=digest,
        layout=report.layout,
        as_of=as_of,
        at=moment.now,
        by=by,
        settles=closes,
        payments=report.kind is ReportKind.PAYMENTS,
    )
    home, policy_change = _home_currency(facts, report, policy, moment, by, new_id)
    outcome = _merge(Draft(facts, new_id, importing, home), report, policy, closes=closes, full=bool(options.full))
    if earlier and not outcome.changes:
        return _known_already(path, report, earlier, outcome)
    _ask_first(outcome, options)
    changes = [added(importing), *policy_change, *outcome.changes]
    return Prepared(f"import of {clean(path.name)}", changes, _summary(path, report, as_of, outcome))


def _known_until(report: Report, today: date) -> date:
    """Return the day up to which a file that does not say so is complete: today, or old payments' last day."""
    if report.as_of:
        # A list of this month's payments knows nothing of the days to come.
        return min(report.as_of, today) if report.kind is ReportKind.PAYMENTS else report.as_of
    newest = max((r.day for r in report.receipts), default=today)
    return newest if newest < today - timedelta(days=_OLD_PAYMENTS_DAYS) else today


def _earlier(facts: Facts, digest: str, *, closes: bool, as_of: date | None) -> Import | None:
    """Return the import of the very same file that did what this one would do, None if there was none."""
    same = [i for i in facts.reports.by_number.values() if i.digest == digest and (i.settles or not closes)]
    return next((i for i in reversed(same) if as_of is None or i.as_of == as_of), None)


def _known_already(path: Path, report: Report, earlier: Import, outcome: Outcome | None = None) -> Prepared:
    summary = _summary(path, report, earlier.as_of, outcome or Outcome(changes=[], skipped=report.skipped))
    return Prepared("", [], msgspec.structs.replace(summary, known_already=True))


def _merge(draft: Draft, report: Report, policy: Policy, *, closes: bool, full: bool) -> Outcome:
    match report.kind:
        case ReportKind.CONTACTS:
            return merge_contacts(draft, report, lambda phone: zone_of(phone, policy.country))
        case ReportKind.PAYMENTS:
            return merge_payments(draft, report)
    return merge_items(draft, report, settles=closes, full=full)


def _ask_first(outcome: Outcome, options: ImportOptions) -> None:
    open_before = outcome.open_before
    large = any(closed > open_before[c] * _LARGE_SHARE for c, closed in outcome.closed_amount.items())
    if large and outcome.invoices_closed > _LARGE_COUNT and not options.consent:
        sums = ", ".join(
            f"{grouped(closed)} of {grouped(open_before[c], c)}" for c, closed in outcome.closed_amount.items()
        )
        raise NeedsConsentError(
            f"this report leaves out {outcome.invoices_closed} open invoices, {sums}: they would be taken as paid"
        )


def _home_currency(
    facts: Facts, report: Report, policy: Policy, moment: Moment, by: str, new_id: Callable[[], str]
) -> tuple[str, list[Change]]:
    """Return the home currency; an empty book takes the one with the largest open amount in its first report."""
    sums: dict[str, Decimal] = {}
    for item in report.items:
        if item.currency:
            open_amount = item.amount if item.balance is None else item.balance
            sums[item.currency] = sums.get(item.currency, ZERO) + open_amount
    largest = max(sums, key=lambda c: sums[c], default=policy.home_currency)
    if largest == policy.home_currency or next(facts.all(Account), None):
        return policy.home_currency, []
    change = PolicyChange(id=new_id(), setting="home_currency", value=largest, since=_BEGINNING, by=by, at=moment.now)
    return largest, [added(change)]


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
        payments_added=outcome.payments_added,
        payments_inferred=outcome.payments_inferred,
        skipped=outcome.skipped,
        notes=outcome.notes,
        closed=outcome.closed_amount,
        stated_total=report.stated_total,
        read_total=report.counted_total,
    )


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file that was read just now. Raises ReportError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror}") from error
