"""The firm's own file over another: what it changes, what it leaves, and where it says that something is wrong."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctui.playbook.load import Source, UnreadableError, load
from arctui.playbook.model import Playbook, standard, standard_text
from arctui.playbook.places import line_of
from arctui.playbook.show import tree
from tests.playbook.small import WHOLE

BASE = Source("base.toml", WHOLE)


def over(text: str, base: Source = BASE) -> Playbook:
    """The playbook of an own file over another; it holds together."""
    script = load(Source("own.toml", text), base)
    assert [str(problem) for problem in script.problems()] == []
    return script.playbook


def told(text: str, base: Source = BASE) -> list[str]:
    """What is wrong with an own file over another."""
    try:
        return [str(problem) for problem in load(Source("own.toml", text), base).problems()]
    except UnreadableError as error:
        return [str(problem) for problem in error.problems]


# What it changes


def test_an_empty_own_file_changes_nothing() -> None:
    assert over("") == load(None, BASE).playbook
    assert load(None).playbook == standard()


def test_of_a_step_only_what_is_given_is_changed() -> None:
    before, after = load(None, BASE).playbook, over('[steps.reach]\nsay = ["Hello."]')
    assert after.steps["reach"].say == ("Hello.",)
    assert after.steps["reach"].replies == before.steps["reach"].replies
    assert {n: s for n, s in after.steps.items() if n != "reach"} == {
        n: s for n, s in before.steps.items() if n != "reach"
    }


def test_the_standard_script_takes_another_sentence_and_nothing_else_changes() -> None:
    after = load(Source("own.toml", '[steps.now]\nsay = ["Today?"]')).playbook
    assert after.steps["now"].say == ("Today?",)
    assert list(after.steps) == list(standard().steps)


def test_a_field_is_taken_away_by_an_empty_list_or_text() -> None:
    own = """
[steps.reach]
replies = []
line = "person"
to = "promise"
[steps.nobody]
excuse = "Nobody ever answers"
group = "A"
ask = ["Who may know?"]
aim = "A name."
follow_up = { why = "try another number" }
[steps.short]
task = ""
follow_up = ""
excuse = ""
group = ""
replies = [{ text = "Names a day", to = "promise" }]
[steps.promise]
say = ["When?"]
[steps.close]
title = "End"
"""
    after = over(own + '\n[groups]\nB = "More"\n', Source("base.toml", WHOLE.replace('["short"]', "[]")))
    assert after.steps["reach"].replies == ()
    assert after.steps["reach"].line == "person"
    assert after.groups == {"A": "Money", "B": "More"}
    assert "short" not in after.excuses


def test_a_line_is_taken_away_by_an_empty_text() -> None:
    own = '[steps.object]\nline = ""\nto = ""\nend = "ref will not say"\n'
    assert told(own) == ["own.toml:1: dispute: no dispute is typed at object"]


def test_new_excuses_stand_beside_the_others_and_may_have_a_digit() -> None:
    own = """
commonest = ["cats", "short"]
[steps.cats]
title = "The cat"
excuse = "The cat ate it"
group = "A"
find = "pet cat dog"
ask = ["Which day will you send it?"]
aim = "A day."
follow_up = { after = "+1b", why = "is it here?" }
replies = [{ text = "Names a day", to = "promise" }]
"""
    after = over(own)
    assert list(after.excuses) == ["short", "cats"]
    assert after.commonest == ("cats", "short")
    assert after.title == "Small"


def test_a_whole_own_file_stands_alone() -> None:
    assert over(f"whole = true\n{WHOLE}", Source("base.toml", "")) == load(None, BASE).playbook
    assert over(f"whole = false\n{WHOLE}") == load(None, BASE).playbook


def test_a_step_to_which_the_firm_leads_no_more_is_left_out() -> None:
    after = over('[steps.reach]\nreplies = [{ text = "Speaking", to = "promise", reached = true }]')
    assert "nobody" not in after.steps


def test_an_excuse_that_the_firm_takes_off_the_list_is_left_out() -> None:
    after = over('commonest = []\n[steps.short]\nexcuse = ""')
    assert "short" not in after.steps
    assert after.excuses == {}


def test_what_is_no_text_for_a_screen_is_dropped() -> None:
    after = over('[steps.close]\nsay = ["Good\\u001b[31mbye.\\u0007", """\nTwo\nlines."""]')
    assert after.steps["close"].say == ("Goodbye.", "Two lines.")


# Where something is wrong

WRONG = {
    "no TOML": ('title = "x"\nsay = \n', "own.toml:2: this is no TOML: invalid value"),
    "no end": ('title = "x"\n\nsay = ["a', "own.toml:3: this is no TOML: "),
    "too deep": ("a = " + "[" * 100_000, "own.toml: this is no TOML: too many brackets"),
    "a table twice": ("[steps.a]\n[steps.a]\n", "own.toml:2: this is no TOML: cannot declare"),
    "a field that does not exist": (
        '\n[steps.reach]\ntitel = "x"\n',
        "own.toml:3: step reach: there is no field 'titel'",
    ),
    "a name that does not exist": ('titel = "x"', "own.toml:1: there is no field 'titel'"),
    "a field of a reply that does not exist": (
        '[steps.reach]\nreplies = [\n{ text = "a", to = "b" },\n{ text = "a", to = "b", agree = true },\n]',
        "own.toml:4: step reach: there is no field 'agree' in replies",
    ),
    "a reply without a step": (
        '[steps.reach]\n\nreplies = [{ text = "a" }]',
        "own.toml:3: step reach: to is missing in replies",
    ),
    "a reply without a step, as a table": (
        '[[steps.reach.replies]]\ntext = "a"\nto = "b"\n[[steps.reach.replies]]\ntext = "c"',
        "own.toml:4: step reach: to is missing in replies",
    ),
    "a text where a list belongs": (
        '[steps.reach]\nsay = "x"',
        "own.toml:2: step reach: say must be a list, not a text",
    ),
    "a number in a list of texts": (
        '[steps.reach]\nsay = ["x",\n7]',
        "own.toml:3: step reach: say must be a text, not a number",
    ),
    "a text where yes or no belongs": (
        '[steps.reach]\nreplaces = "yes"',
        "own.toml:2: step reach: replaces must be true or false, not a text",
    ),
    "a kind of line that does not exist": (
        '[steps.reach]\nline = "song"',
        "own.toml:2: step reach: line is 'song', but may be promise, callback, dispute, paid, refusal, stop, ",
    ),
    "a case that does not exist": (
        '[steps.reach]\ninstead = [\n{ when = "raining", to = "close" }]',
        "own.toml:3: step reach: when is 'raining', but may be broken, claimed, on its way, promised, disputed, ",
    ),
    "a stop that does not exist": (
        '[steps.close]\nstop = "mood"',
        "own.toml:2: step close: stop is 'mood', but may ",
    ),
    "a kind of dispute that does not exist": (
        '[steps.close]\ndispute = "mood"',
        "own.toml:2: step close: dispute is 'mood', but may be ",
    ),
    "a follow-up that is only a day": (
        '[steps.short]\nfollow_up = "+1b"',
        "own.toml:2: step short: follow_up must be a table, not a text",
    ),
    "a follow-up without a reason": (
        '[steps.short]\nfollow_up = { after = "+1b" }',
        "own.toml:2: step short: why is missing in follow_up",
    ),
    "steps that are no tables": ('steps = "x"', "own.toml:1: steps must be tables: [steps.NAME]"),
    "a step that is no table": ('[steps]\nreach = "x"', "own.toml:2: step reach: it must be a table: [steps.NAME]"),
    "a step without a name": ('[steps.""]\nsay = ["x"]', "own.toml:1: "),
    "a step with a name that is none": ('[steps."a\\u0007"]\nsay = ["x"]', "own.toml:1: step a: its name is no name"),
    "whole that is no truth": ('\nwhole = "yes"', "own.toml:2: whole must be true or false"),
    "groups that are no table": ('groups = ["A"]', "own.toml:1: groups must be a table, not a list"),
    "whole, and without a start": (
        "whole = true\n" + WHOLE.replace('start = "reach"\n', ""),
        "own.toml:1: start is missing",
    ),
    "whole, and without steps": ('whole = true\ntitle = "x"', "own.toml:1: start is missing"),
    "a reply to nowhere": (
        '[steps.reach]\nreplies = [\n{ text = "a", to = "promise" },\n{ text = "b", to = "limbo" }]',
        "own.toml:4: step reach: it leads to limbo, which is no step",
    ),
    "a step that nothing leads to": (
        '\n[steps.island]\nend = "na"\nsay = ["Hm."]',
        "own.toml:2: step island: nothing",
    ),
    "a start that is no step": ('\nstart = "x"', "own.toml:2: start: there is no step x"),
    "a field that makes another wrong": (
        '[steps.reach]\nline = "person"',
        "own.toml:1: step reach: it needs replies, a line, or an end, and only one of them",
    ),
    "reading back taken away in the step behind the line": (
        '\n[steps.back]\nsay = ["Sure?"]',
        "own.toml:3: step promise: the promise is not read back in back",
    ),
    "a line that leads where it is not read back": (
        '[steps.promise]\nto = "reach"',
        "own.toml:2: step promise: the promise is not read back in reach",
    ),
    "a path without a line to an end of the standard": (
        '[steps.reach]\nsay = ["x"]\nreplies = [{ text = "a", to = "close" }]',
        "own.toml:1: step close: a path comes here on which nothing was typed that the call could end with",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_an_own_file_is_told_with_its_line(text: str, sentence: str) -> None:
    found = told(text)
    assert any(words.startswith(sentence) for words in found), found
    assert all(words.isprintable() for words in found)


def test_all_that_is_wrong_is_told_at_once() -> None:
    own = '[steps.reach]\nsay = "x"\nask = "y"\n[steps.close]\ntitel = "z"\n'
    assert [words.partition(": ")[0] for words in told(own)] == ["own.toml:2", "own.toml:3", "own.toml:5"]


def test_what_is_wrong_below_the_own_file_is_told_of_the_file_below() -> None:
    base = Source("base.toml", WHOLE.replace("Goodbye.", "Goodbye, {nickname}."))
    line = base.text.splitlines().index('say = ["Goodbye, {nickname}."]') + 1
    assert told('[steps.reach]\nsay = ["x"]', base) == [
        f"base.toml:{line}: step close: there is no placeholder {{nickname}}"
    ]


PIECES = st.sampled_from(
    ["[", "]", "{", "}", "=", ",", '"', "'", '"""', "#", "\n", "\\", ".", "steps", "reach", "say", "7", " ", "é"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_a_playbook_or_is_told_to_be_none(text: str) -> None:
    assert isinstance(told(text), list)
    assert line_of(text, ("steps", "reach", "say")) <= text.count("\n") + 1


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), st.sampled_from(["x", "", "reach", "{x}"])),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(["say", "ask", "replies", "line", "to", "end", "excuse", "group", "stop", "follow_up", "task"])


@given(st.dictionaries(st.sampled_from(["reach", "close", "new"]), st.dictionaries(KEYS, VALUES, max_size=3)))
def test_any_fields_of_any_form_are_told_and_never_an_error(steps: dict[str, dict[str, Any]]) -> None:
    lines = []
    for name, step in steps.items():
        lines += [f"[steps.{name}]", *(f"{key} = {toml(value)}" for key, value in step.items())]
    text = "\n".join(lines)
    tomllib.loads(text)
    for words in told(text):
        assert words.startswith(("own.toml:", "base.toml:")), words


def toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


# Lines and the tree


def test_every_value_of_the_standard_script_is_found_in_its_line() -> None:
    text = standard_text()
    lines = text.splitlines()
    for name, step in tomllib.loads(text)["steps"].items():
        assert lines[line_of(text, ("steps", name)) - 1].startswith(f"[steps.{name}]")
        for key, value in step.items():
            assert lines[line_of(text, ("steps", name, key)) - 1].startswith(f"{key} = "), (name, key)
            for number, item in enumerate(value if isinstance(value, list) else []):
                words = item if isinstance(item, str) else item["to"]
                assert words[:20] in lines[line_of(text, ("steps", name, key, number)) - 1], (name, key, number)


def test_the_tree_shows_every_step_once_with_all_that_it_says() -> None:
    shown = list(tree(standard()))
    joined = " ".join(line.strip() for line in shown)
    for name, step in standard().steps.items():
        assert sum(line.strip().startswith(f"[{name}] ") for line in shown) == 1, name
        for text in (*step.say, *step.ask, step.aim, step.do, step.task, *(r.text for r in step.replies)):
            assert " ".join(text.split()) in joined, (name, text)
    assert max(map(len, shown)) <= 120


def test_the_tree_of_a_broken_script_is_shown_too() -> None:
    script = load(Source("own.toml", '[steps.reach]\nreplies = [{ text = "a", to = "limbo" }]'), BASE)
    shown = "\n".join(tree(script.playbook))
    assert "1  a -> limbo (no such step)" in shown
