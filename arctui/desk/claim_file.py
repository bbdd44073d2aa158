"""The claim file of an account: one PDF, its exhibits and the texts beside it, in a folder of their own.

It is made from the book and changes nothing in it. The same book and day give the same bytes. In its folder it takes
the place of what a claim file of the same account left there, and of nothing else.
"""

import os
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui import fence
from arctui.core.claim_facts import ClaimFacts, Exhibit, Undone
from arctui.core.claim_file import claim_facts
from arctui.core.roles import Right
from arctui.desk.confirming import file_name
from arctui.desk.day_report_files import without_font
from arctui.desk.errors import DeskError
from arctui.desk.exporting import csv_file
from arctui.desk.step_words import is_on
from arctui.exchange.media import media_of
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.write_tables import Cell, Sheet
from arctui.store import BookError, Transaction, files, rights
from arctui.store.documents import Documents

if TYPE_CHECKING:
    from arctui.desk.desk import Desk
    from arctui.letters.claim_papers import Paper

#: The files of a claim file, and where its exhibits lie.
_PDF, _CHRONOLOGY, _CHECKLIST, _STATEMENT = "claim.pdf", "chronology.txt", "checklist.txt", "statement.csv"
_MANIFEST, _EXHIBITS = "manifest.txt", "exhibits"
_OURS = re.compile(r"claim\.pdf|chronology\.txt|checklist\.txt|statement\.csv|exhibits/\d{2,6}-[a-z]+\.[a-z]{3,4}")
#: So many pages of exhibits are set in all; so often the history is read where it changes while it is.
_MOST_PAGES, _TRIES = 2_000, 5
_STATEMENT_TITLES = ("Currency", "Day", "Kind", "Number", "Words", "Due", "Amount", "Balance", "Exhibits")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim file that was written: its files, what is missing for a complete one, and what to know of it.

    `claimed` is the amount in each currency, the main one first.
    """

    files: tuple[Path, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    claimed: tuple[tuple[Decimal, str], ...]


class _Made(msgspec.Struct, frozen=True):
    """What is to be written: texts and the PDF by name, exhibits by name with the digest of their content."""

    facts: ClaimFacts
    contents: dict[str, bytes]
    exhibits: dict[str, str]
    warnings: tuple[str, ...]


class ClaimWork:
    """One claim file: `make` may run in a thread of its own, all else is called in the clerk's.

    It is about the book as it was when this was made.
    """

    def __init__(self, desk: "Desk", account: str, folder: Path | None = None) -> None:
        """Begin. `folder` None: the account's own, among the documents of the book. Raises DeskError, BookError."""
        desk.need(Right.RECORD, "writing a claim file")
        desk.refresh()
        record = desk.dossier(account).account
        self._account = account
        self._documents = Documents(desk.book.path)
        self.folder = self._own(file_name(record.number or record.name)) if folder is None else _asked(desk, folder)
        self._check()
        self._day = desk.today
        self._head, self._act = desk.book.stand.head, desk.book.number
        self._on_disk = desk.book
        desk.standing(account)
        self._book = desk.derived.still()
        self._fonts = desk.book.path.parent / "fonts"
        self._made: _Made | None = None

    # Where it lies

    def _own(self, name: str) -> Path:
        """Return the account's own folder: no other account's, where two have the same name for it."""
        folder, number = self._documents.folder / "claims" / name, 1
        while (found := _earlier(folder)) and found[0] != self._account:
            number += 1
            folder = folder.with_name(f"{name} ({number})")
        return folder

    def _check(self) -> None:
        """Refuse what is no folder, and another account's. Raises DeskError."""
        for path in (self.folder, self.folder / _EXHIBITS):
            if os.path.lexists(path) and (path.is_symlink() or not path.is_dir()):
                raise DeskError(f"{path} is no folder: name another one")
        found = _earlier(self.folder)
        if found and found[0] != self._account:
            raise DeskError(f"{self.folder} has the claim file of another account: name another folder")

    # Made, in a thread or not

    def make(self, progress: Progress = UNWATCHED) -> None:
        """Work it out; nothing is written. Raises what `progress` raises to call it off."""
        from arctui.letters.claim_papers import not_shown

        papers, contents = list["Paper"](), dict[str, str]()
        progress.stage("reading the history")
        undone = tuple(_taken_back(self._history(), self._account))
        progress.stage("reading the exhibits")
        facts = self._facts(undone, self._damaged())
        left = _MOST_PAGES
        for number, exhibit in enumerate(facts.exhibits):
            progress.at(number, len(facts.exhibits))
            paper = self._paper(exhibit)
            if paper.length > left:
                paper = not_shown(paper, f"all exhibits have more than {_MOST_PAGES:,} pages")
            left -= paper.length
            papers.append(paper)
            if paper.file:
                contents[paper.file] = exhibit.digest
        progress.stage("writing the pages")
        from arctui.letters.claim_texts import checklist_text, chronology_text

        papers, pdf, missing = self._pdf(facts, papers, progress)
        hidden = [f"exhibit {p.exhibit.number} is not shown on pages: {p.problem}" for p in papers if p.problem]
        self._made = _Made(
            facts,
            {
                _PDF: pdf,
                _CHRONOLOGY: chronology_text(facts).encode(),
                _CHECKLIST: checklist_text(facts).encode(),
                _STATEMENT: csv_file(_statement(facts)),
            },
            contents,
            (*facts.warnings, *hidden, *([without_font(missing)] if missing else [])),
        )

    def _pdf(self, facts: ClaimFacts, papers: list["Paper"], progress: Progress) -> tuple[list["Paper"], bytes, str]:
        """Return the exhibits as they are shown, the PDF, and the letters that no font has."""
        from arctui.letters.claim_merge import UnreadableError
        from arctui.letters.claim_papers import not_shown, proved
        from arctui.letters.claim_pdf import claim_pdf

        def written(papers: list["Paper"]) -> tuple[list["Paper"], bytes, str]:
            country, all_of_them = self._book.rules.policy.country, len(facts.exhibits)
            return papers, *claim_pdf(facts, papers, country, [self._fonts], lambda n: progress.at(n, all_of_them))

        try:
            return written(papers)
        except UnreadableError:
            papers = proved(papers)
        try:
            return written(papers)
        except UnreadableError as error:
            # Each can be written, and together they cannot: a claim file is written all the same.
            return written([not_shown(p, str(error)) if p.pages else p for p in papers])

    def _facts(self, undone: Sequence[Undone], damaged: frozenset[str]) -> ClaimFacts:
        book = self._book
        return claim_facts(
            book.dossier(self._account),
            book.standing(self._account),
            book.rules,
            book.facts.policy,
            self._day,
            self._head,
            self._act,
            undone=undone,
            damaged=damaged,
        )

    def _history(self) -> list[Transaction]:
        """Return all acts up to the one that this is about. Raises BookError."""
        for _ in range(_TRIES):
            acts = [act for act in self._on_disk.history if act.number <= self._act]
            # The clerk goes on meanwhile: acts may move from the journal into the book while it is read.
            if all(one.number + 1 == other.number for one, other in pairwise(acts)) and (
                not self._act or (acts and acts[-1].number == self._act)
            ):
                return acts
        raise BookError(f"{self._on_disk.path} changes too often to be read: try again in a moment")

    def _damaged(self) -> frozenset[str]:
        dossier = self._book.dossier(self._account)
        named = {a.digest for a in dossier.attachments} | {f.digest for x in dossier.letters for f in x.files}
        return frozenset(digest for digest in named if self._documents.problem(digest))

    def _paper(self, exhibit: Exhibit) -> "Paper":
        from arctui.letters import claim_papers

        try:
            content = self._documents.get(exhibit.digest)
        except BookError:
            problem = self._documents.problem(exhibit.digest) or "cannot be read"
            return claim_papers.lost(exhibit, f"the file {problem}")
        media = exhibit.media or media_of(content)
        return claim_papers.paper(msgspec.structs.replace(exhibit, media=media), content)

    # Written

    def finish(self) -> Claim:
        """Write what was made. First a manifest with what lies there and what is to come, last the one of the files.

        So all that is ours is known as ours whenever this is broken off.

        Raises DeskError, BookError.
        """
        from arctui.letters.claim_texts import NOTHING, digest_of, manifest

        made = self._made
        assert made is not None, "it was not made"  # noqa: S101
        self._folders(bool(made.exhibits))
        with files.locked(self.folder):
            self._check()
            found = _earlier(self.folder)
            before, names = found[1] if found else dict[str, set[str]](), [*made.contents, *made.exhibits]
            ours = {*before, _MANIFEST} if found else set[str]()
            for name in (_MANIFEST, *names):
                if name not in ours and os.path.lexists(self.folder / name):
                    raise DeskError(f"{self.folder / name} was not written by a claim file: name another folder")
            digests = {name: digest_of(content) for name, content in made.contents.items()} | made.exhibits
            listed, first = (manifest(self._account, made.facts, digests, old).encode() for old in (NOTHING, before))
            files.replace_whole(self.folder / _MANIFEST, first)
            self._clear({name: olds for name, olds in before.items() if name not in names})
            for name, content in made.contents.items():
                files.replace_whole(self.folder / name, content)
            for name, digest in made.exhibits.items():
                files.replace_whole(self.folder / name, self._documents.get(digest))
            if listed != first:
                files.replace_whole(self.folder / _MANIFEST, listed)
        return Claim(
            files=tuple(self.folder / name for name in (*made.contents, *made.exhibits, _MANIFEST)),
            missing=tuple(map(str, made.facts.missing)),
            warnings=made.warnings,
            claimed=tuple((c.total, c.currency) for c in made.facts.claimed),
        )

    def _folders(self, with_exhibits: bool) -> None:
        """Make the folders that are missing. Raises BookError."""
        if self.folder.is_relative_to(self._documents.folder):
            self._documents.make(self.folder.parent)
        for folder in (self.folder, *([self.folder / _EXHIBITS] if with_exhibits else [])):
            if not folder.is_dir():
                try:
                    rights.make_folder(folder)
                except OSError as error:
                    raise rights.explain(error, folder, "made") from error

    def _clear(self, stale: dict[str, set[str]]) -> None:
        """Take away what an earlier claim file left, as far as nobody changed it since."""
        from arctui.letters.claim_texts import digest_of

        for name, digests in stale.items():
            try:
                if digest_of(files.read_whole(self.folder / name)[0]) in digests:
                    files.discard(self.folder / name)
            except BookError:
                continue


class ClaimFiles:
    """The claim files of accounts."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def write(self, account: str, folder: Path | None = None, progress: Progress | None = None) -> Claim:
        """Write the claim file of an account, all of it at once; nothing in the book is changed.

        Raises DeskError, BookError, and Cancelled where `progress` says so; then no file was touched.
        """
        watched = progress or UNWATCHED
        work = ClaimWork(self._desk, account, folder)
        work.make(watched)
        watched.settling()
        return work.finish()


def _asked(desk: "Desk", folder: Path) -> Path:
    """Return the folder that was asked for. Raises DeskError, BookError."""
    target = rights.resolve(fence.typed(folder))
    book = desk.book.path
    claims = Documents(book).folder / "claims"
    for part in (target, *target.parents):
        if part.parent == book.parent and part.name.startswith(book.name) and claims not in target.parents:
            raise DeskError(f"{folder} belongs to the book: name another folder")
    if not target.is_dir() and not target.parent.is_dir():
        raise DeskError(f"{folder} cannot be written: there is no folder {target.parent}")
    return target


def _earlier(folder: Path) -> tuple[str, dict[str, set[str]]] | None:
    """Return of which account a folder has a claim file, and the digests of each file in it; None if it has none."""
    from arctui.letters.claim_texts import manifest_of

    try:
        found = manifest_of(files.read_whole(folder / _MANIFEST)[0].decode())
    except (BookError, UnicodeDecodeError):
        return None
    if found is None:
        return None
    return found[0], {name: digests for name, digests in found[1].items() if _OURS.fullmatch(name)}


def _taken_back(history: Sequence[Transaction], account: str) -> Iterator[Undone]:
    """Return the acts on an account that were taken back, the oldest first."""
    undoing = {t.undoes: t for t in history if t.undoes}
    for act in history:
        taken = undoing.get(act.number)
        if taken and any(is_on(step, account) for step in act.steps):
            yield Undone(
                act=act.number,
                what=act.act,
                at=act.at,
                by=act.by,
                undone_at=taken.at,
                undone_by=taken.by,
            )


def _statement(facts: ClaimFacts) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (
            statement.currency,
            line.day,
            line.kind.value,
            line.number,
            line.words,
            line.due,
            line.amount,
            line.balance,
            " ".join(map(str, line.exhibits)),
        )
        for statement in facts.statements
        for line in statement.lines
    ]
    return Sheet("statement", _STATEMENT_TITLES, rows)
