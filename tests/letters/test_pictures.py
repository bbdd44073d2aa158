"""Pictures for a PDF: what is taken as it is, what is made fit, what is refused with its reason."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from arctui.letters.pdf import Pdf
from arctui.letters.pictures import PictureError, picture
from tests.letters.pictures import drawn
from tests.letters.seen import pictures
from tests.letters.test_pdf import made


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "L")]
)
def test_a_picture_that_readers_draw_is_taken_as_it_is(kind: str, mode: str) -> None:
    content = drawn(kind, mode=mode)
    assert picture(content) == content


@pytest.mark.parametrize("mode", ["1", "I;16", "RGBA"])
def test_a_picture_of_any_depth_goes_onto_a_page(mode: str) -> None:
    colour: Any = (200, 30, 30, 90) if mode == "RGBA" else 1
    found = io.BytesIO()
    Image.new(mode, (60, 20), colour).save(found, "PNG")
    page = made()
    page.image(picture(found.getvalue()), 30, 30)
    assert len(pictures(page.content())) == 1


def test_a_photo_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(picture(drawn("JPEG", (60, 20), exif=exif))).size == (20, 60)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the logo is no PNG or JPEG picture: save it as one of these"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "the logo is no PNG or JPEG picture: save it as one of these"),
        (drawn("GIF", mode="P"), "the logo is no PNG or JPEG picture: save it as one of these"),
        (drawn()[:60], "the logo is damaged: save it anew"),
        (drawn("JPEG", (400, 400))[:700], "the logo is damaged: save it anew"),
        (drawn()[:8] + b"\x00" * 50, "the logo is damaged: save it anew"),
        (b"\xff\xd8\xff" + drawn()[8:], "the logo is damaged: save it anew"),
    ],
    ids=["empty", "svg", "gif", "cut png", "cut jpeg", "no png inside", "no jpeg inside"],
)
def test_what_is_no_whole_picture_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(PictureError, match=f"^{why}$"):
        picture(content, "logo")


def test_a_picture_that_would_fill_the_memory_is_not_unpacked() -> None:
    # The head of a PNG says how large it is; nothing else of it is there.
    head = bytearray(drawn("PNG", (8, 8), "1"))
    head[16:24] = (40_000).to_bytes(4, "big") + (1_001).to_bytes(4, "big")
    import zlib

    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    with pytest.raises(PictureError, match="40,000 x 1,001 dots: make it smaller, 40,000,000 are the most"):
        picture(bytes(head))


def test_a_picture_keeps_its_shape_and_moves_to_the_next_page_where_it_has_no_room() -> None:
    page: Pdf = made()
    assert page.image(drawn(size=(60, 20)), 30, 30) == (30, 10)
    assert page.image(drawn(size=(20, 60)), 30, 30, (100, 200)) == (10, 30)
    assert page.y == pytest.approx(25)
    page.gap(page.left - 9)
    page.image(drawn(size=(60, 20)), 30, 30, right=True)
    content = page.content()
    wide, high = pictures(content)
    assert (round(wide.left), round(wide.top), round(wide.right), round(wide.bottom)) == (15, 15, 45, 25)
    assert (round(high.left), round(high.top), round(high.right), round(high.bottom)) == (100, 200, 110, 230)
    (moved,) = pictures(content, 1)
    assert (round(moved.left), round(moved.top)) == (15, 15)


def test_one_of_far_too_many_dots_is_called_too_large_not_damaged() -> None:
    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    size = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    huge = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", zlib.compress(b"x")) + part(b"IEND", b"")
    with pytest.raises(PictureError, match="the logo has too many dots: make it smaller"):
        picture(huge, "logo")
