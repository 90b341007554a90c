/** A log as the platform keeps it, in memory: entries, tiles, checkpoints with their signatures. */
import { base64, concat, utf8 } from "../../static/js/vote/bytes.js";
import { u16, u64 } from "../../static/js/vote/encoding.js";
import * as merkle from "../../static/js/vote/merkle.js";
import { sign } from "./twin-keys.js";

const TILE = /^tile\/(entries|\d+)\/([x\d/]+)(?:\.p\/(\d+))?$/;
const WITNESSED_AT = 1_800_000_000;

/** Lines under a note: `key` a verifier key, `seed` its secret. */
export function signatureLine({ key, seed }, text) {
  const isWitness = key.kind === 4;
  const message = isWitness ? `cosignature/v1\ntime ${WITNESSED_AT}\n${text}` : text;
  const time = isWitness ? u64(WITNESSED_AT) : new Uint8Array();
  const signature = concat(key.id, time, sign(seed, utf8(message)));
  return `— ${key.name} ${base64(signature)}\n`;
}

export class TwinLog {
  /** `signers`: the log's own and its witnesses', each `{key, seed}`; `first`: the first `prev`. */
  constructor(signers, first) {
    this.signers = signers;
    this.previous = first;
    this.entries = [];
    this.leaves = [];
  }

  get size() {
    return this.entries.length;
  }

  async append(payload) {
    const entry = concat(this.previous, payload);
    this.entries.push(entry);
    this.previous = await merkle.leafHash(entry);
    this.leaves.push(this.previous);
  }

  subtree = (level, index) =>
    merkle.rootOf(this.leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

  root(size = this.size) {
    return merkle.rootOf(this.leaves.slice(0, size));
  }

  async checkpoint(size = this.size) {
    const text = `${this.signers[0].key.name}\n${size}\n${base64(await this.root(size))}\n`;
    const lines = this.signers.map((signer) => signatureLine(signer, text));
    return utf8(`${text}\n${lines.join("")}`);
  }

  async receipt(index, size = this.size) {
    const proof = await merkle.inclusionProof(index, size, this.subtree);
    return { extra: this.entries[index], index, proof, note: await this.checkpoint(size) };
  }

  /** The file at a path below the log's folder, or undefined. */
  async file(path) {
    if (path === "checkpoint") return this.checkpoint();
    if (path.startsWith("checkpoints/")) return this.checkpoint(Number(path.split("/")[1]));
    const [, level, name, width] = TILE.exec(path) ?? [];
    if (level === undefined) return undefined;
    const index = Number(name.replaceAll(/[x/]/g, ""));
    return this.#tile(level, index, Number(width ?? 256));
  }

  async #tile(level, index, width) {
    if (level === "entries") {
      const entries = this.entries.slice(256 * index, 256 * index + width);
      return entries.length === width ? bundle(entries) : undefined;
    }
    const step = 8 * Number(level);
    if ((256 * index + width) * 2 ** step > this.size) return undefined;
    const places = Array.from({ length: width }, (_, at) => 256 * index + at);
    return concat(...(await Promise.all(places.map((place) => this.subtree(step, place)))));
  }
}

const bundle = (entries) => concat(...entries.flatMap((entry) => [u16(entry.length), entry]));
