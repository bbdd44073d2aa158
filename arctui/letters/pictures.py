"""Pictures that are put into a PDF: PNG and JPEG only, told by their first bytes, looked at whole before they are."""

import io
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


class PictureError(ValueError):
    """A picture cannot be used; the message is a sentence that says why."""


def picture(content: bytes, what: str = "picture") -> bytes:
    """Return a picture as it can be placed on a page: upright, in the form of PNG or JPEG that every reader draws.

    `what` it is, for the sentence. Raises PictureError for another kind of file, a damaged one, and one of more than
    40 million dots.
    """
    kind = next((kind for magic, kind in _FORMATS.items() if content.startswith(magic)), "")
    if not kind:
        raise PictureError(f"the {what} is no PNG or JPEG picture: save it as one of these")
    from PIL import Image as Pictures
    from PIL import ImageOps

    try:
        with Pictures.open(io.BytesIO(content), formats=[kind]) as found:
            if found.width * found.height <= MOST_DOTS:
                found.load()
                turned = found.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
                if found.mode in _TAKEN[kind] and not turned:
                    return content
                return _written(ImageOps.exif_transpose(found), kind)
            size = f"{found.width:,} x {found.height:,}"
    except Exception:  # noqa: BLE001  a damaged picture raises anything
        raise PictureError(f"the {what} is damaged: save it anew") from None
    raise PictureError(f"the {what} has {size} dots: make it smaller, {MOST_DOTS:,} are the most")


def _written(found: "Image", kind: str) -> bytes:
    if found.mode.startswith("I"):  # 65,536 shades of grey
        found = found.point(lambda shade: shade / 256).convert("L")
    elif found.mode not in _TAKEN[kind]:
        found = found.convert("L" if found.mode == "1" else "RGB")
    written = io.BytesIO()
    found.save(written, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return written.getvalue()
