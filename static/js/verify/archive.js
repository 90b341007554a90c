/**
 * A record in one zip file, read where it lies: the list of its files first, then each file when
 * it is asked for. A file that cannot be unpacked is empty; the zip's check sums are not looked at,
 * the hashes of the log say the same, and where (PKWARE APPNOTE 6.3.10, section 4.3).
 */
import { Inflate } from "fflate";
import { concat } from "../vote/bytes.js";
import { Absent, Unreadable } from "./source.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./source.js").Source} Source */
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
const LOCAL = 0x04034b50;
const MOST_COMMENT = 0xffff;
const FULL = 0xffffffff; // the number stands in the zip64 field
const STORED = 0;
const DEFLATED = 8;
const PIECE = 2 ** 16;
const ENCRYPTED = 1;
const UNKNOWN = 0x60; // patches, and encryption of another kind
const UTF8 = 0x800;

/** @implements {Source} */
export class Archive {
  #file;
  #members;
  /** @type {Map<string, Member>} */
  #byName;

  /**
   * @param {Blob} file
   * @param {Member[]} members
   */
  constructor(file, members) {
    this.#file = file;
    this.#members = members;
    this.#byName = new Map(members.map((member) => [member.name, member]));
  }

  /** The archive in a file; Unreadable where it is no zip. @param {Blob} file */
  static async open(file) {
    try {
      return new Archive(file, await list(file));
    } catch (problem) {
      if (problem instanceof RangeError) throw new Unreadable("not a zip file");
      throw problem;
    }
  }

  /** As `Source.read`. @type {Source["read"]} */
  async read(path, most) {
    const member = this.#byName.get(path);
    if (!member) throw new Absent(path);
    try {
      return await unpack(this.#file, member, Math.min(most + 1, member.size));
    } catch (problem) {
      if (isDamage(problem)) return new Uint8Array();
      throw problem;
    }
  }

  /** As `Source.names`. */
  names() {
    return this.#members.map(({ name }) => name);
  }

  /** A name twice, a folder, an odd packing. */
  wrongForm() {
    const names = this.names();
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined && names.length > this.#byName.size) {
      return `the file holds the name '${twice}' twice`;
    }
    for (const { name, method, flags } of this.#members) {
      if (name.endsWith("/")) return `the file holds the folder '${name}'`;
      if (![STORED, DEFLATED].includes(method) || flags & ENCRYPTED) {
        return `'${name}' is neither stored nor deflated`;
      }
    }
    return "";
  }
}

/**
 * @param {Blob} file
 * @param {number} start
 * @param {number} length
 */
async function view(file, start, length) {
  const slice = file.slice(start, start + length);
  if (start < 0 || slice.size !== length) throw new RangeError("the file is cut");
  return new DataView(await slice.arrayBuffer());
}

/**
 * Every file that the end of the archive lists.
 * @param {Blob} file
 */
async function list(file) {
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
 * @param {Uint8Array} name
 * @param {number} flags
 */
function text(name, flags) {
  return new TextDecoder(flags & UTF8 ? "utf-8" : "latin1", { ignoreBOM: true }).decode(name);
}

/**
 * The first `most` bytes of a file of the archive; RangeError or fflate's error where it cannot be
 * unpacked.
 * @param {Blob} file
 * @param {Member} member
 * @param {number} most
 */
async function unpack(file, member, most) {
  const start = await findContent(file, member);
  const packed = file.slice(start, start + member.packed);
  if (member.method === DEFLATED) return inflate(packed, most);
  const octets = new Uint8Array(await packed.slice(0, most).arrayBuffer());
  if (member.method !== STORED || octets.length < most) throw new RangeError("the file is cut");
  return octets;
}

/**
 * Where a file's bytes begin: behind a local header that gives it the same name.
 * @param {Blob} file
 * @param {Member} member
 */
async function findContent(file, { name, flags, offset }) {
  const head = await view(file, offset, 30);
  const nameLength = head.getUint16(26, true);
  const local = await view(file, offset + 30, nameLength);
  const isNamed = text(new Uint8Array(local.buffer), flags) === name;
  if (head.getUint32(0, true) !== LOCAL || !isNamed || flags & UNKNOWN) {
    throw new RangeError("another file stands there");
  }
  return offset + 30 + nameLength + head.getUint16(28, true);
}

/**
 * @param {Blob} packed
 * @param {number} most
 * @returns {Promise<Bytes>}
 */
async function inflate(packed, most) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  let left = most;
  const machine = new Inflate((piece) => {
    pieces.push(piece.slice(0, left));
    left = Math.max(0, left - piece.length);
  });
  for (let at = 0; at < packed.size && left > 0; at += PIECE) {
    const piece = new Uint8Array(await packed.slice(at, at + PIECE).arrayBuffer());
    machine.push(piece, at + PIECE >= packed.size);
  }
  return concat(...pieces);
}

/**
 * Whether the archive is damaged, and not this device: fflate's errors carry a number.
 * @param {unknown} problem
 */
function isDamage(problem) {
  if (problem instanceof RangeError) return true;
  return problem instanceof Error && !(problem instanceof DOMException) && "code" in problem;
}
