"""Money told by hand, by the bank, by lists and by reports in any order: no cent is counted twice, none is lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.promises import Verdict
from arctui.exchange.same_money import SAME_MONEY_DAYS
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, nov, parts

OWED = {"B-1": Decimal("1000.00"), "B-2": Decimal("2000.00"), "B-3": Decimal("3000.00")}
DUE = {"B-1": "2026-10-01", "B-2": "2026-10-10", "B-3": "2026-10-20"}
OTHER = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"


class Money:
    """A payment of 5.00 or more on one invoice: it comes on a day, the accounting system books it days later."""

    def __init__(self, number: int, invoice: int, amount: int, day: int, lag: int) -> None:
        self.invoice = f"B-{invoice}"
        # Amounts that no other payment has.
        self.amount = Decimal(amount) + Decimal(number) / 100
        self.day = day
        self.booked = day + lag
        # Every other one says itself what it is for.
        said = f"chk {number}" if number % 2 else f"chk {number} {self.invoice}"
        self.line = f"Birch,2026-11-{self.booked:02},{self.amount},{self.invoice},{said}"
        self.bare = f"Birch,2026-11-{self.booked:02},{self.amount},{said}"
        self.at_bank = f"2026-11-{self.day:02},BIRCH {said},{self.amount}"
        # The book has it: with a day of its own, by hand or by a list, or by reports only.
        self.written = False
        self.reported = False


class Firm:
    """A customer with three invoices, each promised, and an accounting system that books what comes."""

    def __init__(self, folder: Path, money: list[Money]) -> None:
        self.ledger = Ledger(folder)
        self.money = money
        self.report()
        self.ledger.desk.log(self.ledger.account().id, "20 1000 check, 23 2000 check, 24 3000 check")

    def came(self) -> Decimal:
        return sum((m.amount for m in self.money if m.day <= self.ledger.day), Decimal(0))

    def counted(self) -> Decimal:
        found = self.ledger.desk.standing(self.ledger.account().id).judged
        return sum((j.received + j.late for j in found), Decimal(0))

    def left(self) -> dict[str, Decimal]:
        """What the accounting system has open."""
        left = dict(OWED)
        for money in self.money:
            if money.booked <= self.ledger.day:
                left[money.invoice] -= money.amount
        return left

    def report(self) -> None:
        rows = [f"Birch,{n},2026-09-01,{DUE[n]},{OWED[n]},{left}" for n, left in self.left().items() if left]
        self.ledger.open_items(*rows, OTHER)
        for number, left in self.left().items():
            # What is at the bank may not be booked yet.
            pending = sum(m.amount for m in self.money if m.invoice == number and m.day <= self.ledger.day < m.booked)
            assert left - pending <= self.ledger.open().get(number, 0) <= left
        for money in self.money:
            money.reported |= money.booked <= self.ledger.day

    def list(self) -> None:
        booked = [m for m in self.money if m.booked <= self.ledger.day]
        if booked:
            self.ledger.paid(*(m.line for m in booked))
        for money in booked:
            money.written = True

    def bare(self) -> None:
        """A list that has no column of invoices."""
        booked = [m for m in self.money if m.booked <= self.ledger.day]
        if booked:
            self.ledger.paid(*(m.bare for m in booked), head="Customer,Payment Date,Amount,Reference")
        for money in booked:
            money.written = True

    def bank(self) -> None:
        came = [m for m in self.money if m.day <= self.ledger.day]
        if came:
            self.ledger.feed("\n".join(["Date,Description,Credit", *(m.at_bank for m in came), ""]))
        waiting = {line.amount for line in self.ledger.desk.matching.lines() if not line.listed}
        for money in came:
            money.written |= money.amount not in waiting

    def hand(self, money: Money) -> None:
        """Write a payment down: what the book does not know yet, or what two reports told of without its day."""
        if money.day > self.ledger.day or money.written or (money.reported and not self._told(money)):
            return
        promises = self.ledger.desk.standing(self.ledger.account().id).judged
        of_it = promises[int(money.invoice[-1]) - 1]
        if of_it.verdict is not Verdict.KEPT:
            self.ledger.desk.reviews.came_in(of_it.promise.id, f"{money.amount} {nov(money.day)}")
            money.written = True

    def _told(self, money: Money) -> bool:
        """Do two reports tell of just this payment?"""

        def may_be(since: date | None, until: date, applied: dict[str, Decimal]) -> bool:
            if since is None or not since - SAME_MONEY_DAYS <= nov(money.day) <= until:
                return False
            return applied.get(money.invoice) == money.amount

        inferred = [p for p in self.ledger.payments() if may_be(p.since, p.day, parts(p))]
        return bool(inferred) and money.day < self.ledger.day


MONEY = st.tuples(st.integers(1, 3), st.integers(5, 150), st.integers(3, 18), st.integers(0, 5))
EVENTS = st.lists(
    st.tuples(
        st.integers(3, 26), st.sampled_from(["hand", "hand", "list", "bare", "bank", "report"]), st.integers(0, 5)
    ),
    max_size=12,
)


def check(
    folder: Path, money: list[tuple[int, int, int, int]], events: list[tuple[int, str, int]], last: str
) -> None:
    """Tell of the money in this order, at last by a list and a report; `last` is told last of all."""
    firm = Firm(folder, [Money(n, *fields) for n, fields in enumerate(money, 1)])
    for day, kind, which in sorted(events, key=lambda e: e[0]):
        firm.ledger.on(day)
        if kind == "hand":
            firm.hand(firm.money[which % len(firm.money)])
        else:
            getattr(firm, kind)()
        assert firm.counted() <= firm.came(), "no cent is counted twice"
    firm.ledger.on(27)
    for tell in [firm.list, firm.report] if last == "report" else [firm.report, firm.list]:
        tell()
    assert firm.counted() == firm.came()
    assert firm.ledger.open() == firm.left()
    assert firm.ledger.net() == sum(firm.left().values())
    assert firm.ledger.desk.matching.count() == 0
    assert problems(firm.ledger.book) == []


@settings(max_examples=40, deadline=None)
@given(money=st.lists(MONEY, min_size=1, max_size=6), events=EVENTS, last=st.sampled_from(["report", "list"]))
def test_whatever_the_order_the_promises_have_the_money_that_came_and_the_last_report_is_what_is_open(
    money: list[tuple[int, int, int, int]], events: list[tuple[int, str, int]], last: str
) -> None:
    with TemporaryDirectory() as folder:
        check(Path(folder), money, events, last)


@pytest.mark.parametrize("last", ["report", "list"])
@pytest.mark.parametrize(
    ("money", "events"),
    [
        pytest.param(
            [(1, 5, 3, 1), (1, 5, 3, 0)], [(3, "hand", 0), (3, "report", 0)], id="by hand, booked a day later"
        ),
        pytest.param(
            [(1, 5, 18, 5), (1, 8, 16, 2)],
            [(22, "report", 0), (24, "hand", 1)],
            id="a report showed it, then the clerk gave its day",
        ),
        pytest.param(
            [(1, 8, 16, 0), (1, 5, 15, 0), (1, 5, 14, 5), (1, 6, 15, 3)],
            [(14, "hand", 2), (15, "report", 0), (23, "hand", 3)],
            id="one line takes parts from before and after a report",
        ),
        pytest.param(
            [(1, 5, 10, 2), (1, 7, 9, 4), (1, 5, 11, 0)],
            [(10, "hand", 1), (11, "hand", 0), (12, "report", 0), (21, "report", 0)],
            id="two by hand, each shown in part by the report of the other",
        ),
        pytest.param(
            [(1, 5, 5, 0), (1, 5, 4, 3)],
            [(6, "report", 1), (10, "report", 0), (25, "bank", 0)],
            id="the bank's is booked after the report of its days",
        ),
        pytest.param(
            [(1, 5, 10, 0), (1, 5, 9, 2), (1, 5, 10, 0)],
            [(10, "report", 3), (23, "bank", 4), (25, "list", 2)],
            id="a list has a line of the days in which the bank's was not booked",
        ),
        pytest.param(
            [(1, 5, 3, 0), (1, 5, 8, 3)],
            [(10, "report", 1), (11, "report", 1), (13, "bank", 2), (25, "list", 2)],
            id="what the bank's line held goes back to the days it is of",
        ),
        pytest.param(
            [(1, 5, 7, 0), (1, 5, 15, 2)],
            [(16, "report", 1), (19, "hand", 1), (24, "bank", 0)],
            id="the clerk wrote what the bank brings, and a report had another",
        ),
        pytest.param(
            [(1, 5, 15, 4), (1, 5, 3, 0)],
            [(15, "hand", 0), (18, "report", 1), (22, "bare", 4)],
            id="written down once, listed without an invoice",
        ),
        pytest.param(
            [(1, 5, 18, 0), (1, 5, 18, 0), (1, 5, 18, 0), (1, 5, 18, 4), (3, 5, 18, 0)],
            [(21, "bare", 1)],
            id="cash that was laid on the wrong invoice",
        ),
        pytest.param(
            [(3, 5, 6, 0), (1, 5, 7, 0), (3, 5, 5, 0)],
            [(6, "bare", 1), (9, "report", 0), (10, "bank", 1)],
            id="cash on the wrong invoice, and the bank",
        ),
        pytest.param(
            [(1, 5, 14, 0), (1, 5, 16, 5)],
            [(17, "hand", 1), (19, "bare", 1), (20, "report", 1), (26, "bare", 1)],
            id="cash of just what a report shows, and another by hand",
        ),
        pytest.param(
            [(1, 5, 7, 0), (1, 7, 8, 2), (1, 5, 9, 0), (1, 5, 9, 0), (1, 5, 7, 0)],
            [(9, "report", 0), (14, "bank", 2), (18, "report", 0), (21, "list", 3), (25, "list", 5)],
            id="a list line that was in the book in two parts",
        ),
        pytest.param(
            [(1, 5, 9, 0), (1, 5, 9, 2), (1, 5, 11, 1)],
            [(9, "report", 4), (11, "report", 4), (16, "report", 3), (19, "bank", 2), (22, "list", 1)],
            id="money of the day of a report",
        ),
        pytest.param(
            [(3, 6, 3, 1), (3, 5, 3, 0)],
            [(3, "hand", 0), (3, "list", 0), (4, "bare", 0)],
            id="by hand, and a list that names no invoice after one that does",
        ),
        pytest.param(
            [(1, 5, 10, 0), (2, 5, 9, 3)],
            [(9, "hand", 1), (10, "bare", 3), (11, "report", 0)],
            id="a guess on another invoice than the report shows",
        ),
        pytest.param(
            [(1, 5, 7, 0), (1, 5, 7, 0), (1, 5, 11, 0), (3, 5, 6, 0)],
            [(6, "hand", 3), (17, "bare", 5), (20, "report", 4)],
            id="guesses on an invoice of which the report shows less",
        ),
    ],
)
def test_money_that_was_once_counted_twice_or_lost_is_counted_once(
    tmp_path: Path, money: list[tuple[int, int, int, int]], events: list[tuple[int, str, int]], last: str
) -> None:
    check(tmp_path, money, events, last)
