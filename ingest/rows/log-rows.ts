import type { AttributeList } from '../otlp/attribute-list.js';
import { LogRecord } from '../otlp/log-record.js';
import { logRefusal } from '../otlp/log-refusal.js';
import type { WireReader } from '../wire/wire-reader.js';
import { ItemRows, type RowTarget } from './item-rows.js';
import type { ItemTally } from './item-tally.js';
import { ReportRows } from './report-rows.js';
import { LogRowWriter } from './write-log-row.js';

/** Rows of `logs`, one for each log record, and of `platform_reports` for those in which the platform tells of a run. */
export class LogRows extends ItemRows {
  readonly #record = new LogRecord();
  readonly #rowWriter = new LogRowWriter();
  readonly #reports = new ReportRows();
  #resource: AttributeList | null = null;

  override begin(target: RowTarget): ItemTally {
    this.#reports.clear();
    return super.begin(target);
  }

  override resource(attributes: AttributeList): void {
    this.#resource = attributes;
    super.resource(attributes);
  }

  override item(reader: WireReader): void {
    const record = this.#record;
    record.read(reader);
    const { sink, receivedAtMs, window } = this.target;
    const refusal = this.resourceRefusal ?? logRefusal(record, window);
    if (refusal !== null) {
      this.tally.refuse(refusal);
      return;
    }
    const isStored = this.tally.writeRow(sink, (writer) => {
      this.prelude.writeOwner(writer);
      writer.string(record.attributes.text('faas.name') ?? this.resourceFunction);
      this.#rowWriter.write(writer, this.prelude, record, receivedAtMs);
    });
    if (isStored && this.#resource !== null) this.#reports.item(record, this.#resource, receivedAtMs);
  }

  override end(): void {
    const { reports, tenant, receivedAtMs } = this.target;
    if (reports !== null) this.#reports.flush(reports, tenant, receivedAtMs);
  }
}
