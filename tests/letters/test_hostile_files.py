"""Files from anybody in a claim file: small ones that would take hours or the whole memory are shown in part, or not.

Each of these would not come to an end, or would not fit into the memory, if a limit were gone.
"""

import io
import sys
import warnings
import zlib
from contextlib import AbstractContextManager

import pytest
from PIL import Image

from arctui.letters import claim_merge, pictures
from arctui.letters.claim_merge import Taken, UnreadableError, merges
from arctui.letters.claim_papers import Paper, not_shown, proved
from arctui.letters.html_words import html_words
from arctui.letters.pictures import PictureError, picture
from tests.letters import attached
from tests.letters.pictures import drawn
from tests.letters.test_claim_papers import exhibit, on_our_page, shown

HEAD = b"From: a@birch.example\r\nSubject: paid\r\n"
TOO_MUCH = "the file takes too much work to read"


def pdf(page: bytes, *more: bytes) -> bytes:
    """A PDF of one page; `more` are its objects from number 4 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]" + page + b">>",
        *more,
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def stream(data: bytes, packed: bool = False) -> bytes:
    data, how = (zlib.compress(data), b"/Filter/FlateDecode") if packed else (data, b"")
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), how, data)


def chain(length: int) -> bytes:
    """A PDF whose page needs an array that holds an array that holds an array."""
    links = [b"[%d 0 R]" % (6 + n) for n in range(length)]
    return pdf(b"/Contents 4 0 R/Resources<</X 5 0 R>>", stream(b"0 0 m"), *links, b"1")


# PDFs


def test_what_is_read_of_a_pdf_is_so_shallow_that_it_is_written_too() -> None:
    content = chain(40)
    assert on_our_page(content).startswith(b"%PDF-")
    assert {shown("application/pdf", chain(n)).problem for n in (440, 484, 492)} == {TOO_MUCH}


def test_an_exhibit_that_turns_out_to_be_damaged_when_it_is_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = (Paper(exhibit("application/pdf"), pages=tuple(Taken(attached.pdf(x)).pages)) for x in ("a", "b"))
    text, real = Paper(exhibit("text/plain"), lines=("a",)), claim_merge._indirect

    def breaks(form: object, writer: object) -> object:
        if form is bad.pages[0].form:
            raise RecursionError
        return real(form, writer)  # type: ignore[arg-type]

    monkeypatch.setattr(claim_merge, "_indirect", breaks)
    assert proved([good, bad, text]) == [good, not_shown(bad, "the file is damaged"), text]
    assert not merges(bad.pages)


def test_what_is_imported_to_read_a_pdf_is_no_work_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    real, known = claim_merge.limited, list[bool]()

    def limited() -> AbstractContextManager[claim_merge.Work]:
        known.append("pypdf" in sys.modules)
        return real()

    monkeypatch.setattr(claim_merge, "limited", limited)
    monkeypatch.delitem(sys.modules, "pypdf")
    Taken(attached.pdf("x"))
    assert known == [True]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_that_names_one_content_many_times_is_not_unpacked(
    packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf(b"/Contents [%s]" % (b"4 0 R " * 60), stream(b"0 0 m " * 1_000, packed))
    assert len(Taken(content).pages) == 1
    monkeypatch.setattr(claim_merge, "_MOST_UNPACKED", 100_000)
    with pytest.raises(UnreadableError, match=TOO_MUCH):
        Taken(content)


def test_an_unpacked_page_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf.generic import EncodedStreamObject

    read = list[EncodedStreamObject]()
    real = EncodedStreamObject.get_data

    def get_data(self: EncodedStreamObject) -> bytes | str:
        read.append(self)
        return real(self)

    monkeypatch.setattr(EncodedStreamObject, "get_data", get_data)
    Taken(pdf(b"/Contents 4 0 R", stream(b"0 0 m", packed=True)))
    assert [s.decoded_self for s in read] == [None]


# Emails


def head(*lines: bytes, body: bytes = b"hi") -> bytes:
    return HEAD + b"\r\n".join([*lines, b"", body])


@pytest.mark.parametrize(
    "content",
    [
        head(b"To: " + b"a@b.example, " * 120_000),
        head(b"Cc: " + b"=?utf-8?q?aaa?= " * 30_000),
        head(b"To: " + b"(" * 300_000),
        head(b"Content-Type: text/plain; " + b"a*0*=utf-8''x; " * 30_000),
        head(b"Content-Type: text/plain; charset=punycode", body=b"hi\r\n" + b"abc-" * 200_000 + b"9" * 200_000),
        head(*[b"To: b@c.example"] * 5_000),
    ],
    ids=["addresses", "words in codes", "brackets", "parameters", "a slow code", "headers of a name"],
)
def test_an_email_is_shown_by_the_beginning_of_each_header(content: bytes) -> None:
    found = shown("message/rfc822", content)
    assert found.problem == ""
    assert {"From: a@birch.example", "Subject: paid", "hi"} <= set(found.lines)
    assert len(found.lines) < 30
    assert max(map(len, found.lines)) <= 2_000


def nested(deep: int) -> bytes:
    lines = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d" % (n, n) for n in range(deep)]
    return head(*lines, body=b"hi\r\n" * 100)


PART = b"--b\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (nested(20_000), "the email has too many parts within each other"),
        (head(body=b"\r\n" * 500_001), "the email has more than 500,000 lines"),
        (head(*[b"To: b@c.example"] * 20_000), "the email has more than 10,000 headers"),
        (
            head(b"Content-Type: multipart/mixed; boundary=b", body=PART * 1_100),
            "the email has more than 1,000 parts",
        ),
    ],
)
def test_an_email_of_too_many_pieces_says_so(content: bytes, why: str) -> None:
    assert shown("message/rfc822", content).problem == why


def test_an_email_is_read_within_a_limit_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.claim_papers._MOST_CALLS", 200)
    assert shown("message/rfc822", attached.email()).problem == TOO_MUCH


def test_headers_in_any_code_are_read() -> None:
    content = head(
        "To: Zoë <z@birch.example>".encode(),
        b"Cc: =?iso-8859-1?Q?Andr=E9_P?= =?utf-8?B?w6k=?= <a@b.example>, =?none?q?x=41?= =?utf-8?b?a?=",
    )
    assert shown("message/rfc822", content).lines[1:3] == (
        "To: Zoë <z@birch.example>",
        "Cc: André Pé <a@b.example>, xA=?utf-8?b?a?=",
    )


def test_the_text_of_an_email_is_found_among_its_parts_and_the_rest_is_named() -> None:
    parts = (
        b"--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
        b"--c\r\nContent-Type: text/html\r\n\r\n<p>as html\r\n--c\r\n\r\nas text\r\n--c--\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: older\r\n\r\nno\r\n--b--\r\n"
    )
    lines = shown("message/rfc822", head(b"Content-Type: multipart/mixed; boundary=b", body=parts)).lines
    assert lines[2:] == ("", "as text", "", "Attached to this email:", "- without a name (message/rfc822)")


# HTML


@pytest.mark.parametrize("open_sign", ["<a ", "<!--", "<!a ", "</ ", "&#x", '<a b="'])
def test_html_that_is_never_closed_is_looked_at_once(open_sign: str) -> None:
    found = html_words("paid<br>on Friday " + open_sign * 120_000)
    assert found.startswith("paid\non Friday")


def test_the_words_of_html_stand_without_its_tags_scripts_and_remarks() -> None:
    page = (
        "<!doctype html><head><style>p > a {}</style><body><!-- <p>no --><p class='a > b'>We pay&nbsp;<b>1,200.00</b>"
        "<script>if (a<b) '<p>no'</script> on &lt;Friday&gt;, 1 < 2<tr><td>a<td>b</html>"
    )
    assert html_words(page).split("\n") == ["", "We pay 1,200.00 on <Friday>, 1 < 2", "  a  b"]


# Pictures


def headed(width: int, height: int) -> bytes:
    """The head of a PNG of this size; nothing else of it is there."""
    made = bytearray(drawn("PNG", (8, 8), "1"))
    made[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    made[29:33] = zlib.crc32(bytes(made[12:29])).to_bytes(4, "big")
    return bytes(made)


@pytest.mark.parametrize(
    ("size", "told"), [((10_000, 10_000), "10,000 x 10,000 dots"), ((14_000, 14_300), "too many dots")]
)
def test_a_picture_of_too_many_dots_is_told_by_us_alone(size: tuple[int, int], told: str) -> None:
    with warnings.catch_warnings(record=True) as said, pytest.raises(PictureError, match=f"the picture has {told}"):
        picture(headed(*size))
    assert said == []


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "I;16", "LA"])
def test_a_large_picture_is_made_small_in_strips(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_STRIP", 200)
    strips, real = list[tuple[int, int]](), pictures._as_taken

    def seen(found: Image.Image, kind: str) -> Image.Image:
        strips.append(found.size)
        return real(found, kind)

    monkeypatch.setattr(pictures, "_as_taken", seen)
    whole = Image.linear_gradient("L").resize((90, 81)).convert("RGB").convert(mode if mode != "I;16" else "L")
    out = io.BytesIO()
    (whole.convert("I").convert("I;16") if mode == "I;16" else whole).save(out, "PNG")
    with Image.open(io.BytesIO(picture(out.getvalue(), side=30))) as small:
        assert small.size == (30, 27)
        grey = small.convert("L")
        if mode not in ("1", "I;16"):
            above, middle, below = (grey.crop((15, y, 16, y + 1)).tobytes()[0] for y in (2, 14, 25))
            assert above < 40 < 100 < middle < 160 < 220 < below
    assert max(width * height for width, height in strips) <= 300
