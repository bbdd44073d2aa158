"""The credit of an account in sentences: as it stands, who decided it, and what is proposed. Pure."""

from arctui.core.credit_terms import Card
from arctui.core.decisions import CreditDecision
from arctui.core.reasons import Rules


def limit_words(card: Card, rules: Rules) -> str:
    """Say the limit, and by how much it is passed: "limit 5,000.00, beyond it by 300.00"; "no limit"."""
    if card.limit is None:
        return "no limit"
    said = f"limit {rules.money(card.limit, card.currency)}"
    return f"{said}, beyond it by {rules.money(card.beyond, card.currency)}" if card.beyond else said


def by_whom(decision: CreditDecision, rules: Rules) -> str:
    """Say who decided, when and why: "ann, Mon 23 Nov: the check came back"."""
    return f"{decision.by}, {rules.day(decision.day)}: {decision.reason}"


def stands_words(card: Card, rules: Rules) -> list[str]:
    """Say what of an account's credit a person decided, a sentence each."""
    words = [f"on hold, {by_whom(card.holding, rules)}"] if card.holding else []
    decision = card.decision
    if decision and not card.holding and decision.hold is False and decision.limit is None:
        words.append(f"released, {by_whom(decision, rules)}")
    if card.limited and card.limit is not None and card.limited != card.holding:
        words.append(f"limit of {rules.money(card.limit, card.currency)}, {by_whom(card.limited, rules)}")
    return words


def grade_words(card: Card) -> list[str]:
    """Say the grade and what it was made from, a sentence each."""
    down = [f"graded down: {card.before} at the end of last month"] if card.down else []
    return [card.grade.why, *down, *(part.words for part in card.grade.parts)]


def proposal_words(card: Card) -> list[str]:
    """Say what is proposed."""
    proposal = card.proposal
    limit = f"limit of {proposal.limit_words}" if proposal.limit is not None else proposal.limit_words
    return [limit, proposal.hold_words]


def notes(card: Card, rules: Rules) -> list[str]:
    """Say in a few words each what is to be seen at an account."""
    words = ["on hold"] if card.held else []
    words += [f"beyond by {rules.money(card.beyond, card.currency)}"] if card.beyond else []
    words += [f"was {card.before}"] if card.down else []
    return [*words, *([card.proposal.hold_words] if card.proposal.hold is not None else [])]
