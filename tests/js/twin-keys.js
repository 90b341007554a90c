/** The platform's own keys: made by Node, once, so that tests are quick. */
import { createPrivateKey, createPublicKey, sign as signNatively } from "node:crypto";

const HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const secrets = new Map();

/** A seed of 32 equal bytes. */
export const seedOf = (octet) => new Uint8Array(32).fill(octet);

function secretOf(seed) {
  const name = Buffer.from(seed).toString("hex");
  if (!secrets.has(name)) {
    const der = Buffer.concat([HEAD, seed]);
    secrets.set(name, createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  }
  return secrets.get(name);
}

/** The Ed25519 public key of a seed, 32 bytes. */
export function publicKey(seed) {
  const { x } = createPublicKey(secretOf(seed)).export({ format: "jwk" });
  return Uint8Array.from(Buffer.from(x, "base64url"));
}

/** The Ed25519 signature, 64 bytes. */
export const sign = (seed, message) => Uint8Array.from(signNatively(null, message, secretOf(seed)));
