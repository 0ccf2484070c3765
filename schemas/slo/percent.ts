import { z } from 'zod';

/** A share as whole numbers, so that 100 % less 99.9 % is 1/1000 and not 0.0009999999999999432. */
export type Share = { readonly parts: bigint; readonly of: bigint };

const percentPattern = /^(\d{1,3})(?:\.(\d{1,8}))? ?%$/;
const ratioPattern = /^([01])(?:\.(\d{1,10}))?$/;

/** "99.9%" or 0.999, exactly; null when it is neither or above 1. */
export function parseShare(given: string | number): Share | null {
  const text = typeof given === 'number' ? plainDecimal(given) : given.trim();
  const percent = percentPattern.exec(text);
  const [, whole = '', decimals = ''] = percent ?? ratioPattern.exec(text) ?? [];
  if (whole === '') return null;
  const of = 10n ** BigInt(decimals.length) * (percent === null ? 1n : 100n);
  const parts = BigInt(whole + decimals);
  return parts > of ? null : reduced({ parts, of });
}

/** A number as its author wrote it: never in exponents. */
function plainDecimal(value: number): string {
  return Number.isFinite(value) ? value.toFixed(10).replace(/\.?0+$/, '') : '';
}

/** What is left of one whole. */
export function rest({ parts, of }: Share): Share {
  return reduced({ parts: of - parts, of });
}

/** The nearest double. */
export function ratioOf({ parts, of }: Share): number {
  return Number(parts) / Number(of);
}

/** "99.9 %", with all its digits and none more. */
export function percentText({ parts, of }: Share): string {
  const scaled = parts * 100n * 10n ** 8n;
  const text = (scaled / of).toString().padStart(9, '0');
  const decimals = text.slice(-8).replace(/0+$/, '');
  return `${text.slice(0, -8)}${decimals === '' ? '' : `.${decimals}`} %`;
}

function reduced({ parts, of }: Share): Share {
  let [a, b] = [parts, of];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { parts: 0n, of: 1n } : { parts: parts / a, of: of / a };
}

const expected = 'must be a share such as "99.9%" or 0.999';

/** A share in a file; exact in the program. */
export const ShareText = z
  .union([z.string(), z.number()], { error: expected })
  .transform((given, context) => {
    const share = parseShare(given);
    if (share !== null) return share;
    const meant = parseShare(`${given}%`) === null ? '' : `; did you mean "${given}%"?`;
    const message = `${expected} and at most 100 %, this is ${JSON.stringify(given)}${meant}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
