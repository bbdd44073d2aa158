"""What the prompt is opened for: each purpose reads what is typed, live, and acts when Enter is pressed."""

from arctui.core.capture.data_lines import HINT as DATA_HINT
from arctui.core.records import Flag
from arctui.tui.purposes.account import CaptureLine, DisputeLine, FollowUpLine, LetterSent, Note, PromiseLine, Stop
from arctui.tui.purposes.base import AGREE, Purpose
from arctui.tui.purposes.calendar import FilterEntries, GoToDay, MoveEntry
from arctui.tui.purposes.call import CallLine, CallNote, Despite, EndLine
from arctui.tui.purposes.data import CorrectLine
from arctui.tui.purposes.day_report import WriteDay
from arctui.tui.purposes.exporting import ExportLine
from arctui.tui.purposes.file import OpenFile
from arctui.tui.purposes.review import (
    CameIn,
    CreditHold,
    CreditRelease,
    DisputeOfPromise,
    HandOver,
    LeaveForTomorrow,
    Walk,
)
from arctui.tui.purposes.search import Search
from arctui.tui.purposes.spreading import MoveMarked

_CAPTURE = "date amount method person -- words, or: na busy lvm wn gk, cb tue 10:30, dsp 450 why, paid, ref, wd"
PURPOSES: dict[str, Purpose] = {
    p.id: p
    for p in (
        PromiseLine(
            "promise", "promise", "fri 1200 ach tony -- words     half 15, rest 30     run     eom", hints=AGREE
        ),
        CaptureLine("log", "log", _CAPTURE),
        DisputeLine("dispute", "dispute", "amount or invoice number, then what is wrong: 450 damaged pallets"),
        DisputeOfPromise(
            "dispute_of_promise",
            "dispute",
            "what is wrong: damaged pallets; an amount or invoice before it if it is not all of the promise",
        ),
        Note("note", "note", "free words for the file", lines=1),
        CorrectLine("correct", "correct", DATA_HINT),
        FollowUpLine("follow_up", "follow up", "a date, then why: fri ask for the remittance", lines=1),
        LetterSent(
            "letter",
            "letter sent otherwise",
            "its kind, the way and the day, in any order: final demand certified RR 20 US nov 18",
            lines=2,
        ),
        Stop("stop", "stop calling", f"why: {', '.join(Flag)}; empty: calls are allowed again", lines=1),
        Search(
            "search",
            "search",
            about_account=False,
            lines=0,
            hints=(("Enter", "go to the list"), ("Esc", "back to the worklist")),
            is_stored=False,
        ),
        OpenFile(
            "open_file",
            "import file",
            "the path of an export; if need be, --dates mdy|dmy --decimal . --as-of YYYY-MM-DD --add --full --map",
            about_account=False,
            hints=(("Enter", "import"), ("Esc", "leave (kept as a draft)")),
            cut_off="this path was cut off: Enter imports it",
            is_stored=False,
        ),
        ExportLine(
            "export",
            "export",
            "what and the file: worklist list.csv, all book.xlsx, activity notes.csv, archive book.arctui",
            about_account=False,
            hints=(("Enter", "write the file"), ("Esc", "leave (kept as a draft)")),
            cut_off="this line was cut off: Enter writes the file",
            is_stored=False,
        ),
        WriteDay(
            "write_day",
            "write the day to",
            "a file: its ending says what: .pdf, .md or .txt; 'mine' before it: only your own day",
            about_account=False,
            hints=(("Enter", "write the file"), ("Esc", "leave (kept as a draft)")),
            cut_off="this line was cut off: Enter writes the file",
            is_stored=False,
        ),
        CallLine(
            "call_line",
            "",
            hints=(
                ("Enter", "take it"),
                ("F2", "excuse"),
                ("F3", "note"),
                ("Bksp", "empty: back"),
                ("Esc", "other keys"),
            ),
        ),
        CallNote("note_in_call", "note", "an answer, or anything else for the file", lines=1),
        EndLine("end_with", "log and end", _CAPTURE),
        Despite("despite", "why call now", hints=(("Enter", "call"), ("Esc", "do not call"))),
        CameIn("came_in", "money came"),
        LeaveForTomorrow("leave_promise", "leave until tomorrow", "why can it wait?", lines=1),
        CreditHold("credit_hold", "credit hold", "why? it is kept with the decision", lines=1),
        CreditRelease("credit_release", "lift the credit hold", "why? it is kept with the decision", lines=1),
        HandOver("hand_over", "hand over", "to whom, and why: bob speaks their language", lines=2),
        Walk(
            "review",
            "review",
            about_account=False,
            cut_off="the review was cut off: it goes on where it was",
            is_stored=False,
        ),
        GoToDay(
            "go_to_day",
            "go to",
            "a day or a month: fri, oct 5, 2026-10-05, +10b, eom, dec; run: the next pay run of the account",
            about_account=False,
            lines=2,
            hints=(("Enter", "go there"), ("Esc", "stay")),
            is_stored=False,
        ),
        FilterEntries(
            "filter_entries",
            "show only",
            about_account=False,
            hints=(("Enter", "show"), ("Esc", "leave it as it is")),
            is_stored=False,
        ),
        MoveMarked(
            "move_marked",
            "move them to",
            "a date, then a reason for all of them if there is a new one: fri",
            about_account=False,
        ),
        MoveEntry("move", "move to", "a date, for a callback an hour, then why: fri 10:30 ask for Lee", lines=1),
    )
}

__all__ = ["PURPOSES", "Purpose"]
