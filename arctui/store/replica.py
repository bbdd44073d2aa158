"""The book's records in memory, brought to where the disk is: loaded once, then followed line by line.

Readers take no lock. What they find is checked for being of one moment; else they look again.
"""

import contextlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from arctui.core.changes import Change
from arctui.core.facts import Facts
from arctui.core.records import Account, Record
from arctui.core.tables import TABLES
from arctui.store import base, files, journal
from arctui.store.base import Base, Meta
from arctui.store.differences import differences
from arctui.store.errors import BookDamagedError, BookError
from arctui.store.files import FileIdentity
from arctui.store.journal import Found, Line, Marked, Parsed
from arctui.store.opened import LateActs, Opened, indexed, is_untouched, opened
from arctui.store.transactions import Step, Transaction, record_of

#: So often a book is read again that others wrote anew meanwhile, before they are held up.
_TRIES = 20

#: The state in which a journal was seen, and how many of its bytes are known.
Seen = tuple[FileIdentity | None, int]


class Replica:
    """What one session knows of a book.

    `facts` are the records; `stand` is the line and the act up to which they go, `base` the file that was folded last
    with where it stands, `journal` the state in which the journal was last seen and how many of its bytes were read
    (None, 0 where there is none), `recent` the acts since that base, `news` what other sessions changed.
    """

    def __init__(self, path: Path, *, on_disk: bool, whole: bool = False, later: bool = False) -> None:
        """With `whole` every record is decoded at once, and nothing written beside the book.

        With `later` the seal of a large book may be checked still: `check_seal` waits for that.

        Raises BookMissingError, BookDamagedError, BookError.
        """
        self.path = path
        self._whole = whole
        # A large book whose seal is being checked, and may that be waited for later?
        self._unproved: Opened | None = None
        self._later = later
        self._late: LateActs | None = None
        self.on_disk = on_disk
        #: Seconds to wait for another session's commit.
        self.patience = files.LOCK_SECONDS
        self.facts = Facts()
        self.journal: Seen = (None, 0)
        # The state of a journal in which a line of this session failed: what stands there beyond is not to be read,
        # and nothing is to be added to it.
        self.given_up: FileIdentity | None = None
        #: The last line that this session wrote.
        self.acknowledged = 0
        self.recent: list[Transaction] = []
        self.news: list[Change] = []
        origin = secrets.token_hex(32)
        self.stand = Meta(origin=origin, seq=0, mark=origin, number=0, head=origin)
        self.base = (files.FileIdentity((0, 0, 0)), self.stand)
        self.foreign: dict[str, msgspec.Raw] = {}
        if on_disk:
            self._load()

    @property
    def unfolded(self) -> int:
        """How many lines stand in the journal only."""
        return self.stand.seq - self.base[1].seq

    def _load(self) -> None:
        """Take everything from the disk, as it stood at one moment, or nothing."""
        try:
            self._load_all()
        except BookDamagedError:
            # What is wrong with the seal is told before anything else.
            self.check_seal()
            raise

    def check_seal(self) -> None:
        """Wait for the check of the seal, where it goes on still. Raises BookDamagedError where it does not fit."""
        if self._unproved is None:
            return
        try:
            self._unproved.check_seal()
        except BookDamagedError:
            # It may say better what is wrong.
            base.read(self.path)
            raise
        self._unproved = None

    def _load_all(self) -> None:
        for attempt in range(_TRIES):
            if attempt == _TRIES - 1:
                # Others are writing all the time: hold them up.
                with files.locked(self.path, self.patience):
                    found, large, lines, journal_at = self._read()
            else:
                found, large, lines, journal_at = self._read()
            if found.identity == files.identity(self.path):
                break
        facts = large.facts() if large else Facts(unique(found))
        stand, recent = found.meta, []
        for marked in lines:
            facts.apply(changes_of(facts, marked.line, self.path))
            recent += [marked.line.act] if marked.line.act else []
            stand = after(stand, marked)
        if not self._later:
            self.check_seal()
        self._later = False
        self.facts, self.stand, self.recent, self.journal = facts, stand, recent, journal_at
        self.base = (found.identity, found.meta)
        self.foreign = found.foreign
        self._late = large.late_acts() if large else None

    def late_acts(self, number: int) -> list[Transaction] | None:
        """Return the acts of the base from one of this number on, where they are found without all of its history.

        None where they are not. Raises BookDamagedError, BookError.
        """
        identity, meta = self.base
        late = self._late if self._late and self._late.file.identity == identity else None
        found = late.of(meta.number - number + 1) if late else None
        return found if found and found[0].number == number else None

    def _read(self) -> tuple[Base, Opened | None, list[Marked], Seen]:
        self._unproved = large = None if self._whole else opened(self.path) or indexed(self.path)
        found = large.base if large else base.read(self.path)
        return found, large, *self._beside(found)

    def _beside(self, found: Base) -> tuple[list[Marked], Seen]:
        beside = journal.read(self.path)
        if beside is None:
            return [], (None, 0)
        parsed = journal.parse(beside.content, journal.place_of(self.path))
        if not _belong_together(found.meta, parsed.lines) and found.identity == files.identity(self.path):
            raise BookDamagedError(
                f"{journal.place_of(self.path)} does not belong to this {self.path.name}: one of them was put there "
                "from elsewhere. Both were left as they are: 'arctui restore' says what can be had"
            )
        pending = [m for m in parsed.lines if m.line.seq > found.meta.seq]
        return pending, (beside.state, parsed.length)

    def follow(self) -> None:
        """Bring `facts` to where the disk is. Raises BookError and its kinds; then they are where they were."""
        self.check_seal()
        if not self.on_disk:
            self.reload()
            self.on_disk = True
            return
        if files.identity(self.path) == self.base[0] and journal.state(self.path) == self.journal[0]:
            return
        for _ in range(_TRIES):
            if not self._read_on():
                break
            if files.identity(self.path) == self.base[0]:
                return
            if not self._adopt_base():
                break
            # With a fold the journal may have become another one, even by the same inode and of the same length.
            self.journal = (None, 0)
        self.reload()

    def _read_on(self) -> bool:
        """Read the lines of the journal behind those that are known; False if they are not to be found there."""
        before, length = self.journal
        if before is not None and before == self.given_up == journal.state(self.path):
            return True
        beside = journal.read(self.path, length)
        if beside is None:
            self.journal = (None, 0)
            return True
        if before and beside.state[0] == before[0] and beside.state[1] >= length:
            # Another journal may have come by the same inode, and the same length: then what stands there does not
            # follow, or nothing stands there.
            with contextlib.suppress(BookDamagedError):
                parsed = journal.parse(beside.content, journal.place_of(self.path), length)
                if parsed.lines and self._is_next(parsed.lines[0]):
                    self._take_over(parsed.lines)
                    self.journal = (beside.state, length + parsed.length)
                    return True
        whole = journal.read(self.path)
        if whole is None:
            return False
        parsed = journal.parse(whole.content, journal.place_of(self.path))
        places = [n for n, m in enumerate(parsed.lines) if m.mark == self.stand.mark]
        rest = parsed.lines[places[0] + 1 :] if places else parsed.lines
        if not places and not (self._is_next(rest[0]) if rest else not self.unfolded):
            return self._was_cut(whole, parsed)
        self._take_over(rest)
        self.journal = (whole.state, parsed.length)
        return True

    def _was_cut(self, whole: Found, parsed: Parsed) -> bool:
        """Did somebody cut off lines that this session has acknowledged? Then what it knows stands.

        Lines that it only read may have failed and been taken back.
        """
        last = parsed.lines[-1].line.seq if parsed.lines else self.base[1].seq
        same = files.identity(self.path) == self.base[0] and _belong_together(self.base[1], parsed.lines)
        if not same or last >= self.acknowledged:
            return False
        self.journal, self.given_up = (whole.state, parsed.length), whole.state
        return True

    def give_up(self) -> None:
        """Remember that a line of this session failed in the journal as it is now."""
        self.given_up = journal.state(self.path)
        self.journal = (self.given_up, self.journal[1])

    def _is_next(self, marked: Marked) -> bool:
        return (marked.line.seq, marked.line.after) == (self.stand.seq + 1, self.stand.mark)

    def add(self, marked: Marked, changes: Sequence[Change]) -> None:
        """Take over a line that is on disk."""
        self.facts.apply(changes)
        self.recent += [marked.line.act] if marked.line.act else []
        self.stand = after(self.stand, marked)

    def _take_over(self, lines: Sequence[Marked]) -> None:
        for marked in lines:
            changes = changes_of(self.facts, marked.line, self.path)
            self.add(marked, changes)
            self.news += changes

    def _adopt_base(self) -> bool:
        """Another session folded: is all that its base holds known here? Then nothing need be read."""
        found = base.read_meta(self.path)
        if found is None:
            return False
        meta, identity = found
        if meta.format != base.FORMAT or identity[0] == self.base[0][0] or not is_untouched(self.facts):
            # Written by another version, or changed in its place, which no fold does.
            return False
        if meta.origin != self.stand.origin or not self.base[1].seq <= meta.seq <= self.stand.seq:
            return False
        if meta.seq == self.stand.seq:
            if meta.mark != self.stand.mark:
                return False
            self.stand = meta
        elif not self._rest_follows(meta):
            # Older than what is known here, and no journal holds the rest.
            return False
        self.base = (identity, meta)
        return True

    def _rest_follows(self, meta: Meta) -> bool:
        """Does the journal hold all that came after a base, up to where `facts` are?"""
        beside = journal.read(self.path)
        lines = journal.parse(beside.content, journal.place_of(self.path)).lines if beside else []
        return any(m.mark == self.stand.mark for m in lines) and _belong_together(meta, lines)

    def holds(self, meta: Meta) -> bool:
        """Do `facts` go on from where a base stands? A line that was read may have been taken back since."""
        return self.stand.mark == meta.mark or self._rest_follows(meta)

    def reload(self) -> None:
        """Read everything anew, and tell what is other than it was."""
        before = self.facts
        try:
            self._load()
        except BookError:
            # A file that was not taken over need not be proved: in its place a whole one may come.
            self._unproved = None
            raise
        now, self.facts = self.facts, before
        if not (before.are_deferred or now.are_deferred):
            news = differences(before, now)
            # The same facts go on, so that what was derived from them need not be derived anew.
            before.apply(news)
        else:
            try:
                news = _news(before, now)
            finally:
                before.become(now)
        self.news += news


def _news(before: Facts, now: Facts) -> list[Change]:
    """Return what is other than it was; where what was cannot be read any more, all that may be."""
    try:
        return differences(before, now)
    except BookError:
        everything = [Change(before=r, after=r) for kind in TABLES.values() for r in now.all(kind)]
        return [Change(before=a, after=None) for a in before.all(Account) if not now.get(Account, a.id)] + everything


def _belong_together(meta: Meta, lines: Sequence[Marked]) -> bool:
    """Does a journal with these lines go with a base: does it go on from it, or end where it stands?"""
    pending = [m for m in lines if m.line.seq > meta.seq]
    if pending:
        return (pending[0].line.seq, pending[0].line.after) == (meta.seq + 1, meta.mark)
    return not lines or (lines[-1].line.seq, lines[-1].mark) == (meta.seq, meta.mark)


def after(stand: Meta, marked: Marked) -> Meta:
    """Return where the book stands after a line."""
    act = marked.line.act
    return Meta(
        format=stand.format,
        origin=stand.origin,
        seq=marked.line.seq,
        mark=marked.mark,
        number=act.number if act else stand.number,
        head=act.hash if act else stand.head,
    )


def changes_of(facts: Facts, line: Line, path: Path) -> list[Change]:
    """Return what a line of the journal changes in these facts. Raises BookDamagedError."""
    steps = (*(line.act.steps if line.act else ()), *line.kept)
    return [
        Change(before=get(facts, step), after=record(path, step.table, step.now))
        for step in steps
        # Undoing an act that changed nothing leaves nothing to change.
        if step.now is not None or get(facts, step) is not None
    ]


def record(path: Path, table: str, values: Mapping[str, object] | None) -> Record | None:
    """Return the record that stands in a step. Raises BookDamagedError."""
    try:
        return record_of(table, values)
    except (KeyError, ValueError) as error:
        raise BookDamagedError(f"{path}: a change of {table} cannot be read: {error}") from None


def get(facts: Facts, step: Step) -> Record | None:
    """Return the record that a step is about, as it is now."""
    return facts.get(TABLES[step.table], step.id) if step.table in TABLES else None


def unique(found: Base) -> Iterator[Record]:
    """Return the records of a base. Raises BookDamagedError where an id stands twice."""
    seen: set[str] = set()
    for record in found.records():
        if record.id in seen:
            raise BookDamagedError(f"{found.path}: record {record.id} stands twice")
        seen.add(record.id)
        yield record
