"""`arctui letter`: one letter, all that are due, how one was sent, the list; documents and exit codes."""

from pathlib import Path

import pytest

from tests.cli.command import AMOUNT, DATE, Arctui, Result, maybe, misfit

ADDRESS = "address 12 Mill Rd, Springfield, IL 62701"
LETTER = {
    "number": str,
    "kind": str,
    "account": str,
    "person": str,
    "day": DATE,
    "by": str,
    "currency": str,
    "amount": AMOUNT,
    "interest": AMOUNT,
    "fee": AMOUNT,
    "deadline": maybe(DATE),
    "why": str,
    "file": str,
    "sent_by": maybe(str),
    "sent_on": maybe(DATE),
    "tracking": str,
}
ANSWER = {"files": [str], "letters": [LETTER], "refused": [{"account": str, "why": str}]}


@pytest.fixture
def known(arctui: Arctui) -> Arctui:
    """Birch Works (100) has an address."""
    assert arctui.call("correct", "100", ADDRESS).code == 0
    return arctui


def tried(arctui: Arctui, *who: str) -> None:
    """Three tries in a row reached nobody, the last yesterday."""
    for day in ("2026-11-11", "2026-11-12", "2026-11-13"):
        arctui.day = f"{day}T10:00"
        for one in who:
            assert arctui.call("log", one, "na").code == 0
    arctui.day = "2026-11-16T10:30"


def refused(result: Result, *words: str) -> None:
    """It says no in one line that has these words."""
    assert result.code == 1, result
    assert len(result.notes) == 1, result
    assert all(word in result.err for word in words), result
    assert result.out == ""


def test_a_letter_that_is_due_is_written_as_pdf(known: Arctui) -> None:
    tried(known, "100")
    document = known.json("letter", "100")
    assert misfit(document, ANSWER) == ""
    (file,) = document["files"]
    assert Path(file).read_bytes().startswith(b"%PDF")
    (letter,) = document["letters"]
    assert (letter["number"], letter["kind"], letter["amount"], letter["currency"]) == (
        "2026-0001",
        "reminder",
        "1200.00",
        "USD",
    )
    assert (letter["person"], letter["why"], letter["sent_by"]) == ("Tony Marsh", "", None)
    (row,) = [r for r in known.json("today") if r["account"] == "Birch Works"]
    assert row["why"].count("letter 2026-0001 written Mon 16 Nov, not sent yet") == 1


def test_one_that_is_not_due_asks_for_a_reason_by_its_option(known: Arctui) -> None:
    refused(known.call("letter", "100"), "0 of 3 tries in a row", "--why")
    written = known.call("letter", "100", "--why", "broke three promises", "--text")
    assert written.code == 0
    line, path = written.out.splitlines()
    assert line == "reminder 2026-0001 written, Birch Works: 1,200.00 USD, to be paid by Fri 27 Nov"
    assert "1,200.00 USD" in Path(path).read_text(encoding="utf-8")
    assert any("arctui policy firm" in note for note in written.notes)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody"], "no account is called 'nobody'"),
        (["200", "--kind", "statement"], "no postal address is known"),
        (["100", "--kind", "thank"], "no thank-you to Birch Works: 1,200.00 is past due still"),
        (["100", "--kind", "statement", "--to", "lee"], "known are Tony Marsh"),
        (["100", "--kind", "statement", "--currency", "EUR"], "nothing is owed in EUR"),
        (["100", "--kind", "statement", "--sent", "mail", "--on", "2026-11-17"], "is still to come"),
        (["100", "--kind", "statement", "--sent", "mail", "--on", "2020-01-01"], "it is written only today"),
        (["100", "--why", "x" * 501], "longer than 500 characters"),
        (["100", "--kind", "statement", "--sent", "cert", "--tracking", "9" * 61], "longer than 60 characters"),
        (["100", "--kind", "statement", "--sent", "cert", "--tracking", "5555555555554444"], "--no-card"),
        (["100", "--kind", "statement", "--out", "/no/such/folder"], "there is no folder /no/such/folder"),
        (["sent", "2026-0009", "mail"], "there is no letter '2026-0009'"),
        (["drop", "9"], "there is no letter '9'"),
        (["list", "nobody"], "no account is called 'nobody'"),
        (["100", "--why", "card 4111111111111111"], "--no-card"),
    ],
)
def test_what_is_not_possible_is_one_line_and_changes_nothing(
    known: Arctui, arguments: list[str], words: str
) -> None:
    before = known.book.read_bytes()
    refused(known.call("letter", *arguments), words)
    assert known.book.read_bytes() == before
    assert not (known.folder / "book.json.documents").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["100", "200"],
        ["--due", "100"],
        ["--due", "--text"],
        ["100", "--on", "2026-11-16"],
        ["sent", "1"],
        ["drop"],
        ["list", "100", "200"],
        ["100", "--text", "--eml"],
        ["100", "--write", "x"],
    ],
)
def test_wrong_usage_exits_2(known: Arctui, arguments: list[str]) -> None:
    assert known.call("letter", *arguments).code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["100", "--kind", "plan"], "which letter? They are reminder, demand"),
        (["100", "--kind", "statement", "--sent", "pigeon"], "sent how? 'pigeon' is none of mail"),
        (["sent", "2026-0001", "pigeon"], "sent how? 'pigeon' is none of mail"),
        (["100", "--kind", "statement", "--sent", "cert"], "certified mail has a number: --tracking NUMBER"),
        (["100", "--kind", "statement", "--sent", "mail", "--on", "soon"], "--on: 'soon' is no day"),
        (["list", "--out", "x"], "beside list --out does nothing: leave it out"),
        (["drop", "1", "--on", "2026-11-16"], "beside drop --on does nothing"),
        (["sent", "1", "mail", "--preview"], "beside sent --preview does nothing"),
        (["100", "--preview", "--sent", "mail"], "beside --preview --sent does nothing"),
        (["100", "--preview", "--out", "/nonexist"], "beside --preview --out does nothing"),
        (["--due", "--eml"], "beside --due --eml does nothing"),
        (["check", "--out", "x"], "letter check knows no --out: leave it out"),
    ],
)
def test_wrong_words_of_options_are_one_line_and_exit_2(known: Arctui, arguments: list[str], told: str) -> None:
    result = known.call("letter", *arguments)
    assert (result.code, result.out, len(result.notes)) == (2, "", 1), result
    assert result.err.startswith(f"arctui: {told}")


def test_a_stopped_account_gets_no_letter(known: Arctui) -> None:
    assert known.call("stop", "100", "attorney").code == 0
    refused(known.call("letter", "100"), "not to be written to: attorney")


def test_a_preview_prints_the_text_and_changes_nothing(known: Arctui) -> None:
    before = known.book.read_bytes()
    shown = known.call("letter", "100", "--preview")
    assert shown.code == 0
    assert "Attn Tony Marsh\n12 Mill Rd\nSpringfield, IL 62701\n" in shown.out
    assert any("not due: 0 of 3 tries in a row reached nobody" in note for note in shown.notes)
    document = known.json("letter", "100", "--preview")
    assert misfit(document, {**ANSWER, "text": str, "subject": str, "due": bool, "kind": {"reminder"}}) == ""
    assert document["files"] == []
    assert known.book.read_bytes() == before


def test_it_is_sent_at_once_or_later_and_never_twice(known: Arctui) -> None:
    (letter,) = known.json("letter", "100", "--why", "x", "--text", "--sent", "hand", "--to", "tony")["letters"]
    assert (letter["sent_by"], letter["sent_on"]) == ("hand", "2026-11-16")
    assert known.call("letter", "100", "--kind", "statement", "--text").code == 0
    sent = known.json("letter", "sent", "2", "certified", "mail", "--tracking", "9407111899560000000000")
    assert sent["done"] == "statement 2026-0002 sent by certified mail, Birch Works"
    assert sent["letters"][0]["tracking"] == "9407111899560000000000"
    refused(known.call("letter", "sent", "2026-0002", "mail"), "what was sent is not changed")
    refused(known.call("letter", "drop", "2"), "what was sent is not changed")
    rows = known.call("letter", "list").out.splitlines()
    assert [row.split()[0] for row in rows] == ["2026-0002", "2026-0001"]
    assert rows[0].endswith("sent Mon 16 Nov by certified mail, 9407111899560000000000")
    assert [x["number"] for x in known.json("letter", "list", "100")["letters"]] == ["2026-0002", "2026-0001"]
    assert known.call("letter", "list", "200").out == "no letter was written\n"


def test_a_letter_that_is_not_wanted_is_dropped_and_its_number_is_gone(known: Arctui) -> None:
    assert known.call("letter", "100", "--kind", "statement", "--text").code == 0
    done = known.json("letter", "drop", "1")["done"]
    assert done.startswith("statement 2026-0001 thrown away, never sent, Birch Works; ")
    assert known.json("letter", "100", "--kind", "state", "--text")["letters"][0]["number"] == "2026-0002"


def test_copies_go_into_a_folder_and_an_email_needs_no_postal_address(arctui: Arctui) -> None:
    out = arctui.folder / "out"
    out.mkdir()
    document = arctui.json("letter", "100", "--why", "x", "--eml", "--out", str(out))
    names = ["2026-0001 reminder Birch Works.eml", "2026-0001 reminder Birch Works.pdf"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert sorted(document["files"]) == [str(out / name) for name in names]
    assert b"tony@birch.example" in (out / "2026-0001 reminder Birch Works.eml").read_bytes()


def test_after_the_final_demand_the_claim_file_is_named(known: Arctui) -> None:
    made = known.call("letter", "100", "--kind", "final", "--why", "x", "--text", "--sent", "mail")
    assert made.code == 0
    refused(known.call("letter", "100"), "after the final demand comes the claim file", "claim-file")
    known.day = "2026-12-07T10:00"
    (row,) = [r for r in known.json("today") if r["account"] == "Birch Works"]
    assert "the final demand ended Mon 30 Nov: the claim file can be written" in row["why"]


def test_all_that_are_due_are_written_and_what_is_refused_is_told(known: Arctui) -> None:
    assert known.call("letter", "--due").out == "no letter is due\n"
    tried(known, "100", "200")
    document = known.json("letter", "--due", "--sent", "mail")
    assert misfit(document, {**ANSWER, "print_file": str}) == ""
    assert [x["account"] for x in document["letters"]] == ["Birch Works"]
    assert [x["account"] for x in document["refused"]] == ["Cedar Farm"]
    assert Path(document["print_file"]).read_bytes().startswith(b"%PDF")
    again = known.call("letter", "--due")
    assert again.code == 0
    assert "Cedar Farm: no postal address is known" in again.err
    assert known.call("check").code == 0


def test_the_words_about_templates_need_no_book(empty: Arctui) -> None:
    assert empty.call("letter", "check").code == 0
    assert empty.call("letter", "show", "reminder").out.startswith("Subject: ")
    assert not empty.book.exists()


def test_an_undone_letter_is_said_to_lie_apart_from_those_to_be_sent(known: Arctui) -> None:
    assert known.call("letter", "100", "--kind", "statement", "--text").code == 0
    said = known.call("undo").out
    assert "'2026-0001 statement Birch Works.txt' lies in letters/withdrawn now: do not send" in said
