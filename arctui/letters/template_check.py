"""The check of letter templates: each is read, and made into letters of made-up accounts, full and bare."""

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from arctui.core.letter_records import LEVELS, LetterKind
from arctui.core.letter_values import InvoiceLine, LetterValues, PaymentLine, SumLine
from arctui.letters.rendered import Lines, Paragraph, Rendered
from arctui.letters.template import Problem, Template, TemplateError, file_name, problems, read, render, standard
from arctui.letters.template_names import nearest

_LONGEST_SUBJECT = 200
_AMOUNT, _DEADLINE = "1,207.11 USD", "Thursday 3 December 2026"


def check(folder: Path | None) -> list[Problem]:
    """Return what is wrong with the templates in a folder, and with ours for the kinds that it does not have."""
    found = list(strangers(folder)) if folder else []
    for kind in LetterKind:
        path = folder / file_name(kind) if folder else None
        try:
            own = path if path and os.path.lexists(path) else None
            found += check_template(read(kind, own) if own else standard(kind))
        except TemplateError as error:
            found += error.problems
    return found


def strangers(folder: Path) -> Iterator[Problem]:
    """Find the folder that is none, and the files in it that are no template: a name with a slip does nothing."""
    names = [file_name(kind) for kind in LetterKind]
    try:
        inside = sorted(p for p in folder.iterdir() if not p.name.startswith(".") and not p.name.endswith("~"))
    except OSError as error:
        yield Problem(str(folder), 0, (error.strerror or "it cannot be read").lower())
        return
    for path in inside:
        if path.name not in names:
            hint = nearest(path.name, names) or f"; they are {', '.join(names)}"
            yield Problem(str(path), 0, f"no letter is written from a file of this name{hint}")


def check_template(template: Template) -> list[Problem]:
    """Return what is wrong with one template: each problem once, by its line."""
    found = dict.fromkeys(problems(template))
    if not found:
        for values in samples(template.kind):
            try:
                found.update(dict.fromkeys(_lacking(template, render(template, values), values)))
            except TemplateError as error:
                found.update(dict.fromkeys(error.problems))
    return sorted(found, key=lambda p: p.line)


@lru_cache(maxsize=32)
def found_wrong(template: Template) -> tuple[Problem, ...]:
    """Return what is wrong with one template; of one that did not change since it is not looked for again."""
    return tuple(check_template(template))


def _lacking(template: Template, letter: Rendered, values: LetterValues) -> Iterator[Problem]:
    """Find what a letter must say and does not."""
    if len(letter.subject) > _LONGEST_SUBJECT and len(values.account) < _LONGEST_SUBJECT:
        yield Problem(template.name, 1, f"the subject is longer than {_LONGEST_SUBJECT} characters")
    said = " ".join([letter.subject, *_texts(letter)])
    if template.kind in LEVELS and values.total not in said:
        yield Problem(template.name, 0, "it does not say what is to be paid: name total")
    if template.kind in LEVELS[1:] and values.deadline not in said:
        yield Problem(template.name, 0, "it does not say by when: name deadline")


def _texts(letter: Rendered) -> Iterator[str]:
    for part in letter.parts:
        match part:
            case Paragraph(text):
                yield text
            case Lines(lines):
                yield from lines


def samples(kind: LetterKind) -> Iterable[LetterValues]:
    """Make up what letters of a kind may have to say: all of it, as little as can be, names that look like code."""
    invoices = tuple(
        InvoiceLine(
            number=f"B-{n}",
            issued="8 Sep 2026",
            due="8 Oct 2026",
            days_late=46,
            amount="600.00",
            open="600.00",
            disputed="20.00" if n == 2 else "",
            currency="USD",
        )
        for n in (1, 2)
    )
    payments = tuple(
        PaymentLine(day=f"{n} Dec 2026", amount="600.00 USD", method="check", about=f"B-{n}") for n in (1, 2)
    )
    full = LetterValues(
        kind=kind,
        number="2026-0017",
        day="Monday 23 November 2026",
        firm="Granite Supply",
        clerk="Ann Miller",
        account="Birch Works",
        account_number="C-1",
        legal_name="Birch Works LLC",
        person="Tony Marsh",
        contract="the credit application of 2 March 2024",
        currency="USD",
        amount="1,180.00 USD",
        interest="17.11 USD",
        fees="10.00 USD",
        total=_AMOUNT,
        credits="5.00 USD",
        deadline=_DEADLINE,
        oldest_days_late=46,
        invoices=invoices,
        payments=payments,
        agreed=payments,
        arithmetic=(
            "B-1: 600.00 x 9 % x 46 days / 365 = 6.81, 9 Oct to 23 Nov",
            "late fee: 2 invoices x 5.00 = 10.00",
        ),
        interest_agreed="terms of sale, 4.2",
        fees_agreed="terms of sale, 4.3",
        remittance=("First Bank", "Account 1234"),
        earlier=("reminder 2026-0012 of Monday 2 November 2026",),
        dispute="wet pallets",
        disputed="20.00 USD",
        remedy="send the delivery note",
        remedy_day="Friday 27 November 2026",
        reason="late since June",
        sums=(
            SumLine(words="Less disputed", amount="-20.00", currency="USD"),
            SumLine(words="To be paid", amount="1,207.11", currency="USD"),
        ),
        agreed_on="Monday 23 November 2026",
        promised="You will make 2 payments, 1,200.00 USD in all.",
        settles="This settles these invoices, as they are open today:",
        remarks=("Beside this, 650.00 USD is open on your account.",),
        objection="You question 20.00 USD of invoice B-2: wet pallets.",
        others=("300.00 EUR",),
        since="Monday 2 November 2026",
        rest="650.00 USD",
        tries=3,
        apart="400.00 USD",
        objected_on="Friday 20 November 2026",
    )
    bare = LetterValues(
        kind=kind, day=full.day, account="Birch Works", currency="USD", amount="1,180.00 USD", promised=full.promised
    )
    hostile = "{{ 1/0 }} {% raw %} <b>[invoices]</b>\n\n> Subject: x"
    if kind in LEVELS:
        # These are always about an invoice and have a day.
        asked = {"total": full.amount, "deadline": full.deadline, "invoices": invoices[:1], "oldest_days_late": 1}
        bare = msgspec.structs.replace(bare, **asked)
    return (
        full,
        bare,
        msgspec.structs.replace(
            full, person="", interest="", arithmetic=(), in_favour=True, agreed=payments[:1], rest="", settled=True
        ),
        msgspec.structs.replace(full, account=hostile, person=hostile, legal_name=hostile, reason=hostile, fees=""),
        msgspec.structs.replace(full, invoices=invoices * 250, payments=payments * 100),
    )
