"""What is wrong with a script is said in a sentence that names the file, the line and the step."""

import pytest

from arctui.playbook.check import problems
from arctui.playbook.load import Source, load
from arctui.playbook.model import Playbook, PlaybookError, parse, standard
from tests.playbook.small import WHOLE, changed

TEN = "".join(f'    {{ text = "Reply {n}", to = "nobody" }},\n' for n in range(9))
ISLAND_OBJECT = '\n[steps.more]\nexcuse = "x"\ngroup = "A"\n'
BROKEN = {
    "a reply to nowhere": (
        changed(('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "limbo"')),
        "step reach: it leads to limbo, which is no step",
        '    { text = "Nobody"',
    ),
    "a start that is no step": (
        changed(('start = "reach"', 'start = "begin"')),
        "start: there is no step begin",
        "start = ",
    ),
    "a commitment that is no step": (
        changed(('commitment = "promise"', 'commitment = "vow"')),
        "commitment: there is no step vow",
        "commitment = ",
    ),
    "a detour to nowhere": (
        changed(('title = "Promise"', 'title = "Promise"\ninstead = [{ when = "broken", to = "limbo" }]')),
        "step promise: it leads to limbo, which is no step",
        "instead = ",
    ),
    "a step that nothing leads to": (
        changed(more='\n[steps.island]\nsay = ["Hm."]\nend = "na"\n'),
        "step island: nothing leads to it",
        "[steps.island]",
    ),
    "a loop without an end": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "round"'),
            more='\n[steps.round]\nsay = ["Hm."]\nreplies = [{ text = "Hm", to = "again" }]\n'
            '\n[steps.again]\nsay = ["Hm?"]\nreplies = [{ text = "Hm", to = "round" }]\n',
        ),
        "step round: no way from it ends the call",
        "[steps.round]",
    ),
    "a placeholder that does not exist": (
        changed(("Goodbye.", "Goodbye, {nickname}.")),
        "step close: there is no placeholder {nickname}",
        'say = ["Goodbye',
    ),
    "a last alternative that may not be known": (
        changed(("Whoever pays, please.", "Whoever pays {past_due}, please.")),
        "step reach: {past_due} is not always known: it needs an alternative without it",
        'say = ["{person}, please."',
    ),
    "a question with a fact that may not be known": (
        changed(('ask = ["How much?"]', 'ask = ["How much of {past_due}?"]')),
        "step short: {past_due} is not always known: it needs an alternative without it",
        'ask = ["How much',
    ),
    "a placeholder in a reply": (
        changed(('text = "Names a day"', 'text = "Names {today}"')),
        "step short: a reply has no placeholders",
        '    { text = "Names',
    ),
    "a promise that is not read back": (
        changed(("{promise}: is that right?", "Sure?")),
        "step promise: the promise is not read back in back",
        'to = "back"',
    ),
    "a promise that nobody can agree to": (
        changed((", agreed = true", "")),
        "step promise: nobody can agree to the promise in back",
        'to = "back"',
    ),
    "an end that takes a line which nobody typed": (
        changed(('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "close"'), ('end = "na"', 'end = "na"')),
        "step close: a path comes here on which nothing was typed that the call could end with",
        'end = "line"',
    ),
    "an end that takes a line behind a name alone": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "who"'),
            more='\n[steps.who]\nsay = ["Who?"]\nline = "person"\nto = "close"\n',
        ),
        "step close: a path comes here on which nothing was typed that the call could end with",
        'end = "line"',
    ),
    "ten replies": (
        changed(('    { text = "Nobody", to = "nobody" },\n', TEN)),
        "step reach: it has more than 9 replies: no digit is left",
        "replies = [",
    ),
    "an outcome that does not exist": (
        changed(('end = "na"', 'end = "gone"')),
        "step nobody: it ends with 'gone', which is no outcome",
        'end = "gone"',
    ),
    "an excuse without questions": (
        changed(('ask = ["How much?"]\n', "")),
        "step short: an excuse has questions of its own",
        "[steps.short]",
    ),
    "an excuse without a group": (
        changed(('group = "A"\n', "")),
        "step short: an excuse has a group, and nothing else has one",
        "excuse = ",
    ),
    "a group that does not exist": (
        changed(('group = "A"', 'group = "Z"')),
        "step short: there is no group Z",
        "group = ",
    ),
    "replies and an end": (
        changed(('say = ["Goodbye."]', 'say = ["Goodbye."]\nreplies = [{ text = "Wait", to = "back" }]')),
        "step close: it needs replies, a line, or an end, and only one of them",
        "[steps.close]",
    ),
    "no way on": (
        changed(('end = "na"', "")),
        "step nobody: it needs replies, a line, or an end, and only one of them",
        "[steps.nobody]",
    ),
    "a line that leads nowhere": (
        changed(('line = "dispute"\nto = "close"', 'line = "dispute"')),
        "step object: a line needs the step that it leads to, and nothing else has one",
        'line = "dispute"',
    ),
    "a stop in the middle": (
        changed(('title = "Reach"', 'title = "Reach"\nstop = "legal"')),
        "step reach: only an end stops all calling",
        "stop = ",
    ),
    "a step that says nothing": (
        changed(('do = "Nobody is there."\n', "")),
        "step nobody: it says nothing, asks nothing and tells nothing to do",
        "[steps.nobody]",
    ),
    "a promise taken where none is typed": (
        changed(('commitment = "promise"', 'commitment = "short"')),
        "commitment: no promise is typed at short",
        "commitment = ",
    ),
    "a dispute taken where none is typed": (
        changed(('dispute = "object"', 'dispute = "promise"'), more=ISLAND_OBJECT),
        "dispute: no dispute is typed at promise",
        "dispute = ",
    ),
    "an incoming call that begins nowhere": (
        changed(('incoming = "reach"', 'incoming = "ring"')),
        "incoming: there is no step ring",
        "incoming = ",
    ),
    "a commonest excuse that is none": (
        changed(('commonest = ["short"]', 'commonest = [\n  "short",\n  "close",\n]')),
        "commonest: close is no excuse",
        '  "close"',
    ),
    "a commonest excuse that is no step": (
        changed(('commonest = ["short"]', 'commonest = ["cats"]')),
        "commonest: cats is no excuse",
        "commonest = ",
    ),
    "an excuse that has two digits": (
        changed(('commonest = ["short"]', 'commonest = ["short",\n"short"]')),
        "commonest: short stands there twice",
        '"short"]',
    ),
    "ten commonest excuses": (
        changed(('commonest = ["short"]', f"commonest = {['short'] * 10}")),
        "commonest: more than 9 excuses: no digit is left",
        "commonest = ",
    ),
    "an excuse without an aim": (
        changed(('aim = "A day."\n', "")),
        "step short: an excuse has an aim: the commitment to obtain",
        "[steps.short]",
    ),
    "an excuse without a follow-up": (
        changed(('follow_up = { after = "+1b", why = "did {account} get it?" }\n', "")),
        "step short: an excuse has a follow_up: when to look after it, and why",
        "[steps.short]",
    ),
    "a follow-up without a reason": (
        changed(("did {account} get it?", "")),
        "step short: a follow_up says why",
        "follow_up = ",
    ),
    "a follow-up with a fact that may not be known": (
        changed(("did {account} get it?", "is {past_due} here?")),
        "step short: {past_due} is not always known: it needs an alternative without it",
        "follow_up = ",
    ),
    "a task with a fact that may not be known": (
        changed(("send {account}", "send {person}")),
        "step short: {person} is not always known: it needs an alternative without it",
        "task = ",
    ),
    "a task with a placeholder that does not exist": (
        changed(("send {account}", "send {nickname}")),
        "step short: there is no placeholder {nickname}",
        "task = ",
    ),
    "a task that is done where there is none": (
        changed(('task = "send {account} a statement"\n', "")),
        "step short: a reply is done, but the step has no task",
        '    { text = "Read out"',
    ),
    "a brace that stands alone": (
        changed(("Goodbye.", "Goodbye, {person.")),
        "step close: a { or } stands alone: a placeholder is {name}",
        'say = ["Goodbye',
    ),
    "a title with a placeholder": (
        changed(('title = "Close"', 'title = "Close {account}"')),
        "step close: title has no placeholders",
        'title = "Close',
    ),
    "a reply without words": (
        changed(('text = "Names a day"', 'text = ""')),
        "step short: a reply has no words",
        '    { text = ""',
    ),
    "an end that cannot be read": (
        changed(('end = "na"', 'end = "cb"')),
        "step nobody: no call can end with 'cb': ",
        'end = "cb"',
    ),
    "a promise whose reading back may be gone round": (
        changed(('title = "Read back"', 'title = "Read back"\ninstead = [{ when = "broken", to = "nobody" }]')),
        "step promise: the promise may not be read back: back has `instead`",
        'to = "back"',
    ),
    "a way out that is there only if something is the case": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "round"'),
            more='\n[steps.round]\nsay = ["Hm."]\nreplies = [{ text = "Hm", to = "round" }]\n'
            'instead = [{ when = "broken", to = "nobody" }]\n',
        ),
        "step round: no way from it ends the call",
        "[steps.round]",
    ),
    "an end that takes a promise to which nobody agreed": (
        changed(('text = "No", to = "promise"', 'text = "No", to = "close"')),
        "step close: a path comes here on which nothing was typed that the call could end with",
        'end = "line"',
    ),
    "an end that takes a line behind a pay cycle alone": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "runs"'),
            more='\n[steps.runs]\nsay = ["When do you pay?"]\nline = "pay cycle"\nto = "close"\n',
        ),
        "step close: a path comes here on which nothing was typed that the call could end with",
        'end = "line"',
    ),
    "an end that takes a line behind an address alone": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "where"'),
            more='\n[steps.where]\nsay = ["Where to?"]\nline = "contact"\nto = "close"\n',
        ),
        "step close: a path comes here on which nothing was typed that the call could end with",
        'end = "line"',
    ),
}

#: Dates of a follow-up that cannot be read on any day, or that are not counted from the call.
NO_DATES = ("soon", "run", "next week", "yesterday", "2026-12-15", "+1b at once", "31 feb", "+400")
DATES = ("+1b", "+10", "2w", "fri", "next tue", "eom", "today", "15")


REFUSED = {
    "an unknown key": (changed(('title = "Close"', 'titel = "Close"')), "not understood.*titel.*steps"),
    "an unknown key of a reply": (changed(("agreed = true", "agree = true")), "not understood.*agree"),
    "no TOML": ("title = ", "is no TOML"),
    "a text where a list belongs": (changed(('say = ["Goodbye."]', 'say = "Goodbye."')), "Expected `array`.*say"),
    "a number where a text belongs": (changed(('title = "Small"', "title = 7")), "Expected `str`.*title"),
    "a kind of line that does not exist": (
        changed(('line = "dispute"', 'line = "song"')),
        "Invalid enum value 'song'",
    ),
    "a case that does not exist": (
        changed(('title = "Promise"', 'instead = [{ when = "raining", to = "back" }]')),
        "Invalid enum value 'raining'",
    ),
    "a stop that does not exist": (changed(('end = "na"', 'end = "na"\nstop = "mood"')), "Invalid enum value 'mood'"),
    "no beginning": (changed(('start = "reach"\n', "")), "missing required field `start`"),
    "no steps": (WHOLE.partition("[steps.")[0], "missing required field `steps`"),
    "a reply without a step": (
        changed(('"Names a day", to = "promise" }', '"Names a day" }')),
        "missing required field `to`",
    ),
}


def line(text: str, beginning: str) -> int:
    """The first line of a text that begins so."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(beginning))


def test_a_whole_script_has_no_problems() -> None:
    assert problems(parse(WHOLE)) == []


def test_the_standard_script_has_no_problems_and_every_one_would_name_its_line() -> None:
    assert [str(problem) for problem in load(None).problems()] == []
    assert load(None).playbook == standard()


@pytest.mark.parametrize(("text", "sentence", "beginning"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_once_of_the_step(text: str, sentence: str, beginning: str) -> None:
    assert [problem.startswith(sentence) for problem in problems(parse(text))].count(True) == 1


@pytest.mark.parametrize(("text", "sentence", "beginning"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_of_its_file_and_line(text: str, sentence: str, beginning: str) -> None:
    whole = "whole = true\n" + text
    told = [str(problem) for problem in load(Source("own.toml", whole)).problems()]
    place = f"own.toml:{line(whole, beginning)}: "
    assert any(words.startswith(place + sentence) for words in told), told


@pytest.mark.parametrize("after", NO_DATES)
def test_a_follow_up_on_no_day_counted_from_the_call_is_a_problem(after: str) -> None:
    (problem,) = problems(parse(changed(('after = "+1b"', f'after = "{after}"'))))
    assert problem == f"step short: '{after}' is no date counted from the call: write +1b, +10 or fri"


@pytest.mark.parametrize("after", DATES)
def test_a_follow_up_may_have_any_date_counted_from_the_call(after: str) -> None:
    assert problems(parse(changed(('after = "+1b"', f'after = "{after}"')))) == []


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_of_another_form_is_refused_with_the_place(text: str, words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        parse(text)


def test_a_step_that_is_not_there_is_named() -> None:
    playbook: Playbook = parse(WHOLE)
    with pytest.raises(PlaybookError, match="the playbook 'Small' has no step 'limbo'"):
        playbook.step("limbo")
