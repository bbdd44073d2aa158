"""The part `letters`: what a letter of a large batch costs, from its template to paper.

It is measured without the book: the reading of the facts is that of the other parts.
"""

import io
from datetime import date, timedelta

import msgspec

from arctui.core.letter_records import LEVELS
from arctui.core.letter_values import InvoiceLine, LetterValues
from arctui.letters.letter_pdf import LetterPaper, Press, joined
from arctui.letters.template import Template, render, templates
from arctui.letters.template_check import samples
from scripts.benchmarks import makers
from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report, Row, Samples
from scripts.benchmarks.timing import in_new_process, timed

#: ms for each: 50 letters a second.
_LIMIT = 20.0
_LETTERS, _INVOICES = 500, 12


def letters(count: int) -> tuple[list[float], float]:
    """Write letters, each to another customer; return the time of each, and of the file that prints all, in ms."""
    own, papers, logo = templates(None), list[bytes](), _logo()
    press = Press()
    kinds = [(own[kind], next(iter(samples(kind)))) for kind in LEVELS]

    def write(number: int) -> None:
        template, values = kinds[number % len(kinds)]
        papers.append(_written(press, template, values, number, logo))

    times = [timed(lambda number=number: write(number)) for number in range(count)]  # type: ignore[misc]
    return times, timed(lambda: joined(papers))


def _written(press: Press, template: Template, values: LetterValues, number: int, logo: bytes) -> bytes:
    name = f"Customer {number:05} Works LLC"
    invoices = tuple(_invoice(number * _INVOICES + n, n) for n in range(_INVOICES))
    filled = msgspec.structs.replace(values, number=f"2026-{number:04}", account=name, invoices=invoices)
    paper = LetterPaper(
        firm=("Northside Supply Inc.", "100 Main Street, Suite 5", "Springfield, IL 62704", "+1 217 555 0100"),
        recipient=(name, "Accounts payable", f"{number} Some Street", "Springfield, IL 62701"),
        signature=("Dana Reyes", "Accounts receivable"),
        foot="Northside Supply Inc., registered in Illinois",
        country="US",
        logo=logo,
        at=makers.NOW,
    )
    return press.pdf(render(template, filled), filled, paper)


def _invoice(number: int, position: int) -> InvoiceLine:
    issued = date(2026, 8, 1) + timedelta(days=position)
    late = (makers.TODAY - issued).days - 30
    amount = f"{number % 9_000 + 100:,}.{number % 100:02}"
    return InvoiceLine(
        number=f"INV-{number:06}",
        issued=f"{issued:%d %b %Y}",
        due=f"{issued + timedelta(days=30):%d %b %Y}",
        days_late=late,
        amount=amount,
        open=amount,
        currency="USD",
    )


def _logo() -> bytes:
    from PIL import Image

    found = io.BytesIO()
    Image.linear_gradient("L").resize((600, 200)).convert("RGBA").save(found, "PNG")
    return found.getvalue()


def measure(options: Options) -> Report:
    """Measure one batch."""
    count = _LETTERS // 10 if options.quick else _LETTERS
    times, printed = in_new_process(letters, count)
    limit = Samples([_LIMIT])
    both = Samples([(sum(times) + printed) / count])
    rows = (
        ("a letter of a batch, set in PDF", Samples(times), None),
        ("a letter in the file that prints all", Samples([printed]).per(count), None),
        ("a letter of a batch, with its share of that file", both, 1.0),
    )
    report = Report()
    for what, samples_, goal in rows:
        report.rows.append(
            Row(what=what, size=count, samples=samples_, beside="50 letters a second", yardstick=limit, goal=goal)
        )
    what = f"demands and reminders of {_INVOICES} invoices with a logo"
    report.notes = [f"Letters: {what}, in one process, after the font is read; not written to a disk."]
    return report
