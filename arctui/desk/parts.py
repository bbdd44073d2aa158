"""The parts of a desk that are not needed for the first screen: each is loaded and made when it is first asked for.

They take with them what they use (reading files, letters, tables), which is most of what there is to load.
"""

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from arctui.desk.agenda import Agenda
    from arctui.desk.attachments import Attachments
    from arctui.desk.claim_file import ClaimFiles
    from arctui.desk.claims import Claims
    from arctui.desk.closings import Closings
    from arctui.desk.confirming import Confirming
    from arctui.desk.corrections import Corrections
    from arctui.desk.credit import Credit
    from arctui.desk.desk import Desk
    from arctui.desk.identity import Identity
    from arctui.desk.letters import Letters
    from arctui.desk.matching import Matching
    from arctui.desk.matters import Matters
    from arctui.desk.permission import Permissions
    from arctui.desk.rates import Rates
    from arctui.desk.reviews import Reviews
    from arctui.desk.spreading import Spreading


class Parts:
    """What a desk does beyond its own acts, by subject."""

    @property
    def _desk(self) -> "Desk":
        return cast("Desk", self)

    def made(self, part: str) -> bool:
        """Was this part asked for yet? One that was not has nothing to be kept up to date."""
        return part in self.__dict__

    @cached_property
    def agenda(self) -> "Agenda":
        """The calendar and what is moved in it."""
        from arctui.desk.agenda import Agenda

        return Agenda(self._desk)

    @cached_property
    def attachments(self) -> "Attachments":
        """The files that are attached to accounts."""
        from arctui.desk.attachments import Attachments

        return Attachments(self._desk)

    @cached_property
    def claim_file(self) -> "ClaimFiles":
        """The claim file of an account."""
        from arctui.desk.claim_file import ClaimFiles

        return ClaimFiles(self._desk)

    @cached_property
    def claims(self) -> "Claims":
        """What customers say that they have paid, looked for in the book."""
        from arctui.desk.claims import Claims

        return Claims(self._desk)

    @cached_property
    def closings(self) -> "Closings":
        """The closing of a day and its figures."""
        from arctui.desk.closings import Closings

        return Closings(self._desk)

    @cached_property
    def confirming(self) -> "Confirming":
        """The confirmation of what was agreed."""
        from arctui.desk.confirming import Confirming

        return Confirming(self._desk)

    @cached_property
    def corrections(self) -> "Corrections":
        """The correcting of what is known of an account."""
        from arctui.desk.corrections import Corrections

        return Corrections(self._desk)

    @cached_property
    def credit(self) -> "Credit":
        """Who should get credit."""
        from arctui.desk.credit import Credit

        return Credit(self._desk)

    @cached_property
    def identity(self) -> "Identity":
        """Which accounts are the same customer."""
        from arctui.desk.identity import Identity

        return Identity(self._desk)

    @cached_property
    def letters(self) -> "Letters":
        """The letters to customers."""
        from arctui.desk.letters import Letters

        return Letters(self._desk)

    @cached_property
    def matching(self) -> "Matching":
        """The bank lines that wait."""
        from arctui.desk.matching import Matching

        return Matching(self._desk)

    @cached_property
    def matters(self) -> "Matters":
        """What is open on an account and can be ticked off."""
        from arctui.desk.matters import Matters

        return Matters(self._desk)

    @cached_property
    def permission(self) -> "Permissions":
        """Whether an account may be called now."""
        from arctui.desk.permission import Permissions

        return Permissions(self._desk)

    @cached_property
    def rates(self) -> "Rates":
        """The exchange rates."""
        from arctui.desk.rates import Rates

        return Rates(self._desk)

    @cached_property
    def reviews(self) -> "Reviews":
        """The review of promises."""
        from arctui.desk.reviews import Reviews

        return Reviews(self._desk)

    @cached_property
    def spreading(self) -> "Spreading":
        """The spreading of calls over the days."""
        from arctui.desk.spreading import Spreading

        return Spreading(self._desk)
