"""One small ledger as several systems export it: three customers, five items, 1,309.50 open in all."""

from typing import NamedTuple

TOTALLED = {
    "a flat list": (
        "Customer,Invoice,Date,Due Date,Amount,Open Balance,Status\n"
        'Alder Mill,A-1,2026-09-01,2026-10-01,"1,234.50","1,034.50",Open\n'
        "Alder Mill,A-2,2026-10-05,2026-11-04,80.00,80.00,Open\n"
        "Birch Works,B-1,2026-09-20,2026-10-20,200.00,200.00,Open\n"
        "Birch Works,CR-7,2026-10-01,,-5.00,-5.00,Open\n"
        "Total Haulage Ltd,3000,2026-10-02,2026-11-01,0.00,0.00,Paid\n"
        "Total,,,,,1309.50,\n"
    ),
    "QuickBooks Online by buckets": (
        'A/R Aging Detail Report\nNorthside\n"As of November 16, 2026"\n\n'
        ",Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance\n"
        "31 - 60 days past due\n"
        ',09/01/2026,Invoice,A-1,Alder Mill,10/01/2026,"1,234.50","1,034.50"\n'
        'Total for 31 - 60 days past due,,,,,,"$1,234.50","$1,034.50"\n'
        "1 - 30 days past due\n"
        ",10/05/2026,Invoice,A-2,Alder Mill,11/04/2026,80.00,80.00\n"
        ",09/20/2026,Invoice,B-1,Birch Works,10/20/2026,200.00,200.00\n"
        ",10/01/2026,Credit Memo,CR-7,Birch Works,,-5.00,-5.00\n"
        "Total for 1 - 30 days past due,,,,,,$275.00,$275.00\n"
        'TOTAL,,,,,,"$1,509.50","$1,309.50"\n'
        '"Monday, November 16, 2026 09:12 AM GMT-05:00"\n'
    ),
    "QuickBooks Online by customer": (
        'Open Invoices\nNorthside\n"As of November 16, 2026"\n\n'
        ",Date,Transaction type,Num,Terms,Due date,Open balance\n"
        "Alder Mill\n"
        ',09/01/2026,Invoice,A-1,Net 30,10/01/2026,"1,034.50"\n'
        ",10/05/2026,Invoice,A-2,Net 30,11/04/2026,80.00\n"
        'Total for Alder Mill,,,,,,"$1,114.50"\n'
        "Birch Works\n"
        ",09/20/2026,Invoice,B-1,Net 30,10/20/2026,200.00\n"
        ",10/01/2026,Credit Memo,CR-7,,,-5.00\n"
        "Total for Birch Works,,,,,,$195.00\n"
        'TOTAL,,,,,,"$1,309.50"\n'
    ),
    "QuickBooks Desktop": (
        ",Type,Date,Num,P. O. #,Terms,Due Date,Aging,Open Balance\r\n"
        "Alder Mill,,,,,,,,\r\n"
        ",Invoice,09/01/2026,A-1,,Net 30,10/01/2026,46,1034.50\r\n"
        ",Invoice,10/05/2026,A-2,,Net 30,11/04/2026,12,80.00\r\n"
        "Total Alder Mill,,,,,,,,1114.50\r\n"
        "Total Haulage,,,,,,,,\r\n"
        ",Invoice,09/20/2026,B-1,,Net 30,10/20/2026,27,200.00\r\n"
        ",Credit Memo,10/01/2026,CR-7,,,,,-5.00\r\n"
        "Total Total Haulage,,,,,,,,195.00\r\n"
        "TOTAL,,,,,,,,1309.50\r\n"
    ),
    "Xero": (
        "Aged Receivables Detail\nNorthside\nAs at 16 November 2026\n\n"
        "Invoice Number,Invoice Date,Due Date,Invoice Reference,Current,< 1 Month,1 Month,Older,Total\n"
        "Alder Mill\n"
        'A-1,1 Sep 2026,1 Oct 2026,PO 4,,,"1,034.50",,"1,034.50"\n'
        "A-2,5 Oct 2026,4 Nov 2026,,,80.00,,,80.00\n"
        'Total Alder Mill,,,,,80.00,"1,034.50",,"1,114.50"\n\n'
        "Birch Works\n"
        "B-1,20 Sep 2026,20 Oct 2026,,,200.00,,,200.00\n"
        ",1 Oct 2026,,,,(5.00),,,(5.00)\n"
        "Total Birch Works,,,,,195.00,,,195.00\n\n"
        'Total,,,,,275.00,"1,034.50",,"1,309.50"\n'
    ),
    "Sage 50": (
        'Northside\nAged Receivables\n"As of Nov 16, 2026"\n\n'
        "Customer ID,Customer,Contact,Telephone 1,Invoice/CM #,Date,Date Due,0-30,31-60,61-90,Over 90 days,"
        "Amount Due\n"
        'A10,Alder Mill,Ann,555 0142,A-1,9/1/26,10/1/26,,"1,034.50",,,"1,034.50"\n'
        ",,,,A-2,10/5/26,11/4/26,80.00,,,,80.00\n"
        'A10,Alder Mill,,,,,,80.00,"1,034.50",,,"1,114.50"\n'
        "B10,Birch Works,Bob,555 0188,B-1,9/20/26,10/20/26,200.00,,,,200.00\n"
        ",,,,CR-7,10/1/26,10/1/26,,-5.00,,,-5.00\n"
        "B10,Birch Works,,,,,,200.00,-5.00,,,195.00\n"
        'Report Total,,,,,,,280.00,"1,029.50",,,"1,309.50"\n'
    ),
    "two columns": (
        "Customer,Invoice,Date,Due Date,Debit,Credit\n"
        "Alder Mill,A-1,2026-09-01,2026-10-01,1034.50,\n"
        "Alder Mill,A-2,2026-10-05,2026-11-04,80.00,\n"
        "Birch Works,B-1,2026-09-20,2026-10-20,200.00,\n"
        "Birch Works,CR-7,2026-10-01,,,5.00\n"
        "Total,,,,1314.50,5.00\n"
    ),
    "semicolons": (
        "Kunde;Rechnungsnummer;Rechnungsdatum;Fälligkeitsdatum;Betrag;Offener Betrag\n"
        "Alder Mill;A-1;01.09.2026;01.10.2026;1.234,50;1.034,50\n"
        "Alder Mill;A-2;05.10.2026;04.11.2026;80,00;80,00\n"
        "Birch Works;B-1;20.09.2026;20.10.2026;200,00;200,00\n"
        "Birch Works;CR-7;01.10.2026;;-5,00;-5,00\n"
        "Total;;;;;1.309,50\n"
    ),
}
OTHERS = {
    "line items": (
        "ContactName,EmailAddress,POAddressLine1,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountPaid,"
        "InvoiceAmountDue,Description,Quantity,UnitAmount,LineAmount,Currency,Type,Status\n"
        "Alder Mill,,,A-1,13/09/2026,13/10/2026,30.00,0,30.00,Work,1,10,10,USD,Sales invoice,Awaiting Payment\n"
        "Alder Mill,,,A-1,13/09/2026,13/10/2026,30.00,0,30.00,Goods,2,10,20,USD,Sales invoice,Awaiting Payment\n"
        "Birch Works,,,B-1,13/09/2026,13/10/2026,9.00,0,9.00,Work,1,9,9,USD,Sales invoice,Voided\n"
    ),
    "parts of invoices": (
        "Client Name,Invoice #,Date Issued,Date Due,Invoice Status,Date Paid,Item Name,Rate,Quantity,Line Total,"
        "Currency\n"
        "Alder Mill,0001,2026-09-13,2026-10-12,overdue,,Work,5,2,10.00,USD\n"
        "Alder Mill,0001,2026-09-13,2026-10-12,overdue,,Goods,1,3,3.00,USD\n"
        "Birch Works,0002,2026-09-14,2026-10-13,partial,,Work,5,2,10.00,USD\n"
        "Birch Works,0003,2026-09-14,2026-10-13,draft,,Work,5,2,10.00,USD\n"
    ),
    "contacts": (
        "Customer,Contact,Phone,Email\n"
        'Alder Mill,Ann,Phone: 555 0142 Mobile: 555 0188,"a@alder.example; b@alder.example"\n'
        "Birch Works,Bob,,not-an-email\n"
    ),
    "payments": (
        "payment_id,customer,invoice_id,payment_date,amount,method\n"
        "P1,Alder Mill,A-1,2026-11-13,500.00,check\n"
        "P2,Birch Works,,2026-11-14,-5.00,cash\n"
    ),
    "payments by customer": (
        "Transaction List by Customer\nNovember 1-14 2026\n"
        ",Date,Transaction type,Num,Memo/Description,Amount\n"
        "Alder Mill\n"
        ',11/13/2026,Payment,7,"A-1\nless 2",30.00\n'
        "Total for Alder Mill,,,,,$30.00\n"
    ),
    "a bank statement": (
        "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
        "CREDIT,11/12/2026,ORIG CO NAME:ALDER MILL ACH INV A-2,80.00,ACH_CREDIT,9134.50,\n"
        "CHECK,11/13/2026,DEPOSIT 5530,50.00,DEPOSIT,9184.50,5530\n"
        "DEBIT,11/13/2026,RENT,-2000.00,ACH_DEBIT,7184.50,\n"
    ),
    "OFX": (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD\n"
        "<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261112<TRNAMT>80.00<FITID>1<NAME>ALDER MILL<MEMO>A-2\n"
        "</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ),
    "a web page": (
        "<html><table><tr><th>Customer</th><th>Invoice</th><th>Date</th><th>Due Date</th><th>Open Balance</th></tr>"
        "<tr><td>Alder Mill</td><td>A-1</td><td>2026-09-01</td><td>2026-10-01</td><td>1,034.50</td></tr>"
        "<tr><td>Birch Works</td><td>B-1</td><td>2026-09-20</td><td>2026-10-20</td><td>200.00</td></tr>"
        "</table></html>"
    ),
}


class Spot(NamedTuple):
    """Where a text stands in an export: the name of the export, and the place of its line."""

    export: str
    line: int

    @property
    def lines(self) -> list[str]:
        """The lines of the export."""
        return TOTALLED[self.export].splitlines(keepends=True)

    @property
    def text(self) -> str:
        """The line itself."""
        return self.lines[self.line]

    def becoming(self, text: str) -> str:
        """Return the export with another text in the line's place."""
        lines = self.lines
        return "".join([*lines[: self.line], text, *lines[self.line + 1 :]])


def item_spots() -> list[Spot]:
    """Return where the open items of the totalled exports stand."""
    numbers = ("A-1", "A-2", "B-1", "CR-7", "(5.00)")
    return [
        Spot(name, place)
        for name, text in TOTALLED.items()
        for place, line in enumerate(text.splitlines())
        if any(number in line for number in numbers)
    ]
