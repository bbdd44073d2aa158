"""Ids of records."""

import secrets


def new_id() -> str:
    """Return a new record id: 32 hex digits, drawn at random so that no clock and no session can repeat one."""
    return secrets.token_hex(16)
