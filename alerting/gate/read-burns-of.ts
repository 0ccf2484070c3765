import { matchesGlob } from '../../schemas/slo/selector.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { burnRate, nothing, remainingOf } from '../budget/budget.js';
import { periodStart } from '../budget/period-start.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { readWindowSums, type WindowSums } from '../reading/read-window-sums.js';
import type { BurnReading } from './decide-gate.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How the objectives that name a function stand: their burn over the last hour, and what is left. */
export async function readBurnsOf(
  warehouse: TenantWarehouse,
  { function: name, environment, now }: { function: string; environment: string | null; now: Date },
): Promise<BurnReading[]> {
  const { current } = foldVersions(await readVersions(warehouse, null));
  const about = current.filter(({ definition }) => isAbout(definition, name, environment));
  const end = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
  const corrections = currentCorrections(await readCorrections(warehouse, null));
  const hourAgo = new Date(end.getTime() - hourMs);
  const readings = await Promise.all(
    about.map(async (slo) => {
      const starts = [hourAgo, periodStart(slo.definition.period, end)];
      const rows = await readWindowSums(warehouse, { slos: [slo], starts, end, now, corrections });
      return rows.filter(({ scope }) => isPlace(slo.definition, scope, name, environment)).map(toReading);
    }),
  );
  return readings.flat();
}

function toReading({ slo: { definition, id }, scope, sums }: WindowSums): BurnReading {
  const [hour = nothing, period = nothing] = sums;
  return {
    slo: id,
    scope,
    burn: burnRate(hour, definition.objective),
    bad: Math.max(0, hour.total - hour.good),
    remainingRatio: remainingOf(period, definition.objective),
  };
}

/** Of an objective that has one scope for each function or environment, the one asked about. */
function isPlace({ per }: SloDefinition, scope: string, name: string, environment: string | null): boolean {
  if (per === 'function') return scope === name;
  return per !== 'environment' || environment === null || scope === environment;
}

/** Objectives on everything at once would hold every release for the fault of one function: they are not asked. */
function isAbout({ per, where }: SloDefinition, name: string, environment: string | null): boolean {
  const named = where.function?.some((glob) => matchesGlob(name, glob)) ?? per === 'function';
  const inPlace =
    environment === null || (where.environment?.some((glob) => matchesGlob(environment, glob)) ?? true);
  return named && inPlace;
}
