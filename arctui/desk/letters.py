"""Letters: what is due and why, each before it is written, writing it, and how it was sent.

Writing makes a letter's record and its files, never to be changed. Only its sending is an activity, from which the
schedule, the review and the figures live: a letter that was written and not sent stays on the worklist.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from arctui.core.changes import Change, added, removed
from arctui.core.letter_levels import unsent, unsent_words
from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy, Written
from arctui.core.letter_rules import due_letter, emails_of, needs_reason, refusals, stands_no_more
from arctui.core.money import grouped
from arctui.core.records import Activity, ActivityKind
from arctui.core.text import clean
from arctui.core.words import money
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.letter_files import LetterFiles, number_of
from arctui.desk.letter_making import Draft, LetterMaker, Wish, check_reason, letter_day, set_on_paper
from arctui.letters.rendered import Rendered
from arctui.store import BookConflictError, files

if TYPE_CHECKING:
    from arctui.desk.desk import Desk
    from arctui.letters.letter_pdf import Press

#: So often a letter is written anew over what other sessions did meanwhile.
_TRIES = 3
_T = TypeVar("_T")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of letter for an account: is it due, and why or why not; `problem`: why it cannot be written, or ""."""

    kind: LetterKind
    due: bool
    why: str
    problem: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it would be written now. `needs_reason`: it asks for money and is not due; `undue` says why not."""

    kind: LetterKind
    rendered: Rendered
    text: str
    due: bool
    needs_reason: bool
    undue: str
    warnings: tuple[str, ...]


class Sending(NamedTuple):
    """How a letter is sent: the way, the day (None: today), and the number of certified mail."""

    by: SentBy
    on: date | None = None
    tracking: str = ""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that was written, the files with names to be read, and what was done."""

    letter: Letter
    paths: tuple[Path, ...]
    act: str


class DueLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that is due today: to whom, why, and about how much."""

    account: str
    name: str
    kind: LetterKind
    why: str
    amount: str


class Letters:
    """The letters of one clerk at one desk. Raises DeskError, BookError; then nothing has changed in the book."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.files = LetterFiles(desk.book)
        self._press: tuple[str, Press] | None = None

    # What there is

    def choices(self, account: str) -> list[Choice]:
        """Return what letters of each kind are to this account today."""
        desk = self._desk
        dossier, standing, rules = desk.dossier(account), desk.standing(account), desk.rules
        due = due_letter(standing, rules)
        found = []
        for kind in LetterKind:
            is_due = due is not None and due.kind is kind
            why = due.why if due and is_due else needs_reason(kind, standing, rules)
            problem = "; ".join(refusals(kind, dossier, standing, rules))
            found.append(Choice(kind=kind, due=is_due, why=why, problem=problem))
        return found

    def due(self) -> list[DueLetter]:
        """Return the letters that are due today and were not written yet, in the order of the worklist."""
        desk, found = self._desk, []
        for row in desk.worklist():
            standing, rules = desk.standing(row.account), desk.rules
            due = due_letter(standing, rules)
            waiting = (x for x in unsent(desk.dossier(row.account).letters) if x.kind in LEVELS)
            if due and not any(not stands_no_more(x, standing, rules) for x in waiting):
                balance = standing.balance
                amount = money(balance.collectable, balance.currency, rules.policy.home_currency)
                found.append(DueLetter(account=row.account, name=row.name, kind=due.kind, why=due.why, amount=amount))
        return found

    def of(self, account: str) -> list[Letter]:
        """Return the letters that were written to an account, the newest first."""
        return sorted(self._desk.dossier(account).letters, key=lambda x: (x.at, x.number), reverse=True)

    def find(self, number: str) -> Letter:
        """Return the letter with a number: "2026-0017", or "17" for one of this year."""
        asked = clean(number)
        whole = number_of(self._desk.today, int(asked)) if asked.isascii() and asked.isdigit() else asked
        found = [x for x in self._desk.book.facts.all(Letter) if x.number == whole]
        if len(found) != 1:
            raise DeskError(f"there is no letter '{asked}'" if asked else "which letter?")
        return found[0]

    def path(self, letter: Letter) -> Path:
        """Return a letter's file with a name to be read; where it is gone it is laid there again."""
        if not letter.files:
            raise DeskError(f"{letter.kind} {letter.number} has no file")
        file = letter.files[0]
        return self.files.lay(file.name, self.files.documents.get(file.digest))

    # Before it is written

    def preview(
        self,
        account: str,
        kind: LetterKind,
        *,
        person: str = "",
        about: Sequence[str] = (),
        currency: str = "",
        by_email: bool = False,
    ) -> Preview:
        """Return a letter as it would be written now. Raises DeskError, with the reason, for one that cannot be."""
        wish = Wish(
            account=account, kind=kind, person=person, about=tuple(about), currency=currency, by_email=by_email
        )
        maker = self._maker()
        draft = maker.draft(wish)
        return Preview(
            kind=kind,
            rendered=draft.rendered,
            text=maker.text(draft),
            due=kind in LEVELS and not draft.undue,
            needs_reason=bool(draft.undue),
            undue=draft.undue,
            warnings=self._warnings(draft),
        )

    def _warnings(self, draft: Draft) -> tuple[str, ...]:
        desk, wish = self._desk, draft.wish
        policy, standing = desk.policy, desk.standing(wish.account)
        found = [
            unsent_words(x, desk.today) for x in unsent(desk.dossier(wish.account).letters) if x.kind is wish.kind
        ]
        if not (policy.firm or policy.firm_legal_name):
            found.append("the firm has no name: arctui policy firm NAME")
        if not policy.letterhead:
            found.append("the letter names no address of ours: arctui policy letterhead 'STREET | TOWN'")
        if wish.kind in LEVELS and not policy.remittance:
            found.append("it does not say where to pay: arctui policy remittance 'BANK | ACCOUNT'")
        if wish.kind in LEVELS:
            found += [
                f"{grouped(b.collectable, b.currency or policy.home_currency)} is asked for in a letter of its own"
                for b in (standing.balance, *standing.others)
                if b.collectable and b.currency != draft.speaks.currency
            ]
        return (*found, *filter(None, [desk.rules.stale]))

    # Writing

    def write(
        self,
        account: str,
        kind: LetterKind,
        *,
        why: str = "",
        person: str = "",
        about: Sequence[str] = (),
        currency: str = "",
        by_email: bool = False,
        text: bool = False,
        sending: Sending | None = None,
    ) -> Made:
        """Write a letter: its record and its file, a PDF or (`text`) plain text; with `sending` it is sent at once.

        `why`: why it is written although it is not due. Raises UndueError where that is lacking, DeskError where it
        is refused, BookConflictError where other sessions are always quicker.
        """
        wish = Wish(
            account=account, kind=kind, person=person, about=tuple(about), currency=currency, by_email=by_email
        )
        self._desk.cards.check_text(why, account)
        return self._until_fresh(lambda: self._write(wish, clean(why), text=text, sending=sending))

    def _write(self, wish: Wish, why: str, *, text: bool, sending: Sending | None) -> Made:
        desk = self._desk
        desk.refresh()
        number, maker = desk.book.number, self._maker()
        first = maker.draft(wish)
        check_reason(first, why)
        if sending:
            # What cannot be leaves no file behind.
            self.as_sent(first.record(desk.dossier(wish.account), desk.rules, (), why), sending)
        # Under this lock no other session takes the same number.
        with files.locked(self.files.make()):
            draft = maker.draft(wish, number_of(desk.today, self.files.next_number(desk.today)))
            content = f"{maker.text(draft)}\n".encode() if text else self._pdf(maker, draft)
            letter = draft.record(desk.dossier(wish.account), desk.rules, (), why)
            who = desk.dossier(wish.account).account.name
            name = self.files.name(letter, who, ".txt" if text else ".pdf")
            file = Written(name, self.files.documents.put(content))
            letter = msgspec.structs.replace(letter, files=(file,))
            what, changes = "written", [added(letter)]
            if sending:
                letter, activity = self.as_sent(letter, sending)
                what, changes = f"written and sent by {sending.by}", [added(letter), added(activity)]
            act = f"{letter.kind} {letter.number} {what}, {who}"
            desk.commit(act, changes, typed=False, stale=lambda: desk.book.number != number)
            path = self.files.lay(name, content)
        return Made(letter=letter, paths=(path,), act=act)

    def _pdf(self, maker: LetterMaker, draft: Draft) -> bytes:
        country = self._desk.policy.country
        if self._press is None or self._press[0] != country:
            self._press = (country, maker.press())
        return set_on_paper(self._press[1], draft)

    def _maker(self) -> LetterMaker:
        return LetterMaker(self._desk.derived, self._desk.book.path)

    def _until_fresh(self, act: Callable[[], _T]) -> _T:
        """Do it again over what another session did meanwhile."""
        for _ in range(_TRIES - 1):
            try:
                return act()
            except BookConflictError:
                continue
        return act()

    # Sending

    def sent(self, letter_id: str, by: SentBy, *, on: date | None = None, tracking: str = "") -> str:
        """Record that a letter was sent, in which way and on which day (today). Returns what was done.

        Raises DeskError for one that was sent already, or that asks for what may not be asked for any more.
        """
        desk = self._desk
        desk.refresh()
        letter = self._letter(letter_id)
        sent, activity = self.as_sent(letter, Sending(by, on, tracking))
        problem = (
            stands_no_more(letter, desk.standing(letter.account), desk.rules) if activity.day == desk.today else ""
        )
        if problem:
            raise DeskError(f"{problem}: write it anew")
        act = f"{letter.kind} {letter.number} sent by {by}, {desk.dossier(letter.account).account.name}"
        return desk.commit(act, [Change(before=letter, after=sent), added(activity)], typed=False)

    def as_sent(self, letter: Letter, sending: Sending) -> tuple[Letter, Activity]:
        """Return a letter as it is once it was sent, and the activity that tells of it. Raises DeskError."""
        desk, by, number = self._desk, sending.by, clean(sending.tracking)
        self._check_unsent(letter)
        day = letter_day(sending.on, letter, desk.rules)
        if by is SentBy.CERTIFIED and not number:
            raise DeskError("certified mail has a number: which one?")
        activity = Activity(
            id=new_id(),
            account=letter.account,
            kind=ActivityKind.LETTER if letter.kind in LEVELS else ActivityKind.NOTE,
            # The schedule goes by the order of moments.
            at=max(letter.at, desk.rules.moment.now - timedelta(days=(desk.today - day).days)),
            day=day,
            by=desk.clerk,
            person=letter.person,
            note=f"{letter.kind} {letter.number} by {by}" + (f", {number}" if number else ""),
            invoices=letter.invoices,
        )
        sent = msgspec.structs.replace(letter, sent_by=by, sent_on=day, tracking=number, activity=activity.id)
        return sent, activity

    def discard(self, letter_id: str) -> str:
        """Throw a letter away that was written and not sent; its number is not used again. Returns what was done."""
        desk = self._desk
        desk.refresh()
        letter = self._letter(letter_id)
        self._check_unsent(letter)
        dossier = desk.dossier(letter.account)
        if any(x.about == letter.id for x in dossier.attachments):
            raise DeskError(f"{letter.kind} {letter.number} has a file attached: it stays")
        act = f"{letter.kind} {letter.number} thrown away, never sent, {dossier.account.name}"
        return desk.commit(act, [removed(letter)], typed=False)

    def email(self, letter_id: str) -> Path:
        """Write the email of a letter for the firm's mail program, with its file attached, and return its path."""
        from arctui.letters.eml import EmailError, letter_eml

        letter = self._letter(letter_id)
        dossier = self._desk.dossier(letter.account)
        to = emails_of(dossier, letter.person)
        if not to:
            raise DeskError(f"no email address is known of {letter.person or dossier.account.name}")
        draft = self._maker().again(letter)
        file = letter.files[0] if letter.files else Written("", "")
        is_pdf = file.name.endswith(".pdf")
        try:
            content = letter_eml(
                draft.rendered,
                draft.values,
                sender="",
                to=to,
                pdf=self.files.documents.get(file.digest) if is_pdf else b"",
                name=file.name,
                at=letter.at,
                signature=draft.paper.signature,
            )
        except EmailError as error:
            raise DeskError(str(error)) from None
        return self.files.lay(self.files.name(letter, dossier.account.name, ".eml"), content)

    def record(self, account: str, words: str = "") -> str:
        """Record that a letter was sent which was not written here. Returns what was done."""
        letter = self._desk.activity(account, ActivityKind.LETTER, clean(words))
        return self._desk.commit(f"letter, {self._desk.dossier(account).account.name}", [added(letter)])

    def _letter(self, letter_id: str) -> Letter:
        found = self._desk.book.facts.get(Letter, letter_id)
        if found is None:
            raise DeskError("this letter is no longer in the book")
        return found

    def _check_unsent(self, letter: Letter) -> None:
        if letter.sent_by:
            day = self._desk.rules.day(letter.sent_on or letter.day)
            name = f"{letter.kind} {letter.number}"
            raise DeskError(f"{name} went out on {day} by {letter.sent_by}: what was sent is not changed")
