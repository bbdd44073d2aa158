"""To whom a letter goes: the lines of an address in the window of an envelope, the person."""

import msgspec
import pytest

from arctui.core.letter_rules import addressee, emails_of
from arctui.core.postal import address_lines, window_lines
from arctui.core.records import Account, Person
from tests.core.builders import ACCOUNT, call, dossier
from tests.core.oracle import nov


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("12 Mill Rd, Suite 4, Springfield, IL 62701", ("12 Mill Rd", "Suite 4", "Springfield, IL 62701")),
        ("12 Mill Rd, Springfield, IL, 62701-1234", ("12 Mill Rd", "Springfield, IL 62701-1234")),
        ("PO Box 1, Columbus, OH", ("PO Box 1", "Columbus, OH")),
        ("1 A St; Toronto; ON M5V 2T6", ("1 A St", "Toronto, ON M5V 2T6")),
        ("4 High St, Leeds, LS1 4AP", ("4 High St", "Leeds", "LS1 4AP")),
        ("Hauptstr. 5, 80331 München", ("Hauptstr. 5", "80331 München")),
        ("  , ,", ()),
        ("IL 62701", ("IL 62701",)),
    ],
)
def test_an_address_is_split_at_its_commas_but_town_state_and_code_stay_together(
    address: str, lines: tuple[str, ...]
) -> None:
    assert address_lines(address) == lines


@pytest.mark.parametrize(
    ("account", "person", "lines"),
    [
        ({"legal_name": "Birch Works LLC"}, "Tony", ("Birch Works LLC", "Attn Tony", "5 A St", "80331 Ulm")),
        ({}, "birch", ("Birch", "5 A St", "80331 Ulm")),
        ({"country": "Germany"}, "", ("Birch", "5 A St", "80331 Ulm", "GERMANY")),
        ({"country": "de", "address": "5 A St, Ulm, Germany"}, "", ("Birch", "5 A St", "Ulm", "GERMANY")),
        ({"country": "GB"}, "", ("Birch", "5 A St", "80331 Ulm", "UNITED KINGDOM")),
        ({"country": "Freedonia"}, "", ("Birch", "5 A St", "80331 Ulm", "FREEDONIA")),
        ({"country": "US", "address": "5 A St, Ulm, USA"}, "", ("Birch", "5 A St", "Ulm")),
        ({"address": ""}, "Tony", ("Birch", "Attn Tony")),
    ],
)
def test_the_window_has_the_country_where_it_is_abroad(
    account: dict[str, str], person: str, lines: tuple[str, ...]
) -> None:
    fields = {"address": "5 A St, 80331 Ulm", **account}
    assert window_lines(Account(id="b", name="Birch", **fields), person, "US") == lines  # type: ignore[arg-type]


def test_it_goes_to_whom_was_spoken_to_last_else_to_the_first() -> None:
    ann, tony = (Person(id=n, account=ACCOUNT, name=n, emails=(f"{n}@x.example",)) for n in ("Ann Lee", "Tony Marsh"))
    people = msgspec.structs.replace(dossier(), people=(ann, tony))
    spoken = msgspec.structs.replace(call(nov(18)), person="tony marsh")
    assert addressee(people) == ann
    assert addressee(msgspec.structs.replace(people, activities=(spoken,))) == tony
    assert addressee(people, "marsh") == tony
    assert addressee(people, "n") is None
    assert addressee(dossier()) is None
    assert emails_of(people) == ("Ann Lee@x.example",)
    assert emails_of(people, "tony marsh") == ("Tony Marsh@x.example",)
