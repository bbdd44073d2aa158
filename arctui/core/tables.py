"""Every kind of record that the book keeps, by the name of its table."""

from arctui.core.calls import Call
from arctui.core.decisions import Closing, CreditDecision
from arctui.core.drafts import Draft
from arctui.core.import_records import BankLine, OwnLayout, Rate
from arctui.core.letter_records import Attachment, Letter
from arctui.core.records import (
    Account,
    Activity,
    Dispute,
    FollowUp,
    Import,
    Invoice,
    Payment,
    Person,
    PolicyChange,
    Promise,
    Record,
)

TABLES: dict[str, type[Record]] = {
    kind.TABLE: kind
    for kind in (
        Account,
        Person,
        Invoice,
        Payment,
        Activity,
        Promise,
        Dispute,
        FollowUp,
        Call,
        Draft,
        Import,
        BankLine,
        OwnLayout,
        Rate,
        Closing,
        CreditDecision,
        Letter,
        Attachment,
        PolicyChange,
    )
}

#: What is kept for the clerk only until an act takes it: no act, so neither in the history nor undone.
NO_ACTS: tuple[type[Record], ...] = (Call, Draft)
