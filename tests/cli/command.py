"""The command as its users call it, and the shapes of what it prints."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from arctui.cli.main import main

PROJECT = Path(__file__).parents[2]
MONDAY = "2026-11-16T10:30"

OPEN_ITEMS = """\
Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency
Birch Works,100,B-1041,2026-09-08,2026-10-08,1200.00,1200.00,USD
Birch Works,100,B-1042,2026-11-01,2026-12-01,650.00,650.00,USD
Cedar Farm,200,C-1,2026-10-09,2026-11-09,300.00,300.00,USD
Birchwood Hall,300,H-7,2026-08-01,2026-08-31,95.50,45.50,USD
Elm & Sons,400,E-9,2026-06-01,2026-07-01,9310.50,9310.50,USD
Fir Logistics,,F-1,2026-09-01,2026-10-01,20.00,20.00,EUR
"""
CONTACTS = """\
Customer,Contact,Phone,Email
Birch Works,Tony Marsh,+1 212 555 0142,tony@birch.example
"""


class Result:
    """What a command left behind: its exit status and what it printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def notes(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()

    def __repr__(self) -> str:
        return f"exit {self.code}\n{self.out}\n{self.err}"


class Arctui:
    """The command at a book of its own, on a day of its own."""

    def __init__(self, folder: Path, day: str = MONDAY) -> None:
        self.folder = folder
        self.book = folder / "book.json"
        self.day = day

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ARCTUI_")}
        return {
            **kept,
            "ARCTUI_BOOK": str(self.book),
            "ARCTUI_DATE": self.day,
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PYTHONPATH": str(PROJECT),
        }

    def run(self, *arguments: str | bytes, **changed: str) -> Result:
        """Run the real command in a process of its own; keywords change its environment, "" takes a variable out."""
        environment = {k: v for k, v in {**self.environment, **changed}.items() if v}
        command = [sys.executable, "-m", "arctui", *arguments]
        done = subprocess.run(
            command, env=environment, cwd=self.folder, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def call(self, *arguments: str) -> Result:
        """Run a command in this process: the same, but quicker."""
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
        out, err = streams
        with (
            mock.patch.dict(os.environ, self.environment, clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                code = main(arguments)
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else 1
        for stream in streams:
            stream.seek(0)
        return Result(code, out.read(), err.read())

    def json(self, *arguments: str) -> Any:
        """Return the document of a command that succeeds."""
        result = self.call(*arguments, "--json")
        assert result.code == 0, result
        return result.json

    def file(self, name: str, text: str) -> str:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def feed(self, text: str, name: str = "open.csv", *options: str) -> Any:
        """Import a text as a file and return what the import says of it."""
        (summary,) = self.json("import", self.file(name, text), *options)["files"]
        return summary


# Shapes: a type, a pattern, a choice, a list of one shape, or a dict of shapes

AMOUNT = re.compile(r"-?\d+\.\d\d")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
Shape = Any


def maybe(shape: Shape) -> Callable[[Any], str]:
    """A shape, or null."""
    return lambda value: "" if value is None else misfit(value, shape)


def misfit(value: Any, shape: Shape, where: str = "$") -> str:
    """Say where a document is not of a shape; "" if it is. A dict may have more keys than its shape."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return f"{where} is no object: {value!r}"
        if lacking := shape.keys() - value.keys():
            return f"{where} lacks {sorted(lacking)}"
        return next(filter(None, (misfit(value[k], s, f"{where}.{k}") for k, s in shape.items())), "")
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where} is no list: {value!r}"
        return next(filter(None, (misfit(v, shape[0], f"{where}[{n}]") for n, v in enumerate(value))), "")
    if isinstance(shape, re.Pattern):
        fits = isinstance(value, str) and bool(shape.fullmatch(value))
        if fits and shape is DATE:
            date.fromisoformat(value)
        return "" if fits else f"{where}: {value!r} is not {shape.pattern}"
    if isinstance(shape, set):
        return "" if value in shape else f"{where}: {value!r} is none of {shape}"
    if isinstance(shape, type):
        fits = isinstance(value, shape) and (shape is bool or not isinstance(value, bool))
        return "" if fits else f"{where}: {value!r} is no {shape.__name__}"
    found: str = shape(value)
    return f"{where} {found}" if found else ""
