"""`arctui claim-file`: what a court is to see of an account, in a folder; what is missing for it is told."""

import argparse
import sys

from arctui import fence
from arctui.cli.bar import Bar
from arctui.cli.commands import show
from arctui.cli.opening import warn
from arctui.cli.plain import is_wanted
from arctui.core.money import grouped, plain
from arctui.core.text import plural
from arctui.desk import Desk


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Write the claim file of an account."""
    account = desk.find(options.who)
    folder = fence.named(options.out) if options.out is not None else None
    with Bar(shown=not (options.json or is_wanted(options))) as bar:
        try:
            claim = desk.claim_file.write(account.id, folder, bar)
        except KeyboardInterrupt:
            bar.hide()
            print("arctui: the claim file was cancelled: nothing was written", file=sys.stderr)
            return 128 + bar.signal
    amount, currency = claim.claimed[0]
    document = {
        "files": [str(file) for file in claim.files],
        "missing": list(claim.missing),
        "warnings": list(claim.warnings),
        "amount": plain(amount),
        "currency": currency,
        "others": [{"amount": plain(more), "currency": code} for more, code in claim.claimed[1:]],
    }
    claimed = ", ".join(grouped(more, code) for more, code in claim.claimed)
    pdf = claim.files[0]
    lines = [f"{pdf}: {claimed} claimed of {account.name}, {plural(len(claim.files), 'file')} in {pdf.parent}"]
    lines += [f"[ ] {missing}" for missing in claim.missing]
    show(options, document, lines)
    warn(claim.warnings)
    return 0
