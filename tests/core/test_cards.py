"""What looks like a card number is found in any grouping and hidden; what a clerk types otherwise is left alone.

All numbers are the card schemes' published test numbers.
"""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctui.core.cards import card_numbers, masked

SCHEMES = {
    "4111111111111111": "Visa",
    "4222222222222": "Visa of 13 digits",
    "5555555555554444": "Mastercard",
    "2223003122003222": "Mastercard, second series",
    "378282246310005": "American Express",
    "6011111111111117": "Discover",
    "6445644564456445": "Discover, 644",
    "3530111333300000": "JCB",
    "30569309025904": "Diners Club",
    "36227206271667": "Diners Club, 36",
    "6200000000000005": "UnionPay",
    "6759649826438453": "Maestro",
    "6331101999990016": "Maestro, 63",
    "5019717010103742": "Dankort",
}
VISA = "4111111111111111"


@pytest.mark.parametrize("digits", SCHEMES, ids=SCHEMES.get)
def test_a_number_of_each_scheme_is_found_and_only_its_first_six_digits_stay(digits: str) -> None:
    assert card_numbers(f"fri 1200 card {digits} he said") == [digits]
    assert masked(digits) == digits[:6] + "*" * (len(digits) - 6)


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111_1111_1111_1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111\u202f1111\u20091111\u20071111",
        "4111\u20111111\u20131111\u22121111",
        "4111 - 1111 -  1111    -    1111",
        "4111\u200b1111\u00ad1111\u20601111",
        "41 11 11 11 11 11 11 11",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "411 111-1111.1111 11",
        "\uff14\uff11\uff11\uff11 1111\uff0d1111\uff0e1111",
        "\u0664\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 1111 1111",
        "visa4111111111111111",
        "(4111 1111 1111 1111)",
        "4111 1111 1111 1111 12/27 123",
        "4111 1111 1111 1111 1227 123",
        "41111111111111111227123",
        "1200 4111 1111 1111 1111",
        "500.00 4111 1111 1111 1111",
        "+1 480 555 0142 4111 1111 1111 1111",
        "2026-11-23 4111 1111 1111 1111",
        "4111 1111, 1111 1111",
        "4111, 1111, 1111, 1111",
        "4111,1111,1111,1111",
        "1200, 4111, 1111, 1111, 1111, 1200",
        "4111/1111/1111/1111 12/27",
        "+4111 1111 1111 1111",
        "4111 1111 1111 1111.12/27",
        "4111 1111 1111 1111.00",
        "4111--1111 -- 1111--1111",
        "4111:1111:1111:1111, 123",
        "4111'1111'1111'1111",
        "(4111) 1111 1111 1111",
        "480 555 0142, 4111, 1111, 1111, 1111",
    ],
)
def test_it_is_found_however_it_is_grouped_and_whatever_stands_beside_it(text: str) -> None:
    assert card_numbers(text) == [VISA]
    assert card_numbers(masked(text)) == []
    shown, digits = re.findall(r"\d", masked(text)), re.findall(r"\d", text)
    assert len(shown) == len(digits) - 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fri 1200 ach tony -- check 4411",
        "4111 1111 1111 1112",  # the check digit is wrong
        "411111111111",  # twelve digits
        "1234567812345670",  # Luhn is right, no scheme begins so
        "4111, 1111, 1111, 1112",
        "41,111,111, 111,111.11",
        "1,200.00, 300.00, 4,500.00, 12,000.00",
        "4111, 1111, 1111, and 1111",
        "4111 1111\n1111 1111",
        "2026-11-23 2026-12-15 2027-01-04 2027-02-01",
        "23.11.2026 15.12.2026 04.01.2027",
        "half 15, rest 30",
        "4500.00 120.00 50.00 3000.00",
        "1,200,000.00 4,111,111.00",
        "4x 500 monthly from 12/1",
        "+1 480 555 0142 +1 212 555 0117",
        "+49 151 12345678 +44 20 7946 0958",
        "480-555-0142 555-010-0143 480.555.0199",
        "(480) 555-0142 / (212) 555-0117",
        "GB29 NWBK 6016 1331 9268 19 paid on friday",
        "gb29nwbk60161331926819",
        "DE89 3704 0044 0532 0130 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "inv B-1041, B-1042 and 70226",
        "ach trace 061000012345678",
        "1Z 999 AA1 01 2345 6784",
        "2026-11-16T10:30:00.123456-05:00",
    ],
)
def test_days_amounts_phones_accounts_and_other_numbers_are_left_alone(text: str) -> None:
    assert card_numbers(text) == []
    assert masked(text) == text


def test_several_numbers_are_found_in_their_order_also_where_they_touch() -> None:
    both = [VISA, "4012888888881881"]
    for between in (" ", "", " and "):
        assert card_numbers(between.join(both)) == both
        assert masked(between.join(both)) == f"411111**********{between}401288**********"


def test_a_number_known_to_be_none_is_left_alone_and_does_not_cover_another() -> None:
    assert card_numbers(VISA, {VISA}) == []
    assert masked(f"{VISA} 5555 5555 5555 4444", {VISA}) == f"{VISA} 5555 55** **** ****"


@pytest.mark.parametrize("digits", SCHEMES, ids=SCHEMES.get)
@pytest.mark.parametrize("mark", ["", " ", "-"])
def test_the_states_of_a_line_as_it_is_typed_never_show_more_than_the_first_ten_digits(
    digits: str, mark: str
) -> None:
    line = f"fri 1200 card {mark.join(re.findall('.{1,4}', digits))} 12/27"
    for length in range(len(line)):
        hidden = masked(line[:length], unfinished=True)
        after = hidden.removeprefix("fri 1200 card ").removesuffix(" 12/27").split("*")
        assert sum(c.isdigit() for c in after[0]) <= 10, hidden
        assert len(hidden) == length


@pytest.mark.parametrize(
    "text",
    ["3782, 822463, 10005 he said", "3782/822463/10005", "+3782 822463 10005", "3782 - 822463/10005. 1234"],
)
def test_a_number_of_another_scheme_is_found_in_the_groups_of_its_card(text: str) -> None:
    assert card_numbers(text) == ["378282246310005"]


@pytest.mark.parametrize(
    "text",
    [
        "wbp fri card -- 411111111111111 exp 12/27",
        "4111 1111 1111 111 exp 12/27",
        "4111, 1111, 1111, 111 exp 12/27",
        "4111/1111/111 exp",
        "3782, 822463, 1000 exp",
        "4111 1111 1111 1112 exp",
        "5555 5555 5555 444 exp and 5555",
        "(4111) 1111 1111 111 exp",
        "4111111111111119999 exp",
    ],
)
def test_of_an_unfinished_number_ten_digits_are_shown_wherever_in_an_open_line_it_stands(text: str) -> None:
    hidden = masked(text, unfinished=True)
    number, hidden_number = text.partition(" exp")[0], hidden.partition(" exp")[0]
    digits = len(re.findall(r"\d", number))
    assert digits > 10
    assert hidden_number.count("*") == digits - 10
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "fri 1200 ach tony -- check 4411 sent",
        "fri 1,200.00, dec 4 300.00",
        "1,200.00, 300.00, 4,500.00, 12,000.00",
        "4x 500 monthly from 12/1",
        "60x 10 weekly from 2026-12-01 ach",
        "2026-11-23, 2026-12-15, 2027-01-04",
        "23.11.2026 15.12.2026 04.01.2027",
        "tony, +1 480 555 0142, +1 212 555 0117",
        "tony 480-555-0142 555-010-0143",
        "(480) 555-0142 / (212) 555-0117",
        "GB29 NWBK 6016 1331 9268 19 paid on friday",
        "DE89 3704 0044 0532 0130 00 of theirs",
    ],
)
def test_what_else_a_clerk_types_is_left_alone_in_an_open_line(text: str) -> None:
    assert masked(text, unfinished=True) == text


def test_a_number_that_is_none_is_shown_again_when_the_line_is_left() -> None:
    assert masked("check 44000123456", unfinished=True) == "check 4400012345*"
    assert masked("check 44000123456 ", unfinished=True) == "check 4400012345* "
    assert masked("check 44000123456 sent", unfinished=True) == "check 4400012345* sent"
    assert masked("check 44000123456") == "check 44000123456"
    assert masked("trace 061000012345678", unfinished=True) == "trace 061000012345678"
    assert masked("check 44000123456 12", {"44000123456"}, unfinished=True) == "check 44000123456 12"


# For any number

PREFIXES = {
    "4": (13, 16, 19),
    "51": (16,),
    "2720": (16,),
    "37": (15,),
    "6011": (16, 19),
    "3589": (16, 19),
    "36": (14, 16, 19),
    "62": (16, 17, 18, 19),
    "67": (13, 16, 19),
}


def check_digit(digits: str) -> str:
    """The last digit that makes the sum right, tried one by one: the table of the doubled digits is written out."""
    table = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}
    total = sum(table[d] if n % 2 == 0 else int(d) for n, d in enumerate(reversed(digits)))
    return str(-total % 10)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(sorted(PREFIXES)))
    length = draw(st.sampled_from(PREFIXES[prefix]))
    digits = prefix + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=19, max_size=19)))
    return digits[: length - 1] + check_digit(digits[: length - 1])


@st.composite
def typed(draw: st.DrawFn, digits: str) -> str:
    """Digits as somebody types them: in groups of any size with the same mark between them."""
    mark = draw(st.sampled_from(["", " ", "-", ".", "\u00a0", " - ", "\u2013"]))
    cuts = sorted(draw(st.sets(st.integers(1, len(digits) - 1))))
    return mark.join(digits[a:b] for a, b in zip([0, *cuts], [*cuts, len(digits)], strict=True))


@given(
    st.data(), numbers(), st.sampled_from(["", "fri 1200 card ", "card: "]), st.sampled_from(["", " he said", "."])
)
def test_any_right_number_in_any_grouping_is_found_and_hidden(
    data: st.DataObject, digits: str, before: str, after: str
) -> None:
    text = before + data.draw(typed(digits)) + after
    assert card_numbers(text) == [digits]
    hidden = masked(text)
    assert card_numbers(hidden) == []
    assert len(hidden) == len(text)
    assert all(was in (now, *"0123456789") for was, now in zip(text, hidden, strict=True))


@given(st.data(), numbers(), st.integers(1, 9))
def test_the_same_number_with_a_wrong_check_digit_is_left_alone(data: st.DataObject, digits: str, by: int) -> None:
    wrong = digits[:-1] + str((int(digits[-1]) + by) % 10)
    text = data.draw(st.sampled_from([wrong, " ".join(re.findall(".{1,4}", wrong))]))
    found = card_numbers(text)
    # A longer number may hold one, with something glued behind it or as a group before it.
    assert found == [] or (len(wrong) > 14 and found[0] in wrong[:-1]) or (" " in text and found[0] in wrong[4:])
    assert found or masked(text) == text


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, str]:
    """A number in the groups in which it stands on the card, with any marks between them."""
    digits = draw(numbers().filter(lambda n: len(n) in (14, 15, 16, 19)))
    sizes = {14: "464", 15: "465", 16: "4444", 19: "44443"}[len(digits)]
    ends = [sum(map(int, sizes[: n + 1])) for n in range(len(sizes))]
    groups = [digits[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    marks = st.sampled_from([" ", "-", ", ", ",", "/", "--", " - ", ":", "'", ") (", ";", "|", "+", "\u3000"])
    return digits, "".join(draw(marks) + group for group in groups)


@given(printed())
def test_any_number_in_the_groups_of_the_card_is_found_and_never_shown_while_it_is_typed(
    number: tuple[str, str],
) -> None:
    digits, text = number
    # One of nineteen digits may hold a shorter one.
    assert card_numbers(text) == [digits] or (len(digits) == 19 and card_numbers(text)[0] in digits)
    assert sum(c.isdigit() for c in masked(text)) <= 10
    for length in range(len(text)):
        assert sum(c.isdigit() for c in masked(text[:length] + " exp", unfinished=True)) <= 10


def sums(least: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(least, most, places=2)


@given(st.lists(sums(0, 9_999_999), min_size=1, max_size=12), st.sampled_from([", ", " ", ",", "; "]))
def test_amounts_as_they_are_written_are_never_asked_about(amounts: list[Decimal], mark: str) -> None:
    text = mark.join(f"{amount:,.2f}" for amount in amounts)
    assert card_numbers(text) == []
    assert masked(text, unfinished=True) == text


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=12))
def test_whole_amounts_with_commas_are_asked_about_only_in_the_groups_of_a_card(amounts: list[int]) -> None:
    assert all(len(number) in (14, 15, 16, 19) for number in card_numbers(", ".join(map(str, amounts))))
    sizes = "".join(str(len(str(amount))) for amount in amounts)
    found = card_numbers(", ".join(map(str, amounts)))
    assert not found or any(groups in sizes for groups in ("4444", "464", "465"))
    assert card_numbers(", ".join(f"{amount:,}" for amount in amounts)) == []


@given(st.text("0123456789 -.*x,/(", max_size=60))
def test_hiding_leaves_nothing_to_be_found_in_any_text(text: str) -> None:
    assert card_numbers(masked(text)) == []


def test_a_long_text_is_looked_through_quickly() -> None:
    for text in ("4 " * 20_000, "4" * 20_000, " " * 50_000 + "4", "4" + " " * 50_000 + "x", "4111-" * 5_000):
        assert isinstance(masked(text, unfinished=True), str)
