/**
 * Whole-number arithmetic on BigInt: powers, inverses, greatest common divisors.
 *
 * BigInt is not constant time. What passes through here is public, or secret for one use on the
 * voter's own device, where no server sees how long it took.
 */

/**
 * `base^exponent mod modulus`.
 * @param {bigint} base
 * @param {bigint} exponent
 * @param {bigint} modulus
 */
export function power(base, exponent, modulus) {
  let result = 1n;
  let square = modulo(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/**
 * The remainder in 0..modulus − 1, also of a negative value.
 * @param {bigint} value
 * @param {bigint} modulus
 */
export function modulo(value, modulus) {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/**
 * The x with `value·x = 1 mod modulus`, or zero where there is none.
 * @param {bigint} value
 * @param {bigint} modulus
 */
export function inverse(value, modulus) {
  let [high, low] = [modulus, modulo(value, modulus)];
  let [before, now] = [0n, 1n];
  while (low > 0n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [before, now] = [now, before - quotient * now];
  }
  return high === 1n ? modulo(before, modulus) : 0n;
}

/**
 * The greatest common divisor.
 * @param {bigint} a
 * @param {bigint} b
 */
export function gcd(a, b) {
  let [high, low] = [a, b];
  while (low > 0n) [high, low] = [low, high % low];
  return high;
}

/**
 * All primes up to a bound, ascending.
 * @param {number} most
 */
export function primesUpTo(most) {
  const isCrossed = new Uint8Array(most + 1);
  const primes = [];
  for (let candidate = 2; candidate <= most; candidate++) {
    if (isCrossed[candidate]) continue;
    primes.push(candidate);
    for (let multiple = candidate * candidate; multiple <= most; multiple += candidate) {
      isCrossed[multiple] = 1;
    }
  }
  return primes;
}

/**
 * `scalar` times a point of a curve, from the highest of `bits` bits down. Adds at every bit, so
 * that the steps do not depend on the scalar.
 * @template P
 * @param {P} point
 * @param {bigint} scalar
 * @param {{bits: number, identity: P, add: (a: P, b: P) => P}} curve `add` is complete: it holds
 *   for equal points and for the identity too
 * @returns {P}
 */
export function multiple(point, scalar, { bits, identity, add }) {
  let sum = identity;
  for (let place = BigInt(bits - 1); place >= 0n; place--) {
    sum = add(sum, sum);
    const more = add(sum, point);
    if ((scalar >> place) & 1n) sum = more;
  }
  return sum;
}
