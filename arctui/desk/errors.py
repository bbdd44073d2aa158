"""What the desk says when an act is not possible."""


class DeskError(ValueError):
    """The act is not possible; one sentence says why."""
