"""The palette: any action with its key, any account, any chapter of the guide, any theme, found by typing."""

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, cast

from arctui.actions.model import Action
from arctui.core.text import fold
from arctui.guide.chapters import headings
from arctui.tui.screens.find import FindScreen, Found, among
from arctui.tui.themes import THEMES

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen

#: So many accounts are shown of those that are found: who sees more types on.
_ACCOUNTS = 30
#: What a row is, before its own name.
_ACTION, _ACCOUNT, _CHAPTER, _THEME = "action ", "account ", "chapter ", "theme "


def show_palette(screen: "DeskScreen") -> None:
    """Open the palette over the desk and do what is chosen."""
    state = screen.state()
    actions = {
        _ACTION + action.id: _action(action, action.reason(state))
        for action in screen.actions.actions
        if action.id != "palette"
    }
    chapters = {
        _CHAPTER + name: Found("guide", title, about, fold(f"{title} {about}"))
        for name, (title, about) in headings().items()
    }

    def find(text: str) -> Mapping[str, Found]:
        accounts = {_ACCOUNT + a: _account(screen, a) for a in islice(screen.desk.search(text), _ACCOUNTS)}
        # By their name actions are meant before any account, and by a word of what they do behind all else; so are
        # the themes by "theme", for accounts are found by what is only like it too.
        return {
            **_possible_first(among(_named(actions, text), text)),
            **{name: row for name, row in themes.items() if row.haystack.startswith(fold(text).strip())},
            **accounts,
            **among(_named(themes, text), text),
            **among(_named(chapters, text), text),
            **_possible_first(among(actions, text)),
            **among(chapters, text),
        }

    def chosen(row: str | None) -> None:
        kind, _, name = (row or "").partition(" ")
        match f"{kind} ":
            case "action ":
                screen.action_act(name)
            case "account ":
                screen.guarded(lambda: screen.moving.find_account(name))
            case "chapter ":
                app.open_guide(name)
            case "theme ":
                screen.guarded(lambda: screen.tell(app.choose_theme(name)))

    app = cast("ArctuiApp", screen.app)
    themes = {
        _THEME + theme.name: Found(
            "theme", f"theme {theme.name}", _colours(theme.name == app.theme), f"theme {theme.name}"
        )
        for theme in THEMES
    }
    rows = {**actions, **chapters, **themes}
    screen.call_after_refresh(screen.guarded, screen.desk.derived.prepare_search)
    screen.app.push_screen(
        FindScreen("PALETTE", "an action, an account by name or number, a chapter of the guide", rows, finder=find),
        chosen,
    )


def _colours(are_taken: bool) -> str:
    return "these colours are taken" if are_taken else "take these colours, and remember them"


def _named(rows: Mapping[str, Found], text: str) -> dict[str, Found]:
    """Return the rows in whose own name what was typed stands."""
    wanted = fold(text).strip()
    return {name: row for name, row in rows.items() if wanted in fold(row.text)}


def _possible_first(rows: Mapping[str, Found]) -> dict[str, Found]:
    return dict(sorted(rows.items(), key=lambda each: each[1].dim))


def _action(action: Action, hindered: str) -> Found:
    more = f"{action.help}{' (not now)' if hindered else ''}"
    words = fold(f"{action.label} {action.help} {action.also}")
    return Found(action.key_labels(2), action.label, more, words, dim=bool(hindered))


def _account(screen: "DeskScreen", account: str) -> Found:
    desk = screen.desk
    record, balance = desk.dossier(account).account, desk.standing(account).balance
    due = f"{desk.rules.money(balance.past_due, balance.currency)} past due" if balance.past_due else ""
    return Found("account", record.name, f"{record.number}  {due}".strip(), "")
