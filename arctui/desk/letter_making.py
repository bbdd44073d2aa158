"""A letter is made: its words by the template, its paper by the settings. Changes nothing, and writes no file.

It looks at a book as it is, or at a still copy of it in a thread of its own.
"""

import functools
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui import fence
from arctui.core.facts import Dossier
from arctui.core.letter_facts import letter_values
from arctui.core.letter_records import Letter, LetterKind, Written
from arctui.core.letter_rules import addressee, needs_reason, refusals
from arctui.core.letter_values import LetterValues, Speaks
from arctui.core.postal import window_lines
from arctui.core.reasons import Rules
from arctui.core.standing import Standing
from arctui.core.text import clean
from arctui.desk.day_report_files import without_font
from arctui.desk.derived import Derived
from arctui.desk.errors import DeskError, RefusedError, UndueError
from arctui.desk.ids import new_id
from arctui.desk.letter_notes import own_templates
from arctui.desk.playbooks import MOST_PICTURE_BYTES, wrong_picture
from arctui.letters.paper import LetterPaper
from arctui.letters.rendered import Rendered

if TYPE_CHECKING:
    from arctui.letters.letter_pdf import Press
    from arctui.letters.template import Template


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """The letter that is asked for. `currency`: a code, "" for the account's main one; `by_email`: to no address."""

    account: str
    kind: LetterKind
    person: str = ""
    about: tuple[str, ...] = ()
    currency: str = ""
    by_email: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that is not in the book: what it says, its words, its paper, and why it is not due ("" if it is)."""

    wish: Wish
    number: str
    values: LetterValues
    speaks: Speaks
    rendered: Rendered
    paper: LetterPaper
    template: Written
    undue: str

    def record(self, dossier: Dossier, rules: Rules, files: Sequence[Written], why: str) -> Letter:
        """Return its record, as it is written now by the clerk of the rules."""
        speaks = self.speaks
        return Letter(
            id=new_id(),
            account=self.wish.account,
            number=self.number,
            kind=self.wish.kind,
            at=rules.moment.now,
            day=rules.moment.today,
            by=rules.clerk,
            person=self.values.person,
            address=clean(dossier.account.address),
            invoices=speaks.invoices,
            asked=speaks.asked,
            about=speaks.about,
            amount=speaks.amount,
            currency=speaks.currency,
            interest=speaks.interest,
            fee=speaks.fee,
            deadline=speaks.deadline,
            template=self.template,
            files=tuple(files),
            why=why if self.undue else "",
        )


class LetterMaker:
    """Makes the letters of one day and clerk. Raises DeskError where a letter must not be, or cannot be, written."""

    def __init__(self, derived: Derived, book: Path) -> None:
        self._derived = derived
        self._book, self._folder = book, book.parent
        self._policy_of = functools.cache(derived.facts.policy)
        self._country = derived.rules.policy.country

    def draft(self, wish: Wish, number: str = "") -> Draft:
        """Make a letter as it would be written today."""
        dossier, standing, rules = self._case(wish.account)
        person = self._person(dossier, wish.person)
        currency = self._currency(standing, wish.currency)
        problems = refusals(
            wish.kind,
            dossier,
            standing,
            rules,
            currency=currency,
            about=wish.about,
            by_email=wish.by_email,
            person=person,
        )
        if problems:
            raise RefusedError(wish.kind, clean(dossier.account.name), "; ".join(problems))
        undue = needs_reason(wish.kind, standing, rules, currency)
        return self._make(
            wish, dossier, standing, rules, number=number, person=person, currency=currency, undue=undue
        )

    def press(self) -> "Press":
        """Return what sets letters as PDF; it keeps the fonts for all of them."""
        from arctui.letters.letter_pdf import Press

        return Press([self._folder / "fonts"], self._country)

    @property
    def press_key(self) -> object:
        """What a press is made from: one that was made from something else is of no use any more."""
        try:
            with os.scandir(self._folder / "fonts") as found:
                fonts = sorted((file.name, file.stat().st_mtime_ns) for file in found)
        except OSError:
            fonts = []
        return self._country, fonts

    def text(self, draft: Draft) -> str:
        """Return a letter as plain text."""
        from arctui.letters.letter_text import letter_text

        return letter_text(draft.rendered, draft.values, draft.paper)

    def email_text(self, draft: Draft) -> str:
        """Return the words of a letter as its email has them."""
        from arctui.letters.eml import email_text

        return email_text(draft.rendered, draft.values, draft.paper.signature)

    def _case(self, account: str) -> tuple[Dossier, Standing, Rules]:
        try:
            return self._derived.dossier(account), self._derived.standing(account), self._derived.rules
        except KeyError:
            raise DeskError("this account is no longer in the book") from None

    def _person(self, dossier: Dossier, asked: str) -> str:
        found = addressee(dossier, clean(asked))
        if found or not asked:
            return found.name if found else ""
        names = ", ".join(p.name for p in dossier.people if p.name)
        known = f"known are {names}" if names else "nobody is known there"
        raise DeskError(f"'{clean(asked)}' is nobody, or several, at {clean(dossier.account.name)}: {known}")

    def _currency(self, standing: Standing, asked: str) -> str:
        """Return the asked currency as the book has it. Raises DeskError for one that nothing is owed in."""
        if not asked:
            return standing.balance.currency
        home = self._derived.rules.policy.home_currency
        owed = {b.currency or home: b.currency for b in (standing.balance, *standing.others)}
        code = clean(asked).upper()
        if code not in owed:
            raise DeskError(f"nothing is owed in {code}: {', '.join(owed)}")
        return owed[code]

    def _make(
        self,
        wish: Wish,
        dossier: Dossier,
        standing: Standing,
        rules: Rules,
        *,
        number: str,
        person: str,
        currency: str,
        undue: str,
    ) -> Draft:
        from arctui.letters.template import TemplateError, render
        from arctui.letters.template_check import found_wrong

        values, speaks = letter_values(
            wish.kind,
            dossier,
            standing,
            rules,
            clerk=rules.clerk,
            day=rules.moment.today,
            number=number,
            person=person,
            about=wish.about,
            currency=currency,
            policy_of=self._policy_of,
        )
        try:
            template = self._templates[wish.kind]
            if template.source and (wrong := found_wrong(template)):
                # What `letter check` refuses may say less than its record, or another letter may fail.
                raise TemplateError(wrong)
            rendered = render(template, values)
        except TemplateError as error:
            raise DeskError(str(error)) from None
        return Draft(
            wish=wish,
            number=number,
            values=values,
            speaks=speaks,
            rendered=rendered,
            paper=self._paper(dossier, rules, person, values.clerk),
            template=Written(Path(template.source).name if template.source else "standard", template.digest),
            undue=undue,
        )

    @functools.cached_property
    def _templates(self) -> "Mapping[LetterKind, Template]":
        from arctui.letters.template import templates

        return templates(own_templates(self._book, self._derived.rules.policy))

    def _paper(self, dossier: Dossier, rules: Rules, person: str, clerk: str) -> LetterPaper:
        policy = rules.policy
        name = policy.firm or policy.firm_legal_name
        logo, signature_picture = self._pictures
        return LetterPaper(
            firm=tuple(filter(None, map(clean, (name, *policy.letterhead)))),
            recipient=window_lines(dossier.account, person, policy.country),
            # A login is no signature: it may be that of a service.
            signature=tuple(map(clean, policy.signature)) or (clean(name) or clerk,),
            foot=clean(policy.letter_foot),
            country=policy.country,
            logo=logo,
            signature_picture=signature_picture,
            at=rules.moment.now,
        )

    @functools.cached_property
    def _pictures(self) -> tuple[bytes, bytes]:
        policy = self._derived.rules.policy
        return self._picture("letter_logo", policy.letter_logo), self._picture(
            "signature_picture", policy.signature_picture
        )

    def _picture(self, setting: str, name: str) -> bytes:
        path = self._beside(name)
        if path is None:
            return b""
        try:
            if path.exists() and not path.is_file():
                raise DeskError(f"{path}, the {setting} of the policy, is no file")
            with path.open("rb") as file:
                content = file.read(MOST_PICTURE_BYTES + 1)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise DeskError(f"{path}, the {setting} of the policy, cannot be read: {why}") from None
        if len(content) > MOST_PICTURE_BYTES:
            raise DeskError(f"{path}, the {setting} of the policy, is too large for a picture")
        if wrong := wrong_picture(content):
            raise DeskError(f"{path}, the {setting} of the policy: {wrong}")
        return content

    def _beside(self, name: str) -> Path | None:
        """Return the file or folder that a setting names, from the book's folder on; None if it names none."""
        return self._folder / fence.typed(name) if name else None


def check_reason(draft: Draft, why: str) -> None:
    """Raise UndueError where a letter that asks for money is not due and no reason is given."""
    if draft.undue and not why:
        raise UndueError(draft.wish.kind, draft.undue)


def letter_day(on: date | None, letter: Letter, rules: Rules) -> date:
    """Return the day on which a letter was sent, today if none is given. Raises DeskError for one that cannot be."""
    day, today = on or rules.moment.today, rules.moment.today
    if day > today:
        raise DeskError(f"{rules.day(day)} is still to come: on which day was it sent?")
    if day < letter.day:
        written, asked = rules.day(letter.day), rules.day(day)
        if not letter.number:
            raise DeskError(f"it cannot have been sent on {asked}: it is written only today")
        name = f"{letter.kind} {letter.number}"
        raise DeskError(f"{name} was written on {written}: it cannot have been sent on {asked}")
    return day


def set_on_paper(press: "Press", draft: Draft) -> bytes:
    """Return a letter as PDF. Raises DeskError for a picture that is none, and where letters have no font."""
    try:
        content = press.pdf(draft.rendered, draft.values, draft.paper)
    except ValueError as error:
        raise DeskError(str(error)) from None
    if press.missing:
        # With a mark in their place it would go to a name that nobody has.
        raise DeskError(f"{without_font(press.missing)}, or write it as plain text (--text) or by email")
    return content


class KeptPress:
    """The press of a desk: kept from letter to letter until its paper or the fonts beside the book change."""

    def __init__(self) -> None:
        self._key: object = None
        self._press: Press | None = None

    def of(self, maker: LetterMaker) -> "Press":
        """Return what sets the letters of a maker."""
        if self._press is None or self._key != maker.press_key:
            self._key, self._press = maker.press_key, maker.press()
        return self._press

    def lacking(self, maker: LetterMaker, draft: Draft) -> str:
        """Say which letters no font is found for, before a letter is set; "" where there is one for each."""
        from arctui.letters.letter_pdf import on_paper, ours_has

        text = on_paper(draft.rendered, draft.values, draft.paper)
        missing = "" if ours_has(text) else self.of(maker).lacking(text)
        return without_font(missing) if missing else ""
