"""What a settings file says, and what is said of each mistake in it."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.settings.errors import SettingError
from arctui.settings.files import template
from arctui.settings.model import SETTINGS, Settings, setting_of
from arctui.settings.reading import read_text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[screen]\ntheme = "calm"\nthem = "light"\n', 3, "is 'theme' meant?"),
        ('\n\n[scren]\ntheme = "calm"\n', 3, "is 'screen' meant?"),
        ('# first\n[screen]\ntheme = "pink"\n', 3, "one of calm, light, contrast"),
        ('[screen]\nmouse = "yes"\n', 2, "true or false"),
        ("screen.mouse = 3\n", 1, "true or false"),
        ("screen = 1\n", 1, "write [screen] on a line of its own"),
        ("[keys]\npromise = 3\n", 2, "a key, or a list of keys"),
        ("[keys]\npromise = []\n", 2, "a key, or a list of keys"),
        ("[kiosk]\non = true\n", 2, "counts only in the host's settings file"),
        ("[screen]\ntheme = calm\n", 2, "this is no TOML"),
        ('[screen]\ntheme = "calm\n', 2, "this is no TOML"),
        ("[screen]\n[screen]\n", 2, "this is no TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_may_stand_there(text: str, line: int, words: str) -> None:
    _, problems = read_text(text, of_host=False)
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].what


def test_all_mistakes_are_named_and_what_is_right_holds_all_the_same() -> None:
    found, problems = read_text(
        '[screen]\ntheme = "light"\nmouse = 7\n[copy]\nclip = 1\n[keys]\npromise = ["p", "f6"]\n', of_host=False
    )
    assert [problem.line for problem in problems] == [3, 5]
    assert found.word("screen.theme") == "light"
    assert found.keys == {"promise": ("p", "f6")}


def test_the_file_that_explains_everything_sets_nothing_and_is_right() -> None:
    assert read_text(template(), of_host=False) == (Settings({}, {}), [])


def test_every_setting_of_a_user_is_explained_and_its_default_is_what_the_file_shows() -> None:
    shown = tomllib.loads(
        "\n".join(line.removeprefix("# ") for line in template().splitlines() if " = " in line or "[" in line[:1])
    )
    for setting in SETTINGS:
        if not setting.of_host:
            assert shown[setting.section][setting.name] == setting.default
            assert setting.help in template()


def test_the_hosts_settings_hold_where_the_user_says_nothing_and_those_of_the_host_alone_always() -> None:
    host, _ = read_text('[screen]\ntheme = "light"\nmouse = true\n[roles]\nread_only = ["*"]\n', of_host=True)
    user, _ = read_text('[screen]\ntheme = "contrast"\n[roles]\nread_only = []\n', of_host=False)
    both = user.over(host)
    assert both.word("screen.theme") == "contrast"
    assert both.switch("screen.mouse")
    assert both.words("roles.read_only") == ("*",)


@pytest.mark.parametrize(("typed", "value"), [("yes", True), ("off", False), ("True", True)])
def test_a_switch_is_typed_as_people_say_it(typed: str, value: bool) -> None:
    assert setting_of("mouse").parse(typed) is value


@pytest.mark.parametrize("name", ["them", "screen.", "", "kiosk.off"])
def test_an_unknown_setting_is_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(SettingError, match=r"meant|there are"):
        setting_of(name)


@settings(max_examples=60)
@given(st.text(alphabet="[]=\"#.\n tkeysscreenhm1\\'{},", max_size=60))
def test_no_file_is_too_odd_to_be_read(text: str) -> None:
    found, problems = read_text(text, of_host=False)
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in problems)
    assert set(found.values) <= {s.path for s in SETTINGS}
