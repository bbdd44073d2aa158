"""A call that they make: who it is, what it is about, and if nothing then the fact and the question."""

import pytest

from arctui.core.calls import MoveKind
from arctui.playbook.model import When, standard
from tests.playbook.ways import Walker, Way, shortest, ways_from

STEPS = standard().steps


@pytest.mark.parametrize(
    ("holds", "to"),
    [
        (None, "caller-open"),
        (When.BROKEN, "broken-promise"),
        (When.CLAIMED, "caller-claimed"),
        (When.PROMISED, "caller-agreed"),
        (When.NOTHING_DUE, "caller-courtesy"),
    ],
)
def test_who_calls_and_says_nothing_more_hears_the_fact_and_the_question(holds: When | None, to: str) -> None:
    walker = Walker(standard(), {holds} if holds else set(), entry=standard().incoming)
    assert walker.step.say[0] == "Thank you for calling, this is {clerk} of {firm}. With whom do I speak?"
    walker.reply(1)
    assert walker.call.reached
    walker.reply(6)
    assert walker.at == to


@pytest.mark.parametrize(
    ("heard", "to"),
    [
        ("Names a pay date", "commitment"),
        ("It was sent", "sent"),
        ("Something is wrong with it", "what-is-wrong"),
        ("Wants a copy or a paper", "papers"),
        ("About what we agreed", "caller-agreed"),
        ("Gives a reason", "why"),
    ],
)
def test_what_they_call_about_comes_first(heard: str, to: str) -> None:
    assert {reply.text: reply.to for reply in STEPS["caller-about"].replies}[heard] == to


def test_a_caller_who_does_not_pay_is_asked_who_does_and_hears_nothing_of_the_debt() -> None:
    walker = Walker(standard(), entry=standard().incoming)
    walker.reply(3)
    assert walker.at == "caller-outside"
    assert not walker.call.reached
    assert {reply.to for reply in walker.step.replies} >= {"right-person", "callback-desk", "no-help"}


def test_from_an_incoming_call_every_way_without_a_repeated_step_ends() -> None:
    entry = standard().incoming
    for way in ways_from(standard(), entry):
        walker = Walker(standard(), entry=entry)
        walker.take(way)
        out = shortest(standard(), walker.at, lambda n: bool(STEPS[n].end))
        assert out is not None
        walker.follow(out)
        assert walker.step.end
        assert all(isinstance(w, Way) and w.kind is not MoveKind.EXCUSE for w in out)
