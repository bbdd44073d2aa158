"""What many records of a book say alike is one object in memory, and still what it was."""

from pathlib import Path

from arctui.core.changes import added
from arctui.core.records import Account, Invoice, Method, Payment, Promise
from arctui.core.tables import TABLES
from arctui.store import Book
from tests.store.full import full_records
from tests.store.makers import book_of, commit


def reopened(path: Path) -> Book:
    book = book_of(path, "Birch")
    commit(book, *map(added, full_records()))
    book.fold(None)
    return Book(path)


def test_the_id_of_an_account_is_there_once(tmp_path: Path) -> None:
    facts = reopened(tmp_path / "b.json").facts
    ids = {account.id: account.id for account in facts.all(Account)}
    named = [
        *(i.account for i in facts.all(Invoice)),
        *(p.account for p in facts.all(Payment)),
        *(p.account for p in facts.all(Promise)),
    ]
    assert ids.keys() & set(named)
    assert all(account is ids.get(account, account) for account in named)


def test_equal_texts_leave_every_record_as_it_was(tmp_path: Path) -> None:
    facts = reopened(tmp_path / "b.json").facts
    for record in full_records():
        found = facts.get(type(record), record.id)
        assert found == record
        assert repr(found) == repr(record)
    assert all(type(p.method) is str for p in facts.all(Payment))
    assert {type(p.method) for p in facts.all(Promise)} <= {Method, type(None)}


def test_records_are_none_of_the_collectors_business() -> None:
    """It would go through all of them, and no record can hold itself."""
    assert not any(kind.__struct_config__.gc for kind in TABLES.values())
