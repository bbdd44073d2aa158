"""What tests look up about lines that were begun."""

from pathlib import Path

from arctui.core.drafts import Draft
from arctui.store import Book


def drafts(book: Path) -> list[str]:
    """The texts of all lines on disk that were begun, without the place where the review stands."""
    return [d.text for d in Book(book).facts.all(Draft) if d.purpose != "review"]
