"""One object for what many records say alike: the id of their account, the clerk, the currency.

A file has no way to say "the same again": each record would have an account's id of its own, which takes more memory
than all that is told of most of them.
"""

from collections.abc import Collection

import msgspec

from arctui.core.records import Account, Record
from arctui.core.tables import TABLES

#: What many records say alike. Dates and short numbers take less than looking for their like.
_ALIKE = {
    "account",
    "by",
    "clerk",
    "country",
    "currency",
    "entered_by",
    "invoices",
    "owner",
    "person",
    "taken_by",
    "time_zone",
}
#: Only text: a word that an enumeration has, too, must not become one of its members.
_FIELDS = {
    kind: tuple(f.name for f in msgspec.structs.fields(kind) if f.name in _ALIKE and f.type in (str, tuple[str, ...]))
    for kind in TABLES.values()
}


class Sharing:
    """Lets the records of one book share what they say alike, table after table."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}

    def share(self, kind: type[Record], records: Collection[Record]) -> None:
        """Let the records of a table share equal texts; they must be fresh, for nobody else to see."""
        share, put = self._known.setdefault, msgspec.structs.force_setattr
        for name in _FIELDS[kind]:
            for record in records:
                own = getattr(record, name)
                shared = share(own, own)
                if shared is not own:
                    put(record, name, shared)
        if kind is Account:
            self._known.update((record.id, record.id) for record in records)
