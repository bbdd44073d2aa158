"""Makers of records and small acts for the tests of the book."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from arctui.core.changes import Change, added
from arctui.core.drafts import Draft
from arctui.core.records import (
    Account,
    Record,
)
from arctui.core.tables import TABLES
from arctui.store import Book, Transaction

EASTERN = timezone(timedelta(hours=-5))
DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=EASTERN)
TABLES_OF_THE_CONTRACT = {
    "accounts",
    "people",
    "invoices",
    "payments",
    "activities",
    "promises",
    "disputes",
    "followups",
}


def account(name: str, *, called: str = "") -> Account:
    """An account whose id is its name, or that is called otherwise."""
    return Account(id=name, name=called or name)


def put(book: Book, *names: str, by: str = "ann") -> Transaction:
    """Commit new accounts of these names."""
    return book.commit(f"add {' '.join(names)}", [added(account(n)) for n in names], by, NOON)


def commit(book: Book, *changes: Change, by: str = "ann", act: str = "act") -> Transaction:
    return book.commit(act, changes, by, NOON)


def names(book: Book) -> list[str]:
    """The names of the accounts, sorted."""
    return sorted(a.name for a in book.facts.all(Account))


def records(book: Book) -> dict[str, Record]:
    """Every record of the book by id."""
    return {r.id: r for kind in TABLES.values() for r in book.facts.all(kind)}


def draft(text: str) -> Draft:
    """What was typed and not saved yet; its id is its text."""
    return Draft(id=text, purpose="promise", by="ann", session="s", text=text, at=NOON)


def held(book: Book) -> list[str]:
    """The names of the accounts and the texts of the drafts, sorted."""
    return sorted([*names(book), *(f"draft {d.text}" for d in book.facts.all(Draft))])


def book_of(path: Path, *accounts: str) -> Book:
    """A book on disk in which each account came by an act of its own."""
    book = Book(path, new=True)
    for name in accounts:
        put(book, name)
    return book


def book_in_two_parts(path: Path, *accounts: str) -> Book:
    """A book with one account, Alder, in its file, and the others in its journal only, an act each."""
    book = book_of(path, "Alder")
    book.fold(None)
    for name in accounts:
        put(book, name)
    return book


def only_file(folder: Path) -> Sequence[str]:
    """What lies in a folder, hidden files too."""
    return sorted(p.name for p in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    """What stands in every file of a folder, and in those of the folders in it."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


_SEAL = ',"_seal":{"1":{"sha256":"%s"}}}'


def resealed(content: bytes | Mapping[str, Any]) -> bytes:
    """A book of these bytes, or of this document, under a seal that fits: what only its own program can write."""
    if isinstance(content, bytes):
        body = re.sub(rb',"_seal":\{"1":\{"sha256":"[0-9a-f]{64}"\}\}\}\Z', b"}", content).rstrip()[:-1]
    else:
        document = {name: table for name, table in content.items() if name != "_seal"}
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    return body + (_SEAL % hashlib.sha256(body).hexdigest()).encode()


#: A book as the first version wrote it: three accounts added, the last one undone.
FORMAT_1 = (
    b'{"_meta":{"1":{"format":1,"number":4}},'
    b'"accounts":{"1":{"id":"Birch","name":"Birch"},"2":{"id":"Cedar","name":"Cedar"}},'
    b'"people":{},"invoices":{},"payments":{},"activities":{},"promises":{},"disputes":{},"followups":{},"calls":{},'
    b'"imports":{},"reviews":{},"policy":{},"history":{'
    b'"1":{"number":1,"act":"add Birch","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Birch","was":null,"now":{"id":"Birch","name":"Birch"}}]},'
    b'"2":{"number":2,"act":"add Cedar","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Cedar","was":null,"now":{"id":"Cedar","name":"Cedar"}}]},'
    b'"3":{"number":3,"act":"add Dale","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Dale","was":null,"now":{"id":"Dale","name":"Dale"}}]},'
    b'"4":{"number":4,"act":"add Dale","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Dale","was":{"id":"Dale","name":"Dale"},"now":null}],"undoes":3}}}'
)


def commit_in_turn(path: Path, worker: int, commits: int, folds: bool) -> None:
    """Make some commits, an account each, perhaps with folds between them; what a process of its own does."""
    book = Book(path, new=True)
    for number in range(commits):
        put(book, f"{worker}-{number}", by=f"clerk {worker}")
        if folds and number % 4 == worker % 4:
            book.fold(None)
