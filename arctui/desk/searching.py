"""Finding accounts by what is typed: every word must be in an account, and who is meant most likely comes first.

Names, numbers, people, phones, emails and invoice numbers are searched; case and accents do not matter. What begins
as it was typed comes first, then what has it at the beginning of words, then inside of them; of those alike the
worklist comes first. Where nothing has it, names that have its letters in this order are found, the closest first.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from arctui.core.facts import Dossier
from arctui.core.text import clean, fold

#: Accounts that are read at a time.
_AT_A_TIME = 50
#: So many are ranked, more than anybody reads; behind them the others stand in the order of the worklist.
_RANKED = 200
#: From so many letters on they may stand apart, and so many are found by that.
_APART_FROM, _APART_MOST = 3, 100
#: Before each word of a text, and between the fields of an account.
_WORD, _FIELD = "\x02", "\n"
_BEGINNINGS = re.compile(r"\b(?=\w)")

#: The folded text of an account, and its id.
_Hay = tuple[str, str]


class Haystack:
    """What accounts are found by. It is read in pieces beside other work, or at once where it is asked for."""

    def __init__(self, dossier: Callable[[str], Dossier | None], accounts: Callable[[], Iterable[str]]) -> None:
        """`dossier` returns the facts of an account, None if it is not in the book; `accounts` all ids."""
        self._dossier = dossier
        self._accounts = accounts
        self._text: dict[str, str] = {}
        self._touched: set[str] = set()
        self._reading: Iterator[None] | None = None
        self._is_read = False
        # The accounts in the order of the worklist that was given last, those that are not on it behind, by name.
        self._listed: Sequence[object] | None = None
        self._order: list[_Hay] = []
        # What was looked for before, and what was found: with more letters it is only looked for among that.
        self._found: dict[tuple[str, ...], list[_Hay]] = {}

    def forget(self, accounts: set[str]) -> None:
        """Read these accounts again when it is next searched."""
        self._touched |= accounts

    def prepare(self, seconds: float) -> bool:
        """Go on for about so long with reading the accounts; return whether all are read."""
        end = time.perf_counter() + seconds
        self._reading = self._reading or self._read()
        while not self._is_read and time.perf_counter() < end:
            next(self._reading, None)
        return self._is_read

    def _read(self) -> Iterator[None]:
        accounts = list(self._accounts())
        for place in range(0, len(accounts), _AT_A_TIME):
            for account in accounts[place : place + _AT_A_TIME]:
                self._put(account)
            yield
        self._is_read = True

    def _put(self, account: str) -> None:
        dossier = self._dossier(account)
        if dossier is None:
            self._text.pop(account, None)
        else:
            self._text[account] = haystack(dossier)

    def find(self, typed: str, listed: Sequence[object], ids: Callable[[], Iterable[str]]) -> list[str]:
        """Return the ids of the accounts that are found; `listed` is the worklist, `ids` returns the ids on it.

        What was found is kept as long as `listed` is the same and nothing is touched.
        """
        self.prepare(float("inf"))
        if self._touched or self._listed is not listed:
            self._put_in_order(ids())
            self._listed = listed
        words = tuple(_marked(word) for word in fold(clean(typed)).split())
        found = self._containing(words)
        if not found and sum(map(len, words)) >= _APART_FROM:
            return self._apart("".join(words).replace(_WORD, ""))
        return _ranked(words, found)

    def _put_in_order(self, ids: Iterable[str]) -> None:
        for account in self._touched:
            self._put(account)
        self._touched.clear()
        rest = self._text.copy()
        self._order = [(text, account) for account in ids if (text := rest.pop(account, ""))]
        self._order += sorted((text, account) for account, text in rest.items())
        self._found = {(): self._order}

    def _containing(self, words: tuple[str, ...]) -> list[_Hay]:
        """Return the accounts in which all words are."""
        if words not in self._found:
            # What is typed grows letter by letter; what is taken back is still known.
            before = max((b for b in self._found if _grew(b, words)), key=lambda b: sum(map(len, b)))
            found = self._found[before]
            for word in sorted(set(words) - set(before), key=len, reverse=True):
                found = [each for each in found if word in each[0]]
            self._found = {b: f for b, f in self._found.items() if _grew(b, words)} | {words: found}
        return self._found[words]

    def _apart(self, letters: str) -> list[str]:
        """Return accounts whose name has these letters in this order, the closest first."""
        found: Iterable[_Hay] = self._order
        for letter in sorted(set(letters), key="etaoinsrhldcumfpgwybvkxjqz".find):
            found = [each for each in found if letter in each[0]]
        near: list[tuple[int, int, str]] = []
        for place, (text, account) in enumerate(found):
            if length := _stretch(letters, text[1:].partition(_FIELD)[0]):
                near.append((length, place, account))
        return [account for _, _, account in sorted(near)[:_APART_MOST]]


def _grew(before: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Is in whatever has these words also what was looked for before?"""
    return len(before) <= len(words) and all(b in w for b, w in zip(before, words, strict=False))


def _stretch(letters: str, name: str) -> int:
    """Return over how many characters of a name these letters go in this order, 0 if they are not in it."""
    first = at = name.find(letters[0])
    for letter in letters[1:]:
        if at < 0:
            return 0
        at = name.find(letter, at + 1)
    return at - first + 1 if at >= 0 else 0


def _ranked(words: Sequence[str], found: list[_Hay]) -> list[str]:
    """Put what is found in order."""
    if not words:
        return [account for _, account in found]
    begins = _FIELD + _WORD + f" {_WORD}".join(words)
    first = dict.fromkeys(islice((account for text, account in found if begins in text), _RANKED))
    if len(first) < min(_RANKED, len(found)):
        heads = [_WORD + word for word in words]
        at_words = (a for text, a in found if a not in first and all(head in text for head in heads))
        first |= dict.fromkeys(islice(at_words, _RANKED))
    return [*first, *(account for _, account in found if account not in first)]


def _marked(text: str) -> str:
    """Return a word as it stands in a text in which the beginnings of words are marked; its own may be inside one."""
    return _BEGINNINGS.sub(_WORD, text).removeprefix(_WORD)


def haystack(dossier: Dossier) -> str:
    """Return the folded text in which an account is searched for, phone numbers also without their marks."""
    parts = [dossier.account.name, dossier.account.number, *dossier.account.aliases]
    for person in dossier.people:
        digits = ["".join(c for c in phone if c.isdigit()) for phone in person.phones]
        parts += [person.name, *person.phones, *digits, *person.emails]
    parts += [i.number for i in dossier.invoices]
    return _BEGINNINGS.sub(_WORD, _FIELD + fold(_FIELD.join(filter(None, parts))))
