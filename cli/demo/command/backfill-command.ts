import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { defaultTenant } from '../../../schemas/access.js';
import { StartupError } from '../../../schemas/startup-error.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { refuseCluster } from '../../backup/data-directory.js';
import type { CommandContext, ExitCode } from '../../command.js';
import { loadConfig } from '../../load-config.js';
import { openPreparedWarehouse } from '../../open-warehouse.js';
import { parseCommandArgs, UsageError } from '../../parse-command-args.js';
import { updateSchema } from '../../update-schema.js';
import { type HistoryState, readHistoryState } from '../history/history-state.js';
import { beginHistory, continueHistory, type HistoryOrder, planOf } from '../history/run-history.js';
import { writeHistoryTruth } from '../history/write-history-truth.js';
import { numberOption, wholeOption } from './parse-demo-args.js';

const options = {
  days: { type: 'string', default: '29' },
  rate: { type: 'string' },
  rows: { type: 'string' },
  seed: { type: 'string', default: '1' },
  truth: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const minuteMs = 60_000;
const dayMinutes = 1440;
const usualRate = 3;

const RUNS = `
  SELECT sum(n) AS runs FROM invocations_1m
  WHERE tenant = {tenant: String} AND minute >= toDateTime({fromMinute: UInt32} * 60, 'UTC')
    AND minute < toDateTime({toMinute: UInt32} * 60, 'UTC')`;
const Runs = z.object({ runs: z.coerce.number() });

/** `demo backfill`: a history made in the engine the settings name. Exits 0 when it is complete. */
export async function backfillCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseCommandArgs(args, { options });
  const { io, now, version } = context;
  const asked = orderOf(values, now().getTime());
  const { config } = await loadConfig(context.env);
  refuseCluster(config, 'demo backfill');
  const { dataDir, clickhouse } = config;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const signal = context.stopSignal();
  const warehouse = await openPreparedWarehouse(config, now);
  try {
    await updateSchema(warehouse, config, { version, now });
    const state = await begunOr(warehouse, dataDir, asked);
    const tell = ({ doneChunks, chunks }: HistoryState) =>
      io.err(`${doneChunks} of ${chunks} parts are made`);
    const host = { warehouse, database: clickhouse.database, tenant: defaultTenant, dataDir, signal };
    await continueHistory({ ...host, onDone: tell, giveWay: async () => {} });
    if (values.truth !== undefined)
      await writeHistoryTruth(warehouse, planOf(state, defaultTenant), values.truth, signal);
    const [made] = await warehouse.query(RUNS, { tenant: defaultTenant, ...windowOf(state) }, Runs);
    const from = new Date(state.fromMinute * minuteMs).toISOString();
    const to = new Date(state.toMinute * minuteMs).toISOString();
    const runs = made?.runs ?? 0;
    io.out(
      values.json
        ? JSON.stringify({ from, to, invocations: runs })
        : `${runs.toLocaleString('en')} invocations from ${from} to ${to} are there.`,
    );
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    io.err('coldburn: stopped; the same command goes on where this one was.');
    return 1;
  } finally {
    await warehouse.close();
  }
}

function windowOf({ fromMinute, toMinute }: HistoryOrder) {
  return { fromMinute, toMinute };
}

function orderOf(
  values: { days: string; rate?: string | undefined; rows?: string | undefined; seed: string },
  nowMs: number,
): HistoryOrder {
  const days = numberOption('days', values.days, { from: 1, to: 89 });
  const seed = wholeOption('seed', values.seed);
  if (values.rate !== undefined && values.rows !== undefined)
    throw new UsageError('say --rate or --rows: each follows from the other');
  const toMinute = Math.floor(nowMs / minuteMs);
  const fromMinute = toMinute - Math.round(days * dayMinutes);
  const ratePerSecond =
    values.rows === undefined
      ? numberOption('rate', values.rate ?? String(usualRate), { from: 1, to: 50_000 })
      : rowsOption(values.rows) / (days * dayMinutes * 60);
  return { seed, ratePerSecond, fromMinute, toMinute };
}

const multiples = new Map([
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['B', 1e9],
]);

/** 500000, 10M, 1B. */
function rowsOption(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kMB]?)$/.exec(text) ?? [];
  const rows = Number(digits) * (multiples.get(unit ?? '') ?? Number.NaN);
  if (rows >= 100_000) return rows;
  throw new UsageError(`--rows must be a number such as 500000, 10M or 1B, at least 100000, not "${text}"`);
}

/** Goes on with a history that was cut off; else begins one where nothing is yet, because it would count on top. */
async function begunOr(warehouse: Warehouse, dataDir: string, asked: HistoryOrder): Promise<HistoryState> {
  const begun = await readHistoryState(dataDir);
  if (begun !== null && begun.doneChunks < begun.chunks) return begun;
  const [there] = await warehouse.query(RUNS, { tenant: defaultTenant, ...windowOf(asked) }, Runs);
  if ((there?.runs ?? 0) > 0)
    throw new StartupError(
      'There are invocations in that time already, and history would count on top of them; use an empty data directory (COLDBURN_DATA_DIR).',
    );
  return await beginHistory(dataDir, asked);
}
