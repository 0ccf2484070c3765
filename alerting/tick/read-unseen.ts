import { readAnyCounted } from '../../query/coverage/read-any-counted.js';
import { readCoverage } from '../../query/coverage/read-coverage.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { isMostlyUnseen } from '../budget/telemetry.js';
import { isFigure } from '../figures/figure-kinds.js';

const minuteMs = 60_000;
/** What clouds counted a little while ago is known by now, and so is the telemetry of the same runs. */
const fromMs = 20 * minuteMs;
const toMs = 5 * minuteMs;
const mostFunctions = 10_000;

/** Whether telemetry tells of so few of the runs of an objective and scope that nothing follows from it. */
export type Unseen = (definition: SloDefinition, scope: string) => boolean;

/**
 * Held against what providers counted before the minute judged. That nothing at all comes in is another matter: a tenant may
 * just be idle, and where it is not, everything stays as it is.
 */
export async function readUnseen(warehouse: TenantWarehouse, at: Date): Promise<Unseen> {
  const window = { from: new Date(at.getTime() - fromMs), to: new Date(at.getTime() - toMs) };
  if (!(await readAnyCounted(warehouse, window))) return () => false;
  const all = { function: null, environment: null, countedOnly: true, limit: mostFunctions };
  const coverage = await readCoverage(warehouse, { ...window, ...all, stepSeconds: (fromMs - toMs) / 1000 });
  return (definition, scope) => !isFigure(definition.sli) && isMostlyUnseen(coverage, definition, scope);
}
