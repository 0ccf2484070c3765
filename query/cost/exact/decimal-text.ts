import type { Rational } from './rational.js';

/** Decimals kept of printed money: one millisecond of 128 MB is 0.000000002083 dollars. */
export const moneyDecimals = 12;

/** Rounded half away from zero, without trailing zeros. */
export function decimalText(value: Rational, decimals = moneyDecimals): string {
  return scaledText(scaled(value, decimals), decimals);
}

/** The value in units of the last kept decimal, rounded half away from zero as bills do. */
export function scaled({ n, d }: Rational, decimals = moneyDecimals): bigint {
  const twice = 2n * (n < 0n ? -n : n) * 10n ** BigInt(decimals) + d;
  const magnitude = twice / (2n * d);
  return n < 0n ? -magnitude : magnitude;
}

export function scaledText(units: bigint, decimals = moneyDecimals): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return part === '' ? `${sign}${whole}` : `${sign}${whole}.${part}`;
}
