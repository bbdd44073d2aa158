"""Letters that were written: how each was sent, what undo takes back, that it stays as it was, its email."""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy
from arctui.core.records import Activity, ActivityKind
from arctui.desk.errors import DeskError
from arctui.desk.letter_sending import send_together
from arctui.desk.letters import Sending
from arctui.store import BookError
from tests.desk.ledgers import Ledger, nov
from tests.desk.lettered import birch, letters, with_letters_due, write

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
        (SentBy.MAIL, nov(6), "was written on Mon 9 Nov: it went out later"),
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
    assert [name for name, _ in sent.refused] == ["Birch Works", "Birch Works"]
    assert sent.act == ""
    assert send_together(tried.desk, [two.id], SentBy.HAND).act == "1 letter sent by hand, 2026-0002"


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
    assert act == "reminder 2026-0001 thrown away, never sent, Birch Works"
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


def test_no_email_is_made_of_what_is_no_more_so_or_without_an_address(tried: Ledger) -> None:
    letter = write(tried).letter
    tried.paid("Birch Works,2026-11-09,60.00,B-1041,1")
    with pytest.raises(DeskError, match="says what is no more so: write it anew"):
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
