"""`arctui config`: the settings of this workstation, shown, checked and set."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arctui import fence, settings
from arctui.actions.keys import ActionTable
from arctui.cli.opening import UsageError
from arctui.settings.errors import SettingError
from arctui.settings.files import Found, change, change_keys, load, make, own_file
from arctui.settings.model import KEYS, SETTINGS, Setting, Settings
from arctui.settings.reading import Problem, lines_of_keys


def config(options: argparse.Namespace) -> int:
    """Show the settings that hold, or check, make or change the user's file.

    Raises SettingsFileError, SettingError for what cannot be set, UsageError, FenceError.
    """
    own = own_file()
    words: list[str] = options.words
    if words[:1] == ["set"] and "".join(words[1:2]).startswith(f"{KEYS}."):
        return _set_keys(options, own)
    match words:
        case []:
            return _show(options, load(own))
        case ["check"]:
            return _check(options, load(own), [path for path in (settings.HOST_FILE, own) if path.exists()])
        case ["check", file]:
            path = fence.named(file)
            if not path.exists():
                raise SettingError(f"there is no file {path}")
            return _check(options, load(path, None), [path])
        case ["keys"]:
            return _keys(options, load(own).settings)
        case ["init"]:
            make(own)
            return _told(options, f"{own}: every setting stands there as a comment", file=str(own))
        case ["path"]:
            return _told(options, str(own), file=str(own))
        case ["set", name, value]:
            set_to = change(own, name, value)
            return _told(options, f"{name} = {value}, in {own}", setting=name, value=set_to, file=str(own))
        case ["set", name]:
            change(own, name, None)
            return _told(options, f"{name} is no longer set in {own}", setting=name, value=None, file=str(own))
    raise UsageError("arctui config [check [FILE] | set NAME [VALUE] | keys | init | path]")


def _set_keys(options: argparse.Namespace, own: Path) -> int:
    """Set the keys of an action: `set keys.promise "P, f6"`; without keys take its own back."""
    _, name, *values = options.words
    action, keys = name.partition(".")[2], tuple(key for value in values for key in _split(value))
    change_keys(own, action, keys, lambda all_of_it: [ActionTable(all_of_it.keys).problems.get(action, "")])
    line = f"{action}: {', '.join(keys)}, in {own}" if keys else f"{action} has its usual keys again"
    return _told(options, line, action=action, keys=list(keys), file=str(own))


def _split(value: str) -> list[str]:
    """Split keys at commas; a comma alone is the key."""
    return [value] if value == "," else [key for part in value.split(",") if (key := part.strip())]


def _keys(options: argparse.Namespace, settings: Settings) -> int:
    from arctui.cli.commands import show

    actions = ActionTable(settings.keys).actions
    lines = [f"{a.id:<16} {a.key_labels():<12} {a.help}" for a in actions]
    show(options, {"actions": [{"action": a.id, "keys": list(a.keys), "help": a.help} for a in actions]}, lines)
    return 0


def _show(options: argparse.Namespace, found: Found) -> int:
    from arctui.cli.commands import show

    lines: list[str] = []
    for setting in SETTINGS:
        value = found.settings.get(setting.path)
        lines += [f"{setting.path} = {setting.show(value) or '(none)'}  ({found.origin(setting.path)})"]
        lines += [f"    {setting.help}; {setting.allowed}"]
    for action, keys in found.settings.keys.items():
        lines.append(f"keys.{action} = {', '.join(keys)}")
    document: dict[str, Any] = {
        "own": str(found.own),
        "host": str(found.host) if found.host else None,
        "settings": {setting.path: _entry(setting, found) for setting in SETTINGS},
        "keys": {action: list(keys) for action, keys in found.settings.keys.items()},
        "problems": found.told(),
    }
    show(options, document, [f"your settings: {found.own}", *lines])
    return 0


def _entry(setting: Setting, found: Found) -> dict[str, Any]:
    value, origin = found.settings.get(setting.path), found.origin(setting.path)
    return {"value": value, "from": origin, "help": setting.help, "allowed": setting.allowed}


def _check(options: argparse.Namespace, found: Found, paths: list[Path]) -> int:
    from arctui.cli.commands import show

    right = [f"{path}: all right" for path in paths] or [
        f"there is no settings file yet: 'arctui config init' makes {found.own}"
    ]
    problems = sorted([*found.problems, *_key_problems(found, paths)])
    document = {
        "ok": not problems,
        "files": [str(path) for path in paths],
        "problems": [{"file": str(path), "line": p.line, "what": p.what} for path, p in problems],
    }
    show(options, document, [f"{path}: {problem}" for path, problem in problems] or right)
    return int(bool(problems))


def _key_problems(found: Found, paths: list[Path]) -> Iterator[tuple[Path, Problem]]:
    wrong = ActionTable(found.settings.keys).problems
    for path in paths:
        lines = lines_of_keys(path.read_text(errors="replace")) if wrong else {}
        yield from (
            (path, Problem(lines[name], f"{KEYS}.{name}: {what}")) for name, what in wrong.items() if name in lines
        )


def _told(options: argparse.Namespace, line: str, **document: object) -> int:
    from arctui.cli.commands import show

    show(options, document, [line])
    return 0
