/**
 * The list of files at the end of a zip (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16).
 */
import { fromUtf8 } from "../vote/bytes.js";

/**
 * @typedef {object} Member
 * @property {string} name
 * @property {number} flags
 * @property {number} method
 * @property {number} packed bytes in the file
 * @property {number} size bytes when unpacked
 * @property {number} offset of its local header
 */

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LISTED = 0x02014b50;
const MOST_COMMENT = 0xffff;
const FULL = 0xffffffff; // the number stands in the zip64 field
/** The flag of a name that is written in UTF-8. */
export const UTF8 = 0x800;

/**
 * So many bytes of a file; RangeError where it has fewer.
 * @param {Blob} file
 * @param {number} start
 * @param {number} length
 */
export async function view(file, start, length) {
  const slice = file.slice(start, start + length);
  if (start < 0 || slice.size !== length) throw new RangeError("the file is cut");
  return new DataView(await slice.arrayBuffer());
}

/**
 * Every file that the end of the archive lists; RangeError where it lists none.
 * @param {Blob} file
 */
export async function list(file) {
  const { start, length, count, shift } = await findList(file);
  const octets = await view(file, start, length);
  const members = [];
  let at = 0;
  while (at < length) {
    const { member, end } = readListed(octets, at);
    members.push({ ...member, offset: member.offset + shift });
    at = end;
  }
  if (members.length !== count) throw new RangeError("another number of files than listed");
  return members;
}

/**
 * Where the list of files stands: before the record at the archive's end.
 * @param {Blob} file
 */
async function findList(file) {
  const tail = Math.min(file.size, 22 + MOST_COMMENT);
  const octets = await view(file, file.size - tail, tail);
  let at = tail - 22;
  while (at >= 0 && octets.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new RangeError("no end of a zip file");
  const end = file.size - tail + at;
  const found = {
    count: octets.getUint16(at + 10, true),
    length: octets.getUint32(at + 12, true),
    offset: octets.getUint32(at + 16, true),
  };
  const { count, length, offset, before } = await largeList(file, end, found);
  // Bytes may stand in front of an archive; its offsets then count from behind them.
  return { count, length, start: before - length, shift: before - length - offset };
}

/**
 * The same numbers out of the zip64 record, where there is one.
 * @param {Blob} file
 * @param {number} end
 * @param {{count: number, length: number, offset: number}} found
 */
async function largeList(file, end, found) {
  const locator = end >= 20 ? await view(file, end - 20, 20) : null;
  if (locator?.getUint32(0, true) !== LOCATOR_64) return { ...found, before: end };
  const octets = await view(file, end - 76, 56);
  if (octets.getUint32(0, true) !== END_64) return { ...found, before: end };
  return {
    count: large(octets, 32),
    length: large(octets, 40),
    offset: large(octets, 48),
    before: end - 76,
  };
}

/**
 * @param {DataView} octets
 * @param {number} at
 */
const large = (octets, at) => Number(octets.getBigUint64(at, true));

/**
 * One line of the list.
 * @param {DataView} octets
 * @param {number} at
 */
function readListed(octets, at) {
  if (octets.getUint32(at, true) !== LISTED) throw new RangeError("the list of files is damaged");
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
    octets.getUint16(at + place, true),
  );
  const nameEnd = at + 46 + (nameLength ?? 0);
  const extraEnd = nameEnd + (extraLength ?? 0);
  const flags = octets.getUint16(at + 8, true);
  const name = new Uint8Array(octets.buffer, at + 46, nameLength);
  const extra = new DataView(octets.buffer, nameEnd, extraLength);
  const sizes = [24, 20, 42].map((place) => octets.getUint32(at + place, true));
  const [size = 0, packed = 0, offset = 0] = widen(sizes, extra);
  const method = octets.getUint16(at + 10, true);
  const member = { name: text(name, flags), flags, method, packed, size, offset };
  return { member, end: extraEnd + (commentLength ?? 0) };
}

/**
 * Numbers of four bytes, those that are full taken from the zip64 field, in their order.
 * @param {number[]} sizes
 * @param {DataView} extra
 */
function widen(sizes, extra) {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  let place = at + 4;
  return sizes.map((size) => (size === FULL ? large(extra, (place += 8) - 8) : size));
}

/**
 * A file's name, as its flags say that it is written.
 * @param {Uint8Array} name
 * @param {number} flags
 */
export function text(name, flags) {
  if ((flags & UTF8) === 0) return new TextDecoder("latin1").decode(name);
  try {
    return fromUtf8(name);
  } catch {
    throw new RangeError("a name that is not UTF-8");
  }
}
