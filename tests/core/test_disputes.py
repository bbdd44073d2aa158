"""What a dispute is about, by what the customer says."""

import pytest

from arctui.core.disputes import kind_named, kind_of
from arctui.core.records import DisputeKind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("damaged pallets", "quality"),
        ("two machines do not work", "quality"),
        ("wrong colour", "quality"),
        ("three boxes short", "quantity"),
        ("items missing", "quantity"),
        ("only 8 of 10", "quantity"),
        ("it never came", "delivery"),
        ("they did not receive it", "delivery"),
        ("the delivery note is missing", "quantity"),
        ("came too late", "delivery"),
        ("we never ordered this", "scope"),
        ("the work is unfinished", "scope"),
        ("invoiced twice", "duplicate"),
        ("already billed in May", "duplicate"),
        ("no PO on it", "order number"),
        ("purchase order is wrong", "order number"),
        ("does not match the goods receipt", "matching"),
        ("price higher than agreed", "price"),
        ("the discount was not taken off", "price"),
        ("Quality", "quality"),
        ("matching failed, price differs", "matching"),
        ("they are not happy", None),
        ("postponed shortly", None),
        ("", None),
    ],
)
def test_the_kind_is_known_by_the_words(words: str, kind: str | None) -> None:
    assert kind_of(words) == (DisputeKind(kind) if kind else None)


def test_every_kind_is_named_by_its_own_name() -> None:
    assert [kind_of(str(kind)) for kind in DisputeKind] == list(DisputeKind)
    assert kind_named("po:") is DisputeKind.ORDER
    assert kind_named("pallets") is None
