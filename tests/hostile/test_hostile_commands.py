"""No command prints, or says of an error, what a terminal would act on; none fails without a sentence."""

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Arctui, Result
from tests.hostile.book import DAY, HostileBook
from tests.hostile.texts import HOSTILE, harm

_SHOWN = (
    "today", "review", "calendar", "calendar --load", "expected", "stats", "stats --trend", "credit",
    "credit --list hold", "history", "match", "layouts", "policy", "letter --due --preview", "letters", "check",
    "doubles", "rate", "config",
)  # fmt: skip
_ON_ONE = (
    "account",
    "timeline",
    "history",
    "attachments",
    "letter --preview --kind demand --why x",
    "confirm",
    "credit",
)
#: Commands that take a free text, in its place.
_TYPED = (
    "log N1 {}", "log N1 ref {}", "log N1 fri 12 -- {}", "log {} na", "account {}", "history {}", "timeline {}",
    "correct N1 {}", "correct N1 address {}", "stop N1 {}", "credit N1 --limit {}", "credit N1 --why {} --hold",
    "policy {} 1", "policy firm {}", "policy letter_foot {}", "policy calls_per_day {}", "policy country {}",
    "policy holidays {}", "policy small_claims_limits {}", "policy letter_templates {}", "policy letter_logo {}",
    "match 1 --apply {}", "match 1 --to {}", "match {}", "rate {} 1.2", "rate EUR {}", "merge N1 {}", "split N1 {}",
    "apart N1 {}", "done N1 {}", "letter N1 --kind {}", "letter N1 --kind demand --why {} --text", "letter {}",
    "letter find {}", "letter N1 --to {}", "letter sent {} --on {}", "letter N1 --sent mail --tracking {}",
    "attach N1 {}", "attach N1 x.txt --note {}", "attach N1 x.txt --to {}", "attachment {}", "claim-file {}",
    "claim-file N1 --out {}", "import {}", "import open.csv --layout {}", "import open.csv --map {}=number",
    "import open.csv --sheet {}", "import open.csv --as-of {}", "import open.csv --skipped {}", "export {}",
    "export invoices --to {}", "export invoices --account {}", "export invoices --from {}", "calendar --from {}",
    "calendar --ics {}", "spread {}", "expected --weeks {}", "stats --month {}", "stats --from {}", "stats --who {}",
    "stats --clerk {}", "review --close --clerk {}", "history --last {}", "backup {}", "restore {}",
    "layouts --drop {}", "playbook check {}", "playbook show {}", "config set {} 1", "config set screen.mouse {}",
    "config {}", "{}", "resume {}", "confirm {}", "credit {}", "attachments {}", "today --date {}", "today --book {}",
)  # fmt: skip


@pytest.fixture
def arctui(filled: HostileBook, tmp_path: Path) -> Arctui:
    shutil.copytree(filled.folder, tmp_path / "copy")
    return Arctui(tmp_path / "copy", DAY)


def _is_sound(result: Result, command: object) -> None:
    assert result.code in (0, 1, 2), (command, ascii(result.err)[-600:])
    assert not harm(result.out + result.err, lines=True), (command, ascii(harm(result.out + result.err, lines=True)))
    if result.code == 1 and not result.out:
        assert result.err.startswith("arctui: "), (command, ascii(result.err)[:300])


def test_what_was_done_and_refused_is_told_without_harm(filled: HostileBook) -> None:
    assert filled.harmful == []
    assert len(filled.done) > len(filled.refused) > 20


@pytest.mark.sweep
@pytest.mark.parametrize("command", _SHOWN)
def test_what_a_command_shows_is_harmless(arctui: Arctui, command: str) -> None:
    for form in ((), ("--json",)):
        _is_sound(arctui.call(*command.split(), *form), command)


@pytest.mark.sweep
@pytest.mark.parametrize("command", _ON_ONE)
def test_what_a_command_shows_of_one_account_is_harmless(arctui: Arctui, command: str) -> None:
    name, *options = command.split()
    for number in range(len(HOSTILE)):
        _is_sound(arctui.call(name, f"N{number}", *options), (command, number))


@pytest.mark.sweep
@pytest.mark.parametrize("command", _TYPED)
def test_any_text_may_be_typed_behind_a_command(
    arctui: Arctui, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(arctui.folder)
    (arctui.folder / "x.txt").write_text("x", encoding="utf-8")
    for text in HOSTILE:
        if "\0" not in text:
            _is_sound(arctui.call(*(word.format(text) for word in command.split())), (command, ascii(text)[:60]))
