import type { RequestLimits } from '../limits/request-limits.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { LogRecord } from '../otlp/log-record.js';
import { logRefusal } from '../otlp/log-refusal.js';
import type { Sampler } from '../sampling/sampler.js';
import type { WireReader } from '../wire/wire-reader.js';
import { ErrorRows } from './error-rows.js';
import { ItemRows, type RowTarget } from './item-rows.js';
import { type ItemTally, isTooDeep } from './item-tally.js';
import { ReportRows } from './report-rows.js';
import { LogRowWriter } from './write-log-row.js';

/** Rows of `logs`, one for each log record, and of `platform_reports` for those in which the platform tells of a run. */
export class LogRows extends ItemRows {
  readonly #record: LogRecord;
  readonly #rowWriter: LogRowWriter;
  readonly #sampler: Sampler | null;
  readonly #errors = new ErrorRows();
  readonly #reports = new ReportRows();
  #resource: AttributeList | null = null;

  constructor(limits: RequestLimits, sampler: Sampler | null) {
    super(limits);
    this.#record = new LogRecord(limits);
    this.#rowWriter = new LogRowWriter(limits);
    this.#sampler = sampler;
  }

  override begin(target: RowTarget): ItemTally {
    this.#errors.begin();
    this.#reports.clear();
    this.#sampler?.begin();
    return super.begin(target);
  }

  override resource(attributes: AttributeList): void {
    this.#resource = attributes;
    super.resource(attributes);
    this.#errors.resource(attributes);
  }

  override finish(): void {
    const { errors, reports, tenant, receivedAtMs } = this.target;
    if (errors !== null) this.#errors.write(errors, tenant, receivedAtMs);
    if (reports !== null) this.#reports.flush(reports, tenant, receivedAtMs);
  }

  override item(reader: WireReader): void {
    this.bounds.part();
    const record = this.#record;
    const { start, stop } = reader;
    record.read(reader);
    const refusal = this.resourceRefusal ?? logRefusal(record, this.target.window);
    if (refusal !== null) {
      this.tally.refuse(refusal);
      return;
    }
    try {
      this.#store(record, { start, end: stop });
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      this.tally.refuse('too-deep');
    }
  }

  #store(record: LogRecord, place: { start: number; end: number }): void {
    const { sink, receivedAtMs } = this.target;
    const functionName = this.#functionOf(record);
    if (functionName === null) {
      this.tally.refuse('too-many-functions');
      return;
    }
    // Before sampling: errors and reports are counted, and what is counted is never sampled.
    this.#errors.log(record, functionName, receivedAtMs);
    if (this.#resource !== null) this.#reports.item(record, this.#resource, receivedAtMs);
    if (this.#sampler?.keepsLog(record.bytes, record.traceId, record.severity, place) === false) {
      this.tally.accepted++;
      return;
    }
    this.tally.writeRow(sink, (writer) => {
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
