"""`arctui letter` with something in the way: a broken template, a full disk, a picture, a number like a card's."""

from pathlib import Path

import pytest

from arctui.desk import letter_files
from arctui.store import BookError
from tests.cli.command import Arctui
from tests.cli.test_letters import ADDRESS, refused, tried

CARD = "5555555555554444"
MUTE = "Subject: Hi\n\nDear {{ person }}, please pay.\n"


@pytest.fixture
def known(arctui: Arctui) -> Arctui:
    """Birch Works (100) has an address."""
    assert arctui.call("correct", "100", ADDRESS).code == 0
    return arctui


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk that is full: no copy can be laid there."""
    real = letter_files.lay

    def lay(folder: Path, name: str, content: bytes) -> Path:
        if folder.name == "full":
            raise BookError(f"{folder / name} cannot be written: the disk is full: free some space, then try again")
        return real(folder, name, content)

    monkeypatch.setattr("arctui.cli.letter.lay", lay)
    return Path("full")


def test_a_template_that_the_check_refuses_writes_no_letter(known: Arctui) -> None:
    (known.folder / "letters").mkdir()
    (known.folder / "letters" / "reminder.txt").write_text(MUTE)
    tried(known, "100")
    why = "it does not say what is to be paid: name total"
    refused(known.call("letter", "100"), "reminder.txt", why)
    batch = known.call("letter", "--due")
    assert (batch.code, batch.out) == (1, "")
    assert why in batch.err
    assert known.call("letter", "list").out == "no letter was written\n"
    assert known.call("letter", "100", "--kind", "statement", "--text").code == 0


def test_where_only_the_copy_fails_the_letter_is_named_as_written(known: Arctui, full: Path) -> None:
    (known.folder / full).mkdir()
    tried(known, "100")
    out = str(known.folder / full)
    result = known.call("letter", "--due", "--out", out)
    assert result.code == 1
    assert "2026-0001" in result.out
    told = (
        "1 letter written, 2026-0001, and kept among the documents, so do not write it anew; only a copy is lacking"
    )
    assert told in result.err
    assert result.err.rstrip().endswith("free some space")
    one = known.call("letter", "100", "--kind", "statement", "--text", "--out", out)
    assert (one.code, one.out.splitlines()[0]) == (1, "statement 2026-0002 written, Birch Works: 1,850.00 USD")
    assert list((known.folder / full).iterdir()) == []


def test_a_number_like_a_cards_is_kept_only_where_that_is_said_and_for_that_letter(known: Arctui) -> None:
    sent = ("--sent", "certified", "--tracking", CARD)
    refused(known.call("letter", "100", "--kind", "statement", "--text", *sent), "4444 looks like a card's")
    assert known.call("letter", "100", "--kind", "statement", "--text").code == 0
    refused(known.call("letter", "sent", "1", "certified", "--tracking", CARD), "--no-card")
    assert known.call("letter", "sent", "1", "certified", "--tracking", CARD, "--no-card").code == 0
    refused(known.call("letter", "100", "--kind", "statement", "--why", CARD), "looks like a card's")
    assert known.call("log", "100", "na", "--", CARD).code == 1


def test_templates_that_are_not_read_are_told_once(known: Arctui) -> None:
    folder = known.folder / "letters"
    folder.mkdir()
    (folder / "remainder.txt").write_text(MUTE)
    told = "no letter is written from a file of this name; did you mean 'reminder.txt'?"
    preview = known.call("letter", "100", "--preview")
    assert preview.err.count(told) == 1
    tried(known, "100")
    assert known.call("letter", "--due").err.count(told) == 1
    assert known.call("policy", "letter_templates", "/nonexist").code == 0
    told = "there is no folder /nonexist, the letter_templates of the policy: ours are used"
    assert told in known.call("letter", "100", "--kind", "statement", "--preview").err


def test_a_broken_picture_is_refused_when_it_is_set_and_named_by_its_path_when_it_broke(known: Arctui) -> None:
    path = known.file("bad.png", "GIF89a")
    refused(known.call("policy", "letter_logo", path), path, "no PNG or JPEG picture")
    Path(path).unlink()
    assert known.call("policy", "letter_logo", path).code == 0
    known.file("bad.png", "GIF89a")
    refused(known.call("letter", "100", "--preview"), f"{path}, the letter_logo of the policy", "no PNG or JPEG")


def test_interest_and_fees_that_no_letter_asks_for_are_noted(known: Arctui) -> None:
    set_rate = known.call("policy", "interest_percent", "9")
    assert "interest is not asked for" in set_rate.err
    assert "the late fee is not asked for" in known.call("policy", "late_fee", "25").err
    assert known.call("letter", "100", "--preview").err.count("is not asked for") == 2
    assert known.call("policy", "interest_agreed", "terms 4.2").err == ""
    assert known.call("letter", "100", "--preview").err.count("is not asked for") == 1


def test_the_list_shows_what_the_letter_asks_for_whole(known: Arctui) -> None:
    for setting, value in (("late_fee", "25"), ("late_fee_agreed", "terms 4.3")):
        assert known.call("policy", setting, value, "--from", "2026-01-01").code == 0
    (letter,) = known.json("letter", "100", "--why", "x", "--text")["letters"]
    assert (letter["amount"], letter["fee"], letter["total"]) == ("1200.00", "25.00", "1225.00")
    assert "1,225.00 USD" in known.call("letter", "list").out


def test_without_a_signature_the_firm_signs_not_the_login(known: Arctui) -> None:
    assert known.call("policy", "firm", "Granite Supply").code == 0
    text = known.call("letter", "100", "--preview").out
    assert text.rstrip().split("\n")[-1] == "Granite Supply"


def test_letters_that_were_not_sent_are_one_point_of_the_claim_files_list(known: Arctui) -> None:
    for _ in range(2):
        assert known.call("letter", "100", "--kind", "statement", "--text").code == 0
    said = known.call("claim-file", "100")
    told = "the statement 2026-0001, the statement 2026-0002 were written and not sent: send them, or throw them away"
    assert (said.out + said.err).count(told) == 1, said
