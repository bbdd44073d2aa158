"""Damaged files: a reader refuses them or reads them, and accounts for every row."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.exchange.read import read_table
from arctui.exchange.report import ReadOptions, Report, ReportError
from arctui.exchange.table import Row, parse

SAMPLES = (
    (
        "Customer,Invoice,Date,Due Date,Balance\n"
        'Alder Mill,1,2026-01-01,2026-02-01,"1,234.50"\n'
        '"Birch, Works",2,2026-01-15,2026-02-15,$80.00\n'
        "Müller,3,2026-01-20,,(5.00)\n"
        "Total,,,,1309.50\n"
    ),
    (
        "A/R Aging Detail Report\nNorthside\nAs of 30 June 2026\n\n"
        ",Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance\n"
        "1 - 30 days past due\n"
        ",05/13/2026,Invoice,B-1,Total Haulage Ltd,06/12/2026,500.00,200.00\n"
        ",05/20/2026,Payment,,4711,,-30.00,-30.00\n"
        "Total for 1 - 30 days past due,,,,,,$470.00,$170.00\n"
        "TOTAL,,,,,,$470.00,$170.00\n"
    ),
    (
        "Aged Receivables Detail\nAs at 30 June 2026\n"
        "Invoice Number,Invoice Date,Due Date,Invoice Reference,Current,1 Month,Older,Total\n"
        "Alder Mill\n"
        "B-1,13 May 2026,12 Jun 2026,PO 4,,200.00,,200.00\n"
        ",20 May 2026,,,,(30.00),,(30.00)\n"
        "Total Alder Mill,,,,,,,170.00\n"
        "Total,,,,,,,170.00\n"
    ),
    (
        "Customer,Contact,Phone,Email\n"
        'Alder,Ann,Phone: 555 0142 Mobile: 555 0188,"a@alder.example; b@alder.example"\n'
        "Birch,Bob,,not-an-email\n"
    ),
    (
        "payment_id,customer_id,invoice_id,payment_date,amount,method\n"
        "P1,A1,17,06/13/2026,500.00,check\n"
        "P2,A2,,06/14/2026,-5.00,cash\n"
    ),
    (
        "Transaction List by Customer\nJune 1-7 2026\n"
        ",Date,Transaction type,Num,Memo/Description,Amount\n"
        "Alder\n"
        ',06/02/2026,Payment,7,"17\nless 2",30.00\n'
        "Total for Alder,,,,,$30.00\n"
    ),
)
TITLE_CELLS = 4

Damage = tuple[str, int, int]
damages = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "insert", "repeat"]), st.integers(0, 999), st.integers(0, 255)),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, damage: Damage) -> bytes:
    what, place, value = damage
    at = len(data) * place // 1000
    if what == "flip":
        return data[:at] + bytes([value]) + data[at + 1 :]
    if what == "cut":
        return data[:at] + data[at + value % 40 :]
    if what == "insert":
        return data[:at] + bytes([value]) + data[at:]
    lines = data.splitlines(keepends=True)
    line = len(lines) * place // 1000
    return b"".join([*lines[: line + 1], *lines[line : line + 1], *lines[line + 1 :]])


def is_frame(row: Row, accounted: set[int]) -> bool:
    """Titles, group names, totals: what a reader may pass over in silence."""
    filled = row.filled()
    label = row.cells[filled[0]].casefold()
    title = row.number < min(accounted, default=10**9) and len(filled) < TITLE_CELLS
    return len(filled) == 1 or title or label.startswith("total")


def read_rows(report: Report) -> set[int]:
    values = (*report.items, *report.contacts, *report.receipts, *report.skipped, *report.subtotals)
    return {value.row for value in values}


@settings(max_examples=150, deadline=None)
@given(sample=st.sampled_from(SAMPLES), harm=damages, month_first=st.sampled_from([None, True, False]))
def test_damaged_files_are_refused_or_accounted_for_row_by_row(
    sample: str, harm: list[Damage], month_first: bool | None
) -> None:
    data = sample.encode()
    for damage in harm:
        data = damaged(data, damage)
    try:
        table = parse(data)
        report = read_table(table, ReadOptions(month_first=month_first))
    except ReportError:
        return
    accounted = read_rows(report)
    unread = {row.cells for row in table.rows if row.number not in accounted and not is_frame(row, accounted)}
    # The header itself, however often it is printed.
    assert len(unread) <= 1


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=400), payments=st.booleans(), layout=st.sampled_from(["", "flat", "contacts"]))
def test_random_bytes_are_refused_and_nothing_else(data: bytes, payments: bool, layout: str) -> None:
    with suppress(ReportError):
        read_table(parse(data), ReadOptions(payments=payments, layout=layout))
