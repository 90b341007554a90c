"""Pictures, read part by part to their end; only what draws the picture is kept.

What cameras and programs write besides (place, device, owner, comments, a small copy of the
uncropped picture) is left out, and whatever hides behind the picture's end. Of EXIF only the
orientation stays, in a block of its own.

Sources: ITU-T T.81, annex B (JPEG); W3C PNG, third edition; Exif 3.0, 4.6.
"""

import struct
import zlib
from collections.abc import Iterator

from participation.core.errors import Invalid
from participation.core.words import words

MOST_PIXELS = 60_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"bKGD", b"pHYs",
})  # fmt: skip
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = (
    0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE,
)  # fmt: skip
_DHT, _DQT, _DRI = 0xC4, 0xDB, 0xDD
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_RESTARTS = frozenset(range(0xD0, 0xD8))
_KEPT_APPS = {_APP0: (b"JFIF\0", 14), _APP2: (b"ICC_PROFILE\0", 0xFFFF), _APP14: (b"Adobe", 12)}
"""How they begin, and how long they are at most; a longer JFIF holds a small copy."""

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_ORIENTATIONS = range(2, 9)  # 1 is upright and need not be said


def bare_png(content: bytes) -> bytes:
    """The picture alone; raises `Invalid` for the field `file` for what is no whole PNG."""
    kept = [_PNG]
    is_first = True
    for kind, chunk, whole in _chunks(content):
        if is_first and kind != b"IHDR":
            raise _broken()
        if kind == b"IHDR":
            _check_pixels(*struct.unpack(">II", chunk[:8]))
        is_first = False
        if kind in _DRAWS:
            kept.append(whole)
        elif not kind[0] & 0x20:  # a part without which it cannot be drawn, and that nobody knows
            raise _broken()
        if kind == b"IEND":
            return b"".join(kept)
    raise _broken()


def bare_jpeg(content: bytes) -> bytes:
    """The picture alone, standing upright; raises `Invalid` for what is no whole JPEG."""
    kept, turned, has_frame = [b"\xff\xd8"], 0, False
    for marker, segment, whole in _segments(content):
        if marker == _EOI:
            if not has_frame:
                raise _broken()
            head = [kept[0], _turned(turned)] if turned else kept[:1]
            return b"".join([*head, *kept[1:], b"\xff\xd9"])
        if marker in _FRAMES:
            _check_pixels(*struct.unpack(">HH", segment[1:5])[::-1])
            has_frame = True
        if marker == _APP1 and segment.startswith(_EXIF):
            turned = turned or _orientation(segment[len(_EXIF) :])
        if _is_kept(marker, segment):
            kept.append(whole)
    raise _broken()


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, content and bytes of each chunk of a PNG."""
    place = len(_PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content) or not kind.isalpha():
            raise _broken()
        body = content[place + 8 : end - 4]
        if zlib.crc32(kind + body) != struct.unpack_from(">I", content, end - 4)[0]:
            raise _broken()
        if kind == b"IHDR" and length < 13:  # noqa: PLR2004 - its length by the standard
            raise _broken()
        yield kind, body, content[place:end]
        place = end


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, content and bytes of each segment; the lines of the picture go with their scan."""
    place = 2
    while place + 2 <= len(content):
        if content[place] != 0xFF:  # noqa: PLR2004 - what every marker begins with
            raise _broken()
        marker = content[place + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a filler
            place += 1
            continue
        if marker == _EOI:
            yield marker, b"", b""
            return
        if place + 4 > len(content):
            raise _broken()
        end = place + 2 + struct.unpack_from(">H", content, place + 2)[0]
        if end > len(content) or end < place + 4:
            raise _broken()
        segment = content[place + 4 : end]
        if marker in _FRAMES and len(segment) < 6:  # noqa: PLR2004 - up to the width, and a colour
            raise _broken()
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, segment, content[place:end]
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands that is no part of the picture's lines."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise _broken()
        following = content[place + 1]
        if following and following not in _RESTARTS:
            return place
        place += 2


def _is_kept(marker: int, segment: bytes) -> bool:
    """Whether a segment draws; raises `Invalid` for one that no standard knows in this form."""
    if _APP0 <= marker <= _APP15:
        begins, most = _KEPT_APPS.get(marker, (b"", -1))
        return segment.startswith(begins) and len(segment) <= most
    if marker == _COM:
        return False
    first = segment[0] if segment else 0xFF
    fits = {
        _DHT: first >> 4 <= 1 and first & 15 <= 3,  # noqa: PLR2004 - class and number of a table
        _DQT: first >> 4 <= 1 and first & 15 <= 3,  # noqa: PLR2004 - precision and number
        _DRI: len(segment) == 2,  # noqa: PLR2004 - one number
        _SOS: len(segment) == 4 + 2 * first,
    }
    if not fits.get(marker, marker in _FRAMES and len(segment) == 6 + 3 * segment[5]):
        raise _broken()
    return True


def _orientation(tiff: bytes) -> int:
    """How the picture is turned, 2 to 8; 0 for upright or where nothing legible says so."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 0
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for index in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, start + 2 + 12 * index
            )
            if tag == _ORIENTATION:
                return value if value in _ORIENTATIONS else 0
    except struct.error:
        return 0
    return 0


def _turned(orientation: int) -> bytes:
    """An EXIF block that says nothing but this."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _check_pixels(width: int, height: int) -> None:
    if not width or not height or width * height > MOST_PIXELS:
        message = words(
            "At most %(most)s million pixels. Make the picture smaller and choose it again.",
            most=MOST_PIXELS // 1_000_000,
        )
        raise Invalid(message, field="file")


def _broken() -> Invalid:
    message = words("This picture is broken. Save it anew and choose it again.")
    return Invalid(message, field="file")
