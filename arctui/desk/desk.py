"""The desk: every act of the clerk, one method each, and the views that follow from them.

An act builds changes, commits them (durable when it returns), then derives again only what they touched.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.abroad import calendar_of, calendar_there
from arctui.core.capture import Reading, Situation, read_line
from arctui.core.capture.dates import read_date
from arctui.core.capture.invoices import open_invoices
from arctui.core.capture.reading import ProblemError
from arctui.core.changes import Change, added, changed
from arctui.core.facts import Dossier
from arctui.core.figures import Figures
from arctui.core.mending import mended
from arctui.core.money import ZERO, total
from arctui.core.policy import Policy, parse_setting, show_setting
from arctui.core.promises import Verdict
from arctui.core.reasons import Rules
from arctui.core.records import Account, Activity, ActivityKind, Flag, PolicyChange, Promise
from arctui.core.roles import Right, Role, needed
from arctui.core.standing import Standing
from arctui.core.text import clean, fold
from arctui.core.worklist import Row
from arctui.core.zones import callback_zone
from arctui.desk.at_bank import AtBank
from arctui.desk.calls import Calls
from arctui.desk.cards import Cards
from arctui.desk.clock import Clock
from arctui.desk.day_tally import DayTally
from arctui.desk.derived import Derived, touched
from arctui.desk.drafts import Drafts
from arctui.desk.errors import DeskError
from arctui.desk.expected import ExpectedCash
from arctui.desk.ids import new_id
from arctui.desk.kept_worklist import KeptWorklist
from arctui.desk.outcomes import Contact, Logged, changes_of, new_promises
from arctui.desk.parts import Parts
from arctui.desk.playbooks import PATHS, check_path
from arctui.desk.roles import WithRole
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.store import Book, Transaction
from arctui.store.transactions import Step, changes_in

if TYPE_CHECKING:
    from arctui.desk.importing import ImportOptions, ImportSummary

#: Seconds that the workstation waits for another session's commit before it says so.
_PATIENCE = 2.0


class Desk(Parts, WithRole):
    """One clerk at one book. Raises DeskError for acts that are not possible, BookError where the disk refuses."""

    def __init__(self, book: Book, clock: Clock, clerk: str, role: Role = Role.REVIEWER) -> None:
        self.book = book
        self.clerk = clerk
        self.takes_role(role)
        self._clock = clock
        self.calls = Calls(self)
        self.drafts = Drafts(self)
        self.cards = Cards(self)
        self.at_bank = AtBank(self)
        self.kept = KeptWorklist(self)
        #: Did others, or the time, change anything since it was last shown? Whoever shows it sets this to False.
        self.unshown = False
        self.rules: Rules = self._make_rules()
        self.derived = Derived(book.facts, self.rules)
        # Whatever comes late into the book mends the closings.
        book.follows = lambda changes: mended(book.facts, changes, self.today)
        self.day_tally = DayTally(self)

    def _make_rules(self) -> Rules:
        moment = self._clock.moment()
        policy = self.book.facts.policy(moment.today)
        if policy.time_zone:
            moment = self._clock.moment(policy.time_zone)
        facts, calls = self.book.facts, self.calls
        firm = (policy, policy.calendar(), facts.reports, moment)
        return Rules(*firm, self.clerk, calls.session, calls.gone(), facts.review_days)

    # What the desk knows

    @property
    def today(self) -> date:
        """The working day."""
        return self.rules.moment.today

    @property
    def is_real_day(self) -> bool:
        """Is it the day of the machine's clock, not one that was given?"""
        return self._clock.is_real

    @property
    def policy(self) -> Policy:
        """The policy in force today."""
        return self.rules.policy

    def refresh(self) -> bool:
        """Take over other sessions' acts and the time that went by; return whether anything is not shown yet."""
        before = self.rules
        self.book.refresh()
        self._derive_again(())
        self.rules = self.derived.rules = self._make_rules()
        if self.rules.moment.today != before.moment.today:
            self._derive_anew()
            self.unshown = True
        come_up = self.derived.come_up(before)
        self.derived.forget(come_up)
        self.unshown = self.unshown or bool(come_up)
        return self.unshown

    def _derive_anew(self) -> None:
        if self.made("matching"):
            self.matching.forget()
        self.rules = self._make_rules()
        self.derived = Derived(self.book.facts, self.rules)

    def dossier(self, account: str) -> Dossier:
        """Return all facts on an account. Raises DeskError if it is not in the book (any more)."""
        if not self.knows(account):
            raise DeskError("this account is no longer in the book")
        return self.derived.dossier(account)

    def standing(self, account: str) -> Standing:
        """Return the standing of an account today. Raises DeskError if it is not in the book (any more)."""
        self.dossier(account)
        return self.derived.standing(account)

    def knows(self, account: str) -> bool:
        """Is the account (still) in the book?"""
        return self.book.facts.get(Account, account) is not None

    def accounts(self) -> list[Account]:
        """Return all accounts by name."""
        return self.derived.accounts()

    def everything(self) -> list[tuple[Dossier, Standing]]:
        """Return all accounts with all facts and their standing."""
        return self.derived.everything()

    def worklist(self) -> list[Row]:
        """Return today's worklist in calling order."""
        self.kept.tell()
        return self.derived.worklist()

    def row(self, account: str) -> Row | None:
        """Return an account's row in today's worklist, None if it is not on it."""
        self.kept.tell()
        return self.derived.row(account)

    def search(self, text: str) -> list[str]:
        """Return the ids of the accounts in which every word is found, the likeliest first."""
        return self.derived.search(text)

    def done_today(self) -> tuple[list[Activity], list[Promise]]:
        """Return what this clerk did on the working day: the activities, and the promises taken that still stand."""
        return self.day_tally.activities(), [p for p in self.day_tally.promises() if self._stands(p)]

    def _stands(self, promise: Promise) -> bool:
        """Is a promise neither taken back nor replaced nor held up by a dispute?"""
        if not self.knows(promise.account):
            return False
        judged = next(j for j in self.standing(promise.account).judged if j.promise.id == promise.id)
        return judged.verdict not in (Verdict.WITHDRAWN, Verdict.SUPERSEDED, Verdict.SUSPENDED)

    def find(self, who: str) -> Account:
        """Return the account with this number or name, or the one that this is a part of. Raises DeskError."""
        return self.derived.find(who)

    # The capture line

    def situation(self, account: str) -> Situation:
        """Return what a capture line for this account is read against."""
        return self.situation_of(self.dossier(account), self.standing(account))

    def situation_of(self, dossier: Dossier, standing: Standing) -> Situation:
        """Return what a capture line is read against where the account stands as given."""
        balance = standing.balance
        disputed = total(i.disputed for i in standing.items if i.invoice.currency == balance.currency)
        return Situation(
            today=self.today,
            now=self.rules.moment.now,
            policy=self.policy,
            calendar=self.rules.calendar,
            currency=balance.currency,
            people=tuple(p.name for p in dossier.people if p.name),
            collectable=balance.collectable,
            open_total=max(ZERO, balance.net),
            undisputed=max(ZERO, balance.gross - disputed),
            live=standing.live,
            in_hands=standing.in_hands,
            cycle=dossier.account.pay_cycle,
            zone=callback_zone(dossier.account, dossier.people, self.policy.country, self.rules.moment.now),
            invoices=open_invoices(standing.items, balance.currency),
            stopped=standing.stopped,
            there=calendar_there(dossier.account, self.policy),
            theirs=calendar_of(dossier.account, self.policy),
        )

    def read(self, account: str, line: str) -> Reading:
        """Read a capture line for an account, without saving anything."""
        return read_line(line, self.situation(account))

    def log(self, account: str, line: str) -> Logged:
        """Record a contact by its capture line. Raises DeskError with what the line lacks."""
        self.refresh()
        reading = self.read(account, line)
        if reading.problems:
            raise DeskError(reading.problems[0])
        contact = Contact(
            dossier=self.dossier(account),
            standing=self.standing(account),
            rules=self.rules,
            reading=reading,
            by=self.clerk,
            new_id=new_id,
        )
        changes = changes_of(contact)
        promises = new_promises(changes)
        sum_of = contact.money(total(p.amount for p in promises))
        what = f"promise of {sum_of}" if promises else str(reading.outcome)
        act = self.commit(f"{what}, {contact.dossier.account.name}", changes)
        return Logged(contact.dossier.account, reading, promises, self.standing(account).next, act)

    # Other acts on an account

    def note(self, account: str, text: str) -> str:
        """Write a note into the account's file. Returns what was done."""
        words = clean(text)
        if not words:
            raise DeskError("the note is empty")
        note = self.activity(account, ActivityKind.NOTE, words)
        return self.commit(f"note, {self.dossier(account).account.name}", [added(note)])

    def activity(self, account: str, kind: ActivityKind, words: str) -> Activity:
        """Return an activity of this moment, about what is past due; it is not in the book by that."""
        return Activity(
            id=new_id(),
            account=account,
            kind=kind,
            at=self.rules.moment.now,
            day=self.today,
            by=self.clerk,
            note=words,
            invoices=tuple(i.invoice.id for i in self.standing(account).items if i.past_due),
        )

    def read_follow_up(self, account: str, text: str) -> tuple[date, str]:
        """Read a follow-up: a date of the capture grammar, then why. Raises DeskError."""
        tokens = clean(text).split()
        try:
            found = read_date(tokens, self.situation(account)) if tokens else None
        except ProblemError as problem:
            raise DeskError(str(problem)) from None
        if found is None:
            raise DeskError("follow up when? write a date and why: fri ask for the remittance")
        if found.day < self.today:
            raise DeskError("that day is past: which day to come?")
        return self.rules.calendar.roll(found.day), " ".join(tokens[found.used :])

    def follow_up(self, account: str, text: str) -> str:
        """Set the account's next contact by hand; it takes the place of one set before. Returns what was done."""
        day, why = self.read_follow_up(account, text)
        act = f"follow-up on {self.rules.day(day)}, {self.dossier(account).account.name}"
        return self.commit(act, self.agenda.next_contact(account, day, why))

    def stop(self, account: str, reason: str) -> str:
        """Stop calling an account (bankruptcy, attorney, do not call, legal), or with "" allow it again."""
        record = self.dossier(account).account
        word = fold(clean(reason))
        flags = [f for f in Flag if word and f.value.startswith(word)]
        if word and len(flags) != 1:
            raise DeskError(f"why? one of: {', '.join(Flag)}")
        if tuple(flags) == record.flags:
            raise DeskError("nothing to change: calling is " + (f"stopped ({flags[0]})" if flags else "not stopped"))
        act = f"calling stopped ({flags[0]}), {record.name}" if flags else f"calling allowed, {record.name}"
        return self.commit(act, [changed(record, flags=tuple(flags))])

    # The book

    def undo(self) -> Transaction:
        """Undo this clerk's last act. Raises NothingToUndoError, BookConflictError."""
        transaction = self.book.undo(self.clerk, self.rules.moment.now, self.undone)
        self._derive_again(changes_in(transaction))
        return transaction

    def import_file(self, path: Path, options: "ImportOptions", progress: Progress = UNWATCHED) -> "ImportSummary":
        """Read an accounting system's export into the book, as one act.

        Raises ReportError, NeedsConsentError, and Cancelled where `progress` says so; then nothing has changed.
        """
        if not options.dry_run:
            self.need(Right.RECORD, "importing")
        from arctui.desk.archiving import import_archive, is_archive
        from arctui.desk.import_here import import_here

        if is_archive(path):
            return import_archive(self, path, dry_run=options.dry_run)
        return import_here(self, path, options, progress)

    def set_policy(self, name: str, text: str, since: date | None = None) -> object:
        """Set a setting of the policy from a day on (today if none is given). Raises PolicyError."""
        self.need(Right.DECIDE, "changing the policy")
        value = parse_setting(name, text, self.book.facts.policy(since or self.today))
        if name in PATHS:
            check_path(name, str(value), self.book.path)
        change = PolicyChange(
            id=new_id(),
            setting=name,
            value=show_setting(value),
            since=since or self.today,
            by=self.clerk,
            at=self.rules.moment.now,
        )
        self.commit(f"policy {name} = {show_setting(value)}", [added(change)])
        return value

    def figures(self) -> dict[str, Figures]:
        """Return the key figures by currency, the home currency first even if nothing is open in it."""
        return self.derived.figures()

    def cash(self) -> ExpectedCash:
        """Return what all accounts together are expected to pay, and what came."""
        return self.derived.cash()

    def check(self) -> tuple[list[str], dict[str, int]]:
        """Verify the whole book: what does not fit together, and how many records of each kind there are."""
        from arctui.store.verify import counts, problems

        return problems(self.book), counts(self.book.facts)

    def commit(
        self,
        act: str,
        changes: Sequence[Change],
        *,
        typed: bool = True,
        steps: Sequence[Step] | None = None,
        stale: Callable[[], bool] = lambda: False,
    ) -> str:
        """Make the changes of an act durable, then derive again what they touched. Returns the act's words.

        The draft that the act comes from, if any, goes in the same instant. Raises BookConflictError, BookError, and
        CardNumberError for what a clerk `typed`; then nothing has changed. `steps` and `stale` are those of
        `Book.commit`.
        """
        self.need(*needed(changes))
        if typed:
            self.cards.check(changes)
        self.book.commit(act, changes, self.clerk, self.rules.moment.now, self.drafts.going(), steps, stale)
        self._derive_again(changes)
        return act

    def keep(self, changes: Sequence[Change]) -> None:
        """Make changes durable that are no act: an open call, a draft. Raises as `commit` does."""
        changes = self.keepable(changes)
        if kept := self.cards.hidden(changes):
            self.book.keep(kept)
            self._derive_again(kept)

    def _derive_again(self, changes: Iterable[Change]) -> None:
        """Derive again what was touched, here or by other sessions meanwhile."""
        news = self.book.news()
        # What others did came before it, and may be what it takes back.
        accounts, all_of_it = touched(found := [*news, *changes])
        if all_of_it:
            self._derive_anew()
        else:
            self.derived.forget(accounts)
            self.day_tally.follow(found)
            if self.made("matching"):
                self.matching.forget(accounts, found)
        self.unshown = self.unshown or any(touched(news)) or any(map(self.drafts.is_left, news))

    def stay(self) -> None:
        """Work on the book for long: other sessions leave its folding to this one, and none is waited for long."""
        self.book.stay()
        self.book.wait_at_most(_PATIENCE)

    def leave(self) -> str:
        """Leave the book: the last session to leave writes its journal into it, with a backup.

        Returns what was wrong with the backup, "" for nothing. Raises BookError; nothing is lost by that.
        """
        if self.is_read_only:
            return ""
        with self.kept.keeping():
            return self.book.close(self.rules.moment.now)
