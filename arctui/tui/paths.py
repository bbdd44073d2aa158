"""Paths as they are typed: what they may become."""

import os
from pathlib import Path

from arctui import fence


def completions(text: str) -> list[Path]:
    """Return the files and folders whose path begins with the text; none outside what is open on this host."""
    typed = fence.typed(text.strip())
    beginning = "" if text.rstrip().endswith("/") else typed.name
    try:
        folder = fence.named(typed.parent if beginning else typed)
        return sorted(p for p in folder.iterdir() if p.name.startswith(beginning) and not p.name.startswith("."))
    except OSError:
        return []


def completed(text: str) -> str:
    """Return a typed path as far as it is certain; a folder that is the only one ends in a slash."""
    found = completions(text)
    if not found:
        return text
    folder = text.strip()
    folder = folder if folder.endswith("/") else folder[: folder.rfind("/") + 1]
    end = "/" if len(found) == 1 and found[0].is_dir() else ""
    # Characters, not parts of paths, are what is typed.
    return folder + os.path.commonprefix([path.name for path in found]) + end  # noqa: RUF071
