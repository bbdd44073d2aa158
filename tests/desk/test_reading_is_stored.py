"""What the reading of a line says is exactly what is stored: it is read back, and compared with the records."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctui.core.facts import Dossier
from arctui.core.moments import moment_of
from arctui.core.records import Dispute, FollowUp, Promise
from arctui.desk.desk import Desk
from tests.core.oracle import dec, nov
from tests.desk.ledgers import Ledger
from tests.desk.stored import Stored, account

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d+) (\w{3})(?: (\d{4}))?"
MONEY = r"([\d,]+\.\d\d)"
HOW = rf"(?: of {MONEY})?(?: for (?P<numbers>.+?))?   (?P<method>[a-z ]+\??)(?:   (?P<person>.+))?"
ONE = re.compile(rf"(?P<day>{DAY}), [\w ]+   (?P<amount>{MONEY}){HOW}")
PLAN = re.compile(
    rf"(?P<count>\d+) parts of (?P<amount>{MONEY})(?:, the last (?P<odd>{MONEY}))?, "
    rf"(?P<every>[\w ]+)   (?P<whole>{MONEY}){HOW}"
)
WINDOW = re.compile(rf".*?(?:last day|by) (?P<last>{DAY}), broken from (?P<breaks>{DAY})")

AMOUNTS = st.sampled_from(["400.00", "500.00", "333.33", "1000.00", "75.01"])
ACCOUNTS = st.builds(
    lambda amounts, dues, disputed, promises, broken, zone: (amounts, dues, disputed, promises, broken, zone),
    st.lists(AMOUNTS, min_size=1, max_size=4),
    st.lists(st.sampled_from([nov(2), nov(18), dec(20)]), min_size=4, max_size=4),
    st.sampled_from(["", "100.00", "400.00"]),
    st.lists(st.tuples(st.sampled_from([0, 1, 2, 3]), AMOUNTS), max_size=2),
    st.booleans(),
    st.sampled_from(["", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Europe/London"]),
)
DATES = st.sampled_from(
    "fri,today,tomorrow,15,31,dec 24,12/1,2026-12-28,+3,+2b,2w,eom,eow,next tue,end of next month".split(",")
)
SUMS = st.sampled_from("500.00,1.2k,$250,half,rest,all,33.33,".split(","))
WAYS = st.sampled_from("check,ach,card,".split(","))
WHO = st.sampled_from("tony,mrs lee,rosa,".split(","))
NAMED = st.lists(st.sampled_from(["B-1041", "b-1042", "#1043", "inv 15"]), max_size=2).map(" ".join)
EVERY = st.sampled_from(["weekly", "biweekly", "monthly", "every 3 weeks", "a month"])
SINGLE = st.tuples(DATES, SUMS, WAYS, NAMED, WHO).map(" ".join)
PLANS = st.tuples(st.integers(2, 60), SUMS, EVERY, DATES, WAYS, NAMED, WHO).map(
    lambda p: f"{p[0]}x {p[1]} {p[2]} from {p[3]} {p[4]} {p[5]} {p[6]}"
)
PROMISES = st.one_of(SINGLE, PLANS, st.lists(st.one_of(SINGLE, PLANS), min_size=2, max_size=3).map(", ".join))

often = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on Monday 23 November 2026, nine in the morning in New York."""
    return Ledger(tmp_path_factory.mktemp("desk"), 23).desk


def day_in(text: str) -> date:
    match = re.search(DAY, text)
    assert match
    return date(int(match[3] or 2026), MONTHS.index(match[2]) + 1, int(match[1]))


def amount_in(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def window_in(text: str) -> tuple[date, date, bool]:
    match = WINDOW.fullmatch(text)
    assert match, text
    return day_in(match["last"]), day_in(match["breaks"]), "in our hands" in text


def check_how(match: re.Match[str], promises: Sequence[Promise], facts: Dossier) -> None:
    """Compare invoices, way of paying and person of a sentence with those of its promises."""
    numbers = [n.lstrip("#") for n in (match["numbers"] or "").split(", ") if n]
    for stored in promises:
        if numbers:
            assert [i.number for p in stored.invoices for i in facts.invoices if i.id == p] == numbers
        assert match["method"].rstrip("?") == stored.method
        assert (match["person"] or "") == stored.person


@often
@given(given_=ACCOUNTS, line=PROMISES)
def test_promises_are_stored_as_they_are_read(desk: Desk, given_: tuple, line: str) -> None:  # type: ignore[type-arg]
    it = Stored(desk, account(given_), line)
    left = [p for p in it.new(Promise) if isinstance(p, Promise)]
    said = list(it.said)
    while left:
        head = said.pop(0)
        plan = PLAN.fullmatch(head)
        if plan is None:
            one = ONE.fullmatch(head)
            assert one, head
            stored = left.pop(0)
            assert (day_in(one["day"]), amount_in(one["amount"])) == (stored.day, stored.amount)
            assert window_in(said.pop(0)) == (stored.last_day, stored.breaks_on, stored.in_hands)
            check_how(one, [stored], it.facts)
            continue
        count = int(plan["count"])
        parts, left = left[:count], left[count:]
        check_how(plan, parts, it.facts)
        assert amount_in(plan["whole"]) == sum(p.amount for p in parts)
        assert {p.amount for p in parts[:-1]} == {amount_in(plan["amount"])}
        assert parts[-1].amount == amount_in(plan["odd"] or plan["amount"])
        days = [day_in(text) for text in re.split(", | to ", said.pop(0))]
        assert days == [p.day for p in (parts if count <= 12 else (parts[0], parts[-1]))]
        first, _, last = said.pop(0).partition("; the last by ")
        assert window_in(first) == (parts[0].last_day, parts[0].breaks_on, parts[0].in_hands)
        assert day_in(last) == parts[-1].last_day


@often
@given(given_=ACCOUNTS, line=PROMISES)
def test_what_is_replaced_is_said_and_no_money_is_covered_twice(
    desk: Desk,
    given_: tuple,  # type: ignore[type-arg]
    line: str,
) -> None:
    it = Stored(desk, account(given_), line)
    replaced = [c.after for c in it.changes if isinstance(c.after, Promise) and c.after.superseded_by]
    told = [w for w in it.reading.warnings if w.startswith("replaces the open promise: ")]
    assert bool(replaced) == bool(told)
    for gone in replaced:
        assert f"{gone.amount:,.2f} for Fri 4 Dec" in told[0]
    after = it.after()
    assert all(0 <= i.promised <= i.open - i.disputed for i in after.items)
    # Money that more is promised of than is free: the clerk is told before it is saved.
    promised, was = it.reading.promised, sum(i.promised for i in it.before.items)
    covered = sum(i.promised for i in after.items)
    if not replaced and covered < was + promised:
        assert any(re.search("more than|overlaps|early|disputed", w) for w in it.reading.warnings)


OBJECTIONS = st.tuples(
    st.sampled_from(["450", "B-1041", "all", "75.50", ""]),
    st.sampled_from(["quality", "price", "delivery:", ""]),
    st.sampled_from(["damaged pallets", "something strange", "never came", "wrong, says the owner"]),
    st.sampled_from(["remedy replace 10 pallets", "remedy credit by hand", ""]),
    st.lists(st.sampled_from(["by fri", "owner kay", "by dec 15", "owner mrs lee"]), max_size=2, unique=True),
).map(lambda p: " ".join(["dsp", *p[:4], *p[4]]))
OBJECTION = re.compile(
    rf"dispute of (?P<amount>{MONEY})(?: on (?P<numbers>[^ ]+))?(?: \((?P<kind>[a-z ]+)\))?: (?P<reason>.+)"
)
REMEDY = re.compile(rf"(?P<remedy>.+), by (?P<due>{DAY}), [\w ]+; owner: (?P<owner>.+)")


@often
@given(given_=ACCOUNTS, line=OBJECTIONS)
def test_a_dispute_is_stored_as_it_is_read(desk: Desk, given_: tuple, line: str) -> None:  # type: ignore[type-arg]
    it = Stored(desk, account(given_), line)
    (stored,) = it.new(Dispute)
    assert isinstance(stored, Dispute)
    first, second = OBJECTION.fullmatch(it.said[0]), REMEDY.fullmatch(it.said[1])
    assert first
    assert second
    assert (amount_in(first["amount"]), first["reason"]) == (stored.amount, stored.reason)
    assert (first["kind"] or None) == stored.kind
    if first["numbers"]:
        assert stored.invoices == (f"id-{first['numbers']}",)
    assert (second["remedy"], day_in(second["due"])) == (stored.remedy or "our answer", stored.due)
    assert second["owner"].replace("you", "ann") == stored.owner


CALLBACKS = st.tuples(
    st.sampled_from(["", "tue", "dec 15", "+2b", "2027-03-15", "2027-11-08"]),
    st.sampled_from(["10:30", "3pm", "noon", "23:30", "0:15"]),
    st.sampled_from(["", "ask for mrs lee"]),
).map(lambda p: " ".join(["cb", *p]))
CALLBACK = re.compile(
    rf"call back (?P<day>{DAY}), [\w ]+, (?P<hour>\d\d:\d\d)(?P<there> their time)?"
    rf"(?:, (?P<here>\d\d:\d\d) here(?: on (?P<other>{DAY}))?| and here)?(?:: (?P<why>.+))?"
)


@often
@given(given_=ACCOUNTS, line=CALLBACKS)
def test_a_callback_is_stored_as_it_is_read_in_their_time_and_in_ours(
    desk: Desk,
    given_: tuple,  # type: ignore[type-arg]
    line: str,
) -> None:
    it = Stored(desk, account(given_), line)
    (stored,) = it.new(FollowUp)
    assert isinstance(stored, FollowUp)
    match = CALLBACK.fullmatch(it.said[0])
    assert match, it.said[0]
    assert (day_in(match["day"]), time.fromisoformat(match["hour"])) == (stored.day, stored.hour)
    assert (match["why"] or "") == stored.why
    assert bool(match["there"]) == bool(stored.time_zone)
    moment = moment_of(stored, it.rules)
    assert moment
    if match["here"]:
        day = day_in(match["other"]) if match["other"] else stored.day
        ours = datetime.combine(day, time.fromisoformat(match["here"]), it.rules.moment.now.tzinfo)
        assert ours == moment
    elif stored.time_zone:
        there = moment.astimezone(ZoneInfo(stored.time_zone))
        assert there.time() == moment.astimezone(it.rules.moment.now.tzinfo).time()


CLAIMS = st.tuples(
    st.sampled_from(["tue", "yesterday", "nov 2", ""]),
    st.sampled_from(["500", "1.2k", "half", "B-1041", ""]),
    WAYS,
    st.sampled_from(["ref 4411", "#4411", "no. A-7", "number 12", "-- sent it, ref 4411", "-- ask again", ""]),
).map(lambda p: " ".join(["paid", *p]))
CLAIM = re.compile(
    rf"says it is paid(?::?(?: (?P<amount>{MONEY}))?(?: for (?P<numbers>\S+))?(?: on (?P<day>{DAY}))?"
    r"(?: by (?P<method>check|bank transfer|card))?(?: reference (?P<reference>\S+))?)?"
)


@often
@given(given_=ACCOUNTS, line=CLAIMS)
def test_a_claim_of_payment_is_kept_as_it_is_read(desk: Desk, given_: tuple, line: str) -> None:  # type: ignore[type-arg]
    it = Stored(desk, account(given_), line)
    match, paid = CLAIM.fullmatch(it.said[0]), it.reading.paid
    assert match
    assert paid
    assert (amount_in(match["amount"]) if match["amount"] else None) == paid.amount
    assert (day_in(match["day"]) if match["day"] else None) == paid.day
    assert (match["method"], match["reference"] or "") == (paid.method, paid.reference)
    assert ("4411" in line) <= (paid.reference == "4411")
    (look,) = it.new(FollowUp)
    assert isinstance(look, FollowUp)
    assert look.day == day_in(it.said[1])
    assert not match["amount"] or match["amount"] in look.why
