"""Two accounts that may be one customer: names that are nearly the same, or one tax number, email or phone.

A doubt only, which the clerk decides: nothing is ever merged by it. Pure.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from itertools import combinations

import msgspec

from arctui.core.phone_numbers import FEWEST_DIGITS, same_phone
from arctui.core.records import Account, Person
from arctui.core.text import fold, name_key

#: Words at the end of a name that say what kind of firm it is, folded and without points.
_LEGAL_FORMS = frozenset(
    (
        "inc incorporated corp corporation co company llc lc llp lp pllc pc plc ltd limited pty pvt "
        "gmbh mbh ag kg kgaa ohg ug gbr eg ek ev se "
        "sa sas sasu sarl eurl snc sci spa srl srls sapa sl slu sau "
        "bv nv vof cv ab oy oyj as asa aps is hb "
        "spzoo spj spk sro zrt kft bt doo dd ood eood ooo "
        "kk gk sdn bhd cia ltda sadecv"
    ).split()
)
#: Forms that stand before the name.
_LEADING_FORMS = frozenset(("kk", "ooo", "pt", "ao", "pao"))
#: Forms of several words, which are written together before the last words are looked at.
_JOINED = tuple(
    (re.compile(rf"\b{pattern}(?!\w)"), form)
    for pattern, form in (
        (r"sp\.? ?z ?\.?o\.? ?o\.?", "spzoo"),
        (r"sp\.? ?j\.?", "spj"),
        (r"sp\.? ?k\.?", "spk"),
        (r"s\.? ?a\.? de c\.? ?v\.?", "sadecv"),
        (r"gmbh & co\.? ?kg", "gmbh"),
    )
)
_POINTS = re.compile(r"(?<=\w)\.(?=\w\b)|\.")
_WORDS = re.compile(r"[^\W_]+")
#: What more accounts than these share (the email of whoever keeps their books) tells nothing of any two.
_MOST_SHARED = 6
#: Shorter names differ in a letter by right; and so do shorter words of longer names.
_SHORTEST_NAME = 6
_SHORTEST_WORD = 4
#: Longer ones are compared as they stand: each letter left out of ten thousand is a hundred megabytes.
_LONGEST_NAME = 200


class Double(msgspec.Struct, frozen=True):
    """Two accounts, by id and name, that may be one customer, and why; a new one stands before a known one."""

    account: str
    other: str
    name: str
    other_name: str
    why: str


@lru_cache(maxsize=65536)
def plain_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents, marks and legal form: what two spellings have in common."""
    folded = fold(name).replace("&", " & ").replace("'", "").replace("’", "").replace("株式会社", " kk ")
    folded = " ".join(folded.split())
    for pattern, form in _JOINED:
        folded = pattern.sub(form, folded)
    words = [word for word in _WORDS.findall(_POINTS.sub("", folded)) if word not in ("and", "the")]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return tuple(words[1:] if len(words) > 1 and words[0] in _LEADING_FORMS else words)


def near_names(one: str, other: str) -> str:
    """Say in what way two names are nearly the same, "" if they are not."""
    words, others = plain_words(one), plain_words(other)
    joined, others_joined = "".join(words), "".join(others)
    if not joined:
        return ""
    if joined == others_joined:
        return "the same name, but for how it is written"
    return "names that differ in one letter" if _one_letter_off(words, others) else ""


def _one_letter_off(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Is one letter other, missing, too many, or changed places with the next, in a name and a word long enough?"""
    one, other = "".join(words), "".join(others)
    if max(len(one), len(other)) > _LONGEST_NAME:
        return False
    if min(_letters(one), _letters(other)) < _SHORTEST_NAME or _digits(one) != _digits(other):
        return False
    if len(words) == len(others):
        differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
        return len(differing) == 1 and min(map(len, differing[0])) >= _SHORTEST_WORD and _one_edit(*differing[0])
    return _one_edit(one, other)


def _one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return len(long) == len(short) and (short[at + 1 :] == long[at + 1 :] or swapped)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _one_family(one: str, other: str) -> bool:
    """Is one a job of the other, or are both jobs of a third ("Parent:Job")? The books keep them apart."""
    (parent, mark, _), (parent_too, mark_too, _) = (name.partition(":") for name in (one, other))
    return bool(mark or mark_too) and name_key(parent) == name_key(parent_too)


def are_apart(one: Account, other: Account) -> bool:
    """Did the clerk say that these two are two?"""
    return _is_named(one, other) or _is_named(other, one)


def _is_named(one: Account, other: Account) -> bool:
    return bool(other.number and other.number in one.apart) or name_key(other.name) in map(name_key, one.apart)


def apart_from(one: Account, other: Account) -> tuple[str, ...]:
    """Return `apart` of one account with another one in it: by name, or by number where the names are the same."""
    by_number = other.number if other.number and name_key(one.name) == name_key(other.name) else ""
    return tuple(dict.fromkeys([*one.apart, by_number or other.name]))


class Doubles:
    """The accounts of a book by what would make two of them doubtful."""

    def __init__(self, accounts: Iterable[Account], people_of: Callable[[str], Iterable[Person]]) -> None:
        self._accounts = {a.id: a for a in accounts}
        self._people_of = people_of
        # By what accounts may have in common: the first that has it, and all where there are several.
        self._first: dict[str, str] = {}
        self._common: dict[str, list[str]] = {}
        for account in self._accounts.values():
            for key in self._keys(account):
                first = self._first.setdefault(key, account.id)
                if first != account.id:
                    ids = self._common.setdefault(key, [first])
                    if ids[-1] != account.id:
                        ids.append(account.id)

    def _keys(self, account: Account) -> list[str]:
        """Return what a near account has in common with this one: one of these at least."""
        joined = "".join(plain_words(account.name))
        keys = [f"n{joined}"] if joined else []
        if len(joined) <= _LONGEST_NAME and _letters(joined) >= _SHORTEST_NAME:
            name = keys[0]
            keys += [name[:n] + name[n + 1 :] for n in range(1, len(name)) if not name[n].isdigit()]
        if account.tax_number:
            keys.append(f"t{_tax(account)}")
        for person in self._people_of(account.id):
            keys += [f"e{email.casefold()}" for email in person.emails]
            numbers = (_digits(phone)[-FEWEST_DIGITS:] for phone in person.phones)
            keys += [f"p{number}" for number in numbers if len(number) == FEWEST_DIGITS]
        return keys

    def why(self, account: str, other: str) -> str:
        """Say why two accounts may be one customer, "" if nothing says so or the clerk said that they are two."""
        one, two = self._accounts[account], self._accounts[other]
        if are_apart(one, two) or _one_family(one.name, two.name):
            return ""
        reasons = [near_names(one.name, two.name)]
        if one.tax_number and _tax(one) == _tax(two):
            reasons.append(f"the same tax number {one.tax_number}")
        people, others = list(self._people_of(account)), list(self._people_of(other))
        emails = {e.casefold() for p in others for e in p.emails}
        reasons += [f"the same email {e}" for p in people for e in p.emails if e.casefold() in emails][:1]
        phones = [phone for p in others for phone in p.phones]
        reasons += [
            f"the same phone {mine}" for p in people for mine in p.phones if any(same_phone(mine, x) for x in phones)
        ][:1]
        return ", ".join(filter(None, reasons))

    def of(self, accounts: Collection[str]) -> list[Double]:
        """Return the doubtful pairs that these accounts are in, each once, the one of these first."""
        found: dict[frozenset[str], Double] = {}
        for key, ids in self._common.items():
            for one, other in _pairs(key, ids):
                pair = frozenset((one, other))
                if pair in found or not (one in accounts or other in accounts):
                    continue
                # The later one is the new one.
                first, second = (other, one) if other in accounts else (one, other)
                if why := self.why(first, second):
                    names = (self._accounts[first].name, self._accounts[second].name)
                    found[pair] = Double(first, second, *names, why)
        return list(found.values())

    def all(self) -> list[Double]:
        """Return every doubtful pair of the book."""
        return self.of(self._accounts)


def _pairs(key: str, ids: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Return the pairs of accounts that have something in common; of very many with one name each with the first."""
    if len(ids) <= _MOST_SHARED:
        return combinations(ids, 2)
    return ((ids[0], other) for other in ids[1:]) if key.startswith("n") else ()


def _tax(account: Account) -> str:
    return "".join(_WORDS.findall(fold(account.tax_number)))
