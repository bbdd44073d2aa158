"""The settings files: where they lie, how they are read, and how one is changed without losing its comments."""

import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from arctui import fence, settings
from arctui.settings.errors import SettingError, SettingsFileError
from arctui.settings.model import BY_PATH, KEYS, SETTINGS, Settings, Value, setting_of
from arctui.settings.reading import MOST_BYTES, Problem, read_text


@dataclass(frozen=True)
class Found:
    """The settings that hold, the files they come from, and what is wrong in these."""

    settings: Settings = field(default_factory=Settings)
    own: Path | None = None
    host: Path | None = None
    problems: tuple[tuple[Path, Problem], ...] = ()
    #: What the user's own file says, without the host's.
    of_user: Settings = field(default_factory=Settings)

    def origin(self, path: str) -> str:
        """Return where a setting's value comes from: yours, the host's, default."""
        if BY_PATH[path].of_host or path not in self.of_user.values:
            return "the host's" if path in self.settings.values else "default"
        return "yours"

    def told(self) -> list[str]:
        """Return what is wrong, a line each."""
        return [f"{path}: {problem}" for path, problem in self.problems]


def own_file() -> Path:
    """Return where the user's settings lie: ARCTUI_CONFIG, else the user's configuration folder."""
    if named := os.environ.get("ARCTUI_CONFIG", ""):
        return fence.typed(named)
    from platformdirs import user_config_path

    return user_config_path("arctui") / "config.toml"


#: What the host alone says on a shared one: which book there is, and whether text leaves the host.
_HOST_ALONE = ("book.file", "copy.clipboard")


def host_settings() -> Settings:
    """Return what the host's file sets. Raises SettingsFileError as `load` does."""
    return load(None).settings


def usual_book() -> Path:
    """Return where a user's book lies unless another one is named."""
    from platformdirs import user_data_path

    return user_data_path("arctui") / "book.json"


def load(own: Path | None, host: Path | Literal[""] | None = "", *, kiosk: bool = False) -> Found:
    """Read the settings of the host and of the user; what is wrong in them is named and left out.

    `host`: another file than the host's own, None for none. With `kiosk`, or where the host is one, the user's file
    says nothing of what the host alone decides there.

    Raises SettingsFileError for a host's file that cannot be read or is wrong where it keeps users from something:
    without it they would not be kept from it.
    """
    problems: list[tuple[Path, Problem]] = []
    of_host, of_user = Settings(), Settings()
    host = settings.HOST_FILE if host == "" else host
    if host and (text := _content(host)) is not None:
        of_host, wrong = read_text(text, of_host=True)
        if wrong:
            raise SettingsFileError(f"{host}: {wrong[0]}")
        _check_kiosk(of_host, host)
    else:
        host = None
    if own:
        try:
            text = _content(own)
        except SettingsFileError as error:
            text, problems = None, [(own, Problem(1, str(error)))]
        if text is not None:
            of_user, wrong = read_text(text, of_host=False)
            problems = [(own, problem) for problem in wrong]
    if kiosk or fence.is_closed() or of_host.switch("kiosk.on"):
        left = {path: value for path, value in of_user.values.items() if path not in _HOST_ALONE}
        of_user = Settings(left, of_user.keys)
    return Found(of_user.over(of_host), own, host, tuple(problems), of_user)


def _check_kiosk(of_host: Settings, path: Path) -> None:
    named = of_host.word("kiosk.folder")
    if not (named or of_host.switch("kiosk.on")):
        return
    folder = Path(named)
    if not folder.is_absolute() or not folder.is_dir():
        raise SettingsFileError(f"{path}: kiosk.folder must be the whole path of a folder that is there")


def _content(path: Path) -> str | None:
    """Return what stands in a file, None where there is none. Raises SettingsFileError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SettingsFileError(f"{path} cannot be read: {error.strerror}") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
            raise SettingsFileError(f"{path} is no settings file: a text file of at most {MOST_BYTES // 1000} kB is")
        return os.read(handle, MOST_BYTES).decode()
    except UnicodeDecodeError:
        raise SettingsFileError(f"{path} is no settings file: it is not written in UTF-8") from None
    except OSError as error:
        raise SettingsFileError(f"{path} cannot be read: {error.strerror}") from None
    finally:
        os.close(handle)


def change(path: Path, setting: str, text: str | None) -> Value | None:
    """Set a setting in a user's file, made if there is none; comments and all else stay. Returns the value.

    None takes the setting out of the file.

    Raises SettingError for an unknown one, one of the host, or a value that it cannot take, SettingsFileError.
    """
    chosen = setting_of(setting)
    if chosen.of_host:
        raise SettingError(f"{chosen.path} counts only in {settings.HOST_FILE}: the owner of the host sets it there")
    value = None if text is None else chosen.parse(text)
    _edit(path, chosen.section, chosen.name, value)
    return value


def change_keys(path: Path, action: str, keys: tuple[str, ...], check: Callable[[Settings], list[str]]) -> None:
    """Set the keys of an action in a user's file; none takes its own back.

    `check` says what is wrong with all keys then. Raises SettingError with that, SettingsFileError.
    """
    found, _ = read_text(_content(path) or "", of_host=False)
    others = {name: own for name, own in found.keys.items() if name != action}
    wrong = check(Settings(found.values, {**others, **({action: keys} if keys else {})}))
    if any(wrong):
        raise SettingError(f"{KEYS}.{action}: {wrong[0]}")
    _edit(path, KEYS, action, (keys[0] if len(keys) == 1 else list(keys)) if keys else None)


def _edit(path: Path, section: str, name: str, value: Value | None) -> None:
    """Set one value in a file, or take it out; nothing is changed where the file is no TOML."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(_uncommented(_content(path) or template(), section, name, value))
        if section not in document:
            document[section] = tomlkit.table()
        table = document[section]
        if not isinstance(table, tomlkit.items.Table):
            raise SettingsFileError(f"{path}: {section} is a section: write [{section}] on a line of its own")
        if value is None:
            table.pop(name, None)
        else:
            table[name] = value
        made = tomlkit.dumps(document)
    except TOMLKitError as error:
        raise SettingsFileError(
            f"{path} is no TOML ({error}): correct it first, 'arctui config check' helps"
        ) from None
    _write(path, made)


def _uncommented(text: str, section: str, name: str, value: Value | None) -> str:
    """Return a file in which a setting stands where the template explains it, if it does."""
    if value is None:
        return text
    before, header, after = text.partition(f"[{section}]\n")
    own, bracket, rest = after.partition("\n[")
    explained = f"\n# {name} = "
    if header and own.count(explained) == 1 and f"\n{name} = " not in own:
        above, _, below = own.partition(explained)
        own = f"{above}\n{name} = {_toml(value)}\n{below.partition(chr(10))[2]}"
    return f"{before}{header}{own}{bracket}{rest}"


def _write(path: Path, text: str) -> None:
    """Replace a file, whole or not at all, readable by its owner only. Raises SettingsFileError."""
    target = Path(os.path.realpath(path))
    try:
        # With `parents` those above would be made as the umask has it.
        for folder in reversed([target.parent, *target.parent.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        except BaseException:
            temporary.unlink()
            raise
    except OSError as error:
        raise SettingsFileError(f"{path} cannot be written: {error.strerror}") from None


def make(path: Path) -> None:
    """Write a new settings file in which every setting stands as a comment. Raises SettingsFileError."""
    if path.exists():
        raise SettingsFileError(f"{path} is there already")
    _write(path, template())


def template() -> str:
    """Return a settings file that sets nothing and explains everything."""
    lines = [
        "# arctui's settings. What stands behind # is a comment: take the # away and change the value.",
        "# 'arctui config check' says what is wrong; what the figures depend on is set by 'arctui policy'.",
    ]
    section = ""
    for setting in SETTINGS:
        if setting.of_host:
            continue
        if setting.section != section:
            section = setting.section
            lines += ["", f"[{section}]"]
        words = setting.help if not setting.choices else f"{setting.help} ({', '.join(setting.choices)})"
        lines += [f"# {words}", f"# {setting.name} = {_toml(setting.default)}"]
    lines += [
        "",
        f"[{KEYS}]",
        "# an action's name and its keys; 'arctui config keys' lists them",
        '# promise = ["p"]',
        "",
    ]
    return "\n".join(lines)


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else "[" + ", ".join(f'"{word}"' for word in value) + "]"
