"""Sums over the whole book, kept by account: an act changes only the parts of those accounts that it touched."""

import itertools
import math
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

PartT = TypeVar("PartT")

#: So many accounts are looked at between two looks at the clock.
_AT_A_TIME = 50


class ByAccount(Generic[PartT]):
    """The parts of all accounts and their sums. Accounts that changed wait until the sums are asked for."""

    def __init__(
        self, accounts: Iterable[str], look: Callable[[str], PartT | None], put: Callable[[PartT, int], None]
    ) -> None:
        """`look` returns the part of an account, None if it is no longer in the book; `put` adds it to the sums, or
        with -1 takes it out again."""
        self._look = look
        self._put_part = put
        self._waiting = dict.fromkeys(accounts)
        self._of_account: dict[str, PartT] = {}

    def forget(self, accounts: Iterable[str]) -> None:
        """Look at these accounts again."""
        self._waiting.update(dict.fromkeys(accounts))

    @property
    def waiting(self) -> int:
        """How many accounts are still to be looked at."""
        return len(self._waiting)

    def look(self, seconds: float = math.inf) -> bool:
        """Go on for about so long with looking at the accounts that wait; return whether none is left."""
        end = time.perf_counter() + seconds
        while self._waiting and time.perf_counter() < end:
            for account in tuple(itertools.islice(self._waiting, _AT_A_TIME)):
                self._put(account, self._look(account))
                del self._waiting[account]
        return not self._waiting

    def _put(self, account: str, found: PartT | None) -> None:
        before = self._of_account.pop(account, None)
        if before is not None:
            self._put_part(before, -1)
        if found is not None:
            self._of_account[account] = found
            self._put_part(found, 1)

    @property
    def parts(self) -> Mapping[str, PartT]:
        """The part of each account, as far as they were looked at."""
        return self._of_account
