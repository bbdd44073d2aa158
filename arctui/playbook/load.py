"""The firm's own playbook over the standard one: texts in, a script out, or what is wrong with it and in which line.

Pure. An own file extends the standard one: its names and commonest excuses come instead, groups and steps beside, and
a step that the standard has too is changed only in the fields that are given; "" and [] take a field away. With
`whole = true` it stands alone.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import msgspec

from arctui.core.records import DisputeKind, Flag
from arctui.core.text import clean
from arctui.playbook.check import Finding, findings, reached
from arctui.playbook.model import READING, LineKind, Playbook, PlaybookError, Step, When, standard_text
from arctui.playbook.places import Path, line_of

#: What a file may say above its steps, besides the fields of a playbook.
_WHOLE = "whole"
_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_MISSING = re.compile(r"missing required field `(.*?)`")
_EXPECTED = re.compile(r"Expected `(.*?)`, got `(.*?)`")
_NO_SUCH = re.compile(r"Invalid enum value '(.*)'", re.DOTALL)
_AT = re.compile(r" - at `\$(.*)`$")
_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
_KINDS = {
    "str": "a text",
    "array": "a list",
    "object": "a table",
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "date": "a date",
    "datetime": "a date",
    "time": "an hour",
}
_MAY_BE_NONE = frozenset(field.name for field in msgspec.structs.fields(Step) if field.default is None)
_CHOICES: dict[str | int, type[StrEnum]] = {"line": LineKind, "when": When, "stop": Flag, "dispute": DisputeKind}


class Source(msgspec.Struct, frozen=True):
    """A file of the script: what it is called, and its text."""

    name: str
    text: str


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a file of the script. `line` is 0 where none is to blame, `step` "" where no step is."""

    file: str
    line: int
    step: str
    why: str

    def __str__(self) -> str:
        """Say it as "FILE:LINE: step NAME: why"."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return clean(f"{place}: step {self.step}: {self.why}" if self.step else f"{place}: {self.why}")


class UnreadableError(PlaybookError):
    """A file has not the form of a playbook; `problems` are all the reasons."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


class Script(msgspec.Struct, frozen=True):
    """A playbook with the files that it comes from, the firm's own first, and the steps that each of them gives."""

    playbook: Playbook
    sources: tuple[tuple[Source, frozenset[str]], ...]

    def problems(self) -> tuple[Problem, ...]:
        """Prove the playbook; return what is wrong, each with its file and line."""
        return tuple(self._placed(finding) for finding in findings(self.playbook))

    def _placed(self, finding: Finding) -> Problem:
        """Blame the firm's own file where it gives one of the steps concerned, else the first file that does."""
        for source, steps in self.sources:
            for name, key in ((finding.step, finding.key), *((str(path[0]), path[1:]) for path in finding.others)):
                path: Path = ("steps", name, *key) if name else key
                if (name in steps) if name else line_of(source.text, path[:1]):
                    return Problem(source.name, line_of(source.text, path), finding.step, finding.why)
        return Problem(self.sources[0][0].name, 0, finding.step, finding.why)


def standard_source() -> Source:
    """Return the file of the standard playbook."""
    return Source("standard.toml", standard_text())


def load(own: Source | None, base: Source | None = None) -> Script:
    """Read the firm's own file over another (the standard one), or that alone. Raises UnreadableError.

    A step of the other file to which nothing leads any more is left out: the firm went another way.
    """
    if own is None:
        return _script([base or standard_source()])
    document = _document(own)
    if document.get(_WHOLE):
        return _script([own])
    return _script([own, base or standard_source()])


def _script(sources: list[Source]) -> Script:
    documents = [_document(source) for source in sources]
    merged = _over(documents[-1], documents[0]) if len(documents) > 1 else _over({}, documents[0])
    merged.pop(_WHOLE, None)
    lacking = [f.name for f in msgspec.structs.fields(Playbook) if f.required and f.name not in merged]
    if lacking:
        raise UnreadableError(tuple(Problem(sources[0].name, 1, "", f"{name} is missing") for name in lacking))
    with READING:
        playbook = msgspec.convert(merged, Playbook)
    given = [frozenset(document.get("steps", {})) for document in documents]
    if len(sources) > 1:
        kept = reached(playbook) | {name for name in given[0] if not _taken_off(name, *documents)}
        steps = {name: step for name, step in playbook.steps.items() if name in kept}
        playbook = msgspec.structs.replace(playbook, steps=steps)
    return Script(playbook, tuple(zip(sources, given, strict=True)))


def _taken_off(name: str, own: dict[str, Any], base: dict[str, Any]) -> bool:
    """Does the firm take a standard excuse off the list?"""
    return name in base["steps"] and own["steps"][name].get("excuse") == ""


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay one file over another."""
    steps = dict(below.get("steps", {}))
    for name, step in above.get("steps", {}).items():
        laid = {**steps.get(name, {}), **step}
        steps[name] = {key: value for key, value in laid.items() if not _is_taken_away(key, value)}
    merged = {**below, **above}
    for key, table in (("steps", steps), ("groups", {**below.get("groups", {}), **above.get("groups", {})})):
        if key in merged:
            merged[key] = table
    return merged


def _is_taken_away(key: str, value: Any) -> bool:
    """Is a field of a step, which may be left out, given as an empty text?"""
    return value == "" and key in _MAY_BE_NONE


def _document(source: Source) -> dict[str, Any]:
    """Read a file as far as its form goes. Raises UnreadableError."""
    import tomllib  # not before a call begins

    try:
        document: dict[str, Any] = _cleaned(tomllib.loads(source.text))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError((_no_toml(source, str(error)),)) from None
    except RecursionError:
        raise UnreadableError((Problem(source.name, 0, "", "this is no TOML: too many brackets"),)) from None
    wrong = tuple(
        Problem(
            source.name, line_of(source.text, path) or 1, str(path[1]) if path[0] == "steps" and path[1:] else "", why
        )
        for path, why in _misfits(document)
    )
    if wrong:
        raise UnreadableError(wrong)
    return document


def _no_toml(source: Source, words: str) -> Problem:
    at = _AT_LINE.search(words)
    line = int(at[1] or source.text.count("\n") + 1) if at else 0
    why = _AT_LINE.sub("", words)
    return Problem(source.name, line, "", f"this is no TOML: {why[:1].lower()}{why[1:]}")


def _cleaned(value: Any) -> Any:
    """Drop from every text what is no text for a screen; several lines become one."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return {key: _cleaned(item) for key, item in value.items()} if isinstance(value, dict) else value


def _misfits(document: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Find every value that is not of its form: where, and why."""
    top = {key: value for key, value in document.items() if key not in ("steps", _WHOLE)}
    yield from _fields((), top, Playbook)
    if not isinstance(document.get(_WHOLE, False), bool):
        yield (_WHOLE,), f"{_WHOLE} must be true or false"
    steps = document.get("steps", {})
    if not isinstance(steps, dict):
        yield ("steps",), "steps must be tables: [steps.NAME]"
        return
    for name, step in steps.items():
        if not name or clean(name) != name:
            yield ("steps", name), "its name is no name"
        elif not isinstance(step, dict):
            yield ("steps", name), "it must be a table: [steps.NAME]"
        else:
            yield from _fields(("steps", name), step, Step)


def _fields(path: Path, table: dict[str, Any], kind: type[msgspec.Struct]) -> Iterator[tuple[Path, str]]:
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in table.items():
        if kind is Step and _is_taken_away(key, value):
            continue
        if key not in types:
            yield (*path, key), f"there is no field '{clean(key)}'"
            continue
        try:
            msgspec.convert(value, types[key])
        except msgspec.ValidationError as error:
            inside = _AT.search(str(error))
            parts = _PART.findall(inside[1]) if inside else []
            place = (key, *(name or int(number) for name, number in parts))
            yield (*path, *place), _plainly(str(error), place)


def _plainly(words: str, place: Path) -> str:
    """Say in plain words what msgspec found at a place inside of a table."""
    named = next(str(part) for part in reversed(place) if isinstance(part, str))
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_UNKNOWN, lambda found: f"there is no field '{clean(found[1])}' in {named}"),
        (_MISSING, lambda found: f"{found[1]} is missing in {named}"),
        (_NO_SUCH, lambda found: f"{named} is '{found[1]}', but may be {', '.join(_CHOICES[named])}"),
        (_EXPECTED, lambda found: f"{named} must be {_kind(found[1])}, not {_kind(found[2])}"),
    )
    for pattern, say in rules:
        if found := pattern.search(words):
            return say(found)
    return f"{named}: {_AT.sub('', words)}"


def _kind(name: str) -> str:
    """Name a type as TOML's users do; `null` is what TOML has no value for."""
    kinds = [_KINDS.get(part.strip(), part.strip()) for part in name.split("|") if part.strip() != "null"]
    return " or ".join(kinds)
