"""The command that matches bank lines: it lists those that wait, or decides one."""

import argparse
from typing import Any

from arctui.cli.commands import show
from arctui.cli.tables import table
from arctui.core.import_records import BankLine
from arctui.core.money import plain
from arctui.core.records import Account
from arctui.core.text_table import cut
from arctui.desk import Desk, DeskError
from arctui.exchange.matching import Proposal
from arctui.exchange.payer_names import payer_of

_WIDTH = 40


def run(options: argparse.Namespace, desk: Desk) -> int:
    """List the lines that wait, or decide the one of a number."""
    lines = desk.matching.lines()
    if options.line is None:
        if options.to or options.accept or options.on_account or options.ignore or options.apply:
            raise DeskError("which bank line? 'arctui match' lists them with their numbers")
        return _list(options, desk, lines)
    if options.line > len(lines):
        raise DeskError(f"there is no bank line {options.line}: 'arctui match' lists those that wait")
    line = lines[options.line - 1]
    act = _decide(options, desk, line)
    show(options, {"done": act}, [act])
    return 0


def _decide(options: argparse.Namespace, desk: Desk, line: BankLine) -> str:
    matching = desk.matching
    if options.ignore:
        return matching.ignore(line.id)
    chosen = desk.find(options.to).id if options.to else ""
    account = chosen or matching.propose(line).account
    if not account and not options.apply:
        raise DeskError("whose money is it? --to WHO, or --ignore")
    if options.on_account:
        return matching.on_account(line.id, account)
    if options.apply:
        return matching.apply(line.id, account, options.apply)
    if not (options.accept or chosen):
        raise DeskError(
            "do what with it? --accept, --apply '1041 500, 1042 rest', --on-account, --to WHO or --ignore"
        )
    return matching.accept(line.id, chosen)


def _list(options: argparse.Namespace, desk: Desk, lines: list[BankLine]) -> int:
    proposals = [desk.matching.propose(line) for line in lines]
    rows = [
        (
            str(n),
            str(p.line.day),
            desk.rules.money(p.line.amount, p.line.currency),
            _clip(_who(p.line)),
            _words(desk, p),
        )
        for n, p in enumerate(proposals, 1)
    ]
    nothing = "no bank line waits" if not rows else ""
    document = [_document(n, desk, p) for n, p in enumerate(proposals, 1)]
    show(options, document, [nothing] if nothing else table(rows, right=(0, 2)))
    return 0


def _who(line: BankLine) -> str:
    return payer_of(line.payer, line.words) or line.words


def _clip(text: str) -> str:
    return cut(text, _WIDTH)


def _name(desk: Desk, account: str) -> str:
    record = desk.book.facts.get(Account, account)
    return record.name if record else ""


def _words(desk: Desk, proposal: Proposal) -> str:
    if not proposal.account:
        return proposal.why
    goes = ", ".join(f"{p.number} {plain(p.amount)}" for p in proposal.parts) or "on account"
    if proposal.line.amount < 0:
        goes = "return"
    return f"{_name(desk, proposal.account)}: {goes} ({proposal.why})"


def _document(number: int, desk: Desk, proposal: Proposal) -> dict[str, Any]:
    line = proposal.line
    return {
        "line": number,
        "date": line.day.isoformat(),
        "amount": plain(line.amount),
        "currency": line.currency,
        "payer": payer_of(line.payer, line.words),
        "words": line.words,
        "reference": line.reference,
        "account": _name(desk, proposal.account) or None,
        "certainty": proposal.certainty.value,
        "why": proposal.why,
        "apply": [{"invoice": p.number, "amount": plain(p.amount)} for p in proposal.parts],
    }
