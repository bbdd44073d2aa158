"""A playbook as a tree to read: all that is said, asked and done, and where every answer leads. Pure."""

import textwrap
from collections import deque
from collections.abc import Iterable, Iterator

from arctui.core.text import plural
from arctui.playbook.check import entries
from arctui.playbook.model import Playbook, Step

_WIDTH = 100
_NARROWEST = 50
_INDENT = "  "


def step_lines(
    name: str, step: Step, mentions: Iterable[str] = (), *, say: Iterable[str] | None = None, width: int = _WIDTH
) -> Iterator[str]:
    """Yield a step as it is read: its title and all that stands in it.

    `mentions` says of each reply, and of the step behind a line, where it leads; without them nothing is said of it.
    `say` are the sentences instead of the step's own.
    """
    where = [*mentions]
    yield f"[{name}] {step.title or step.excuse}".rstrip()
    if step.excuse:
        yield from _wrap("for  ", f"{step.excuse}{f' (found by: {step.find})' if step.find else ''}", width)
    for number, text in enumerate(step.say if say is None else say):
        yield from _wrap("or   " if number else "say  ", f'"{text}"', width)
    for text in step.ask:
        yield from _wrap("ask  ", text, width)
    for label, text in (("get  ", step.aim), ("do   ", step.do), ("task ", step.task)):
        yield from _wrap(label, text, width) if text else ()
    if step.follow_up:
        after = f" ({step.follow_up.after})" if step.follow_up.after else ""
        yield from _wrap("then ", f"look after it{after}: {step.follow_up.why}", width)
    for number, reply in enumerate(step.replies, 1):
        lead = f" -> {where[number - 1]}" if where else ""
        yield from _wrap(f"  {number}  ", f"{reply.text}{lead}{' (task done)' if reply.done else ''}", width)
    if step.line:
        yield from _wrap("line ", f"types the {step.line}{f' -> {where[-1]}' if where else ''}", width)
    if step.end:
        stop = f", and stops all calling: {step.stop}" if step.stop else ""
        yield f"end  {'with what was typed' if step.end == 'line' else step.end}{stop}"


def tree(playbook: Playbook) -> Iterator[str]:
    """Yield a whole playbook: from the start, then from each other entry, then every excuse by its group.

    Each step stands there once in full, under the one from which fewest answers lead to it; elsewhere it is named.
    """
    parents = _parents(playbook)
    shown: set[str] = set()
    yield f"{playbook.title}: {plural(len(playbook.steps), 'step')}, {plural(len(playbook.excuses), 'excuse')}"
    for what, name in entries(playbook).items():
        if name not in playbook.excuses and name in playbook.steps:
            yield from ("", f"{what.upper()}")
            yield from _branch(playbook, name, parents, shown)
    for letter, group in playbook.groups.items():
        yield from ("", f"EXCUSES {letter}: {group}")
        for name, step in playbook.excuses.items():
            if step.group == letter:
                yield from _branch(playbook, name, parents, shown)
    for name in playbook.steps:
        if name not in shown:
            yield from ("", "NOTHING LEADS HERE")
            yield from _branch(playbook, name, parents, shown)


def _parents(playbook: Playbook) -> dict[str, str]:
    """Return under which step each stands: the one that comes first to it, step by step from the entries."""
    named = entries(playbook)
    roots = list(dict.fromkeys(name for name in named.values() if name in playbook.steps))
    parents = dict.fromkeys(roots, "")
    for entry in [*roots, *playbook.steps]:
        waiting = deque([entry])
        parents.setdefault(entry, "")
        while waiting:
            name = waiting.popleft()
            for to in playbook.steps[name].ways:
                if to in playbook.steps and to not in parents:
                    parents[to] = name
                    waiting.append(to)
    return parents


def _branch(playbook: Playbook, root: str, parents: dict[str, str], shown: set[str]) -> Iterator[str]:
    """Yield a step and what stands under it, without recursion: a script may be of any depth."""
    waiting = [(root, 0)]
    while waiting:
        name, depth = waiting.pop()
        if name in shown:
            yield from _indented([f"-> {name} (above)"], depth)
            continue
        shown.add(name)
        step = playbook.steps[name]

        def mention(to: str, here: str = name) -> str:
            if to not in playbook.steps:
                return f"{to} (no such step)"
            return to if parents[to] == here else f"{to} ({'above' if to in shown else 'below'})"

        detours = [f"if {d.when}: -> {mention(d.to)}" for d in step.instead]
        onward = [*(reply.to for reply in step.replies), *([step.to] if step.to else [])]
        width = max(_NARROWEST, _WIDTH - depth * len(_INDENT))
        body = [*step_lines(name, step, map(mention, onward), width=width)]
        yield from _indented([*body[:1], *detours, *body[1:]], depth)
        under = [to for to in dict.fromkeys(step.ways) if parents.get(to) == name and to not in shown]
        waiting += [(to, depth + 1) for to in reversed(under)]


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{_INDENT * depth}{line}"


def _wrap(label: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(f"{label}{text}", width, subsequent_indent=" " * len(label), break_on_hyphens=False)
