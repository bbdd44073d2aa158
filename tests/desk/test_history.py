"""The history as it is read: every change with who, when, and what it was before."""

from datetime import datetime
from decimal import Decimal

import pytest

from arctui.core.changes import added, changed, removed
from arctui.core.facts import Facts
from arctui.core.records import Account
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.history import Act, Histories, acts
from arctui.desk.step_words import step_words
from arctui.store import Book, BookConflictError, NothingToUndoError, Step, Transaction
from arctui.store.transactions import step_of
from tests.desk.ledgers import Ledger
from tests.store.full import full_records
from tests.store.makers import NOON

BIRCH = "Birch,B-1,2026-09-08,2026-10-08,1200.00,1200.00"
CEDAR = "Cedar,C-1,2026-09-08,2026-10-08,300.00,300.00"


@pytest.fixture
def books(ledger: Ledger) -> Ledger:
    ledger.open_items(BIRCH, CEDAR)
    return ledger


def read(ledger: Ledger) -> Histories:
    return Histories(ledger.book.history, ledger.book.facts, "USD")


def of(ledger: Ledger, who: str = "Birch") -> list[Act]:
    return read(ledger).of_account(ledger.account(who).id)


def told(ledger: Ledger, who: str = "Birch") -> list[str]:
    """The lines of the last act on an account."""
    return read(ledger).changes(of(ledger, who)[-1])


def of_step(step: Step) -> str:
    return step_words(step, lambda _: "", "USD")


def transaction(number: int, *steps: Step, undoes: int | None = None) -> Transaction:
    return Transaction(number=number, act=f"act {number}", at=NOON, by="ann", steps=steps, undoes=undoes)


def from_history(*history: Transaction) -> Histories:
    """Histories of a book that has nothing else."""
    return Histories(history, Facts(), "USD")


# Acts


def test_an_act_is_told_with_its_number_its_clerk_and_its_moment_as_it_was_stored(books: Ledger) -> None:
    books.desk.log(books.account().id, "fri 500 ach")
    last = of(books)[-1]
    assert (last.number, last.by, last.headline) == (2, "ann", "promise of 500.00, Birch")
    assert last.moment == "2026-11-02 09:00-05:00"


def test_the_moment_keeps_the_offset_of_the_day_it_was_written() -> None:
    at = datetime.fromisoformat("2026-03-29T03:30:59+05:30")
    (act,) = acts([Transaction(number=1, act="a", at=at, by="ann", steps=())])
    assert act.moment == "2026-03-29 03:30+05:30"


def test_an_account_has_only_its_own_acts_and_of_each_only_what_was_done_on_it(books: Ledger) -> None:
    books.desk.note(books.account("Cedar").id, "wants a copy")
    books.desk.note(books.account("Birch").id, "called back")
    assert [a.act for a in of(books, "Cedar")] == ["import of file-1.csv", "note, Cedar"]
    for who in ("Birch", "Cedar"):
        account = books.account(who).id
        steps = [s for a in of(books, who) for s in a.steps]
        assert {s.id if s.table == "accounts" else (s.now or {})["account"] for s in steps} == {account}


def test_acts_on_the_book_itself_are_in_the_history_of_all_and_on_no_account(books: Ledger) -> None:
    books.desk.set_policy("firm", "Granite Supply")
    histories = read(books)
    assert histories.everything[-1].act == "policy firm = Granite Supply"
    assert histories.changes(histories.everything[-1]) == ["added setting firm = Granite Supply from 2026-11-02"]
    assert [a.number for who in ("Birch", "Cedar") for a in of(books, who)] == [1, 1]


def test_a_record_that_moved_to_another_account_is_in_the_history_of_both() -> None:
    step = Step(
        "people", "p", {"id": "p", "account": "a", "name": "Tony"}, {"id": "p", "account": "b", "name": "Tony"}
    )
    histories = from_history(transaction(1, step))
    assert [len(histories.of_account(account)) for account in ("a", "b", "c")] == [1, 1, 0]


# Undo


def test_what_was_undone_says_by_which_act_and_the_undoing_says_of_which(books: Ledger) -> None:
    books.desk.log(books.account().id, "fri 500 ach")
    books.desk.undo()
    books.desk.log(books.account().id, "fri 600 ach")
    assert [(a.number, a.undoes, a.undone_by) for a in of(books)] == [
        (1, None, None),
        (2, None, 3),
        (3, 2, None),
        (4, None, None),
    ]
    assert [a.headline for a in of(books)][1:3] == [
        "promise of 500.00, Birch (undone by 3)",
        "undid 2: promise of 500.00, Birch",
    ]


def test_undo_goes_back_act_by_act_over_restarts_and_says_each_time_what_it_undid(books: Ledger) -> None:
    birch = books.account().id
    done = [books.desk.note(birch, f"word {n}") for n in range(2)]
    done += [books.desk.follow_up(birch, "fri ask for Lee"), books.desk.stop(birch, "legal")]
    undone = []
    for _ in done:
        desk = Desk(Book(books.book.path), Clock("2026-11-03T09:00:00-05:00"), "ann")
        undone.append(desk.undo().act)
    assert undone == done[::-1]
    desk = Desk(Book(books.book.path), Clock("2026-11-03T09:00:00-05:00"), "ann")
    assert desk.undo().act == "import of file-1.csv"
    with pytest.raises(NothingToUndoError):
        desk.undo()


def test_a_refused_undo_changes_nothing(books: Ledger) -> None:
    birch = books.account().id
    books.desk.follow_up(birch, "fri ask for Lee")
    before = [a.headline for a in of(books)]
    other = Desk(Book(books.book.path), Clock("2026-11-02T10:00:00-05:00"), "bob")
    other.follow_up(birch, "thu ask for Ann")
    for _ in range(2):
        with pytest.raises(BookConflictError, match="cannot be undone"):
            books.desk.undo()
    books.desk.refresh()
    assert [a.headline for a in of(books)] == [*before, "follow-up on Thu 5 Nov, Birch"]
    assert [f.why for f in books.desk.dossier(birch).followups if f.done_on is None] == ["ask for Ann"]


# Words


def test_an_added_promise_says_its_amount_and_its_day(books: Ledger) -> None:
    books.desk.log(books.account().id, "2026-11-27 500 ach")
    assert "added promise of 500.00 for 2026-11-27 by bank transfer" in told(books)


def test_a_changed_record_says_field_by_field_what_it_was_and_what_it_is(books: Ledger) -> None:
    books.open_items(BIRCH.replace("1200.00,1200.00", "1500.00,1400.00"), CEDAR)
    (line,) = told(books)
    which, _, what = line.partition(": ")
    assert which == "invoice B-1 of 1,200.00, due 2026-10-08"
    assert what == "amount 1,200.00 -> 1,500.00, balance 1,200.00 -> 1,400.00"


def test_what_was_set_and_what_was_taken_away_say_so(books: Ledger) -> None:
    birch = books.account().id
    books.desk.stop(birch, "legal")
    assert told(books) == ["account Birch: now stopped for legal"]
    books.desk.stop(birch, "")
    assert told(books) == ["account Birch: no longer stopped for legal"]


def test_an_undone_addition_says_removed(books: Ledger) -> None:
    books.desk.note(books.account().id, "said [red]so[/red]")
    books.desk.undo()
    assert told(books) == ["removed note: said [red]so[/red]"]


def test_a_call_that_was_ended_and_is_open_again_says_so(books: Ledger) -> None:
    call = books.desk.calls.begin(books.account().id)
    call = books.desk.calls.reply(call, 2)
    books.desk.calls.end(call)
    assert "the open call was ended" in told(books)
    books.desk.undo()
    assert "the call is open again" in told(books)


def test_a_new_agreement_is_named_and_not_its_id() -> None:
    promise = {"id": "r", "amount": "5.00", "day": "2026-11-27"}
    step = Step("promises", "r", promise, {**promise, "superseded_by": "00ff"})
    assert of_step(step) == "promise of 5.00 for 2026-11-27: now superseded by a newer promise"


def test_every_kind_of_record_is_told_in_a_short_line_without_ids_or_marks() -> None:
    for record in full_records():
        for change in (added(record), removed(record)):
            line = of_step(step_of(change))
            assert 8 < len(line) < 200, line
            assert not any(mark in line for mark in "{}'\x00\n_"), line
            assert "None" not in line


def test_another_currency_is_named_and_the_firms_own_is_not(books: Ledger) -> None:
    invoice = {"number": "1", "amount": "20.00", "balance": "20.00", "currency": "EUR"}
    assert of_step(Step("invoices", "i", None, invoice)) == "added invoice 1 of 20.00 EUR"
    assert of_step(Step("invoices", "i", None, {**invoice, "currency": "USD"})) == "added invoice 1 of 20.00"


def test_invoices_of_a_promise_are_told_by_their_numbers(books: Ledger) -> None:
    birch = books.account().id
    books.desk.log(birch, "fri 500 ach")
    (promise,) = books.desk.dossier(birch).promises
    books.desk.commit("mended", [changed(promise, invoices=())])
    assert told(books) == ["promise of 500.00 for 2026-11-06 by bank transfer: no longer invoices B-1"]


@pytest.mark.parametrize(
    "step",
    [
        Step("planets", "x", None, {"id": "x"}),
        Step("planets", "x", {"id": "x"}, None),
        Step("promises", "x", {}, {"amount": "much", "unheard_of": {"a": [1, None, {"b": True}]}}),
        Step("promises", "x", {"amount": None}, {"amount": 12.5}),
        Step("activities", "x", None, {"note": ["no", "text"], "kind": 7}),
        Step("accounts", "x", None, None),
    ],
)
def test_what_is_damaged_or_from_another_version_is_told_as_well_as_can_be(step: Step) -> None:
    histories = from_history(transaction(1, step))
    (line,) = histories.changes(histories.everything[0])
    assert line.strip()


def test_what_could_move_a_terminal_is_taken_out_of_every_line() -> None:
    nasty = "\x1b[2J\x07evil\u202e\nline"
    step = Step("promises", "x", {nasty: "a"}, {nasty: nasty, "words": nasty})
    act = Transaction(number=1, act=nasty, at=NOON, by="ann", steps=(step, Step(nasty, "y", None, {})))
    histories = from_history(act)
    (shown,) = histories.everything
    assert (shown.headline + "".join(histories.changes(shown))).isprintable()


# Many


def test_a_big_import_is_counted_and_an_account_still_sees_its_own_part(ledger: Ledger) -> None:
    rows = [f"Firm {n // 3},I-{n},2026-09-08,2026-10-08,10.00,10.00" for n in range(3000)]
    ledger.open_items(*rows)
    histories = read(ledger)
    assert set(histories.changes(histories.everything[0])) == {
        "added import 1: file-1.csv, as of 2026-11-02",
        "1,000 accounts added",
        "3,000 invoices added",
    }
    (act,) = histories.of_account(ledger.account("Firm 7").id)
    assert histories.changes(act) == [
        "added account Firm 7",
        *(f"added invoice I-{n} of 10.00, due 2026-10-08" for n in (21, 22, 23)),
    ]


def test_an_act_on_several_accounts_names_the_one_that_a_line_is_about(books: Ledger) -> None:
    histories = read(books)
    assert "Birch: added invoice B-1 of 1,200.00, due 2026-10-08" in histories.changes(histories.everything[0])


def test_an_account_that_is_gone_is_still_named(books: Ledger) -> None:
    books.desk.undo()
    histories = read(books)
    assert list(books.book.facts.all(Account)) == []
    assert "Birch: removed invoice B-1 of 1,200.00, due 2026-10-08" in histories.changes(histories.everything[-1])


def test_amounts_are_told_to_the_cent(books: Ledger) -> None:
    (invoice,) = books.desk.dossier(books.account().id).invoices
    books.desk.commit("mended", [changed(invoice, balance=Decimal("1199.99"))])
    assert told(books)[0].endswith("balance 1,200.00 -> 1,199.99")
