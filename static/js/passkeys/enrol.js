/**
 * Makes a passkey on the account page: asks the device, puts its answer into the page's own form
 * and sends that. Every sentence stands in the page; `data-said` names what happened.
 */
import { b64url, fromB64url } from "../vote/bytes.js";

/** @typedef {"cancelled" | "known" | "unsupported" | "elsewhere"} Said */
/** @typedef {{id: string, type: "public-key"}} Known a passkey that must not be made again */

/** What happened, by the name of the browser's error. @type {Record<string, Said>} */
const BY_ERROR = {
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  TimeoutError: "cancelled",
  InvalidStateError: "known",
  SecurityError: "elsewhere",
};

/** A failure that the page has words for. */
class CannotMake extends Error {
  /** @param {Said} said */
  constructor(said) {
    super(said);
    this.said = said;
  }
}

/**
 * The server's options with bytes in place of base64url; older browsers cannot read the JSON.
 * @param {string} json
 * @returns {PublicKeyCredentialCreationOptions}
 */
function readOptions(json) {
  const said = JSON.parse(json);
  /** @type {Known[]} */
  const known = said.excludeCredentials ?? [];
  return {
    ...said,
    challenge: fromB64url(said.challenge),
    user: { ...said.user, id: fromB64url(said.user.id) },
    excludeCredentials: known.map(({ id, type }) => ({ type, id: fromB64url(id) })),
  };
}

/**
 * What the device made, as the server reads it; throws CannotMake.
 * @param {PublicKeyCredentialCreationOptions} publicKey
 */
async function make(publicKey) {
  if (!globalThis.PublicKeyCredential) throw new CannotMake("unsupported");
  const made = await navigator.credentials.create({ publicKey }).catch((error) => {
    throw new CannotMake(BY_ERROR[error?.name] ?? "unsupported");
  });
  const isPasskey = made instanceof PublicKeyCredential;
  if (!isPasskey || !(made.response instanceof AuthenticatorAttestationResponse)) {
    throw new CannotMake("unsupported");
  }
  const { attestationObject, clientDataJSON } = made.response;
  const rawId = b64url(new Uint8Array(made.rawId));
  return JSON.stringify({
    id: rawId,
    rawId,
    type: "public-key",
    clientExtensionResults: {},
    response: {
      attestationObject: b64url(new Uint8Array(attestationObject)),
      clientDataJSON: b64url(new Uint8Array(clientDataJSON)),
    },
  });
}

/** @param {HTMLElement} root */
function begin(root) {
  const { options = "", origin = "" } = root.dataset;
  const button = root.querySelector("[data-make]");
  const answer = root.querySelector("[name=answer]");
  if (!(button instanceof HTMLButtonElement) || !(answer instanceof HTMLInputElement)) return;

  /** @param {Said | ""} said */
  const say = (said) => {
    for (const note of root.querySelectorAll("[data-said]")) {
      if (note instanceof HTMLElement) note.hidden = note.dataset["said"] !== said;
    }
  };
  if (location.origin !== origin) return say("elsewhere");
  button.hidden = false;
  button.addEventListener("click", async () => {
    say("");
    button.disabled = true;
    try {
      answer.value = await make(readOptions(options));
      answer.form?.submit();
    } catch (error) {
      if (!(error instanceof CannotMake)) throw error;
      say(error.said);
      button.disabled = false;
    }
  });
}

const root = document.getElementById("enrol");
if (root) begin(root);
