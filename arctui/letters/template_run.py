"""Templates compiled and run in Jinja2's sandbox, bounded in work and in what comes out.

The sandbox is the second wall: `letters.template_names` lets nothing through that could call or run on.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from arctui.core.letter_values import LetterValues
from arctui.core.text import clean
from arctui.letters.template import MOST_TEXT, Prepared, Problem, TemplateError
from arctui.letters.template_marks import misread
from arctui.letters.template_names import FILTERS, NAMES, wrong

if TYPE_CHECKING:
    from jinja2 import Template as Compiled
    from jinja2 import nodes
    from jinja2.runtime import Context
    from jinja2.sandbox import SandboxedEnvironment

#: Steps of all loops together, each counted with the parts of the template that it runs through, and the characters
#: of all texts that are worked on.
_MOST_STEPS = 1_000_000
_COUNTED, _TOGETHER, _BUDGET = "counted", "together", " steps"


class _TooMuchError(Exception):
    """A template that would run on, or whose letter would be too large."""


class _Budget:
    """The steps that are left for one letter."""

    def __init__(self) -> None:
        self.left = _MOST_STEPS

    def over(self, rows: Iterable[object], cost: int) -> Iterator[object]:
        for row in rows:
            self.take(cost)
            yield row

    def take(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise _TooMuchError("its loops take too long: a letter has fewer rows")

    def text(self, value: object) -> str:
        """Return a value as a text, its characters counted. Raises TypeError for rows."""
        from jinja2 import Undefined

        if not isinstance(value, str | int | Undefined):
            raise TypeError("rows cannot be written: name a field of a row, or use a block as [invoices]")
        # What is undefined says itself what is wrong.
        text = str(value)
        self.take(len(text))
        return text

    def texts(self, values: Iterable[object], between: str = "") -> str:
        """Put values together, as far as a letter has room for them."""
        pieces, size = list[str](), 0
        for value in values:
            pieces.append(self.text(value))
            size += len(pieces[-1]) + len(between)
            if size > MOST_TEXT:
                raise _TooMuchError(f"the letter would be too large: at most {MOST_TEXT:,} characters")
        return between.join(pieces)


def compiled(name: str, text: str) -> "Compiled":
    """Compile a template whose lines are marked. Raises TemplateError."""
    from jinja2 import TemplateSyntaxError

    environment = _environment()
    try:
        tree = environment.parse(text)
        found = wrong(tree)
        if not found:
            _count(tree, environment)
            code = environment.compile(tree, name, name)
            return environment.template_class.from_code(environment, code, {})
    except TemplateSyntaxError as error:
        found = [misread(text, error.message or "", error.lineno)]
    except (RecursionError, MemoryError, SyntaxError, ValueError):
        found = [(0, "this is too entangled for a letter")]
    raise TemplateError(Problem(name, line, what) for line, what in found)


def run(prepared: Prepared, values: LetterValues) -> str:
    """Run a template; return its text with the marks in it. Raises TemplateError."""
    given = {field: getattr(values, field) for field in NAMES}
    pieces, size = [], 0
    try:
        for piece in prepared.compiled.generate({**given, _BUDGET: _Budget()}):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_TEXT:
                raise _TooMuchError(f"the letter would be too large: at most {MOST_TEXT:,} characters")
    except Exception as error:  # noqa: BLE001 - whatever a template does is the template's fault, and is told with its line
        raise TemplateError([Problem(prepared.name, _line(error, prepared.name), _why(error))]) from None
    return "".join(pieces)


def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined, pass_context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # All of these know the letter they work for, so Jinja2 works none of them out when a template is compiled.
    @pass_context
    def counted(context: "Context", rows: Iterable[object], cost: int) -> Iterator[object]:
        return _budget(context).over(rows, cost)

    @pass_context
    def join(context: "Context", rows: Iterable[object], between: str = "") -> str:
        budget = _budget(context)
        return budget.texts((clean(budget.text(row)) for row in rows), budget.text(between))

    @pass_context
    def together(context: "Context", values: Iterable[object]) -> str:
        return _budget(context).texts(values)

    @pass_context
    def shown(context: "Context", value: object) -> str:
        """Write what stands in {{ }}: data is one line and brings no mark."""
        return clean(_budget(context).text(value))

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, loader=None, finalize=shown, keep_trailing_newline=True
    )
    environment.globals.clear()
    filters = {name: environment.filters[name] for name in FILTERS}
    cased = {name: _cased(work) for name, work in _CASES.items()}
    environment.filters = {**filters, **cased, "join": join, _COUNTED: counted, _TOGETHER: together}
    return environment


_CASES: dict[str, Callable[[str], str]] = {"capitalize": str.capitalize, "lower": str.lower, "upper": str.upper}


def _cased(work: Callable[[str], str]) -> Callable[..., str]:
    from jinja2 import pass_context

    @pass_context
    def cased(context: "Context", value: object) -> str:
        return work(_budget(context).text(value))

    return cased


def _budget(context: "Context") -> _Budget:
    budget: _Budget = context[_BUDGET]
    return budget


def _count(tree: "nodes.Template", environment: "SandboxedEnvironment") -> None:
    """Let every loop of a template count its steps, and every text that is put together its characters."""
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    class Together(NodeTransformer):
        def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  Jinja2's name for it
            texts = nodes.List([self.visit(each) for each in node.nodes], lineno=node.lineno)
            return nodes.Filter(texts, _TOGETHER, [], [], None, None, lineno=node.lineno)

    Together().visit(tree)
    for loop in tree.find_all(nodes.For):
        cost = nodes.Const(sum(1 for _ in loop.find_all(nodes.Node)), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [cost], [], None, None, lineno=loop.iter.lineno)
    tree.set_environment(environment)


def _line(error: BaseException, name: str) -> int:
    """Return the line of a template in which something went wrong, 0 if that is not known."""
    frames: list[Any] = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == name]
    return frames[-1].lineno or 0 if frames else 0


def _why(error: Exception) -> str:
    from jinja2 import UndefinedError

    if isinstance(error, _TooMuchError | TypeError):
        return str(error)
    if isinstance(error, UndefinedError):
        return "it names a row that this letter does not have: ask for it with {% if %} first"
    return f"this cannot be worked out: {error}"
