/**
 * What can go wrong, as types. A check returns nothing or throws one of these; never a boolean.
 *
 * `code` is stable kebab-case and `facts` are the values a sentence for the voter needs; the
 * sentences themselves stand in `messages.js`.
 */

/** The root of everything this client throws on purpose. */
export class VoteError extends Error {
  /**
   * @param {string} code stable kebab-case name of what happened
   * @param {string} message one English sentence for developers
   * @param {Record<string, unknown>} [facts] values for the voter's sentence
   */
  constructor(code, message, facts = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.facts = facts;
  }
}

/** Bytes or text that its own writer would not have written. */
export class BadEncoding extends VoteError {
  /** @param {string} message */
  constructor(message) {
    super("bad-encoding", message);
  }
}

/** A public key that must not be used. */
export class BadKey extends VoteError {
  /** @param {string} message */
  constructor(message) {
    super("bad-key", message);
  }
}

/** A signature that does not verify. */
export class BadSignature extends VoteError {
  /** @param {string} message */
  constructor(message) {
    super("bad-signature", message);
  }
}

/** A Merkle proof, or a witness quorum, that does not hold. */
export class BadProof extends VoteError {
  /** @param {string} message */
  constructor(message) {
    super("bad-proof", message);
  }
}

/** A sealed text that this key does not open. */
export class CannotOpen extends VoteError {
  /** @param {string} message */
  constructor(message) {
    super("cannot-open", message);
  }
}

/** The browser lacks a piece of cryptography that voting needs; `facts.missing` names it. */
export class NeedsNewerBrowser extends VoteError {
  /** @param {string} missing */
  constructor(missing) {
    super("needs-newer-browser", `this browser has no ${missing}`, { missing });
  }
}

/** A check of the election's set-up failed; `facts.check` is the check's name in `checks.js`. */
export class NotTrusted extends VoteError {
  /**
   * @param {string} check
   * @param {string} message
   */
  constructor(check, message) {
    super("not-trusted", `${check}: ${message}`, { check });
  }
}

/** A server's refusal: an RFC 9457 problem document; `code` is the last part of its `type`. */
export class Problem extends VoteError {
  /**
   * @param {number} status
   * @param {{type: string, title: string, detail: string}} document
   */
  constructor(status, document) {
    super(/[^/:#]+$/.exec(document.type)?.[0] ?? "refused", `${status} ${document.title}`, {
      status,
      ...document,
    });
    this.status = status;
  }
}

/** No usable answer after all tries; nothing is lost and the step may be repeated. */
export class Unreachable extends VoteError {
  /** @param {string} message */
  constructor(message) {
    super("unreachable", message);
  }
}

/** Too few registrars have signed so far; `facts.names` are those that have not. */
export class RegistrarsSilent extends VoteError {
  /** @param {string[]} names */
  constructor(names) {
    super("registrars-silent", `no signature of ${names.join(", ")}`, { names });
  }
}

/** A recovery text that is not one, is damaged, or belongs to another election. */
export class BadRecovery extends VoteError {}

/** Marks that the question's rule does not allow; `facts.question` is its id. */
export class BadChoice extends VoteError {}

/** A step taken before the one it stands on, or one that another tab has already taken. */
export class OutOfTurn extends VoteError {}
