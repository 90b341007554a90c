"""Files as officers have them, and as somebody hostile would make them."""

import io
import struct
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TEXT = b"Penjelasan rancangan.\nSetiap rumah memilah sampah.\n"
TABLE = b"Kecamatan,Rumah,Ton\nTimur,1200,30\nBarat,900,22\n"


def packed(parts: dict[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(name, content, kind)
    return made.getvalue()


def types(main: str, place: str) -> str:
    return (
        f'<?xml version="1.0"?><Types><Override PartName="/{place}" ContentType="{main}"/></Types>'
    )


def docx(more: dict[str, bytes | str] | None = None, *, main: str = WORD) -> bytes:
    parts = {"[Content_Types].xml": types(main, "word/document.xml"), "word/document.xml": "<w/>"}
    return packed(parts | (more or {}))


def xlsx() -> bytes:
    parts = {"[Content_Types].xml": types(SHEET, "xl/workbook.xml"), "xl/workbook.xml": "<x/>"}
    return packed(parts)


def open_document(kind: str, more: dict[str, bytes | str] | None = None) -> bytes:
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<o/>"}
    return packed(parts | (more or {}), stored=("mimetype",))


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    checked = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checked)


def png(*more: bytes, width: int = 2, height: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0\xff\xff\xff\xff\xff\xff" * 2)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), *more, chunk(b"IDAT", lines), chunk(b"IEND")]
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int = 6) -> bytes:
    """EXIF with an orientation, and with a place that nobody should learn."""
    tiff = b"II*\0" + struct.pack("<IH", 8, 2)
    tiff += struct.pack("<HHII", 0x0112, 3, 1, orientation)
    tiff += struct.pack("<HHII", 0x8825, 4, 1, 0) + b"GPS -6.2 106.8 Jalan Melati 5"
    return segment(0xE1, b"Exif\0\0" + tiff)


def jpeg(*more: bytes, width: int = 2, height: int = 2, tail: bytes = b"") -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"".join(
        [b"\xff\xd8", segment(0xE0, b"JFIF\0\x01\x01"), *more, segment(0xDB, b"\0" * 65),
         segment(0xC0, frame), segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"), scan, b"\xff\xd9", tail]
    )  # fmt: skip
