"""The claim file as PDFium reads it back: every amount, day and exhibit is there, and stands where it is said to."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from arctui.core.claim_facts import ClaimFacts
from arctui.core.money import grouped, total
from arctui.core.text import cell_width
from arctui.core.words import short_day
from arctui.letters.claim_papers import Paper, lost, paper
from arctui.letters.claim_pdf import claim_pdf
from arctui.letters.claim_texts import checklist_text, chronology_text, manifest, manifest_of
from tests.core.builders import call, dispute, invoice, moment, payment, promise
from tests.core.claim_files import attached as named
from tests.core.claim_files import claim, ready
from tests.core.oracle import nov
from tests.letters import attached
from tests.letters.fonts import font_of
from tests.letters.pictures import drawn
from tests.letters.seen import texts

ARABIC, CHINESE = "شركة النور", "田中商店"
SAID = ("“When will it be paid?”", "> by check, as soon as the owner is back")


def busy(**account: object) -> ClaimFacts:
    """A claim with something in each section, in two currencies, with files of every kind."""
    talk = msgspec.structs.replace(call(nov(10)), person="Tony Marsh", note="\n".join(("He asked for time.", *SAID)))
    return claim(
        ready(
            invoice("2", "400.50", nov(9), issued=date(2026, 10, 10)),
            invoice("E-7", "77.70", nov(9), issued=date(2026, 10, 10), currency="EUR"),
            payment(nov(12), "150.25", {"2": "150.25"}),
            promise("300.00", nov(20), nov(25), nov(27), name="promised"),
            dispute("50.00", nov(13), on=["id-2"]),
            named("mail.eml", media="message/rfc822"),
            named("damaged.pdf", "id-2"),
            named("table.xlsx", "id-2", media="application/vnd.ms-excel"),
            talk,
            account=account,
        )
    )


def papers_of(facts: ClaimFacts) -> list[Paper]:
    """The exhibits with contents of their kinds; what is called damaged is."""
    made = []
    for exhibit in facts.exhibits:
        content = {
            "image/jpeg": drawn("JPEG", (900, 1200)),
            "message/rfc822": attached.email(),
            "": b"the letter as it was sent\n" * 150,
        }.get(exhibit.media, attached.pdf(f"sheet of {exhibit.number}", 2, turned=90))
        if exhibit.name == "damaged.pdf":
            content = content[:400]
        media = exhibit.media or "text/plain"
        made.append(paper(msgspec.structs.replace(exhibit, media=media), content))
    return made


@pytest.fixture(scope="module")
def facts() -> ClaimFacts:
    return busy(name=f"Birch Works {ARABIC}")


@pytest.fixture(scope="module")
def papers(facts: ClaimFacts) -> list[Paper]:
    return papers_of(facts)


@pytest.fixture(scope="module")
def content(facts: ClaimFacts, papers: list[Paper]) -> bytes:
    return claim_pdf(facts, papers, "US")[0]


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[str]:
    return texts(content)


def test_every_amount_and_day_of_the_claim_is_in_it(facts: ClaimFacts, pages: list[str]) -> None:
    text = " ".join(" ".join(pages).split())
    amounts = {c.total for c in facts.claimed} | {s.amount for c in facts.claimed for s in (*c.sums, *c.aside)}
    amounts |= {n for s in facts.statements for x in s.lines for n in (x.amount, x.balance)}
    amounts |= {n for i in facts.invoices for n in (i.amount, i.open, i.claimed)}
    amounts |= {p.amount for p in facts.promises} | {x.amount for x in facts.letters}
    amounts |= {d.amount for d in facts.disputes} | {c.amount for c in facts.credits}
    assert Decimal("-150.25") in amounts
    assert len(amounts) > 8
    assert [n for n in sorted(amounts) if grouped(n) not in text] == []
    days = {e.day for e in facts.chronology} | {x.day for s in facts.statements for x in s.lines}
    days |= {d.remedy_due for d in facts.disputes} | {x.deadline for x in facts.letters}
    assert [d for d in days if d and short_day(d) not in text] == []
    for words in (*ARABIC.split(), *SAID, *(line for c in facts.claimed for line in c.arithmetic), facts.head):
        assert words in text


def test_the_sums_of_the_claim_and_of_the_statement_agree(facts: ClaimFacts) -> None:
    for claimed in facts.claimed:
        assert total(s.amount for s in claimed.sums) == claimed.total
    for statement in facts.statements:
        assert total(x.amount for x in statement.lines) == statement.balance


def test_every_page_has_its_number_of_all_and_every_exhibits_page_its_own(
    papers: list[Paper], pages: list[str]
) -> None:
    for number, text in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in text
    for shown in papers:
        stamps = re.findall(rf"^Exhibit {shown.exhibit.number}, page (\d+) of (\d+)$", "\n".join(pages), re.MULTILINE)
        long = 3 if len(shown.lines) > 100 else 1
        count = 0 if shown.problem else len(shown.pages) or long
        assert stamps == [(str(n), str(count)) for n in range(1, count + 1)]


def test_the_contents_say_the_page_on_which_each_section_and_exhibit_begins(
    papers: list[Paper], pages: list[str]
) -> None:
    listed = re.findall(
        r"^(?!Claim file)(.+) (\d+)$", next(t for t in pages if t.startswith("Contents")), re.MULTILINE
    )
    begins = {name: int(page) for name, page in listed}
    assert len(begins) == 11 + len(papers)
    for name, page in begins.items():
        first = name.partition(":")[0]
        assert re.search(rf"^{re.escape(first)}\s*$", pages[page - 1], re.MULTILINE), (name, page)


def test_each_exhibit_is_shown_behind_its_divider_or_says_why_not(papers: list[Paper], pages: list[str]) -> None:
    kinds = {"pages": 1, "picture": 2, "lines": 4, "problem": 8}
    assert {sum(n * bool(getattr(p, name)) for name, n in kinds.items()) for p in papers} == {1, 2, 4, 8}
    for shown in papers:
        place = next(n for n, t in enumerate(pages) if t.startswith(f"Exhibit {shown.exhibit.number}\n"))
        divider = pages[place]
        assert shown.exhibit.digest in divider
        assert shown.file in divider
        if shown.problem:
            assert f"not shown on pages here: {shown.problem}" in divider
        elif shown.pages:
            assert f"sheet of {shown.exhibit.number}, sheet 1" in pages[place + 1]
            assert f"sheet of {shown.exhibit.number}, sheet 2" in pages[place + 2]


def test_the_same_facts_make_the_same_bytes(facts: ClaimFacts, content: bytes) -> None:
    assert claim_pdf(facts, papers_of(facts), "US")[0] == content


def test_an_empty_claim_is_a_file_too() -> None:
    lists = "claimed statements invoices chronology promises letters disputes credits exhibits missing".split()
    nothing = msgspec.structs.replace(busy(), **dict.fromkeys(lists, ()))
    content, missing = claim_pdf(nothing, [], "DE")
    text = "\n".join(texts(content))
    assert "Amount claimed: nothing" in text
    assert "nothing happened on this account" in text
    assert missing == ""


def test_letters_that_no_font_has_are_told_and_a_font_beside_the_book_draws_them(tmp_path: Path) -> None:
    few = msgspec.structs.replace(busy(legal_name=CHINESE), chronology=(), exhibits=())
    assert claim_pdf(few, [], "US")[1] == "".join(sorted(CHINESE))
    font_of(tmp_path / "boxes.ttf", CHINESE)
    content, missing = claim_pdf(few, [], "US", [tmp_path])
    assert missing == ""
    assert CHINESE in texts(content)[0]


def test_a_lost_exhibit_is_listed_with_what_became_of_it(facts: ClaimFacts) -> None:
    gone = [lost(e, "the file is missing") for e in facts.exhibits]
    pages = texts(claim_pdf(facts, gone, "US")[0])
    assert sum("not shown on pages here: the file is missing" in t for t in pages) == len(gone)


# The texts beside it


def test_the_chronology_and_the_checklist_say_all_of_it_in_lines_of_a_terminal(facts: ClaimFacts) -> None:
    for text, wanted in (
        (chronology_text(facts), [e.when for e in facts.chronology] + list(SAID)),
        (checklist_text(facts), [m.what for m in facts.missing] + list(facts.notice)),
    ):
        assert max(map(cell_width, text.splitlines())) <= 78
        assert [w for w in wanted if w not in " ".join(text.split())] == []
    assert moment(nov(10), "10:00").strftime("%H:%M") in chronology_text(facts)


def test_a_manifest_reads_back_and_no_other_text_does(facts: ClaimFacts) -> None:
    sums = {"claim.pdf": "a" * 64, "exhibits/01-invoice.pdf": "b" * 64}
    found = {name: {digest} for name, digest in sums.items()}
    assert manifest_of(manifest("birch", facts, sums)) == ("birch", found)
    before = {"claim.pdf": {"a" * 64, "c" * 64}, "exhibits/02-other.txt": {"d" * 64}}
    assert manifest_of(manifest("birch", facts, sums, before)) == ("birch", {**found, **before})
    assert manifest_of("a list of my own\n") is None
    assert manifest_of("") is None
