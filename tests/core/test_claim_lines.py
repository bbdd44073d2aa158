"""Lines of correction that say what a claim in court needs: legal name, jurisdiction, contract."""

import pytest

from tests.core.corrections import account, of, problem, read


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("legal name Birch Works LLC", "legal_name", "Birch Works LLC"),
        ("Legal Name: Birch Works, Inc.", "legal_name", "Birch Works, Inc."),
        ("registered name Bäckerei Ö GmbH & Co. KG", "legal_name", "Bäckerei Ö GmbH & Co. KG"),
        ("jurisdiction us-ca", "jurisdiction", "US-CA"),
        ("jurisdiction GB", "jurisdiction", "GB"),
        ("contract credit application of 2 Mar 2024", "contract", "credit application of 2 Mar 2024"),
    ],
)
def test_what_a_claim_needs_is_kept_as_it_was_written(line: str, field: str, expected: str) -> None:
    assert getattr(account(line), field) == expected
    assert expected in read(line).sentences[0]


@pytest.mark.parametrize(("line", "field"), [("legal name none", "legal_name"), ("contract none", "contract")])
def test_none_forgets_what_was_known(line: str, field: str) -> None:
    known = of(legal_name="Birch Works LLC", contract="terms of sale")
    assert getattr(account(line, known), field) == ""
    assert read(line, known).sentences[1].startswith("it was ")
    assert read(line).known


def test_what_was_known_before_is_said() -> None:
    reading = read("legal name Birch Works LLC", of(legal_name="Birch Works Inc."))
    assert reading.sentences == ("legal name: Birch Works LLC", "it was Birch Works Inc.")
    assert read("legal name Birch Works LLC", of(legal_name="Birch Works LLC")).known


@pytest.mark.parametrize("line", ["jurisdiction California", "jurisdiction XX", "jurisdiction US-ZZ", "jurisdiction"])
def test_a_place_that_nobody_knows_is_asked_for_with_an_example(line: str) -> None:
    assert "jurisdiction US-CA" in problem(line)


def test_a_state_without_its_country_is_doubted() -> None:
    (warning,) = read("jurisdiction CA").warnings
    assert warning == "CA is a country: for California write jurisdiction US-CA"


@pytest.mark.parametrize("line", ["legal name", "contract", "contract x"])
def test_a_line_without_its_words_is_a_problem(line: str) -> None:
    assert "write " in problem(line)
