/**
 * V40: what a reader wants to know of an election that was verified, and what nobody can verify.
 */
import { DESK, PASSKEY, SESSION } from "./authorisation.js";

/** @typedef {import("../verify.js").Summary} Summary */

/** The shares of check-ins, in percent, whose falsification a sample should catch. */
export const CAUGHT_PERCENT = [1, 2, 5];

const STATUSES = [
  "counted", "superseded", "unopenable", "badly encoded", "against the rule", "in small styles",
];

/**
 * The numbers in one line.
 * @param {Summary} summary
 */
export function v40Summary(summary) {
  const { voted, rollSize, checkedIn, checkIns, struck, toAsk } = summary;
  const without = (checkIns[SESSION] ?? 0) + (checkIns[DESK] ?? 0);
  const asked = toAsk.map(([percent, people]) => `${people} for ${percent} %`).join(", ");
  return [
    `turnout ${voted} of ${rollSize}`,
    checkInWords(summary),
    `ballots ${STATUSES.map((name, at) => `${name} ${summary.statuses[at] ?? 0}`).join(", ")}`,
    `at most ${without} check-ins without the voter's own passkey`,
    `${checkedIn - voted} checked in and cast nothing: ask them`,
    `struck rows that checked in: ${struck.join(", ") || "none"}`,
    `to catch falsified check-ins at 95 %, ask (did you check in, did you cast?) ${asked}`,
  ].join("; ");
}

/** @param {Summary} summary */
function checkInWords({ checkedIn, checkIns, deskWithPasskey }) {
  return [
    `check-ins ${checkedIn}: ${checkIns[PASSKEY] ?? 0} by the voter's passkey`,
    `${checkIns[SESSION] ?? 0} by session`,
    `${checkIns[DESK] ?? 0} at a desk (${deskWithPasskey} of them on rows with a passkey)`,
  ].join(", ");
}

/**
 * How many of `population` to ask so that, if `percent` of them are false, 95 % catch one: exact,
 * drawn without putting back.
 * @param {number} population
 * @param {number} percent
 */
export function sampleSize(population, percent) {
  const wrong = Math.ceil((population * percent) / 100);
  let [missed, all] = [1n, 1n];
  for (let asked = 0; asked < population; asked += 1) {
    if (20n * missed <= all) return asked;
    missed *= BigInt(Math.max(population - wrong - asked, 0));
    all *= BigInt(population - asked);
  }
  return population;
}
