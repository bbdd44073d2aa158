"""The texts that lie beside the claim file's PDF: the chronology, the checklist, and the manifest of all files."""

import hashlib
import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from arctui.core.claim_facts import ClaimFacts
from arctui.core.text import cell_width
from arctui.core.words import short_day
from arctui.letters.breaking import broken
from arctui.letters.claim_sections import event_head, title

_WIDTH = 78
#: What lay there before, where nothing did.
NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})
#: How the first line of a manifest begins, with the id of the account; the sums have the form that sha256sum checks.
_MANIFEST = "# claim file of account "
_LISTED = re.compile(r"([0-9a-f]{64})  (\S[^\n]*)")


def chronology_text(facts: ClaimFacts) -> str:
    """Return all that happened, the oldest first."""
    lines = _head(facts, "chronology")
    for event in facts.chronology:
        lines += _wrapped(event_head(event), "", "    ")
        for line in event.lines:
            lines += _wrapped(line, "    ", "    ")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def checklist_text(facts: ClaimFacts) -> str:
    """Return what is missing for a complete file, and what to know before it is used."""
    lines = _head(facts, "what is missing for a complete file")
    for missing in facts.missing:
        lines += _wrapped(str(missing), "[ ] ", "    ")
    if not facts.missing:
        lines.append("nothing")
    lines.append("")
    for remark in (*facts.warnings, *facts.notice):
        lines += _wrapped(remark, "- ", "  ")
    return "\n".join(lines) + "\n"


def manifest(
    account: str, facts: ClaimFacts, digests: Mapping[str, str], before: Mapping[str, Collection[str]] = NOTHING
) -> str:
    """Return the list of files with their SHA-256, as `sha256sum -c` reads it. `account`: the id of the account.

    While the files are replaced, those that lay there `before` are listed, too: a file may then be in two lines.
    """
    lines = [
        f"{_MANIFEST}{account}",
        f"# {title(facts)}, as of {facts.day}",
        f"# the record: {facts.act} acts, {facts.head}",
        *(f"{digest}  {name}" for name, digest in digests.items()),
        *(f"{old}  {name}" for name, olds in before.items() for old in sorted(olds) if old != digests.get(name)),
    ]
    return "\n".join(lines) + "\n"


def manifest_of(text: str) -> tuple[str, dict[str, set[str]]] | None:
    """Read a manifest: the id of its account, and what each file's SHA-256 may be; None if it is none of ours."""
    lines = text.splitlines()
    if not lines or not lines[0].startswith(_MANIFEST):
        return None
    found: dict[str, set[str]] = {}
    for match in filter(None, map(_LISTED.fullmatch, lines[1:])):
        found.setdefault(match[2], set()).add(match[1])
    return lines[0].removeprefix(_MANIFEST), found


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content in hex."""
    return hashlib.sha256(content).hexdigest()


def _head(facts: ClaimFacts, name: str) -> list[str]:
    heading = f"{title(facts)}: {name}, as of {short_day(facts.day)}"
    return [*_wrapped(heading, "", ""), ""]


def _wrapped(text: str, first: str, later: str) -> list[str]:
    """Break a text into lines, with nothing cut."""
    lines = broken(" ".join(text.split()), cell_width, _WIDTH - len(later))
    return [(later if n else first) + line for n, line in enumerate(lines)]
