"""What Textual does for each app anew, done once for all apps of a test run, or only where somebody looks.

A program has one app and one screen in front; a test run opens hundreds. What is shown stays the same.
The tests in a real terminal run without any of this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

_Parsed = LRUCache[tuple[Any, ...], list[Any]]

#: The rules of each stylesheet as they were parsed, by the variables (the colours of the theme) they were read with.
_parsed: dict[frozenset[tuple[str, str]], _Parsed] = {}


def _remember(sheet: Any) -> None:
    """Give a stylesheet the rules that another one with the same variables has parsed."""
    sheet._parse_cache = _parsed.setdefault(frozenset(sheet._variables.items()), LRUCache(256))


class _WhenAskedFor(dict[str, Any]):
    """The styles of a widget's parts, each worked out when it is first asked for: most are of no line in view."""

    def __init__(self, sheet: Stylesheet, node: DOMNode) -> None:
        super().__init__()
        self._sheet, self._node = sheet, node

    def __contains__(self, part: object) -> bool:
        return part in self._node._get_component_classes()

    def __missing__(self, part: str) -> Any:
        virtual = DOMNode(classes=part)
        virtual._attach(self._node)
        self._sheet.apply(virtual, animate=False)
        self[part] = virtual.styles
        return virtual.styles


def _process_component_classes(sheet: Stylesheet, node: Any) -> None:
    """Forget the styles of a widget's parts; where one that was asked for is another now, have the widget painted."""
    if not node._get_component_classes():
        return
    before = node._component_styles
    node._component_styles = now = _WhenAskedFor(sheet, node)
    if any(now[part] != styles for part, styles in before.items()):
        node.refresh()


@contextmanager
def sparing() -> Iterator[None]:
    """Spare what need not be done again for each app."""
    begin, set_variables = Stylesheet.__init__, Stylesheet.set_variables

    def begun(sheet: Stylesheet, **given: Any) -> None:
        begin(sheet, **given)
        _remember(sheet)

    def varied(sheet: Any, variables: dict[str, str]) -> None:
        sheet._parse_cache = LRUCache(1)  # Textual clears it: the others keep theirs
        set_variables(sheet, variables)
        _remember(sheet)

    with (
        patch.object(Stylesheet, "__init__", begun),
        patch.object(Stylesheet, "set_variables", varied),
        patch.object(Stylesheet, "_process_component_classes", _process_component_classes),
    ):
        yield
