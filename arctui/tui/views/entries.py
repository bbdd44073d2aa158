"""The rows of the worklist: an account with its reason, drawn in one line or two."""

from dataclasses import dataclass, replace

from arctui.core.credit_terms import on_hold
from arctui.core.reasons import Bucket
from arctui.core.worklist import Row, on_the_line, said_of
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, fit

#: A mark for each bucket, so that nothing depends on colour.
MARKS = {
    Bucket.BROKEN: ("!", "bad"),
    Bucket.CALLBACK: ("@", "accent"),
    Bucket.VERIFY: ("?", "warn"),
    Bucket.CUTOFF: ("$", "accent"),
    Bucket.FIRST: ("1", ""),
    Bucket.SCHEDULED: ("2", ""),
    Bucket.DISPUTE: ("D", "warn"),
    Bucket.LETTER: ("L", "dim"),
}


@dataclass(frozen=True)
class Entry:
    """An account in the list: on today's worklist with its reason, or found by a search."""

    mark: str
    role: str
    name: str
    amount: str
    days: str
    why: str


def listed(desk: Desk, search: str) -> list[str]:
    """Return the ids of today's worklist, or with a search of all accounts found, those on the worklist first."""
    return desk.search(search) if search.strip() else [row.account for row in desk.worklist()]


def entry(desk: Desk, account: str) -> Entry:
    """Return an account as the list shows it; what was typed and left there is said first."""
    if not desk.knows(account):
        return Entry(" ", "dim", "no longer in the book", "", "", "")
    found = _entry(desk, account)
    return replace(found, why=f"draft kept; {found.why}") if desk.drafts.on(account) else found


def _entry(desk: Desk, account: str) -> Entry:
    row = desk.row(account)
    if row:
        return of_row(desk, row)
    standing = desk.standing(account)
    balance = standing.balance
    why = "nothing to do"
    if standing.stopped:
        why = f"not to be called: {standing.stopped}"
    elif standing.next:
        why = f"{desk.rules.day(standing.next.day)}: {standing.next.why}"
    shown = balance.collectable or balance.net
    days = str(balance.days_past_due) if balance.days_past_due else ""
    mark = "x" if standing.stopped else "·"
    dossier = desk.dossier(account)
    line, name = on_the_line(dossier, desk.rules), dossier.account.name
    held = "on hold" if on_hold(dossier) else ""
    said = [said_of(line, desk.rules) if line else "", desk.at_bank.of(account), held, why]
    why = "; ".join(filter(None, said))
    return Entry(mark, "dim", name, desk.rules.money(shown, balance.currency), days, why)


def of_row(desk: Desk, row: Row) -> Entry:
    """Return a row of the worklist as the list shows it."""
    mark, role = MARKS[row.bucket]
    amount = desk.rules.money(row.amount, row.currency)
    days = str(row.days_past_due) if row.days_past_due else ""
    return Entry(mark, role, row.name, amount, days, row.why)


def draw_entry(entry: Entry, width: int, has_cursor: bool, *, tall: bool) -> list[Line]:
    """Draw an account of the list: two lines where the pane is one of two columns, else one."""
    pointer = ">" if has_cursor else " "
    if tall:
        amount = max(10, len(entry.amount))
        return [
            (
                (f"{pointer}{entry.mark} ", entry.role),
                (fit(entry.name, max(8, width - amount - 10)), "strong"),
                (f" {fit(entry.amount, amount, right=True)}", ""),
                (fit(entry.days, 5, right=True), "dim"),
                (" ", ""),
            ),
            ((f"   {fit(entry.why, width - 4)}", "dim"),),
        ]
    name = max(8, min(30, (width - 24) * 2 // 5))
    return [
        (
            (f"{pointer}{entry.mark} ", entry.role),
            (fit(entry.name, name), "strong"),
            (fit(entry.amount, 15, right=True), ""),
            (fit(entry.days, 5, right=True), "dim"),
            (f"  {fit(entry.why, width - name - 26)}", "dim"),
        )
    ]
