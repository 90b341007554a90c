/**
 * What every record can do, wherever it lies.
 *
 * @typedef {object} Source a record; what it gives may be anything, and is checked by others
 * @property {(path: string, most: number) => Promise<import("../vote/bytes.js").Bytes>} read
 *   the bytes at a path, at most `most` + 1 of them; throws Absent
 * @property {() => string[] | null} names every path, or null where nobody can list them
 * @property {() => string} wrongForm what section 12 forbids about the container, or ""
 */

/** The record does not hold this path. */
export class Absent extends Error {}

/** There is no record to read at this place; the words say why. */
export class Unreadable extends Error {}
