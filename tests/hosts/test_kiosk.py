"""On a shared host no way leads out of arctui: not by commands, not by paths, not by the environment."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from arctui.cli import kiosk
from arctui.cli.kiosk import COMMANDS, KioskError, chosen
from arctui.cli.main import main
from arctui.settings.model import Settings
from tests.hosts.host import Host

_NOT_A_COMMAND = "may be given to ssh"
_OUTSIDE = "is not open to you on this host"


def test_what_ssh_is_given_is_a_command_of_arctui_or_nothing(host: Host) -> None:
    host.open.joinpath("link.csv").symlink_to(host.secret)
    os.mkfifo(host.open / "pipe.csv")
    outside = host.root / "out"
    escapes = {
        "sh -c id": _NOT_A_COMMAND,
        "arctui; id": _NOT_A_COMMAND,
        "internal-sftp": _NOT_A_COMMAND,
        "scp -t /tmp": _NOT_A_COMMAND,
        "restore /etc/passwd": _NOT_A_COMMAND,
        f"backup {outside}": _NOT_A_COMMAND,
        "demo": _NOT_A_COMMAND,
        "config init": _NOT_A_COMMAND,
        "playbook show /etc/passwd": _NOT_A_COMMAND,
        "import --watch /tmp": "leave --watch out",
        "today --book /etc/passwd": "set by the host",
        "today --kiosk": "unrecognized",
        f"import {host.secret}": _OUTSIDE,
        f"import {host.open}/../secret.csv": _OUTSIDE,
        "import link.csv": _OUTSIDE,
        "import /proc/self/environ": _OUTSIDE,
        "import ~root/.profile": _OUTSIDE,
        "import pipe.csv": "no regular file",
        f"import --explain {host.secret}": _OUTSIDE,
        f"attach birch {host.secret}": _OUTSIDE,
        "attach birch link.csv": _OUTSIDE,
        f"export all --to {outside}.zip": _OUTSIDE,
        f"export archive --to {outside}.arctui": _OUTSIDE,
        f"export worklist --to {host.book} --force": _OUTSIDE,
        f"calendar --ics {outside}.ics": _OUTSIDE,
        f"claim-file birch --out {outside}": _OUTSIDE,
        f"review --out {outside}.md": _OUTSIDE,
        f"letter --due --out {host.root}": _OUTSIDE,
        f"letter check {host.root}": _OUTSIDE,
        f"letter templates --write {outside}": _OUTSIDE,
        f"policy letter_logo {host.secret}": _OUTSIDE,
        f"policy playbook {host.secret}": _OUTSIDE,
        "policy letter_templates /etc": _OUTSIDE,
        "policy watch_folder /tmp": _OUTSIDE,
        "today 'unclosed": "quotation mark",
        "today; id": _NOT_A_COMMAND,
        "today && id": "unrecognized",
        "today $(id)": "unrecognized",
    }
    before = host.files()
    answers = dict(zip(escapes, host.orders(*escapes), strict=True))
    for order, (status, out, err) in answers.items():
        assert status in (1, 2), (order, out, err)
        assert escapes[order] in err, (order, err)
        assert "CANARY" not in out + err, order
        assert "uid=" not in out, order
        assert "Traceback" not in err, order
    assert host.files() == before


def test_what_is_a_command_does_its_work_in_the_folder_of_the_host(host: Host) -> None:
    orders = ("today --json", "log birch na", "export worklist --to list.csv", "review --out day.md", "arctui doctor")
    answers = host.orders(*orders)
    assert [status for status, _, _ in answers] == [0, 0, 0, 0, 0], answers
    assert '"Birch Works"' in answers[0][1]
    assert (host.open / "list.csv").is_file()
    assert (host.open / "day.md").is_file()
    assert "kiosk" in answers[4][1]


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "LD_PRELOAD", "LD_AUDIT"])
def test_what_could_have_loaded_code_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {name: "", "TERM": "xterm"})
    monkeypatch.setattr(sys, "flags", SimpleNamespace(ignore_environment=False, safe_path=False))
    with pytest.raises(KioskError, match=f"{name} could load code"):
        kiosk.begin(["--kiosk"], Settings())


def test_modules_of_the_present_folder_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"TERM": "xterm"})
    monkeypatch.setattr(sys, "flags", SimpleNamespace(ignore_environment=False, safe_path=False))
    monkeypatch.setattr(sys, "path", [str(Path.cwd())])
    with pytest.raises(KioskError, match="python -I"):
        kiosk.begin(["--kiosk"], Settings())


def test_what_the_environment_says_of_book_day_and_files_is_not_heard(host: Host) -> None:
    written = host.root / "written.log"
    # Nor are modules loaded from where files are put.
    (host.home / "shlex.py").write_text("raise SystemExit('CANARY')")
    (host.open / "csv.py").write_text("raise SystemExit('CANARY')")
    status, out, err = host.run(
        "--kiosk",
        "--date",
        "2026-11-16",
        "today",
        "--json",
        ARCTUI_BOOK="/etc/passwd",
        ARCTUI_DATE="2030-01-01",
        ARCTUI_CONFIG=str(host.secret),
        XDG_DATA_HOME="/etc",
        XDG_CACHE_HOME=str(host.root / "cache"),
        HOME="/etc",
        PYTHONPATH=str(host.root),
        TEXTUAL_LOG=str(written),
        TEXTUAL_DRIVER="os:system",
        BROWSER="touch",
        EDITOR="touch",
        TZ=":/etc/passwd",
        TERM="../../etc/passwd",
    )
    assert status == 0, err
    assert '"Birch Works"' in out
    assert not written.exists()
    assert not (host.root / "cache").exists()


def test_where_the_host_is_a_kiosk_no_word_is_needed_for_it_and_none_takes_it_away() -> None:
    host = Settings({"kiosk.on": True, "book.file": "/srv/book.json"})
    assert kiosk.is_asked(["today"], host)
    assert kiosk.is_asked(["--kiosk"], Settings())
    assert not kiosk.is_asked(["today"], Settings())
    for given in (["--book", "/etc/passwd"], ["--book=/etc/passwd"]):
        with pytest.raises(KioskError, match="set by the host"):
            kiosk._book(given, host)
    with pytest.raises(KioskError, match="not open here"):
        chosen("", ["restore", "/etc/passwd"], dates=True)


def test_a_settings_file_of_the_host_that_is_wrong_lets_nobody_in(host: Host) -> None:
    host.says("\n[broken\n")
    status, out, err = host.run("today")
    assert (status, out) == (1, "")
    assert "config.toml" in err


def test_only_the_day_that_the_host_lets_a_login_say_is_said() -> None:
    assert chosen("today --date 2026-11-16", [], dates=True) == ["today", "--date", "2026-11-16"]
    with pytest.raises(KioskError, match="leave --date out"):
        chosen("today --date 2026-11-16", [], dates=False)
    assert "restore" not in COMMANDS


def test_a_kiosk_asked_for_by_half_a_word_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kios", "--book", str(tmp_path / "book.json"), "today"]) == 2
    assert "in full" in capsys.readouterr().err
