"""`--map`, `--save-layout` and `arctui layouts`: tables that no layout knows, on the command line."""

from pathlib import Path

import pytest

from tests.cli.command import Arctui

UNKNOWN = """\
foo;bar;baz;qux;wob
Birch Works;B-1041;03.08.2026;02.09.2026;1.284,50
Alder Mill;A-77;12.09.2026;12.10.2026;642,00
"""
TOLD = ("--map", "foo=customer", "--map", "bar=number", "--map", "wob=balance", "--map", "4=due")


@pytest.fixture
def arctui(tmp_path: Path) -> Arctui:
    return Arctui(tmp_path)


def test_what_is_not_certain_is_refused_with_the_command_that_would_read_it(arctui: Arctui) -> None:
    refused = arctui.call("import", arctui.file("list.csv", UNKNOWN))
    assert refused.code == 1
    (line,) = refused.notes
    assert "not certain" in line
    words = line.partition("To read it so, say ")[2].split()
    assert {"foo=customer", "bar=number", "qux=due", "wob=amount"} <= set(words)
    assert not arctui.book.exists()
    assert arctui.call("import", arctui.file("list.csv", UNKNOWN), *words).code == 0


def test_told_columns_are_read(arctui: Arctui) -> None:
    summary = arctui.feed(UNKNOWN, "list.csv", *TOLD)
    assert (summary["accounts_added"], summary["invoices_added"]) == (2, 2)
    account = arctui.json("account", "birch")
    assert account["standing"]["collectable"] == "1284.50"


def test_the_first_row_of_a_file_without_headings_is_a_customer(arctui: Arctui) -> None:
    rows = "".join(UNKNOWN.splitlines(keepends=True)[1:])
    refused = arctui.call("import", arctui.file("rows.csv", rows))
    assert refused.code == 1
    assert "no header row" in refused.err
    summary = arctui.feed(rows, "rows.csv", *"--map 1=customer --map 2=number --map 4=due --map 5=balance".split())
    assert summary["invoices_added"] == 2


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("nix=due", "there is no column 'nix': the file has foo, bar, baz, qux, wob"),
        ("foo=nix", "there is no field 'nix': choose one of customer,"),
    ],
)
def test_an_unknown_column_or_field_is_refused_with_those_there_are(arctui: Arctui, told: str, words: str) -> None:
    refused = arctui.call("import", arctui.file("list.csv", UNKNOWN), "--map", told)
    assert refused.code == 1
    assert words in refused.err


def test_a_saved_layout_reads_the_next_file_whatever_the_order_of_its_columns(arctui: Arctui) -> None:
    arctui.feed(UNKNOWN, "list.csv", *TOLD, "--save-layout", "Hausliste")
    shuffled = "wob;more;qux;baz;bar;foo\n600,00;x;12.10.2026;12.09.2026;A-77;Alder Mill\n"
    summary = arctui.feed(shuffled, "later.csv", "--add")
    assert (summary["layout"], summary["invoices_updated"]) == ("Hausliste", 1)
    explained = arctui.call("import", arctui.file("later.csv", shuffled), "--explain")
    assert "your own layout 'Hausliste'" in explained.out
    assert "new in the file, not used: more" in explained.out


def test_a_layout_comes_and_goes_with_the_import_it_was_told_for(arctui: Arctui) -> None:
    arctui.feed(UNKNOWN, "list.csv", *TOLD, "--save-layout", "Hausliste")
    (layout,) = arctui.json("layouts")["layouts"]
    assert (layout["name"], layout["kind"]) == ("Hausliste", "open items")
    assert {"name": "qux", "field": "due"} in layout["columns"]
    arctui.call("undo")
    assert arctui.json("layouts") == {"layouts": []}
    assert arctui.json("today") == []


def test_a_layout_is_dropped_as_one_act(arctui: Arctui) -> None:
    arctui.feed(UNKNOWN, "list.csv", *TOLD, "--save-layout", "Hausliste")
    unknown = arctui.call("layouts", "--drop", "nix")
    assert (unknown.code, "your own are Hausliste" in unknown.err) == (1, True)
    assert arctui.call("layouts", "--drop", "hausliste").code == 0
    assert arctui.json("layouts") == {"layouts": []}
    arctui.call("undo")
    assert [layout["name"] for layout in arctui.json("layouts")["layouts"]] == ["Hausliste"]


def test_a_layout_of_the_same_name_takes_the_place_of_the_first(arctui: Arctui) -> None:
    arctui.feed(UNKNOWN, "list.csv", *TOLD, "--save-layout", "Hausliste")
    other = UNKNOWN.replace("foo", "who").replace("B-1041", "B-1042")
    arctui.feed(other, "other.csv", "--map", "who=customer", *TOLD[2:], "--save-layout", "HAUSLISTE", "--add")
    (layout,) = arctui.json("layouts")["layouts"]
    assert layout["columns"][0] == {"name": "who", "field": "customer"}


def test_a_layout_without_headings_reads_files_of_its_width_that_have_none(arctui: Arctui) -> None:
    rows = "".join(UNKNOWN.splitlines(keepends=True)[1:])
    told = "--map 1=customer --map 2=number --map 4=due --map 5=balance".split()
    arctui.feed(rows, "rows.csv", *told, "--save-layout", "Bare")
    summary = arctui.feed(rows.replace("642,00", "600,00"), "later.csv", "--add")
    assert (summary["layout"], summary["invoices_updated"]) == ("Bare", 1)


def test_nothing_is_kept_of_a_file_that_a_known_layout_reads(arctui: Arctui) -> None:
    known = "Customer,Invoice,Date,Due Date,Balance\nBirch Works,B-1,2026-08-03,2026-09-02,10.00\n"
    refused = arctui.call("import", arctui.file("known.csv", known), "--save-layout", "Mine")
    assert refused.code == 1
    assert "there is nothing to keep" in refused.err
    assert not arctui.book.exists()


def test_a_bank_statement_in_words_of_its_own_can_be_told(arctui: Arctui) -> None:
    text = "wann;was;rein;raus\n03.08.2026;Eingang Birch Works B-1041;1.284,50;\n04.08.2026;Miete;;900,00\n"
    told = "--map wann=day --map was=words --map rein=credit --map raus=debit".split()
    explained = arctui.call("import", arctui.file("bank.csv", text), *told, "--explain")
    assert "bank statement" in explained.out
    assert "384.50" in explained.out
