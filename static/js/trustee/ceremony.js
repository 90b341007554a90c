/**
 * How trustees make an election key that k of n of them can open (protocol, section 5): the same
 * three rounds as `ballots/ceremony.py`, for each style by itself.
 */
import { concat, isEqual } from "../vote/bytes.js";
import { H, M, u16 } from "../vote/encoding.js";
import { VoteError } from "../vote/errors.js";
import { unpack, verifyEcdsa } from "../vote/p256.js";
import { BadDealing, BadShare, Stopped } from "./errors.js";
import * as sharing from "./sharing.js";
import * as x25519 from "./x25519.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./words-said.js").Dkg1} Dkg1 */
/** @typedef {import("./words-said.js").Dkg2} Dkg2 */
/** @typedef {import("./words-said.js").Dkg3} Dkg3 */
/** @typedef {import("./words-said.js").Complaint} Complaint */
/**
 * @typedef {object} Dealing a trustee's secrets in one ceremony and style
 * @property {Bytes} secret its ceremony key
 * @property {Bytes[]} coefficients of its polynomial, 32 bytes each
 * @property {Bytes[]} points of these, 33 bytes each
 */
/** @typedef {{firsts: Dkg1[], seconds: Dkg2[]}} Heard rounds 1 and 2, trustees in order */
/** @typedef {import("./sharing.js").Projective} Projective */

const POINT = 33; // bytes

/** One ceremony: a draft's id, a style, n trustees of whom k can open. */
export class Table {
  /** @param {{eid0: Bytes, style: number, n: number, k: number}} seats */
  constructor({ eid0, style, n, k }) {
    this.eid0 = eid0;
    this.style = style;
    this.n = n;
    this.k = k;
  }

  /**
   * Round 1 with fresh secrets: what to keep, and the inner bytes of `dkg1`.
   * @param {number} trustee
   */
  async commit(trustee) {
    const [pair, polynomial] = await Promise.all([
      x25519.newPair(),
      sharing.newPolynomial(this.k),
    ]);
    const commit = await this.#commitment(trustee, polynomial.points);
    const inner = M("dkg1", ...this.#seat(trustee), pair.key, commit);
    return { dealing: { secret: pair.secret, ...polynomial }, inner };
  }

  /**
   * Round 2, once every `dkg1` stands: the inner bytes of `dkg2`.
   * @param {number} trustee
   * @param {Dealing} dealing
   * @param {Dkg1[]} firsts
   */
  async deal(trustee, dealing, firsts) {
    this.#checkSeats(firsts);
    const own = at(firsts, trustee);
    const joined = concat(...dealing.points);
    const [secret, point] = [at(dealing.coefficients, 1), at(dealing.points, 1)];
    const message = M("dkg-pop", ...this.#seat(trustee), joined);
    const possession = await sharing.sign(secret, point, message);
    const sealed = await Promise.all(
      firsts.map(({ trustee: receiver, ceremonyKey }) => {
        const share = sharing.shareFor(dealing.coefficients, receiver);
        return x25519.seal(ceremonyKey, this.#shareInfo(own, receiver), share);
      }),
    );
    return M("dkg2", ...this.#seat(trustee), joined, possession, ...sealed);
  }

  /**
   * `x_j`, once every `dkg2` stands and every share is right; BadDealing names a dishonest dealer,
   * and where it is BadShare, `complain` is the way.
   * @param {number} trustee
   * @param {Dealing} dealing
   * @param {Heard} heard
   */
  async receive(trustee, dealing, heard) {
    const allPoints = await this.checkDealings(heard);
    const pair = { secret: dealing.secret, key: at(heard.firsts, trustee).ceremonyKey };
    const shares = [];
    for (const [place, points] of allPoints.entries()) {
      shares.push(await this.#openShare(trustee, pair, { heard, dealer: place + 1, points }));
    }
    return sharing.combine(shares);
  }

  /**
   * Round 3: the inner bytes of `dkg3`. Throws BadDealing where `x` does not fit the transcript.
   * @param {number} trustee
   * @param {Bytes} x
   * @param {Heard} heard
   */
  async confirm(trustee, x, heard) {
    const own = sharing.publicShare(await this.checkDealings(heard), trustee);
    await sharing.checkPossession(x, own);
    return M("dkg3", ...this.#seat(trustee), await transcriptOf(heard), own);
  }

  /**
   * The inner bytes of `dkg-complaint`: the receiver shows its ceremony key.
   * @param {number} trustee
   * @param {Dealing} dealing
   * @param {number} accused
   */
  complain(trustee, dealing, accused) {
    const numbers = [u16(this.style), u16(accused), u16(trustee)];
    return M("dkg-complaint", this.eid0, ...numbers, dealing.secret);
  }

  /**
   * The number of the trustee at fault: the accused, or who complained falsely.
   * @param {Complaint} complaint
   * @param {Heard} heard
   */
  async blame(complaint, heard) {
    const { trustee: receiver, accused, secret } = complaint;
    const [first, key] = [heard.firsts[accused - 1], heard.firsts[receiver - 1]?.ceremonyKey];
    if (!first || !key || !(await x25519.belongs(secret, key))) return receiver;
    const second = at(heard.seconds, accused);
    try {
      const points = await this.checkDealing(first, second);
      await this.#openShare(receiver, { secret, key }, { heard, dealer: accused, points });
    } catch (error) {
      if (error instanceof BadDealing) return accused;
      throw error;
    }
    return receiver;
  }

  /**
   * `Y` and every `X_j`, once every `dkg3` stands and says the same; BadDealing.
   * @param {Heard} heard
   * @param {Dkg3[]} thirds
   */
  async electionKey(heard, thirds) {
    this.#checkSeats(thirds);
    const allPoints = await this.checkDealings(heard);
    const transcript = await transcriptOf(heard);
    const shares = thirds.map(({ trustee }) => sharing.publicShare(allPoints, trustee));
    for (const [place, third] of thirds.entries()) {
      const isSame = isEqual(third.transcript, transcript);
      if (!isSame || !isEqual(third.publicShare, at(shares, place + 1))) {
        throw new BadDealing(third.trustee, "confirmed another transcript or public share");
      }
    }
    return { style: this.style, key: sharing.jointKey(allPoints), trusteePoints: shares };
  }

  /**
   * Every dealer's points, all commitments and proofs checked; BadDealing.
   * @param {Heard} heard
   */
  async checkDealings({ firsts, seconds }) {
    this.#checkSeats(firsts);
    this.#checkSeats(seconds);
    const checked = firsts.map((first, place) =>
      this.checkDealing(first, at(seconds, place + 1)),
    );
    return Promise.all(checked);
  }

  /**
   * One dealer's points `C_0 .. C_k-1`: committed to, and known to it (A52, A54).
   * @param {Dkg1} first
   * @param {Dkg2} second
   * @returns {Promise<Projective[]>}
   */
  async checkDealing(first, second) {
    const dealer = first.trustee;
    const refuse = (/** @type {string} */ why) => new BadDealing(dealer, why);
    if (second.points.length !== this.k * POINT) throw refuse("shows another number of points");
    if (second.sealed.length !== this.n) throw refuse("deals another number of shares");
    const parts = splitPoints(second.points);
    if (!isEqual(first.commit, await this.#commitment(dealer, parts))) {
      throw refuse("shows other points than it committed to");
    }
    try {
      const message = M("dkg-pop", ...this.#seat(dealer), second.points);
      const points = parts.map(sharing.readPoint);
      await verifyEcdsa(unpack(at(parts, 1)), message, second.possession);
      return points;
    } catch (error) {
      if (error instanceof VoteError) throw refuse(`its points are not proven: ${error.message}`);
      throw error;
    }
  }

  /**
   * A dealer's share for this receiver; BadShare.
   * @param {number} receiver
   * @param {{secret: Bytes, key: Bytes}} pair its ceremony key
   * @param {{heard: Heard, dealer: number, points: Projective[]}} dealt
   */
  async #openShare(receiver, pair, { heard, dealer, points }) {
    const info = this.#shareInfo(at(heard.firsts, dealer), receiver);
    try {
      const sealed = at(at(heard.seconds, dealer).sealed, receiver);
      const share = await x25519.open(pair, sealed, info);
      await sharing.checkShare(points, receiver, share);
      return share;
    } catch (error) {
      if (error instanceof VoteError) throw new BadShare(dealer, error.message);
      throw error;
    }
  }

  /** @param {(Dkg1 | Dkg2 | Dkg3)[]} entries */
  #checkSeats(entries) {
    const isInOrder = entries.every(
      ({ eid0, style, trustee }, place) =>
        isEqual(eid0, this.eid0) && style === this.style && trustee === place + 1,
    );
    if (entries.length !== this.n || !isInOrder) {
      throw new Stopped("round-incomplete", `this round needs one entry of each of ${this.n}`);
    }
  }

  /** @param {number} trustee */
  #seat(trustee) {
    return [this.eid0, u16(this.style), u16(trustee)];
  }

  /**
   * @param {number} trustee
   * @param {Bytes[]} points
   */
  #commitment(trustee, points) {
    return H("dkg-commit", ...this.#seat(trustee), ...points);
  }

  /**
   * @param {Dkg1} dealer
   * @param {number} receiver
   */
  #shareInfo(dealer, receiver) {
    const numbers = [u16(this.style), u16(dealer.trustee), u16(receiver)];
    return M("dkg-share", this.eid0, ...numbers, dealer.commit);
  }
}

/**
 * `T`, 32 bytes: the inner payloads of rounds 1 and 2, trustees in order.
 * @param {Heard} heard
 */
function transcriptOf({ firsts, seconds }) {
  return H("dkg-transcript", ...[...firsts, ...seconds].map(({ inner }) => inner));
}

/** The points of a `dkg2`, unparsed. @param {Bytes} points */
function splitPoints(points) {
  return Array.from({ length: points.length / POINT }, (_, place) =>
    points.slice(place * POINT, (place + 1) * POINT),
  );
}

/**
 * Element number `place`, from 1.
 * @template T
 * @param {T[]} list
 * @param {number} place
 * @returns {T}
 */
function at(list, place) {
  const found = list[place - 1];
  if (found === undefined) throw new Stopped("round-incomplete", `number ${place} is missing`);
  return found;
}
