"""Aging and key figures of a history of invoices and payments, from its two files alone.

It uses nothing of the project and adds up whole cents in its own way, so that it can tell whether that is right.
"""

import csv
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

BUCKETS = {"current": 0, "1-30": 30, "31-60": 60, "61-90": 90, "90+": 10**6}
DAY = timedelta(days=1)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cents(amount: str) -> int:
    return round(Fraction(amount) * 100)


class Oracle:
    """A history; a payment without an invoice is money on account, its negative twin takes it off again."""

    def __init__(self, folder: Path) -> None:
        self.invoices = {r["invoice_id"]: r for r in rows(folder / "invoices.csv")}
        self.paid: dict[str, list[tuple[date, int]]] = {}
        for r in rows(folder / "payments.csv"):
            paid = self.paid.setdefault(r["invoice_id"], [])
            paid.append((date.fromisoformat(r["payment_date"]), cents(r["amount"])))
        for paid in self.paid.values():
            paid.sort()
        self.sold = {n: (date.fromisoformat(r["invoice_date"]), cents(r["amount"])) for n, r in self.invoices.items()}
        self.due = {n: date.fromisoformat(r["due_date"]) for n, r in self.invoices.items()}

    @cache  # noqa: B019
    def aging(self, day: date) -> dict[str, int]:
        sums = dict.fromkeys((*BUCKETS, "credits"), 0)
        sums["credits"] -= sum(amount for on, amount in self.paid.get("", []) if on <= day)
        for number, (issued, amount) in self.sold.items():
            if issued <= day:
                left = amount - sum(part for on, part in self.paid.get(number, []) if on <= day)
                late = (day - self.due[number]).days
                sums["credits" if left < 0 else next(b for b, most in BUCKETS.items() if late <= most)] += left
        return sums

    def gross(self, day: date) -> int:
        return sum(amount for name, amount in self.aging(day).items() if name != "credits")

    def sales(self, first: date, last: date) -> int:
        return sum(amount for issued, amount in self.sold.values() if amount > 0 and first <= issued <= last)

    def dso(self, first: date, last: date) -> Fraction:
        return Fraction(self.gross(last) * ((last - first).days + 1), self.sales(first, last))

    def best(self, first: date, last: date) -> Fraction:
        return Fraction(self.aging(last)["current"] * ((last - first).days + 1), self.sales(first, last))

    def countback(self, day: date) -> Fraction:
        left, found = self.gross(day), Fraction(0)
        while left > 0:
            first = day.replace(day=1)
            month = self.sales(first, day)
            found += day.day * (Fraction(left, month) if month > left else 1)
            left, day = left - month, first - DAY
        return found

    def cei(self, first: date, last: date) -> Fraction:
        before, end = self.gross(first - DAY) + self.sales(first, last), self.aging(last)["current"]
        return Fraction((before - self.gross(last)) * 100, before - end)

    def paid_off(self, first: date, last: date) -> list[tuple[int, int, int]]:
        """Days late, days since issue and amount of the invoices that were paid off in a time."""
        found = []
        for number, (issued, amount) in self.sold.items():
            so_far = 0
            for on, part in self.paid.get(number, []):
                so_far += part
                if 0 < amount <= so_far:
                    found += (
                        [((on - self.due[number]).days, (on - issued).days, amount)] if first <= on <= last else []
                    )
                    break
        return found

    def days_late(self, first: date, last: date) -> Fraction:
        """By payment, signed, weighted by amount."""
        parts = [
            ((on - self.due[number]).days, part)
            for number, paid in self.paid.items()
            for on, part in paid
            if number and first <= on <= last
        ]
        return Fraction(sum(days * part for days, part in parts), sum(part for _, part in parts))
