import { scaled } from './figure.js';

/** Exact below ten thousand, then three significant digits: 9,876 · 12.3 k · 4.56 M. */
export function formatCount(count: number): string {
  if (count < 10_000) return exactCount(count);
  return scaled(count, [
    { unit: 'k', size: 1e3 },
    { unit: 'M', size: 1e6 },
    { unit: 'G', size: 1e9 },
  ]);
}

/** Every digit, grouped in threes. */
export function exactCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}
