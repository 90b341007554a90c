/**
 * Reading a record: a folder, one `.suara` file, or an address (protocol, section 12).
 *
 * Whatever was asked for comes back as bytes, at most one more than the caller allows. The only
 * place of the verifier that knows the network, and it asks for nothing but files of the record.
 */
import { Archive } from "./archive.js";
import { Absent, Unreadable } from "./source.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./source.js").Source} Source */
/** @typedef {Blob | Uint8Array} Octets */

export { Absent, Unreadable };

const GONE = [404, 410];
const MOST_KEPT_BYTES = 2 ** 26;

/** A record as a folder of files, by their paths. @implements {Source} */
export class Folder {
  #files;

  /** @param {Iterable<[string, Octets]>} files */
  constructor(files) {
    this.#files = new Map(files);
  }

  /** As `Source.read`. @type {Source["read"]} */
  async read(path, most) {
    const file = this.#files.get(path);
    if (!file) throw new Absent(path);
    return bytesOf(file.slice(0, most + 1));
  }

  /** As `Source.names`. */
  names() {
    return [...this.#files.keys()];
  }

  /** Nothing: a folder has no form of its own. */
  wrongForm() {
    return "";
  }
}

/** A record that a server serves file by file; small ones are kept. @implements {Source} */
export class Address {
  #base;
  #fetch;
  /** @type {Map<string, Bytes>} */
  #kept = new Map();
  #keptBytes = 0;

  /**
   * @param {string} base
   * @param {typeof fetch} ask
   */
  constructor(base, ask) {
    this.#base = `${base.replace(/\/+$/, "")}/`;
    this.#fetch = ask;
  }

  /** As `Source.read`; Unreadable where the server fails. @type {Source["read"]} */
  async read(path, most) {
    const kept = this.#kept.get(path);
    if (kept) return kept.slice(0, most + 1);
    const where = this.#base + path.split("/").map(encodeURIComponent).join("/");
    const octets = await download(where, most, this.#fetch);
    this.#keptBytes += octets.length;
    if (this.#keptBytes <= MOST_KEPT_BYTES) this.#kept.set(path, octets);
    return octets;
  }

  /** Null: a server lists nothing. */
  names() {
    return null;
  }

  /** Nothing: an address has no form of its own. */
  wrongForm() {
    return "";
  }
}

/**
 * The record at an http(s) address; that of a `.suara` is fetched whole. Throws Unreadable.
 * @param {string} address
 * @param {typeof fetch} [ask]
 * @returns {Promise<Source>}
 */
export async function openAddress(address, ask = (...given) => fetch(...given)) {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new Unreadable(`${address}: not an http(s) address`);
  }
  if (!new URL(address).pathname.endsWith(".suara")) return new Address(address, ask);
  const octets = await download(address, Number.MAX_SAFE_INTEGER, ask).catch((error) => {
    throw error instanceof Absent ? new Unreadable(`${address}: there is no such file`) : error;
  });
  return openFile(octets);
}

/**
 * The record in one `.suara` file. Throws Unreadable where it is no zip file.
 * @param {Octets} file
 * @returns {Promise<Source>}
 */
export function openFile(file) {
  return Archive.open(file instanceof Blob ? file : new Blob([Uint8Array.from(file)]));
}

/**
 * The bytes of a Blob, or the bytes themselves.
 * @param {Octets} octets
 * @returns {Promise<Bytes>}
 */
export async function bytesOf(octets) {
  if (octets instanceof Blob) return new Uint8Array(await octets.arrayBuffer());
  return Uint8Array.from(octets);
}

/**
 * At most `most` + 1 bytes of what an address gives; Absent, Unreadable.
 * @param {string} address
 * @param {number} most
 * @param {typeof fetch} ask
 */
async function download(address, most, ask) {
  let answer;
  try {
    answer = await ask(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (answer.ok) return await pour(answer, most);
  } catch (problem) {
    throw new Unreadable(`${address}: ${/** @type {Error} */ (problem).message}`);
  }
  await answer.body?.cancel();
  if (GONE.includes(answer.status)) throw new Absent(address);
  throw new Unreadable(`${address}: the server answered ${answer.status}`);
}

/**
 * @param {Response} answer
 * @param {number} most
 * @returns {Promise<Bytes>}
 */
async function pour(answer, most) {
  const pieces = [];
  let left = most + 1;
  const reader = answer.body?.getReader();
  while (reader && left > 0) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value.subarray(0, left));
    left -= value.length;
  }
  if (left <= 0) await reader?.cancel();
  return bytesOf(new Blob(pieces));
}
