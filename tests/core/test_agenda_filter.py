"""Which entries of the calendar a filter shows, and how it is typed."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.agenda import Entry, EntryKind
from arctui.core.agenda_filter import EVERYTHING, Filter, FilterError, read_filter

CLERKS = ("ann", "Bob Lee", "")


def entry(
    kind: EntryKind, amount: str = "100", *, clerk: str = "ann", task: bool = False, projected: bool = False
) -> Entry:
    return Entry(
        day=date(2026, 11, 23),
        kind=kind,
        account="birch",
        name="Birch Works",
        number="B-1",
        amount=Decimal(amount),
        currency="USD",
        why="",
        key=f"birch-{kind}",
        clerk=clerk,
        projected=projected,
        task=task,
    )


def kept(shown: Filter, *entries: Entry) -> list[EntryKind]:
    return [e.kind for e in entries if shown.keeps(e)]


def test_nothing_typed_and_all_leave_everything_in() -> None:
    for text in ("", "all", "  all "):
        shown = read_filter(text)
        assert shown == EVERYTHING
        assert not shown
        assert shown.words == ""
        assert kept(shown, *map(entry, EntryKind)) == list(EntryKind)


def test_calls_are_what_is_to_be_called_whatever_their_kind() -> None:
    shown = read_filter("calls")
    by_hand, task = entry(EntryKind.FOLLOW_UP), entry(EntryKind.FOLLOW_UP, task=True)
    projected = entry(EntryKind.SCHEDULED, projected=True)
    assert kept(shown, by_hand, task, projected, entry(EntryKind.FIRST), entry(EntryKind.RUN)) == [
        EntryKind.FOLLOW_UP,
        EntryKind.FIRST,
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("promises", {EntryKind.PROMISE, EntryKind.VERIFY, EntryKind.BREAKS, EntryKind.BROKEN}),
        ("promise", {EntryKind.PROMISE}),
        ("runs", {EntryKind.RUN, EntryKind.CUTOFF, EntryKind.CALL_BY, EntryKind.DOCUMENTS}),
        ("Callbacks, disputes", {EntryKind.CALLBACK, EntryKind.DISPUTE}),
        ("letter,dispute", {EntryKind.LETTER, EntryKind.DISPUTE}),
        ("cut-off call-by follow-ups", {EntryKind.CUTOFF, EntryKind.CALL_BY, EntryKind.FOLLOW_UP}),
        ("followup documents", {EntryKind.FOLLOW_UP, EntryKind.DOCUMENTS}),
    ],
)
def test_kinds_are_named_one_by_one_or_in_groups(text: str, kinds: set[EntryKind]) -> None:
    assert set(kept(read_filter(text), *map(entry, EntryKind))) == kinds


def test_several_conditions_hold_together() -> None:
    shown = read_filter("calls promises mine >1,200.50", "ann", CLERKS)
    assert shown.keeps(entry(EntryKind.PROMISE, "1200.51"))
    assert not shown.keeps(entry(EntryKind.PROMISE, "1200.50"))
    assert not shown.keeps(entry(EntryKind.PROMISE, "5000", clerk="Bob Lee"))
    assert not shown.keeps(entry(EntryKind.RUN, "5000"))
    assert shown.words == "calls and promises of ann, over 1,200.50"


@pytest.mark.parametrize("text", ["clerk bob lee", "clerk BOB LEE, promises", "promises clerk Bob Lee > 5"])
def test_a_clerk_is_found_in_any_case_and_by_several_words(text: str) -> None:
    assert read_filter(text, "ann", CLERKS).clerk == "Bob Lee"


@pytest.mark.parametrize("text", [">1.500", "> 1.500", "over 1500", ">1500,00", "over 1.500,00"])
def test_an_amount_is_read_with_the_mark_of_the_country(text: str) -> None:
    assert read_filter(text, decimal_mark=",").over == 1500


def test_over_nothing_leaves_out_what_is_about_no_money() -> None:
    assert kept(read_filter(">0"), entry(EntryKind.RUN, "0"), entry(EntryKind.FIRST, "0.01")) == [EntryKind.FIRST]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("runs", "runs"),
        ("promises dispute", "promises and dispute"),
        ("broken verify", "broken and verify"),
        ("clerk ann", "all of ann"),
        (">500", "over 500.00"),
    ],
)
def test_what_is_shown_is_said_in_words(text: str, said: str) -> None:
    assert read_filter(text, "ann", CLERKS).words == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("visits", "'visits' is no kind of entry: calls, promises, runs, broken"),
        ("clerk", "say whose: Bob Lee, ann"),
        ("clerk carl", "no account belongs to 'carl': Bob Lee, ann"),
        ("mine", "no account belongs to 'carl'"),
        (">", "over which amount? write >500"),
        ("over much", "'much' is no amount: write >500"),
        (">-5", "'-5' is no amount"),
        (">1e99", "is no amount"),
        ("\u0301", "is no kind of entry"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(FilterError, match=said.replace("?", r"\?")):
        read_filter(text, "carl", CLERKS)


def test_without_clerks_in_the_book_that_is_said() -> None:
    with pytest.raises(FilterError, match="no account belongs to 'ann'; no account has a clerk"):
        read_filter("mine", "ann", {""})
