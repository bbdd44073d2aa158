"""Letters that were written: how each was sent, what undo takes back, that it stays as it was, its email."""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default

import msgspec
import pypdfium2 as pdfium
import pytest

from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy
from arctui.core.records import Activity, ActivityKind
from arctui.desk.errors import DeskError
from arctui.desk.letter_sending import otherwise, read_otherwise, record_otherwise, send_together, words_of
from arctui.desk.letters import Sending
from arctui.store import BookError
from tests.desk.ledgers import Ledger, nov
from tests.desk.lettered import birch, folder, letters, with_letters_due, write

REMINDER, DEMAND, FINAL = LEVELS


@pytest.fixture
def tried(ledger: Ledger) -> Ledger:
    """Birch was tried three times in vain; it is Monday 9 November."""
    return with_letters_due(ledger, "Birch")


# Sending


@pytest.mark.parametrize("kind", [REMINDER, LetterKind.STATEMENT])
def test_sending_is_an_activity_and_only_what_asks_for_money_is_a_letter_of_the_schedule(
    tried: Ledger, kind: LetterKind
) -> None:
    letter = write(tried, kind).letter
    tried.on(10)
    act = tried.desk.letters.sent(letter.id, SentBy.CERTIFIED, on=nov(9), tracking="9407 1118")
    assert act == f"{kind} 2026-0001 sent by certified mail, Birch Works"
    (now,) = letters(tried)
    assert (now.sent_by, now.sent_on, now.tracking) == (SentBy.CERTIFIED, nov(9), "9407 1118")
    activity = tried.book.facts.get(Activity, now.activity)
    assert activity is not None
    assert activity.kind is (ActivityKind.LETTER if kind is REMINDER else ActivityKind.NOTE)
    assert (activity.day, activity.note) == (nov(9), f"{kind} 2026-0001 by certified mail, 9407 1118")
    assert activity.invoices == letter.invoices


@pytest.mark.parametrize(
    ("by", "on", "words"),
    [
        (SentBy.CERTIFIED, None, "certified mail has a number"),
        (SentBy.MAIL, nov(11), "Wed 11 Nov is still to come"),
        (SentBy.MAIL, nov(6), "was written on Mon 9 Nov: it cannot have been sent on Fri 6 Nov"),
    ],
)
def test_a_sending_that_cannot_be_is_refused(tried: Ledger, by: SentBy, on: date | None, words: str) -> None:
    letter = write(tried).letter
    with pytest.raises(DeskError, match=words):
        tried.desk.letters.sent(letter.id, by, on=on)
    assert letters(tried) == [letter]


def test_what_may_not_be_asked_for_any_more_is_not_sent_today_but_was_perhaps_sent_before(tried: Ledger) -> None:
    letter = write(tried).letter
    tried.on(10)
    tried.paid("Birch Works,2026-11-10,60.00,B-1041,1")
    with pytest.raises(
        DeskError, match=r"asks for 150\.00 USD, of which 90\.00 USD may be asked for now: write it anew"
    ):
        tried.desk.letters.sent(letter.id, SentBy.MAIL)
    tried.desk.letters.sent(letter.id, SentBy.MAIL, on=nov(9))


def test_a_letter_whose_days_are_over_is_not_sent_today_and_one_sent_late_leaves_its_days_from_then(
    tried: Ledger,
) -> None:
    letter = write(tried, LEVELS[-1], why="test").letter
    assert letter.deadline == nov(23)
    tried.on(17)
    why = r"asks for it by Mon 23 Nov, but 14 days are to be left: write it anew"
    with pytest.raises(DeskError, match=why):
        tried.desk.letters.sent(letter.id, SentBy.MAIL)
    assert [said for _, said in send_together(tried.desk, [letter.id], SentBy.MAIL).refused] != []
    tried.desk.letters.sent(letter.id, SentBy.MAIL, on=nov(12))
    level, policy = tried.desk.standing(letter.account).contacts.level, tried.desk.policy
    assert level.next is None
    assert level.deadline(policy, tried.desk.rules.calendar) == nov(27), "the 26th is Thanksgiving"


def test_one_level_is_sent_once_within_the_days_between_two_letters(tried: Ledger) -> None:
    one, two = write(tried).letter, write(tried, why="lost").letter
    tried.desk.letters.sent(one.id, SentBy.MAIL)
    why = "reminder 2026-0001 went out on Mon 9 Nov: reminder 2026-0002 is not sent within 10 days of it"
    with pytest.raises(DeskError, match=why):
        tried.desk.letters.sent(two.id, SentBy.MAIL)
    assert send_together(tried.desk, [two.id], SentBy.MAIL).refused == (("Birch Works", why),)
    with pytest.raises(DeskError, match="is not sent within 10 days"):
        write(tried, why="once more", sending=Sending(SentBy.HAND))
    assert len(letters(tried)) == 2


def test_it_is_written_and_sent_in_one_act_that_undo_takes_back(tried: Ledger) -> None:
    made = write(tried, sending=Sending(SentBy.HAND))
    assert made.act == "reminder 2026-0001 written and sent by hand, Birch Works"
    assert made.letter.sent_on == nov(9)
    assert tried.desk.row(birch(tried)) is None
    tried.desk.undo()
    assert letters(tried) == []
    assert tried.desk.letters.due()


def test_several_are_sent_in_one_act_and_what_may_not_go_out_stays(tried: Ledger) -> None:
    one, two = write(tried).letter, write(tried, LetterKind.STATEMENT).letter
    with pytest.raises(DeskError, match="certified mail has a number each"):
        send_together(tried.desk, [one.id, two.id], SentBy.CERTIFIED)
    sent = send_together(tried.desk, [one.id, two.id, "gone"], SentBy.MAIL)
    assert sent.act == "2 letters sent by mail, 2026-0001 to 2026-0002"
    assert all(x.sent_by is SentBy.MAIL for x in letters(tried))
    tried.desk.undo()
    assert not any(x.sent_by for x in letters(tried))
    tried.paid("Birch Works,2026-11-09,60.00,B-1041,1")
    sent = send_together(tried.desk, [one.id, two.id], SentBy.EMAIL)
    assert [name for name, _ in sent.refused] == ["Birch Works"]
    assert sent.act == "1 letter sent by email, 2026-0002", "a statement is of its day"


ACTS: dict[str, Callable[[Ledger, Letter], object]] = {
    "sent again": lambda at, x: at.desk.letters.sent(x.id, SentBy.EMAIL),
    "sent with others": lambda at, x: send_together(at.desk, [x.id], SentBy.MAIL),
    "thrown away": lambda at, x: at.desk.letters.discard(x.id),
    "written anew": lambda at, x: write(at, REMINDER, why="again"),
    "its email": lambda at, x: at.desk.letters.email(x.id),
    "its copy": lambda at, x: at.desk.letters.path(x),
    "a payment": lambda at, x: at.paid("Birch Works,2026-11-10,150.00,B-1041,1"),
    "a promise": lambda at, x: at.desk.log(x.account, "fri 100 ach"),
    "a correction": lambda at, x: at.desk.corrections.save(x.account, "address 1 New St, Ulm"),
    "a setting": lambda at, x: at.desk.set_policy("firm", "Another"),
    "calls stopped": lambda at, x: at.desk.stop(x.account, "legal"),
    "a merge": lambda at, x: at.desk.identity.merge(at.account("Cedar").id, x.account),
    "an import": lambda at, x: at.open_items("Birch Works,B-1042,2026-09-15,2026-10-15,50.00,50.00"),
    "undo of what came later": lambda at, x: (at.desk.note(x.account, "n"), at.desk.undo()),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_no_act_changes_a_letter_that_was_sent(tried: Ledger, act: str) -> None:
    made = write(tried, sending=Sending(SentBy.CERTIFIED, None, "77"))
    content = made.paths[0].read_bytes()
    tried.on(10)
    try:
        ACTS[act](tried, made.letter)
    except DeskError as refused:
        assert "what was sent is not changed" in str(refused)  # noqa: PT017  most acts are possible and change others
    assert next(x for x in letters(tried) if x.id == made.letter.id) == made.letter
    assert made.paths[0].read_bytes() == content
    assert tried.desk.letters.files.documents.get(made.letter.files[0].digest) == content


def test_undo_takes_back_the_sending_then_the_writing_and_the_file_stays(tried: Ledger) -> None:
    made = write(tried)
    tried.desk.letters.sent(made.letter.id, SentBy.MAIL)
    tried.desk.undo()
    assert letters(tried) == [made.letter]
    tried.desk.undo()
    assert letters(tried) == []
    assert made.paths[0].exists()


def test_a_letter_that_was_not_sent_may_be_thrown_away(tried: Ledger) -> None:
    letter = write(tried).letter
    act = tried.desk.letters.discard(letter.id)
    assert act.startswith("reminder 2026-0001 thrown away, never sent, Birch Works; '2026-0001 reminder")
    assert tried.desk.letters.due()
    with pytest.raises(DeskError, match="no longer in the book"):
        tried.desk.letters.discard(letter.id)


# By email, and otherwise


def test_an_email_is_ready_for_a_mail_program_with_the_letter_as_it_was_written(tried: Ledger) -> None:
    made = write(tried, text=False)
    tried.on(10)
    path = tried.desk.letters.email(made.letter.id)
    assert path.name == "2026-0001 reminder Birch Works.eml"
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert mail["To"] == "Tony Marsh <tony@birch.example>"
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == made.paths[0].read_bytes()
    assert tried.desk.letters.email(made.letter.id) == path
    body = mail.get_body()
    assert body is not None
    assert "39" in body.get_content(), "the days late are those of the day on which it was written"


def test_the_email_says_word_for_word_what_the_paper_says_whatever_came_since(tried: Ledger) -> None:
    tried.desk.set_policy("demand_days", "20")
    made = write(tried, text=False, sending=Sending(SentBy.MAIL))
    tried.on(10)
    tried.desk.set_policy("signature", "Someone else")
    tried.paid("Birch Works,2026-11-10,60.00,B-1041,1")
    body = message_from_bytes(tried.desk.letters.email(made.letter.id).read_bytes(), policy=default).get_body()
    assert body is not None
    paper = pdfium.PdfDocument(made.paths[0].read_bytes())[0].get_textpage().get_text_range()
    on_paper = "".join(paper.split())
    for paragraph in body.get_content().split("\n\n"):
        # Lists stand in columns, which a reader of PDF puts in an order of its own.
        assert "  " in paragraph or "".join(paragraph.split()) in on_paper
    assert "by phone" in body.get_content()
    assert "We asked for payment before" not in body.get_content(), "no letter names itself"
    assert [f.name for f in made.letter.files] == [
        "2026-0001 reminder Birch Works.pdf",
        "2026-0001 reminder Birch Works (email).txt",
    ]


def test_thanks_are_given_once_and_by_email_too(tried: Ledger) -> None:
    tried.paid("Birch Works,2026-11-09,100.00,B-1041,1", "Birch Works,2026-11-09,50.00,B-1042,2")
    made = write(tried, LetterKind.THANKS, by_email=True)
    assert tried.desk.letters.email(made.letter.id).name == "2026-0001 thank-you Birch Works.eml"
    twice = write(tried, LetterKind.THANKS).letter
    assert twice.amount == made.letter.amount == 150, "the first is not sent yet"
    tried.desk.letters.sent(made.letter.id, SentBy.EMAIL)
    with pytest.raises(DeskError, match="no payment came that they could be thanked for"):
        write(tried, LetterKind.THANKS)
    with pytest.raises(DeskError, match="says what is no more so"):
        tried.desk.letters.sent(twice.id, SentBy.MAIL)


def test_no_email_is_made_of_what_is_no_more_so_or_without_an_address(tried: Ledger) -> None:
    letter = write(tried).letter
    tried.paid("Birch Works,2026-11-09,60.00,B-1041,1")
    with pytest.raises(DeskError, match=r"of which 90\.00 USD may be asked for now: write it anew"):
        tried.desk.letters.email(letter.id)
    cedar = tried.desk.letters.write(tried.account("Cedar").id, REMINDER, why="x", text=True).letter
    with pytest.raises(DeskError, match="no email address is known of Cedar Farm"):
        tried.desk.letters.email(cedar.id)


def test_a_letter_that_was_sent_otherwise_is_only_recorded(tried: Ledger) -> None:
    assert tried.desk.letters.record(birch(tried), " by our  lawyer ") == "letter, Birch Works"
    (activity,) = (a for a in tried.book.facts.all(Activity) if a.kind is ActivityKind.LETTER)
    assert activity.note == "by our lawyer"
    assert letters(tried) == []


def test_where_the_disk_refuses_nothing_is_in_the_book(tried: Ledger) -> None:
    documents = tried.desk.letters.files.documents
    documents.folder.write_text("in the way")
    number = tried.book.number
    with pytest.raises(BookError):
        write(tried)
    assert tried.book.number == number


def test_the_file_of_a_letter_that_is_thrown_away_does_not_lie_between_the_others(tried: Ledger) -> None:
    (file,) = write(tried).paths
    said = tried.desk.letters.discard(letters(tried)[0].id)
    assert said.endswith(f"; '{file.name}' lies in letters/withdrawn now: do not send what was taken back")
    assert [path.name for path in folder(tried).iterdir()] == ["withdrawn"]
    other = write(tried).paths[0]
    tried.desk.undo()
    (folder(tried) / "withdrawn" / other.name).write_bytes(b"another")
    assert tried.desk.letters.files.set_aside().startswith(f"'{other.name}' lies in letters/withdrawn")
    assert len(list((folder(tried) / "withdrawn").iterdir())) == 3
    assert tried.desk.letters.files.set_aside() == ""
    assert write(tried).letter.number == "2026-0003"


def test_where_files_cannot_be_moved_the_clerk_is_told_not_to_send_them(tried: Ledger) -> None:
    write(tried)
    (folder(tried) / "withdrawn").write_bytes(b"in the way")
    assert "still: do not send them" in tried.desk.letters.discard(letters(tried)[0].id)
    assert letters(tried) == []


@pytest.mark.parametrize(
    ("line", "words", "day"),
    [
        ("final demand certified RR 20 US nov 5", "final demand by certified mail, RR 20 US", nov(5)),
        ("on nov 5 the reminder was sent by post", "reminder by mail, the was", nov(5)),
        ("today demand e-mail", "demand by email", nov(9)),
        ("2026-11-02 certified mail RR 20 final", "final demand by certified mail, RR 20", nov(2)),
    ],
)
def test_how_a_letter_was_sent_otherwise_is_read_in_any_order(
    tried: Ledger, line: str, words: str, day: date
) -> None:
    found = read_otherwise(tried.desk, line)
    assert (found.words, found.on) == (words, day)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "which kind .*, which way .*, which day"),
        ("reminder mail", "^which day"),
        ("by our lawyer", "which kind"),
        ("reminder mail nov 10", "Tue 10 Nov is still to come"),
        ("demand certified RR 6 nov 5", "Thu 5 Nov or Fri 6 Nov"),
    ],
)
def test_a_line_that_leaves_kind_way_or_day_open_is_refused(tried: Ledger, line: str, why: str) -> None:
    number = tried.book.number
    with pytest.raises(DeskError, match=why):
        record_otherwise(tried.desk, birch(tried), line)
    assert tried.book.number == number


def test_two_letters_sent_otherwise_count_as_two_levels(tried: Ledger) -> None:
    for line in ("reminder mail nov 2", "demand mail nov 3"):
        record_otherwise(tried.desk, birch(tried), line)
    level = tried.desk.standing(birch(tried)).contacts.level
    assert (level.sent, level.next) == (2, LetterKind.FINAL)
    assert [a.note for a in otherwise(tried.desk.dossier(birch(tried)))] == ["demand by mail", "reminder by mail"]


def test_of_letters_that_go_together_those_left_are_told(tried: Ledger) -> None:
    letter = write(tried).letter
    other = tried.desk.letters.write(tried.account("Cedar").id, REMINDER, why="x", text=True).letter
    sent = send_together(tried.desk, [letter.id, other.id], SentBy.EMAIL)
    assert (sent.left, [name for name, _ in sent.refused]) == ((other.id,), ["Cedar Farm"])
    assert [each.id for each in tried.desk.letters.unsent()] == [other.id]


def test_the_words_of_a_letter_are_those_kept_with_it_else_those_of_its_file(tried: Ledger) -> None:
    text = write(tried).letter
    assert "B-1041" in words_of(tried.desk, text)
    paper = write(tried, LetterKind.STATEMENT, text=False).letter
    for letter in (text, paper):
        bare = msgspec.structs.replace(letter, files=letter.files[:1])
        assert "Birch Works" in words_of(tried.desk, bare)
    assert words_of(tried.desk, msgspec.structs.replace(text, files=())) == ""
