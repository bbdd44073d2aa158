"""The call pane: whom to ask for and what is owed, the sentence to say next, the replies, and the path so far."""

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.credit_terms import on_hold
from arctui.core.facts import Dossier
from arctui.core.money import ZERO
from arctui.core.standing import banked_words
from arctui.core.text import cell_width, plural
from arctui.core.verdict_words import verdict_words
from arctui.core.words import happened
from arctui.core.worklist import on_the_line, said_of
from arctui.desk import Desk
from arctui.desk.call_steps import CallStep
from arctui.playbook import walk
from arctui.playbook.model import LineKind
from arctui.tui.views.facts import history, local_time
from arctui.tui.views.record import record_words
from arctui.tui.widgets.lines import Line, clip, fit, wrap

#: Two columns of replies need so much room each.
_REPLY_WIDTH = 36
_NAMED_INVOICES = 2
_NOTES = 3
#: What a line is called that is typed.
_TYPES = {
    LineKind.PROMISE: "the promise",
    LineKind.CALLBACK: "the hour",
    LineKind.DISPUTE: "the dispute",
    LineKind.PAID: "the payment",
    LineKind.REFUSAL: "the reason",
    LineKind.STOP: "whom to write to",
    LineKind.PERSON: "the name",
    LineKind.CYCLE: "the pay runs",
    LineKind.CONTACT: "name, number or address",
}


def call_lines(desk: Desk, call: Call, place: CallStep, width: int) -> list[Line]:
    """Return the lines of a call at its present step; the eye finds the next sentence first, then the replies."""
    lines = [*_whom(desk, call, width), *_money(desk, call, width), *_last_time(desk, call, width), (("", ""),)]
    lines += spoken_lines(place, width)
    if place.repeated:
        lines += wrap(f"! {place.repeated}", width, "warn", indent=2)
    lines += _still_open(desk, call, place, width)
    lines += [(("", ""),), *reply_lines(place, width), *_notes(call, place, width), *_path(place, width)]
    if place.task:
        lines += wrap(f"To do: {place.task}", width, "accent", indent=7)
    if place.then:
        lines += wrap(f"Then: {place.then}", width, "dim", indent=6)
    return [*lines, *_record(desk, call, width)]


def spoken_lines(place: CallStep, width: int) -> list[Line]:
    """Return what the clerk reads and says at a step: what to do, the sentence, the questions, what to obtain."""
    lines = wrap(place.do, width, "dim") if place.do else []
    lines += wrap(f"“{place.say}”", width, "say", indent=1) if place.say else []
    lines += [line for question in place.ask for line in wrap(f"? {question}", width, "", indent=2)]
    return lines + (wrap(f"Get: {place.aim}", width, "good", indent=5) if place.aim else [])


def _still_open(desk: Desk, call: Call, place: CallStep, width: int) -> list[Line]:
    """Before a call ends with what was agreed: what nobody has asked about yet."""
    # Not where no payment is asked for any more, nor where only an hour was agreed.
    asks = place.step.end == "line" and not place.step.stop and {"promise", "paid"} & place.phrases.keys()
    left = desk.calls.left(call) if asks else ZERO
    if not left:
        return []
    amount = desk.rules.money(left, desk.standing(call.account).balance.currency)
    return wrap(f"! {amount} is still open: p takes a day for it too", width, "warn", indent=2)


def _whom(desk: Desk, call: Call, width: int) -> list[Line]:
    dossier = desk.dossier(call.account)
    title: Line = (
        ("THEY CALL  " if call.inbound else "CALL  ", "dim"),
        (dossier.account.name, "title"),
        (f"  {dossier.account.number}", "dim"),
        ("  on hold" if on_hold(dossier) else "", "bad"),
    )
    stopped = desk.standing(call.account).stopped
    warned = f"NOT TO BE CALLED: {stopped}. l ends this call with what came of it" if stopped else ""
    warning = wrap(warned, width, "bad", indent=2) if warned else []
    return [title, *warning, *_also_calling(desk, dossier, width), *_person(desk, call, dossier, width)]


def _also_calling(desk: Desk, dossier: Dossier, width: int) -> list[Line]:
    line = on_the_line(dossier, desk.rules)
    return wrap(f"! {said_of(line, desk.rules)}", width, "warn", indent=2) if line else []


def _person(desk: Desk, call: Call, dossier: Dossier, width: int) -> list[Line]:
    name = walk.person(call)
    person = next((p for p in dossier.people if p.name == name), None)
    if person is None:
        return [((name or "nobody is named: ask who releases payments", "strong" if name else "dim"),)]
    who = ", ".join(filter(None, [person.name, person.role]))
    there = local_time(desk, dossier.account, person)
    phones = "  ".join(person.phones) or "no phone number"
    return wrap(f"{who}  {phones}  {there}".rstrip(), width, "strong", indent=2)


def _money(desk: Desk, call: Call, width: int) -> list[Line]:
    """What may be asked for and on which invoices; the rest in few words."""
    standing = desk.standing(call.account)
    balance, money = standing.balance, desk.rules.money
    parts = [f"to ask for {money(balance.collectable, balance.currency)}"]
    parts += [f"owes {money(balance.net, balance.currency)}"] if balance.net != balance.collectable else []
    parts += [f"promised {money(balance.promised, balance.currency)}"] if balance.promised else []
    parts += [f"disputed {money(balance.disputed, balance.currency)}"] if balance.disputed else []
    late = [i for i in standing.items if i.past_due]
    named = [
        f"{i.invoice.number or i.invoice.kind} {money(i.open, i.invoice.currency)}, {plural(i.days_past_due, 'day')}"
        for i in late[:_NAMED_INVOICES]
    ]
    more = [f"{len(late) - _NAMED_INVOICES} more"] if len(late) > _NAMED_INVOICES else []
    owed, on = "   ".join(parts), "; ".join([*named, *more])
    paid = [f"? {banked_words(banked, desk.rules)}" for banked in standing.banked if not banked.lasts]
    paid += [f"? {waits}"] if (waits := desk.at_bank.of(call.account)) else []
    known = [line for words in paid for line in wrap(words, width, "warn", indent=2)]
    if len(owed) + len(on) + 3 <= width:
        # A line less: the path must be seen while a line is typed on a small screen.
        return [((owed, "warn"), (f"   {on}", "")), *known]
    return [*wrap(owed, width, "warn", indent=2), *(wrap(on, width, "", indent=2) if on else []), *known]


def _last_time(desk: Desk, call: Call, width: int) -> list[Line]:
    """What was said and promised last time, by whom, and what became of it."""
    talks = [a for a in desk.dossier(call.account).activities if a.reached]
    if not talks:
        return []
    last = max(talks, key=lambda a: a.at)
    who = f", {last.person}" if last.person else ""
    note = last.note.partition("\n")[0]
    said = ": ".join(filter(None, [happened(last), note]))
    taken = [j for j in desk.standing(call.account).judged if j.promise.taken_on == last.day]
    became = f"; {verdict_words(taken[-1], desk.rules)}" if taken else ""
    return [((clip(f"{desk.rules.day(last.day)}{who}: {said}{became}", width), ""),)]


def _record(desk: Desk, call: Call, width: int) -> list[Line]:
    """How they keep their word, and what was said and promised before: below, where there is room for it."""
    record = record_words(desk, call.account, walk.person(call))
    return [
        *(wrap(record, width, "dim", indent=2) if record else []),
        *history(desk, call.account, width, record=False),
    ]


def reply_lines(place: CallStep, width: int) -> list[Line]:
    """Return the replies with their digits, in two columns where there is room; or how the step goes on."""
    step = place.step
    if step.line:
        return [(("Enter", "accent"), (f" types {_TYPES[step.line]}", "dim"))]
    if step.end:
        return [(("Enter", "accent"), (" ends the call", ""))]
    texts = [f"{n}  {reply.text}" for n, reply in enumerate(step.replies, 1)]
    if width < 2 * _REPLY_WIDTH or len(texts) < 3:
        return [_reply(text, width) for text in texts]
    half, column = (len(texts) + 1) // 2, width // 2
    left, right = texts[:half], [*texts[half:], ""]
    return [(*_reply(a, column), *_reply(b, column)) for a, b in zip(left, right, strict=False)]


def _reply(text: str, width: int) -> Line:
    shown = fit(text, width)
    return ((shown[:1], "accent"), (shown[1:], "strong"))


def _notes(call: Call, place: CallStep, width: int) -> list[Line]:
    """What was noted at this step."""
    noted: list[Move] = [m for m in call.moves if m.kind is MoveKind.NOTE and m.step == place.name]
    return [line for move in noted[-_NOTES:] for line in wrap(f"noted: {move.text}", width, "accent", indent=2)]


def _path(place: CallStep, width: int) -> list[Line]:
    """The steps taken, the last ones where there are many."""
    names = list(place.path)
    while len(names) > 1 and cell_width(" > ".join(names)) + 8 > width:
        names = names[1:]
    cut = "… > " if len(names) < len(place.path) else ""
    return [((fit(f"{cut}{' > '.join(names)} > _", width), "dim"),)]
