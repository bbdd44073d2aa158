"""What a dispute is about, as the customer's words say it. Pure: words in, one of the eight kinds out."""

import re

from arctui.core.records import DisputeKind
from arctui.core.text import fold

#: How a kind may be named in one word at the beginning of a line.
_NAMES = {
    "po": DisputeKind.ORDER,
    "shortage": DisputeKind.QUANTITY,
    "pricing": DisputeKind.PRICE,
    **{str(kind): kind for kind in DisputeKind},
}
#: By which words a kind is known (patterns at the beginning of a word). The first that fits counts: the narrow stand
#: first, and the price last, since everything has one.
_SIGNS = {
    DisputeKind.DUPLICATE: (
        "duplicat",
        "twice",
        "double",
        "billed again",
        "already (?:billed|invoiced)",
    ),
    DisputeKind.ORDER: (
        r"p\.?o\b",
        "order number",
        "purchase order",
        "cost cent(?:er|re)",
    ),
    DisputeKind.MATCHING: ("match", "mismatch", "goods receipt", r"grn\b", "not booked in"),
    DisputeKind.QUALITY: (
        "quality",
        "damag",
        "defect",
        r"broken\b",
        "fault",
        "wrong (?:items?|goods|products?|colou?r|size)",
        r"bad\b",
        "crack",
        "scratch",
        "rotten",
        "spoil",
        "leak",
        "(?:does not|doesn.t|do not|don.t|not) work",
        "returned",
    ),
    DisputeKind.QUANTITY: (
        "quantit",
        r"short\b",
        "short(?:age|ed|-shipped)",
        "too (?:few|many)",
        "missing",
        "miscount",
        r"only (?:got|\d+)",
    ),
    DisputeKind.DELIVERY: (
        "deliver",
        "never (?:came|arrived)",
        "(?:did not|didn.t|not|nothing) (?:come|came|arrive|receive)",
        "ship",
        r"pod\b",
        r"late\b",
        r"lost\b",
        "freight",
    ),
    DisputeKind.SCOPE: (
        "scope",
        "(?:not|never) (?:ordered|agreed|accepted|finished|authori[sz]ed)",
        "(?:did not|didn.t) order",
        "unfinished",
        "incomplete",
        r"hours\b",
        "retention",
        "milestone",
        r"extra\b",
        r"work\b",
    ),
    DisputeKind.PRICE: (
        "pric",
        "overcharg",
        "too (?:much|high|expensive)",
        "discount",
        r"rate\b",
        r"tax\b",
        r"vat\b",
        r"terms\b",
        "credit note",
        "higher than",
        "quote",
    ),
}
_KNOWN = {kind: re.compile(rf"\b(?:{'|'.join(signs)})") for kind, signs in _SIGNS.items()}


def kind_named(word: str) -> DisputeKind | None:
    """Return the kind that a word is the name of, None if it is none."""
    return _NAMES.get(fold(word).rstrip(":,"))


def kind_of(words: str) -> DisputeKind | None:
    """Return the kind of a dispute: the first word names it, or the words tell; None if they do not."""
    low = fold(words)
    first = low.split()[:1]
    if first and (named := kind_named(first[0])):
        return named
    return next((kind for kind, known in _KNOWN.items() if known.search(low)), None)
