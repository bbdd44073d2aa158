"""A line that was typed and not saved yet: the draft of a promise, a note, a date.

It is no act: only what Enter makes of it is one. It stands in the book so that nothing typed is lost.
"""

from datetime import datetime
from typing import ClassVar, NamedTuple

from arctui.core.records import Record


class Topic(NamedTuple):
    """What a line is typed for: its purpose, the account it is about ("" for none), and what of that account.

    `about` names the promise or the calendar's entry where an account may have several, else it is "".
    """

    purpose: str
    account: str = ""
    about: str = ""


class Draft(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What stood in a line when it was last kept, on `at`.

    `by` is the clerk, `session` the run of the program in which it was typed. `open`: the line was still being typed;
    False once it was left. The fields of its topic are those of `Topic`.
    """

    TABLE: ClassVar[str] = "drafts"

    purpose: str
    account: str = ""
    about: str = ""
    by: str
    session: str
    text: str
    at: datetime
    open: bool = False

    @property
    def topic(self) -> Topic:
        """What it is typed for."""
        return Topic(self.purpose, self.account, self.about)
