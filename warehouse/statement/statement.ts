import type { StatementOptions } from '../warehouse.js';
import type { LaneName, WarehouseLimits } from '../warehouse-limits.js';

export type Settings = ReadonlyMap<string, string | number>;

/** One statement as a driver runs it: values encoded, limits decided. */
export type Statement = {
  sql: string;
  params: ReadonlyMap<string, string>;
  settings: Settings;
  queryId: string;
  /** Of a command that counts once; null for all others. */
  onceToken: string | null;
};

/** `read` answers rows at once, `stream` as they come, `insert` takes a segment, `command` answers nothing. */
export type Purpose = 'read' | 'stream' | 'insert' | 'command';

export type Budget = { timeoutMs: number; memoryBytes: number };

/** What one statement may use: what it asks for, within what the configuration grants. */
export function budgetOf(purpose: Purpose, options: StatementOptions, limits: WarehouseLimits): Budget {
  const granted = grantedTo(purpose, limits);
  return {
    timeoutMs: Math.max(1, options.timeoutMs ?? granted.timeoutMs),
    memoryBytes: Math.max(1, options.memoryBytes ?? granted.memoryBytes),
  };
}

function grantedTo(purpose: Purpose, limits: WarehouseLimits): Budget {
  switch (purpose) {
    case 'read':
    case 'stream':
      return { timeoutMs: limits.queryTimeoutMs, memoryBytes: limits.queryMemoryBytes };
    case 'insert':
      return { timeoutMs: limits.insertTimeoutMs, memoryBytes: limits.insertMemoryBytes };
    case 'command':
      return { timeoutMs: limits.commandTimeoutMs, memoryBytes: limits.insertMemoryBytes };
  }
}

export function laneOf(purpose: Purpose, options: StatementOptions): LaneName {
  if (purpose === 'insert') return 'inserts';
  if (purpose === 'command') return 'commands';
  return options.lane ?? 'queries';
}

/**
 * The engine settings of a statement. Every statement sets every one of them for its purpose, because a pooled
 * session keeps what the statement before it set.
 */
export function settingsOf(
  purpose: Purpose,
  queryId: string,
  budget: Budget,
  limits: WarehouseLimits,
  onceToken: string | null,
): Settings {
  return new Map<string, string | number>([
    // How KILL finds the statement: the embedded engine gives it no query id of ours.
    ['log_comment', queryId],
    ['max_execution_time', budget.timeoutMs / 1000],
    ['max_memory_usage', Math.floor(budget.memoryBytes)],
    ['session_timezone', 'UTC'],
    ['async_insert', 0],
    ...purposeSettings(purpose, limits, onceToken),
  ]);
}

function purposeSettings(
  purpose: Purpose,
  limits: WarehouseLimits,
  onceToken: string | null,
): [string, string | number][] {
  if (purpose === 'read' || purpose === 'stream') {
    return [
      ['max_threads', limits.queryThreads],
      ['max_result_bytes', purpose === 'read' ? limits.resultBytes : 0],
      ['result_overflow_mode', 'throw'],
      ['output_format_json_quote_64bit_integers', 1],
    ];
  }
  if (purpose === 'command') {
    return [
      ...insertSettings,
      ['insert_deduplication_token', onceToken ?? ''],
      // A token counts blocks, so they must be the same every time: one reader, one writer.
      ['max_threads', onceToken === null ? limits.queryThreads : 1],
      ['max_insert_threads', onceToken === null ? 0 : 1],
    ];
  }
  return [...insertSettings, ...segmentSettings];
}

const insertSettings: readonly [string, string | number][] = [
  // A materialized view must store a replayed segment once, as its source table does.
  ['deduplicate_blocks_in_dependent_materialized_views', 1],
  // Late telemetry may touch many days at once; refusing it would block the spool for ever.
  ['max_partitions_per_insert_block', 0],
  // On a cluster the answer must mean that the shards have the rows, not that the first node has queued them.
  ['distributed_foreground_insert', 1],
];

const segmentSettings: readonly [string, string | number][] = [
  // Rows of equal keys are summed when parts are merged; views have summed those of one insert already.
  ['optimize_on_insert', 0],
  // Views only filter and sum one block: planning each of them took longer than the plan could save.
  ['query_plan_enable_optimizations', 0],
];
