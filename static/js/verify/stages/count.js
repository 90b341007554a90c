/**
 * The fourth stage: open, decode, count, draw, chain (V32 to V37).
 */
import { Reader } from "../bulk/opening.js";
import {
  STATUS, checkHash, checkStatus, nextTally, readResult, recount, tieSeed, v34Count, v35TieBreak,
  v36TallyChain,
} from "../checks/count.js";
import { fieldOf } from "../logs/shapes.js";
import { HASH, WIDTH } from "../logs/tiles.js";
import { missing } from "./setup.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../bulk/opening.js").Opened} Opened */
/** @typedef {import("../logs/shapes.js").Entry} Entry */
/** @typedef {import("./case.js").Case} Case */

const CODES = ["V32", "V33", "V34", "V35", "V36", "V37"];
const MOST_RESULT_BYTES = 2 ** 26;

/**
 * Opens the highest ballots again and counts; compares with what was published.
 * @param {Case} verified
 */
export async function checkCount(verified) {
  const { election, findings } = verified;
  findings.examine(...CODES);
  const result = verified.log("ballots").single("result");
  if (!verified.log("ballots").isWhole || !verified.close || !result) {
    findings.miss(CODES, "the result: not counted yet");
    return;
  }
  const styles = [...election.ctOctets.keys()];
  const shut = styles.filter((style) => !verified.small.has(style) && !verified.secrets.has(style));
  if (shut.some((style) => verified.ballots.voted.get(style))) {
    findings.miss(CODES, "the keys to open the ballots with");
    return;
  }
  const published = await publishedStatuses(verified, result[1]);
  const count = new Count(verified, published);
  await count.run();
  if (published) {
    const named = fieldOf(result[1], 3);
    await findings.noting(() => v36TallyChain(count.tally, named), "ballots", result[0]);
  }
  if (shut.length > 0) {
    findings.miss(["V34", "V35"], `the key of style ${Math.min(...shut)}, for the lots`);
    return;
  }
  verified.outcome = await recountAll(verified, count);
  await compareResult(verified, verified.outcome, result[1]);
}

/**
 * The file `statuses`; null where it is absent or is not one byte per ballot.
 * @param {Case} verified
 * @param {Entry} result
 */
async function publishedStatuses({ ballots, source, findings }, result) {
  const many = ballots.ballots.length;
  /** @type {Bytes | null} */
  let statuses = null;
  await missing(findings, ["V32", "V33", "V36", "V37"], async () => {
    const octets = await source.read("statuses", many);
    const check = () => checkHash("V32", "statuses", octets, fieldOf(result, 2));
    await findings.noting(check, "statuses");
    if (octets.length === many) statuses = octets;
    else {
      findings.add("V32", `not one byte for each of ${many} ballots`, "statuses");
      findings.miss(["V33", "V36", "V37"], "a status of every ballot");
    }
  });
  return /** @type {Bytes | null} */ (statuses);
}

/** Every ballot's status against the published one, and the chain over all of them. */
class Count {
  /** Ballots of status 0 by style, in the draft's order. @type {Map<number, number>} */
  counted;
  #case;
  #published;
  #reader;

  /**
   * @param {Case} verified
   * @param {Bytes | null} published
   */
  constructor(verified, published) {
    this.#case = verified;
    this.#published = published;
    this.#reader = new Reader(verified.election.draft, verified.secrets);
    this.tally = verified.election.eid;
    this.counted = new Map([...verified.election.ctOctets.keys()].map((style) => [style, 0]));
  }

  /** The choices of counted ballots by question. */
  get choices() {
    return this.#reader.choices;
  }

  /** Goes through all ballots, those of one bundle at a time. */
  async run() {
    const { ballots } = this.#case.ballots;
    const bundleOf = (/** @type {number} */ at) => Math.floor((ballots[at]?.index ?? NaN) / WIDTH);
    for (let from = 0, to = 0; from < ballots.length; from = to) {
      while (bundleOf(to) === bundleOf(from)) to += 1;
      await this.#takeBundle(bundleOf(from), from, to);
      this.#case.progress("opening", to, ballots.length);
    }
  }

  /**
   * @param {number} bundle
   * @param {number} from the first ordinal of the bundle
   * @param {number} to behind its last
   */
  async #takeBundle(bundle, from, to) {
    const { entries } = await this.#case.entriesOf("ballots").entries(bundle);
    const ordinals = Array.from({ length: to - from }, (_, at) => from + at);
    const opened = await Promise.all(
      ordinals.map((ordinal) => this.#open(ordinal, entries)),
    );
    for (const [at, each] of opened.entries()) await this.#take(from + at, each);
  }

  /**
   * What becomes of a ballot: null for one that V20 set aside.
   * @param {number} ordinal
   * @param {Bytes[]} entries of its bundle
   * @returns {Promise<Opened | null>}
   */
  async #open(ordinal, entries) {
    const { ballots, small } = this.#case;
    const ballot = ballots.ballots[ordinal];
    const plaintext = new Uint8Array();
    if (!ballot || ballot.bk === "") return null;
    if (!ballots.best.has(ordinal)) return { status: STATUS.superseded, plaintext };
    if (small.has(ballot.style)) return { status: STATUS.smallStyle, plaintext };
    return this.#reader.open(/** @type {Bytes} */ (entries[ballot.index % WIDTH]).subarray(HASH));
  }

  /**
   * @param {number} ordinal
   * @param {Opened | null} opened
   */
  async #take(ordinal, opened) {
    const { ballots, statuses, statusAt, findings } = this.#case;
    const { index = 0, style = 0 } = ballots.ballots[ordinal] ?? {};
    const published = this.#published?.[ordinal];
    if (published !== undefined) {
      const plaintext = opened?.plaintext ?? new Uint8Array();
      this.tally = await nextTally(this.tally, { index, status: published, plaintext });
    }
    if (!opened) return;
    const { status } = opened;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    statusAt.set(index, status);
    if (status === STATUS.counted) this.counted.set(style, (this.counted.get(style) ?? 0) + 1);
    if (published === undefined) return;
    await findings.noting(() => checkStatus(status, published), "ballots", index);
  }
}

/**
 * The value that `result.json` should have.
 * @param {Case} verified
 * @param {Count} count
 */
async function recountAll(verified, { counted, choices }) {
  const { election, secrets, close } = verified;
  const closed = verified.notes("ballots").root((close?.[0] ?? 0) + 1);
  const seed = await tieSeed(election, closed ?? new Uint8Array(), secrets);
  return recount(election, counted, choices, seed);
}

/**
 * `result.json` against its hash and against the recount.
 * @param {Case} verified
 * @param {Record<string, any>} ours
 * @param {Entry} result
 */
async function compareResult({ source, findings }, ours, result) {
  await missing(findings, ["V34", "V35"], async () => {
    const octets = await source.read("result.json", MOST_RESULT_BYTES);
    const check = () => checkHash("V34", "result.json", octets, fieldOf(result, 1));
    await findings.noting(check, "result.json");
    await findings.noting(async () => {
      const theirs = readResult(octets);
      await findings.noting(() => v34Count(ours, theirs), "result.json");
      v35TieBreak(ours, theirs);
    }, "result.json");
  });
}
