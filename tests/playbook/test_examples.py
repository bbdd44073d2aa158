"""What the script shows as an example of a line can be typed just so."""

from pathlib import Path

import pytest

from arctui.playbook.model import LineKind, standard
from tests.playbook.clerks import Clerk, birch
from tests.playbook.ways import NO_OUTCOME, SAMPLES

STEPS = standard().steps


def examples(name: str) -> list[str]:
    """The examples in what a clerk is told to type: behind each colon, to the end of the sentence."""
    sentences = STEPS[name].do.rstrip(".").split(". ")
    shown = [part.partition(": ")[2] for part in sentences if part.startswith(("Type", "Or:"))]
    return [line for text in shown for line in filter(None, text.split("; "))]


EXAMPLES = [(name, line) for name, step in STEPS.items() if step.line for line in examples(name)]


def test_most_lines_of_the_script_come_with_an_example() -> None:
    with_example = {name for name, _ in EXAMPLES}
    assert {STEPS[name].line for name in with_example} == set(LineKind) - {LineKind.PERSON}
    assert len(with_example) >= 20


def test_every_example_is_read_at_its_step(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, birch()).begin()
    for name, line in EXAMPLES:
        kind = STEPS[name].line
        assert kind
        if kind in NO_OUTCOME:
            assert clerk.desk.corrections.read("birch", line, kind).problems == (), name
        else:
            at_step = clerk.calls.jump(clerk.call, name)
            assert clerk.calls.read(at_step, kind.full(line)).problems == (), name
            clerk.calls.back(at_step)


@pytest.mark.parametrize("kind", [LineKind.CYCLE, LineKind.CONTACT])
def test_what_is_learnt_in_a_call_is_in_the_account_at_once(tmp_path: Path, kind: LineKind) -> None:
    name = next(n for n, s in STEPS.items() if s.line is kind)
    clerk = Clerk.with_book(tmp_path, birch()).begin().say("Speaking, or put through").jump(name)
    clerk.type(SAMPLES[kind])
    dossier = clerk.desk.dossier("birch")
    learnt = dossier.account.pay_cycle if kind is LineKind.CYCLE else {p.name.lower() for p in dossier.people}
    assert learnt
    assert kind is LineKind.CYCLE or "lee wong" in str(learnt)
    assert clerk.whole()


def test_the_run_that_was_learnt_is_said_in_the_next_sentence(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, birch()).begin().say("Speaking, or put through").excuse("pay-run")
    clerk.say("Names the days").type("weekly thu, cut-off 2, docs order + statement")
    assert clerk.at == "pay-run-known"
    assert "order, statement" in clerk.place.say
    assert "..." not in clerk.place.say
    again = clerk.back().back().excuse("pay-run")
    assert again.at == "pay-run-known"
    clerk.say("It is in the next run", "Yes").type("run").say("Yes").end()
    assert clerk.activity().excuses == ("pay-run",)
