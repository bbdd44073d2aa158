"""The commands about letter templates: `letter check`, `templates` and `show`; the book is only read."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from arctui import fence
from arctui.cli.commands import show
from arctui.cli.opening import Opening, UsageError, complain
from arctui.cli.playbook import policy_of
from arctui.core.letter_records import LetterKind
from arctui.core.text import fold, plural
from arctui.desk.errors import DeskError
from arctui.store import rights

#: The words behind `letter` that are about templates, not about an account.
COMMANDS = ("check", "templates", "show")


def run(words: Sequence[str], options: argparse.Namespace, opening: Opening) -> int:
    """Run `letter check [FOLDER]`, `letter templates --write FOLDER` or `letter show KIND`. Raises DeskError."""
    act, rest = words[0], [word for word in words[1:] if word != "--write"]
    of_letters = ("due", "kind", "why", "to", "currency", "preview", "text", "eml", "out", "sent", "on", "tracking")
    idle = [name for name in of_letters if getattr(options, name)]
    if options.write and act != "templates":
        idle.append("write")
    if idle:
        raise UsageError(f"letter {act} knows no --{idle[0]}: leave it out")
    match act:
        case "check":
            if len(rest) > 1:
                raise UsageError("letter check takes one folder: arctui letter check FOLDER")
            return _check(options, fence.named(rest[0]) if rest else _own(opening))
        case "templates":
            folder = getattr(options, "write", None) or (rest[0] if len(rest) == 1 else "")
            if not folder:
                raise UsageError("say where to write them: arctui letter templates --write FOLDER")
            return _write(options, fence.named(folder))
    return _show(options, kind_of(" ".join(rest)), _own(opening))


def _own(opening: Opening) -> Path | None:
    """Return the folder of the firm's own templates, None if there is none."""
    own = policy_of(opening).letter_templates
    folder = opening.path.parent / fence.typed(own) if own else None
    return folder if folder and folder.exists() else None


def _check(options: argparse.Namespace, folder: Path | None) -> int:
    from arctui.letters.template import file_name
    from arctui.letters.template_check import check

    problems = check(folder)
    for problem in problems:
        complain(str(problem))
    own = [file_name(kind) for kind in LetterKind if folder and (folder / file_name(kind)).exists()]
    document = {"ok": not problems, "folder": str(folder or ""), "own": own, "problems": problems}
    which = folder or "the standard templates"
    counts = f"{plural(len(LetterKind), 'letter')}, {len(own)} of them from own templates"
    show(options, document, [] if problems else [f"{which}: they hold together: {counts}"])
    return int(bool(problems))


def _write(options: argparse.Namespace, folder: Path) -> int:
    """Write our templates into a folder as a start; what is there already stays."""
    from arctui.letters.template import file_name, standard

    written, kept = [], []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for kind in LetterKind:
            path = folder / file_name(kind)
            try:
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    path.chmod(rights.rights(folder))
                    file.write(standard(kind).text)
                written.append(path)
            except FileExistsError:
                kept.append(path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise DeskError(f"{folder}: the templates cannot be written there: {why}") from None
    lines = [f"{path}: written" for path in written] + [f"{path}: is there already, it stays" for path in kept]
    show(options, {"files": list(map(str, written)), "kept": list(map(str, kept))}, lines)
    return 0


def _show(options: argparse.Namespace, kind: LetterKind, folder: Path | None) -> int:
    """Print the template in force for a kind."""
    from arctui.letters.template import TemplateError, templates

    try:
        template = templates(folder)[kind]
    except TemplateError as error:
        raise DeskError(str(error)) from None
    document = {"kind": kind, "file": template.source, "digest": template.digest, "text": template.text}
    show(options, document, template.text.rstrip("\n").split("\n"))
    return 0


def kind_of(text: str) -> LetterKind:
    """Read the name of a kind or the beginning of one, with blanks or hyphens. Raises UsageError."""
    asked = fold(text).replace("-", " ").replace(".txt", "").strip()
    found = [k for k in LetterKind if k.replace("-", " ") == asked] or [
        k for k in LetterKind if asked and k.replace("-", " ").startswith(asked)
    ]
    if len(found) != 1:
        raise UsageError(f"which letter? They are {', '.join(LetterKind)}")
    return found[0]
