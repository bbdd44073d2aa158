"""`arctui review`: the promises whose day has come, the day's report in any form, and the closing of the day."""

import argparse
import sys

import msgspec

from arctui import fence
from arctui.cli import day_report, documents, tables
from arctui.cli.commands import show
from arctui.cli.opening import warn
from arctui.cli.plain import is_wanted
from arctui.core.day_report import DayReport
from arctui.core.review import Review, walk
from arctui.core.text import harmless, plural
from arctui.desk import Desk
from arctui.desk.day_report import clerk_named, written_by_hand
from arctui.desk.day_report import day_report as report_of
from arctui.desk.day_report_files import Form, Made, check, form_for, form_of, made, save

_STDOUT = "-"


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show the review and the day; close it if asked; write the report if asked."""
    if options.json and (options.report or options.out):
        options.misused("--json is the whole review on stdout: leave --report and --out out")
    target = None if options.out in (None, _STDOUT) else fence.named(options.out)
    if options.report:
        form = form_for(target, Form(options.report)) if target else Form(options.report)
    else:
        form = form_of(target) if target else Form.TEXT
    if form is Form.PDF and options.out is None:
        options.misused("--report pdf is a file: --out day.pdf (-: to stdout)")
    file = check(desk, target) if target else None
    clerk = clerk_named(desk, options.clerk) if options.clerk is not None else ""
    walked = desk.reviews.today()
    if options.close:
        # A report that cannot be made leaves the day open.
        _content(desk, report_of(desk, clerk), form)
        warn(_close(desk, walked))
    report = report_of(desk, clerk)
    if options.json or (is_wanted(options) and not (options.report or options.out or options.close)):
        mine = report if clerk else report_of(desk, desk.clerk)
        by_hand = written_by_hand(desk, clerk or desk.clerk)
        document = documents.review(walked, mine, by_hand, report)
        show(options, document, [])
        return 0
    content = _content(desk, report, form)
    if file:
        save(file, content.content, force=options.force)
        print(harmless(str(file)))
    elif form is Form.PDF:
        sys.stdout.buffer.write(content.content)
    else:
        shown = [] if options.report or options.close or options.out else [*tables.review(walked, desk), ""]
        closed = [f"the review of {desk.today} is closed"] if options.close and not options.report else []
        for line in (*shown, *content.content.decode().splitlines(), *closed):
            print(harmless(line))
    warn(content.notes)
    return 0


def _content(desk: Desk, report: DayReport, form: Form) -> Made:
    return Made(_json(day_report.document(report))) if form is Form.JSON else made(desk, report, form)


def _close(desk: Desk, walked: Review) -> list[str]:
    """Close the review, once for each clerk; say what stays, or that it was closed already."""
    day, closed = desk.rules.day(desk.today), [c for c in desk.reviews.closed() if c.by == desk.clerk]
    if closed:
        return [f"the review of {day} is closed already, by {closed[0].by} at {closed[0].at:%H:%M}"]
    left = sum(not r.handled for r in walk(walked, desk.clerk))
    desk.reviews.close()
    after = desk.rules.day(desk.rules.calendar.next(desk.today))
    return [f"{plural(left, 'promise')} not looked after: first on the list of {after}"] if left else []


def _json(document: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
