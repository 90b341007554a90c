/**
 * What trustees say in the set-up log and in the ballot log (protocol, section 4), as values and
 * as bytes.
 */
import { utf8 } from "../vote/bytes.js";
import * as ed25519 from "../vote/ed25519.js";
import { M, number, split, u16 } from "../vote/encoding.js";
import { BadEncoding } from "../vote/errors.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/**
 * @typedef {object} Dkg1
 * @property {"dkg1"} tag
 * @property {Bytes} inner its bytes
 * @property {Bytes} eid0
 * @property {number} style
 * @property {number} trustee
 * @property {Bytes} ceremonyKey 32 bytes
 * @property {Bytes} commit 32 bytes
 */
/**
 * @typedef {object} Dkg2
 * @property {"dkg2"} tag
 * @property {Bytes} inner
 * @property {Bytes} eid0
 * @property {number} style
 * @property {number} trustee
 * @property {Bytes} points 33 bytes each
 * @property {Bytes} possession 64 bytes
 * @property {Bytes[]} sealed 80 bytes each
 */
/**
 * @typedef {object} Dkg3
 * @property {"dkg3"} tag
 * @property {Bytes} inner
 * @property {Bytes} eid0
 * @property {number} style
 * @property {number} trustee
 * @property {Bytes} transcript 32 bytes
 * @property {Bytes} publicShare 33 bytes
 */
/**
 * @typedef {object} Complaint
 * @property {"dkg-complaint"} tag
 * @property {Bytes} inner
 * @property {Bytes} eid0
 * @property {number} style
 * @property {number} accused
 * @property {number} trustee who received the bad share
 * @property {Bytes} secret 32 bytes
 */
/** @typedef {Dkg1 | Dkg2 | Dkg3 | Complaint} Said */

/** @type {Record<string, (inner: Bytes, fields: Bytes[]) => Said>} */
const READERS = {
  dkg1: (inner, fields) => {
    const [eid0, style, trustee, ceremonyKey, commit] = exactly(fields, [32, 2, 2, 32, 32]);
    return { tag: "dkg1", inner, eid0, ...seat(style, trustee), ceremonyKey, commit };
  },
  dkg2: (inner, fields) => {
    const [eid0, style, trustee, points, possession] = exactly(fields.slice(0, 5), [
      32, 2, 2, null, 64,
    ]);
    const sealed = fields.slice(5);
    if (sealed.some(({ length }) => length !== 80)) throw new BadEncoding("dkg2: sealed shares");
    return { tag: "dkg2", inner, eid0, ...seat(style, trustee), points, possession, sealed };
  },
  dkg3: (inner, fields) => {
    const [eid0, style, trustee, transcript, publicShare] = exactly(fields, [32, 2, 2, 32, 33]);
    return { tag: "dkg3", inner, eid0, ...seat(style, trustee), transcript, publicShare };
  },
  "dkg-complaint": (inner, fields) => {
    const [eid0, style, accused, receiver, secret] = exactly(fields, [32, 2, 2, 2, 32]);
    const numbers = { ...seat(style, receiver), accused: number(accused) };
    return { tag: "dkg-complaint", inner, eid0, ...numbers, secret };
  },
};

/**
 * What the inner bytes of a trustee's entry say; BadEncoding.
 * @param {Bytes} inner
 * @returns {Said}
 */
export function readSaid(inner) {
  const { tag, fields } = split(inner);
  const reader = READERS[tag];
  if (!reader) throw new BadEncoding(`a trustee does not say ${tag} in the set-up log`);
  return reader(inner, fields);
}

/**
 * @template {(number | null)[]} L
 * @param {Bytes[]} fields
 * @param {[...L]} lengths
 */
function exactly(fields, lengths) {
  const fits = lengths.every((length, at) => length === null || fields[at]?.length === length);
  if (fields.length !== lengths.length || !fits) throw new BadEncoding("fields of other lengths");
  return /** @type {{[at in keyof L]: Bytes}} */ (/** @type {unknown} */ (fields));
}

/**
 * @param {Bytes} style
 * @param {Bytes} trustee
 */
const seat = (style, trustee) => ({ style: number(style), trustee: number(trustee) });

/**
 * `inner`, said by a trustee: signed over `M("by", "trustee", u16 index, inner)`.
 * @param {Bytes} seed of its Ed25519 key
 * @param {number} trustee
 * @param {Bytes} inner
 */
export async function signedBy(seed, trustee, inner) {
  const [role, index] = [utf8("trustee"), u16(trustee)];
  const signature = await ed25519.sign(seed, M("by", role, index, inner));
  return M("signed", role, index, inner, signature);
}
