"""The middle pane: the call that is open, else the promise under review, else the facts of the account."""

from arctui.tui.widgets.lines import MadeLines


class ScriptPane(MadeLines):
    """Shows lines that depend on its width."""

    def __init__(self) -> None:
        super().__init__(id="script")
