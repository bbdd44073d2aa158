"""What is wrong with a script is said in a sentence that names the step."""

import pytest

from arctui.playbook.check import problems
from arctui.playbook.model import Playbook, PlaybookError, parse

WHOLE = """
title = "Small"
start = "reach"
broken = "reach"
commitment = "promise"
dispute = "object"

[groups]
A = "Money"

[steps.reach]
title = "Reach"
say = ["{person}, please.", "Whoever pays, please."]
replies = [
    { text = "Speaking", to = "promise", reached = true },
    { text = "Nobody", to = "nobody" },
]

[steps.nobody]
title = "No answer"
do = "Nobody is there."
end = "na"

[steps.promise]
title = "Promise"
say = ["Which day?"]
line = "promise"
to = "back"

[steps.back]
title = "Read back"
say = ["{promise}: is that right?", "Is that right?"]
replies = [
    { text = "Yes", to = "close", agreed = true },
    { text = "No", to = "promise" },
]

[steps.object]
title = "Object"
say = ["What is wrong?"]
line = "dispute"
to = "close"

[steps.close]
title = "Close"
say = ["Goodbye."]
end = "line"

[steps.short]
title = "Short"
excuse = "No money"
group = "A"
say = ["How much is missing?"]
ask = ["How much?"]
replies = [{ text = "Names a day", to = "promise" }]
"""


def changed(*pairs: tuple[str, str], more: str = "") -> str:
    """The whole script with some of its text replaced, and steps added."""
    text = WHOLE
    for before, after in pairs:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    return text + more


TEN = "".join(f'    {{ text = "Reply {n}", to = "nobody" }},\n' for n in range(9))
BROKEN = {
    "a reply to nowhere": (
        changed(('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "limbo"')),
        "step reach: it leads to limbo, which is no step",
    ),
    "a start that is no step": (changed(('start = "reach"', 'start = "begin"')), "start: there is no step begin"),
    "a commitment that is no step": (
        changed(('commitment = "promise"', 'commitment = "vow"')),
        "commitment: there is no step vow",
    ),
    "a detour to nowhere": (
        changed(('title = "Promise"', 'title = "Promise"\ninstead = [{ when = "broken", to = "limbo" }]')),
        "step promise: it leads to limbo, which is no step",
    ),
    "a step that nothing leads to": (
        changed(more='\n[steps.island]\nsay = ["Hm."]\nend = "na"\n'),
        "step island: nothing leads to it",
    ),
    "a loop without an end": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "round"'),
            more='\n[steps.round]\nsay = ["Hm."]\nreplies = [{ text = "Hm", to = "again" }]\n'
            '\n[steps.again]\nsay = ["Hm?"]\nreplies = [{ text = "Hm", to = "round" }]\n',
        ),
        "step round: no way from it ends the call",
    ),
    "a placeholder that does not exist": (
        changed(("Goodbye.", "Goodbye, {nickname}.")),
        "step close: there is no placeholder {nickname}",
    ),
    "a last alternative that may not be known": (
        changed(("Whoever pays, please.", "Whoever pays {past_due}, please.")),
        "step reach: {past_due} is not always known: it needs an alternative without it",
    ),
    "a question with a fact that may not be known": (
        changed(('ask = ["How much?"]', 'ask = ["How much of {past_due}?"]')),
        "step short: {past_due} is not always known: it needs an alternative without it",
    ),
    "a placeholder in a reply": (
        changed(('text = "Names a day"', 'text = "Names {today}"')),
        "step short: a reply has no placeholders",
    ),
    "a promise that is not read back": (
        changed(("{promise}: is that right?", "Sure?")),
        "step promise: the promise is not read back in back",
    ),
    "a promise that nobody can agree to": (
        changed((", agreed = true", "")),
        "step promise: nobody can agree to the promise in back",
    ),
    "an end that takes a line which nobody typed": (
        changed(('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "close"'), ('end = "na"', 'end = "na"')),
        "step close: a path comes here on which nothing was typed that the call could end with",
    ),
    "an end that takes a line behind a name alone": (
        changed(
            ('text = "Nobody", to = "nobody"', 'text = "Nobody", to = "who"'),
            more='\n[steps.who]\nsay = ["Who?"]\nline = "person"\nto = "close"\n',
        ),
        "step close: a path comes here on which nothing was typed that the call could end with",
    ),
    "ten replies": (
        changed(('    { text = "Nobody", to = "nobody" },\n', TEN)),
        "step reach: it has more than 9 replies: no digit is left",
    ),
    "an outcome that does not exist": (
        changed(('end = "na"', 'end = "gone"')),
        "step nobody: it ends with 'gone', which is no outcome",
    ),
    "an excuse without questions": (
        changed(('ask = ["How much?"]\n', "")),
        "step short: an excuse has questions of its own",
    ),
    "an excuse without a group": (
        changed(('group = "A"\n', "")),
        "step short: an excuse has a group, and nothing else has one",
    ),
    "a group that does not exist": (changed(('group = "A"', 'group = "Z"')), "step short: there is no group Z"),
    "replies and an end": (
        changed(('say = ["Goodbye."]', 'say = ["Goodbye."]\nreplies = [{ text = "Wait", to = "back" }]')),
        "step close: it needs replies, a line, or an end, and only one of them",
    ),
    "no way on": (
        changed(('end = "na"', "")),
        "step nobody: it needs replies, a line, or an end, and only one of them",
    ),
    "a line that leads nowhere": (
        changed(('line = "dispute"\nto = "close"', 'line = "dispute"')),
        "step object: a line needs the step that it leads to, and nothing else has one",
    ),
    "a stop in the middle": (
        changed(('title = "Reach"', 'title = "Reach"\nstop = "legal"')),
        "step reach: only an end stops all calling",
    ),
    "a step that says nothing": (
        changed(('do = "Nobody is there."\n', "")),
        "step nobody: it says nothing, asks nothing and tells nothing to do",
    ),
}

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
    "a reply without a step": (changed((', to = "promise" }]', " }]")), "missing required field `to`"),
}


def test_a_whole_script_has_no_problems() -> None:
    assert problems(parse(WHOLE)) == []


@pytest.mark.parametrize(("text", "sentence"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_once_of_the_step(text: str, sentence: str) -> None:
    assert problems(parse(text)).count(sentence) == 1


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_of_another_form_is_refused_with_the_place(text: str, words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        parse(text)


def test_a_step_that_is_not_there_is_named() -> None:
    playbook: Playbook = parse(WHOLE)
    with pytest.raises(PlaybookError, match="the playbook 'Small' has no step 'limbo'"):
        playbook.step("limbo")
