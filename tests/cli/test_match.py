"""The command that matches bank lines."""

import pytest

from tests.cli.command import AMOUNT, DATE, Arctui, maybe, misfit

STATEMENT = """\
Date,Description,Amount,Balance
2026-11-16,BIRCH WORKS INV B-1041,1200.00,2200.00
2026-11-16,TM HOLDINGS,500.00,2700.00
2026-11-16,CEDAR FARM,120.00,2820.00
"""


@pytest.fixture
def fed(arctui: Arctui) -> Arctui:
    summary = arctui.feed(STATEMENT, "bank.csv")
    assert (summary["kind"], summary["payments_added"], len(summary["waiting"])) == ("bank statement", 1, 2)
    return arctui


def test_the_lines_that_wait_are_listed(fed: Arctui) -> None:
    shape = {
        "line": int,
        "date": DATE,
        "amount": AMOUNT,
        "account": maybe(str),
        "certainty": {"certain", "likely", "none"},
        "why": str,
        "apply": list,
    }
    lines = fed.json("match")
    assert misfit(lines, [shape]) == ""
    assert {line["payer"]: line["account"] for line in lines} == {"TM HOLDINGS": None, "CEDAR FARM": "Cedar Farm"}
    listed = fed.call("match")
    assert "TM HOLDINGS" in listed.out
    assert "Cedar Farm: C-1 120.00" in listed.out


def number(fed: Arctui, payer: str) -> str:
    return str(next(line["line"] for line in fed.json("match") if line["payer"] == payer))


def test_a_line_is_accepted_laid_out_and_ignored(fed: Arctui) -> None:
    assert fed.call("match", number(fed, "CEDAR FARM"), "--accept").code == 0
    assert fed.json("account", "cedar")["standing"]["past_due"] == "180.00"
    assert fed.call("match", "1", "--to", "birch works", "--apply", "B-1042 450, B-1042").code == 1
    assert fed.json("match", "1", "--to", "birch works", "--apply", "B-1042 450")["done"]
    assert fed.json("account", "birch works")["standing"]["credits"] == "-50.00"
    assert fed.call("match").out.strip() == "no bank line waits"
    assert fed.json("check")["ok"]


def test_a_deposit_of_two_customers_is_parted(fed: Arctui) -> None:
    assert fed.call("match", number(fed, "TM HOLDINGS"), "--apply", "1042 450, cedar C-1 50").code == 1
    done = fed.json("match", number(fed, "TM HOLDINGS"), "--apply", "birch works B-1042 450, cedar rest")["done"]
    assert "Birch Works, Cedar Farm" in done
    assert fed.json("account", "cedar")["standing"]["credits"] == "-50.00"
    assert fed.json("check")["ok"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--accept",), "which bank line"),
        (("9", "--ignore"), "no bank line 9"),
        (("TM", "--accept"), "whose money is it"),
        (("TM",), "whose money is it"),
        (("CF",), "do what with it"),
        (("TM", "--to", "birch works", "--apply", "X-1"), "no open invoice"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(fed: Arctui, options: tuple[str, ...], why: str) -> None:
    places = {"TM": number(fed, "TM HOLDINGS"), "CF": number(fed, "CEDAR FARM")}
    result = fed.call("match", *(places.get(option, option) for option in options))
    assert (result.code, len(result.notes)) == (1, 1)
    assert why in result.err
    assert len(fed.json("match")) == 2


def test_a_line_is_ignored_or_left_on_account(fed: Arctui) -> None:
    fed.json("match", number(fed, "TM HOLDINGS"), "--ignore")
    fed.json("match", number(fed, "CEDAR FARM"), "--on-account")
    assert fed.json("account", "cedar")["standing"]["credits"] == "-120.00"


def test_the_account_and_a_claim_tell_of_the_line_that_waits(fed: Arctui) -> None:
    waits = "120.00 of Mon 16 Nov waits in the bank lines (B), likely theirs"
    assert waits in fed.call("account", "cedar").out
    (line,) = fed.json("account", "cedar")["bank_lines"]
    assert (line["amount"], line["date"], line["likely"]) == ("120.00", "2026-11-16", True)
    assert fed.json("account", "birch works")["bank_lines"] == []
    assert fed.json("log", "cedar", "paid today 120 ach")["in_books"][0] == waits
