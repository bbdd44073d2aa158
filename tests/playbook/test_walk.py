"""Walking: where a call is, one step back, which lines count, and where a line leads."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.records import FollowUpKind, Frequency, Outcome, PayCycle
from arctui.playbook import walk
from arctui.playbook.model import When, parse, standard
from tests.core import builders as make
from tests.core.builders import MONDAY, moment
from tests.core.oracle import nov
from tests.playbook.small import WHOLE
from tests.playbook.ways import NO_OUTCOME, NOTHING, Walker

NOON = moment(MONDAY, "12:00")


@pytest.fixture
def walker() -> Walker:
    """A call of the standard script in which the right person has been reached."""
    walker = Walker(standard())
    walker.reply(1)
    return walker


def at_commitment() -> Walker:
    walker = Walker(standard())
    walker.reply(1)
    walker.jump("commitment")
    return walker


# Where it is


def test_a_call_begins_at_its_entry() -> None:
    assert Walker(standard()).at == "reach"
    assert Walker(standard(), entry="broken-promise").at == "broken-promise"


def test_a_call_is_where_the_last_move_led(walker: Walker) -> None:
    assert walker.at == "open"
    walker.reply(1)
    assert walker.at == "now"


def test_a_note_stays_where_it_was_taken(walker: Walker) -> None:
    walker.note("sounds tired")
    assert walker.at == "open"
    assert walker.call.moves[-1].step == "open"


def test_a_call_whose_step_the_script_has_lost_is_at_the_beginning() -> None:
    lost = msgspec.structs.replace(Walker(standard()).call, entry="no-such-step")
    assert walk.position(standard(), lost) == "reach"


def test_a_call_is_reached_from_the_reply_on_that_says_so() -> None:
    assert not Walker(standard()).call.reached
    walker = Walker(standard())
    walker.reply(1)
    assert walker.call.reached
    assert walker.call.touched


def test_a_name_that_was_typed_is_who_is_on_the_line(walker: Walker) -> None:
    assert walk.person(walker.call) == "Tony Marsh"
    walker.jump("right-person")
    walker.line("Rosa Lee")
    assert (walker.at, walk.person(walker.call)) == ("open-other", "Rosa Lee")


def test_the_path_names_every_step_the_present_one_last(walker: Walker) -> None:
    walker.note("a note is no step")
    walker.reply(1)
    walker.excuse("boss")
    assert walk.path(standard(), walker.call) == ["Ask by name", "The fact, and the question", "Now?", "To the boss"]


# Detours


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (When.BROKEN, "broken-promise"),
        (When.CLAIMED, "claimed"),
        (When.ON_ITS_WAY, "on-its-way"),
        (When.PROMISED, "promised"),
        (When.DISPUTED, "disputed"),
        (When.NOTHING_DUE, "courtesy"),
    ],
)
def test_the_opening_gives_way_to_what_is_the_case_on_the_account(when: When, name: str) -> None:
    assert walk.arrive(standard(), "open", {when}) == name
    assert Walker(standard(), {when}).at == "reach"


def test_the_first_detour_of_the_step_wins() -> None:
    assert walk.arrive(standard(), "open", set(When)) == "broken-promise"
    assert walk.arrive(standard(), "open", NOTHING) == "open"


@pytest.mark.parametrize(
    ("step", "name"), [("open", "disputed"), ("open-other", "disputed"), ("caller-open", "caller-disputed")]
)
def test_what_is_disputed_is_not_called_about_as_if_it_fell_due_soon(step: str, name: str) -> None:
    assert walk.arrive(standard(), step, {When.DISPUTED, When.NOTHING_DUE}) == name
    assert walk.arrive(standard(), step, {When.DISPUTED, When.NOTHING_DUE, When.ON_ITS_WAY}).endswith("on-its-way")


def test_detours_that_lead_round_stop() -> None:
    round_about = 'instead = [{{ when = "broken", to = "{}" }}]'
    text = WHOLE.replace('title = "Reach"', round_about.format("promise"), 1)
    text = text.replace('title = "Promise"', round_about.format("reach"), 1)
    assert walk.arrive(parse(text), "reach", {When.BROKEN}) == "promise"


def test_what_is_the_case_follows_from_the_account() -> None:
    def holds(*facts: Any) -> frozenset[When]:
        dossier = make.dossier(make.invoice("1", "1000.00", nov(2)), *facts)
        return walk.conditions(dossier, make.standing(dossier, MONDAY), MONDAY)

    claim = msgspec.structs.replace(make.follow_up(nov(23)), kind=FollowUpKind.CLAIM)
    broken = make.promise("1000.00", nov(12), nov(17), nov(18), taken=nov(9))
    assert holds() == NOTHING
    assert holds(broken) == {When.BROKEN}
    assert holds(claim) == {When.CLAIMED}
    assert holds(msgspec.structs.replace(claim, done_on=nov(20))) == NOTHING
    assert holds(msgspec.structs.replace(claim, day=nov(24))) == {When.ON_ITS_WAY}
    assert holds(make.dispute("1000.00", nov(19))) == {When.DISPUTED, When.NOTHING_DUE}
    assert holds(make.dispute("400.00", nov(19))) == NOTHING
    assert holds(make.friday_check("400.00")) == {When.PROMISED}
    assert holds(make.friday_check()) == {When.PROMISED, When.NOTHING_DUE}
    weekly = make.dossier(make.invoice("1", "1000.00", nov(2)), cycle=PayCycle(frequency=Frequency.WEEKLY))
    assert walk.conditions(weekly, make.standing(weekly, MONDAY), MONDAY) == {When.CYCLE_KNOWN}


# Where a line leads


@pytest.mark.parametrize(
    ("outcome", "to"),
    [
        (Outcome.PROMISE, "read-back"),
        (Outcome.CALLBACK, "callback-back"),
        (Outcome.DISPUTE, "remedy"),
        (Outcome.PAID, "expected"),
        (Outcome.REFUSED, "close-refusal"),
        (None, "read-back"),
    ],
)
def test_a_line_of_another_outcome_goes_on_where_such_a_line_does(outcome: Outcome | None, to: str) -> None:
    assert walk.landing(standard(), standard().step("commitment"), outcome) == to


def test_a_line_of_the_steps_own_kind_goes_on_from_the_step() -> None:
    steps = standard().steps
    assert walk.landing(standard(), steps["hung-up"], Outcome.REFUSED) == "after-hang-up"
    assert walk.landing(standard(), steps["callback-desk"], Outcome.CALLBACK) == "callback-desk-back"


def test_no_line_leads_to_the_end_of_all_calls_but_where_the_reason_was_asked_for() -> None:
    asking = {"bankruptcy-data", "lawyer-data", "stop-data"}
    for name, step in standard().steps.items():
        if step.line and step.line not in NO_OUTCOME:
            stops = {o for o in Outcome if standard().step(walk.landing(standard(), step, o)).stop}
            assert bool(stops) == (name in asking), name


# Which lines count


def test_a_promise_counts_once_it_is_agreed_to() -> None:
    walker = at_commitment()
    walker.line("fri 500 ach")
    assert [m.text for m in walk.taken_lines(walker.call)] == []
    pending = walk.pending(walker.call)
    assert pending
    assert pending.text == "fri 500 ach"
    walker.reply(1)
    assert [m.text for m in walk.taken_lines(walker.call)] == ["fri 500 ach"]
    assert walk.pending(walker.call) is None


def test_a_note_between_the_line_and_the_yes_changes_nothing() -> None:
    walker = at_commitment()
    walker.line("fri 500 ach")
    walker.note("Tony asks his boss aloud")
    assert walk.pending(walker.call)
    walker.reply(1)
    assert [m.text for m in walk.taken_lines(walker.call)] == ["fri 500 ach"]


@pytest.mark.parametrize("move", ["reply", "excuse", "jump"])
def test_any_other_move_after_a_promise_drops_it(move: str) -> None:
    walker = at_commitment()
    walker.line("fri 500 ach")
    {
        "reply": lambda: walker.reply(2),
        "excuse": lambda: walker.excuse("soon"),
        "jump": lambda: walker.jump("dispute"),
    }[move]()
    assert [m.text for m in walk.taken_lines(walker.call)] == []
    assert walk.pending(walker.call) is None


def test_a_yes_to_something_else_does_not_agree_to_a_dropped_promise() -> None:
    walker = at_commitment()
    walker.line("fri 500 ach")
    walker.reply(3)
    walker.line("mon 400 card")
    walker.reply(1)
    assert [m.text for m in walk.taken_lines(walker.call)] == ["mon 400 card"]


def test_a_dispute_a_claim_and_a_refusal_need_no_agreement() -> None:
    for name, text in (("dispute", "dsp 450 damaged"), ("sent", "paid thu 500 check"), ("refusal", "ref no")):
        walker = at_commitment()
        walker.jump(name)
        walker.line(text)
        assert [m.text for m in walk.taken_lines(walker.call)] == [text]
        assert walk.pending(walker.call) is None


def test_several_lines_count_in_their_order() -> None:
    walker = at_commitment()
    walker.jump("dispute")
    walker.line("dsp 450 damaged pallets")
    walker.reply(1)
    walker.reply(1)
    walker.line("fri 750 ach")
    walker.reply(1)
    assert walker.at == "close"
    assert [m.text for m in walk.taken_lines(walker.call)] == ["dsp 450 damaged pallets", "fri 750 ach"]


def test_the_name_of_a_person_is_no_line_of_the_call(walker: Walker) -> None:
    walker.jump("right-person")
    walker.line("Rosa Lee")
    assert [m.text for m in walk.taken_lines(walker.call)] == []
    assert walk.pending(walker.call) is None


def test_excuses_are_kept_each_once_in_their_order_however_they_were_reached(walker: Walker) -> None:
    walker.excuse("soon")
    walker.excuse("boss")
    walker.excuse("soon")
    walker.jump("why")
    walker.reply(1)
    assert walk.excuses(standard(), walker.call) == ("soon", "boss", "copy")


def test_an_excuse_whose_step_gave_way_to_another_was_given_all_the_same() -> None:
    walker = Walker(standard(), {When.CYCLE_KNOWN})
    walker.excuse("pay-run")
    assert walker.at == "pay-run-known"
    assert walk.excuses(standard(), walker.call) == ("pay-run",)


# What is typed


def test_a_move_is_done_with_what_was_being_typed_a_note_is_not(walker: Walker) -> None:
    walker.call = msgspec.structs.replace(walker.call, typed="fri 12")
    walker.note("a note")
    assert walker.call.typed == "fri 12"
    walker.reply(1)
    assert walker.call.typed == ""


def test_back_from_a_typed_line_it_is_there_again() -> None:
    walker = at_commitment()
    walker.line("fri 500 ach")
    back = walk.back(walker.call)
    assert (walk.position(standard(), back), back.typed) == ("commitment", "fri 500 ach")


def test_back_from_a_reply_leaves_nothing_typed(walker: Walker) -> None:
    walker.call = msgspec.structs.replace(walker.call, typed="half a word")
    assert walk.back(walker.call).typed == ""


def test_back_at_the_beginning_changes_nothing() -> None:
    walker = Walker(standard())
    walker.note("the phone rings long")
    assert walk.back(walker.call) is walker.call


def test_back_after_the_yes_takes_the_agreement_away() -> None:
    walker = at_commitment()
    walker.line("fri 500 ach")
    walker.reply(1)
    walker.call = walk.back(walker.call)
    assert walker.at == "read-back"
    assert [m.text for m in walk.taken_lines(walker.call)] == []
    assert walk.pending(walker.call)


def steps_of(call: Call) -> tuple[Move, ...]:
    return tuple(m for m in call.moves if m.kind is not MoveKind.NOTE)


def notes_of(call: Call) -> tuple[Move, ...]:
    return tuple(m for m in call.moves if m.kind is MoveKind.NOTE)


def anything(walker: Walker, choice: int) -> None:
    """Make one move of those that are possible, chosen by a number."""
    excuses = list(walker.playbook.excuses)
    match choice % 5:
        case 0:
            walker.note(f"note {choice}")
        case 1:
            walker.excuse(excuses[choice % len(excuses)])
        case 2:
            walker.jump((walker.playbook.commitment, walker.playbook.dispute)[choice % 2])
        case _:
            if walker.step.replies:
                walker.reply(choice % len(walker.step.replies) + 1)
            elif walker.step.line:
                walker.line()


@given(st.lists(st.integers(0, 10_000), max_size=25), st.sampled_from([NOTHING, *({w} for w in When)]))
def test_back_undoes_the_last_step_exactly_and_keeps_the_notes(choices: list[int], holds: set[When]) -> None:
    walker = Walker(standard(), holds)
    for choice in choices:
        anything(walker, choice)
    while steps_of(walker.call):
        now, last = walker.call, steps_of(walker.call)[-1]
        walker.call = walk.back(now)
        assert steps_of(walker.call) == steps_of(now)[:-1]
        assert notes_of(walker.call) == notes_of(now)
        assert walker.at == last.step
        if last.kind in (MoveKind.LINE, MoveKind.PERSON, MoveKind.DATA):
            assert walker.call.typed == last.text
    assert walk.back(walker.call) is walker.call
    assert walker.at == "reach"


@given(st.lists(st.integers(0, 10_000), max_size=25))
def test_what_counts_of_a_call_is_what_counted_before_its_last_line_or_more(choices: list[int]) -> None:
    """No move takes a line back that was agreed to; only Backspace does."""
    walker = Walker(standard())
    before: list[str] = []
    for choice in choices:
        anything(walker, choice)
        after = [m.text for m in walk.taken_lines(walker.call)]
        assert after[: len(before)] == before
        before = after
