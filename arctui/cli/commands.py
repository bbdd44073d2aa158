"""The commands: each takes its options and the desk, prints, and returns its exit status."""

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from typing import Any

import msgspec

from arctui import fence
from arctui.cli import documents, tables
from arctui.cli.opening import warn
from arctui.core.capture.sentences import sentences
from arctui.core.policy import SETTINGS, PolicyError, show_setting
from arctui.core.records import Flag
from arctui.core.text import harmless, plural
from arctui.desk import Desk, DeskError
from arctui.desk.clock import Clock, ClockError, login


def show(options: argparse.Namespace, document: Any, lines: Iterable[str]) -> None:
    """Print a document or lines, as the options say."""
    if options.json:
        print(harmless(msgspec.json.format(msgspec.json.encode(document), indent=1).decode()))
        return
    from arctui.cli import plain

    if plain.is_wanted(options):
        found = _built_in(document)
        lines = plain.facts(found) if options.command in plain.BY_NAME else plain.sentences(lines)
    for line in lines:
        print(harmless(line))


def _built_in(document: Any) -> Any:
    """Return a document in the types that JSON has."""
    return msgspec.json.decode(msgspec.json.encode(document))


def day_of(text: str | None, option: str) -> date | None:
    """Read the day that an option says, None where it says none. Raises ClockError."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise ClockError(f"{option}: '{text}' is no day: write YYYY-MM-DD") from None


def demo(options: argparse.Namespace, _: Desk) -> int:
    """Make a demo book."""
    from arctui.cli.main import working_day
    from arctui.desk.demo import make_demo_book

    path = fence.named(options.make)
    make_demo_book(path, Clock(working_day(options)), login())
    print(harmless(f"{path}: a demo book; open it with: arctui --book {path}"))
    return 0


def today(options: argparse.Namespace, desk: Desk) -> int:
    """Show the worklist."""
    rows = desk.worklist()
    # On a large book laying out what is not shown takes as long as finding it.
    show(options, documents.worklist(rows), [] if options.json else tables.worklist(rows, desk))
    return 0


def account(options: argparse.Namespace, desk: Desk) -> int:
    """Show an account."""
    found = desk.find(options.who)
    dossier, standing = desk.dossier(found.id), desk.standing(found.id)
    show(options, documents.account(desk, dossier, standing), tables.account(desk, dossier, standing))
    return 0


def log(options: argparse.Namespace, desk: Desk) -> int:
    """Record a contact."""
    found = desk.find(options.who)
    situation = desk.situation(found.id)
    result = desk.log(found.id, " ".join(options.line))
    in_books = [f.words for f in desk.claims.search(found.id, result.reading.paid)]
    warn(result.reading.warnings)
    following = [f"next: {result.next.day}: {result.next.why}"] if result.next else []
    read = [*sentences(result.reading, situation), *in_books]
    lines = [f"{found.name}: {result.reading.outcome}", *read, *following]
    show(options, {**documents.logged(result), "in_books": in_books}, lines)
    return 0


def confirm(options: argparse.Namespace, desk: Desk) -> int:
    """Print the confirmation of what was agreed, or write it to a file."""
    from arctui.desk.confirming import written

    found = desk.find(options.who)
    text = desk.confirming.text(found.id)
    document = {"account": found.name, "subject": text.subject, "text": text.text}
    lines = [text.whole.rstrip("\n")]
    if options.write:
        file = desk.confirming.write(found.id, text)
        if not desk.confirming.is_noted(found.id, file.path):
            desk.note(found.id, written(text, file.path))
        document["file"] = str(file.path)
        lines = [str(file.path)]
    show(options, document, lines)
    return 0


def history(options: argparse.Namespace, desk: Desk) -> int:
    """Show what was done, on one account or on all."""
    from arctui.cli import history as shown
    from arctui.desk.history import Histories

    found = desk.find(options.who) if options.who is not None else None
    histories = Histories(desk.book.history, desk.book.facts, desk.policy.home_currency)
    acts = histories.of_account(found.id) if found else histories.everything
    last = acts[-(options.last or (len(acts) if found else shown.LAST)) :]
    earlier = len(acts) - len(last)
    if earlier and options.json:
        warn([f"{plural(earlier, 'earlier act')} not shown: --last {len(acts)} shows all"])
    show(options, shown.document(last), shown.lines(histories, last, found.name if found else "", earlier))
    return 0


def undo(options: argparse.Namespace, desk: Desk) -> int:
    """Undo the last act."""
    undone = desk.undo()
    lines = [f"undone: {undone.act}", *filter(None, [desk.letters.files.set_aside()])]
    show(options, {"undone": undone.act, "number": undone.undoes}, lines)
    return 0


def policy(options: argparse.Namespace, desk: Desk) -> int:
    """Show the settings, or set one."""
    named = options.setting is not None
    if named and options.value is not None:
        desk.set_policy(options.setting, options.value, day_of(options.since, "--from"))
        if options.setting in ("interest_percent", "late_fee"):
            from arctui.desk.letter_notes import not_asked

            warn(
                note
                for note in not_asked(desk.policy)
                if f"policy {options.setting.partition('_percent')[0]}_agreed" in note
            )
    names = [options.setting] if named else SETTINGS
    if named and options.setting not in SETTINGS:
        raise PolicyError(f"there is no setting '{options.setting}'; the settings are {', '.join(SETTINGS)}")
    values = {name: show_setting(getattr(desk.policy, name)) for name in names}
    if named and options.value is not None and options.since:
        policy_then = desk.book.facts.policy(date.fromisoformat(options.since))
        values = {options.setting: f"{show_setting(getattr(policy_then, options.setting))} from {options.since} on"}
    show(options, values, tables.table(list(values.items())))
    return 0


def stop(options: argparse.Namespace, desk: Desk) -> int:
    """Stop calling an account."""
    if not options.reason.strip():
        raise DeskError(f"why? one of: {', '.join(Flag)}; 'arctui resume WHO' allows calls again")
    act = desk.stop(desk.find(options.who).id, options.reason)
    show(options, {"done": act}, [act])
    return 0


def resume(options: argparse.Namespace, desk: Desk) -> int:
    """Allow calls again."""
    act = desk.stop(desk.find(options.who).id, "")
    show(options, {"done": act}, [act])
    return 0


def correct(options: argparse.Namespace, desk: Desk) -> int:
    """Correct what is known of an account."""
    found = desk.find(options.who)
    line = " ".join(options.line)
    reading = desk.corrections.read(found.id, line)
    desk.corrections.save(found.id, line)
    warn(reading.warnings)
    lines = [f"{found.name}: {sentence}" for sentence in reading.sentences]
    show(options, {"account": found.name, "changed": list(reading.sentences)}, lines)
    return 0


def done(options: argparse.Namespace, desk: Desk) -> int:
    """Tick off a task or a dispute."""
    found = desk.find(options.who)
    act = desk.matters.settle(found.id, desk.matters.find(found.id, " ".join(options.words)).id)
    show(options, {"done": act}, [act])
    return 0


def backup(options: argparse.Namespace, desk: Desk) -> int:
    """Write a copy of the book, or list its backups."""
    from arctui.cli import safekeeping

    return safekeeping.backup(options, desk)


def layouts(options: argparse.Namespace, desk: Desk) -> int:
    """List the firm's own layouts, or drop one."""
    from arctui.cli.layouts import layouts as run

    return run(options, desk)


def _of(module: str) -> Callable[[argparse.Namespace, Desk], int]:
    """Return a command that has a module of its own, which is loaded when it is called."""

    def run(options: argparse.Namespace, desk: Desk) -> int:
        return int(import_module(f"arctui.cli.{module}").run(options, desk))

    return run


COMMANDS: dict[str, Callable[[argparse.Namespace, Any], int]] = {
    "demo": demo,
    "import": _of("importing"),
    "layouts": layouts,
    "export": _of("exporting"),
    "today": today,
    "account": account,
    "log": log,
    "confirm": confirm,
    "review": _of("reviewing"),
    "calendar": _of("calendar"),
    "spread": _of("spreading"),
    "timeline": _of("timeline"),
    "expected": _of("expected"),
    "stats": _of("stats"),
    "credit": _of("credit"),
    "history": history,
    "undo": undo,
    "backup": backup,
    "policy": policy,
    "stop": stop,
    "done": done,
    "correct": correct,
    "resume": resume,
    "match": _of("matching"),
    "claim-file": _of("claim_file"),
    "letter": _of("letter"),
    **dict.fromkeys(("attach", "attachments", "attachment"), _of("attach")),
    **dict.fromkeys(("doubles", "merge", "split", "apart", "rate"), _of("identity")),
}
