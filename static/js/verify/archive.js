/**
 * A record in one zip file, read where it lies: the list of its files first, then each file when
 * it is asked for. A file that cannot be unpacked is empty; the zip's check sums are not looked at,
 * the hashes of the log say the same, and where (PKWARE APPNOTE 6.3.10, section 4.3).
 */
import { Inflate } from "fflate";
import { concat, utf8 } from "../vote/bytes.js";
import { Absent, Unreadable } from "./source.js";
import { UTF8, list, text, view } from "./zip-list.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./source.js").Source} Source */
/** @typedef {import("./zip-list.js").Member} Member */

const LOCAL = 0x04034b50;
const HEADER = 30; // bytes of a local header in front of its name
const STORED = 0;
const DEFLATED = 8;
const PIECE = 2 ** 16;
const ENCRYPTED = 1;
const UNKNOWN = 0x60; // patches, and encryption of another kind

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

  /** A name twice, a folder, an odd packing or name, two members in one place. */
  wrongForm() {
    // Of two members of one name, the later one is found by it.
    const twice = this.#members.find((member) => this.#byName.get(member.name) !== member);
    if (twice) return `the file holds the name '${twice.name}' twice`;
    for (const { name, method, flags } of this.#members) {
      if (name.endsWith("/")) return `the file holds the folder '${name}'`;
      if (![STORED, DEFLATED].includes(method) || flags & ENCRYPTED) {
        return `'${name}' is neither stored nor deflated`;
      }
      if (!isPlain(name, flags)) return `'${name}' is a name that readers read differently`;
    }
    return overlap(this.#members);
  }
}

/**
 * Whether every reader sees one name: without a zero byte, and said to be UTF-8 unless ASCII.
 * @param {string} name
 * @param {number} flags
 */
function isPlain(name, flags) {
  const isAscii = utf8(name).length === name.length;
  return !name.includes("\0") && (isAscii || (flags & UTF8) !== 0);
}

/** Two members that lie on one another, in words. @param {Member[]} members */
function overlap(members) {
  const ordered = [...members].sort((one, other) => one.offset - other.offset);
  for (const [at, { name, offset, packed }] of ordered.entries()) {
    const next = ordered[at + 1];
    if (next && offset + HEADER + utf8(name).length + packed > next.offset) {
      return `'${name}' and '${next.name}' lie on one another`;
    }
  }
  return "";
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
