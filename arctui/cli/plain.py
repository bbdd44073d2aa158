"""Output for a screen reader: a line a fact, each with its name; no columns, no bars, no sign that has to be seen."""

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

#: Commands that show tables; what all others print are sentences.
BY_NAME = frozenset(
    "today account review calendar stats expected credit timeline match doubles spread policy".split()
)
#: What only programs need.
_LEFT_OUT = frozenset({"id", "hash", "key"})
#: By what an entry is known, where it has one of these: it stands in the entry's first line.
_TITLES = ("account", "name", "month", "date", "number", "figure", "currency")
_SPAN, _ABOVE, _COLUMNS = re.compile(r"^(\d+)-(\d+)$"), re.compile(r"^(\d+)\+$"), re.compile(r" {2,}")


def is_wanted(options: argparse.Namespace) -> bool:
    """Is output for a screen reader asked for, by the option or by the settings? Raises SettingsFileError."""
    if getattr(options, "plain", None) is not None:
        return bool(options.plain)
    from arctui.settings.files import load, own_file

    return load(own_file()).settings.switch("output.plain")


def sentences(lines: Iterable[str]) -> Iterator[str]:
    """Return lines that are sentences without their indents and columns, and no empty ones."""
    return (_COLUMNS.sub(", ", line.strip()) for line in lines if line.strip())


def facts(document: Any, name: str = "") -> Iterator[str]:
    """Return a document as lines, "name: value" each; the entries of a list are counted."""
    if isinstance(document, Mapping):
        for key, value in document.items():
            if key not in _LEFT_OUT:
                yield from facts(value, " ".join(filter(None, [name, _words(str(key))])))
    elif isinstance(document, list | tuple):
        yield from _listed(document, name or "entries")
    elif document is not None and document != "":
        yield f"{name}: {_value(document)}" if name else _value(document)


def _listed(entries: list[Any] | tuple[Any, ...], name: str) -> Iterator[str]:
    """Return the entries of a list: values in one line, records each with a head that counts it."""
    if not all(isinstance(entry, Mapping) for entry in entries):
        yield f"{name}: {', '.join(map(_value, entries))}"
    elif not entries:
        yield f"{name}: none"
    else:
        for number, entry in enumerate(entries, 1):
            title = next((key for key in _TITLES if isinstance(entry.get(key), str) and entry[key]), "")
            yield f"{name} {number} of {len(entries)}{f': {entry[title]}' if title else ''}"
            # What it is not, and has not, would be most of what is read out.
            yield from facts(
                {key: value for key, value in entry.items() if key != title and value not in (False, [])}
            )


def _words(key: str) -> str:
    """Return a name as it is read out: days_past_due, 1-30, 90+."""
    key = _ABOVE.sub(r"over \1", _SPAN.sub(r"\1 to \2", key))
    return key.replace("_", " ").strip()


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(facts(value)) if isinstance(value, Mapping | list | tuple) else str(value)
