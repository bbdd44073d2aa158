"""`arctui credit`: grades and proposals as text and as a document, and a person's decision."""

from tests.cli.command import AMOUNT, DATE, Arctui, Shape, maybe, misfit

CREDIT: Shape = {
    "grade": maybe(str),
    "why": str,
    "parts": [{"part": str, "grade": maybe(str), "words": str}],
    "graded_down_from": maybe(str),
    "currency": str,
    "owes": AMOUNT,
    "limit": maybe(AMOUNT),
    "limit_from": maybe(str),
    "beyond": AMOUNT,
    "on_hold": bool,
    "decisions": [
        {
            "date": DATE,
            "by": str,
            "hold": bool,
            "limit": maybe(AMOUNT),
            "reason": str,
            "grade": maybe(str),
            "proposed_limit": maybe(AMOUNT),
        }
    ],
    "proposal": {"limit": maybe(AMOUNT), "limit_why": str, "hold": maybe(bool), "hold_why": str},
}
LISTED: Shape = {"account": str, "number": str, **CREDIT}


def test_the_list_has_all_accounts_the_worst_grade_first(arctui: Arctui) -> None:
    found = arctui.json("credit")
    assert misfit(found, [LISTED]) == ""
    assert [(a["account"], a["grade"]) for a in found] == [
        ("Elm & Sons", "E"),
        ("Birchwood Hall", "E"),
        ("Birch Works", "D"),
        ("Fir Logistics", "D"),
        ("Cedar Farm", None),
    ]
    text = arctui.call("credit").out
    assert text.startswith("all accounts, the worst grade first: 5 accounts\n")
    assert "hold: grade E" in text


def test_an_account_is_explained_in_words(arctui: Arctui) -> None:
    text = arctui.call("credit", "elm").out
    assert text.splitlines()[0] == "Elm & Sons: owes 9,310.50, no limit"
    assert "9,310.50 is past due, 100 % of 9,310.50 owed, the oldest by 138 days: E" in text
    assert "  hold: grade E, 9,310.50 is more than 60 days past due and not disputed" in text


def test_a_decision_is_kept_with_its_reason_and_shown_with_the_account(arctui: Arctui) -> None:
    done = arctui.json("credit", "elm", "--hold", "--limit", "5,000", "--why", "nothing came since June")
    assert misfit(done, LISTED) == ""
    assert done["done"] == "credit hold and credit limit of 5,000.00, Elm & Sons"
    assert (done["on_hold"], done["limit"], done["limit_from"], done["beyond"]) == (
        True,
        "5000.00",
        "decision",
        "4310.50",
    )
    (kept,) = done["decisions"]
    assert (kept["reason"], kept["grade"], kept["date"]) == ("nothing came since June", "E", "2026-11-16")
    text = arctui.call("account", "elm").out
    assert "credit grade E, limit 5,000.00, beyond it by 4,310.50" in text
    assert "Mon 16 Nov: nothing came since June" in text
    assert arctui.json("account", "elm")["credit"]["on_hold"] is True
    assert [a["account"] for a in arctui.json("credit", "--list", "beyond")] == ["Elm & Sons"]
    assert [a["account"] for a in arctui.json("credit", "--list", "hold")] == ["Elm & Sons"]
    assert next(r for r in arctui.json("today") if r["account"] == "Elm & Sons")["why"].startswith("on hold; ")
    assert "on hold and limit: nothing came since June" in arctui.call("timeline", "elm").out
    assert "credit decision: on hold, limit of 5,000.00" in arctui.call("history", "elm").out.replace("\n       ", "")
    assert arctui.json("check")["ok"] is True
    assert arctui.call("credit", "elm", "--release", "--why", "they paid").out.startswith(
        "credit released, Elm & Sons"
    )
    assert arctui.call("undo").code == 0
    assert arctui.json("credit", "elm")["on_hold"] is True


def test_what_cannot_be_decided_is_said_in_one_line(arctui: Arctui) -> None:
    for arguments, code, why in (
        (("credit", "elm", "--hold"), 1, "a decision on credit needs a reason"),
        (("credit", "elm", "--release", "--why", "x"), 1, "Elm & Sons is not on hold"),
        (("credit", "elm", "--limit", "lots", "--why", "x"), 1, "which limit? 'lots' is no amount"),
        (("credit", "elm", "--limit", "-5", "--why", "x"), 1, "a credit limit is 0 or more"),
        (("credit", "--hold", "--why", "x"), 2, "whose credit?"),
        (("credit", "elm", "--list", "down"), 2, "--list shows several accounts"),
        (("credit", "elm", "--why", "x"), 2, "--why is the reason of"),
        (("credit", "elm", "--hold", "--release", "--why", "x"), 2, "not allowed with"),
        (("credit", "nobody"), 1, "no account is called 'nobody'"),
    ):
        result = arctui.call(*arguments)
        assert (result.code, result.out) == (code, "")
        assert why in result.err
    assert arctui.json("credit", "elm")["decisions"] == []


def test_a_card_number_is_kept_out_unless_it_is_none(arctui: Arctui) -> None:
    arguments = ("credit", "elm", "--hold", "--why", "order 4111 1111 1111 1111")
    assert "ending in 1111" in arctui.call(*arguments).err
    assert arctui.call(*arguments, "--no-card").code == 0
