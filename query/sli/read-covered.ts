import { ProblemError } from '../../schemas/problem.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { readAnyCounted } from '../coverage/read-any-counted.js';
import { type FunctionCoverage, readCoverage } from '../coverage/read-coverage.js';
import { maxWindowMs } from '../functions/window-of.js';
import type { SliQuestion } from './sli.js';

const minuteMs = 60_000;
const mostRows = 300_000;

export type CoveredStep = FunctionCoverage & { column: number; labels: string[] };

/** What providers counted, by step: nothing where none did. It is worked out by minute, so over at most 31 days. */
export async function readCovered(
  warehouse: TenantWarehouse,
  question: Pick<SliQuestion, 'from' | 'to' | 'function' | 'environment' | 'groupBy' | 'stepMs'>,
): Promise<CoveredStep[]> {
  const { from, to, stepMs, groupBy } = question;
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs > maxWindowMs)
    throw new ProblemError('QUERY_LIMIT', 'Counts of providers are compared over at most 31 days.');
  if (!(await readAnyCounted(warehouse, { from, to }))) return [];
  // Steps of the reading begin at `from`: where ours do not, it is read by minute.
  const isAligned = stepMs > lengthMs || from.getTime() % stepMs === 0;
  const stepSeconds = isAligned ? Math.ceil(Math.min(stepMs, lengthMs) / 1000) : minuteMs / 1000;
  const asked = { from, to, function: question.function, environment: question.environment };
  const rows = await readCoverage(warehouse, { ...asked, stepSeconds, countedOnly: true, limit: mostRows });
  if (rows.length === mostRows)
    throw new ProblemError('QUERY_LIMIT', `The window has ${mostRows} minutes of functions or more.`);
  return rows.map((row) => ({
    ...row,
    column: Math.floor(row.at.getTime() / stepMs) * stepMs,
    labels: groupBy.map((name) => (name === 'function' ? row.function : row.environment)),
  }));
}
