"""What is drawn with: one place decides between Unicode and ASCII, and names from right to left stand alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from arctui.settings.files import Found
from arctui.settings.model import Settings
from arctui.tui import signs
from arctui.tui.widgets.lines import clip, fit, wrap
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation

HEBREW = "שלום ושות׳ 12 בע״מ"


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    signs.choose("auto")


def test_each_sign_has_one_in_ascii_of_its_own_width() -> None:
    drawn = [
        chr(n) for first, last in ((0x2190, 0x21FF), (0x2500, 0x25FF), (0x2800, 0x28FF)) for n in range(first, last)
    ]
    for sign in [*"…·•“”‘’–—−¤×🔎", *(c for c in drawn if not 0x2190 <= ord(c) < 0x2500 and ord(c) < 0x25A0)]:
        assert signs.in_ascii(sign).isascii(), sign
        assert len(signs.in_ascii(sign)) == cell_len(sign), sign


def test_letters_of_data_stay() -> None:
    assert signs.in_ascii("Żółw & 株式会社 Naïve…") == "Żółw & 株式会社 Naïve~"


@pytest.mark.parametrize(("lines", "term", "is_ascii"), [
    ("auto", "xterm", False), ("auto", "vt100", True), ("unicode", "vt100", False), ("ascii", "xterm", True)
])  # fmt: skip
def test_the_settings_come_before_the_terminal(
    monkeypatch: pytest.MonkeyPatch, lines: str, term: str, is_ascii: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    signs.choose(lines)
    assert signs.only_ascii() is is_ascii


async def test_another_choice_holds_at_once(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "─" in clerk.text
        clerk.app.take_settings(Found(Settings({"screen.lines": "ascii"})))
        await clerk.press()
        assert "─" not in clerk.text
        assert "…" not in clerk.text


def test_what_is_written_from_right_to_left_is_kept_from_what_stands_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark = "\u200e"
    shown = signs.isolated(f"{HEBREW}  1,250.00")
    assert shown == f"{mark}{HEBREW}{mark}  1,250.00"
    assert cell_len(shown) == cell_len(f"{HEBREW}  1,250.00")
    assert signs.isolated("Café 12") == "Café 12"
    monkeypatch.setenv("TERM", "linux")
    assert signs.isolated(HEBREW) == HEBREW


@pytest.mark.parametrize("name", [
    "田中商事株式会社", "é" * 3 + "e\u0301\u0302\u0323 Noël", HEBREW, "شركة النور", "👩‍💻🚀🇩🇪 Oy", "ｆｕｌｌ", "กำไร"
])  # fmt: skip
def test_a_name_takes_just_its_room_wherever_it_is_cut(name: str) -> None:
    for width in range(1, 24):
        assert cell_len(fit(name, width)) == width, (name, width)
        assert cell_len(fit(name, width, right=True)) == width
        assert cell_len(clip(name, width)) <= width
        assert all(cell_len(line[0][0]) <= max(2, width) for line in wrap(f"{name} {name}", width))
