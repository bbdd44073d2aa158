"""The exhibits of a claim file, made ready to be set on pages: by what their content is, whatever it is called.

What cannot be shown on pages says why, and stays a file of its own in the folder beside the claim.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from arctui.core.claim_facts import Exhibit
from arctui.core.text import cell_width, clean
from arctui.letters.claim_merge import UnreadableError, limited
from arctui.letters.email_words import decoded, email_lines

if TYPE_CHECKING:
    from arctui.letters.claim_merge import Seen

#: Dots of a picture: a longer side is made smaller for its page, on which it is a hand's breadth.
_LONGEST_SIDE = 2_400
#: So many lines of an email or a text are set on pages; so many characters are one line.
_MOST_LINES, _LONGEST_LINE = 1_500, 2_000
_MOST_TEXT = 4_000_000
#: Calls of functions while an email is read, some four seconds.
_MOST_CALLS = 10_000_000
#: About so many lines of so many characters are a page of them.
_LINES_OF_PAGE, _LINE_OF_PAGE = 55, 90

_ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "message/rfc822": "eml",
    "text/csv": "csv",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
}


class Paper(NamedTuple):
    """An exhibit as it goes into the claim file: on pages of a PDF, as a picture, or as lines of text.

    `file` is what it is called in the folder, "" where there is none; `problem` why it stands on no page.
    """

    exhibit: Exhibit
    file: str = ""
    pages: "tuple[Seen, ...]" = ()
    picture: bytes = b""
    lines: tuple[str, ...] = ()
    problem: str = ""

    @property
    def length(self) -> int:
        """How many pages it takes; for lines of text about so many."""
        if self.pages or self.picture:
            return len(self.pages) or 1
        return -(-sum(1 + cell_width(line) // _LINE_OF_PAGE for line in self.lines) // _LINES_OF_PAGE)


def paper(exhibit: Exhibit, content: bytes) -> Paper:
    """Make an exhibit ready. Nothing is raised: what cannot be shown says why."""
    ending = _ENDINGS.get(exhibit.media, "bin")
    made = Paper(exhibit, f"exhibits/{exhibit.number:02}-{exhibit.group.name.lower()}.{ending}")
    show = _SHOWN.get(exhibit.media)
    if show is None:
        return made._replace(problem="the file is no PDF, picture, email or text")
    try:
        return show(made, content)
    except UnreadableError as error:
        return made._replace(problem=str(error))


def not_shown(made: Paper, problem: str) -> Paper:
    """Return an exhibit that stands on no page, for this reason; its file stays in the folder."""
    return Paper(made.exhibit, made.file, problem=problem)


def proved(papers: Iterable[Paper]) -> list[Paper]:
    """Return exhibits as they are, but those whose pages turn out to be damaged only when they are written."""
    from arctui.letters.claim_merge import merges

    return [p if not p.pages or merges(p.pages) else not_shown(p, "the file is damaged") for p in papers]


def lost(exhibit: Exhibit, problem: str) -> Paper:
    """Return an exhibit whose content is not there, or not what it was."""
    return Paper(exhibit, problem=problem)


def _pdf(made: Paper, content: bytes) -> Paper:
    from arctui.letters.claim_merge import Taken

    return made._replace(pages=tuple(Taken(content).pages))


# Pictures


def _picture(made: Paper, content: bytes) -> Paper:
    return made._replace(picture=_fit(content))


def _fit(content: bytes) -> bytes:
    """Return a picture as a page needs it: upright, and no larger than is seen."""
    from arctui.letters.pictures import PictureError, picture

    try:
        return picture(content, side=_LONGEST_SIDE)
    except PictureError as error:
        raise UnreadableError(str(error)) from None


# Emails and texts


def _email(made: Paper, content: bytes) -> Paper:
    try:
        with limited(_MOST_CALLS):
            return made._replace(lines=_few(email_lines(content)))
    except UnreadableError:
        raise
    except Exception as error:  # damaged headers and nested parts raise anything
        raise UnreadableError("the email is damaged") from error


def _text(made: Paper, content: bytes) -> Paper:
    if b"\0" in content[:1024]:
        raise UnreadableError("the file is no text")
    return made._replace(lines=_few(decoded(content[:_MOST_TEXT], "utf-8-sig").splitlines()))


def _few(lines: Iterable[str]) -> tuple[str, ...]:
    """Return as many lines as are shown, cleaned; runs of empty ones become one."""
    given = iter(lines)
    shown = list(islice(_cleaned(given), _MOST_LINES))
    if more := sum(1 for line in given if line.strip()):
        shown.append(f"… and {more:,} more lines: the whole of it is in the file")
    return tuple(shown) or ("(empty)",)


def _cleaned(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        # Cut before it is cleaned as well: that takes much more room than the line does.
        shown = clean(line[: 2 * _LONGEST_LINE])
        if len(shown) > _LONGEST_LINE or len(line) > 2 * _LONGEST_LINE:
            shown = shown[: _LONGEST_LINE - 1] + "…"
        if shown or before:
            yield shown
        before = shown


_SHOWN: dict[str, Callable[[Paper, bytes], Paper]] = {
    "application/pdf": _pdf,
    "image/png": _picture,
    "image/jpeg": _picture,
    "message/rfc822": _email,
    "text/plain": _text,
    "text/csv": _text,
}
