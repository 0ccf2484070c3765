import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { addSteps } from './add-steps.js';
import { COUNTED_BY_HOUR } from './by-hour-sql.js';
import {
  COUNTED,
  COUNTED_BESIDE_HOURS,
  COUNTED_BESIDE_NAMED_HOURS,
  COUNTED_BY_COUNTERS,
  OTHERS,
} from './by-minute-sql.js';
import { CountedHours, CountedStep } from './counted-step.js';
import { readTellers, type ToldOf } from './read-tellers.js';
import type { WholeHours } from './whole-hours.js';

const metrics = ['invocations', 'errors', 'throttles'];
/** Hours of functions that are given to a statement by name. */
const mostNamed = 500;

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
  for (const { of, reachesBack } of told) {
    const params = { ...asked, ...hours, ...of };
    if (!reachesBack && hours.hoursFrom < hours.hoursTo) {
      answers.push(...(await readByHour(warehouse, params, options)));
      continue;
    }
    const sql = reachesBack ? COUNTED_BY_COUNTERS : COUNTED;
    answers.push(...(await warehouse.query(sql, params, CountedStep, options)));
  }
  if (!countedOnly)
    answers.push(...(await warehouse.query(OTHERS, { ...asked, function: name }, CountedStep, options)));
  return addSteps(answers).slice(0, limit);
}

type Params = WholeHours &
  ToldOf &
  Omit<CoverageQuestion, 'function' | 'countedOnly'> & { metrics: string[] };

/** Whole hours as they are, then the edges and the hours that turned out to be mixed minute by minute. */
async function readByHour(
  warehouse: TenantWarehouse,
  params: Params,
  options?: StatementOptions,
): Promise<CountedStep[]> {
  const whole = await warehouse.query(COUNTED_BY_HOUR, params, CountedHours, options);
  const mixed = whole.flatMap((step) => step.mixed.map((hour) => ({ of: step.function, hour })));
  const steps = whole.map(({ mixed: _, ...step }): CountedStep => step);
  const hasEdges = params.from < params.hoursFrom || params.hoursTo < params.to;
  if (mixed.length === 0 && !hasEdges) return steps;
  // A list that was cut may leave out some of them.
  const areNamed = mixed.length <= mostNamed && whole.length < params.limit;
  const named = { mixedFunctions: mixed.map(({ of }) => of), mixedHours: mixed.map(({ hour }) => hour) };
  const rest = areNamed
    ? await warehouse.query(COUNTED_BESIDE_NAMED_HOURS, { ...params, ...named }, CountedStep, options)
    : await warehouse.query(COUNTED_BESIDE_HOURS, params, CountedStep, options);
  return [...steps, ...rest];
}
