"""`arctui config`: the settings shown, checked and set, with no book at all."""

from tests.cli.command import Arctui


def test_settings_are_set_shown_and_taken_back_without_a_book(empty: Arctui) -> None:
    assert empty.call("config", "set", "theme", "light").code == 0
    shown = empty.json("config")["settings"]["screen.theme"]
    assert (shown["value"], shown["from"]) == ("light", "yours")
    assert empty.call("config", "set", "theme").code == 0
    assert empty.json("config")["settings"]["screen.theme"]["value"] == "calm"
    assert not empty.book.exists()


def test_check_names_each_mistake_with_file_and_line_and_says_so_by_its_status(empty: Arctui) -> None:
    file = empty.file("mine.toml", '[screen]\ntheme = "pink"\n')
    wrong = empty.call("config", "check", file)
    assert wrong.code == 1
    assert wrong.out.startswith(f"{file}: line 2: screen.theme cannot be 'pink': one of calm")
    assert empty.json("config", "init")["file"].endswith("config.toml")
    assert empty.call("config", "check").code == 0


def test_wrong_use_says_what_there_is(empty: Arctui) -> None:
    assert empty.call("config", "chek").code == 2
    assert "there is no setting" in empty.call("config", "set", "colour", "x").err
    assert "there is no file" in empty.call("config", "check", "nothing.toml").err
