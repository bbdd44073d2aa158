"""What a call leaves behind for us: tasks, and days on which a reason that was given is looked after."""

from datetime import date
from pathlib import Path

import pytest

from arctui.core.records import Flag, FollowUp, FollowUpKind
from arctui.desk import DeskError
from arctui.desk.calls import Calls
from arctui.playbook.model import parse
from tests.playbook.clerks import Clerk, birch

SCRIPT = """
title = "Small"
start = "reach"
broken = "open"
commitment = "commitment"
dispute = "question"
[groups]
C = "Papers"
[steps.reach]
say = ["Good day."]
replies = [{ text = "Speaking", to = "open", reached = true }, { text = "No answer", to = "nobody" }]
[steps.nobody]
do = "Nobody."
end = "na"
task = "look for another number of {account}"
[steps.open]
say = ["When did you send your payment?"]
replies = [{ text = "A day", to = "commitment" }, { text = "An hour", to = "hour" }]
[steps.copy]
excuse = "No invoice"
group = "C"
find = "copy"
say = ["I am sending it now."]
ask = ["To which address?"]
aim = "A pay date."
task = "send a copy of the invoice"
follow_up = { after = "+2b", why = "is the invoice booked?", stays = true }
replies = [{ text = "Open now", to = "commitment", done = true }, { text = "Later", to = "commitment" }]
[steps.form]
excuse = "A form"
group = "C"
find = "form"
say = ["You have it today."]
ask = ["Which form?"]
aim = "A pay date."
task = "fill in the form"
follow_up = { after = "+1b", why = "has the form come?" }
replies = [{ text = "Yes", to = "commitment" }, { text = "Lawyer", to = "lawyer" }]
[steps.commitment]
say = ["Which day?"]
line = "promise"
to = "back"
[steps.back]
say = ["{promise}?", "Right?"]
replies = [{ text = "Yes", to = "close", agreed = true }, { text = "No", to = "commitment" }]
[steps.hour]
say = ["At what hour?"]
line = "callback"
to = "hour-back"
[steps.hour-back]
say = ["{callback}?", "Right?"]
replies = [{ text = "Yes", to = "close", agreed = true }, { text = "No", to = "hour" }]
[steps.question]
say = ["What is wrong?"]
line = "dispute"
to = "close"
[steps.lawyer]
say = ["Who is it?"]
line = "refusal"
to = "lawyer-end"
[steps.lawyer-end]
say = ["Goodbye."]
end = "line"
stop = "attorney"
task = "tell the supervisor"
[steps.close]
say = ["Goodbye."]
end = "line"
"""


def with_script(clerk: Clerk) -> Clerk:
    clerk.desk.calls = clerk.calls = Calls(clerk.desk, parse(SCRIPT))
    return clerk


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Monday 23 November, at Birch Works that owes 1,200.00."""
    return with_script(Clerk.with_book(tmp_path, birch()))


def dates(clerk: Clerk, kind: FollowUpKind) -> list[tuple[date, str]]:
    return [(f.day, f.why) for f in clerk.followups() if f.kind is kind]


def tasks(clerk: Clerk) -> list[str]:
    return [why for _, why in dates(clerk, FollowUpKind.TASK)]


TODAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 25, 27))


def test_a_paper_that_was_asked_for_is_a_task_due_today_and_a_row_of_the_list(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").say("Later").type("fri ach").say("Yes").end()
    assert dates(clerk, FollowUpKind.TASK) == [(TODAY, "send a copy of the invoice")]
    row = clerk.desk.row("birch")
    assert row
    assert row.why == "to do: send a copy of the invoice"
    assert row.bucket.label == "dispute"
    entries = clerk.desk.agenda.between(TODAY, TODAY)
    assert [(e.day, e.why) for e in entries if e.record] == [(TODAY, "to do: send a copy of the invoice")]


def test_what_was_done_while_on_the_line_is_no_task(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").say("Open now").type("fri ach").say("Yes").end()
    assert tasks(clerk) == []


def test_a_step_that_was_gone_back_from_leaves_no_task(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").back().say("A day").type("fri ach").say("Yes").end()
    assert tasks(clerk) == []


def test_each_reason_leaves_its_own_task_and_no_task_twice(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("form").excuse("copy").excuse("form").say("Yes").type("fri").say("Yes").end()
    assert sorted(tasks(clerk)) == ["fill in the form", "send a copy of the invoice"]
    clerk.begin().say("Speaking").excuse("form").say("Yes").type("thu 100").say("Yes").end()
    assert sorted(tasks(clerk)) == ["fill in the form", "send a copy of the invoice"]


def test_a_call_that_reached_nobody_leaves_its_task_with_the_name_filled_in(clerk: Clerk) -> None:
    clerk.begin().say("No answer").end()
    assert tasks(clerk) == ["look for another number of Birch Works"]
    assert dates(clerk, FollowUpKind.CONTACT) == []
    assert clerk.listed() == ["birch"]


def test_no_conversation_closes_a_task_and_ticking_it_off_does(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("form").say("Yes").type("fri ach").say("Yes").end()
    clerk = with_script(clerk.later("2026-11-24T09:00:00-05:00"))
    clerk.desk.log("birch", "cb fri 10:00")
    assert tasks(clerk) == ["fill in the form"]
    (matter,) = clerk.desk.matters.on("birch")
    assert clerk.desk.matters.settle("birch", matter.id) == "done: fill in the form, Birch Works"
    assert tasks(clerk) == []
    with pytest.raises(DeskError, match="done already"):
        clerk.desk.matters.settle("birch", matter.id)
    clerk.desk.undo()
    assert tasks(clerk) == ["fill in the form"]


def test_a_task_that_names_the_account_names_it_once_when_it_is_done(clerk: Clerk) -> None:
    clerk.begin().say("No answer").end()
    (matter,) = clerk.desk.matters.on("birch")
    assert clerk.desk.matters.settle("birch", matter.id) == "done: look for another number of Birch Works"


def test_a_task_of_an_account_that_is_not_to_be_called_stands_in_the_calendar_alone(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("form").say("Lawyer").type("j. hart").end()
    assert clerk.desk.dossier("birch").account.flags == (Flag.ATTORNEY,)
    assert sorted(tasks(clerk)) == ["fill in the form", "tell the supervisor"]
    assert clerk.listed() == []
    todo = [e.why for e in clerk.desk.agenda.between(TODAY, TODAY)]
    assert sorted(todo) == ["to do: fill in the form", "to do: tell the supervisor"]
    for matter in clerk.desk.matters.on("birch"):
        clerk.desk.matters.settle("birch", matter.id)
    assert clerk.desk.agenda.between(TODAY, TODAY) == []


def test_of_several_matters_the_words_say_which(clerk: Clerk) -> None:
    clerk.desk.log("birch", "dsp 100 price too high")
    clerk.begin().say("Speaking").excuse("form").say("Yes").type("fri").say("Yes").end()
    find = clerk.desk.matters.find
    assert find("birch", "form").text == "fill in the form"
    assert find("birch", "PRICE").text.startswith("dispute of 100.00")
    with pytest.raises(DeskError, match="which of these"):
        find("birch", "")
    with pytest.raises(DeskError, match="nothing here is called 'copy'"):
        find("birch", "copy")


# The follow-up rule


@pytest.mark.parametrize(
    ("line", "looked_after"),
    [
        pytest.param("fri ach", [(WEDNESDAY, "is the invoice booked?")], id="before the promised day"),
        pytest.param("wed ach", [], id="the promise comes up on that day"),
        pytest.param("tue ach", [], id="the promise comes up before"),
    ],
)
def test_a_reason_is_looked_after_unless_what_was_agreed_comes_up_by_then(
    clerk: Clerk, line: str, looked_after: list[tuple[date, str]]
) -> None:
    clerk.begin().say("Speaking").excuse("copy").say("Later").type(line).say("Yes").end()
    assert dates(clerk, FollowUpKind.CONTACT) == looked_after


def test_a_callback_that_is_agreed_takes_the_place_of_the_rule(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy")
    clerk.jump("hour").type("tue 10:00").say("Yes").end()
    assert dates(clerk, FollowUpKind.CONTACT) == []
    assert [f.day for f in clerk.followups() if f.kind is FollowUpKind.CALLBACK] == [TUESDAY]


def test_what_was_settled_on_the_line_is_not_looked_after_unless_the_rule_stays(clerk: Clerk) -> None:
    settled = SCRIPT.replace(", stays = true", "")
    for script, looked_after in ((settled, []), (SCRIPT, [(WEDNESDAY, "is the invoice booked?")])):
        clerk.desk.calls = clerk.calls = Calls(clerk.desk, parse(script))
        clerk.begin().say("Speaking").excuse("copy").say("Open now").type("fri 100 ach").say("Yes").end()
        assert dates(clerk, FollowUpKind.CONTACT) == looked_after


def test_each_reason_is_looked_after_on_its_own_day(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").excuse("form").say("Yes").type("fri").say("Yes").end()
    both = [(TUESDAY, "has the form come?"), (WEDNESDAY, "is the invoice booked?")]
    assert sorted(dates(clerk, FollowUpKind.CONTACT)) == both


def test_a_reason_that_is_given_again_is_looked_after_once_on_its_new_day(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").say("Later").type("fri 100").say("Yes").end()
    clerk = with_script(clerk.later("2026-11-24T09:00:00-05:00"))
    clerk.begin().say("Speaking").excuse("copy").say("Later").type("fri 100").say("Yes").end()
    # From Tuesday the second business day is Friday, on which the promise comes up by itself.
    assert dates(clerk, FollowUpKind.CONTACT) == []
    clerk.begin().say("Speaking").excuse("copy").jump("question").type("100 price")
    clerk.end()
    assert dates(clerk, FollowUpKind.CONTACT) == [(FRIDAY, "is the invoice booked?")]


def test_what_is_done_on_the_line_in_a_later_call_ticks_off_the_task(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").say("Later").type("fri 100").say("Yes").end()
    assert tasks(clerk) == ["send a copy of the invoice"]
    clerk.begin().say("Speaking").excuse("copy").say("Open now").type("thu 100").say("Yes").end()
    assert tasks(clerk) == []


def test_the_step_says_what_is_to_do_when_it_is_looked_after_and_that_it_was_said_before(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy")
    assert clerk.place.task == "send a copy of the invoice"
    assert clerk.place.then == "Wed 25 Nov: is the invoice booked?"
    assert clerk.place.repeated == ""
    clerk.say("Later").type("fri 500 ach tony").say("Yes").end()
    clerk = with_script(clerk.later("2026-12-01T09:00:00-05:00")).begin().say("Speaking").excuse("copy")
    assert clerk.place.repeated == "2nd time this reason is given: before on Mon 23 Nov (Tony Marsh)"
    clerk.say("Later").type("wed 200").say("Yes").end()
    clerk = with_script(clerk.later("2026-12-08T09:00:00-05:00")).begin().say("Speaking").excuse("copy")
    assert clerk.place.repeated.startswith("3rd time this reason is given: before on Tue 1 Dec (Tony Marsh), Mon 23")


def test_a_task_is_moved_in_the_calendar_like_a_follow_up(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("form").say("Yes").type("fri").say("Yes").end()
    (entry,) = [e for e in clerk.desk.agenda.between(TODAY, TODAY) if "form" in e.why]
    assert clerk.desk.agenda.move(entry, "fri") == "task moved to Fri 27 Nov, Birch Works"
    assert dates(clerk, FollowUpKind.TASK) == [(FRIDAY, "fill in the form")]


def test_the_call_and_its_tasks_are_one_act(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("form").say("Yes").type("fri").say("Yes").end()
    clerk.desk.undo()
    assert list(clerk.desk.book.facts.all(FollowUp)) == []
    assert clerk.whole()
