"""Many letters at once: one act, one file to print, what is refused and why, nothing where it is called off."""

import io
import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from pypdf import PdfReader

from arctui.core.letter_records import LEVELS, SentBy
from arctui.core.letter_values import LetterValues
from arctui.core.records import Activity, ActivityKind
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.errors import DeskError
from arctui.desk.letter_batch import Batch, LetterBatch
from arctui.desk.letter_files import LetterFiles
from arctui.desk.letters import Sending
from arctui.exchange.progress import Cancelled
from arctui.letters.letter_pdf import Press
from arctui.letters.paper import LetterPaper
from arctui.letters.rendered import Rendered
from arctui.store import Book, BookError
from tests.desk.ledgers import Ledger, nov
from tests.desk.lettered import letters, with_letters_due

_SECONDS = 20.0


@pytest.fixture
def due(ledger: Ledger) -> Ledger:
    """Three customers were tried in vain, of which Dale has no address; it is Monday 9 November."""
    return with_letters_due(ledger, "Birch", "Cedar", "Dale")


class Gate:
    """A press that waits before each letter until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.on = threading.Semaphore(0), threading.Semaphore(0)
        real: Callable[[Press, Rendered, LetterValues, LetterPaper], bytes] = Press.pdf

        def pdf(press: Press, rendered: Rendered, values: LetterValues, paper: LetterPaper) -> bytes:
            self.reached.release()
            assert self.on.acquire(timeout=_SECONDS)
            return real(press, rendered, values, paper)

        monkeypatch.setattr(Press, "pdf", pdf)


def written(ledger: Ledger, sending: Sending | None = None) -> Batch:
    batch = LetterBatch(ledger.desk, None, sending=sending)
    assert batch.wait(_SECONDS)
    return batch.finish()


def texts(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_all_that_are_due_are_written_in_one_act_with_one_file_to_print(due: Ledger) -> None:
    assert [d.name for d in due.desk.letters.due()] == ["Birch Works", "Dale Mill", "Cedar Farm"]
    number = due.book.number
    batch = written(due)
    assert due.book.number == number + 1
    assert batch.act == "2 letters written, 2026-0001 to 2026-0002"
    assert [(x.number, x.kind, x.amount) for x in batch.letters] == [
        ("2026-0001", LEVELS[0], Decimal(150)),
        ("2026-0002", LEVELS[0], Decimal(30)),
    ]
    assert batch.letters == tuple(letters(due))
    ((name, why),) = batch.refused
    assert name == "Dale Mill"
    assert why.startswith("no postal address is known")
    documents = due.desk.letters.files.documents
    assert [p.read_bytes() for p in batch.paths] == [documents.get(x.files[0].digest) for x in batch.letters]
    assert batch.print_file is not None
    printed = texts(batch.print_file.read_bytes())
    assert printed.index("2026-0001") < printed.index("2026-0002")
    assert "150.00" in printed
    assert due.desk.check()[0] == []
    due.desk.undo()
    assert letters(due) == []
    assert written(due).letters[0].number == "2026-0003"


def test_those_that_were_written_are_due_no_more_and_who_is_not_due_is_refused(due: Ledger) -> None:
    written(due)
    assert [d.name for d in due.desk.letters.due()] == ["Dale Mill"]
    due.desk.log(due.account("Dale").id, "ref no money")
    with pytest.raises(DeskError, match="no letter is due"):
        LetterBatch(due.desk, None)
    batch = LetterBatch(due.desk, [due.account("Dale").id])
    assert batch.wait(_SECONDS)
    assert batch.finish() == Batch(refused=(("Dale Mill", "no letter is due"),))
    batch = LetterBatch(due.desk, [due.account("Cedar").id])
    assert batch.wait(_SECONDS)
    why = "reminder 2026-0002 is written and not sent yet: a reminder now needs a reason"
    assert batch.finish() == Batch(refused=(("Cedar Farm", why),))


def test_they_are_sent_in_the_same_act_where_that_is_said(due: Ledger) -> None:
    batch = written(due, Sending(SentBy.MAIL))
    assert batch.act == "2 letters written and sent by mail, 2026-0001 to 2026-0002"
    assert all(x.sent_on == nov(9) for x in letters(due))
    assert len([a for a in due.book.facts.all(Activity) if a.kind is ActivityKind.LETTER]) == 2
    assert [r.name for r in due.desk.worklist()] == ["Dale Mill"]


def test_who_has_an_email_only_gets_theirs_by_email(due: Ledger) -> None:
    due.desk.corrections.save(due.account("Dale").id, "joe dale joe@dale.example")
    batch = written(due, Sending(SentBy.EMAIL))
    assert [name for name, _ in batch.refused] == ["Cedar Farm"]
    assert len(batch.letters) == 2


def test_its_stand_counts_the_letters_and_calling_it_off_leaves_none(
    due: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, ended = Gate(monkeypatch), list[LetterBatch]()
    number = due.book.number
    batch = LetterBatch(due.desk, None, ended.append)
    assert gate.reached.acquire(timeout=_SECONDS)
    assert (batch.stand.stage, batch.stand.done, batch.stand.total) == ("writing letters", 0, 3)
    batch.cancel()
    with pytest.raises(Cancelled):
        batch.finish()
    gate.on.release(3)
    assert batch.wait(_SECONDS)
    assert ended == [batch]
    with pytest.raises(Cancelled):
        batch.finish()
    assert due.book.number == number
    assert letters(due) == []
    assert not due.desk.letters.files.folder.exists()


def test_the_clerk_goes_on_meanwhile_and_what_they_touched_is_written_by_itself(
    due: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    batch = LetterBatch(due.desk, None)
    assert gate.reached.acquire(timeout=_SECONDS)
    due.desk.log(due.account("Birch").id, "fri 150 ach")
    gate.on.release(3)
    assert batch.wait(_SECONDS)
    made = batch.finish()
    assert [x.account for x in made.letters] == [due.account("Cedar").id]
    assert ("Birch Works", "something on the account changed meanwhile: write it by itself") in made.refused
    assert made.print_file is not None
    assert "150.00" not in texts(made.print_file.read_bytes())


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (lambda at: at.desk.set_policy("firm", "Another"), "changed the book meanwhile"),
        (lambda at: at.desk.letters.write(at.account("Birch").id, LEVELS[0], text=True), "changed|another session"),
    ],
)
def test_where_the_whole_book_or_the_numbers_changed_no_letter_is_written(
    due: Ledger, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Ledger], object], words: str
) -> None:
    gate = Gate(monkeypatch)
    batch = LetterBatch(due.desk, None)
    assert gate.reached.acquire(timeout=_SECONDS)
    meanwhile(due)
    before = letters(due)
    gate.on.release(3)
    assert batch.wait(_SECONDS)
    with pytest.raises(DeskError, match=words):
        batch.finish()
    assert letters(due) == before


def test_another_session_that_was_quicker_at_the_last_moment_is_waited_for(
    due: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = LetterBatch(due.desk, None)
    assert batch.wait(_SECONDS)
    other = Desk(Book(due.book.path), Clock("2026-11-09T09:00:00-05:00"), "bea")
    commit, done = due.desk.commit, list[str]()

    def late(*given: object, **how: object) -> str:
        if not done:
            done.append(other.note(due.account("Cedar").id, "called the owner"))
        return commit(*given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(due.desk, "commit", late)
    made = batch.finish()
    assert [x.account for x in made.letters] == [due.account("Birch").id]


def test_what_goes_wrong_in_the_thread_is_raised_in_the_clerks(due: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise OSError("no space")

    monkeypatch.setattr(Press, "pdf", broken)
    batch = LetterBatch(due.desk, None)
    assert batch.wait(_SECONDS)
    with pytest.raises(OSError, match="no space"):
        batch.finish()
    assert letters(due) == []


def test_a_letter_that_no_font_can_draw_is_refused_and_the_others_are_written(
    due: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    due.desk.corrections.save(due.account("Birch").id, "legal name 中田 Works")
    batch = written(due)
    assert [due.desk.dossier(x.account).account.name for x in batch.letters] == ["Cedar Farm"]
    (why,) = (why for name, why in batch.refused if name == "Birch Works")
    assert why.startswith("no font on this machine has 2 letters (中 田)")


def test_the_files_of_a_batch_that_is_undone_are_set_aside_by_any_session_and_its_numbers_are_not_used_again(
    due: Ledger,
) -> None:
    batch = written(due)
    names = sorted(path.name for path in (*batch.paths, batch.print_file) if path)
    files = due.desk.letters.files
    (files.folder / "2026-0001 of an older book.pdf").write_bytes(b"")
    (files.folder / "2025-0007 never heard of.pdf").write_bytes(b"")
    due.desk.undo()
    # It was undone, and the program was gone before it had moved them.
    due.on(9)
    files = due.desk.letters.files
    assert due.desk.letters.unsent() == []
    assert sorted(p.name for p in files.folder.iterdir() if p.is_file()) == ["2025-0007 never heard of.pdf"]
    assert sorted(p.name for p in files.withdrawn.iterdir()) == sorted([*names, "2026-0001 of an older book.pdf"])
    again = written(due)
    assert [x.number for x in again.letters] == ["2026-0003", "2026-0004"]
    assert all(path.parent == files.folder for path in again.paths)


def contents(ledger: Ledger) -> set[str]:
    return ledger.desk.letters.files.documents.names()


def test_one_that_fails_or_is_called_off_takes_back_what_it_kept(
    due: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = LetterFiles.keep, list[str]()

    def full(files: LetterFiles, name: str, content: bytes, words: str) -> object:
        if done:
            raise BookError("the disk is full")
        done.append(name)
        return real(files, name, content, words)

    with monkeypatch.context() as patched:
        patched.setattr(LetterFiles, "keep", full)
        batch = LetterBatch(due.desk, None)
        assert batch.wait(_SECONDS)
        assert len(contents(due)) == 2
        with pytest.raises(BookError, match="the disk is full"):
            batch.finish()
    assert contents(due) == set()
    batch = LetterBatch(due.desk, None)
    assert batch.wait(_SECONDS)
    assert len(contents(due)) == 4
    batch.cancel()
    with pytest.raises(Cancelled):
        batch.finish()
    assert contents(due) == set()


def test_what_another_batch_took_back_is_kept_once_more(due: Ledger) -> None:
    first, second = LetterBatch(due.desk, None), LetterBatch(due.desk, None)
    assert first.wait(_SECONDS)
    assert second.wait(_SECONDS)
    first.cancel()
    with pytest.raises(Cancelled):
        first.finish()
    assert len(second.finish().letters) == 2
    assert due.desk.check()[0] == []
