"""The palette: the actions of the table, found by their name, by what they do, and by other words for it."""

from textual.command import Hit, Hits
from textual.system_commands import SystemCommandsProvider

from arctui.actions.table import ACTIONS
from arctui.core.text import fold

#: How well an action fits that is found by what it does only: worse than any name.
_BY_WORDS = 0.01


class ActionsProvider(SystemCommandsProvider):
    """Finds actions also by words that are not in their names."""

    async def search(self, query: str) -> Hits:
        """Yield the actions that fit what was typed."""
        async for hit in super().search(query):
            yield hit
        matcher, words = self.matcher(query), fold(query).split()
        also = {action.help: action.also for action in ACTIONS}
        for name, told, run, *_ in self.app.get_system_commands(self.screen):
            haystack = fold(f"{told} {also.get(told, '')}")
            if words and matcher.match(name) <= 0 and all(word in haystack for word in words):
                yield Hit(_BY_WORDS, name, run, help=told)
