"""The name that a bank gives to a payer, and how like a customer's it is.

Banks cut names off, shorten their words, leave legal forms out and put their own words around them. Pure.
"""

import re
from enum import IntEnum
from functools import lru_cache

from arctui.core.text import clean, fold

#: Legal forms and small words say nothing of who somebody is.
_FORMS = frozenset(
    "inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh mbh ag kg ohg ug ev ek se sa sas"
    " sarl srl spa sl bv nv ab as aps oy oyj sp z o oo zoo sro kft pty pvt the and und et of der die das".split()
)
#: Words of the bank around a name.
_NOISE = frozenset(
    "ach wire transfer in out credit debit deposit payment pmt pymt incoming direct online mobile remote from by"
    " order orig co name sepa eft bacs fps zelle rtp fedwire giro gutschrift uberweisung dauerauftrag zahlung inv"
    " invoice invoices rechnung rg re ref reference chk check cheque scheck lockbox counter branch customer received"
    " ppd ccd ctx web tel xfer bank dep domestic intl international returned return item reversal nsf chargeback paid"
    " interest acct account".split()
)
_MARKED = re.compile(
    r"(?:ORIG CO NAME|B/O|BY ORDER OF|ORIGINATOR|REMITTER|AUFTRAGGEBER|PAYER)[:\s]\s*(.+?)"
    r"(?=\s{2,}|\s+(?:ORIG ID|CO ENTRY|DESC DATE|SEC:|TRACE|IND ID|IND NAME|REF)\b|$)",
    re.IGNORECASE,
)
_SHORTEST_CUT = 8
_SHORTEST_WORD = 4


class Likeness(IntEnum):
    """How like a customer's name a payer's is. From STRONG on it may be trusted where nobody else is as like."""

    NONE = 0
    FAIR = 1
    STRONG = 2
    SAME = 3
    KNOWN = 4


def payer_of(payer: str, words: str) -> str:
    """Return the payer's name without the bank's words around it, "" if there is none."""
    marked = _MARKED.search(payer or words)
    parts = (marked[1] if marked else payer or words).split()
    while parts and _is_noise(parts[0]):
        parts.pop(0)
    kept: list[str] = []
    for part in parts:
        if kept and (_is_noise(part) or any(c.isdigit() for c in part)):
            break
        if not payer and any(c.isdigit() for c in part):
            break
        kept.append(part)
    return clean(" ".join(kept)).strip(" ,;:-*/")


def _is_noise(word: str) -> bool:
    bare = fold(word).strip(".,:;*#-/")
    return not bare or bare in _NOISE


@lru_cache(maxsize=1 << 15)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words that tell who somebody is: folded, without marks and legal forms."""
    folded = re.sub(r"['’.]", "", fold(name))
    words = tuple(re.findall(r"[^\W_]+", folded))
    return tuple(w for w in words if w not in _FORMS) or words


def likeness(payer: str, name: str) -> Likeness:
    """Compare a payer's name with a customer's."""
    paid, known = name_words(payer), name_words(name)
    if not paid or not known:
        return Likeness.NONE
    if sorted(paid) == sorted(known):
        return Likeness.SAME
    joined, whole = "".join(paid), "".join(known)
    if len(joined) >= _SHORTEST_CUT and whole.startswith(joined):
        return Likeness.STRONG
    told = known if len(known) > 1 or (len(known[0]) > _SHORTEST_WORD and known[0].isalpha()) else ()
    if told and set(told) <= set(paid):
        return Likeness.STRONG
    alike = [next((k for k in known if _may_be(p, k)), "") for p in paid]
    anchored = any(p in known and len(p) >= _SHORTEST_WORD and p.isalpha() for p in paid)
    if not anchored:
        return Likeness.NONE
    if len(paid) == len(known) and len(set(alike) - {""}) == len(known):
        return Likeness.STRONG
    return Likeness.FAIR


def _may_be(short: str, word: str) -> bool:
    """May a word be the other one, cut off or shortened ("bldg" for "building")?"""
    if short == word:
        return True
    if len(short) < 3 or len(short) > len(word) or short[0] != word[0]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)
