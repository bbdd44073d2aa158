"""Texts that were written to harm, and what of them may never come out anywhere."""

import os
import unicodedata
from pathlib import Path

#: A file with more of them, a text a line in Python's escapes, `#` before a remark: for a long run by hand.
_MORE = os.environ.get("ARCTUI_HOSTILE_TEXTS", "")

_MARKUP = [
    "[/]",
    "[bold]Late[/italic]",
    "[@click=app.quit]press[/]",
    "[link=https://pay.invalid]here[/link]",
    "[Lyon]",
    "\\[[two]]",
    "{{ 7 * 7 }} {% raw %} %(x)s {0.__class__}",
    "<script>alert(1)</script> <b>&amp;",
    "![x](https://pay.invalid) **b** | c |",
    ":warning: `code` # head",
]
_TERMINAL = [
    "\x1b[31;7mred\x1b[0m",
    "\x1b[2J\x1b[Hgone",
    "\x1b]0;a title\x07",
    "\x1b]52;c;aGk=\x07",
    "\x1b]8;;https://pay.invalid\x1b\\a link\x1b]8;;\x1b\\",
    "\x1b[6n\x1b[c",
    "\x1bP+q544e\x1b\\",
    "\x1bc\x1b[?1049l",
    "\x9b2J\x9d0;title\x9cC1",
    "back\x08\x08\x08space",
    "carriage\rreturn",
    "bell\x07 del\x7f form\x0c so\x0e",
    "nul\x00byte",
]
_LINES = ["one\ntwo", "one\r\ntwo", "tab\there", "one\u2028two\u2029three", "next\x85line"]
_WRITING = [
    "\u202eESREVER\u202c end",
    "\u2066alone\u2069 \u200fmark",
    "ze\u200bro\ufeff wid\u2060th \u00adsoft",
    "E" + "\u0301" * 500 + "nd",
    "\u0301\u0302begins with marks",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 family \U0001f1e9\U0001f1ea",
    "\U0001f3fb\ufe0f\u20e3 parts of emoji",
    "\u0645\u0624\u0633\u0633\u0629 \u05d1\u05e8\u05d5\u05e9",
    "\u682a\u5f0f\u4f1a\u793e \uff21\uff22",
    "\u1100\u1161\u11a8 \u0e01\u0e33 \u0915\u094d\u0937",
    "\ufdfd\u3164\u2800 blank letters",
    "\ud800 alone \udcff",
    "\ufffe\uffff\ue000\U000e0041 no characters",
]
_FORMULAS = [
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\uff1d1+1",
    "'=1+1",
    '=HYPERLINK("https://pay.invalid","x")',
]
_FILES = [
    "../../up",
    "/etc/hosts",
    "~root",
    "~nobody-here/x",
    "CON",
    "-rf",
    "--help",
    "a/b\\c:d",
    "." * 40,
    "$(id) `id`; id | cat",
]
_FORMATS = [
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:more",
    "a;b,c\\n:d",
    "x\r\nBcc: thief@pay.invalid\r\n\r\nbody",
    '"}]} \\u0000 null',
    '"quoted" \'single\' ""',
    "NaN 1e999 0x10 1_000",
]
_NUMBERS = [
    "9" * 5000,
    "1" * 400 + "." + "2" * 400,
    "1/" * 3000,
    "\u0663\u0662 \u00b2\u00bd \uff11\uff12",
    "-0 +0 00",
]
_LONG = ["\U00020000" * 300, "long " * 2000, "L" * 10_000]


def _more() -> list[str]:
    if not _MORE:
        return []
    lines = Path(_MORE).read_text(encoding="utf-8").splitlines()
    return [line.encode().decode("unicode_escape") for line in lines if line and not line.startswith("#")]


HOSTILE = [*_MARKUP, *_TERMINAL, *_LINES, *_WRITING, *_FORMULAS, *_FILES, *_FORMATS, *_NUMBERS, *_LONG, *_more()]

#: The two format characters that shape writing and emoji, and the mark that the screen itself sets on both sides of
#: what is written from right to left; all others only hide or turn text.
_SHAPING = "\u200c\u200d\u200e"


def harm(text: str, *, lines: bool = False) -> list[str]:
    """Return the characters that a terminal acts on, that turn or hide text, or that are none; `lines`: but "\\n"."""
    return [c for c in set(text) - set(_SHAPING) - set("\n" if lines else "") if _harms(c)]


def _harms(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
