/**
 * The order of each log's entries (protocol, section 4), as tables of what may follow what.
 */
import { hex } from "../../vote/bytes.js";
import { Fault } from "../verdict.js";

/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("./shapes.js").Entry} Entry */

const SETUP = ["draft", "reg-key", "dkg1", "dkg2", "dkg3"];
const AFTER_CLOSE = ["closed", "counted"];
const LAST_WORDS = ["share", "result", "attest"];
const ONCE = ["reg-key", "dkg1", "dkg2", "dkg3"];

/** `draft reg-key* dkg1* dkg2* dkg3* (dkg-complaint | roll-note*)`; states are last tags. */
function setupSteps() {
  const steps = { " draft": "draft", "roll-note roll-note": "roll-note" };
  const later = SETUP.flatMap((tag, place) =>
    [...SETUP.slice(Math.max(place, 1)), "dkg-complaint", "roll-note"].map((each) => [
      `${tag} ${each}`,
      each,
    ]),
  );
  return { ...steps, ...Object.fromEntries(later) };
}

/** State and tag → state. @type {Record<Log, Record<string, string>>} */
const STEPS = {
  setup: setupSteps(),
  // manifest ((check-in|issue)+ epoch)*
  "check-ins": {
    " manifest": "between",
    "between check-in": "batch",
    "between issue": "batch",
    "batch check-in": "batch",
    "batch issue": "batch",
    "batch epoch": "between",
  },
  // manifest ack* open (cast+ epoch)* issue-close (cast+ epoch)* close share* (result attest*)?
  ballots: {
    " manifest": "prepared",
    "prepared ack": "prepared",
    "prepared open": "between",
    "between cast": "batch",
    "batch cast": "batch",
    "batch epoch": "between",
    "between issue-close": "late-between",
    "late-between cast": "late-batch",
    "late-batch cast": "late-batch",
    "late-batch epoch": "late-between",
    "late-between close": "closed",
    "closed share": "closed",
    "closed result": "counted",
    "counted attest": "counted",
  },
};
/** @type {Record<Log, string>} */
const AFTER_FIRST = { setup: "draft", "check-ins": "between", ballots: "prepared" };

/**
 * Where a log stands; each entry is admitted or refused, a refused one changes nothing. The first
 * entry is the exception: whatever stands there, the log goes on behind it.
 */
export class Order {
  #log;
  #state = "";
  /** @type {Set<string>} */
  #once = new Set();

  /** @param {Log} log */
  constructor(log) {
    this.#log = log;
  }

  /**
   * Moves on; Fault V15, or V28 and V29 for what may not follow `close`.
   * @param {string} tag
   */
  admit(tag) {
    const following = STEPS[this.#log][`${this.#state} ${tag}`];
    const before = this.#state;
    this.skip();
    if (following !== undefined) {
      this.#state = following;
      return;
    }
    const isAfter = AFTER_CLOSE.includes(before);
    if (isAfter && tag === "close") throw new Fault("V29", "a second close");
    if (isAfter && !LAST_WORDS.includes(tag)) throw new Fault("V28", `${tag} after the close`);
    throw new Fault("V15", `${tag} may not stand here`);
  }

  /** An entry that cannot be used stood here. */
  skip() {
    this.#state ||= AFTER_FIRST[this.#log];
  }

  /**
   * Admits a small entry, of the set-up log once for its style and number.
   * @param {Entry} entry
   */
  admitEntry({ tag, fields }) {
    this.admit(tag);
    if (!ONCE.includes(tag)) return;
    const said = [tag, ...fields.slice(1, 3).map(hex)].join(" ");
    if (this.#once.has(said)) {
      throw new Fault("V15", `a second ${tag} of the same style and number`);
    }
    this.#once.add(said);
  }
}
