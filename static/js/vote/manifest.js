/**
 * The manifest: the draft, sealed with everything that was prepared for it (protocol, section 3).
 */
import { isEqual } from "./bytes.js";
import { read, write } from "./canonical.js";
import { readDraft } from "./draft.js";
import { H } from "./encoding.js";
import { BadEncoding } from "./errors.js";
import { binary, exactly, list, object, whole } from "./schema.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./schema.js").Reader<any>} AnyReader */
/** @typedef {{registrar: number, style: number, spki_sha256: Bytes}} RegistrarKey */
/** @typedef {{style: number, key: Bytes, trustee_points: Bytes[]}} ElectionKey 33 bytes each */
/**
 * @typedef {object} Manifest
 * @property {Bytes} bytes as published
 * @property {Bytes} eid the election's name, 32 bytes
 * @property {Bytes} eid0 the draft's
 * @property {Draft} draft
 * @property {Bytes} draftBytes
 * @property {{size: number, root: Bytes}} setup the prefix of the set-up log it was made from
 * @property {{size: number, root: Bytes, styles: {style: number, size: number}[]}} roll
 * @property {RegistrarKey[]} registrarKeys
 * @property {ElectionKey[]} electionKeys
 * @property {Bytes} clientSha256
 */

const MOST_BYTES = 65_000;
const hash = binary(32);
const point = binary(33);
const head = { size: whole(), root: hash };

/**
 * The manifest in these bytes; BadEncoding where they are not one, or its `eid0` is not the
 * draft's.
 * @param {Bytes} bytes
 * @returns {Promise<Manifest>}
 */
export async function parseManifest(bytes) {
  const { manifest, statedEid0 } = await readManifest(bytes);
  if (!isEqual(statedEid0, manifest.eid0)) {
    throw new BadEncoding("eid0: expected the draft's hash");
  }
  return manifest;
}

/**
 * The manifest in these bytes, with the draft's `eid0`, and the one that it states; BadEncoding.
 * @param {Bytes} bytes
 * @returns {Promise<{manifest: Manifest, statedEid0: Bytes}>}
 */
export async function readManifest(bytes) {
  if (bytes.length > MOST_BYTES) throw new BadEncoding("the manifest is too long");
  const value = read(bytes);
  const inner = /** @type {{draft?: unknown} | null} */ (value)?.draft;
  const draft = readDraft({ path: "draft", value: inner });
  const found = shapeFor(draft)({ path: "", value });
  const draftBytes = write(inner);
  const manifest = {
    bytes,
    eid: await H("manifest", bytes),
    eid0: await H("draft", draftBytes),
    draft,
    draftBytes,
    setup: found.setup,
    roll: /** @type {Manifest["roll"]} */ (found.roll),
    registrarKeys: found.registrar_keys,
    electionKeys: found.election_keys,
    clientSha256: found.client_sha256,
  };
  return { manifest, statedEid0: found.eid0 };
}

/** @param {Draft} draft */
function shapeFor(draft) {
  const styles = draft.styles.map(({ id }) => id);
  const pairs = draft.registrars.list.flatMap((_, at) =>
    styles.map((style) => ({ registrar: exactly(at + 1), style: exactly(style) })),
  );
  const trustees = draft.trustees.list.length;
  const points = list(point, { least: trustees, most: trustees });
  return object({
    draft: readDraft,
    eid0: hash,
    setup: object(head),
    roll: object({
      ...head,
      styles: inOrder(styles.map((style) => object({ style: exactly(style), size: whole() }))),
    }),
    registrar_keys: inOrder(pairs.map((pair) => object({ ...pair, spki_sha256: hash }))),
    election_keys: inOrder(
      styles.map((id) => object({ style: exactly(id), key: point, trustee_points: points })),
    ),
    client_sha256: hash,
  });
}

/**
 * An array with one value per reader, in the draft's order.
 * @template T
 * @param {import("./schema.js").Reader<T>[]} readers
 * @returns {import("./schema.js").Reader<T[]>}
 */
function inOrder(readers) {
  return (place) => {
    const values = list((each) => each, { least: readers.length, most: readers.length })(place);
    return readers.map((reader, at) => reader(/** @type {any} */ (values[at])));
  };
}
