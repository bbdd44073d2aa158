"""The book that is full of hostile text, made once for all."""

import pytest

from tests.hostile.book import HostileBook


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> HostileBook:
    """The book; who changes it takes a copy."""
    with pytest.MonkeyPatch.context() as patch:
        # Without a power cut nothing depends on it.
        patch.setattr("os.fsync", lambda _: None)
        return HostileBook(tmp_path_factory.mktemp("hostile")).fill(acts=4)
