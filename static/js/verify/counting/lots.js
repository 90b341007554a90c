/** What the lots decide between options that are equal in everything else (section 9). */

/**
 * That one of the options which stands first in the tie order.
 * @param {Iterable<number>} options at least one
 * @param {number[]} tieOrder
 */
export function preferred(options, tieOrder) {
  const among = new Set(options);
  return at(tieOrder.find((option) => among.has(option)));
}

/**
 * That one of the options which stands last in the tie order.
 * @param {Iterable<number>} options at least one
 * @param {number[]} tieOrder
 */
export function excludedFirst(options, tieOrder) {
  const among = new Set(options);
  return at(tieOrder.findLast((option) => among.has(option)));
}

/** @param {number | undefined} option */
function at(option) {
  if (option === undefined) throw new RangeError("lots are drawn between options of the question");
  return option;
}
