"""What stands on a letter besides its words: the firm's head, the window, the signature."""

from datetime import datetime

import msgspec


class LetterPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The paper that a letter is set on; every line is plain text as it is printed."""

    #: The firm's lines as they stand in its letterhead, its name first.
    firm: tuple[str, ...]
    #: The lines in the window: the recipient's name first, then the postal address.
    recipient: tuple[str, ...]
    #: The lines below the words: who signs, and as what.
    signature: tuple[str, ...]
    #: What stands at the foot of every page; empty for nothing.
    foot: str
    #: The country that the letter is sent from, which decides the size of the paper.
    country: str
    #: The firm's logo and the picture of the signature: a PNG or JPEG file's bytes, or none.
    logo: bytes = b""
    signature_picture: bytes = b""
    #: When it is written: the date of the file, never the machine's clock.
    at: datetime
