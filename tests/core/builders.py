"""Small typed makers of facts, so that a test says only what matters to it. One account, in dollars, in New York."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TypeVar

from arctui.core.calls import Call
from arctui.core.capture import Reading, Situation, read_line
from arctui.core.capture.reading import OpenInvoice
from arctui.core.decisions import CreditDecision
from arctui.core.facts import Dossier, Moment, Reports, reports_of
from arctui.core.ledger import (
    Balance,
    OpenItem,
    balances,
    bare_items,
    disputed_parts,
    open_amounts,
    open_items,
    unapplied_cash,
)
from arctui.core.letter_records import Attachment, Letter
from arctui.core.policy import Policy
from arctui.core.promises import Judged, judge
from arctui.core.reasons import Rules
from arctui.core.records import (
    Account,
    Activity,
    ActivityKind,
    Applied,
    Dispute,
    Flag,
    FollowUp,
    FollowUpKind,
    Import,
    Invoice,
    Method,
    Outcome,
    PayCycle,
    Payment,
    Promise,
    Record,
)
from arctui.core.standing import Standing, derive
from arctui.core.worklist import Row, row_of
from tests.core.oracle import nov

EASTERN = timezone(timedelta(hours=-5))
ACCOUNT = "birch"
NO_REPORTS = Reports({})
MONDAY = nov(23)

RecordT = TypeVar("RecordT", bound=Record)


def money(*amounts: int | str) -> tuple[Decimal, ...]:
    """Amounts to compare with."""
    return tuple(map(Decimal, amounts))


def moment(day: date, hour: str = "09:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), EASTERN)


def reports(*imports: Import) -> Reports:
    return reports_of(imports)


def report(number: int, as_of: date, *, settles: bool = True, payments: bool = False) -> Import:
    return Import(
        id=f"import-{number}",
        number=number,
        file="open.csv",
        digest="",
        layout="",
        as_of=as_of,
        at=moment(as_of),
        by="ann",
        settles=settles,
        payments=payments,
    )


def invoice(
    number: str,
    amount: str,
    due: date | None,
    *,
    issued: date | None = None,
    currency: str = "USD",
    reported: int = 0,
    as_listed: bool = False,
) -> Invoice:
    return Invoice(
        id=f"id-{number}",
        account=ACCOUNT,
        number=number,
        issued=issued,
        due=due,
        amount=Decimal(amount),
        balance=Decimal(amount),
        currency=currency,
        reported=reported,
        as_listed=as_listed,
    )


def payment(
    day: date,
    amount: str,
    to: Mapping[str, str] | None = None,
    *,
    currency: str = "USD",
    since: date | None = None,
    recorded: int = 1,
    reversed_on: date | None = None,
    name: str = "",
) -> Payment:
    """Money received, applied to invoices by number; what is not applied is on account."""
    to = to or {}
    return Payment(
        id=name or f"payment {day} {amount} {'+'.join(to)}",
        account=ACCOUNT,
        day=day,
        amount=Decimal(amount),
        currency=currency,
        applied=tuple(Applied(number, Decimal(part)) for number, part in to.items()),
        since=since,
        recorded=recorded,
        reversed_on=reversed_on,
    )


def promise(
    amount: str,
    day: date,
    last_day: date,
    breaks_on: date,
    *,
    on: Iterable[str] = ("1",),
    taken: date | None = None,
    hour: str = "10:00",
    tolerance: str = "1.00",
    currency: str = "USD",
    method: Method | None = Method.CHECK,
    name: str = "",
    withdrawn_on: date | None = None,
    superseded_by: str = "",
    reviewed_on: date | None = None,
    plan: str = "",
) -> Promise:
    """A promise on the invoices of these numbers, with its window written out."""
    taken = taken or nov(16)
    return Promise(
        id=name or f"promise {day} {amount}",
        account=ACCOUNT,
        invoices=tuple(f"id-{number}" for number in on),
        amount=Decimal(amount),
        currency=currency,
        day=day,
        method=method,
        taken_at=moment(taken, hour),
        taken_on=taken,
        taken_by="ann",
        grace_days=3,
        tolerance=Decimal(tolerance),
        last_day=last_day,
        breaks_on=breaks_on,
        withdrawn_on=withdrawn_on,
        superseded_by=superseded_by,
        reviewed_on=reviewed_on,
        plan=plan,
    )


def friday_check(amount: str = "1000.00", *, on: Iterable[str] = ("1",), reviewed_on: date | None = None) -> Promise:
    """A check promised on Monday 16 for Friday 20 November 2026: last day Wednesday 25, broken on Friday 27."""
    return promise(amount, nov(20), nov(25), nov(27), on=on, tolerance="5.00", reviewed_on=reviewed_on)


def call(
    day: date,
    outcome: Outcome = Outcome.REFUSED,
    *,
    about: Iterable[str] = ("1",),
    reached: bool = True,
    hour: str = "10:00",
    kind: ActivityKind = ActivityKind.CALL,
) -> Activity:
    """A conversation with the right person about these invoices, unless told otherwise."""
    return Activity(
        id=f"{kind} {day} {hour}",
        account=ACCOUNT,
        kind=kind,
        at=moment(day, hour),
        day=day,
        by="ann",
        outcome=outcome,
        reached=reached,
        invoices=tuple(f"id-{number}" for number in about),
    )


def attempt(
    day: date, outcome: Outcome = Outcome.NO_ANSWER, *, about: Iterable[str] = ("1",), hour: str = "10:00"
) -> Activity:
    return call(day, outcome, about=about, reached=False, hour=hour)


def letter(day: date, *, about: Iterable[str] = ("1",), hour: str = "16:00") -> Activity:
    return Activity(
        id=f"letter {day}",
        account=ACCOUNT,
        kind=ActivityKind.LETTER,
        at=moment(day, hour),
        day=day,
        by="ann",
        invoices=tuple(f"id-{number}" for number in about),
    )


def dispute(
    amount: str,
    opened: date,
    *,
    on: Iterable[str] = (),
    due: date | None = None,
    currency: str = "USD",
    closed_on: date | None = None,
) -> Dispute:
    return Dispute(
        id=f"dispute {opened} {amount}",
        account=ACCOUNT,
        invoices=tuple(f"id-{number}" for number in on),
        amount=Decimal(amount),
        currency=currency,
        reason="damaged pallets",
        remedy="send the delivery note",
        opened=opened,
        due=due or opened + timedelta(days=60),
        closed_on=closed_on,
    )


def callback(day: date, hour: str = "", *, zone: str = "", done_on: date | None = None) -> FollowUp:
    return FollowUp(
        id=f"callback {day} {hour}",
        account=ACCOUNT,
        kind=FollowUpKind.CALLBACK,
        day=day,
        hour=time.fromisoformat(hour) if hour else None,
        time_zone=zone,
        set_on=nov(2),
        done_on=done_on,
    )


def follow_up(day: date, why: str = "new manager starts", *, done_on: date | None = None) -> FollowUp:
    return FollowUp(
        id=f"follow up {day}",
        account=ACCOUNT,
        kind=FollowUpKind.CONTACT,
        day=day,
        why=why,
        set_on=nov(2),
        done_on=done_on,
    )


def dossier(
    *facts: Record, flags: tuple[Flag, ...] = (), cycle: PayCycle | None = None, name: str = "Birch Works"
) -> Dossier:
    """All facts on the account, sorted into their kinds."""

    def of(kind: type[RecordT]) -> tuple[RecordT, ...]:
        return tuple(f for f in facts if isinstance(f, kind))

    return Dossier(
        account=Account(id=ACCOUNT, name=name, number="C-1", currency="USD", flags=flags, pay_cycle=cycle),
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


def rules(today: date, *, hour: str = "09:00", policy: Policy | None = None, known: Reports = NO_REPORTS) -> Rules:
    policy = policy or Policy()
    return Rules(policy, policy.calendar(), known, Moment(today, moment(today, hour)))


def standing(facts: Dossier, today: date, *, hour: str = "09:00", policy: Policy | None = None) -> Standing:
    return derive(facts, rules(today, hour=hour, policy=policy))


def list_row(facts: Dossier, today: date, *, hour: str = "09:00", known: Reports = NO_REPORTS) -> Row | None:
    """The account's row of the worklist."""
    shared = rules(today, hour=hour, known=known)
    return row_of(facts, derive(facts, shared), shared)


def bucket(facts: Dossier, today: date, *, hour: str = "09:00") -> int:
    """The number of the account's bucket on the worklist, 0 if it is not on it."""
    found = list_row(facts, today, hour=hour)
    return int(found.bucket) if found else 0


def items(
    facts: Dossier,
    today: date,
    covered: Mapping[str, Mapping[str, Decimal]] | None = None,
    known: Reports = NO_REPORTS,
) -> tuple[OpenItem, ...]:
    bare = bare_items(facts, open_amounts(facts, known, today), today)
    cash = unapplied_cash(facts, known, today)
    return open_items(bare, disputed_parts(bare, facts.disputes), covered or {}, cash)


def balance(facts: Dossier, today: date, known: Reports = NO_REPORTS, currency: str = "USD") -> Balance:
    return balances(items(facts, today, None, known), unapplied_cash(facts, known, today))[currency]


def verdicts(today: date, *facts: Record) -> tuple[Judged, ...]:
    """Judge the promises among the facts; nothing is disputed."""
    return judge(dossier(*facts), {}, today)


def verdict(today: date, *facts: Record) -> Judged:
    """Judge the only promise among the facts."""
    (only,) = verdicts(today, *facts)
    return only


def situation(today: date, *, country: str = "US", given: Mapping[str, object] | None = None) -> Situation:
    """What a line is read against: two people known, 1,850.00 may be asked for, 2,000.00 is open."""
    policy = Policy(country=country)
    fields: dict[str, object] = {
        "today": today,
        "now": moment(today),
        "policy": policy,
        "calendar": policy.calendar(),
        "currency": {"US": "USD", "GB": "GBP"}.get(country, "EUR"),
        "people": ("Tony Marsh", "Ann Lee"),
        "collectable": Decimal("1850.00"),
        "open_total": Decimal("2000.00"),
    }
    return Situation(**{**fields, **(given or {})})  # type: ignore[arg-type]


def open_under(**amounts: str) -> dict[str, OpenInvoice]:
    """Open invoices by number, nothing of them disputed or promised; B_1041 stands for B-1041, n7 for 7."""
    numbers = {name.removeprefix("n").replace("_", "-"): Decimal(amount) for name, amount in amounts.items()}
    return {
        number: OpenInvoice(open=amount, undisputed=amount, free=amount, asked=amount, ids=(f"id-{number}",))
        for number, amount in numbers.items()
    }


def read(line: str, today: date = MONDAY, country: str = "US", **given: object) -> Reading:
    """Read a capture line, on Monday 23 November 2026 unless told otherwise."""
    return read_line(line, situation(today, country=country, given=given))


def problem(line: str, today: date = MONDAY, country: str = "US", **given: object) -> str:
    """Say why a line is refused; fails if it is not."""
    reading = read(line, today, country, **given)
    assert not reading.ok
    assert reading.problems
    return reading.problems[0]


def promised(line: str, today: date = MONDAY, country: str = "US", **given: object) -> tuple[date, Decimal]:
    """The day and amount of the only promise in a line."""
    reading = read(line, today, country, **given)
    assert reading.problems == ()
    (commitment,) = reading.commitments
    return commitment.day, commitment.amount
