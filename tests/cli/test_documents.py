"""The documents of `--json`: their keys, amounts as strings, ISO dates, null for what is not known."""

from typing import Any

import pytest

from tests.cli.command import AMOUNT, DATE, OPEN_ITEMS, Arctui, Shape, maybe, misfit

AGING: Shape = dict.fromkeys(("current", "1-30", "31-60", "61-90", "90+", "credits", "total"), AMOUNT)
PROMISE: Shape = {
    "date": DATE,
    "amount": AMOUNT,
    "method": maybe({"check", "bank transfer", "card"}),
    "person": maybe(str),
    "breaks_on": DATE,
}
REVIEWED: Shape = [
    {"account": str, "promised": DATE, "amount": AMOUNT, "paid": AMOUNT, "days_late": int, "handled": str}
]
COUNTED: Shape = {"count": int, "amount": AMOUNT}
DAY: Shape = {
    "clerk": str,
    **dict.fromkeys(("calls", "right_party", "callbacks", "disputes", "letters"), int),
    **dict.fromkeys(("promises", "payments", "kept", "partial", "broken"), COUNTED),
    **dict.fromkeys(("handled", "left_over", "on_list", "tomorrow"), int),
    "next_day": DATE,
}
FIGURES: Shape = {
    "as_of": DATE,
    "aging": AGING,
    **{name: maybe(float) for name in ("dso", "best_possible_dso", "add", "cei", "average_days_late")},
    "promises": {
        "kept": int,
        "partial": int,
        "broken": int,
        "kept_rate": maybe(float),
        "kept_rate_amount": maybe(float),
    },
}
SHAPES: dict[str, Shape] = {
    "import": {
        "files": [
            {
                "file": str,
                "layout": str,
                "accounts_added": int,
                "invoices_added": int,
                "invoices_updated": int,
                "invoices_closed": int,
                "payments_added": int,
                "skipped": [{"row": int, "why": str}],
            }
        ]
    },
    "today": [
        {
            "account": str,
            "number": str,
            "bucket": {"broken", "callback", "verify", "cutoff", "first", "scheduled", "dispute", "letter"},
            "why": str,
            "collectable": AMOUNT,
            "past_due": AMOUNT,
            "days_past_due": int,
            "next": maybe(DATE),
        }
    ],
    "account": {
        "account": str,
        "people": [{"name": str, "phones": [str], "emails": [str]}],
        "invoices": [{"number": str, "issued": maybe(DATE), "due": maybe(DATE), "amount": AMOUNT, "balance": AMOUNT}],
        "promises": [PROMISE],
        "activities": [{"at": str, "date": DATE, "by": str, "note": str}],
        "disputes": [{"amount": AMOUNT, "reason": str, "opened": DATE, "due": DATE, "closed_on": maybe(DATE)}],
        "standing": {"past_due": AMOUNT, "collectable": AMOUNT, "next": maybe({"date": DATE, "why": str})},
    },
    "log": {
        "account": str,
        "outcome": str,
        "promises": [PROMISE],
        "next": maybe({"date": DATE, "why": str}),
    },
    "review": {
        "date": DATE,
        "broken": REVIEWED,
        "partial": REVIEWED,
        "due": REVIEWED,
        "kept": REVIEWED,
        "totals": {},
        "day": DAY,
    },
    "stats": {**FIGURES, "other_currencies": {"EUR": FIGURES}},
    "check": {"ok": bool, "problems": [str], "counts": {"accounts": int, "invoices": int, "promises": int}},
}


def fits(document: Any, command: str) -> None:
    assert misfit(document, SHAPES[command]) == ""


@pytest.fixture
def busy(arctui: Arctui) -> Arctui:
    """A book in which something of everything has happened, two weeks on."""
    for line in ("wbp 17 500 ach tony", "dsp 100 damaged pallets", "cb 18 10:30 ask for mrs lee"):
        fits(arctui.json("log", "100", line), "log")
    arctui.json("log", "300", "wbp 17 45.50 card")
    arctui.json("log", "400", "wbp 17 9000")
    arctui.feed("Customer,Payment Date,Amount,Invoice\nElm & Sons,2026-11-17,8000.00,E-9\n", "paid.csv")
    arctui.day = "2026-11-30T09:00"
    return arctui


@pytest.mark.parametrize("command", ["today", "review", "stats", "check"])
def test_every_document_has_the_shape_of_the_contract(busy: Arctui, command: str) -> None:
    fits(busy.json(command), command)


def test_every_account_has_the_shape_of_the_contract(busy: Arctui) -> None:
    for number in ("100", "200", "300", "400", "fir"):
        fits(busy.json("account", number), "account")


def test_an_import_says_what_it_added(empty: Arctui) -> None:
    document = empty.json("import", empty.file("open.csv", OPEN_ITEMS))
    fits(document, "import")
    (summary,) = document["files"]
    assert summary["file"] == "open.csv"
    assert (summary["accounts_added"], summary["invoices_added"], summary["skipped"]) == (5, 6, [])


def test_rows_that_are_not_read_are_listed_and_the_rest_is_imported(empty: Arctui) -> None:
    result = empty.call("import", empty.file("open.csv", OPEN_ITEMS + "Gorse Ltd,500,G-1,,,much,much,\n"), "--json")
    assert result.code == 0
    (summary,) = result.json["files"]
    assert [s["row"] for s in summary["skipped"]] == [8]
    assert summary["invoices_added"] == 6


def test_several_files_are_reported_in_their_order_and_one_bad_one_does_not_keep_the_others_out(
    empty: Arctui,
) -> None:
    files = [empty.file("open.csv", OPEN_ITEMS), empty.file("bad.csv", "hello\n"), str(empty.folder / "none.csv")]
    more = empty.file("more.csv", OPEN_ITEMS.replace("Elm", "Oak").replace("400", "900").replace("E-9", "O-9"))
    result = empty.call("import", *files, more, "--add", "--json")
    assert result.code == 1
    assert [s["file"] for s in result.json["files"]] == ["open.csv", "more.csv"]
    assert len(result.notes) == 2
    assert "bad.csv" in result.notes[0]
    assert "none.csv" in result.notes[1]
    assert empty.json("account", "900")["account"] == "Oak & Sons"


def test_the_worklist_is_in_calling_order_with_its_reason(arctui: Arctui) -> None:
    rows = arctui.json("today")
    assert [r["account"] for r in rows if r["bucket"] == "first"][:3] == ["Elm & Sons", "Birch Works", "Cedar Farm"]
    birch = next(r for r in rows if r["number"] == "100")
    assert (birch["collectable"], birch["past_due"], birch["days_past_due"]) == ("1200.00", "1200.00", 39)
    assert all(r["why"] for r in rows)


def test_an_account_is_found_by_number_by_name_and_by_a_part_of_it(arctui: Arctui) -> None:
    for who in ("200", "cedar farm", "CEDAR", "dar fa", " Cedar  Farm "):
        assert arctui.json("account", who)["account"] == "Cedar Farm"
    assert arctui.json("account", "Birch Works")["number"] == "100"
    assert arctui.json("account", "fir")["standing"]["currency"] == "EUR"


def test_a_promise_is_shown_as_it_was_taken(arctui: Arctui) -> None:
    logged = arctui.json("log", "100", "wbp", "fri", "1200", "ach", "tony")
    assert logged["account"] == "Birch Works"
    assert logged["outcome"] == "promise"
    assert logged["promises"] == [
        {
            "date": "2026-11-20",
            "amount": "1200.00",
            "method": "bank transfer",
            "person": "Tony Marsh",
            "breaks_on": "2026-11-24",
        }
    ]
    (promise,) = arctui.json("account", "100")["promises"]
    assert promise.items() >= logged["promises"][0].items()


def test_an_instalment_plan_is_two_promises(arctui: Arctui) -> None:
    promises = arctui.json("log", "400", "half 20 check, rest 30")["promises"]
    assert [(p["date"], p["amount"]) for p in promises] == [("2026-11-20", "4655.25"), ("2026-11-30", "4655.25")]


def test_aging_counts_by_due_date_and_nets_credits(arctui: Arctui) -> None:
    arctui.feed(OPEN_ITEMS + "Cedar Farm,200,CM-1,2026-11-01,,-50.00,-50.00,USD\n", "credit.csv")
    stats = arctui.json("stats")
    assert stats["aging"] == {
        "current": "650.00",
        "1-30": "300.00",
        "31-60": "1200.00",
        "61-90": "45.50",
        "90+": "9310.50",
        "credits": "-50.00",
        "total": "11456.00",
    }
    assert stats["other_currencies"]["EUR"]["aging"]["total"] == "20.00"


def test_what_cannot_be_known_is_null(arctui: Arctui) -> None:
    stats = arctui.json("stats")
    assert stats["cei"] is None
    assert stats["average_days_late"] is None
    assert stats["promises"]["kept_rate"] is None
    assert stats["promises"]["kept"] == 0


def test_counts_of_check_are_those_of_the_book(busy: Arctui) -> None:
    document = busy.json("check")
    assert document["ok"] is True
    assert document["problems"] == []
    counts = document["counts"]
    assert (counts["accounts"], counts["invoices"], counts["promises"], counts["disputes"]) == (5, 6, 3, 1)


def test_check_of_an_inconsistent_book_exits_1_and_lists_the_problems(arctui: Arctui) -> None:
    damaged = arctui.book.read_text().replace('"balance":"45.50"', '"balance":"45.505"')
    arctui.book.write_text(damaged)
    result = arctui.call("check", "--json")
    assert result.code == 1
    assert result.json["ok"] is False
    assert result.json["problems"]
    assert arctui.book.read_text() == damaged


def test_settings_are_shown_set_and_dated(arctui: Arctui) -> None:
    assert arctui.json("policy")["call_interval_days"] == "10"
    assert arctui.json("policy", "call_interval_days", "7") == {"call_interval_days": "7"}
    assert arctui.json("policy", "call_interval_days") == {"call_interval_days": "7"}
    arctui.json("policy", "call_interval_days", "5", "--from", "2026-12-01")
    assert arctui.json("policy", "call_interval_days") == {"call_interval_days": "7"}
    arctui.day = "2026-12-01T09:00"
    assert arctui.json("policy", "call_interval_days") == {"call_interval_days": "5"}


def test_a_stopped_account_is_off_the_list_until_it_is_resumed(arctui: Arctui) -> None:
    arctui.json("stop", "400", "bankruptcy")
    assert "Elm & Sons" not in [r["account"] for r in arctui.json("today")]
    assert "bankruptcy" in arctui.json("account", "400")["standing"]["stopped"]
    arctui.json("resume", "400")
    assert arctui.json("today")[0]["account"] == "Elm & Sons"
    assert arctui.json("account", "400")["standing"]["stopped"] is None


def test_a_contact_list_gives_people_with_their_zone(arctui: Arctui) -> None:
    (person,) = arctui.json("account", "100")["people"]
    assert person["name"] == "Tony Marsh"
    assert person["phones"] == ["+1 212 555 0142"]
    assert person["emails"] == ["tony@birch.example"]
    assert person["time_zone"] == "America/New_York"


def test_an_account_says_whether_it_may_be_called_now(arctui: Arctui) -> None:
    def may_call(day: str) -> Any:
        arctui.day = day
        return arctui.json("account", "100")["standing"]["may_call"]

    assert may_call("2026-11-16T10:30:00-05:00") == {"now": True, "why": [], "doubt": None, "local_time": "10:30"}
    early = may_call("2026-11-16T12:00+00:00")
    assert (early["now"], early["local_time"]) == (False, "07:00")
    assert early["why"] == ["07:00 there (New York): calling hours are 08:30 to 17:30"]
    assert f"not now: {early['why'][0]}" in arctui.call("account", "100").out
    arctui.json("stop", "100", "attorney")
    assert may_call("2026-11-16T10:30:00-05:00")["why"] == ["not to be called: attorney"]
