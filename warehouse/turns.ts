import type { Engine } from './engine.js';
import { warehouseError } from './engine-error.js';
import { createLane, type Lane } from './lanes.js';
import { encodeParams } from './statement/encode-param.js';
import { requireParams } from './statement/placeholders.js';
import { budgetOf, laneOf, type Purpose, type Statement, settingsOf } from './statement/statement.js';
import { type StopReason, type Supervision, supervise } from './supervise.js';
import type { Params, StatementOptions } from './warehouse.js';
import { WarehouseError } from './warehouse-error.js';
import type { LaneName, WarehouseLimits } from './warehouse-limits.js';

export type Asked = { purpose: Purpose; sql: string; params: Params; options: StatementOptions };

/** One statement's place in its lane. `end` must be called once the engine has let go of the statement. */
export type Turn = {
  statement: Statement;
  lane: LaneName;
  signal: AbortSignal;
  /** What the caller is told about a failure of this statement. */
  error(thrown: unknown): WarehouseError;
  end(): void;
};

export type Turns = { begin(asked: Asked): Promise<Turn>; close(): Promise<void> };

/** Gives statements their limits and their place: who runs when, for how long, and what happens when it must stop. */
export function createTurns(engine: Engine, limits: WarehouseLimits, newId: () => string): Turns {
  const lanes: Readonly<Record<LaneName, Lane>> = {
    queries: createLane('queries', limits.lanes.queries),
    lookups: createLane('lookups', limits.lanes.lookups),
    inserts: createLane('inserts', limits.lanes.inserts),
    commands: createLane('commands', limits.lanes.commands),
  };
  const readers = new Set<Supervision>();

  const begin = async ({ purpose, sql, params: values, options }: Asked): Promise<Turn> => {
    const queryId = options.queryId ?? newId();
    const onceToken = options.onceToken ?? null;
    const params = encodeParams(values);
    requireParams(sql, params, queryId);
    const budget = budgetOf(purpose, options, limits);
    const lane = laneOf(purpose, options);
    const supervision = supervise(options.signal, budget.timeoutMs, () => engine.kill(queryId));
    if (purpose === 'read' || purpose === 'stream') readers.add(supervision);
    const forget = () => {
      supervision.end();
      readers.delete(supervision);
    };
    const leave = await lanes[lane].enter(supervision.signal).catch((thrown: unknown) => {
      forget();
      const reason = supervision.stoppedBy();
      if (reason === 'deadline') throw waitedInVain(lane, budget.timeoutMs, queryId);
      throw reason === null ? thrown : stopped(reason, queryId, thrown);
    });
    return {
      statement: {
        sql,
        params,
        queryId,
        settings: settingsOf(purpose, queryId, budget, limits, onceToken),
        onceToken,
      },
      lane,
      signal: supervision.signal,
      error: (thrown) => {
        const reason = supervision.stoppedBy();
        if (reason === null) return warehouseError(thrown, queryId);
        if (reason === 'deadline') return outOfTime(purpose, budget.timeoutMs, queryId, thrown);
        return stopped(reason, queryId, thrown);
      },
      end: () => {
        forget();
        leave();
      },
    };
  };
  return {
    begin,
    close: async () => {
      const emptied = Promise.all(Object.values(lanes).map((lane) => lane.close()));
      // Readers are sent away; inserts and commands that have begun may finish, within their own deadlines.
      for (const supervision of readers) supervision.stop();
      await emptied;
    },
  };
}

function waitedInVain(lane: LaneName, timeoutMs: number, queryId: string): WarehouseError {
  const message = `Waited ${timeoutMs} ms for a place among the running ${lane}`;
  return new WarehouseError('overloaded', message, { queryId });
}

/** A segment that ran out of time is safe to send again, thanks to its token; a question must be made smaller. */
function outOfTime(purpose: Purpose, timeoutMs: number, queryId: string, cause: unknown): WarehouseError {
  const kind = purpose === 'insert' ? 'retryable' : 'resource-limit';
  const message = `TIMEOUT_EXCEEDED: not finished within ${timeoutMs} ms`;
  return new WarehouseError(kind, message, { code: 159, queryId, cause });
}

function stopped(reason: StopReason, queryId: string, cause: unknown): WarehouseError {
  if (reason === 'closing') {
    return new WarehouseError('unavailable', 'The warehouse is closing', { queryId, cause });
  }
  return new WarehouseError('cancelled', 'The caller cancelled the statement', { queryId, cause });
}
