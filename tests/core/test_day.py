"""The day's summary: counts, sums by currency, what the review left over, and tomorrow's list."""

from datetime import date
from decimal import Decimal

from arctui.core.day import Counted, DaySummary, Done, counted, summarise, summary_rows
from arctui.core.facts import Dossier
from arctui.core.records import ActivityKind, Outcome, Record
from arctui.core.review import review
from arctui.core.words import money
from tests.core.builders import (
    call,
    callback,
    dossier,
    friday_check,
    invoice,
    letter,
    payment,
    promise,
    standing,
)
from tests.core.oracle import dec, nov

OLD = invoice("1", "5000.00", nov(2))


def summary(
    today: date, *books: Dossier, done: Done | None = None, listed: frozenset[str] = frozenset()
) -> DaySummary:
    accounts = [(book, standing(book, today)) for book in books]
    return summarise(
        done or Done(clerk="ann"), review(accounts, today, None), (s for _, s in accounts), listed, nov(30)
    )


def test_calls_are_counted_with_those_that_reached_the_right_party() -> None:
    activities = [
        call(nov(27), Outcome.REFUSED),
        call(nov(27), Outcome.NO_ANSWER, reached=False, hour="11:00"),
        call(nov(27), Outcome.CALLBACK, hour="12:00"),
        call(nov(27), Outcome.DISPUTE, kind=ActivityKind.EMAIL, hour="13:00"),
        letter(nov(27)),
        call(nov(27), kind=ActivityKind.NOTE, reached=False, hour="15:00"),
    ]
    found = summary(nov(27), done=Done(clerk="ann", activities=activities, callbacks=1, disputes=1))
    assert (found.calls, found.right_party) == (3, 2)
    assert (found.callbacks, found.disputes, found.letters) == (1, 1, 1)


def test_sums_of_two_currencies_are_never_added() -> None:
    promises = [
        promise("300.00", nov(27), dec(2), dec(3), name="a"),
        promise("70.00", nov(27), dec(2), dec(3), currency="EUR", name="b"),
        promise("30.00", nov(27), dec(2), dec(3), name="c"),
    ]
    found = summary(nov(27), done=Done(clerk="ann", promises=promises, payments=[payment(nov(27), "5.00")]))
    assert found.promises == Counted(3, {"USD": Decimal("330.00"), "EUR": Decimal("70.00")})
    assert found.payments == Counted(1, {"USD": Decimal("5.00")})


def test_nothing_is_counted_as_nothing() -> None:
    assert counted([]) == Counted(0, {})


def test_the_review_is_summed_up_with_what_was_handled_and_what_was_left_over() -> None:
    paid = promise("200.00", nov(18), nov(23), nov(24), name="kept", on=["2"])
    books = (
        dossier(OLD, friday_check()),
        dossier(OLD, friday_check("900.00"), call(nov(27))),
        dossier(invoice("2", "200.00", nov(2)), paid, payment(nov(20), "200.00", {"2": "200.00"})),
    )
    found = summary(nov(27), *books)
    assert found.broken == Counted(2, {"USD": Decimal("1900.00")})
    assert (found.kept, found.partial) == (Counted(1, {"USD": Decimal("200.00")}), Counted())
    assert (found.handled, found.left_over) == (1, 1)


def named(name: str, *facts: Record) -> Dossier:
    """An account of its own: the id is its name."""
    found = dossier(*facts)
    account = type(found.account)(id=name, name=name, currency="USD")
    return type(found)(
        account=account,
        invoices=found.invoices,
        promises=found.promises,
        activities=found.activities,
        followups=found.followups,
    )


def test_tomorrows_list_has_what_is_still_on_it_and_what_comes_up() -> None:
    books = [
        named("comes up", OLD, call(nov(27)), callback(nov(30), "10:00")),
        named("later", OLD, call(nov(27))),
        named("owes nothing"),
        named("on it", OLD),
    ]
    found = summary(nov(27), *books, listed=frozenset({"on it"}))
    assert (found.on_list, found.tomorrow, found.next_day) == (1, 2, nov(30))


def test_an_unfinished_call_keeps_its_account_on_tomorrows_list() -> None:
    assert summary(nov(27), named("owes nothing"), listed=frozenset({"owes nothing"})).tomorrow == 1


def test_the_rows_say_each_figure_with_its_currency() -> None:
    promises = [promise("1300.00", nov(27), dec(2), dec(3)), promise("70.00", dec(1), dec(2), dec(3), currency="EUR")]
    found = summary(nov(27), done=Done(clerk="ann", activities=[call(nov(27))], promises=promises))
    rows = dict(summary_rows(found, lambda amount, currency: money(amount, currency, "USD")))
    assert rows["calls"] == "1, 1 to the right party"
    assert rows["promises taken"] == "2   1,300.00, 70.00 EUR"
    assert rows["list of Mon 30 Nov"] == "0 accounts"
