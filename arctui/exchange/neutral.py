"""Text in CSV that no spreadsheet takes for a formula, and the way back.

A program that opens a CSV file works out what begins like a formula. An apostrophe before it makes it text; our own
reader takes that apostrophe off again, so that nothing is lost on the way.
"""

import re

# What a formula begins with, in the full-width forms of East Asian keyboards too; blanks and a NUL may come before.
_FORMULA = r"[\s\0]*[=+\-@\t\r\n＝＋－＠]"
# Text that has apostrophes of its own before such a beginning gets one more, so that taking one off is always right.
_DANGEROUS = re.compile(rf"'*{_FORMULA}")
_MARKED = re.compile(rf"'+{_FORMULA}")


def neutral_cell(text: str) -> str:
    """Return a text as a cell of a CSV file holds it: with an apostrophe where it would be taken for a formula."""
    return f"'{text}" if text and not text[0].isalnum() and _DANGEROUS.match(text) else text


def plain_cell(text: str) -> str:
    """Take off the apostrophe of `neutral_cell`; any other stays."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text
