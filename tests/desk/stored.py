"""A line as it was read, beside what it stores."""

from datetime import date

import msgspec
from hypothesis import reject

from arctui.core.capture import Reading, read_line
from arctui.core.capture.sentences import sentences
from arctui.core.changes import Change
from arctui.core.facts import Dossier, with_changes
from arctui.core.reasons import Rules
from arctui.core.records import Person, Record
from arctui.core.standing import Standing, derive
from arctui.desk.desk import Desk
from arctui.desk.ids import new_id
from arctui.desk.outcomes import Contact, effects_of
from tests.core.builders import ACCOUNT, dispute, dossier, invoice, promise
from tests.core.oracle import dec, nov

NUMBERS = ("B-1041", "B-1042", "1043", "15")


def account(given_: tuple[list[str], list[date], str, list[tuple[int, str]], bool, str]) -> Dossier:
    amounts, dues, disputed, promises, broken, zone = given_
    numbers = NUMBERS[: len(amounts)]
    facts: list[Record] = [invoice(n, a, d) for n, a, d in zip(numbers, amounts, dues, strict=False)]
    facts += [dispute(disputed, nov(17), on=numbers[:1])] if disputed else []
    for place, (which, amount) in enumerate(promises):
        on = [numbers[which % len(numbers)]]
        facts.append(promise(amount, dec(4), dec(9), dec(10), on=on, taken=nov(18), name=f"live {place}"))
    if broken:
        facts.append(promise("50.00", nov(10), nov(13), nov(16), on=numbers[:1], taken=nov(9), name="broken"))
    made = dossier(*facts)
    people = tuple(Person(id=name, account=ACCOUNT, name=name) for name in ("Tony Marsh", "Ann Lee"))
    return msgspec.structs.replace(
        made, people=people, account=msgspec.structs.replace(made.account, time_zone=zone, country="US")
    )


class Stored:
    """A line as it was read, what the reading says, and what it stores."""

    def __init__(self, desk: Desk, facts: Dossier, line: str) -> None:
        self.rules: Rules = desk.rules
        self.facts = facts
        self.before: Standing = derive(facts, desk.rules)
        situation = desk.situation_of(facts, self.before)
        self.reading: Reading = read_line(line, situation)
        self.said = sentences(self.reading, situation)
        assert bool(self.said) == self.reading.ok
        if not self.reading.ok:
            reject()
        self.contact = Contact(
            dossier=facts,
            standing=self.before,
            rules=desk.rules,
            reading=self.reading,
            by="ann",
            new_id=new_id,
        )
        self.changes: list[Change] = effects_of(self.contact)

    def new(self, kind: type[Record]) -> list[Record]:
        return [c.after for c in self.changes if c.before is None and isinstance(c.after, kind)]

    def after(self) -> Standing:
        return derive(with_changes(self.facts, self.changes), self.rules)
