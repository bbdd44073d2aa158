"""Money that waits in the bank lines is said on the worklist and to a claim, before anybody asks for it again."""

import pytest

from arctui.core.import_records import BankLine
from arctui.exchange.matching import Matcher, Proposal
from tests.desk.ledgers import Ledger

BIRCH = "Birch Works,B-1041,2026-09-01,2026-10-01,1200.00,1200.00"
BIRCH_TOO = "Birch Works,B-1042,2026-09-01,2026-10-01,400.00,400.00"
CEDAR = "Cedar Farm,C-2001,2026-09-01,2026-10-01,30.00,30.00"
HEAD = "Date,Description,Amount,Type,CR/DR"
WAITS = "500.00 of Tue 3 Nov waits in the bank lines (B), likely theirs"


def bank(ledger: Ledger, *rows: str) -> None:
    ledger.feed("\n".join([HEAD, *(f"{row},ACH,CR" for row in rows), ""]))


def why(ledger: Ledger, who: str = "Birch") -> str:
    row = ledger.desk.row(ledger.account(who).id)
    return row.why if row else ""


def claimed(ledger: Ledger, line: str, who: str = "Birch") -> list[str]:
    account = ledger.account(who).id
    return [f.words for f in ledger.desk.claims.search(account, ledger.desk.read(account, line).paid)]


@pytest.fixture
def fed(ledger: Ledger) -> Ledger:
    ledger.open_items(BIRCH, BIRCH_TOO, CEDAR)
    ledger.on(4)
    return ledger


def test_the_worklist_says_first_that_the_money_is_probably_at_the_bank(fed: Ledger) -> None:
    before = [row.account for row in fed.desk.worklist()]
    assert "bank lines" not in why(fed)
    bank(fed, "2026-11-03,BIRCH WORKS REMITTANCE,500.00")
    assert why(fed).startswith(f"{WAITS}; ")
    assert "bank lines" not in why(fed, "Cedar")
    assert [row.account for row in fed.desk.worklist()] == before
    bank(fed, "2026-11-04,BIRCH WORKS NOVEMBER,70.00", "2026-11-04,BIRCH WORKS,71.00")
    assert why(fed).startswith(
        "500.00 of Tue 3 Nov and 70.00 of Wed 4 Nov and 1 more wait in the bank lines (B), likely theirs; "
    )


def test_a_line_that_was_decided_is_said_no_more_and_undo_says_it_again(fed: Ledger) -> None:
    bank(fed, "2026-11-03,BIRCH WORKS REMITTANCE,500.00")
    (line,) = fed.desk.matching.lines()
    fed.desk.matching.ignore(line.id)
    assert "bank lines" not in why(fed)
    fed.desk.undo()
    assert why(fed).startswith(WAITS)


def test_an_amount_alone_may_be_theirs_and_fits_too_many_to_be_said(fed: Ledger) -> None:
    bank(fed, "2026-11-03,MYSTERY,30.00")
    assert why(fed, "Cedar").startswith("30.00 of Tue 3 Nov waits in the bank lines (B), may be theirs; ")
    others = [f"{name} Store,S-{n},2026-09-01,2026-10-01,30.00,30.00" for n, name in enumerate("DEFG")]
    fed.on(5)
    fed.open_items(BIRCH, BIRCH_TOO, CEDAR, *others)
    assert "bank lines" not in why(fed, "Cedar")


def test_acts_on_an_account_work_out_only_its_own_lines_again(fed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    bank(fed, "2026-11-03,BIRCH WORKS REMITTANCE,500.00", "2026-11-03,CEDAR FARM,12.00", "2026-11-03,MYSTERY,9.00")
    fed.desk.worklist()
    proposed: list[str] = []
    propose = Matcher.propose
    before = fed.desk.matching._matcher

    def counted(self: Matcher, line: BankLine, only: str = "") -> Proposal:
        proposed.append(line.words)
        return propose(self, line, only)

    monkeypatch.setattr(Matcher, "propose", counted)
    for row in fed.desk.worklist():
        fed.desk.row(row.account)
    fed.desk.note(fed.account().id, "rang")
    fed.desk.worklist()
    assert proposed == []
    fed.desk.log(fed.account().id, "fri 500")
    fed.desk.worklist()
    assert [words.partition("  ")[0] for words in proposed] == ["BIRCH WORKS REMITTANCE"]
    assert fed.desk.matching._matcher is before


def test_a_promise_makes_the_line_fit_and_is_said_at_once(fed: Ledger) -> None:
    bank(fed, "2026-11-04,MYSTERY,500.00")
    assert "bank lines" not in why(fed)
    account = fed.account()
    fed.desk.log(account.id, "fri 500")
    assert fed.desk.at_bank.of(account.id) == "500.00 of Wed 4 Nov waits in the bank lines (B), may be theirs"


def test_a_claim_is_looked_for_among_the_lines_that_wait(fed: Ledger) -> None:
    bank(fed, "2026-11-03,BIRCH WORKS REMITTANCE 88123,500.00", "2026-11-03,TM HOLDINGS,77.00")
    assert claimed(fed, "paid mon 500 ach ref 77")[0] == WAITS
    assert "nothing like it" not in " ".join(claimed(fed, "paid mon 500 ach"))
    elsewhere = "77.00 of Tue 3 Nov waits in the bank lines (B), from TM HOLDINGS ACH"
    assert claimed(fed, "paid mon 77 ach")[0] == elsewhere
    assert claimed(fed, "paid mon 480 ref 88123")[0] == f"another amount: {WAITS}"
    assert claimed(fed, "paid mon 490")[0] == f"another amount: {WAITS}"
    assert claimed(fed, "paid mon 490", "Cedar") == ["nothing like it in the books; payments as of Tue 3 Nov"]


def test_a_claim_derives_other_accounts_only_where_a_line_may_be_this_ones(fed: Ledger) -> None:
    bank(fed, "2026-11-03,MYSTERY,500.00", "2026-11-03,CEDAR FARM,20.00")
    fed.desk.matching.forget()
    assert claimed(fed, "paid 500") == ["500.00 of Tue 3 Nov waits in the bank lines (B), from MYSTERY ACH"]
    assert fed.desk.matching._matcher is None
    found = claimed(fed, "paid 20", "Cedar")
    assert found == ["20.00 of Tue 3 Nov waits in the bank lines (B), likely theirs"]
    assert fed.desk.matching._matcher


def test_what_is_in_the_books_stands_before_what_waits(fed: Ledger) -> None:
    fed.paid("Birch Works,2026-11-02,500.00,B-1041,ACH 4411")
    bank(fed, "2026-11-04,BIRCH WORKS REMITTANCE,500.00", "2026-11-04,BIRCH WORKS AGAIN,500.00")
    found = claimed(fed, "paid mon 500 ach")
    assert found[0].startswith("found: 500.00 on Mon 2 Nov")
    assert sum("waits in the bank lines" in words for words in found) >= 1
