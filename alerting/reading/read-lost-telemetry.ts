import { readAnyCounted } from '../../query/coverage/read-any-counted.js';
import { readCoverage } from '../../query/coverage/read-coverage.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { isMostlyUnseen } from '../budget/telemetry.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { isFigure } from '../figures/figure-kinds.js';
import { readArrivedSince } from './read-arrived-since.js';

const minuteMs = 60_000;
/** After so long without any telemetry it is taken for lost, not for idle functions. */
const lostAfterMs = 10 * minuteMs;
/** What clouds counted a little while ago is known by now, and so is the telemetry of the same runs. */
const countedFromMs = 20 * minuteMs;
const countedToMs = 5 * minuteMs;
const mostFunctions = 10_000;

/** Whether the telemetry of an objective and scope is missing; null when nobody can say, as for the past. */
export type LostTelemetry = (slo: CurrentSlo, scope: string) => boolean | null;

/** Looks at arrivals of any kind, and at what providers counted of functions that telemetry is silent about. */
export async function readLostTelemetry(
  warehouse: TenantWarehouse,
  at: Date,
  now: Date,
): Promise<LostTelemetry> {
  if (now.getTime() - at.getTime() >= lostAfterMs) return () => null;
  const minute = (agoMs: number) => new Date(Math.floor((now.getTime() - agoMs) / minuteMs) * minuteMs);
  const window = { from: minute(countedFromMs), to: minute(countedToMs) };
  const [arrived, isCounted] = await Promise.all([
    readArrivedSince(warehouse, new Date(now.getTime() - lostAfterMs)),
    readAnyCounted(warehouse, window),
  ]);
  const noRuns = !arrived.runs;
  const noFigures = !arrived.figures;
  if (noRuns) return ({ definition: { sli } }) => noFigures || !(isFigure(sli) || sli.kind === 'composite');
  if (!isCounted) return ({ definition: { sli } }) => noFigures && isFigure(sli);
  const stepSeconds = (countedFromMs - countedToMs) / 1000;
  const all = { function: null, environment: null, countedOnly: true };
  const coverage = await readCoverage(warehouse, { ...window, ...all, stepSeconds, limit: mostFunctions });
  return ({ definition }, scope) =>
    isFigure(definition.sli) ? noFigures : isMostlyUnseen(coverage, definition, scope);
}
