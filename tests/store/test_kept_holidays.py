"""Holidays in the user's cache: they spare loading the library, and count only if they are as it made them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from arctui.store.kept_holidays import KeptHolidays

DAYS = {date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Christmas Day"}


def kept(path: Path) -> KeptHolidays:
    KeptHolidays(path).put("US", "", 2026, DAYS)
    return KeptHolidays(path)


def test_what_was_kept_is_known_to_the_next_process_and_to_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "holidays.json"
    found = kept(path)
    assert found.get("US", "", 2026) == DAYS
    assert [found.get(*other) for other in (("US", "CA", 2026), ("US", "", 2027), ("DE", "", 2026))] == [None] * 3
    found.put("DE", "", 2026, {})
    assert KeptHolidays(path).get("US", "", 2026) == DAYS
    assert KeptHolidays(path).get("DE", "", 2026) == {}
    assert path.stat().st_mode & 0o077 == 0


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a day altered": lambda content: content.replace(b"2026-12-25", b"2026-12-28"),
    "cut off": lambda content: content[:-20],
    "of another library": lambda content: content.replace(b'"library":"', b'"library":"x'),
    "empty": lambda _: b"",
    "no JSON": lambda _: b"\xff{[",
    "other JSON": lambda _: b'{"sha256": 1, "kept": []}',
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_does_not_fit_is_worked_out_and_kept_anew(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "holidays.json"
    kept(path)
    before = path.read_bytes()
    path.write_bytes(DAMAGES[damage](before))
    assert path.read_bytes() != before
    found = KeptHolidays(path)
    assert found.get("US", "", 2026) is None
    found.put("US", "", 2026, DAYS)
    assert KeptHolidays(path).get("US", "", 2026) == DAYS


def test_another_library_works_them_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "holidays.json"
    kept(path)
    monkeypatch.setattr(KeptHolidays, "_library", "another one")
    assert KeptHolidays(path).get("US", "", 2026) is None


def test_where_nothing_can_be_kept_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert kept(tmp_path / "file" / "holidays.json").get("US", "", 2026) is None
