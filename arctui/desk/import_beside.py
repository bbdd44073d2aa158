"""An import beside the clerk's work: a thread reads, merges and derives over a snapshot; the clerk's own commits it.

Nothing is changed before it is committed, so it can be called off at any moment, or die with the program, without a
trace.
"""

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from arctui.core.changes import Change
from arctui.core.records import Account
from arctui.desk.beside import Stand, Told, in_short_turns
from arctui.desk.collecting import uncollected
from arctui.desk.derived import Derived, touched
from arctui.desk.desk import Desk
from arctui.desk.ids import new_id
from arctui.desk.import_here import TRIES, failure_of, matters
from arctui.desk.importing import ImportOptions, ImportSummary, Prepared, ReadFile, merge_file, read_file
from arctui.exchange.progress import Cancelled, over
from arctui.store import BookConflictError
from arctui.store.transactions import Step, step_of


class ImportBeside:
    """One import; all but the work itself is called in the clerk's thread."""

    def __init__(
        self,
        desk: Desk,
        path: Path,
        options: ImportOptions,
        ended: Callable[["ImportBeside"], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ended` is called in the working thread whenever `finish` is to be called."""
        self.path = path
        self.options = options
        self._desk = desk
        self._ended = ended
        self._told = Told(clock)
        self._read: ReadFile | None = None
        self._prepared: Prepared | None = None
        self._ahead: Derived | None = None
        self._steps: list[Step] | None = None
        self._error: Exception | None = None
        self._tries = 0
        self._works = False
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin, or begin again with what was read; nothing is left of what was prepared over older facts."""
        self._tries += 1
        self._facts = self._desk.book.facts.snapshot()
        self._rules = self._desk.rules
        self._prepared = self._ahead = self._error = None
        self._steps = None
        self._works = True
        self._thread = threading.Thread(target=self._work, name="import", daemon=True)
        self._thread.start()

    def agree(self) -> None:
        """Begin again, after a NeedsConsentError, with the clerk's consent; the file is not read again."""
        self.options = msgspec.structs.replace(self.options, consent=True)
        if self._read:
            self._read = msgspec.structs.replace(self._read, options=self.options)
        self._tries = 0
        self.begin()

    def cancel(self) -> None:
        """Call it off; `finish` then raises Cancelled."""
        self._told.cancelled = True

    def wait(self, seconds: float) -> bool:
        """Wait so long for the thread; return whether it is done."""
        if self._thread:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    @property
    def stand(self) -> Stand:
        """How far it is."""
        return self._told.stand

    def finish(self) -> ImportSummary | None:
        """Commit what was prepared and return what it brought; None while it goes on, as where the book changed.

        Raises what reading and merging raised (ReportError, NeedsConsentError, Cancelled), and what a commit raises;
        then nothing has changed.
        """
        if self._told.cancelled:
            raise Cancelled
        if self._works:
            return None
        if self._error:
            raise self._error
        prepared, desk = self._prepared, self._desk
        if prepared is None or self._read is None:
            raise Cancelled
        if not prepared.changes or self.options.dry_run:
            return prepared.summary
        desk.refresh()
        facts, merged_over, steps = desk.book.facts, self._facts, self._steps
        since = facts.since(merged_over)
        merged_anew = matters(since)
        if merged_anew:
            if self._tries < TRIES:
                self.begin()
                return None
            # Others never leave it the time: merged here, there is little of it for anybody to come between.
            merged_over, steps = facts.snapshot(), None
            prepared = self._merged(self._read)

        def stale() -> bool:
            since[:] = facts.since(merged_over)
            return matters(since)

        try:
            with uncollected():
                if prepared.changes:
                    desk.commit(prepared.act, prepared.changes, typed=False, steps=steps, stale=stale)
                # What the book holds now stays: the collector need not look at it again and again.
                gc.freeze()
        except BookConflictError:
            if self._tries >= TRIES:
                raise
            desk.refresh()
            self.begin()
            return None
        if not merged_anew:
            self._take_over(since)
        return prepared.summary

    def _merged(self, read: ReadFile) -> Prepared:
        """Merge it in the clerk's thread. Raises as `finish` does."""
        desk = self._desk
        try:
            return merge_file(desk.book.facts, read, desk.policy, desk.rules.moment, desk.clerk, new_id)
        except Exception as error:
            raise failure_of(error, self.path) from error

    def _take_over(self, since: list[Change]) -> None:
        """Let the desk go on with what the thread derived from the facts as they now are."""
        desk, ahead = self._desk, self._ahead
        accounts, all_of_it = touched(since)
        if ahead is None or all_of_it or desk.rules.moment.today != self._rules.moment.today:
            return
        ahead.facts, ahead.rules = desk.book.facts, desk.rules
        ahead.forget(accounts | ahead.come_up(self._rules))
        desk.derived = ahead

    # In the thread

    def _work(self) -> None:
        try:
            with in_short_turns(), uncollected():
                self._prepare()
        except Exception as error:  # noqa: BLE001  raised again in the clerk's thread
            self._error = failure_of(error, self.path)
        self._works = False
        self._ended(self)

    def _prepare(self) -> None:
        facts, rules, told = self._facts, self._rules, self._told
        if self._read is None:
            self._read = read_file(facts, self.path, self.options, rules.policy, told)
        prepared = merge_file(facts, self._read, rules.policy, rules.moment, self._desk.clerk, new_id, told)
        self._prepared, self._ahead = prepared, None
        if prepared.changes and not self.options.dry_run:
            after = facts.snapshot()
            after.apply(prepared.changes)
            told.stage("putting the worklist together")
            policy = after.policy(rules.moment.today)
            ahead = Derived(
                after,
                msgspec.structs.replace(rules, policy=policy, calendar=policy.calendar(), reports=after.reports),
            )
            for account in over(tuple(after.all(Account)), told):
                ahead.standing(account.id)
            ahead.worklist()
            ahead.days()
            self._ahead = ahead
            told.stage("writing")
            self._steps = [step_of(change) for change in over(prepared.changes, told)]
