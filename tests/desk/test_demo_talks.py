"""The talks of the demo book: who had them, how long they took, which reasons were given."""

from collections import Counter

import pytest

from arctui.core.facts import Facts
from arctui.core.records import Account, Activity, ActivityKind, Promise
from arctui.desk.demo import demo_records
from arctui.desk.demo.reasons import REASONS
from arctui.playbook.model import standard
from tests.desk.demo_days import CALENDAR, DAYS, made


def test_reasons_are_those_of_the_script_and_each_was_given_in_its_words() -> None:
    calls = [a for a in made(DAYS["a Monday"]).facts.all(Activity) if a.kind is ActivityKind.CALL]
    assert set(REASONS.values()) <= set(standard().excuses)
    for words, reason in REASONS.items():
        said = [a for a in calls if f'"{words}"' in a.note]
        assert said, words
        assert all(a.excuses == (reason,) and a.reached and a.seconds for a in said)


def test_some_calls_were_only_logged() -> None:
    calls = [a for a in made(DAYS["a Monday"]).facts.all(Activity) if a.kind is ActivityKind.CALL]
    logged = [a for a in calls if a.seconds is None]
    assert 0 < len(logged) < len(calls) / 3
    assert not any(a.excuses for a in logged)


@pytest.mark.parametrize(("clerk", "other"), [("ann", "bob"), ("bob", "ann")])
def test_a_second_clerk_has_a_few_customers(clerk: str, other: str) -> None:
    facts = Facts(demo_records(made(DAYS["a Monday"]).rules.moment, CALENDAR, clerk))
    whose = {a.id: a.clerk for a in facts.all(Account)}
    count = Counter(whose.values())
    assert set(count) == {clerk, other}
    assert 3 <= count[other] <= count[clerk] / 6
    assert all(a.by == whose[a.account] for a in facts.all(Activity))
    assert all(p.taken_by == whose[p.account] for p in facts.all(Promise))
