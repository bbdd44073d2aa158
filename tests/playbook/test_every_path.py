"""The standard script is walked by the machine: whatever is heard and typed, each way ends with an outcome."""

from collections.abc import Iterator

import pytest

from arctui.core.calls import MoveKind
from arctui.core.records import Outcome
from arctui.playbook import walk
from arctui.playbook.model import LineKind, When, standard
from tests.playbook.ways import (
    CASES,
    NEED_AGREEMENT,
    NO_OUTCOME,
    OUTCOMES,
    Walker,
    arrived,
    keys_from,
    outcome_lines,
    way_out,
    way_to,
    ways_from,
)

#: So many complete ways are walked from each step on, depth first.
ENDS_FROM_EACH_STEP = 60
STEPS = tuple(standard().steps)


@pytest.mark.parametrize("name", STEPS)
def test_every_reply_of_a_step_leads_to_an_end_with_an_outcome(name: str) -> None:
    holds = frozenset(arrived(name).holds)
    for way in ways_from(standard(), name, holds):
        walker = arrived(name)
        walker.take(way)
        walker.follow(way_out(walker.at, holds))
        assert walker.step.end
        assert outcome_lines(walker), walk.path(standard(), walker.call)


@pytest.mark.parametrize("name", STEPS)
def test_ways_without_a_repeated_step_end_with_an_outcome(name: str) -> None:
    ends = 0
    for walker in _deep(name):
        assert outcome_lines(walker), walk.path(standard(), walker.call)
        ends += 1
        if ends == ENDS_FROM_EACH_STEP:
            break
    assert ends


def _deep(name: str) -> Iterator[Walker]:
    """Walk depth first from a step, no step twice, until an end; every way that has an end is given."""
    first = arrived(name)
    holds = first.holds
    waiting = [(first, frozenset({name}))]
    while waiting:
        walker, seen = waiting.pop()
        if walker.step.end:
            yield walker
        for way in ways_from(standard(), walker.at, holds):
            if way.to not in seen:
                further = Walker(standard(), holds)
                further.call = walker.call
                further.take(way)
                waiting.append((further, seen | {way.to}))


@pytest.mark.parametrize("holds", CASES, ids=lambda holds: next(iter(holds), "an ordinary account"))
@pytest.mark.parametrize("entry", ["reach", "broken-promise", "they-called"])
def test_no_way_of_any_length_with_any_line_and_key_ends_without_an_outcome(
    holds: frozenset[When], entry: str
) -> None:
    """What counts of a way: where it is, whether a line waits for a yes, whether one was agreed. All cases are seen.

    At a step where a line is typed, every outcome that may be typed there is tried.
    """
    playbook = standard()
    seen: set[tuple[str, bool, bool]] = set()
    found = [(walk.arrive(playbook, entry, holds), False, False)]
    while found:
        state = found.pop()
        if state in seen:
            continue
        seen.add(state)
        name, waiting, counts = state
        step = playbook.step(name)
        if step.end:
            assert counts or step.end != "line", f"{name} is reached with nothing to end with"
            continue
        for reply in step.replies:
            agreed = counts or (waiting and reply.agreed)
            found.append((walk.arrive(playbook, reply.to, holds), False, agreed))
        found += [(way.to, False, counts) for way in keys_from(playbook, name, holds)]
        if step.line in NO_OUTCOME:
            found.append((walk.arrive(playbook, step.to, holds), False, counts))
        elif step.line:
            for outcome in Outcome if step.line is LineKind.PROMISE else [OUTCOMES[step.line]]:
                to = walk.arrive(playbook, walk.landing(playbook, step, outcome), holds)
                waits = outcome in NEED_AGREEMENT
                found.append((to, waits, counts or not waits))
    ends = {name for name, _, _ in seen if playbook.step(name).end}
    assert {"close", "close-callback", "close-paid", "close-dispute", "close-refusal"} <= ends


def test_every_end_of_the_script_is_reached_by_replies_and_lines_alone() -> None:
    ends = [name for name, step in standard().steps.items() if step.end]
    by_key = {name: [w for w in way_to(name)[1] if w.kind in (MoveKind.EXCUSE, MoveKind.JUMP)] for name in ends}
    stops = {name for name in ends if standard().step(name).stop}
    # A lawyer, a wish not to be called and an angry customer are found by the key of the excuses alone.
    assert {name for name, keys in by_key.items() if keys} <= stops | {"after-hang-up"}


def test_a_payment_found_while_on_the_line_leads_on_to_its_invoices_and_the_rest() -> None:
    walker = Walker(standard())
    for text in ("Speaking, or put through", "It was sent"):
        walker.reply([r.text for r in walker.step.replies].index(text) + 1)
    walker.line("paid 19 500 ach")
    walker.reply([r.to for r in walker.step.replies].index("found-here") + 1)
    assert "I have it here" in walker.step.say[0]
    walker.reply(1)
    assert walker.at == "close-found"
    assert outcome_lines(walker) == ["paid 19 500 ach"]


def test_the_way_that_the_issue_names_is_in_the_script() -> None:
    """Reached, the opening, not sent, not now, when, a day: commitment, read back, close."""
    walker = Walker(standard())
    for text in ("Speaking, or put through", "It has not been sent", "No, not now", "Names a day"):
        walker.reply([r.text for r in walker.step.replies].index(text) + 1)
    walker.line("fri 500 ach")
    walker.reply(1)
    assert [m.to for m in walker.call.moves] == ["open", "now", "when", "commitment", "read-back", "close"]
    assert outcome_lines(walker) == ["fri 500 ach"]
