import type { ByteWriter } from '../wire/byte-writer.js';
import { WireError } from '../wire/wire-error.js';
import type { RequestBounds } from './request-bounds.js';
import type { RowSink } from './row-sink.js';

/** What became of the items of one request: data points or log records. */
export class ItemTally {
  accepted = 0;
  readonly refused = new Map<string, number>();
  readonly #bounds: RequestBounds;

  constructor(bounds: RequestBounds) {
    this.#bounds = bounds;
  }

  refuse(reason: string): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
  }

  /**
   * Writes one row, unless `write` answers why it is refused after all; a value that nests too deeply, the one
   * fault that costs an item and not the request, leaves none. False when there is no row.
   */
  writeRow(sink: RowSink, write: (writer: ByteWriter) => string | null): boolean {
    const { length } = sink.writer;
    try {
      const refusal = write(sink.writer);
      if (refusal !== null) {
        sink.writer.truncate(length);
        this.refuse(refusal);
        return false;
      }
      sink.rows++;
      this.accepted++;
      this.#bounds.row(sink.writer.length - length);
      return true;
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      sink.writer.truncate(length);
      this.refuse('too-deep');
      return false;
    }
  }
}

export function isTooDeep(error: unknown): boolean {
  return error instanceof WireError && error.fault === 'nesting-too-deep';
}
