"""Pictures that are put into a PDF: PNG and JPEG only, told by their first bytes, looked at whole before they are."""

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

#: More dots are not unpacked: a small file can hold a picture that fills the memory.
MOST_DOTS = 40_000_000
_FORMATS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
#: How a picture's dots may be kept for it to go into a PDF as it is.
_TAKEN = {"PNG": ("L", "LA", "RGB", "RGBA", "P"), "JPEG": ("L", "RGB", "CMYK")}
#: The tag of a photo that tells how the camera was held (EXIF), and its value for upright.
_ORIENTATION, _UPRIGHT = 0x0112, 1
#: Dots of a strip in which a picture is made smaller.
_STRIP = 1_000_000


class PictureError(ValueError):
    """A picture cannot be used; the message is a sentence that says why."""


def picture(content: bytes, what: str = "picture", side: int = 0) -> bytes:
    """Return a picture as it can be placed on a page: upright, in the form of PNG or JPEG that every reader draws.

    `what` it is, for the sentence; `side`: the most dots that a side may have, 0: any. Raises PictureError for
    another kind of file, a damaged one, and one of more than 40 million dots.
    """
    kind = next((kind for magic, kind in _FORMATS.items() if content.startswith(magic)), "")
    if not kind:
        raise PictureError(f"the {what} is no PNG or JPEG picture: save it as one of these")
    from PIL import Image as Pictures

    size = "too many"
    try:
        # Pillow warns on the terminal; the limit here is the lower one.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pictures.DecompressionBombWarning)
            found = Pictures.open(io.BytesIO(content), formats=[kind])
        with found:
            if found.width * found.height <= MOST_DOTS:
                return _fit(found, kind, content, side)
            size = f"{found.width:,} x {found.height:,}"
    except Pictures.DecompressionBombError:
        pass
    except Exception:  # noqa: BLE001  a damaged picture raises anything
        raise PictureError(f"the {what} is damaged: save it anew") from None
    raise PictureError(f"the {what} has {size} dots: make it smaller, {MOST_DOTS:,} are the most")


def _fit(found: "Image", kind: str, content: bytes, side: int) -> bytes:
    from PIL import ImageOps

    side = side or max(found.size)
    if max(found.size) > side:
        found.draft(None, (side, side))
    found.load()
    turned = found.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    fits = max(found.size) <= side
    if fits and found.mode in _TAKEN[kind] and not turned:
        return content
    made = ImageOps.exif_transpose(_as_taken(found, kind) if fits else _smaller(found, kind, side))
    written = io.BytesIO()
    made.save(written, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return written.getvalue()


def _smaller(found: "Image", kind: str, side: int) -> "Image":
    """Return a picture with sides of so many dots at most: made small in strips, for whole it fills the memory."""
    from PIL import Image as Pictures

    by = max(1, max(found.size) // side)
    height, small = by * max(1, _STRIP // found.width // by), None
    for top in range(0, found.height, height):
        strip = found.crop((0, top, found.width, min(found.height, top + height)))
        if strip.mode in ("P", "CMYK"):
            strip = strip.convert("RGBA" if "transparency" in strip.info else "RGB")
        strip = _as_taken(strip, kind).reduce(by)
        small = small or Pictures.new(strip.mode, (strip.width, -(-found.height // by)))
        small.paste(strip, (0, top // by))
    assert small is not None, "a picture has a dot"  # noqa: S101
    small.info = {key: value for key, value in found.info.items() if key != "transparency"}
    small.getexif().update(found.getexif())
    small.thumbnail((side, side))
    return small


def _as_taken(found: "Image", kind: str) -> "Image":
    """Return a picture with its dots as readers of PDF know them."""
    if found.mode.startswith("I"):  # 65,536 shades of grey
        return found.point(lambda shade: shade / 256).convert("L")
    if found.mode not in _TAKEN[kind]:
        return found.convert("L" if found.mode == "1" else "RGB")
    return found
