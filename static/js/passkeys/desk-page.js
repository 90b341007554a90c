/**
 * The officer's page: waits for the ask of the voter's device, shows six letters of its digest,
 * worked out here and not by the server, and signs the digest with the officer's passkey.
 */
import { bodyOf, jsonOf } from "../vote/answers.js";
import { deskCode } from "../vote/at-desk.js";
import { b64url, fromB64url, isEqual } from "../vote/bytes.js";
import { askDigest } from "../vote/credential.js";
import { Problem, VoteError } from "../vote/errors.js";
import { assertionOver, deskEvidence } from "../vote/passkey.js";
import { list, object, optional, text, whole } from "../vote/schema.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {{state: string, digest: Bytes | null}} Laid what the voter's device has laid */

const PAUSE = 1500; // milliseconds between two looks
const PATIENCE = 20_000; // milliseconds for one answer

const readAsk = object({
  row: optional(whole()),
  style: optional(whole()),
  blinded: optional(list(text)),
});
const readLaid = object({ state: text, ask: readAsk });
const readKeys = list(object({ number: whole(), id: text }));

/** Which words of the page say it, by the error's code. @type {Record<string, string>} */
const SAID = {
  "passkey-not-used": "not-used",
  "passkey-unsupported": "unsupported",
  "passkey-elsewhere": "elsewhere",
  unreachable: "unreachable",
};

class DeskPage {
  /** @type {Bytes | null} */
  #digest = null;
  #state = "empty";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const { eid = "", home = "", csrf = "", keys = "[]", rp = "", origins = "[]" } = root.dataset;
    this.eid = fromB64url(eid);
    this.home = home;
    this.csrf = csrf;
    this.keys = readKeys({ path: "", value: JSON.parse(keys) });
    this.place = { rp_id: rp, origins: JSON.parse(origins) };
    this.button.addEventListener("click", () => this.#confirm());
  }

  /** Looks again and again until the voter has checked in, or the link is over. */
  async watch() {
    while (this.#state !== "done") {
      try {
        this.#take(await this.#ask("/ask", {}));
        this.#unsay("unreachable");
      } catch (error) {
        this.#complain(error);
        if (error instanceof Problem) return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  get button() {
    const found = this.root.querySelector("[data-confirm]");
    if (!(found instanceof HTMLButtonElement)) throw new Error("the page has no button");
    return found;
  }

  async #confirm() {
    const digest = this.#digest;
    if (!digest) return;
    this.button.disabled = true;
    this.#say("");
    try {
      const ids = this.keys.map(({ id }) => fromB64url(id));
      const assertion = await assertionOver(digest, this.place, ids);
      const used = this.keys.find(({ id }) => isEqual(fromB64url(id), assertion.id));
      const evidence = b64url(deskEvidence(used?.number ?? 0, assertion));
      this.#take(await this.#ask("/confirm", { method: "POST", body: JSON.stringify({ evidence }) }));
    } catch (error) {
      this.#complain(error);
    } finally {
      this.button.disabled = false;
    }
  }

  /** @param {Laid} laid */
  #take({ state, digest }) {
    this.#digest = digest;
    if (digest) this.#fill("code", deskCode(digest));
    if (state === this.#state) return;
    this.#state = state;
    for (const part of this.#all("[data-state]")) part.hidden = part.dataset["state"] !== state;
    const heading = this.root.querySelector(`[data-state="${state}"] h2`);
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {string} name
   * @param {RequestInit} request
   * @returns {Promise<Laid>}
   */
  async #ask(name, request) {
    const kind = "application/json";
    const headers = { Accept: kind, "Content-Type": kind, "X-CSRFToken": this.csrf };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(this.home + name, {
      credentials: "same-origin", redirect: "manual", cache: "no-store", headers, signal, ...request,
    }).then(
      async (got) => ({
        status: got.status,
        kind: got.headers.get("Content-Type") ?? "",
        isRedirect: got.type === "opaqueredirect",
        body: new Uint8Array(await got.arrayBuffer()),
      }),
      () => null,
    );
    const { state, ask } = readLaid({ path: "", value: jsonOf(bodyOf(answer)) });
    const { row, style, blinded } = ask;
    if (row === undefined || style === undefined || !blinded) return { state, digest: null };
    const octets = blinded.map((/** @type {string} */ each) => fromB64url(each));
    return { state, digest: await askDigest({ eid: this.eid, row, style, blinded: octets }) };
  }

  /** @param {unknown} error */
  #complain(error) {
    if (!(error instanceof VoteError)) throw error;
    const said = SAID[error.code];
    if (!said) this.#fill("detail", String(error.facts["detail"] || error.message));
    this.#say(said ?? "refused");
  }

  /** @param {string} name nothing for none */
  #say(name) {
    for (const note of this.#all("[data-said]")) note.hidden = note.dataset["said"] !== name;
  }

  /** @param {string} name */
  #unsay(name) {
    for (const note of this.#all(`[data-said="${name}"]`)) note.hidden = true;
  }

  /** @param {string} name @param {string} words */
  #fill(name, words) {
    for (const slot of this.#all(`[data-slot="${name}"]`)) slot.textContent = words;
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  #all(selector) {
    return [...this.root.querySelectorAll(selector)].filter((each) => each instanceof HTMLElement);
  }
}

const root = document.getElementById("desk");
if (root) void new DeskPage(root).watch();
