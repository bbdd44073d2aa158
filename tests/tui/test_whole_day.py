"""A clerk's whole day and the next, by keys only, as a story."""

from pathlib import Path

from arctui.core.records import Activity, Outcome, Payment, Promise
from arctui.store import Book
from tests.tui.workstation import Workstation, workstation

REPORT = """\
Customer,Invoice,Date,Due Date,Balance
Alder Mill,A-500,2026-09-01,2026-10-01,500.00
Birch Works,B-1041,2026-09-08,2026-10-08,"1,200.00"
Cedar Farm,C-77,2026-10-10,2026-11-09,300.00
Elm & Sons,E-9,2026-10-11,2026-11-10,"9,310.50"
Fir Logistics,F-3,2026-09-20,2026-10-20,"4,020.00"
"""
PEOPLE = """\
Customer,Contact,Phone,Email
Alder Mill,Joan Petty,+1 480 555 0101,joan@alder.example.com
Birch Works,Tony Marsh,+1 480 555 0142,tony@birch.example.com
Cedar Farm,Rosa Lee,+1 480 555 0117,rosa@cedar.example.com
Elm & Sons,Ann Elm,+1 480 555 0188,ann@elm.example.com
Fir Logistics,Bo Fir,+1 480 555 0199,bo@fir.example.com
"""
PAYMENTS = """\
Customer,Payment Date,Amount,Invoice,Reference
Cedar Farm,2026-11-23,300.00,C-77,R-1
"""


async def import_file(clerk: Workstation, path: Path) -> None:
    await clerk.press("o")
    await clerk.paste(str(path))
    await clerk.press("enter")
    await clerk.press("escape")


def activities(book: Path) -> list[Activity]:
    return list(Book(book).facts.all(Activity))


async def test_a_day_of_calls_and_the_next_with_its_payments_and_its_review(book: Path, tmp_path: Path) -> None:
    report, people, payments = (tmp_path / f"{name}.csv" for name in ("report", "people", "payments"))
    for path, text in ((report, REPORT), (people, PEOPLE), (payments, PAYMENTS)):
        path.write_text(text, encoding="utf-8")

    # Monday morning: the report comes in, and five accounts are to be called, the largest first.
    async with workstation(book, "2026-11-16T10:00:00-07:00", size=(80, 24)) as clerk:
        await import_file(clerk, report)
        await import_file(clerk, people)
        assert clerk.accounts == ["Elm & Sons", "Fir Logistics", "Birch Works", "Alder Mill", "Cedar Farm"]

        # Elm & Sons does not answer.
        await clerk.press("enter")
        assert "Good day, this is Ann. Ann Elm, please." in clerk.text
        await clerk.press("2", "enter")
        assert "saved 10:00: no answer, Elm & Sons; next Tue 17 Nov" in clerk.status
        assert clerk.account == "Fir Logistics"

        # Fir Logistics: the approver is away. The questions are answered in a note, then a day is agreed.
        await clerk.press("enter", "1")
        assert "4,020.00 is past due, 27 days now: invoice F-3 of 4,020.00" in clerk.script
        assert "When did you send your payment?" in clerk.script
        await clerk.press("1")
        assert "Will you send it now?" in clerk.script
        await clerk.press("2")
        assert "When will you send it?" in clerk.script
        await clerk.press("2")
        assert "Why was it not paid?" in clerk.script
        await clerk.press("e")
        await clerk.enter("approver away")
        assert "? " in clerk.script
        await clerk.press("n")
        await clerk.enter("back on the 18th, Mrs Oak signs meanwhile")
        assert "noted: back on the 18th" in clerk.script
        await clerk.press("1")
        await clerk.until_a_line("1")
        await clerk.type("wed ach")
        assert "Wed 18 Nov 2026, in 2 days   4,020.00 of 4,020.00   bank transfer   Bo Fir" in clerk.reading
        await clerk.press("enter")
        assert "To confirm: 4,020.00 by bank transfer on Wednesday 18 November, from Bo Fir" in clerk.script
        await clerk.press("1", "enter")
        assert "promise of 4,020.00, Fir Logistics" in clerk.status
        assert clerk.account == "Birch Works"

        # Birch Works: something is wrong with the goods. A dispute, and a date for the rest.
        await clerk.press("enter", "1", "e")
        await clerk.enter("defective")
        await clerk.until_a_line("1")
        await clerk.enter("200 two cracked pallets")
        assert "200.00: two cracked pallets" in clerk.script
        await clerk.press("p")
        await clerk.type("fri check")
        assert "Fri 20 Nov 2026, in 4 days   1,000.00 of 1,000.00   check" in clerk.reading
        await clerk.press("enter", "1", "enter")
        assert "promise of 1,000.00, Birch Works" in clerk.status

        # Alder Mill: the check is in the mail, they say.
        assert clerk.account == "Alder Mill"
        await clerk.press("enter", "1", "e")
        await clerk.enter("check mail")
        await clerk.press("1")
        await clerk.enter("13 500 check -- no. 4411")
        assert "500.00 by check on Friday 13 November" in clerk.script
        assert "Friday 20 November" in clerk.script
        await clerk.press("1", "enter")
        assert "says it is paid, Alder Mill; next Fri 20 Nov" in clerk.status

        # Cedar Farm is busy: an hour tomorrow is agreed.
        assert clerk.account == "Cedar Farm"
        await clerk.press("enter", "1", "e")
        await clerk.enter("too busy")
        await clerk.press("1")
        await clerk.enter("tue 10:30 ask for Rosa")
        assert "tomorrow, Tuesday 17 November at 10:30" in clerk.script
        await clerk.press("1", "enter")
        assert "callback, Cedar Farm" in clerk.status
        # The replacement for Birch Works is ours to order, and stands there until it is ticked off.
        assert clerk.accounts == ["Birch Works"]
        assert clerk.entries[0].why.startswith("to do: ")
        await clerk.press("D", "enter")
        assert "done: order the replacement" in clerk.status
        assert clerk.accounts == []
        assert "promises 2 5,020.00" in clerk.header

        # What was agreed stands in the calendar; a day is set by hand and moved.
        await clerk.press("slash")
        await clerk.enter("elm")
        await clerk.press("f")
        await clerk.enter("thu ask for the controller")
        await clerk.press("escape", "c")
        assert "NOVEMBER 2026" in clerk.text
        await clerk.press("right")
        assert "TUE 17 NOV" in clerk.text
        assert "10:30 Cedar Farm" in clerk.text
        await clerk.press("right")
        assert " WED 18 NOV  in 2 days" in clerk.text
        assert " Wed 18 Nov   2 entries, 4,220.00" in clerk.text
        await clerk.press("right", "enter", "j")
        assert clerk.agenda_account == "Elm & Sons"
        await clerk.press("plus")
        assert "moved to Fri 20 Nov" in clerk.status
        await clerk.press("u")
        assert "undone" in clerk.status
        await clerk.press("escape", "escape")

    made = activities(book)
    assert [a.outcome for a in made] == [
        Outcome.NO_ANSWER,
        Outcome.PROMISE,
        Outcome.PROMISE,
        Outcome.PAID,
        Outcome.CALLBACK,
    ]
    fir = made[1].note.splitlines()
    assert fir[0] == "4,020.00 for Wed 18 Nov by bank transfer"
    assert "10:00 noted: back on the 18th, Mrs Oak signs meanwhile" in fir
    assert any("When did you send your payment?" in line and "It has not been sent" in line for line in fir)
    assert made[1].excuses == ("approver-away",)
    assert made[1].person == "Bo Fir"

    # Tuesday next week: the payments come in, Cedar Farm's settles itself; Fir and Birch did not pay.
    async with workstation(book, "2026-11-27T16:00:00-07:00", size=(160, 45)) as clerk:
        await import_file(clerk, payments)
        assert "Cedar Farm" not in clerk.accounts
        await clerk.press("r", "enter")
        assert "REVIEW 1 of 2 BROKEN Fir Logistics" in clerk.script
        assert "4,020.00 for Wednesday 18 November by bank transfer" in clerk.script

        # Fir is called at once, at the question for broken promises; the review waits.
        await clerk.press("enter")
        assert "you told us that 4,020.00" in clerk.script
        assert "What happened?" in clerk.script
        await clerk.press("p")
        await clerk.type("mon ach")
        assert "after a broken promise: in our hands by Mon 30 Nov" in clerk.reading
        await clerk.press("enter", "1", "enter")

        # Birch Works: a part of it came by hand, the rest waits until Monday.
        assert "REVIEW 2 of 2 BROKEN Birch Works" in clerk.script
        await clerk.press("1")
        await clerk.enter("400 today check")
        assert "REVIEW 2 of 2" in clerk.script
        await clerk.press("5")
        await clerk.enter("the rest is in the mail room")
        assert "THE DAY, Fri 27 Nov" in clerk.script
        assert "calls 1" in clerk.header
        assert "promises 1 4,020.00" in clerk.header
        summary = " ".join(clerk.script.split())
        assert "calls dialled 1" in summary
        assert "promises taken 1 4,020.00" in summary
        await clerk.press("enter")
        assert "review of Fri 27 Nov closed" in clerk.status

    facts = Book(book).facts
    assert [p.amount for p in facts.all(Payment) if p.entered_by] == [400]
    assert sorted(p.day.isoformat() for p in facts.all(Promise)) == ["2026-11-18", "2026-11-20", "2026-11-30"]

    # Monday: what was left for today is there again, first.
    async with workstation(book, "2026-11-30T09:00:00-07:00") as clerk:
        assert clerk.accounts[0] == "Birch Works"
        assert clerk.entries[0].mark == "!"
