"""Files as customers and carriers send them, made in the test."""

import io
from email.message import EmailMessage

from fpdf import FPDF
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

#: Points: a page of the size that is drawn without being made smaller.
WIDE, HIGH = 400.0, 500.0


def pdf(text: str, pages: int = 1, *, turned: int = 0, marked: bool = False, locked: bool = False) -> bytes:
    """Return a PDF with a text above on the left, and a black mark beside it. `turned`: clockwise, in degrees.

    `locked`: it takes a password to read. `marked`: a form field's red look stands in the middle, and a script is to
    run when the file is opened.
    """
    made = FPDF(unit="pt", format=(WIDE, HIGH))
    made.set_auto_page_break(False)
    for number in range(pages):
        made.add_page()
        made.set_font("helvetica", size=20)
        made.text(20, 60, f"{text}, sheet {number + 1}")
        made.set_fill_color(0, 0, 0)
        made.rect(0, 0, 30, 30, style="F")
    writer = PdfWriter(clone_from=io.BytesIO(bytes(made.output())))
    for page in writer.pages:
        page[NameObject("/Rotate")] = NumberObject(turned)
    if marked:
        look = DecodedStreamObject()
        look.set_data(b"1 0 0 rg 0 0 10 10 re f")
        look[NameObject("/BBox")] = _box(0, 0, 10, 10)
        mark = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/Rect"): _box(150, 200, 250, 300),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
                NameObject("/TU"): TextStringObject("received"),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
        script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    if locked:
        writer.encrypt("4711", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _box(*corners: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, corners))


def email(*, html: bool = False) -> bytes:
    """Return an email with an attached file, as text or as HTML only."""
    message = EmailMessage()
    message["From"] = "Tony Marsh <tony@birch.example>"
    message["To"] = "ann@granite.example"
    message["Date"] = "Mon, 02 Nov 2026 10:00:00 -0500"
    message["Subject"] = "Rechnung über Paletten"
    if html:
        message.set_content("<head><title>x</title></head><p>We pay <b>1,200.00</b></p><script>go()</script>", "html")
    else:
        message.set_content("Hello Ann,\n\n\n\nwe pay 1,200.00 on Friday.\n")
    message.add_attachment(b"12 pallets", maintype="application", subtype="pdf", filename="../../remit.pdf")
    return bytes(message)
