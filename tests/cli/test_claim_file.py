"""`arctui claim-file`: what it prints, where it writes, and what it refuses."""

import pytest

from tests.cli.command import AMOUNT, Arctui, misfit

SHAPE = {"files": [str], "missing": [str], "warnings": [str], "amount": AMOUNT, "currency": str}


def test_it_says_what_is_claimed_where_it_lies_and_what_is_missing(busy: Arctui) -> None:
    result = busy.call("claim-file", "Birch Works")
    assert result.code == 0
    first, *missing = result.out.splitlines()
    assert "claims/100/claim.pdf: 1,200.00 USD claimed of Birch Works" in first
    assert any(line.startswith("[ ] the customer's legal name is not known") for line in missing)
    assert all(line.startswith("arctui: note: ") for line in result.notes)


def test_json_names_the_files_and_a_folder_takes_them(busy: Arctui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.claim_pdf.claim_pdf", lambda *_: (b"%PDF-", ""))
    out = busy.folder / "court"
    found = busy.json("claim-file", "Birch Works", "--out", str(out))
    assert misfit(found, SHAPE) == ""
    assert (found["amount"], found["currency"]) == ("1200.00", "USD")
    assert sorted(found["files"]) == sorted(str(file) for file in out.iterdir())


def test_it_refuses_an_unknown_account_and_a_folder_without_a_place(busy: Arctui) -> None:
    unknown = busy.call("claim-file", "nobody")
    nowhere = busy.call("claim-file", "Birch Works", "--out", str(busy.folder / "a" / "b"))
    assert (unknown.code, nowhere.code) == (1, 1)
    assert len(unknown.notes) == len(nowhere.notes) == 1
    assert "there is no folder" in nowhere.err
