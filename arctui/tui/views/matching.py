"""A bank line that waits: what the bank says, what it may pay and why, and what the account has open."""

from collections.abc import Sequence

from arctui.core import words as say
from arctui.core.import_records import BankLine
from arctui.core.text import clean, plural
from arctui.desk import Desk
from arctui.exchange.match_ways import Owed
from arctui.exchange.matching import Certainty, Proposal
from arctui.exchange.payer_names import payer_of
from arctui.tui.widgets.lines import Line, clip, fit, wrap

#: So many of the lines after the one that is looked at are named.
_FOLLOWING = 10
_CERTAIN = {
    Certainty.CERTAIN: ("certain", "good"),
    Certainty.LIKELY: ("likely", "accent"),
    Certainty.NONE: ("?", "warn"),
}


def matching_lines(desk: Desk, proposal: Proposal, width: int, *, chosen: bool) -> list[Line]:
    """Return one line with its proposal; `chosen`: the clerk named the account."""
    line, money = proposal.line, desk.rules.money
    lines: list[Line] = [
        (
            (f"{money(line.amount, line.currency)}  ", "strong"),
            (say.short_day(line.day, desk.today), ""),
            (f"   {payer_of(line.payer, line.words)}", "title"),
        )
    ]
    bank = "   ".join(
        filter(None, dict.fromkeys((line.words, line.payer, line.reference and f"ref {line.reference}")))
    )
    lines += wrap(clean(bank), width, "dim", indent=2)
    if line.listed:
        lines += wrap(
            "of a payment list that names no invoices: it is in the book, on account", width, "dim", indent=2
        )
    lines.append((("", ""),))
    if not proposal.account:
        nobody = f"{proposal.why}: / chooses the account, x ignores a line that is no customer's"
        return [*lines, *wrap(nobody, width, "warn", indent=2)]
    word, role = ("chosen", "accent") if chosen else _CERTAIN[proposal.certainty]
    name = desk.dossier(proposal.account).account
    lines.append(((f"{word}  ", role), (name.name, "strong"), (f"  {name.number}", "dim")))
    lines += wrap(f"  {proposal.why}", width, "", indent=2)
    lines += [_laid(f"on {p.number}", money(p.amount, line.currency)) for p in proposal.parts]
    if line.amount > 0 and proposal.on_account:
        lines.append(_laid("on account", money(proposal.on_account, line.currency)))
    return [*lines, *_open(desk, proposal, width)]


def following_lines(desk: Desk, following: Sequence[BankLine], width: int) -> list[Line]:
    """Return the lines that wait after the one that is looked at: the first few."""
    if not following:
        return []
    lines: list[Line] = [
        (("", ""),),
        ((f"{plural(len(following), 'line waits', 'lines wait')} after this one", "dim"),),
    ]
    for line in following[:_FOLLOWING]:
        amount, day = desk.rules.money(line.amount, line.currency), say.short_day(line.day, desk.today)
        text = f"  {amount:>16}  {day:<11} {clean(payer_of(line.payer, line.words) or line.words)}"
        lines.append(((clip(text, max(1, width)), "dim"),))
    if len(following) > _FOLLOWING:
        lines.append((("  ...", "dim"),))
    return lines


def _number(item: Owed) -> str:
    return item.invoice.number or item.invoice.kind


def _laid(where: str, amount: str) -> Line:
    return ((f"  {amount:>16}  ", "strong"), (where, ""))


def _open(desk: Desk, proposal: Proposal, width: int) -> list[Line]:
    """The account's open invoices, those that are paid by it marked."""
    items = desk.matching.items(proposal.account, proposal.line)
    paid = {part.invoice for part in proposal.parts}
    widest = max((len(_number(item)) for item, _ in items), default=0)
    head = f"{plural(len(items), 'open invoice')} of this account" if items else "nothing is open on this account"
    lines: list[Line] = [(("", ""),), ((head, "dim"),)]
    for item, left in items:
        due = f"due {say.short_day(item.invoice.due, desk.today)}" if item.invoice.due else "due date unknown"
        mark = "*" if item.invoice.id in paid else " "
        amount = desk.rules.money(left, item.invoice.currency)
        number = fit(_number(item), max(8, min(widest, width - 42)))
        lines.append(
            (
                (f"{mark} {number}", "strong" if mark == "*" else ""),
                (f"{amount:>16}", ""),
                (f"  {due}", "warn" if item.late else "dim"),
            )
        )
    return lines
