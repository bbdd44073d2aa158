"""The exhibits of a claim file, made ready to be set on pages: by what their content is, whatever it is called.

What cannot be shown on pages says why, and stays a file of its own in the folder beside the claim.
"""

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from arctui.core.claim_facts import Exhibit
from arctui.core.text import clean
from arctui.letters.claim_merge import UnreadableError

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

    from arctui.letters.claim_merge import Seen

#: Dots of a picture: a longer side is made smaller for its page, on which it is a hand's breadth.
_LONGEST_SIDE = 2_400
#: So many lines of an email or a text are set on pages; so many characters are one line.
_MOST_LINES, _LONGEST_LINE = 1_500, 2_000
_MOST_TEXT = 4_000_000

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
    from PIL import Image

    from arctui.letters.pictures import PictureError, picture

    try:
        whole = picture(content)
    except PictureError as error:
        raise UnreadableError(str(error)) from None
    with Image.open(io.BytesIO(whole)) as found:
        if max(found.size) <= _LONGEST_SIDE:
            return whole
        found.draft(None, (_LONGEST_SIDE, _LONGEST_SIDE))
        small = found.convert("RGB") if found.mode in ("P", "CMYK") else found
        small.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        out = io.BytesIO()
        if found.format == "JPEG":
            small.save(out, "JPEG", quality=88)
        else:
            small.save(out, "PNG")
    return out.getvalue()


# Emails and texts


def _email(made: Paper, content: bytes) -> Paper:
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    if len(content) > 16 * _MOST_TEXT:
        raise UnreadableError("the file is too large")
    try:
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)  # noqa: S101  that policy makes no other
        lines = list(_email_lines(message))
    except Exception as error:  # damaged headers and nested parts raise anything
        raise UnreadableError("the email is damaged") from error
    return made._replace(lines=_few(lines))


def _email_lines(message: "EmailMessage") -> Iterator[str]:
    for name in ("From", "To", "Cc", "Date", "Subject", "Message-ID"):
        for value in message.get_all(name, []):
            yield f"{name}: {clean(str(value))}"
    from arctui.letters.html_words import html_words

    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        yield ""
        text = _part_text(body)
        yield from _text_lines(html_words(text[:_MOST_TEXT]) if body.get_content_subtype() == "html" else text)
    attached = [_attached(part) for part in message.iter_attachments()]
    if attached:
        yield ""
        yield "Attached to this email:"
        yield from (f"- {name}" for name in attached)


def _part_text(part: "MIMEPart") -> str:
    raw = part.get_payload(decode=True)
    return _decoded(raw if isinstance(raw, bytes) else b"", part.get_content_charset() or "utf-8")


def _attached(part: "MIMEPart") -> str:
    raw = part.get_payload(decode=True)
    size = f", {len(raw):,} bytes" if isinstance(raw, bytes) else ""
    return f"{clean(part.get_filename() or 'without a name')} ({part.get_content_type()}{size})"


def _text(made: Paper, content: bytes) -> Paper:
    if b"\0" in content[:1024]:
        raise UnreadableError("the file is no text")
    return made._replace(lines=_few(list(_text_lines(_decoded(content[:_MOST_TEXT], "utf-8-sig")))))


def _decoded(content: bytes, charset: str) -> str:
    for name in (charset, "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def _text_lines(text: str) -> Iterator[str]:
    """Return the lines of a text; runs of empty ones become one."""
    before = ""
    for line in text[:_MOST_TEXT].splitlines():
        shown = clean(line)
        if shown or before:
            yield shown
        before = shown


def _few(lines: list[str]) -> tuple[str, ...]:
    shown = [line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"… and {len(lines) - _MOST_LINES:,} more lines: the whole of it is in the file")
    return tuple(shown) or ("(empty)",)


_SHOWN: dict[str, Callable[[Paper, bytes], Paper]] = {
    "application/pdf": _pdf,
    "image/png": _picture,
    "image/jpeg": _picture,
    "message/rfc822": _email,
    "text/plain": _text,
    "text/csv": _text,
}
