"""A person as the clerk types one: `lee wong, controller, 555 0142, lee@birch.example`. Pure.

Somebody known is corrected, anybody else is new. A new number is called first; `not 555 0142` takes one away.
"""

from collections.abc import Sequence

import msgspec

from arctui.core.capture import codes
from arctui.core.capture.data_reading import DataReading, KnownError, Outside, struck_change, struck_out
from arctui.core.capture.person_words import Said, find_person, read_said
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.facts import Dossier
from arctui.core.phone_numbers import is_phone, same_phone
from arctui.core.records import Person
from arctui.core.text import fold

_MOST_NAME_WORDS = 5


def read_person(text: str, dossier: Dossier, situation: Situation, outside: Outside) -> DataReading:
    """Read a line about a person. Raises ProblemError with what to write."""
    said = read_said(text, dossier)
    if said.wrong and not (said.name or said.phones or said.emails or said.role or said.zone):
        return _taken_away(text, said.wrong, dossier)
    person = _who(said, dossier, situation)
    corrected = _Corrected(person, said, dossier, outside)
    return corrected.reading(text)


def read_zone(words: str, outside: Outside) -> str:
    """Return the time zone of a city or of an IANA name. Raises ProblemError."""
    wanted = fold(words).replace(" ", "_")
    known = [z for z in outside.zones() if "/" in z and not z.startswith("Etc/")]
    found = [z for z in known if fold(z) == wanted] or [z for z in known if fold(z).rpartition("/")[2] == wanted]
    if not found:
        raise ProblemError(f"'{words}' is no time zone: write a large city of it, zone Denver, or America/Denver")
    return min(found, key=lambda z: (z.startswith(("Canada/", "Mexico/", "Brazil/", "Chile/")), len(z), z))


def zone_sentence(zone: str, before: str) -> str:
    """Say which time zone holds."""
    return f"time zone {zone}{f', it was {before}' if before and before != zone else ''}"


# Whose it is


def _who(said: Said, dossier: Dossier, situation: Situation) -> Person:
    """Return the person whom a line is about; somebody new has the id "". Raises ProblemError."""
    if said.name:
        return find_person(said.name, dossier) or _new(said.name, dossier)
    if said.wrong:
        had = [p for p in dossier.people if any(_has(p, w) for w in said.wrong)]
        if len(had) == 1:
            return had[0]
    if situation.speaker:
        return find_person(situation.speaker, dossier) or _new(situation.speaker, dossier)
    if len(dossier.people) > 1:
        names = " or ".join(p.name or "the one without a name" for p in dossier.people)
        raise ProblemError(f"whose is it? {names}: write the name first")
    return dossier.people[0] if dossier.people else Person(id="", account=dossier.account.id, name="")


def _new(words: str, dossier: Dossier) -> Person:
    parts = words.split()
    if len(parts) > _MOST_NAME_WORDS or any(map(str.isdigit, words)) or not words[0].isalpha():
        raise ProblemError(f"'{words}' is no name: write lee wong, controller, 555 0142; free words go into a note")
    name = " ".join(w if w != w.lower() else w.capitalize() for w in parts)
    return Person(id="", account=dossier.account.id, name=name)


def _has(person: Person, reach: str) -> bool:
    return any(same_phone(p, reach) for p in person.phones if is_phone(reach)) or _folded(reach) in map(
        _folded, person.emails
    )


def _folded(email: str) -> str:
    return email.casefold()


def _without(person: Person, wrong: Sequence[str]) -> Person:
    gone = [w for w in wrong if is_phone(w)]
    return msgspec.structs.replace(
        person,
        phones=tuple(p for p in person.phones if not any(same_phone(p, w) for w in gone)),
        emails=tuple(e for e in person.emails if _folded(e) not in map(_folded, wrong)),
    )


def _standing(person: Person, wrong: Sequence[str]) -> list[str]:
    """Return a person's numbers and emails that are wrong, as they stand in the book."""
    right = _without(person, wrong)
    return [r for r in (*person.phones, *person.emails) if r not in right.phones and r not in right.emails]


def _taken_away(text: str, wrong: Sequence[str], dossier: Dossier) -> DataReading:
    """Take numbers and emails away from everybody who has them."""
    had = [p for p in dossier.people if any(_has(p, w) for w in wrong)]
    lacking = [w for w in wrong if not any(_has(p, w) for p in had)]
    if lacking:
        raise ProblemError(f"{lacking[0]} stands with nobody here: {_numbers(dossier)}")
    after = [_without(p, wrong) for p in had]
    kept = [p for p in after if p.name or p.phones or p.emails]
    gone = [r for p in had for r in _standing(p, wrong)]
    struck = struck_out(dossier.account, wrong=gone)
    listed = ", ".join(dict.fromkeys(gone))
    names = " and ".join(p.name or "the account" for p in had)
    return DataReading(
        text=text,
        account=struck_change(dossier, struck),
        people=tuple(kept),
        left=tuple(p for p, now in zip(had, after, strict=True) if now not in kept),
        act=f"{listed} taken away from {names}",
        sentences=(f"{names}: not {listed} any more",),
        warnings=tuple(_unreachable(p) for p in kept if not p.phones),
    )


def _unreachable(person: Person) -> str:
    return f"{person.name or 'the account'} then has no phone number: ask for one"


def _numbers(dossier: Dossier) -> str:
    listed = [f"{p.name or 'no name'} {r}" for p in dossier.people for r in (*p.phones, *p.emails)]
    return ", ".join(listed) or "no number is known"


# What it changes


def _first_then(first: Sequence[str], rest: Sequence[str]) -> str:
    return ", then ".join(filter(None, [", ".join(first), ", ".join(rest)]))


class _Corrected:
    """A person as a line leaves them, and what is to be said of it."""

    def __init__(self, before: Person, said: Said, dossier: Dossier, outside: Outside) -> None:
        self._before = before
        self._said = said
        self._dossier = dossier
        self._outside = outside
        self._sentences: list[str] = []
        self._warnings: list[str] = []
        self._wrong: list[str] = []
        self._right = [before.name] if not before.id else []
        self._after = before
        if said.role and said.role != before.role:
            self._sentences.append(said.role + (f" (not {before.role})" if before.role else ""))
            self._change(role=said.role)
        self._take_wrong(said.wrong)
        self._take_phones(said.phones)
        self._take_emails(said.emails)
        self._take_zone(said.zone)

    def reading(self, text: str) -> DataReading:
        """Return the whole as a reading. Raises ProblemError if it changes nothing."""
        before, name, said = self._before, self._before.name or "the account", self._said
        struck = struck_out(self._dossier.account, wrong=self._wrong, right=self._right)
        if before.id and self._after == before:
            if not any((said.role, said.phones, said.emails, said.wrong, said.zone)):
                raise ProblemError(f"what of {name}? write a number, an email, a role, or zone and a city")
            raise KnownError(f"that is known of {name} already")
        if before.id or not before.name:
            act = f"{name}: {', '.join(self._sentences)}"
            sentences = (act,)
        else:
            act = f"new person {name}" + (f": {', '.join(self._sentences)}" if self._sentences else "")
            sentences = (", ".join([f"new: {name}", *self._sentences]),)
            self._warnings += self._taken_for_another()
        return DataReading(
            text=text,
            account=struck_change(self._dossier, struck),
            people=(self._after,),
            act=act,
            sentences=sentences,
            warnings=tuple(self._warnings),
        )

    def _change(self, **fields: object) -> None:
        self._after = msgspec.structs.replace(self._after, **fields)

    def _take_wrong(self, wrong: Sequence[str]) -> None:
        for reach in wrong:
            if not _has(self._after, reach):
                raise ProblemError(f"{reach} does not stand with {self._before.name or 'the account'}")
        self._wrong = _standing(self._before, wrong)
        self._after = _without(self._after, wrong)
        if self._wrong:
            self._sentences.append(f"not {', '.join(self._wrong)} any more")

    def _take_phones(self, typed: Sequence[str]) -> None:
        first: list[str] = []
        for phone in typed:
            shown, doubt = self._outside.phone(phone)
            known = next((p for p in self._after.phones if same_phone(p, shown)), "")
            number = known if len(known) >= len(shown) else shown
            if not any(same_phone(number, f) for f in first):
                first.append(number)
            self._right.append(number)
            if not known:
                self._warnings += filter(None, [doubt, self._has_it_too(shown)])
        rest = [p for p in self._after.phones if not any(same_phone(p, f) for f in first)]
        if first and (*first, *rest) != self._after.phones:
            self._sentences.append(_first_then(first, rest))
            self._change(phones=(*first, *rest))
        if not self._after.phones and self._before.phones:
            self._warnings.append(_unreachable(self._after))

    def _has_it_too(self, phone: str) -> str:
        others = [p.name for p in self._dossier.people if p.id != self._before.id and _has(p, phone) and p.name]
        return f"{others[0]} has this number too" if others else ""

    def _take_emails(self, typed: Sequence[str]) -> None:
        old = [e for e in self._after.emails if _folded(e) not in map(_folded, typed)]
        emails = tuple(dict.fromkeys([*typed, *old]))
        self._right += typed
        if typed and emails != self._after.emails:
            self._sentences.append(_first_then(typed, old))
            self._change(emails=emails)

    def _take_zone(self, named: str) -> None:
        before, number = self._before, next(iter(self._after.phones), "")
        told = self._outside.zone_of(number) if number and number not in before.phones else ""
        by_old = [self._outside.zone_of(p) for p in before.phones[:1]]
        if named:
            zone = read_zone(named, self._outside)
        elif told and (not before.time_zone or before.time_zone in by_old):
            # It followed from the number, as in an imported list.
            zone = told
        else:
            return
        if zone != before.time_zone:
            self._sentences.append(zone_sentence(zone, before.time_zone))
            self._change(time_zone=zone)

    def _taken_for_another(self) -> list[str]:
        """Warn of somebody known whose name is in this one, or begins like it: a comma forgotten, a name misheard."""
        words = _bare_name(self._before.name)
        known = {p.name: _bare_name(p.name) for p in self._dossier.people if p.name}
        alike = [n for n, w in known.items() if w and (w[0] == words[0] or set(w) <= set(words))] if words else []
        return [f"{alike[0]} is known: is {self._before.name} somebody else? a comma ends the name"] if alike else []


def _bare_name(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in codes.TITLES]
