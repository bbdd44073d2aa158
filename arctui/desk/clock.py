"""The one place that reads the clock and the login."""

import os
import pwd
from contextlib import suppress
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arctui.core.facts import Moment

_FIRST_YEAR, _LAST_YEAR = 1990, 2150


class ClockError(ValueError):
    """The working day cannot be read."""


class Clock:
    """The working day and the moment, in the firm's time zone.

    `fixed` is a day ("2026-11-16": the hour is the real one) or a day with an hour ("2026-11-16T10:30": the moment
    stands still); empty: the real day. Raises ClockError.
    """

    def __init__(self, fixed: str = "") -> None:
        self._day: date | None = None
        self._moment: datetime | None = None
        if fixed:
            try:
                if "T" in fixed or " " in fixed:
                    self._moment = datetime.fromisoformat(fixed)
                else:
                    self._day = date.fromisoformat(fixed)
            except ValueError:
                raise ClockError(f"'{fixed}' is no day: write YYYY-MM-DD") from None
            year = int(fixed[:4])
            if not _FIRST_YEAR <= year <= _LAST_YEAR:
                raise ClockError(f"'{fixed}' is no working day of a clerk: {_FIRST_YEAR} to {_LAST_YEAR}")

    @property
    def is_real(self) -> bool:
        """Is it the machine's day and hour, not one that was given?"""
        return self._day is None and self._moment is None

    def moment(self, time_zone: str = "") -> Moment:
        """Return the working day and the moment in a time zone ("" = the machine's)."""
        zone = _zone(time_zone)
        if self._moment is not None:
            now = self._moment if self._moment.tzinfo else self._moment.replace(tzinfo=zone)
        else:
            now = datetime.now(zone)
            if self._day is not None:
                now = now.replace(year=self._day.year, month=self._day.month, day=self._day.day)
        return Moment(now.date(), now.replace(microsecond=0))


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else _own_zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ClockError(f"there is no time zone '{name}'") from None


def _own_zone() -> tzinfo | None:
    """Return the machine's time zone with its summer time, the offset of now where it does not say which it is.

    An hour of next spring is at another offset than one of today.
    """
    now = datetime.now().astimezone()
    link = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    for name in (os.environ.get("TZ", "").removeprefix(":"), link):
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            if name and now.astimezone(found := ZoneInfo(name)).utcoffset() == now.utcoffset():
                return found
    return now.tzinfo


def login() -> str:
    """Return the name of the login that this process runs under; no variable of the environment can change it."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
