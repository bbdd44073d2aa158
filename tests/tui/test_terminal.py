"""The workstation in a real terminal: its colours and keys, a kill, a crash."""

import re
import signal
from pathlib import Path

from arctui.core.records import Activity
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.terminal import Terminal, opened


def test_q_leaves_with_status_0_and_the_terminal_as_it_was(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"q")
        assert terminal.wait() == 0
        assert b"\x1b[?1049l" in terminal.seen


def test_no_mouse_and_no_kitty_keys_are_asked_for(demo: Path) -> None:
    with opened(demo) as terminal:
        assert not [n for n in (b"?1000h", b"?1002h", b"?1003h", b"?1006h", b">25u", b">1u") if n in terminal.seen]


def test_a_stray_continue_signal_does_no_harm(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.kill(signal.SIGCONT)
        terminal.type(b"?")
        terminal.read_until(b"KEYS")
        terminal.type(b"\x1b")
        mark = len(terminal.seen)
        terminal.read_until(b"WORKLIST", since=mark)
        terminal.type(b"q")
        assert terminal.wait() == 0


def test_an_act_is_on_disk_although_the_program_is_killed(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"n")
        terminal.read_until(b"free words")
        terminal.type(b"kept through a kill\r")
        terminal.read_until(b"saved 10:12")
        terminal.kill(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
    assert [a for a in Book(demo).facts.all(Activity) if "kept through a kill" in a.note]


def test_a_crash_is_one_line_without_customers_data_and_a_status_of_its_own(demo: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    patch = (
        "import arctui.tui.views.facts as v\n"
        "def fail(desk, account, width, whole=False):\n"
        "    secret = desk.dossier(account).account.name\n"
        "    raise RuntimeError(secret)\n"
        "v.facts = fail\n"
        "from arctui.cli.main import entry\n"
        "entry()\n"
    )
    script = broken / "start.py"
    script.write_text(patch, encoding="utf-8")
    terminal = Terminal(
        [str(script), "--book", str(demo), "--date", "2026-11-23T10:12"],
        HOME=str(tmp_path),
        XDG_STATE_HOME=str(tmp_path),
    )
    try:
        assert terminal.wait() == 1
    finally:
        terminal.close()
    after = terminal.seen.rpartition(b"\x1b[?1049l")[2]
    assert b"arctui stopped because of an error of its own" in after
    assert b"Traceback" not in terminal.seen
    assert b"Kestrel" not in after
    (log,) = tmp_path.rglob("crash.log")
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert "Kestrel" not in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_keyboard_that_cannot_be_read_is_told_in_one_line_too(demo: Path, tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(
        "from arctui.tui.keyboard import Keyboard\n"
        "def fail(self):\n"
        "    raise OSError(5, 'Input/output error')\n"
        "Keyboard.run_input_thread = fail\n"
        "from arctui.cli.main import entry\n"
        "entry()\n",
        encoding="utf-8",
    )
    arguments = [str(script), "--book", str(demo), "--date", "2026-11-23T10:12"]
    terminal = Terminal(arguments, HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path))
    try:
        assert terminal.wait() == 1
    finally:
        terminal.close()
    assert b"arctui stopped because of an error of its own" in terminal.seen.rpartition(b"\x1b[?1049l")[2]
    assert b"Traceback" not in terminal.seen


def test_without_colour_there_is_none_and_the_cursor_is_still_seen(demo: Path) -> None:
    with opened(demo, NO_COLOR="1") as terminal:
        codes = {code for codes in re.findall(rb"\x1b\[([0-9;]+)m", terminal.seen) for code in codes.split(b";")}
        assert codes <= {b"0", b"1", b"2", b"7", b"22", b"27", b"39", b"49"}
        assert b"7" in codes


def test_a_terminal_of_sixteen_colours_keeps_its_own_palette(demo: Path) -> None:
    with opened(demo, TERM="xterm") as terminal:
        assert b"38;5;" not in terminal.seen
        assert b"38;2;" not in terminal.seen


def test_keys_that_arrive_in_one_burst_do_what_they_would_do_one_by_one(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"jjpfri 100 ach\rjpmon 50 card")
        terminal.read_until(b"mon 50 card")
        terminal.type(b"\r")
        terminal.read_until(b"promise of 50.00")
        terminal.type(b"/stonef\rq")
        assert terminal.wait() == 0
    names = [r.name for r in Desk(Book(demo), Clock(DEMO_DAY), "ann").worklist()]
    book = Book(demo)
    acts = [t.act for t in book.history if t.act.startswith("promise of")]
    assert [act.split(",")[0] for act in acts] == ["promise of 100.00", "promise of 50.00"]
    assert acts[0].split(", ", 1)[1] not in names[:1]
