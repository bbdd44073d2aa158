"""The words of a line about a person: names, roles, phone numbers, emails, in any order after the name. Pure."""

import re
from collections.abc import Sequence

import msgspec

from arctui.core.capture.parts import is_named
from arctui.core.capture.reading import ProblemError
from arctui.core.facts import Dossier
from arctui.core.phone_numbers import FEWEST_DIGITS, is_phone
from arctui.core.records import Person
from arctui.core.text import fold, name_key

_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(?:\.[^@\s<>\"(),:;.]+)+")
_DIALLED = re.compile(r"[+()\d./-]+(?:x\d+)?", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:x|ext\.?|extension|#)\d*", re.IGNORECASE)
_LABELS = frozenset(
    "number phone tel tel. telephone mobile cell direct office email e-mail mail "
    "phone: tel: telephone: mobile: cell: direct: office: email: e-mail: mail:".split()
)
_NO_CALLS = frozenset({"fax", "fax:", "pager", "pager:"})


class Said(msgspec.Struct, kw_only=True):
    """What a line says of a person; `wrong` are phones and emails that are to go."""

    name: str = ""
    role: str = ""
    phones: list[str] = []
    emails: list[str] = []
    wrong: list[str] = []
    zone: str = ""

    @property
    def begun(self) -> bool:
        """Was anything read yet?"""
        return bool(self.name or self.phones or self.emails or self.wrong or self.zone)


def read_said(text: str, dossier: Dossier) -> Said:
    """Read what a line says of a person. Raises ProblemError."""
    said = Said()
    for part in re.split(r"[,;]", text):
        words = part.split()
        if words:
            _read_part(words, said, dossier)
    return said


def _read_part(words: Sequence[str], said: Said, dossier: Dossier) -> None:
    if fold(words[0]) == "not":
        _read_wrong(words[1:], said)
        return
    free: list[str] = []
    index = 0
    while index < len(words):
        word, rest = fold(words[index]), words[index + 1 :]
        used = _dialled(words[index:])
        if word in _NO_CALLS and rest:
            raise ProblemError("a fax or a pager is not called: leave its number out")
        if word in _LABELS and rest and _is_reach(rest):
            index += 1
        elif word in ("zone", "zone:") and rest and (free or said.begun):
            _take_free(free, said, dossier)
            said.zone = " ".join(rest)
            return
        elif "@" in word or used:
            _take_free(free, said, dossier)
            free = []
            if used:
                said.phones.append(_phone(words[index : index + used]))
            else:
                said.emails.append(_email(words[index]))
            index += used or 1
        else:
            free.append(words[index])
            index += 1
    _take_free(free, said, dossier)


def _take_free(words: Sequence[str], said: Said, dossier: Dossier) -> None:
    """Take words that are neither phone nor email: the name first, then the role."""
    text = " ".join(words)
    if not text:
        return
    if not said.begun:
        said.name = text
    elif not said.name:
        known = find_person(text, dossier)
        if known is None:
            raise ProblemError(
                f"whose is it? write the name first: lee wong, {(*said.phones, *said.emails, text)[0]}"
            )
        said.name = known.name
    elif said.role:
        raise ProblemError(f"two roles: {said.role}, and {text}. Free words belong into a note")
    else:
        said.role = text


def _read_wrong(words: Sequence[str], said: Said) -> None:
    index = 0
    while index < len(words):
        if "@" in words[index]:
            said.wrong.append(_email(words[index]))
            index += 1
        elif used := _dialled(words[index:]):
            said.wrong.append(_phone(words[index : index + used]))
            index += used
        elif fold(words[index]) in _LABELS:
            index += 1
        else:
            raise ProblemError(f"not what? after 'not' write the number or email that is wrong ('{words[index]}')")
    if not said.wrong:
        raise ProblemError("not what? write the number or email that is wrong: not 555 0142")


def _is_reach(words: Sequence[str]) -> bool:
    """Does a phone number or an email come next, perhaps after another label?"""
    return "@" in words[0] or bool(_dialled(words)) or (fold(words[0]) in _LABELS and _is_reach(words[1:] or ("",)))


def _email(word: str) -> str:
    text = word.strip("<>()\"'.:")
    if not _EMAIL.fullmatch(text):
        raise ProblemError(f"'{word}' is no email address")
    return text


def _dialled(words: Sequence[str]) -> int:
    """Return how many words make up a phone number at the beginning, with its extension."""
    count = 0
    for word in words:
        bare_digits = word.isascii() and word.isdigit()
        extends = count and (_EXTENSION.fullmatch(word) or (bare_digits and _EXTENSION.fullmatch(words[count - 1])))
        if not (_DIALLED.fullmatch(word) or extends):
            break
        count += 1
    return count if any(any(map(str.isdigit, word)) for word in words[:count]) else 0


def _phone(words: Sequence[str]) -> str:
    text = " ".join(words)
    if not is_phone(text):
        raise ProblemError(f"'{text}' is no phone number: one has at least {FEWEST_DIGITS} digits")
    return text


def find_person(words: str, dossier: Dossier) -> Person | None:
    """Return the one whom the words name (first name, last name, or both), None for nobody known.

    Raises ProblemError where they name several.
    """
    named = [p for p in dossier.people if p.name and is_named(p.name, fold(words).split())]
    exact = [p for p in named if name_key(p.name) == name_key(words)]
    found = exact or named
    if len(found) > 1:
        raise ProblemError(f"'{words}' may be {' or '.join(p.name for p in found)}: write more of the name")
    return found[0] if found else None
