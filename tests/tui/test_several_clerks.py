"""Several clerks at once: who has whom on the line, and two who change the same thing at the same time."""

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from arctui.core.records import Dispute, FollowUp
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.store.verify import problems
from tests.desk.programs import program, session_of
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

WIDE = (160, 45)
ON_THE_LINE = "bob has them on the line since 10:12"

pytestmark = pytest.mark.usefixtures("nobody_looks")


@pytest.fixture
def running() -> Iterator[subprocess.Popen[bytes]]:
    """A program of another clerk."""
    with program() as running:
        yield running


def bob(demo: Path) -> Desk:
    return Desk(Book(demo), Clock(DEMO_DAY), "bob")


async def to(clerk: Workstation, name: str) -> None:
    """Put the cursor on an account of the list."""
    clerk.desk.moving.find_account(clerk.app.desk.find(name).id)
    await clerk.press()


# On the line


async def test_a_call_of_another_clerk_is_shown_in_row_facts_and_call_pane_until_it_ends(demo: Path) -> None:
    other = bob(demo)
    there = other.find("Kestrel").id
    async with workstation(demo, DEMO_DAY) as clerk:
        call = other.calls.begin(there)
        await clerk.look()
        assert clerk.entries[0].why.startswith(ON_THE_LINE)
        assert "bob has them on the line" in clerk.text.splitlines()[2]
        assert ON_THE_LINE in clerk.script
        await clerk.press("enter")
        assert f"! {ON_THE_LINE}" in clerk.script
        other.refresh()
        other.calls.end(call, "na")
        await clerk.look()
        assert ON_THE_LINE not in clerk.script
        assert clerk.status == "bob: no answer, Kestrel Table Group"
        await clerk.press("escape")
        assert "on the line" not in clerk.text


async def test_it_is_gone_when_the_call_is_parked_and_there_again_when_it_goes_on(demo: Path) -> None:
    other = bob(demo)
    there = other.find("Kestrel").id
    async with workstation(demo, DEMO_DAY) as clerk:
        call = other.calls.reply(other.calls.begin(there), 1)
        await clerk.look()
        assert ON_THE_LINE in clerk.text
        other.calls.leave(call)
        await clerk.look()
        assert "on the line" not in clerk.text
        other.calls.begin(there)
        await clerk.look()
        assert ON_THE_LINE in clerk.text


async def test_it_is_gone_when_the_program_of_that_clerk_died(demo: Path, running: subprocess.Popen[bytes]) -> None:
    other = bob(demo)
    other.calls.session = session_of(running.pid)
    other.calls.begin(other.find("Kestrel").id)
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "bob has them on the line" in clerk.text.splitlines()[2]
        await clerk.press("enter")
        assert ON_THE_LINE in clerk.script
        # Nothing changes in the book: the system alone knows that the program is no more.
        running.kill()
        running.wait()
        await clerk.look()
        assert "on the line" not in clerk.text
        await clerk.press("escape")
        assert "on the line" not in clerk.text


async def test_an_account_that_is_not_on_the_list_shows_it_too(demo: Path) -> None:
    other = bob(demo)
    there = other.find("Vesper").id
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("slash")
        await clerk.enter("vesper")
        call = other.calls.begin(there, despite="asked to be called")
        await clerk.look()
        assert clerk.entries[0].why.startswith(ON_THE_LINE)
        assert ON_THE_LINE in clerk.script
        other.calls.end(call, "na")
        await clerk.look()
        assert "on the line" not in clerk.text


async def test_the_next_account_after_a_call_passes_over_busy_ones(demo: Path) -> None:
    other, third = bob(demo), Desk(Book(demo), Clock(DEMO_DAY), "carla")
    async with workstation(demo, DEMO_DAY) as clerk:
        rows = clerk.accounts
        other.calls.begin(other.find("Stonefield").id)
        await clerk.look()
        await clerk.press("enter", "l")
        # While the clerk is calling another one takes the account that was to be next.
        third.calls.begin(third.find("Halvorsen").id)
        await clerk.enter("na")
        assert clerk.account == rows[3] == "Ridge [East] Hardware"


async def test_the_next_account_is_found_though_the_one_below_was_dealt_with_meanwhile(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        rows = clerk.accounts
        await clerk.press("enter", "l")
        other = bob(demo)
        other.log(other.find("Stonefield").id, "na")
        await clerk.enter("na")
        assert clerk.account == rows[2] == "Halvorsen Roofing & Siding"


# The same thing at the same time


async def test_another_sessions_promise_is_shown_before_ours_is_saved(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("p")
        await clerk.type("mon 200 card")
        other = bob(demo)
        there = other.find(name).id
        other.log(there, "fri 100 ach")
        await clerk.press("enter")
        assert clerk.status.startswith("bob: promise of 100.00, Kestrel Table Group: look at the reading again")
        assert clerk.desk.prompt.input.value == "mon 200 card"
        assert "8,815.00" in clerk.reading
        assert "100.00 for Fri 27 Nov by bank transfer" in clerk.script
        other.refresh()
        assert [str(p.amount) for p in other.dossier(there).promises if p.taken_on == other.today] == ["100.00"]
        await clerk.press("enter")
        assert "promise of 200.00" in clerk.status
    taken = [p for p in bob(demo).dossier(there).promises if p.taken_on == other.today]
    assert [str(p.amount) for p in taken] == ["100.00", "200.00"]


async def test_a_call_is_not_ended_over_what_another_clerk_agreed_just_now(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.enter("fri all ach")
        for _ in range(4):
            if clerk.desk.calling.place.step.end != "line":
                await clerk.press("1")
        assert clerk.desk.calling.place.step.end == "line"
        other = bob(demo)
        there = other.find("Kestrel").id
        other.log(there, "thu 500 card")
        await clerk.press("enter")
        assert clerk.desk.place == "call"
        assert clerk.status == "bob: promise of 500.00, Kestrel Table Group: look again, then press the key again"
        assert "to ask for 8,415.00" in clerk.script
        await clerk.press("enter")
        assert clerk.desk.calling.call is None
        assert clerk.status.startswith("saved 10:12: promise of 8,415.00, Kestrel Table Group")
    assert problems(Book(demo)) == []


@pytest.mark.parametrize("key", ["plus", "f"])
async def test_a_follow_up_that_another_clerk_moved_is_not_moved_on_unseen(demo: Path, key: str) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("c", *["right"] * 4, "enter")
        planning = clerk.desk.planning
        entry = next(e for e in planning._entries.entries() if "Darnell" in e.why)
        planning.show(entry.key)
        await clerk.press()
        if key == "f":
            await clerk.press("f")
            await clerk.type("dec 1")
        other = bob(demo)
        other.agenda.move(entry, "nov 30 they know more")
        await clerk.press("enter" if key == "f" else key)
        assert clerk.status.startswith("bob: follow-up moved to Mon 30 Nov, Ironbridge Auto Body: look")
        (record,) = [f for f in Book(demo).facts.all(FollowUp) if f.id == entry.record]
        assert (record.day, record.why) == (date(2026, 11, 30), "they know more")
        # Seen, it is moved on from where it stands now.
        await clerk.press("enter" if key == "f" else key)
        assert "follow-up moved to Tue 1 Dec, Ironbridge Auto Body" in clerk.status
        (record,) = [f for f in Book(demo).facts.all(FollowUp) if f.id == entry.record]
        assert (record.day, record.why) == (date(2026, 12, 1), "they know more")


async def test_two_next_contacts_for_one_account_are_not_set_unseen(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f")
        await clerk.type("fri ask for Lee")
        other = bob(demo)
        there = other.find("Kestrel").id
        other.follow_up(there, "thu ask for Dana")
        await clerk.press("enter")
        assert clerk.status.startswith("bob: follow-up on ")
        assert "follow up Fri 27 Nov: ask for Dana" in clerk.script
        await clerk.press("enter")
        assert clerk.status.startswith("saved")
    assert [f.why for f in bob(demo).dossier(there).followups if f.done_on is None] == ["ask for Lee"]


async def test_disputes_that_another_clerk_changed_are_shown_before_they_are_closed(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Beacon")
        other = bob(demo)
        there = other.find("Beacon").id
        other.log(there, "dsp 100 wrong colour")
        await clerk.press("D")
        assert clerk.status.startswith("bob: dispute, Beacon Paper Goods: look again")
        assert "wrong colour" in clerk.script
        assert [d for d in Book(demo).facts.all(Dispute) if d.account == there and d.closed_on] == []
        await clerk.press("D", *"wrong", "enter")
        assert "dispute solved: wrong colour, Beacon Paper Goods" in clerk.status
    closed = [d for d in Book(demo).facts.all(Dispute) if d.account == there and d.closed_on]
    assert [d.reason for d in closed] == ["wrong colour"]


async def test_a_dispute_is_solved_once(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Beacon")
        other = bob(demo)
        beacon = other.find("Beacon").id
        other.matters.settle(beacon, other.matters.on(beacon)[0].id)
        await clerk.press("D")
        assert clerk.status.startswith("bob: dispute solved: ")
        assert "Beacon Paper Goods: look again" in clerk.status
        await clerk.press("D")
        assert clerk.status == "nothing is ours to do on this account"
    assert len([t for t in Book(demo).history if t.act.startswith("dispute solved")]) == 1


async def test_a_decision_of_another_clerk_in_the_review_is_seen_before_ours_is_saved(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("r", "enter", "5")
        promise = clerk.desk.reviewing.promise
        await clerk.type("signs tomorrow")
        other = bob(demo)
        other.reviews.leave(promise, "the boss is away")
        await clerk.press("enter")
        assert clerk.status.startswith("bob: promise left until Tue 24 Nov, Kestrel Table Group: look")
        assert "the boss is away" in clerk.script
        assert clerk.desk.prompt.input.value == "signs tomorrow"
        await clerk.press("enter")
        assert clerk.status.startswith("saved")
    notes = [a.note for a in bob(demo).dossier(other.find("Kestrel").id).activities]
    assert [n.rpartition(": ")[2] for n in notes[-2:]] == ["the boss is away", "signs tomorrow"]


async def test_each_clerk_closes_the_review_and_is_told_who_did_before(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", *["right_square_bracket"] * 10)
        assert clerk.desk.reviewing.at_end
        bob(demo).reviews.close()
        await clerk.press("enter")
        assert "10 promises not looked after" in clerk.status
        await clerk.press("enter")
        assert "review of Mon 23 Nov closed, before by bob at 10:12" in clerk.status
    closed = [t for t in Book(demo).history if t.act.startswith("review of")]
    assert [t.by for t in closed] == ["bob", "ann"]


async def test_a_stop_by_another_clerk_is_seen_before_the_account_is_called_or_promised(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("p")
        await clerk.type("fri 100 ach")
        other = bob(demo)
        other.stop(other.find("Kestrel").id, "legal")
        await clerk.press("enter")
        assert clerk.status.startswith("bob: calling stopped (legal), Kestrel Table Group: look at the reading")
        assert "NOT TO BE CALLED: legal" in clerk.script
        await clerk.press("escape")
        other.refresh()
        other.stop(other.find("Stonefield").id, "attorney")
        await to(clerk, "Stonefield")
        await clerk.press("enter")
        assert clerk.status == "this account is not to be called: attorney"
        assert clerk.desk.calling.call is None


async def test_an_act_on_which_anothers_act_stands_is_not_undone_and_nothing_is_lost(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f")
        await clerk.enter("fri ask for Lee")
        other = bob(demo)
        there = other.find("Kestrel").id
        other.follow_up(there, "thu ask for Dana")
        await clerk.press("u")
        refusal = (
            "cannot be undone: a later change by bob stands on it (follow-up on Fri 27 Nov, Kestrel Table Group)"
        )
        assert clerk.status.startswith(refusal)
        # The answer to the key stays when the screen looks for what others did.
        await clerk.look()
        assert clerk.status.startswith(refusal)
        assert clerk.status.endswith("bob: follow-up on Fri 27 Nov, Kestrel Table Group")
        assert "ask for Dana" in clerk.script


async def test_a_call_that_was_ended_by_another_clerks_undoing_of_the_import_says_so(
    book: Path, report: Path
) -> None:
    other = Desk(Book(book, new=True), Clock(DEMO_DAY), "bob")
    other.import_file(report, ImportOptions())
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("enter", "1")
        other.undo()
        await clerk.look()
        assert "another session took this account out of the book" in clerk.status
        assert clerk.desk.calling.call is None
        await clerk.press("p")
        assert not clerk.desk.prompt.display


async def test_an_account_that_another_session_took_out_ends_the_line_in_words(book: Path, report: Path) -> None:
    other = Desk(Book(book, new=True), Clock(DEMO_DAY), "bob")
    other.import_file(report, ImportOptions())
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("p")
        await clerk.type("fri 77 ach")
        other.undo()
        await clerk.press("enter")
        assert clerk.status == "another session took this account out of the book; you were typing: fri 77 ach"
        assert clerk.accounts == []
        assert not clerk.desk.prompt.display
