"""Why an act cannot be undone: whose later change stands on it, and what it was."""

from arctui.store.history_words import last_naming, last_touch, stands_on
from arctui.store.transactions import Step, Transaction
from tests.store.makers import NOON


def act(number: int, *ids: str, by: str = "bob", undoes: int | None = None, table: str = "followups") -> Transaction:
    steps = tuple(Step(table, i, {"id": i}, {"id": i, "n": number}) for i in ids)
    return Transaction(number=number, act=f"act {number}", at=NOON, by=by, steps=steps, undoes=undoes)


def found(*later: Transaction) -> int | None:
    touch = last_touch(iter(later), "followups", "f")
    return touch.number if touch else None


def test_the_last_act_on_the_record_is_found() -> None:
    assert found(act(4, "f"), act(5, "x", "f"), act(6, "x")) == 5


def test_acts_on_other_records_and_other_tables_are_passed_over() -> None:
    assert found(act(4, "x"), act(5, "f", table="promises")) is None
    assert found() is None


def test_an_act_that_was_undone_is_not_in_the_way_where_another_is() -> None:
    assert found(act(4, "f"), act(5, "f", by="ann"), act(6, "f", by="ann", undoes=5)) == 4


def test_where_nothing_else_touched_the_record_the_undoing_is_named() -> None:
    assert found(act(4, "f"), act(5, "f", undoes=4)) == 5


def note(number: int, account: str, *invoices: str, undoes: int | None = None, gone: bool = False) -> Transaction:
    record = {"id": f"n{number}", "account": account, "invoices": invoices}
    step = Step("activities", f"n{number}", record if gone else None, None if gone else record)
    return Transaction(number=number, act="note", at=NOON, by="bob", steps=(step,), undoes=undoes)


def naming(*later: Transaction) -> int | None:
    found = last_naming(iter(later), {"a", "i"})
    return found.number if found else None


def test_a_later_record_on_an_account_or_about_an_invoice_is_found() -> None:
    assert naming(note(4, "a"), note(5, "x")) == 4
    assert naming(note(4, "a"), note(5, "x", "y", "i")) == 5
    assert naming(note(4, "x", "y"), act(5, "a")) is None


def test_a_later_record_that_is_gone_again_is_in_nobodys_way() -> None:
    assert naming(note(4, "a"), note(5, "a", undoes=4, gone=True)) is None
    assert naming(note(4, "a", gone=True)) is None


def test_the_refusal_names_the_clerk_and_the_act_within_80_columns() -> None:
    later = Transaction(number=4, act="note, Birch Works", at=NOON, by="bob", steps=())
    said = stands_on("promise of 1,200.00, Birch Works", later)
    assert said == (
        "cannot be undone: a later change by bob stands on it (note, Birch Works): 'promise of 1,200.00, Birch Works'"
    )
    assert "bob stands on it (note, Birch Works)" in said[:78]


def test_a_change_that_is_no_act_is_told_without_a_name() -> None:
    assert stands_on("promise, Birch", None) == "cannot be undone: a later change stands on it: 'promise, Birch'"


def test_an_undoing_in_the_way_says_that_it_is_one() -> None:
    assert "by bob stands on it (undoing of act 5)" in stands_on("note, Birch", act(5, "f", undoes=4))
