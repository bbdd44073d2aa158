"""Lines that a text is broken into: all have room, and nothing but blanks at a break is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.letters.breaking import broken, right_to_left

#: Latin, a mark on the letter before it, Chinese with its marks, Arabic, blanks.
_LETTERS = "ab é\u0301山田，。「」ア ـمر\u200d-1 "


def lines(text: str, room: float) -> list[str]:
    return broken(text, lambda part: float(len(part)), room)


@settings(max_examples=60)
@given(st.text(_LETTERS, max_size=60), st.integers(min_value=4, max_value=20))
def test_lines_have_room_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    found = lines(text, room)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(len(line.strip(" ")) <= room or not line.strip(" ").isascii() for line in found)


def test_a_text_is_broken_at_blanks_and_a_longer_word_inside() -> None:
    assert lines("one two three", 7) == ["one two", "three"]
    assert lines("to abcdefghijk", 5) == ["to", "abcde", "fghij", "k"]
    assert lines("", 5) == [""]


def test_a_script_without_blanks_is_broken_between_letters_and_no_line_begins_with_a_full_stop() -> None:
    assert lines("山田商事株式会社", 3) == ["山田商", "事株式", "会社"]
    assert lines("山田商。事", 3) == ["山田", "商。事"]
    assert lines("山田「商」", 3) == ["山田", "「商」"]


def test_a_mark_stays_with_its_letter() -> None:
    assert lines("e\u0301" * 4, 3) == ["e\u0301"] * 4
    assert lines("e\u0301\u0302\u0303", 2) == ["e\u0301\u0302\u0303"]


def test_the_first_letter_with_a_direction_tells_the_texts() -> None:
    assert [right_to_left(t) for t in ("abc", "12 שלום", "Birch שלום", "", "12", "é", "شركة")] == [
        False,
        True,
        False,
        False,
        False,
        False,
        True,
    ]
