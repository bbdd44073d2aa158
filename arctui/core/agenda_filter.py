"""Which entries of the calendar are shown: by kind, clerk and amount. Pure."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from arctui.core.agenda import Entry, EntryKind, is_call
from arctui.core.money import AmountError, grouped, parse_amount
from arctui.core.text import clean, fold

_CALLS = "calls"
#: Words for several kinds at once.
_GROUPS: dict[str, tuple[EntryKind, ...]] = {
    "promises": (EntryKind.PROMISE, EntryKind.VERIFY, EntryKind.BREAKS, EntryKind.BROKEN),
    "runs": (EntryKind.RUN, EntryKind.CUTOFF, EntryKind.CALL_BY, EntryKind.DOCUMENTS),
}
#: What stands between two words; not the comma of 1,200.
_BETWEEN = re.compile(r"\s+|,(?!\d)\s*")


class FilterError(ValueError):
    """A filter that cannot be read; its text says what can be written."""


class Filter(msgspec.Struct, frozen=True):
    """What an entry must be to be shown: no `kinds` and no `calls`, `clerk` "" and `over` None leave all in.

    `calls` keeps what is a call, whatever its kind; `over` is in the currency of the entry.
    """

    kinds: frozenset[EntryKind] = frozenset()
    calls: bool = False
    clerk: str = ""
    over: Decimal | None = None

    def __bool__(self) -> bool:
        """Does it leave anything out?"""
        return bool(self.kinds or self.calls or self.clerk or self.over is not None)

    def keeps(self, entry: Entry) -> bool:
        """Is an entry shown?"""
        if (self.kinds or self.calls) and entry.kind not in self.kinds and not (self.calls and is_call(entry)):
            return False
        return (not self.clerk or entry.clerk == self.clerk) and (self.over is None or entry.amount > self.over)

    @property
    def words(self) -> str:
        """What is shown, in words: "calls and promises of ann, over 500.00"; "" if it is all."""
        groups = {name: kinds for name, kinds in _GROUPS.items() if self.kinds.issuperset(kinds)}
        rest = self.kinds.difference(*groups.values())
        said = [_CALLS] * self.calls + [*groups] + [kind.value for kind in EntryKind if kind in rest]
        parts = [" and ".join(said)] if said else []
        if self.clerk:
            parts = [f"{parts[0] if parts else 'all'} of {self.clerk}"]
        parts += [f"over {grouped(self.over)}"] if self.over is not None else []
        return ", ".join(parts)


EVERYTHING = Filter()


def read_filter(text: str, clerk: str = "", clerks: Iterable[str] = (), decimal_mark: str = ".") -> Filter:
    """Read a filter: kinds or groups of them, "mine" or "clerk NAME", ">500"; "all" or nothing shows all.

    `clerk` is who "mine" means, `clerks` are those to whom accounts belong. Raises FilterError with what can be
    written.
    """
    kinds: set[EntryKind] = set()
    calls, whose, over = False, "", None
    words = [word for word in _BETWEEN.split(clean(text)) if word]
    while words:
        word = fold(words.pop(0))
        if word == "all":
            continue
        if word == _CALLS:
            calls = True
        elif word in _GROUPS:
            kinds.update(_GROUPS[word])
        elif word == "mine":
            whose, _ = _clerk([clerk], clerks)
        elif word == "clerk":
            whose, used = _clerk(words, clerks)
            del words[:used]
        elif word == "over" or word.startswith(">"):
            amount = word.removeprefix("over").removeprefix(">")
            over = _amount(amount or (words.pop(0) if words else ""), decimal_mark)
        else:
            kinds.add(_kind(word))
    return Filter(frozenset(kinds), calls, whose, over)


def _clerk(words: Sequence[str], clerks: Iterable[str]) -> tuple[str, int]:
    """Return which clerk the words begin with, as accounts write the name, and how many words that is."""
    known = sorted(set(clerks) - {""})
    listed = f": {', '.join(known)}" if known else "; no account has a clerk"
    if not words:
        raise FilterError(f"say whose{listed}")
    for count in range(len(words), 0, -1):
        said = fold(" ".join(words[:count]))
        found = next((name for name in known if fold(name) == said), "")
        if found:
            return found, count
    raise FilterError(f"no account belongs to {words[0]!r}{listed}")


def _kind(word: str) -> EntryKind:
    bare = word.replace("-", "")
    for kind in EntryKind:
        if bare in (kind.value.replace("-", ""), f"{kind.value.replace('-', '')}s"):
            return kind
    offered = ", ".join([_CALLS, *_GROUPS, *(kind.value for kind in EntryKind)])
    raise FilterError(f"{word!r} is no kind of entry: {offered}; mine, clerk NAME, >500, all")


def _amount(word: str, decimal_mark: str) -> Decimal:
    try:
        amount = parse_amount(word, decimal_mark=decimal_mark)
    except AmountError:
        amount = None
    if amount is None or amount < 0:
        raise FilterError(f"{word!r} is no amount: write >500" if word else "over which amount? write >500")
    return amount
