"""Finding accounts: who is meant most likely comes first; case and accents do not matter."""

from collections.abc import Sequence
from itertools import count

import pytest

from arctui.core.facts import Dossier
from arctui.core.records import Account, Person
from arctui.desk.searching import Haystack
from tests.core.builders import MONDAY, invoice

_BOOK = {
    "cedar": Dossier(
        account=Account(id="cedar", name="Cedar Farm", number="1001"),
        people=(Person(id="p", account="cedar", name="José O'Neil", phones=("+1 (555) 010-2000",)),),
    ),
    "mill": Dossier(account=Account(id="mill", name="Old Cedar Mill", number="1002")),
    "red": Dossier(account=Account(id="red", name="Redcedars Ltd", number="1003")),
    "muller": Dossier(account=Account(id="muller", name="Café MÜLLER", number="1004")),
}


class _Read:
    """Who was read."""

    def __init__(self) -> None:
        self.book: dict[str, Dossier] = dict(_BOOK)
        self.accounts: list[str] = []
        self.haystack = Haystack(self._dossier, lambda: self.book)
        self.listed: Sequence[str] = ["red", "mill"]

    def _dossier(self, account: str) -> Dossier | None:
        self.accounts.append(account)
        return self.book.get(account)

    def find(self, typed: str) -> list[str]:
        return self.haystack.find(typed, self.listed, lambda: self.listed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("cedar", ["cedar", "mill", "red"], id="at the beginning, of a word, inside of one"),
        pytest.param("CEDAR m", ["mill", "cedar"], id="every word, whatever its case"),
        pytest.param("cafe muller", ["muller"], id="no accents typed"),
        pytest.param("MÜLL", ["muller"], id="accents typed"),
        pytest.param("jose", ["cedar"], id="a person"),
        pytest.param("o'ne", ["cedar"], id="with a mark inside"),
        pytest.param("neil", ["cedar"], id="behind a mark"),
        pytest.param("5550102000", ["cedar"], id="a phone without its marks"),
        pytest.param("100", ["red", "mill", "muller", "cedar"], id="of those alike the worklist first, then by name"),
        pytest.param("cdrfm", ["cedar"], id="letters in their order, where nothing has them together"),
        pytest.param("xq", [], id="nobody"),
        pytest.param("", ["red", "mill", "muller", "cedar"], id="nothing typed"),
    ],
)
def test_the_likeliest_comes_first(typed: str, found: list[str]) -> None:
    assert sorted(_Read().find(typed)) == sorted(found)
    if typed:
        assert _Read().find(typed) == found


def test_what_is_typed_letter_by_letter_and_taken_back_finds_the_same() -> None:
    read = _Read()
    line = "cedar mi"
    typed = [line[:end] for end in [*range(1, len(line) + 1), *range(len(line), 0, -1)]]
    assert [read.find(text) for text in typed] == [_Read().find(text) for text in typed]


def test_only_what_was_touched_is_read_again() -> None:
    read = _Read()
    read.find("c")
    read.accounts.clear()
    owed = invoice("77", "10.00", MONDAY)
    read.book["mill"] = Dossier(account=Account(id="mill", name="Pine Mill"), invoices=(owed,))
    del read.book["red"]
    read.haystack.forget({"mill", "red"})
    assert read.find("cedar") == ["cedar"]
    assert read.find("77") == ["mill"]
    assert sorted(read.accounts) == ["mill", "red"]


def test_it_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    read, clock = _Read(), count()
    read.book = {str(n): Dossier(account=Account(id=str(n), name=f"Firm {n}")) for n in range(200)}
    monkeypatch.setattr("arctui.desk.searching.time.perf_counter", lambda: next(clock))
    read_by_then = []
    while not read.haystack.prepare(2):
        read_by_then.append(len(read.accounts))
    assert read_by_then == [50, 100, 150, 200]
