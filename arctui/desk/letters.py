"""Letters: what is due and why, each before it is written, writing it, and how it was sent.

Writing makes a letter's record and its files, never to be changed. Only its sending is an activity, from which the
schedule, the review and the figures live: a letter that was written and not sent stays on the worklist.
"""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from arctui.core.changes import Change, added, removed
from arctui.core.letter_levels import unsent, unsent_words
from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy
from arctui.core.letter_rules import due_letter, emails_of, needs_reason, refusals, stands_no_more, went_before
from arctui.core.money import grouped, total
from arctui.core.records import Activity, ActivityKind
from arctui.core.text import clean
from arctui.core.words import money
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.letter_files import LetterFiles, number_of, uncopied
from arctui.desk.letter_making import Draft, KeptPress, LetterMaker, Wish, check_reason, letter_day, set_on_paper
from arctui.desk.letter_notes import check_number, check_words, lacking, unread
from arctui.letters.rendered import Rendered
from arctui.store import BookConflictError, BookError, files

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

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
        self._press = KeptPress()

    # What there is

    def choices(self, account: str, *, by_email: bool = False) -> list[Choice]:
        """Return what letters of each kind are to this account today, on paper or by email."""
        desk = self._desk
        dossier, standing, rules = desk.dossier(account), desk.standing(account), desk.rules
        due = due_letter(standing, rules)
        found = []
        for kind in LetterKind:
            is_due = due is not None and due.kind is kind
            why = due.why if due and is_due else needs_reason(kind, standing, rules)
            problem = "; ".join(refusals(kind, dossier, standing, rules, by_email=by_email))
            found.append(Choice(kind=kind, due=is_due, why=why, problem=problem))
        return found

    def due(self) -> list[DueLetter]:
        """Return the letters that are due today and were not written yet, in the order of the worklist."""
        desk, found = self._desk, []
        for row in desk.worklist():
            standing, rules = desk.standing(row.account), desk.rules
            due = due_letter(standing, rules)
            if due and not needs_reason(due.kind, standing, rules):
                code, level = standing.balance.currency, standing.contacts.level
                asked = level.to_ask(due.kind, (i for i in standing.items if i.invoice.currency == code))
                amount = money(total(i.collectable for i in asked), code, rules.policy.home_currency)
                found.append(DueLetter(account=row.account, name=row.name, kind=due.kind, why=due.why, amount=amount))
        return found

    def of(self, account: str) -> list[Letter]:
        """Return the letters that were written to an account, the newest first."""
        self.files.set_aside()
        return sorted(self._desk.dossier(account).letters, key=lambda x: (x.at, x.number), reverse=True)

    def unsent(self) -> list[Letter]:
        """Return the letters of all accounts that were written and not sent, in the order of their numbers."""
        self.files.set_aside()
        return unsent(self._desk.book.facts.all(Letter))

    def find(self, number: str) -> Letter:
        """Return the letter with a number: "2026-0017", or "17" for one of this year."""
        asked = clean(number)
        is_place = asked.isascii() and asked.isdigit() and len(asked) < 10
        whole = number_of(self._desk.today, int(asked)) if is_place else asked
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
            warnings=self._warnings(maker, draft),
        )

    def _warnings(self, maker: LetterMaker, draft: Draft) -> tuple[str, ...]:
        desk, wish = self._desk, draft.wish
        policy, standing = desk.policy, desk.standing(wish.account)
        found = [
            unsent_words(x, desk.today) for x in unsent(desk.dossier(wish.account).letters) if x.kind is wish.kind
        ]
        found += [*self.lacking(wish.kind), *self.unread()]
        if wish.kind in LEVELS:
            found += [
                f"{grouped(b.collectable, b.currency or policy.home_currency)} is asked for in a letter of its own"
                for b in (standing.balance, *standing.others)
                if b.collectable and b.currency != draft.speaks.currency
            ]
        if no_font := self._press.lacking(maker, draft):
            way = "the email has no PDF" if wish.by_email else "only plain text or an email can be written"
            found.append(f"{no_font}; until then {way}")
        return (*found, *filter(None, [desk.rules.stale]))

    def lacking(self, kind: LetterKind) -> list[str]:
        """Return what letters of a kind lack because the policy does not say it, a sentence each."""
        return lacking(self._desk.policy, kind)

    def unread(self) -> list[str]:
        """Say which templates of the firm no letter is written from, a sentence at most."""
        return unread(self._desk.book.path, self._desk.policy)

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
        check_words(self._desk.cards, why, account)
        try:
            return self._until_fresh(lambda: self._write(wish, clean(why), text=text, sending=sending))
        finally:
            with contextlib.suppress(BookError):
                self.files.take_back()

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
            if wish.by_email and self._press.lacking(maker, draft):
                text = True  # an email says it in the reader's fonts
            content = f"{maker.text(draft)}\n".encode() if text else set_on_paper(self._press.of(maker), draft)
            letter = draft.record(desk.dossier(wish.account), desk.rules, (), why)
            who = desk.dossier(wish.account).account.name
            name = self.files.name(letter, who, ".txt" if text else ".pdf")
            kept = self.files.keep(name, content, maker.email_text(draft))
            letter = msgspec.structs.replace(letter, files=kept)
            what, changes = "written", [added(letter)]
            if sending:
                letter, activity = self.as_sent(letter, sending)
                what, changes = f"written and sent by {sending.by}", [added(letter), added(activity)]
            act = f"{letter.kind} {letter.number} {what}, {who}"
            desk.commit(act, changes, typed=False, stale=lambda: desk.book.number != number)
            try:
                path = self.files.lay(name, content)
            except BookError as error:
                raise BookError(uncopied(act, error)) from error
        return Made(letter=letter, paths=(path,), act=act)

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
        act = f"{letter.kind} {letter.number} sent by {by}, {desk.dossier(letter.account).account.name}"
        return desk.commit(act, [Change(before=letter, after=sent), added(activity)], typed=False)

    def as_sent(self, letter: Letter, sending: Sending) -> tuple[Letter, Activity]:
        """Return a letter as it is once it was sent, and the activity that tells of it. Raises DeskError."""
        desk, by, number = self._desk, sending.by, clean(sending.tracking)
        self._check_unsent(letter)
        day = letter_day(sending.on, letter, desk.rules)
        if day == desk.today:
            # What went out on an earlier day is told as it was.
            self._check_sendable(letter)
        check_number(desk.cards, by, number, letter.account)
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
        done = desk.commit(act, [removed(letter)], typed=False)
        return "; ".join(filter(None, [done, self.files.set_aside()]))

    def email(self, letter_id: str) -> Path:
        """Write the email of a letter for the firm's mail program, with its file attached, and return its path.

        Its words are those that were kept when it was written. Raises DeskError where it may not be sent any more.
        """
        from arctui.letters.eml import EmailError, letter_eml

        letter = self._letter(letter_id)
        dossier, standing = self._desk.dossier(letter.account), self._desk.standing(letter.account)
        problem = "" if letter.sent_by else stands_no_more(letter, dossier, standing, self._desk.rules)
        if problem:
            raise DeskError(f"{problem}: write it anew")
        to = emails_of(dossier, letter.person)
        if not to:
            raise DeskError(f"no email address is known of {letter.person or dossier.account.name}")
        words = self.files.email_words(letter)
        if words is None:
            raise DeskError(f"of {letter.kind} {letter.number} no words are kept: write it anew")
        file = letter.files[0]
        is_pdf = file.name.endswith(".pdf")
        try:
            content = letter_eml(
                words,
                to=to,
                person=letter.person,
                pdf=self.files.documents.get(file.digest) if is_pdf else b"",
                name=file.name,
                at=letter.at,
            )
        except EmailError as error:
            raise DeskError(str(error)) from None
        return self.files.lay(self.files.name(letter, dossier.account.name, ".eml"), content)

    def record(self, account: str, words: str = "", on: date | None = None) -> str:
        """Record that a letter was sent, on a day (today), which was not written here. Returns what was done."""
        desk = self._desk
        sent, day = desk.activity(account, ActivityKind.LETTER, clean(words)), on or desk.today
        if day != desk.today:
            items = desk.standing(account).items
            due = tuple(i.invoice.id for i in items if i.past_due and (i.invoice.due or day) <= day)
            # The schedule goes by the order of moments.
            at = sent.at - (desk.today - day)
            sent = msgspec.structs.replace(sent, at=at, day=day, invoices=due)
        what = "letter" if day == desk.today else f"letter of {desk.rules.day(day)}"
        return desk.commit(f"{what}, {desk.dossier(account).account.name}", [added(sent)])

    def _letter(self, letter_id: str) -> Letter:
        found = self._desk.book.facts.get(Letter, letter_id)
        if found is None:
            raise DeskError("this letter is no longer in the book")
        return found

    def _check_sendable(self, letter: Letter) -> None:
        dossier, rules = self._desk.dossier(letter.account), self._desk.rules
        if problem := stands_no_more(letter, dossier, self._desk.standing(letter.account), rules):
            raise DeskError(f"{problem}: write it anew")
        if before := went_before(letter, dossier, rules):
            days = rules.policy.letter_interval_days
            raise DeskError(f"{before}: {letter.kind} {letter.number} is not sent within {days} days of it")

    def _check_unsent(self, letter: Letter) -> None:
        if letter.sent_by:
            day = self._desk.rules.day(letter.sent_on or letter.day)
            name = f"{letter.kind} {letter.number}"
            raise DeskError(f"{name} went out on {day} by {letter.sent_by}: what was sent is not changed")
