"""The sections of a claim file before its exhibits: what is claimed, and what bears on it, in tables and words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from arctui.core.claim_facts import Claimed, ClaimFacts, Event, Party, Sum
from arctui.core.money import ZERO, grouped, total
from arctui.core.words import short_day
from arctui.letters.claim_papers import Paper
from arctui.letters.pdf import BAD, DIM, INK, MARGIN, Pdf

SIZE, SMALL = 9.0, 8.0
#: Millimetres: what must be free of a page for a section to begin on it.
_ROOM = 45.0
_INDENT = 6.0
#: A page that nothing stands on yet is written on above this.
_TOP = MARGIN + 1
_LEFT, _RIGHT = False, True


def title(facts: ClaimFacts) -> str:
    """Return what the claim file is called: "Claim file: Granite Supply against Birch Works"."""
    ours = party_name(facts.creditor)
    return f"Claim file{f': {ours}' if ours else ''} against {party_name(facts.debtor)}"


def party_name(party: Party) -> str:
    """Return the name that a party stands under in the register, else the one it is called by."""
    return party.legal_name or party.name


def exhibits_words(numbers: Sequence[int]) -> str:
    """Name exhibits: "Exhibit 3", "Exhibits 3, 7"."""
    return f"Exhibit{'s' if len(numbers) > 1 else ''} {_few(numbers)}" if numbers else ""


class _Section(NamedTuple):
    """A section: its name, what it lists, how that is written, and what is said where there is nothing."""

    name: str
    rows: Sequence[object]
    write: Callable[[], None]
    without: str


class Sections:
    """Writes the sections of one claim file."""

    def __init__(self, page: Pdf, facts: ClaimFacts, papers: Sequence[Paper]) -> None:
        self._page, self._facts, self._papers = page, facts, papers

    # The cover

    def cover(self) -> None:
        """Write who claims how much of whom, and what to know before it is used."""
        page, facts = self._page, self._facts
        page.bookmark("Cover")
        page.paragraph(title(facts), 17, bold=True)
        page.gap(1)
        page.paragraph(f"as of {short_day(facts.day)}", 11, colour=DIM)
        page.gap(4)
        rows = _party_rows(facts.creditor, facts.debtor)
        page.listing(("", "Creditor", "Debtor"), rows, (_LEFT, _LEFT, _LEFT), size=SIZE)
        page.gap(2)
        page.paragraph(f"Terms agreed in: {facts.contract}" if facts.contract else "No contract is named.", SIZE)
        if facts.venue:
            page.paragraph(f"Claim to be brought in: {facts.venue}", SIZE)
        if not facts.claimed:
            page.gap(5)
            page.paragraph("Amount claimed: nothing", 14, bold=True)
        for claimed in facts.claimed:
            page.gap(5)
            page.paragraph(f"Amount claimed: {grouped(claimed.total, claimed.currency)}", 14, bold=True)
            page.gap(1)
            self._sums(claimed)
        self._remarks(facts.warnings, BAD)
        self._remarks(facts.notice, DIM)

    def _sums(self, claimed: Claimed) -> None:
        below = (("total claimed", grouped(claimed.total, claimed.currency)),)
        self._amounts(("how it is computed", "amount"), claimed.sums, claimed.currency, below)
        if claimed.aside:
            self._page.gap(2)
            self._amounts(("owed, but not claimed here", "amount"), claimed.aside, claimed.currency)

    def _amounts(
        self, head: Sequence[str], sums: Iterable[Sum], currency: str, below: Sequence[Sequence[str]] = ()
    ) -> None:
        rows = [(s.words, grouped(s.amount, currency)) for s in sums]
        self._page.listing(head, rows, (_LEFT, _RIGHT), sums=below, size=SIZE)

    def _remarks(self, remarks: Sequence[str], colour: tuple[int, int, int]) -> None:
        if remarks:
            self._page.gap(4)
        for remark in remarks:
            self._page.paragraph(f"– {remark}", SIZE, colour=colour)

    # What stands behind it

    def _all(self) -> tuple[_Section, ...]:
        facts, day = self._facts, short_day(self._facts.day)
        return (
            _Section("List of exhibits", self._papers, self._exhibits, "nothing is attached"),
            _Section(f"Statement of account as of {day}", facts.statements, self._statements, "nothing was invoiced"),
            _Section("Open invoices", facts.invoices, self._invoices, "no invoice is open"),
            _Section("Credits", facts.credits, self._credits, "none"),
            _Section("Chronology", facts.chronology, self._chronology, "nothing happened on this account"),
            _Section("Promises to pay and how each ended", facts.promises, self._promises, "none were taken"),
            _Section("Letters and proof of sending", facts.letters, self._letters, "none were written"),
            _Section("Disputes", facts.disputes, self._disputes, "none"),
            _Section("Interest and fees", facts.claimed, self._interest, "none"),
            _Section("What is missing for a complete file", facts.missing, self._missing, "nothing"),
            _Section("The record", facts.proof, self._record, ""),
        )

    @property
    def names(self) -> list[str]:
        """The names of the sections that follow the cover."""
        return [section.name for section in self._all()]

    def write(self) -> list[int]:
        """Write the sections that follow the cover; return the page of each."""
        return [self._section(section) for section in self._all()]

    def _section(self, section: _Section) -> int:
        page = self._page
        page.together(_ROOM)
        if page.y > _TOP:
            page.gap(7)
        begun = page.pages
        page.bookmark(section.name)
        page.paragraph(section.name, 13, bold=True)
        page.gap(1)
        if section.rows:
            section.write()
        else:
            page.paragraph(section.without, SIZE, colour=DIM)
        return begun

    def _exhibits(self) -> None:
        head = ("no.", "what it is", "about", "dated", "file in the folder")
        rows = [
            (
                str(p.exhibit.number),
                _lines(p.exhibit.title, p.exhibit.name),
                _lines(*p.exhibit.about),
                short_day(p.exhibit.day),
                _lines(p.file, _said("not on pages: ", p.problem)),
            )
            for p in self._papers
        ]
        self._page.listing(head, rows, (_LEFT,) * 5, size=SMALL)

    def _statements(self) -> None:
        head = ("day", "what", "due", "amount", "balance", "exhibits")
        right = (_LEFT, _LEFT, _LEFT, _RIGHT, _RIGHT, _RIGHT)
        for statement in self._facts.statements:
            self._page.paragraph(f"in {statement.currency}", SIZE, colour=DIM)
            rows = [
                (
                    _day(line.day) or "not known",
                    " ".join(filter(None, [line.kind, line.number])) + (f": {line.words}" if line.words else ""),
                    _day(line.due),
                    grouped(line.amount),
                    grouped(line.balance),
                    _few(line.exhibits),
                )
                for line in statement.lines
            ]
            below = ("", "balance", "", "", grouped(statement.balance, statement.currency), "")
            self._page.listing(head, rows, right, sums=(below,), size=SMALL)
            self._page.gap(3)

    def _invoices(self) -> None:
        head = ("invoice", "issued", "due", "days late", "amount", "open", "in dispute", "claimed", "exhibits")
        right = (*(_LEFT,) * 3, *(_RIGHT,) * 6)
        by_currency = dict.fromkeys(i.currency for i in self._facts.invoices)
        for currency in by_currency:
            self._page.paragraph(f"in {currency}", SIZE, colour=DIM)
            listed = [i for i in self._facts.invoices if i.currency == currency]
            rows = [
                (
                    _lines(i.number, i.reference),
                    _day(i.issued),
                    _day(i.due),
                    str(i.days_past_due) if i.days_past_due > 0 else "",
                    grouped(i.amount),
                    grouped(i.open),
                    _nonzero(i.disputed),
                    grouped(i.claimed),
                    _few(i.exhibits),
                )
                for i in listed
            ]
            sums = (total(getattr(i, name) for i in listed) for name in ("open", "disputed", "claimed"))
            below = ("", "", "", "", "in all", *map(grouped, sums), "")
            self._page.listing(head, rows, right, sums=(below,), size=SMALL)
            self._page.gap(3)

    def _credits(self) -> None:
        head = ("day", "what", "amount", "exhibits")
        rows = [(_day(c.day), c.words, grouped(c.amount, c.currency), _few(c.exhibits)) for c in self._facts.credits]
        self._page.listing(head, rows, (_LEFT, _LEFT, _RIGHT, _RIGHT), size=SMALL)

    def _chronology(self) -> None:
        for event in self._facts.chronology:
            self._event(event)

    def _event(self, event: Event) -> None:
        page, colour = self._page, DIM if event.undone else INK
        page.together(page.height(3, SMALL))
        page.paragraph(event_head(event), SMALL, bold=True, colour=colour)
        for line in event.lines:
            page.paragraph(line, SMALL, colour=colour, indent=_INDENT)
        page.gap(1.2)

    def _promises(self) -> None:
        head = ("taken", "promise", "how it ended", "exhibits")
        rows = []
        for p in self._facts.promises:
            way = f" by {p.method}" if p.method else ""
            what = f"{grouped(p.amount, p.currency)} for {short_day(p.day)}{way}"
            promise = _lines(what, _said("on ", ", ".join(p.invoices)), f"“{p.words}”" if p.words else "")
            taken = _lines(p.taken, f"by {p.taken_by}", _said("from ", p.person))
            rows.append((taken, promise, p.verdict, _few(p.exhibits)))
        self._page.listing(head, rows, (_LEFT, _LEFT, _LEFT, _RIGHT), size=SMALL)

    def _letters(self) -> None:
        head = ("letter", "what it asked for", "how it went out", "exhibits")
        rows = []
        for a in self._facts.letters:
            letter = _lines(f"{a.kind} {a.number}", f"written {short_day(a.written)} by {a.by}")
            asked = _lines(
                grouped(a.amount, a.currency),
                _said("interest ", grouped(a.interest, a.currency) if a.interest else ""),
                _said("fee ", grouped(a.fee, a.currency) if a.fee else ""),
                _said("until ", _day(a.deadline)),
                _said("invoices ", ", ".join(a.invoices)),
            )
            sent = _lines(a.sent, _said("to ", a.person), a.address)
            rows.append((letter, asked, sent, _few([*([a.exhibit] if a.exhibit else []), *a.proofs])))
        self._page.listing(head, rows, (_LEFT, _LEFT, _LEFT, _RIGHT), size=SMALL)

    def _disputes(self) -> None:
        head = ("opened", "what about", "amount", "our remedy", "closed", "exhibits")
        rows = [
            (
                short_day(d.opened),
                _lines(d.reason, d.kind, ", ".join(d.invoices)),
                grouped(d.amount, d.currency),
                _lines(d.remedy, f"due {short_day(d.remedy_due)}", _said("by ", d.owner)),
                _day(d.closed_on) or "open",
                _few(d.exhibits),
            )
            for d in self._facts.disputes
        ]
        self._page.listing(head, rows, (_LEFT, _LEFT, _RIGHT, _LEFT, _LEFT, _RIGHT), size=SMALL)

    def _interest(self) -> None:
        page = self._page
        for c in self._facts.claimed:
            words = f"interest {grouped(c.interest, c.currency)}, fees {grouped(c.fees, c.currency)}"
            page.paragraph(f"in {c.currency}: {words}", SIZE)
            for line in (*c.agreed, *c.arithmetic):
                page.paragraph(line, SMALL, indent=_INDENT)
            page.gap(1)

    def _missing(self) -> None:
        rows = [("☐", m.what, m.todo) for m in self._facts.missing]
        self._page.listing(("", "what is missing", "what to do"), rows, (_LEFT, _LEFT, _LEFT), size=SIZE)

    def _record(self) -> None:
        for line in self._facts.proof:
            self._page.paragraph(line, SIZE)


def event_head(event: Event) -> str:
    """Return the first line of an event: when it was, what, how much, by whom and with whom, and what proves it."""
    with_whom = [f"by {event.by}" if event.by else "", f"with {event.person}" if event.person else ""]
    amount = grouped(event.amount, event.currency) if event.amount else ""
    parts = [event.kind, amount, *with_whom, exhibits_words(event.exhibits)]
    return f"{event.when}  {', '.join(filter(None, parts))}"


def _party_rows(creditor: Party, debtor: Party) -> list[tuple[str, str, str]]:
    def of(name: str, text: Callable[[Party], str]) -> tuple[str, str, str]:
        return (name, text(creditor), text(debtor))

    rows = [
        of("legal name", lambda p: p.legal_name or "not known"),
        of("called", lambda p: p.name if p.name != p.legal_name else ""),
        of("address", lambda p: "\n".join(p.address) or "not known"),
        of("country", lambda p: p.country),
        of("jurisdiction", lambda p: p.jurisdiction),
        of("number", lambda p: p.number),
        of("tax number", lambda p: p.tax_number),
        of("is", lambda p: "a natural person" if p.natural_person else ""),
        of("people", lambda p: "\n".join(p.people)),
    ]
    return [row for row in rows if row[1] or row[2]]


def _lines(*texts: str) -> str:
    """Set texts one below the other, as far as there are any."""
    return "\n".join(filter(None, texts))


def _said(words: str, text: str) -> str:
    return f"{words}{text}" if text else ""


def _day(day: date | None) -> str:
    return short_day(day) if day else ""


def _few(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _nonzero(amount: Decimal) -> str:
    return grouped(amount) if amount != ZERO else ""
