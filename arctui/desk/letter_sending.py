"""Several letters that went out together: one act says how all of them were sent."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui.core.changes import Change, added
from arctui.core.letter_records import Letter, SentBy
from arctui.core.letter_rules import stands_no_more
from arctui.core.text import plural
from arctui.desk.errors import DeskError
from arctui.desk.letters import Sending

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class SentTogether(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, "" for nothing; the emails that were written; the letters that were not sent, and why."""

    act: str
    emails: tuple[Path, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def send_together(desk: "Desk", letters: Sequence[str], by: SentBy) -> SentTogether:
    """Record that letters, by their ids, were sent today in one way; for an email each is written to be sent.

    What cannot be sent so is left as it is, with the reason. Raises DeskError for certified mail, where each has a
    number of its own, and BookError; then no letter is sent.
    """
    if by is SentBy.CERTIFIED:
        raise DeskError("certified mail has a number each: say it letter by letter")
    desk.refresh()
    sent: list[Letter] = []
    emails: list[Path] = []
    refused: list[tuple[str, str]] = []
    changes: list[Change] = []
    for letter in filter(None, (desk.book.facts.get(Letter, each) for each in letters)):
        name = desk.dossier(letter.account).account.name
        try:
            after, activity = desk.letters.as_sent(letter, Sending(by))
            if problem := stands_no_more(letter, desk.standing(letter.account), desk.rules):
                raise DeskError(f"{problem}: write it anew")
            if by is SentBy.EMAIL:
                emails.append(desk.letters.email(letter.id))
        except DeskError as error:
            refused.append((name, str(error)))
            continue
        sent.append(after)
        changes += [Change(before=letter, after=after), added(activity)]
    if not sent:
        return SentTogether(act="", refused=tuple(refused))
    first, last = sent[0].number, sent[-1].number
    which = first + (f" to {last}" if last != first else "")
    act = desk.commit(f"{plural(len(sent), 'letter')} sent by {by}, {which}", changes, typed=False)
    return SentTogether(act=act, emails=tuple(emails), refused=tuple(refused))
