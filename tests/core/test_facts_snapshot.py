"""A snapshot of the facts, for work beside the book: neither side sees what the other does from then on."""

from collections.abc import Callable

import pytest

from arctui.core.changes import Change, added, changed, removed
from arctui.core.facts import Facts
from arctui.core.records import Account, Invoice
from tests.core import builders as make
from tests.core.oracle import nov


def facts() -> Facts:
    return Facts(
        [
            Account(id=make.ACCOUNT, name="Birch Works"),
            make.invoice("B-1", "100", nov(2)),
            make.invoice("B-2", "200", nov(3)),
        ]
    )


def seen(these: Facts) -> object:
    account = next(these.all(Account))
    return these.dossier(account.id), list(these.all(Invoice)), these.reports


CHANGES: dict[str, Callable[[Facts], Change]] = {
    "added": lambda now: added(make.invoice("B-3", "300", nov(4))),
    "changed": lambda now: changed(next(now.all(Invoice)), reference="PO 7"),
    "removed": lambda now: removed(next(now.all(Invoice))),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("in_snapshot", [False, True])
def test_neither_sees_what_the_other_does(change: str, in_snapshot: bool) -> None:
    now = facts()
    snapshot = now.snapshot()
    one, other = (snapshot, now) if in_snapshot else (now, snapshot)
    before = seen(other)
    one.apply([CHANGES[change](one)])
    one.apply([added(make.invoice("B-9", "900", nov(9)))])
    assert seen(other) == before != seen(one)


def test_a_second_snapshot_is_of_its_own_moment() -> None:
    now = facts()
    first = now.snapshot()
    now.apply([added(make.invoice("B-3", "300", nov(4)))])
    second = now.snapshot()
    now.apply([added(make.invoice("B-4", "400", nov(5)))])
    assert [len(list(f.all(Invoice))) for f in (first, second, now)] == [2, 3, 4]
    account = next(now.all(Account)).id
    assert [len(f.dossier(account).invoices) for f in (first, second, now)] == [2, 3, 4]


def test_what_changed_since_is_told() -> None:
    now = facts()
    snapshot = now.snapshot()
    assert now.since(snapshot) == []
    first, second = now.all(Invoice)
    done = [removed(first), changed(second, reference="PO 7"), added(make.invoice("B-3", "300", nov(4)))]
    now.apply(done)
    assert now.since(snapshot) == done
