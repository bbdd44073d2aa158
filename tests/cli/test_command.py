"""The real command in a process of its own: exit statuses, where the book and the day come from, what it loads."""

import json
import os
import re
import stat
import subprocess
import sys

import pytest

from tests.cli.command import OPEN_ITEMS, PROJECT, Arctui

COMMANDS = (
    *"demo import today account log confirm review calendar stats".split(),
    *"history undo check policy stop resume correct letter".split(),
)


def test_a_day_of_the_clerk_in_real_processes(empty: Arctui) -> None:
    made = empty.run("import", empty.file("open.csv", OPEN_ITEMS), "--json")
    assert (made.code, made.err) == (0, "")
    assert stat.S_IMODE(empty.book.stat().st_mode) == 0o600
    logged = empty.run("log", "100", "wbp fri 1200 ach tony", "--json")
    assert logged.code == 0
    assert logged.json["promises"][0]["date"] == "2026-11-20"
    assert "Tony" in logged.err
    shown = empty.run("today", "--json")
    assert (shown.code, shown.err) == (0, "")
    assert "Birch Works" not in [r["account"] for r in shown.json]


def test_the_book_and_the_day_are_named_before_or_after_the_command(arctui: Arctui) -> None:
    book = str(arctui.book)
    for arguments in (
        ("--book", book, "--date", "2026-11-17", "review", "--json"),
        ("review", "--book", book, "--date", "2026-11-17", "--json"),
    ):
        shown = arctui.run(*arguments, ARCTUI_BOOK="", ARCTUI_DATE="")
        assert shown.code == 0
        assert shown.json["date"] == "2026-11-17"


def test_the_book_is_in_the_data_folder_of_the_user_by_default(empty: Arctui) -> None:
    made = empty.run("import", empty.file("open.csv", OPEN_ITEMS), ARCTUI_BOOK="")
    assert made.code == 0
    (book,) = empty.folder.rglob("book.json")
    assert book.parent.name == "arctui"
    assert stat.S_IMODE(book.parent.stat().st_mode) == 0o700
    assert empty.run("check", ARCTUI_BOOK="").code == 0


def test_wrong_usage_exits_2_without_a_traceback(empty: Arctui) -> None:
    result = empty.run("today", "--nonsense")
    assert result.code == 2
    assert result.out == ""
    assert "--nonsense" in result.err
    assert "Traceback" not in result.err


def test_a_missing_book_exits_1_with_one_line_that_says_what_to_do(empty: Arctui) -> None:
    result = empty.run("today")
    assert result.code == 1
    assert result.out == ""
    (line,) = result.notes
    assert re.fullmatch(r"arctui: there is no book at .*book\.json: .*arctui import.*", line)


def test_without_a_terminal_the_workstation_says_so(arctui: Arctui) -> None:
    result = arctui.run()
    assert result.code == 1
    assert "terminal" in result.err
    assert len(result.notes) == 1


def test_help_names_every_command(empty: Arctui) -> None:
    result = empty.run("--help")
    assert result.code == 0
    for command in COMMANDS:
        assert re.search(rf"^ +{command}\b", result.out, re.MULTILINE), command
    assert empty.run("--version").out.startswith("arctui ")
    assert not empty.book.exists()


def test_a_reader_that_goes_away_is_no_error(arctui: Arctui) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "arctui", "account", "100", "--json"],
        env=arctui.environment,
        cwd=arctui.folder,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 0
    assert done.stderr == b""


def test_output_is_readable_where_the_locale_knows_ascii_only(empty: Arctui) -> None:
    empty.feed(OPEN_ITEMS.replace("Elm & Sons", "Łódź Textil"))
    for arguments in (("today",), ("account", "400"), ("today", "--json")):
        result = empty.run(*arguments, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
        assert result.code == 0
        assert "Textil" in result.out
        assert "Traceback" not in result.err


LOADED = """
import contextlib, io, json, sys
from arctui.cli.main import main
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        status = main(arguments)
    if status:
        sys.exit(f"{arguments}: {status}")
print(json.dumps(sorted(sys.modules)))
"""


def test_no_command_loads_the_screen(empty: Arctui) -> None:
    opened = empty.file("open.csv", OPEN_ITEMS)
    commands = [
        ["import", opened],
        ["today"],
        ["account", "100"],
        ["log", "100", "fri"],
        ["confirm", "100"],
        ["review", "--close"],
        ["calendar"],
        ["stats"],
        ["policy"],
        ["correct", "100", "address 1 Mill Rd"],
        ["letter", "100", "--kind", "statement"],
        ["stop", "200", "legal"],
        ["resume", "200"],
        ["history", "100"],
        ["undo"],
        ["check"],
        ["demo", "--make", str(empty.folder / "demo.json")],
    ]
    assert {c[0] for c in commands} == set(COMMANDS)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(commands)],
        env=empty.environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules = set(json.loads(done.stdout))
    assert not {m for m in modules if m.split(".")[0] in {"textual", "rich"} or m.startswith("arctui.tui")}
    assert "arctui.store" in modules


def test_a_demo_book_is_made_once_and_whole(empty: Arctui) -> None:
    path = empty.folder / "demo.json"
    made = empty.call("demo", "--make", str(path))
    assert made.code == 0
    assert str(path) in made.out
    content = path.read_bytes()
    assert empty.call("--book", str(path), "check").code == 0
    again = empty.call("demo", "--make", str(path))
    assert (again.code, len(again.notes)) == (1, 1)
    assert path.read_bytes() == content
    assert empty.call("--book", str(path), "today", "--json").json
    assert not empty.book.exists()


@pytest.mark.parametrize("hour", ["2026-11-16T10:30", "2026-11-16 10:30", "2026-11-16T10:30:00-05:00"])
def test_a_day_may_carry_an_hour(arctui: Arctui, hour: str) -> None:
    arctui.call("policy", "time_zone", "America/New_York")
    arctui.call("--date", hour, "log", "200", "na")
    (activity,) = arctui.json("account", "200")["activities"]
    assert activity["at"] == "2026-11-16T10:30:00-05:00"
    assert activity["date"] == "2026-11-16"


def test_a_callback_comes_first_five_minutes_before_its_hour(arctui: Arctui) -> None:
    arctui.call("log", "300", "17 45.50 card")
    arctui.call("log", "200", "cb 18 10:30 ask for mrs lee")

    def first(moment: str) -> tuple[str, str]:
        row = arctui.call("--date", moment, "today", "--json").json[0]
        return row["account"], row["bucket"]

    assert first("2026-11-18T10:24") == ("Birchwood Hall", "broken")
    assert first("2026-11-18T10:25") == ("Cedar Farm", "callback")


def test_the_date_option_wins_over_the_environment(arctui: Arctui) -> None:
    assert arctui.call("--date", "2026-12-24", "review", "--json").json["date"] == "2026-12-24"
    assert arctui.json("review")["date"] == "2026-11-16"


def test_a_link_in_the_home_folder_is_written_as_a_tilde(empty: Arctui) -> None:
    empty.file("open.csv", OPEN_ITEMS)
    assert empty.call("--book", "~/mine.json", "import", "~/open.csv").code == 0
    assert (empty.folder / "mine.json").exists()


def test_the_mouse_is_asked_for_before_or_behind_demo(empty: Arctui) -> None:
    made = empty.book.parent / "demo.json"
    assert empty.call("demo", "--mouse", "--make", str(made)).code == 0
    assert made.exists()


@pytest.mark.parametrize(("typed", "words"), [("tody", "is 'today' meant?"), ("xyzzy", "'arctui --help' lists them")])
def test_a_command_that_there_is_not_is_told_in_a_sentence(empty: Arctui, typed: str, words: str) -> None:
    refused = empty.call(typed)
    assert refused.code == 2
    assert f"there is no command '{typed}': {words}" in refused.err
    assert "merge" not in refused.err
