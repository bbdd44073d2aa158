"""Pictures made in the test."""

import io
from typing import Any

from PIL import Image


def drawn(kind: str = "PNG", size: tuple[int, int] = (60, 20), mode: str = "RGB", **saved: Any) -> bytes:
    """Return a picture as a file of a kind."""
    found = io.BytesIO()
    Image.new(mode, size, 1 if mode in "1PLI;16" else (200, 30, 30)).save(found, kind, **saved)
    return found.getvalue()
