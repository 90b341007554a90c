/**
 * What a server's answer means: its body, or a refusal as an error (RFC 9457).
 */
import { fromUtf8 } from "./bytes.js";
import { Problem, Unreachable } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{status: number, kind: string, isRedirect: boolean, body: Bytes}} Answer kind: its
 *  content type */

const NOT_ADMITTED = new Set([400, 401, 403]); // as a page, not as a problem document

/**
 * The body of a good answer; Problem for a refusal, Unreachable for no answer or an error without
 * a reason.
 * @param {Answer | null} answer
 */
export function bodyOf(answer) {
  if (!answer) throw new Unreachable("the server could not be reached");
  const { status, kind, isRedirect, body } = answer;
  if (status >= 200 && status < 300) return body;
  if (kind.startsWith("application/problem+json")) throw problemOf(status, body);
  if (isRedirect || NOT_ADMITTED.has(status)) throw signedOut();
  throw new Unreachable(`the server answered with status ${status}`);
}

/**
 * @param {number} status
 * @param {Bytes} body
 */
function problemOf(status, body) {
  const said = /** @type {Record<string, unknown> | null} */ (jsonOf(body));
  const word = (/** @type {string} */ name) => String(said?.[name] ?? "");
  return new Problem(status, { type: word("type"), title: word("title"), detail: word("detail") });
}

/**
 * The JSON value of a body. A page where JSON was expected is the sign-in form, most likely: it
 * comes out as the Problem `signed-out`.
 * @param {Bytes} body
 * @returns {unknown}
 */
export function jsonOf(body) {
  try {
    return JSON.parse(fromUtf8(body));
  } catch {
    throw signedOut();
  }
}

const signedOut = () =>
  new Problem(401, { type: "signed-out", title: "Signed out", detail: "Sign in and continue." });
