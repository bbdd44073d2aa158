"""A letter as an email for the firm's own mail program: its words, with the letter on paper attached.

arctui sends nothing. The same letter gives the same bytes: no id is made up, and the date is that of the letter.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from arctui.core.letter_values import LetterValues
from arctui.core.text import clean
from arctui.letters.letter_text import joined, words_of
from arctui.letters.rendered import Rendered

# One @ between texts without blanks and without the marks that structure a list of addresses.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")


class EmailError(ValueError):
    """An address is none; the message says which."""


def letter_eml(
    rendered: Rendered,
    values: LetterValues,
    *,
    sender: str,
    to: Sequence[str],
    pdf: bytes,
    name: str,
    at: datetime,
    signature: Sequence[str] = (),
) -> bytes:
    """Write the email of a letter, with `pdf` attached under a `name`.

    `sender` "": the mail program fills it in. `to` are addresses of `values.person`. Without a
    `signature` clerk and firm sign. Raises EmailError for what is no address.
    """
    addresses = [_address(values.person, address) for address in to]
    own = _address(values.firm, sender) if sender else None
    plain = all(address.addr_spec.isascii() for address in (*addresses, own) if address)
    message = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    if own:
        message["From"] = own
    if addresses:
        message["To"] = addresses
    message["Subject"] = clean(rendered.subject)
    message["Date"] = format_datetime(at)
    # Mail programs that know it open the file as a letter that is still to be sent.
    message["X-Unsent"] = "1"
    text = joined([*words_of(rendered), list(signature or filter(None, (values.clerk, values.firm)))])
    message.set_content(text + "\n", charset="utf-8")
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_file_name(name))
        digest = hashlib.sha256(text.encode("utf-8", "replace") + b"\0" + pdf).hexdigest()
        message.set_boundary(f"=_{digest[:40]}")
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    """Return an address under which no further header can hide; a domain of any script is written as mail has it."""
    address = clean(address)
    local, _, domain = address.partition("@")
    try:
        if not _ADDRESS.fullmatch(address):
            raise ValueError
        return Address(clean(name), username=local, domain=domain.encode("idna").decode())
    except ValueError:  # what idna raises is one too
        raise EmailError(f"'{address}' is no email address: correct it, then write the email") from None


def _file_name(name: str) -> str:
    return clean(name).replace("/", "-").replace("\\", "-") or "letter.pdf"
