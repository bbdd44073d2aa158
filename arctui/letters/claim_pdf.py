"""The claim file as one PDF: its cover, its contents, its sections, then each exhibit behind a divider."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from arctui.core.claim_facts import ClaimFacts
from arctui.core.text import plural
from arctui.core.words import short_day
from arctui.letters.claim_merge import Placed, merged
from arctui.letters.claim_papers import Paper
from arctui.letters.claim_sections import SIZE, SMALL, Sections, title
from arctui.letters.pdf import BAD, DIM, MARGIN, Column, Pdf, paper_of, written

#: Millimetres: how high the papers are, from the upper edge to the exhibit's number, and the column of page numbers.
_HEIGHTS = {"letter": 279.4, "a4": 297.0}
_STAMP, _NUMBERS = 8.0, 16.0
#: Where the text of a page ends above its foot.
_BOTTOM = MARGIN + 1
_POINTS = 72 / 25.4


def claim_pdf(
    facts: ClaimFacts,
    papers: Sequence[Paper],
    country: str,
    folders: Iterable[Path] = (),
    done: Callable[[int], None] = lambda _: None,
) -> tuple[bytes, str]:
    """Write the claim file for the paper of a country; return the file's content, and the letters that no font has.

    The same facts and exhibits give the same bytes. `done` is told how many exhibits are set. Where a font that was
    found turns out to be damaged only when it is drawn with, the file is made with our own alone. Raises
    UnreadableError where the pages of an exhibit turn out to be damaged only when they are written.
    """
    places = list(folders)

    def set_pages(only_ours: bool) -> tuple[Pdf, Callable[[], bytes]]:
        made = _Document(facts, papers, paper_of(country), places, only_ours=only_ours)
        return made.page, lambda: made.content(done)

    return written(set_pages)


class _Document:
    """One claim file, as it is written."""

    def __init__(
        self, facts: ClaimFacts, papers: Sequence[Paper], paper: str, folders: Sequence[Path], *, only_ours: bool
    ) -> None:
        self._facts, self._papers, self._height = facts, papers, _HEIGHTS[paper]
        foot = f"{title(facts)}, as of {short_day(facts.day)}"
        at = datetime.combine(facts.day, time(), UTC)
        about = f"claim file {facts.day} {facts.debtor.number}".rstrip()
        self.page = Pdf(title(facts), paper, at, subject=about, foot=foot, folders=folders, only_ours=only_ours)
        self._placed: list[Placed] = []

    def content(self, done: Callable[[int], None]) -> bytes:
        """Write all of it."""
        sections = Sections(self.page, self._facts, self._papers)
        sections.cover()
        rows = self._rows([*sections.names, *(_name(paper) for paper in self._papers)])
        listed = self._leave_pages(rows)
        begun = sections.write()
        for count, paper in enumerate(self._papers, 1):
            begun.append(self._exhibit(paper))
            done(count)
        self._contents(listed, begun)
        written = self.page.content()
        return merged(written, self._placed, hashlib.sha256(written).digest()[:16])

    # The list of contents, which is written last: only then the pages are known

    def _rows(self, names: Iterable[str]) -> list[list[str]]:
        return [self.page.lines_of(name, self.page.width - _NUMBERS - 3, SIZE) for name in names]

    def _leave_pages(self, rows: Sequence[list[str]]) -> list[tuple[int, list[list[str]]]]:
        """Leave as many pages as the contents take; return them, each with its rows. Another page is begun."""
        page, left = self.page, list(rows)
        listed = []
        while left:
            page.new_page()
            page.paragraph("Contents", 13, bold=True)
            room, some = page.left - 1, list[list[str]]()
            while left and (room := room - page.height(len(left[0]), SIZE)) > 0:
                some.append(left.pop(0))
            listed.append((page.pages, some))
        page.new_page()
        return listed

    def _contents(self, listed: Iterable[tuple[int, list[list[str]]]], begun: Iterable[int]) -> None:
        page, numbers = self.page, iter(begun)
        columns = [Column(page.width - _NUMBERS), Column(_NUMBERS, right=True)]
        for number, rows in listed:
            with page.back_on(number):
                page.gap(page.height(1, 13))
                page.rows([(lines, [str(n)]) for lines, n in zip(rows, numbers, strict=False)], columns, SIZE)

    # The exhibits

    def _exhibit(self, paper: Paper) -> int:
        """Write an exhibit's divider and its pages; return the page of the divider."""
        page, first = self.page, self._divider(paper)
        if paper.pages:
            for seen in paper.pages:
                page.new_page()
                self._placed.append(Placed(page.pages - 1, seen, self._room()))
        elif paper.picture:
            page.new_page()
            page.image(paper.picture, page.width, page.left - 1)
        elif paper.lines:
            page.new_page()
            for line in paper.lines:
                page.paragraph(line or " ", SIZE)
        self._stamp(paper, first + 1)
        return first

    def _divider(self, paper: Paper) -> int:
        page, exhibit = self.page, paper.exhibit
        page.new_page()
        page.bookmark(_name(paper))
        page.gap(55)
        page.paragraph(f"Exhibit {exhibit.number}", 34, bold=True)
        page.gap(3)
        page.paragraph(exhibit.title, 15)
        page.gap(3)
        for about in exhibit.about:
            page.paragraph(about, 11)
        if exhibit.note:
            page.paragraph(exhibit.note, 11)
        page.gap(5)
        size = f", {plural(exhibit.size, 'byte')}" if exhibit.size else ""
        page.paragraph(f"dated {short_day(exhibit.day)}; attached as {exhibit.name}{size}", SIZE, colour=DIM)
        page.paragraph(f"SHA-256 {exhibit.digest}", SMALL, colour=DIM)
        if paper.file:
            page.paragraph(f"in the folder of this claim file: {paper.file}", SIZE, colour=DIM)
        if paper.problem:
            page.gap(5)
            page.paragraph(f"This exhibit is not shown on pages here: {paper.problem}.", 11, colour=BAD)
        return page.pages

    def _room(self) -> tuple[float, float, float, float]:
        """Return where a page of others is drawn on a page of ours: points from below left."""
        right, top = MARGIN + self.page.width, self._height - MARGIN
        left, bottom, right, top = (mm * _POINTS for mm in (MARGIN, _BOTTOM, right, top))
        return (left, bottom, right, top)

    def _stamp(self, paper: Paper, first: int) -> None:
        """Write the exhibit's number on each of its pages, above what stands on them."""
        page, last = self.page, self.page.pages
        for number in range(first, last + 1):
            words = f"Exhibit {paper.exhibit.number}, page {number - first + 1} of {last - first + 1}"
            with page.back_on(number):
                page.box([words], (MARGIN, _STAMP), (page.width, 6), SIZE, bold=True, right=True)


def _name(paper: Paper) -> str:
    return f"Exhibit {paper.exhibit.number}: {paper.exhibit.title}"
