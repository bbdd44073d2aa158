"""The worklist of today, and of the next business day, kept beside the book: the next start takes it over.

It is never the truth. At the start the accounts that later acts touched are derived again; afterwards every row is
compared with what follows from the facts, a few at a time, and replaced where it differs. No act and no check reads
what is kept.
"""

import contextlib
import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as hour
from heapq import nsmallest
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from arctui.core.facts import Moment
from arctui.core.reasons import Rules
from arctui.core.records import Account
from arctui.core.standing import derive
from arctui.core.worklist import Row, calling_order, row_of
from arctui.desk.broken_today import Broken, broke
from arctui.desk.collecting import uncollected
from arctui.desk.kept_day import KeptDay, called, digest_of, outdated, read_day, touched_since
from arctui.store import Book, BookError, beside

if TYPE_CHECKING:
    from arctui.desk.derived import Derived
    from arctui.desk.desk import Desk

#: A smaller book is derived in no time.
WORTH_IT = 300
#: So many accounts are compared, or derived for the next day, before the clock is looked at.
_AT_A_TIME = 5
#: Where no more accounts are derived again than these, today's rows are not written anew before they are proved.
_FEW = 100


class NextDay:
    """The worklist of the next business day, put together a little at a time while nothing else is to be done."""

    def __init__(self, desk: "Desk", rules: Rules, kept: KeptDay | None) -> None:
        """`rules` are those of `next_rules`, `kept` is what an earlier session put together."""
        self._desk = desk
        self.rules = rules
        self.digest = digest_of(self.rules)
        self._number, self._head = desk.book.number, desk.book.stand.head
        self._rows: dict[str, Row] = {}
        self._broken: Broken = {}
        self._behind = {a.id: None for a in desk.book.facts.all(Account)}
        since = touched_since(desk.book, kept.number, kept.head) if kept and kept.rules == self.digest else None
        if kept and since is not None:
            self._rows, self._broken = {r.account: r for r in kept.rows}, kept.broken
            self._behind = dict.fromkeys(since)

    @property
    def name(self) -> str:
        """Its part of what is kept."""
        return self.rules.moment.today.isoformat()

    def catch_up(self) -> bool:
        """Remember what was touched meanwhile; False if all was, so that it is to be begun anew."""
        book = self._desk.book
        if (self._number, self._head) == (book.number, book.stand.head):
            return True
        since = touched_since(book, self._number, self._head) if self._number >= book.folded.number else None
        if since is None:
            return False
        self._number, self._head = book.number, book.stand.head
        self._behind.update(dict.fromkeys(since))
        return True

    def go_on(self, count: int) -> bool:
        """Derive so many accounts; return whether all are derived."""
        for account in list(islice(self._behind, count)):
            self._rows.pop(account, None)
            self._broken.pop(account, None)
            self._derive(account)
            del self._behind[account]
        return not self._behind

    def _derive(self, account: str) -> None:
        facts = self._desk.book.facts
        if facts.get(Account, account):
            dossier = facts.dossier(account)
            standing = derive(dossier, self.rules)
            if row := row_of(dossier, standing, self.rules):
                self._rows[account] = row
            if counts := broke(dossier, standing.judged, self.rules.moment.today):
                self._broken[account] = counts

    def shot(self) -> KeptDay | None:
        """Return it as it is now, None while it is not whole."""
        if not self.catch_up() or len(self._behind) > WORTH_IT or not self.go_on(WORTH_IT):
            return None
        return KeptDay(
            rules=self.digest,
            number=self._number,
            head=self._head,
            at=self.rules.moment.now,
            called=called(self._desk.derived),
            at_bank={},
            broken=dict(self._broken),
            rows=list(self._rows.values()),
        )


class Coming(NamedTuple):
    """The next business day: how many rows its worklist has, and the first ones in calling order."""

    day: date
    size: int
    first: list[Row]


class KeptWorklist:
    """What of the worklist is kept beside the book of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._of: Derived | None = None
        # The accounts whose rows are still to be compared, None where all were derived here.
        self._unproved: Iterator[str] | None = None
        self._next: NextDay | None = None
        self._few = False
        self._in_turn: Iterator[tuple[Row, Row]] = iter(())
        # By day on what rests what lies beside the book: the act, and what the accounts share.
        self._lies: dict[str, tuple[str, str]] = {}

    def tell(self) -> None:
        """Let the desk's rows be there, out of what is kept if that can be, and say what waits at the bank."""
        derived = self._desk.derived
        if self._of is not derived:
            self._of, self._unproved = derived, None
            if not derived.is_listed:
                self._take_over(derived)
        derived.tell(self._desk.at_bank.words())

    def _take_over(self, derived: "Derived") -> None:
        if not is_large(self._desk.book):
            return
        day = self._desk.today.isoformat()
        # Over night the next day has become today.
        shot = self._next.shot() if self._next and self._next.name == day else None
        kept = in_order(shot) if shot else self._read(day)
        anew: set[str] | None = None
        with contextlib.suppress(BookError):
            anew = outdated(kept, derived, self._desk.book) if kept else None
        if kept and anew is not None:
            self._desk.at_bank.begin_with(kept.at_bank)
            derived.begin_with(kept.rows, kept.at_bank, kept.broken)
            derived.forget(anew)
            self._few = len(anew) <= _FEW
            accounts = (a.id for a in derived.facts.all(Account))
            self._unproved = iter(dict.fromkeys([*(row.account for row in kept.rows), *accounts]))
            self._in_turn = pairwise(kept.rows)

    def _read(self, day: str) -> KeptDay | None:
        content = beside.read(self._desk.book.path, day)
        if content is None:
            return None
        with uncollected():
            kept = read_day(content)
        if kept:
            self._lies[day] = (kept.head, kept.rules)
        return kept

    # In idle moments

    def go_on(self, seconds: float) -> bool:
        """Go on for about so long with comparing the rows, then with the next day's; return whether all is done.

        What is found wrong is right from now on, and `desk.unshown` says so.
        """
        end = time.perf_counter() + seconds
        self.tell()
        while self._unproved is not None and time.perf_counter() < end:
            self._prove()
        coming = self._coming() if self._unproved is None else None
        while coming and time.perf_counter() < end:
            if coming.go_on(_AT_A_TIME):
                return True
        return self._unproved is None and coming is None

    def _prove(self) -> None:
        derived = self._desk.derived
        some = list(islice(self._unproved or (), _AT_A_TIME))
        right = sum(map(derived.look_over, some)) == len(some)
        if any(calling_order(a) > calling_order(b) for a, b in islice(self._in_turn, _AT_A_TIME)):
            right = False
            derived.put_in_order()
        if not right:
            self._desk.unshown = True
            # It is to be written anew.
            self._lies.pop(self._desk.today.isoformat(), None)
        if not some:
            self._unproved = None
            # From now on it is worked out again, and told where it is otherwise.
            self._desk.at_bank.begin_with(None)

    def _coming(self) -> NextDay | None:
        """Return the next day as far as it is put together; None where it is not kept."""
        if not is_large(self._desk.book) or self._is_at_bank:
            self._next = None
            return None
        rules = next_rules(self._desk)
        if self._next is None or self._next.digest != digest_of(rules) or not self._next.catch_up():
            day = rules.moment.today.isoformat()
            self._next = NextDay(self._desk, rules, self._read(day) if day not in self._lies else None)
        return self._next

    @property
    def _is_at_bank(self) -> bool:
        return self._desk.at_bank.count() > 0

    # Keeping it

    def shot(self) -> dict[str, KeptDay]:
        """Return what is to be kept of how all is now, by day: nothing of what lies beside the book already."""
        desk, days = self._desk, dict[str, KeptDay]()
        derived = desk.derived
        whole = derived.is_listed and (self._unproved is None or not (self._few or self._is_at_bank))
        if whole and is_large(desk.book):
            self.tell()
            days[desk.today.isoformat()] = KeptDay(
                rules=digest_of(derived.rules),
                number=desk.book.number,
                head=desk.book.stand.head,
                at=derived.rules.moment.now,
                called=called(derived),
                at_bank=desk.at_bank.words(),
                broken=derived.broken.found(derived.facts),
                rows=list(derived.worklist()),
            )
        coming = self._next.shot() if self._next and not self._is_at_bank else None
        if self._next and coming:
            days[self._next.name] = coming
        return {day: kept for day, kept in days.items() if self._lies.get(day) != (kept.head, kept.rules)}

    def coming(self, count: int) -> Coming | None:
        """Return the next business day's worklist as it is known now, None where it is not put together."""
        coming = self._next.shot() if self._next and not self._is_at_bank else None
        if self._next is None or coming is None:
            return None
        first = nsmallest(count, coming.rows, key=calling_order)
        return Coming(self._next.rules.moment.today, len(coming.rows), first)

    @contextlib.contextmanager
    def keeping(self) -> Iterator[None]:
        """Keep how all is now when the block has run."""
        days = self.shot()
        yield
        self.write(days)

    def write(self, days: dict[str, KeptDay]) -> None:
        """Keep days beside the book, as well as may be; a thread may do it. What is past goes."""
        if not days or self._desk.is_read_only:
            return
        path, first = self._desk.book.path, self._desk.today.isoformat()
        others = {day: beside.read(path, day) for day in beside.names(path) if day >= first and day not in days}
        parts = {day: part for day, part in others.items() if part is not None}
        # Nothing is lost where it cannot be written.
        with contextlib.suppress(BookError, UnicodeEncodeError):
            parts.update({day: msgspec.json.encode(in_order(kept)) for day, kept in days.items()})
            beside.write(path, parts)
            self._lies.update({day: (kept.head, kept.rules) for day, kept in days.items()})


def is_large(book: Book) -> bool:
    """Is there so much in a book that keeping its worklist saves time?"""
    return any(islice(book.facts.all(Account), WORTH_IT - 1, WORTH_IT))


def in_order(kept: KeptDay) -> KeptDay:
    """Return a day with its rows in calling order."""
    return msgspec.structs.replace(kept, rows=sorted(kept.rows, key=calling_order))


def next_rules(desk: "Desk") -> Rules:
    """Return what the accounts will share on the next business day, as far as it is known today."""
    rules = desk.rules
    day = rules.calendar.add(desk.today, 1)
    policy = desk.book.facts.policy(day)
    midnight = datetime.combine(day, hour.min, rules.moment.now.tzinfo)
    return msgspec.structs.replace(
        rules,
        policy=policy,
        calendar=policy.calendar(),
        reports=desk.book.facts.reports,
        moment=Moment(day, midnight),
        reviews=desk.book.facts.review_days,
    )
