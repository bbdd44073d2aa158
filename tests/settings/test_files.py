"""The settings files on disk: read, changed without losing a comment, refused where they could keep nobody out."""

import os
from pathlib import Path

import pytest

from arctui.settings.errors import SettingError, SettingsFileError
from arctui.settings.files import change, change_keys, load, make
from arctui.settings.model import Settings


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "config" / "arctui" / "config.toml"


def test_without_files_every_setting_is_its_default(tmp_path: Path, own: Path) -> None:
    found = load(own, tmp_path / "none.toml")
    assert (found.settings, found.problems, found.host) == (Settings({}, {}), (), None)
    assert found.origin("screen.theme") == "default"


def test_a_new_file_is_private_explains_itself_and_takes_the_value_where_it_is_explained(own: Path) -> None:
    make(own)
    assert own.stat().st_mode & 0o777 == 0o600
    before = own.read_text()
    assert change(own, "theme", "light") == "light"
    assert own.read_text() == before.replace('# theme = "calm"', 'theme = "light"')
    assert load(own, None).settings.word("screen.theme") == "light"
    assert load(own, None).origin("screen.theme") == "yours"


def test_comments_and_order_survive_every_change(own: Path) -> None:
    own.parent.mkdir(parents=True)
    own.write_text('# mine\n[keys]\npromise = "P" # as ever\n\n[screen] # bright\ntheme = "light" # for the window\n')
    change(own, "theme", "contrast")
    change(own, "mouse", "on")
    change_keys(own, "log", ("f6", "g"), lambda _: [])
    assert own.read_text() == (
        '# mine\n[keys]\npromise = "P" # as ever\nlog = ["f6", "g"]\n\n'
        '[screen] # bright\ntheme = "contrast" # for the window\nmouse = true\n'
    )
    change(own, "mouse", None)
    change_keys(own, "log", (), lambda _: [])
    assert load(own, None).settings == Settings({"screen.theme": "contrast"}, {"promise": ("P",)})


def test_keys_that_clash_are_refused_and_nothing_is_written(own: Path) -> None:
    make(own)
    before = own.read_bytes()
    with pytest.raises(SettingError, match="taken"):
        change_keys(own, "log", ("p",), lambda settings: [f"{settings.keys['log'][0]} is taken"])
    assert own.read_bytes() == before


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("kiosk.on", "true"), ("none", "x")])
def test_a_wrong_value_changes_nothing(own: Path, name: str, value: str) -> None:
    make(own)
    before = own.read_bytes()
    with pytest.raises(SettingError):
        change(own, name, value)
    assert own.read_bytes() == before


def test_a_file_that_is_no_toml_is_not_overwritten(own: Path) -> None:
    own.parent.mkdir(parents=True)
    own.write_text("[screen\n")
    with pytest.raises(SettingsFileError, match="config check"):
        change(own, "theme", "light")
    assert own.read_text() == "[screen\n"


def test_a_link_to_a_file_elsewhere_stays_a_link(own: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    make(real)
    own.parent.mkdir(parents=True)
    own.symlink_to(real)
    change(own, "theme", "light")
    assert own.is_symlink()
    assert 'theme = "light"' in real.read_text()


@pytest.mark.parametrize("made", ["folder", "fifo", "large", "binary"])
def test_what_is_no_settings_file_is_told_and_the_program_goes_on(own: Path, made: str) -> None:
    own.parent.mkdir(parents=True)
    match made:
        case "folder":
            own.mkdir()
        case "fifo":
            os.mkfifo(own)
        case "large":
            own.write_bytes(b"#" * 300_000)
        case _:
            own.write_bytes(b"\xff\xfe[\x00")
    found = load(own, None)
    assert found.settings == Settings({}, {})
    assert "no settings file" in found.told()[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[roles]\nread_only = "*"\nreadonly = ["x"]\n', "line 3"),
        ("[kiosk]\non = true\n", "kiosk.folder"),
        ('[kiosk]\non = true\nfolder = "here"\n', "whole path"),
    ],
)
def test_a_hosts_file_that_would_keep_nobody_from_anything_is_refused(
    own: Path, tmp_path: Path, text: str, words: str
) -> None:
    host = tmp_path / "host.toml"
    host.write_text(text)
    with pytest.raises(SettingsFileError, match=words):
        load(own, host)
