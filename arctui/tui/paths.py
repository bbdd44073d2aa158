"""Paths as they are typed: what they may become."""

import os
from itertools import islice
from pathlib import Path

from arctui import fence


def completions(text: str) -> list[Path]:
    """Return the files and folders whose path begins with the text; none outside what is open on this host."""
    typed = fence.typed(text.strip())
    beginning = "" if text.rstrip().endswith("/") else typed.name
    try:
        folder = fence.named(typed.parent if beginning else typed)
        return sorted(p for p in folder.iterdir() if p.name.startswith(beginning) and not p.name.startswith("."))
    except (OSError, ValueError):
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


#: What an accounting system writes its reports as.
_REPORTS = {
    *(".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".iif", ".xml", ".htm", ".html"),
    ".arctui",
}
#: Folders that a browser or a mail program saves into, in the user's home.
_SAVED_INTO = ("Downloads", "Desktop", "Documents", ".")
#: So many entries of a folder are looked at, and so many offered.
_LOOKED_AT, _OFFERED = 5_000, 200


def likely(text: str) -> list[Path]:
    """Return what a typed path may become: the reports of its folder, the newest first, then its folders."""
    typed = fence.typed(text.strip())
    is_folder = text.rstrip().endswith("/") or text.strip() in ("~", ".")
    folder, part = (typed, "") if is_folder else (typed.parent, typed.name.lower())
    files, folders = _entries(folder)
    found = [path for path in files if path.name.lower().startswith(part)]
    found += [path for path in files if part and part in path.name.lower() and path not in found]
    return [*found, *(path for path in sorted(folders) if path.name.lower().startswith(part))][:_OFFERED]


def likely_folders() -> list[Path]:
    """Return the reports where exports usually lie, the newest first."""
    home = Path.home()
    folders = dict.fromkeys([*fence.folders(), *(home / name for name in _SAVED_INTO), Path.cwd()])
    found = {path.resolve(): path for folder in folders for path in _entries(folder)[0]}
    return sorted(found.values(), key=_newest)[:_OFFERED]


def _entries(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the reports in a folder, the newest first, and its folders; what is hidden is left out."""
    files, folders = [], []
    try:
        folder = fence.named(folder)
        with os.scandir(folder) as entries:
            for entry in islice(entries, _LOOKED_AT):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    folders.append(folder / entry.name)
                elif Path(entry.name).suffix.lower() in _REPORTS and entry.is_file():
                    files.append(folder / entry.name)
    except OSError:
        return [], []
    return sorted(files, key=_newest), folders


def _newest(path: Path) -> tuple[float, str]:
    try:
        return -path.stat().st_mtime, path.name
    except OSError:
        return 0.0, path.name
