"""The record of a call: the path taken, in the order of the talk, with its times."""

import msgspec

from arctui.playbook import walk
from arctui.playbook.model import Playbook, parse, standard
from tests.core.builders import MONDAY, moment
from tests.playbook.small import WHOLE
from tests.playbook.ways import Walker

NOON = moment(MONDAY, "12:00")


def test_the_transcript_is_the_path_in_the_order_of_the_call_with_times() -> None:
    walker = Walker(standard())
    walker.reply(1)
    walker.note("a new voice")
    walker.excuse("boss")
    walker.jump("right-person")
    walker.line("Rosa Lee")
    walker.jump("commitment")
    walker.line("fri 500 ach")
    walker.reply(1)
    assert walk.transcript(standard(), walker.call, "Goodbye.", NOON, reached=True) == [
        "09:00 called for Tony Marsh",
        '09:14 "said at reach" - Speaking, or put through',
        '09:15 "said at open"',
        "09:15 noted: a new voice",
        "09:14 the reason given: To the boss",
        '09:14 "said at boss" - went on to: Who is on the line',
        '09:14 "said at right-person" - on the line: Rosa Lee',
        '09:14 "said at open-other" - went on to: The commitment',
        '09:14 "said at commitment" - taken down: fri 500 ach',
        '09:14 "said at read-back" - Yes',
        '12:00 "Goodbye." - end of the call after 180 minutes, spoken with Rosa Lee',
    ]


def test_what_was_noted_stands_below_what_was_said_there_with_the_questions_of_the_script() -> None:
    walker = Walker(standard())
    walker.reply(1)
    walker.excuse("boss")
    walker.note("mr kay, 555 0142")
    walker.jump("commitment")
    record = walk.transcript(standard(), walker.call, "", NOON, reached=True, result="gk -- no mr kay")
    asked = " ".join(standard().step("boss").ask)
    assert record[3:6] == [
        f'09:15 "said at boss" the script asks: {asked}',
        "09:15 noted: mr kay, 555 0142",
        "09:14 went on to: The commitment",
    ]
    assert record[-2] == "12:00 taken down: gk -- no mr kay"


def test_a_transcript_without_a_name_or_a_last_word_says_neither() -> None:
    walker = Walker(standard())
    walker.call = msgspec.structs.replace(walker.call, person="")
    assert walk.transcript(standard(), walker.call, "", NOON, reached=False) == [
        "09:00 called",
        "12:00 end of the call after 180 minutes, right person: no",
    ]


def test_the_record_says_who_rang_what_spoke_against_calling_and_how_long_it_took() -> None:
    began = Walker(standard()).call
    late = msgspec.structs.replace(began, despite="18:40 there: asked to be called at home", idle_seconds=10780)
    assert walk.transcript(standard(), late, "", NOON, reached=True) == [
        "09:00 called for Tony Marsh",
        "called although 18:40 there: asked to be called at home",
        "12:00 end of the call after 20 seconds, spoken with Tony Marsh",
    ]
    own = msgspec.structs.replace(standard(), incoming="reach")
    rang = msgspec.structs.replace(began, inbound=True, person="")
    assert walk.transcript(own, rang, "", NOON, reached=True)[0] == "09:00 they called us"


def test_a_step_that_the_script_has_lost_is_still_named_in_the_record() -> None:
    small: Playbook = parse(WHOLE)
    walker = Walker(standard())
    walker.excuse("check-in-mail")
    assert walk.title(small, "check-in-mail") == "check in mail"
    assert walk.transcript(small, walker.call, "", NOON, reached=True)[1].endswith("the reason given: check in mail")
