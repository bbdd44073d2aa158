"""The words of the command line. Loads argparse only; no command's own modules."""

import argparse
import re
import shutil
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NoReturn

from arctui.core.text import harmless

_EPILOG = "WHO is an account's number or a part of its name. ARCTUI_BOOK and ARCTUI_DATE stand for --book and --date."

#: Nobody's cash is known further ahead.
_MOST_WEEKS = 104

_TABLES = (
    *("accounts", "people", "invoices", "payments", "promises", "activities", "disputes", "followups"),
    *("calendar", "worklist", "figures", "closings", "all", "activity", "archive"),
)


_UNKNOWN = re.compile(r"argument COMMAND: invalid choice: '(.*)' \(")


class _Parser(argparse.ArgumentParser):
    """Says what was typed wrongly without doing what stands in it."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(harmless(message), file)

    def error(self, message: str) -> NoReturn:
        """Say what may have been meant by a command that there is not; its name stands among fifty others else."""
        unknown = _UNKNOWN.match(message)
        if unknown:
            from difflib import get_close_matches

            known = [str(name) for action in self._actions for name in action.choices or ()]
            close = get_close_matches(unknown[1], known, 1, 0.6)
            hint = f"is '{close[0]}' meant?" if close else "'arctui --help' lists them"
            message = f"there is no command '{unknown[1]}': {hint}"
        super().error(message)


@cache
def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands and their options."""
    # As wide as argparse has it, which asks the terminal once for every option.
    in_width = partial(argparse.HelpFormatter, width=shutil.get_terminal_size().columns - 2)
    everywhere = _Parser(add_help=False)
    everywhere.add_argument("--book", metavar="FILE", default=argparse.SUPPRESS, help="the book (a TinyDB JSON file)")
    everywhere.add_argument(
        "--date", metavar="YYYY-MM-DD", default=argparse.SUPPRESS, help="the working day, with an hour if need be"
    )
    top = _Parser(
        prog="arctui",
        description="The terminal workstation of a collections clerk. Without a command it opens the workstation.",
        epilog=_EPILOG,
        parents=[everywhere],
        formatter_class=in_width,
    )
    top.add_argument("--version", action="store_true", help="print the version")
    top.add_argument("--mouse", action="store_true", help="let the workstation use the mouse")
    top.add_argument("--kiosk", action="store_true", help="on a shared host: no way out of arctui into it (README)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, help_text: str, *, json: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=help_text,
            description=help_text,
            parents=[everywhere],
            epilog=_EPILOG,
            formatter_class=in_width,
        )
        if json:
            made.add_argument("--json", action="store_true", help="print one JSON document")
        if json or name == "guide":
            made.add_argument(
                "--plain", action=argparse.BooleanOptionalAction, default=None, help="print for a screen reader"
            )
        return made

    demo = command("demo", "open the workstation on a demo book made relative to today", json=False)
    demo.add_argument("--mouse", action="store_true", default=argparse.SUPPRESS, help="let the workstation use it")
    demo.add_argument("--make", metavar="FILE", help="only make the demo book")
    demo.add_argument("--tour", action="store_true", help="begin the guided tour of five minutes")
    guide = command("guide", "print a chapter of the guide, or the lines that have the words", json=False)
    guide.add_argument("words", metavar="WORDS", nargs="*", help="the name of a chapter, or words to find")
    _import_options(command("import", "read accounting exports, contact lists and payment lists into the book"))
    _export_options(command("export", "write tables for spreadsheets, notes for other systems, or an archive"))
    layouts = command("layouts", "list the layouts that you told for reports of your own, or drop one")
    layouts.add_argument("--drop", metavar="NAME", help="forget this layout")
    command("today", "show today's worklist: whom to call, in order, and why")
    command("account", "show one account, whole").add_argument("who", metavar="WHO")
    log = command("log", "record a call by the capture line: arctui log birch wbp fri 1200 ach tony")
    log.add_argument("who", metavar="WHO")
    log.add_argument("line", metavar="LINE", nargs="+")
    confirm = command("confirm", "print the confirmation of what was agreed last, ready to be sent")
    confirm.add_argument("who", metavar="WHO")
    confirm.add_argument("--write", action="store_true", help="write it to a file in the folder beside the book")
    _review_options(command("review", "show the promises whose day has come, and the day's report; close the day"))
    calendar = command("calendar", "show what is to come: promises, callbacks, next contacts, pay runs")
    calendar.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="the first day (today)")
    calendar.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help="the last day (30 days after the first)")
    calendar.add_argument(
        "--filter", metavar="TEXT", default="", help="only what is meant: 'calls mine', 'runs >500'"
    )
    form = calendar.add_mutually_exclusive_group()
    form.add_argument("--load", action="store_true", help="count the calls of each day against the capacity")
    form.add_argument("--ics", metavar="FILE", help="write a calendar file for other calendars (-: to stdout)")
    form.add_argument("--csv", metavar="FILE", help="write a table for spreadsheets (-: to stdout)")
    calendar.set_defaults(misused=calendar.error)
    spread = command("spread", "move the calls of a day that are too many to days of the week after it")
    spread.add_argument("day", metavar="DAY", help="the day: today, fri, 2026-11-30")
    spread.add_argument("--dry-run", action="store_true", help="show what would go where, change nothing")
    command("timeline", "show one account's past and what is to come, by date").add_argument("who", metavar="WHO")
    expected = command("expected", "show expected cash by week; of the last weeks what came, and what was promised")
    expected.add_argument("--weeks", metavar="N", type=_weeks, default=8, help="so many weeks, this one first (8)")
    _stats_options(command("stats", "show aging and key figures, and what talking brought: calls, promises, reasons"))
    credit = command("credit", "show who should get credit: grades, limits, holds; or decide on one account")
    _credit_options(credit)
    history = command("history", "show every change with who, when and what it was before, of one account or of all")
    history.add_argument("who", metavar="WHO", nargs="?")
    history.add_argument("--last", metavar="N", type=_count, help="only the last N acts (without WHO: 50)")
    command("undo", "undo your last act")
    command("check", "verify the whole book: its files, its records, its history, its backups")
    backup = command("backup", "write a copy of the book to a new file; without FILE list the automatic backups")
    backup.add_argument("file", nargs="?", metavar="FILE")
    restore = command(
        "restore", "bring back a damaged book from its backups, or the state in FILE (which undo takes back)"
    )
    restore.add_argument("file", nargs="?", metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="take FILE although its seal is broken")
    policy = command("policy", "show the firm's settings, or set one: arctui policy country DE")
    policy.add_argument("setting", nargs="?", metavar="SETTING")
    policy.add_argument("value", nargs="?", metavar="VALUE")
    policy.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="the day from which it holds (today)")
    doctor = command("doctor", "say what is wrong with terminal, disk, book or settings; nothing of a customer in it")
    doctor.add_argument("--full", action="store_true", help="verify the whole book, as check does")
    config = command("config", "show the settings of this workstation, check them, or set one")
    config.usage = "arctui config [check [FILE] | set NAME [VALUE] | keys | init | path]"
    config.add_argument("words", metavar="WORDS", nargs="*", help="what is to be done: see above")
    stop = command("stop", "stop calling an account: bankruptcy, attorney, do not call, legal")
    stop.add_argument("who", metavar="WHO")
    stop.add_argument("reason", metavar="REASON")
    correct = command("correct", "correct a person, number, address, time zone or pay cycle: lee wong, 555 0142")
    correct.add_argument("who", metavar="WHO")
    correct.add_argument("line", metavar="LINE", nargs="+")
    done = command("done", "tick off what is ours to do on an account: a task, or a dispute that is solved")
    done.add_argument("who", metavar="WHO")
    done.add_argument("words", metavar="WORDS", nargs="*", help="words of which one, where there are several")
    command("resume", "allow calls to a stopped account again").add_argument("who", metavar="WHO")
    letter = _letter_options(command)
    attach = _attach_options(command)
    claim = command("claim-file", "write the file that a court can use: amount, chronology, letters, exhibits")
    claim.add_argument("who", metavar="WHO")
    claim.add_argument("--out", metavar="FOLDER", help="the folder (the account's own, among the book's documents)")
    _identity_options(command)
    _match_options(command("match", "list the bank lines that wait for a decision, or decide one"))
    for stores_words in (log, correct, policy, credit, letter, attach):
        stores_words.add_argument("--no-card", action="store_true", help="what looks like a card number is none")
    _playbook_options(command("playbook", "prove, print or rehearse the call script", json=False), everywhere)
    return top


def _letter_options(command: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    letter = command("letter", "write the letter of an account, or all that are due; say how one was sent; list them")
    letter.usage = (
        "arctui letter WHO [OPTIONS] | --due [--sent BY] | sent NUMBER BY | list [WHO] | drop NUMBER"
        " | check [FOLDER] | show KIND | templates --write FOLDER"
    )
    letter.add_argument("words", metavar="WHO", nargs="*", help="the account, or what is to be done: see above")
    letter.add_argument("--due", action="store_true", help="write all letters that are due")
    letter.add_argument("--kind", metavar="KIND", help="reminder, demand, final demand, statement, confirmation, ...")
    letter.add_argument("--why", metavar="WORDS", help="why it is written although it is not due")
    letter.add_argument("--to", metavar="PERSON", help="to this person")
    letter.add_argument("--currency", metavar="CODE", help="about what is owed in this currency")
    letter.add_argument("--preview", action="store_true", help="print its text, write nothing")
    form = letter.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="write it as plain text, not as PDF")
    form.add_argument("--eml", action="store_true", help="write an email with it for a mail program too")
    letter.add_argument("--out", metavar="FOLDER", help="put copies of its files into this folder")
    letter.add_argument("--sent", metavar="BY", help="it is sent at once: mail, certified, email, hand")
    letter.add_argument("--on", metavar="YYYY-MM-DD", help="the day on which it was sent (today)")
    letter.add_argument("--tracking", metavar="NUMBER", help="the number of certified mail")
    letter.add_argument("--write", metavar="FOLDER", help="of templates: write ours into this folder to be edited")
    letter.set_defaults(misused=letter.error)
    return letter


def _attach_options(command: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    attach = command("attach", "attach files to an account: invoices, proofs of delivery, emails")
    attach.add_argument("who", metavar="WHO")
    attach.add_argument("files", metavar="FILE", nargs="+", help="a PDF, PNG, JPEG, .eml, text, CSV, DOCX, XLSX, ODT")
    about = "what they prove: the number of an invoice or a letter, dispute, or promise"
    attach.add_argument("--to", dest="about", metavar="WHAT", help=about)
    roles = "copy|delivery|contract|sending|other"
    said = "what they are: an invoice copy, proof of delivery, a contract, proof of sending (guessed with care)"
    attach.add_argument("--as", dest="role", metavar=roles, choices=roles.split("|"), help=said)
    attach.add_argument("--note", metavar="TEXT", default="", help="a few words on them")
    command("attachments", "list the files that are attached to an account").add_argument("who", metavar="WHO")
    taken = command("attachment", "write an attached file to a new file of your own, or say what it is")
    taken.add_argument("id", metavar="ID", help="as 'arctui attachments WHO' lists it")
    taken.add_argument("--out", metavar="FILE", help="the new file")
    taken.add_argument("--as", dest="role", metavar=roles, choices=roles.split("|"), help="what it is")
    taken.set_defaults(misused=taken.error)
    taken.add_argument("--force", action="store_true", help="take the place of a file that is there")
    return attach


def _identity_options(command: Callable[..., argparse.ArgumentParser]) -> None:
    command("doubles", "list the accounts that may be one customer, pair by pair")
    merge = command("merge", "let an account become part of another: both were one customer")
    merge.add_argument("who", metavar="WHO")
    merge.add_argument("into", metavar="INTO", help="the account that stays")
    split = command("split", "let another name of an account become one of its own again")
    split.add_argument("who", metavar="WHO")
    split.add_argument("name", metavar="NAME", help="the name, or the number, that is somebody else")
    apart = command("apart", "remember that two accounts which look alike are two customers")
    apart.add_argument("who", metavar="WHO")
    apart.add_argument("other", metavar="OTHER")
    rate = command("rate", "show the exchange rates, or write one down: arctui rate EUR 1.08")
    rate.add_argument("currency", nargs="?", metavar="CURRENCY")
    rate.add_argument("value", nargs="?", metavar="RATE", help="what one of it is worth in the home currency")
    rate.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="the day from which it holds (today)")


def _review_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--close", action="store_true", help="close the review of this day, and print its report")
    command.add_argument(
        "--report", choices=("text", "md", "pdf", "json"), help="only the day's report, in this form"
    )
    command.add_argument(
        "--out", metavar="FILE", help="write the report to this .pdf, .md, .txt or .json file (-: to stdout)"
    )
    command.add_argument("--clerk", metavar="NAME", help="the day of this clerk, not that of the firm")
    command.add_argument("--force", action="store_true", help="take the place of any file that is there")
    command.set_defaults(misused=command.error)


def _stats_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="the first day (of the last 90 days)")
    command.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help="the last day (today)")
    command.add_argument("--month", metavar="YYYY-MM", help="a whole month, or the present one up to today")
    command.add_argument("--clerk", metavar="NAME", help="only what this clerk did, and the accounts that are theirs")
    command.add_argument("--who", metavar="WHO", help="only this account")
    command.add_argument(
        "--by", choices=("clerk", "month", "account", "day"), help="tell the talks and promises apart; day: a --trend"
    )
    command.add_argument("--trend", action="store_true", help="the figures over twelve months, or --by day")
    command.add_argument(
        "--excuses", action="store_true", help="the reasons for not having paid, and what came of them"
    )
    command.set_defaults(misused=command.error)


def _credit_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("who", metavar="WHO", nargs="?")
    hold = command.add_mutually_exclusive_group()
    hold.add_argument("--hold", action="store_true", help="put the account on hold: nothing is delivered on credit")
    hold.add_argument("--release", action="store_true", help="take it off hold")
    command.add_argument("--limit", metavar="AMOUNT", help="set its credit limit")
    command.add_argument("--why", metavar="TEXT", help="the reason for what is decided")
    lists = ("beyond", "down", "hold", "proposed", "all")
    names = "beyond their limit, graded down this month, on hold, with a hold or release proposed, or all (all)"
    command.add_argument("--list", choices=lists, help=f"the accounts {names}")
    command.set_defaults(misused=command.error)


def _match_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("line", metavar="N", nargs="?", type=_count, help="the number of a line, as it is listed")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--accept", action="store_true", help="do what is proposed")
    parts = "lay it on invoices: '1041 500, 1042 rest', or of several customers: 'birch 1041 500, cedar rest'"
    what.add_argument("--apply", metavar="PARTS", help=parts)
    what.add_argument("--on-account", action="store_true", help="leave it on account")
    what.add_argument("--ignore", action="store_true", help="it is no customer's money, or known already")
    command.add_argument("--to", metavar="WHO", help="the account whose money it is; its payer's name is remembered")


def _count(text: str) -> int:
    """Read how many acts are asked for: a whole number above 0."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) and len(text) < 10):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of acts")
    return int(text)


def _weeks(text: str) -> int:
    """Read how many weeks are asked for."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= _MOST_WEEKS):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of weeks from 1 to {_MOST_WEEKS}")
    return int(text)


def _playbook_options(command: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> None:
    acts = command.add_subparsers(dest="act", metavar="ACT", required=True)
    for act, help_text in (
        ("check", "prove the call script: name file, line and step of all that is wrong"),
        ("show", "print the call script as a tree"),
        ("try", "rehearse the call script on a sample account; nothing is kept"),
    ):
        made = acts.add_parser(act, help=help_text, description=help_text, parents=[everywhere])
        made.add_argument("file", nargs="?", metavar="FILE", help="a playbook (the one in force for the book)")
        if act == "try":
            made.add_argument("--account", metavar="WHO", help="another account of the demo book")
        else:
            made.add_argument("--json", action="store_true", help="print one JSON document")


def _export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "what",
        metavar="WHAT",
        choices=_TABLES,
        help="accounts, people, invoices, payments, promises, activities, disputes, followups, worklist, figures, "
        "all (of these), activity (notes for another system), or archive (the whole book)",
    )
    command.add_argument("--to", metavar="FILE", help="a new .csv, .xlsx, .jsonl, .zip or .arctui file (stdout)")
    command.add_argument("--format", choices=("csv", "xlsx", "jsonl"), help="where the file's name does not say it")
    command.add_argument("--force", action="store_true", help="take the place of a file that is there")
    command.add_argument("--account", metavar="WHO", help="only this account")
    command.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="only from this day on")
    command.add_argument("--to-day", dest="last", metavar="YYYY-MM-DD", help="only up to this day")
    command.add_argument(
        "--for",
        dest="system",
        metavar="SYSTEM",
        default="plain",
        help="of an activity: the system that takes the notes in: plain, 24sevenoffice, sage100",
    )
    command.add_argument("--company", metavar="CODE", default="", help="of an activity: our company's code there")


def _import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="*", metavar="FILE")
    command.add_argument("--watch", metavar="FOLDER", help="import what comes into a folder, until Ctrl+C")
    command.set_defaults(misused=command.error)
    command.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day up to which the file is complete")
    command.add_argument("--layout", default="", help="read it by this layout, do not recognise one")
    command.add_argument("--dry-run", action="store_true", help="show what would happen, change nothing")
    command.add_argument("--skipped", metavar="FILE", help="write the rows that were not read to a new CSV file")
    command.add_argument("--payments", action="store_true", help="the file is a payment list")
    command.add_argument("--dates", choices=("mdy", "dmy"), help="the order of month and day in the file")
    command.add_argument(
        "--decimal", choices=(".", ","), metavar="MARK", default="", help="the mark before the cents in the file"
    )
    command.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook, by name or number")
    command.add_argument(
        "--map",
        dest="columns",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column is; COLUMN= leaves it out",
    )
    command.add_argument("--save-layout", metavar="NAME", help="keep what --map says as the firm's own layout")
    command.add_argument("--explain", action="store_true", help="say how the file would be read, and why; no import")
    scope = command.add_mutually_exclusive_group()
    scope.add_argument("--full", action="store_true", help="the file lists all that is open: close what is missing")
    scope.add_argument("--add", action="store_true", help="the file is only a part: close nothing")
    command.add_argument("--yes", action="store_true", help="do what the import would ask about")
