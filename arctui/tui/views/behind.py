"""The accounts behind a figure as lines: what it is and its sum above, then a line for each account."""

from decimal import Decimal

from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.desk.board import Behind, Board, Row
from arctui.tui.widgets.lines import Line, clip, fit, wrap

_AMOUNT, _SHARE, _HUNDRED = 15, 7, 100
_WIDEST_NAME = 44


def behind_heads(board: Board, behind: Behind, width: int) -> list[Line]:
    """Return the title with the sum, how the figure comes about, and the heads of the columns."""
    accounts = len({row.account for row in behind.rows})
    whole = grouped(behind.sum, board.currency) if behind.is_money else f"{behind.sum:,.0f}"
    name = _name_width(width)
    heads = f"   {fit('', name)}{fit(behind.what, _AMOUNT, right=True)}{fit('share', _SHARE, right=True)}"
    return [
        *wrap(f" {behind.title}: {whole}, {plural(accounts, 'account')}", width, "title", indent=1),
        *(wrap(f" {behind.words}", width, "dim", indent=1) if behind.words else ()),
        ((clip(heads, width), "dim"),),
    ]


def _name_width(width: int) -> int:
    return max(10, min(_WIDEST_NAME, width // 3))


def behind_line(behind: Behind, row: Row, width: int, *, has_cursor: bool) -> Line:
    """Return the line of an account: its part, its share of the whole, and what it is made of."""
    name, whole = _name_width(width), behind.sum
    amount = grouped(row.amount) if behind.is_money else f"{row.amount:,.0f}"
    left = width - 3 - name - _AMOUNT - _SHARE - 2
    return (
        (" > " if has_cursor else "   ", "accent"),
        (fit(row.name, name - 1) + " ", ""),
        (fit(amount, _AMOUNT, right=True), "strong"),
        (fit(_share(row.amount, whole), _SHARE, right=True), ""),
        ("  " + clip(row.words, left) if row.words and left > 0 else "", "dim"),
    )


def _share(amount: Decimal, whole: Decimal) -> str:
    return f"{amount / whole * _HUNDRED:.1f}%" if whole else ""
