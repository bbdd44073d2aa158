"""Moving within limits: what follows is said before, a first call keeps its limit, a remedy gets its reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.records import Activity, Dispute, Frequency, PayCycle
from arctui.desk import DeskError
from tests.core.oracle import dec, nov
from tests.desk.planner import Planner


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    """Birch's first call is on Wednesday 18 November, at the latest on Friday the 20th."""
    made = Planner(tmp_path)
    made.customer()
    return made


def test_a_first_call_may_wait_until_its_limit_and_no_longer(planner: Planner) -> None:
    entry, agenda = planner.entry(EntryKind.FIRST), planner.desk.agenda
    why = "the first contact would be 6 business days past due: the limit is Fri 20 Nov"
    number = planner.book.number
    for act in (
        lambda: agenda.move(entry, "mon"),
        lambda: planner.shift(entry, 3),
        lambda: agenda.read_move(entry, "mon"),
    ):
        with pytest.raises(DeskError, match=why):
            act()
    assert planner.book.number == number
    planner.shift(entry, 2)
    by_hand = planner.entry(EntryKind.FOLLOW_UP)
    assert by_hand.day == nov(20)
    with pytest.raises(DeskError, match=why):
        planner.shift(by_hand, 1)
    planner.shift(by_hand, -1)
    assert planner.entry(EntryKind.FOLLOW_UP).day == nov(19)


def test_a_day_that_the_clerk_has_set_past_the_limit_is_free(planner: Planner) -> None:
    planner.follow_up(nov(25))
    planner.shift(planner.entry(EntryKind.FOLLOW_UP), 1)
    assert planner.entry(EntryKind.FOLLOW_UP).day == nov(27)


def test_the_limit_is_the_firm_s_to_set(planner: Planner) -> None:
    planner.desk.set_policy("first_contact_latest_business_days", "8")
    planner.desk.agenda.move(planner.entry(EntryKind.FIRST), "wed")
    assert planner.entry(EntryKind.FOLLOW_UP).day == nov(25)


def test_what_follows_is_said_before_anything_is_moved(planner: Planner) -> None:
    planner.callback(nov(19))
    entry, agenda = planner.entry(EntryKind.FIRST), planner.desk.agenda
    follows = agenda.follows(entry, agenda.read_move(entry, "fri"))
    assert follows.facts == (
        "the first contact would be 5 business days past due, the limit is Fri 20 Nov",
        "Fri 20 Nov has 1 call then of 40",
        "by then: Thu 19 Nov callback",
    )
    assert follows.warnings == ()


def test_a_day_above_the_capacity_is_warned_about(planner: Planner) -> None:
    planner.desk.set_policy("calls_per_day", "1")
    planner.customer("Elm", due=nov(17))
    entry, agenda = planner.entry_of("Birch"), planner.desk.agenda
    assert agenda.follows(entry, agenda.read_move(entry, "fri")).warnings == (
        "Fri 20 Nov has 2 calls then, 1 can be made",
    )
    assert agenda.follows(entry, agenda.read_move(entry, "thu")).warnings == ()


def test_a_call_that_comes_after_the_cut_off_is_warned_about(tmp_path: Path) -> None:
    planner = Planner(tmp_path)
    planner.customer(pay_cycle=PayCycle(frequency=Frequency.WEEKLY, weekday=0, cutoff_days=1))
    planner.follow_up(nov(18))
    entry, agenda = planner.entry(EntryKind.FOLLOW_UP), planner.desk.agenda
    warnings = agenda.follows(entry, agenda.read_move(entry, "fri")).warnings
    assert warnings == ()
    planner.desk.log("Birch", "ref no money")
    planner.follow_up(nov(19))
    entry = planner.entry(EntryKind.FOLLOW_UP)
    warnings = agenda.follows(entry, agenda.read_move(entry, "nov 24")).warnings
    assert warnings == ("that is after the cut-off Fri 20 Nov of their pay run",)


@pytest.fixture
def disputed(planner: Planner) -> Planner:
    planner.commit(
        Dispute(
            id="d",
            account="Birch",
            amount=Decimal("5.00"),
            currency="USD",
            reason="late",
            opened=nov(2),
            due=nov(25),
        )
    )
    return planner


def test_another_day_for_our_remedy_is_agreed_with_its_reason(disputed: Planner) -> None:
    entry, desk = disputed.entry(EntryKind.DISPUTE), disputed.desk
    said = desk.agenda.move(entry, "dec 4 the truck is late")
    assert said == "our remedy is agreed for Fri 4 Dec now, Birch: the truck is late"
    assert disputed.entry(EntryKind.DISPUTE).day == dec(4)
    (note,) = disputed.book.facts.all(Activity)
    assert note.note == "remedy agreed for Fri 4 Dec, not Wed 25 Nov: the truck is late"
    desk.undo()
    assert disputed.entry(EntryKind.DISPUTE) == entry
    assert list(disputed.book.facts.all(Activity)) == []


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda p, e: p.desk.agenda.move(e, "dec 4"), "write why"),
        (lambda p, e: p.desk.agenda.move(e, "wed too late"), "stands there already"),
        (lambda p, e: p.shift(e, 1), "move it with f, the day and why"),
    ],
)
def test_a_remedy_is_not_moved_without_a_reason(disputed: Planner, act: object, why: str) -> None:
    number = disputed.book.number
    with pytest.raises(DeskError, match=why):
        act(disputed, disputed.entry(EntryKind.DISPUTE))  # type: ignore[operator]
    assert disputed.book.number == number


def test_a_remedy_that_is_given_is_not_moved(disputed: Planner) -> None:
    entry = disputed.entry(EntryKind.DISPUTE)
    disputed.desk.matters.settle("Birch", "d")
    with pytest.raises(DeskError, match="solved already"):
        disputed.desk.agenda.move(entry, "dec 4 late")


def test_what_only_may_come_is_not_moved(planner: Planner) -> None:
    projected = next(e for e in planner.entries if e.projected)
    with pytest.raises(DeskError, match="comes only if"):
        planner.desk.agenda.move(projected, "dec 4")
