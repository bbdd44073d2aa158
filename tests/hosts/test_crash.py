"""An error of the program's own is one sentence; what it was about is neither printed nor kept."""

import stat
import sys
import threading
from pathlib import Path

import pytest

from arctui import crash
from arctui.cli import commands
from arctui.cli.main import main
from tests.hosts.host import DAY, Host


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


@pytest.mark.parametrize("error", [RuntimeError, RecursionError, AssertionError])
def test_a_command_that_fails_prints_a_sentence_and_no_value(
    host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: type[Exception]
) -> None:
    def fail(*_: object) -> int:
        raise error("CANARY\nKestrel: a second line")

    monkeypatch.setitem(commands.COMMANDS, "today", fail)
    assert main(["--book", str(host.book), "--date", DAY, "today"]) == 1
    out, err = capsys.readouterr()
    log = crash.log_file()
    assert err.startswith("arctui stopped because of an error of its own.")
    assert str(log) in err
    assert len(err.splitlines()) == 1
    kept = log.read_text(encoding="utf-8")
    assert error.__name__ in kept
    assert "in fail" in kept
    for text in (out, err, kept):
        assert "CANARY" not in text
        assert "Kestrel" not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_without_a_place_for_the_log_the_sentence_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert crash.told(ValueError("x")) == crash.SENTENCE


def test_a_log_that_is_a_link_or_a_pipe_is_not_written(tmp_path: Path) -> None:
    log = crash.log_file()
    log.parent.mkdir(parents=True)
    log.symlink_to(tmp_path / "other")
    assert crash.write(ValueError("x")) is None
    assert not (tmp_path / "other").exists()


def test_a_log_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "_MOST_BYTES", 200)
    for _ in range(50):
        path = crash.write(ValueError("x"))
    assert path
    assert path.stat().st_size < 400


def test_a_thread_that_fails_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    crash.watch()

    def fail() -> None:
        raise RuntimeError("CANARY")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert capsys.readouterr() == ("", "")
    assert "RuntimeError" in crash.log_file().read_text(encoding="utf-8")
