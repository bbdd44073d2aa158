"""What looks like a card number comes to no file because a clerk typed it: in drafts it is hidden, acts are refused.

What does is told in `core/cards.py`; in a line that is still being typed it is hidden from its eleventh digit on.

Only what a change brings anew is looked at, at each key, so it must cost next to nothing. What stands in the book
about the account already (an import brought it), in the script or in the policy is no news, so never refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from arctui.core.cards import card_numbers, long_numbers, masked
from arctui.core.changes import Change
from arctui.core.drafts import Draft
from arctui.core.records import Account, Record
from arctui.desk.errors import CardNumberError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: Fields with ids and digests, and with the sentences of the script: nobody types them.
_NOT_TYPED = frozenset(
    {
        *("id", "account", "about", "digest", "session", "back_to", "invoices", "superseded_by", "said", "asked"),
        *("plan", "activity", "payments", "apart", "identity"),
    }
)
#: Fields of a call with lines that are still being typed.
_LINES = frozenset({"typed", "drafts"})
#: Takes a text that is new in a field of this name, and returns what is to stand there.
_Look = Callable[[str, str], str]


class Cards:
    """What looks like a card number in what one clerk types in one session."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._allowed: list[str] = []
        #: False: the clerk said beforehand that nothing typed is a card number.
        self.asks = True

    def allow(self, numbers: Iterable[str]) -> None:
        """The clerk said that these digits are no card number; that holds until the session ends."""
        self._allowed += numbers

    def check_text(self, text: str, account: str = "") -> None:
        """Raise CardNumberError if a text, about an account, must not be kept as it is."""
        self._refuse(card_numbers(text, _Known(self._desk, self._allowed, {account})))

    def check(self, changes: Sequence[Change]) -> None:
        """Raise CardNumberError if an act brings a number that must not be kept."""
        known, found = self._known(changes), list[str]()

        def look(_: str, text: str) -> str:
            found.extend(card_numbers(text, known))
            return text

        for change in changes:
            _seen(change.after, change.before, look)
        self._refuse(found)

    def hidden(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Return changes of calls and drafts as they may be kept: in lines that are being typed numbers are hidden.

        Raises CardNumberError for a number in what is typed no longer (a note in a call).
        """
        known = self._known(changes)
        kept = [self._hidden(change, known) for change in changes] if self.asks else changes
        return [change for change in kept if change.before is not change.after]

    def _hidden(self, change: Change, known: "_Known") -> Change:
        record = change.after

        def look(field: str, text: str) -> str:
            if isinstance(record, Draft):
                return masked(text, known, unfinished=record.open)
            if field in _LINES:
                return masked(text, known, unfinished=True)
            self._refuse(card_numbers(text, known))
            return text

        after = _seen(record, change.before, look)
        if after is record:
            return change
        return Change(before=change.before, after=change.before if after == change.before else after)

    def _known(self, changes: Sequence[Change]) -> "_Known":
        records = [record for change in changes if (record := change.before)]
        return _Known(self._desk, self._allowed, {_account(c.record) for c in changes}, records)

    def _refuse(self, numbers: Sequence[str]) -> None:
        if numbers and self.asks:
            raise CardNumberError(numbers)


class _Known:
    """The digits that may be kept: allowed ones, and those that stand in the book already. Looked up if need be."""

    def __init__(
        self, desk: "Desk", allowed: Sequence[str], accounts: Iterable[str], records: Sequence[Record] = ()
    ) -> None:
        self._desk = desk
        self._allowed = allowed
        self._accounts = accounts
        self._records = records

    def __contains__(self, digits: object) -> bool:
        return isinstance(digits, str) and digits in self._digits

    @cached_property
    def _digits(self) -> str:
        desk = self._desk
        dossiers = [desk.dossier(account) for account in self._accounts if desk.knows(account)]
        texts = _texts((tuple(self._records), tuple(dossiers), desk.policy, desk.calls.playbook))
        found = (number for text in texts for number in long_numbers(text))
        # Of a letter's number only that was said, that it is none: typed elsewhere it is asked about again.
        tracking = {number for d in dossiers for x in d.letters for number in long_numbers(x.tracking)}
        return "|".join([*self._allowed, *(number for number in found if number not in tracking)])


def _account(record: Record) -> str:
    return record.id if isinstance(record, Account) else getattr(record, "account", "")


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, msgspec.Struct):
        yield from _texts(tuple(getattr(value, field) for field in value.__struct_fields__))


def _seen(value: Any, before: Any, look: _Look, field: str = "") -> Any:
    """Return a value with each typed text in it that was not there before as `look` returns it."""
    if value is before:
        return value
    if isinstance(value, str):
        return value if value == before else look(field, value)
    if isinstance(value, tuple):
        old = before if isinstance(before, tuple) else ()
        items = [_seen(v, old[n] if n < len(old) else None, look, field) for n, v in enumerate(value)]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else tuple(items)
    if isinstance(value, dict):
        old_items = before if isinstance(before, dict) else {}
        texts = {k: _seen(v, old_items.get(k), look, field) for k, v in value.items()}
        return value if all(texts[k] is v for k, v in value.items()) else texts
    if isinstance(value, msgspec.Struct):
        new = {}
        for name in value.__struct_fields__:
            if name not in _NOT_TYPED:
                now = getattr(value, name)
                then = _seen(now, getattr(before, name, None), look, name)
                if then is not now:
                    new[name] = then
        return msgspec.structs.replace(value, **new) if new else value
    return value
