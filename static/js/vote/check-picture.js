/**
 * The code for a second device as a picture. It is drawn here: what it holds opens the ballot, and
 * leaves the device by light alone.
 */
import { correction, generate } from "lean-qr/nano";

const NAMESPACE = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules around the code, as its standard asks

/**
 * The picture of a code; `label` is what it is called to those who do not see it.
 * @param {string} text
 * @param {string} label
 */
export function pictureOf(text, label) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const picture = document.createElementNS(NAMESPACE, "svg");
  const size = code.size + 2 * QUIET;
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  picture.setAttribute("class", "check-picture");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", squares(code));
  picture.append(path);
  return picture;
}

/** @param {{size: number, get: (x: number, y: number) => boolean}} code */
function squares({ size, get }) {
  const places = Array.from({ length: size * size }, (_, at) => [at % size, Math.floor(at / size)]);
  const dark = places.filter(([x = 0, y = 0]) => get(x, y));
  return dark.map(([x = 0, y = 0]) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`).join("");
}
