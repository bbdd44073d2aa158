"""What the login of this process may do at a book: the host's settings say so, and every act asks here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from arctui.core.changes import Change
from arctui.core.drafts import Draft
from arctui.core.roles import Right, Role, needed, refusal, role_of
from arctui.desk.clock import login
from arctui.desk.errors import DeskError
from arctui.settings import has_host_file

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


def role_here() -> Role:
    """Return the role of the login under which this process runs. Raises SettingsFileError."""
    if not has_host_file():
        return Role.REVIEWER
    from arctui.settings.files import host_settings

    settings = host_settings()
    return role_of(login(), *(settings.words(f"roles.{name}") for name in ("reviewer", "clerk", "read_only")))


class WithRole:
    """A desk at which a role decides what may be done."""

    role = Role.REVIEWER

    def takes_role(self, role: Role) -> None:
        """Let the desk go by a role; who may only look writes nothing into the book by any way."""
        self.role = role
        cast("Desk", self).book.closed_because = refusal(role, Right.RECORD, "")

    @property
    def is_read_only(self) -> bool:
        """May this login only look?"""
        return self.role is Role.READ_ONLY

    def need(self, right: Right, what: str) -> None:
        """Raise DeskError where this login has not the right to do something: `what`, as "changing the policy"."""
        if why := refusal(self.role, right, what):
            raise DeskError(why)

    def undone(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Return what is kept beside the changes that undo an act. Raises DeskError where that needs a right."""
        self.need(*needed(changes))
        return cast("Desk", self).calls.parked(changes)

    def keepable(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Return what may be kept that is no act: who may only look leaves no drafts. Raises DeskError for a call."""
        if not self.is_read_only:
            return changes
        drafts = [c for c in changes if isinstance(c.after or c.before, Draft)]
        if len(drafts) < len(changes):
            self.need(Right.RECORD, "calling")
        return ()
