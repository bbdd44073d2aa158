"""The closings as a table: what was owed at the end of each closed day, as it is known now and as it was told."""

from arctui.core.decisions import Closing
from arctui.core.money import ZERO
from arctui.desk.derived import Derived
from arctui.desk.export_tables import Row, Span
from arctui.exchange.write_tables import Sheet

_CLOSINGS = (
    "Closed Day", "Currency", "Current", "1-30", "31-60", "61-90", "90+", "Credits", "Total", "Total Told Then",
    "Mended On", "User", "Last Import",
)  # fmt: skip


def closings(book: Derived, span: Span) -> Sheet:
    """Make a table of the closed days, a row a currency; empty where a closing of an earlier version does not say."""
    rows: list[Row] = []
    for closing in sorted(book.facts.all(Closing), key=lambda c: (c.day, c.at)):
        told = {s.currency: s.total for s in (closing.told if closing.mended_on else closing.stocks)}
        mended = (closing.mended_on, closing.by, closing.imports if closing.imports >= 0 else None)
        if not span.holds(closing.day):
            continue
        for stock in closing.stocks:
            currency = stock.currency or book.rules.policy.home_currency
            sums = (*stock.aging.values(), stock.total, told.get(stock.currency, ZERO))
            rows.append((closing.day, currency, *sums, *mended))
        if not closing.stocks:
            rows.append((closing.day, "", *[None] * 8, *mended))
    return Sheet("closings", _CLOSINGS, rows)
