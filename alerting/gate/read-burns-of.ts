import { matchesGlob } from '../../schemas/slo/selector.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { burnRate, nothing, remainingOf } from '../budget/budget.js';
import { periodStart } from '../budget/period-start.js';
import { type CurrentSlo, foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { readWindowSums } from '../reading/read-window-sums.js';
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
  const readings = await Promise.all(
    about.map((slo) => readOne(warehouse, slo, { name, environment, end, now })),
  );
  return readings.flat();
}

type Asked = { name: string; environment: string | null; end: Date; now: Date };

async function readOne(warehouse: TenantWarehouse, slo: CurrentSlo, asked: Asked): Promise<BurnReading[]> {
  const { definition, id, shape } = slo;
  const { name, environment, end, now } = asked;
  const starts = [new Date(end.getTime() - hourMs), periodStart(definition.period, end)];
  const rows = await readWindowSums(warehouse, { slo: id, starts, end, now });
  const mine = rows.filter(
    (row) =>
      row.shape === shape &&
      (definition.per !== 'function' || row.scope === name) &&
      (definition.per !== 'environment' || environment === null || row.scope === environment),
  );
  return mine.map(({ scope, sums }) => {
    const [hour = nothing, period = nothing] = sums;
    return {
      slo: id,
      scope,
      burn: burnRate(hour, definition.objective),
      bad: Math.max(0, hour.total - hour.good),
      remainingRatio: remainingOf(period, definition.objective),
    };
  });
}

/** Objectives on everything at once would hold every release for the fault of one function: they are not asked. */
function isAbout({ per, where }: SloDefinition, name: string, environment: string | null): boolean {
  const named = where.function?.some((glob) => matchesGlob(name, glob)) ?? per === 'function';
  const inPlace =
    environment === null || (where.environment?.some((glob) => matchesGlob(environment, glob)) ?? true);
  return named && inPlace;
}
