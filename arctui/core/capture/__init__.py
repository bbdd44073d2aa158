"""The capture line: one line that says what came of a contact (`wbp fri 1200 ach tony -- words`)."""

from arctui.core.capture.reader import read_line
from arctui.core.capture.reading import Callback, Commitment, Objection, Reading, Situation

__all__ = ["Callback", "Commitment", "Objection", "Reading", "Situation", "read_line"]
