/**
 * From a scanned code to the ballot's words: asks the record and the box by their public addresses,
 * without cookies, and trusts neither. The code's secret stays here.
 */
import { parseCast } from "../vote/ballot.js";
import { b64url } from "../vote/bytes.js";
import { checkSetUp, readElection } from "../vote/checks.js";
import { VoteError } from "../vote/errors.js";
import { openCheckCode, readCheckCode } from "../vote/second-device.js";
import { Service } from "../vote/service.js";

/** @typedef {import("../vote/second-device.js").CheckCode} CheckCode */
/** @typedef {Awaited<ReturnType<typeof openCheckCode>>} Opened */

/** Something to put right before anything can be checked; its words are the page's own. */
export class NotReady extends VoteError {
  /** @param {string} code */
  constructor(code) {
    super(code, code);
  }
}

/**
 * The parts of what was scanned or pasted; NotReady where it is no code.
 * @param {string} text
 * @returns {CheckCode}
 */
export function codeIn(text) {
  try {
    return readCheckCode(text);
  } catch {
    throw new NotReady("no-code");
  }
}

/**
 * The origin in an address that was typed; NotReady.
 * @param {string} text
 */
export function originIn(text) {
  const whole = text.includes("://") ? text : `https://${text}`;
  if (!URL.canParse(whole)) throw new NotReady("no-address");
  const { protocol, origin } = new URL(whole);
  if (!/^https?:$/.test(protocol)) throw new NotReady("no-address");
  return origin;
}

/**
 * What the ballot of a code says, with the name of its election. `report` is told each check of
 * `checks.js` as it passes.
 * @param {CheckCode} code
 * @param {{site: string, box: string}} places origins
 * @param {(check: string) => void} report
 */
export async function openBallot(code, { site, box }, report) {
  const eid = b64url(code.eid);
  const places = { record: `${site}/elections/${eid}/record/`, box: `${box}/box/${eid}/` };
  const service = new Service(places);
  const election = await readElection(eid, service.recordFile, report);
  const payload = await service.ballot(code.hash);
  // Its style must be known for the keys; the ballot itself is checked with them.
  const { style } = parseCast(payload);
  const fetch = service.recordFile;
  const { keys } = await checkSetUp(election, style, { fetch, report });
  const { manifest } = election;
  const opened = await openCheckCode(code, payload, { manifest, keys: async () => keys });
  return { ...opened, title: manifest.draft.title };
}
