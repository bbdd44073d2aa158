"""How an account keeps its word, in a line, and the day worth asking for: on screen while a date is being taken."""

from decimal import Decimal

from arctui.core.text import plural
from arctui.core.track_record import track_record, worth_asking
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, wrap


def record_words(desk: Desk, account: str, person: str = "") -> str:
    """Say how an account pays: "kept 2 of 5 promises (Tony Marsh 1 of 3), pays 6 days late on average"; "" if new."""
    record = track_record(desk.dossier(account), desk.standing(account), desk.rules, person)
    parts = []
    if record.promises.decided:
        whose = (
            f" ({person} {record.by_person.kept} of {record.by_person.decided})" if record.by_person.decided else ""
        )
        parts.append(f"kept {record.promises.kept} of {plural(record.promises.decided, 'promise')}{whose}")
    if record.days_late is not None:
        parts.append(pays_words(record.days_late))
    if record.run:
        day, cutoff = desk.rules.day(record.run.day), desk.rules.day(record.run.cutoff)
        parts.append(f"next pay run {day}, cut-off {cutoff}")
    return ", ".join(parts)


def pays_words(days_late: Decimal) -> str:
    """Say how late an account pays: "pays 6 days late on average"."""
    days = round(days_late)
    when = f"{plural(abs(days), 'day')} {'late' if days > 0 else 'early'}" if days else "on the day"
    return f"pays {when} on average"


def asking_lines(desk: Desk, account: str, person: str, width: int) -> list[Line]:
    """Return the record of an account and a person, and the day worth asking for."""
    ask, record = worth_asking(desk.standing(account), desk.rules), record_words(desk, account, person)
    first = "today" if ask.first == desk.today else desk.rules.day(ask.first)
    last = desk.rules.day(ask.last) + (", their next run" if ask.run else "")
    words = f"ask for {first}" + (f", at the latest {last}" if ask.last != ask.first else "")
    words += ", by transfer or card" if ask.surer else ""
    return wrap(" " + "; ".join(filter(None, [record, words])), width, "dim", indent=1)
