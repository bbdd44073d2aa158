"""Letters made from templates: a template of the firm's own, full values, all the words of a letter."""

from arctui.core.letter_records import LetterKind
from arctui.core.letter_values import LetterValues
from arctui.letters.rendered import Lines, Paragraph, Rendered, Table
from arctui.letters.template import Template
from arctui.letters.template_check import samples


def own(text: str, kind: LetterKind = LetterKind.DEMAND) -> Template:
    return Template(kind, "letters/demand.txt", text, "")


def full(kind: LetterKind = LetterKind.DEMAND) -> LetterValues:
    return next(iter(samples(kind)))


def said(letter: Rendered) -> str:
    """All the words of a letter, a part to a line."""
    lines = [letter.subject]
    for part in letter.parts:
        match part:
            case Paragraph(text):
                lines.append(text)
            case Lines(several):
                lines += several
            case Table(head=head, rows=rows, sums=sums):
                lines += [" | ".join(row) for row in (head, *rows, *sums)]
    return "\n".join(lines)
