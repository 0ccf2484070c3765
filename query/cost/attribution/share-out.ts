import type { CostSettings } from '../../../schemas/config/cost.js';
import { compare, decimal, divide, multiply, type Rational, rational, sum, zero } from '../exact/rational.js';

/** Cost of nobody in particular within a window, and how it is spread. */
export type SharedRule = Pick<CostSettings['shared'][number], 'name' | 'by' | 'author' | 'reason'> & {
  usd: Rational;
};

const hourMs = 3_600_000;

/** What configured shared costs come to in [from, to): their month's amount by hours of that month. */
export function sharedIn(
  settings: Pick<CostSettings, 'shared'>,
  { from, to }: { from: Date; to: Date },
): SharedRule[] {
  return settings.shared.flatMap((rule) => {
    const start = Math.max(from.getTime(), rule.from === undefined ? 0 : Date.parse(rule.from));
    const end = Math.min(
      to.getTime(),
      rule.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(rule.to),
    );
    const usd = sum(
      monthsIn(start, end).map(({ shareOfMonth }) => multiply(decimal(rule.usdPerMonth), shareOfMonth)),
    );
    const { name, by, author, reason } = rule;
    return usd.n === 0n ? [] : [{ name, by, author, reason, usd }];
  });
}

function monthsIn(start: number, end: number): { shareOfMonth: Rational }[] {
  const found: { shareOfMonth: Rational }[] = [];
  for (let at = start; at < end; ) {
    const day = new Date(at);
    const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
    const next = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
    const until = Math.min(end, next);
    found.push({
      shareOfMonth: rational(BigInt(until - at), BigInt((next - first) / hourMs) * BigInt(hourMs)),
    });
    at = until;
  }
  return found;
}

/** Splits each shared cost over all rows, so that the parts are the whole. Without any weight it is spread evenly. */
export function shareOut(
  rules: readonly SharedRule[],
  entries: readonly { runs: Rational }[],
  amounts: readonly Rational[],
): { rule: SharedRule; parts: Rational[] }[] {
  if (entries.length === 0) return [];
  return rules.map((rule) => {
    const even = entries.map(() => rational(1n));
    const weights =
      rule.by === 'cost' ? amounts : rule.by === 'invocations' ? entries.map(({ runs }) => runs) : even;
    const usable = compare(sum(weights), zero) > 0 ? weights : even;
    const total = sum(usable);
    return { rule, parts: usable.map((weight) => multiply(rule.usd, divide(weight, total))) };
  });
}
