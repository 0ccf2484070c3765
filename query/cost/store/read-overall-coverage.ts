import type { StatementOptions, TenantWarehouse } from '../../../warehouse/warehouse.js';
import { readAnyCounted } from '../../coverage/read-any-counted.js';
import { readCoverage } from '../../coverage/read-coverage.js';
import { maxWindowMs } from '../../functions/window-of.js';
import { orWithout } from '../../or-without.js';

/** Cost is not held up for longer than this. */
const patienceMs = 2_000;
const mostFunctions = 20_000;
const oneStepSeconds = 800 * 24 * 3_600;

export type CoverageQuestion = { from: Date; to: Date; function: string | null; environment: string | null };

/**
 * Runs seen of those the providers counted, over all functions they count. Null when none counts, over more than a month,
 * and where it would take too long to work out.
 */
export async function readOverallCoverage(
  warehouse: TenantWarehouse,
  { from, to, function: name, environment }: CoverageQuestion,
  options?: StatementOptions,
): Promise<number | null> {
  if (to.getTime() - from.getTime() > maxWindowMs) return null;
  const patient = { ...options, timeoutMs: patienceMs };
  const asked = { from, to, function: name, environment, limit: mostFunctions };
  return await orWithout(overall(warehouse, asked, patient), null);
}

async function overall(
  warehouse: TenantWarehouse,
  asked: CoverageQuestion & { limit: number },
  options: StatementOptions,
): Promise<number | null> {
  if (!(await readAnyCounted(warehouse, asked, options))) return null;
  const whole = { ...asked, stepSeconds: oneStepSeconds, countedOnly: true };
  let seen = 0;
  let counted = 0;
  for (const { reading } of await readCoverage(warehouse, whole, options)) {
    if (reading.kind === 'no-data' || reading.coverageRatio === null) continue;
    seen += reading.total * reading.coverageRatio;
    counted += reading.total;
  }
  return counted === 0 ? null : Math.min(1, seen / counted);
}
