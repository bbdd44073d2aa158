"""Letters at the desk: what is due, writing one, its file and number, how it was sent, that it stays as it was."""

import errno
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.letter_records import LEVELS, LetterKind, SentBy
from arctui.core.records import Activity, ActivityKind
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.confirming import file_name
from arctui.desk.errors import CardNumberError, DeskError, RefusedError, UndueError
from arctui.desk.letter_files import lay
from arctui.store import Book, BookConflictError, BookError
from tests.desk.ledgers import Ledger, nov
from tests.desk.lettered import birch, folder, letters, with_letters_due, write
from tests.letters.fonts import font_of

REMINDER, DEMAND, FINAL = LEVELS


@pytest.fixture
def tried(ledger: Ledger) -> Ledger:
    """Birch was tried three times in vain; it is Monday 9 November."""
    return with_letters_due(ledger, "Birch")


# What is due


def test_the_kind_that_is_due_says_so_and_the_others_say_why_not(tried: Ledger) -> None:
    choices = {c.kind: c for c in tried.desk.letters.choices(birch(tried))}
    assert list(choices) == list(LetterKind)
    assert [k for k, c in choices.items() if c.due] == [REMINDER]
    assert choices[REMINDER].why == "3 tries in a row reached nobody"
    assert choices[DEMAND].why == "a reminder is due, no demand"
    assert choices[LetterKind.THANKS].problem == "150.00 is past due still"
    assert all(not choices[kind].problem for kind in (*LEVELS, LetterKind.STATEMENT))


def test_letters_due_are_listed_with_their_amount_until_they_are_written(tried: Ledger) -> None:
    (due,) = tried.desk.letters.due()
    assert (due.name, due.kind, due.why, due.amount) == (
        "Birch Works",
        REMINDER,
        "3 tries in a row reached nobody",
        "150.00",
    )
    write(tried)
    assert tried.desk.letters.due() == []


# Before it is written


def test_a_letter_that_no_font_can_draw_is_no_pdf_and_says_so_before(
    tried: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    account = birch(tried)
    tried.desk.corrections.save(account, "legal name 中田 Works")
    says = "no font on this machine has 2 letters (中 田): put one into the folder 'fonts' beside the book"
    found = tried.desk.letters.preview(account, REMINDER).warnings
    assert f"{says}; until then only plain text or an email can be written" in found
    number = tried.book.number
    with pytest.raises(DeskError, match=r"\(中 田\).*, or write it as plain text \(--text\) or by email"):
        tried.desk.letters.write(account, REMINDER)
    assert (tried.book.number, letters(tried), sorted(folder(tried).iterdir())) == (number, [], [])
    # An email has its words in the reader's fonts.
    made = tried.desk.letters.write(account, REMINDER, by_email=True)
    assert "中田 Works" in made.paths[0].read_text()
    assert made.letter.files[0].name.endswith(".txt")
    # A font that is put there is seen at once.
    (tried.folder / "fonts").mkdir()
    font_of(tried.folder / "fonts" / "boxes.ttf", "中田")
    assert not any("no font" in warning for warning in tried.desk.letters.preview(account, REMINDER).warnings)
    made = tried.desk.letters.write(account, REMINDER, why="on paper too")
    assert made.paths[0].suffix == ".pdf"


def test_a_preview_writes_nothing_and_says_what_is_lacking(tried: Ledger) -> None:
    number = tried.book.number
    preview = tried.desk.letters.preview(birch(tried), REMINDER)
    assert preview.due
    assert not preview.needs_reason
    assert "150.00 USD" in preview.text
    assert "Attn Tony Marsh\n12 Mill Rd\nSpringfield, IL 62701" in preview.text
    assert any("arctui policy firm" in warning for warning in preview.warnings)
    assert tried.book.number == number
    assert not tried.desk.letters.files.documents.folder.exists()


def test_the_warnings_go_with_the_settings_and_tell_of_a_letter_that_waits(tried: Ledger) -> None:
    for name, text in (("firm", "Northside"), ("letterhead", "1 Quay | Boston"), ("remittance", "Bank 1")):
        tried.desk.set_policy(name, text)
    write(tried)
    preview = tried.desk.letters.preview(birch(tried), REMINDER)
    assert preview.warnings[0] == "letter 2026-0001 written Mon 9 Nov, not sent yet"
    assert not any("arctui policy" in warning for warning in preview.warnings)
    assert preview.text.startswith("Northside\n1 Quay\nBoston\n")


def test_a_letter_that_is_refused_says_why_and_leaves_nothing(tried: Ledger) -> None:
    number = tried.book.number
    with pytest.raises(RefusedError, match="no reminder to Dale Mill: no postal address is known"):
        tried.desk.letters.write(tried.account("Dale").id, REMINDER, why="again")
    with pytest.raises(RefusedError, match=r"no thank-you to Birch Works: 150\.00 is past due still"):
        write(tried, LetterKind.THANKS)
    tried.desk.stop(birch(tried), "legal")
    with pytest.raises(RefusedError, match="not to be written to: legal"):
        write(tried)
    assert tried.book.number == number + 1
    assert not tried.desk.letters.files.documents.folder.exists()


def test_somebody_unknown_is_no_addressee_and_a_part_of_a_name_is_enough(tried: Ledger) -> None:
    with pytest.raises(DeskError, match="'lee' is nobody, or several, at Birch Works: known are Tony Marsh"):
        write(tried, person="lee")
    assert write(tried, person="marsh").letter.person == "Tony Marsh"


def test_a_currency_in_which_nothing_is_owed_is_refused(tried: Ledger) -> None:
    with pytest.raises(DeskError, match="nothing is owed in EUR: USD"):
        write(tried, currency="eur")
    assert write(tried, currency="usd").letter.currency == "USD"


# Writing


def test_a_written_letter_is_a_record_with_its_file_and_a_copy_to_be_read(tried: Ledger) -> None:
    made = write(tried, text=False)
    letter = made.letter
    assert (letter.number, letter.kind, letter.day, letter.by, letter.person) == (
        "2026-0001",
        REMINDER,
        nov(9),
        "ann",
        "Tony Marsh",
    )
    assert (letter.amount, letter.currency, letter.deadline) == (Decimal(150), "USD", nov(19))
    assert letter.address == "12 Mill Rd, Springfield, IL 62701"
    assert set(letter.invoices) == {i.id for i in tried.invoices().values()}
    assert letter.template is not None
    assert letter.template.name == "standard"
    assert made.act == "reminder 2026-0001 written, Birch Works"
    (path,) = made.paths
    assert path.name == "2026-0001 reminder Birch Works.pdf"
    content = tried.desk.letters.files.documents.get(letter.files[0].digest)
    assert content.startswith(b"%PDF")
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert tried.desk.check()[0] == []
    assert tried.desk.letters.of(birch(tried)) == [letter]
    assert not [a for a in tried.book.facts.all(Activity) if a.kind is ActivityKind.LETTER]


def test_it_may_be_plain_text_and_a_lost_copy_is_laid_there_again(tried: Ledger) -> None:
    made = write(tried)
    (path,) = made.paths
    text = path.read_text(encoding="utf-8")
    assert path.name == "2026-0001 reminder Birch Works.txt"
    assert "Letter 2026-0001" in text
    path.unlink()
    assert tried.desk.letters.path(made.letter) == path
    assert path.read_text(encoding="utf-8") == text


def test_the_worklist_says_so_until_it_is_sent(tried: Ledger) -> None:
    made = write(tried)
    row = tried.desk.row(birch(tried))
    assert row is not None
    assert row.why.startswith(
        "letter due: reminder, 3 tries in a row reached nobody; letter 2026-0001 written Mon 9 Nov, not sent yet"
    )
    tried.desk.letters.sent(made.letter.id, SentBy.MAIL)
    assert tried.desk.row(birch(tried)) is None
    following = tried.desk.standing(birch(tried)).next
    assert following is not None
    assert following.why == "call 10 days after the letter of Mon 9 Nov"


def test_one_before_its_time_needs_a_reason_which_is_kept(tried: Ledger) -> None:
    with pytest.raises(UndueError, match="a reminder is due, no final demand: a final demand now needs a reason"):
        write(tried, FINAL)
    with pytest.raises(CardNumberError):
        write(tried, FINAL, why="card 4111 1111 1111 1111")
    assert not folder(tried).exists() or not list(folder(tried).iterdir())
    assert write(tried, REMINDER, why="not needed").letter.why == "", "it is due"
    with pytest.raises(
        UndueError, match="reminder 2026-0001 is written and not sent yet: a reminder now needs a rea"
    ):
        write(tried, REMINDER)
    assert write(tried, FINAL, why=" broke three\x1b[31m promises ").letter.why == "broke three promises"
    assert write(tried, LetterKind.STATEMENT).letter.why == ""


def test_a_broken_template_of_the_firm_writes_nothing_and_names_file_and_line(tried: Ledger) -> None:
    own = tried.book.path.parent / "letters"
    own.mkdir()
    (own / "reminder.txt").write_text("Subject: Pay\n\nDear {{ nobody_knows }}\n", encoding="utf-8")
    number = tried.book.number
    with pytest.raises(DeskError, match=r"reminder\.txt:3: "):
        write(tried)
    assert tried.book.number == number
    assert letters(tried) == []
    (own / "reminder.txt").write_text("Subject: Pay\n\nPay {{ total }} now.\n", encoding="utf-8")
    letter = write(tried).letter
    assert letter.template is not None
    assert letter.template.name == "reminder.txt"


@pytest.mark.parametrize("what", ["missing", "folder", "no picture"])
def test_a_picture_that_is_none_writes_nothing_and_is_named(tried: Ledger, what: str) -> None:
    tried.desk.set_policy("letter_logo", "logo.png")
    path = tried.book.path.parent / "logo.png"
    if what == "folder":
        path.mkdir()
    elif what == "no picture":
        path.write_bytes(b"GIF89a")
    with pytest.raises(DeskError, match="logo"):
        write(tried, text=False)
    assert letters(tried) == []


# Numbers


def test_numbers_count_the_letters_of_a_year_and_none_is_given_twice(tried: Ledger) -> None:
    assert write(tried).letter.number == "2026-0001"
    assert write(tried, why="anew").letter.number == "2026-0002"
    tried.desk.undo()
    assert write(tried, why="anew").letter.number == "2026-0003"
    tried.desk.letters.discard(tried.desk.letters.find("2026-0003").id)
    for path in (p for p in folder(tried).rglob("*") if p.is_file()):
        path.unlink()
    again = Ledger(tried.folder, 9)
    assert write(again, why="anew").letter.number == "2026-0004", "the history knows of them"
    (folder(tried) / "2026-0041 reminder Elm.pdf").touch()
    assert write(again, why="anew").letter.number == "2026-0042", "so do the files"
    again.desk = Desk(again.book, Clock("2027-01-04T09:00:00-05:00"), "ann")
    assert again.desk.letters.write(birch(again), REMINDER, why="new year", text=True).letter.number == "2027-0001"


def test_a_letter_is_found_by_its_number(tried: Ledger) -> None:
    letter = write(tried).letter
    assert tried.desk.letters.find("2026-0001") == tried.desk.letters.find(" 1 ") == letter
    for number in ("2026-0002", "x", ""):
        with pytest.raises(DeskError, match="letter"):
            tried.desk.letters.find(number)


def test_two_sessions_never_take_one_number(tried: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another session writes while this one sets its letter: this one is made anew with the next number."""
    other = Desk(Book(tried.book.path), Clock("2026-11-09T09:00:00-05:00"), "bea")
    commit, done = tried.desk.commit, list[str]()

    def late(*given: object, **how: object) -> str:
        if not done:
            done.append(other.note(birch(tried), "called the owner"))
        return commit(*given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(tried.desk, "commit", late)
    assert write(tried).letter.number == "2026-0001"
    assert other.letters.write(birch(tried), REMINDER, why="bea's", text=True).letter.number == "2026-0002"
    assert [x.number for x in letters(tried)] == ["2026-0001"]
    assert len(list(folder(tried).iterdir())) == 2


def test_where_another_session_is_always_quicker_it_says_so(tried: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Desk(Book(tried.book.path), Clock("2026-11-09T09:00:00-05:00"), "bea")
    commit = tried.desk.commit

    def late(*given: object, **how: object) -> str:
        other.note(birch(tried), "busy")
        return commit(*given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(tried.desk, "commit", late)
    with pytest.raises(BookConflictError):
        write(tried)
    assert letters(tried) == []
    assert list(folder(tried).iterdir()) == []


def test_a_letter_whose_record_is_not_made_leaves_no_content(tried: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise BookError("the disk is full")

    monkeypatch.setattr(tried.desk, "commit", full)
    with pytest.raises(BookError, match="the disk is full"):
        write(tried)
    assert tried.desk.letters.files.documents.names() == set()


def test_a_copy_that_cannot_be_written_whole_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    assert lay(tmp_path, "2026-0001 a.pdf", b"one").read_bytes() == b"one"
    with monkeypatch.context() as patched:
        patched.setattr("arctui.store.rights.make_private", full)
        with pytest.raises(BookError, match=r"2026-0001 b\.pdf cannot be written: the disk is full"):
            lay(tmp_path, "2026-0001 b.pdf", b"two")
    assert [p.name for p in tmp_path.iterdir()] == ["2026-0001 a.pdf"]
    assert lay(tmp_path, "2026-0001 a.pdf", b"one").name == "2026-0001 a.pdf"
    assert lay(tmp_path, "2026-0001 a.pdf", b"other").name == "2026-0001 a (2).pdf"


@pytest.mark.parametrize("name", ["हिन्दी व्यापार", "ไทยการค้า"])
def test_the_names_of_files_keep_the_vowels_of_every_script(name: str) -> None:
    assert file_name(name) == name
