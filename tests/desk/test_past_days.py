"""Days looked back at: what was owed on each, told from the last, equals what the desk said on the day itself."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from arctui.core.past import stocks_on
from arctui.desk import Desk
from tests.desk.demo_days import DAYS, made
from tests.desk.ledgers import B1, B2, C1, OPEN_HEAD, Ledger, nov

Step = Callable[[Ledger], object]
Sums = dict[str, dict[str, Decimal]]

CREDIT = "Birch Works,PMT-1,2026-11-03,,-20.00,-20.00"
MEMO = "Birch Works,CM-1,2026-10-20,,-50.00,-50.00"
B2_PARTLY = "Birch Works,B-1042,2026-09-15,2026-10-15,50.00,30.00"


def shows(*rows: str) -> Step:
    return lambda ledger: ledger.open_items(*rows)


def paid(*rows: str) -> Step:
    return lambda ledger: ledger.paid(*(f"Birch Works,{row}" for row in rows))


def nothing(ledger: Ledger) -> None:
    """A day on which nothing comes."""


def said(desk: Desk) -> Sums:
    """What each account owes on the desk's day."""
    return {
        dossier.account.name: {**nonzero(balance.aging), **nonzero({"credits": -balance.credits})}
        for dossier, standing in desk.everything()
        for balance in (standing.balance, *standing.others)
        if any(balance.aging.values()) or balance.credits
    }


def looked_back(desk: Desk, day: int) -> Sums:
    """What each account owed on an earlier day."""
    found: Sums = {}
    for dossier, standing in desk.everything():
        opens = {item.invoice.id: item.open for item in standing.items}
        for stock in stocks_on(dossier, opens, desk.book.facts.reports, desk.today, [nov(day)])[0].values():
            if any(stock.values()):
                found[dossier.account.name] = nonzero(stock)
    return found


def nonzero(aging: dict[str, Decimal]) -> dict[str, Decimal]:
    return {name: amount for name, amount in aging.items() if amount}


@pytest.mark.parametrize(
    "days",
    [
        pytest.param({2: shows(B1, B2, C1), 4: shows(B2, C1), 6: shows(B2)}, id="reports alone"),
        pytest.param(
            {2: shows(B1, B2, C1), 3: paid("2026-11-03,100.00,B-1041,chk"), 4: shows(B2, C1)}, id="a list of payments"
        ),
        pytest.param(
            {2: shows(B1, B2, C1), 4: shows(B2, C1), 5: paid("2026-11-03,100.00,B-1041,chk"), 6: nothing},
            id="a list that comes after the report",
        ),
        pytest.param(
            {
                2: shows(B1, B2, C1),
                3: paid("2026-11-03,20.00,,chk"),
                4: shows(B1, B2, C1),
                5: paid("2026-11-05,-20.00,,", "2026-11-05,20.00,B-1042,"),
                6: shows(B1, B2_PARTLY, C1),
            },
            id="cash that was applied later",
        ),
        pytest.param(
            {
                2: shows(B1, B2, C1),
                3: paid("2026-11-03,20.00,,chk"),
                4: shows(B1, B2, C1, CREDIT),
                5: nothing,
                6: shows(B1, B2_PARTLY, C1),
            },
            id="cash that a report shows as a credit and then as applied",
        ),
        pytest.param({2: shows(B1, B2, C1, MEMO), 3: nothing, 5: shows(B1, C1)}, id="a credit memo that paid a debt"),
        pytest.param(
            {
                2: shows(B1, B2, C1),
                3: paid("2026-11-03,100.00,B-1041,chk"),
                4: nothing,
                9: paid("2026-11-09,-100.00,B-1041,chk"),
                10: nothing,
            },
            id="a check that came back",
        ),
        pytest.param(
            {2: shows(B1, B2, C1), 3: paid("2026-11-03,120.00,B-1041,chk"), 4: nothing}, id="more than was owed"
        ),
    ],
)
def test_every_day_is_told_as_it_was_said_on_itself(ledger: Ledger, days: dict[int, Step]) -> None:
    on_the_day = {}
    for day, step in days.items():
        ledger.on(day)
        step(ledger)
        on_the_day[day] = said(ledger.desk)
    assert {day: looked_back(ledger.desk, day) for day in days} == on_the_day
    assert on_the_day[2]


def test_a_payment_dated_back_changes_the_days_since_it_came(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    before = looked_back(ledger.desk, 2)
    ledger.on(9)
    ledger.paid("Birch Works,2026-11-04,100.00,B-1041,chk")
    assert looked_back(ledger.desk, 2) == before
    without = {name: amount for name, amount in before["Birch Works"].items() if amount != 100}
    assert looked_back(ledger.desk, 4) == {**before, "Birch Works": without}


def test_of_the_day_itself_nothing_is_rolled_back() -> None:
    demo = made(DAYS["a Monday"])
    assert len(demo.accounts) > 20
    for dossier, standing in demo.accounts:
        opens = {item.invoice.id: item.open for item in standing.items}
        (found,) = stocks_on(dossier, opens, demo.rules.reports, demo.today, [demo.today])
        for balance in (standing.balance, *standing.others):
            told = {**nonzero(balance.aging), **nonzero({"credits": -balance.credits})}
            assert nonzero(found.get(balance.currency, {})) == told


def test_an_invoice_is_owed_until_a_report_makes_it_void(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    before = looked_back(ledger.desk, 2)
    ledger.on(5)
    rows = (f"{B1},Void", f"{B2},Open", f"{C1},Open")
    ledger.open_items(*rows, head=f"{OPEN_HEAD},Status")
    assert ledger.invoices()["B-1041"].void
    assert looked_back(ledger.desk, 4) == before
    assert looked_back(ledger.desk, 5) == said(ledger.desk)
