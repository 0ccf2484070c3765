import type { FunctionSummary } from '../../schemas/functions.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { type FunctionCoverage, readCoverage } from '../coverage/read-coverage.js';
import { orWithout } from '../or-without.js';
import { readConcurrency } from './read-concurrency.js';
import { shareOf } from './share-of.js';
import { maxWindowMs } from './window-of.js';

/** Functions asked about at once; of any beyond, these figures are null. */
const mostFunctions = 20_000;
/** The list is not held up for longer than this. */
const patienceMs = 5_000;
/** Longer than any window there is, so that each function is one step. */
const oneStepSeconds = 800 * 24 * 3_600;

/** Of a function in its environment as a whole, because neither count is told by owner. */
export type WholeFigures = Pick<
  FunctionSummary,
  'throttles' | 'throttleRatio' | 'concurrencyMax' | 'coverageRatio'
>;

export const unknownFigures: WholeFigures = {
  throttles: null,
  throttleRatio: null,
  concurrencyMax: null,
  coverageRatio: null,
};

export type WholeQuestion = { from: Date; to: Date; environment: string | null };

/**
 * What is counted of a function and not of its single rows, by `wholeKey`. It is asked minute by minute: what takes too long
 * or too much memory so, and anything over more than a month, stays unknown, and the list can do without.
 */
export async function readWholeFigures(
  warehouse: TenantWarehouse,
  { from, to, environment }: WholeQuestion,
  options?: StatementOptions,
): Promise<ReadonlyMap<string, WholeFigures>> {
  const found = new Map<string, WholeFigures>();
  if (to.getTime() - from.getTime() > maxWindowMs) return found;
  const asked = { from, to, environment, limit: mostFunctions };
  const whole = { function: null, stepSeconds: oneStepSeconds, countedOnly: true };
  const patient = { ...options, timeoutMs: Math.min(patienceMs, options?.timeoutMs ?? patienceMs) };
  const [running, coverage] = await Promise.all([
    orWithout(readConcurrency(warehouse, asked, patient), []),
    orWithout(readCoverage(warehouse, { ...asked, ...whole }, patient), []),
  ]);
  for (const one of coverage) found.set(wholeKey(one), { ...unknownFigures, ...countedOf(one) });
  for (const one of running) {
    const known = found.get(wholeKey(one)) ?? unknownFigures;
    found.set(wholeKey(one), { ...known, concurrencyMax: one.most });
  }
  return found;
}

export function wholeKey(of: { function: string; environment: string }): string {
  return JSON.stringify([of.function, of.environment]);
}

function countedOf({ reading, throttles: told }: FunctionCoverage): Omit<WholeFigures, 'concurrencyMax'> {
  const isMeasured = reading.kind === 'measured';
  const runs = isMeasured ? reading.total : 0;
  const throttles = told === null ? null : Math.round(told);
  return {
    throttles,
    throttleRatio: throttles === null ? null : shareOf(throttles, throttles + runs),
    coverageRatio: isMeasured ? reading.coverageRatio : null,
  };
}
