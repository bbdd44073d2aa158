"""What an import did, line by line."""

from arctui.core import words as say
from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.desk.import_words import proof, read_in_words
from arctui.desk.importing import ImportSummary
from arctui.tui.widgets.lines import Line, wrap


def import_lines(summary: ImportSummary, width: int) -> list[Line]:
    """Return what an import did, with the report's own total beside ours, and every row that was not read."""
    counts = (
        ("new accounts", summary.accounts_added),
        ("new people", summary.people_added),
        ("new invoices", summary.invoices_added),
        ("changed invoices", summary.invoices_updated),
        ("closed invoices", summary.invoices_closed),
        ("void invoices", summary.invoices_voided),
        ("payments", summary.payments_added),
        ("payments inferred", summary.payments_inferred),
    )
    lines: list[Line] = [
        (("layout ", "dim"), (summary.layout, ""), ("   as of ", "dim"), (say.short_day(summary.as_of), "")),
        (("", ""),),
    ]
    if summary.known_already:
        how = "to import it all the same undo that import, or say arctui import --as-of with another day"
        return [*lines, *wrap(f"this file was imported before: nothing was changed; {how}", width, "warn")]
    lines += [((f"{count:>8,}  ", "strong"), (label, "")) for label, count in counts if count]
    if not any(count for _, count in counts):
        lines.append((("nothing new", "dim"),))
    lines.append((("", ""),))
    if summary.read_total or summary.stated_total is not None:
        lines.append((("total read     ", "dim"), (f"{read_in_words(summary):>18}", "strong")))
    if summary.stated_total is not None:
        same = summary.stated_total == summary.read_total
        verdict = ("  agrees", "good") if same else ("  DIFFERS", "bad")
        lines.append((("report's total ", "dim"), (f"{grouped(summary.stated_total):>18}", ""), verdict))
    for words in proof(summary):
        lines += wrap(words, width, "bad" if summary.differing else "good")
    for currency, amount in summary.closed.items():
        text = f"closed, taken as paid {grouped(amount, currency)}: was the report complete? u undoes the import"
        lines += wrap(text, width, "warn")
    for note in summary.notes:
        lines += wrap(note, width, "warn")
    for title, told, role in (
        ("promises", [settled.words for settled in summary.settled], "good"),
        ("applied", summary.applied, ""),
        ("waits for you (B)", summary.waiting, "warn"),
    ):
        lines += [(("", ""),), ((title, "dim"),)] if told else []
        lines += [line for words in told for line in wrap(words, width, role, indent=2)]
    if summary.doubles:
        lines += [(("", ""),), (("may be one customer: the next screen asks", "warn"),)]
        for double in summary.doubles:
            lines += wrap(f"{double.name} and {double.other_name}: {double.why}", width, "", indent=2)
    if summary.skipped:
        lines += [(("", ""),), ((f"{plural(len(summary.skipped), 'row')} with something that was not read", "warn"),)]
        for skipped in summary.skipped:
            lines += wrap(f"row {skipped.row}: {skipped.why}", width, "", indent=2)
    return lines
