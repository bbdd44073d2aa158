"""The letters and papers of the demo book: whole, numbered, and one account that is ready for the court."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from arctui.core.letter_records import LEVELS, Attachment, Letter, LetterKind
from arctui.core.money import grouped
from arctui.core.reasons import Bucket
from arctui.core.records import Account, Activity, ActivityKind
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.desk.demo.scans import pdf_of
from arctui.exchange.media import media_of
from arctui.store import Book
from arctui.store.documents import Documents
from tests.desk.demo_days import DAYS, Made, made
from tests.letters.seen import texts

ON = pytest.mark.parametrize("day", DAYS.values(), ids=DAYS.keys())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return make_demo_book(tmp_path_factory.mktemp("demo") / "demo.json", Clock("2026-11-23T10:12"), "ann")


def text_of(content: bytes) -> str:
    return "\n".join(texts(content))


def the_claim(m: Made) -> str:
    (account,) = (a.id for a in m.facts.all(Account) if a.legal_name)
    return account


@ON
def test_letters_of_every_level_are_due(day: date) -> None:
    rows = {r.account: r.why for r in made(day).rows if r.bucket is Bucket.LETTER}
    assert any("letter due: reminder" in why for why in rows.values())
    assert any("letter due: demand" in why for why in rows.values())
    assert "the claim file can be written" in rows[the_claim(made(day))]


@ON
def test_letters_are_numbered_by_year_in_the_order_of_their_days(day: date) -> None:
    letters = sorted(made(day).facts.all(Letter), key=lambda letter: letter.at)
    counts: Counter[int] = Counter()
    for letter in letters:
        counts[letter.day.year] += 1
        assert letter.number == f"{letter.day.year}-{counts[letter.day.year]:04}"
        sending = made(day).facts.get(Activity, letter.activity)
        assert sending
        assert (sending.kind, sending.day, sending.account) == (ActivityKind.LETTER, letter.sent_on, letter.account)
        assert sending.invoices == letter.invoices


@ON
def test_one_account_was_asked_by_every_level_and_its_papers_are_there(day: date) -> None:
    dossier = made(day).dossier(the_claim(made(day)))
    assert tuple(letter.kind for letter in dossier.letters) == LEVELS
    last = dossier.letters[-1]
    assert last.deadline
    assert last.deadline < day
    assert last.tracking
    account = dossier.account
    assert all((account.legal_name, account.jurisdiction, account.contract, account.address))
    about = Counter(a.about for a in dossier.attachments)
    assert about[last.id] == 1
    assert all(about[i.id] == 2 for i in dossier.invoices if i.id in last.invoices)
    assert all(a.day < day for a in dossier.attachments)


def test_every_file_is_there_and_is_what_its_record_says(book: Book) -> None:
    documents = Documents(book.path)
    for attachment in book.facts.all(Attachment):
        content = documents.get(attachment.digest)
        assert (len(content), media_of(content)) == (attachment.size, attachment.media)
    assert documents.names() == {a.digest for a in book.facts.all(Attachment)} | {
        file.digest for letter in book.facts.all(Letter) for file in letter.files
    }


def test_each_letter_says_what_its_record_says(book: Book) -> None:
    documents = Documents(book.path)
    for letter in book.facts.all(Letter):
        (file,) = letter.files
        assert file.name.startswith(f"{letter.number} {letter.kind} ")
        text = text_of(documents.get(file.digest))
        asked = letter.amount + letter.interest + letter.fee
        assert letter.number in text
        assert grouped(asked, letter.currency) in text
        assert letter.interest > 0
        assert all(line in " ".join(text.split()) for line in letter.address.split("\n"))


def test_the_amounts_of_the_final_demand_are_right(book: Book) -> None:
    (letter,) = (x for x in book.facts.all(Letter) if x.kind is LetterKind.FINAL)
    # 2,480.00 for 82 days and 1,365.50 for 55 days at 9 %: 50.1435 and 18.5184; two fees of 25.00.
    assert (letter.amount, letter.interest, letter.fee) == (Decimal("3845.50"), Decimal("68.66"), Decimal("50.00"))


def test_a_paper_of_many_lines_has_several_pages_and_loses_none() -> None:
    lines = [f"line {n} (of a \\ paper)" for n in range(120)] + ["long " * 40]
    content = pdf_of(lines)
    assert pdf_of(lines) == content
    assert len(texts(content)) == 3
    text = text_of(content)
    assert all(line in text for line in lines[:-1])
    assert text.count("long") == 40
