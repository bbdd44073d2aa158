"""`arctui config`: the settings of this workstation, shown, checked and set."""

import argparse
from pathlib import Path
from typing import Any

from arctui.cli.opening import UsageError
from arctui.settings.files import HOST_FILE, Found, change, load, make, own_file
from arctui.settings.model import SETTINGS, Setting, SettingError
from arctui.settings.reading import Problem


def config(options: argparse.Namespace) -> int:
    """Show the settings that hold, or check, make or change the user's file. Raises SettingsFileError."""
    own = own_file()
    words: list[str] = options.words
    match words:
        case []:
            return _show(options, load(own))
        case ["check"]:
            return _check(options, load(own), [path for path in (HOST_FILE, own) if path.exists()])
        case ["check", file]:
            path = Path(file).expanduser()
            if not path.exists():
                raise SettingError(f"there is no file {path}")
            return _check(options, load(path, None), [path])
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
    raise UsageError("arctui config [check [FILE] | set NAME [VALUE] | init | path]")


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
    problems: list[tuple[Path, Problem]] = list(found.problems)
    document = {
        "ok": not problems,
        "files": [str(path) for path in paths],
        "problems": [{"file": str(path), "line": p.line, "what": p.what} for path, p in problems],
    }
    show(options, document, found.told() or right)
    return int(bool(problems))


def _told(options: argparse.Namespace, line: str, **document: object) -> int:
    from arctui.cli.commands import show

    show(options, document, [line])
    return 0
