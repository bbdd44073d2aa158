"""The letters of the demo book as they went out: numbered in the order of their days, each with its file.

What they ask for is computed from the finished book, as it stood on their day.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier, Facts
from arctui.core.interest import Interest, interest_on, policies
from arctui.core.ledger import open_amounts
from arctui.core.letter_records import Letter, LetterKind, Written
from arctui.core.letter_values import LetterValues
from arctui.core.money import grouped, total
from arctui.core.past import opens_on
from arctui.core.policy import Policy
from arctui.core.postal import window_lines
from arctui.core.records import Invoice, PolicyChange
from arctui.core.text import plural
from arctui.core.words import short_day
from arctui.desk.demo.scans import pdf_of
from arctui.letters.letter_text import letter_text
from arctui.letters.paper import LetterPaper
from arctui.letters.rendered import Lines, Paragraph, Rendered, Table

_ASK = {
    LetterKind.REMINDER: "The invoices below are past due. Please pay by {deadline}, or call us if one is not right.",
    LetterKind.DEMAND: "We have asked for the invoices below before, and nothing came. Please pay by {deadline}.",
    LetterKind.FINAL: (
        "This is our final demand. Please pay by {deadline}. After this day we may bring the claim to court "
        "without a further letter."
    ),
}


def written(letters: Iterable[Letter], facts: Facts, today: date) -> Iterator[tuple[Letter, bytes]]:
    """Yield each letter with its number, amounts and file, and the content of that."""
    policy_of = policies(facts.all(PolicyChange))
    counts: dict[int, int] = {}
    for letter in sorted(letters, key=lambda letter: (letter.at, letter.id)):
        counts[letter.day.year] = count = counts.get(letter.day.year, 0) + 1
        dossier = facts.dossier(letter.account)
        now = open_amounts(dossier, facts.reports, today)
        opens = opens_on(dossier, now, facts.reports, today, letter.day)
        late = [i for i in dossier.invoices if i.due and i.due < letter.day and opens[i.id] > 0]
        policy = policy_of(letter.day)
        days = policy.final_demand_days if letter.kind is LetterKind.FINAL else policy.demand_days
        currency = dossier.account.currency
        interest = interest_on(dossier, policy_of, letter.day, currency, reports=facts.reports)
        finished = msgspec.structs.replace(
            letter,
            number=f"{letter.day.year}-{count:04}",
            address="\n".join(window_lines(dossier.account, letter.person, policy.country)),
            invoices=tuple(i.id for i in late),
            amount=total(opens[i.id] for i in late),
            currency=currency,
            interest=interest.interest,
            fee=interest.fees,
            deadline=letter.day + timedelta(days=days),
        )
        rows = [(i, opens[i.id]) for i in late]
        content = pdf_of(_text(finished, dossier, policy, rows, interest).splitlines())
        name = f"{finished.number} {finished.kind} {dossier.account.name}.pdf"
        yield msgspec.structs.replace(finished, files=(Written(name, hashlib.sha256(content).hexdigest()),)), content


def _text(
    letter: Letter, dossier: Dossier, policy: Policy, rows: Iterable[tuple[Invoice, Decimal]], interest: Interest
) -> str:
    values = LetterValues(
        kind=letter.kind,
        number=letter.number,
        day=short_day(letter.day),
        account=dossier.account.name,
        currency=letter.currency,
        amount=grouped(letter.amount, letter.currency),
    )
    asked = letter.amount + letter.interest + letter.fee
    sums = [("Open", letter.amount), ("Interest", letter.interest), ("Fees", letter.fee), ("To be paid", asked)]
    table = Table(
        head=("Invoice", "Due", "Open"),
        rows=tuple((i.number, f"{i.due}", grouped(amount)) for i, amount in rows),
        right=(False, False, True),
        sums=tuple((name, "", grouped(amount, letter.currency)) for name, amount in sums if amount),
    )
    deadline = short_day(letter.deadline) if letter.deadline else ""
    agreed = f"Interest and fees as agreed in {policy.interest_agreed}:"
    parts = [
        Lines((f"Dear {letter.person},",)),
        Paragraph(_ASK[letter.kind].format(deadline=deadline)),
        table,
        *((Paragraph(agreed), Lines(interest.lines)) if interest.lines else ()),
        Lines(("Please pay to:", *policy.remittance)),
    ]
    paper = LetterPaper(
        firm=(policy.firm, *policy.letterhead),
        recipient=tuple(letter.address.split("\n")),
        signature=policy.signature,
        foot=policy.letter_foot,
        country=policy.country,
        at=letter.at,
    )
    subject = f"{letter.kind.capitalize()}: {plural(len(letter.invoices), 'invoice')} past due"
    return letter_text(Rendered(subject, tuple(parts)), values, paper)
