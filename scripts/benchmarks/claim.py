"""The part `claim`: what the claim file of an account with a long history and many papers costs, beside the limit."""

from pathlib import Path

from arctui.core.changes import added
from arctui.core.letter_records import Attachment
from arctui.core.records import Invoice
from arctui.desk.clock import Clock
from arctui.desk.desk import Desk
from arctui.store import Book
from arctui.store.documents import Documents
from scripts.benchmarks import makers
from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report, Row, Samples
from scripts.benchmarks.timing import in_new_process, timed

#: ms in which it is to be there.
_LIMIT = 2_000.0
_INVOICES, _ACTIVITIES, _ATTACHMENTS, _PAGES = 40, 300, 10, 3


def make_book(path: Path) -> None:
    """Make a book of one account, and its documents."""
    book, documents = Book(path, new=True), Documents(path)
    records = list(makers.records(1, _INVOICES, _ACTIVITIES))
    invoices = [record for record in records if isinstance(record, Invoice)]
    for number in range(_ATTACHMENTS):
        content = _paper(number)
        digest = documents.put(content)
        records.append(
            Attachment(
                id=digest[:32],
                account=invoices[number].account,
                digest=digest,
                size=len(content),
                media="application/pdf",
                name=f"invoice {number}.pdf",
                at=makers.NOW,
                day=makers.TODAY,
                by=makers.CLERK,
                about=invoices[number].id,
            )
        )
    book.commit("import aging.csv", [added(record) for record in records], "import", makers.NOW)
    book.close(makers.NOW)


def _paper(number: int) -> bytes:
    """Return a file as an accounting system prints an invoice."""
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_creation_date(makers.NOW)
    for page in range(_PAGES):
        pdf.add_page()
        pdf.set_font("helvetica", size=10)
        for line in range(45):
            pdf.text(20, 15 + 6 * line, f"invoice {number}, page {page + 1}, line {line + 1}: 12 pallets")
    return bytes(pdf.output())


def claim(path: Path, rounds: int) -> tuple[float, list[float]]:
    """Write the claim file again and again; return the time of the first, which loads all, and the others."""
    desk = Desk(Book(path), Clock(makers.NOW.isoformat()), makers.CLERK)
    (account,) = desk.accounts()
    times = [timed(lambda: desk.claim_file.write(account.id)) for _ in range(rounds + 1)]
    return times[0], times[1:]


def measure(options: Options) -> Report:
    """Measure on one account."""
    path = options.folder / "claim.json"
    in_new_process(make_book, path)
    first, later = in_new_process(claim, path, 1 if options.quick else 7)
    limit = Samples([_LIMIT])
    report = Report()
    for what, times in (("the first claim file of a session", [first]), ("a claim file", later)):
        report.rows.append(
            Row(what=what, size=1, samples=Samples(times), beside="the limit", yardstick=limit, goal=1.0)
        )
    papers = f"{_ATTACHMENTS} attached files of {_PAGES} pages"
    report.notes = [f"A claim file: {_ACTIVITIES} activities, {_INVOICES} invoices, {papers}."]
    return report
