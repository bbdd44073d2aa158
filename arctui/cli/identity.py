"""Who is who, and what a currency is worth: `doubles`, `merge`, `split`, `apart`, `rate`."""

import argparse
from typing import Any

from arctui.cli.commands import day_of, show
from arctui.cli.tables import table
from arctui.core.import_records import Rate
from arctui.core.text import plural
from arctui.desk import Desk, DeskError


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Run one of these commands."""
    document, lines = {
        "doubles": _doubles,
        "merge": _merge,
        "split": _split,
        "apart": _apart,
        "rate": _rate,
    }[options.command](options, desk)
    show(options, document, lines)
    return 0


Answer = tuple[Any, list[str]]


def _doubles(_: argparse.Namespace, desk: Desk) -> Answer:
    found = desk.identity.doubles()
    if not found:
        return [], ["no two accounts look like one customer"]

    def called(account: str, name: str) -> str:
        number = desk.dossier(account).account.number
        return f"{name} ({number})" if number else name

    rows = [(called(d.account, d.name), called(d.other, d.other_name), d.why) for d in found]
    hint = "one customer: arctui merge WHO INTO; two: arctui apart WHO OTHER"
    documents = [
        {
            "account": d.name,
            "other": d.other_name,
            "why": d.why,
            "number": desk.dossier(d.account).account.number,
            "other_number": desk.dossier(d.other).account.number,
        }
        for d in found
    ]
    return documents, [*table(rows), f"{plural(len(found), 'pair')}; {hint}"]


def _done(act: str) -> Answer:
    return {"done": act}, [act]


def _merge(options: argparse.Namespace, desk: Desk) -> Answer:
    account, into = desk.find(options.who).id, desk.find(options.into).id
    moves = desk.identity.what_moves(account, into)
    act = desk.identity.merge(account, into)
    return {"done": act, "moved": moves}, [act, moves]


def _split(options: argparse.Namespace, desk: Desk) -> Answer:
    return _done(desk.identity.split(desk.find(options.who).id, options.name))


def _apart(options: argparse.Namespace, desk: Desk) -> Answer:
    return _done(desk.identity.apart(desk.find(options.who).id, desk.find(options.other).id))


def _rate(options: argparse.Namespace, desk: Desk) -> Answer:
    if options.currency is not None:
        if options.value is None:
            raise DeskError(f"what is one {options.currency.upper()} worth? arctui rate {options.currency} 1.08")
        act = desk.rates.set(options.currency, options.value, day_of(options.since, "--from"))
        return {"done": act}, [act]
    rates = desk.rates.all()
    rows = [
        (r.currency, f"{r.value:f} {r.into}", f"from {r.since}", "now" if desk.rates.in_force(r) else "")
        for r in rates
    ]
    return [_as_json(r, desk) for r in rates], table(rows) or ["no rate is written down: arctui rate EUR 1.08"]


def _as_json(rate: Rate, desk: Desk) -> dict[str, Any]:
    return {
        "currency": rate.currency,
        "into": rate.into,
        "rate": f"{rate.value:f}",
        "from": rate.since.isoformat(),
        "in_force": desk.rates.in_force(rate),
    }
