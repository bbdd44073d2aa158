"""A reader's review of every sentence of the script, step by step: what must never be said, and how it is said."""

import re
from collections.abc import Iterator
from importlib import resources

import pytest

from arctui.playbook.check import placeholders
from arctui.playbook.model import Step, standard
from tests.playbook.test_standard import APOLOGIES, ASKING, HAS_THE_INVOICE, OFFERED_EXCUSES

STEPS = standard().steps
#: Words of a sentence that is spoken in one breath; a placeholder counts as one.
WORDS = 18
#: What nobody says to a customer, and what no clerk is told to say: a threat, the law, what it will cost.
THREATS = (
    r"\b(courts?|sue[ds]?|suing|lawsuits?|legal\w*|litigat\w*|prosecut\w*|judge?ment|enforc\w*|seiz\w*|bailiffs?|"
    r"interest|fees?|penalt\w*|surcharges?|late charges?|collection|agency|agencies|bureaus?|blacklist\w*|"
    r"credit (rating|report|line|limit|hold|bureau)|report you|stop deliver\w*|no more deliver\w*|"
    r"hold (your|the) orders?|"
    r"consequences?|or else|otherwise|unless|final (notice|warning|demand)|last (chance|warning)|forced|no choice|"
    r"warn\w*|threat\w*|escalat\w*|police|criminal)\b"
)
#: Who acts for a customer is spoken of only where they spoke of it first.
LAWYERS = r"\b(lawyers?|attorneys?|solicitors?|counsel|trustee|bankruptcy|bankrupt)\b"
SPOKEN_OF_LAWYERS = ("lawyer", "bankruptcy")
#: Feelings have no place in the record, whoever has them.
FEELINGS = (
    r"\b(glad|happy|unhappy|pleased|delighted|disappoint\w*|unfortunate\w*|upset|annoy\w*|frustrat\w*|worr(y|ied)|"
    r"shock\w*|hope\w*|shame\w*|disgrace\w*|ridiculous|unacceptable|terrible|awful|feel\w*|thrilled|amazing|honest\w*|"
    r"lie[sd]?|liars?|lying|blame|fault of|your fault|trust me|believe me)\b"
)
#: Words for the sake of words.
PADDING = (
    r"\b(kindly|please be advised|at your earliest convenience|per my|touch base|reach out|circle back|leverage|"
    r"utili[sz]e|going forward|in order to|with regards? to|at this point in time|just (wanted|calling|checking)|"
    r"actually|basically|obviously|very|really|quite|simply)\b"
)
CONTRACTIONS = r"\b\w+('|’)(t|ll|ve|re|d|m)\b|\b(it|that|there|what|who|he|she|let)('|’)s\b"
#: Nothing is promised for us that only somebody else can keep.
PROMISES = r"\b(guarantee\w*|i promise|we promise|as soon as possible|asap|definitely|never again)\b"
RULES = {
    "an apology": APOLOGIES,
    "a threat, or the law": THREATS,
    "a feeling": FEELINGS,
    "padding": PADDING,
    "a contraction": CONTRACTIONS,
    "a promise that may not hold": PROMISES,
}
ASKING_TOO = (*ASKING, "they-called", "caller-about", "caller-open", "claimed", "caller-claimed")


def sentences(step: Step) -> Iterator[str]:
    """All that a clerk says, asks, reads and chooses at a step; what the customer is quoted with is not ours."""
    why = step.follow_up.why if step.follow_up else ""
    yield from filter(None, (*step.say, *step.ask, step.aim, step.do, step.task, why))


def parts(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.?!:;])\s+", re.sub(r"\{\w+\}", "X", text))


def has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


@pytest.mark.parametrize("name", STEPS)
def test_a_reader_finds_nothing_in_a_step_that_must_not_be_said(name: str) -> None:
    step = STEPS[name]
    for text in (*sentences(step), *(reply.text for reply in step.replies)):
        assert [rule for rule, pattern in RULES.items() if has(pattern, text)] == [], text
        assert not any(has(pattern, text) for pattern in HAS_THE_INVOICE), f"the forbidden question: {text}"
        assert text == text.strip()
        assert text.isascii(), text
        assert "  " not in text
        assert "!" not in text, text
    for text in sentences(step):
        assert [part for part in parts(text) if len(part.split()) > WORDS] == [], "too long for one breath"
        if not name.startswith(SPOKEN_OF_LAWYERS):
            heard = text if text in (*step.say, *step.ask) else ""
            assert not has(LAWYERS, heard), text
        if "sympathy" in text:
            assert name == "misfortune"


def test_every_step_is_written_in_whole_sentences_each_in_its_form() -> None:
    for name, step in STEPS.items():
        assert all(text[0].isupper() or text[0] == "{" for text in (*step.say, *step.ask)), name
        assert all(text.endswith((".", "?", ":")) for text in step.say), name
        assert all(text.endswith("?") for text in step.ask), name
        assert all(not text.endswith("?") for text in filter(None, (step.aim, step.task))), name
        assert not step.task or step.task[0].islower(), name
        assert not step.follow_up or not step.follow_up.why.endswith("."), name
        assert len({*step.say, *step.ask}) == len(step.say) + len(step.ask), f"{name}: a question is put twice"


@pytest.mark.parametrize("name", ASKING_TOO)
def test_whoever_asks_for_the_payment_hands_the_customer_no_reason(name: str) -> None:
    step = STEPS[name]
    for text in (*step.say, *step.ask, step.do, step.aim):
        assert not any(has(pattern, text) for pattern in OFFERED_EXCUSES), text


def test_the_fact_and_the_question_to_a_caller_are_those_of_our_own_call() -> None:
    for text in STEPS["caller-open"].say:
        assert re.search(r"When did you send (your payment|it)\?$", text)
        assert text.count("?") == 1
    assert [r.to for r in STEPS["caller-open"].replies] == [r.to for r in STEPS["open"].replies]


def test_nothing_in_the_file_not_even_a_comment_puts_the_forbidden_question() -> None:
    text = resources.files("arctui.playbook").joinpath("standard.toml").read_text(encoding="utf-8")
    for line in text.splitlines():
        found = [pattern for pattern in HAS_THE_INVOICE if has(pattern, line)]
        assert not found or line.startswith("find = "), line


def test_what_is_said_to_outsiders_names_no_amount() -> None:
    """Who does not pay: whoever is at the desk, at a wrong number, at the switchboard, or calls for somebody."""
    money = set("past_due owed invoices oldest oldest_days live_amount broken_amount broken_missing".split())
    outside = "they-called caller-name caller-outside caller-gone new-number number-line number-noted new-clerk-line"
    for name in f"{outside} office-line gatekeeper message callback-desk callback-desk-back close-desk".split():
        for text in STEPS[name].say:
            assert not money & set(placeholders(text)), name
            assert not has(r"past due|overdue|owe|debt|invoice|payment|money", text), text


@pytest.mark.parametrize(
    "text",
    [
        "We may have to go to court.",
        "There will be a late charge on it.",
        "I must report you to a credit bureau.",
        "Otherwise we stop deliveries.",
        "Interest runs from today.",
        "This is your last chance.",
    ],
)
def test_a_threat_is_known_in_any_form_of_words(text: str) -> None:
    assert has(THREATS, text)


@pytest.mark.parametrize("text", ["I am glad to help.", "We are disappointed.", "I hope it comes.", "You lied."])
def test_a_feeling_is_known_in_any_form_of_words(text: str) -> None:
    assert has(FEELINGS, text)
