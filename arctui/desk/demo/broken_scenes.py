"""Promises that were not met, or not in time: one small story for each customer."""

from datetime import timedelta

from arctui.core.records import Method, Outcome
from arctui.desk.demo.customer import Customer, Part
from arctui.desk.demo.history import not_yet_due, paid_after_a_call, paid_on_time, tried


def transfer_did_not_come(c: Customer) -> None:
    """A transfer was certain, and nothing came; it broke today."""
    paid_after_a_call(c, 2, 110)
    invoice = c.invoice("1850.00", 44)
    c.reach(c.b(-19), Outcome.REFUSED, "waits for his own customers to pay, half of it perhaps")
    c.miss(c.b(-10), Outcome.VOICEMAIL, "asked for Tony to ring back")
    day = c.stage.promised_to_break(0, Method.TRANSFER)
    words = "funds are there, it goes out that morning"
    promised = c.promise(c.b(-6), day, "1200.00", Method.TRANSFER, invoice, words=words)
    not_yet_due(c, 9)
    c.leave(promised, "Tony looks at the bank tonight")


def broke_again(c: Customer) -> None:
    """Two promises broken, one kept between them: the repeated breaker."""
    first = c.invoice("6240.50", 82)
    second = c.invoice("8915.00", 51)
    not_yet_due(c, 4, 17)
    c.promise(
        c.b(-52),
        c.b(-47),
        "6240.50",
        Method.CHECK,
        first,
        words="two locations closed, check is in next week's batch",
    )
    c.note(c.b(-43), "nothing in the mail again, third time asked")
    c.promise(
        c.b(-40), c.b(-36), "6240.50", Method.TRANSFER, first, words="apologised, controller releases it", who=1
    )
    c.pay(c.b(-36), "6240.50", Method.TRANSFER, first)
    c.miss(c.b(-24), Outcome.GATEKEEPER, "front desk says payables only answers email")
    c.reach(c.b(-21), Outcome.REFUSED, "budget freeze, nothing goes out without the controller", who=1)
    day = c.stage.promised_to_break(0, Method.CHECK)
    words = "signed off by Marcus, goes out in the weekly run"
    promised = c.promise(c.b(-10), day, "8915.00", Method.CHECK, second, words=words)
    c.leave(promised, "the mail of the day is not opened yet")


def part_came(c: Customer) -> None:
    """Part of what was promised came inside the window."""
    paid_on_time(c, 2, 75)
    invoice = c.invoice("4000.00", 37)
    c.reach(c.b(-21), Outcome.REFUSED, "insurance job unpaid, wants to wait for the adjuster")
    day = c.stage.promised_to_break(-1, Method.CHECK)
    words = "all of it, Nils signs when he is off the roof"
    promised = c.promise(c.b(-11), day, "4000.00", Method.CHECK, invoice, words=words)
    c.pay(c.b(-4), "1500.00", Method.CHECK, invoice)
    not_yet_due(c, 12)
    c.leave(promised, "Nils is on the roof until the week-end")


def first_instalment_missed(c: Customer) -> None:
    """Two instalments were agreed, the first did not come, the second is still to come."""
    invoice = c.invoice("980.00", 33)
    c.miss(c.b(-17), Outcome.NO_ANSWER)
    parts = [(c.stage.promised_to_break(-1, Method.TRANSFER), "490.00"), (c.b(6), "490.00")]
    first, _ = c.plan(
        c.b(-8), parts, Method.TRANSFER, invoice, words="half now, half when the wedding cakes are paid"
    )
    paid_on_time(c, 2, 70)
    c.leave(first, "she bakes for a wedding today")


def check_came_back(c: Customer) -> None:
    """The check came in time and was returned by the bank."""
    paid_on_time(c, 3, 80)
    invoice = c.invoice("1322.75", 35)
    promised = c.promise(c.b(-12), c.b(-7), "1322.75", Method.CHECK, invoice, words="Joyce mails it today")
    c.pay(c.b(-5), "1322.75", Method.CHECK, invoice, reversed_on=c.b(-2))
    c.note(c.b(-2), "bank returned the check, not sufficient funds")
    c.leave(promised, "Carl is at the bank about the returned check")


def card_was_not_run(c: Customer) -> None:
    """A small amount by card, nothing on the day."""
    paid_after_a_call(c, 3, 60)
    invoice = c.invoice("312.40", 24)
    c.miss(c.b(-11), Outcome.NO_ANSWER)
    day = c.stage.promised_to_break(0, Method.CARD)
    words = "reads the card out after the lunch rush"
    promised = c.promise(c.b(-4), day, "312.40", Method.CARD, invoice, words=words)
    c.leave(promised, "a wedding party all day")


def long_story(c: Customer) -> None:
    """An old debt with many talks; the last promise broke some days ago."""
    old = c.invoice("9480.00", 128)
    c.invoice("5105.25", 97)
    c.invoice("2760.00", 66)
    c.reach(c.b(-80), Outcome.REFUSED, "general contractor has not paid him for the library job")
    c.call_back(c.b(-72), c.b(-66), "10:00", "Pete, after he met the contractor", done_on=c.b(-66))
    c.reach(c.b(-66), Outcome.PAID, "says a check for the old one is in the mail", what="2,000.00 by check")
    c.pay(c.b(-63), "2000.00", Method.CHECK, old)
    c.promise(c.b(-55), c.b(-50), "3000.00", Method.CHECK, old, words="another three thousand, then the rest")
    c.pay(c.b(-49), "3000.00", Method.CHECK, old)
    c.reach(c.b(-38), Outcome.REFUSED, "no money before the bond is released", who=1)
    c.letter(c.b(-30), "reminder: three invoices, the oldest by now a quarter late")
    c.promise(c.b(-21), c.b(-15), "4480.00", Method.CHECK, old, words="bond comes that week, pays the same day")
    c.reach(c.b(-9), Outcome.REFUSED, "bond delayed, ashamed of it", who=1)
    day = c.stage.promised_to_break(-2, Method.TRANSFER, in_hands=True)
    promised = c.promise(
        c.b(-8), day, "4480.00", Method.TRANSFER, old, words="bond was paid out, transfer is keyed in"
    )
    c.leave(promised, "Lori looks for the transfer slip")


def came_late(c: Customer) -> None:
    """A promise was broken, then the money came late: nothing is left to ask for."""
    paid_after_a_call(c, 2, 95)
    invoice = c.invoice("1615.00", 46)
    c.promise(c.b(-22), c.b(-18), "1615.00", Method.TRANSFER, invoice, words="transfer on the day, in writing")
    c.reach(c.b(-14), Outcome.PAID, "bank had the wrong account number, sent it again")
    c.pay(c.b(-11), "1615.00", Method.TRANSFER, invoice)
    not_yet_due(c, 6, 20)


def new_promise_after_broken(c: Customer) -> None:
    """After a broken promise a new one: the money has to be here by its day."""
    paid_on_time(c, 2, 100)
    invoice = c.invoice("3460.00", 48)
    c.promise(
        c.b(-20), c.b(-15), "3460.00", Method.CHECK, invoice, words="two signatures needed, then the check goes out"
    )
    c.miss(c.b(-9), Outcome.VOICEMAIL, "told them nothing came")
    day = c.b(3)
    c.promise(
        c.b(-2), day, "3460.00", Method.TRANSFER, invoice, words="in our account by then, she drives to the bank"
    )


def partial_followed_up(c: Customer) -> None:
    """Half of a promise came; the rest was talked about and is promised."""
    paid_on_time(c, 2, 90)
    invoice = c.invoice("2900.00", 52)
    c.promise(c.b(-26), c.b(-21), "2900.00", Method.CHECK, invoice, words="tour money is in, pays it all")
    c.pay(c.b(-19), "1450.00", Method.CHECK, invoice)
    c.reach(c.b(-15), Outcome.REFUSED, "speaker repair ate the rest", who=1)
    c.promise(
        c.b(-3), c.b(5), "1450.00", Method.TRANSFER, invoice, words="deposit for the fair comes first, then you"
    )
    not_yet_due(c, 15)


def broke_before_the_letter(c: Customer) -> None:
    """A promise broke, then nobody answered, then a letter went out: the call after it is due."""
    invoice = c.invoice("742.20", 71)
    c.promise(c.b(-42), c.b(-37), "742.20", Method.CHECK, invoice, words="after the arts grant is paid")
    tried(
        c,
        (-30, Outcome.NO_ANSWER, ""),
        (-28, Outcome.VOICEMAIL, "box office only, no word from the manager"),
        (-26, Outcome.NO_ANSWER, ""),
    )
    written = c.stage.spoken_of_until(c.b(0) - timedelta(days=1))
    c.letter(written, "reminder with copies of the invoice and of the promise")
    not_yet_due(c, 18)


BROKEN: tuple[Part, ...] = (
    ("birch-works", transfer_did_not_come),
    ("kestrel-table", broke_again),
    ("halvorsen-roofing", part_came),
    ("elm-daughters", first_instalment_missed),
    ("ridge-east", check_came_back),
    ("cafe-lumiere", card_was_not_run),
    ("stonefield-masonry", long_story),
    ("three-rivers", came_late),
    ("oster-vang", new_promise_after_broken),
    ("vesper-audio", partial_followed_up),
    ("saltbox", broke_before_the_letter),
)
