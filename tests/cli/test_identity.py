"""Who is who, and rates, on the command line."""

from tests.cli.command import AMOUNT, Arctui

HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency\n"
INC = HEAD + "BIRCH WORKS Inc.,,B-9,2026-09-08,2026-10-08,12.00,12.00,USD\n"


def test_an_import_names_the_new_customers_that_may_be_known(arctui: Arctui) -> None:
    doubles = arctui.feed(INC, "inc.csv", "--add")["doubles"]
    assert doubles == [
        {
            "account": "BIRCH WORKS Inc.",
            "other": "Birch Works",
            "why": "the same name, but for how it is written",
        }
    ]
    assert arctui.call("doubles").out.splitlines()[0].startswith("BIRCH WORKS Inc.  Birch Works (100)")
    assert [(d["account"], d["other"], d["other_number"]) for d in arctui.json("doubles")] == [
        ("BIRCH WORKS Inc.", "Birch Works", "100")
    ]


def test_merge_split_and_apart(arctui: Arctui) -> None:
    assert arctui.json("doubles") == []
    arctui.feed(INC, "inc.csv", "--add")
    merged = arctui.json("merge", "birch works inc.", "100")
    assert merged["moved"] == "from BIRCH WORKS Inc. to Birch Works: 1 invoice"
    assert arctui.json("account", "birch works inc.")["account"] == "Birch Works"
    assert arctui.json("check")["ok"]
    split = arctui.json("split", "100", "birch works inc.")
    assert split["done"] == "split BIRCH WORKS Inc. off Birch Works, with it: 1 invoice"
    assert arctui.json("account", "birch works inc.")["account"] == "BIRCH WORKS Inc."
    arctui.json("undo")
    arctui.json("undo")
    assert len(arctui.json("doubles")) == 1
    arctui.json("apart", "birch works inc.", "100")
    assert arctui.json("doubles") == []
    assert "not the same as" in arctui.call("history", "100").out
    assert arctui.json("check")["ok"]


def test_what_is_not_possible_is_one_line_and_changes_nothing(arctui: Arctui) -> None:
    before = arctui.book.read_bytes()
    for arguments, why in (
        (("merge", "100", "100"), "one account already"),
        (("merge", "nobody", "100"), "no account is called"),
        (("split", "100", "x"), "has no other name"),
        (("apart", "100", "100"), "is one account"),
        (("rate", "EUR"), "what is one EUR worth"),
        (("rate", "EUR", "much"), "is no rate"),
        (("rate", "EUR", "1", "--from", "then"), "is no day"),
    ):
        result = arctui.call(*arguments)
        assert (result.code, len(result.notes)) == (1, 1), result
        assert why in result.err
    assert arctui.book.read_bytes() == before


def test_a_part_of_what_is_open_names_the_options_that_answer(arctui: Arctui) -> None:
    path = arctui.file("part.csv", HEAD + "Birch Works,100,B-1041,2026-09-08,2026-10-08,1200.00,1200.00,USD\n")
    result = arctui.call("import", path)
    assert result.code == 1
    assert "--add" in result.err
    assert "--full" in result.err
    assert arctui.call("import", path, "--add").code == 0


def test_rates_are_written_down_listed_and_make_one_total_marked_as_converted(arctui: Arctui) -> None:
    assert arctui.json("stats")["converted"] is None
    assert arctui.json("rate") == []
    arctui.json("rate", "EUR", "1.08", "--from", "2026-11-01")
    assert arctui.json("rate") == [
        {"currency": "EUR", "into": "USD", "rate": "1.08", "from": "2026-11-01", "in_force": True}
    ]
    stats = arctui.json("stats")
    home, euros = stats["aging"]["total"], stats["other_currencies"]["EUR"]["aging"]["total"]
    assert (home, euros) == ("11506.00", "20.00")
    assert stats["converted"]["currency"] == "USD"
    assert stats["converted"]["total"] == "11527.60"
    assert AMOUNT.fullmatch(stats["converted"]["past_due"])
    assert stats["converted"]["rates"] == {"EUR": "1.08"}
    assert "all currencies, converted at the rates EUR 1.08" in arctui.call("stats").out
