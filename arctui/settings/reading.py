"""Reading a settings file: what it says, and each mistake in it with its line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from arctui.settings.errors import SettingError
from arctui.settings.model import BY_PATH, KEYS, SECTIONS, Settings, Value, meant

#: Nobody writes more; a file that is larger is none.
MOST_BYTES = 200_000

_LINE_OF_ERROR = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_HEADER = re.compile(r"\s*\[\s*\"?([\w-]+)\"?\s*\]")
_NAME = re.compile(r"\s*\"?([\w-]+)\"?\s*(?:\.\s*\"?([\w-]+)\"?\s*)?=")


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a settings file: its line, counted from 1, and what is wrong and may stand there."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


def read_text(text: str, *, of_host: bool) -> tuple[Settings, list[Problem]]:
    """Read a settings file; what is wrong in it is left out, and named. `of_host`: it is the host's own."""
    import tomllib

    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return Settings(), [_no_toml(text, error)]
    places = dict(_places(text))
    values: dict[str, Value] = {}
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for section, name, value in _entries(document):
        line = places.get((section, name), places.get((section, ""), 1))
        try:
            if section == KEYS and name:
                keys[name] = _keys(name, value)
            else:
                path = _known(section, name)
                values[path] = BY_PATH[path].check(value)
                if BY_PATH[path].of_host and not of_host:
                    del values[path]
                    raise SettingError(f"{path} counts only in the host's settings file")
        except SettingError as error:
            problems.append(Problem(line, str(error)))
    return Settings(values, keys), sorted(problems)


def lines_of_keys(text: str) -> Mapping[str, int]:
    """Return by action the line on which its keys stand."""
    return {name: line for (section, name), line in _places(text) if section == KEYS}


def _entries(document: Mapping[str, object]) -> Iterator[tuple[str, str, object]]:
    for section, content in document.items():
        if not isinstance(content, dict) or section not in SECTIONS:
            yield section, "", content
        else:
            for name, value in content.items():
                yield section, name, value


def _known(section: str, name: str) -> str:
    if section not in SECTIONS:
        raise SettingError(f"there is no section [{section}]{meant(section, SECTIONS)}")
    if not name:
        raise SettingError(f"{section} is a section: write [{section}] on a line of its own, the settings below it")
    path = f"{section}.{name}"
    if path not in BY_PATH:
        names = tuple(s.name for s in BY_PATH.values() if s.section == section)
        raise SettingError(f"there is no setting '{name}' in [{section}]{meant(name, names)}")
    return path


def _keys(name: str, value: object) -> tuple[str, ...]:
    found: Iterable[object] = value if isinstance(value, list) else [value]
    keys = tuple(key for key in found if isinstance(key, str) and key)
    if not keys or len(keys) != len(list(found)):
        raise SettingError(f'{KEYS}.{name} is a key, or a list of keys: "x", ["x", "f6"]')
    return keys


def _places(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Return the line of each section and of each setting, of one that stands twice the first."""
    section = ""
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = header.group(1)
            place = (section, "")
        elif name := _NAME.match(line):
            first, second = name.groups()
            place = (first, second) if second and not section else (section or first, first if section else "")
        else:
            continue
        if place not in seen:
            seen.add(place)
            yield place, number


def _no_toml(text: str, error: Exception) -> Problem:
    found = _LINE_OF_ERROR.search(str(error))
    lines = text.count("\n") + 1
    line = int(found.group(1)) if found and found.group(1) else lines
    words = _LINE_OF_ERROR.sub("", str(error)).strip() or "not readable"
    return Problem(min(line, lines), f"this is no TOML: {words[:1].lower()}{words[1:]}. Texts stand in quotes")
