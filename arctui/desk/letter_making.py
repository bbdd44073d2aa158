"""A letter is made: its words by the template, its paper by the settings. Changes nothing, and writes no file.

It looks at a book as it is, or at a still copy of it in a thread of its own.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui.core.facts import Dossier
from arctui.core.letter_facts import letter_values
from arctui.core.letter_records import Letter, LetterKind, Written
from arctui.core.letter_rules import addressee, needs_reason, refusals
from arctui.core.letter_values import LetterValues, Speaks
from arctui.core.postal import window_lines
from arctui.core.reasons import Rules
from arctui.core.standing import Standing, derive
from arctui.core.text import clean
from arctui.desk.derived import Derived
from arctui.desk.errors import DeskError, RefusedError, UndueError
from arctui.desk.ids import new_id
from arctui.desk.playbooks import from_home
from arctui.letters.paper import LetterPaper
from arctui.letters.rendered import Rendered

if TYPE_CHECKING:
    from arctui.letters.letter_pdf import Press
    from arctui.letters.template import Template

#: A picture is no larger than this.
_MOST_BYTES = 10_000_000


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
        self._folder = book.parent
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
        undue = needs_reason(wish.kind, standing, rules)
        return self._make(
            wish, dossier, standing, rules, number=number, person=person, currency=currency, undue=undue
        )

    def again(self, letter: Letter) -> Draft:
        """Make a written letter once more, as of its day. Raises DeskError where it would say something else."""
        dossier, _, rules = self._case(letter.account)
        rules = msgspec.structs.replace(rules, moment=msgspec.structs.replace(rules.moment, today=letter.day))
        standing = derive(dossier, rules)
        wish = Wish(account=letter.account, kind=letter.kind, currency=letter.currency)
        made = self._make(
            wish,
            dossier,
            standing,
            rules,
            number=letter.number,
            person=letter.person,
            currency=letter.currency,
            undue="",
        )
        said = (letter.amount, letter.currency, letter.interest, letter.fee, letter.invoices)
        if said != (
            made.speaks.amount,
            made.speaks.currency,
            made.speaks.interest,
            made.speaks.fee,
            made.speaks.invoices,
        ):
            raise DeskError(f"{letter.kind} {letter.number} says what is no more so: write it anew")
        return made

    def press(self) -> "Press":
        """Return what sets letters as PDF; it keeps the fonts for all of them."""
        from arctui.letters.letter_pdf import Press

        return Press([self._folder / "fonts"], self._country)

    def text(self, draft: Draft) -> str:
        """Return a letter as plain text."""
        from arctui.letters.letter_text import letter_text

        return letter_text(draft.rendered, draft.values, draft.paper)

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

        folder = self._beside(self._derived.rules.policy.letter_templates)
        return templates(folder if folder and folder.is_dir() else None)

    def _paper(self, dossier: Dossier, rules: Rules, person: str, clerk: str) -> LetterPaper:
        policy = rules.policy
        name = policy.firm or policy.firm_legal_name
        logo, signature_picture = self._pictures
        return LetterPaper(
            firm=tuple(filter(None, map(clean, (name, *policy.letterhead)))),
            recipient=window_lines(dossier.account, person, policy.country),
            signature=tuple(map(clean, policy.signature)) or (clerk,),
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
                content = file.read(_MOST_BYTES + 1)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise DeskError(f"{path}, the {setting} of the policy, cannot be read: {why}") from None
        if len(content) > _MOST_BYTES:
            raise DeskError(f"{path}, the {setting} of the policy, is too large for a picture")
        return content

    def _beside(self, name: str) -> Path | None:
        """Return the file or folder that a setting names, from the book's folder on; None if it names none."""
        return self._folder / from_home(name) if name else None


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
        raise DeskError(f"{letter.kind} {letter.number} was written on {rules.day(letter.day)}: it went out later")
    return day


def set_on_paper(press: "Press", draft: Draft) -> bytes:
    """Return a letter as PDF. Raises DeskError for a picture that is none."""
    try:
        return press.pdf(draft.rendered, draft.values, draft.paper)
    except ValueError as error:
        raise DeskError(str(error)) from None
