import type { z } from 'zod';
import { ProblemError } from '../../schemas/problem.js';
import type { SliAnswer, SliName } from '../../schemas/sli.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { wholeMinutes } from '../minutes/minute-window.js';
import { coarsestFor, columnsOf, stepFor } from '../window/step.js';
import { isKeptRaw, leastStepMs, type WindowParts, windowParts } from '../window/window-parts.js';
import { addSteps, makeSeries, type Series, summaryOf } from './make-series.js';
import { slis } from './registry.js';
import { needsRows, refuseWithoutValue } from './require-answerable.js';
import { type Counted, type Sli, type SliQuestion, wholeMs } from './sli.js';

const maxSteps = 1_500;
const maxPoints = 50_000;
const defaultSteps = 120;
const minuteMs = 60_000;

export type SliAsked = Omit<
  SliQuestion,
  keyof WindowParts | 'stepMs' | 'most' | 'fromRows' | 'isKeptRaw' | 'now'
> & {
  from: Date;
  to: Date;
  sli: SliName;
  stepMs: number | null;
  compare: { kind: 'previous' } | { kind: 'version'; version: string } | null;
};

type Window = { from: Date; to: Date };
type Answered = {
  parts: WindowParts;
  stepMs: number;
  series: Series[];
  whole: Map<string, Counted>;
  counted: Counted[];
};

/** Series of one indicator, a figure of each for the whole window, and the same of what it is compared with. */
export async function answerSli(
  warehouse: TenantWarehouse,
  asked: SliAsked,
  now: Date,
): Promise<z.infer<typeof SliAnswer>> {
  const sli = slis[asked.sli];
  const main = await answer(warehouse, sli, asked, asked, asked.stepMs, now);
  refuseWithoutValue(asked.sli, main.counted);
  const { compare } = asked;
  const lengthMs = main.parts.to.getTime() - main.parts.from.getTime();
  const window =
    compare?.kind === 'previous'
      ? { from: new Date(main.parts.from.getTime() - lengthMs), to: main.parts.from }
      : main.parts;
  const version = compare?.kind === 'version' ? compare.version : asked.version;
  const other =
    compare === null ? null : await answer(warehouse, sli, { ...asked, version }, window, main.stepMs, now);
  return {
    sli: asked.sli,
    unit: asked.quantiles.length > 0 ? 'ms' : sli.unit,
    from: main.parts.from.toISOString(),
    to: main.parts.to.toISOString(),
    stepMs: main.stepMs,
    series: main.series.map(({ key, labels, points }) => ({
      labels,
      summary: summaryOf(main.whole.get(key)),
      compared: other?.whole.has(key) === true ? summaryOf(other.whole.get(key)) : null,
      points,
    })),
    compared:
      other === null
        ? null
        : {
            from: other.parts.from.toISOString(),
            to: other.parts.to.toISOString(),
            version: compare?.kind === 'version' ? compare.version : null,
            series: other.series.map(({ labels, points }) => ({ labels, points })),
          },
  };
}

async function answer(
  warehouse: TenantWarehouse,
  sli: Sli,
  asked: SliAsked,
  window: Window,
  askedStepMs: number | null,
  now: Date,
): Promise<Answered> {
  const fromRows = needsRows(asked.sli, sli, asked, window, now);
  const bounds = sli.kept === 'minutes' ? wholeMinutes(window) : window;
  const stepMs = stepOf(sli, asked, bounds, askedStepMs, now);
  const grainMs = sli.takes.includes('slice') ? asked.sliceMs : stepMs;
  const parts = windowParts(bounds, now, fromRows ? 'raw' : coarsestFor(grainMs));
  const columns = columnsOf(parts, stepMs);
  if (columns.length > maxSteps)
    throw new ProblemError(
      'QUERY_LIMIT',
      `The window has ${columns.length} steps; at most ${maxSteps} are answered.`,
    );
  const isRaw = isKeptRaw(bounds, now);
  const rest = { ...asked, fromRows, isKeptRaw: isRaw, now, most: maxPoints + 1 };
  const counted = await sli.read(warehouse, { ...rest, ...parts, stepMs });
  if (counted.length > maxPoints)
    throw new ProblemError('QUERY_LIMIT', `The series have more than ${maxPoints} points.`);
  const { groupBy, quantiles } = asked;
  const isSum = sli.adds && quantiles.length === 0;
  const wholeParts = fromRows ? parts : windowParts(bounds, now);
  const whole = isSum
    ? addSteps(counted)
    : await sli.read(warehouse, { ...rest, ...wholeParts, stepMs: wholeMs });
  const names = quantiles.length === 0 ? groupBy : [...groupBy, 'quantile'];
  const always = quantiles.length === 0 ? [[]] : quantiles.map((quantile) => [String(quantile)]);
  return {
    parts,
    stepMs,
    counted,
    series: makeSeries(counted, names, columns, groupBy.length === 0 ? always : []),
    whole: new Map(whole.map((one) => [JSON.stringify(one.labels), one])),
  };
}

function stepOf(sli: Sli, asked: SliAsked, bounds: Window, askedMs: number | null, now: Date): number {
  const isSliced = sli.takes.includes('slice');
  const leastMs = Math.max(
    leastStepMs(bounds, now),
    sli.kept === 'minutes' ? minuteMs : 1,
    isSliced ? asked.sliceMs : 1,
  );
  const stepMs = Math.max(askedMs ?? stepFor(bounds, defaultSteps, leastMs), leastMs);
  return isSliced ? Math.ceil(stepMs / asked.sliceMs) * asked.sliceMs : stepMs;
}
