/**
 * Why a trustee's page stops. The sentences stand in `messages-en.js` and `messages-id.js`.
 */
import { hex } from "../vote/bytes.js";
import { VoteError } from "../vote/errors.js";

/** The page does not go on; the code says why. */
export class Stopped extends VoteError {}

/** A trustee's `dkg1` and `dkg2` are not honest; `facts.dealer` is its number. */
export class BadDealing extends VoteError {
  /**
   * @param {number} dealer
   * @param {string} message
   * @param {string} [code]
   */
  constructor(dealer, message, code = "bad-dealing") {
    super(code, `trustee ${dealer}: ${message}`, { dealer });
    this.dealer = dealer;
  }
}

/** What a dealer sealed to one trustee is not its share: the ground for a complaint. */
export class BadShare extends BadDealing {
  /**
   * @param {number} dealer
   * @param {string} message
   */
  constructor(dealer, message) {
    super(dealer, message, "bad-share-received");
  }
}

/** Another close than the one whose shares were released (A59). */
export class SecondClose extends Stopped {
  /**
   * @param {import("../vote/bytes.js").Bytes} known
   * @param {import("../vote/bytes.js").Bytes} shown
   */
  constructor(known, shown) {
    const facts = { known: hex(known), shown: hex(shown) };
    super("second-close", `closed ${facts.known} before, ${facts.shown} now`, facts);
  }
}
