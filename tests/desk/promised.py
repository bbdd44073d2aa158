"""A promise of Birch, as the tests of the review look at it."""

from arctui.core.promises import Judged
from arctui.core.records import Activity, ActivityKind
from arctui.core.review import Reviewed, walk
from tests.desk.ledgers import Ledger

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
B3 = "Birch,B-3,2026-09-20,2026-10-20,500.00,500.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"


def judged(ledger: Ledger, number: int = 0) -> Judged:
    return ledger.desk.standing(ledger.account().id).judged[number]


def promise(ledger: Ledger, number: int = 0) -> str:
    return judged(ledger, number).promise.id


def under_review(ledger: Ledger) -> Reviewed:
    (only,) = walk(ledger.desk.reviews.today())
    return only


def notes(ledger: Ledger) -> list[str]:
    return [a.note for a in ledger.book.facts.all(Activity) if a.kind is ActivityKind.NOTE]
