"""Who is who: doubtful pairs, accounts that become one, and one that becomes two again."""

from decimal import Decimal

import pytest

from arctui.core.import_records import BankLine
from arctui.core.records import Account, Flag, Payment
from arctui.desk.errors import DeskError
from arctui.desk.importing import ImportOptions
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, nov, parts

HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance"
B1 = "Birch Works,,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch Works,,B-2,2026-09-15,2026-10-15,50.00,50.00"
INC = "BIRCH WORKS Inc.,,B-3,2026-09-20,2026-10-20,30.00,30.00"
C1 = "Cedar Farm,,C-1,2026-09-01,2026-10-01,7.00,7.00"


def ids(ledger: Ledger, *names: str) -> list[str]:
    return [ledger.account(name).id for name in names]


def merge(ledger: Ledger, lost: str = "BIRCH WORKS Inc.", into: str = "Birch Works") -> str:
    return ledger.desk.identity.merge(*ids(ledger, lost, into))


def names(ledger: Ledger) -> list[str]:
    return sorted(a.name for a in ledger.book.facts.all(Account))


def whole(ledger: Ledger) -> dict[str, object]:
    """Every account with all its facts, in order."""
    return {a.id: ledger.desk.dossier(a.id) for a in ledger.book.facts.all(Account)}


# Doubtful pairs


def test_a_new_customer_of_nearly_a_known_name_is_an_account_of_its_own_and_a_doubt(ledger: Ledger) -> None:
    ledger.open_items(B1, C1, head=HEAD)
    ledger.on(3)
    summary = ledger.open_items(B1, C1, INC, head=HEAD)
    assert summary.accounts_added == 1
    assert [(d.name, d.other_name) for d in summary.doubles] == [("BIRCH WORKS Inc.", "Birch Works")]
    assert names(ledger) == ["BIRCH WORKS Inc.", "Birch Works", "Cedar Farm"]
    ledger.on(4)
    assert ledger.open_items(B1, C1, INC, B2, head=HEAD).doubles == ()


def test_two_new_customers_of_one_file_may_be_a_doubt(ledger: Ledger) -> None:
    assert len(ledger.open_items(B1, INC, head=HEAD).doubles) == 1


def test_a_contact_list_that_gives_two_accounts_one_email_makes_a_doubt_once(ledger: Ledger) -> None:
    ledger.open_items(B1, C1, head=HEAD)
    people = "Customer,Contact,Email\nBirch Works,Tony,pay@x.example\nCedar Farm,Ann,PAY@x.example\n"
    assert [d.why for d in ledger.feed(people).doubles] == ["the same email PAY@x.example"]
    assert ledger.feed(people + "Dale,Jo,jo@dale.example\n").doubles == ()


def test_a_trial_run_tells_the_doubts_and_changes_nothing(ledger: Ledger) -> None:
    ledger.open_items(B1, head=HEAD)
    summary = ledger.open_items(B1, INC, head=HEAD, options=ImportOptions(dry_run=True))
    assert len(summary.doubles) == 1
    assert names(ledger) == ["Birch Works"]


def test_two_that_are_apart_are_not_asked_about_again_and_stay_two(ledger: Ledger) -> None:
    ledger.open_items(B1, INC, head=HEAD)
    assert len(ledger.desk.identity.doubles()) == 1
    ledger.desk.identity.apart(*ids(ledger, "BIRCH WORKS Inc.", "Birch Works"))
    assert ledger.desk.identity.doubles() == []
    with pytest.raises(DeskError, match="known already"):
        ledger.desk.identity.apart(*ids(ledger, "Birch Works", "BIRCH WORKS Inc."))
    ledger.desk.undo()
    assert len(ledger.desk.identity.doubles()) == 1


# One customer


def test_a_merge_moves_every_record_and_one_undo_takes_it_back(ledger: Ledger) -> None:
    ledger.open_items(B1, INC, C1, head=HEAD)
    (inc,) = ids(ledger, "BIRCH WORKS Inc.")
    ledger.feed("Customer,Contact,Phone\nBIRCH WORKS Inc.,Tony,+1 212 555 0142\nBirch Works,Ann,+1 212 555 0199\n")
    ledger.paid("BIRCH WORKS Inc.,2026-11-02,5.00,B-3,chk 1")
    ledger.desk.log(inc, "fri 10 tony")
    ledger.desk.log(inc, "dsp 4 damaged")
    ledger.desk.note(inc, "asks for Tony")
    ledger.desk.follow_up(inc, "fri ask again")
    before = whole(ledger)
    merge(ledger)
    assert names(ledger) == ["Birch Works", "Cedar Farm"]
    account = ledger.desk.dossier(ledger.account("Birch Works").id)
    assert account.account.aliases == ("BIRCH WORKS Inc.",)
    assert sorted(p.name for p in account.people) == ["Ann", "Tony"]
    found = [len(getattr(account, kind)) for kind in ("payments", "promises", "disputes", "followups")]
    assert found == [1, 1, 1, 1]
    assert any(a.note == "asks for Tony" for a in account.activities)
    assert ledger.open("Birch Works") == amounts(B_1="100.00", B_3="25.00")
    assert ledger.account("BIRCH WORKS Inc.").name == "Birch Works"
    assert problems(ledger.book) == []
    ledger.desk.undo()
    assert whole(ledger) == before


def test_the_next_reports_and_payments_find_the_account_by_its_other_name_and_number(ledger: Ledger) -> None:
    rows = (B1.replace("Works,", "Works,7"), INC.replace("Inc.,", "Inc.,8"))
    ledger.open_items(*rows, head=HEAD)
    merge(ledger, "8", "7")
    ledger.on(3)
    summary = ledger.open_items(*rows, "whatever it is called,8,B-4,,2026-12-01,1.00,1.00", head=HEAD)
    assert (summary.accounts_added, summary.invoices_added, summary.invoices_closed) == (0, 1, 0)
    assert (ledger.account("8").name, ledger.account("8").number) == ("Birch Works", "7")
    assert ledger.paid("birch works inc.,2026-11-03,30.00,B-3,").skipped == ()
    assert ledger.open("7") == amounts(B_1="100.00", B_4="1.00")
    assert len(names(ledger)) == 1


def test_a_new_number_under_a_known_other_name_is_somebody_else(ledger: Ledger) -> None:
    ledger.open_items(B1.replace("Works,", "Works,7"), INC.replace("Inc.,", "Inc.,8"), head=HEAD)
    merge(ledger, "8", "7")
    ledger.on(3)
    assert ledger.open_items(INC.replace("Inc.,", "Inc.,9"), C1, head=HEAD).accounts_added == 2


def test_an_invoice_that_stands_on_both_is_one_and_promises_name_it(ledger: Ledger) -> None:
    same = B1.replace("Birch Works", "BIRCH WORKS Inc.")
    ledger.open_items(B1, C1, head=HEAD)
    ledger.on(3)
    ledger.open_items(same, B1, C1, head=HEAD)
    (inc,) = ids(ledger, "BIRCH WORKS Inc.")
    ledger.desk.log(inc, "fri 100")
    merge(ledger)
    assert ledger.open("Birch Works") == amounts(B_1="100.00")
    (promise,) = ledger.desk.dossier(ledger.account("Birch Works").id).promises
    assert promise.invoices == (ledger.invoices("Birch Works")["B-1"].id,)
    assert problems(ledger.book) == []


def test_a_customer_who_was_renamed_has_not_paid_by_that(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1, head=HEAD)
    ledger.desk.log(ledger.account("Birch Works").id, "fri 100")
    ledger.on(3)
    partly = B1.removesuffix("100.00") + "60.00"
    renamed = [row.replace("Birch Works", "BIRCH WORKS Inc.") for row in (partly, B2)]
    ledger.open_items(*renamed, C1, head=HEAD)
    assert ledger.payments("Birch Works") == ()
    merge(ledger, "Birch Works", "BIRCH WORKS Inc.")
    (payment,) = ledger.payments("Birch Works")
    assert parts(payment) == amounts(B_1="40.00")
    assert ledger.open("Birch Works") == amounts(B_1="60.00", B_2="50.00")
    ledger.on(4)
    ledger.open_items(*renamed, C1, head=HEAD)
    assert ledger.open("Birch Works") == amounts(B_1="60.00", B_2="50.00")
    assert problems(ledger.book) == []


def test_one_number_open_on_both_with_two_amounts_is_refused(ledger: Ledger) -> None:
    ledger.open_items(B1, B1.replace("Birch Works", "Birch Works Inc").replace("100.00", "90.00"), head=HEAD)
    content = ledger.book.path.read_bytes()
    with pytest.raises(DeskError, match="invoice B-1 stands open on both"):
        merge(ledger, "Birch Works Inc", "Birch Works")
    assert ledger.book.path.read_bytes() == content


def test_what_stops_calling_and_what_was_struck_out_holds_for_the_one_account(ledger: Ledger) -> None:
    ledger.open_items(B1, INC, head=HEAD)
    (inc,) = ids(ledger, "BIRCH WORKS Inc.")
    ledger.desk.stop(inc, "attorney")
    merge(ledger)
    assert ledger.account("Birch Works").flags == (Flag.ATTORNEY,)


@pytest.mark.parametrize("side", [0, 1])
def test_no_merge_while_a_call_is_open_on_either(ledger: Ledger, side: int) -> None:
    ledger.open_items(B1, INC, head=HEAD)
    pair = ids(ledger, "BIRCH WORKS Inc.", "Birch Works")
    ledger.desk.calls.begin(pair[side])
    with pytest.raises(DeskError, match=r"a call with .* is open"):
        ledger.desk.identity.merge(*pair)
    assert len(names(ledger)) == 2


def test_an_account_is_not_merged_with_itself(ledger: Ledger) -> None:
    ledger.open_items(B1, head=HEAD)
    with pytest.raises(DeskError, match="one account already"):
        merge(ledger, "Birch Works", "Birch Works")


# Two customers


def test_a_split_takes_back_what_came_with_the_merge_and_says_what_stays(ledger: Ledger) -> None:
    ledger.open_items(B1, INC.replace("Inc.,", "Inc.,8"), C1, head=HEAD)
    (inc,) = ids(ledger, "8")
    ledger.desk.log(inc, "fri 10")
    merge(ledger)
    assert ledger.account("Birch Works").number == "8"
    ledger.on(3)
    ledger.paid("BIRCH WORKS Inc.,2026-11-03,5.00,B-3,", "Birch Works,2026-11-03,6.00,B-1,")
    new = "BIRCH WORKS Inc.,8,B-9,2026-11-03,2026-12-03,9.00,9.00"
    ledger.open_items(B1, INC, new, C1, head=HEAD, options=ImportOptions(full=False))
    said = ledger.desk.identity.split(ledger.account("Birch Works").id, "birch works inc.")
    assert "with it: 1 invoice, 1 payment, 1 activity, 1 promise" in said
    assert "stays with Birch Works: 1 invoice, 1 payment" in said
    assert (ledger.account("8").id, ledger.account("8").name) == (inc, "BIRCH WORKS Inc.")
    assert (ledger.account("Birch Works").number, ledger.account("Birch Works").aliases) == ("", ())
    assert {p.amount for p in ledger.payments("8")} == {Decimal("5.00")}
    assert set(ledger.open("Birch Works")) == {"B-1", "B-9"}
    assert ledger.desk.identity.doubles() == []
    assert problems(ledger.book) == []
    ledger.desk.undo()
    assert len(names(ledger)) == 2
    assert problems(ledger.book) == []


def test_bank_lines_go_with_their_account_and_its_payments(ledger: Ledger) -> None:
    ledger.open_items(B1, INC, C1, head=HEAD)
    ledger.on(4)
    kept, lost = ids(ledger, "Birch Works", "BIRCH WORKS Inc.")
    ledger.feed("Date,Description,Credit\n2026-11-03,TM,9.00\n2026-11-03,LX,8.00\n2026-11-03,NOBODY,7.00\n")
    matching = ledger.desk.matching
    for line, account in zip(matching.lines(), (kept, lost), strict=False):
        matching.on_account(line.id, account)
    ledger.paid("BIRCH WORKS Inc.,2026-11-04,5.00,chk 1", head="Customer,Payment Date,Amount,Reference")

    def owners() -> list[str]:
        return [line.account for line in ledger.book.facts.all(BankLine)]

    before = owners()
    assert sorted(before) == sorted(["", kept, lost, lost])
    merge(ledger)
    assert sorted(owners()) == sorted(["", kept, kept, kept])
    ledger.desk.identity.split(kept, "BIRCH WORKS Inc.")
    assert owners() == before
    assert problems(ledger.book) == []


def test_a_split_gives_both_what_had_stood_on_both(ledger: Ledger) -> None:
    same = B1.replace("Birch Works", "BIRCH WORKS Inc.")
    ledger.open_items(B1, same, C1, head=HEAD)
    (inc,) = ids(ledger, "BIRCH WORKS Inc.")
    ledger.desk.log(inc, "fri 100")
    merge(ledger)
    ledger.on(3)
    ledger.paid("Birch Works,2026-11-03,20.00,B-1,")
    ledger.on(4)
    ledger.open_items(B1.removesuffix("100.00") + "80.00", C1, head=HEAD)
    ledger.desk.identity.split(ledger.account("Birch Works").id, "BIRCH WORKS Inc.")
    assert (ledger.net("Birch Works"), ledger.net("BIRCH WORKS Inc.")) == dec("80.00", "80.00")
    (promise,) = ledger.desk.dossier(inc).promises
    assert promise.invoices == (ledger.invoices("BIRCH WORKS Inc.")["B-1"].id,)
    assert problems(ledger.book) == []


def test_a_name_that_is_none_of_the_account_is_refused(ledger: Ledger) -> None:
    ledger.open_items(B1, INC, head=HEAD)
    merge(ledger)
    with pytest.raises(DeskError, match="other names are BIRCH WORKS Inc"):
        ledger.desk.identity.split(ledger.account("Birch Works").id, "Cedar")
    ledger.desk.identity.split(ledger.account("Birch Works").id, "BIRCH WORKS Inc.")
    with pytest.raises(DeskError, match="no other name"):
        ledger.desk.identity.split(ledger.account("Birch Works").id, "BIRCH WORKS Inc.")


def test_another_session_sees_the_same_after_a_merge_and_its_undo(ledger: Ledger) -> None:
    ledger.open_items(B1, INC, C1, head=HEAD)
    ledger.paid("BIRCH WORKS Inc.,2026-11-02,5.00,B-3,chk 1")
    other = Ledger.__new__(Ledger)
    other.folder, other.book, other._files = ledger.folder, type(ledger.book)(ledger.book.path), 0
    other.on(2)
    for act in (lambda: merge(ledger), ledger.desk.undo):
        act()
        other.desk.refresh()
        assert whole(other) == whole(ledger)
    assert next(other.book.facts.all(Payment)).day == nov(2)
