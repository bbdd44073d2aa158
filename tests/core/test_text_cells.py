"""How many columns of a terminal a text takes."""

import pytest

from arctui.core.text import cell_width
from arctui.core.text_table import cut


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("田中商事", 8),
        ("e\u0301\u0302x", 2),
        ("שלום", 4),
        ("👩\u200d💻 Oy", 5),
        ("हिन्दी", 3),
        ("ｆｕｌｌ", 8),
        ("한국", 4),
    ],
)
def test_wide_letters_take_two_columns_and_marks_none(text: str, cells: int) -> None:
    assert cell_width(text) == cells
    for width in range(1, 9):
        assert cell_width(cut(text, width)) <= max(1, width)
