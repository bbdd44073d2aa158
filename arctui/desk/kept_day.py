"""A day's worklist as it is kept beside the book, and whether it still follows from the book."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

import arctui.core
from arctui import __version__
from arctui.core.calls import Call
from arctui.core.decisions import Closing
from arctui.core.import_records import BankLine
from arctui.core.reasons import Rules
from arctui.core.records import PolicyChange
from arctui.core.worklist import Row
from arctui.desk.broken_today import Broken
from arctui.desk.derived import Derived, touched
from arctui.store import Book
from arctui.store.transactions import changes_in

#: What is written otherwise has another number.
_FORMAT = 1


class KeptDay(msgspec.Struct, frozen=True, kw_only=True):
    """What the first screen of a day shows, as it followed from the book after act `number`, whose hash is `head`.

    `rules` stands for all that the accounts share. The callbacks are those of the moment `at`. `called`: accounts
    with an open call. `at_bank`, `broken`, `rows`: see `Derived.begin_with`.
    """

    rules: str
    number: int
    head: str
    at: datetime
    called: tuple[str, ...]
    at_bank: dict[str, str]
    broken: Broken
    rows: list[Row]


_DECODER = msgspec.json.Decoder(KeptDay)


def read_day(content: bytes) -> KeptDay | None:
    """Return a kept day; None for what is none."""
    try:
        kept = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        return None
    return kept if len({row.account for row in kept.rows}) == len(kept.rows) else None


def called(derived: Derived) -> tuple[str, ...]:
    """Return the accounts with an open call: it comes and goes without an act."""
    return tuple(dict.fromkeys(c.account for c in derived.facts.all(Call)))


def outdated(kept: KeptDay, derived: Derived, book: Book) -> set[str] | None:
    """Return the accounts of which a kept day does not tell how they stand now; None: it tells of none."""
    if kept.rules != digest_of(derived.rules):
        return None
    since = touched_since(book, kept.number, kept.head)
    if since is None or (since and any(line.decided_on is None for line in book.facts.all(BankLine))):
        # Whose a bank line may be depends on all accounts.
        return None
    first, last = sorted((kept.at, derived.rules.moment.now))
    return since | derived.called_back(first, last) | {*kept.called, *called(derived)}


def touched_since(book: Book, number: int, head: str) -> set[str] | None:
    """Return the accounts that the acts after one touched; None if that is no act of this book, or they touched all.

    What closes a review or sets the policy touches none of its own: `digest_of` tells whether it changes anything.
    """
    acts = book.acts_since(number, head)
    if acts is None:
        return None
    changes = [c for act in acts for c in changes_in(act) if not isinstance(c.record, Closing | PolicyChange)]
    accounts, all_of_them = touched(changes)
    return None if all_of_them or any(isinstance(c.record, BankLine) for c in changes) else accounts


def digest_of(rules: Rules) -> str:
    """Return what stands for all that accounts share when they are derived, and for how this program derives them."""
    today = rules.moment.today
    # Not whose list it is: only open calls tell clerks apart, and their accounts are derived in any case.
    shared = (
        _program(),
        today,
        str(rules.moment.now.tzinfo),
        rules.policy,
        list(rules.reports.by_number.values()),
        # Of the reviews only the first, and whether today's is closed, change what follows.
        rules.reviews[:1],
        today in rules.reviews,
    )
    return hashlib.sha256(msgspec.json.encode(shared)).hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    """Return what stands for the rules as this program knows them: its sources and the holidays' release."""
    digest = hashlib.sha256(f"{_FORMAT} {__version__}".encode())
    for path in _sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterable[Path]:
    core = Path(arctui.core.__file__ or "").parent
    yield from sorted(core.rglob("*.py"))
    yield core.parent / "desk" / "at_bank.py"
    spec = find_spec("holidays")
    if spec and spec.origin and (version := Path(spec.origin).with_name("version.py")).exists():
        yield version
