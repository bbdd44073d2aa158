"""A book that is full of hostile text, made by real imports and real acts."""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from arctui.cli.opening import EXPECTED
from arctui.core.drafts import Topic
from arctui.core.letter_records import LetterKind, SentBy
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.desk.letters import Sending
from arctui.store import Book
from tests.hostile.texts import HOSTILE, harm

DAY = "2026-11-16T10:30"
_DUE = "2026-10-05"
_ITEMS = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency,Reference"
_PEOPLE = "Customer,Customer Number,Contact,Role,Phone,Email,Address"
_PAID = "Customer,Customer Number,Date,Amount,Reference,Method,Invoice"
#: Settings of the policy that are free text.
_SETTINGS = ("firm", "firm_legal_name", "letterhead", "signature", "remittance", "letter_foot", "interest_agreed")
_MAPPED = ("B=balance", "C=issued", "D=due", "E=number")

Act = Callable[[], object]


class HostileBook:
    """The book and what was said while it was filled."""

    def __init__(self, folder: Path, texts: Sequence[str] = HOSTILE) -> None:
        self.folder = folder
        self.texts = texts
        self.path = folder / "book.json"
        self.desk = Desk(Book(self.path, new=True), Clock(DAY), "ann")
        self.done: list[str] = []
        self.refused: list[str] = []

    def fill(self, *, acts: int) -> "HostileBook":
        """Import the texts as names, numbers, people and money, then write each by so many acts into other fields."""
        self._import()
        for setting, text in zip(_SETTINGS, itertools.cycle(self.texts), strict=False):
            self._try(partial(self.desk.set_policy, setting, text))
        for number, text in enumerate(self.texts):
            ways = itertools.cycle(self._acts(number, text))
            for act in itertools.islice(ways, number * acts, (number + 1) * acts):
                self._try(act)
        self.desk.leave()
        return self

    def _try(self, act: Act) -> None:
        """Do something. What is refused is refused in one line, and nothing that is said does harm."""
        try:
            said = act()
        except EXPECTED as error:
            self.refused.append(str(error))
        else:
            self.done.append(said if isinstance(said, str) else "")

    def _file(self, name: str, header: str, rows: Iterable[Sequence[object]]) -> Path:
        """Write a CSV file, lone surrogates too, as a careless program does."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])
        return path

    def _import(self) -> None:
        texts = list(enumerate(self.texts))
        items = [
            (t, f"N{n}", i, "2026-09-05", due, 500 + n, 500 + n, "USD", t)
            for n, t in texts
            for i, due in ((f"{t} {n}", _DUE), (f"I{n}", "2026-12-20"))
        ]
        people = [(t, f"N{n}", t, t, f"+1 480 555 {n:04}", f"{t}@x.example", t) for n, t in texts]
        paid = [(t, f"N{n}", "2026-11-10", 5 + n, t, t, f"I{n}") for n, t in texts]
        bank = [("2026-11-13", f"{t} {n}", 7 + n, 1000) for n, t in texts]
        for path, payments in (
            (self._file("open.csv", _ITEMS, items), False),
            (self._file("people.csv", _PEOPLE, people), False),
            (self._file("paid.csv", _PAID, paid), True),
            (
                self._file("bank.csv", "Date,Description,Amount,Balance", [*bank, ("2026-11-13", "rent", -4, 9)]),
                False,
            ),
        ):
            self.desk.import_file(path, ImportOptions(payments=payments, consent=True))

    def _acts(self, number: int, text: str) -> Iterator[Act]:
        desk, who, free = self.desk, self.desk.find(f"N{number}").id, f"{text} end"
        lines = (
            f"ref {free}", f"fri 50 check -- {free}", f"dsp 10 {free}", f"cb tue 10:30 {free}", f"in em ref {free}",
        )  # fmt: skip
        corrections = (
            f"{text}, controller, +1 480 555 0199", f"address {text} Mill Road 12, Springfield",
            f"legal name {text} LLC", f"contract {free}", f"runs weekly thu, cut-off 2, docs {text} + order",
        )  # fmt: skip
        yield from (lambda line=line: desk.log(who, line).act for line in lines)
        yield from (lambda line=line: desk.corrections.save(who, line) for line in corrections)
        yield lambda: desk.note(who, f"{text}\n{text}")
        yield lambda: desk.follow_up(who, f"fri {free}")
        yield lambda: desk.stop(who, text)
        yield lambda: desk.credit.decide(who, hold=number % 2 == 0, limit=Decimal(400 + number), reason=free)
        yield lambda: desk.letters.record(who, free)
        yield lambda: self._letter(number, who, free)
        yield lambda: desk.attachments.attach(who, [self._paper(number, text)], note=free)
        yield lambda: self._match(number, who)
        yield lambda: desk.drafts.keep(Topic("note", who), free, is_open=False)
        yield lambda: desk.drafts.keep(Topic("promise", who), text, is_open=False)
        yield lambda: self._own_layout(number, text)

    def _match(self, number: int, who: str) -> str:
        """Match every third bank line; the others wait."""
        lines = self.desk.matching.lines()
        return self.desk.matching.on_account(lines[number % len(lines)].id, who) if lines and not number % 3 else ""

    def _letter(self, number: int, who: str, why: str) -> str:
        sending = Sending(SentBy.CERTIFIED, tracking=why[:30]) if number % 2 else None
        return self.desk.letters.write(who, LetterKind.DEMAND, why=why[:400], text=True, sending=sending).act

    def _own_layout(self, number: int, text: str) -> None:
        file = self._file(f"own{number}.csv", f"Z{number},B,C,D,E", [(f"{text} other", 3, "2026-09-01", _DUE, "m")])
        columns = tuple(tuple(each.split("=")) for each in (f"Z{number}=customer", *_MAPPED))
        options = ImportOptions(columns=columns, save_layout=f"{text} {number}", consent=True, full=False)  # type: ignore[arg-type]
        self.desk.import_file(file, options)

    def _paper(self, number: int, text: str) -> Path:
        """Write a file whose name is the text as far as a file's name can be it."""
        name = f"{text.replace('/', '|').replace(chr(0), '0')[:40].strip()} {number}.txt"
        path = self.folder / name.encode("utf-8", "replace").decode()
        path.write_text(f"{text} {number}", encoding="utf-8", errors="replace")
        return path

    @property
    def harmful(self) -> list[str]:
        """What was said that does harm, or is not one line."""
        return [said for said in (*self.done, *self.refused) if harm(said)]
