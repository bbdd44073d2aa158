"""Letters as lines: the kinds that can be written, one before it is written, those of an account, those due."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from arctui.core.letter_records import Attachment, Letter, SentBy
from arctui.core.records import Activity
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, clip, fit, wrap

if TYPE_CHECKING:
    from arctui.desk.letter_batch import Batch
    from arctui.desk.letters import Choice, DueLetter, Preview

#: The keys that say how a letter went out.
WAYS: Mapping[str, SentBy] = {
    "m": SentBy.MAIL,
    "c": SentBy.CERTIFIED,
    "e": SentBy.EMAIL,
    "h": SentBy.HAND,
}
_KIND, _NUMBER, _SENT = 24, 11, 26
#: So many sentences about the kinds stand in full below them.
_FULL = 2
_WIDEST_NAME, _AMOUNT = 32, 14


def kind_lines(choices: Sequence["Choice"], width: int) -> list[Line]:
    """Return a line for each kind, by its digit: whether it is due and why, or why it cannot be written."""
    lines: list[Line] = []
    for digit, choice in enumerate(choices, 1):
        role = "dim" if choice.problem else "strong" if choice.due else ""
        lines.append(
            (
                (f" {digit}  ", "dim" if choice.problem else "accent"),
                (fit(choice.kind, _KIND), role),
                (_short(_said(choice), width), "warn" if choice.due and not choice.problem else "dim"),
            )
        )
    return lines


def said_in_full(choices: Sequence["Choice"], width: int) -> list[Line]:
    """Return once what the lines of the kinds have no room for, that of the kind that is due first."""
    cut = [choice for choice in choices if _short(_said(choice), width) != f" {_said(choice)}"]
    whole = [f"{c.kind} due: {c.why}" + (f"; {_said(c)}" if c.problem else "") for c in cut if c.due]
    whole += dict.fromkeys(_said(c) for c in cut if not any(_said(c) in words for words in whole))
    return [line for words in whole[:_FULL] for line in wrap(f" {words}", width - 1, "warn", indent=1)[:2]]


def _said(choice: "Choice") -> str:
    """Say whether a kind is due and why, or why it cannot be written."""
    if choice.problem:
        return f"not now: {choice.problem}"
    if not choice.why:
        return ""
    return f"due: {choice.why}" if choice.due else f"not due: {choice.why}"


def _short(said: str, width: int) -> str:
    """Shorten what is said of a kind to its line: what to do about it goes first."""
    room = max(1, width - _KIND - 4)
    short = f" {said}" if len(said) < room else f" {': '.join(said.split(': ')[:2])}"
    return clip(short, room)


def letter_heads(count: int, width: int) -> Line:
    """Return the heads of the list of letters."""
    columns = fit("number", _NUMBER) + fit("kind", _KIND) + fit("sent", _SENT) + "proof"
    return ((clip(f"   {columns}" if count else "", width), "dim"),)


def sent_words(desk: Desk, letter: Letter, *, tracking: bool = True) -> str:
    """Say how and when a letter went out, with the number of certified mail, or that it did not yet."""
    if letter.sent_by is None or letter.sent_on is None:
        return "not sent yet"
    number = f", {letter.tracking}" if letter.tracking and tracking else ""
    return f"{letter.sent_by} {desk.rules.day(letter.sent_on)}{number}"


def letter_row(desk: Desk, letter: Letter, proofs: Sequence[Attachment], width: int, *, has_cursor: bool) -> Line:
    """Return a letter's line: number, kind, how and when it went out, what proves it."""
    is_sent = letter.sent_by is not None
    proof = ", ".join(a.name for a in proofs) or ("-" if is_sent else "")
    # What is not sent tells the day on which it was written.
    sent = sent_words(desk, letter, tracking=False) if is_sent else f"not sent, of {desk.rules.day(letter.day)}"
    room = max(1, width - 4 - _NUMBER - _KIND)
    return (
        (" > " if has_cursor else "   ", "accent"),
        (fit(letter.number, _NUMBER), "strong"),
        (fit(letter.kind, _KIND), ""),
        (fit(sent, min(_SENT - 1, room)) + " ", "" if is_sent else "warn"),
        (clip(proof, max(0, room - _SENT)), "dim"),
    )


def otherwise_row(desk: Desk, sent: Activity, width: int, *, has_cursor: bool) -> Line:
    """Return the line of a letter of which only the sending is known."""
    what, day = sent.note.partition(" by ")[0] or "letter", desk.rules.day(sent.day)
    columns = fit("-", _NUMBER) + fit(what, _KIND - 1) + " " + fit(f"otherwise {day}", _SENT)
    return ((" > " if has_cursor else "   ", "accent"), (clip(f"{columns}{sent.note}", max(1, width - 4)), ""))


def otherwise_lines(desk: Desk, sent: Activity, width: int) -> list[Line]:
    """Return all that is known of such a letter."""
    said = f"sent {desk.rules.day(sent.day)}, recorded by {sent.by}: {sent.note or 'without words'}"
    return wrap(said, width, "")


def letter_lines(
    desk: Desk, letter: Letter, proofs: Sequence[Attachment], width: int, *, words: str = "", lies: str = ""
) -> list[Line]:
    """Return all that is known of a letter, its words as they were written, and where it lies."""
    rules, whole = desk.rules, letter.amount + letter.interest + letter.fee
    said = [
        ("written", f"{rules.day(letter.day)} by {letter.by}"),
        ("to", ", ".join(filter(None, (letter.person, letter.address)))),
        ("amount", rules.money(letter.amount, letter.currency) if letter.amount else ""),
        ("interest", rules.money(letter.interest, letter.currency) if letter.interest else ""),
        ("fee", rules.money(letter.fee, letter.currency) if letter.fee else ""),
        ("in all", rules.money(whole, letter.currency) if whole != letter.amount else ""),
        ("deadline", rules.day(letter.deadline) if letter.deadline else ""),
        ("why", letter.why),
        ("sent", sent_words(desk, letter)),
        *(("proof", f"{a.name}, {rules.day(a.day)} by {a.by}") for a in proofs),
        ("lies in", lies),
        ("template", letter.template.name if letter.template else ""),
    ]
    lines = [line for label, text in said if text for line in wrap(f"{label:<10}{text}", width, "", indent=10)]
    if words:
        lines += [(("", ""),), (("ITS WORDS", "dim"),)]
    return lines + [line for row in words.splitlines() for line in wrap(row, width, "", indent=2)]


def preview_lines(preview: "Preview", width: int) -> list[Line]:
    """Return a letter's text as it would be written, what warns before it."""
    lines = [line for words in preview.warnings for line in wrap(f"! {words}", width, "warn", indent=2)]
    if preview.needs_reason:
        lines += wrap(f"{preview.undue}: Enter asks why it is written now", width, "warn")
    lines += [(("", ""),)] if lines else []
    return lines + [line for row in preview.text.split("\n") for line in wrap(row, width, "", indent=2)]


def sending_lines(what: str, day: str, paths: Sequence[str], width: int) -> list[Line]:
    """Return the question how letters went out, and where they lie."""
    lines = wrap(f"{what} written. It lies here:" if len(paths) == 1 else f"{what} written.", width, "good")
    for path in paths:
        lines += wrap(f"  {path}", width, "", indent=2)
    lines += [(("", ""),), *wrap(f"How was it sent? (on {day}; d another day)", width, "strong"), (("", ""),)]
    told = {
        "m": "by mail",
        "c": "by certified mail: its number is asked for",
        "e": "by email: an .eml is written for your mail program",
        "h": "by hand",
        "l": "later: until then it stands in the list",
    }
    return lines + [((f" {key}  ", "accent"), (words, "")) for key, words in told.items()]


def due_heads(width: int) -> Line:
    """Return the heads of the list of letters that are due."""
    columns = fit("account", _name_width(width)) + fit("amount", _AMOUNT, right=True) + "  letter"
    return ((clip(f"     {columns}", width), "dim"),)


def _name_width(width: int) -> int:
    return max(12, min(_WIDEST_NAME, (width - _AMOUNT - 7) // 3))


def due_row(due: "DueLetter", width: int, *, marked: bool, has_cursor: bool) -> Line:
    """Return the line of a letter that is due: its mark, whose it is, the amount, the kind and why."""
    name = _name_width(width)
    room = max(0, width - name - _AMOUNT - 7)
    return (
        (" > " if has_cursor else "   ", "accent"),
        ("* " if marked else "  ", "accent"),
        (fit(due.name, name), "strong" if marked else ""),
        (fit(due.amount, _AMOUNT, right=True), ""),
        (clip(f"  {due.kind}: {due.why}", room), "dim"),
    )


def unsent_row(desk: Desk, letter: Letter, width: int, *, marked: bool, has_cursor: bool) -> Line:
    """Return the line of a letter that was written and not sent: whose it is, the amount, its number and day."""
    name, amount = _name_width(width), desk.rules.money(letter.amount, letter.currency) if letter.amount else ""
    room = max(0, width - name - _AMOUNT - 7)
    return (
        (" > " if has_cursor else "   ", "accent"),
        ("* " if marked else "  ", "accent"),
        (fit(desk.dossier(letter.account).account.name, name), "strong" if marked else ""),
        (fit(amount, _AMOUNT, right=True), ""),
        (clip(f"  not sent: {letter.kind} {letter.number} of {desk.rules.day(letter.day)}", room), "warn"),
    )


def lacking_lines(lacking: Sequence[str], width: int) -> list[Line]:
    """Return in few lines what all these letters lack."""
    said = "; ".join(words.partition(": arctui policy")[0] for words in lacking)
    return wrap(f" ! in all of them: {said} (arctui policy)", width, "warn", indent=3) if lacking else []


def batch_lines(batch: "Batch", lacking: Sequence[str], width: int, *, sending: bool) -> list[Line]:
    """Return what a batch wrote, what all of it lacks, what was refused and why, and the question how it went out.

    `sending`: they were written before, and it is told which of them could not be sent so.
    """
    lines: list[Line] = []
    count = len(batch.letters)
    if count and not sending:
        lines += wrap(f"{plural(count, 'letter')} written. To print them all at once:", width, "good")
        lines += [*wrap(f"  {batch.print_file}", width, "", indent=2), *lacking_lines(lacking, width), (("", ""),)]
    if batch.refused:
        not_done = f"not sent{'; what is written stays written' if count else ''}" if sending else "not written"
        lines += wrap(f"{plural(len(batch.refused), 'letter')} {not_done}:", width, "bad")
        for name, why in batch.refused:
            lines += wrap(f"  {name}: {why}", width, "warn", indent=4)
        lines.append((("", ""),))
    if count:
        those = "How were they sent?" if not sending else "How else were these sent?"
        lines += wrap(f"{those} m mail, e email, h hand, l later", width, "strong")
        told = "certified mail has a number each: c in the letters of each account (L, then s)"
        lines += wrap(told, width, "dim")
    return lines
