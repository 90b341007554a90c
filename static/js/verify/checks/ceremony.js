/**
 * V06 and V07: the trustees' ceremony and the keys that came out of it (protocol, section 5).
 */
import { isEqual } from "../../vote/bytes.js";
import { H, M, u16 } from "../../vote/encoding.js";
import {
  IDENTITY, add, isIdentity, pack, parsePoint, times, verifyEcdsa,
} from "../../vote/p256.js";
import { fieldOf, numberOf } from "../logs/shapes.js";
import { Fault, blaming, blamingNow } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/p256.js").Projective} Point */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("../logs/shapes.js").Entry} Entry */
/** @typedef {import("../logs/walk.js").Walk} Walk */
/** @typedef {import("../verdict.js").Findings} Findings */

const POINT = 33; // bytes, compressed
const STEPS = ["dkg1", "dkg2", "dkg3"];

/**
 * V06 and V07 for every style.
 * @param {Election} election
 * @param {Walk} walk of the set-up log
 * @param {Findings} findings
 */
export async function checkCeremony(election, walk, findings) {
  for (const [index] of walk.all("dkg-complaint")) {
    findings.add("V06", "a complaint ended this ceremony", "setup", index);
  }
  for (const style of election.ctOctets.keys()) {
    const ceremony = new Ceremony(election, style, walk);
    const points = await ceremony.check(findings);
    if (points) await findings.noting(() => v07ElectionKey(election, style, points), "manifest");
    else findings.miss(["V07"], `a ceremony of style ${style} to compute its key from`);
  }
}

/** One style's ceremony. */
class Ceremony {
  #election;
  #style;
  #said;

  /**
   * @param {Election} election
   * @param {number} style
   * @param {Walk} walk
   */
  constructor(election, style, walk) {
    this.#election = election;
    this.#style = style;
    const said = STEPS.flatMap((step) => walk.all(step).map(([, entry]) => entry));
    const own = said.filter((entry) => numberOf(entry, 1) === style);
    this.#said = new Map(own.map((entry) => [`${entry.tag} ${numberOf(entry, 2)}`, entry]));
  }

  /**
   * Every trustee's points, or null if some are not to be had; faults are noted.
   * @param {Findings} findings
   */
  async check(findings) {
    const trustees = Array.from({ length: this.#election.trustees }, (_, at) => at + 1);
    /** @type {Point[][]} */
    const points = [];
    for (const trustee of trustees) {
      await findings.noting(async () => points.push(await this.v06Points(trustee)), "setup");
    }
    if (points.length < trustees.length) return null;
    for (const trustee of trustees) {
      await findings.noting(() => this.checkTranscript(trustee, points), "setup");
    }
    return points;
  }

  /**
   * A trustee's points: committed to before, k of them, with proof of possession (A52 to A54).
   * @param {number} trustee
   */
  async v06Points(trustee) {
    const [first, second] = [this.#entry("dkg1", trustee), this.#entry("dkg2", trustee)];
    const [joined, possession] = [fieldOf(second, 3), fieldOf(second, 4)];
    const name = `style ${this.#style}, trustee ${trustee}`;
    const { eid0, draft } = this.#election;
    const k = draft.trustees.k;
    if (joined.length !== k * POINT) throw new Fault("V06", `${name}: not ${k} points`);
    const parts = Array.from({ length: k }, (_, at) =>
      joined.subarray(at * POINT, (at + 1) * POINT),
    );
    const head = [eid0, u16(this.#style), u16(trustee)];
    if (!isEqual(await H("dkg-commit", ...head, ...parts), fieldOf(first, 4))) {
      throw new Fault("V06", `${name}: other points than it committed to`);
    }
    return blaming("V06", () => possessed(parts, M("dkg-pop", ...head, joined), possession), name);
  }

  /**
   * The rest of V06: the trustee saw the same ceremony and computed its public share rightly.
   * @param {number} trustee
   * @param {Point[][]} points
   */
  async checkTranscript(trustee, points) {
    const third = this.#entry("dkg3", trustee);
    const inners = ["dkg1", "dkg2"].flatMap((step) =>
      points.map((_, at) => this.#entry(step, at + 1).inner),
    );
    const name = `style ${this.#style}, trustee ${trustee}`;
    if (!isEqual(fieldOf(third, 3), await H("dkg-transcript", ...inners))) {
      throw new Fault("V06", `${name}: saw another ceremony`);
    }
    const share = publicShare(points, trustee);
    const encoded = isIdentity(share) ? new Uint8Array() : pack(share);
    if (!isEqual(fieldOf(third, 4), encoded)) {
      throw new Fault("V06", `${name}: names another public share than the points give`);
    }
  }

  /**
   * @param {string} step
   * @param {number} trustee
   * @returns {Entry}
   */
  #entry(step, trustee) {
    const entry = this.#said.get(`${step} ${trustee}`);
    if (!entry) throw new Fault("V06", `style ${this.#style}: no ${step} of trustee ${trustee}`);
    return entry;
  }
}

/**
 * The points, the first of which signed the message.
 * @param {Bytes[]} parts
 * @param {Bytes} message
 * @param {Bytes} signature
 */
async function possessed(parts, message, signature) {
  const points = parts.map(parsePoint);
  await verifyEcdsa(parts[0] ?? new Uint8Array(), message, signature);
  return points;
}

/**
 * `X_j`: the sum over all trustees of their polynomial at j, in points.
 * @param {Point[][]} points
 * @param {number} j
 */
function publicShare(points, j) {
  return points
    .map((own) => own.reduceRight((sum, point) => add(times(sum, j), point), IDENTITY))
    .reduce(add, IDENTITY);
}

/**
 * The manifest's `Y` and `X_1 .. X_n` are those that the points give, none the identity.
 * @param {Election} election
 * @param {number} style
 * @param {Point[][]} points
 */
export function v07ElectionKey({ manifest }, style, points) {
  const named = manifest.electionKeys.find((each) => each.style === style);
  const sum = points.map(([first = IDENTITY]) => first).reduce(add, IDENTITY);
  const shares = points.map((_, at) => publicShare(points, at + 1));
  const computed = blamingNow("V07", () => [sum, ...shares].map(pack), `style ${style}`);
  const wanted = named ? [named.key, ...named.trustee_points] : [];
  if (computed.some((each, at) => !isEqual(each, wanted[at] ?? new Uint8Array()))) {
    throw new Fault("V07", `style ${style}: the manifest names other points`);
  }
}
