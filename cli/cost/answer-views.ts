import type { z } from 'zod';
import { AnomaliesAnswer } from '../../schemas/cost/anomalies.js';
import { ChangesAnswer } from '../../schemas/cost/changes.js';
import { BudgetsAnswer, ForecastAnswer } from '../../schemas/cost/forecast.js';
import { RightsizingAnswer } from '../../schemas/cost/rightsizing.js';
import { TelemetryCost } from '../../schemas/cost/telemetry.js';
import { TraceCost } from '../../schemas/cost/trace-cost.js';
import { CostUnits } from '../../schemas/cost/units.js';
import { WasteAnswer } from '../../schemas/cost/waste.js';

export type Shown = { head: string[]; rows: string[][]; after: string[] };
type Ask = <Answer>(
  schema: z.ZodType<Answer>,
  show: (answer: Answer) => Shown,
) => Promise<Shown & { answer: Answer }>;
type View = {
  path: string;
  /** Options that mean something for it. */
  takes: readonly string[];
  /** What is asked about when nothing is said; null where the server knows. */
  usualWindowMs: number | null;
  read: (ask: Ask) => Promise<Shown & { answer: unknown }>;
};

const window = ['from', 'to'];
const filters = ['team', 'function', 'environment'];
const dayMs = 86_400_000;
const monthMs = 30 * dayMs;
const or = (text: string | number | null) => (text === null ? 'not known' : String(text));
const percent = (ratio: number | null) => (ratio === null ? '' : `${Math.round(ratio * 1000) / 10} %`);
const notesOf = (notes: readonly { message: string }[]) => notes.map(({ message }) => `note: ${message}`);

/** How each answer about cost reads on a terminal. */
export const views = {
  changes: {
    path: 'changes',
    takes: [...window, ...filters, 'groupBy'],
    usualWindowMs: 7 * dayMs,
    read: (ask) =>
      ask(ChangesAnswer, ({ rows, total, before, after, notes }) => ({
        head: [
          'what',
          'volume',
          'retries',
          'duration',
          'cold',
          'memory',
          'rate',
          'mix',
          'before',
          'after',
          'change USD',
        ],
        rows: [...rows, { ...total, labels: { all: 'total' } }].map(
          ({ labels, effects, beforeUsd, afterUsd, changeUsd }) => [
            Object.values(labels).join(' ') || '(none)',
            effects.volumeUsd,
            effects.retryUsd,
            effects.durationUsd,
            effects.coldStartUsd,
            effects.memoryUsd,
            effects.rateUsd,
            effects.mixUsd,
            beforeUsd,
            afterUsd,
            changeUsd,
          ],
        ),
        after: [`${before.from} to ${before.to}, against ${after.from} to ${after.to}`, ...notesOf(notes)],
      })),
  },
  waste: {
    path: 'waste',
    takes: [...window, ...filters],
    usualWindowMs: monthMs,
    read: (ask) =>
      ask(WasteAnswer, ({ rows, from, to, notes }) => ({
        head: ['function', 'environment', 'team', 'what', 'rule', 'runs', 'USD'],
        rows: rows.flatMap(({ function: name, environment, team, items }) =>
          items.map(({ kind, rule, invocations, costUsd }) => [
            ...[name, environment, team, kind, rule],
            invocations === null ? '' : String(invocations),
            costUsd,
          ]),
        ),
        after: [`${from} to ${to}; items overlap, so they are not added up`, ...notesOf(notes)],
      })),
  },
  rightsizing: {
    path: 'rightsizing',
    takes: [...window, ...filters],
    usualWindowMs: monthMs,
    read: (ask) =>
      ask(RightsizingAnswer, ({ rows, from, to }) => ({
        head: [
          'function',
          'environment',
          'verdict',
          'confidence',
          'success',
          'duration',
          'why',
          'MB',
          'saves USD',
        ],
        rows: rows.map((row) => [
          ...[row.function, row.environment, row.verdict, row.confidence ?? ''],
          percent(row.successChange),
          row.durationChangeMs === null ? '' : `${row.durationChangeMs} ms`,
          row.reason,
          row.memoryMb === null ? String(row.currentMemoryMb) : `${row.currentMemoryMb} to ${row.memoryMb}`,
          row.savingUsd ?? '',
        ]),
        after: [`${from} to ${to}`],
      })),
  },
  forecast: {
    path: 'forecast',
    takes: filters,
    usualWindowMs: null,
    read: (ask) =>
      ask(ForecastAnswer, (answer) => ({
        head: ['day', '', 'USD'],
        rows: answer.days.map(({ day, costUsd, isForecast }) => [day, isForecast ? 'forecast' : '', costUsd]),
        after: [
          `cycle ${answer.cycle.from} to ${answer.cycle.to}: spent ${answer.spentUsd} USD, forecast ${or(answer.forecastUsd)} USD (${or(answer.lowUsd)} to ${or(answer.highUsd)})`,
          answer.backtest === null
            ? 'too short a history to try the forecast on the past'
            : `on ${answer.backtest.forecasts} past days the same forecast was off by ${percent(answer.backtest.meanErrorRatio)} in the mean`,
        ],
      })),
  },
  budgets: {
    path: 'budgets',
    takes: [],
    usualWindowMs: null,
    read: (ask) =>
      ask(BudgetsAnswer, ({ budgets, cycle }) => ({
        head: ['budget', 'status', 'spent', 'pace', 'ends', 'forecast USD', 'spent USD', 'limit USD'],
        rows: budgets.map((row) => [
          ...[row.name, row.status, percent(row.spentRatio), percent(row.paceRatio)],
          ...[row.endsAt ?? '', or(row.forecastUsd), row.spentUsd, row.limitUsd],
        ]),
        after: [
          budgets.length === 0
            ? 'no budget is set; see cost.budgets in docs/cost.md'
            : `cycle ${cycle.from} to ${cycle.to}`,
        ],
      })),
  },
  anomalies: {
    path: 'anomalies',
    takes: [...window, ...filters],
    usualWindowMs: null,
    read: (ask) =>
      ask(AnomaliesAnswer, ({ anomalies, from, to }) => ({
        head: ['function', 'environment', 'team', 'cause', 'factor', 'expected USD', 'a day USD', 'USD'],
        rows: anomalies.map((row) => [
          ...[row.function, row.environment, row.team, row.cause],
          ...[or(row.factor), row.expectedUsd, row.perDayUsd, row.costUsd],
        ]),
        after: [`${from} to ${to}, against the day before`],
      })),
  },
  units: {
    path: 'units',
    takes: window,
    usualWindowMs: monthMs,
    read: (ask) =>
      ask(CostUnits, ({ units, from, to, notes }) => ({
        head: ['one', 'counted', 'how many', 'cost USD', 'each USD'],
        rows: units.map((unit) => [
          ...[unit.name, unit.countedBy, or(unit.count), unit.costUsd],
          or(unit.costPerUnitUsd),
        ]),
        after: [`${from} to ${to}`, ...notesOf(notes)],
      })),
  },
  telemetry: {
    path: 'telemetry',
    takes: window,
    usualWindowMs: 7 * dayMs,
    read: (ask) =>
      ask(TelemetryCost, ({ rows, from, to, totalUsd, isPriced }) => ({
        head: ['function', 'spans', 'logs', 'points', 'of its runs', 'runs USD', 'telemetry USD'],
        rows: rows.map((row) => [
          ...[row.function, String(row.spans), String(row.logs), String(row.metricPoints)],
          ...[percent(row.ratio), or(row.functionUsd), row.telemetryUsd],
        ]),
        after: [
          `${from} to ${to}: ${totalUsd} USD`,
          ...(isPriced ? [] : ['no price is set; see cost.telemetry in docs/cost.md']),
        ],
      })),
  },
  trace: {
    path: 'traces',
    takes: [],
    usualWindowMs: null,
    read: (ask) =>
      ask(TraceCost, ({ rows, totalUsd, traceId, priceBook, notes }) => ({
        head: ['function', 'span', 'line', 'rule', 'quantity', 'rate USD', 'USD'],
        rows: rows.flatMap(({ labels, lines }) =>
          lines.map((line) => [
            ...[
              labels['function'] ?? '',
              labels['span'] ?? '',
              `${line.product} ${line.dimension}`,
              line.rule,
            ],
            ...[`${line.quantity} ${line.unit}`, or(line.rateUsd), or(line.costUsd)],
          ]),
        ),
        after: [`trace ${traceId}: ${totalUsd} USD (price book ${priceBook})`, ...notesOf(notes)],
      })),
  },
} satisfies Record<string, View>;
