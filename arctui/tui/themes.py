"""How what is drawn comes to the screen: the colours, and the signs where there is ASCII alone.

There are five themes, each readable on all that it draws on, and which one the terminal and the settings choose.

The colours are those of the palette of 256, so that they are the same where there are no more. Text and each role
have a contrast (WCAG 2) of 4.5 at least against the background, the bars and the cursor, in the two of high contrast
of 7. Marks and positions carry the meaning; colour only helps.
"""

import os

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

from arctui.tui.signs import in_ascii

#: Roles, and lines between panes, that are no colours of the toolkit's own; each theme has them.
_CALM_ROLES = {"text-dim": "#9e9e9e", "heat1": "#afafaf", "heat2": "#d7af5f", "heat3": "#ffaf87", "line": "#4e4e4e"}

_CALM = Theme(
    name="calm",
    primary="#5f87af",
    secondary="#87875f",
    accent="#87afd7",
    foreground="#d0d0d0",
    background="#1c1c1c",
    surface="#262626",
    panel="#303030",
    success="#87af87",
    warning="#d7af5f",
    error="#d78787",
    dark=True,
    variables=_CALM_ROLES,
)
_LIGHT = Theme(
    name="light",
    primary="#005faf",
    secondary="#5f5f00",
    accent="#005faf",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#eeeeee",
    panel="#dadada",
    success="#005f00",
    warning="#5f5f00",
    error="#af0000",
    dark=False,
    variables={"text-dim": "#5f5f5f", "heat1": "#4e4e4e", "heat2": "#5f5f00", "heat3": "#870000", "line": "#b2b2b2"},
)
_CONTRAST = Theme(
    name="contrast",
    primary="#5fd7ff",
    secondary="#ffff00",
    accent="#87d7ff",
    foreground="#ffffff",
    background="#000000",
    surface="#262626",
    panel="#00005f",
    success="#87ff87",
    warning="#ffff00",
    error="#ffafaf",
    dark=True,
    variables={"text-dim": "#dadada", "heat1": "#e4e4e4", "heat2": "#ffff00", "heat3": "#ffaf87", "line": "#9e9e9e"},
)
_CONTRAST_LIGHT = Theme(
    name="contrast-light",
    primary="#00005f",
    secondary="#5f005f",
    accent="#0000af",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffd7",
    panel="#ffffaf",
    success="#005f00",
    warning="#5f005f",
    error="#870000",
    dark=False,
    variables={"text-dim": "#303030", "heat1": "#303030", "heat2": "#5f005f", "heat3": "#870000", "line": "#6c6c6c"},
)
_ANSI = BUILTIN_THEMES["ansi-dark"]
#: The terminal's own sixteen colours, on its own background, be that light or dark.
_TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary=_ANSI.primary,
    secondary=_ANSI.secondary,
    accent="ansi_default",
    foreground=_ANSI.foreground,
    background=_ANSI.background,
    surface=_ANSI.surface,
    panel=_ANSI.panel,
    boost=_ANSI.boost,
    success=_ANSI.success,
    warning=_ANSI.warning,
    error=_ANSI.error,
    dark=True,
    variables={**_ANSI.variables, "line": "ansi_default", "border": "ansi_default", "border-blurred": "ansi_default"},
)
THEMES = (_CALM, _LIGHT, _CONTRAST, _CONTRAST_LIGHT, _TERMINAL)
#: What roles are in a theme of the toolkit that somebody names in the environment.
DEFAULTS = {"text-dim": "auto 70%", "heat1": "auto 85%", "heat2": "auto", "heat3": "auto", "line": "#808080"}


def theme_name(chosen: str) -> str:
    """Return the theme to begin with; "" where the environment named one of the toolkit's."""
    named = os.environ.get("TEXTUAL_THEME", "")
    if named == _ANSI.name:
        return _TERMINAL.name
    return "" if named else chosen


class AsciiFilter(LineFilter):
    """Draws all signs with ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with other signs in the same cells."""
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]
