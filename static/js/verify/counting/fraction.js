/** Exact fractions of whole numbers. */
import { gcd } from "../../vote/integers.js";

/** @typedef {{over: bigint, under: bigint}} Fraction in lowest terms; `under` is at least 1 */

/**
 * The fraction `over / under`.
 * @param {bigint} over not negative
 * @param {bigint} under at least 1
 * @returns {Fraction}
 */
export function fraction(over, under) {
  const shared = gcd(over, under);
  return { over: over / shared, under: under / shared };
}

/**
 * Negative, zero or positive as `one` is less than, equal to or more than `other`.
 * @param {Fraction} one
 * @param {Fraction} other
 */
export function compare(one, other) {
  const [left, right] = [one.over * other.under, other.over * one.under];
  return left < right ? -1 : Number(left > right);
}
