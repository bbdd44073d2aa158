"""A letter as an email for the firm's own mail program: its words, with the letter on paper attached.

arctui sends nothing. The same letter gives the same bytes: no id is made up, and the date is that of the letter.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from arctui.core.letter_values import LetterValues
from arctui.core.text import clean
from arctui.letters.letter_text import joined, words_of
from arctui.letters.rendered import Rendered

# One @ between texts without blanks and without the marks that structure a list of addresses.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")


class EmailError(ValueError):
    """An address is none, or a name or the subject would not stay what it is; the message says which."""


def email_text(rendered: Rendered, values: LetterValues, signature: Sequence[str] = ()) -> str:
    """Return the words of a letter as an email has them: its subject, a blank line, the rest.

    Without a `signature` clerk and firm sign.
    """
    text = joined([*words_of(rendered), list(signature or filter(None, (values.clerk, values.firm)))])
    return f"{clean(rendered.subject)}\n\n{text}\n"


def letter_eml(
    words: str,
    *,
    to: Sequence[str],
    pdf: bytes,
    name: str,
    at: datetime,
    person: str = "",
    sender: str = "",
    firm: str = "",
) -> bytes:
    """Write the email of a letter from its `words`, as `email_text` made them, with `pdf` attached under a `name`.

    `to` are addresses of the `person`, `sender` is one of the `firm`; "": the mail program fills it in. Raises
    EmailError for what is no address, and where a value would become a header of its own.
    """
    addresses = [_address(person, address) for address in to]
    own = _address(firm, sender) if sender else None
    plain = all(address.addr_spec.isascii() for address in (*addresses, own) if address)
    message = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    subject, _, text = words.partition("\n\n")
    if own:
        message["From"] = own
    if addresses:
        message["To"] = addresses
    message["Subject"] = _plain(subject)
    message["Date"] = format_datetime(at)
    # Mail programs that know it open the file as a letter that is still to be sent.
    message["X-Unsent"] = "1"
    message.set_content(text, charset="utf-8")
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_file_name(name))
        digest = hashlib.sha256(text.encode("utf-8", "replace") + b"\0" + pdf).hexdigest()
        message.set_boundary(f"=_{digest[:40]}")
    content = message.as_bytes()
    # Proved, whatever the library makes of a value: each part reads back with the headers that were given to it.
    if _heads(message_from_bytes(content)) != _heads(message):
        raise EmailError("the subject or a name would change the head of the email: correct it, then write the email")
    return content


def _heads(message: Message) -> list[list[str]]:
    return [part.keys() for part in message.walk()]


def _plain(text: str) -> str:
    """Return a text as a header takes it: cleaned, and with nothing in it that is read as an encoded word (RFC 2047).

    Such a word can hold line breaks, which the library would write as they are.
    """
    return clean(text).replace("=?", "= ?")


def _address(name: str, address: str) -> Address:
    """Return an address under which no further header can hide; a domain of any script is written as mail has it."""
    address = clean(address)
    local, _, domain = address.partition("@")
    try:
        if not _ADDRESS.fullmatch(address) or "=?" in address:
            raise ValueError
        return Address(_plain(name), username=local, domain=domain.encode("idna").decode())
    except ValueError:  # what idna raises is one too
        raise EmailError(f"'{address}' is no email address: correct it, then write the email") from None


def _file_name(name: str) -> str:
    return _plain(name).replace("/", "-").replace("\\", "-") or "letter.pdf"
