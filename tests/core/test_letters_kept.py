"""Letters and attachments as they were on an earlier day, and where two accounts become one."""

from decimal import Decimal

import msgspec

from arctui.core.changes import Change
from arctui.core.facts import Dossier, with_changes
from arctui.core.letter_records import Asked, SentBy
from arctui.core.merging import Merge, merged, split
from arctui.core.past import as_known_on
from arctui.core.records import Account, Record
from tests.core.builders import dossier, invoice, letter
from tests.core.claim_files import attached, final_demand
from tests.core.oracle import dec, nov


def on(account: str, *facts: Record) -> Dossier:
    """An account of this id with these facts, which have its name before their ids."""
    found = dossier(*facts)
    moved = {
        name: tuple(msgspec.structs.replace(r, account=account) for r in getattr(found, name))
        for name in ("invoices", "letters", "attachments")
    }
    return msgspec.structs.replace(found, account=Account(id=account, name=account), **moved)


def test_a_letter_is_as_it_was_written_until_the_day_it_is_sent() -> None:
    facts = dossier(final_demand(dec(1)), attached("receipt.pdf", "final", day=dec(3)))
    assert as_known_on(facts, nov(23)).letters == ()
    (before,) = as_known_on(facts, nov(30)).letters
    assert (before.sent_on, before.sent_by, before.tracking, before.activity) == (None, None, "", "")
    (then,) = as_known_on(facts, dec(1)).letters
    assert (then.sent_on, then.sent_by) == (dec(1), SentBy.CERTIFIED)
    assert as_known_on(facts, dec(2)).attachments == ()
    assert len(as_known_on(facts, dec(3)).attachments) == 1


def test_letters_and_attachments_are_about_the_invoices_of_the_account_that_stays() -> None:
    twin = msgspec.structs.replace(invoice("1", "1000.00", nov(2)), id="twin")
    lost = on("lost", invoice("1", "1000.00", nov(2)), final_demand(nov(24)), attached("1.pdf", "id-1"))
    after = with_changes(on("home", twin), merged(lost, on("home", twin)))
    assert [x.invoices for x in after.letters] == [("twin",)]
    assert [a.about for a in after.attachments] == ["twin"]
    assert [x.account for x in after.letters] + [a.account for a in after.attachments] == ["home", "home"]


def just_merged() -> tuple[Dossier, Merge]:
    """An account with invoice 1 into which one with invoice 7 was merged, and what that merge did."""
    lost = on("lost", invoice("7", "70.00", nov(2)))
    home = on("home", invoice("1", "1000.00", nov(2)))
    changes = merged(lost, home)
    joined = with_changes(home, changes)
    merge = Merge(
        lost=lost.account,
        before=home.account,
        after=next(c.after for c in changes if isinstance(c.after, Account)),
        moved=frozenset({"id-7"}),
        lost_records=(),
    )
    return joined, merge


def test_a_letter_written_since_a_merge_goes_back_with_its_invoices_its_sending_and_its_proof() -> None:
    joined, merge = just_merged()
    sent = msgspec.structs.replace(letter(nov(24)), account="home")
    mine = msgspec.structs.replace(final_demand(nov(24)), account="home", activity=sent.id, invoices=("id-7",))
    ours = msgspec.structs.replace(mine, id="ours", activity="", invoices=("id-1", "id-7"))
    proof = msgspec.structs.replace(attached("receipt.pdf", "final"), account="home")
    book = msgspec.structs.replace(joined, letters=(mine, ours), activities=(sent,), attachments=(proof,))
    parted = split(book, merge, since=[mine.id, ours.id, sent.id, proof.id])
    assert {r.id for r in parted.goes} == {"id-7", mine.id, sent.id, proof.id}
    assert [r.id for r in parted.stays] == ["ours"]


def test_what_a_letter_asked_for_is_of_the_invoices_of_the_account_that_stays() -> None:
    twin = msgspec.structs.replace(invoice("1", "1000.00", nov(2)), id="twin")
    asked = msgspec.structs.replace(final_demand(nov(24)), asked=(Asked("id-1", Decimal("1000.00")),))
    lost = on("lost", invoice("1", "1000.00", nov(2)), asked)
    (after,) = with_changes(on("home", twin), merged(lost, on("home", twin))).letters
    assert after.asked == (Asked("twin", Decimal("1000.00")),)


def test_what_was_attached_since_a_merge_goes_along_with_what_it_proves() -> None:
    joined, merge = just_merged()
    theirs = msgspec.structs.replace(attached("7.pdf", "id-7"), account="home")
    ours = msgspec.structs.replace(attached("1.pdf", "id-1"), account="home")
    parted = split(msgspec.structs.replace(joined, attachments=(theirs, ours)), merge, since=[theirs.id, ours.id])
    moved = [c for c in parted.changes if isinstance(c, Change) and c.record.id in (theirs.id, ours.id)]
    assert [(c.record.id, getattr(c.after, "account", "")) for c in moved] == [(theirs.id, "lost")]
