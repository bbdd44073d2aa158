"""The first screen of a session: the worklist, or what was cut off when an earlier session ended."""

from typing import TYPE_CHECKING

from arctui.core.drafts import Draft, Topic
from arctui.core.records import Account
from arctui.desk.playbooks import own_file
from arctui.store.network import network_of
from arctui.tui.purposes import PURPOSES

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


def start(screen: "DeskScreen") -> None:
    """Show the worklist; go on with the call or the line that was cut off."""
    desk = screen.desk
    screen.enter_pane("worklist")
    if not any(desk.book.facts.all(Account)):
        screen.tell("this book is empty: o imports a report of your accounting system", "warn")
    elif desk.rules.stale:
        screen.tell(desk.rules.stale, "warn")
    elif not desk.policy.firm and not desk.is_read_only:
        screen.tell('the firm has no name yet: arctui policy firm "NAME" sets what is said on the phone', "warn")
    network = network_of(desk.book.path)
    if network:
        screen.tell(f"the book lies on a network file system ({network}): nothing is promised there", "bad")
    tell_of_the_script(screen)
    if desk.is_read_only:
        return
    call, draft = desk.calls.interrupted(), desk.drafts.cut_off()
    topics: dict[str, Topic] = {}
    for kept in desk.drafts.mine():
        screen.guarded(lambda kept=kept: topics.update({kept.id: _still_there(screen, kept)}))  # type: ignore[misc]
    if call:
        # The list is on the account of the call, too.
        screen.guarded(lambda: screen.show_all(key=call.account))
    if call and screen.guarded(lambda: screen.calling.take_up(call)):
        words = "this call was cut off: it goes on where it was"
        screen.tell(words, "warn", too=screen.beginning.has_warned)
    # A line that was being typed while a call waited: it lay over the call, and does so again.
    over_call = draft and call and draft.session == call.session and draft.purpose != "review"
    if draft and draft.id in topics and (call is None or over_call):
        _take_up(screen, draft, topics[draft.id])


def tell_of_the_script(screen: "DeskScreen") -> None:
    """Say so where the firm's own call script cannot be used: the standard one is, so nothing has to wait."""
    if own_file(screen.desk.book.path, screen.desk.policy) is None:
        # The script is read when the first call begins.
        return
    problems = screen.desk.calls.find_problems()
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        check = "arctui playbook check shows it"
        screen.tell(
            f"the standard call script is used, the firm's own is wrong: {problems[0]}{more}; {check}", "warn"
        )


def _still_there(screen: "DeskScreen", draft: Draft) -> Topic:
    """Return for what a draft is to be typed on: where its promise or entry is gone, it is a note from now on."""
    drafts, purpose = screen.desk.drafts, PURPOSES.get(draft.purpose)
    gone = draft.about and screen.desk.knows(draft.account) and purpose and not purpose.stands(screen, draft.about)
    if not gone:
        return draft.topic
    note = Topic("note", draft.account)
    drafts.keep(note, "; ".join(filter(None, [drafts.take_up(note), draft.text])), is_open=False)
    drafts.drop(draft.topic)
    return note


def _take_up(screen: "DeskScreen", draft: Draft, topic: Topic) -> None:
    """Open the prompt again as it stood."""
    purpose = PURPOSES.get(topic.purpose)
    screen.desk.drafts.take_up(topic)
    if purpose and screen.guarded(lambda: purpose.take_up(screen, topic)):
        gone = "what this line was for is gone: Enter saves it as a note"
        screen.tell(purpose.cut_off if topic == draft.topic else gone, "warn")
