import type { RequestLimits } from '../limits/request-limits.js';
import { LogRecord } from '../otlp/log-record.js';
import { logRefusal } from '../otlp/log-refusal.js';
import type { Sampler } from '../sampling/sampler.js';
import type { WireReader } from '../wire/wire-reader.js';
import { ItemRows, type RowTarget } from './item-rows.js';
import type { ItemTally } from './item-tally.js';
import { LogRowWriter } from './write-log-row.js';

/** Rows of `logs`: one for each log record. */
export class LogRows extends ItemRows {
  readonly #record: LogRecord;
  readonly #rowWriter: LogRowWriter;
  readonly #sampler: Sampler | null;

  constructor(limits: RequestLimits, sampler: Sampler | null) {
    super(limits);
    this.#record = new LogRecord(limits);
    this.#rowWriter = new LogRowWriter(limits);
    this.#sampler = sampler;
  }

  override begin(target: RowTarget): ItemTally {
    this.#sampler?.begin();
    return super.begin(target);
  }

  override item(reader: WireReader): void {
    const record = this.#record;
    const { start, stop } = reader;
    record.read(reader);
    const { sink, receivedAtMs, window } = this.target;
    const refusal = this.resourceRefusal ?? logRefusal(record, window);
    if (refusal !== null) {
      this.tally.refuse(refusal);
      return;
    }
    if (
      this.#sampler?.keepsLog(record.bytes, record.traceId, record.severity, { start, end: stop }) === false
    ) {
      this.tally.accepted++;
      return;
    }
    this.tally.writeRow(sink, (writer) => {
      const functionName = this.#functionOf(record);
      if (functionName === null) return 'too-many-functions';
      this.prelude.writeOwner(writer);
      writer.string(functionName);
      this.#rowWriter.write(writer, this.prelude, record, receivedAtMs);
      return null;
    });
  }

  /** Null when the tenant has too many of them. */
  #functionOf({ attributes }: LogRecord): string | null {
    const own = attributes.text('faas.name');
    if (own === null) return this.resourceFunction;
    const name = this.limits.name(own);
    return this.limits.admitsFunction(name) ? name : null;
  }
}
