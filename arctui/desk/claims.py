"""The books searched for a payment that the customer says was made, while the line is being typed."""

from typing import TYPE_CHECKING

from arctui.core.capture.reading import Payment as Said
from arctui.core.claims import Claim, Found, Receipts, Search
from arctui.core.records import Account, Payment

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Claims:
    """The payments of the book, indexed when they are first searched after an act that changed them."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._receipts = Receipts(())
        self._payments: list[Payment] = []
        self._seen = ""

    def search(self, account: str, said: Said | None) -> list[Found]:
        """Return what may be the payment, best first; empty if none is spoken of. Raises DeskError."""
        if said is None:
            return []
        desk = self._desk
        dossier, standing = desk.dossier(account), desk.standing(account)
        claim = Claim(said.day, said.amount, said.reference, said.numbers)
        waiting = desk.at_bank.waiting(account)
        return Search(claim, dossier, standing, desk.rules, self._all(), self._account, waiting).found()

    def _account(self, account: str) -> Account | None:
        return self._desk.book.facts.get(Account, account)

    def _all(self) -> Receipts:
        book = self._desk.book
        state = f"{book.number} {book.stand.head}"
        if state != self._seen:
            # Only an act brings payments, and few do: the index is made anew where they are not the same as before.
            payments, self._seen = list(book.facts.all(Payment)), state
            if payments != self._payments:
                self._receipts, self._payments = Receipts(payments), payments
        return self._receipts
