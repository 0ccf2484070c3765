import { parseByteSize, roughByteSize } from '../../schemas/config/byte-size.js';
import type { Partition } from '../../warehouse/disk/plan-drop.js';
import type { Command, CommandContext, ExitCode } from '../command.js';
import { leastFreeBytes } from '../least-free-bytes.js';
import { loadConfig } from '../load-config.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

/** Tables of raw telemetry, in the order in which they may be given up: what explains before what counts. */
const rawTables = ['logs', 'metric_points', 'spans', 'invocations'] as const;

const options = {
  count: { type: 'string' },
  'until-free': { type: 'string' },
  table: { type: 'string', multiple: true },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Exits 0 when shown or dropped, 1 when it could not or --yes is missing, 2 when called wrongly. */
export const disk: Command = {
  name: 'disk',
  usage:
    'disk [--json]\n       disk drop-oldest (--count N | --until-free SIZE) [--table NAME]… [--yes] [--json]',
  summary: 'Show what each day of raw telemetry takes, and drop the oldest days when told to.',
  details: [
    'drop-oldest  gives up whole days, the oldest first, logs before spans before invocations; today is never dropped',
    '  --count N           so many partitions (one day of one table each)',
    '  --until-free SIZE   until so much of the disk is free, such as "20 GiB"',
    '  --table NAME        only this table; may be repeated',
    '  --yes               do it; without it, it only says what it would drop',
    '',
    'The embedded engine belongs to one process: stop the server first.',
    'Exit codes: 0 done, 1 it could not or was not confirmed, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    const [action, ...rest] = positionals;
    if (action !== undefined && action !== 'drop-oldest') throw new UsageError(`unknown action "${action}"`);
    if (rest.length > 0) throw new UsageError(`unexpected "${rest.join(' ')}"`);
    const tables = rawTables.filter((table) => values.table?.includes(table) ?? true);
    const unknown = values.table?.find((table) => !rawTables.some((known) => known === table));
    if (unknown !== undefined)
      throw new UsageError(`no table "${unknown}"; there are ${rawTables.join(', ')}`);
    const goal = action === undefined ? null : goalOf(values.count, values['until-free']);
    return await run(context, tables, goal, values);
  },
};

type Goal = { kind: 'count'; count: number } | { kind: 'freeBytes'; freeBytes: number };

function goalOf(count: string | undefined, untilFree: string | undefined): Goal {
  if ((count === undefined) === (untilFree === undefined)) {
    throw new UsageError('drop-oldest needs either --count N or --until-free SIZE');
  }
  if (count !== undefined) {
    if (!/^[1-9]\d{0,5}$/.test(count)) throw new UsageError(`--count "${count}" is not a number from 1`);
    return { kind: 'count', count: Number(count) };
  }
  const freeBytes = parseByteSize(untilFree ?? '');
  if (freeBytes === null) throw new UsageError(`--until-free "${untilFree}" is not a size such as "20 GiB"`);
  return { kind: 'freeBytes', freeBytes };
}

async function run(
  { env, io, now }: CommandContext,
  tables: readonly string[],
  goal: Goal | null,
  { yes, json }: { yes: boolean; json: boolean },
): Promise<ExitCode> {
  const { config } = await loadConfig(env);
  const [{ openPreparedWarehouse }, { listPartitions }, { dropOldestPartitions }, { planDrop }] =
    await Promise.all([
      import('../open-warehouse.js'),
      import('../../warehouse/disk/list-partitions.js'),
      import('../../warehouse/disk/drop-oldest-partitions.js'),
      import('../../warehouse/disk/plan-drop.js'),
    ]);
  const warehouse = await openPreparedWarehouse(config, now);
  try {
    const { database, cluster } = config.clickhouse;
    const scope = {
      database,
      cluster,
      tables: cluster === null ? tables : tables.map((table) => `${table}_local`),
    };
    const freeBytes = () => leastFreeBytes(warehouse, config);
    const kept = await listPartitions(warehouse, scope);
    if (goal === null) {
      print(io.out, json, { partitions: kept }, kept);
      return 0;
    }
    if (!yes) {
      const chosen = planDrop(kept, goal, await freeBytes(), scope.tables);
      print(io.out, json, { wouldDrop: chosen }, chosen);
      io.err(`Nothing was dropped; add --yes to drop ${summary(chosen)}.`);
      return 1;
    }
    const record = async ({ phase, partition }: { phase: string; partition: Partition }): Promise<void> =>
      io.err(`${phase} ${line(partition)}`);
    const { dropped } = await dropOldestPartitions(warehouse, scope, goal, { freeBytes, record });
    print(io.out, json, { dropped }, dropped);
    io.err(`Dropped ${summary(dropped)}.`);
    return 0;
  } finally {
    await warehouse.close();
  }
}

function print(
  out: (text: string) => void,
  json: boolean,
  data: object,
  partitions: readonly Partition[],
): void {
  if (json) out(JSON.stringify(data));
  else for (const partition of partitions) out(line(partition));
}

function line({ table, id, bytes, rowCount }: Partition): string {
  return `${id}  ${table.padEnd(14)}  ${roughByteSize(bytes).padStart(10)}  ${rowCount.toLocaleString('en')} rows`;
}

function summary(partitions: readonly Partition[]): string {
  const bytes = partitions.reduce((sum, partition) => sum + partition.bytes, 0);
  return `${partitions.length} partitions, ${roughByteSize(bytes)}`;
}
