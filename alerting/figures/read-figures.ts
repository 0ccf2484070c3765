import { slis } from '../../query/sli/registry.js';
import type { Counted } from '../../query/sli/sli.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Evaluation } from '../evaluate/evaluate.js';
import type { Place } from '../evaluate/match-slos.js';
import { type FigureSli, isFigure } from './figure-kinds.js';
import { indicatorOf } from './indicator-of.js';
import { judgeGauge } from './judge-gauge.js';
import { readGauge } from './read-gauge.js';
import { readMetricSums } from './read-metric-sums.js';

type Minutes = { from: Date; to: Date; only: readonly number[] };

/** Answers to the same question of one window, for objectives that share it. */
type Asked = Map<string, Promise<Counted[]>>;

/** What metrics, calls and providers tell of some minutes, for every objective that counts it and is wanted. */
export async function readFigures(
  warehouse: TenantWarehouse,
  minutes: Minutes,
  definitions: readonly SloDefinition[],
  isWanted: (sli: FigureSli) => boolean,
  queues: QueueSettings,
  into: Evaluation,
): Promise<void> {
  const only = new Set(minutes.only.map((seconds) => seconds * 1000));
  const asked: Asked = new Map();
  for (const [index, definition] of definitions.entries()) {
    const { sli } = definition;
    if (!isFigure(sli) || !isWanted(sli)) continue;
    for (const row of await rowsOf(warehouse, minutes, definition, sli, queues, asked))
      if (only.size === 0 || only.has(row.minuteMs)) into.addFigure({ index, ...row });
  }
}

type FigureOf = { place: Place; minuteMs: number; good: number; total: number };

async function rowsOf(
  warehouse: TenantWarehouse,
  window: Minutes,
  definition: SloDefinition,
  sli: FigureSli,
  queues: QueueSettings,
  asked: Asked,
): Promise<FigureOf[]> {
  if (sli.kind === 'gauge') {
    const rows = await readGauge(warehouse, sli, window);
    return judgeGauge(
      definition,
      sli,
      rows.map((row) => ({ ...row, place: placeOf(row.function, row.environment) })),
    );
  }
  if (sli.kind === 'metric-ratio') {
    const part = sli.bad ?? sli.good ?? sli.total;
    const [parts, totals] = await Promise.all([
      readMetricSums(warehouse, part, window),
      readMetricSums(warehouse, sli.total, window),
    ]);
    const isBad = sli.bad !== undefined;
    const place = (row: { function: string; environment: string; minute_s: number }) => ({
      place: placeOf(row.function, row.environment),
      minuteMs: row.minute_s * 1000,
    });
    return [
      ...parts.map((row) => ({ ...place(row), good: isBad ? -row.n : row.n, total: 0 })),
      ...totals.map((row) => ({ ...place(row), good: isBad ? row.n : 0, total: row.n })),
    ];
  }
  const indicator = indicatorOf(sli, window, queues);
  if (indicator === null) return [];
  const key = JSON.stringify([indicator.name, indicator.question]);
  const counted = asked.get(key) ?? slis[indicator.name].read(warehouse, indicator.question);
  asked.set(key, counted);
  return (await counted).map(({ column, labels: [name = '', environment = ''], good, total }) => ({
    place: placeOf(name, environment),
    minuteMs: column,
    good,
    total,
  }));
}

function placeOf(name: string, environment: string): Place {
  const none = { team: '', region: '', provider: '', version: '', alias: '', trigger: '' };
  return { ...none, function: name, environment };
}
