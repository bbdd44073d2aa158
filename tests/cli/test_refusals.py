"""What is not possible: one line on stderr that says why, the exit status, and not a byte of the book changed."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.command import OPEN_ITEMS, Arctui, Result

#: A command that the data or the book refuses, and what its line says.
REFUSED: list[tuple[str, str]] = [
    ("account nobody", "no account is called 'nobody'"),
    ("account birch", r"Birch Works \(100\), Birchwood Hall \(300\)"),
    ("account ''", "which account"),
    ("account 10", "no account"),
    ("log nobody fri", "no account is called 'nobody'"),
    ("log birch fri", "may be"),
    ("log 100 soon", "which day"),
    ("log 100 'asap 500'", "'asap'"),
    ("log 100 'next week sometime'", "which day of the week"),
    ("log 100 'probably fri'", "probably"),
    ("log 100 '31 feb'", "no 31 February"),
    ("log 100 2026-11-15", "past"),
    ("log 100 ''", "date"),
    ("log 100 'wbp 1200'", "which day|when"),
    ("log 100 'fri 0'", "0"),
    ("log 100 'fri -5'", ".+"),
    ("log 100 'xyzzy'", "xyzzy"),
    ("log 100 'cb 31 feb'", "31"),
    ("log 100 wd", "promise"),
    ("--date yesterday today", "'yesterday' is no day"),
    ("--date 2026-02-30 today", "2026-02-30"),
    ("--date 2026-11-16T25:00 today", "T25"),
    ("--date 16.11.2026 today", "YYYY-MM-DD"),
    ("today --date never", "never"),
    ("import none.csv", r"none\.csv.*cannot be read"),
    ("import letter.txt", "no header row"),
    ("import empty.csv", "empty"),
    ("import binary.csv", "no text file"),
    ("import summary.csv", "detail"),
    ("import .", "folder"),
    ("import /dev/null", "no regular file"),
    ("import open.csv --layout nonsense", "no layout 'nonsense'"),
    ("import open.csv --as-of someday", "--as-of: 'someday'"),
    ("import ambiguous.csv", r"--dates mdy.*--dates dmy|--dates mdy\|dmy"),
    ("policy nonsense", "no setting 'nonsense'"),
    ("policy nonsense 7", "no setting 'nonsense'"),
    ("policy country ZZ", "ZZ"),
    ("policy call_interval_days many", "many"),
    ("policy call_interval_days 0", "at least 1"),
    ("policy time_zone Mars/One", "Mars/One"),
    ("policy home_currency dollars", "three letters"),
    ("policy country DE --from never", "--from: 'never'"),
    ("stop 100 whim", "bankruptcy, attorney, do not call, legal"),
    ("stop nobody legal", "no account"),
    ("resume 100", "not stopped"),
    ("resume nobody", "no account"),
]
#: Wrong usage.
MISUSED = [
    "nonsense",
    "account",
    "log",
    "log 100",
    "import",
    "stop 100",
    "today --nonsense",
    "today extra",
    "--date",
    "import --full --add open.csv",
    "import --dates ymd open.csv",
    "account 100 --json=yes",
]
#: Commands that only show.
SHOWING = [
    "today",
    "account 100",
    "account 300",
    "review",
    "stats",
    "history",
    "history 100",
    "check",
    "policy",
    "policy country",
    "import open.csv --dry-run",
    "import other.csv --dry-run --full --yes",
    "import paid.csv --dry-run",
    "--version",
]
SUMMARY = "Customer,Current,1 - 30,31 - 60,61 - 90,91 and over,Total\nBirch,1.00,,,,,1.00\n"
AMBIGUOUS = "Customer,Invoice,Date,Due Date,Open Balance\nBirch,1,03/04/2026,05/06/2026,10.00\n"


@pytest.fixture(scope="session")
def with_everything(with_customers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book that has a little of everything, and files beside it; made once."""
    arctui = Arctui(tmp_path_factory.mktemp("everything"))
    shutil.copytree(with_customers, arctui.folder, dirs_exist_ok=True)
    arctui.call("log", "300", "fri 45.50 card")
    arctui.call("log", "400", "dsp 100 damaged")
    arctui.call("stop", "200", "legal")
    arctui.file("other.csv", OPEN_ITEMS.replace("Elm", "Oak"))
    arctui.file("paid.csv", "Customer,Payment Date,Amount,Invoice\nBirch Works,2026-11-16,5.00,B-1041\n")
    arctui.file("letter.txt", "Dear Sirs,\nwe regret.\n")
    arctui.file("empty.csv", "")
    arctui.file("summary.csv", SUMMARY)
    arctui.file("ambiguous.csv", AMBIGUOUS)
    (arctui.folder / "binary.csv").write_bytes(b"\x7fELF\0\0\1")
    return arctui.folder


@pytest.fixture
def desk(empty: Arctui, with_everything: Path, monkeypatch: pytest.MonkeyPatch) -> Arctui:
    """A command in a folder of its own with a little of everything."""
    shutil.copytree(with_everything, empty.folder, dirs_exist_ok=True)
    monkeypatch.chdir(empty.folder)
    return empty


def words(line: str) -> list[str]:
    return ["" if w == "''" else w.strip("'") for w in re.findall(r"'[^']*'|\S+", line)]


def refusal(result: Result) -> str:
    """Return the one line of a refusal."""
    assert result.code == 1, result
    assert len(result.notes) == 1, result
    assert result.err.startswith("arctui: ")
    assert "Traceback" not in result.err
    assert "Errno" not in result.err
    return result.err


@pytest.mark.parametrize(("line", "why"), REFUSED, ids=lambda v: str(v).replace("/", "|"))
def test_what_is_not_possible_exits_1_says_why_and_changes_nothing(desk: Arctui, line: str, why: str) -> None:
    before = desk.book.read_bytes()
    assert re.search(why, refusal(desk.call(*words(line))))
    assert desk.book.read_bytes() == before


@pytest.mark.parametrize("line", MISUSED)
def test_wrong_usage_exits_2_and_changes_nothing(desk: Arctui, line: str) -> None:
    before = desk.book.read_bytes()
    result = desk.call(*words(line))
    assert result.code == 2
    assert result.out == ""
    assert "usage:" in result.err
    assert desk.book.read_bytes() == before


@pytest.mark.parametrize("line", SHOWING)
def test_what_only_shows_leaves_the_book_as_it_is_to_the_byte(desk: Arctui, line: str) -> None:
    before = (desk.book.read_bytes(), desk.book.stat().st_mtime_ns, desk.book.stat().st_ino)
    files = sorted(p.name for p in desk.folder.iterdir())
    for more in ((), ("--json",)):
        if more and line == "--version":
            continue
        result = desk.call(*words(line), *more)
        assert result.code == 0, result
        assert result.out
    assert (desk.book.read_bytes(), desk.book.stat().st_mtime_ns, desk.book.stat().st_ino) == before
    assert sorted(p.name for p in desk.folder.iterdir()) == files


@pytest.mark.parametrize("options", ["open.csv --dry-run", "letter.txt", "ambiguous.csv", "open.csv --layout x"])
def test_an_import_that_is_dry_or_fails_makes_no_book(
    empty: Arctui, monkeypatch: pytest.MonkeyPatch, options: str
) -> None:
    monkeypatch.chdir(empty.folder)
    empty.file("open.csv", OPEN_ITEMS)
    empty.file("letter.txt", "Dear Sirs,\n")
    empty.file("ambiguous.csv", AMBIGUOUS)
    before = sorted(p.name for p in empty.folder.iterdir())
    result = empty.call("import", *options.split())
    assert result.code == ("--dry-run" not in options)
    assert sorted(p.name for p in empty.folder.iterdir()) == before


def test_a_dry_run_tells_what_the_import_would_do(empty: Arctui) -> None:
    path = empty.file("open.csv", OPEN_ITEMS)
    dry = empty.json("import", path, "--dry-run")
    assert dry == empty.json("import", path)
    text = empty.call("import", empty.file("o.csv", OPEN_ITEMS.replace("9310", "9311")), "--dry-run")
    assert "would" in text.out


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\0\1\2", b'{"_meta":{"1":{"format":99}}}'])
def test_a_damaged_book_is_told_by_every_command_and_left_as_it_is(arctui: Arctui, content: bytes) -> None:
    arctui.book.write_bytes(content)
    for line in (
        "today",
        "account 100",
        "log 100 fri",
        "review --close",
        "stats",
        "history",
        "undo",
        "check",
        "policy",
    ):
        assert "book.json" in refusal(arctui.call(*line.split()))
    assert "book.json" in refusal(arctui.call("import", str(arctui.folder / "open.csv")))
    assert arctui.book.read_bytes() == content


def test_a_book_that_is_missing_is_made_by_an_import_only(empty: Arctui) -> None:
    for line in ("today", "account 100", "log 100 fri", "review", "stats", "undo", "check", "policy", "stop 1 legal"):
        assert "there is no book" in refusal(empty.call(*line.split()))
    assert list(empty.folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(empty: Arctui) -> None:
    path = empty.file("open.csv", OPEN_ITEMS)
    said = refusal(empty.call("--book", "/proc/nowhere/book.json", "import", path))
    assert "/proc/nowhere" in said


def test_warnings_are_on_stderr_and_the_document_on_stdout(arctui: Arctui) -> None:
    for line, warning in (
        ("fri 99999", "more than"),
        ("sat 100", "Sat"),
        ("2027-06-01 100", "days"),
        ("fri 100 ach mortimer", "Mortimer is new"),
        ("fri 100", "check"),
    ):
        result = arctui.call("log", "100", line, "--json")
        assert result.code == 0
        assert result.json["promises"]
        assert any(warning in note for note in result.notes), result
        assert all(note.startswith("arctui: ") for note in result.notes)
        arctui.call("undo")


def test_names_from_outside_cannot_reach_the_terminal(empty: Arctui, tmp_path: Path) -> None:
    nasty = "\x1b[31mBirch\x1b]0;owned\x07 [/]\u202e\x9b2J Works"
    empty.feed(OPEN_ITEMS.replace("Elm & Sons", nasty))
    for arguments in (("today",), ("account", "400"), ("today", "--json"), ("account", "nobody" + nasty)):
        result = empty.call(*arguments)
        shown = result.out + result.err
        assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"]
    assert empty.json("account", "400")["account"] == "Birch [/] Works"


def test_a_file_is_named_once(arctui: Arctui) -> None:
    told = arctui.call("import", "in/none.csv").err
    assert told.startswith("arctui: in/none.csv: cannot be read in ")
    assert told.count("none.csv") == 1
