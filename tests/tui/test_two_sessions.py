"""What other sessions do appears on the screen, and the reader keeps the place: row, line, call, promise and day."""

from datetime import date
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.screens import following
from arctui.tui.widgets.lines import Lines
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation

WIDE = (160, 45)
#: As it is where no test sets it.
LOOKS_EVERY = following._SECONDS


pytestmark = pytest.mark.usefixtures("nobody_looks")


def bob(demo: Path) -> Desk:
    return Desk(Book(demo), Clock(DEMO_DAY), "bob")


def act_on(demo: Path, name: str, line: str) -> None:
    other = bob(demo)
    other.log(other.find(name).id, line)


# By itself


async def test_what_another_session_does_appears_by_itself_and_soon(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arctui.tui.screens.following._SECONDS", 0.01)
    async with workstation(demo, DEMO_DAY) as clerk:
        act_on(demo, "Stonefield", "na")
        await clerk.until(lambda: "Stonefield Masonry" not in clerk.accounts)


def test_the_screen_looks_twice_a_second() -> None:
    assert LOOKS_EVERY == 0.5


# The list


async def test_others_acts_come_up_without_losing_the_place(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "j", "j")
        name, first = clerk.account, clerk.accounts[0]
        act_on(demo, first, "na")
        await clerk.look()
        assert first not in clerk.accounts
        assert clerk.account == name
        other = bob(demo)
        other.undo()
        await clerk.look()
        assert clerk.accounts[0] == first
        assert clerk.account == name


async def test_what_is_in_view_stays_there_though_rows_come_and_go_above_it(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press(*["j"] * 20, "k", "k")
        top, name = clerk.desk.accounts.scroll_offset.y, clerk.account
        shown = clerk.text.splitlines()[2:10]
        assert top
        for gone in clerk.accounts[:3]:
            act_on(demo, gone, "na")
        await clerk.look()
        assert clerk.account == name
        assert clerk.desk.accounts.scroll_offset.y == top - 3
        assert clerk.text.splitlines()[2:10] == shown
        other = bob(demo)
        for _ in range(3):
            other.undo()
        await clerk.look()
        assert clerk.account == name
        assert clerk.desk.accounts.scroll_offset.y == top
        assert clerk.text.splitlines()[2:10] == shown


async def test_a_new_first_row_is_seen_where_the_list_stands_at_its_beginning(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j")
        act_on(demo, "Vesper", "cb 4:13am")
        await clerk.look()
        assert clerk.accounts[0] == "Vesper Audio Rental"
        assert "Vesper Audio Rental" in clerk.text
        assert clerk.account == "Halvorsen Roofing & Siding"


async def test_the_account_under_the_cursor_stays_though_another_clerk_dealt_with_it(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "j", "j")
        before = clerk.accounts
        for name in (before[1], before[4]):
            act_on(demo, name, "na")
        await clerk.look()
        assert clerk.account == "Birch Works"
        assert clerk.status == "bob: no answer, Birch Works"
        assert "next Tue 24 Nov" in clerk.facts
        assert clerk.accounts == [n for n in before if n != before[1]]
        # It stays while the cursor is on it, whatever else happens, and goes when the clerk goes on.
        act_on(demo, before[0], "na")
        await clerk.look()
        assert clerk.account == "Birch Works"
        await clerk.press("p", "escape")
        assert clerk.account == "Birch Works"
        await clerk.press("j")
        assert clerk.account == before[5]
        assert "Birch Works" not in clerk.accounts


async def test_the_last_account_of_the_list_stays_under_the_cursor(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("G")
        act_on(demo, "Union Depot", "fri ach")
        await clerk.look()
        assert clerk.account == "Union Depot Diner"
        await clerk.press("k")
        assert clerk.account == "Larkspur Wholesale Flowers"
        assert "Union Depot Diner" not in clerk.accounts


async def test_facts_that_are_read_stay_where_they_are_read(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("s", "space")
        pane = clerk.desk.query_one("#script", Lines)
        read = clerk.text.splitlines()[4:15]
        assert pane.scroll_offset.y
        other = bob(demo)
        other.log(other.find("Kestrel").id, "na")
        await clerk.look()
        assert clerk.account == "Kestrel Table Group"
        assert "next Tue 24 Nov" in clerk.facts
        assert pane.scroll_offset.y
        assert any(line in clerk.text for line in read if line.strip())


async def test_a_search_keeps_its_results_and_its_place(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("slash")
        await clerk.type("el")
        found = clerk.accounts
        act_on(demo, found[0], "na")
        await clerk.look()
        assert clerk.desk.prompt.input.value == "el"
        assert clerk.desk.focused is clerk.desk.prompt.input
        assert sorted(clerk.accounts) == sorted(found)
        assert clerk.account == found[0]
        await clerk.press("enter", "j")
        name = clerk.account
        act_on(demo, name, "na")
        await clerk.look()
        assert clerk.account == name
        assert sorted(clerk.accounts) == sorted(found)


# Lines, calls, review and calendar


async def test_a_line_is_about_the_account_it_was_opened_on_though_the_list_moves(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "p")
        await clerk.type("fri 77 ach")
        name, first, second = clerk.account, *clerk.accounts[:2]
        other = bob(demo)
        other.note(other.find(first).id, "nothing to do with it")
        other.log(other.find(second).id, "na")
        await clerk.look()
        assert clerk.account == name
        assert second not in clerk.accounts
        assert clerk.desk.focused is clerk.desk.prompt.input
        assert clerk.desk.prompt.input.value == "fri 77 ach"
        await clerk.press("enter")
        assert f"promise of 77.00, {name}" in clerk.status
    desk = bob(demo)
    assert [str(p.amount) for p in desk.dossier(desk.find(name).id).promises if p.taken_on == desk.today] == ["77.00"]


async def test_what_others_do_appears_while_keys_are_kept_on_disk(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("n")
        await clerk.type("on the dr")
        act_on(demo, "Stonefield", "na")
        # Keeping the line takes over what others did; it must be shown all the same.
        clerk.desk.typing.flush()
        await clerk.look()
        assert "Stonefield Masonry" not in clerk.accounts
        assert clerk.desk.prompt.input.value == "on the dr"


async def test_what_an_act_that_was_refused_took_over_appears(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        act_on(demo, "Stonefield", "na")
        await clerk.press("D")
        assert "nothing is ours to do" in clerk.status
        await clerk.look()
        assert "Stonefield Masonry" not in clerk.accounts


async def test_an_open_call_shows_what_others_agree_with_the_customer_meanwhile(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("enter", "1")
        call, shown = clerk.desk.calling.call, clerk.script
        assert "to ask for 8,915.00" in shown
        act_on(demo, "Kestrel", "fri 500 ach")
        await clerk.look()
        assert clerk.desk.calling.call == call
        assert clerk.desk.focused is clerk.desk.query_one("#script")
        assert "to ask for 8,415.00" in clerk.script
        assert clerk.status == "bob: promise of 500.00, Kestrel Table Group"


async def test_the_line_of_a_call_stays_and_is_read_anew(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri all ach")
        assert "8,915.00" in clerk.reading
        act_on(demo, "Kestrel", "thu 500 ach")
        await clerk.look()
        assert clerk.desk.prompt.input.value == "fri all ach"
        assert "8,415.00" in clerk.reading
        assert "to ask for 8,415.00" in clerk.script
        assert clerk.status.startswith("bob: promise of 500.00, Kestrel Table Group: look at the reading again")


async def test_the_calendar_keeps_its_day_and_its_entry(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("c", "right", "right", "right", "right", "enter", "j", "j")
        planning = clerk.desk.planning
        day, entry = planning.pane.month.day, planning.entry
        assert entry
        assert day == date(2026, 11, 27)
        act_on(demo, "Copperline", "fri 500 ach")
        await clerk.look()
        assert planning.pane.month.day == day
        assert planning.entry == entry
        assert planning.in_entries
        # Another clerk moves the entry: the cursor goes with it, the chosen day too, and it is said.
        other = bob(demo)
        iron = next(e for e in other.agenda.between(day, day) if "Darnell" in e.why)
        planning.show(iron.key)
        other.agenda.move(iron, "nov 30")
        await clerk.look()
        assert planning.pane.month.day == date(2026, 11, 30)
        assert planning.entry
        assert (planning.entry.key, planning.entry.day) == (iron.key, date(2026, 11, 30))
        assert clerk.status == "bob: follow-up moved to Mon 30 Nov, Ironbridge Auto Body"


async def test_the_review_stays_on_its_promise_also_when_it_was_settled(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("r", "enter", *["right_square_bracket"] * 7)
        reviewing = clerk.desk.reviewing
        promise = reviewing.promise
        assert "REVIEW 8 of 10" in clerk.script
        assert "Marisol Peña Interiors" in clerk.script
        act_on(demo, "Kestrel", "fri 500 ach")
        await clerk.look()
        assert reviewing.promise == promise
        assert "REVIEW 8 of 10" in clerk.script
        # The customer agrees with another clerk on another day: this promise is no longer one of those under review.
        act_on(demo, "Marisol", "fri 2740 ach")
        await clerk.look()
        assert reviewing.promise == promise
        assert "Marisol Peña Interiors" in clerk.script
        assert "superseded" in clerk.script
        assert clerk.status == "bob: promise of 2,740.00, Marisol Peña Interiors"
        await clerk.press("right_square_bracket")
        assert "Quarry Lane" in clerk.script


async def test_a_line_of_the_review_is_about_the_promise_it_was_opened_for(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("r", "enter", *["right_square_bracket"] * 7, "1")
        await clerk.type("100")
        act_on(demo, "Marisol", "fri 2740 ach")
        await clerk.look()
        await clerk.press("enter")
        assert "another promise took the place of this one" in " ".join(clerk.reading.split())
        assert clerk.desk.prompt.input.value == "100"
    desk = bob(demo)
    quarry = desk.dossier(desk.find("Quarry").id)
    assert desk.today not in [p.day for p in quarry.payments]


async def test_a_call_that_goes_on_in_another_window_is_taken_only_by_a_second_key(demo: Path) -> None:
    other = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    async with workstation(demo, DEMO_DAY) as clerk:
        account = clerk.desk.account
        call = other.calls.reply(other.calls.begin(account, broken=True), 1)
        await clerk.look()
        await clerk.press("enter")
        assert clerk.status == "this call goes on in another window of yours: the same key again takes it here"
        assert Book(demo).facts.get(Call, call.id) == call
        await clerk.press("enter")
        assert clerk.desk.calling.now.moves == call.moves
        taken = Book(demo).facts.get(Call, call.id)
        assert taken
        assert taken.session == clerk.desk.desk.calls.session
