"""What a line of correction was read as, and what its reading asks of the world outside: plain values."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from arctui.core.capture.reading import ProblemError
from arctui.core.facts import Dossier
from arctui.core.phone_numbers import bars, is_phone, same_phone
from arctui.core.records import Account, Person
from arctui.core.text import name_key


class Outside(NamedTuple):
    """What is known of the world: `phone` writes a number as it is called and says what is doubtful about it ("").

    `zone_of` tells the time zone of a number, "" where it tells none; `zones` are the names of all time zones.
    """

    phone: Callable[[str], tuple[str, str]]
    zone_of: Callable[[str], str]
    zones: Callable[[], Iterable[str]]


class KnownError(ProblemError):
    """What a line says is known already."""


class DataReading(msgspec.Struct, frozen=True, kw_only=True):
    """What a line corrects. `problems` say why it cannot be saved; `warnings` are shown before it is.

    `account` is the account as it will be, None if it stays; `people` are those that are new (their id is "") or
    changed, `left` those who are no longer there. `act` says it in a few words. `known`: there is nothing to save,
    as all of it is known already.
    """

    text: str
    account: Account | None = None
    people: tuple[Person, ...] = ()
    left: tuple[Person, ...] = ()
    act: str = ""
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    known: bool = False

    @property
    def ok(self) -> bool:
        """Can it be saved?"""
        return not self.problems and bool(self.account or self.people or self.left)


def struck_out(account: Account, *, wrong: Iterable[str] = (), right: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what imported lists must not bring back, after some of it was found wrong and some right."""
    now_right = list(right)
    kept = [text for text in account.struck if not any(_same(text, r) for r in now_right)]
    more = [text for text in wrong if text and not any(_same(text, r) for r in now_right)]
    return tuple(dict.fromkeys([*kept, *more]))


def is_struck(account: Account, text: str) -> bool:
    """Was this phone number, email, address or name of a person found wrong on the account?"""
    return any(_same(text, struck) and (not is_phone(text) or bars(struck, text)) for struck in account.struck)


def _same(one: str, other: str) -> bool:
    if is_phone(one) and is_phone(other):
        return same_phone(one, other)
    return name_key(one) == name_key(other)


def struck_change(dossier: Dossier, struck: tuple[str, ...]) -> Account | None:
    """Return the account with what is struck out, None if that is as before."""
    account = dossier.account
    return None if struck == account.struck else msgspec.structs.replace(account, struck=struck)
