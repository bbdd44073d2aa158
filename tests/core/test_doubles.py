"""Accounts that may be one customer: names that are nearly the same, one tax number, one email, one phone."""

import pytest

from arctui.core.doubles import Doubles, apart_from, near_names
from arctui.core.records import Account, Person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Building Services", "ACME Building Services, Inc."),
        ("Birch Works", "Birchworks Ltd."),
        ("Café Müller GmbH", "Cafe Muller"),
        ("Łódź Textil Sp. z o.o.", "LODZ TEXTIL SP.Z O.O."),
        ("Müller GmbH & Co. KG", "Müller"),
        ("Smith & Sons", "Smith and Sons LLC"),
        ("O'Brien, Pat", "OBrien Pat"),
        ("A.B.C. Supply", "ABC Supply Co"),
        ("株式会社 東京商会", "東京商会"),
        ("Freeman Sporting Goods", "Freeman Sportng Goods"),
        ("Juniper Mill", "Juinper Mill"),
        ("The Larch Company", "Larch"),
    ],
)
def test_two_ways_of_writing_a_name_are_near(one: str, other: str) -> None:
    assert near_names(one, other)
    assert near_names(one, other) == near_names(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Birch", "Cedar"),
        ("Birch", "Birth"),
        ("Customer 1", "Customer 2"),
        ("Store 12 North", "Store 21 North"),
        ("Branch A", "Branch B"),
        ("3000", "3001"),
        ("Ltd", "Inc."),
        ("", "  "),
        ("Northside Supply", "Southside Supply"),
    ],
)
def test_names_that_differ_by_more_or_in_a_number_are_not_near(one: str, other: str) -> None:
    assert near_names(one, other) == ""


def book(*accounts: Account, **people: Person) -> Doubles:
    return Doubles(accounts, lambda account: [people[account]] if account in people else [])


def test_a_doubt_names_all_that_speaks_for_it() -> None:
    a = Account(id="a", name="Birch Works", tax_number="DE 123-456")
    b = Account(id="b", name="Alder GmbH", tax_number="de123456")
    one = Person(id="p", account="a", name="Tony", phones=("+1 212 555 0142",), emails=("Pay@birch.example",))
    other = Person(id="q", account="b", name="Ann", phones=("(212) 555-0142",), emails=("pay@birch.example",))
    (double,) = book(a, b, a=one, b=other).all()
    assert (double.name, double.other_name) == ("Alder GmbH", "Birch Works")
    assert [part in double.why for part in ("tax number", "email", "phone")] == [True] * 3


def test_the_new_one_of_a_pair_stands_first() -> None:
    known, new = Account(id="k", name="Birch Works"), Account(id="n", name="Birch Works Inc.")
    (double,) = book(known, new).of({"n"})
    assert (double.account, double.other) == ("n", "k")
    assert book(known, new).of({"x"}) == []


def test_what_the_clerk_said_to_be_two_is_not_asked_about_again() -> None:
    a, b = Account(id="a", name="Birch", number="7"), Account(id="b", name="Birch", number="8")
    c = Account(id="c", name="Birch", number="9")
    apart = Account(id="a", name="Birch", number="7", apart=apart_from(a, b))
    assert [(d.account, d.other) for d in book(apart, b).all()] == []
    assert len(book(apart, b, c).all()) == 2


def test_jobs_of_one_customer_are_no_doubles() -> None:
    accounts = [Account(id=str(n), name=f"Freeman{job}") for n, job in enumerate(("", ":Twin Lane", ":Ocean View"))]
    people = {a.id: Person(id=f"p{a.id}", account=a.id, name="", emails=("x@f.example",)) for a in accounts}
    assert book(*accounts, **people).all() == []


def test_an_email_that_many_share_tells_nothing() -> None:
    names = ("Alder", "Birch", "Cedar", "Dale", "Elm", "Fir", "Gorse")
    accounts = [Account(id=name, name=name) for name in names]
    people = {a.id: Person(id=f"p{a.id}", account=a.id, name="", emails=("office@books.example",)) for a in accounts}
    assert book(*accounts, **people).all() == []
    assert len(book(*accounts[:2], **people).all()) == 1
