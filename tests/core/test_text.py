"""Text from outside: harmless after cleaning, found whatever its accents."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctui.core.text import clean, fold, harmless, name_key, plural

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NASTY = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x9d[]0;mHA \t\n\r\x07\\" + BIDI + "\u0301e")))


@settings(max_examples=150, deadline=None)
@given(NASTY, st.booleans())
@example("a\x1b\x1b[31m[0mb", False)
@example("e" + "\u0301" * 20, False)
@example("\u1100\u0301\u1161", True)
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once


@settings(max_examples=150, deadline=None)
@given(NASTY, st.booleans())
def test_nothing_that_steers_a_terminal_remains(text: str, lines: bool) -> None:
    left = clean(text, lines=lines).replace("\n", "") if lines else clean(text)
    assert not [c for c in left if unicodedata.category(c) in {"Cc", "Cs", "Cn", "Zl", "Zp"}]
    assert not set(left) & set(BIDI)
    assert left == left.strip()


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1))
def test_letters_and_figures_stay(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Birch\x1b[31m Works\x1b[0m", "Birch Works", id="colours go"),
        pytest.param("Birch\x1b]0;title\x07 Works", "Birch Works", id="a window title goes with its text"),
        pytest.param("Birch\x1b]8;;http://x\x1b\\Works", "BirchWorks", id="a link goes"),
        pytest.param("Birch\x9b2JWorks", "BirchWorks", id="an eight-bit sequence goes"),
        pytest.param("Birch\u202eskroW", "BirchskroW", id="an override of the direction goes"),
        pytest.param(" Birch \t\r\n  Works ", "Birch Works", id="runs of blanks become one"),
        pytest.param("Birch\u00a0\u2028Works", "Birch Works", id="other blanks become a blank"),
        pytest.param("Cafe\u0301", "Café", id="letters are composed"),
        pytest.param("\u200bBirch\ufeff", "Birch", id="invisible characters go"),
        pytest.param("日本 \U0001f468\u200d\U0001f469", "日本 \U0001f468\u200d\U0001f469", id="other scripts stay"),
        pytest.param("[bold]Birch[/]", "[bold]Birch[/]", id="brackets are text"),
        pytest.param("\x00\x1b", "", id="nothing is left of nothing"),
    ],
)
def test_what_cleaning_leaves(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_the_lines_of_a_note_stay_and_are_cleaned_each() -> None:
    assert clean("one\x1b[1m  two \r\n\n three\n", lines=True) == "one two\n\nthree"


def test_no_more_than_eight_marks_stay_on_a_letter() -> None:
    assert len(clean("x" + "\u0323" * 50)) == 9


def test_what_acts_on_a_terminal_or_turns_text_is_shown_as_a_mark() -> None:
    assert harmless("a\x1b[2Jb\x9bc\u202ed\x7f\r") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffd\ufffd"
    kept = "Łódź [b] 株式会社\n\tone\xa0two \u0646\u200c\u0647"
    assert harmless(kept) == kept


@given(st.text())
@settings(max_examples=30)
def test_what_was_cleaned_is_shown_as_it_is(text: str) -> None:
    assert harmless(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cafe muller", "Café MÜLLER"),
        ("lodz", "Łódź"),
        ("oresund", "Øresund"),
        ("strasse", "STRASSE"),
        ("strasse", "Straße"),
        ("abc", "ＡＢＣ"),
    ],
)
def test_folding_finds_names_without_accents_and_case(typed: str, name: str) -> None:
    assert fold(typed) in fold(name)


def test_two_spellings_of_a_customer_have_one_key() -> None:
    assert name_key(" BIRCH  Works\x1b[0m") == name_key("Birch works")
    assert name_key("Birch Works") != name_key("Birch Work")


@pytest.mark.parametrize(("count", "expected"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_plurals(count: int, expected: str) -> None:
    assert plural(count, "day") == expected
