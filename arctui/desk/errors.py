"""What the desk says when an act is not possible."""

from collections.abc import Sequence


class DeskError(ValueError):
    """The act is not possible; one sentence says why."""


class SeveralError(DeskError):
    """Several accounts fit what was written."""


class HinderedError(DeskError):
    """Something speaks against calling now (`core.permission`): a call needs a reason, which is kept."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}: a call now needs a reason")
        self.why = why


class RefusedError(DeskError):
    """A letter cannot be written to an account; `why` says why without naming either."""

    def __init__(self, kind: str, name: str, why: str) -> None:
        super().__init__(f"no {kind} to {name}: {why}")
        self.why = why


class UndueError(DeskError):
    """A letter that asks for money is not due (`core.letter_rules`): writing it needs a reason, which is kept."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(f"{why}: a {kind} now needs a reason")
        self.why = why


class CardNumberError(DeskError):
    """What was typed holds what looks like a card number; `numbers` are the digits."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = tuple(dict.fromkeys(numbers))
        ends = " and ".join(number[-4:] for number in self.numbers)
        super().__init__(f"the number ending in {ends} looks like a card's: card numbers are never kept, take it out")
