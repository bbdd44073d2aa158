"""The demo book: every situation of a clerk's day is in it, on whatever day it is made."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.business import BusinessCalendar
from arctui.core.facts import Dossier
from arctui.core.figures import figures
from arctui.core.ledger import AGING_BUCKETS
from arctui.core.money import total
from arctui.core.pay_cycles import missing_documents
from arctui.core.promises import Verdict, judge, no_grace, tolerance, window
from arctui.core.reasons import Bucket
from arctui.core.records import (
    Account,
    Activity,
    ActivityKind,
    Flag,
    FollowUp,
    FollowUpKind,
    Frequency,
    Import,
    Invoice,
    Payment,
    Person,
    Promise,
)
from arctui.core.review import review
from arctui.core.text import clean
from arctui.desk.clock import Clock
from arctui.desk.demo import demo_records, make_demo_book
from arctui.exchange.phones import zone_of
from arctui.store import Book, BookError, NothingToUndoError
from arctui.store.verify import problems
from tests.desk.demo_days import CALENDAR, DAYS, POLICY, Made, made

# The worklist


def every_bucket_has_accounts(m: Made) -> None:
    count = Counter(r.bucket for r in m.rows)
    assert set(count) == set(Bucket)
    for several in (Bucket.BROKEN, Bucket.FIRST, Bucket.SCHEDULED):
        assert count[several] >= 4


def the_worklist_is_a_days_work(m: Made) -> None:
    assert 20 <= len(m.rows) <= 45
    assert 55 <= len(m.accounts) <= 70


def no_sentence_asks_for_an_import(m: Made) -> None:
    assert m.rules.stale == ""
    assert not any("import first" in r.why for r in m.rows)


def rows_are_about_money(m: Made) -> None:
    assert all(Decimal(40) <= r.amount <= Decimal(60_000) for r in m.rows)
    assert all(r.currency for r in m.rows)


# Promises


def every_verdict_occurs(m: Made) -> None:
    assert {j.verdict for j in m.judged} == set(Verdict)


def promises_are_kept_early_on_the_day_and_on_an_unknown_day(m: Made) -> None:
    kept = [j for j in m.judged if j.verdict is Verdict.KEPT]
    assert any(j.kept_on and j.kept_on < j.promise.day for j in kept)
    assert any(j.kept_on == j.promise.day for j in kept)
    assert any(j.day_unknown and j.kept_on is None for j in kept)


def somebody_breaks_again_and_again(m: Made) -> None:
    counts = [Counter(j.verdict for j in s.judged) for _, s in m.accounts]
    assert any(c[Verdict.BROKEN] == 2 and c[Verdict.KEPT] == 1 for c in counts)


def money_comes_late(m: Made) -> None:
    late = [j for j in m.judged if j.verdict is Verdict.BROKEN and j.late_on and j.missing == 0]
    assert late
    listed = {r.account for r in m.rows if r.bucket is Bucket.BROKEN}
    assert any(j.promise.account not in listed for j in late)


def promises_are_as_the_policy_fixes_them(m: Made) -> None:
    for promise in m.facts.all(Promise):
        fixed = window(promise.day, promise.method, POLICY, CALENDAR, in_hands=promise.in_hands)
        assert (promise.grace_days, promise.last_day, promise.breaks_on) == (
            fixed.grace_days,
            fixed.last_day,
            fixed.breaks_on,
        )
        assert promise.tolerance == tolerance(promise.amount, POLICY)
        assert promise.taken_on < promise.day
        own = {i.id for i in m.dossier(promise.account).invoices}
        assert promise.invoices
        assert set(promise.invoices) <= own


def grace_is_lost_after_a_broken_promise(m: Made) -> None:
    for dossier, _ in m.accounts:
        for promise in dossier.promises:
            before = tuple(p for p in dossier.promises if p.taken_at < promise.taken_at)
            known = Dossier(
                account=dossier.account, invoices=dossier.invoices, payments=dossier.payments, promises=before
            )
            assert promise.in_hands == no_grace(judge(known, {}, promise.taken_on))
    assert any(j.promise.in_hands and j.live for j in m.judged)


def live_promises_silence_accounts(m: Made) -> None:
    silent = [
        s for _, s in m.accounts if s.live and s.balance.past_due and not s.balance.collectable and not s.reasons
    ]
    assert len(silent) >= 4


def the_review_is_short_and_has_every_part(m: Made) -> None:
    found = review(m.accounts, m.today, m.facts.last_review)
    assert all((found.broken, found.partial, found.due, found.kept))
    assert len(found.broken) + len(found.partial) + len(found.due) + len(found.kept) <= 20


# Money


def every_age_is_open(m: Made) -> None:
    aging = figures(m.accounts, m.facts.reports, m.today, "USD").aging
    assert all(aging[name] > 0 for name in AGING_BUCKETS)
    assert aging["credits"] < 0


def figures_are_not_empty(m: Made) -> None:
    found = figures(m.accounts, m.facts.reports, m.today, "USD")
    assert found.dso is not None
    assert 30 < found.dso < 120
    assert found.average_days_late is not None
    assert min(found.promises.kept, found.promises.partial, found.promises.broken) >= 1


def currencies_and_credits_occur(m: Made) -> None:
    only = [{b.currency for b in (s.balance, *s.others) if b.gross} for _, s in m.accounts]
    assert {"EUR"} in only
    assert {"CAD"} in only
    assert {"USD", "EUR"} in only
    assert any(s.balance.credits and not s.balance.gross for _, s in m.accounts)
    assert any(d.account.id for d, s in m.accounts if s.balance.credits and any(_cash(p) for p in d.payments))
    assert m.named("Magnolia Row Hotel").balance.collectable < m.named("Magnolia Row Hotel").balance.past_due


def _cash(payment: Payment) -> Decimal:
    return payment.amount - total(a.amount for a in payment.applied)


def one_account_is_beyond_its_limit(m: Made) -> None:
    beyond = [
        d.account.name
        for d, s in m.accounts
        if d.account.credit_limit is not None and s.balance.net > d.account.credit_limit
    ]
    assert beyond == ["Peregrine Freight"]


def balances_agree_with_the_payments(m: Made) -> None:
    (last,) = [i for i in m.facts.all(Import) if i.number == 4]
    assert last.settles
    assert last.as_of == CALENDAR.previous(m.today)
    for invoice in m.facts.all(Invoice):
        assert invoice.reported == last.number
        assert invoice.issued
        assert invoice.issued <= last.as_of
        paid = total(
            a.amount
            for p in m.dossier(invoice.account).payments
            if not p.reversed_on and p.recorded <= last.number
            for a in p.applied
            if a.number == invoice.number
        )
        assert invoice.balance == invoice.amount - paid
        assert invoice.balance >= 0 or invoice.amount < 0
        assert Decimal(40) <= abs(invoice.amount) <= Decimal(60_000)
    for payment in m.facts.all(Payment):
        assert payment.day <= last.as_of
        assert _cash(payment) == 0 or payment.recorded > last.number


# Runs, callbacks, disputes, silence


def all_pay_cycles_occur(m: Made) -> None:
    cycles = [(d.account.pay_cycle, s) for d, s in m.accounts if d.account.pay_cycle]
    assert {c.frequency for c, _ in cycles if c} == set(Frequency)
    assert any(c and s.run and missing_documents(c, s.run.day) and s.reasons for c, s in cycles)
    assert sum(r.bucket is Bucket.CUTOFF for r in m.rows) >= 3


def callbacks_have_hours(m: Made) -> None:
    hours = [f for f in m.facts.all(FollowUp) if f.kind is FollowUpKind.CALLBACK and f.done_on is None and f.hour]
    today = [f for f in hours if f.day == m.today]
    assert len(today) == 2
    assert {f.hour.hour < 12 for f in today if f.hour} == {True, False}
    assert all(f.time_zone == m.dossier(f.account).account.time_zone for f in hours)
    assert [f for f in hours if f.day == CALENDAR.next(m.today)]


def follow_ups_are_set_by_hand(m: Made) -> None:
    by_hand = [f for f in m.facts.all(FollowUp) if f.kind is FollowUpKind.CONTACT and f.done_on is None]
    assert {f.day <= m.today for f in by_hand} == {True, False}
    assert any(r.bucket is Bucket.SCHEDULED and r.why.startswith("follow up: ") for r in m.rows)


def disputes_are_due_and_ahead(m: Made) -> None:
    opened = [d for dossier, s in m.accounts if not s.stopped for d in dossier.disputes if d.closed_on is None]
    assert {d.due <= m.today for d in opened} == {True, False}


def some_accounts_are_stopped_and_some_current(m: Made) -> None:
    flags = {f for d, _ in m.accounts for f in d.account.flags}
    assert {Flag.BANKRUPTCY, Flag.DO_NOT_CALL} <= flags
    assert not any(s.reasons for _, s in m.accounts if s.stopped)
    assert sum(s.balance.gross > 0 and not s.balance.past_due for _, s in m.accounts) >= 5
    assert any(s.balance.past_due and s.contacts.tries == 0 and not s.reasons and not s.judged for _, s in m.accounts)


def rows_of_tries_occur(m: Made) -> None:
    tries = {s.contacts.tries for _, s in m.accounts if s.reasons}
    assert {1, 2, 3} <= tries


# What was said


def activities_are_believable(m: Made) -> None:
    for activity in m.facts.all(Activity):
        assert CALENDAR.is_business(activity.day)
        assert activity.at.date() == activity.day
        assert activity.at.tzinfo is not None
        assert 9 <= activity.at.hour <= 16
        assert activity.day < m.today
        past_due = {i.id for i in m.dossier(activity.account).invoices if i.due and i.due < activity.day}
        assert set(activity.invoices) <= past_due
        if activity.kind is not ActivityKind.NOTE:
            assert activity.invoices
        assert "\n" not in activity.note
    lengths = [len(d.activities) for d, _ in m.accounts]
    assert max(lengths) <= 12
    assert sum(n >= 3 for n in lengths) > len(lengths) / 2


def conversations_are_in_order(m: Made) -> None:
    for dossier, _ in m.accounts:
        moments = [a.at for a in dossier.activities if a.kind is not ActivityKind.NOTE]
        assert moments == sorted(moments)


def ids_and_numbers_are_unique(m: Made) -> None:
    assert len({r.id for r in m.records}) == len(m.records)
    assert all(re.fullmatch("[0-9a-f]{32}", r.id) for r in m.records)
    numbers = [i.number for i in m.facts.all(Invoice)]
    assert len(set(numbers)) == len(numbers)
    in_order_of_issue = sorted(m.facts.all(Invoice), key=lambda i: (i.issued or date.min, int(i.number)))
    assert [int(i.number) for i in in_order_of_issue] == sorted(map(int, numbers))


CHECKS: tuple[Callable[[Made], None], ...] = (
    every_bucket_has_accounts,
    the_worklist_is_a_days_work,
    no_sentence_asks_for_an_import,
    rows_are_about_money,
    every_verdict_occurs,
    promises_are_kept_early_on_the_day_and_on_an_unknown_day,
    somebody_breaks_again_and_again,
    money_comes_late,
    promises_are_as_the_policy_fixes_them,
    grace_is_lost_after_a_broken_promise,
    live_promises_silence_accounts,
    the_review_is_short_and_has_every_part,
    every_age_is_open,
    figures_are_not_empty,
    currencies_and_credits_occur,
    one_account_is_beyond_its_limit,
    balances_agree_with_the_payments,
    all_pay_cycles_occur,
    callbacks_have_hours,
    follow_ups_are_set_by_hand,
    disputes_are_due_and_ahead,
    some_accounts_are_stopped_and_some_current,
    rows_of_tries_occur,
    activities_are_believable,
    conversations_are_in_order,
    ids_and_numbers_are_unique,
)


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS.keys())
def test_on_days_that_are_easily_forgotten(day: date) -> None:
    for check in CHECKS:
        check(made(day))


@settings(max_examples=12, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_on_any_day(day: date) -> None:
    for check in CHECKS:
        check(made(day))


def test_the_same_day_brings_the_same_records() -> None:
    day = DAYS["a Monday"]
    moment = made(day).rules.moment
    assert demo_records(moment, BusinessCalendar(), "ann") == made(day).records


def test_people_can_be_called_and_written_to_without_reaching_anybody() -> None:
    people = list(made(DAYS["a Monday"]).facts.all(Person))
    phones = [phone for p in people for phone in p.phones]
    assert len(set(phones)) == len(phones) == len(people)
    assert all(re.fullmatch(r"\+1 [2-9]\d\d 555 01\d\d", phone) for phone in phones)
    assert len({phone[3:6] for phone in phones}) > 30
    assert all(re.fullmatch(r"[a-z]+@[a-z-]+\.example\.com", mail) for p in people for mail in p.emails)
    assert all(p.emails and p.role for p in people)


def test_time_zones_agree_with_the_area_codes() -> None:
    for person in made(DAYS["a Monday"]).facts.all(Person):
        told = zone_of(person.phones[0], "US")
        for month in (1, 7):
            here, there = (
                datetime(2026, month, 15, 12, tzinfo=ZoneInfo(z)) for z in (person.time_zone, told or "UTC")
            )
            assert not told or here.utcoffset() == there.utcoffset()


def test_names_try_the_screen() -> None:
    names = [a.name for a in made(DAYS["a Monday"]).facts.all(Account)]
    assert len(set(names)) == len(names)
    assert "Ridge [East] Hardware" in names
    assert any(len(n) > 100 for n in names)
    assert any(not n.isascii() for n in names)
    assert all(clean(n) == n for n in names)


@pytest.mark.parametrize("day", ["2026-11-23T10:30", "2026-11-28", "2028-01-01"])
def test_the_book_is_made_whole_in_one_act(tmp_path: Path, day: str) -> None:
    path = tmp_path / "demo.json"
    book = make_demo_book(path, Clock(day), "ann")
    (act,) = book.history
    assert act.act == "demo book"
    assert problems(book) == []
    opened = Book(path)
    assert problems(opened) == []
    assert sorted(r.id for r in opened.facts.all(Promise)) == sorted(r.id for r in book.facts.all(Promise))


def test_the_clerk_cannot_undo_the_whole_book(tmp_path: Path) -> None:
    clock = Clock("2026-11-23T10:30")
    book = make_demo_book(tmp_path / "demo.json", clock, "ann")
    with pytest.raises(NothingToUndoError):
        book.undo("ann", clock.moment().now)


def test_a_book_that_stands_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    make_demo_book(path, Clock("2026-11-23T10:30"), "ann")
    before = path.read_bytes()
    with pytest.raises(BookError, match="exists already"):
        make_demo_book(path, Clock("2026-11-24T10:30"), "bob")
    assert path.read_bytes() == before
