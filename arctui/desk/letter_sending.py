"""How letters went out: several together, in one act, and one that was written elsewhere, from a typed line."""

import contextlib
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from arctui.core.changes import Change, added
from arctui.core.facts import Dossier
from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy
from arctui.core.records import Activity, ActivityKind
from arctui.core.text import clean, fold, plural
from arctui.desk.calendar_lines import read_day
from arctui.desk.errors import DeskError
from arctui.desk.letters import Sending

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


_T = TypeVar("_T")
#: How a line names the levels, and the ways of sending: the word or words, longer ones first.
_KINDS: Mapping[str, LetterKind] = {kind.value: kind for kind in reversed(LEVELS)} | {"final": LetterKind.FINAL}
_WAYS: Mapping[str, SentBy] = {
    "certified mail": SentBy.CERTIFIED,
    "certified": SentBy.CERTIFIED,
    "email": SentBy.EMAIL,
    "e-mail": SentBy.EMAIL,
    "mail": SentBy.MAIL,
    "post": SentBy.MAIL,
    "hand": SentBy.HAND,
}
_FILLERS = frozenset({"by", "on", "sent", "letter"})
#: A date of a line has so many words at most.
_LONGEST_DATE = 3


class SentTogether(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, "" for nothing; the emails that were written; the letters that were not sent, and why.

    `left`: the ids of those that were not sent and are in the book unsent.
    """

    act: str
    emails: tuple[Path, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def send_together(desk: "Desk", letters: Sequence[str], by: SentBy) -> SentTogether:
    """Record that letters, by their ids, were sent today in one way; for an email each is written to be sent.

    What cannot be sent so is left as it is, with the reason. Raises DeskError for certified mail, where each has a
    number of its own, and BookError; then no letter is sent.
    """
    if by is SentBy.CERTIFIED:
        raise DeskError("certified mail has a number each: say it letter by letter")
    desk.refresh()
    sent: list[Letter] = []
    emails: list[Path] = []
    refused: list[tuple[str, str]] = []
    left: list[str] = []
    changes: list[Change] = []
    for letter in filter(None, (desk.book.facts.get(Letter, each) for each in letters)):
        name = desk.dossier(letter.account).account.name
        try:
            after, activity = desk.letters.as_sent(letter, Sending(by))
            if by is SentBy.EMAIL:
                emails.append(desk.letters.email(letter.id))
        except DeskError as error:
            refused.append((name, str(error)))
            left += [letter.id] if letter.sent_by is None else []
            continue
        sent.append(after)
        changes += [Change(before=letter, after=after), added(activity)]
    if not sent:
        return SentTogether(act="", refused=tuple(refused), left=tuple(left))
    first, last = sent[0].number, sent[-1].number
    which = first + (f" to {last}" if last != first else "")
    act = desk.commit(f"{plural(len(sent), 'letter')} sent by {by}, {which}", changes, typed=False)
    return SentTogether(act=act, emails=tuple(emails), refused=tuple(refused), left=tuple(left))


class Otherwise(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that was written elsewhere: its level, how and when it was sent, and what else is said of it."""

    kind: LetterKind
    by: SentBy
    on: date
    more: str = ""

    @property
    def words(self) -> str:
        """What is kept of it: "final demand by certified mail, RR 20 US"."""
        return f"{self.kind} by {self.by}" + (f", {self.more}" if self.more else "")


def read_otherwise(desk: "Desk", text: str) -> Otherwise:
    """Read how a letter was sent that is not ours: "final demand certified RR 20 US nov 18", in any order.

    Raises DeskError where the kind, the way or the day is lacking, or the day is still to come.
    """
    words = clean(text).split()
    kind, words = _taken(_KINDS, words)
    by, words = _taken(_WAYS, words)
    on, words = _day(desk, words)
    if kind is None or by is None or on is None:
        parts = {"kind (reminder, demand, final demand)": kind, "way (mail, certified, email, hand)": by, "day": on}
        lacking = ", which ".join(name for name, found in parts.items() if found is None)
        raise DeskError(f"which {lacking}? like this: final demand certified RR 20 US nov 18")
    if on > desk.today:
        raise DeskError(f"{desk.rules.day(on)} is still to come: on which day was it sent?")
    return Otherwise(kind=kind, by=by, on=on, more=" ".join(w for w in words if fold(w) not in _FILLERS))


def words_of(desk: "Desk", letter: Letter) -> str:
    """Return the words of a letter as it went out, "" where they cannot be read. Raises BookError.

    They are those that were kept with it, else those of its file.
    """
    files = desk.letters.files
    kept = files.email_words(letter)
    if kept is not None or not letter.files:
        return kept or ""
    content = files.documents.get(letter.files[0].digest)
    if not content.startswith(b"%PDF"):
        return content.decode(errors="replace")
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError):
        return ""


def otherwise(dossier: Dossier) -> list[Activity]:
    """Return the letters of an account of which only the sending is known, the newest first."""
    ours = {letter.activity for letter in dossier.letters}
    found = (a for a in dossier.activities if a.kind is ActivityKind.LETTER and a.id not in ours)
    return sorted(found, key=lambda a: a.at, reverse=True)


def record_otherwise(desk: "Desk", account: str, text: str) -> str:
    """Record a letter that was written elsewhere, from its line; return the act. Raises DeskError, BookError."""
    found = read_otherwise(desk, text)
    return desk.letters.record(account, found.words, found.on)


def _taken(names: Mapping[str, _T], words: list[str]) -> tuple[_T | None, list[str]]:
    """Return what the first name that stands in a line means, and the other words."""
    folded = [fold(word) for word in words]
    for name, meant in names.items():
        length = len(name.split())
        for place in range(len(words) - length + 1):
            if " ".join(folded[place : place + length]) == name:
                return meant, [*words[:place], *words[place + length :]]
    return None, words


def _day(desk: "Desk", words: list[str]) -> tuple[date | None, list[str]]:
    """Return the day that is written in a line, and the other words; a bare number is none.

    Raises DeskError where two are written, or a number beside a month may be its day or not.
    """
    for length in range(min(_LONGEST_DATE, len(words)), 0, -1):
        found: dict[int, date] = {}
        for place in range(len(words) - length + 1):
            written = words[place : place + length]
            if length == 1 and written[0].isdecimal():
                continue
            with contextlib.suppress(DeskError):
                found[place] = read_day(desk, " ".join(written)).day
        days = sorted(set(found.values()))
        if len(days) > 1:
            told = " or ".join(map(desk.rules.day, days))
            raise DeskError(f"{told}? write the day first, or as {desk.today:%Y-%m-%d}")
        if days:
            place = next(iter(found))
            return days[0], [*words[:place], *words[place + length :]]
    return None, words
