"""The exhibits of a claim file: which files go into it, in which order, and what each of them proves. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from arctui.core.claim_facts import Exhibit, Group
from arctui.core.facts import Dossier
from arctui.core.letter_records import Attachment, Letter, Role, Written
from arctui.core.money import grouped
from arctui.core.words import short_day

_EMAIL = "message/rfc822"
_GROUPS = {group: place for place, group in enumerate(Group)}
_OF_ROLE = {
    Role.COPY: Group.INVOICE,
    Role.DELIVERY: Group.DELIVERY,
    Role.CONTRACT: Group.CONTRACT,
    Role.SENDING: Group.PROOF,
}


class Exhibits(msgspec.Struct, frozen=True):
    """The exhibits in the order of their numbers, and the numbers by the id of a record that they are about.

    `proved`: each group of which a file is there, with the id of what that file is about.
    """

    all: tuple[Exhibit, ...]
    numbers: Mapping[str, tuple[int, ...]]
    proved: frozenset[tuple[Group, str]] = frozenset()

    def of(self, *records: str) -> tuple[int, ...]:
        """Return the numbers of what is about some records, each once, in order."""
        return tuple(sorted({n for record in records for n in self.numbers.get(record, ())}))

    def has(self, group: Group, record: str = "") -> bool:
        """Is one of a group there, about a record if one is named?"""
        return any(of is group and record in ("", about) for of, about in self.proved)


class _File(msgspec.Struct, frozen=True):
    """A file as it was found: its `order` among its group, and the ids of the records that it is `about`."""

    exhibit: Exhibit
    order: tuple[object, ...]
    about: tuple[str, ...]


def exhibits_of(dossier: Dossier) -> Exhibits:
    """Return the exhibits of an account: what was attached to it, and each letter that was sent.

    One content is one exhibit, whatever it was attached to.
    """
    names = _names(dossier)
    found = [*_letters(dossier.letters), *(_attached(a, names, dossier) for a in dossier.attachments)]
    found.sort(key=lambda f: (_GROUPS[f.exhibit.group], f.order))
    by_content: dict[str, list[_File]] = {}
    for file in found:
        by_content.setdefault(file.exhibit.digest, []).append(file)
    numbered: list[Exhibit] = []
    numbers: dict[str, list[int]] = {}
    for number, (first, *same) in enumerate(by_content.values(), 1):
        records = tuple(dict.fromkeys(r for f in (first, *same) for r in f.exhibit.records))
        about = tuple(dict.fromkeys(a for f in (first, *same) for a in f.exhibit.about))
        numbered.append(msgspec.structs.replace(first.exhibit, number=number, about=about, records=records))
        for record in dict.fromkeys([*records, *(a for f in (first, *same) for a in f.about)]):
            numbers.setdefault(record, []).append(number)
    for letter in dossier.letters:
        if letter.activity and letter.id in numbers:
            numbers[letter.activity] = numbers[letter.id]
    proved = {(f.exhibit.group, about) for f in found for about in f.about or ("",)}
    return Exhibits(tuple(numbered), {record: tuple(known) for record, known in numbers.items()}, frozenset(proved))


def _names(dossier: Dossier) -> dict[str, str]:
    """Say of each record that a file can be about what it is."""
    names = {i.id: f"{i.kind.casefold()} {i.number}".strip() for i in dossier.invoices}
    names |= {x.id: f"letter {x.number}, {x.kind}" for x in dossier.letters}
    names |= {d.id: f"dispute of {short_day(d.opened)}, {grouped(d.amount, d.currency)}" for d in dossier.disputes}
    return names | {
        p.id: f"promise of {grouped(p.amount, p.currency)} for {short_day(p.day)}" for p in dossier.promises
    }


def _letters(letters: Iterable[Letter]) -> Iterator[_File]:
    """Only what was sent proves anything."""
    for letter in letters:
        file = letter_file(letter)
        if letter.sent_on and file:
            exhibit = Exhibit(
                number=0,
                group=Group.LETTER,
                title=f"{letter.kind} {letter.number}, sent by {letter.sent_by or 'hand'} on "
                f"{short_day(letter.sent_on)}",
                day=letter.sent_on,
                name=file.name,
                digest=file.digest,
                records=(letter.id,),
            )
            yield _File(exhibit, (letter.sent_on, letter.number, letter.id), ())


def letter_file(letter: Letter) -> Written | None:
    """Return the file of a letter as it went out: the paper, where there is one."""
    papers = [f for f in letter.files if f.name.casefold().endswith(".pdf")]
    return next(iter([*papers, *letter.files]), None)


def _attached(attachment: Attachment, names: Mapping[str, str], dossier: Dossier) -> _File:
    about = names.get(attachment.about, "")
    group = _group(attachment, dossier)
    title = f"{group}: {about}" if about and not about.startswith(group) else about or group.value
    if group in (Group.CONTRACT, Group.OTHER, Group.EMAIL) and attachment.note:
        title = f"{title}: {attachment.note}"
    exhibit = Exhibit(
        number=0,
        group=group,
        title=title,
        day=attachment.day,
        name=attachment.name,
        digest=attachment.digest,
        media=attachment.media,
        size=attachment.size,
        about=(about,) if about else (),
        note=attachment.note,
        records=(attachment.id,),
    )
    first = _day_of(attachment.about, dossier) or attachment.day
    order = (first, about, attachment.at.timestamp(), attachment.name, attachment.id)
    return _File(exhibit, order, (attachment.about,) if attachment.about else ())


def _day_of(record: str, dossier: Dossier) -> date | None:
    """Return the day of what a file is about, so that the files follow the order of what they prove."""
    days = {i.id: i.issued or i.due for i in dossier.invoices}
    days |= {x.id: x.sent_on or x.day for x in dossier.letters}
    return days.get(record)


def _group(attachment: Attachment, dossier: Dossier) -> Group:
    """A file proves what the clerk says that it is; of the rest only its kind, or what it is about, is known."""
    if attachment.role in _OF_ROLE:
        return _OF_ROLE[attachment.role]
    if attachment.media == _EMAIL:
        return Group.EMAIL
    if any(p.id == attachment.about for p in dossier.promises):
        return Group.PROMISE
    if any(d.id == attachment.about for d in dossier.disputes):
        return Group.DISPUTE
    return Group.OTHER
