"""What the facts of an account say before anybody dials: the hour there, and what speaks against a call now."""

import time
from datetime import date
from pathlib import Path

import msgspec

from arctui.core.changes import changed
from arctui.core.records import Account, Person, Record
from arctui.tui.views.facts import facts
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, customer

DENVER, TOLL_FREE = "+1 303 555 0142", "+1 800 555 0142"


def clerk(folder: Path, phone: str, at: str, *more: Record) -> Clerk:
    """A clerk at an account whose only number this is, at an hour of New York on Monday 23 November 2026."""
    tony = Person(id="tony", account="birch", name="Tony Marsh", phones=(phone,))
    records = customer("Birch Works", make.invoice("1", "1200.00", date(2026, 10, 8)), people=[tony])
    moved = [msgspec.structs.replace(r, account="birch", invoices=("birch-1",)) for r in more]
    return Clerk.with_book(folder, [*records, *moved], at=f"2026-11-23T{at}:00-05:00")


def shown(at: Clerk) -> str:
    return "\n".join("".join(text for text, _ in line) for line in facts(at.desk, "birch", 100))


def test_what_speaks_against_a_call_stands_before_the_number(tmp_path: Path) -> None:
    at = clerk(tmp_path, DENVER, "10:00", make.call(nov(19)))
    lines = shown(at).splitlines()
    assert lines[1] == "! not now: 08:00 there (Denver): calling hours are 08:30 to 17:30"
    assert lines[2] == "! not now: spoken with them on Thu 19 Nov, 4 days ago"
    assert any(line.startswith("Tony Marsh") and "08:00 there" in line for line in lines[3:])
    assert [h.why for h in at.desk.permission.hindrances("birch")] == [line[11:] for line in lines[1:3]]


def test_nothing_is_said_where_nothing_speaks_against_it(tmp_path: Path) -> None:
    assert "not now" not in shown(clerk(tmp_path, DENVER, "11:00"))


def test_a_doubt_is_told_from_a_hindrance(tmp_path: Path) -> None:
    at = clerk(tmp_path, TOLL_FREE, "12:00")
    assert "? perhaps not now: 07:00-12:00 there, not certain which" in shown(at)
    assert at.desk.permission.hindrances("birch") == ()


def test_an_account_that_must_not_be_called_says_only_that(tmp_path: Path) -> None:
    at = clerk(tmp_path, DENVER, "07:00")
    at.desk.stop("birch", "attorney")
    assert "NOT TO BE CALLED: attorney" in shown(at)
    assert "not now" not in shown(at)


def test_the_strict_profile_follows_from_the_account(tmp_path: Path) -> None:
    at = clerk(tmp_path, DENVER, "11:00", msgspec.structs.replace(make.call(nov(19)), inbound=True))
    assert "spoken with" not in shown(at)
    account = at.desk.dossier("birch").account
    assert isinstance(account, Account)
    at.desk.commit("a sole trader", [changed(account, natural_person=True)])
    assert "! not now: spoken with them on Thu 19 Nov, 4 days ago" in shown(at)


def test_an_hour_for_a_callback_is_read_where_the_number_rings(tmp_path: Path) -> None:
    at = clerk(tmp_path, DENVER, "12:00")
    assert at.desk.situation("birch").zone == "America/Denver"
    assert "09:30 today has passed there" in at.desk.read("birch", "cb today 09:30").problems[0]
    assert not at.desk.read("birch", "cb today 10:30").problems


def test_asking_costs_nothing_that_is_felt(tmp_path: Path) -> None:
    at = clerk(tmp_path, TOLL_FREE, "12:00", *(make.attempt(nov(n), hour="09:00") for n in range(1, 21)))
    took = []
    for _ in range(20):
        start = time.perf_counter()
        at.desk.permission.of("birch")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.001
