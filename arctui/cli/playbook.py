"""The commands about the call script: prove it, print it, rehearse it. None of them touches the book."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec

from arctui import fence
from arctui.cli import rehearsal
from arctui.cli.commands import show
from arctui.cli.opening import Opening, complain
from arctui.core.policy import Policy
from arctui.core.text import plural
from arctui.desk.clock import Clock
from arctui.desk.playbooks import own_file, read_script
from arctui.playbook.load import Problem, Script
from arctui.playbook.show import tree
from arctui.store import Book, BookMissingError


def run(options: argparse.Namespace, opening: Opening) -> int:
    """Run `playbook check`, `show` or `try` on the file that is named, else on the playbook in force for the book."""
    path = fence.named(options.file) if options.file else own_file(opening.path, policy_of(opening))
    script, problems = read_script(path)
    for problem in problems:
        complain(str(problem))
    match options.act:
        case "check":
            _check(options, path, script, problems)
        case "show" if script:
            show(options, msgspec.to_builtins(script.playbook), tree(script.playbook))
        case "try" if script and not problems:
            rehearsal.rehearse(script.playbook, opening.day, options.account)
    return int(bool(problems))


def policy_of(opening: Opening) -> Policy:
    """Return the book's policy, the usual one where there is no book; the book is only read."""
    clock = Clock(opening.day)
    try:
        return Book(opening.path).facts.policy(clock.moment().today)
    except BookMissingError:
        return Policy()


def _check(
    options: argparse.Namespace, path: Path | None, script: Script | None, problems: Sequence[Problem]
) -> None:
    steps = script.playbook.steps if script else {}
    excuses = script.playbook.excuses if script else {}
    ways = sum(len(step.ways) for step in steps.values())
    document = {
        "ok": not problems,
        "file": str(path or ""),
        "problems": problems,
        "steps": len(steps),
        "excuses": len(excuses),
        "ways": ways,
    }
    counts = f"{plural(len(steps), 'step')}, {plural(len(excuses), 'excuse')}, {plural(ways, 'way')}"
    named = path or "the standard playbook"
    show(options, document, [] if problems else [f"{named}: it holds together: {counts}"])
