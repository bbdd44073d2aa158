"""What an attached file is for a court: the clerk says it; it is guessed where nothing speaks against it. Pure."""

import re

from arctui.core.facts import Dossier
from arctui.core.letter_records import Role
from arctui.core.text import fold

#: How a role is written in a command, and chosen from in this order.
ROLES = {
    "copy": Role.COPY,
    "delivery": Role.DELIVERY,
    "contract": Role.CONTRACT,
    "sending": Role.SENDING,
    "other": Role.OTHER,
}

#: What an email or a picture shows nobody knows before it was looked at.
_UNSEEN = re.compile(r"message/|image/")
#: Words that say that a paper speaks against it, or of what went wrong.
_AGAINST = re.compile(
    r"\b(?:not|no(?! \d)|non|nor|never|none|without|dont|didnt|wasnt|isnt|cannot|cant|un\w*ed|\w+n t"
    r"|damag\w*|broken|defect\w*|fault\w*|complain\w*|claim\w*|disput\w*|den(?:y|ies|ied|ial)"
    r"|refus\w*|reject\w*|object\w*|missing|short\w*|wrong\w*|late"
    r"|delay\w*|return(?:s|ed)|lost|cancel\w*|fail\w*|credit (?:note|memo)|wants?"
    r"|nicht|kein\w*|ohne|reklam\w*|mangel\w*)\b"
)
_DELIVERY = re.compile(
    r"\b(?:deliver(?:y|ies|ed)|pod|bill of lading|bol|way ?bill|cmr|packing (?:slip|list)|goods receipt"
    r"|shipping (?:note|receipt)|lieferschein)\b"
)
_CONTRACT = re.compile(
    r"\b(?:contract|agreement|terms|credit application|(?:purchase|sales) orders?|order confirmation|guarant(?:y|ee)"
    r"|quotation|po)\b"
)
_SENDING = re.compile(r"\b(?:receipt|certified|proof|tracking|posted|registered|einschreiben|ruckschein)\b")
_COPY = re.compile(r"\b(?:invoice|inv|bill|rechnung)\b")


def guess_role(name: str, note: str, media: str, about: str, dossier: Dossier) -> Role:
    """Guess what a file is from its name and note, OTHER where more than one thing, or something against it, is said.

    `about` is the id of what it proves, "" for the account. A picture or an email is OTHER until somebody says more.
    """
    said = re.sub(r"[\W_]+", " ", fold(f"{note} {name.rpartition('.')[0] or name}"))
    if _UNSEEN.match(media) or _AGAINST.search(said):
        return Role.OTHER
    if any(x.id == about for x in dossier.letters):
        return Role.SENDING if _SENDING.search(said) else Role.OTHER
    found = [role for role, words in ((Role.DELIVERY, _DELIVERY), (Role.CONTRACT, _CONTRACT)) if words.search(said)]
    invoice = next((i for i in dossier.invoices if i.id == about), None)
    if about and invoice is None:
        return Role.OTHER
    if not found and invoice:
        number = re.sub(r"[\W_]+", " ", fold(invoice.number)).strip()
        named = bool(number) and re.search(rf"\b{re.escape(number)}\b", said)
        found = [Role.COPY] if named or _COPY.search(said) else []
    return found[0] if len(found) == 1 else Role.OTHER
