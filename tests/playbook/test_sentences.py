"""What is said on a real account: its own numbers, dates, amounts and words; nothing is left open."""

from decimal import Decimal

import msgspec
import pytest

from arctui.core.facts import Dossier
from arctui.core.policy import Policy
from arctui.core.records import ActivityKind, FollowUpKind, Frequency, Outcome, PayCycle
from arctui.playbook import walk
from arctui.playbook.line_phrases import lines_phrases
from arctui.playbook.model import LineKind, standard
from arctui.playbook.phrases import choose, fill, phrases_of
from tests.core import builders as make
from tests.core.builders import MONDAY
from tests.core.oracle import nov
from tests.playbook.ways import OUTCOMES, SAMPLES

FIRM = Policy(firm="Northside Supply", home_currency="USD")
BIRCH = make.invoice("B-1041", "1200.00", nov(2))
SECOND = make.invoice("B-1042", "300.00", nov(9))
RUN = PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=1, documents=("order",))
BROKEN = make.promise("1200.00", nov(12), nov(17), nov(18), on=["B-1041"], taken=nov(9))
CLAIM = msgspec.structs.replace(make.follow_up(nov(24), "says it is paid"), kind=FollowUpKind.CLAIM)
TALK = make.call(nov(16), Outcome.PROMISE, about=["B-1041"])
SAID = msgspec.structs.replace(make.friday_check("400.00", on=["B-1041"]), words="bank transfer on Friday, certain")

AGNES = msgspec.structs.replace(make.call(nov(13)), person="Agnes Doyle")
EMAIL = make.call(nov(20), kind=ActivityKind.EMAIL)
SENT = make.follow_up(nov(27), "says it is paid: look for 1,200.00")
SENT = msgspec.structs.replace(SENT, kind=FollowUpKind.CLAIM, set_on=nov(20), amount=Decimal("1200.00"))
ASKED = make.dispute("1200.00", nov(19), due=nov(23))
THURSDAYS = msgspec.structs.replace(RUN, cutoff_days=0, documents=())
CHECK = "It should have been here by Monday 19 October."

HALVES = ("925.00 by check on Friday 27 November", "925.00 by bank transfer on Monday 30 November")
#: Accounts of which something is known or missing: the facts, who is on the line, the policy.
ACCOUNTS: dict[str, tuple[Dossier, str, Policy]] = {
    "all is known": (make.dossier(BIRCH, TALK), "Tony Marsh", FIRM),
    "no person": (make.dossier(BIRCH), "", FIRM),
    "no firm": (make.dossier(BIRCH), "Tony Marsh", Policy()),
    "neither person nor firm": (make.dossier(BIRCH), "", Policy()),
    "no invoice": (make.dossier(), "Tony Marsh", FIRM),
    "no invoice, person or firm": (make.dossier(), "", Policy()),
    "an invoice without a number": (make.dossier(make.invoice("", "1200.00", nov(2))), "", FIRM),
    "an invoice without a due date": (make.dossier(make.invoice("B-1041", "1200.00", None)), "Tony Marsh", FIRM),
    "nothing due yet": (make.dossier(make.invoice("B-1041", "1200.00", nov(30))), "Tony Marsh", FIRM),
    "a credit only": (make.dossier(make.invoice("CM-1", "-50.00", nov(2))), "Tony Marsh", FIRM),
    "a broken promise": (make.dossier(BIRCH, BROKEN), "Tony Marsh", FIRM),
    "a broken promise, to nobody known": (make.dossier(BIRCH, BROKEN), "", Policy()),
    "a promise is open": (make.dossier(BIRCH, TALK, SAID), "Tony Marsh", FIRM),
    "said to be paid": (make.dossier(BIRCH, make.call(nov(16), Outcome.PAID), CLAIM), "Tony Marsh", FIRM),
    "said to be paid, nobody knows when": (make.dossier(BIRCH, CLAIM), "", Policy()),
    "a pay run": (make.dossier(make.invoice("B-1041", "1200.00", nov(30)), cycle=RUN), "Tony Marsh", FIRM),
    "a pay run, nobody known": (make.dossier(BIRCH, cycle=RUN), "", Policy()),
    "on its way": (make.dossier(BIRCH, SENT), "Tony Marsh", FIRM),
    "on its way, and more": (make.dossier(BIRCH, SECOND, SENT), "Tony Marsh", FIRM),
    "all of it disputed": (make.dossier(BIRCH, ASKED), "Tony Marsh", FIRM),
    "all of it disputed, nobody known": (make.dossier(BIRCH, ASKED), "", Policy()),
    "somebody else was spoken with": (make.dossier(BIRCH, AGNES), "Tony Marsh", FIRM),
    "an agreed call": (make.dossier(BIRCH, make.callback(MONDAY, "09:00")), "Tony Marsh", FIRM),
    "a run that closes on its day": (make.dossier(BIRCH, cycle=THURSDAYS), "Tony Marsh", FIRM),
    "six invoices": (
        make.dossier(*(make.invoice(f"B-{n}", "100.00", nov(n)) for n in range(6, 0, -1))),
        "Tony Marsh",
        FIRM,
    ),
}


def phrases(name: str) -> dict[str, str]:
    dossier, person, policy = ACCOUNTS[name]
    rules = make.rules(MONDAY, policy=policy)
    return phrases_of(dossier, make.standing(dossier, MONDAY, policy=policy), rules, "ann", person)


def said(step: str, account: str, **typed: str) -> str:
    return choose(standard().step(step).say, phrases(account) | typed)


def known_of(dossier: Dossier, person: str = "Tony Marsh") -> dict[str, str]:
    rules = make.rules(MONDAY, policy=FIRM)
    return phrases_of(dossier, make.standing(dossier, MONDAY, policy=FIRM), rules, "ann", person)


def unfilled(text: str) -> bool:
    return "..." in text or "{" in text or "}" in text or "  " in text or " ," in text or text != text.strip()


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_sentence_of_any_step_is_left_open_whatever_is_missing(account: str) -> None:
    known = phrases(account)
    assert all(known.values())
    for name, step in standard().steps.items():
        why = step.follow_up.why if step.follow_up else ""
        texts = [choose(step.say, known), *(fill(t, known) for t in (*step.ask, step.do, step.aim, step.task, why))]
        assert [t for t in texts if unfilled(t)] == [], name


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_sentence_after_a_line_is_left_open(account: str) -> None:
    dossier, _, policy = ACCOUNTS[account]
    rules = make.rules(MONDAY, policy=policy)
    for name, step in standard().steps.items():
        if step.line not in OUTCOMES:
            continue
        reading = make.read(step.line.full(SAMPLES[step.line]))
        assert reading.problems == ()
        known = phrases(account) | lines_phrases([reading], rules, dossier.account.currency)
        to = standard().step(walk.landing(standard(), step, OUTCOMES[step.line]))
        text = choose(to.say, known)
        assert not unfilled(text), name
        # The richest sentence is said if it asks for nothing but what was typed.
        if step.line is not LineKind.REFUSAL and any(f"{{{step.line}}}" in t for t in to.say):
            assert known[str(step.line)] in text, name


def test_the_opening_carries_the_invoice_its_amount_its_day_and_the_days_past_due() -> None:
    text = said("open", "all is known")
    assert text == (
        "Tony Marsh, Ann from Northside Supply. We last spoke on Monday 16 November. 1,200.00 is past due, 21 days "
        "now: invoice B-1041 of 1,200.00, due Monday 2 November. When did you send your payment?"
    )


def test_the_opening_without_a_name_or_a_firm_still_carries_what_is_past_due() -> None:
    text = said("open", "neither person nor firm")
    assert "1,200.00" in text
    assert text.endswith("When did you send your payment?")


def test_what_was_said_last_time_is_repeated_in_the_customers_words() -> None:
    assert said("open", "a promise is open").startswith(
        "Tony Marsh, Ann from Northside Supply. On Monday 16 November I noted your words: "
        '"bank transfer on Friday, certain".'
    )


def test_a_broken_promise_is_named_with_its_amount_and_both_days() -> None:
    text = said("broken-promise", "a broken promise")
    assert all(words in text for words in ("Monday 9 November", "1,200.00", "Thursday 12 November"))


def test_of_a_promise_kept_in_part_it_is_said_what_came_and_what_did_not() -> None:
    dossier = make.dossier(BIRCH, BROKEN, make.payment(nov(13), "500.00", {"B-1041": "500.00"}))
    known = phrases_of(dossier, make.standing(dossier, MONDAY), make.rules(MONDAY), "ann", "Tony Marsh")
    assert "500.00 came, 700.00 did not" in choose(standard().step("broken-promise").say, known)


def test_the_oldest_invoice_is_named_first_whatever_the_order_in_the_report() -> None:
    known = phrases("six invoices")
    assert known["invoices"] == "6 invoices, the oldest B-1 of 100.00, due Sunday 1 November"
    assert (known["oldest"], known["oldest_days"]) == ("B-1", "22 days")


def test_the_invoices_named_come_to_the_amount_that_is_asked_for() -> None:
    """What is disputed or promised already is not asked for again."""
    first = make.friday_check("1200.00", on=["B-1041"])
    dossier = make.dossier(BIRCH, SECOND, first, make.dispute("50.00", nov(16), on=["B-1042"]))
    known = phrases_of(dossier, make.standing(dossier, MONDAY), make.rules(MONDAY), "ann", "Tony Marsh")
    assert known["past_due"] == "250.00"
    assert known["invoices"] == "invoice B-1042 of 250.00, due Monday 9 November"
    assert known["oldest"] == "B-1042"


def test_an_invoice_is_named_with_its_own_amount_and_the_credit_taken_off_the_sum() -> None:
    one = make.dossier(BIRCH, make.invoice("CM-1", "-120.00", nov(2)))
    assert known_of(one)["past_due"] == "1,080.00"
    assert known_of(one)["invoices"] == "invoice B-1041 of 1,200.00, due Monday 2 November, less a credit of 120.00"
    two = make.dossier(BIRCH, SECOND, make.invoice("CM-1", "-1210.00", nov(2)))
    assert known_of(two)["past_due"] == "290.00"
    assert known_of(two)["invoices"] == (
        "invoices B-1041 of 1,200.00, due Monday 2 November; B-1042 of 300.00, due Monday 9 November; "
        "less a credit of 1,210.00"
    )


def test_only_what_was_spoken_is_said_to_have_been_spoken() -> None:
    assert "spoke" not in choose(standard().step("open").say, known_of(make.dossier(BIRCH, EMAIL)))
    text = choose(standard().step("open").say, known_of(make.dossier(BIRCH, TALK, EMAIL)))
    assert "We last spoke on Monday 16 November." in text


def test_a_talk_with_somebody_else_is_told_as_that() -> None:
    text = said("open", "somebody else was spoken with")
    assert "We last spoke with Agnes Doyle on Friday 13 November." in text
    same = choose(standard().step("open").say, known_of(make.dossier(BIRCH, AGNES), "Agnes Doyle"))
    assert "We last spoke on Friday 13 November." in same


def test_a_call_that_was_agreed_for_now_is_named_before_the_question() -> None:
    text = said("open", "an agreed call")
    assert text.startswith("Tony Marsh, Ann from Northside Supply. This call was agreed for today at 09:00. 1,200.00")
    later = make.dossier(BIRCH, make.callback(MONDAY, "15:00"))
    assert "agreed_at" not in known_of(later)
    missed = make.dossier(BIRCH, make.callback(nov(20), "15:00"))
    assert known_of(missed)["agreed_at"] == "Friday 20 November at 15:00"
    assert known_of(make.dossier(BIRCH, make.callback(MONDAY)))["agreed_at"] == "today"


def test_what_is_said_to_be_on_its_way_is_not_asked_for_as_if_nothing_was_said() -> None:
    text = said("on-its-way", "on its way")
    assert text == (
        "Tony Marsh, Ann from Northside Supply. On Friday 20 November you told us that 1,200.00 was sent. It should "
        "be here by Friday 27 November. Under which reference did it go out?"
    )


def test_beside_what_is_on_its_way_only_the_rest_is_asked_for() -> None:
    text = said("on-its-way", "on its way, and more")
    assert text.endswith("that 1,200.00 was sent. Besides that, 300.00 is past due. When did you send that?")


def test_of_a_disputed_account_our_answer_is_spoken_and_nothing_is_said_to_fall_due() -> None:
    text = said("disputed", "all of it disputed")
    assert text == (
        "Tony Marsh, Ann from Northside Supply. On Thursday 19 November you told us: damaged pallets. You were to "
        "have our answer by Monday 23 November. Is it settled?"
    )
    assert "owed" not in phrases("all of it disputed")


def test_of_several_questions_the_oldest_that_is_open_is_spoken_of() -> None:
    closed = make.dispute("10.00", nov(5), closed_on=nov(6))
    known = known_of(make.dossier(BIRCH, make.dispute("100.00", nov(20)), make.dispute("200.00", nov(12)), closed))
    assert (known["dispute_day"], known["dispute_amount"]) == ("Thursday 12 November", "200.00")


def test_a_run_that_closes_on_its_own_day_is_said_once_and_what_moved_it() -> None:
    """Thursday 26 November is Thanksgiving."""
    assert said("pay-run-known", "a run that closes on its day") == (
        "Your next run is on Friday 27 November, after the holiday. Is all of it approved and in that run?"
    )
    assert "and closes on" in said("pay-run-known", "a pay run")


@pytest.mark.parametrize(
    ("line", "late"), [("paid 2026-10-10 500 check", True), ("paid 17 500 ach", True), ("paid 19 500 check", False)]
)
def test_of_a_payment_long_gone_it_is_not_said_that_it_should_be_here_by_a_day_to_come(line: str, late: bool) -> None:
    known = phrases("all is known") | lines_phrases([make.read(line)], make.rules(MONDAY), "USD")
    text = choose(standard().step("expected").say, known)
    assert ("It should have been here by" in text) is late
    assert ("It should be here by" in text) is not late
    assert CHECK in text or "-10-10" not in line


@pytest.mark.parametrize("name", ["replaced", "remedy", "apart", "pay-after", "close-dispute"])
def test_whoever_of_us_sees_to_it_is_named_and_nobody_else(name: str) -> None:
    say = standard().step(name).say
    typed = {"dispute": "450.00 for wet pallets", "remedy_day": "Friday 27 November"}
    assert "Kay sees to" in choose(say, typed | {"remedy_owner": "Kay"})
    assert "sees to it" not in choose(say, typed)
    assert "by Friday 27 November" in choose(say, typed)


@pytest.mark.parametrize(
    ("line", "promise"),
    [
        ("half 27 check tony, rest 30 ach tony", f"{HALVES[0]} and {HALVES[1]}, from Tony Marsh"),
        ("half 27 check tony, rest 30 ach ann", f"{HALVES[0]} from Tony Marsh and {HALVES[1]} from Ann Lee"),
        ("half 27 check, rest 30 ach", f"{HALVES[0]} and {HALVES[1]}, from Rosa"),
        ("fri 500 ach tony", "500.00 by bank transfer on Friday 27 November, from Tony Marsh"),
        ("fri 500 ach", "500.00 by bank transfer on Friday 27 November, from Rosa"),
    ],
)
def test_a_promise_is_read_back_part_by_part_with_who_pays(line: str, promise: str) -> None:
    reading = make.read(line, speaker="Rosa")
    assert reading.problems == ()
    assert lines_phrases([reading], make.rules(MONDAY), "USD")["promise"] == promise


def test_a_promise_is_looked_for_on_the_last_day_of_its_window() -> None:
    known = lines_phrases([make.read("fri 500 check")], make.rules(MONDAY), "USD")
    assert known["promise"] == "500.00 by check on Friday 27 November"
    assert known["look_day"] == "Wednesday 2 December"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("paid 19 500 check -- ref 4411", "Friday 27 November"),
        ("paid 19 500 ach", "Tuesday 24 November"),
        ("paid 500", "Tuesday 24 November"),
        ("paid check", "Tuesday 1 December"),
    ],
)
def test_a_payment_on_its_way_is_expected_by_its_method(line: str, expected: str) -> None:
    """A check five business days after it was mailed: Thursday 19, then 20, 23, 24, 25, and 27 after the holiday."""
    assert lines_phrases([make.read(line)], make.rules(MONDAY), "USD")["expected"] == expected


def test_another_year_is_named() -> None:
    known = lines_phrases([make.read("2027-01-04 500 ach")], make.rules(MONDAY), "USD")
    assert "Monday 4 January 2027" in known["promise"]


def test_a_foreign_currency_is_named_the_home_currency_is_not() -> None:
    dossier = make.dossier(make.invoice("E-1", "90.00", nov(2), currency="EUR"))
    known = phrases_of(dossier, make.standing(dossier, MONDAY, policy=FIRM), make.rules(MONDAY, policy=FIRM), "a", "")
    assert "EUR" in known["past_due"]
    assert "USD" not in phrases("all is known")["past_due"]
