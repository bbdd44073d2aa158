"""On a shared host the workstation writes no pictures, opens no links and copies only where the host lets it."""

from pathlib import Path

import pytest

from arctui import fence
from arctui.settings.files import Found, load
from arctui.settings.model import Settings
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


async def test_neither_pictures_nor_links_nor_a_shell_are_to_be_had(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(fence, "_closed", fence.Fence())
    copied: list[str] = []
    off = Found(Settings({"copy.clipboard": False}))
    async with workstation(demo, DEMO_DAY, found=off) as screen:
        monkeypatch.setattr(screen.app._driver, "write", copied.append)
        offered = {command.title for command in screen.app.get_system_commands(screen.app.screen)}
        assert not {"Screenshot", "Theme", "Maximize", "Keys"} & offered
        await screen.press("ctrl+z")
        assert "no shell" in screen.status
        screen.app.action_screenshot()
        assert "no pictures" in screen.status
        assert screen.app.save_screenshot() == ""
        screen.app.open_url("https://example.com")
        assert "opens no links" in screen.status
        await screen.press("y")
        assert "copy.clipboard is off" in screen.status
        screen.app.copy_to_clipboard("secret")
    assert not any("]52;" in text for text in copied)
    assert not (tmp_path / "home").exists()


def test_a_user_does_not_open_another_book_or_copy_where_the_host_is_a_kiosk(tmp_path: Path) -> None:
    host, own = tmp_path / "host.toml", tmp_path / "own.toml"
    host.write_text(f'[kiosk]\non = true\nfolder = "{tmp_path}"\n[copy]\nclipboard = false\n')
    own.write_text('[book]\nfile = "/etc/passwd"\n[copy]\nclipboard = true\n[screen]\ntheme = "light"\n')
    found = load(own, host).settings
    assert found.word("book.file") == ""
    assert not found.switch("copy.clipboard")
    assert found.word("screen.theme") == "light"
