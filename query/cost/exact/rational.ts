/** An exact fraction in lowest terms; the denominator is positive. All money is one of these until it is printed. */
export type Rational = { readonly n: bigint; readonly d: bigint };

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

export const zero: Rational = { n: 0n, d: 1n };
export const one: Rational = { n: 1n, d: 1n };

export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('A fraction needs a denominator other than zero');
  if (d === 1n || n === 0n) return { n, d: n === 0n ? 1n : d };
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d);
  const sign = d < 0n ? -1n : 1n;
  return { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

/** The exact value of a decimal text such as 0.0000166667 or 1e-7; null when it is none. */
export function parseDecimal(text: string): Rational | null {
  const found = decimalPattern.exec(text.trim());
  if (found === null) return null;
  const [, sign = '', whole = '', part = '', exponent = '0'] = found;
  if (whole === '' && part === '') return null;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${part}` || '0');
  const places = part.length - Number(exponent);
  return places >= 0 ? rational(digits, 10n ** BigInt(places)) : rational(digits * 10n ** BigInt(-places));
}

/** As parseDecimal, for texts already checked by a schema. */
export function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (value === null) throw new TypeError(`"${text}" is not a decimal number`);
  return value;
}

/** The decimal a number prints as, exactly: what somebody meant by 250.06 is not the nearest binary fraction. */
export function fromNumber(value: number): Rational {
  return Number.isSafeInteger(value) ? rational(BigInt(value)) : decimal(String(value));
}

export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return rational(a.n + b.n, a.d);
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

/** Below, at or above zero like a - b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.n * b.d - b.n * a.d;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** Decimal texts by value, for order; money never passes through a binary number, not even to be sorted. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  return compare(decimal(a), decimal(b));
}

export function least(a: Rational, b: Rational): Rational {
  return compare(a, b) <= 0 ? a : b;
}

export function sum(values: Iterable<Rational>): Rational {
  let total = zero;
  for (const value of values) total = add(total, value);
  return total;
}

/** The largest whole number not above it. */
export function floor({ n, d }: Rational): bigint {
  const quotient = n / d;
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient;
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
