import type { StatementOptions, TenantSql, TenantWarehouse } from '../../warehouse/warehouse.js';
import { addSteps } from './add-steps.js';
import { COUNTED_BY_HOUR } from './by-hour-sql.js';
import { COUNTED, COUNTED_BESIDE_HOURS, COUNTED_BY_COUNTERS, OTHERS } from './by-minute-sql.js';
import { CountedStep } from './counted-step.js';
import { readTellers } from './read-tellers.js';
import type { WholeHours } from './whole-hours.js';

const metrics = ['invocations', 'errors', 'throttles'];

/** Null keeps all functions or environments. */
export type CoverageQuestion = {
  from: Date;
  to: Date;
  function: string | null;
  environment: string | null;
  /** Whole minutes; the length of the window, or more, makes one reading of it. */
  stepSeconds: number;
  /** Leaves out functions that no provider counts, which is quick where there are none. */
  countedOnly?: boolean;
  limit: number;
};

/** What was seen and what was counted, by function, environment and step. Which hours are read as a whole changes nothing in it. */
export async function readCountedSteps(
  warehouse: TenantWarehouse,
  { countedOnly = false, function: name, from, to, environment, stepSeconds, limit }: CoverageQuestion,
  hours: WholeHours,
  options?: StatementOptions,
): Promise<CountedStep[]> {
  const asked = { from, to, environment, stepSeconds, limit, metrics };
  const told = await readTellers(warehouse, { from, to, environment, metrics, function: name }, options);
  const answers: CountedStep[] = [];
  for (const { of, reachesBack } of told)
    for (const sql of statementsFor(reachesBack, hours.hoursFrom < hours.hoursTo))
      answers.push(...(await warehouse.query(sql, { ...asked, ...hours, ...of }, CountedStep, options)));
  if (!countedOnly)
    answers.push(...(await warehouse.query(OTHERS, { ...asked, function: name }, CountedStep, options)));
  return addSteps(answers).slice(0, limit);
}

function statementsFor(reachesBack: boolean, hasHours: boolean): TenantSql[] {
  if (reachesBack) return [COUNTED_BY_COUNTERS];
  return hasHours ? [COUNTED_BY_HOUR, COUNTED_BESIDE_HOURS] : [COUNTED];
}
