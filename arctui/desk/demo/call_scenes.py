"""Calls that the schedule, an agreed hour, a dispute or silence asks for, one small story for each customer."""

from datetime import timedelta

from arctui.core.letter_records import LetterKind, SentBy
from arctui.core.records import ActivityKind, Method, Outcome
from arctui.desk.demo.customer import Customer, Part
from arctui.desk.demo.history import not_yet_due, paid_after_a_call, paid_on_time, tried


def first_call_today(c: Customer) -> None:
    """The third business day past due is today."""
    paid_on_time(c, 4)
    c.invoice_due("3180.40", c.b(-3))
    not_yet_due(c, 14)


def first_call_large(c: Customer) -> None:
    """The third business day past due of two large invoices is today."""
    paid_on_time(c, 3)
    c.invoice_due("14220.00", c.b(-3))
    c.invoice("9875.50", 10)
    c.note(c.b(-2), "their receiving says both pallets are signed for")


def first_call_new_customer(c: Customer) -> None:
    """The very first invoice of a customer is not paid."""
    c.invoice_due("612.35", c.b(-4))
    c.note(c.stage.calendar.roll(c.stage.days_ago(45)), "new account, credit application and two references on file")


def first_call_late(c: Customer) -> None:
    """Nobody called yet, although it is past due for two weeks."""
    paid_after_a_call(c, 2, 75)
    c.invoice("2230.00", 15)


def first_call_after_one_try(c: Customer) -> None:
    """Nobody answered on the last business day: again, at another hour."""
    paid_on_time(c, 3)
    c.invoice("845.90", 9)
    tried(c, (-1, Outcome.NO_ANSWER, ""))


def first_call_after_two_tries(c: Customer) -> None:
    """Two tries so far."""
    paid_on_time(c, 2)
    c.invoice("9340.00", 16)
    tried(c, (-3, Outcome.VOICEMAIL, "payables mailbox, gave both numbers"), (-1, Outcome.BUSY, ""))


def first_call_less_a_credit(c: Customer) -> None:
    """The first call on an invoice of which a credit takes a part."""
    paid_on_time(c, 2)
    c.invoice("1425.00", 11)
    c.credit("260.00", 17)


def second_call(c: Customer) -> None:
    """Ten days after the first conversation."""
    paid_on_time(c, 2, 85)
    c.invoice("1733.20", 33)
    talked = c.stage.spoken_of_until(c.b(0))
    c.reach(talked, Outcome.REFUSED, "board has to approve everything over a thousand")
    not_yet_due(c, 16)


def third_call(c: Customer) -> None:
    """Ten days after the second conversation, with a new invoice that fell due."""
    paid_after_a_call(c, 2, 120)
    c.invoice("4575.00", 64)
    c.invoice("3890.00", 35)
    c.miss(c.b(-34), Outcome.VOICEMAIL, "tasting room line, left word for Claire")
    c.reach(c.b(-24), Outcome.REFUSED, "distributor is sixty days behind, so is she")
    c.reach(c.stage.spoken_of_until(c.b(-1)), Outcome.REFUSED, "says the distributor paid in part, will not commit")


def spoken_to_for_months(c: Customer) -> None:
    """An old debt, spoken of again and again, never promised."""
    c.invoice("3720.00", 96)
    c.invoice("2895.00", 68)
    talks = (
        (-58, "all cash is in the new stock, nothing left for bills", 1),
        (-49, "Dale has to decide and is not in the shop", 0),
        (-37, "offers to send goods back, we do not take them", 1),
        (-24, "new card machine, money is held for two weeks", 0),
    )
    for offset, words, who in talks:
        c.reach(c.b(offset), Outcome.REFUSED, words, who=who)
    c.miss(c.b(-19), Outcome.NO_ANSWER)
    c.reach(c.stage.spoken_of_until(c.b(-2)), Outcome.REFUSED, "asks what happens if he pays nothing", who=1)


def invoice_not_spoken_of(c: Customer) -> None:
    """One invoice was talked about last week; another has reached its own third business day."""
    paid_on_time(c, 2, 70)
    c.invoice("2610.00", 25)
    c.reach(c.b(-5), Outcome.REFUSED, "roof repair first, ours after it")
    c.invoice_due("1188.00", c.b(-3))


def says_it_is_paid(c: Customer) -> None:
    """The customer says that the check is in the mail: it should be here by now."""
    paid_after_a_call(c, 2, 88)
    c.invoice("1402.00", 30)
    c.reach(c.b(-6), Outcome.PAID, "mailed it with the stamps on herself", what="1,402.00 by check")
    c.claim(c.b(-6), c.b(-1), "1402.00")


def follow_up_by_hand(c: Customer) -> None:
    """The clerk set today by hand."""
    c.invoice("391.25", 40)
    c.reach(c.b(-14), Outcome.REFUSED, "new register system, cannot print checks")
    c.reach(c.b(-6), Outcome.REFUSED, "register works, she goes through the pile", kind=ActivityKind.EMAIL)
    c.follow_up(c.b(-6), c.b(0), "new bookkeeper starts, ask for a card")


def follow_up_ahead(c: Customer) -> None:
    """The clerk set a day next week: nothing to do before."""
    paid_on_time(c, 2, 72)
    c.invoice("768.00", 27)
    c.reach(c.b(-7), Outcome.REFUSED, "container with the toys is held at customs")
    c.follow_up(c.b(-7), c.b(4), "container is released by then")


def spoken_to_last_week(c: Customer) -> None:
    """Talked to some days ago: the schedule waits."""
    paid_on_time(c, 2, 75)
    c.invoice("452.00", 23)
    c.miss(c.b(-8), Outcome.NO_ANSWER)
    c.reach(c.b(-3), Outcome.REFUSED, "waves were bad, lessons cancelled, asks for two weeks", who=1)


def callback_early_today(c: Customer) -> None:
    """An hour this morning, by the customer's clock."""
    paid_on_time(c, 2, 80)
    c.invoice("381.00", 31)
    c.miss(c.b(-9), Outcome.NO_ANSWER)
    c.call_back(c.b(-4), c.stage.today, "09:15", "ask for Fr. Keane, he has the checkbook", who=0)


def callback_late_today(c: Customer) -> None:
    """An hour this afternoon, by the customer's clock."""
    paid_after_a_call(c, 2, 90)
    c.invoice("5615.00", 42)
    c.invoice("2190.00", 13)
    c.reach(c.b(-16), Outcome.REFUSED, "wants the pallet count explained first")
    c.note(c.b(-15), "sent Luke the signed delivery tickets")
    c.call_back(c.b(-2), c.stage.today, "15:40", "Luke has the statement before him")


def callback_overdue(c: Customer) -> None:
    """A day was agreed and went by without the call."""
    paid_on_time(c, 2, 82)
    c.invoice("1355.00", 45)
    c.reach(c.b(-18), Outcome.REFUSED, "three signs sold, none paid")
    c.call_back(c.b(-6), c.b(-1), "", "Rosa, after she saw her accountant")


def callback_tomorrow(c: Customer) -> None:
    """An hour on the next business day."""
    paid_on_time(c, 1, 70)
    c.invoice("566.00", 32)
    c.miss(c.b(-7), Outcome.VOICEMAIL, "front desk takes messages only")
    c.call_back(c.b(-2), c.b(1), "10:30", "Kelsey, after she has the insurer's list")


def dispute_remedy_due(c: Customer) -> None:
    """We owe a corrected invoice today."""
    paid_on_time(c, 3, 70)
    invoice = c.invoice("3240.00", 18)
    c.dispute(
        c.b(-2), invoice, "3240.00", "billed for forty crates, got twenty-eight", remedy="send the corrected invoice"
    )


def dispute_remedy_ahead(c: Customer) -> None:
    """A part is disputed and our remedy is not due yet; the rest was promised."""
    paid_on_time(c, 2, 78)
    invoice = c.invoice("2480.00", 24)
    c.promise(c.b(-4), c.b(4), "1930.00", Method.TRANSFER, invoice, words="all but the dented lockers")
    c.dispute(
        c.b(-1), invoice, "550.00", "eleven dented locker doors", remedy="ask the warehouse for the photos", who=1
    )


def dispute_solved(c: Customer) -> None:
    """A dispute was solved; what is left is due for the next call."""
    paid_on_time(c, 2, 90)
    invoice = c.invoice("826.00", 49)
    reason, remedy = "two wheels were the wrong size", "credit the wheels"
    c.dispute(c.b(-27), invoice, "120.00", reason, remedy=remedy, closed_on=c.b(-25))
    c.credit("120.00", 36)
    c.reach(c.stage.spoken_of_until(c.b(0) - timedelta(days=1)), Outcome.REFUSED, "credit is fine, money is tight")


def letter_due(c: Customer) -> None:
    """Three tries in a row reached nobody, and no money came since long before."""
    paid_on_time(c, 3, 66)
    c.invoice("1120.00", 19)
    tried(
        c,
        (-5, Outcome.NO_ANSWER, ""),
        (-3, Outcome.VOICEMAIL, "flower market noise, left name and number"),
        (-2, Outcome.NO_ANSWER, ""),
    )


def second_letter_due(c: Customer) -> None:
    """Silence again after a reminder: the next level is due."""
    c.invoice("352.80", 64)
    tried(
        c,
        (-36, Outcome.NO_ANSWER, ""),
        (-35, Outcome.BUSY, ""),
        (-33, Outcome.VOICEMAIL, "kitchen, asks to call later"),
    )
    c.send(c.b(-31), LetterKind.REMINDER, SentBy.MAIL)
    tried(
        c,
        (-22, Outcome.NO_ANSWER, ""),
        (-12, Outcome.GATEKEEPER, "waiter says George is never in"),
        (-4, Outcome.NO_ANSWER, ""),
    )


CALLS: tuple[Part, ...] = (
    ("harborlight", first_call_today),
    ("tidewater-cold", first_call_large),
    ("tanaka-tea", first_call_new_customer),
    ("eastmarket", first_call_late),
    ("nakamura", first_call_after_one_try),
    ("granger-low", first_call_after_two_tries),
    ("orchard-park", first_call_less_a_credit),
    ("willow-street", second_call),
    ("lone-cypress", third_call),
    ("aurora-outfitters", spoken_to_for_months),
    ("ashbury-valley", invoice_not_spoken_of),
    ("bramble-rye", says_it_is_paid),
    ("yellow-door", follow_up_by_hand),
    ("zolw-toys", follow_up_ahead),
    ("kaimana-surf", spoken_to_last_week),
    ("st-brendan", callback_early_today),
    ("pinyon-mesa", callback_late_today),
    ("delgado-sign", callback_overdue),
    ("juniper-pt", callback_tomorrow),
    ("fernandez-produce", dispute_remedy_due),
    ("mill-pond", dispute_remedy_ahead),
    ("zephyr-bikes", dispute_solved),
    ("larkspur", letter_due),
    ("union-depot", second_letter_due),
)
