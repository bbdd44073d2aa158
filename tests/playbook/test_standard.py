"""The standard script: it holds together, it can be spoken, and it says nothing that must not be said."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from arctui.playbook.check import placeholders, problems
from arctui.playbook.model import LineKind, Step, standard

STEPS = standard().steps
EXCUSES = standard().excuses
SPOKEN, QUESTION, REPLY, TITLE = 260, 80, 36, 36

#: Wordings that ask, or let slip, whether the invoice is there at all: an excuse handed to the customer.
_PAPER = r"(invoices?|bills?|statements?)"
_ASK = r"\b(have|has|had|did|do|does|are|is|were|was|can|could)\b[^.?!,]{0,40}"
_GET = r"\b(got|gotten|get|receive\w*|find|found|see|seen|locate\w*)\b[^.?!,]{0,40}"
_YOU_HAVE = r"\b(you|your)\b[^.?!,]{0,30}\b(have|has|got|hold)\b[^.?!,]{0,20}"
_CAME = r"\b(reach(ed|es)?|arriv\w+|come|came|get|got|received|lost|missing|with you|in hand)\b"
HAS_THE_INVOICE = (
    rf"{_ASK}{_GET}\b({_PAPER}|it|them|everything)\b",
    rf"{_YOU_HAVE}\b(our|the|an?|any|that|this|all)\b[^.?!,]{{0,15}}\b{_PAPER}\b",
    rf"\b({_PAPER}|(our|the) papers?)\b[^.?!,]{{0,40}}{_CAME}",
    r"\b(did|has|have|does|it|they)\b[^.?!,]{0,30}\b(reach(ed)?|arrived? at|get to|got to|come to) you\b",
    r"\b(in receipt of|receipt of (the|our|an?) (invoice|bill)|on file with you|in your system)\b",
)
APOLOGIES = r"\b(sorry|apolog\w+|excuse me|forgive|pardon|regret|bother\w*|disturb\w*|inconvenience)\b|afraid"
CONSEQUENCES = (
    r"\b(fees?|interest|penalt\w+|late charge|surcharge|court|lawyers?|attorneys?|legal\w*|solicitor|sue|suing|"
    r"lawsuit|claim court|collection agency|agency|credit (line|limit|rating|report|hold|bureau)|credit|report you|"
    r"stop deliver\w+|no (more )?deliver\w+|hold (your|the) orders?|cut (you )?off|consequences?|or else|"
    r"otherwise|unless|forced|have no choice|final (notice|warning)|last (chance|warning))\b"
)
THREATS = r"\b(or else|consequences?|forced to|no choice|final warning|last chance|sue|lawsuit|collection agency)\b"
#: What a clerk must not put into a customer's mouth: a reason for not having paid.
_PERHAPS = r"\b(is|was|are|were|is it|has it|have you|do you|perhaps|maybe|could it be)\b[^.?!]{0,30}"
_REASON = (
    r"\b(short of|cash[- ]?flow|no money|lost in the|a problem|any problem|trouble|difficult\w*|dispute|"
    r"not approved|forgot\w*|overlook\w*|oversight|mistake|slip\w*)\b"
)
OFFERED_EXCUSES = (
    _PERHAPS + _REASON,
    r"\b(perhaps|maybe|probably|might have|may have|i (suppose|assume|guess|understand that)|surely you)\b",
    r"\b(part(ial)? payment|smaller amount|half of it|instal+ments?|payment plan|more time|extension)\b",
)
#: The steps in which the payment is asked for, before any reason has been given.
ASKING = (
    "reach",
    "voice-mail",
    "right-person",
    "open",
    "open-other",
    "now",
    "when",
    "why",
    "broken-promise",
    "broken-new",
)


def spoken(step: Step) -> Iterator[str]:
    """All that the customer hears: sentences and questions."""
    yield from step.say
    yield from step.ask


def everything_spoken() -> Iterator[tuple[str, str]]:
    for name, step in STEPS.items():
        for text in spoken(step):
            yield name, text


def says(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def test_the_standard_script_holds_together() -> None:
    assert problems(standard()) == []


def test_there_are_at_least_twenty_excuses_over_all_seven_groups() -> None:
    by_group = Counter(step.group for step in EXCUSES.values())
    assert set(by_group) == set("ABCDEFG") == set(standard().groups)
    assert len(EXCUSES) >= 20
    assert min(by_group.values()) >= 3


def test_every_excuse_has_questions_of_its_own_and_no_two_the_same_list() -> None:
    lists = Counter(step.ask for step in EXCUSES.values())
    assert all(len(step.ask) >= 2 for step in EXCUSES.values())
    assert [questions for questions, count in lists.items() if count > 1] == []


def test_most_questions_of_excuses_are_asked_for_one_excuse_only() -> None:
    questions = Counter(q for step in EXCUSES.values() for q in step.ask)
    for name, step in EXCUSES.items():
        assert any(questions[q] == 1 for q in step.ask), f"{name}: none of its questions is its own"


def test_no_two_excuses_have_the_same_name_and_each_is_found_by_words_of_its_own() -> None:
    assert [n for n, count in Counter(s.excuse for s in EXCUSES.values()).items() if count > 1] == []
    for name, step in EXCUSES.items():
        assert len(step.find.split()) >= 4, name
        assert not any(set(step.find.split()) == set(s.find.split()) for n, s in EXCUSES.items() if n != name)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("gatekeeper", "gatekeeper"),
        ("mail", "check-in-mail"),
        ("never received", "copy"),
        ("bounced", "returned"),
        ("purchase order", "po-missing"),
        ("ariba", "portal"),
        ("vacation", "approver-away"),
        ("cash", "cash-flow"),
        ("chapter 11", "bankruptcy-filed"),
        ("damaged", "defective"),
        ("asap", "soon"),
        ("attorney", "lawyer"),
        ("harassment", "stop-calling"),
    ],
)
def test_an_excuse_is_found_by_what_the_customer_calls_it(word: str, name: str) -> None:
    found = [n for n, s in EXCUSES.items() if all(w in f"{s.excuse} {s.find}".lower() for w in word.split())]
    assert name in found


def test_a_step_can_be_spoken_in_one_breath_and_answered_by_one_digit() -> None:
    for name, step in STEPS.items():
        assert [s for s in step.say if len(s) > SPOKEN] == [], name
        assert [q for q in step.ask if len(q) > QUESTION] == [], name
        assert [r.text for r in step.replies if len(r.text) > REPLY] == [], name
        assert len(step.replies) <= 9, name
        assert len(step.ask) <= 4, name


def test_every_step_has_a_title_for_the_path() -> None:
    for name, step in STEPS.items():
        assert step.title, name
        assert step.title == step.title.strip(), name
        assert len(step.title) <= TITLE, name


def test_the_replies_of_a_step_are_told_apart() -> None:
    for name, step in STEPS.items():
        texts = [r.text for r in step.replies]
        assert len(set(texts)) == len(texts), name
        assert all(t and t == t.strip() for t in texts), name


def test_every_alternative_can_be_the_one_that_is_said() -> None:
    """None stands behind one that asks for no more facts: that one would always be said instead."""
    for name, step in STEPS.items():
        needs = [set(placeholders(text)) for text in step.say]
        for number, need in enumerate(needs):
            before = [n for n in range(number) if needs[n] <= need]
            assert before == [], f"{name}: '{step.say[number]}' is never said"


def test_nobody_is_asked_whether_the_invoice_is_there() -> None:
    assert {text: name for name, text in everything_spoken() if says(HAS_THE_INVOICE, text)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Did you receive our invoice?",
        "Have you got the bill?",
        "Has the invoice reached you?",
        "Do you have our invoice?",
        "You do have our latest invoice?",
        "Did the invoice arrive?",
        "Did it get to you?",
        "Are you in receipt of it? Can you see it there?",
        "Can you find the statement?",
        "Is the invoice with you?",
        "Did our papers come?",
        "Is B-1041 in your system?",
    ],
)
def test_the_forbidden_question_is_known_in_any_form_of_words(text: str) -> None:
    assert says(HAS_THE_INVOICE, text)


def test_nothing_is_apologised_for() -> None:
    assert {text: name for name, text in everything_spoken() if says((APOLOGIES,), text)} == {}


def test_the_steps_that_ask_for_the_payment_threaten_nothing_and_offer_no_reason() -> None:
    for name in ASKING:
        for text in spoken(STEPS[name]):
            assert not says((CONSEQUENCES, *OFFERED_EXCUSES), text), f"{name}: {text}"


def test_no_sentence_threatens() -> None:
    assert {text: name for name, text in everything_spoken() if says((THREATS,), text)} == {}


def test_nothing_of_the_debt_is_said_before_the_right_person_is_on_the_line() -> None:
    outside = "reach voice-mail wrong-number gatekeeper message callback-desk callback-desk-back close-desk no-help"
    for name in f"{outside} new-clerk head-office right-person".split():
        for text in STEPS[name].say:
            assert not re.search(r"past due|overdue|owe|debt|invoice|payment (is|was)|money", text, re.IGNORECASE), (
                name
            )
            assert not {"past_due", "owed", "invoices", "oldest", "live_amount"} & set(placeholders(text)), name


@pytest.mark.parametrize("name", ["open", "open-other"])
def test_the_opening_states_the_fact_and_asks_when_the_payment_was_sent(name: str) -> None:
    for text in STEPS[name].say:
        assert re.search(r"When did you send (your payment|it)\?$", text), text
        assert text.count("?") == 1


def test_after_the_opening_it_is_asked_in_the_order_now_when_why() -> None:
    assert STEPS["now"].say == ("Will you send it now?",)
    assert STEPS["when"].say == ("When will you send it?",)
    assert [r.to for r in STEPS["open"].replies][:2] == ["now", "sent"]
    assert "when" in [r.to for r in STEPS["now"].replies]
    assert "why" in [r.to for r in STEPS["when"].replies]


def test_whoever_sent_it_is_asked_how_when_how_much_and_the_reference() -> None:
    asked = " ".join(spoken(STEPS["sent"])).lower()
    assert all(word in asked for word in ("how was it sent", "which day", "how much", "reference"))
    assert STEPS["sent"].line is LineKind.PAID
    told = STEPS[STEPS["sent"].to].say
    assert "{overdue_claim}" in told[0]
    assert all("{expected}" in text for text in told[1:-1])


def test_reaching_has_its_own_reply_for_every_way_not_to_get_through() -> None:
    ends = {STEPS[r.to].end for r in STEPS["reach"].replies}
    assert {"na", "busy", "lvm", "wn"} <= ends
    assert "gatekeeper" in [r.to for r in STEPS["reach"].replies]
    assert STEPS["no-help"].end == "gk"


def test_calling_is_stopped_for_a_lawyer_a_bankruptcy_and_who_asks_for_it_only() -> None:
    stops = {name: str(step.stop) for name, step in STEPS.items() if step.stop}
    assert stops == {"bankruptcy-end": "bankruptcy", "lawyer-end": "attorney", "stop-end": "do not call"}
