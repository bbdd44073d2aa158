"""The whole catalogue: sixty situations, each a step of its own, and from each the right end is come to."""

import re
from collections import Counter

import pytest

from arctui.core.records import DisputeKind, Flag
from arctui.core.text import fold
from arctui.playbook import walk
from arctui.playbook.model import LineKind, Step, When, standard
from tests.playbook.ways import NOTHING, Walker, keys_needed, shortest, shortest_by_keys

STEPS = standard().steps
#: The situations by their numbers in the field's catalogue: the step of each. Number 2 ends the call at once.
SITUATIONS = {
    "A": "1 gatekeeper, 2 voice-mail, 3 new-number, 4 too-busy, 5 new-clerk, 6 head-office, 7 rings-back",
    "B": "8 check-in-mail, 9 check-lost, 10 already-paid, 11 paid-elsewhere, 12 in-progress, 13 returned",
    "C": "14 copy, 15 delivery-proof, 16 po-missing, 17 invoice-wrong, 18 portal, 19 goods-receipt, 20 supplier-form",
    "D": "21 pay-run, 22 approval, 23 approver-away, 24 second-signature, 25 system-down, 26 new-system, "
    "27 closing-days, 28 not-due, 29 short-pay, 30 credit-note, 31 statement-only",
    "E": "32 cash-flow, 33 their-customer, 34 part-only, 35 instalments, 36 seasonal, 37 sold, 38 closing-down, "
    "39 bankruptcy-threat, 40 bankruptcy-filed, 41 misfortune",
    "F": "42 defective, 43 not-delivered, 44 price, 45 unfinished, 46 not-ordered, 47 duplicate, 48 sent-back",
    "G": "49 soon, 50 look-into-it, 51 same-story, 52 refuses, 53 boss, 54 lawyer, 55 angry, 56 stop-calling, "
    "57 elsewhere, 58 sales-said, 59 prove-it, 60 levy",
}
TABLE = {
    int(number): (name, group)
    for group, cases in SITUATIONS.items()
    for number, name in (case.split() for case in cases.split(", "))
}
STOPS = {40: Flag.BANKRUPTCY, 54: Flag.ATTORNEY, 56: Flag.DO_NOT_CALL}
MOST_KEYS = 25
#: Rows and columns of a small terminal, less the frame around the call.
ROWS, COLUMNS = 24, 76


def test_the_catalogue_has_sixty_situations_and_no_two_share_a_step() -> None:
    assert sorted(TABLE) == list(range(1, 61))
    assert len({name for name, _ in TABLE.values()}) == 60


@pytest.mark.parametrize("number", TABLE)
def test_a_situation_has_its_own_questions_what_to_say_what_to_obtain_and_its_follow_up(number: int) -> None:
    name, group = TABLE[number]
    step = STEPS[name]
    assert step.say
    assert 2 <= len(step.ask) <= 4
    assert all(question.endswith("?") for question in step.ask)
    elsewhere = {question for n, s in STEPS.items() if n != name for question in s.ask}
    assert set(step.ask) - elsewhere, "none of its questions is its own"
    assert step.aim
    assert step.follow_up
    assert step.follow_up.why
    if number == 2:
        assert step.end == "lvm"
    else:
        assert (step.group, bool(step.excuse), bool(step.find)) == (group, True, True)


@pytest.mark.parametrize("number", [n for n in TABLE if n not in (2, 40)])
def test_from_a_situation_a_promise_can_be_obtained_read_back_and_agreed(number: int) -> None:
    walker = Walker(standard())
    walker.reply(1)
    walker.excuse(TABLE[number][0])
    assert walker.at == TABLE[number][0]
    found = shortest(standard(), walker.at, lambda n: STEPS[n].line is LineKind.PROMISE)
    assert found is not None
    walker.follow(found)
    walker.line("fri 500 ach")
    assert "{promise}" in walker.step.say[0]
    walker.reply(1)
    assert walker.step.end == "line"
    assert [m.text for m in walk.taken_lines(walker.call)][-1] == "fri 500 ach"


@pytest.mark.parametrize("number", STOPS)
def test_a_situation_that_forbids_further_calls_ends_with_the_stop(number: int) -> None:
    walker = Walker(standard())
    walker.reply(1)
    walker.excuse(TABLE[number][0])
    while not walker.step.end:
        walker.reply(1) if walker.step.replies else walker.line()
    assert walker.step.stop is STOPS[number]
    assert walker.step.task


def test_once_bankruptcy_is_filed_nothing_is_asked_for() -> None:
    for name in ("bankruptcy-filed", "bankruptcy-data", "bankruptcy-end"):
        step = STEPS[name]
        texts = " ".join((*step.say, *step.ask)).lower()
        assert not any(word in texts for word in (" pay", "payment", "send", "when", "how much", "settle")), name
    ways = {reply.to for reply in STEPS["bankruptcy-filed"].replies}
    assert ways == {"bankruptcy-data", "bankruptcy-threat"}
    assert STEPS["bankruptcy-data"].to == "bankruptcy-end"


@pytest.mark.parametrize(("name", "code"), [("no-answer", "na"), ("busy-line", "busy"), ("wrong-number", "wn")])
def test_who_reaches_nobody_is_told_when_the_next_try_is(name: str, code: str) -> None:
    step = STEPS[name]
    assert step.end == code
    assert step.follow_up
    assert "next try" in step.follow_up.why


# Keys and reading


@pytest.mark.parametrize("name", [n for n, s in STEPS.items() if s.end])
def test_every_end_is_come_to_with_few_keys_and_little_reading(name: str) -> None:
    """From the worklist: Enter calls, a digit each reply, an excuse by four letters, Enter ends the call."""
    found = None
    for entry in (standard().start, standard().incoming):
        for holds in (NOTHING, frozenset({When.BROKEN})):
            found = found or shortest_by_keys(entry, name, holds)
    assert found is not None
    assert 1 + keys_needed(found) + 1 <= MOST_KEYS
    assert sum(rows(STEPS[n]) for n in [*(way.step for way in found), name]) <= 2 * ROWS


@pytest.mark.parametrize("name", standard().excuses)
def test_an_excuse_comes_to_a_promise_with_few_keys(name: str) -> None:
    """Put through, the excuse by four letters, the replies, "fri ach", yes, the end."""
    found = shortest_by_keys(name, "close", NOTHING)
    assert found is not None
    assert len("\r1e....\r") + keys_needed(found) + 1 <= MOST_KEYS


def test_every_step_is_read_on_one_small_screen() -> None:
    """Four rows are left for whom to call and what is owed."""
    assert {n: rows(step) for n, step in STEPS.items() if rows(step) + len(step.replies) > ROWS - 4} == {}


def rows(step: Step) -> int:
    """So many rows the texts of a step take, the richest sentence said."""
    texts = [*step.say[:1], *step.ask, step.aim, step.do, step.task, step.follow_up.why if step.follow_up else ""]
    return sum(-(-len(text) // COLUMNS) for text in texts)


# The only thing; the whole first


def test_no_day_is_taken_after_a_reason_before_it_was_asked_whether_that_is_the_only_thing() -> None:
    """Papers, how they pay, money, something wrong, no will: no way to a promise goes round the question.

    What is paid at once, or was sent, needs it not, nor does who gives no reason. With a new person the talk begins
    anew. After a death nothing is pressed; after a broken promise only the new date counts.
    """
    asked = {name for name, step in STEPS.items() if any("the only thing holding" in text for text in step.say)}
    ending = asked | {"commitment-now", "sent", "will-not-say", "right-person", "open", "open-other"}
    for excuse, first in standard().excuses.items():
        if first.group not in "CDEFG" or excuse in ("misfortune", "bankruptcy-filed", "same-story"):
            continue
        seen: set[str] = set()
        waiting = [excuse]
        while waiting:
            name = waiting.pop()
            if name not in seen | ending:
                seen.add(name)
                waiting += STEPS[name].ways
        taken = {name for name in seen if STEPS[name].line is LineKind.PROMISE}
        assert taken <= {"new-agreement"}, f"{excuse}: {taken}"


def before(name: str) -> set[str]:
    """The steps that lead to one."""
    return {n for n, step in STEPS.items() if name in step.ways}


def test_the_whole_is_asked_for_before_a_part_and_a_part_before_a_plan() -> None:
    assert before("plan") <= {"part", "rest-day", "first-part"}
    assert before("first-part") == {"full", "part"}
    assert before("part") <= {"full", "now", "broken-money", "hold-back", "plan"}
    assert {"full"} <= {reply.to for reply in STEPS["only-money"].replies}
    for name in ("cash-flow", "their-customer", "seasonal", "part-only", "instalments"):
        assert not {"part", "plan", "commitment-parts"} & set(STEPS[name].ways), name


def test_no_sentence_of_ours_names_less_than_the_whole_before_the_customer_does() -> None:
    for name in ("cash-flow", "their-customer", "seasonal", "full", "only-money", "now", "when", "why", "commitment"):
        for text in (*STEPS[name].say, *(STEPS[name].ask if name != "cash-flow" else ())):
            assert not any(w in text.lower() for w in ("a part", "half", "some of", "instalment", "plan")), text


def test_a_vague_answer_becomes_a_date_an_hour_or_a_reason() -> None:
    for name in ("soon", "which-date", "look-into-it", "pay-day"):
        step = STEPS[name]
        assert "day" in " ".join(step.say) or "date" in " ".join(step.say) or "how long" in " ".join(step.say)
        ends = {to for to in step.ways if STEPS[to].end}
        assert ends == set(), name
        assert {"commitment", "callback", "commitment-parts", "found"} & set(step.ways), name


def test_a_delay_an_objection_and_a_refusal_go_three_ways() -> None:
    ways = {reply.to for reply in STEPS["when"].replies}
    assert {"soon", "refuses", "why"} <= ways
    assert "what-is-wrong" in STEPS["why"].ways
    assert len({STEPS["refusal"].to, STEPS["dispute"].to, STEPS["soon"].replies[0].to}) == 3


# Something is wrong


KINDS = {
    "defective": DisputeKind.QUALITY,
    "not-delivered": DisputeKind.DELIVERY,
    "short": DisputeKind.QUANTITY,
    "price": DisputeKind.PRICE,
    "short-pay": DisputeKind.PRICE,
    "unfinished": DisputeKind.SCOPE,
    "not-ordered": DisputeKind.SCOPE,
    "duplicate": DisputeKind.DUPLICATE,
    "sent-back": DisputeKind.QUANTITY,
    "po-missing": DisputeKind.ORDER,
    "goods-receipt": DisputeKind.MATCHING,
}


def test_each_of_the_eight_kinds_of_dispute_has_its_branch() -> None:
    assert {n: s.dispute for n, s in STEPS.items() if s.dispute and n != "replace"} == KINDS
    assert set(KINDS.values()) == set(DisputeKind)


@pytest.mark.parametrize("name", KINDS)
def test_after_a_dispute_the_part_that_is_not_in_question_is_asked_for(name: str) -> None:
    walker = Walker(standard())
    walker.reply(1)
    walker.jump(name)
    found = shortest(standard(), name, lambda n: STEPS[n].line is LineKind.DISPUTE)
    assert found is not None
    walker.follow(found)
    walker.line()
    assert any("{dispute}" in text for text in walker.step.say)
    walker.reply(1)
    assert walker.at == "undisputed"
    walker.reply(1)
    assert (walker.at, walker.step.line) == ("commitment-rest", LineKind.PROMISE)


# What we owe, what we learn


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("copy", "copy of the invoice"),
        ("statement-copy", "statement"),
        ("statement-only", "statement"),
        ("delivery-proof", "proof of delivery"),
        ("originals", "originals"),
        ("supplier-form", "W-9"),
        ("po-missing", "order number"),
        ("portal", "portal"),
        ("goods-receipt", "delivery note"),
        ("invoice-wrong", "correct the invoice"),
        ("terms", "terms"),
        ("moved-copy", "new address"),
        ("new-clerk-line", "statement"),
        ("credit-note", "credit"),
        ("replaced", "order the replacement"),
        ("sales-said", "sales rep"),
        ("elsewhere", "sales rep"),
        ("paid-elsewhere", "supervisor"),
        ("sold", "supervisor"),
        ("closing-down", "supervisor"),
        ("bankruptcy-threat", "supervisor"),
        ("bankruptcy-end", "proof of claim"),
        ("lawyer-end", "supervisor"),
        ("stop-end", "supervisor"),
        ("close-refusal", "supervisor"),
        ("after-hang-up", "supervisor"),
        ("levy", "supervisor"),
    ],
)
def test_what_we_owe_today_is_a_task(name: str, words: str) -> None:
    assert words in STEPS[name].task


@pytest.mark.parametrize(
    "name", ["copy", "statement-copy", "delivery-proof", "portal", "supplier-form", "po-missing"]
)
def test_what_was_done_on_the_line_leaves_no_task(name: str) -> None:
    assert any(reply.done for reply in STEPS[name].replies)


def test_only_a_step_with_a_task_has_replies_by_which_it_was_done() -> None:
    assert [n for n, s in STEPS.items() if any(r.done for r in s.replies) and not s.task] == []


def test_their_pay_runs_are_asked_for_once_and_then_known() -> None:
    walker = Walker(standard())
    walker.excuse("pay-run")
    walker.reply([r.text for r in walker.step.replies].index("Names the days") + 1)
    assert walker.step.line is LineKind.CYCLE
    walker.line()
    assert walker.at == "pay-run-known"
    assert {"{run_day}", "{run_cutoff}", "{run_documents}"} <= set(walker.step.say[0].replace(".", " ").split())
    known = Walker(standard(), {When.CYCLE_KNOWN})
    known.excuse("pay-run")
    assert known.at == "pay-run-known"


@pytest.mark.parametrize(
    "name", ["new-clerk", "new-number", "head-office", "moved", "other-person", "boss", "sold", "closing-down"]
)
def test_wrong_data_are_corrected_in_the_call(name: str) -> None:
    learnt = [to for to in STEPS[name].ways if STEPS[to].line is LineKind.CONTACT]
    assert len(learnt) == 1
    assert STEPS[STEPS[learnt[0]].to].line or STEPS[STEPS[learnt[0]].to].replies or STEPS[STEPS[learnt[0]].to].end


# The list of excuses


def test_the_nine_commonest_have_the_digits_they_have_under_why() -> None:
    digits = standard().commonest
    assert len(set(digits)) == 9
    assert set(digits) <= set(standard().excuses)
    under_why = [reply.to for reply in STEPS["why"].replies]
    assert [n for n, name in enumerate(digits) if name in under_why and under_why[n] != name] == []
    groups = Counter(STEPS[name].group for name in digits)
    assert {"B", "C", "D", "E", "F", "G"} <= set(groups)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("po", "po-missing"),
        ("lawyer", "lawyer"),
        ("approv", "approval"),
        ("w9", "supplier-form"),
        ("w-9", "supplier-form"),
        ("levy", "levy"),
        ("garnish", "levy"),
        ("erp", "new-system"),
        ("grant", "seasonal"),
        ("original", "originals"),
        ("pod", "delivery-proof"),
        ("statement", "statement-copy"),
        ("consolidated", "statement-only"),
        ("competitor", "elsewhere"),
        ("reminder", "nobody-chased"),
        ("nsf", "returned"),
        ("moved", "moved"),
        ("wrong number", "new-number"),
        ("year-end", "closing-days"),
        ("rma", "sent-back"),
        ("scam", "prove-it"),
        ("installment", "instalments"),
        ("ach", "in-progress"),
        ("grn", "goods-receipt"),
        ("death", "misfortune"),
        ("reschedule", ""),
    ],
)
def test_an_excuse_is_found_by_a_sensible_word(word: str, name: str) -> None:
    found = [
        n for n, s in standard().excuses.items() if all(w in f"{s.excuse} {s.find}".lower() for w in word.split())
    ]
    assert (name in found) if name else not found


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("stop", "stop-calling"),
        ("lost", "check-lost"),
        ("check", "check-in-mail"),
        ("dead", "misfortune"),
        ("eom", "soon"),
        ("check run", "pay-run"),
        ("lost invoice", "copy"),
    ],
)
def test_the_first_that_is_found_is_the_one_that_is_meant(words: str, first: str) -> None:
    """Whole words before beginnings, the commonest before the others, as the list of reasons shows them."""
    wanted = words.split()
    common = standard().commonest
    names = [*common, *(n for n in standard().excuses if n not in common)]
    texts = {n: fold(f"{(s := standard().step(n)).excuse} {s.find} {s.title}") for n in names}
    found = [n for n in names if all(word in texts[n] for word in wanted)]
    found.sort(key=lambda n: sum(word not in re.findall(r"\w+", texts[n]) for word in wanted))
    assert found[0] == first
