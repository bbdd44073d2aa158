"""`arctui letter`: writes the letter of an account, or all that are due; says how one was sent; lists them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from arctui.cli.bar import Bar
from arctui.cli.commands import day_of, show, warn
from arctui.cli.letter_templates import kind_of
from arctui.cli.values import Document, iso, money
from arctui.core.letter_records import LEVELS, Letter, LetterKind, SentBy
from arctui.core.letter_rules import due_letter
from arctui.core.money import grouped
from arctui.core.records import Account
from arctui.core.text import clean, fold, plural
from arctui.core.text_table import table
from arctui.desk import Desk, DeskError
from arctui.desk.errors import UndueError
from arctui.desk.letter_batch import LetterBatch
from arctui.desk.letter_files import lay, out_folder
from arctui.desk.letters import Sending

#: So often the bar of a batch moves.
_TURN_SECONDS = 0.1
#: Words behind `letter` that are about letters there are, not about an account.
_ACTS = ("sent", "list", "drop")


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Run what the words behind `letter` say."""
    words: list[str] = options.words
    if options.due:
        if words or options.kind or options.preview or options.eml or options.text:
            options.misused("--due writes all letters that are due: only --sent, --on and --out beside it")
        return _batch(options, desk)
    if not words:
        options.misused("whose? arctui letter WHO, or arctui letter --due")
    if words[0] in _ACTS:
        return {"sent": _sent, "list": _list, "drop": _drop}[words[0]](options, desk, words[1:])
    if len(words) > 1:
        options.misused(f"one account at a time: arctui letter '{' '.join(words)}'")
    return _letter(options, desk, words[0])


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
        warn([*preview.warnings, *([f"not due: {preview.undue}"] if preview.undue else [])])
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
    if options.eml:
        paths.append(desk.letters.email(made.letter.id))
    if folder:
        paths = [lay(folder, path.name, path.read_bytes()) for path in paths]
    lines = [f"{made.act}: {_about(desk, made.letter)}", *map(str, paths)]
    show(options, _answer(desk, [made.letter], paths), lines)
    warn(preview.warnings)
    return 0


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
    whole = letter.amount + letter.interest + letter.fee
    day = f", to be paid by {desk.rules.day(letter.deadline)}" if letter.deadline else ""
    return grouped(whole, letter.currency or desk.policy.home_currency) + day


def _sending(options: argparse.Namespace) -> Sending | None:
    if options.sent is None:
        if options.on is not None or options.tracking is not None:
            options.misused("--on and --tracking say how it was sent: --sent mail|certified|email|hand")
        return None
    return Sending(_way(options.sent), day_of(options.on, "--on"), options.tracking or "")


def _way(text: str) -> SentBy:
    asked = fold(clean(text))
    found = [way for way in SentBy if asked and (way == asked or way.startswith(asked))]
    if len(found) != 1:
        raise DeskError(f"sent how? '{clean(text)}' is none of {', '.join(SentBy)}")
    return found[0]


# Letters there are


def _sent(options: argparse.Namespace, desk: Desk, words: Sequence[str]) -> int:
    if len(words) < 2:
        options.misused("which letter, and how? arctui letter sent 2026-0017 mail")
    letter = desk.letters.find(words[0])
    day = day_of(options.on, "--on")
    act = desk.letters.sent(letter.id, _way(" ".join(words[1:])), on=day, tracking=options.tracking or "")
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
            grouped(letter.amount, letter.currency or desk.policy.home_currency),
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
    with Bar(shown=not options.json, things="letters") as bar:
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
            print("arctui: cancelled: no letter was written", file=sys.stderr)
            return 128 + bar.signal
    paths = list(made.paths)
    if sending and sending.by is SentBy.EMAIL:
        paths += [desk.letters.email(letter.id) for letter in made.letters]
    to_print = [made.print_file] if made.print_file else []
    if folder:
        paths, to_print = ([lay(folder, p.name, p.read_bytes()) for p in of] for of in (paths, to_print))
    lines = [f"{x.number}  {x.kind}, {desk.dossier(x.account).account.name}, {_about(desk, x)}" for x in made.letters]
    lines += [f"{made.act}; to print them at once: {path}" for path in to_print]
    document = {"print_file": str(to_print[0]) if to_print else None}
    refused = [{"account": name, "why": why} for name, why in made.refused]
    show(options, {**_answer(desk, made.letters, paths), **document, "refused": refused}, lines)
    if made.refused:
        count = plural(len(made.refused), "letter")
        warn([f"{count} not written", *(f"{clean(name)}: {why}" for name, why in made.refused)])
    return int(not made.letters)


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
        "deadline": iso(letter.deadline),
        "level": LEVELS.index(letter.kind) + 1 if letter.kind in LEVELS else None,
        "why": letter.why,
        "file": letter.files[0].name if letter.files else None,
        "sent_by": letter.sent_by,
        "sent_on": iso(letter.sent_on),
        "tracking": letter.tracking,
    }
