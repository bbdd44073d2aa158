"""`arctui correct`: what was understood is printed and saved; what cannot be read costs nothing but a line."""

import pytest

from tests.cli.command import Arctui, misfit


def test_a_correction_is_printed_and_saved(arctui: Arctui) -> None:
    result = arctui.call("correct", "birch works", "tony", "+1", "480", "555", "0199,", "controller")
    assert (result.code, result.err) == (0, "")
    said = "Birch Works: Tony Marsh: controller, +1 480 555 0199, then +1 212 555 0142, "
    assert result.out.startswith(said)
    (person,) = arctui.json("account", "100")["people"]
    assert person["phones"] == ["+1 480 555 0199", "+1 212 555 0142"]
    assert arctui.call("undo").code == 0
    assert arctui.json("account", "100")["people"][0]["phones"] == ["+1 212 555 0142"]


def test_a_pay_cycle_is_learnt_and_its_next_run_printed(arctui: Arctui) -> None:
    document = arctui.json("correct", "100", "runs weekly thu, cut-off 2, docs order + statement")
    assert misfit(document, {"account": str, "changed": [str]}) == ""
    assert document["account"] == "Birch Works"
    (sentence,) = document["changed"]
    assert sentence == (
        "weekly on Thursday, cut-off 2 business days before: next run Thu 19 Nov, cut-off Tue 17 Nov; "
        "to be in: order, statement"
    )
    assert arctui.json("account", "100")["standing"]["next_run"] == "2026-11-19"


def test_what_is_doubtful_is_a_note_on_stderr(arctui: Arctui) -> None:
    result = arctui.call("correct", "100", "lee wong", "555 0177")
    assert result.code == 0
    assert result.out == "Birch Works: new: Lee Wong, 555 0177\n"
    assert result.notes == ["arctui: note: 555 0177 is too short to be called from here: ask for the area code"]


@pytest.mark.parametrize(
    ("who", "line", "why"),
    [
        ("100", "tony, 12", "at least 7 digits"),
        ("100", "zone Atlantis", "no time zone"),
        ("100", " ", "lee wong, controller"),
        ("nobody", "zone Denver", "no account is called"),
    ],
)
def test_what_cannot_be_taken_is_one_line_and_changes_nothing(arctui: Arctui, who: str, line: str, why: str) -> None:
    before = arctui.json("account", "100")
    result = arctui.call("correct", who, line, "--json")
    assert (result.code, result.out, len(result.notes)) == (1, "", 1)
    assert why in result.notes[0]
    assert arctui.json("account", "100") == before
