"""Screens: each owns its panes and calls the desk.

Those that no first screen needs are loaded when they are first opened: `screens.CreditScreen(...)`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arctui.tui.screens.asked import AskedScreen as AskedScreen
    from arctui.tui.screens.beginning import BeginningScreen as BeginningScreen
    from arctui.tui.screens.claim import ClaimScreen as ClaimScreen
    from arctui.tui.screens.confirming import ConfirmationScreen as ConfirmationScreen
    from arctui.tui.screens.credit import CreditScreen as CreditScreen
    from arctui.tui.screens.dashboard import DashboardScreen as DashboardScreen
    from arctui.tui.screens.dashboard import Looked as Looked
    from arctui.tui.screens.expected import ExpectedScreen as ExpectedScreen
    from arctui.tui.screens.guide import GuideScreen as GuideScreen
    from arctui.tui.screens.identity import DoublesScreen as DoublesScreen
    from arctui.tui.screens.identity import MergeScreen as MergeScreen
    from arctui.tui.screens.imported import imported_screen as imported_screen
    from arctui.tui.screens.letters import OTHERWISE as OTHERWISE
    from arctui.tui.screens.letters import SENT as SENT
    from arctui.tui.screens.letters import LettersScreen as LettersScreen
    from arctui.tui.screens.letters_due import LettersDueScreen as LettersDueScreen
    from arctui.tui.screens.mapping import MappingScreen as MappingScreen
    from arctui.tui.screens.matching import MatchingScreen as MatchingScreen
    from arctui.tui.screens.papers import PapersScreen as PapersScreen
    from arctui.tui.screens.refused import Refused as Refused
    from arctui.tui.screens.refused import RefusedScreen as RefusedScreen
    from arctui.tui.screens.settings import SettingsScreen as SettingsScreen
    from arctui.tui.screens.spreading import PlanScreen as PlanScreen
    from arctui.tui.screens.timeline import TimelineScreen as TimelineScreen

#: In which module is what is loaded later.
_LATER = {
    "AskedScreen": "asked",
    "BeginningScreen": "beginning",
    "ClaimScreen": "claim",
    "ConfirmationScreen": "confirming",
    "CreditScreen": "credit",
    "DashboardScreen": "dashboard",
    "Looked": "dashboard",
    "ExpectedScreen": "expected",
    "GuideScreen": "guide",
    "DoublesScreen": "identity",
    "MergeScreen": "identity",
    "imported_screen": "imported",
    "OTHERWISE": "letters",
    "SENT": "letters",
    "LettersScreen": "letters",
    "LettersDueScreen": "letters_due",
    "MappingScreen": "mapping",
    "MatchingScreen": "matching",
    "PapersScreen": "papers",
    "Refused": "refused",
    "RefusedScreen": "refused",
    "SettingsScreen": "settings",
    "PlanScreen": "spreading",
    "TimelineScreen": "timeline",
}


def __getattr__(name: str) -> Any:
    """Load a screen where it is used. Raises AttributeError for any other name."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
