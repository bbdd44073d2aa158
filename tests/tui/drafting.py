"""What tests look up about lines that were begun."""

from pathlib import Path

from arctui.core.drafts import Draft
from arctui.store import Book

#: What was found in a book while its files were as they are: a test that waits looks many times.
_found: dict[tuple[tuple[str, int, int, int], ...], list[str]] = {}


def drafts(book: Path) -> list[str]:
    """The texts of all lines on disk that were begun, without the place where the review stands."""
    files = [(str(path), path.stat()) for path in sorted(book.parent.glob(f"{book.name}*")) if path.is_file()]
    now = tuple((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in files)
    if now not in _found:
        _found.clear()
        _found[now] = [d.text for d in Book(book).facts.all(Draft) if d.purpose != "review"]
    return list(_found[now])
