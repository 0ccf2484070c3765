import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { drainPending, Session } from 'chdb';
import type { Engine } from '../engine.js';
import { insertHead, insertStructure } from '../statement/insert-sql.js';
import { quoteIdentifier } from '../statement/sql-text.js';
import type { Statement } from '../statement/statement.js';
import type { LaneName, WarehouseLimits } from '../warehouse-limits.js';
import { prepare, readLines, streamLines } from './engine-session.js';

const KILL = `KILL QUERY WHERE Settings['log_comment'] = {queryId: String} ASYNC`;

const SELECT_FILE = `SELECT * FROM file({path: String}, 'RowBinary', {structure: String})`;

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
  const sessions: Session[] = [];
  const open = () => {
    const session = new Session(options.engineDir, {
      connectionArgs: [`--config-file=${options.configPath}`],
    });
    sessions.push(session);
    return session;
  };
  const control = open();
  const database = quoteIdentifier(options.database);
  await control.queryAsync(`CREATE DATABASE IF NOT EXISTS ${database}`);
  const pool = async (lane: LaneName, readOnly: boolean): Promise<Session[]> => {
    const made = Array.from({ length: options.limits.lanes[lane].width }, open);
    for (const session of made) {
      await session.queryAsync(`USE ${database}`);
      // 2: settings may change, data may not; a session can never leave it.
      if (readOnly) await session.queryAsync('SET readonly = 2');
    }
    return made;
  };
  const idle: Readonly<Record<LaneName, Session[]>> = {
    queries: await pool('queries', true),
    lookups: await pool('lookups', true),
    inserts: await pool('inserts', false),
    commands: await pool('commands', false),
  };
  const take = (lane: LaneName): Session => {
    const session = idle[lane].pop();
    if (session === undefined) throw new Error(`More ${lane} at once than the lane is wide`);
    return session;
  };
  const borrow = async <Result>(
    lane: LaneName,
    use: (session: Session) => Promise<Result>,
  ): Promise<Result> => {
    const session = take(lane);
    try {
      return await use(session);
    } finally {
      idle[lane].push(session);
    }
  };
  let killing = Promise.resolve();
  const kill = (queryId: string): Promise<void> => {
    const next = killing.then(async () => {
      await prepare(control, {
        sql: KILL,
        params: new Map([['queryId', queryId]]),
        settings: new Map(),
        queryId,
      });
      await control.queryAsync(KILL);
    });
    killing = next.catch(() => {});
    return next;
  };
  const execute = (statement: Statement, lane: LaneName, signal: AbortSignal) =>
    borrow(lane, async (session) => {
      await prepare(session, statement);
      signal.throwIfAborted();
      await session.queryAsync(statement.sql);
    });

  return {
    mode: 'embedded',
    read: (statement, lane, signal) =>
      borrow(lane, async (session) => {
        await prepare(session, statement);
        signal.throwIfAborted();
        return readLines(session, statement.sql);
      }),
    async *stream(statement, lane, signal) {
      const session = take(lane);
      try {
        await prepare(session, statement);
        signal.throwIfAborted();
        yield* streamLines(session, statement.sql, () => kill(statement.queryId));
      } finally {
        idle[lane].push(session);
      }
    },
    run: execute,
    insert: async (statement, segment, signal) => {
      const path = resolve(segment.path);
      const { size } = await stat(path);
      if (size === 0) return;
      const params = new Map([
        ['path', path],
        ['structure', insertStructure(segment)],
      ]);
      const settings = new Map([
        ...statement.settings,
        ['insert_deduplication_token', segment.token] as const,
      ]);
      const sql = `${insertHead(segment)} ${SELECT_FILE}`;
      await execute({ ...statement, sql, params, settings }, 'inserts', signal);
    },
    kill,
    close: async () => {
      await killing;
      await drainPending();
      for (const session of sessions) session.close();
      await drainPending();
    },
  };
}
