"""What changed in a record, in words: a step of the history in, a short line out. Pure.

Works on the plain values as they stand in the history, so that a record which is gone, or a field that this version
does not know, is still told.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from arctui.core.calls import Call
from arctui.core.decisions import Closing, CreditDecision
from arctui.core.import_records import BankLine, OwnLayout, Rate
from arctui.core.letter_records import Attachment, Letter
from arctui.core.money import ZERO, grouped, total
from arctui.core.records import (
    Account,
    Activity,
    Dispute,
    FollowUp,
    FollowUpKind,
    Import,
    Invoice,
    Payment,
    Person,
    PolicyChange,
    Promise,
)
from arctui.core.text import clean
from arctui.store import Step

Values = dict[str, Any]
#: Says whom or what an id stands for, "" if that is not known.
Names = Callable[[str], str]

_LONGEST = 2000
_NOUNS = {
    Account.TABLE: ("account", "accounts"),
    Person.TABLE: ("person", "people"),
    Invoice.TABLE: ("invoice", "invoices"),
    Payment.TABLE: ("payment", "payments"),
    Activity.TABLE: ("activity", "activities"),
    Promise.TABLE: ("promise", "promises"),
    Dispute.TABLE: ("dispute", "disputes"),
    FollowUp.TABLE: ("follow-up", "follow-ups"),
    Call.TABLE: ("open call", "open calls"),
    Import.TABLE: ("import", "imports"),
    BankLine.TABLE: ("bank line", "bank lines"),
    OwnLayout.TABLE: ("layout of our own", "layouts of our own"),
    Rate.TABLE: ("rate", "rates"),
    Closing.TABLE: ("review", "reviews"),
    CreditDecision.TABLE: ("credit decision", "credit decisions"),
    Letter.TABLE: ("letter", "letters"),
    Attachment.TABLE: ("attachment", "attachments"),
    PolicyChange.TABLE: ("setting", "settings"),
}
_AMOUNTS = frozenset({"amount", "balance", "credit_limit", "limit", "proposed_limit", "interest", "fee", "tolerance"})
_LABELS = {
    "flags": "stopped for",
    "in_hands": "in our hands",
    "day": "on",
    "hour": "at",
    "why": "reason",
    "struck": "struck out",
    "aliases": "also called",
    "apart": "not the same as",
}
#: Fields by which imports and the review find their way; told only where nothing else changed.
_BOOKKEEPING = frozenset(
    {"reported", "as_listed", "recorded", "reversal_recorded", "identity", "plan", "id", "account", "activity"}
)


def owner(step: Step) -> str:
    """Return the id of the account that a step is on, "" for one on the book itself."""
    if step.table == Account.TABLE:
        return step.id
    return str((step.now or step.was or {}).get("account", ""))


def is_on(step: Step, account: str) -> bool:
    """Is the step on this account, before or after it?"""
    if step.table == Account.TABLE:
        return step.id == account
    return any(values and values.get("account") == account for values in (step.was, step.now))


def verb(step: Step) -> str:
    """Say what became of the record: added, changed, removed."""
    if step.was is None:
        return "added"
    return "removed" if step.now is None else "changed"


def count_words(steps: Sequence[Step]) -> str:
    """Say how many records of one kind had the same done to them: "30,000 invoices added"."""
    one, many = _NOUNS.get(
        steps[0].table, (f"record of {clean(steps[0].table)}", f"records of {clean(steps[0].table)}")
    )
    return f"{len(steps):,} {one if len(steps) == 1 else many} {verb(steps[0])}"


def step_words(step: Step, names: Names, home: str) -> str:
    """Say what changed in a record, field by field; amounts name their currency where it is not `home`."""
    values = step.was or step.now or {}
    what = _what(step.table, values, home)
    if step.table == Call.TABLE and verb(step) != "changed":
        return "the open call was ended" if step.now is None else "the call is open again"
    if step.was is None or step.now is None:
        return f"{verb(step)} {what}"
    if step.table == Closing.TABLE:
        return f"{what}: {_owed(step.was, step.now, home)}"
    return f"{what}: {', '.join(_differences(step.was, step.now, names, home)) or 'nothing changed'}"


def _differences(was: Values, now: Values, names: Names, home: str) -> list[str]:
    fields = [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]
    told = [name for name in fields if name not in _BOOKKEEPING] or fields
    return [_difference(name, was, now, names, home) for name in told]


def _difference(name: str, was: Values, now: Values, names: Names, home: str) -> str:
    """Say what became of one field: "amount 1,200.00 -> 1,500.00", "now withdrawn on 2026-11-27"."""
    label = _LABELS.get(name) or clean(name).replace("_", " ")
    before, after = (_value(name, values.get(name), values, names, home) for values in (was, now))
    if before == after:
        return f"{label} changed"
    if before and after:
        return f"{label} {before} -> {after}"
    value = "" if True in (was.get(name), now.get(name)) else f" {before or after}"
    return f"{'now' if after else 'no longer'} {label}{value}"


def _what(table: str, values: Values, home: str) -> str:
    """Name a record so that a clerk knows it again."""

    def text(name: str) -> str:
        return _plain(values.get(name))

    def money(name: str = "amount") -> str:
        return _money(values.get(name), values, home)

    def after(mark: str, *names: str) -> str:
        found = " ".join(filter(None, map(text, names)))
        return f"{mark}{found}" if found else ""

    match table:
        case Account.TABLE:
            return f"account {text('name')}{after(', ', 'number')}"
        case Person.TABLE:
            return f"person {text('name')}{after(', ', 'role')}{after(', ', 'phones')}{after(', ', 'emails')}"
        case Invoice.TABLE:
            kind = text("kind").lower() or "invoice"
            left = f", open {money('balance')}" if values.get("balance") != values.get("amount") else ""
            return f"{kind}{after(' ', 'number')} of {money()}{after(', due ', 'due')}{left}"
        case Payment.TABLE:
            came = f"{after(' between ', 'since')} and {text('day')}" if values.get("since") else after(" of ", "day")
            return f"payment{came}: {money()}{after(' by ', 'method')}{after(', ', 'reference')}"
        case Activity.TABLE:
            result = after(": ", "outcome")
            note = "; ".join(filter(None, map(clean, str(values.get("note", "")).split("\n"))))
            return _cut(f"{text('kind') or 'activity'}{result}{after(', ', 'person')}{f': {note}' if note else ''}")
        case Promise.TABLE:
            return f"promise of {money()}{after(' for ', 'day')}{after(' by ', 'method')}{after(', ', 'person')}"
        case Dispute.TABLE:
            return f"dispute of {money()}{after(': ', 'reason')}"
        case FollowUp.TABLE:
            kind = "contact" if text("kind") == FollowUpKind.CONTACT else text("kind")
            return f"{kind or 'follow-up'}{after(' on ', 'day', 'hour')}{after(': ', 'why')}"
        case Import.TABLE:
            return f"import{after(' ', 'number')}: {text('file')}{after(', as of ', 'as_of')}"
        case Closing.TABLE:
            return f"review{after(' of ', 'day')}"
        case CreditDecision.TABLE:
            did = ["on hold" if values["hold"] else "not on hold"] if values.get("hold") is not None else []
            did += [f"limit of {money('limit')}"] if values.get("limit") is not None else []
            return f"credit decision: {', '.join(did)}{after(': ', 'reason')}"
        case PolicyChange.TABLE:
            return f"setting {text('setting')} = {text('value')}{after(' from ', 'since')}"
        case BankLine.TABLE:
            return f"bank line of {money()}{after(' of ', 'day')}{after(', ', 'payer') or after(', ', 'words')}"
        case OwnLayout.TABLE:
            return f"layout of our own{after(': ', 'name')}{after(', for ', 'kind')}"
        case Letter.TABLE:
            return f"letter{after(' ', 'number')}{after(', ', 'kind')}{after(', ', 'person')}"
        case Attachment.TABLE:
            return f"attachment{after(' ', 'name')}{after(', ', 'note')}"
        case Rate.TABLE:
            return f"rate {text('currency')} = {text('value')} {text('into')}{after(' from ', 'since')}"
        case _:
            return _NOUNS.get(table, (f"record of {clean(table)}",))[0]


def _owed(was: Values, now: Values, home: str) -> str:
    """Say what a closing tells of what was owed on its day, and what it told before."""
    sums: list[dict[str, Decimal]] = [{}, {}]
    for found, values in zip(sums, (was, now), strict=True):
        for stock in values.get("stocks") or ():
            found[stock.get("currency", "")] = total(Decimal(amount) for amount in stock.get("aging", {}).values())
    told = []
    for currency in sorted(sums[0].keys() | sums[1].keys()):
        before, after = (_money(found.get(currency, ZERO), {"currency": currency}, home) for found in sums)
        if before != after:
            told.append(f"{before} -> {after}")
    return f"owed then {', '.join(told)}" if told else "what was owed then, by age"


def _value(name: str, value: Any, values: Values, names: Names, home: str) -> str:
    """Write a field's value, "" for none."""
    if value is False or value in (None, "", [], (), {}):
        return ""
    if name in _AMOUNTS:
        return _money(value, values, home)
    if name == "superseded_by":
        return "a newer promise"
    if name == "invoices" and isinstance(value, list | tuple):
        return _cut(", ".join(clean(names(str(i))) or "one that is gone" for i in value))
    if name == "account":
        return names(str(value)) or "one that is gone"
    return _plain(value)


def _plain(value: Any) -> str:
    """Write any plain value, short: what it is made of, without its marks."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        parts = (f"{k} {_plain(v)}".replace("_", " ") for k, v in value.items())
        return _cut(clean(" ".join(parts)))
    if isinstance(value, list | tuple):
        return _cut(", ".join(_plain(v) for v in value))
    return _cut(clean(str(value)))


def _money(value: Any, values: Values, home: str) -> str:
    currency = _plain(values.get("currency"))
    try:
        return grouped(Decimal(str(value)), "" if currency in ("", home) else currency)
    except (InvalidOperation, ValueError):
        return _plain(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
