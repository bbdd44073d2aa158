"""What is to be known of letters beside their words: what the policy does not say, templates that are not read.

And what may be kept of what a clerk types about one: why it is written, and the number of certified mail.
"""

from pathlib import Path

from arctui import fence
from arctui.core.letter_records import LEVELS, LetterKind, SentBy
from arctui.core.policy import Policy
from arctui.core.text import clean, plural
from arctui.desk.cards import Cards
from arctui.desk.errors import DeskError

#: So many characters they have at most.
_LONGEST_REASON, _LONGEST_NUMBER = 500, 60


def lacking(policy: Policy, kind: LetterKind) -> list[str]:
    """Return what letters of a kind lack because the policy does not say it, a sentence each."""
    found = []
    if not (policy.firm or policy.firm_legal_name):
        found.append("the firm has no name: arctui policy firm NAME")
    if not policy.letterhead:
        found.append("the letter names no address of ours: arctui policy letterhead 'STREET | TOWN'")
    if kind in LEVELS and not policy.remittance:
        found.append("it does not say where to pay: arctui policy remittance 'BANK | ACCOUNT'")
    return found + (not_asked(policy) if kind in LEVELS else [])


def not_asked(policy: Policy) -> list[str]:
    """Return what a policy sets and no letter asks for, as nothing says that it was agreed."""
    found = []
    for setting, agreed, what in (
        ("interest_percent", "interest_agreed", "interest"),
        ("late_fee", "late_fee_agreed", "the late fee"),
    ):
        if getattr(policy, setting) and not getattr(policy, agreed).strip():
            found.append(f"{what} is not asked for, it is not said to be agreed: arctui policy {agreed} 'TERMS 4.2'")
    return found


def check_words(cards: Cards, why: str, account: str) -> None:
    """Raise DeskError for a reason that must not be kept: too long, or with what looks like a card number."""
    if len(why) > _LONGEST_REASON:
        raise DeskError(f"the reason is longer than {_LONGEST_REASON} characters: say it in fewer words")
    cards.check_text(why, account)


def check_number(cards: Cards, by: SentBy, tracking: str, account: str = "") -> None:
    """Raise DeskError for a way of sending that lacks its number, or has one that must not be kept."""
    number = clean(tracking)
    if by is SentBy.CERTIFIED and not number:
        raise DeskError("certified mail has a number: which one?")
    if len(number) > _LONGEST_NUMBER:
        raise DeskError(f"the number of certified mail is longer than {_LONGEST_NUMBER} characters: which one?")
    cards.check_text(number, account)


def own_templates(book: Path, policy: Policy) -> Path | None:
    """Return the folder of the firm's own templates, None where there is none."""
    folder = book.parent / fence.typed(policy.letter_templates) if policy.letter_templates else None
    return folder if folder and folder.is_dir() else None


def unread(book: Path, policy: Policy) -> list[str]:
    """Say in a sentence which templates of the firm no letter is written from: a slip in a name does nothing."""
    folder, named = own_templates(book, policy), policy.letter_templates
    if folder is None:
        # The usual folder need not be there.
        usual = named in ("", Policy().letter_templates)
        return (
            [] if usual else [f"there is no folder {clean(named)}, the letter_templates of the policy: ours are used"]
        )
    from arctui.letters.template_check import strangers  # not before there is one

    found = list(strangers(folder))
    more = f" (and {plural(len(found) - 1, 'more file')}: arctui letter check)" if len(found) > 1 else ""
    return [f"{found[0]}{more}"] if found else []
