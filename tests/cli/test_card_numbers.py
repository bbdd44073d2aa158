"""What looks like a card number is refused by the commands that store words, unless it is said that it is none."""

import pytest

from tests.cli.command import Arctui
from tests.cli.test_refusals import refusal

VISA = "4111111111111111"


@pytest.mark.parametrize(
    "command",
    [
        ("log", "100", "fri", "500", "card", "--", "4111", "1111", "1111", "1111"),
        ("log", "100", f"dsp 450 {VISA}"),
        ("policy", "firm", f"Northside {VISA}"),
    ],
)
def test_it_is_refused_and_the_option_named_that_answers(arctui: Arctui, command: tuple[str, ...]) -> None:
    before = arctui.book.read_bytes()
    told = refusal(arctui.call(*command))
    assert "ending in 1111 looks like a card's" in told
    assert "--no-card" in told
    assert arctui.book.read_bytes() == before
    result = arctui.call(*command, "--no-card")
    assert result.code == 0, result


def test_the_option_stands_behind_free_words_as_well(arctui: Arctui) -> None:
    for options in (["--no-card", "--json"], ["--json", "--no-card"]):
        result = arctui.call("log", "100", "fri", "500", "--", "order", VISA, *options)
        assert result.code == 0, result
        assert result.json["outcome"] == "promise"
    promise = arctui.json("account", "100")["promises"][-1]
    assert promise["words"] == f"order {VISA}"


def test_an_import_with_such_a_number_is_taken(empty: Arctui) -> None:
    empty.feed(f"Customer,Invoice,Due Date,Open Balance\nBirch,{VISA},2026-10-08,1200.00\n")
    assert [i["number"] for i in empty.json("account", "Birch")["invoices"]] == [VISA]
    result = empty.call("log", "Birch", f"dsp 450 {VISA} is wrong")
    assert result.code == 0, result
