"""A figure, or what is missing to know it."""

from decimal import Decimal

import msgspec


class Known(msgspec.Struct, frozen=True):
    """A figure that is known, or None with `missing`: a short clause that says what the facts do not tell.

    "no report of open items before 3 Oct", "no promise was decided in this time". What is not known is never 0.
    """

    value: Decimal | None
    missing: str = ""

    def __bool__(self) -> bool:
        """Is it known? A figure of 0 is."""
        return self.value is not None
