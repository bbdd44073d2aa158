"""The clerk's drafts: lines that were typed outside a call and not saved yet, on disk as they are typed.

A draft goes in the same instant as the act that it becomes. One that stands open in another running window of the
clerk belongs to that window: it is neither offered nor changed here, and this window may keep one of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from arctui.core.changes import Change, added, removed
from arctui.core.drafts import Draft, Topic
from arctui.desk.ids import new_id
from arctui.desk.sessions import is_running
from arctui.store import BookConflictError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Drafts:
    """The drafts of one clerk in one window. Raises BookError where the disk refuses to keep one."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        # The ids of the drafts that this window goes on with.
        self._held: dict[Topic, str] = {}
        self._used: Topic | None = None

    # Which drafts there are

    def find(self, topic: Topic) -> Draft | None:
        """Return what was typed for a topic and is not saved yet: in this window, else what was left last."""
        return self._own(topic) or _last([d for d in self.mine() if d.topic == topic])

    def cut_off(self) -> Draft | None:
        """Return the line that was being typed when an earlier session ended, the last one if there are several.

        Those on accounts that are no longer in the book are passed over.
        """
        desk = self._desk
        cut_off = [d for d in self.mine() if d.open and not self._at_hand(d)]
        return _last([d for d in cut_off if not d.account or desk.knows(d.account) if self.find(d.topic) == d])

    def on(self, account: str) -> list[Draft]:
        """Return what was left on an account, the last one first; without what is being typed now."""
        left = [d for d in self.mine() if d.account == account and not (d.open and self._at_hand(d))]
        return sorted(left, key=attrgetter("at"), reverse=True)

    def mine(self) -> list[Draft]:
        """Return this clerk's drafts without those that are being typed in another window."""
        mine = [d for d in self._desk.book.facts.all(Draft) if d.by == self._desk.clerk]
        return [d for d in mine if not self._elsewhere(d)]

    def is_left(self, change: Change) -> bool:
        """Is the change about a draft of this clerk that was left, or is taken up again?"""
        found = [d for d in (change.before, change.after) if isinstance(d, Draft)]
        return any(d.by == self._desk.clerk and not d.open for d in found)

    def _own(self, topic: Topic) -> Draft | None:
        """Return the draft that this window goes on with, None if there is none or another window took it up."""
        draft = self._desk.book.facts.get(Draft, self._held.get(topic, ""))
        return draft if draft and not self._elsewhere(draft) else None

    def _elsewhere(self, draft: Draft) -> bool:
        return draft.open and not self._here(draft) and is_running(draft.session)

    def _at_hand(self, draft: Draft) -> bool:
        """Was it typed or taken up by this session?"""
        return self._here(draft) or draft.id in self._held.values()

    def _here(self, draft: Draft) -> bool:
        """Was it kept last by this session?"""
        return draft.session == self._desk.calls.session

    # Keeping

    def take_up(self, topic: Topic) -> str:
        """Return what was typed for a topic and is not saved yet; from now on this window goes on with it."""
        draft = self.find(topic)
        if draft:
            self._held[topic] = draft.id
        return draft.text if draft else ""

    def keep(self, topic: Topic, text: str, *, is_open: bool) -> None:
        """Keep what stands in a line; `is_open`: it is still being typed. A blank text takes the draft away.

        Raises BookError.
        """
        try:
            self._keep(topic, text, is_open=is_open)
        except BookConflictError:
            # Another window of this clerk had taken it up; the book is as it is on disk now.
            self._keep(topic, text, is_open=is_open)

    def _keep(self, topic: Topic, text: str, *, is_open: bool) -> None:
        before = self._own(topic)
        if not text.strip():
            if before:
                self._desk.keep([removed(before)])
            return
        after = Draft(
            id=before.id if before else new_id(),
            purpose=topic.purpose,
            account=topic.account,
            about=topic.about,
            by=self._desk.clerk,
            session=self._desk.calls.session,
            text=text,
            at=self._desk.rules.moment.now,
            open=is_open,
        )
        if before is None:
            self._desk.keep([added(after)])
            self._held[topic] = after.id
        elif before != msgspec.structs.replace(after, at=before.at):
            self._desk.keep([Change(before=before, after=after)])

    def drop(self, topic: Topic) -> None:
        """Take a draft away. Raises BookError."""
        self.take_up(topic)
        self.keep(topic, "", is_open=False)

    # What an act takes along

    @contextmanager
    def used(self, topic: Topic) -> Iterator[None]:
        """Let every act done inside take this window's draft along; if none is done, or it is refused, it stays."""
        self._used = topic
        try:
            yield
        finally:
            self._used = None

    def going(self) -> list[Change]:
        """Return what goes with the act that is being committed."""
        found = self._own(self._used) if self._used else None
        return [removed(found)] if found else []


def _last(drafts: list[Draft]) -> Draft | None:
    """Return the draft that was kept last; of equal moments the one that came last into the book."""
    return max(reversed(drafts), key=attrgetter("at"), default=None)
