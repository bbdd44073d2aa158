"""What a command line may carry that nobody expects: it is taken as it was meant, or refused in one line."""

import os
from pathlib import Path

import pytest

from tests.cli.command import OPEN_ITEMS, Arctui
from tests.cli.test_refusals import refusal


def test_words_behind_two_dashes_are_free_words(arctui: Arctui) -> None:
    result = arctui.call("log", "100", "fri", "500", "--", "thanks")
    assert result.code == 0, result
    (promise,) = arctui.json("account", "100")["promises"]
    assert (promise["words"], promise["person"]) == ("thanks", None)
    assert "Thanks" not in [p["name"] for p in arctui.json("account", "100")["people"]]


def test_words_of_several_behind_two_dashes_are_free_words(arctui: Arctui) -> None:
    result = arctui.call("log", "100", "wbp", "fri", "1200", "--", "certain,", "he", "said", "--json")
    assert result.code == 0, result


def test_a_folder_as_the_book_is_told(arctui: Arctui) -> None:
    assert str(arctui.folder) in refusal(arctui.call("--book", str(arctui.folder), "today"))
    path = str(arctui.folder / "open.csv")
    assert str(arctui.folder) in refusal(arctui.call("--book", str(arctui.folder), "import", path))


def test_a_book_below_a_file_is_not_said_to_exist(arctui: Arctui) -> None:
    path = str(arctui.folder / "open.csv")
    assert "exists already" not in refusal(arctui.call("--book", f"{path}/book.json", "import", path))


def test_a_ring_of_links_as_the_book_is_told(arctui: Arctui) -> None:
    (arctui.folder / "a.json").symlink_to("a.json")
    refusal(arctui.call("--book", str(arctui.folder / "a.json"), "today"))


def test_a_name_that_is_too_long_for_a_book_is_told(arctui: Arctui) -> None:
    refusal(arctui.call("--book", "n" * 300, "today"))


def test_a_file_whose_name_is_no_unicode_is_imported_or_refused_in_one_line(empty: Arctui) -> None:
    name = os.fsdecode(b"open\xff.csv")
    try:
        Path(empty.folder / name).write_text(OPEN_ITEMS)
    except OSError:
        pytest.skip("this file system takes no such name")
    result = empty.call("import", str(empty.folder / name))
    if result.code:
        refusal(result)
    else:
        assert empty.call("check").code == 0


def test_an_import_that_fails_prints_nothing_on_stdout(empty: Arctui) -> None:
    assert empty.call("import", empty.file("letter.txt", "Dear Sirs\n")).out == ""


def test_stopping_without_a_reason_does_not_resume(arctui: Arctui) -> None:
    arctui.call("stop", "100", "legal")
    refusal(arctui.call("stop", "100", ""))
    assert arctui.json("account", "100")["standing"]["stopped"] is not None


def test_an_empty_name_of_a_setting_is_refused(arctui: Arctui) -> None:
    refusal(arctui.call("policy", "", "x"))


@pytest.mark.parametrize(("day", "line"), [("9999-12-31", "log 400 fri"), ("0001-01-02", "stats")])
def test_a_day_at_the_end_of_the_calendar_is_refused_in_one_line(arctui: Arctui, day: str, line: str) -> None:
    result = arctui.call("--date", day, *line.split())
    if result.code:
        refusal(result)


def test_a_bad_closing_day_is_refused_in_the_clerks_words(arctui: Arctui) -> None:
    said = refusal(arctui.call("policy", "closing_days", "christmas"))
    assert "RFC" not in said
    assert "$" not in said
