"""`arctui doctor` says what is wrong and what to do, and nothing of what stands in the book."""

import json
import os
import time
from pathlib import Path

import pytest

from arctui import crash
from arctui.cli import doctor
from arctui.cli.main import main
from tests.hosts.host import Host


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("ARCTUI_BOOK", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")


def findings(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, dict[str, str]], str]:
    """Run it; return its status, what it found by what it is about, and all that it printed."""
    status = main([*words, "--json"])
    out = capsys.readouterr().out
    return status, {f["about"]: f for f in json.loads(out)["findings"]}, out


def test_of_a_whole_book_nothing_is_wrong_and_nothing_of_a_customer_is_said(
    host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found, out = findings(capsys, "--book", str(host.book), "doctor", "--full")
    assert status == 0, out
    assert found["check"]["found"].startswith("whole")
    assert {
        "python",
        "libraries",
        "terminal",
        "locale",
        "time zone",
        "disk",
        "file system",
        "sessions",
    } <= found.keys()
    for word in ("Birch", "Cedar", "Tony", "B-1041", "1200", "0142", str(host.root), "book.json"):
        assert word not in out


def test_each_thing_that_is_wrong_says_what_to_do(host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    host.book.chmod(0o644)
    own = host.home / "arctui" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[screen]\ntheme = "Birch Works"\n')
    own.chmod(0o600)
    status, found, out = findings(capsys, "--book", str(host.book), "--date", "soon", "doctor")
    assert status == 1
    assert "chmod" in found["book's file"]["todo"]
    assert "config check" in found["settings"]["todo"]
    assert "YYYY-MM-DD" in found["day"]["todo"]
    assert "Birch" not in out


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "none yet"),
        (b"", "damaged"),
        (b'{"accounts": {"1": {"name": "Birch', "damaged"),
        (b"\0" * 99, "damaged"),
    ],
)
def test_a_book_that_is_missing_or_damaged_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, found: str
) -> None:
    book = tmp_path / "book.json"
    if content is not None:
        book.write_bytes(content)
        book.chmod(0o600)
    status, findings_, out = findings(capsys, "--book", str(book), "doctor")
    assert status == 1
    assert found in findings_["book"]["found"]
    assert findings_["book"]["todo"]
    assert "Birch" not in out


def test_as_text_each_finding_has_a_line_and_wrong_ones_a_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--book", str(tmp_path / "none.json"), "doctor"]) == 1
    out = capsys.readouterr().out
    assert "\n! book " in out
    assert "-> 'arctui import FILE' makes one" in out
    assert "1 thing to look after" in out


def test_what_the_environment_says_cannot_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "x\x1b]52;c;AAAA\x07")
    main(["--book", str(tmp_path / "none.json"), "doctor"])
    assert "\x1b" not in capsys.readouterr().out


def test_the_home_is_shown_as_a_tilde(tmp_path: Path) -> None:
    assert doctor._place(tmp_path / "home" / "log" / "a") == "~/log/a"
    assert doctor._place(tmp_path / "homely") == str(tmp_path / "homely")


def test_the_last_error_of_the_program_is_dated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crash.write(ValueError("Birch Works"))
    _, found, _ = findings(capsys, "--book", str(tmp_path / "none.json"), "doctor")
    assert "0 days ago" in found["errors"]["found"]
    yesterday = time.time() - 86_400
    os.utime(crash.log_file(), (yesterday, yesterday))
    _, found, _ = findings(capsys, "--book", str(tmp_path / "none.json"), "doctor")
    assert "the last one 1 day ago" in found["errors"]["found"]


@pytest.mark.parametrize(("named", "is_one"), [("Mars/Base", False), ("Europe/Berlin", True), ("EST5EDT", True)])
def test_a_time_zone_that_nobody_knows_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], named: str, is_one: bool
) -> None:
    monkeypatch.setenv("TZ", named)
    _, found, _ = findings(capsys, "doctor")
    assert ("there is no such zone" in found["time zone"]["todo"]) is not is_one


def test_rights_are_not_to_be_changed_of_what_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o755)
    for book in ("/dev/null", str(tmp_path)):
        status, found, _ = findings(capsys, "--book", book, "doctor")
        assert status == 1
        assert found["book's file"]["todo"] == "this is no file: name another one"
