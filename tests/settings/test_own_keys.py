"""The user's own keys: what they do to the table of actions, and what is said of those that cannot be."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.actions.keys import ActionTable, KeyProblemError, key_name
from arctui.actions.model import Place
from arctui.actions.table import ACTIONS


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("p", "p"),
        ("P", "P"),
        ("/", "slash"),
        ("-", "minus"),
        ("#", "number_sign"),
        (",", "comma"),
        ("F7", "f7"),
        ("Ctrl+G", "ctrl+g"),
        ("Del", "delete"),
        ("slash", "slash"),
    ],
)
def test_a_key_is_written_as_people_do(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize(
    "written",
    ["", "ctl+x", "f25", "ö-", "\x1b", "escape", "Enter", "1", "ctrl+c", "up", "PgUp", " ", "j", "[", "pp", "ß€"],
)
def test_what_is_no_key_or_keeps_its_meaning_is_refused(written: str) -> None:
    with pytest.raises(KeyProblemError):
        key_name(written)


def test_an_own_key_is_shown_first_and_the_usual_one_still_works() -> None:
    table = ActionTable({"promise": ["f6"]})
    assert table.by_id["promise"].keys == ("f6", "p")
    for key in ("f6", "p"):
        found = table.for_key(key, Place.LIST)
        assert found
        assert found.id == "promise"
    assert table.added == {"f6"}


def test_an_action_takes_a_key_from_another_only_where_both_work() -> None:
    table = ActionTable({"note": ["l"], "log": ["g"], "figures": ["!"]})
    assert not table.problems
    for key, place, name in [
        ("l", Place.LIST, "note"),
        ("g", Place.LIST, "log"),
        ("exclamation_mark", Place.LIST, "figures"),
        ("l", Place.CALL, "end_with"),
    ]:
        found = table.for_key(key, place)
        assert found
        assert found.id == name


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"log": ["x"]}, "x is all that 'stop calling' (stop) has"),
        ({"log": ["f6"], "note": ["f6"]}, "given to log already"),
        ({"reply": ["r"]}, "digits"),
        ({"promisse": ["x"]}, "is 'promise' meant?"),
    ],
)
def test_a_clash_is_named_and_left_out(own: dict[str, list[str]], words: str) -> None:
    table = ActionTable(own)
    assert [what for what in table.problems.values() if words in what]
    assert all(action.keys for action in table.actions)


_KEYS = st.lists(st.sampled_from([*"plnqgxiuPZ", "f6", "ctrl+g", "/", ",", "escape", "1", "no"]), max_size=2)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([action.id for action in ACTIONS]), _KEYS, max_size=5))
def test_whatever_keys_are_wanted_every_action_has_one_and_none_has_two_meanings(own: dict[str, list[str]]) -> None:
    table = ActionTable(own)
    assert all(action.keys for action in table.actions)
    chosen = [action for action in table.actions if action.id in own and action.id not in table.problems]
    for one, other in combinations(chosen, 2):
        if one.places & other.places:
            wanted = [set(map(key_name, own[action.id])) for action in (one, other)]
            assert not wanted[0] & wanted[1]
