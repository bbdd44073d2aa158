"""The part `import`: a report of open items, ten invoices an account, read into a book by the command itself.

Beside it what reading alone costs with the library that does it. Each run is a Python of its own, start to exit.
"""

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report, Row, Samples

INVOICES = 10
AS_OF = date(2026, 11, 20)
#: What was promised for 100,000 invoices of 10,000 accounts: seconds, and MB of memory at most.
GOAL_SIZE, CSV_SECONDS, XLSX_SECONDS, MEGABYTES = 10_000, 4.0, 8.0, 400

_HEADER = (
    "Customer", "Customer ID", "Invoice Number", "Transaction Type", "Invoice Date", "Due Date", "Terms", "PO Number",
    "Original Amount", "Open Balance", "Currency", "Current", "1-30", "31-60", "61-90", "Over 90",
)  # fmt: skip
_READ_CSV = "import csv, sys; print(sum(1 for row in csv.reader(open(sys.argv[1], newline=''))))"
_READ_XLSX = (
    "import sys; from python_calamine import CalamineWorkbook as W; "
    "print(len(W.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()))"
)

Run = Callable[[], tuple[float, float]]


def measure(options: Options) -> Report:
    """Import a CSV file, the same again, one that was exported anew without a change, and a workbook."""
    report = Report()
    for size in options.sizes:
        report.rows += _measured(options.folder, size, rounds=1 if options.quick else 3, report=report)
    return report


def _measured(folder: Path, size: int, *, rounds: int, report: Report) -> Iterator[Row]:
    text, anew, workbook = folder / f"{size}.csv", folder / f"{size}-anew.csv", folder / f"{size}.xlsx"
    _write_csv(text, size)
    anew.write_bytes(text.read_bytes() + b"\n")
    _write_xlsx(workbook, size)
    found: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds):
        book, other = folder / f"{size}-{number}.json", folder / f"{size}-{number}-x.json"
        for name, run in (
            ("import CSV", _command(book, text)),
            ("the same file again", _command(book, text)),
            ("a new export, nothing changed", _command(book, anew)),
            ("import XLSX", _command(other, workbook)),
            ("csv module, reading alone", _script(_READ_CSV, text)),
            ("calamine, reading alone", _script(_READ_XLSX, workbook)),
        ):
            found.setdefault(name, []).append(run())
    times = {name: Samples([seconds * 1000 for seconds, _ in runs]) for name, runs in found.items()}
    beside = {"import XLSX": "calamine, reading alone"}
    for name, samples in times.items():
        if not name.endswith("alone"):
            yardstick = beside.get(name, "csv module, reading alone")
            yield Row(what=name, size=size, samples=samples, beside=yardstick, yardstick=times[yardstick])
            memory = max(megabytes for _, megabytes in found[name])
            report.notes.append(
                f"{name}, {size * INVOICES:,} invoices: {memory:,.0f} MB{_goal(name, size, samples, memory)}"
            )


def _goal(name: str, size: int, samples: Samples, memory: float) -> str:
    seconds = {"import CSV": CSV_SECONDS, "import XLSX": XLSX_SECONDS}.get(name, CSV_SECONDS / 2)
    if size != GOAL_SIZE:
        return ""
    met = samples.median <= seconds * 1000 and memory <= MEGABYTES
    return f", {samples.median / 1000:.1f} s; goal {seconds:.0f} s and {MEGABYTES} MB {'met' if met else 'MISSED'}"


def _command(book: Path, file: Path) -> Run:
    words = ["-m", "arctui", "--book", str(book), "--date", AS_OF.isoformat(), "import", str(file)]
    return lambda: _run([sys.executable, *words])


def _script(text: str, file: Path) -> Run:
    return lambda: _run([sys.executable, "-c", text, str(file)])


def _run(words: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds, and the MB that it held at most."""
    os.sync()
    measured = (
        "import os, subprocess, sys, time, resource\n"
        "begun = time.perf_counter()\n"
        "status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "took = time.perf_counter() - begun\n"
        "print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run([sys.executable, "-c", measured, *words], stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _rows(size: int) -> Iterator[tuple[object, ...]]:
    """Yield a report's rows: issue dates of half a year, four of five invoices open in full, the others by half."""
    random = Random(1)  # noqa: S311
    for number in range(size * INVOICES):
        account = number % size
        issued = AS_OF - timedelta(days=random.randint(1, 200))
        cents = random.randint(100, 999_999)
        amount = cents / 100
        balance = amount if random.random() < 0.8 else (cents // 2) / 100
        yield (
            f"Customer {account:05d} Trading Ltd", f"C{account:05d}", f"INV-{number:06d}", "Invoice", issued,
            issued + timedelta(30), "Net 30", f"PO {number % 977}", amount, balance, "USD", balance, 0, 0, 0, 0,
        )  # fmt: skip


def _write_csv(path: Path, size: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for row in _rows(size):
            writer.writerow(
                f"{cell:%m/%d/%Y}" if isinstance(cell, date) else f"{cell:.2f}" if isinstance(cell, float) else cell
                for cell in row
            )


def _write_xlsx(path: Path, size: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("Open items")
        sheet.write_row(0, 0, _HEADER)
        for number, row in enumerate(_rows(size), start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell)
