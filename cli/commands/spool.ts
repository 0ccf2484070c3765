import { join } from 'node:path';
import { listPoison, type PoisonSegment, removePoison } from '../../ingest/spool/poison.js';
import { roughByteSize } from '../../schemas/config/byte-size.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Command, CommandContext, ExitCode } from '../command.js';
import { loadConfig } from '../load-config.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

const options = {
  all: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const actions = ['list', 'retry', 'drop'] as const;
type Action = (typeof actions)[number];

/** Exits 0 when shown, stored or dropped, 1 when some could not be or --yes is missing, 2 when called wrongly. */
export const spool: Command = {
  name: 'spool',
  usage:
    'spool list [--json]\n       spool retry (ID… | --all) [--json]\n       spool drop (ID… | --all) [--yes] [--json]',
  summary: 'Show rows that ClickHouse refused for good, and insert them again or give them up.',
  details: [
    'list    what is set aside: id, since when, table, rows, size, and why it was refused',
    'retry   inserts the rows again; what is refused again stays, and nothing is ever stored twice',
    'drop    deletes the rows; without --yes it only says what it would delete',
    '',
    'list and drop work while the server runs. retry with the embedded engine needs the server stopped, because the',
    'engine belongs to one process; with a ClickHouse server it does not.',
    'Exit codes: 0 done, 1 some could not be done or was not confirmed, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    const [verb, ...ids] = positionals;
    const action = actions.find((known) => known === verb);
    if (action === undefined) {
      throw new UsageError(
        verb === undefined ? 'spool needs one of list, retry, drop' : `unknown: spool ${verb}`,
      );
    }
    if (action === 'list' && (ids.length > 0 || values.all)) throw new UsageError('spool list takes no ID');
    if (action !== 'list' && values.all === ids.length > 0) {
      throw new UsageError(`spool ${action} needs either IDs, which "spool list" shows, or --all`);
    }
    return await run(action, ids, values, context);
  },
};

async function run(
  action: Action,
  ids: readonly string[],
  { yes, json }: { yes: boolean; json: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const { io, now } = context;
  const { config } = await loadConfig(context.env);
  const directory = join(config.dataDir, 'spool');
  const poison = await listPoison(directory);
  const unknown = ids.find((id) => !poison.some((segment) => segment.id === id));
  if (unknown !== undefined) {
    io.err(`Nothing is set aside under "${unknown}"; "coldburn spool list" shows what is.`);
    return 1;
  }
  const chosen = ids.length === 0 ? poison : poison.filter(({ id }) => ids.includes(id));
  switch (action) {
    case 'list':
      if (json) io.out(JSON.stringify({ poison: poison.map(shown) }));
      else for (const line of listed(poison, now())) io.out(line);
      return 0;
    case 'drop':
      if (!yes) {
        io.err(`Nothing was dropped; add --yes to delete ${total(chosen)} for good.`);
        return 1;
      }
      for (const segment of chosen) await removePoison(directory, segment);
      io.out(json ? JSON.stringify({ dropped: chosen.map(shown) }) : `Dropped ${total(chosen)}.`);
      return 0;
    case 'retry':
      return await retry(directory, chosen, json, context);
  }
}

async function retry(
  directory: string,
  chosen: readonly PoisonSegment[],
  json: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const { io } = context;
  const stored: PoisonSegment[] = [];
  const refused: (PoisonSegment & { reason: string })[] = [];
  if (chosen.length > 0) {
    const warehouse = await openWarehouse(context);
    try {
      for (const segment of chosen) {
        const failure = await insert(warehouse, segment);
        if (failure === null) {
          await removePoison(directory, segment);
          stored.push(segment);
        } else refused.push({ ...segment, reason: failure });
      }
    } finally {
      await warehouse.close();
    }
  }
  if (json) io.out(JSON.stringify({ stored: stored.map(shown), refused: refused.map(shown) }));
  else {
    io.out(`Stored ${total(stored)}.`);
    for (const { id, reason } of refused) io.err(`${id} is refused again and stays: ${reason}`);
  }
  return refused.length === 0 ? 0 : 1;
}

/** Null when the rows are in their table; else why they are not. */
async function insert(
  warehouse: Warehouse,
  { table, columns, path, token }: PoisonSegment,
): Promise<string | null> {
  try {
    await warehouse.insertSegment({ table, columns, path, token });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** With the tables as this version wants them: an upgrade may be what makes the rows fit. */
async function openWarehouse({ env, now, version }: CommandContext): Promise<Warehouse> {
  const { config } = await loadConfig(env);
  const [opening, { updateSchema }] = await Promise.all([
    import('../open-warehouse.js'),
    import('../update-schema.js'),
  ]);
  const warehouse = await opening.openPreparedWarehouse(config, now);
  try {
    await updateSchema(warehouse, config, { version, now });
    return warehouse;
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

function shown({ id, table, rows, bytes, reason, setAsideAt }: PoisonSegment) {
  return { id, table, rows, bytes, reason, setAsideAt };
}

function listed(poison: readonly PoisonSegment[], now: Date): string[] {
  if (poison.length === 0) return ['Nothing is set aside.'];
  return poison.flatMap(({ id, table, rows, bytes, reason, setAsideAt }) => [
    `${id}  ${table}  ${rows.toLocaleString('en')} rows, ${roughByteSize(bytes)}, set aside ${age(setAsideAt, now)}`,
    `  ${reason}`,
  ]);
}

function age(setAsideAt: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(setAsideAt)) / 60_000));
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1440)} days ago`;
}

function total(segments: readonly PoisonSegment[]): string {
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  const noun = segments.length === 1 ? 'segment' : 'segments';
  return `${segments.length} ${noun}, ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
}
