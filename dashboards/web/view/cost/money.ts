import { unknown } from '../figure.js';

/** Decimals of an amount as the API prints it; amounts are whole numbers of these, never binary fractions. */
const decimals = 12;

/** An amount of the API in millionths of a millionth of a dollar. What is no amount is never taken for nothing. */
export function picoOf(usd: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(usd);
  if (found === null) throw new TypeError(`"${usd}" is not an amount`);
  const [, sign = '', whole = '', part = ''] = found;
  const pico = BigInt(whole + part.slice(0, decimals).padEnd(decimals, '0'));
  return sign === '-' ? -pico : pico;
}

/** Back to the text of the API: no zeros at the end. */
export function usdOf(pico: bigint): string {
  const text = fixed(pico, decimals).replace(/\.?0+$/, '');
  return pico < 0n ? `-${text}` : text;
}

export function sumUsd(amounts: readonly string[]): string {
  return usdOf(amounts.reduce((sum, usd) => sum + picoOf(usd), 0n));
}

/**
 * An amount for a list: whole dollars from a thousand, cents from one, and below that two digits that count, but never
 * more than four decimals: $1,234 · $12.34 · $0.42 · $0.0031 · <$0.0001. The exact amount stands in the explanation.
 */
export function formatUsd(usd: string | null): string {
  if (usd === null) return unknown;
  const pico = picoOf(usd);
  return (pico < 0n ? '−' : '') + calm(absolute(pico));
}

/** The same of a change: +$1.20, −$0.30. */
export function formatChange(usd: string): string {
  const pico = picoOf(usd);
  if (pico === 0n) return calm(0n);
  return (pico < 0n ? '−' : '+') + calm(absolute(pico));
}

/** Every digit the API gave. */
export function exactUsd(usd: string | null): string {
  if (usd === null) return unknown;
  const [whole = '', part] = usd.replace(/^-/, '').split('.');
  return `${usd.startsWith('-') ? '−' : ''}$${grouped(whole)}${part === undefined ? '' : `.${part}`}`;
}

/** One amount over another, for bars and percentages; null when there is nothing to compare with. */
export function ratioOf(part: string, whole: string): number | null {
  const [top, bottom] = [picoOf(part), picoOf(whole)];
  return bottom === 0n ? null : Number((top * 1_000_000n) / bottom) / 1e6;
}

/** Change in percent of what it was: "up 12 %"; null when nothing was before. */
export function costGrowthText(now: string, before: string): string | null {
  const ratio = ratioOf(now, before);
  if (ratio === null) return null;
  const percent = (ratio - 1) * 100;
  if (Math.abs(percent) < 0.5) return 'as in the time before';
  return `${percent < 0 ? 'down' : 'up'} ${Math.abs(percent).toFixed(0)} %`;
}

function calm(pico: bigint): string {
  if (pico === 0n) return '$0';
  const least = 10n ** BigInt(decimals - 4);
  if (pico < least / 2n) return '<$0.0001';
  if (pico >= 1_000n * 10n ** BigInt(decimals) - 5n * 10n ** BigInt(decimals - 3))
    return `$${grouped(fixed(pico, 0))}`;
  const places = [2, 3, 4].find((kept) => pico >= 10n ** BigInt(decimals + 1 - kept)) ?? 4;
  return `$${fixed(pico, places)}`;
}

/** Without its sign, rounded half up to so many decimals. */
function fixed(pico: bigint, places: number): string {
  const unit = 10n ** BigInt(decimals - places);
  const text = ((absolute(pico) + unit / 2n) / unit).toString().padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

const absolute = (pico: bigint) => (pico < 0n ? -pico : pico);
const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',');
