"""Bringing back a book that was damaged: the newest whole state of its file, its backups and its journal.

A state is a whole base and what followed it: lines of the journal, and acts that a damaged file still tells of, as
long as the chain of hashes proves them. What is damaged is never written over: it is set aside under another name.
What is missing, as far as anything still tells of it, is named.
"""

import contextlib
import glob
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from arctui.core.facts import Facts
from arctui.core.tables import TABLES
from arctui.core.text import clean
from arctui.store import backups, base, files, journal, rights
from arctui.store.base import Base, Meta
from arctui.store.errors import BookConflictError, BookDamagedError, BookError, BookMissingError, BookNewerError
from arctui.store.files import FileIdentity
from arctui.store.fold import Fold, Snapshot
from arctui.store.journal import Line, Marked
from arctui.store.replica import Replica, after, changes_of, unique
from arctui.store.transactions import Transaction, chain, chained, hash_of

#: So many missing acts are named in the history; all of them are told.
_NAMED = 20
#: No journal has so many lines: where one is told of, that is damaged, too.
_SANE = 10**11

_T = TypeVar("_T")


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """What was brought back: from which file, up to which act, what is missing, and where the damaged files are.

    `backup_problem` says why no backup of it was made, "" for nothing.
    """

    source: Path
    number: int
    missing: list[str]
    set_aside: list[Path]
    backup_problem: str


class _Traces:
    """What is left of a damaged book, each piece whole in itself.

    `lines` of its journal, `acts` of damaged files, `ends`: where each of those files says that it stood.
    `to_the_end`: nothing stands in the journal behind these lines.
    """

    def __init__(self, book: Path) -> None:
        """Raises BookError where the disk does not let it be read: that is no damage, it may pass."""
        self.lines: list[Marked] = []
        self.acts: list[Transaction] = []
        self.ends: dict[Path, Meta] = {}
        self.to_the_end = False
        with contextlib.suppress(BookDamagedError):
            beside = journal.read(book)
            found = journal.salvage(beside.content if beside else b"")
            self.lines, self.to_the_end = found.lines, not found.torn

    def add(self, place: Path) -> None:
        """Look into a damaged base. Raises BookError."""
        with contextlib.suppress(BookDamagedError):
            content = files.read_whole(place)[0]
            self.acts += base.salvage(content)
            end = base.meta_of(content)
            if end and end.seq < _SANE:
                self.ends[place] = end


class _State:
    """A state of the book: a whole base, and what is known for certain to have followed it."""

    def __init__(self, found: Base) -> None:
        """Raises BookDamagedError."""
        self.base = found
        self.facts = Facts(unique(found))
        self.stand = found.meta
        self.acts: list[Transaction] = []
        #: Did lines get lost that were no acts: what was typed in calls and drafts?
        self.gap = False
        if found.meta.format < base.FORMAT:
            last = next(reversed(self.history()), None)
            head = last.hash if last else found.meta.origin
            self.stand = msgspec.structs.replace(found.meta, format=base.FORMAT, head=head)

    def history(self) -> Sequence[Transaction]:
        """Return all acts up to this state. Raises BookDamagedError."""
        done = self.base.history()
        old = self.base.meta.format < base.FORMAT
        return (*(chain(done, self.base.meta.origin) if old else done), *self.acts)

    def go_on(self, traces: _Traces) -> None:
        """Take over what follows, one after the other, as far as it goes."""
        by_mark = _grouped(traces.lines, lambda m: m.line.after)
        by_number = _grouped(traces.lines, lambda m: m.line.act.number if m.line.act else 0)
        told = _grouped(traces.acts, lambda act: act.number)
        ends = {end.head: end for end in traces.ends.values()}
        with contextlib.suppress(BookDamagedError):
            while True:
                seq, number = self.stand.seq + 1, self.stand.number + 1
                following = [m for m in by_mark.get(self.stand.mark, ()) if m.line.seq == seq]
                # If only this one follows by its hash, the lines before it that are lost were no acts.
                following += by_number.get(number, ())
                line = next((m for m in following if not m.line.act or self._is_next(m.line.act)), None)
                act = next((act for act in told.get(number, ()) if self._is_next(act)), None)
                if line:
                    self._take(line)
                elif act:
                    self._retell(act, ends)
                else:
                    return

    def _is_next(self, act: Transaction) -> bool:
        return act.number == self.stand.number + 1 and act.hash == hash_of(act, self.stand.head)

    def _apply(self, line: Line) -> None:
        """Raises BookDamagedError; then nothing was taken over."""
        self.facts.apply(changes_of(self.facts, line, self.base.path))
        self.acts += [line.act] if line.act else []

    def _take(self, marked: Marked) -> None:
        self._apply(marked.line)
        self.gap |= marked.line.seq != self.stand.seq + 1
        self.stand = after(self.stand, marked)

    def _retell(self, act: Transaction, ends: dict[str, Meta]) -> None:
        """Take over an act that a damaged file tells of; behind the last one the journal goes on."""
        seq = self.stand.seq + 1
        self._apply(Line(seq=seq, after=self.stand.mark, act=act))
        end = ends.get(act.hash)
        self.gap |= end is not None and end.seq != seq
        seq, mark = (end.seq, end.mark) if end else (seq, "")
        self.stand = msgspec.structs.replace(self.stand, seq=seq, mark=mark, number=act.number, head=act.hash)


def facts_of(source: Path, *, sealed: bool) -> Facts:
    """Return the records of a book or a backup. Raises BookMissingError, BookDamagedError, BookError.

    With `sealed` False it is taken although its seal is broken, or its journal damaged, as far as it can be read.
    """
    source = rights.resolve(source)
    return Replica(source, on_disk=True, whole=True).facts if sealed else _state_in(source, sealed=False).facts


def _state_in(source: Path, *, sealed: bool = True) -> _State:
    """Return the state in a file with its own journal. Raises BookError."""
    state = _State(base.read(source, sealed=sealed))
    state.go_on(_Traces(source))
    return state


def recover(path: Path, at: datetime, by: str, source: Path | None = None, *, sealed: bool = True) -> Recovered:
    """Bring back the newest whole state of a damaged or missing book.

    A file that is named is where the state may come from, too: if it is as new as any other, or nothing else is left.
    With `sealed` False its seal may be broken; then it only tells of acts. `at` is the moment, `by` the clerk; both
    go into the history. Raises BookError if there is nothing to bring back, or the disk refuses: then the damaged
    files are where they were, or set aside.
    """
    path = rights.resolve(path)
    source = rights.resolve(source) if source else None
    rights.make_parents(path)
    # The folder's lock: the book itself may be missing, or no file.
    with files.locked(path.parent), files.locked(path) if path.is_file() else contextlib.nullcontext():
        try:
            Replica(path, on_disk=True, whole=True)
        except (BookDamagedError, BookMissingError):
            traces = _Traces(path)
            state = _newest(path, traces, source, sealed=sealed)
            return _bring_back(path, state, traces, at, by)
        raise BookConflictError(f"another session has just brought {path} back: look at it again")


def _newest(path: Path, traces: _Traces, source: Path | None, *, sealed: bool) -> _State:
    """Return the newest state that there is. Raises BookError if there is none."""
    whole = list(_whole(path, traces))
    named = _state_in(source) if source and sealed else None
    if source and not named:
        traces.add(source)
    begun = [] if whole else list(_from_the_first_act(path, traces))
    for state in (*whole, *begun, *([named] if named else [])):
        state.go_on(traces)
    states = whole or [state for state in begun if state.acts]
    if named and all(state.stand.origin == named.stand.origin for state in states):
        # It knows as much as one that begins with the first act, and what was no act, too.
        states = [*whole, named]
    if not states and source:
        states = [_State(_empty(path, secrets.token_hex(32)))]
    if not states:
        raise BookError(f"nothing whole is left of {path}: name a backup that lies elsewhere: arctui restore FILE")
    return max(states, key=lambda s: s.stand.seq)


def _whole(path: Path, traces: _Traces) -> Iterator[_State]:
    """Return the book's own file if it is whole, and the newest copy that is; the others leave their traces.

    A copy of another book is taken only if there is none of this one, nor its file. Raises BookNewerError if this
    version is too old for the book, BookError where the disk does not let one be read.
    """
    own = _read_state(path, traces)
    if own:
        yield own
    origin = own.stand.origin if own else traces.ends[path].origin if path in traces.ends else ""
    of_others: list[_State] = []
    for place in (*(b.path for b in backups.found(path)), *backups.of_older_formats(path)):
        try:
            state = _read_state(place, traces)
        except BookNewerError:
            continue
        if state and origin in ("", state.stand.origin):
            yield state
            return
        of_others += [state] if state and not of_others else []
    yield from () if own else of_others


def _read_state(place: Path, traces: _Traces) -> _State | None:
    """Return the state in a base, None if there is none; a damaged one leaves its traces. Raises BookError."""
    try:
        return _State(base.read(place))
    except BookNewerError:
        raise
    except BookMissingError:
        return None
    except BookDamagedError:
        traces.add(place)
        return None


def _from_the_first_act(path: Path, traces: _Traces) -> Iterator[_State]:
    """Return an empty book to begin from: what is left may go back to the first act."""
    origins = {m.line.after: journal.place_of(path) for m in traces.lines if m.line.seq == 1}
    origins |= {end.origin: path for end in traces.ends.values()}
    for origin, place in origins.items():
        yield _State(_empty(place, origin))


def _empty(place: Path, origin: str) -> Base:
    meta = Meta(origin=origin, seq=0, mark=origin, number=0, head=origin)
    return Base(path=place, identity=FileIdentity((0, 0, 0)), meta=meta, tables={})


def _bring_back(path: Path, state: _State, traces: _Traces, at: datetime, by: str) -> Recovered:
    missing = list(_missing(path, state, traces))
    named = [*missing[:_NAMED], *(["and more"] if len(missing) > _NAMED else [])]
    note = f"; missing: {'; '.join(named)}" if missing else ""
    act = f"restored by {by} from {state.base.path.name}{note}"
    number = state.stand.number + 1
    told = chained(Transaction(number=number, act=act, at=at, by="arctui", steps=()), state.stand.head)
    # Behind every line and every backup that there was, and where no journal that lies about seems to follow.
    known = [*(m.line.seq for m in traces.lines), *(b.seq for b in backups.found(path))]
    seq = max([state.stand.seq, *known]) + 1
    stand = msgspec.structs.replace(state.stand, seq=seq, mark=secrets.token_hex(16), number=number, head=told.hash)
    fold = Fold(
        Snapshot(
            path=path,
            of=state.base.identity,
            meta=stand,
            tables={name: tuple(state.facts.all(kind)) for name, kind in TABLES.items()},
            foreign=state.base.foreign,
            recent=(*state.acts, told),
        )
    )
    set_aside: list[Path] = []
    try:
        fold.write_after(state.base)
        if files.identity(path) != state.base.identity:
            set_aside += _set_aside(path, at)
        fold.install()
        beside = journal.place_of(path)
        if os.path.lexists(beside):
            set_aside.append(beside.rename(_free_name(beside, at)))
            files.sync_folder(path.parent)
        problem = _backed_up(path, seq, at)
    except OSError as error:
        raise rights.explain(error, path, "restored") from error
    finally:
        fold.close()
    return Recovered(
        source=state.base.path,
        number=state.stand.number,
        missing=missing,
        set_aside=set_aside,
        backup_problem=problem,
    )


def _backed_up(path: Path, seq: int, at: datetime) -> str:
    try:
        backups.make(path, path, seq, "restored", at)
    except BookError as error:
        return f"no backup was made: {error}"
    return ""


def _missing(path: Path, state: _State, traces: _Traces) -> Iterator[str]:
    """Say what there was that did not come back: acts by number and words, and what may have been."""
    stand = state.stand
    done = {act.hash for act in state.history()}
    # A line is whole, or it would not be here; an act of a damaged file may be one that came back, misread.
    acts = [m.line.act for m in traces.lines if m.line.act] + [a for a in traces.acts if a.number > stand.number]
    lost = sorted({a.hash: a for a in acts if a.hash not in done}.values(), key=lambda a: a.number)
    ends = [end.number for end in traces.ends.values() if end.head not in done]
    last = max([stand.number, *ends, *(a.number for a in lost)])
    entries = [(a.number, f"act {a.number}, '{clean(a.act)}' by {clean(a.by)}") for a in lost]
    entries += [(n, f"{words}, of which nothing more is known") for n, words in _gaps(stand.number, lost, last)]
    if any(m.line.seq == stand.seq + 1 for m in traces.lines):
        # Else `stand` would go on with it.
        yield "the lines of a journal that is of another book, or of another state of this one"
    yield from (words for _, words in sorted(entries))
    seqs = [m.line.seq for m in traces.lines] + [end.seq for end in traces.ends.values()]
    if state.gap or (not entries and max([0, *seqs]) > stand.seq):
        yield "what was typed last in open calls or drafts"
    if not (traces.to_the_end and _is_all(path, state, traces, done)):
        yield f"perhaps more after act {last}, of which nothing tells any more"


def _is_all(path: Path, state: _State, traces: _Traces, done: Set[str]) -> bool:
    """Is it known up to where the book's own file went? The journal goes on from there, if there is one."""
    end = traces.ends.get(path)
    newest = max(traces.lines, key=lambda m: m.line.seq, default=None)
    return (
        state.base.identity == files.identity(path)
        or (end is not None and (end.head in done or end.number > state.stand.number))
        or any(m.line.act for m in traces.lines)
        or not (os.path.lexists(path) or traces.lines or backups.found(path))
        or (newest is not None and newest.mark == state.stand.mark)
    )


def _gaps(done: int, lost: Iterable[Transaction], last: int) -> Iterator[tuple[int, str]]:
    """Return the numbers of acts that are missing, after the one that is done, of which nothing else is known."""
    for number in (*(a.number for a in lost), last + 1):
        if number > done + 1:
            first, before = done + 1, number - 1
            yield first, f"act {first}" if first == before else f"acts {first} to {before}"
        done = max(done, number)


def _grouped(items: Iterable[_T], key: Callable[[_T], object]) -> dict[object, list[_T]]:
    groups: dict[object, list[_T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _set_aside(path: Path, at: datetime) -> list[Path]:
    """Give the damaged file a second name before a new one takes its place. Raises OSError."""
    if not os.path.lexists(path):
        return []
    pattern = f"{glob.escape(path.name)}.damaged-*"
    # An earlier try that was cut off may have done it.
    same = [p for p in path.parent.glob(pattern) if p.lstat().st_ino == path.lstat().st_ino]
    aside = same[0] if same else _free_name(path, at)
    if not os.path.lexists(aside):
        try:
            aside.hardlink_to(path)
        except OSError:
            # No regular file, or a file system without links.
            path.rename(aside)
    files.sync_folder(path.parent)
    return [aside]


def _free_name(path: Path, at: datetime) -> Path:
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{path.name}.damaged-{stamp}{n}") for n in ("", *(f"-{i}" for i in range(2, 1000))))
    return next(name for name in names if not os.path.lexists(name))
