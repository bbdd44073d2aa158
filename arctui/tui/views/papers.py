"""The papers of an account as lines: attached files, and with them the letters in short."""

from arctui.core.facts import Dossier
from arctui.core.letter_records import Attachment
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.attachments import SHORT_ID, about_words, newest, role_words, size_words
from arctui.tui.views.letters import sent_words
from arctui.tui.widgets.lines import Line, clip, fit, wrap

_DAY, _SIZE, _BY, _ABOUT = 11, 9, 10, 24
#: So many letters and papers stand in the account's facts; the screens of their own have all.
_RECENT = 5


def paper_heads(count: int, width: int) -> Line:
    """Return the heads of the columns."""
    columns = (
        fit("day", _DAY) + fit("size", _SIZE - 1, right=True) + " " + fit("by", _BY) + fit("about", _about(width))
    )
    return ((clip(f"   {columns} name" if count else "", width), "dim"),)


def _about(width: int) -> int:
    """Return how much room there is for what a paper is about; the rest is its name's."""
    return max(1, min(_ABOUT, (width - 4 - _DAY - _SIZE - _BY) // 2))


def paper_row(desk: Desk, dossier: Dossier, paper: Attachment, width: int, *, has_cursor: bool) -> Line:
    """Return a paper's line: day, size, by whom, about what, name and note."""
    note = "".join(f"  {words}" for words in (paper.role.value, paper.note) if words)
    about = _about(width)
    room = max(1, width - 4 - _DAY - _SIZE - _BY - about)
    return (
        (" > " if has_cursor else "   ", "accent"),
        (fit(desk.rules.day(paper.day), _DAY), ""),
        (fit(size_words(paper.size), _SIZE - 1, right=True) + " ", "dim"),
        (fit(paper.by, _BY - 1) + " ", "dim"),
        (fit(about_words(desk, dossier, paper.about) or "account", about), ""),
        (clip(f" {paper.name}{note}", room), "strong"),
    )


def paper_lines(desk: Desk, dossier: Dossier, paper: Attachment, lies: str, width: int) -> list[Line]:
    """Return all that is known of a paper; `lies`: where its content is."""
    said = [
        ("name", paper.name),
        ("about", about_words(desk, dossier, paper.about) or "the account"),
        ("as", role_words(paper.role)),
        ("note", paper.note),
        ("attached", f"{desk.rules.day(paper.day)} at {paper.at:%H:%M} by {paper.by}"),
        ("is", f"{paper.media}, {size_words(paper.size)} ({plural(paper.size, 'byte')})"),
    ]
    lines = [line for label, text in said if text for line in wrap(f"{label:<10}{text}", width, "", indent=10)]
    lines += [(("lies in", ""),), *wrap(f"  {lies}", width, "", indent=2)]
    return [*lines, *wrap(f"arctui attachment {paper.id[:SHORT_ID]} --out FILE copies it out", width, "dim")]


def papers_in_short(desk: Desk, account: str, width: int) -> list[Line]:
    """Return the last letters and papers of an account for its facts; nothing where there are none."""
    dossier = desk.dossier(account)
    lines: list[Line] = []
    letters = sorted(dossier.letters, key=lambda each: each.at, reverse=True)
    if letters:
        lines += [(("", ""),), ((f"LETTERS {len(letters)}", "dim"), ("  L", "accent"))]
        for letter in letters[:_RECENT]:
            text = f"{letter.number}  {letter.kind}, of {desk.rules.day(letter.day)}: {sent_words(desk, letter)}"
            lines += wrap(text, width, "" if letter.sent_by else "warn", indent=2)
    papers = newest(dossier)
    if papers:
        lines += [(("", ""),), ((f"PAPERS {len(papers)}", "dim"), ("  P", "accent"))]
        for paper in papers[:_RECENT]:
            about = about_words(desk, dossier, paper.about)
            text = f"{desk.rules.day(paper.day)}  {paper.name}" + (f", {about}" if about else "")
            lines += wrap(f"{text}  {size_words(paper.size)}  ({paper.by})", width, "", indent=2)
    return lines
