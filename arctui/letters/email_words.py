"""The words of an email that somebody attached: its head, its text, the names of its files.

Emails come from anybody: their lines, their parts, and what is looked at of each of their headers have limits. The
parser of the standard library that understands headers is not used: a long one takes it hours, and gigabytes.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32, Policy
from itertools import count
from typing import NamedTuple

from arctui.core.text import clean
from arctui.letters.claim_merge import UnreadableError
from arctui.letters.html_words import html_words

#: A larger email, and one of more lines, is not read.
_MOST_BYTES, _MOST_LINES = 32_000_000, 500_000
#: So many parts may hold others; so many parts are looked at, and so many of their names told.
_MOST_NESTED, _MOST_PARTS = 100, 1_000
#: So many headers of a name are shown; so many characters of each header are looked at.
_MOST_HEADERS, _LONGEST_HEADER = 20, 8_000
#: So many headers the email and its parts may have together.
_MOST_IN_ALL = 10_000
_MOST_TEXT = 4_000_000
_HEADERS = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
_NESTS = re.compile(rb"multipart/|message/", re.IGNORECASE)
#: A word in another code in a header (RFC 2047), and the blanks between two of them, which do not count.
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")
#: Codes that are none of texts, and that take long texts hours.
_NO_CODES = ("idna", "punycode")


def email_lines(content: bytes) -> Iterator[str]:
    """Return the lines of an email, not cleaned. Raises UnreadableError, and whatever a damaged one raises."""
    if len(content) > _MOST_BYTES:
        raise UnreadableError("the file is too large")
    if content.count(b"\n") + content.count(b"\r") > 2 * _MOST_LINES:
        raise UnreadableError(f"the email has more than {_MOST_LINES:,} lines")
    if sum(1 for _ in _NESTS.finditer(content)) > _MOST_NESTED:
        raise UnreadableError("the email has too many parts within each other")
    return _lines(BytesParser(policy=_policy()).parsebytes(content))


def decoded(content: bytes, charset: str) -> str:
    """Return bytes as text, as far as they are in this code; else in one that fits."""
    for name in (charset, "utf-8"):
        try:
            if codecs.lookup(name).name not in _NO_CODES:
                return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


class _Leaf(NamedTuple):
    """A part that holds no others; `is_form`: it is one of several forms of the same."""

    part: Message
    kind: str
    is_form: bool

    @property
    def is_attached(self) -> bool:
        return self.part.get_content_disposition() == "attachment"


def _policy() -> Policy:
    numbers = count(1)

    class Short(Compat32):
        """Keeps the beginning of each header only: what stands in it is worked out again and again."""

        def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
            if next(numbers) > _MOST_IN_ALL:
                raise UnreadableError(f"the email has more than {_MOST_IN_ALL:,} headers")
            name, value = super().header_source_parse(sourcelines)
            return name, value[:_LONGEST_HEADER]

        def header_fetch_parse(self, name: str, value: str) -> str:
            """Return what was read: the parser's own would make an object of what is no ASCII."""
            return value

    return Short()


def _lines(message: Message) -> Iterator[str]:
    for name in _HEADERS:
        for value in message.get_all(name, [])[:_MOST_HEADERS]:
            yield f"{name}: {_header(value)}"
    leaves = list(_leaves(message))
    body = next(
        (x for kind in ("text/plain", "text/html") for x in leaves if x.kind == kind and not x.is_attached), None
    )
    if body:
        yield ""
        text = decoded(_bytes(body.part), body.part.get_content_charset() or "utf-8")[:_MOST_TEXT]
        yield from (html_words(text) if body.kind == "text/html" else text).splitlines()
    attached = [x for x in leaves if x is not body and (x.is_attached or not x.is_form)]
    if attached:
        yield ""
        yield "Attached to this email:"
        yield from map(_attached, attached)


def _leaves(message: Message) -> Iterator[_Leaf]:
    """Return the parts that hold no others, in their order."""
    waiting, seen = [(message, False)], 0
    while waiting:
        part, is_form = waiting.pop()
        seen += 1
        if seen > _MOST_PARTS:
            raise UnreadableError(f"the email has more than {_MOST_PARTS:,} parts")
        within = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(within, list):
            are_forms = part.get_content_subtype() == "alternative"
            waiting += [(each, are_forms) for each in reversed(within) if not isinstance(each, str)]
        else:
            yield _Leaf(part, part.get_content_type(), is_form)


def _bytes(part: Message) -> bytes:
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _attached(leaf: _Leaf) -> str:
    raw = None if isinstance(leaf.part.get_payload(), list) else _bytes(leaf.part)
    size = "" if raw is None else f", {len(raw):,} bytes"
    return f"- {clean(_header(leaf.part.get_filename() or 'without a name'))} ({clean(leaf.kind)}{size})"


def _header(value: str) -> str:
    """Return what a header says, its words in other codes read."""
    text = decoded(value.encode("utf-8", "surrogateescape"), "utf-8")
    return _WORD.sub(_word, _BETWEEN.sub("", text))


def _word(found: re.Match[str]) -> str:
    charset, how, word = found.groups()
    try:
        if how in "bB":
            raw = binascii.a2b_base64(word + "==")
        else:
            raw = binascii.a2b_qp(word.encode(), header=True)
    except ValueError:
        return found[0]
    return decoded(raw, charset)
