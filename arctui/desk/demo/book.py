"""The demo book: every customer's story as records, and a book on disk that holds them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from arctui.core.business import BusinessCalendar
from arctui.core.changes import added
from arctui.core.decisions import Closing
from arctui.core.facts import Facts, Moment
from arctui.core.ledger import open_amounts
from arctui.core.mending import Sums
from arctui.core.past import stocks_on
from arctui.core.records import Account, Activity, Record
from arctui.desk.clock import Clock
from arctui.desk.demo.before import Before
from arctui.desk.demo.broken_scenes import BROKEN
from arctui.desk.demo.call_scenes import CALLS
from arctui.desk.demo.correspondence import written
from arctui.desk.demo.customer import Customer, Scene
from arctui.desk.demo.firms import FIRMS
from arctui.desk.demo.letter_scenes import LETTERS
from arctui.desk.demo.live_scenes import LIVE
from arctui.desk.demo.quiet_scenes import QUIET
from arctui.desk.demo.run_scenes import RUNS
from arctui.desk.demo.stage import Stage
from arctui.store import Book, BookError
from arctui.store.documents import Documents

_SCENES: dict[str, Scene] = dict([*BROKEN, *LIVE, *CALLS, *RUNS, *QUIET, *LETTERS])
#: Who brought the records in: not the clerk, whose undo must not take the whole book away.
_MAKER = "demo"
_FIRST_NUMBER = 1004
_NUMBERS_BETWEEN = 7


def demo_records(moment: Moment, calendar: BusinessCalendar, clerk: str) -> list[Record]:
    """Return some sixty customers of an invented supplier as they stand on a day.

    The same day brings the same records; every situation of a clerk's day is among them, whatever the day is.
    """
    records, _ = _made(moment, calendar, clerk)
    return records


def _made(moment: Moment, calendar: BusinessCalendar, clerk: str) -> tuple[list[Record], list[bytes]]:
    """Return the records, and what is in the files that they name."""
    stage = Stage(moment, calendar, clerk)
    records: list[Record] = [*stage.settings(), *stage.imports()]
    customers = [
        Customer(stage, firm, f"C-{_FIRST_NUMBER + index * _NUMBERS_BETWEEN}") for index, firm in enumerate(FIRMS)
    ]
    for customer in customers:
        _SCENES[customer.firm.key](customer)
    # Told when all scenes are: nothing of these changes by it.
    for customer in customers:
        before = Before(customer)
        before.tell()
        records += customer.who()
        records += [*before.records(), *customer.records()]
    contents = [content for customer in customers for content in customer.contents]
    facts = Facts(records)
    notes: dict[str, str] = {}
    letters: list[Record] = []
    for letter, content in written([letter for c in customers for letter in c.letters], facts, moment.today):
        letters.append(letter)
        contents.append(content)
        notes[letter.activity] = f"{letter.kind} {letter.number} by {letter.sent_by}"
    told = (replace(r, note=notes[r.id]) if isinstance(r, Activity) and r.id in notes else r for r in records)
    return [*told, *letters, *_closed(stage.reviews(), facts, moment.today)], contents


def _closed(reviews: Sequence[Closing], facts: Facts, today: date) -> list[Record]:
    """Return the closed reviews with what was owed at the end of their days."""
    days = [review.day for review in reviews]
    sums = Sums(days)
    for account in facts.all(Account):
        dossier = facts.dossier(account.id)
        sums.add(stocks_on(dossier, open_amounts(dossier, facts.reports, today), facts.reports, today, days))
    return [replace(r, stocks=sums.on((), place)) for place, r in enumerate(reviews)]


def make_demo_book(path: Path, clock: Clock, clerk: str) -> Book:
    """Make a book with the demo records in it, as one act that the clerk cannot undo.

    Raises BookError if something stands at the path.
    """
    if path.exists():
        raise BookError(f"{path} exists already")
    book = Book(path, new=True)
    moment = clock.moment()
    calendar = book.facts.policy(moment.today).calendar()
    records, contents = _made(moment, calendar, clerk)
    documents = Documents(path)
    for content in contents:
        documents.put(content)
    book.commit("demo book", [added(r) for r in records], _MAKER, moment.now)
    book.fold(None)
    return book
