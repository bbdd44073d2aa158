"""What a template may say between {{ }} and {% %}: the names, the filters, and nothing that runs on or takes room.

A small part of Jinja2: names, their fields, `if`, `for`, comparisons, text put together, a few filters. No call, no
macro, no variable of its own, no arithmetic: so all that a template does is bounded by its size, its loops and its
texts, and those are counted (letters.template_run).
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

import msgspec

from arctui.core.letter_values import LetterValues

if TYPE_CHECKING:
    from jinja2 import nodes

#: What Jinja2 tells of a loop from within it.
_OF_LOOPS = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
FILTERS = ("capitalize", "first", "join", "last", "length", "lower", "upper")
_TESTS = ("defined", "even", "none", "odd")
_DEEPEST = 3
_WORDS = {
    "Call": "a call",
    "CallBlock": "a call",
    "FilterBlock": "filter",
    "Assign": "set",
    "AssignBlock": "set",
    "Include": "include",
    "Import": "import",
    "FromImport": "import",
    "Extends": "extends",
    "Block": "block",
    "Macro": "macro",
    "With": "with",
    "Dict": "a dictionary",
    "Slice": "a part by [:]",
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Pos"), "arithmetic"),
}
_ALLOWED = frozenset(
    "Template Output TemplateData Name Const If For Getattr Getitem Filter Test Compare Operand And Or Not CondExpr "
    "Concat Tuple List".split()
)


def _fields(kind: type[msgspec.Struct]) -> Mapping[str, object]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


#: What a template may name.
NAMES = _fields(LetterValues)


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest what may have been meant: "; did you mean 'amount'?", "" where nothing is near."""
    found = get_close_matches(word.strip().lower(), list(known), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""


def wrong(tree: "nodes.Template") -> list[tuple[int, str]]:
    """Return what a template says that it may not, each with its line."""
    return sorted(set(_Walk().of(tree, {}, 0)))


class _Walk:
    """The walk through a template; `scope` has what the names of the loops around are, `deep` counts these."""

    def of(self, node: "nodes.Node", scope: Mapping[str, object], deep: int) -> Iterator[tuple[int, str]]:
        from jinja2 import nodes

        name = type(node).__name__
        if name not in _ALLOWED:
            said = _WORDS.get(name, name.lower())
            yield node.lineno, f"{said} is not possible in a letter: names, if, for and a few filters are"
            return
        match node:
            case nodes.For():
                yield from self._loop(node, scope, deep)
                return
            case nodes.Name() if node.name not in scope and node.name not in NAMES:
                known = [*NAMES, *scope]
                yield node.lineno, f"there is nothing called '{node.name}'{nearest(node.name, known)}"
            case nodes.Getattr():
                yield from self._field(node, node.attr, scope)
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                yield from self._field(node, key, scope)
            case nodes.Getitem() if not isinstance(node.arg, nodes.Const):
                yield node.lineno, "a row is named by its number, as in invoices[0], or by a loop"
            case nodes.Filter() if node.name not in FILTERS:
                yield node.lineno, f"there is no filter '{node.name}'{nearest(node.name, FILTERS)}"
            case nodes.Test() if node.name not in _TESTS:
                yield node.lineno, f"there is no test '{node.name}'{nearest(node.name, _TESTS)}"
        for child in node.iter_child_nodes():
            yield from self.of(child, scope, deep)

    def _loop(self, node: "nodes.For", scope: Mapping[str, object], deep: int) -> Iterator[tuple[int, str]]:
        from jinja2 import nodes

        if node.recursive:
            yield node.lineno, "a loop that is recursive is not possible in a letter"
        if deep >= _DEEPEST:
            yield node.lineno, f"at most {_DEEPEST} loops may stand inside of each other"
            return
        yield from self.of(node.iter, scope, deep)
        if not isinstance(node.target, nodes.Name):
            yield node.lineno, "a loop goes over rows with one name: {% for invoice in invoices %}"
            return
        inside = {**scope, node.target.name: _row(self._type(node.iter, scope)), "loop": "loop"}
        if node.target.name in NAMES or node.target.name == "loop":
            yield node.lineno, f"'{node.target.name}' is taken: a loop needs another name for its rows"
        for child in (*node.body, *([node.test] if node.test else ())):
            yield from self.of(child, inside, deep + 1)
        for child in node.else_:
            yield from self.of(child, scope, deep + 1)

    def _field(
        self, node: "nodes.Getattr | nodes.Getitem", key: str, scope: Mapping[str, object]
    ) -> Iterator[tuple[int, str]]:
        of = self._type(node.node, scope)
        if of == "loop":
            known: Iterable[str] = sorted(_OF_LOOPS)
        elif isinstance(of, type) and issubclass(of, msgspec.Struct):
            known = _fields(of)
        else:
            yield node.lineno, f"there is no '{key}' of this: only of a row, as in invoices[0].number"
            return
        if key not in known:
            yield node.lineno, f"there is no '{key}' of this{nearest(key, known)}"

    def _type(self, node: "nodes.Node", scope: Mapping[str, object]) -> object:
        """Return the type of an expression, None where it is of no interest."""
        from jinja2 import nodes

        match node:
            case nodes.Name():
                return scope[node.name] if node.name in scope else NAMES.get(node.name)
            case nodes.Getattr():
                of = self._type(node.node, scope)
                return _fields(of).get(node.attr) if isinstance(of, type) and issubclass(of, msgspec.Struct) else None
            case nodes.Getitem():
                return _row(self._type(node.node, scope))
            case nodes.Filter(name="first" | "last") if node.node:
                return _row(self._type(node.node, scope))
        return None


def _row(of: object) -> object:
    """Return the type of a row of rows."""
    return next(iter(get_args(of)), None)
