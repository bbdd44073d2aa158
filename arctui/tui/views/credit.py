"""Who should get credit, as lines: an account of a list, and one account's grade, decisions and proposal."""

from collections.abc import Sequence
from decimal import Decimal

from arctui.core.credit_terms import Card
from arctui.core.credit_words import by_whom, grade_words, limit_words, notes, proposal_words, stands_words
from arctui.core.money import grouped
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, clip, fit, wrap

_AMOUNT = 14
_WIDEST_NAME = 40
#: The columns before the words: pointer, grade, owes, limit.
_COLUMNS = 3 + 3 + 2 * _AMOUNT


def _name_width(width: int) -> int:
    return max(12, min(_WIDEST_NAME, (width - _COLUMNS) * 2 // 5))


def _short(desk: Desk, amount: Decimal, currency: str) -> str:
    """Write an amount without its cents where there is no room for them."""
    text = desk.rules.money(amount, currency)
    return text if len(text) < _AMOUNT else text.replace(f"{amount:,.2f}", f"{amount:,.0f}")


def heads(width: int) -> Line:
    """Return the heads of the columns."""
    name = fit("account", _name_width(width))
    amounts = fit("owes", _AMOUNT, right=True) + fit("limit", _AMOUNT, right=True)
    return ((clip(f"   gr {name}{amounts}  proposed and seen", width), "dim"),)


def credit_row(desk: Desk, card: Card, width: int, *, has_cursor: bool) -> Line:
    """Return the line of an account: grade, name, what it owes, its limit, and what is to be seen."""
    name = _name_width(width)
    proposed = card.proposal.limit
    words = notes(card, desk.rules)
    words += [f"limit {grouped(proposed)} proposed"] if proposed is not None and proposed != card.limit else []
    limit = _short(desk, card.limit, "") if card.limit is not None else "-"
    role = "bad" if card.grade.letter == "E" else "warn" if card.grade.letter == "D" else "strong"
    return (
        (" > " if has_cursor else "   ", "accent"),
        (f"{card.grade.letter or '-'}  ", role),
        (fit(card.name, name), ""),
        (fit(_short(desk, card.owes, card.currency), _AMOUNT, right=True), "warn" if card.beyond else ""),
        (fit(limit, _AMOUNT, right=True), ""),
        ("  " + clip("; ".join(words), max(0, width - _COLUMNS - name - 3)), "bad" if card.held else "dim"),
    )


def credit_lines(desk: Desk, card: Card, width: int) -> list[Line]:
    """Return one account's credit in words: as it stands, the grade part by part, the proposal, what was decided."""
    width, rules = max(30, width), desk.rules
    owes = f"owes {rules.money(card.owes, card.currency)}, {limit_words(card, rules)}"
    lines: list[Line] = [((card.name, "title"),), *wrap(owes, width, "warn" if card.beyond else "strong")]
    for words in stands_words(card, rules):
        lines += wrap(words, width, "bad" if words.startswith("on hold") else "", indent=2)
    lines += _block("GRADE", grade_words(card), width)
    lines += _block("PROPOSED, A PERSON DECIDES", proposal_words(card), width)
    decisions = sorted(desk.dossier(card.account).credit, key=lambda d: d.at, reverse=True)
    told = []
    for decision in decisions:
        parts = [] if decision.hold is None else ["on hold" if decision.hold else "not on hold"]
        parts += [f"limit {rules.money(decision.limit, card.currency)}"] if decision.limit is not None else []
        did = ", ".join(parts)
        proposed = [f"grade {decision.grade}"] if decision.grade else []
        if decision.proposed_limit is not None:
            proposed.append(f"limit {rules.money(decision.proposed_limit, card.currency)} was proposed")
        seen = f" ({', '.join(proposed)})" if proposed else ""
        told.append(f"{did}, {by_whom(decision, rules)}{seen}")
    return lines + (_block("DECIDED", told, width) if told else [])


def _block(head: str, sentences: Sequence[str], width: int) -> list[Line]:
    first, *rest = sentences
    return [
        (("", ""),),
        ((head, "dim"),),
        *wrap(first, width, "strong", indent=2),
        *(line for words in rest for line in wrap(words, width, "", indent=2)),
    ]
