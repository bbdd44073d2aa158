"""Money written down by hand, listed and reported in any order: no cent is counted twice, none is lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
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
        self.line = f"Birch,2026-11-{self.booked:02},{self.amount},{self.invoice},chk {number}"
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
        assert self.ledger.open() == {n: left for n, left in self.left().items() if left}
        for money in self.money:
            money.reported |= money.booked <= self.ledger.day

    def list(self) -> None:
        booked = [m for m in self.money if m.booked <= self.ledger.day]
        if booked:
            self.ledger.paid(*(m.line for m in booked))
        for money in booked:
            money.written = True

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
    st.tuples(st.integers(3, 26), st.sampled_from(["hand", "hand", "list", "report"]), st.integers(0, 5)), max_size=12
)


@example(  # The report shows the other check: what was written by hand was booked a day later.
    money=[(1, 5, 3, 1), (1, 5, 3, 0)], events=[(3, "hand", 0), (3, "report", 0)], listed_at_last=True
)
@example(  # What a report showed, and then the clerk gave its day, is no part of a payment after the report.
    money=[(1, 5, 18, 5), (1, 8, 16, 2)], events=[(22, "report", 0), (24, "hand", 1)], listed_at_last=True
)
@example(  # One line takes parts that were written by hand before and after a report.
    money=[(1, 8, 16, 0), (1, 5, 15, 0), (1, 5, 14, 5), (1, 6, 15, 3)],
    events=[(14, "hand", 2), (15, "report", 0), (23, "hand", 3)],
    listed_at_last=True,
)
@example(  # Two by hand, each shown in part by the report of the other.
    money=[(1, 5, 10, 2), (1, 7, 9, 4), (1, 5, 11, 0)],
    events=[(10, "hand", 1), (11, "hand", 0), (12, "report", 0), (21, "report", 0)],
    listed_at_last=True,
)
@settings(max_examples=60, deadline=None)
@given(money=st.lists(MONEY, min_size=1, max_size=6), events=EVENTS, listed_at_last=st.booleans())
def test_whatever_the_order_the_promises_have_the_money_that_came_and_the_last_report_is_what_is_open(
    money: list[tuple[int, int, int, int]], events: list[tuple[int, str, int]], listed_at_last: bool
) -> None:
    with TemporaryDirectory() as folder:
        firm = Firm(Path(folder), [Money(n, *fields) for n, fields in enumerate(money, 1)])
        for day, kind, which in sorted(events, key=lambda e: e[0]):
            firm.ledger.on(day)
            if kind == "hand":
                firm.hand(firm.money[which % len(firm.money)])
            else:
                getattr(firm, kind)()
            assert firm.counted() <= firm.came(), "no cent is counted twice"
        firm.ledger.on(27)
        for tell in [firm.list, firm.report] if listed_at_last else [firm.report, firm.list]:
            tell()
        assert firm.counted() == firm.came()
        assert firm.ledger.open() == firm.left()
        assert problems(firm.ledger.book) == []
