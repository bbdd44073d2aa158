"""Spoiled files: an import is refused in words or says what is wrong, and an error leaves the book as it was."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.desk.importing import ImportOptions, ImportSummary, NeedsConsentError
from arctui.exchange.report import ReportError, ReportKind
from tests.desk.exports import OTHERS, TOTALLED, Spot, item_spots
from tests.desk.ledgers import Ledger

RIGHT = Decimal("1309.50")
#: Reports that always end with their grand total, so that one without it was cut off.
ENDING = [name for name in TOTALLED if name not in ("a flat list", "two columns", "semicolons")]
OPEN = (
    "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance\n"
    "Alder Mill,A-1,2026-09-01,2026-10-01,1234.50,1234.50\n"
    "Alder Mill,A-9,2026-08-05,2026-09-04,70.00,70.00\n"
    "Birch Works,B-1,2026-09-20,2026-10-20,200.00,200.00\n"
    "Cedar Farm,C-1,2026-09-20,2026-10-20,44.00,44.00\n"
)
AMOUNT = re.compile(r"[-$(]*(\d{1,3}(?:[.,]\d{3})+|\d+)[.,]\d\d\)?")
STYLES = ("1.234,56", "(5.00)", "1 234.56", "12.00-", "1,23", "0", "", "1e3", "12 CR", "€5", "NaN", "9" * 30, "=1+1")
CELLS = (
    "",
    "x",
    "Total",
    "Total for x",
    "TOTAL",
    "Current",
    "3000",
    "void",
    "2026-13-40",
    "\x1b[2J",
    "[red]",
    "draft",
)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A book in which something is open, paid and promised."""
    ledger = Ledger(tmp_path_factory.mktemp("fuzz"), day=14)
    ledger.feed(OPEN)
    alder = ledger.account("Alder")
    ledger.desk.log(alder.id, "wbp fri 100 ach")
    ledger.on(16)
    return ledger


def state(ledger: Ledger) -> dict[str, Record]:
    facts = ledger.book.facts
    return {record.id: record for kind in TABLES.values() for record in facts.all(kind)}


def fed(
    ledger: Ledger, data: bytes, *, consent: bool = False, month_first: bool | None = None
) -> ImportSummary | ReportError:
    """Import bytes as a file, and take it back; a refusal is returned. Either leaves the book as it was."""
    path = ledger.folder / "spoiled.csv"
    path.write_bytes(data)
    before, number = state(ledger), ledger.book.number
    refusal: ReportError | None = None
    try:
        summary = ledger.desk.import_file(path, ImportOptions(consent=consent, month_first=month_first))
    except ReportError as error:
        refusal = error
    if refusal:
        assert (state(ledger), ledger.book.number) == (before, number)
        return refusal
    if ledger.book.number != number:
        ledger.desk.undo()
    assert state(ledger) == before
    return summary


# Files spoiled at random

Harm = tuple[str, int, int, int]
harms = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "flip",
                "cut",
                "lose",
                "insert",
                "drop row",
                "double row",
                "swap rows",
                "move cell",
                "amount",
                "cell",
                "separator",
                "quotes",
                "encoding",
                "rename column",
                "drop column",
                "move column",
            ]
        ),
        st.integers(0, 999),
        st.integers(0, 999),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=4,
)


def spoiled(data: bytes, harm: Harm) -> bytes:
    what, first, second, value = harm
    at = len(data) * first // 1000
    match what:
        case "flip":
            return data[:at] + bytes([value]) + data[at + 1 :]
        case "cut":
            return data[:at]
        case "lose":
            return data[:at] + data[at + value % 60 :]
        case "insert":
            return data[:at] + b'\n,"0-(\x00\t;9a \x1b['[value % 13 :][:1] + data[at:]
        case "separator":
            return data.replace(b",;\t|."[first % 5 :][:1], b",;\t|."[second % 5 :][:1])
        case "quotes":
            return data.replace(b'"', b"")
        case "encoding":
            name = ("utf-16", "utf-16-le", "cp1252", "utf-32", "utf-7", "latin-1")[first % 6]
            return data.decode("utf-8", "replace").encode(name, "replace")
        case "drop row" | "double row" | "swap rows":
            return spoiled_rows(data, what, first, second)
    return spoiled_cells(data, what, first, second, value)


def spoiled_rows(data: bytes, what: str, first: int, second: int) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    one, other = len(lines) * first // 1000, len(lines) * second // 1000
    if what == "drop row":
        del lines[one]
    elif what == "double row":
        lines.insert(other, lines[one])
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def spoiled_cells(data: bytes, what: str, first: int, second: int, value: int) -> bytes:
    try:
        rows = [row for row in csv.reader(io.StringIO(data.decode("utf-8", "replace"))) if row]
    except csv.Error:
        return data
    if not rows:
        return data
    header = max(rows[:8], key=lambda row: sum(map(bool, row)))
    width = max(map(len, rows))
    at = width * second // 1000
    rows = [row + [""] * (width - len(row)) if "column" in what else row for row in rows]
    row = rows[len(rows) * first // 1000]
    place = len(row) * second // 1000
    if what == "move cell":
        row.insert(value % len(row), row.pop(place))
    elif what == "amount":
        row[place] = STYLES[value % len(STYLES)]
    elif what == "cell":
        row[place] = CELLS[value % len(CELLS)]
    elif what == "rename column":
        header[min(at, len(header) - 1)] = ("", "Foo", "Amount", "Balance", "Total", "Customer", "Status")[value % 7]
    elif what == "drop column":
        rows = [cells[:at] + cells[at + 1 :] for cells in rows]
    else:
        for cells in rows:
            cells.insert(value % width, cells.pop(at))
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def is_right_or_told(summary: ImportSummary) -> bool:
    """Where the report's own grand total was found, does it agree, or does the summary show that it does not?"""
    if summary.stated_total is None or summary.stated_total == summary.read_total:
        return True
    return any(total.stated == summary.stated_total and not total.agrees for total in summary.totals)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(list((TOTALLED | OTHERS).values())), harm=harms, consent=st.booleans())
def test_a_spoiled_file_is_refused_in_words_or_can_be_taken_back(
    used: Ledger, sample: str, harm: list[Harm], consent: bool
) -> None:
    data = sample.encode()
    for each in harm:
        data = spoiled(data, each)
    summary = fed(used, data, consent=consent)
    assert isinstance(summary, ReportError) or is_right_or_told(summary)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(list(TOTALLED)), harm=harms)
def test_a_spoiled_report_that_still_has_its_total_is_read_right_or_says_what_is_wrong(
    used: Ledger, name: str, harm: list[Harm]
) -> None:
    lines = TOTALLED[name].splitlines(keepends=True)
    end = next(place for place in reversed(range(len(lines))) if lines[place].casefold().startswith(("total", "rep")))
    head = next(place for place, line in enumerate(lines) if line.count(",") + line.count(";") > 4)
    data = "".join(lines[head + 1 : end]).encode()
    for each in harm:
        data = spoiled(data, each)
    whole = "".join(lines[: head + 1]).encode() + data + b"\n" + "".join(lines[end:]).encode()
    summary = fed(used, whole, consent=True)
    if isinstance(summary, ReportError) or summary.kind not in (ReportKind.OPEN_ITEMS, ReportKind.LISTED):
        return
    wrong = summary.read_total != RIGHT
    assert not wrong or summary.differing or summary.skipped or summary.notes


# One thing spoiled in each place


def with_last_amount(line: str, made: Callable[[str], str]) -> str:
    """Return a line with its last amount made another text."""
    delimiter = ";" if ";" in line else ","
    cells = next(csv.reader([line], delimiter=delimiter))
    place = [place for place, cell in enumerate(cells) if AMOUNT.fullmatch(cell)][-1]
    cells[place] = made(cells[place])
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue()


def with_another_amount(line: str) -> str:
    """Return a line with the first digit of its last amount made another one."""
    return with_last_amount(line, lambda text: re.sub(r"\d", lambda d: str(int(d[0]) % 9 + 1), text, count=1))


def with_no_amount(line: str) -> str:
    return with_last_amount(line, lambda _: "n/a")


def has_amount(line: str) -> bool:
    return any(map(AMOUNT.fullmatch, next(csv.reader([line], delimiter=";" if ";" in line else ","))))


def imported(used: Ledger, text: str) -> ImportSummary:
    summary = fed(used, text.encode(), consent=True, month_first=".2026" not in text)
    assert isinstance(summary, ImportSummary), summary
    return summary


@pytest.mark.parametrize("spot", item_spots(), ids=lambda spot: f"{spot.export}, line {spot.line}")
def test_an_item_that_is_not_as_the_report_adds_it_up_is_seen(used: Ledger, spot: Spot) -> None:
    harmed: list[Callable[[str], str]] = [lambda _: "", with_another_amount, lambda line: line + with_number(line)]
    for harm in harmed:
        summary = imported(used, spot.becoming(harm(spot.text)))
        if not summary.differing:
            # The row that named the customer is gone: what it had is not known, so nothing is taken as paid.
            assert [skipped.why for skipped in summary.skipped] == ["no customer"]
            assert (summary.invoices_closed, summary.payments_inferred) == (0, 0)
            assert spot.export == "Sage 50"


def with_number(line: str) -> str:
    """Return an item like this one with another number."""
    for number in ("A-1", "A-2", "B-1", "CR-7"):
        if number in line:
            return line.replace(number, "Z-1")
    return line.replace("1 Oct", "2 Oct")


@pytest.mark.parametrize("spot", item_spots(), ids=lambda spot: f"{spot.export}, line {spot.line}")
def test_an_item_without_an_amount_is_listed(used: Ledger, spot: Spot) -> None:
    summary = imported(used, spot.becoming(with_no_amount(spot.text)))
    assert [skipped.row for skipped in summary.skipped] == [spot.line + 1]
    assert summary.differing


@pytest.mark.parametrize("name", TOTALLED)
def test_a_total_that_was_altered_is_seen_and_what_was_read_is_right(used: Ledger, name: str) -> None:
    places = [
        place
        for place, line in enumerate(TOTALLED[name].splitlines())
        if re.match(r"(report )?total", line, re.IGNORECASE) and has_amount(line) and "3000" not in line
    ]
    assert places
    for place in places:
        spot = Spot(name, place)
        summary = imported(used, spot.becoming(with_another_amount(spot.text)))
        assert summary.read_total == RIGHT
        assert [total.row for total in summary.differing] == [place + 1]


@pytest.mark.parametrize("name", ENDING)
def test_a_report_that_was_cut_off_closes_nothing_without_being_asked(used: Ledger, name: str) -> None:
    text = TOTALLED[name].encode()
    last = text.rindex(b"otal,") if b"otal," in text else text.rindex(b"OTAL,")
    for end in range(0, last, 23):
        summary = fed(used, text[:end], month_first=True)
        assert isinstance(summary, ReportError) or not (summary.invoices_closed or summary.payments_inferred)
    asked = fed(used, text[:last].rsplit(b"\n", 1)[0], month_first=True)
    assert isinstance(asked, NeedsConsentError)


@pytest.mark.parametrize("name", ENDING)
def test_a_whole_report_closes_what_it_leaves_out_without_a_question(used: Ledger, name: str) -> None:
    summary = fed(used, TOTALLED[name].encode(), month_first=True)
    assert isinstance(summary, ImportSummary), summary
    assert summary.invoices_closed >= 1
    assert not summary.differing
    assert not summary.notes


def test_the_files_of_the_data_set_survive_being_spoiled(shared_data: Path, used: Ledger) -> None:
    names = ("qbo_ar_aging_detail.csv", "sage50us_aged_receivables.csv", "hostile.csv", "tally_bills_receivable.xls")
    for name in names:
        data = (shared_data / "formats" / name).read_bytes()
        for place, what in enumerate(("cut", "flip", "lose", "double row", "drop column", "encoding", "cell")):
            fed(used, spoiled(data, (what, 130 * place + 61, 370, 101)), consent=True)
