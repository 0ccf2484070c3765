import type { Statement } from './statement/statement.js';
import type { ExportFile, SegmentFile, Warehouse } from './warehouse.js';
import type { LaneName } from './warehouse-limits.js';

/**
 * What differs between the two modes: how a prepared statement reaches the engine. Lanes, limits, deadlines, errors
 * and rows are the same for both and live above it. Never more statements at once per lane than the lane is wide.
 */
export interface Engine {
  readonly mode: Warehouse['mode'];
  /** All rows of a bounded answer, as lines of JSONEachRow. */
  read(statement: Statement, lane: LaneName, signal: AbortSignal): Promise<string[]>;
  /** Rows as they come, in batches as the engine makes them. Leaving the loop stops the statement. */
  stream(statement: Statement, lane: LaneName, signal: AbortSignal): AsyncIterable<string[]>;
  run(statement: Statement, lane: LaneName, signal: AbortSignal): Promise<void>;
  insert(statement: Statement, segment: SegmentFile, signal: AbortSignal): Promise<void>;
  /** Writes the rows of a SELECT to a file; the number of rows in it, null when the engine does not tell. */
  export(statement: Statement, file: ExportFile, signal: AbortSignal): Promise<number | null>;
  /** Asks the engine to stop whatever runs under this id; answers without waiting for it to stop. */
  kill(queryId: string): Promise<void>;
  close(): Promise<void>;
}
