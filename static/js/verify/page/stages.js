/** How far the checking is, over all of its stages. */

/** What each stage takes of the whole, in per cent, roughly, in the order in which they come. */
const SHARES = { setup: 2, "check-ins": 45, ballots: 33, opening: 12 };
/** What is left for ticking off the checks. */
export const BEFORE_TICKING = Object.values(SHARES).reduce((sum, share) => sum + share, 0);

/** A bar that never goes back. */
export class Stages {
  #reached = 0;

  /**
   * Per cent of the whole once `done` of `of` parts of a stage are done; a stage without a share
   * of its own moves nothing.
   * @param {string} stage
   * @param {number} done
   * @param {number} of
   */
  reach(stage, done, of) {
    let before = 0;
    for (const [name, share] of Object.entries(SHARES)) {
      if (name === stage) this.#reached = Math.max(this.#reached, before + part(share, done, of));
      before += share;
    }
    return this.#reached;
  }
}

/**
 * @param {number} share
 * @param {number} done
 * @param {number} of
 */
const part = (share, done, of) => (of > 0 ? (share * Math.min(done, of)) / of : share);
