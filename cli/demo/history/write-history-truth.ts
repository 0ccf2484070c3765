import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { describePlaces } from './describe-places.js';
import { echoMinutes, type HistoryPlan } from './fill-history.js';
import { placeLines } from './place.js';
import { rhythmParams } from './rows-sql.js';
import { TRUTH } from './truth-sql.js';

const dayMinutes = 1440;

const count = z.coerce.number().int();
const percentiles = z.array(z.number()).length(3);
const Row = z.object({
  at: z.string(),
  function: z.string(),
  environment: z.string(),
  team: z.string(),
  provider: z.string(),
  region: z.string(),
  version: z.string(),
  invocations: count,
  ok: count,
  error: count,
  timeout: count,
  oom: count,
  throttled: count,
  cold_starts: count,
  retries: count,
  duplicates: count,
  lost: count,
  dead_letters: count,
  percentiles_us: percentiles,
  told_invocations: count,
  told_ok: count,
  told_error: count,
  told_timeout: count,
  told_oom: count,
  told_cold_starts: count,
  told_percentiles_us: percentiles,
  told_reported: count,
  told_billed_ms: count,
});
type Row = z.infer<typeof Row>;

/** One hour of one place: the same words as the truth of the fleet that sends, with `told` for what the store was given. */
export type HistoryTruth = ReturnType<typeof truthOf>;

/** Writes DIR/history-2026-11-20.jsonl for each day of a history. */
export async function writeHistoryTruth(
  warehouse: Warehouse,
  plan: HistoryPlan,
  directory: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (let from = plan.fromMinute; from < plan.toMinute; ) {
    const midnight = (Math.floor(from / dayMinutes) + 1) * dayMinutes;
    const to = Math.min(midnight, plan.toMinute);
    const day = new Date(from * 60_000).toISOString().slice(0, 10);
    const lines = truthLines(warehouse, plan, from, to, signal);
    await pipeline(Readable.from(lines), createWriteStream(join(directory, `history-${day}.jsonl`)));
    from = to;
  }
}

async function* truthLines(
  warehouse: Warehouse,
  plan: HistoryPlan,
  from: number,
  to: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for await (const row of readHistoryTruth(warehouse, plan, from, to, signal))
    yield `${JSON.stringify(row)}\n`;
}

/** The truth of whole hours of a history; what echoes after its end belongs to its last part. */
export async function* readHistoryTruth(
  warehouse: Warehouse,
  { world, tenant, fromMinute, toMinute }: HistoryPlan,
  from: number,
  to: number,
  signal: AbortSignal,
): AsyncGenerator<HistoryTruth> {
  const first = Math.max(fromMinute, from - echoMinutes);
  const params = {
    tenant,
    seed: world.seed,
    fromMinute: first,
    toMinute: to,
    sinceMinute: from,
    untilMinute: to === toMinute ? to + echoMinutes : to,
    places: placeLines(describePlaces(world, first, to)),
    ...rhythmParams,
  };
  const rows = warehouse.stream(TRUTH, params, Row, { signal, timeoutMs: 600_000, memoryBytes: 4e9 });
  for await (const row of rows) yield truthOf(row);
}

function truthOf(row: Row) {
  const { at, environment, team, provider, region, version, invocations, retries, duplicates, lost } = row;
  return {
    at,
    function: row.function,
    team,
    environment,
    provider,
    region,
    version,
    invocations,
    outcomes: {
      ok: row.ok,
      error: row.error,
      timeout: row.timeout,
      oom: row.oom,
      throttled: row.throttled,
    },
    coldStarts: row.cold_starts,
    retries,
    duplicates,
    lost,
    deadLetters: row.dead_letters,
    duration: percentilesOf(row.percentiles_us, invocations - row.throttled),
    told: {
      invocations: row.told_invocations,
      outcomes: {
        ok: row.told_ok,
        error: row.told_error,
        timeout: row.told_timeout,
        oom: row.told_oom,
      },
      coldStarts: row.told_cold_starts,
      duration: percentilesOf(row.told_percentiles_us, row.told_invocations),
      reported: row.told_reported,
      billedMs: row.told_billed_ms,
    },
  };
}

/** Null of nothing. */
function percentilesOf([p50Us, p95Us, p99Us]: readonly number[], runs: number) {
  return runs === 0 ? null : { p50Us, p95Us, p99Us };
}
