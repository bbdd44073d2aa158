"""`credit`: who should get credit, as text and as JSON, and a person's decision on one account."""

import argparse
from collections.abc import Sequence

from arctui.cli.commands import show
from arctui.cli.documents import credit
from arctui.cli.tables import short, table
from arctui.cli.values import Document
from arctui.core.credit_terms import Card
from arctui.core.credit_words import grade_words, limit_words, notes, proposal_words, stands_words
from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.credit import LISTS


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show a list of accounts, or one account; decide on it if asked."""
    decides = options.hold or options.release or options.limit is not None
    if options.who is None:
        if decides or options.why is not None:
            options.misused("whose credit? arctui credit WHO --hold --why REASON")
        return _list(options, desk)
    if options.list is not None:
        options.misused("--list shows several accounts: leave WHO or --list out")
    if options.why is not None and not decides:
        options.misused("--why is the reason of --hold, --release or --limit")
    account, done = desk.find(options.who).id, ""
    if decides:
        limit = (
            desk.credit.read_limit(options.limit, desk.credit.card(account).currency)
            if options.limit is not None
            else None
        )
        hold = True if options.hold else False if options.release else None
        done = desk.credit.decide(account, hold=hold, limit=limit, reason=options.why or "")
    card = desk.credit.card(account)
    document = {**_document(desk, card), "done": done or None}
    show(options, document, [*([done] if done else []), *lines(desk, card)])
    return 0


def lines(desk: Desk, card: Card) -> list[str]:
    """Show one account's credit: how it stands, the grade part by part, and what is proposed."""
    owes = f"{card.name}: owes {desk.rules.money(card.owes, card.currency)}, {limit_words(card, desk.rules)}"
    shown = [owes, *stands_words(card, desk.rules), "", *grade_words(card), "", "proposed:"]
    return [*shown, *(f"  {words}" for words in proposal_words(card))]


def _list(options: argparse.Namespace, desk: Desk) -> int:
    chosen = options.list or "all"
    cards = desk.credit.list(chosen)
    show(options, [_document(desk, card) for card in cards], _rows(desk, cards, chosen))
    return 0


def _rows(desk: Desk, cards: Sequence[Card], chosen: str) -> list[str]:
    rows = [
        (
            f"  {card.grade.letter or '-'}",
            short(card.name),
            grouped(card.owes, card.currency),
            grouped(card.limit) if card.limit is not None else "-",
            grouped(card.proposal.limit) if card.proposal.limit is not None else "-",
            "; ".join(notes(card, desk.rules)),
        )
        for card in cards
    ]
    head = ("  grade", "account", "owes", "limit", "proposed", "")
    return [f"{LISTS[chosen]}: {plural(len(cards), 'account')}", *(table([head, *rows], (2, 3, 4)) if rows else [])]


def _document(desk: Desk, card: Card) -> Document:
    number = desk.dossier(card.account).account.number
    return {"account": card.name, "number": number, **credit(desk, card.account)}
