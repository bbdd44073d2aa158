"""`arctui stats --trend` as its users call it."""

from tests.cli.command import Arctui


def test_the_trend_says_where_each_point_is_from_and_what_is_missing(arctui: Arctui) -> None:
    arctui.call("review", "--close")
    arctui.day = "2026-11-18"
    arctui.feed(
        "Customer,Customer Number,Payment Date,Amount,Invoice\nCedar Farm,200,2026-11-16,300.00,C-1\n", "p.csv"
    )
    found = arctui.json("stats", "--trend", "--by", "day")
    assert (found["as_of"], found["by"], found["currency"], len(found["points"])) == ("2026-11-18", "day", "USD", 12)
    monday = next(p for p in found["points"] if p["to"] == "2026-11-16")
    assert (monday["source"], monday["mended_on"], monday["cei"]) == ("closing", "2026-11-18", None)
    assert float(monday["total_told"]) - float(monday["total"]) == 300
    assert monday["aging"]["90+"] == "9310.50"
    assert found["points"][0]["total"] is None
    assert found["points"][0]["missing"]["total"] == "nothing is known of before Mon 16 Nov"
    assert found["other_currencies"]["EUR"]["points"][-1]["total"] == "20.00"
    lines = arctui.call("stats", "--trend", "--by", "day").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "? nothing is known of before Mon 16 Nov" in lines
    assert any("was told then" in line for line in lines)


def test_a_trend_is_of_the_whole_firm_and_of_no_day_to_come(arctui: Arctui) -> None:
    assert len(arctui.json("stats", "--trend")["points"]) == 12
    assert arctui.call("stats", "--trend", "--clerk", "ann").code == 2
    assert arctui.call("stats", "--trend", "--by", "clerk").code == 2
    assert arctui.call("stats", "--by", "day").code == 2
    assert arctui.call("stats", "--trend", "--to", "2030-01-01").code == 1
