"""Promises that are open, due, kept, taken back, replaced or suspended, one small story for each customer."""

from arctui.core.records import Method, Outcome
from arctui.desk.demo.customer import Customer, Part
from arctui.desk.demo.history import not_yet_due, paid_after_a_call, paid_on_time


def check_to_look_for(c: Customer) -> None:
    """Today is the last day for a check."""
    paid_after_a_call(c, 3, 80)
    invoice = c.invoice("645.00", 28)
    c.miss(c.b(-13), Outcome.GATEKEEPER, "Beth is with a patient, mornings are better", who=1)
    day = c.stage.promised_to_verify(Method.CHECK)
    words = "check with the rent, she writes both"
    promised = c.promise(c.b(-9), day, "645.00", Method.CHECK, invoice, words=words, who=1)
    c.leave(promised, "Beth mails it on the way home")


def transfer_to_look_for(c: Customer) -> None:
    """Today is the last day for a transfer; part of it is here already."""
    paid_on_time(c, 2, 77)
    first, second = c.invoice("1900.00", 39), c.invoice("2740.00", 21)
    c.reach(c.b(-20), Outcome.REFUSED, "wants to see the delivery note for the drapery hardware")
    c.note(c.b(-19), "delivery note sent to Teo by email")
    day = c.stage.promised_to_verify(Method.TRANSFER)
    words = "both invoices in one transfer"
    promised = c.promise(c.b(-7), day, "4640.00", Method.TRANSFER, first, second, words=words, who=1)
    c.pay(c.b(-2), "1900.00", Method.TRANSFER, first)
    c.leave(promised, "Teo says that the rest is keyed in")


def card_to_look_for(c: Customer) -> None:
    """A card payment is promised for today."""
    invoice = c.invoice("528.60", 22)
    paid_on_time(c, 3, 62)
    c.miss(c.b(-8), Outcome.VOICEMAIL, "in the barn until noon")
    day = c.stage.promised_to_verify(Method.CARD)
    c.promise(c.b(-5), day, "528.60", Method.CARD, invoice, words="milk money is in by then, card over the phone")


def open_and_silent(c: Customer) -> None:
    """A promise covers all that is past due: nobody calls before its day."""
    paid_after_a_call(c, 2, 85)
    first, second = c.invoice("4180.00", 26), c.invoice("1265.50", 12)
    c.miss(c.b(-6), Outcome.NO_ANSWER)
    c.promise(c.b(-3), c.b(4), "5445.50", Method.CHECK, first, second, words="both, as soon as the slip fees are in")
    not_yet_due(c, 11)


def open_for_weeks(c: Customer) -> None:
    """A promise some weeks ahead, taken after the first conversation went nowhere."""
    invoice = c.invoice("6320.00", 41)
    paid_on_time(c, 2, 95)
    c.reach(c.b(-17), Outcome.REFUSED, "frames are delivered but not paid, asks for patience", who=1)
    c.promise(c.b(-4), c.b(11), "6320.00", Method.TRANSFER, invoice, words="the hotel pays him then, you are next")


def open_for_a_part(c: Customer) -> None:
    """A promise covers a part; the rest waits for its last day."""
    invoice = c.invoice("2050.00", 38)
    c.invoice("1480.00", 20)
    paid_after_a_call(c, 2, 100)
    c.promise(c.b(-4), c.b(3), "2050.00", Method.CHECK, invoice, words="the older one now, the other is with Frank")


def replaced(c: Customer) -> None:
    """The promised day was moved before it came: the new promise replaces the first."""
    paid_on_time(c, 2, 66)
    invoice = c.invoice("7350.00", 31)
    first = c.promise(c.b(-8), c.b(2), "7350.00", Method.CHECK, invoice, words="after the progress payment")
    second = c.promise(
        c.b(-2), c.b(6), "7350.00", Method.TRANSFER, invoice, words="progress payment moved, asks for days"
    )
    c.change(first, superseded_by=second.id)
    not_yet_due(c, 3, 19)


def taken_back(c: Customer) -> None:
    """A promise was taken back; the next call is set by hand."""
    paid_on_time(c, 2, 72)
    invoice = c.invoice("1940.00", 34)
    promise = c.promise(
        c.b(-9), c.b(3), "1940.00", Method.CHECK, invoice, words="insurer pays for the fleet job", who=1
    )
    c.reach(c.b(-2), Outcome.WITHDRAWN, "insurer refused the claim, cannot say when", inbound=True)
    c.change(promise, withdrawn_on=c.b(-2))
    c.follow_up(c.b(-2), c.b(3), "Darnell hears from the insurer")


def suspended_by_a_dispute(c: Customer) -> None:
    """The invoice of a promise is disputed; our remedy is due."""
    paid_after_a_call(c, 2, 90)
    invoice = c.invoice("1265.00", 29)
    c.promise(c.b(-7), c.b(2), "1265.00", Method.CHECK, invoice, words="puts it on the next check run", who=1)
    c.dispute(
        c.b(-3), invoice, "1265.00", "half of the paper came water damaged", remedy="send Grace the credit note"
    )


def kept_early(c: Customer) -> None:
    """All promises kept before their day; nothing is past due."""
    paid_after_a_call(c, 2, 80)
    invoice = c.invoice("688.00", 33)
    c.miss(c.b(-15), Outcome.NO_ANSWER)
    c.promise(c.b(-13), c.b(-6), "688.00", Method.TRANSFER, invoice, words="by then at the latest")
    c.pay(c.b(-9), "688.00", Method.TRANSFER, invoice)
    not_yet_due(c, 5, 22)


def kept_on_an_unknown_day(c: Customer) -> None:
    """The invoice vanished between two lists of open items: kept, its day is not known."""
    invoice = c.invoice("7020.00", 36)
    c.reach(c.b(-18), Outcome.REFUSED, "tenant ledger is being moved to new software")
    c.promise(c.b(-12), c.b(-5), "7020.00", Method.CHECK, invoice, words="software works again, check is printed")
    c.pay(c.stage.as_of, "7020.00", Method.CHECK, invoice, since=c.stage.earlier_as_of)
    not_yet_due(c, 8)


def second_instalment_ahead(c: Customer) -> None:
    """Of two instalments the first came on its day, the second is ahead."""
    invoice = c.invoice("2160.00", 47)
    c.reach(c.b(-22), Outcome.REFUSED, "would pay in two parts if we agree", who=1)
    parts = [(c.b(-1), "1080.00"), (c.b(8), "1080.00")]
    c.plan(c.b(-12), parts, Method.TRANSFER, invoice, words="two halves, both keyed in already", who=1)
    c.pay(c.b(-1), "1080.00", Method.TRANSFER, invoice)
    not_yet_due(c, 13)


LIVE: tuple[Part, ...] = (
    ("quarry-lane-vet", check_to_look_for),
    ("pena-interiors", transfer_to_look_for),
    ("otter-creek", card_to_look_for),
    ("blue-heron", open_and_silent),
    ("tamarack", open_for_weeks),
    ("hollis-plumbing", open_for_a_part),
    ("copperline", replaced),
    ("ironbridge", taken_back),
    ("beacon-paper", suspended_by_a_dispute),
    ("prairie-rose", kept_early),
    ("whitlock", kept_on_an_unknown_day),
    ("kowalczyk", second_instalment_ahead),
)
