"""What is told when a book could not be left in good order."""

from typing import cast

import pytest

from arctui.cli.opening import leave_book
from arctui.desk import Desk
from arctui.store import BookError


class _Full:
    def leave(self) -> str:
        raise BookError("the disk is full")


def test_of_what_the_disk_refused_it_is_not_said_that_it_is_saved(capsys: pytest.CaptureFixture[str]) -> None:
    leave_book(cast(Desk, _Full()))
    said = capsys.readouterr().err
    assert "the disk is full" in said
    assert "what was saved stands in the journal" in said
    assert "everything" not in said
