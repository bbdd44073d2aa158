"""`stats`: of a period, a clerk or an account, told apart, with the reasons, in 80 columns and as one document."""

from pathlib import Path

import pytest

from tests.cli.command import AMOUNT, DATE, Arctui, Shape, maybe, misfit

PERIOD: Shape = {"from": DATE, "to": DATE, "days": int}
PROMISES: Shape = {
    **dict.fromkeys(("taken", "decided", "kept", "partial", "broken", "slippage_days", "slipped"), int),
    **dict.fromkeys(("taken_amount", "promised", "received"), AMOUNT),
    **dict.fromkeys(("kept_rate", "kept_rate_amount", "broken_rate", "slippage"), maybe(float)),
    "broke_again": [str],
    "missing": {},
}
COUNTS = (
    *("calls", "right_party", "inbound", "inbound_right_party", "contacts", "agreements", "refused", "callbacks"),
    *("callbacks_kept", "disputes_opened", "disputes_solved", "timed_calls", "led_by_script"),
)
RATES = (
    *("right_party_rate", "promise_rate", "contacts_per_promise", "contacts_per_kept_promise", "coverage"),
    *("with_phone", "callback_rate", "average_seconds", "days_to_solve"),
)
TALKS: Shape = {
    **dict.fromkeys(COUNTS, int),
    **dict.fromkeys(RATES, maybe(float)),
    "past_due_customers": maybe(int),
    "missing": {},
    "promises": PROMISES,
    "other_currencies": {},
}
EXCUSE: Shape = {
    **dict.fromkeys(("given", "promises", "decided", "kept"), int),
    "excuse": str,
    "words": maybe(str),
    "customers": [{"account": str, "given": int}],
    "kept_rate": maybe(float),
    "missing": {},
    "amount": AMOUNT,
    "received": AMOUNT,
}


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    made = Arctui(folder, "2026-11-23T10:00")
    assert made.call("demo", "--make", str(made.book)).code == 0
    return folder


@pytest.fixture
def demo(demo_folder: Path) -> Arctui:
    """A book with a year behind it; nothing here changes it."""
    return Arctui(demo_folder, "2026-11-23T10:00")


@pytest.fixture
def talked(arctui: Arctui) -> Arctui:
    """A fortnight in which two promises were decided and a third was taken."""
    for who, line in (("100", "wbp 17 500 ach tony"), ("300", "wbp 17 45.50 card"), ("400", "na")):
        assert arctui.call("log", who, line).code == 0
    arctui.feed("Customer,Payment Date,Amount,Invoice\nBirchwood Hall,2026-11-17,45.50,H-7\n", "paid.csv")
    arctui.day = "2026-11-30T09:00"
    assert arctui.call("log", "100", "in wbp +2 1200").code == 0
    return arctui


def test_talks_and_promises_of_the_last_90_days(talked: Arctui) -> None:
    talks = talked.json("stats")["talks"]
    assert misfit(talks, {**TALKS, "period": PERIOD}) == ""
    assert talks["period"] == {"from": "2026-09-02", "to": "2026-11-30", "days": 90}
    assert (talks["calls"], talks["right_party"], talks["right_party_rate"]) == (3, 2, 0.6667)
    assert (talks["inbound"], talks["contacts"], talks["agreements"]) == (1, 3, 3)
    promises = talks["promises"]
    assert (promises["taken"], promises["taken_amount"], promises["decided"]) == (3, "1745.50", 2)
    assert (promises["kept"], promises["broken"], promises["kept_rate"], promises["slippage"]) == (1, 1, 0.5, 0.0)
    assert promises["kept_rate_amount"] == 0.0834


def test_what_is_not_known_says_why_beside_null(talked: Arctui) -> None:
    stats = talked.json("stats", "--excuses")
    assert stats["cei"] is None
    assert stats["missing"]["cei"]
    talks = stats["talks"]
    assert [name for name in RATES if talks[name] is None] == [n for n in RATES if n in talks["missing"]]
    assert talks["missing"]["average_seconds"] == "of no call is it known how long it took"
    assert stats["excuses"] == []
    assert "script" in stats["excuses_missing"]
    text = " ".join(talked.call("stats", "--excuses").out.split())
    assert "average length of a call unknown: of no call is it known how long it took" in text
    assert "unknown: no call of this time was led by the script" in text


def test_the_promises_of_the_contract_are_those_of_the_talks(talked: Arctui) -> None:
    for options in ([], ["--from", "2026-11-20"], ["--to", "2026-11-20"], ["--month", "2026-11"]):
        stats = talked.json("stats", *options)
        detailed = stats["talks"]["promises"]
        assert {name: detailed[name] for name in stats["promises"]} == stats["promises"]


def test_a_period_bounds_talks_and_receivables(talked: Arctui) -> None:
    month = talked.json("stats", "--month", "2026-11")
    assert month["talks"]["period"] == month["period"] == {"from": "2026-11-01", "to": "2026-11-30", "days": 30}
    early = talked.json("stats", "--from", "2026-11-16", "--to", "2026-11-16")
    assert (early["as_of"], early["talks"]["calls"], early["talks"]["promises"]["taken"]) == ("2026-11-16", 3, 2)
    assert early["talks"]["promises"]["decided"] == 0
    assert talked.json("stats", "--month", "2026-10")["talks"]["calls"] == 0


def test_coverage_of_a_past_day_is_of_those_who_were_past_due_then(talked: Arctui) -> None:
    talked.feed("Customer,Payment Date,Amount,Invoice\nBirch Works,2026-11-24,1200.00,B-1041\n", "later.csv")

    def covered(day: str) -> tuple[int | None, float | None]:
        talks = talked.json("stats", "--from", "2026-11-16", "--to", day)["talks"]
        return talks["past_due_customers"], talks["coverage"]

    assert covered("2026-11-16") == (5, 0.4)
    assert covered("2026-11-23") == (4, 0.25), "Birchwood Hall had paid by then"
    assert covered("2026-11-30") == (3, 0.0), "and Birch Works now"
    early = talked.json("stats", "--from", "2026-11-02", "--to", "2026-11-10")["talks"]
    assert (early["past_due_customers"], early["coverage"]) == (None, None)
    assert early["missing"]["coverage"] == "no report of open items reaches back that far"


def test_one_account_alone(talked: Arctui) -> None:
    stats = talked.json("stats", "--who", "birch w")
    assert stats["account"] == "Birch Works"
    assert stats["aging"]["total"] == "1850.00"
    assert (stats["talks"]["calls"], stats["talks"]["past_due_customers"]) == (1, 1)
    assert stats["converted"] is None
    assert "talks and promises, Birch Works" in talked.call("stats", "--who", "birch w").out


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--from", "2026-11-20", "--to", "2026-11-10"], "--from: 2026-11-20 lies after the last day, 2026-11-10"),
        (["--to", "2027-01-01"], "--to: 2027-01-01 is still to come"),
        (["--from", "2027-01-01"], "--from: 2027-01-01 lies after the last day"),
        (["--month", "2027-01"], "--month: 2027-01-01 is still to come"),
        (["--month", "2026-13"], "--month: '2026-13' is no month: write YYYY-MM"),
        (["--month", "november"], "--month: 'november' is no month"),
        (["--from", "20 Nov"], "--from: '20 Nov' is no day: write YYYY-MM-DD"),
        (["--from", "1990-01-01", "--by", "month"], "--by month shows 120 months at most"),
        (["--clerk", "nemo"], "no clerk of this book is called 'nemo': "),
        (["--clerk", ""], "no clerk of this book is called ''"),
        (["--who", "nobody"], "no account is called 'nobody'"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(arctui: Arctui, options: list[str], why: str) -> None:
    refused = arctui.call("stats", *options)
    assert (refused.code, refused.out) == (1, "")
    (line,) = refused.notes
    assert line.startswith(f"arctui: {why}")


def test_a_month_stands_alone(arctui: Arctui) -> None:
    refused = arctui.call("stats", "--month", "2026-11", "--to", "2026-11-02")
    assert refused.code == 2
    assert "--month stands alone" in refused.err


@pytest.mark.parametrize("by", ["clerk", "month", "account"])
def test_groups_add_up_to_the_whole(demo: Arctui, by: str) -> None:
    stats = demo.json("stats", "--by", by)
    groups, whole = stats["groups"], stats["talks"]
    assert misfit(groups, [{by: maybe(str), **TALKS}]) == ""
    for name in COUNTS:
        assert sum(group[name] for group in groups) == whole[name], name
    for name in ("taken", "kept", "partial", "broken", "slippage_days"):
        assert sum(group["promises"][name] for group in groups) == whole["promises"][name], name


def test_months_are_the_last_twelve_and_clerks_are_named(demo: Arctui) -> None:
    months = [group["month"] for group in demo.json("stats", "--by", "month")["groups"]]
    assert (len(months), months[0], months[-1]) == (12, "2025-12", "2026-11")
    groups = demo.json("stats", "--by", "clerk")["groups"]
    assert "bob" in [group["clerk"] for group in groups]
    alone = demo.json("stats", "--clerk", "BOB")
    assert alone["clerk"] == "bob"
    bob = next(group for group in groups if group["clerk"] == "bob")
    assert {name: alone["talks"][name] for name in bob if name != "clerk"} == {
        name: value for name, value in bob.items() if name != "clerk"
    }


def test_reasons_with_who_gave_them_and_what_became_of_them(demo: Arctui) -> None:
    stats = demo.json("stats", "--excuses", "--from", "2026-06-01")
    excuses = stats["excuses"]
    assert misfit(excuses, [EXCUSE]) == ""
    given = [excuse["given"] for excuse in excuses]
    assert given == sorted(given, reverse=True)
    for excuse in excuses:
        assert sum(who["given"] for who in excuse["customers"]) == excuse["given"]
        assert excuse["words"], "every reason of the demo book is one of the script"
        assert excuse["kept"] <= excuse["decided"] <= excuse["promises"] <= excuse["given"]
        assert (excuse["kept_rate"] is None) == ("kept_rate" in excuse["missing"])
    assert any(excuse["kept"] for excuse in excuses)
    assert any(excuse["decided"] > excuse["kept"] for excuse in excuses)


@pytest.mark.parametrize(
    "options",
    [
        ["--excuses", "--by", "account"],
        ["--by", "month", "--clerk", "bob"],
        ["--by", "clerk", "--month", "2026-10"],
        ["--who", "fernhaven", "--excuses"],
    ],
)
def test_the_text_fits_80_columns(demo: Arctui, options: list[str]) -> None:
    shown = demo.call("stats", *options)
    assert shown.code == 0
    assert max(map(len, shown.out.splitlines())) <= 80


def test_every_unknown_in_the_text_says_why(talked: Arctui) -> None:
    lines = [line for line in talked.call("stats").out.splitlines() if "unknown" in line]
    assert lines
    for line in lines:
        _, _, why = line.partition("unknown")
        assert why == ", as above" or why.startswith(": "), line


def test_nothing_is_changed_by_it(demo: Arctui) -> None:
    before = demo.book.read_bytes()
    demo.json("stats", "--by", "account", "--excuses")
    assert demo.book.read_bytes() == before
