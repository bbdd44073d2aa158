"""May this customer be called now? Asked for the person a call would ask for."""

from typing import TYPE_CHECKING

from arctui.core.permission import Hindrance, Permission, permission
from arctui.desk.call_takings import whom_to_ask_for

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Permissions:
    """What speaks against calling the accounts of a desk now."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def of(self, account: str, person: str = "") -> Permission:
        """Find what speaks against calling a person of an account now ("": whom a call would ask for)."""
        dossier, standing = self._desk.dossier(account), self._desk.standing(account)
        return permission(dossier, standing, self._desk.rules, person or whom_to_ask_for(dossier, standing))

    def hindrances(self, account: str, person: str = "") -> tuple[Hindrance, ...]:
        """Return what a call of a person now needs a reason for."""
        return self.of(account, person).hindrances
