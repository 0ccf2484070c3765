import { z } from 'zod';
import { asksForAttributes } from '../../schemas/slo/filter/filter.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { ParamValue, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Evaluation } from '../evaluate/evaluate.js';
import type { RowPredicate } from '../evaluate/row-predicate.js';
import { filterSql } from '../predicates/filter-sql.js';
import type { MinutesAsked } from './read-sums.js';

/** Conditions in one statement: few enough for its text and its parameters. */
const mostAtOnce = 20;

const IN_MINUTES = `
  tenant = {tenant: String}
  AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
  AND (empty({only: Array(UInt32)}) OR has({only: Array(UInt32)}, toUnixTimestamp(toStartOfMinute(started_at))))
  AND (empty({functions: Array(String)}) OR has({functions: Array(String)}, function))` as const;

const ROWS = `invocations WHERE ${IN_MINUTES}` as const;

// Spans lie by trace, so those of some runs are found without looking through the others.
const ROWS_WITH_ATTRIBUTES = `
  invocations AS i
  LEFT ANY JOIN (
    SELECT trace_id, span_id, attributes FROM spans
    WHERE tenant = {tenant: String} AND trace_id IN (SELECT trace_id FROM invocations WHERE ${IN_MINUTES})
      AND started_at >= {from: DateTime64(3, 'UTC')} - toIntervalHour(1)
      AND started_at < {to: DateTime64(3, 'UTC')} + toIntervalHour(1)
  ) AS s ON i.trace_id = s.trace_id AND i.span_id = s.span_id
  WHERE ${IN_MINUTES}` as const;

const PLACES = 'function, environment, team, region, provider, version, alias, trigger';

const Row = z.object({
  minute_s: z.coerce.number(),
  function: z.string(),
  environment: z.string(),
  team: z.string(),
  region: z.string(),
  provider: z.string(),
  version: z.string(),
  alias: z.string(),
  trigger: z.string(),
  good: z.array(z.number()),
  total: z.array(z.number()),
});

/** Whether the runs, and the spans with their attributes, of the minutes asked for are still there as a whole. */
export type KeptRows = { rows: boolean; attributes: boolean };

/** Asks every predicate of the single runs of some minutes; of minutes that are no longer kept, none. */
export async function readPredicates(
  warehouse: TenantWarehouse,
  asked: MinutesAsked,
  definitions: readonly SloDefinition[],
  predicates: readonly RowPredicate[],
  kept: KeptRows,
  into: Evaluation,
): Promise<void> {
  if (!kept.rows) return;
  const attributed = predicates.filter(asksForAttributesToo);
  const plain = predicates.filter((one) => !attributed.includes(one));
  for (const some of chunks(plain)) await readSome(warehouse, asked, definitions, some, ROWS, into);
  if (!kept.attributes) return;
  for (const some of chunks(attributed))
    await readSome(warehouse, asked, definitions, some, ROWS_WITH_ATTRIBUTES, into);
}

/** Such an objective has no history beyond that of spans. */
function asksForAttributesToo({ counts, good }: RowPredicate): boolean {
  return asksForAttributes(counts) || asksForAttributes(good);
}

async function readSome(
  warehouse: TenantWarehouse,
  asked: MinutesAsked,
  definitions: readonly SloDefinition[],
  predicates: readonly RowPredicate[],
  rows: typeof ROWS | typeof ROWS_WITH_ATTRIBUTES,
  into: Evaluation,
): Promise<void> {
  const params: Record<string, ParamValue> = {};
  const written = predicates.map(({ counts, good }, position) => {
    const conditions = [filterSql(counts, `c${position}_`), filterSql(good, `g${position}_`)] as const;
    for (const one of conditions) Object.assign(params, one.params);
    return conditions.map(({ sql }) => sql);
  });
  const totals = written.map(([counts]) => `sumIf(sign * weight, ${counts})`).join(', ');
  const goods = written.map(([counts, good]) => `sumIf(sign * weight, ${counts} AND ${good})`).join(', ');
  // Only this program's own texts are put together here: what people wrote is in the parameters.
  const sql = `
    SELECT toUnixTimestamp(toStartOfMinute(started_at)) AS minute_s, ${PLACES}, [${goods}] AS good, [${totals}] AS total
    FROM ${rows}
    GROUP BY minute_s, ${PLACES}
    SETTINGS precise_float_parsing = 1` as const;
  const functions = exactFunctions(predicates.map(({ index }) => definitions[index]?.where.function));
  const at = new Map(predicates.map(({ index }, position) => [index, position]));
  for await (const row of warehouse.stream(sql, { ...asked, ...params, functions }, Row))
    into.addPredicates({
      place: row,
      minuteMs: row.minute_s * 1000,
      at,
      good: row.good,
      total: row.total,
    });
}

/** The functions that some objectives name, when all name theirs without a glob: then no others are read. */
function exactFunctions(selected: readonly (readonly string[] | undefined)[]): string[] {
  const all = selected.flatMap((globs) => globs ?? ['*']);
  return all.some((glob) => /[*?]/.test(glob)) ? [] : [...new Set(all)];
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / mostAtOnce) }, (_, index) =>
    items.slice(index * mostAtOnce, (index + 1) * mostAtOnce),
  );
}
