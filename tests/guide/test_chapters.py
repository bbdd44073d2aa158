"""The guide is true: every link has its target, every key, command and setting in it is one of the program's."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator

import pytest

from arctui.actions.keys import ActionTable
from arctui.actions.model import key_label
from arctui.actions.table import BY_ID
from arctui.cli.arguments import parser
from arctui.core.policy import SETTINGS, parse_setting
from arctui.guide.chapters import INDEX, NAMES, chapter, find, named
from arctui.guide.layout import block_text, lay_out
from arctui.guide.reading import ACTION_KEY, CHAPTER, SCREEN_KEY, TOUR, Block, GuideError, Span, read
from arctui.settings.model import BY_PATH

ALL = (INDEX, *NAMES)


def spans(name: str) -> Iterator[Span]:
    return (span for block in chapter(name).blocks for text in block.texts for span in text)


def commands() -> Iterator[str]:
    """Every command in the guide: `arctui ...` in a sentence or in a block of the shell."""
    for name in NAMES:
        for span in spans(name):
            if span.mark == "code" and span.text.startswith("arctui"):
                yield span.text


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_chapter_has_its_target(name: str) -> None:
    for span in spans(name):
        if span.target.endswith(CHAPTER):
            assert span.target.removesuffix(CHAPTER) in NAMES, span
        elif span.target and span.target != TOUR:
            assert span.target.startswith((ACTION_KEY, SCREEN_KEY)), span


def test_every_chapter_is_reached_from_the_list_and_leads_on_to_another() -> None:
    assert {s.target for s in spans(INDEX) if s.target} == {f"{name}{CHAPTER}" for name in NAMES}
    lonely = [name for name in NAMES if not any(s.target.endswith(CHAPTER) for s in spans(name))]
    assert not lonely


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_an_action_is_one_of_the_table(name: str) -> None:
    for span in spans(name):
        if span.target.startswith(ACTION_KEY):
            action = BY_ID[span.target.removeprefix(ACTION_KEY)]
            assert span.text in {action.key_label, *map(key_label, action.keys)}, span


def test_every_key_alone_in_code_is_a_link_that_is_checked() -> None:
    for name in NAMES:
        assert not [s for s in spans(name) if s.mark == "code" and len(s.text) == 1], name


@pytest.mark.parametrize("text", sorted(set(commands())))
def test_every_command_is_understood_by_the_parser(text: str) -> None:
    words = shlex.split(text)[1:]
    if words[:1] == ["COMMAND"]:
        words = ["today"]
    complaint = io.StringIO()
    with contextlib.redirect_stderr(complaint):
        try:
            options = parser().parse_args(words)
        except SystemExit:
            pytest.fail(complaint.getvalue())
    if options.command == "policy" and options.setting:
        assert options.setting in SETTINGS
        if options.value:
            parse_setting(options.setting, options.value)
    if options.command == "guide" and options.words:
        assert named(" ".join(options.words)) in NAMES


def test_what_stands_in_code_in_a_sentence_is_a_command_an_option_a_setting_or_a_code_of_the_line() -> None:
    known = {"wbp", "ptp", "wd", "arctui"}
    for name in NAMES:
        for block in chapter(name).blocks:
            if block.kind == "code":
                continue
            for text in block.texts:
                for span in text:
                    if span.mark == "code" and not span.text.startswith(("arctui ", "--")):
                        assert span.text in known or span.text in {*SETTINGS, *BY_PATH}, (name, span.text)


def test_every_option_in_a_sentence_is_one_of_a_command() -> None:
    options = {s.text for name in NAMES for s in spans(name) if s.mark == "code" and s.text.startswith("--")}
    subparsers = next(a for a in parser()._actions if isinstance(a.choices, dict))
    assert isinstance(subparsers.choices, dict)
    known = {option for p in subparsers.choices.values() for a in p._actions for option in a.option_strings}
    assert options
    assert options <= known


def test_every_chapter_fits_into_its_width_and_every_link_stands_in_it() -> None:
    keys = ActionTable()
    for name in ALL:
        ways = [span for span in spans(name) if span.is_way]
        for width in (200, 78, 40):
            page = lay_out(chapter(name).blocks, width, keys.label)
            assert max(len(row.text) for row in page.rows) <= width, (name, width)
            assert list(page.links) == [span.target for span in ways]
            assert {piece.link for row in page.rows for piece in row.pieces} - {-1} == set(range(len(ways)))


def test_no_word_of_a_chapter_is_lost_in_a_narrow_width() -> None:
    for name in NAMES:
        wide, narrow = (
            re.sub(r"\s", "", "".join(row.text for row in lay_out(chapter(name).blocks, width, lambda *_: "").rows))
            for width in (300, 60)
        )
        assert sorted(wide) == sorted(narrow), name


def test_a_chapter_shows_the_users_own_keys() -> None:
    def text(keys: ActionTable) -> str:
        return "\n".join(row.text for row in lay_out(chapter("promises").blocks, 200, keys.label).rows)

    assert "'p' takes one without the script" in text(ActionTable())
    assert "F7 takes one without the script" in text(ActionTable({"promise": ["f7"]}))
    call = lay_out(chapter("call").blocks, 200, ActionTable({"promise": ["f7"]}).label)
    assert "F2 F3 F4 F5" in "\n".join(row.text for row in call.rows)


def test_searching_finds_a_row_of_a_table_and_takes_no_heed_of_case_or_accents() -> None:
    hits = find("GÁTEKEEPER")
    assert {hit.chapter for hit in hits} == {"line", "words"}
    assert all("gatekeeper" in hit.text for hit in hits)
    assert [hit.chapter for hit in find("agreed hour callback")] == ["words"]
    assert find("") == find("  ") == find("no such words") == []


def test_a_chapter_is_found_by_its_name_and_by_its_title() -> None:
    assert named("line") == named("The Capture Line") == "line"
    assert named("capture") == ""


@pytest.mark.parametrize(
    "text", ["![picture](x.png)", "[out](https://example.com)", "<b>html</b>", "> quoted", "*slanted*", "---"]
)
def test_what_the_guide_cannot_show_is_refused(text: str) -> None:
    with pytest.raises(GuideError):
        read(f"# Title\n\n{text}\n")


def test_lists_tables_and_code_are_read_as_they_are() -> None:
    blocks = read("1. one\n2. **two**\n\n- a\n\n| k | v |\n|---|---|\n| `x` | y |\n\n```sh\narctui\n```\n")
    assert [(b.kind, b.before) for b in blocks] == [
        ("item", "1."), ("item", "2."), ("item", "-"), ("table", ""), ("code", "sh"),
    ]  # fmt: skip
    assert [block_text(b) for b in blocks] == ["one", "two", "a", "k v x y", "arctui"]
    assert isinstance(blocks[0], Block)
