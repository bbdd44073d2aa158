"""The early picture: the workstation's own cells, shown only where all is as it was kept, and no key is lost."""

import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.binding import Binding

from arctui.actions.keys import ActionTable
from arctui.actions.model import Place
from arctui.core.records import Activity
from arctui.glance import kept, start
from arctui.glance.kept import Day, Picture
from arctui.glance.moves import KEYS
from arctui.glance.view import View
from arctui.store import Book
from arctui.tui.glancing import Glancing, Shot, rows_on, write
from arctui.tui.pens import PLAIN, Pen, change, changed_by
from arctui.tui.widgets.rowlist import RowList
from tests.tui.conftest import DEMO_DAY
from tests.tui.emulator import Emulator, painted_whole
from tests.tui.terminal import Terminal, opened
from tests.tui.workstation import Workstation, workstation

_TODAY = DEMO_DAY[:10]
#: A start that waits, before it opens the book, until somebody writes into a pipe.
_WAITING = """
import os
import arctui.cli.opening as opening
real = opening.open_desk
def waiting(*arguments, **named):
    open(os.environ["GATE"]).read()
    return real(*arguments, **named)
opening.open_desk = waiting
from arctui.__main__ import entry
entry()
"""


def a_picture(*names: str) -> Picture:
    """A list of one line a row on a screen of 20 columns and 6 lines."""
    rows = [
        [name, f"{n + 1} of {len(names)}", f" {name:9}", f"\x1b[7m>{name:9}\x1b[27m"] for n, name in enumerate(names)
    ]
    base = "\x1b[38;5;252;48;5;234m"
    return Picture((20, 6), (0, 2, 10, 4), (0, 1), 1, len(names), base, True, [(0, 0, "\x1b[1mtop\x1b[22m")], rows)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A book beside which a picture is kept for 20 columns and 6 lines."""
    monkeypatch.setenv("TERM", "xterm-256color")
    path = tmp_path / "book.json"
    path.write_text("{}", encoding="utf-8")
    _keep(str(path), a_picture("a", "b").encoded())
    return str(path)


def _keep(book: str, content: bytes, day: Day | None = None, size: tuple[int, int] = (20, 6)) -> None:
    section = (day or Day(_TODAY), kept.surroundings(size), content)
    Path(kept.place_of(book)).write_bytes(kept.content_of(kept.state_of(book), [section]))


def _found(book: str, day: str = _TODAY, size: tuple[int, int] = (20, 6)) -> Picture | None:
    return kept.picture(book, day, size)


# Whether it is shown


def test_it_is_found_as_it_was_kept(book: str) -> None:
    found = _found(book)
    assert found
    assert vars(found) == vars(a_picture("a", "b"))


def test_none_is_shown_of_another_state_of_the_book_or_of_other_surroundings(
    book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _found(book, size=(21, 6)) is None
    assert _found(book, "2026-11-24") is None
    assert _found(book, "") is None
    for name in ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_THEME", "TZ", "LC_ALL", "LC_CTYPE", "LANG"):
        with monkeypatch.context() as patch:
            patch.setenv(name, "other")
            assert _found(book) is None
    with monkeypatch.context() as patch:
        patch.setattr(kept, "__version__", "0.0.0")
        assert _found(book) is None
    assert _found(book)
    journal = Path(f"{book}.journal")
    journal.write_text("x", encoding="utf-8")
    assert _found(book) is None
    _keep(book, a_picture("a").encoded())
    assert _found(book)
    with journal.open("a", encoding="utf-8") as file:
        file.write("y")
    assert _found(book) is None
    journal.unlink()
    _keep(book, a_picture("a").encoded())
    os.utime(book, ns=(1, 1))
    assert _found(book) is None


def test_the_real_day_is_told_by_when_it_begins_and_ends(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(book, a_picture("a").encoded(), Day(_TODAY, 1000, 2000))
    for now, is_shown in ((999.9, False), (1000.0, True), (1999.9, True), (2000.0, False)):
        monkeypatch.setattr("time.time", lambda now=now: now)
        assert bool(_found(book, "")) is is_shown


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x1b[31",
        "\x07",
        "\x9b2J",
        "\r",
        "\x1b[8m",
        "\x1b[5m",
        "\x1b[38;5;1234m",
        "\u202e",
        "\x1b",
    ],
)
def test_what_would_do_more_than_stand_there_is_not_shown(book: str, hostile: str) -> None:
    picture = a_picture("a", "b")
    picture.rows[1][3] = f"b{hostile}"
    _keep(book, picture.encoded())
    assert _found(book) is None


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, 500), what=st.binary(min_size=1, max_size=3))
def test_what_is_damaged_is_not_shown(tmp_path_factory: pytest.TempPathFactory, place: int, what: bytes) -> None:
    path = tmp_path_factory.mktemp("damaged") / "book.json"
    path.write_text("{}", encoding="utf-8")
    _keep(str(path), a_picture("a", "b").encoded())
    file = Path(kept.place_of(str(path)))
    good = file.read_bytes()
    place = place % len(good)
    file.write_bytes(good[:place] + what + good[place + len(what) :])
    found = _found(str(path))
    assert found is None or vars(found) == vars(a_picture("a", "b"))
    file.write_bytes(good[:place])
    assert _found(str(path)) is None


def test_what_somebody_else_may_have_put_there_is_not_read(book: str) -> None:
    file = Path(kept.place_of(book))
    file.rename(f"{file}-2")
    file.symlink_to(f"{file}-2")
    assert _found(book) is None
    file.unlink()
    os.mkfifo(file)
    assert _found(book) is None


def test_pictures_of_other_terminals_stay_until_the_book_changes(book: str) -> None:
    state, other = kept.state_of(book), kept.surroundings((30, 6))
    for around in (other, other, "third"):
        write(book, state, [Shot(Day(_TODAY), around, a_picture("c").encoded(), None)])
    assert [around for _, around, _ in kept.read(book, state)] == ["third", other, kept.surroundings((20, 6))]
    write(book, "another state", [Shot(Day(_TODAY), other, a_picture("c").encoded(), None)])
    assert [around for _, around, _ in kept.read(book, "another state")] == [other]


def test_only_a_plain_start_begins_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARCTUI_BOOK", "ARCTUI_DATE", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    usual = start._asked([])
    assert usual
    assert usual[1] == ""
    from platformdirs import user_data_path

    assert Path(usual[0]).expanduser() == user_data_path("arctui") / "book.json"
    assert start._asked(["--book", "b", f"--date={DEMO_DAY}"]) == ("b", _TODAY)
    for words in (["today"], ["--mouse"], ["--book"], ["--boo", "b"], ["--date", "tomorrow"], ["--book", "-x"]):
        assert start._asked(words) is None


def test_next_to_nothing_is_loaded_before_it_is_shown() -> None:
    loaded = "import arctui.__main__, arctui.glance.stage; print(*sorted(set(sys.modules) - bare))"
    script = f"import sys; sys.path[:0] = {sys.path!r}; bare = set(sys.modules); {loaded}"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    names = set(done.stdout.split())
    assert {n for n in names if n.startswith("arctui.")} <= {
        "arctui.__main__",
        *(f"arctui.glance{part}" for part in ("", ".kept", ".moves", ".stage", ".start", ".view")),
    }
    # The last ones come with `signal` and `threading`.
    allowed = {"arctui", "binascii", "select", "termios", "signal", "threading", "_weakrefset"}
    allowed |= {"enum", "functools", "collections", "operator", "keyword", "reprlib", "types", "itertools"}
    assert {n for n in names if not n.startswith(("arctui.", "_"))} <= allowed


# What it shows


def test_its_keys_are_those_of_the_list() -> None:
    meant = {"move": "move({})", "page": "page({})", "edge": "edge({})"}
    bound = {key: b.action for b in RowList.BINDINGS if isinstance(b, Binding) for key in b.key.split(",")}
    for typed, (kind, by) in KEYS.items():
        (event,) = list(XTermParser().feed(typed.decode()))
        key = getattr(event, "key")  # noqa: B009  its class says nothing of it
        action = ActionTable().for_key(key, Place.LIST)
        if action and action.id in ("next", "previous"):
            assert (kind, by) == ("move", 1 if action.id == "next" else -1)
        else:
            assert bound[key] == meant[kind].format(by)


_CODES = st.builds(
    Pen,
    st.sampled_from(["39", "31", "97", "38;5;252", "38;2;1;2;3"]),
    st.sampled_from(["49", "40", "107", "48;5;234", "48;2;1;2;3"]),
    st.lists(st.sampled_from("123479"), unique=True).map(sorted).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(before=_CODES, after=_CODES)
def test_a_change_of_the_pen_is_read_as_it_was_written(before: Pen, after: Pen) -> None:
    written = change(before, after)
    codes = written.removeprefix("\x1b[").removesuffix("m")
    found = changed_by(before, codes) if written else before
    assert (found.fore, found.back, set(found.marks)) == (after[0], after[1], set(after.marks))
    assert not written or kept.is_look(codes)


def _shown(clerk: Workstation, size: tuple[int, int]) -> Emulator:
    """What the workstation shows."""
    screen = Emulator(*size)
    screen.write(painted_whole(clerk.app))
    return screen


@pytest.mark.parametrize(("size", "colours"), [((120, 40), ""), ((80, 24), "NO_COLOR"), ((80, 24), "vt100")])
async def test_its_cells_and_moves_are_those_of_the_workstation(
    demo: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], colours: str
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color" if colours != "vt100" else colours)
    if colours == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    if colours:
        monkeypatch.setenv("TEXTUAL_THEME", "ansi-dark")
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        (shot,) = Glancing(clerk.desk, clerk.app).shots(coming=True)
        view = View(kept.decoded(shot.content))
        screen, painter = Emulator(*size), clerk.app.painter
        screen.write(view.whole())
        x, y, width, height = view.picture.area
        for key in ("", "down", "down", "pagedown", "end", "up", "home", "pagedown"):
            if key:
                await clerk.press(key)
                before = view.place
                move = {"down": b"j", "up": b"k", "end": b"G", "home": b"\x1b[H", "pagedown": b" "}
                assert view.move(KEYS[move[key]])
                screen.write(view.moved(before))
            early, shown = screen.seen, _shown(clerk, size).seen
            for line in (0, *range(y - 1, y + height)):
                end = size[0] if not line else x + width
                assert early[line][:end] == shown[line][:end], (key, line)
            assert view.account == clerk.desk.accounts.chosen
            # What the painter goes on from is what is on the screen.
            other = Emulator(*size)
            rows = rows_on(view, painter)
            assert rows
            for number, (texts, pens) in enumerate(rows):
                cells = zip(texts, pens, strict=True)
                line_of = "".join(change(PLAIN, pen) + text + change(pen, PLAIN) for text, pen in cells if text)
                other.write(f"\x1b[{number + 1}H\x1b[m{line_of}")
            assert other.seen == early


def test_a_move_to_rows_that_are_not_kept_is_left_to_the_workstation() -> None:
    picture = a_picture(*(f"n{number}" for number in range(8)))
    picture.count = 9
    view = View(kept.decoded(picture.encoded()))
    assert [view.move(("move", 1)) for _ in range(9)] == [True] * 7 + [False] * 2
    assert view.place == (7, 4)
    assert not view.move(("edge", 1))
    assert view.move(("edge", 0))


# In a terminal


@pytest.fixture
def left(demo: Path) -> Path:
    """A book that was worked on and left, so that a picture is kept beside it."""
    with opened(demo) as terminal:
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert Path(kept.place_of(str(demo))).stat().st_mode & 0o777 == 0o600
    return demo


def _kept_beside(book: Path) -> list[kept.Section]:
    return kept.read(str(book), kept.state_of(str(book)))


def _waiting(book: Path) -> tuple[Terminal, Path]:
    """Start on a book, and wait before it is opened, the early picture on the screen."""
    gate = book.with_name("gate")
    os.mkfifo(gate)
    words = ["-c", _WAITING, "--book", str(book), "--date", DEMO_DAY]
    terminal = Terminal(words, HOME=str(book.parent), GATE=str(gate))
    terminal.read_until(b"WORKLIST")
    return terminal, gate


def test_what_is_typed_into_it_is_done_by_the_workstation_on_the_account_under_the_cursor(left: Path) -> None:
    third = kept.decoded(_kept_beside(left)[0][2]).rows[2][0]
    terminal, gate = _waiting(left)
    try:
        terminal.read_until(b"WORKLIST  1 of")
        for part in (b"j", b"\x1b", b"[B"):
            terminal.type(part)
        terminal.read_until(b"WORKLIST  3 of")
        terminal.type("nkäse".encode()[:-4])
        terminal.type("nkäse".encode()[-4:] + b" early \x1b[")
        terminal.type(b"200~pasted\x1b[201~\r")
        echoed = terminal.echoes
        gate.write_text("go", encoding="utf-8")
        terminal.read_until(b"saved 10:12")
        # It is on the same screen, and never was cleared.
        assert terminal.seen.count(b"\x1b[?1049h") == terminal.seen.count(b"\x1b[2J") == 1
        terminal.type(b"q")
        assert terminal.wait() == 0
        assert (echoed, terminal.echoes) == (False, True)
        assert terminal.is_on(b"\x1b[?1049l", b"\x1b[?1049h")
    finally:
        terminal.close()
    (note,) = [a for a in Book(left).facts.all(Activity) if "early" in a.note]
    assert note.note == "käse early pasted"
    assert note.account == third
    # After acts, too, there is one for the next start.
    assert kept.decoded(_kept_beside(left)[0][2]).rows


def test_a_start_that_fails_gives_the_terminal_back(left: Path) -> None:
    for end in ("interrupt", "terminate", "damaged"):
        _fail(left, end)


def _fail(left: Path, end: str) -> None:
    terminal, gate = _waiting(left)
    try:
        if end == "damaged":
            left.write_text("{", encoding="utf-8")
            gate.write_text("go", encoding="utf-8")
        elif end == "interrupt":
            terminal.type(b"\x03")
        else:
            terminal.kill(signal.SIGTERM)
        assert terminal.wait() == {"damaged": 1, "interrupt": 130, "terminate": 128 + signal.SIGTERM}[end]
        assert terminal.echoes
        assert termios.tcgetattr(terminal.master)[6][termios.VSUSP] == b"\x1a"
        behind = terminal.seen.rpartition(b"\x1b[?1049l")[2]
        assert b"\x1b[?25h" in behind
        assert (b"arctui: " in behind) is (end == "damaged")
    finally:
        terminal.close()
        gate.unlink()


def test_none_is_kept_while_a_start_would_go_on_with_a_line(left: Path) -> None:
    before = Path(kept.place_of(str(left))).read_bytes()
    with opened(left) as terminal:
        terminal.type(b"nhalf a line")
        terminal.read_until(b"half a line")
        terminal.type(b"\x11")
        assert terminal.wait() == 0
    assert Path(kept.place_of(str(left))).read_bytes() == before
    assert _kept_beside(left) == []
