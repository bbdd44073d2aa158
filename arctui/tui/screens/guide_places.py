"""At which chapter the guide opens: by the place on the desk, by the line that is typed, by the screen over it."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from arctui.actions.model import Place

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

PLACES = {
    Place.LIST: "list",
    Place.ACCOUNT: "accounts",
    Place.CALL: "call",
    Place.OPENING: "review",
    Place.REVIEW: "review",
    Place.SUMMARY: "review",
    Place.MONTH: "calendar",
    Place.AGENDA: "calendar",
}
#: By what the line is open for; a line that is not named is a capture line.
LINES = {
    "correct": "accounts",
    "stop": "accounts",
    "dispute": "accounts",
    "dispute_of_promise": "accounts",
    "note": "accounts",
    "follow_up": "list",
    "search": "list",
    "letter": "letters",
    "open_file": "import",
    "export": "figures",
    "write_day": "review",
    "despite": "call",
    "note_in_call": "call",
    "came_in": "review",
    "leave_promise": "review",
    "hand_over": "review",
    "review": "review",
    "credit_hold": "credit",
    "credit_release": "credit",
    "go_to_day": "calendar",
    "filter_entries": "calendar",
    "move_marked": "calendar",
    "move": "calendar",
}
#: By the name of the screen, or of the one that it is a kind of.
SCREENS = {
    "BeginningScreen": "morning",
    "GuideScreen": "keys",
    "FindScreen": "keys",
    "ListingScreen": "accounts",
    "TimelineScreen": "accounts",
    "DoublesScreen": "accounts",
    "MergeScreen": "accounts",
    "PapersScreen": "letters",
    "SendingScreen": "letters",
    "LettersScreen": "letters",
    "LettersDueScreen": "letters",
    "ConfirmationScreen": "promises",
    "ClaimScreen": "claim",
    "MatchingScreen": "bank",
    "MappingScreen": "import",
    "AskedScreen": "import",
    "RefusedScreen": "import",
    "_SavingScreen": "import",
    "DashboardScreen": "figures",
    "BehindScreen": "figures",
    "ExpectedScreen": "figures",
    "CreditScreen": "credit",
    "PlanScreen": "calendar",
    "SettingsScreen": "settings",
}


def chapter_of_desk(screen: "DeskScreen") -> str:
    """Return the chapter of what the desk's keys are about now."""
    if screen.prompt.display:
        return LINES.get(screen.prompt.purpose, "line")
    return PLACES[screen.place]


def chapter_of(screen: Screen[Any]) -> str:
    """Return the chapter of a screen that lies over the desk."""
    return next((SCREENS[kind.__name__] for kind in type(screen).__mro__ if kind.__name__ in SCREENS), "keys")
