"""The commands about the call script: prove, print, rehearse; the book is never touched."""

import io
import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.command import PROJECT, Arctui, Result
from tests.playbook.small import WHOLE

OWN = '[steps.now]\nsay = ["Can it leave today?"]\n'
BROKEN = '[steps.now]\nreplies = [\n    { text = "Yes", to = "limbo" },\n]\n'
MORNING = "2026-11-23T10:30"


def rehearse(arctui: Arctui, typed: str | bytes, *arguments: str) -> Result:
    """Rehearse with all that is typed coming from a pipe."""
    content = typed if isinstance(typed, bytes) else typed.encode()
    with mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")):
        return arctui.call("--date", MORNING, "playbook", "try", *arguments)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# check


def test_the_standard_script_is_proved_without_a_book_and_none_is_made(empty: Arctui) -> None:
    result = empty.call("playbook", "check")
    assert result.code == 0, result
    assert result.out.startswith("the standard playbook: it holds together: ")
    assert len(result.out.splitlines()) == 1
    assert files(empty.folder) == {}
    document = empty.json("playbook", "check")
    assert document["ok"] is True
    assert document["problems"] == []
    assert min(document["steps"], document["excuses"], document["ways"]) > 20


def test_a_file_is_proved_over_the_standard_script(empty: Arctui) -> None:
    result = empty.call("playbook", "check", empty.file("own.toml", OWN))
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{empty.folder}/own.toml: it holds together: ")
    whole = empty.call("playbook", "check", empty.file("whole.toml", f"whole = true\n{WHOLE}"))
    assert "it holds together: 7 steps, 1 excuse, 8 ways" in whole.out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BROKEN, ":3: step now: it leads to limbo, which is no step"),
        ("\nsay = ", ":2: this is no TOML: invalid value"),
        ('[steps.now]\ntitel = "x"', ":2: step now: there is no field 'titel'"),
        ('[steps.now]\nsay = "x"', ":2: step now: say must be a list, not a text"),
        ('start = "x"', ":1: start: there is no step x"),
        ('[steps.now]\nsay = [\n"{nickname}",\n"x"]', ":3: step now: there is no placeholder {nickname}"),
        ('\n[steps.x]\nsay = ["x"]\nend = "na"', ":2: step x: nothing leads to it"),
        ('[steps.x]\nsay = ["x"]\nreplies = [{ text = "x", to = "x" }]', ":1: step x: no way from it ends the call"),
        ('[steps.read-back]\nsay = ["Sure?"]', ":2: step commitment: the promise is not read back in read-back"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_step(empty: Arctui, text: str, told: str) -> None:
    path = empty.file("own.toml", text)
    result = empty.call("playbook", "check", path, "--json")
    assert result.code == 1
    assert any(note.startswith(f"arctui: {path}{told}") for note in result.notes), result
    document = result.json
    assert document["ok"] is False
    for problem, note in zip(document["problems"], result.notes, strict=True):
        assert set(problem) == {"file", "line", "step", "why"}
        step = f"step {problem['step']}: " if problem["step"] else ""
        assert note == f"arctui: {problem['file']}:{problem['line']}: {step}{problem['why']}"


def test_without_json_a_broken_script_prints_nothing_but_what_is_wrong(empty: Arctui) -> None:
    result = empty.call("playbook", "check", empty.file("own.toml", BROKEN))
    assert (result.code, result.out, len(result.notes)) == (1, "", 1)


def test_a_file_that_is_not_there_is_told(empty: Arctui) -> None:
    for act in ("check", "show", "try"):
        result = empty.call("playbook", act, "nowhere.toml")
        assert (result.code, result.notes) == (1, ["arctui: nowhere.toml: there is no such file"])


def test_a_home_that_is_not_there_is_told(arctui: Arctui, monkeypatch: pytest.MonkeyPatch) -> None:
    away = "~nobody-of-that-name/p.toml"
    told = [f"arctui: {away}: there is no such file"]
    assert (arctui.call("playbook", "check", away).code, arctui.call("playbook", "check", away).notes) == (1, told)
    assert "there is no ~nobody-of-that-name here" in arctui.call("policy", "playbook", away).notes[0]
    # A book may come from another machine.
    monkeypatch.setattr("arctui.desk.desk.check_path", lambda *_: None)
    arctui.call("policy", "playbook", away)
    result = arctui.call("playbook", "check")
    assert (result.code, result.notes) == (1, [f"arctui: {arctui.folder}/{away}: there is no such file"])


def test_without_a_file_it_is_the_script_in_force_for_the_book(arctui: Arctui) -> None:
    arctui.file("playbook.toml", BROKEN)
    beside = arctui.call("playbook", "check")
    assert beside.code == 1
    assert beside.notes[0].startswith(f"arctui: {arctui.folder}/playbook.toml:3: step now: ")
    arctui.call("policy", "playbook", "firm.toml")
    assert arctui.call("playbook", "check").notes == [f"arctui: {arctui.folder}/firm.toml: there is no such file"]
    arctui.file("firm.toml", OWN)
    assert arctui.call("playbook", "check").out.startswith(f"{arctui.folder}/firm.toml: it holds together")


def test_no_command_about_the_script_touches_the_book(arctui: Arctui) -> None:
    before = files(arctui.folder)
    arctui.call("playbook", "check")
    arctui.call("playbook", "show")
    assert rehearse(arctui, "1\n3\nfri\n1\n\n").code == 0
    assert files(arctui.folder) == before


def test_a_command_about_the_script_loads_no_workstation(empty: Arctui) -> None:
    program = (
        "import json, sys; from arctui.cli.main import main; main(['playbook', 'show']); main(['playbook', 'try']);"
        "print('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=empty.environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    modules = set(json.loads(done.stdout.splitlines()[-1]))
    assert not {m for m in modules if m.split(".")[0] in {"textual", "rich"} or m.startswith("arctui.tui")}


@pytest.mark.parametrize("arguments", [[], ["sing"], ["check", "a", "b"]])
def test_wrong_usage_is_2(empty: Arctui, arguments: list[str]) -> None:
    assert empty.call("playbook", *arguments).code == 2


# show


def test_the_script_is_printed_as_a_tree(empty: Arctui) -> None:
    shown = empty.call("playbook", "show", empty.file("whole.toml", f"whole = true\n{WHOLE}"))
    assert (shown.code, shown.err) == (0, "")
    assert (
        """\
START
[reach] Reach
say  "{person}, please."
or   "Whoever pays, please."
  1  Speaking -> promise (below)
  2  Nobody -> nobody
  [nobody] No answer
  do   Nobody is there.
  end  na

BROKEN
-> reach (above)

COMMITMENT
[promise] Promise
say  "Which day?"
line types the promise -> back
  [back] Read back
  say  "{promise}: is that right?"
  or   "Is that right?"
    1  Yes -> close
    2  No -> promise (above)
    [close] Close
    say  "Goodbye."
    end  with what was typed
"""
        in shown.out
    )
    assert (
        """\
EXCUSES A: Money
[short] Short
for  No money
say  "How much is missing?"
ask  How much?
get  A day.
task send {account} a statement
then look after it (+1b): did {account} get it?
  1  Names a day -> promise (above)
  2  Read out -> promise (above) (task done)
"""
        in shown.out
    )


def test_the_script_is_printed_as_a_document(empty: Arctui) -> None:
    document = empty.json("playbook", "show", empty.file("own.toml", OWN))
    assert document["steps"]["now"]["say"] == ["Can it leave today?"]


def test_a_broken_script_is_shown_with_what_is_wrong(empty: Arctui) -> None:
    shown = empty.call("playbook", "show", empty.file("own.toml", BROKEN))
    assert shown.code == 1
    assert "1  Yes -> limbo (no such step)" in shown.out
    assert len(shown.notes) == 1


# try


def test_a_call_is_rehearsed_to_its_note(empty: Arctui) -> None:
    result = rehearse(empty, "1\ne copy\n1\nb\nn sent to the wrong desk\np\nfri 500 ach\n1\n\n")
    assert (result.code, result.err) == (0, ""), result
    assert "task send " in result.out
    assert "noted" in result.out
    assert "= Fri 27 Nov 2026, in 4 days" in result.out
    assert "noted: sent to the wrong desk" in result.out
    assert "promise of 500.00" in result.out
    assert result.out.endswith("This is what the call would have written; nothing was.\n")
    assert files(empty.folder) == {}


def test_the_sentences_are_those_of_the_file(empty: Arctui) -> None:
    result = rehearse(empty, "1\n1\nq\n", empty.file("own.toml", OWN))
    assert 'say  "Can it leave today?"' in result.out
    assert result.out.endswith("left: nothing was written\n")


def test_another_account_of_the_demo_book_is_chosen(empty: Arctui) -> None:
    assert "A rehearsal with Birch Works (" in rehearse(empty, "", "--account", "birch").out
    unknown = rehearse(empty, "", "--account", "nobody")
    assert (unknown.code, unknown.notes) == (1, ["arctui: no account is called 'nobody'"])


def test_a_broken_script_is_not_rehearsed(empty: Arctui) -> None:
    result = rehearse(empty, "1\n", empty.file("own.toml", BROKEN))
    assert (result.code, result.out, len(result.notes)) == (1, "", 1)


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"1",
        b"\n\n\n",
        b"\xff\xfe\x00\x1b[2J\n",
        b"0\n99\n-1\n1 2\n",
        b"e\ne zzz\ne appro\nn\nb\n",
        b"p\nsoon\nb\nq",
    ],
    ids=["nothing", "no line end", "only Enter", "no text", "no replies", "keys without words", "a bad line"],
)
def test_whatever_is_typed_the_rehearsal_goes_on_and_leaves_cleanly(empty: Arctui, typed: bytes) -> None:
    result = rehearse(empty, typed)
    assert (result.code, result.err) == (0, ""), result
    assert result.out.endswith("left: nothing was written\n")
    assert "\x1b" not in result.out


def test_what_cannot_be_done_is_said_and_what_is_needed(empty: Arctui) -> None:
    out = rehearse(empty, "\n0\nhello\np\nsoon\ne approv\ne zzz\nn\n").out
    for words in (
        "! no date and no reason yet",
        "! there is no reply 0 here",
        "! no line is asked for here",
        "! 'soon' is no date",
        "e approval: ",
        "no excuse is found by 'zzz'",
        "! the note is empty",
    ):
        assert words in out, words


def test_the_example_in_the_readme_holds_together(empty: Arctui) -> None:
    section = (
        (PROJECT / "README.md").read_text(encoding="utf-8").partition("## The call script")[2].partition("\n## ")[0]
    )
    example = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    before = empty.json("playbook", "check")
    after = empty.json("playbook", "check", empty.file("own.toml", example))
    assert after["ok"] is True
    assert after["excuses"] == before["excuses"] + 1
