"""`arctui guide`: chapters and what is found in them, in the shell, without a book."""

from arctui.guide.chapters import NAMES, headings
from tests.cli.command import Arctui


def test_without_words_the_chapters_are_listed_with_their_names(empty: Arctui) -> None:
    result = empty.call("guide")
    assert result.code == 0
    assert all(title in result.out for title, _ in headings().values())
    assert all(name in result.out for name in NAMES)
    assert not empty.book.exists()


def test_a_chapter_is_printed_by_its_name_or_title_in_the_width_of_the_terminal(empty: Arctui) -> None:
    by_name, by_title = empty.call("guide", "bank"), empty.call("guide", "Bank", "Lines")
    assert by_name.out == by_title.out
    assert by_name.out.startswith(" Bank lines\n")
    assert max(map(len, by_name.out.splitlines())) <= 100
    assert "[" not in by_name.out


def test_words_print_the_lines_that_have_them_under_their_chapters(empty: Arctui) -> None:
    result = empty.call("guide", "grace")
    assert "Promises and how they end (arctui guide promises)" in result.out
    assert "grace business days after a promised date" in result.out


def test_words_of_one_chapter_only_print_that_chapter(empty: Arctui) -> None:
    assert empty.call("guide", "gross", "zzz").code == 1
    assert empty.call("guide", "jurisdiction", "contract").out.startswith(" The claim file\n")


def test_what_is_nowhere_is_said_with_what_to_do(empty: Arctui) -> None:
    result = empty.call("guide", "xyzzy")
    assert (result.code, result.out) == (1, "")
    assert result.notes == ["arctui: the guide has nothing on 'xyzzy': 'arctui guide' lists its chapters"]


def test_the_users_own_keys_stand_in_it(empty: Arctui) -> None:
    folder = empty.folder / "config" / "arctui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[keys]\npromise = "f7"\n', encoding="utf-8")
    shown = " ".join(empty.call("guide", "promises").out.split())
    assert "F7 takes one without the script" in shown


def test_for_a_screen_reader_it_is_printed_without_columns_and_line_ends_in_sentences(empty: Arctui) -> None:
    result = empty.call("guide", "list", "--plain")
    assert result.code == 0
    assert "!, a promise was broken, or only partly kept, and nobody has spoken with them since\n" in result.out
    assert not any(line.startswith(" ") or "  " in line or not line for line in result.out.splitlines())
