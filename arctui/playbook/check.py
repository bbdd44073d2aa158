"""Proving a playbook: every reply leads somewhere, every path ends in an outcome, every commitment is read back."""

import re
from collections.abc import Iterator

from arctui.core.capture.codes import CODES
from arctui.playbook.model import LineKind, Playbook, Step
from arctui.playbook.phrases import ALWAYS, BY_LINE, KNOWN

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LINE = "line"
_MOST_REPLIES = 9


def problems(playbook: Playbook) -> list[str]:
    """Return what is wrong with a playbook, a sentence each that names the step; empty if it holds together."""
    return [
        *_missing_steps(playbook),
        *(f"step {name}: {why}" for name, step in playbook.steps.items() for why in _form(step)),
        *(f"step {name}: {why}" for name, step in playbook.steps.items() for why in _words(step)),
        *_unreachable(playbook),
        *_never_ending(playbook),
        *_not_read_back(playbook),
        *_no_line_at_the_end(playbook),
    ]


def placeholders(text: str) -> list[str]:
    """Return the names of the placeholders in a sentence."""
    return _PLACEHOLDER.findall(text)


def _entries(playbook: Playbook) -> dict[str, str]:
    """Return the steps at which a key may put the clerk, by what leads there."""
    named = {
        "start": playbook.start,
        "broken": playbook.broken,
        "commitment": playbook.commitment,
        "dispute": playbook.dispute,
    }
    return named | {f"excuse {name}": name for name in playbook.excuses}


def _missing_steps(playbook: Playbook) -> Iterator[str]:
    for what, name in _entries(playbook).items():
        if name not in playbook.steps:
            yield f"{what}: there is no step {name}"
    for name, step in playbook.steps.items():
        for to in step.ways:
            if to not in playbook.steps:
                yield f"step {name}: it leads to {to}, which is no step"
        if step.group and step.group not in playbook.groups:
            yield f"step {name}: there is no group {step.group}"


def _form(step: Step) -> Iterator[str]:
    """A step leads on by replies or by a line, or it ends the call: one of the three."""
    if sum(map(bool, (step.replies, step.line, step.end))) != 1:
        yield "it needs replies, a line, or an end, and only one of them"
    if bool(step.line) != bool(step.to):
        yield "a line needs the step that it leads to, and nothing else has one"
    if len(step.replies) > _MOST_REPLIES:
        yield f"it has more than {_MOST_REPLIES} replies: no digit is left"
    code = step.end.split()[0] if step.end else _LINE
    if code != _LINE and code not in CODES:
        yield f"it ends with '{code}', which is no outcome"
    if step.stop and not step.end:
        yield "only an end stops all calling"
    if bool(step.excuse) != bool(step.group):
        yield "an excuse has a group, and nothing else has one"
    if step.excuse and not step.ask:
        yield "an excuse has questions of its own"
    if not (step.say or step.do or step.ask):
        yield "it says nothing, asks nothing and tells nothing to do"


def _words(step: Step) -> Iterator[str]:
    """Every placeholder exists, and the last alternative can always be said."""
    for text in (*step.say, *step.ask, step.aim, step.do):
        for name in placeholders(text):
            if name not in KNOWN:
                yield f"there is no placeholder {{{name}}}"
    certain = ALWAYS
    for text in (step.say[-1] if step.say else "", *step.ask, step.aim, step.do):
        for name in placeholders(text):
            if name in KNOWN and name not in certain:
                yield f"{{{name}}} is not always known: it needs an alternative without it"
    for reply in step.replies:
        if placeholders(reply.text):
            yield "a reply has no placeholders"


def _unreachable(playbook: Playbook) -> Iterator[str]:
    reached: set[str] = set()
    waiting = [name for name in _entries(playbook).values() if name in playbook.steps]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [to for to in playbook.steps[name].ways if to in playbook.steps]
    for name in playbook.steps:
        if name not in reached:
            yield f"step {name}: nothing leads to it"


def _never_ending(playbook: Playbook) -> Iterator[str]:
    """From every step there is a way to an end."""
    ending = {name for name, step in playbook.steps.items() if step.end}
    grown = True
    while grown:
        more = {n for n, s in playbook.steps.items() if n not in ending and any(to in ending for to in s.ways)}
        grown = bool(more)
        ending |= more
    for name in playbook.steps:
        if name not in ending:
            yield f"step {name}: no way from it ends the call"


def _not_read_back(playbook: Playbook) -> Iterator[str]:
    """What a customer committed to by a line is said again in the step after it."""
    for name, step in playbook.steps.items():
        following = playbook.steps.get(step.to)
        if step.line in (LineKind.PROMISE, LineKind.CALLBACK) and following:
            said = {p for text in following.say for p in placeholders(text)}
            if BY_LINE[step.line] not in said:
                yield f"step {name}: the {step.line} is not read back in {step.to}"
            if not any(reply.agreed for reply in following.replies):
                yield f"step {name}: nobody can agree to the {step.line} in {step.to}"


def _no_line_at_the_end(playbook: Playbook) -> Iterator[str]:
    """An end that takes what was typed before is reached only through a line."""
    bare: set[str] = set()
    waiting = [name for name in _entries(playbook).values() if name in playbook.steps]
    while waiting:
        name = waiting.pop()
        if name in bare:
            continue
        bare.add(name)
        step = playbook.steps[name]
        if step.end == _LINE:
            yield f"step {name}: a path comes here on which nothing was typed that the call could end with"
        typed = step.line not in (None, LineKind.PERSON)
        ways = [d.to for d in step.instead] + ([] if typed else [*(r.to for r in step.replies), step.to])
        waiting += [to for to in ways if to in playbook.steps]
