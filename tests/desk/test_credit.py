"""Who gets credit: a person decides, with a reason; the lists; what an import changes and what not."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.timeline import timeline
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.credit import LISTS
from arctui.desk.errors import CardNumberError, DeskError
from arctui.desk.history import Histories
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.desk.ledgers import Ledger

#: A customer who was paid up until a large item fell due this month, and one who owes old debt.
OPEN = (
    "Birch Works,B-1,2026-08-01,2026-08-31,100.00,0.00",
    "Birch Works,B-9,2026-10-05,2026-11-04,900.00,900.00",
    "Cedar Farm,C-1,2026-05-01,2026-05-31,300.00,300.00",
    "Elm Mill,E-1,2026-11-01,2026-12-01,50.00,50.00",
)
CONTACTS = "Customer,Contact,Phone,Credit Limit\n{},Tony,+1 212 555 0142,{}\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Monday 23 November 2026; the report is of the day before the month began."""
    ledger = Ledger(tmp_path)
    ledger.open_items(*OPEN, options=ImportOptions(as_of=date(2026, 10, 31), full=True))
    ledger.paid(
        "Birch Works,2026-07-01,100.00,X-1,p1",
        "Birch Works,2026-08-31,40.00,B-1,p2",
        "Birch Works,2026-08-31,30.00,B-1,p3",
        "Birch Works,2026-09-01,30.00,B-1,p4",
    )
    ledger.on(23)
    return ledger


def id_of(ledger: Ledger, who: str = "Birch") -> str:
    return ledger.account(who).id


def names(ledger: Ledger, name: str) -> list[str]:
    return [card.name for card in ledger.desk.credit.list(name)]


def test_a_hold_is_kept_with_its_reason_and_with_what_was_proposed(ledger: Ledger) -> None:
    desk, cedar = ledger.desk, id_of(ledger, "Cedar")
    before = desk.credit.card(cedar)
    assert desk.credit.decide(cedar, hold=True, reason=" the  check\ncame back ") == "credit hold, Cedar Farm"
    kept = desk.credit.card(cedar).decision
    assert kept is not None
    assert (kept.hold, kept.reason, kept.by, kept.limit) == (True, "the check came back", "ann", None)
    assert (kept.day, kept.grade, kept.proposed_limit) == (desk.today, "E", before.proposal.limit)
    assert desk.credit.card(cedar).held


def test_a_decision_can_be_undone_and_decided_again(ledger: Ledger) -> None:
    desk, birch = ledger.desk, id_of(ledger)
    assert desk.credit.card(birch).decision is None
    desk.credit.decide(birch, hold=True, limit=Decimal(1000), reason="new owner")
    said = desk.credit.decide(birch, hold=False, limit=Decimal(500), reason="they paid")
    assert said == "credit released and credit limit of 500.00, Birch Works"
    card = desk.credit.card(birch)
    assert (card.held, card.limit, card.beyond) == (False, Decimal("500.00"), Decimal("400.00"))
    desk.undo()
    assert (desk.credit.card(birch).held, desk.credit.card(birch).limit) == (True, Decimal("1000.00"))
    desk.undo()
    assert desk.credit.card(birch).decision is None


@pytest.mark.parametrize(
    ("hold", "limit", "reason", "why"),
    [
        (True, None, "  ", "needs a reason"),
        (False, None, "why not", "Birch Works is not on hold"),
        (None, None, "why not", "what is to be decided"),
        (None, "-1", "why not", "a credit limit is 0 or more"),
    ],
)
def test_a_decision_without_a_reason_or_that_changes_nothing_is_refused(
    ledger: Ledger, hold: bool | None, limit: str | None, reason: str, why: str
) -> None:
    amount = Decimal(limit) if limit else None
    with pytest.raises(DeskError, match=why):
        ledger.desk.credit.decide(id_of(ledger), hold=hold, limit=amount, reason=reason)
    assert ledger.desk.credit.card(id_of(ledger)).decision is None


def test_the_same_again_is_refused(ledger: Ledger) -> None:
    credit, birch = ledger.desk.credit, id_of(ledger)
    credit.decide(birch, hold=True, limit=Decimal(70), reason="why not")
    with pytest.raises(DeskError, match="Birch Works is on hold already"):
        credit.decide(birch, hold=True, reason="again")
    with pytest.raises(DeskError, match=r"the limit of Birch Works is 70\.00"):
        credit.decide(birch, limit=Decimal("70.00"), reason="again")


def test_a_limit_that_was_imported_may_be_decided_as_it_is(ledger: Ledger) -> None:
    ledger.feed(CONTACTS.format("Birch Works", "70"))
    assert ledger.desk.credit.card(id_of(ledger)).limit == Decimal("70.00")
    ledger.desk.credit.decide(id_of(ledger), limit=Decimal(70), reason="it is right")
    ledger.feed(CONTACTS.format("Birch Works", "9000"))
    assert ledger.account().credit_limit == Decimal("9000.00")
    assert ledger.desk.credit.card(id_of(ledger)).limit == Decimal("70.00")


def test_a_card_number_in_the_reason_is_refused(ledger: Ledger) -> None:
    with pytest.raises(CardNumberError):
        ledger.desk.credit.decide(id_of(ledger), hold=True, reason="card 4111 1111 1111 1111 bounced")
    assert ledger.desk.credit.card(id_of(ledger)).decision is None


def test_the_lists(ledger: Ledger) -> None:
    credit = ledger.desk.credit
    credit.decide(id_of(ledger), limit=Decimal(500), reason="small")
    credit.decide(id_of(ledger, "Cedar"), hold=True, reason="old debt")
    assert names(ledger, "beyond") == ["Birch Works"]
    assert names(ledger, "hold") == ["Cedar Farm"]
    assert names(ledger, "proposed") == []
    assert names(ledger, "down") == ["Birch Works"]
    assert names(ledger, "all") == ["Cedar Farm", "Birch Works", "Elm Mill"]
    assert (credit.card(id_of(ledger)).before, credit.card(id_of(ledger)).grade.letter) == ("A", "B")
    assert set(LISTS) == {"beyond", "down", "hold", "proposed", "all"}
    with pytest.raises(DeskError, match="there is no list 'bad'"):
        credit.list("bad")


def test_grades_are_worked_out_a_little_at_a_time_and_again_after_an_act(ledger: Ledger) -> None:
    credit = ledger.desk.credit
    assert credit.look(0) == 3
    assert credit.look() == 0
    before = credit.card(id_of(ledger))
    assert credit.card(id_of(ledger)) is before
    ledger.desk.note(id_of(ledger, "Cedar"), "called")
    assert credit.card(id_of(ledger)) is before
    ledger.desk.log(id_of(ledger), "dsp 900 all wet")
    assert credit.card(id_of(ledger)).grade.letter == "A"


def test_a_held_account_is_called_and_its_row_says_so(ledger: Ledger) -> None:
    ledger.desk.credit.decide(id_of(ledger, "Cedar"), hold=True, reason="old debt")
    row = ledger.desk.row(id_of(ledger, "Cedar"))
    assert row is not None
    assert row.why.startswith("on hold; first call")


def test_the_time_line_and_the_history_name_the_decision(ledger: Ledger) -> None:
    desk, cedar = ledger.desk, id_of(ledger, "Cedar")
    desk.credit.decide(cedar, hold=True, reason="old debt")
    desk.credit.decide(cedar, limit=Decimal(70), reason="less")
    desk.credit.decide(cedar, hold=False, reason="paid")
    events = timeline(desk.dossier(cedar), desk.standing(cedar), desk.rules)
    told = [(e.words, e.amount, e.by) for e in events if e.kind == "credit"]
    assert told == [
        ("on hold: old debt", Decimal(0), "ann"),
        ("limit: less", Decimal(70), "ann"),
        ("released: paid", Decimal(0), "ann"),
    ]
    histories = Histories(desk.book.history, desk.book.facts, "USD")
    words = [line for act in histories.of_account(cedar) for line in histories.changes(act)]
    assert any("added credit decision: limit of 70.00: less" in line for line in words)


def test_an_amount_is_read_as_the_country_writes_it(ledger: Ledger) -> None:
    assert ledger.desk.credit.read_limit("1,500") == Decimal("1500.00")
    ledger.desk.set_policy("country", "DE")
    assert ledger.desk.credit.read_limit("1.500,50") == Decimal("1500.50")
    with pytest.raises(DeskError, match="which limit\\? 'much' is no amount"):
        ledger.desk.credit.read_limit("much")


def test_the_tables_of_grades_are_dated_settings(ledger: Ledger) -> None:
    ledger.desk.set_policy("grade_past_due", "100,100,100,100")
    assert ledger.desk.credit.card(id_of(ledger)).grade.letter == "A"
    for name, text in (
        ("grade_past_due", "5,4,3,2"),
        ("grade_days_late", "1,2,3"),
        ("grade_promises_kept", "1,2,3,4"),
    ):
        with pytest.raises(ValueError, match="four whole numbers"):
            ledger.desk.set_policy(name, text)


def test_a_limit_alone_leaves_a_hold_that_another_clerk_decides_or_takes_back(ledger: Ledger) -> None:
    birch, bob = id_of(ledger), Desk(Book(ledger.book.path), Clock("2026-11-23T09:00:00-05:00"), "bob")
    ledger.desk.credit.decide(birch, hold=True, reason="by mistake")
    bob.refresh()
    bob.credit.decide(birch, limit=Decimal(900), reason="small")
    ledger.desk.undo()
    assert not ledger.desk.credit.card(birch).held
    assert [d.hold for d in ledger.desk.dossier(birch).credit] == [None]
    ledger.desk.credit.decide(birch, hold=True, reason="this time")
    bob.refresh()
    bob.credit.decide(birch, limit=Decimal(800), reason="smaller")
    assert bob.credit.is_held(birch)


@pytest.mark.parametrize(
    ("text", "why"),
    [("250 EUR", "this account is in USD"), ("1.234", "more than two digits"), ("0.005", "more than two digits")],
)
def test_a_limit_in_another_currency_or_of_parts_of_cents_is_refused(ledger: Ledger, text: str, why: str) -> None:
    assert ledger.desk.credit.read_limit("1,234.50 USD", "USD") == Decimal("1234.50")
    with pytest.raises(DeskError, match=why):
        ledger.desk.credit.read_limit(text, "USD")
