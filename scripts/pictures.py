"""Pictures for the documentation: screens put side by side, and made small.

The browser that took them does the work; no library for pictures is needed.
"""

import base64
import struct
import zlib
from collections.abc import Sequence

from playwright.sync_api import Page

MOST_COLOURS = 256
GAP = 24

_BESIDE = """<!doctype html><style>
  body { margin: 0; padding: %(gap)spx; display: inline-flex; gap: %(gap)spx; background: #e9e5db; }
  div { height: %(height)spx; overflow: hidden; border-radius: 14px; border: 1px solid #cfc9ba; }
  img { display: block; }
</style>%(images)s"""

_QUANTISE = """async ([source, most]) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const { width, height } = image;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const times = new Map();
  for (const colour of pixels) times.set(colour, (times.get(colour) ?? 0) + 1);
  const kept = [...times].sort((a, b) => b[1] - a[1]).slice(0, most).map(([colour]) => colour);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = kept.map(parts);
  const nearest = (colour) => {
    const [r, g, b] = parts(colour);
    let best = 0, least = Infinity;
    palette.forEach(([pr, pg, pb], at) => {
      const far = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
      if (far < least) [best, least] = [at, far];
    });
    return best;
  };
  const places = new Map([...times.keys()].map((colour) => [colour, nearest(colour)]));
  const indices = Uint8Array.from(pixels, (colour) => places.get(colour));
  let text = "";
  for (let at = 0; at < indices.length; at += 8192) {
    text += String.fromCharCode(...indices.subarray(at, at + 8192));
  }
  return { width, height, palette: palette.flat(), indices: btoa(text) };
}"""


def beside(page: Page, screens: Sequence[bytes], height: int) -> bytes:
    """The upper part of each screen, side by side, as a PNG."""
    images = "".join(f'<div><img src="{_address(screen)}"></div>' for screen in screens)
    page.set_content(_BESIDE % {"gap": GAP, "height": height, "images": images})
    page.wait_for_function("[...document.images].every(({ complete }) => complete)")
    return page.locator("body").screenshot()


def shrink(page: Page, picture: bytes) -> bytes:
    """The same picture in at most 256 colours, as a PNG."""
    found = page.evaluate(_QUANTISE, [_address(picture), MOST_COLOURS])
    width, height = found["width"], found["height"]
    indices = base64.b64decode(found["indices"])
    rows = b"".join(
        b"\x00" + indices[row * width : (row + 1) * width] for row in range(height)
    )  # no filter: each row begins with a zero
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", bytes(found["palette"])),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
    )


def _address(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
