import pytest

from scripts.benchmarks.picture import Picture


def shown(*output: str, columns: int = 10, lines: int = 3) -> list[str]:
    picture = Picture(columns, lines)
    for piece in output:
        picture.feed(piece.encode())
    return picture.text.split("\n")


def test_text_stands_where_the_cursor_was_sent() -> None:
    assert shown("\x1b[2;3Hab\x1b[Hc") == ["c", "  ab", ""]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_sequence_cut_off_anywhere_is_completed_by_the_next_piece(cut: int) -> None:
    whole = "\x1b]0;ti\x07\x1b[2;3Hé"
    picture = Picture(10, 3)
    picture.feed(whole.encode()[:cut])
    picture.feed(whole.encode()[cut:])
    assert picture.text == "\n  é\n"


def test_what_only_terminals_understand_leaves_no_trace() -> None:
    assert shown("\x1b[>1u\x1b[?2026$p\x1b[?2026ha\x1b(B\x1b[?2026l\x1bP+q\x1b\\b") == ["ab", "", ""]


def test_text_goes_on_in_the_next_line_and_the_screen_rolls_up() -> None:
    assert shown("abcdefghijkl\r\nm\r\nn") == ["kl", "m", "n"]


def test_a_full_line_does_not_roll_the_screen() -> None:
    assert shown("\x1b[3;1Habcdefghij\x1b[1;1Hx") == ["x", "", "abcdefghij"]


def test_wide_characters_take_two_cells_and_combining_ones_none() -> None:
    assert shown("\u6771x\x1b[2;1He\u0301x\x1b[1;3Hy") == ["\u6771y", "ex", ""]


@pytest.mark.parametrize(
    ("sequence", "lines"),
    [
        ("\x1b[K", ["abcd", "ef", "ijkl"]),
        ("\x1b[1K", ["abcd", "   h", "ijkl"]),
        ("\x1b[J", ["abcd", "ef", ""]),
        ("\x1b[2J", ["", "", ""]),
        ("\x1b[P", ["abcd", "efh", "ijkl"]),
        ("\x1b[2@", ["abcd", "ef  gh", "ijkl"]),
        ("\x1b[X", ["abcd", "ef h", "ijkl"]),
        ("\x1b[L", ["abcd", "", "efgh"]),
        ("\x1b[M", ["abcd", "ijkl", ""]),
        ("\x1b[S", ["efgh", "ijkl", ""]),
        ("\x1b[T", ["", "abcd", "efgh"]),
        ("z\x1b[2b", ["abcd", "efzzz", "ijkl"]),
        ("\x1b[1;2r\x1b[2;1H\n", ["efgh", "", "ijkl"]),
    ],
)
def test_editing_and_scrolling_change_the_lines(sequence: str, lines: list[str]) -> None:
    assert shown("abcd\r\nefgh\r\nijkl\x1b[2;3H", sequence) == lines


def test_a_line_painted_again_in_another_way_but_alike_has_not_changed() -> None:
    picture = Picture(10, 3)
    picture.feed(b"\x1b[1;38;5;12mab\x1b[0m")
    before = picture.rows()
    picture.feed(b"\x1b[H\x1b[38:5:12m\x1b[4m\x1b[24;1mab\x1b[m")
    assert (picture.changed(before), picture.least(before)) == (0, 0)


def test_another_colour_is_another_look() -> None:
    picture = Picture(10, 3)
    picture.feed(b"ab\r\nc")
    before = picture.rows()
    picture.feed(b"\x1b[H\x1b[31mab\x1b[39m\r\nc")
    assert picture.changed(before) == 1


def test_the_least_that_shows_a_change_is_a_move_a_look_and_the_characters() -> None:
    picture = Picture(40, 3)
    before = picture.rows()
    picture.feed(b"\x1b[2;5Hab c\x1b[2;30H\x1b[7mx")
    assert picture.least(before) == len("\x1b[2;5Hab c" + "\x1b[2;30H" + "\x1b[0;7m" + "x")


def test_the_program_tells_which_cursor_keys_it_wants() -> None:
    picture = Picture(10, 3)
    picture.feed(b"\x1b[?1h")
    assert picture.application_keys
    picture.feed(b"\x1b[?1l")
    assert not picture.application_keys
