"""A bad line between the program and the clerk, as a train has it."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Bytes that SSH and TCP add to a packet, and how much goes into one.
_ENVELOPE, _PACKET = 92, 1400


@dataclass(frozen=True)
class Line:
    """A line of so many kbit/s, on which an answer takes at least the round trip, in ms.

    What the program writes waits in a queue before the line, as it does in sshd, so that the program itself never
    waits: when each byte arrives follows exactly from when it was written.
    """

    kbits: float = 256
    round_trip: float = 100

    def arrivals(self, written: Iterable[tuple[float, int]]) -> list[float]:
        """Return when each piece of output, of (ms, bytes), has arrived whole, in ms of the same clock."""
        free, found = float("-inf"), []
        for at, size in written:
            packets = -(-size // _PACKET)
            free = max(free, at) + (size + packets * _ENVELOPE) * 8 / self.kbits
            found.append(free + self.round_trip / 2)
        return found

    def answered(self, written: Iterable[tuple[float, int]]) -> float:
        """Return when all that a key brought is there, in ms since the press, as those of `written` are."""
        way = self.round_trip / 2
        return self.arrivals((at + way, size) for at, size in written)[-1]
