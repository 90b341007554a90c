/**
 * The one form of COSE key that an election knows: ES256 in 77 bytes (protocol, section 6).
 */
import { concat, isEqual } from "../vote/bytes.js";
import { BadKey } from "../vote/errors.js";
import { parsePoint } from "../vote/p256.js";

const HEAD = Uint8Array.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20]);
const MIDDLE = Uint8Array.from([0x22, 0x58, 0x20]);
const LENGTH = 77;

/**
 * The point in a COSE key, 65 bytes; BadKey for any other form, or no point.
 * @param {Uint8Array} octets
 */
export function parseCose(octets) {
  const [x, y] = [octets.subarray(10, 42), octets.subarray(45)];
  if (octets.length !== LENGTH || !isEqual(octets, concat(HEAD, x, MIDDLE, y))) {
    throw new BadKey("not a COSE key of the 77-byte ES256 form");
  }
  const point = concat(Uint8Array.of(4), x, y);
  parsePoint(point);
  return point;
}
