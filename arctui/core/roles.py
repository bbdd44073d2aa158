"""Who may do what on a shared host: the login decides, never a field that somebody types."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from arctui.core.changes import Change
from arctui.core.decisions import CreditDecision
from arctui.core.records import Import, PolicyChange

#: Stands in a list of logins for everybody who is not named.
EVERYBODY = "*"


class Right(StrEnum):
    """What may be done: record a day's work in the book; decide what the whole firm goes by."""

    RECORD = "record"
    DECIDE = "decide"


class Role(StrEnum):
    """What a login is at the book."""

    REVIEWER = "reviewer"
    CLERK = "clerk"
    READ_ONLY = "read only"


_RIGHTS = {
    Role.REVIEWER: frozenset(Right),
    Role.CLERK: frozenset({Right.RECORD}),
    Role.READ_ONLY: frozenset[Right](),
}


def role_of(
    login: str, reviewer: Collection[str] = (), clerk: Collection[str] = (), read_only: Collection[str] = ()
) -> Role:
    """Return the role of a login: the least of those under which it is named, else that of everybody else.

    Without any list everybody may do everything; with reviewers named, everybody else is a clerk.
    """
    if not (reviewer or clerk or read_only):
        return Role.REVIEWER
    named = ((Role.READ_ONLY, read_only), (Role.CLERK, clerk), (Role.REVIEWER, reviewer))
    for wanted in (login, EVERYBODY):
        if found := next((role for role, logins in named if wanted in logins), None):
            return found
    return Role.CLERK if reviewer else Role.REVIEWER


def may(role: Role, right: Right) -> bool:
    """Has a role a right?"""
    return right in _RIGHTS[role]


def refusal(role: Role, right: Right, what: str) -> str:
    """Say in one sentence why something ("changing the policy") is not done, "" if it may be."""
    if may(role, right):
        return ""
    if role is Role.READ_ONLY:
        return "you may look at everything here and change nothing: your login is read only on this host"
    return f"{what} is for reviewers on this host: ask one of them"


def needed(changes: Sequence[Change]) -> tuple[Right, str]:
    """Return which right the changes of an act need, and what they do, for a sentence.

    What an import finds out by itself of the firm (its currency) is no decision.
    """
    records = [change.after or change.before for change in changes]
    if any(isinstance(record, CreditDecision) for record in records):
        return Right.DECIDE, "deciding on credit"
    imports = any(isinstance(record, Import) for record in records)
    if not imports and any(isinstance(record, PolicyChange) for record in records):
        return Right.DECIDE, "changing the policy"
    return Right.RECORD, "changing the book"
