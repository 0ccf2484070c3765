import { z } from 'zod';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';
import type { ProbeStep, ServerFacts } from '../verdicts/clickhouse.js';

const GREETING = 'SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS nowMs';
const CLUSTER = 'SELECT count() AS hosts FROM system.clusters WHERE cluster = {cluster: String}';
const CREATE = 'CREATE TABLE {probe: Identifier} (one UInt8) ENGINE = MergeTree ORDER BY one';
const INSERT = 'INSERT INTO {probe: Identifier} (one) SELECT 1';
const SELECT = 'SELECT one FROM {probe: Identifier}';
const DROP = 'DROP TABLE IF EXISTS {probe: Identifier}';

const Greeting = z.object({ version: z.string(), nowMs: z.coerce.number() });
const Hosts = z.object({ hosts: z.coerce.number().int() });
const One = z.object({ one: z.coerce.number() });

/** ClickHouse's codes: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const UNKNOWN_DATABASE = 81;
const timeoutMs = 5000;

export type ServerQuestions = {
  database: string;
  cluster: string | null;
  /** Names the table the probe makes and drops. */
  probe: string;
  now: () => Date;
};

/** Asks the server who it is, and tries on a table of its own what Coldburn will need. */
export async function measureServer(warehouse: Warehouse, ask: ServerQuestions): Promise<ServerFacts> {
  const before = ask.now().getTime();
  let greeting: z.infer<typeof Greeting> | undefined;
  try {
    [greeting] = await warehouse.query(GREETING, {}, Greeting, { timeoutMs });
  } catch (error) {
    if (error instanceof WarehouseError && error.code === UNKNOWN_DATABASE) {
      return { kind: 'no-database', database: ask.database };
    }
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
  if (greeting === undefined) return { kind: 'unreachable', reason: 'the server gave an empty answer' };
  const roundTripMs = ask.now().getTime() - before;
  return {
    kind: 'answers',
    version: greeting.version,
    skewMs: greeting.nowMs - (before + roundTripMs / 2),
    roundTripMs,
    refused: await tryRights(warehouse, ask.probe),
    clusterHosts: ask.cluster === null ? null : await countHosts(warehouse, ask.cluster),
  };
}

async function tryRights(warehouse: Warehouse, probe: string) {
  const steps: readonly { step: ProbeStep; run: () => Promise<unknown> }[] = [
    { step: 'create a table', run: () => warehouse.command(CREATE, { probe }, { timeoutMs }) },
    { step: 'insert', run: () => warehouse.command(INSERT, { probe }, { timeoutMs }) },
    { step: 'select', run: () => warehouse.query(SELECT, { probe }, One, { timeoutMs }) },
    { step: 'drop a table', run: () => warehouse.command(DROP, { probe }, { timeoutMs }) },
  ];
  for (const { step, run } of steps) {
    try {
      await run();
    } catch (error) {
      if (step === 'insert' || step === 'select') {
        await warehouse.command(DROP, { probe }, { timeoutMs }).catch(() => undefined);
      }
      return { step, reason: reasonOf(error) };
    }
  }
  return null;
}

async function countHosts(warehouse: Warehouse, cluster: string): Promise<number> {
  const [row] = await warehouse.query(CLUSTER, { cluster }, Hosts, { timeoutMs });
  return row?.hosts ?? 0;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}
