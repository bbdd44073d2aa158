"""The first answers of a new firm: its name and its country, as one act."""

from datetime import date
from typing import TYPE_CHECKING

from arctui.core.changes import added
from arctui.core.policy import parse_setting, show_setting
from arctui.core.records import Account, PolicyChange
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id

if TYPE_CHECKING:
    from arctui.desk.countries import Country
    from arctui.desk.desk import Desk

#: What the firm is by its beginning holds for all that came before it, too.
_BEGINNING = date(1970, 1, 1)
_NAME = "firm"


def is_to_be_asked(desk: "Desk") -> bool:
    """Is it a book without accounts whose firm has no name, and was nobody asked for it in this book yet?"""
    facts = desk.book.facts
    if desk.policy.firm or next(facts.all(Account), None):
        return False
    return not any(change.setting == _NAME for change in facts.all(PolicyChange))


def begin(desk: "Desk", firm: str, country: "Country") -> None:
    """Set the firm's name, its country and its currency as one act. Raises DeskError, PolicyError, BookError."""
    name = str(parse_setting(_NAME, firm))
    if not name:
        raise DeskError("what is the firm's name? It is said on the phone and stands on letters")
    values = {_NAME: name, "country": country.code, "home_currency": country.currency}
    known = {change.setting for change in desk.book.facts.all(PolicyChange)}
    values = {k: v for k, v in values.items() if getattr(desk.policy, k) != v}
    if values:
        desk.commit(
            f"policy: {', '.join(f'{k} = {show_setting(v)}' for k, v in values.items())}",
            # Of two changes the one of the later day counts.
            [added(_change(desk, k, v, desk.today if k in known else _BEGINNING)) for k, v in values.items()],
        )


def decline(desk: "Desk") -> None:
    """Remember in a book that there is already that the firm's name was asked for; where none is, nothing is made."""
    if desk.book.path.exists():
        desk.set_policy(_NAME, "")


def _change(desk: "Desk", setting: str, value: str, since: date) -> PolicyChange:
    return PolicyChange(
        id=new_id(), setting=setting, value=value, since=since, by=desk.clerk, at=desk.rules.moment.now
    )
