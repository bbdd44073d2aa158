"""Which call script is in force: the firm's own where there is one, and the standard one where that is broken."""

from functools import lru_cache
from pathlib import Path

from arctui import fence
from arctui.core.policy import Policy, PolicyError
from arctui.desk.watching import unfit
from arctui.playbook.load import Problem, Script, Source, UnreadableError, load
from arctui.playbook.model import Playbook, standard

#: The firm's own playbook, beside the book or in the user's configuration folder.
OWN = "playbook.toml"
_MOST_BYTES = 4_000_000
#: A picture on letters is no larger than this.
MOST_PICTURE_BYTES = 10_000_000
#: What a system takes for a path, in characters, and for a name in it, in bytes.
_LONGEST_PATH, _LONGEST_PART = 1_000, 255
#: The settings that name a picture.
PICTURES = ("letter_logo", "signature_picture")
#: The settings that name a file or a folder.
PATHS = ("playbook", "watch_folder", "letter_logo", "signature_picture", "letter_templates")


def own_file(book: Path, policy: Policy) -> Path | None:
    """Return the firm's own playbook, None if it has none.

    It is the one that the policy names (from the book's folder on), whether it is there or not; else the one beside
    the book; else the one in the user's configuration folder.
    """
    if policy.playbook:
        return book.parent / fence.typed(policy.playbook)
    beside = book.parent / OWN
    if beside.exists():
        return beside
    from platformdirs import user_config_path  # not before a call begins

    configured = user_config_path("arctui") / OWN
    return configured if configured.exists() else None


def check_path(setting: str, path: str, book: Path) -> None:
    """Raise PolicyError for a path that a setting cannot name.

    It is of nobody's home, a folder that holds more, a picture that cannot be printed, or outside what is open on
    this host; one that is not there yet may be named.
    """
    longest = max((len(part.encode("utf-8", "replace")) for part in Path(path).parts), default=0)
    if len(path) > _LONGEST_PATH or longest > _LONGEST_PART:
        raise PolicyError(f"this is no value for {setting}: no file has a name of {len(path):,} characters")
    try:
        whole = fence.named(path, book.parent)
    except fence.FenceError as error:
        raise PolicyError(str(error)) from None
    if path.startswith("~") and fence.typed(path) == Path(path):
        raise PolicyError(f"'{path}' is no value for {setting}: there is no {Path(path).parts[0]} here")
    if setting in PICTURES and path:
        _check_picture(setting, whole)
    if setting == "watch_folder" and path and (why := unfit(whole, book)):
        raise PolicyError(why)


def _check_picture(setting: str, path: Path) -> None:
    """Raise PolicyError for a picture that cannot be printed."""
    if not path.is_file():
        if path.exists():
            raise PolicyError(f"{path} is no file: {setting} names a PNG or JPEG picture")
        return
    try:
        with path.open("rb") as file:
            content = file.read(MOST_PICTURE_BYTES + 1)
    except OSError as error:
        raise PolicyError(f"{path} cannot be read: {_why(error)}") from None
    wrong = "it is too large for a picture" if len(content) > MOST_PICTURE_BYTES else wrong_picture(content)
    if wrong:
        raise PolicyError(f"{path} is no value for {setting}: {wrong}")


@lru_cache(maxsize=4)
def wrong_picture(content: bytes) -> str:
    """Say why a picture cannot be printed, "" if it can."""
    from arctui.letters.pictures import PictureError, picture  # not before there is one

    try:
        picture(content)
    except PictureError as error:
        return str(error)
    return ""


def read_script(path: Path | None) -> tuple[Script | None, tuple[Problem, ...]]:
    """Read a firm's own playbook over the standard one (None: the standard one) and prove it.

    Return the script, None where the file has not the form of one, and all that is wrong.
    """
    try:
        script = load(_source(path) if path else None)
    except UnreadableError as error:
        return None, error.problems
    except (OSError, ValueError) as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else _why(error)
        return None, (Problem(str(path), 0, "", why),)
    return script, script.problems()


def load_playbook(book: Path, policy: Policy) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook in force for a book, and what is wrong with the firm's own: then it is the standard one."""
    path = own_file(book, policy)
    if path is None:
        return standard(), ()
    script, problems = read_script(path)
    return (standard() if problems or script is None else script.playbook), problems


def _source(path: Path) -> Source:
    """Read a file. Raises OSError, or ValueError for one that is no text."""
    if path.exists() and not path.is_file():
        raise ValueError("this is no file")
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("this is too large for a playbook")
    return Source(str(path), content.decode("utf-8-sig").replace("\r\n", "\n"))


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"this is no text in UTF-8 (byte {error.start + 1})"
    return str(error.strerror).lower() if isinstance(error, OSError) and error.strerror else str(error)
