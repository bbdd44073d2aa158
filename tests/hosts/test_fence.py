"""One place decides which paths are open; whoever forgets to ask it is refused all the same."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import arctui
from arctui import fence
from arctui.fence import Fence, FenceError
from arctui.tui.paths import completed, completions

_SOURCE = Path(arctui.__file__).parent
_MAKES = re.compile(r"\bPath\([^)]|expanduser")

#: Where a path is made of something else than what a person names, each looked at: by file and what it is made of.
_KNOWN = {
    ("fence.py", "text"),
    ("fence.py", "Path(text).expanduser()"),
    ("cli/importing.py", "name"),
    ("fence.py", "real"),
    ("cli/kiosk.py", "os.path.realpath(os.environ['HOME'])"),
    ("cli/kiosk.py", "folder"),
    ("cli/kiosk.py", "book"),
    ("cli/opening.py", "folder"),
    ("desk/kept_day.py", "arctui.core.__file__ or ''"),
    ("desk/kept_day.py", "spec.origin"),
    ("desk/letter_files.py", "name"),
    ("desk/letter_making.py", "template.source"),
    ("desk/import_here.py", "frame.filename"),
    ("desk/playbooks.py", "path"),
    ("desk/sessions.py", "f'/proc/{process}/stat'"),
    ("desk/watching.py", "path"),
    ("exchange/workbook.py", "entry"),
    # What is kept beside the book, and of which settings it was made.
    ("glance/kept.py", "os.path.expanduser('~/.config')"),
    ("glance/kept.py", "os.path.expanduser(own)"),
    ("glance/start.py", "os.path.expanduser(asked[0])"),
    ("fence.py", "folder"),
    ("letters/fonts_of.py", "place"),
    ("settings/__init__.py", "arctui.HOST_FILE"),
    ("settings/files.py", "os.path.realpath(path)"),
    ("settings/files.py", "named"),
    ("settings/files.py", "name"),
    ("store/kept_holidays.py", "spec.origin or ''"),
    ("store/storage.py", "path"),
    ("tui/paths.py", "entry.name"),
    ("tui/screens/beginning.py", "chosen"),
    ("tui/glancing.py", "kept.place_of(path)"),
    ("tui/purposes/day_report.py", "default_name(screen.reviewing.summary)"),
}


def _made(text: str) -> Iterator[str]:
    """Return of what paths are made in a module, and where a home is put into one."""
    if not _MAKES.search(text):
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called, of = node.func, node.args[0] if node.args else None
        if isinstance(called, ast.Name) and called.id == "Path" and of and not isinstance(of, ast.Constant):
            yield ast.unparse(of)
        elif isinstance(called, ast.Attribute) and called.attr == "expanduser":
            yield ast.unparse(node)


def test_no_act_makes_a_path_of_what_a_person_names_without_asking() -> None:
    found = {
        (file.relative_to(_SOURCE).as_posix(), made)
        for file in _SOURCE.rglob("*.py")
        for made in _made(file.read_text(encoding="utf-8"))
        if made != "__file__"
    }
    assert found - _KNOWN == set(), "use fence.named for what a person names, fence.typed for what the host does"
    assert _KNOWN - found == set(), "is made no more"


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fence:
    """A fence round a folder of the test, which is open again afterwards."""
    made = {name: tmp_path / name for name in ("open", "book", "code", "outside")}
    for folder in made.values():
        folder.mkdir()
    around = Fence(folders=(str(made["open"]),), written=(str(made["book"]),), read=(str(made["code"]),))
    monkeypatch.setattr(fence, "_closed", around)
    monkeypatch.chdir(made["open"])
    return around


def test_without_a_fence_a_path_is_as_it_is_written(tmp_path: Path) -> None:
    assert fence.named(tmp_path / "a" / ".." / "b") == tmp_path / "a" / ".." / "b"
    assert fence.named("~nobody-is-called-so/a") == Path("~nobody-is-called-so/a")


@pytest.mark.parametrize(
    "path",
    ["../outside/a", "/etc/passwd", "~/a", "sub/../../outside", "/proc/self/environ", "a\0b", "..", "/", "away/a"],
)
def test_a_path_outside_is_refused_in_one_sentence(closed: Fence, tmp_path: Path, path: str) -> None:
    (tmp_path / "open" / "away").symlink_to(tmp_path / "outside")
    with pytest.raises(FenceError) as refused:
        fence.named(path)
    assert "\n" not in str(refused.value)
    assert "\0" not in str(refused.value)


def test_a_path_inside_is_the_real_one(closed: Fence, tmp_path: Path) -> None:
    (tmp_path / "open" / "link").symlink_to(tmp_path / "open" / "there.csv")
    assert fence.named("link") == tmp_path / "open" / "there.csv"
    assert fence.named("a/../b.csv") == tmp_path / "open" / "b.csv"
    assert fence.named("logo.png", tmp_path / "book") == tmp_path / "book" / "logo.png"
    with pytest.raises(FenceError):
        fence.named("../code/logo.png", tmp_path / "book")


def test_of_a_file_outside_it_is_not_even_said_that_it_is_there(closed: Fence, tmp_path: Path) -> None:
    (tmp_path / "open" / "a.csv").touch()
    assert fence.is_there("a.csv")
    assert not any(map(fence.is_there, ("/etc/passwd", "..", "b.csv", "a\0b", "a" * 999)))


def test_tab_shows_no_names_from_outside(closed: Fence, tmp_path: Path) -> None:
    (tmp_path / "outside" / "secret.csv").touch()
    (tmp_path / "open" / "list.csv").touch()
    (tmp_path / "open" / "away").symlink_to(tmp_path / "outside")
    assert completions(f"{tmp_path}/outside/") == completions("../outside/") == completions("away/") == []
    assert completions("x/../../") == completions(str(tmp_path / "o")) == completions("/etc/pass") == []
    assert completed("li") == "list.csv"


def test_an_act_that_did_not_ask_is_refused_all_the_same(closed: Fence, tmp_path: Path) -> None:
    inside, outside, code = (
        str(tmp_path / "open" / "a"),
        str(tmp_path / "outside" / "a"),
        str(tmp_path / "code" / "a"),
    )
    reads = os.O_RDONLY | os.O_CLOEXEC
    refused: list[tuple[str, tuple[Any, ...]]] = [
        ("open", (outside, "r", reads)),
        ("open", (os.fsencode(outside), None, os.O_WRONLY)),
        ("open", (code, "w", os.O_WRONLY | os.O_CREAT)),
        ("open", ("/proc/self/environ", "r", reads)),
        ("open", ("/proc/1/mem", "r", reads)),
        ("os.rename", (inside, outside, -1, -1)),
        ("os.link", (outside, inside, -1, -1)),
        ("os.symlink", (outside, inside, -1)),
        ("os.mkdir", (outside, 0o777, -1)),
        ("os.remove", (code, -1)),
        ("os.listdir", (str(tmp_path),)),
        ("os.scandir", ("/",)),
        ("os.system", ("id",)),
        ("os.exec", ("/bin/sh", ["sh"], None)),
        ("os.posix_spawn", ("/bin/sh", ["sh"], {})),
        ("subprocess.Popen", ("/bin/sh", ["sh"], None, None)),
        ("pty.spawn", (["sh"],)),
        ("webbrowser.open", ("https://example.com",)),
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("ctypes.dlopen", (outside,)),
        ("sqlite3.connect", (outside,)),
    ]
    for event, args in refused:
        with pytest.raises(FenceError):
            fence._audit(event, args)
    let: list[tuple[str, tuple[Any, ...]]] = [
        ("open", (inside, "w", os.O_WRONLY | os.O_CREAT)),
        ("open", (str(tmp_path / "book" / "book.json"), "r", reads)),
        ("open", (code, "r", reads)),
        ("open", (3, "r", reads)),
        ("open", ("/proc/self/mountinfo", "r", reads)),
        ("os.rename", (inside, str(tmp_path / "book" / "a"), -1, -1)),
        ("import", ("anything", None, None, None, None)),
    ]
    for event, args in let:
        fence._audit(event, args)
