"""Drafts among the facts: they are no fact of an account."""

from arctui.core.changes import added, removed
from arctui.core.drafts import Draft, Topic
from arctui.core.facts import Facts
from arctui.core.records import Account
from arctui.core.tables import NO_ACTS, TABLES
from tests.core.builders import moment
from tests.core.oracle import nov


def draft(account: str = "birch") -> Draft:
    return Draft(id="d", purpose="promise", account=account, by="ann", session="s", text="fri 12", at=moment(nov(23)))


def test_a_draft_changes_nothing_of_what_is_known_of_its_account() -> None:
    facts = Facts([Account(id="birch", name="Birch Works")])
    before = facts.dossier("birch")
    facts.apply([added(draft())])
    assert facts.dossier("birch") == before
    assert list(facts.all(Draft)) == [draft()]


def test_a_draft_about_no_account_comes_and_goes() -> None:
    facts = Facts([draft("")])
    assert facts.get(Draft, "d") == draft("")
    facts.apply([removed(draft(""))])
    assert list(facts.all(Draft)) == []


def test_a_draft_is_typed_for_one_topic() -> None:
    assert draft().topic == Topic("promise", "birch")


def test_what_is_no_act_is_kept_in_the_book_all_the_same() -> None:
    assert Draft in NO_ACTS
    assert set(NO_ACTS) < set(TABLES.values())
