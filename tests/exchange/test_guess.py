"""What an unknown table's columns are taken for: by names in eight languages, by values, and when it is doubtful."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.exchange.column_values import is_value
from arctui.exchange.column_words import key
from arctui.exchange.guess import Guess, column_names, guess, header_place
from arctui.exchange.mapping import NeedsMappingError, corrected, mapping_for, preview
from arctui.exchange.report import ReadOptions, ReportError, ReportKind
from arctui.exchange.source import choose_sheet, open_source
from arctui.exchange.table import Row, Table

ROWS = (
    ("10001", "Birch Works", "B-1041", "03.08.2026", "02.09.2026", "1.284,50", "1.284,50", "EUR"),
    ("10002", "Alder Mill", "A-77", "12.09.2026", "12.10.2026", "642,00", "600,00", "EUR"),
    ("10002", "Alder Mill", "A-78", "15.09.2026", "15.10.2026", "85,00", "85,00", "EUR"),
    ("10003", "Cedar Farm", "C-9", "20.09.2026", "20.10.2026", "-150,00", "-150,00", "EUR"),
)
FIELDS = ("customer_number", "customer", "number", "issued", "due", "amount", "balance", "currency")
HEADINGS = {
    "English": "Customer No.,Customer,Invoice No.,Invoice Date,Due Date,Amount,Outstanding,Currency",
    "German": "Kundennummer,Kunde,Rechnungsnr.,Rechnungsdatum,Fälligkeit,Betrag,Offen,Währung",
    "French": "Code client,Client,N° facture,Date de facture,Échéance,Montant TTC,Reste à payer,Devise",
    "Spanish": "Código cliente,Razón social,Nº factura,Fecha factura,Vencimiento,Importe,Pendiente,Moneda",
    "Italian": "Codice cliente,Ragione sociale,N. fattura,Data fattura,Scadenza,Importo,Residuo,Divisa",
    "Dutch": "Klantnummer,Klantnaam,Factuurnummer,Factuurdatum,Vervaldatum,Bedrag,Openstaand,Munteenheid",
    "Portuguese": "Código do cliente,Nome do cliente,Nº fatura,Data de emissão,Vencimento,Valor,Em aberto,Moeda",
    "Polish": "Kod kontrahenta,Kontrahent,Nr faktury,Data wystawienia,Termin płatności,Kwota,Do zapłaty,Waluta",
    "SAP": "KUNNR,NAME 1,BELNR,BLDAT,FAEDT,DMBTR,Open,WAERS",
}
CONTACTS = (
    ("C1", "Birch Works", "Tony Marsh", "+1 480 555 0142", "tony@birch.example.com", "Mesa"),
    ("C2", "Alder Mill", "Rosa Lee", "+1 480 555 0117", "rosa@alder.example.com", "Bayshore"),
    ("C3", "Cedar Farm", "Ann Elm", "+1 480 555 0188", "ann@cedar.example.com", "Mesa"),
)


def table(*rows: Sequence[str]) -> Table:
    return Table(tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 1)))


def fields(made: Guess) -> dict[str, str]:
    return {name: field for name, field in zip(made.names, made.mapping.fields, strict=True) if field}


@pytest.mark.parametrize("language", HEADINGS)
def test_the_columns_of_open_items_are_known_by_their_names_in_many_languages(language: str) -> None:
    made = guess(table(HEADINGS[language].split(","), *ROWS))
    assert made.mapping.fields == FIELDS
    assert made.mapping.kind is ReportKind.OPEN_ITEMS
    assert made.certain, made.doubts


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Kunde,Zahlungsdatum,Zahlbetrag,Betrag,Zahlungsart", "customer,day,,amount,method"),
        ("Client,Date de paiement,Note,Montant,Mode de paiement", "customer,day,memo,amount,method"),
    ],
)
def test_payments_are_told_from_invoices(headings: str, expected: str) -> None:
    rows = [
        ("Birch Works", "03.08.2026", "", "1.284,50", "Scheck"),
        ("Alder Mill", "12.09.2026", "", "42,00", "Bank"),
    ]
    made = guess(table(headings.split(","), *rows))
    assert made.mapping.kind is ReportKind.PAYMENTS
    assert ",".join(made.mapping.fields) == expected
    assert made.certain, made.doubts


def test_contacts_and_bank_statements_are_told_from_invoices() -> None:
    people = guess(table(("Kundennr", "Firma", "Ansprechpartner", "Telefon", "E-Mail", "Ort"), *CONTACTS))
    assert people.mapping.kind is ReportKind.CONTACTS
    assert people.mapping.fields == ("customer_number", "customer", "person", "phone", "email", "address")
    rows = [("03.08.2026", "Gutschrift Birch Works", "1.284,50"), ("04.08.2026", "Miete August", "-900,00")]
    bank = guess(table(("Buchungstag", "Verwendungszweck", "Betrag"), *rows))
    assert bank.mapping.kind is ReportKind.STATEMENT
    assert bank.mapping.fields == ("day", "words", "amount")


@given(order=st.permutations(range(len(FIELDS))), language=st.sampled_from(sorted(HEADINGS)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_columns_does_not_matter(order: Sequence[int], language: str) -> None:
    rows = [HEADINGS[language].split(","), *ROWS]
    made = guess(table(*([row[at] for at in order] for row in rows)))
    assert made.mapping.fields == tuple(FIELDS[at] for at in order)
    assert made.certain


@given(
    order=st.permutations(range(len(FIELDS))),
    rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=6),
    blank=st.sets(st.integers(0, len(FIELDS) - 1), max_size=3),
)
@settings(max_examples=40, deadline=None)
def test_a_table_without_headings_is_never_certain_and_keeps_its_first_row(
    order: Sequence[int], rows: list[tuple[str, ...]], blank: set[int]
) -> None:
    first = tuple("" if at in blank else cell for at, cell in enumerate(rows[0]))
    made = guess(table(*([row[at] for at in order] for row in (first, *rows[1:]))))
    assert made.mapping.header == -1
    assert not made.certain
    assert "no header row was found" in made.doubts[0]


def test_contacts_without_headings_keep_their_first_customer() -> None:
    made = guess(table(*CONTACTS))
    assert made.mapping.header == -1
    assert not made.certain
    assert made.mapping.fields == ("customer_number", "customer", "", "phone", "email", "")


def test_headings_stand_below_titles() -> None:
    titled = table(("Harbour & Vale",), ("Offene Posten",), HEADINGS["German"].split(","), *ROWS)
    assert header_place(titled) == 2
    assert guess(titled).certain


def test_words_that_nobody_knows_are_headings_where_they_stand_above_dates_and_amounts() -> None:
    made = guess(table(("foo", "bar", "baz", "qux", "wob", "wib"), *(row[1:7] for row in ROWS)))
    assert made.mapping.header == 0
    assert not made.certain
    assert made.mapping.fields == ("customer", "number", "issued", "due", "amount", "balance")


def test_of_two_columns_of_dates_the_later_one_is_the_due_date_and_the_balance_is_never_the_larger_amount() -> None:
    rows = [(r[1], r[2], r[4], r[3], r[6], r[5]) for r in ROWS]
    made = guess(table(("foo", "bar", "baz", "qux", "wob", "wib"), *rows))
    assert made.mapping.fields == ("customer", "number", "due", "issued", "balance", "amount")


def test_two_columns_of_amounts_of_which_one_is_always_empty_are_debit_and_credit() -> None:
    rows = [("Birch Works", "B-1", "03.08.2026", "100,00", ""), ("Alder Mill", "A-1", "04.08.2026", "", "20,00")]
    made = guess(table(("foo", "bar", "baz", "qux", "wob"), *rows))
    assert made.mapping.fields == ("customer", "number", "issued", "debit", "credit")


def test_values_decide_between_the_meanings_of_a_name() -> None:
    head = ("Customer", "Invoice", "Due")
    dated = guess(table((*head, "Balance"), *((r[1], r[2], r[4], r[6]) for r in ROWS)))
    owed = guess(table((*head, "Due Date"), *((r[1], r[2], r[6], r[4]) for r in ROWS)))
    assert dated.mapping.fields[2] == "due"
    assert owed.mapping.fields[2:] == ("balance", "due")
    numbered = guess(table(("Kunde", "Rechnung", "Fällig", "Offen"), *((r[0], r[2], r[4], r[6]) for r in ROWS)))
    assert numbered.mapping.fields[0] == "customer_number"


@pytest.mark.parametrize(
    ("headings", "doubt"),
    [
        ("Kunde,Rechnung,Fällig,Offen,Saldo", "may both be"),
        ("Kunde,Rechnung,Fällig,Foo,Bar", "is taken for"),
        ("Foo,Rechnung,Fällig,Offen,Bar", "'Foo' is taken for the customer's name"),
    ],
)
def test_it_is_not_certain_where_two_columns_may_be_one_field_or_only_the_values_tell(
    headings: str, doubt: str
) -> None:
    made = guess(table(headings.split(","), *((r[1], r[2], r[4], r[6], r[5]) for r in ROWS)))
    assert not made.certain
    assert any(doubt in words for words in made.doubts)


def test_names_with_values_that_are_not_theirs_are_not_believed() -> None:
    made = guess(table(("Kunde", "Rechnung", "Offen", "Fällig"), *((r[1], r[2], r[4], r[6]) for r in ROWS)))
    assert "Offen" not in {name for name, field in fields(made).items() if field == "balance"}
    assert not made.certain
    assert made.whys[2].endswith("its dates are not after the due dates") or "its values are" in made.whys[2]


def test_the_refusal_names_the_options_that_read_the_table_as_it_was_guessed() -> None:
    unknown = table(("foo", "it's", "baz", "wob"), *((r[1], r[2], r[4], r[6]) for r in ROWS))
    with pytest.raises(NeedsMappingError) as refused:
        mapping_for(unknown, ReadOptions())
    message = str(refused.value)
    assert "--map foo=customer" in message
    assert "--map 'it'\\''s=number'" in message
    told = tuple((name, field) for name, field in fields(refused.value.guess).items())
    assert mapping_for(unknown, ReadOptions(columns=told)).mapping.fields == refused.value.guess.mapping.fields


def test_what_is_told_counts_for_more_than_the_names() -> None:
    items = table(HEADINGS["German"].split(","), *ROWS)
    told = ReadOptions(columns=(("Offen", ""), ("6", "balance"), ("fällig keit", "due")))
    mapping = mapping_for(items, told).mapping
    assert mapping.fields == ("customer_number", "customer", "number", "issued", "due", "balance", "", "currency")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("Nix", "due"), "there is no column 'Nix': the file has Kundennummer, Kunde"),
        (("Offen", "nix"), "there is no field 'nix': choose one of customer, customer_number, number"),
        (("9", "due"), "there is no column '9'"),
    ],
)
def test_a_column_or_a_field_that_is_none_is_refused_with_those_there_are(told: tuple[str, str], words: str) -> None:
    with pytest.raises(ReportError, match=words):
        mapping_for(table(HEADINGS["German"].split(","), *ROWS), ReadOptions(columns=(told,)))


def test_a_name_that_is_there_twice_is_told_by_its_number() -> None:
    twice = table(
        ("Kunde", "Rechnung", "Fällig", "Betrag", "Betrag"), *((r[1], r[2], r[4], r[5], r[6]) for r in ROWS)
    )
    with pytest.raises(ReportError, match="by its number, 4 or 5"):
        mapping_for(twice, ReadOptions(columns=(("Betrag", "balance"),)))
    assert mapping_for(twice, ReadOptions(columns=(("5", "balance"),))).mapping.fields[4] == "balance"


def test_a_field_that_is_given_to_another_column_leaves_its_first_one_but_phones_may_be_several() -> None:
    mapping = guess(table(HEADINGS["German"].split(","), *ROWS)).mapping
    moved = corrected(mapping, 5, "balance")
    assert (moved.fields[5], moved.fields[6]) == ("balance", "")
    assert corrected(moved, 5, "").kind is ReportKind.LISTED
    phones = corrected(corrected(mapping, 0, "phone"), 1, "phone")
    assert phones.fields[:2] == ("phone", "phone")


def test_a_preview_is_of_all_rows_and_of_the_first_ones_only_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = table(HEADINGS["German"].split(","), *ROWS)
    mapping = guess(items).mapping
    whole = preview(items, mapping, ReadOptions())
    assert whole.report
    assert (len(whole.report.items), whole.rows) == (4, 0)
    monkeypatch.setattr("arctui.exchange.mapping.WHOLE_ROWS", 3)
    monkeypatch.setattr("arctui.exchange.mapping.FIRST_ROWS", 2)
    part = preview(items, mapping, ReadOptions())
    assert part.report
    assert (len(part.report.items), part.rows) == (2, 2)
    assert (
        "a column for the customer"
        in preview(items, corrected(corrected(mapping, 0, ""), 1, ""), ReadOptions()).problem
    )


@pytest.mark.parametrize(
    "file", ["sage50us_customers_noheadings.csv", "gnucash_customers.csv", "gnucash_invoices.csv"]
)
def test_real_files_without_headings_are_asked_about(shared_data: Path, file: str) -> None:
    made = guess(choose_sheet(open_source(shared_data / "formats" / file)).table)
    assert made.mapping.header == -1
    assert not made.certain


def test_a_real_german_list_is_certain(shared_data: Path) -> None:
    made = guess(choose_sheet(open_source(shared_data / "formats" / "bc_debitorenposten_de.csv")).table)
    assert made.certain, made.doubts
    assert fields(made)["Restbetrag"] == "balance"
    assert fields(made)["Ursprungsbetrag"] == "amount"


def test_thousands_of_columns_are_each_looked_at_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counting(what: Callable[[str], object]) -> Callable[[str], object]:
        def counted(text: str) -> object:
            looked.append(text)
            return what(text)

        return counted

    monkeypatch.setattr("arctui.exchange.guess.key", counting(key))
    monkeypatch.setattr("arctui.exchange.guess.is_value", counting(is_value))
    width = 400
    rows = tuple(Row(n, tuple(f"c{n}-{column}" for column in range(width))) for n in range(1, 21))
    assert guess(Table(rows)).names[-1] == f"column {width}"
    assert column_names(["Name", "Name", "", "name"]) == ("Name", "Name (2)", "column 3", "name (3)")
    assert len(looked) < 25 * width
