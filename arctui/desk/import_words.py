"""An import in words: what it brought, whole and in one line, and why there was none."""

from decimal import Decimal

from arctui.core.money import grouped
from arctui.core.records import Import, Invoice, Payment, Person
from arctui.core.text import clean, plural
from arctui.desk.import_doubts import differing_words
from arctui.desk.importing import ImportSummary, NeedsConsentError
from arctui.exchange.report import ReportError
from arctui.store import Transaction


def imported(summary: ImportSummary, *, dry_run: bool = False) -> list[str]:
    """Show what an import did, with the report's own total beside ours."""
    if summary.known_already:
        return [f"{summary.file}: {known_already(summary)}"]
    counts = [
        plural(count, noun)
        for count, noun in (
            (summary.accounts_added, "new account"),
            (summary.invoices_added, "new invoice"),
            (summary.invoices_updated, "changed invoice"),
            (summary.invoices_closed, "closed invoice"),
            (summary.invoices_voided, "void invoice"),
            (summary.payments_added, "payment"),
            (summary.payments_inferred, "inferred payment"),
        )
        if count
    ]
    if summary.people_added:
        counts.append(plural(summary.people_added, "person", "people"))
    what = ", ".join(counts) or "nothing new"
    would = "would bring " if dry_run else ""
    lines = [f"{summary.file} ({summary.layout}, as of {summary.as_of}): {would}{what}"]
    if summary.kind not in ("contact list", "archive"):
        ours = f"  total read {read_in_words(summary)}"
        if summary.stated_total is not None:
            same = summary.stated_total == summary.read_total
            verdict = "agrees" if same else f"DIFFERS by {grouped(summary.stated_total - summary.read_total)}"
            ours += f", the report's own total {grouped(summary.stated_total)}: {verdict}"
        lines.append(ours)
        lines += [f"  {words}" for words in proof(summary)]
    for currency, amount in summary.closed.items():
        lines.append(f"  closed, taken as paid {grouped(amount, currency)} (arctui undo takes the import back)")
    lines += [f"  {note}" for note in summary.notes]
    lines += [f"  applied: {words}" for words in summary.applied]
    lines += [f"  waits: {words}" for words in summary.waiting]
    lines += [f"  {settled.words}" for settled in summary.settled]
    if summary.doubles:
        lines.append("  may be one customer (arctui merge WHO INTO, or arctui apart WHO OTHER):")
        lines += [f"    {d.name} and {d.other_name}: {d.why}" for d in summary.doubles]
    if summary.skipped:
        lines.append(f"  {plural(len(summary.skipped), 'row')} with something that was not read:")
        lines += [f"    row {s.row}: {s.why}" for s in summary.skipped]
    return lines


def known_already(summary: ImportSummary) -> str:
    """Say that the very same file was imported before, and how it is imported all the same."""
    return (
        f"was imported before; nothing changed (it was taken as of {summary.as_of}: to import it all the same undo "
        "that import, or say --as-of with another day)"
    )


def proof(summary: ImportSummary) -> list[str]:
    """Say how many of the report's own totals agree with what was read, and each one that differs."""
    if not summary.totals:
        return []
    agree = len(summary.totals) - len(summary.differing)
    verb = "agrees" if len(summary.totals) == 1 else "agree"
    head = f"{agree} of {plural(len(summary.totals), 'total')} of the report {verb} with what was read"
    return [head, *(f"DIFFERS: {differing_words(subtotal)}" for subtotal in summary.differing)]


def read_in_words(summary: ImportSummary) -> str:
    """Say what was read adds up to: one sum, or one for each currency of the file, never across them."""
    sums = summary.read_totals
    if len(sums) <= 1:
        return grouped(summary.read_total)
    return ", ".join(grouped(amount, currency or "in the home currency") for currency, amount in sums.items())


def why_not(error: ReportError) -> str:
    """Say why a file was not imported, and which option of the command line answers where there was a question."""
    ask = ". If that is right, say --yes; if it is only a part of what is open, say --add"
    return f"{error}{ask if isinstance(error, NeedsConsentError) else ''}"


def in_short(summary: ImportSummary) -> str:
    """Say in one line what an import brought: "imported aging.csv: 12 new, 3 closed"."""
    if summary.known_already:
        return f"{summary.file} was imported before, as of {summary.as_of}: nothing was changed"
    doubt = f"; {plural(len(summary.doubles), 'new customer')} may be known" if summary.doubles else ""
    said = _in_short(
        summary.file,
        new=summary.invoices_added,
        changed=summary.invoices_updated,
        closed=summary.invoices_closed,
        void=summary.invoices_voided,
        payments=summary.payments_added,
        people=summary.people_added,
    )
    return said + flaws(summary) + doubt


def flaws(summary: ImportSummary) -> str:
    """Say behind a line of an import how much was not read, and how many of the report's own totals differ."""
    differing = len(summary.differing) or int(summary.stated_total not in (None, summary.read_total))
    wrong = f"; {plural(differing, 'total')} of the report DIFFER{'S' if differing == 1 else ''}" if differing else ""
    unread = f"; {plural(len(summary.skipped), 'row')} not read" if summary.skipped else ""
    return wrong + unread


def done_in_short(act: Transaction) -> str:
    """Say the same of an act that another session did, "" if it is no import."""
    file = next((str(s.now["file"]) for s in act.steps if s.table == Import.TABLE and s.now), "")
    if not file or act.undoes:
        return ""
    counts = dict.fromkeys(("new", "changed", "closed", "void", "payments", "people"), 0)
    for step in act.steps:
        was, now = step.was, step.now
        if now is None:
            continue
        if step.table == Invoice.TABLE:
            closed = was is not None and not Decimal(now["balance"]) and Decimal(was["balance"])
            left = "void" if now.get("void") else "closed"
            counts["new" if was is None else left if closed else "changed"] += 1
        elif step.table == Payment.TABLE and was is None and not now.get("since"):
            counts["payments"] += 1
        elif step.table == Person.TABLE and was is None:
            counts["people"] += 1
    return _in_short(clean(file), **counts)


def _in_short(file: str, *, new: int, changed: int, closed: int, void: int, payments: int, people: int) -> str:
    counts = ((new, "new"), (changed, "changed"), (closed, "closed"), (void, "void"))
    said = [f"{n:,} {word}" for n, word in counts if n]
    said += [plural(payments, "payment")] if payments else []
    said += [plural(people, "person", "people")] if people else []
    return f"imported {file}: {', '.join(said) or 'nothing new'}"
