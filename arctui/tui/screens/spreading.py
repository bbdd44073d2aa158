"""The plan of what is moved where, looked at before Enter carries it out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.desk import DeskError
from arctui.desk.spreading import Plan
from arctui.store import BookError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.spreading import done_words, plan_lines
from arctui.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class PlanScreen(ListingScreen):
    """What goes to which day and what stays. Enter moves it as one act, Escape leaves all as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "carry_out", show=False)]
    KEYS: ClassVar[tuple[Hint, ...]] = (("Enter", "move them"),)
    LAST_KEYS: ClassVar[tuple[Hint, ...]] = (("Esc", "leave them"), ("j k Space", "scroll"))

    def __init__(self, screen: "DeskScreen", title: str, plan: Plan, done: Callable[[str], None]) -> None:
        """`done` is told what was done."""
        super().__init__(title, lambda width: plan_lines(screen.desk, plan, width))
        self._desk = screen.desk
        self._plan = plan
        self._done = done

    def action_carry_out(self) -> None:
        """Move what the plan moves, or say why that is not possible."""
        try:
            said = self._desk.spreading.carry_out(self._plan)
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
            return
        self.dismiss()
        self._done(done_words(said, self._plan))
