"""`arctui letter`: writes the letter of an account, or all that are due; says how one was sent; lists them."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Self

from arctui.cli.bar import Bar
from arctui.cli.commands import day_of, show
from arctui.cli.letter_templates import kind_of
from arctui.cli.opening import UsageError, warn
from arctui.cli.plain import is_wanted
from arctui.cli.values import Document, iso, money
from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy
from arctui.core.letter_rules import due_letter
from arctui.core.money import grouped
from arctui.core.records import Account
from arctui.core.text import clean, fold, harmless, plural
from arctui.core.text_table import table
from arctui.desk import Desk, DeskError
from arctui.desk.clock import ClockError
from arctui.desk.errors import UndueError
from arctui.desk.letter_batch import LetterBatch
from arctui.desk.letter_files import lay, out_folder, uncopied
from arctui.desk.letters import Sending
from arctui.exchange.progress import Cancelled
from arctui.store import BookError

#: So often the bar of a batch moves.
_TURN_SECONDS = 0.1
#: So many that share a reason are named.
_MOST_NAMES = 20
#: So long one that is cancelled is waited for.
_LAST_SECONDS = 20.0
#: Words behind `letter` that are about letters there are, not about an account.
_ACTS = ("sent", "list", "drop")
#: Options of letters that are written, with what takes some of them beside.
_OF_WRITING = ("kind", "why", "to", "currency", "preview", "text", "eml", "out", "sent", "on", "tracking")
_TAKES = {
    "sent": ("on", "tracking"),
    "list": (),
    "drop": (),
    "--due": ("sent", "on", "tracking", "out"),
    "--preview": ("preview", "kind", "why", "to", "currency", "eml"),
}


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Run what the words behind `letter` say."""
    words: list[str] = options.words
    if options.write:
        options.misused("--write belongs to arctui letter templates")
    if options.due:
        if words:
            options.misused("--due writes all letters that are due, to whomever")
        _check_options(options, "--due")
        return _batch(options, desk)
    if not words:
        options.misused("whose? arctui letter WHO, or arctui letter --due")
    if words[0] in _ACTS:
        _check_options(options, words[0])
        return {"sent": _sent, "list": _list, "drop": _drop}[words[0]](options, desk, words[1:])
    if len(words) > 1:
        options.misused(f"one account at a time: arctui letter '{' '.join(words)}'")
    if options.preview:
        _check_options(options, "--preview")
    return _letter(options, desk, words[0])


def _check_options(options: argparse.Namespace, act: str) -> None:
    """Refuse the options that would do nothing. Raises UsageError."""
    idle = [name for name in _OF_WRITING if name not in _TAKES[act] and getattr(options, name) not in (None, False)]
    if idle:
        raise UsageError(f"beside {act} --{idle[0]} does nothing: leave it out")


# One letter


def _letter(options: argparse.Namespace, desk: Desk, who: str) -> int:
    account = desk.find(who)
    kind = kind_of(options.kind) if options.kind is not None else _kind_for(desk, account)
    sending = _sending(options)
    by_email = options.eml or (sending is not None and sending.by is SentBy.EMAIL)
    person, currency = options.to or "", options.currency or ""
    preview = desk.letters.preview(account.id, kind, person=person, currency=currency, by_email=by_email)
    if options.preview:
        document = {"kind": kind, "subject": preview.rendered.subject, "text": preview.text, "due": preview.due}
        show(options, {**_answer(), **document}, preview.text.split("\n"))
        lacks_reason = preview.undue and not options.why
        warn([*preview.warnings, *([f"not due: {preview.undue}"] if lacks_reason else [])])
        return 0
    folder = out_folder(options.out) if options.out is not None else None
    try:
        made = desk.letters.write(
            account.id,
            kind,
            why=options.why or "",
            person=person,
            currency=currency,
            by_email=by_email,
            text=options.text,
            sending=sending,
        )
    except UndueError as error:
        raise DeskError(f"{error}: say --why") from None
    paths = list(made.paths)
    # The letter is in the book whatever becomes of its copies.
    with _Copying(made.act) as copying:
        if options.eml:
            paths.append(desk.letters.email(made.letter.id))
        if folder:
            paths = [lay(folder, path.name, path.read_bytes()) for path in paths]
    lines = [f"{made.act}: {_about(desk, made.letter)}", *map(str, paths)]
    show(options, _answer(desk, [made.letter], paths), lines)
    warn(preview.warnings)
    return copying.status()


class _Copying:
    """Copies are made of letters that are written: what hinders it is told behind the answer, with exit status 1."""

    def __init__(self, act: str) -> None:
        self._act, self._problem = act, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, DeskError | BookError | OSError):
            self._problem = uncopied(self._act, error)
        return bool(self._problem)

    def status(self) -> int:
        """Tell what hindered it; return the exit status."""
        if self._problem:
            print(f"arctui: {harmless(self._problem)}", file=sys.stderr)
        return int(bool(self._problem))


def _kind_for(desk: Desk, account: Account) -> LetterKind:
    """Return the letter that is due, else the level that comes next."""
    standing = desk.standing(account.id)
    due = due_letter(standing, desk.rules)
    level = due.kind if due else standing.contacts.level.next
    if level is None:
        raise DeskError(
            "after the final demand comes the claim file: arctui claim-file WHO; or name the letter: --kind"
        )
    return level


def _about(desk: Desk, letter: Letter) -> str:
    """Say what a letter asks for."""
    day = f", to be paid by {desk.rules.day(letter.deadline)}" if letter.deadline else ""
    return grouped(_whole(letter), letter.currency or desk.policy.home_currency) + day


def _whole(letter: Letter) -> Decimal:
    """Return what a letter asks for, with interest and fees."""
    return letter.amount + letter.interest + letter.fee


def _sending(options: argparse.Namespace) -> Sending | None:
    if options.sent is None:
        if options.on is not None or options.tracking is not None:
            options.misused("--on and --tracking say how it was sent: --sent mail|certified|email|hand")
        return None
    return _sent_by(options, options.sent)


def _sent_by(options: argparse.Namespace, words: str) -> Sending:
    """Read how a letter is sent. Raises UsageError."""
    way = _way(words)
    try:
        day = day_of(options.on, "--on")
    except ClockError as error:
        raise UsageError(str(error)) from None
    if way is SentBy.CERTIFIED and not clean(options.tracking or ""):
        raise UsageError("certified mail has a number: --tracking NUMBER")
    return Sending(way, day, options.tracking or "")


def _way(text: str) -> SentBy:
    asked = fold(clean(text))
    found = [way for way in SentBy if asked and (way == asked or way.startswith(asked))]
    if len(found) != 1:
        raise UsageError(f"sent how? '{clean(text)}' is none of {', '.join(SentBy)}")
    return found[0]


# Letters there are


def _sent(options: argparse.Namespace, desk: Desk, words: Sequence[str]) -> int:
    if len(words) < 2:
        options.misused("which letter, and how? arctui letter sent 2026-0017 mail")
    sending = _sent_by(options, " ".join(words[1:]))
    letter = desk.letters.find(words[0])
    act = desk.letters.sent(letter.id, sending.by, on=sending.on, tracking=sending.tracking)
    show(options, {"done": act, **_answer(desk, [desk.letters.find(words[0])])}, [act])
    return 0


def _drop(options: argparse.Namespace, desk: Desk, words: Sequence[str]) -> int:
    if len(words) != 1:
        options.misused("which letter? arctui letter drop 2026-0017")
    act = desk.letters.discard(desk.letters.find(words[0]).id)
    show(options, {"done": act}, [act])
    return 0


def _list(options: argparse.Namespace, desk: Desk, words: Sequence[str]) -> int:
    if len(words) > 1:
        options.misused("one account at a time: arctui letter list WHO")
    if words:
        letters = desk.letters.of(desk.find(words[0]).id)
    else:
        every = desk.book.facts.all(Letter)
        letters = sorted(every, key=lambda x: (x.at, x.number), reverse=True)
    rows = [
        (
            letter.number,
            desk.rules.day(letter.day),
            letter.kind.value,
            clean(desk.dossier(letter.account).account.name),
            grouped(_whole(letter), letter.currency or desk.policy.home_currency),
            _how(desk, letter),
        )
        for letter in letters
    ]
    show(options, _answer(desk, letters), table(rows, (4,)) if rows else ["no letter was written"])
    return 0


def _how(desk: Desk, letter: Letter) -> str:
    """Say how a letter was sent."""
    if letter.sent_by is None or letter.sent_on is None:
        return "not sent yet"
    number = f", {letter.tracking}" if letter.tracking else ""
    return f"sent {desk.rules.day(letter.sent_on)} by {letter.sent_by}{number}"


# All that are due


def _batch(options: argparse.Namespace, desk: Desk) -> int:
    sending = _sending(options)
    folder = out_folder(options.out) if options.out is not None else None
    if not desk.letters.due():
        show(options, _answer(), ["no letter is due"])
        return 0
    with Bar(shown=not (options.json or is_wanted(options)), things="letters") as bar:
        batch = LetterBatch(desk, None, sending=sending)
        try:
            bar.stage("writing letters")
            while not batch.wait(_TURN_SECONDS):
                stand = batch.stand
                if stand.total:
                    bar.at(stand.done, stand.total)
            bar.settling()
            made = batch.finish()
        except KeyboardInterrupt:
            bar.hide()
            batch.cancel()
            # Once the thread is done it leaves nothing behind.
            batch.wait(_LAST_SECONDS)
            with suppress(Cancelled):
                batch.finish()
            print("arctui: cancelled: no letter was written", file=sys.stderr)
            return 128 + bar.signal
    paths = list(made.paths)
    to_print = [made.print_file] if made.print_file else []
    with _Copying(made.act) as copying:
        if sending and sending.by is SentBy.EMAIL:
            paths += [desk.letters.email(letter.id) for letter in made.letters]
        if folder:
            paths, to_print = [[lay(folder, p.name, p.read_bytes()) for p in of] for of in (paths, to_print)]
    lines = [f"{x.number}  {x.kind}, {desk.dossier(x.account).account.name}, {_about(desk, x)}" for x in made.letters]
    lines += [f"{made.act}; to print them at once: {path}" for path in to_print]
    document = {"print_file": str(to_print[0]) if to_print else None}
    refused = [{"account": name, "why": why} for name, why in made.refused]
    show(options, {**_answer(desk, made.letters, paths), **document, "refused": refused}, lines)
    if made.refused:
        count = plural(len(made.refused), "letter")
        warn([f"{count} not written", *_by_reason(made.refused)])
    lacking = [
        note for kind in LetterKind if kind in {x.kind for x in made.letters} for note in desk.letters.lacking(kind)
    ]
    warn(dict.fromkeys([*lacking, *desk.letters.unread()]))
    # An account that gets none for what it is needs no mending; what else hinders one does.
    return copying.status() or int(made.failed)


def _by_reason(refused: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Say why letters were not written; a reason that many share, as of a template, once (--json has all)."""
    for reason in dict.fromkeys(why for _, why in refused):
        names = [clean(name) for name, why in refused if why == reason]
        if len(names) <= _MOST_NAMES:
            yield from (f"{name}: {reason}" for name in names)
        else:
            yield f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more: {reason}"


# Documents


def _answer(desk: Desk | None = None, letters: Sequence[Letter] = (), paths: Sequence[Path] = ()) -> Document:
    """Return the document of letters: their files, what they are, and which were refused."""
    return {
        "files": list(map(str, paths)),
        "letters": [_document(desk, letter) for letter in letters] if desk else [],
        "refused": [],
    }


def _document(desk: Desk, letter: Letter) -> Document:
    return {
        "number": letter.number,
        "kind": letter.kind,
        "account": desk.dossier(letter.account).account.name,
        "person": letter.person,
        "day": iso(letter.day),
        "by": letter.by,
        "currency": letter.currency or desk.policy.home_currency,
        "amount": money(letter.amount),
        "interest": money(letter.interest),
        "fee": money(letter.fee),
        "total": money(_whole(letter)),
        "deadline": iso(letter.deadline),
        "level": LEVELS.index(letter.kind) + 1 if letter.kind in LEVELS else None,
        "why": letter.why,
        "file": letter.files[0].name if letter.files else None,
        "sent_by": letter.sent_by,
        "sent_on": iso(letter.sent_on),
        "tracking": letter.tracking,
    }
