import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { drainPending, Session } from 'chdb';
import { z } from 'zod';
import type { Engine } from '../engine.js';
import { encodeParams } from '../statement/encode-param.js';
import { insertHead, insertStructure, readStructure } from '../statement/insert-sql.js';
import { quoteIdentifier } from '../statement/sql-text.js';
import type { Statement } from '../statement/statement.js';
import type { LaneName, WarehouseLimits } from '../warehouse-limits.js';
import { prepare, readLines, streamLines } from './engine-session.js';
import { EngineThreads } from './engine-threads.js';
import { createSessionPool, type SessionPool } from './session-pool.js';

const KILL = `KILL QUERY WHERE Settings['log_comment'] = {queryId: String} ASYNC`;

const SELECT_FILE = `SELECT * FROM file({path: String}, 'RowBinary', {structure: String}, {compression: String})`;

// One file, begun anew, packed fast rather than small. In the statement itself, so that the session forgets it.
const WRITE_FILE = `INSERT INTO FUNCTION file({path: String}, 'RowBinary', {structure: String}, 'gzip')
  SETTINGS engine_file_truncate_on_insert = 1, output_format_compression_level = 1, max_threads = 1`;

const COUNT_FILE = `
  SELECT toString(count()) AS n FROM file({path: String}, 'RowBinary', {structure: String}, 'gzip')`;

const Count = z.object({ n: z.coerce.number() });

/** A token counts blocks, so the file must fall into the same blocks every time: one reader, one writer. */
const readsOnce: readonly (readonly [string, string | number])[] = [
  ['deduplicate_insert_select', 'force_enable'],
  ['max_insert_threads', 1],
  ['max_threads', 1],
];

export type EmbeddedEngineOptions = {
  /** Where the engine keeps its files; it locks the directory for this process. */
  engineDir: string;
  configPath: string;
  database: string;
  limits: WarehouseLimits;
};

/**
 * The engine in this process. One session runs its statements one after another, several run in parallel, so every
 * lane owns as many as it is wide; one more is kept for kills.
 */
export async function embeddedEngine(options: EmbeddedEngineOptions): Promise<Engine> {
  const threads = await EngineThreads.open();
  const sessions: Session[] = [];
  const open = () => {
    const session = new Session(options.engineDir, {
      connectionArgs: [`--config-file=${options.configPath}`],
    });
    sessions.push(session);
    return session;
  };
  const { control, pools } = await openSessions(open, options).catch((thrown: unknown) => {
    for (const session of sessions) session.close();
    throw thrown;
  });
  await threads.stepBack();
  const kill = killer(control);
  return {
    mode: 'embedded',
    read: (statement, lane, signal) =>
      pools[lane].run(async (session) => {
        await prepare(session, statement);
        signal.throwIfAborted();
        return readLines(session, statement.sql);
      }),
    stream: (statement, lane, signal) =>
      pools[lane].stream(async function* (session) {
        await prepare(session, statement);
        signal.throwIfAborted();
        yield* streamLines(session, statement.sql, () => kill(statement.queryId));
      }),
    run: (statement, lane, signal) => {
      // Set every time: the session remembers it, and without a token it would drop a row that says the same again.
      const once = statement.onceToken === null ? 'enable_when_possible' : 'force_enable';
      const settings = new Map([...statement.settings, ['deduplicate_insert_select', once] as const]);
      return execute(pools[lane], { ...statement, settings }, signal);
    },
    insert: async (statement, segment, signal) => {
      const path = resolve(segment.path);
      const { size } = await stat(path);
      if (size === 0) return;
      const params = encodeParams({
        path,
        structure: readStructure(segment),
        compression: segment.compression ?? 'none',
      });
      const settings = new Map([
        ...statement.settings,
        ...readsOnce,
        ['insert_deduplication_token', segment.token] as const,
      ]);
      const sql = `${insertHead(segment)} ${SELECT_FILE}`;
      await execute(pools.inserts, { ...statement, sql, params, settings }, signal);
      await threads.stepBack();
    },
    export: (statement, file, signal) =>
      pools.commands.run(async (session) => {
        const own = encodeParams({ path: resolve(file.path), structure: insertStructure(file) });
        const params = new Map([...statement.params, ...own]);
        await prepare(session, { ...statement, params });
        signal.throwIfAborted();
        await session.queryAsync(`${WRITE_FILE} ${statement.sql}`);
        // Read back from the disk, so that a file cut short is found now.
        const [line = ''] = await readLines(session, COUNT_FILE);
        return Count.parse(JSON.parse(line)).n;
      }),
    kill,
    close: async () => {
      // A connection taken down under a running statement takes the whole engine with it.
      await drainPending();
      for (const session of sessions) session.close();
      await drainPending();
    },
  };
}

type Sessions = { control: Session; pools: Readonly<Record<LaneName, SessionPool>> };

async function openSessions(open: () => Session, options: EmbeddedEngineOptions): Promise<Sessions> {
  const control = open();
  const database = quoteIdentifier(options.database);
  await control.queryAsync(`CREATE DATABASE IF NOT EXISTS ${database}`);
  const pool = async (lane: LaneName, access: 'read' | 'write'): Promise<SessionPool> => {
    const made = Array.from({ length: options.limits.lanes[lane].width }, open);
    for (const session of made) {
      await session.queryAsync(`USE ${database}`);
      // 2: settings may change, data may not; a session can never leave it.
      if (access === 'read') await session.queryAsync('SET readonly = 2');
    }
    return createSessionPool(made);
  };
  const pools = {
    queries: await pool('queries', 'read'),
    lookups: await pool('lookups', 'read'),
    inserts: await pool('inserts', 'write'),
    commands: await pool('commands', 'write'),
  };
  return { control, pools };
}

function execute(pool: SessionPool, statement: Statement, signal: AbortSignal): Promise<void> {
  return pool.run(async (session) => {
    await prepare(session, statement);
    signal.throwIfAborted();
    await session.queryAsync(statement.sql);
  });
}

/** Kills one after another, since each first sets the id it is about. */
function killer(control: Session): (queryId: string) => Promise<void> {
  let last = Promise.resolve();
  return (queryId) => {
    const next = last.then(async () => {
      await prepare(control, {
        sql: KILL,
        params: encodeParams({ queryId }),
        settings: new Map(),
        queryId,
        onceToken: null,
      });
      await control.queryAsync(KILL);
    });
    last = next.catch(() => {});
    return next;
  };
}
