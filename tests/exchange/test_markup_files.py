"""Web pages and XML under the name of a workbook: made into rows, and refused where they are none."""

import pytest

from arctui.exchange.report import ReportError
from arctui.exchange.source import Source, choose_sheet, source_of

XML = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">{sheets}</Workbook>"""
SHEET = '<Worksheet ss:Name="{name}"><Table>{rows}</Table>{more}</Worksheet>'
HIDDEN = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"


def rows(source: Source, place: int = 0) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in source.sheets[place].table.rows]


def book(body: str, encoding: str = "utf-8") -> bytes:
    return XML.format(encoding=encoding, sheets=SHEET.format(name="Aging", rows=body, more="")).encode(encoding)


def test_a_web_page_becomes_the_rows_that_a_spreadsheet_shows() -> None:
    page = """<html><head><title>t</title><style>td {}</style></head><body><h3>As of 30 Sep 2026</h3>
    <table><tr><th>Customer<th>Balance</tr>
    <tr><td>Smith &amp; Sons<br>Ltd<td>5.00</tr><tr><td>
    </tr><tr><td colspan=2>Total</td><td>5.00</td></tr></table><script>1 < 2</script><p>made by us</p></body>"""
    source = source_of(page.encode())
    assert source.format == "web page, UTF-8"
    assert rows(source) == [
        (1, ("As of 30 Sep 2026",)),
        (2, ("Customer", "Balance")),
        (3, ("Smith & Sons Ltd", "5.00")),
        (5, ("Total", "", "5.00")),
        (6, ("made by us",)),
    ]


def test_a_cell_over_several_rows_stands_in_the_first() -> None:
    page = b"<table><tr><td rowspan=2>Alder<td>1<tr><td>2<tr><td>Birch<td>3</table>"
    assert rows(source_of(page)) == [(1, ("Alder", "1")), (2, ("", "2")), (3, ("Birch", "3"))]


def test_a_table_inside_a_cell_gives_rows_of_its_own() -> None:
    page = b"<table><tr><td>Report<table><tr><td>a<td>b</tr></table></td></tr></table>"
    assert rows(source_of(page)) == [(1, ("Report",)), (2, ("a", "b"))]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "iso-8859-2"])
def test_pages_are_read_in_the_encoding_that_they_declare(encoding: str) -> None:
    name = "Łódź" if encoding == "iso-8859-2" else "Müller"
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><table><tr><td>{name}'
    assert rows(source_of(page.encode(encoding)))[0] == (1, (name,))


def test_a_web_archive_is_read() -> None:
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<table><tr><td>a=3Db</table>\r\n--x--\r\n"
    )
    assert rows(source_of(archive)) == [(1, ("a=b",))]


def test_a_workbook_in_xml_is_read_with_its_types_and_places() -> None:
    source = source_of(
        book(
            '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Aging</Data></Cell><Cell><Data ss:Type="String">b'
            '</Data></Cell></Row><Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="Number">12.125</Data></Cell>'
            '<Cell><Data ss:Type="DateTime">2026-09-30T00:00:00.000</Data></Cell>'
            '<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#REF!</Data></Cell></Row>'
        )
    )
    assert source.format == "workbook (XML)"
    assert rows(source) == [(1, ("Aging", "", "b")), (4, ("", "12.1250", "2026-09-30", "TRUE", "#REF!"))]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_xml_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    data = book('<Row><Cell><Data ss:Type="String">Müller</Data></Cell></Row>', encoding)
    assert rows(source_of(data)) == [(1, ("Müller",))]


def test_hidden_sheets_of_an_xml_workbook_are_known() -> None:
    row = '<Row><Cell><Data ss:Type="String">{}</Data></Cell></Row>'
    both = SHEET.format(name="Old", rows=row.format("x"), more=HIDDEN)
    both += SHEET.format(name="New", rows=row.format("y"), more="")
    source = source_of(XML.format(encoding="utf-8", sheets=both).encode())
    assert [(sheet.name, sheet.hidden) for sheet in source.sheets] == [("Old", True), ("New", False)]
    assert choose_sheet(source).name == "New"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body><p>Your session has ended", "web page without a table"),
        (b'<?xml version="1.0"?><Invoices><Invoice/></Invoices>', "without a table"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello", "without a table"),
        (book("<Row>")[:-40], "damaged or cut off"),
        (book("<a>" * 300), "nested too deep"),
        (
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]>'
            + book("<Row><Cell><Data>&a;</Data></Cell></Row>")[39:],
            "declares a document type",
        ),
        (
            ("\ufeff" + '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>').encode(
                "utf-16-le"
            )
            + book("<Row/>").decode()[38:].encode("utf-16-le"),
            "declares a document type",
        ),
        (b"<table><tr>" + b"<td colspan=16384>" * 2, "too many columns"),
    ],
)
def test_what_holds_no_table_or_means_harm_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        source_of(data)


def test_deep_nesting_of_a_page_does_no_harm() -> None:
    page = b"<table><tr><td>" * 20_000 + b"deep"
    assert rows(source_of(page))[-1][1] == ("deep",)
