import { ProblemError } from '../../schemas/problem.js';
import type { SliName } from '../../schemas/sli.js';
import { isKeptRaw } from '../window/window-parts.js';
import { dimensions, tagOf } from './dimensions.js';
import type { Counted, Extra, Sli, SliQuestion } from './sli.js';

/** What was asked for by name, beside the window. */
export type AskedDimensions = Pick<SliQuestion, (typeof dimensions)[number] | 'tagKey' | 'groupBy'>;

/**
 * Whether a question can only be answered from single rows, because sums are not kept by what it names; refused with a
 * sentence when it cannot be answered at all. Ignoring a filter would answer another question.
 */
export function needsRows(
  name: SliName,
  sli: Sli,
  asked: AskedDimensions,
  window: { from: Date },
  now: Date,
): boolean {
  const isTagged = asked.tagKey !== null || asked.groupBy.some((group) => tagOf(group) !== null);
  const named: string[] = dimensions.filter((one) => asked[one] !== null || asked.groupBy.includes(one));
  if (isTagged) named.push('tag');
  const sums = new Set<string>(sli.dimensions);
  const rows = new Set<string>(sli.rowDimensions ?? []);
  // Tags stand on the same rows as customers do.
  if (rows.has('customer')) rows.add('tag');
  const known = new Set([...sums, ...rows]);
  const unknown = named.filter((one) => !known.has(one));
  if (unknown.length > 0)
    throw new ProblemError(
      'BAD_REQUEST',
      `${name} is not known by ${unknown.join(' and ')}; it is by ${[...known].join(', ')}.`,
    );
  const beyond = named.filter((one) => !sums.has(one));
  if (sli.kept !== 'rows' && beyond.length === 0) return false;
  if (isKeptRaw(window, now)) return true;
  const why = sli.kept === 'rows' ? name : `${name} by ${beyond.join(' and ')}`;
  throw new ProblemError(
    'QUERY_LIMIT',
    `Only single invocations tell ${why}, and those are kept 30 days; the window begins earlier.`,
  );
}

/** Parameters an indicator has no use for are refused, so that nobody takes their effect for granted. */
export function refuseUnused(
  name: SliName,
  sli: Sli,
  given: readonly { extra: Extra; parameter: string }[],
): void {
  const unused = given.filter(({ extra }) => !sli.takes.includes(extra)).map(({ parameter }) => parameter);
  if (unused.length === 0) return;
  const [first] = unused;
  const takes = sli.takes.length === 0 ? 'it takes none of its kind' : `it takes ${sli.takes.join(', ')}`;
  throw new ProblemError('BAD_REQUEST', `${first} says nothing to ${name}: ${takes}.`);
}

const mostTold = 3;

/** Something was counted, but what a value needs is missing everywhere: nulls alone would not say what to do. */
export function refuseWithoutValue(name: SliName, counted: readonly Counted[]): void {
  const missing = new Set(counted.flatMap((one) => one.missing ?? []));
  if (missing.size === 0 || counted.some(({ value }) => typeof value === 'number')) return;
  const told = [...missing].slice(0, mostTold).join(' ');
  const rest = missing.size - mostTold;
  throw new ProblemError(
    'NO_PRICE',
    `${name} of these runs is not known. ${told}${rest > 0 ? ` And ${rest} more.` : ''}`,
  );
}
