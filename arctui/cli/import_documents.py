"""The JSON document of `import`."""

from collections.abc import Iterable

from arctui.cli.values import Document, iso, money
from arctui.desk.importing import ImportSummary


def imported(summaries: Iterable[ImportSummary]) -> Document:
    """Return the document of `import`."""
    return {
        "files": [
            {
                "file": s.file,
                "layout": s.layout,
                "kind": s.kind,
                "as_of": iso(s.as_of),
                "accounts_added": s.accounts_added,
                "people_added": s.people_added,
                "invoices_added": s.invoices_added,
                "invoices_updated": s.invoices_updated,
                "invoices_closed": s.invoices_closed,
                "invoices_voided": s.invoices_voided,
                "payments_added": s.payments_added,
                "payments_inferred": s.payments_inferred,
                "report_total": money(s.stated_total),
                "read_total": money(s.read_total) if len(s.read_totals) <= 1 else None,
                "read_totals": {currency: money(amount) for currency, amount in s.read_totals.items()},
                "totals_stated": len(s.totals),
                "totals_agree": not s.differing,
                "totals_differ": [
                    {
                        "row": t.row,
                        "of": t.of or None,
                        "currency": t.currency or None,
                        "stated": money(t.stated),
                        "read": money(t.counted),
                    }
                    for t in s.differing
                ],
                "closed": {currency: money(amount) for currency, amount in s.closed.items()},
                "known_already": s.known_already,
                "skipped": [{"row": k.row, "why": k.why, "text": k.text} for k in s.skipped],
                "notes": list(s.notes),
                "applied": list(s.applied),
                "waiting": list(s.waiting),
                "settled": [
                    {
                        "account": p.account,
                        "promised": iso(p.promised),
                        "amount": money(p.amount),
                        "currency": p.currency,
                        "before": str(p.before),
                        "verdict": str(p.verdict),
                        "paid": money(p.received),
                    }
                    for p in s.settled
                ],
                "doubles": [{"account": d.name, "other": d.other_name, "why": d.why} for d in s.doubles],
            }
            for s in summaries
        ]
    }
